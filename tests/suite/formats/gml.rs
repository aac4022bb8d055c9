//! GML: answers of services written by hand after those of real programs, and against GDAL.

mod answers;
mod by_gdal;
mod shapes;

use belfort::table::{Table, Value};

fn names(table: &Table) -> Vec<&str> {
    table.fields.iter().map(|field| field.name.as_str()).collect()
}

fn value<'t>(table: &'t Table, row: usize, field: &str) -> Value<'t> {
    table.value(row, table.field_index(field).unwrap_or_else(|| panic!("no {field}")))
}

/// A collection of one type of feature, each holding such properties.
fn collection(features: &[&str]) -> String {
    let members: String = features
        .iter()
        .map(|feature| format!("<gml:featureMember><s:f>{feature}</s:f></gml:featureMember>"))
        .collect();
    format!(
        "<wfs:FeatureCollection xmlns:wfs=\"http://www.opengis.net/wfs\" xmlns:gml=\"http://www.opengis.net/gml\" \
         xmlns:xlink=\"http://www.w3.org/1999/xlink\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xmlns:s=\"http://example.be/s\">{members}</wfs:FeatureCollection>"
    )
}

/// A feature with this geometry.
fn placed(geometry: &str) -> String {
    format!("<s:geom>{geometry}</s:geom>")
}
