#!/usr/bin/env bash
# Converts a file with Belfort and with GDAL's ogr2ogr, by turns in one run, and prints the times
# and their ratio. Usage: scripts/compare-gdal.sh FILE [ROUNDS]
# Without FILE a GeoJSON file of 200,000 small polygons is made for it.
set -euo pipefail

belfort=${BELFORT:-$(dirname "$0")/../target/release/belfort}
rounds=${2:-3}
[ -x "$belfort" ] || { echo "build it first: cargo build --release --locked" >&2; exit 1; }
command -v ogr2ogr >/dev/null || { echo "ogr2ogr is missing: install gdal-bin" >&2; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

file=${1:-}
if [ -z "$file" ]; then
    file=$folder/made.geojson
    awk 'BEGIN {
        srand(1)
        print "{\"type\":\"FeatureCollection\",\"features\":["
        for (row = 0; row < 200000; row++) {
            x = 3.6 + (row % 500) * 0.0004 + rand() * 0.0001
            y = 51.0 + int(row / 500) * 0.0004 + rand() * 0.0001
            printf "%s{\"type\":\"Feature\",\"properties\":{\"id\":%d,\"naam\":\"Perceel %d\",\"opp\":%.3f,\"wijk\":null},", (row ? ",\n" : ""), row, row, rand() * 500
            printf "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[["
            for (corner = 0; corner <= 12; corner++) {
                angle = (corner % 12) * 0.5235987755982988
                printf "%s[%.12f,%.12f]", (corner ? "," : ""), x + 0.0001 * cos(angle), y + 0.0001 * sin(angle)
            }
            printf "]]}}"
        }
        print "\n]}"
    }' >"$file"
fi

# Seconds that a command takes; its output goes to a log that is shown when it fails.
seconds() {
    local start end
    start=$(date +%s.%N)
    "$@" >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }
    end=$(date +%s.%N)
    awk -v a="$start" -v b="$end" 'BEGIN { printf "%.3f", b - a }'
}

median() { sort -n | awk '{ at[NR] = $1 } END { print at[int((NR + 1) / 2)] }'; }

size=$(stat -c %s "$file")
printf '%s: %s MB, median of %s rounds\n' "$file" "$((size / 1000000))" "$rounds"
printf '%-10s %10s %10s %8s\n' to belfort ogr2ogr ratio
for kind in geojson csv shp; do
    declare -A driver=([geojson]=GeoJSON [csv]=CSV [shp]="ESRI Shapefile")
    # Both write every coordinate with all its digits.
    declare -a options=()
    [ "$kind" = geojson ] && options=(-lco COORDINATE_PRECISION=15)
    [ "$kind" = csv ] && options=(-lco GEOMETRY=AS_WKT)
    : >"$folder/ours" && : >"$folder/theirs"
    for _ in $(seq "$rounds"); do
        rm -f "$folder"/out.* "$folder"/gdal.*
        seconds "$belfort" convert "$file" "$folder/out.$kind" >>"$folder/ours"
        echo >>"$folder/ours"
        seconds ogr2ogr -f "${driver[$kind]}" "${options[@]}" "$folder/gdal.$kind" "$file" \
            >>"$folder/theirs"
        echo >>"$folder/theirs"
    done
    ours=$(median <"$folder/ours")
    theirs=$(median <"$folder/theirs")
    awk -v k="$kind" -v a="$ours" -v b="$theirs" \
        'BEGIN { printf "%-10s %9.2fs %9.2fs %8.2f\n", k, a, b, a / b }'
done
