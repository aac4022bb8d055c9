"""What QGIS (PyQGIS, without a window) makes of the styles kept in a GeoPackage: the oracle of
tests/suite/formats/geopackage/styles.rs.

Reads lines of three paths with tabs between them: a GeoPackage, the name of a layer in it, and a style
(.qml). Writes a JSON object a line: whether QGIS finds a default style, and whether it is the one of the
file. Then QGIS keeps a style of its own with the layer, as the default one: labels of the field `naam`
and red symbols.
"""

import json
import os
import sys

os.environ["QT_QPA_PLATFORM"] = "offscreen"
from qgis.core import (  # noqa: E402
    QgsApplication,
    QgsReadWriteContext,
    QgsSingleSymbolRenderer,
    QgsSymbol,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor  # noqa: E402
from qgis.PyQt.QtXml import QDomDocument  # noqa: E402

application = QgsApplication([], False)
application.initQgis()


def renderer_of(layer):
    """The renderer as XML."""
    document = QDomDocument()
    document.appendChild(layer.renderer().save(document, QgsReadWriteContext()))
    return document.toString()


for line in sys.stdin:
    path, name, style = line.rstrip("\n").split("\t")
    source = f"{path}|layername={name}"
    plain = QgsVectorLayer(source, "a", "ogr")
    found = plain.loadDefaultStyle()[1]
    kept = renderer_of(plain)
    wanted = QgsVectorLayer(source, "b", "ogr", QgsVectorLayer.LayerOptions(loadDefaultStyle=False))
    default = renderer_of(wanted)
    wanted.loadNamedStyle(style)
    answer = {
        "found": bool(found),
        "same": kept == renderer_of(wanted),
        "plain": kept == default,
        "labels": plain.labelsEnabled(),
        "opacity": plain.opacity(),
    }
    symbol = QgsSymbol.defaultSymbol(plain.geometryType())
    symbol.setColor(QColor(255, 0, 0))
    plain.setRenderer(QgsSingleSymbolRenderer(symbol))
    answer["error"] = plain.saveStyleToDatabase("eigen", "", True, "")
    print(json.dumps(answer))
    del plain, wanted
