"""What geopandas, shapely and pyproj find in areas: the oracle of tests/suite/per_area.rs.

Reads paths from stdin, two a line after another: areas and things, with a field `n`. Writes a JSON
object for each two: of each area how many things it intersects (sjoin), what their fields are, the
length and area inside on the ellipsoid, and how large it is.
"""

import json
import sys
import warnings

import geopandas
import numpy as np
import pandas as pd
import pyproj
import shapely

warnings.simplefilter("ignore")
GEOD = pyproj.Geod(ellps="WGS84")


def read(path):
    frame = geopandas.read_file(path)
    return frame[~frame.geometry.isna()]


def lines(shape):
    if shape is None or shape.is_empty:
        return 0.0
    if shape.geom_type in ("LineString", "LinearRing"):
        return GEOD.geometry_length(shape)
    return sum(lines(part) for part in getattr(shape, "geoms", []))


def polygons(shape):
    if shape is None or shape.is_empty:
        return 0.0
    if shape.geom_type == "Polygon":
        area = lambda ring: abs(GEOD.geometry_area_perimeter(shapely.Polygon(ring))[0])
        return area(shape.exterior) - sum(area(ring) for ring in shape.interiors)
    return sum(polygons(part) for part in getattr(shape, "geoms", []))


def known(values):
    return [None if pd.isna(value) else float(value) for value in values]


paths = sys.stdin.read().splitlines()
for areas, things in zip(paths[::2], paths[1::2]):
    areas, things = read(areas), read(things)
    areas = areas.to_crs(things.crs)
    joined = things.sjoin(areas[["geometry"]], predicate="intersects")
    by = joined.groupby("index_right")["n"]
    of_all = lambda series: known(series.reindex(areas.index))
    # The pieces of things on an area.
    cut = lambda measure: [
        sum(
            measure(piece)
            for piece in shapely.intersection(
                area, things.geometry[joined.index[joined["index_right"] == row]].values
            )
        )
        for row, area in areas.geometry.items()
    ]
    # Polygons that touch an area share lines with it, which are no lines of theirs.
    are = lambda kind: things.crs.is_geographic and things.geom_type.str.contains(kind).all()
    print(
        json.dumps(
            {
                "count": known(by.size().reindex(areas.index, fill_value=0)),
                "sum": of_all(by.sum(min_count=1)),
                "mean": of_all(by.mean()),
                "median": of_all(by.median()),
                "min": of_all(by.min()),
                "max": of_all(by.max()),
                "length": cut(lines) if are("Line") else None,
                "area": cut(polygons) if are("Polygon") else None,
                "size": [polygons(area) for area in areas.to_crs(4326).geometry],
                "outside": int(len(things) - joined.index.nunique()),
                "several": int((joined.index.value_counts() > 1).sum()),
                "first": known(
                    joined.groupby(level=0)["index_right"].min().reindex(things.index)
                ),
            }
        ),
        flush=True,
    )
