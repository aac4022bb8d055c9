//! Which layers a file holds, and what it says about them.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use rusqlite::types::Value;

use super::database::Database;
use super::listing::{self, is_same, number, text};
use crate::formats::ListedLayer;
use crate::i18n::{Arg, Message};
use crate::problem::{FileError, Place, Problems};

type Failure = rusqlite::Error;

/// Tables that programs keep in a GeoPackage for themselves.
const HOUSEKEEPING: &[&str] =
    &["layer_styles", "ogr_empty_table", "qgis_editor_widget_styles", "qgis_projects"];
const HOUSEKEEPING_STARTS: &[&str] = &["gpkg_", "gpkgext_", "sqlite_"];

/// A layer of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct LayerEntry {
    /// The name of its table, as the schema writes it.
    pub table: String,
    /// What people call it, where that is something else.
    pub title: Option<String>,
    /// A line about it.
    pub description: Option<String>,
    /// The page at which its rows begin; none for a view or a virtual table.
    pub root: Option<u32>,
    /// Its geometry column as the file announces it: name and number of the reference system.
    pub geometry: Option<(String, Option<i64>)>,
    /// How many rows it has, where GDAL counted them.
    pub rows: Option<u64>,
    /// The style that QGIS shows it in, where the file keeps one.
    pub style: Option<String>,
    /// How many others QGIS keeps for it.
    pub styles: u64,
    /// Whether the file's list of contents names it, as it should.
    pub is_listed: bool,
}

/// What is in a file.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    pub layers: Vec<LayerEntry>,
    /// What is not read.
    pub problems: Problems,
}

/// A table or view of the schema.
struct Entity {
    name: String,
    root: Option<u32>,
    is_virtual: bool,
}

impl Catalogue {
    /// Looks at what the file says about itself.
    ///
    /// # Errors
    /// When it is damaged, no GeoPackage, or has no layers.
    pub(super) fn of(database: &Database) -> Result<Catalogue, FileError> {
        let connection = &database.connection;
        let catalogue = look(connection).map_err(|error| database.error(&error))?;
        let Some(catalogue) = catalogue else {
            let id = if database.header.is_geopackage {
                "geopackage-error-no-contents"
            } else {
                "geopackage-error-other-database"
            };
            let error = FileError::new(database.path(), Message::new(id));
            return Err(error.remedy(Message::new("geopackage-remedy-export")));
        };
        if catalogue.layers.is_empty() {
            let id = if catalogue.problems.count("problem-geopackage-tiles") > 0 {
                "geopackage-error-only-tiles"
            } else {
                "geopackage-error-no-layers"
            };
            let error = FileError::new(database.path(), Message::new(id));
            return Err(error.remedy(Message::new("geopackage-remedy-export")));
        }
        Ok(catalogue)
    }

    /// The layers as others see them.
    pub(super) fn listed(self) -> Vec<ListedLayer> {
        let listed = |layer: LayerEntry| ListedLayer {
            name: layer.table,
            title: layer.title,
            rows: layer.rows,
            has_place: Some(layer.geometry.is_some()),
            ..ListedLayer::default()
        };
        self.layers.into_iter().map(listed).collect()
    }

    /// Keeps the one layer that is asked for: by the name of its table, or else by its title.
    ///
    /// # Errors
    /// When there is none.
    pub(super) fn only(&mut self, database: &Database, wanted: &str) -> Result<(), FileError> {
        let by_table = |layer: &LayerEntry| layer.table == wanted;
        let by_title = |layer: &LayerEntry| layer.title.as_deref() == Some(wanted);
        let loosely = |layer: &LayerEntry| is_same(&layer.table, wanted);
        let at = self.layers.iter().position(by_table);
        let at = at.or_else(|| self.layers.iter().position(by_title));
        let at = at.or_else(|| self.layers.iter().position(loosely));
        let Some(at) = at else {
            let names: Vec<&str> = self.layers.iter().map(|layer| layer.table.as_str()).collect();
            let what = Message::new("error-no-layer").text("layer", wanted);
            let remedy = Message::new("remedy-layers").text("layers", names.join(", "));
            return Err(FileError::new(database.path(), what).remedy(remedy));
        };
        self.layers = vec![self.layers.swap_remove(at)];
        // What else is in the file was not asked for.
        self.problems = Problems::new();
        Ok(())
    }
}

/// None where the file is no GeoPackage.
fn look(connection: &Connection) -> Result<Option<Catalogue>, Failure> {
    let schema = schema_of(connection)?;
    if !schema.contains_key("gpkg_contents") && !schema.contains_key("gpkg_geometry_columns") {
        return Ok(None);
    }
    let mut made = Catalogue::default();
    let mut seen = BTreeSet::new();
    let geometries = geometries_of(connection)?;
    let contents = ["table_name", "data_type", "identifier", "description", "srs_id"];
    let mut missing = Vec::new();
    for [table, kind, title, description, srs] in
        listing::rows(connection, "gpkg_contents", contents)?
    {
        let Some(table) = text(&table) else { continue };
        let key = table.to_ascii_lowercase();
        let Some(entity) = schema.get(&key) else {
            missing.push(table.to_owned());
            continue;
        };
        // QGIS and GDAL list the table of styles as one of data.
        if !seen.insert(key.clone()) || HOUSEKEEPING.contains(&key.as_str()) {
            continue;
        }
        let kind = text(&kind).unwrap_or_default().to_ascii_lowercase();
        let geometry = match kind.as_str() {
            "features" => {
                let known = geometries.get(&key).cloned();
                // Its column is found by its type where the list of columns lacks it.
                Some(known.unwrap_or_else(|| (String::new(), number(&srs))))
            }
            "attributes" | "aspatial" => None,
            _ => {
                let id = if kind == "tiles" || kind == "2d-gridded-coverage" {
                    "problem-geopackage-tiles"
                } else {
                    "problem-geopackage-other-contents"
                };
                made.problems.report(id, 1, Vec::new(), Some(Place::Member(table.to_owned())));
                continue;
            }
        };
        made.layers.push(LayerEntry {
            table: entity.name.clone(),
            title: text(&title).filter(|title| *title != entity.name).map(str::to_owned),
            description: text(&description).map(str::to_owned),
            root: entity.root,
            is_listed: geometry.as_ref().is_none_or(|(column, _)| !column.is_empty()),
            geometry,
            ..LayerEntry::default()
        });
    }
    for table in missing {
        let args = vec![("table", Arg::Text(table))];
        made.problems.report("problem-geopackage-missing-table", 1, args, None);
    }
    made.layers.extend(unlisted(connection, &schema, &seen, &geometries)?);
    count(connection, &mut made.layers)?;
    styles(connection, &mut made.layers)?;
    Ok(Some(made))
}

/// The tables and views of the file by their names in small letters.
fn schema_of(connection: &Connection) -> Result<BTreeMap<String, Entity>, Failure> {
    let query = "SELECT name, rootpage, sql LIKE 'CREATE VIRTUAL%' FROM sqlite_schema \
                 WHERE type IN ('table', 'view') ORDER BY rowid";
    let mut query = connection.prepare(query)?;
    let rows = query.query_map([], |row| {
        let name = String::from_utf8_lossy(row.get_ref(0)?.as_bytes().unwrap_or_default());
        let root = row.get::<_, Option<i64>>(1)?.and_then(|root| u32::try_from(root).ok());
        let root = root.filter(|root| *root > 0);
        let is_virtual = row.get::<_, Option<bool>>(2)?.unwrap_or_default();
        Ok((name.to_ascii_lowercase(), Entity { name: name.into_owned(), root, is_virtual }))
    })?;
    rows.collect()
}

/// The geometry columns that the file announces, by table.
type Geometries = BTreeMap<String, (String, Option<i64>)>;

fn geometries_of(connection: &Connection) -> Result<Geometries, Failure> {
    let wanted = ["table_name", "column_name", "srs_id"];
    let rows = listing::rows(connection, "gpkg_geometry_columns", wanted)?;
    let found = rows.iter().filter_map(|[table, column, srs]| {
        let geometry = (text(column)?.to_owned(), number(srs));
        Some((text(table)?.to_ascii_lowercase(), geometry))
    });
    Ok(found.collect())
}

/// Tables with rows that the list of contents does not name, though it should.
fn unlisted(
    connection: &Connection,
    schema: &BTreeMap<String, Entity>,
    seen: &BTreeSet<String>,
    geometries: &Geometries,
) -> Result<Vec<LayerEntry>, Failure> {
    let extensions = listing::rows(connection, "gpkg_extensions", ["table_name", "column_name"])?;
    // Tables that belong to an extension are not layers.
    let of_extension: BTreeSet<String> = extensions
        .iter()
        .filter(|[_, column]| text(column).is_none())
        .filter_map(|[table, _]| Some(text(table)?.to_ascii_lowercase()))
        .collect();
    // Indexes are virtual tables with a few real ones behind them: x, x_node, x_rowid.
    let is_behind = |key: &str| {
        let front = key.rsplit_once('_').and_then(|(front, _)| schema.get(front));
        front.is_some_and(|front| front.is_virtual)
    };
    let is_layer = |key: &str, entity: &Entity| {
        let is_own = HOUSEKEEPING.contains(&key)
            || HOUSEKEEPING_STARTS.iter().any(|start| key.starts_with(start))
            || of_extension.contains(key)
            || is_behind(key);
        let has_rows = entity.root.is_some() && !is_own;
        !seen.contains(key) && (geometries.contains_key(key) || has_rows)
    };
    let found = schema.iter().filter(|(key, entity)| is_layer(key, entity));
    let found = found.map(|(key, entity)| LayerEntry {
        table: entity.name.clone(),
        root: entity.root,
        geometry: geometries.get(key).cloned(),
        ..LayerEntry::default()
    });
    Ok(found.collect())
}

/// Adds how many rows the layers have.
fn count(connection: &Connection, layers: &mut [LayerEntry]) -> Result<(), Failure> {
    let counts = listing::rows(connection, "gpkg_ogr_contents", ["table_name", "feature_count"])?;
    for [table, rows] in &counts {
        let (Some(table), Some(rows)) = (text(table), number(rows)) else { continue };
        let of_table = layers.iter_mut().filter(|layer| is_same(&layer.table, table));
        of_table.for_each(|layer| layer.rows = u64::try_from(rows).ok());
    }
    Ok(())
}

/// Adds the styles that QGIS keeps in the file: the default one of each layer, or else the first, as
/// QGIS chooses.
fn styles(connection: &Connection, layers: &mut [LayerEntry]) -> Result<(), Failure> {
    let wanted = ["f_table_name", "styleQML", "useAsDefault"];
    let mut kept: BTreeMap<usize, (String, bool)> = BTreeMap::new();
    for [table, qml, is_default] in listing::rows(connection, "layer_styles", wanted)? {
        let Some(table) = text(&table) else { continue };
        let Some(at) = layers.iter().position(|layer| is_same(&layer.table, table)) else {
            continue;
        };
        let is_default = match &is_default {
            Value::Integer(number) => *number != 0,
            Value::Text(word) => matches!(word.to_ascii_lowercase().as_str(), "true" | "1" | "t"),
            _ => false,
        };
        let is_better = kept.get(&at).is_none_or(|(_, known)| is_default && !known);
        if let Some(qml) = text(&qml).filter(|_| is_better) {
            kept.insert(at, (qml.to_owned(), is_default));
        }
        if let Some(layer) = layers.get_mut(at) {
            layer.styles += 1;
        }
    }
    for (at, (qml, _)) in kept {
        if let Some(layer) = layers.get_mut(at) {
            layer.style = Some(qml);
            layer.styles -= 1;
        }
    }
    Ok(())
}
