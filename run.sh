#!/usr/bin/env bash
# Builds Belfort and starts it. Without arguments: the window on the sample project.
#   ./run.sh                    ./run.sh info file.shp                    ./run.sh --help
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
started_in=$PWD
cd "$here"
. scripts/install-needs.sh
need_build
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    need_window
fi
cargo build --release --locked --bin belfort
program="${CARGO_TARGET_DIR:-$here/target}/release/belfort"
cd "$started_in"
exec "$program" "$@"
