"""What GDAL (through pyogrio) finds in files: the oracle of tests/suite/oracle.rs.

Reads paths from stdin, one a line; writes a JSON object a line: of each layer the rows, the rows
with a place, the extent, the fields and their values as text.
"""

import json
import math
import os
import sys
import warnings

import numpy as np
import pyogrio
import shapely

warnings.simplefilter("ignore")
os.environ["CPL_LOG"] = os.devnull
MOST_ROWS = 3000


def text(value):
    if value is None or value is np.ma.masked:
        return ""
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    if isinstance(value, (float, np.floating)):
        return "" if math.isnan(value) else repr(float(value))
    if isinstance(value, (int, np.integer)):
        return str(int(value))
    if isinstance(value, (bytes, list, np.ndarray)):
        return None
    if isinstance(value, np.datetime64):
        return "" if np.isnat(value) else str(value)
    return str(value)


def layer(path, name):
    meta, _, geometry, columns = pyogrio.raw.read(path, layer=name, datetime_as_string=True)
    shapes = shapely.from_wkb(geometry) if geometry is not None else np.array([])
    placed = [s for s in shapes if s is not None and not s.is_empty]
    finite = shapely.total_bounds(placed) if placed else None
    rows = len(columns[0]) if columns else len(shapes)
    # With a force to 2D, so that only the plane counts.
    return {
        "name": str(name),
        "rows": rows,
        "placed": len(placed),
        "extent": [float(v) for v in finite] if finite is not None else None,
        "fields": {
            str(field): [text(v) for v in values[:MOST_ROWS]]
            for field, values in zip(meta["fields"], columns)
        },
    }


for line in sys.stdin:
    path = line.rstrip("\n")
    try:
        found = [layer(path, name) for name, _ in pyogrio.list_layers(path)]
        answer = {"path": path, "layers": found}
    except Exception as error:  # whatever the oracle cannot read is its answer
        answer = {"path": path, "error": str(error)}
    print(json.dumps(answer), flush=True)
