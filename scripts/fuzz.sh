#!/bin/sh
# Lets libFuzzer look for files that bring a reader down, guided by which code they reach:
#
#     scripts/fuzz.sh EXTENSION [RUNS]
#
# Needs cargo-fuzz (`cargo install cargo-fuzz --locked`). Begins with the seeds of the test suite; stops at a
# panic, at a file that takes more than a second or more than 512 MB. Add what it finds to
# tests/fuzzing/found, where the test suite opens it.
set -eu
cd "$(dirname "$0")/.."
extension=${1:?usage: scripts/fuzz.sh EXTENSION [RUNS]}
runs=${2:-10000000}
corpus=target/fuzz-corpus/$extension
mkdir -p "$corpus"
cargo run --release --quiet --example fuzz -- --seeds "$corpus" --extension "$extension"
export BELFORT_FUZZ="$extension"
# cargo-fuzz wants options of the nightly compiler; this lets the stable one take them. No
# sanitizer: there is no unsafe code of ours that reads files.
export RUSTC_BOOTSTRAP=1
exec cargo fuzz run --release --sanitizer none --target-dir target/fuzz reader "$corpus" -- \
    -runs="$runs" -timeout=1 -rss_limit_mb=768 -max_len=65536
