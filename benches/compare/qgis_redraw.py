"""How long QGIS takes to draw whole layers, without a window.

Usage: qgis_redraw.py WIDTH HEIGHT ROUNDS FILE…; prints for each file the median seconds of a
redraw of its whole extent in Web Mercator, with the parallel renderer (the window's) and the
sequential one. The layers are opened, given a plain style and drawn once before.
"""

import os
import statistics
import sys
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from qgis.core import (  # noqa: E402
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsMapRendererParallelJob,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize  # noqa: E402

width, height, rounds = (int(number) for number in sys.argv[1:4])
application = QgsApplication([], False)
application.initQgis()
mercator = QgsCoordinateReferenceSystem("EPSG:3857")
for path in sys.argv[4:]:
    layer = QgsVectorLayer(path, "layer", "ogr")
    assert layer.isValid(), path
    to_mercator = QgsCoordinateTransform(layer.crs(), mercator, QgsProject.instance())
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(mercator)
    settings.setOutputSize(QSize(width, height))
    settings.setExtent(to_mercator.transformBoundingBox(layer.extent()))

    def redraw(job_class):
        start = time.perf_counter()
        job = job_class(settings)
        job.start()
        job.waitForFinished()
        return time.perf_counter() - start

    redraw(QgsMapRendererParallelJob)
    medians = [
        statistics.median(redraw(job_class) for _ in range(rounds))
        for job_class in (QgsMapRendererParallelJob, QgsMapRendererSequentialJob)
    ]
    print(path, *medians, flush=True)
os._exit(0)
