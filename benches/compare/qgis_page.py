"""How long QGIS takes to write a layer as a page of A3, without a window.

Usage: qgis_page.py FILE OUT.pdf|OUT.svg|OUT.png; prints the seconds that the export took, without
those of starting QGIS and of opening the layer. The page is a map of the layer's whole extent in
its own CRS between edges of 10 mm, filled and outlined: less than Belfort puts on a sheet. PDF and
SVG are vector, with the simplification that QGIS proposes; pictures have 300 dots per inch.
"""

import os
import sys
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from qgis.core import (  # noqa: E402
    QgsApplication,
    QgsFillSymbol,
    QgsLayoutExporter,
    QgsLayoutItemMap,
    QgsLayoutItemPage,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsPrintLayout,
    QgsProject,
    QgsSingleSymbolRenderer,
    QgsUnitTypes,
    QgsVectorLayer,
)

path, out = sys.argv[1:3]
application = QgsApplication([], False)
application.initQgis()
layer = QgsVectorLayer(path, "layer", "ogr")
assert layer.isValid(), path
symbol = QgsFillSymbol.createSimple(
    {"color": "#d9c8b4", "outline_color": "#807060", "outline_width": "0.1"}
)
layer.setRenderer(QgsSingleSymbolRenderer(symbol))
project = QgsProject.instance()
project.setCrs(layer.crs())
project.addMapLayer(layer)
layout = QgsPrintLayout(project)
layout.initializeDefaults()
page = layout.pageCollection().page(0)
page.setPageSize("A3", QgsLayoutItemPage.Landscape)
size = page.pageSize()
item = QgsLayoutItemMap(layout)
layout.addLayoutItem(item)
millimetres = QgsUnitTypes.LayoutMillimeters
item.setLayers([layer])
# Without a size of its own first, its extent is no number for good.
item.setRect(0, 0, 20, 20)
item.setExtent(layer.extent())
item.attemptMove(QgsLayoutPoint(10, 10, millimetres))
item.attemptResize(QgsLayoutSize(size.width() - 20, size.height() - 20, millimetres))
item.zoomToExtent(layer.extent())
assert item.extent().contains(layer.extent()), item.extent()
exporter = QgsLayoutExporter(layout)
start = time.perf_counter()
if out.endswith(".pdf"):
    settings = QgsLayoutExporter.PdfExportSettings()
    settings.dpi = 300
    result = exporter.exportToPdf(out, settings)
elif out.endswith(".svg"):
    settings = QgsLayoutExporter.SvgExportSettings()
    settings.dpi = 300
    result = exporter.exportToSvg(out, settings)
else:
    settings = QgsLayoutExporter.ImageExportSettings()
    settings.dpi = 300
    result = exporter.exportToImage(out, settings)
assert result == QgsLayoutExporter.Success, result
print(time.perf_counter() - start, flush=True)
os._exit(0)
