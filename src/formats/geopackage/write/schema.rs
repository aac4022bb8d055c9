//! The tables and triggers of a GeoPackage, as the standard has them (GeoPackage 1.3, annexes C,
//! F.3 "RTree spatial indexes", F.9 "Schema" and F.10 "WKT for coordinate reference systems").

use rusqlite::{Connection, params};

use super::plan::LayerPlan;
use crate::formats::geopackage::file_header::GPKG;
use crate::formats::geopackage::listing::{quoted, quoted_text};

/// Version 1.3 of the standard, which GDAL and QGIS have known since 2021.
const VERSION: i64 = 10_300;

const TABLES: &str = "
CREATE TABLE gpkg_contents (
    table_name TEXT NOT NULL PRIMARY KEY,
    data_type TEXT NOT NULL,
    identifier TEXT UNIQUE,
    description TEXT DEFAULT '',
    last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    min_x DOUBLE,
    min_y DOUBLE,
    max_x DOUBLE,
    max_y DOUBLE,
    srs_id INTEGER,
    CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);
CREATE TABLE gpkg_geometry_columns (
    table_name TEXT NOT NULL,
    column_name TEXT NOT NULL,
    geometry_type_name TEXT NOT NULL,
    srs_id INTEGER NOT NULL,
    z TINYINT NOT NULL,
    m TINYINT NOT NULL,
    CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
    CONSTRAINT uk_gc_table_name UNIQUE (table_name),
    CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
    CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);
CREATE TABLE gpkg_extensions (
    table_name TEXT,
    column_name TEXT,
    extension_name TEXT NOT NULL,
    definition TEXT NOT NULL,
    scope TEXT NOT NULL,
    CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name)
);
CREATE TABLE gpkg_ogr_contents (
    table_name TEXT NOT NULL PRIMARY KEY,
    feature_count INTEGER DEFAULT NULL
);";

const DESCRIPTIONS: &str = "
CREATE TABLE gpkg_data_columns (
    table_name TEXT NOT NULL,
    column_name TEXT NOT NULL,
    name TEXT,
    title TEXT,
    description TEXT,
    mime_type TEXT,
    constraint_name TEXT,
    CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
    CONSTRAINT gdc_tn UNIQUE (table_name, name)
);
CREATE TABLE gpkg_data_column_constraints (
    constraint_name TEXT NOT NULL,
    constraint_type TEXT NOT NULL,
    value TEXT,
    min NUMERIC,
    min_is_inclusive BOOLEAN,
    max NUMERIC,
    max_is_inclusive BOOLEAN,
    description TEXT,
    CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value)
);";

type Failure = rusqlite::Error;

/// Says what the file is.
pub(super) fn identify(connection: &Connection) -> Result<(), Failure> {
    connection.pragma_update(None, "application_id", i64::from(GPKG))?;
    connection.pragma_update(None, "user_version", VERSION)
}

/// Makes the tables that say what the file holds. `has_newer` is whether systems have a
/// definition in ISO's form, `has_descriptions` whether columns are described.
pub(super) fn make_tables(
    connection: &Connection,
    has_newer: bool,
    has_descriptions: bool,
) -> Result<(), Failure> {
    let newer = if has_newer { ", definition_12_063 TEXT NOT NULL" } else { "" };
    connection.execute_batch(&format!(
        "CREATE TABLE gpkg_spatial_ref_sys (
            srs_name TEXT NOT NULL,
            srs_id INTEGER NOT NULL PRIMARY KEY,
            organization TEXT NOT NULL,
            organization_coordsys_id INTEGER NOT NULL,
            definition TEXT NOT NULL,
            description TEXT{newer}
        );"
    ))?;
    connection.execute_batch(TABLES)?;
    if has_newer {
        let place = (Some("gpkg_spatial_ref_sys"), Some("definition_12_063"));
        extension(connection, place, "gpkg_crs_wkt", "crs_wkt", "read-write")?;
    }
    if has_descriptions {
        connection.execute_batch(DESCRIPTIONS)?;
        for table in ["gpkg_data_columns", "gpkg_data_column_constraints"] {
            let place = (Some(table), None);
            extension(connection, place, "gpkg_schema", "schema", "read-write")?;
        }
    }
    Ok(())
}

fn extension(
    connection: &Connection,
    (table, column): (Option<&str>, Option<&str>),
    name: &str,
    page: &str,
    scope: &str,
) -> Result<(), Failure> {
    let definition = format!("http://www.geopackage.org/spec130/#extension_{page}");
    let sql = "INSERT INTO gpkg_extensions VALUES (?1, ?2, ?3, ?4, ?5)";
    connection.execute(sql, params![table, column, name, definition, scope])?;
    Ok(())
}

/// Makes the table of a layer, without rows, and tells of it.
pub(super) fn make_layer(
    connection: &Connection,
    plan: &LayerPlan<'_>,
    srs: i32,
    note: Option<&str>,
) -> Result<(), Failure> {
    let mut columns =
        vec![format!("{} INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL", quoted(&plan.key))];
    if let Some(geometry) = &plan.geometry {
        columns.push(format!("{} {}", quoted(&geometry.name), geometry.declared));
    }
    let declared = |column: &super::plan::ColumnPlan<'_>| {
        format!("{} {}", quoted(&column.name), column.declared)
    };
    columns.extend(plan.columns.iter().map(declared));
    let table = quoted(&plan.name);
    connection.execute_batch(&format!("CREATE TABLE {table} ({});", columns.join(", ")))?;

    let kind = if plan.geometry.is_some() { "features" } else { "attributes" };
    let extent = plan.table.extent().map(|extent| extent.as_array());
    let side = |at: usize| extent.and_then(|sides| sides.get(at).copied());
    let srs_of_contents = plan.geometry.as_ref().map(|_| srs);
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, \
         min_x, min_y, max_x, max_y, srs_id) VALUES (?1, ?2, ?1, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            plan.name,
            kind,
            note.unwrap_or_default(),
            side(0),
            side(1),
            side(2),
            side(3),
            srs_of_contents
        ],
    )?;
    if let Some(geometry) = &plan.geometry {
        connection.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![plan.name, geometry.name, geometry.declared, srs, geometry.z, geometry.m],
        )?;
        let place = (Some(plan.name.as_str()), Some(geometry.name.as_str()));
        extension(connection, place, "gpkg_rtree_index", "rtree", "write-only")?;
    }
    describe(connection, plan)
}

/// Writes what is said about columns.
fn describe(connection: &Connection, plan: &LayerPlan<'_>) -> Result<(), Failure> {
    let mut labels = std::collections::BTreeSet::new();
    for column in plan.columns.iter().filter(|column| column.is_described()) {
        // Two columns of a table may not have the same short name, but the same title.
        let name = column.label.filter(|label| labels.insert(*label));
        let mime = column.is_json.then_some("application/json");
        connection.execute(
            "INSERT INTO gpkg_data_columns VALUES (?1, ?2, ?3, ?4, ?5, ?6, NULL)",
            params![plan.name, column.name, name, column.label, column.description, mime],
        )?;
    }
    Ok(())
}

/// Counts the rows, and has other programs keep the count and the index when they change rows.
pub(super) fn finish_layer(connection: &Connection, plan: &LayerPlan<'_>) -> Result<(), Failure> {
    let rows = i64::try_from(plan.table.rows()).unwrap_or(i64::MAX);
    connection
        .execute("INSERT INTO gpkg_ogr_contents VALUES (?1, ?2)", params![plan.name, rows])?;
    let (table, text) = (quoted(&plan.name), quoted_text(&plan.name));
    let mut sql = String::new();
    for (event, sign) in [("insert", '+'), ("delete", '-')] {
        let trigger = quoted(&format!("trigger_{event}_feature_count_{}", plan.name));
        sql.push_str(&format!(
            "CREATE TRIGGER {trigger} AFTER {event} ON {table} BEGIN \
             UPDATE gpkg_ogr_contents SET feature_count = feature_count {sign} 1 \
             WHERE lower(table_name) = lower({text}); END;\n"
        ));
    }
    if let Some(geometry) = &plan.geometry {
        sql.push_str(&index_triggers(&plan.name, &geometry.name, &plan.key));
    }
    connection.execute_batch(&sql)
}

/// The name of a layer's index.
pub(super) fn index_of(table: &str, geometry: &str) -> String {
    format!("rtree_{table}_{geometry}")
}

/// What keeps the index true to the rows.
fn index_triggers(table: &str, geometry: &str, key: &str) -> String {
    let name = index_of(table, geometry);
    let (index, on) = (quoted(&name), quoted(table));
    let (geometry, key) = (quoted(geometry), quoted(key));
    let is_there = format!("(NEW.{geometry} NOTNULL AND NOT ST_IsEmpty(NEW.{geometry}))");
    let is_gone = format!("(NEW.{geometry} ISNULL OR ST_IsEmpty(NEW.{geometry}))");
    let put = format!(
        "INSERT OR REPLACE INTO {index} VALUES (NEW.{key}, \
         ST_MinX(NEW.{geometry}), ST_MaxX(NEW.{geometry}), \
         ST_MinY(NEW.{geometry}), ST_MaxY(NEW.{geometry}));"
    );
    let remove = format!("DELETE FROM {index} WHERE id = OLD.{key};");
    let remove_both = format!("DELETE FROM {index} WHERE id IN (OLD.{key}, NEW.{key});");
    let (same, other) = (format!("OLD.{key} = NEW.{key}"), format!("OLD.{key} != NEW.{key}"));
    let on_geometry = format!("UPDATE OF {geometry}");
    let triggers = [
        ("insert", "INSERT", is_there.clone(), put.clone()),
        ("update1", &on_geometry, format!("{same} AND {is_there}"), put.clone()),
        ("update2", &on_geometry, format!("{same} AND {is_gone}"), remove.clone()),
        ("update3", "UPDATE", format!("{other} AND {is_there}"), format!("{remove} {put}")),
        ("update4", "UPDATE", format!("{other} AND {is_gone}"), remove_both),
        ("delete", "DELETE", format!("OLD.{geometry} NOT NULL"), remove),
    ];
    let made = triggers.map(|(ending, event, when, what)| {
        let trigger = quoted(&format!("{name}_{ending}"));
        format!("CREATE TRIGGER {trigger} AFTER {event} ON {on} WHEN {when} BEGIN {what} END;\n")
    });
    made.concat()
}
