"""Answers about geometry, by shapely: a line of JSON for each line of well-known text read.

valid: whether it is valid; none where GEOS refuses to make it. reason: what GEOS says.
With --repair also area: of what make_valid makes of it by structure; none where it gives up.
"""
import json
import sys

import shapely


def repaired(shape):
    try:
        made = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    except shapely.errors.GEOSException:
        return None
    return made.area


shapes = shapely.from_wkt([line.strip() for line in sys.stdin], on_invalid="ignore")
valid = shapely.is_valid(shapes)
reason = shapely.is_valid_reason(shapes)
for at, shape in enumerate(shapes):
    answer = {"valid": None if shape is None else bool(valid[at]), "reason": reason[at]}
    if "--repair" in sys.argv and shape is not None:
        answer["area"] = repaired(shape)
    print(json.dumps(answer))
