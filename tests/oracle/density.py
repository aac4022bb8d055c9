"""Writes tests/data/density.json: the density of a hundred points as QGIS computes it.

Needs PyQGIS: QT_QPA_PLATFORM=offscreen python3 tests/oracle/density.py
"""

import json
import pathlib
import random
import sys
import tempfile

sys.path.append("/usr/share/qgis/python/plugins")
from osgeo import gdal
from qgis.core import Qgis, QgsApplication, QgsFeature, QgsGeometry, QgsPointXY, QgsVectorLayer

QgsApplication.setPrefixPath("/usr", True)
app = QgsApplication([], False)
app.initQgis()
import processing
from processing.core.Processing import Processing

Processing.initialize()

# With a radius of 205 m around whole tens of metres, points lie in the middle of pixels of 10 m.
RADIUS, PIXEL = 205.0, 10.0
ORIGIN = [3900000.0, 3100000.0]

random.seed(7)
points = []
for x, y, spread, count in [(0, 0, 90, 40), (350, 120, 60, 25), (-250, 260, 150, 30)]:
    for _ in range(count):
        at = [round(random.gauss(middle, spread) / 10) * 10 for middle in (x, y)]
        points.append((*at, random.randint(1, 9)))

layer = QgsVectorLayer("Point?crs=EPSG:3035&field=w:integer", "points", "memory")
features = []
for x, y, weight in points:
    feature = QgsFeature(layer.fields())
    feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(ORIGIN[0] + x, ORIGIN[1] + y)))
    feature.setAttributes([weight])
    features.append(feature)
layer.dataProvider().addFeatures(features)
layer.updateExtents()


def sums(field):
    """Every ninth pixel: the middle of it, and its number."""
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/density.tif"
        wanted = {
            "INPUT": layer,
            "RADIUS": RADIUS,
            "PIXEL_SIZE": PIXEL,
            "KERNEL": 0,
            "OUTPUT_VALUE": 0,
            "OUTPUT": path,
        }
        if field:
            wanted["WEIGHT_FIELD"] = field
        processing.run("qgis:heatmapkerneldensityestimation", wanted)
        raster = gdal.Open(path)
        west, east, _, north, _, south = raster.GetGeoTransform()
        values = raster.ReadAsArray()
    found = []
    for row in range(5, values.shape[0], 9):
        for column in range(5, values.shape[1], 9):
            x = west + (column + 0.5) * east - ORIGIN[0]
            y = north + (row + 0.5) * south - ORIGIN[1]
            found.append([round(x, 3), round(y, 3), round(max(float(values[row, column]), 0.0), 6)])
    return found


made = (
    f"QGIS {Qgis.QGIS_VERSION}, qgis:heatmapkerneldensityestimation, quartic kernel, raw values, "
    f"radius {RADIUS:g} m, pixels of {PIXEL:g} m, EPSG:3035"
)
result = {"made": made, "radius": RADIUS, "points": points}
result |= {"plain": sums(None), "weighted": sums("w")}
target = pathlib.Path(__file__).parent.parent / "data" / "density.json"
target.write_text(json.dumps(result) + "\n")
