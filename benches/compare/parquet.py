"""Does something with GeoParquet and prints the seconds it took, without the imports.

parquet.py open FILE        into Arrow, with the places as geometries of shapely
parquet.py copy FILE OUT    read and written by geopandas
parquet.py make FILE OUT    GeoParquet from a file that pyogrio reads
"""

import sys
import time

import geopandas
import pyarrow.parquet
import shapely

work, path, *rest = sys.argv[1:]
# What is loaded at the first use is no part of the work.
geopandas.GeoSeries([shapely.Point(0, 0)]).to_wkb()
start = time.perf_counter()
if work == "open":
    table = pyarrow.parquet.read_table(path)
    shapely.from_wkb(table["geometry"].combine_chunks().to_numpy(zero_copy_only=False))
    rows = table.num_rows
elif work == "copy":
    frame = geopandas.read_parquet(path)
    frame.to_parquet(rest[0], schema_version="1.1.0")
    rows = len(frame)
else:
    frame = geopandas.read_file(path, engine="pyogrio")
    frame.to_parquet(rest[0], schema_version="1.1.0")
    rows = len(frame)
print(time.perf_counter() - start, rows)
