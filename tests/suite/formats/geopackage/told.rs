//! What Belfort and other programs say of the same rows, in words that can be compared.

use std::path::Path;
use std::process::Command;

use belfort::table::{GeometryRef, Table, Value};

/// Each row: its number, its geometry, its values; numbers as their bits.
pub fn rows(table: &Table) -> Vec<String> {
    (0..table.rows())
        .map(|row| {
            let geometry = table.geometry.as_ref().map(|column| shape(column.row(row)));
            let values = (0..table.fields.len()).map(|field| value(table.value(row, field)));
            let parts = geometry.into_iter().chain(values);
            parts.collect::<Vec<_>>().join("|")
        })
        .collect()
}

fn value(value: Value<'_>) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::Number(number) => bits(number),
        // Moments in milliseconds, in UTC.
        Value::DateTime(at, _) => at.and_utc().timestamp_millis().to_string(),
        other => other.to_data_text().replace('\n', "\\n"),
    }
}

fn bits(number: f64) -> String {
    // Both zeros are zero.
    format!("{:016x}", (number + 0.0).to_bits())
}

fn shape(row: GeometryRef<'_>) -> String {
    if row.parts().len() == 0 && row.kind().name() == "Null" {
        return "-".to_owned();
    }
    let rings = row.parts().flat_map(|part| part.rings());
    let positions = rings.flat_map(|ring| {
        let heights = ring.z().iter().copied().chain(std::iter::repeat(f64::NAN));
        ring.xy().iter().copied().zip(heights).collect::<Vec<_>>()
    });
    let mut text = row.kind().name().to_owned();
    for ([x, y], z) in positions {
        text.push_str(&format!(" {},{}", bits(x), bits(y)));
        if !z.is_nan() {
            text.push_str(&format!(",{}", bits(z)));
        }
    }
    text
}

/// The same words in Python: `shape(type, [(x, y, z), …])` and `value(anything)`.
const PYTHON: &str = r"
import datetime, json, math, struct, sys
def bits(number):
    return struct.pack('>d', number + 0.0).hex()
def shape(kind, positions):
    text = kind
    for x, y, z in positions:
        text += ' %s,%s' % (bits(x), bits(y))
        if not math.isnan(z):
            text += ',' + bits(z)
    return text
def value(found):
    if found is None:
        return '-'
    if isinstance(found, bool):
        return 'true' if found else 'false'
    if isinstance(found, float):
        return bits(found)
    if isinstance(found, datetime.datetime):
        epoch = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
        if found.tzinfo is None:
            found = found.replace(tzinfo=datetime.timezone.utc)
        return str((found - epoch) // datetime.timedelta(milliseconds=1))
    if isinstance(found, datetime.date):
        return found.isoformat()
    if isinstance(found, (dict, list)):
        return json.dumps(found)
    return str(found).replace('\n', '\\n')
";

/// What a script says of some layers of a file: for each a line about it, then its rows.
pub fn told(mut python: Command, script: &str, path: &Path, layers: &[&str]) -> Vec<Vec<String>> {
    let script = format!("{PYTHON}{script}");
    let output = python.arg("-c").arg(&script).arg(path).args(layers).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    let mut told: Vec<Vec<String>> = Vec::new();
    for line in said.lines() {
        match line.strip_prefix("== ") {
            Some(about) => told.push(vec![about.to_owned()]),
            None => told.last_mut().unwrap().push(line.to_owned()),
        }
    }
    assert_eq!(told.len(), layers.len());
    told
}

/// Both say the same of every row.
pub fn assert_same_rows(layer: &str, theirs: &[String], ours: &[String]) {
    assert_eq!(theirs.len(), ours.len(), "{layer}");
    for (row, (theirs, ours)) in theirs.iter().zip(ours).enumerate() {
        assert_eq!(theirs, ours, "{layer}, row {row}");
    }
}

/// Reads layers with pyogrio (GDAL into Arrow) and prints their rows.
pub const PYOGRIO: &str = r"
import pyogrio, shapely
for layer in sys.argv[2:]:
    meta, table = pyogrio.read_arrow(sys.argv[1], layer=layer)
    name = meta['geometry_name'] or 'wkb_geometry'
    print('==', meta['crs'])
    for row in table.to_pylist():
        parts = []
        if name in table.column_names:
            geometry = shapely.from_wkb(row.pop(name))
            if geometry is None:
                parts.append('-')
            else:
                positions = shapely.get_coordinates(geometry, include_z=True).tolist()
                parts.append(shape(geometry.geom_type, positions))
        parts += [value(row[field]) for field in meta['fields']]
        print('|'.join(parts))
";

/// Reads layers with QGIS and prints their rows.
pub const QGIS: &str = r"
from qgis.core import NULL, QgsApplication, QgsVectorLayer, QgsWkbTypes
from qgis.PyQt.QtCore import QDate, QDateTime, Qt
program = QgsApplication([], False)
program.initQgis()
def plain(found):
    if found is None or found == NULL:
        return None
    if isinstance(found, QDateTime):
        return str(found.toMSecsSinceEpoch())
    if isinstance(found, QDate):
        return found.toString(Qt.ISODate)
    return found
for name in sys.argv[2:]:
    layer = QgsVectorLayer('%s|layername=%s' % (sys.argv[1], name), name, 'ogr')
    assert layer.isValid(), 'QGIS does not open the layer ' + name
    print('==', layer.crs().authid())
    fields = [field.name() for field in layer.fields()]
    for feature in layer.getFeatures():
        parts = []
        if layer.isSpatial():
            geometry = feature.geometry()
            if geometry.isNull():
                parts.append('-')
            else:
                kind = QgsWkbTypes.displayString(QgsWkbTypes.flatType(geometry.wkbType()))
                positions = [(v.x(), v.y(), v.z()) for v in geometry.vertices()]
                parts.append(shape(kind, positions))
        parts += [value(plain(feature[name])) for name in fields if name != 'fid']
        print('|'.join(parts))
";
