#!/usr/bin/env bash
# Time and peak memory of large datasets of the made-up portal (examples/fake_portal.rs), through
# `belfort portal get` and through the library. Build before, so that nothing else runs meanwhile:
#   cargo build --release --bin belfort --example fake_portal --example portal_read
# The portal makes its rows while it sends them: that is part of the time.
set -euo pipefail
cd "$(dirname "$0")/.."

bin=target/release
port=${PORT:-8137}
datasets=${*:-locaties-bomen-gent fietstellingen-miljoen-gent}
folder=$(mktemp -d)
"$bin/examples/fake_portal" --port "$port" </dev/null >"$folder/portal.log" &
portal=$!
trap 'kill "$portal"; rm -rf "$folder"' EXIT
until grep -q datasets "$folder/portal.log"; do sleep 0.1; done

# A program's seconds and its peak resident memory (VmHWM), as GNU time has them from the kernel.
timed() {
    /usr/bin/time -f "  %e s (%U s user, %S s system), %M kB peak" "$@"
}

for id in $datasets; do
    echo "$id"
    echo " made by the portal alone (curl, gzip)"
    timed curl -s --compressed -o /dev/null \
        "http://127.0.0.1:$port/api/explore/v2.1/catalog/datasets/$id/exports/geojson"
    for format in geojson csv; do
        echo " belfort portal get --out $format"
        XDG_CACHE_HOME=$folder/$format timed "$bin/belfort" portal get "$id" \
            --portal "http://127.0.0.1:$port" --out "$folder/out.$format" --lang en | sed -n 2p
    done
    echo " Portals::read"
    timed "$bin/examples/portal_read" "portal:http://127.0.0.1:$port/$id"
done
