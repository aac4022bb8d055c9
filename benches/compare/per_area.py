"""Numbers per area with geopandas, for benches/compare.sh.

- `per_area.py make POINTS AREAS`: writes 200 areas that cover the points of a GeoParquet file, with
  borders of some 240 corners each, as GeoJSON.
- `per_area.py count AREAS POINTS`: prints the seconds of `sjoin` and of counting, everything read
  and indexed beforehand as a user has it, and then the counts.
"""

import math
import sys
import time

import geopandas
import shapely

COLUMNS, ROWS, STEPS = 20, 10, 60


def make(points, out):
    west, south, east, north = geopandas.read_parquet(points).total_bounds
    width, height = (east - west) / COLUMNS, (north - south) / ROWS

    def corner(column, row):
        inner = lambda at, count: 0 < at < count
        dx = 0.3 * math.sin(column * 7 + row * 3) if inner(column, COLUMNS) else 0
        dy = 0.3 * math.cos(column * 5 + row * 11) if inner(row, ROWS) else 0
        return west + (column + dx) * width, south + (row + dy) * height

    def edge(a, b):
        """The same positions both ways, so that neighbours share their border."""
        if b < a:
            return edge(b, a)[::-1]
        (ax, ay), (bx, by) = corner(*a), corner(*b)
        is_outer = a[0] == b[0] in (0, COLUMNS) or a[1] == b[1] in (0, ROWS)
        bend = 0 if is_outer else 0.06
        along = lambda share: (
            ax + (bx - ax) * share - (by - ay) * bend * math.sin(share * 9 * math.pi),
            ay + (by - ay) * share + (bx - ax) * bend * math.sin(share * 9 * math.pi),
        )
        return [corner(*a), *(along(step / STEPS) for step in range(1, STEPS)), corner(*b)]

    def area(column, row):
        around = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)]
        ring = []
        for at, place in enumerate(around):
            ring += edge(place, around[(at + 1) % 4])[:-1]
        return shapely.Polygon(ring)

    shapes = [area(column, row) for row in range(ROWS) for column in range(COLUMNS)]
    frame = geopandas.GeoDataFrame({"nr": range(len(shapes))}, geometry=shapes, crs=4326)
    frame.to_file(out, driver="GeoJSON", COORDINATE_PRECISION=15)


def count(areas, points):
    areas, points = geopandas.read_file(areas), geopandas.read_parquet(points)
    areas.sindex, points.sindex
    start = time.perf_counter()
    joined = points.sjoin(areas[["geometry"]], predicate="intersects")
    counts = joined.groupby("index_right").size().reindex(areas.index, fill_value=0)
    print(time.perf_counter() - start, *counts)


{"make": make, "count": count}[sys.argv[1]](*sys.argv[2:])
