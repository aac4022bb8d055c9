"""What QGIS (PyQGIS, without a window) finds in files: the oracle of tests/suite/qgis.rs.

Reads paths from stdin, one a line; writes a JSON object a line: of each layer the rows, the rows
with a place, the extent, the fields and their values as text.
"""

import json
import math
import os
import sys

os.environ["QT_QPA_PLATFORM"] = "offscreen"
from qgis.core import NULL, QgsApplication, QgsVectorLayer  # noqa: E402
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime  # noqa: E402

application = QgsApplication([], False)
application.initQgis()


def text(value):
    if value is None or value == NULL:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return "" if math.isnan(value) else repr(value)
    if isinstance(value, (QDate, QDateTime, QTime)):
        return value.toString(Qt.ISODateWithMs if isinstance(value, QDateTime) else Qt.ISODate)
    if isinstance(value, (dict, list)):
        return json.dumps(value)
    return str(value)


def layer(uri, name):
    found = QgsVectorLayer(uri, name, "ogr")
    if not found.isValid():
        raise ValueError(uri)
    features = list(found.getFeatures())
    shapes = [f.geometry() for f in features if f.hasGeometry() and not f.geometry().isEmpty()]
    boxes = [shape.boundingBox() for shape in shapes]
    extent = [
        min(box.xMinimum() for box in boxes),
        min(box.yMinimum() for box in boxes),
        max(box.xMaximum() for box in boxes),
        max(box.yMaximum() for box in boxes),
    ] if boxes else None
    return {
        "name": name,
        "rows": len(features),
        "placed": len(shapes),
        "extent": extent,
        "crs": found.crs().authid(),
        "fields": {
            field.name(): [text(feature[at]) for feature in features]
            for at, field in enumerate(found.fields())
        },
    }


def layers(path):
    whole = QgsVectorLayer(path, "", "ogr")
    if not whole.isValid():
        raise ValueError("not valid")
    names = [it.split("!!::!!")[1] for it in whole.dataProvider().subLayers()]
    return [layer(f"{path}|layername={name}", name) for name in dict.fromkeys(names)]


for line in sys.stdin:
    path = line.rstrip("\n")
    try:
        print(json.dumps({"layers": layers(path)}), flush=True)
    except Exception as error:  # noqa: BLE001 - whatever it is, it goes into the answer
        print(json.dumps({"error": str(error)}), flush=True)
