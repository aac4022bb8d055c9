#!/usr/bin/env bash
# Builds Belfort and runs its tests. Arguments are names of tests to run; none: all of them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. scripts/install-needs.sh
need_build
need_drawing
# GDAL is the outside oracle of the format tests, qpdf and Poppler those of PDF; without them they
# say that they skip.
need ogrinfo=gdal-bin qpdf=qpdf pdftotext=poppler-utils
install_missing
# Belfort itself is optimised lightly for tests: it is built twice for them, and to optimise it fully takes
# longer than slower tests do. What it depends on is built as for running.
export CARGO_PROFILE_RELEASE_OPT_LEVEL="${CARGO_PROFILE_RELEASE_OPT_LEVEL:-1}"
# The library's own tests and the suite: examples and benches have none, and are compiled by clippy.
targets=(--lib --test suite)
if cargo nextest --version >/dev/null 2>&1; then
    cargo nextest run --release --locked --no-fail-fast "${targets[@]}" "$@"
else
    cargo test --release --locked --no-fail-fast "${targets[@]}" "$@"
fi
