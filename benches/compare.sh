#!/usr/bin/env bash
# Sets Belfort beside GDAL, pyogrio, PROJ and QGIS on the same files and machine, by turns in one
# run, and prints one table in Markdown: medians, their ratio and peak memory.
#
# Usage: benches/compare.sh [--folder FOLDER] [--sizes 10000,100000,1000000] [--rounds 3]
#                           [--only open,memory,transform,write,redraw,page,grow,areas,GeoPackage,
#                                   FlatGeobuf,GeoParquet]
#                           [--belfort PROGRAM]
#
# The data is made by the example `make_city` in FOLDER/SIZE (kept, some 800 MB for a million
# points), the shapefiles, GeoPackages and FlatGeobuf from it by ogr2ogr, GeoParquet by geopandas.
# Nothing is installed: what is missing is named, and the rows that need it are left out.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=${TMPDIR:-/tmp}/belfort-city
sizes=10000,100000,1000000
rounds=3
only=open,memory,transform,write,redraw,page,grow,areas
belfort=${BELFORT:-target/release/belfort}
while [ $# -gt 0 ]; do
    case "$1" in
    --folder) folder=$2 ;;
    --sizes) sizes=$2 ;;
    --rounds) rounds=$2 ;;
    --only) only=$2 ;;
    --belfort) belfort=$2 ;;
    *)
        sed -n '2,/^set/p' "$0" | sed -n 's/^# \{0,1\}//p' >&2
        exit 2
        ;;
    esac
    shift 2
done

say() { echo "$*" >&2; }

command -v python3 >/dev/null || { say "python3 is missing (Debian: python3)"; exit 1; }
command -v ogr2ogr >/dev/null || { say "GDAL is missing (Debian: gdal-bin)"; exit 1; }
for pair in "pyogrio=opening with pyogrio" "pyarrow=opening with pyogrio" "pyproj=PROJ's own time" \
    "numpy=PROJ's own time" "geopandas=GeoParquet" "shapely=GeoParquet"; do
    python3 -c "import ${pair%%=*}" 2>/dev/null ||
        say "Left out, because Python has no ${pair%%=*} (pip install ${pair%%=*}): ${pair#*=}"
done
/usr/bin/python3 -c "import qgis.core" 2>/dev/null ||
    say "Left out, because QGIS is missing (Debian: qgis python3-qgis): redraw, page"

if [ ! -x "$belfort" ]; then
    say "Build it first: cargo build --release --locked --bin belfort"
    exit 1
fi
say "Building the examples"
cargo build --release --locked --quiet --example make_city --example stages

IFS=, read -ra wanted <<<"$sizes"
for size in "${wanted[@]}"; do
    here=$folder/$size
    if [ ! -s "$here/streets.geojson" ]; then
        say "Making $size points in $here"
        target/release/examples/make_city "$here" "$size"
    fi
    for layer in trees buildings streets; do
        [ -s "$here/$layer.shp" ] && continue
        say "Making $here/$layer.shp"
        ogr2ogr -f "ESRI Shapefile" -t_srs EPSG:31370 -lco ENCODING=UTF-8 \
            "$here/$layer.shp" "$here/$layer.geojson" 2>/dev/null
    done
    for layer in trees buildings; do
        [ -s "$here/$layer.gpkg" ] && continue
        say "Making $here/$layer.gpkg"
        ogr2ogr -f GPKG "$here/$layer.gpkg" "$here/$layer.geojson" 2>/dev/null
    done
    for layer in trees buildings; do
        [ -s "$here/$layer.fgb" ] && continue
        say "Making $here/$layer.fgb"
        ogr2ogr -f FlatGeobuf "$here/$layer.fgb" "$here/$layer.geojson" 2>/dev/null
    done
    for layer in trees buildings; do
        [ -s "$here/$layer.parquet" ] && continue
        python3 -c "import geopandas, pyogrio, shapely" 2>/dev/null || continue
        say "Making $here/$layer.parquet"
        python3 benches/compare/parquet.py make "$here/$layer.fgb" "$here/$layer.parquet"
    done
    [ -s "$here/areas.geojson" ] || [ ! -s "$here/trees.parquet" ] ||
        python3 benches/compare/per_area.py make "$here/trees.parquet" "$here/areas.geojson"
done

exec python3 benches/compare/measure.py --folder "$folder" --sizes "$sizes" --rounds "$rounds" \
    --only "$only" --belfort "$belfort" --stages target/release/examples/stages
