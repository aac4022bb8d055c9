//! The styles of layers, where QGIS keeps them: in a table that its own makers made up, and that is told
//! in the list of contents as one without geometry (QGIS 3.22, `QgsOgrProviderMetadata`).

use rusqlite::{Connection, params};

use super::plan::LayerPlan;
use crate::formats::QgisStyle;

const TABLE: &str = "
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    f_table_catalog TEXT(256),
    f_table_schema TEXT(256),
    f_table_name TEXT(256),
    f_geometry_column TEXT(256),
    styleName TEXT(30),
    styleQML TEXT,
    styleSLD TEXT,
    useAsDefault BOOLEAN,
    description TEXT,
    owner TEXT(30),
    ui TEXT(30),
    update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))
);
INSERT INTO gpkg_contents (table_name, data_type, identifier, description)
    VALUES ('layer_styles', 'attributes', 'layer_styles', '');";

/// Writes the default styles of layers with geometry; no table where there are none.
pub(super) fn write<'a>(
    connection: &Connection,
    styles: impl Iterator<Item = (&'a LayerPlan<'a>, QgisStyle)>,
) -> Result<(), rusqlite::Error> {
    let placed = styles.filter_map(|(plan, style)| Some((plan, plan.geometry.as_ref()?, style)));
    let mut count = 0_i64;
    for (plan, geometry, style) in placed {
        if count == 0 {
            connection.execute_batch(TABLE)?;
        }
        count += 1;
        connection.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, \
             f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner) \
             VALUES ('', '', ?1, ?2, ?1, ?3, '', 1, '', '')",
            params![plan.name, geometry.name, &*style.text],
        )?;
    }
    if count > 0 {
        connection
            .execute("INSERT INTO gpkg_ogr_contents VALUES ('layer_styles', ?1)", params![count])?;
    }
    Ok(())
}
