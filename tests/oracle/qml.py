"""How QGIS (PyQGIS, without a window) draws data with styles: the oracle of tests/suite/qml.rs.

Reads lines of two paths with a tab between them: a style (.qml) and data (GeoJSON). Writes a JSON
object a line: for each feature how it is drawn (none where it is not) and what its class and its
label are. The style as QGIS writes it lies beside the other one, as `.again.qml`. Instead of a
style, `make NAME` makes one of QGIS' own and writes it to the path that follows.
"""

import json
import os
import sys

os.environ["QT_QPA_PLATFORM"] = "offscreen"
from qgis.core import (  # noqa: E402
    NULL,
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsClassificationJenks,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFillSymbol,
    QgsGradientColorRamp,
    QgsGraduatedSymbolRenderer,
    QgsLineSymbol,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsProperty,
    QgsPropertyTransformer,
    QgsRendererCategory,
    QgsRenderContext,
    QgsRuleBasedRenderer,
    QgsSingleSymbolRenderer,
    QgsSizeScaleTransformer,
    QgsSymbolLayer,
    QgsUnitTypes,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
    QgsWkbTypes,
)
from qgis.PyQt.QtGui import QColor  # noqa: E402

application = QgsApplication([], False)
application.initQgis()

# Points of 1/96 inch in a unit.
UNITS = {
    QgsUnitTypes.RenderMillimeters: 96 / 25.4,
    QgsUnitTypes.RenderPoints: 96 / 72,
    QgsUnitTypes.RenderPixels: 1,
    QgsUnitTypes.RenderInches: 96,
}

# How wide a line of width 0 is: as thin as can be drawn.
THINNEST = 0.75


def width(value, unit):
    return value * UNITS[unit] or THINNEST


def color(value, alpha):
    return [value.red(), value.green(), value.blue(), round(value.alpha() * alpha)]


def part(layer, alpha, context):
    """One layer of a symbol: what is needed to compare it."""
    kind = layer.layerType()
    made = {"class": kind}
    if kind == "SimpleMarker":
        size = layer.size()
        properties = layer.dataDefinedProperties()
        if properties.isActive(QgsSymbolLayer.PropertySize):
            size, _ = properties.valueAsDouble(QgsSymbolLayer.PropertySize, context, size)
        if properties.isActive(QgsSymbolLayer.PropertyLayerEnabled):
            enabled = properties.valueAsBool(QgsSymbolLayer.PropertyLayerEnabled, context, True)
            made["enabled"] = enabled if isinstance(enabled, bool) else enabled[0]
        made |= {
            "fill": color(layer.fillColor(), alpha),
            "stroke": color(layer.strokeColor(), alpha),
            "width": width(layer.strokeWidth(), layer.strokeWidthUnit()),
            "pen": int(layer.strokeStyle()),
            "size": size * UNITS[layer.sizeUnit()],
            "shape": layer.encodeShape(layer.shape()),
            "angle": layer.angle(),
        }
    elif kind == "SimpleFill":
        made |= {
            "fill": color(layer.fillColor(), alpha),
            "brush": int(layer.brushStyle()),
            "stroke": color(layer.strokeColor(), alpha),
            "width": width(layer.strokeWidth(), layer.strokeWidthUnit()),
            "pen": int(layer.strokeStyle()),
        }
    elif kind == "SimpleLine":
        dashes = layer.customDashVector() if layer.useCustomDashPattern() else []
        made |= {
            "stroke": color(layer.color(), alpha),
            "width": width(layer.width(), layer.widthUnit()),
            "pen": int(layer.penStyle()),
            "join": int(layer.penJoinStyle()),
            "dashes": [dash * UNITS[layer.customDashPatternUnit()] for dash in dashes],
        }
    elif kind == "LinePatternFill":
        made |= {
            "angle": layer.lineAngle(),
            "distance": layer.distance() * UNITS[layer.distanceUnit()],
            "stroke": color(layer.subSymbol().symbolLayer(0).color(), alpha),
        }
    return made


def labels(layer, context):
    """A function from a feature to its label; none where there are none."""
    if not layer.labelsEnabled() or not layer.labeling():
        return None, lambda feature: None
    settings = layer.labeling().settings()
    form = settings.format()
    about = {
        "size": form.size() * UNITS[form.sizeUnit()],
        "color": color(form.color(), form.opacity()),
        "halo": form.buffer().size() * UNITS[form.buffer().sizeUnit()]
        if form.buffer().enabled()
        else 0,
        "farthest": settings.minimumScale if settings.scaleVisibility else None,
        "nearest": settings.maximumScale if settings.scaleVisibility else None,
        "wrap": settings.autoWrapLength,
        "priority": settings.priority,
    }
    field = settings.fieldName
    expression = QgsExpression(
        field if settings.isExpression else QgsExpression.quotedColumnRef(field)
    )

    def text(feature):
        context.setFeature(feature)
        value = expression.evaluate(context)
        return None if value is None or value == NULL else str(value)

    return about, text


def by_rules(renderer, feature, context):
    """The rules that draw a feature: `symbolsForFeature` takes ELSE for one that always holds."""
    rules = [rule for rule in renderer.rootRule().children() if rule.active()]
    held = [rule for rule in rules if not rule.isElse() and rule.isFilterOK(feature, context)]
    return held or [rule for rule in rules if rule.isElse()]


def drawn(layer):
    renderer = layer.renderer()
    context = QgsRenderContext()
    expressions = QgsExpressionContext(
        QgsExpressionContextUtils.globalProjectLayerScopes(layer)
    )
    context.setExpressionContext(expressions)
    about, text = labels(layer, expressions)
    names = {item.ruleKey(): item.label() for item in renderer.legendSymbolItems()}
    # The category of all other values is that of no legend key.
    others = (
        [it.label() for it in renderer.categories() if it.value() in ("", None, NULL)]
        if renderer.type() == "categorizedSymbol"
        else []
    )
    renderer.startRender(context, layer.fields())
    rows = []
    for feature in layer.getFeatures():
        context.expressionContext().setFeature(feature)
        if renderer.type() == "RuleRenderer":
            rules = by_rules(renderer, feature, context)
            symbols, classes = [it.symbol() for it in rules], [it.label() for it in rules]
        else:
            symbols = renderer.symbolsForFeature(feature, context)
            keys = renderer.legendKeysForFeature(feature, context)
            classes = sorted(names.get(key, "?") for key in keys) or others
        rows.append(
            {
                "symbols": [
                    [part(at, symbol.opacity(), context.expressionContext()) for at in symbol]
                    for symbol in symbols
                ],
                "classes": classes,
                "label": text(feature),
            }
        )
    renderer.stopRender(context)
    return {
        "type": renderer.type(),
        "opacity": layer.opacity(),
        "scales": [layer.minimumScale(), layer.maximumScale()]
        if layer.hasScaleBasedVisibility()
        else None,
        "labels": about,
        "rows": rows,
    }


def simple(layer, value, **more):
    """A symbol for a layer, in a colour."""
    kind = QgsWkbTypes.geometryType(layer.wkbType())
    if kind == QgsWkbTypes.PointGeometry:
        return QgsMarkerSymbol.createSimple({"color": value, **more})
    if kind == QgsWkbTypes.LineGeometry:
        return QgsLineSymbol.createSimple({"line_color": value, **more})
    return QgsFillSymbol.createSimple({"color": value, "outline_width": "0.4", **more})


def make(name, layer):
    """Styles as people make them in QGIS."""
    if name == "single":
        symbol = simple(layer, "10,20,30,200")
        symbol.setOpacity(0.5)
        layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    elif name == "categories":
        values = [("eik", "Eiken"), ("linde", "Lindes"), (["es", "beuk"], "De andere"), (NULL, "")]
        colors = ["#ff0000", "#00aa00", "#0000ff", "#888888"]
        made = [
            QgsRendererCategory(value, simple(layer, color), label, label != "Lindes")
            for (value, label), color in zip(values, colors)
        ]
        layer.setRenderer(QgsCategorizedSymbolRenderer("soort", made))
    elif name == "graduated":
        ramp = QgsGradientColorRamp(QColor("#ffffcc"), QColor("#253494"))
        renderer = QgsGraduatedSymbolRenderer("hoogte")
        renderer.setSourceSymbol(simple(layer, "#000000"))
        renderer.setSourceColorRamp(ramp)
        renderer.setClassificationMethod(QgsClassificationJenks())
        renderer.updateClasses(layer, 3)
        layer.setRenderer(renderer)
    elif name == "rules":
        root = QgsRuleBasedRenderer.Rule(None)
        for value, condition in [
            ("#ff0000", "\"aantal\" >= 20 AND upper(\"soort\") LIKE 'E%'"),
            ("#00ff00", "\"aantal\" < 20 AND \"soort\" IN ('eik', 'linde')"),
            ("#0000ff", "ELSE"),
        ]:
            rule = QgsRuleBasedRenderer.Rule(simple(layer, value), 0, 0, condition, condition)
            root.appendChild(rule)
        layer.setRenderer(QgsRuleBasedRenderer(root))
    elif name == "sizes":
        symbol = simple(layer, "#123456")
        property = QgsProperty.fromField("aantal")
        property.setTransformer(
            QgsSizeScaleTransformer(QgsSizeScaleTransformer.Area, 0, 300, 0, 12)
        )
        symbol.symbolLayer(0).setDataDefinedProperty(QgsSymbolLayer.PropertySize, property)
        layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    settings = QgsPalLayerSettings()
    settings.fieldName = "\"soort\" || ' ' || coalesce(\"aantal\", '-')"
    settings.isExpression = True
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)


for line in sys.stdin:
    style, data = line.rstrip("\n").split("\t")
    try:
        layer = QgsVectorLayer(data, "data", "ogr")
        if style.startswith("make "):
            _, name, path = style.split(" ", 2)
            make(name, layer)
            layer.saveNamedStyle(path)
        else:
            message, is_good = layer.loadNamedStyle(style)
            if not is_good:
                raise ValueError(message)
            layer.saveNamedStyle(style.removesuffix(".qml") + ".again.qml")
        print(json.dumps(drawn(layer)), flush=True)
    except Exception as error:  # noqa: BLE001 - whatever it is, it goes into the answer
        print(json.dumps({"error": repr(error)}), flush=True)
