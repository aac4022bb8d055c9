//! From what was fetched to one file.

use std::path::Path;

use rusqlite::{Connection, params};
use serde_json::{Map, Value, json};

use super::{TakeFrom, Taken, Wanted, form_of};
use crate::i18n::{Language, Message};
use crate::jobs::Watch;
use crate::problem::FileError;
use crate::tiles::TileId;
use crate::tiles::archive::{ArchiveWriter, Pmtiles, TileForm, WriterFacts};

/// What was fetched of a tile; none where there is none.
pub(super) type Fetched<'a> = &'a dyn Fn(TileId) -> Result<Option<Vec<u8>>, FileError>;

/// Writes the file; it is at its place only when it is whole.
pub(super) fn finish(
    from: &TakeFrom,
    wanted: &Wanted,
    fetched: Fetched<'_>,
    target: &Path,
    watch: &Watch,
) -> Result<Taken, FileError> {
    let mut form = form_of(from);
    let mut count = 0;
    for tile in &wanted.tiles {
        if form.is_some() {
            break;
        }
        form = fetched(*tile)?.as_deref().and_then(TileForm::of_bytes);
    }
    let Some(form) = form else {
        return Err(FileError::new(target, Message::new("take-error-nothing-there")));
    };
    let metadata = metadata(from, form)?;
    let is_gzip = match from {
        TakeFrom::Archive(archive) => archive.pmtiles().is_some_and(Pmtiles::has_gzip),
        TakeFrom::Server(_) => false,
    };
    let is_mbtiles =
        target.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("mbtiles"));
    let bytes = if is_mbtiles {
        mbtiles(wanted, fetched, target, (form, &metadata), watch, &mut count)?
    } else {
        let mut writer = ArchiveWriter::create(target)?;
        for tile in &wanted.tiles {
            watch.check().map_err(|_| FileError::cancelled(target))?;
            if let Some(bytes) = fetched(*tile)? {
                writer.push(*tile, &bytes)?;
            }
        }
        count = writer.tiles();
        if count == 0 {
            return Err(FileError::new(target, Message::new("take-error-nothing-there")));
        }
        let facts =
            WriterFacts { tiles: form, is_gzip, bounds: wanted.bounds, metadata: metadata.into() };
        writer.finish(&facts, watch)?
    };
    let absent = (wanted.tiles.len() as u64).saturating_sub(count);
    Ok(Taken { path: target.to_owned(), tiles: count, absent, bytes })
}

/// What the file says of itself: what its source said, and where it is from.
fn metadata(from: &TakeFrom, form: TileForm) -> Result<Map<String, Value>, FileError> {
    let mut metadata = match from {
        TakeFrom::Archive(archive) => match archive.pmtiles() {
            Some(pmtiles) => match pmtiles.metadata()? {
                Some(Value::Object(known)) => known,
                _ => Map::new(),
            },
            None => Map::new(),
        },
        TakeFrom::Server(basemap) => {
            let mut metadata = Map::new();
            let credit = escaped(&basemap.attribution);
            let credit = if basemap.attribution_url.is_empty() {
                credit
            } else {
                format!("<a href=\"{}\">{credit}</a>", escaped(&basemap.attribution_url))
            };
            let terms = format!("{} ({})", basemap.terms.get(Language::English), basemap.terms_url);
            metadata.insert("name".to_owned(), json!(basemap.name.get(Language::Dutch)));
            metadata.insert("attribution".to_owned(), json!(credit));
            metadata.insert("description".to_owned(), json!(terms));
            metadata.insert("type".to_owned(), json!("baselayer"));
            metadata
        }
    };
    let today = chrono::Local::now().format("%Y-%m-%d").to_string();
    metadata.insert("format".to_owned(), json!(form.word()));
    metadata.insert("belfort:source".to_owned(), json!(from.word()));
    metadata.insert("belfort:taken".to_owned(), json!(today));
    Ok(metadata)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Writes MBTiles (specification 1.3) beside the target, then in its place.
fn mbtiles(
    wanted: &Wanted,
    fetched: Fetched<'_>,
    target: &Path,
    (form, metadata): (TileForm, &Map<String, Value>),
    watch: &Watch,
    count: &mut u64,
) -> Result<u64, FileError> {
    let failed = |error: rusqlite::Error| {
        FileError::new(target, Message::new("error-io").text("detail", error.to_string()))
    };
    let io = |error: std::io::Error| FileError::io(target, &error);
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    let file = tempfile::Builder::new()
        .prefix(".belfort-")
        .suffix(".tmp")
        .tempfile_in(folder.unwrap_or(Path::new(".")))
        .map_err(io)?;
    {
        let mut connection = Connection::open(file.path()).map_err(failed)?;
        connection
            .execute_batch(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
                PRAGMA application_id = 0x4d504258;
                CREATE TABLE metadata (name text, value text);
                CREATE TABLE tiles
                    (zoom_level integer, tile_column integer, tile_row integer, tile_data blob);
                CREATE UNIQUE INDEX tile_index on tiles (zoom_level, tile_column, tile_row);",
            )
            .map_err(failed)?;
        let all = connection.transaction().map_err(failed)?;
        {
            let mut about = all.prepare("INSERT INTO metadata VALUES (?1, ?2)").map_err(failed)?;
            let [west, south, east, north] = wanted.bounds.as_array();
            let [least, most] = wanted.levels;
            let mut words: Vec<(String, String)> = vec![
                ("format".to_owned(), form.word().to_owned()),
                ("bounds".to_owned(), format!("{west},{south},{east},{north}")),
                ("minzoom".to_owned(), least.to_string()),
                ("maxzoom".to_owned(), most.to_string()),
            ];
            let mut inner = Map::new();
            for (name, value) in metadata {
                match value {
                    Value::String(text) if name != "format" => {
                        words.push((name.clone(), text.clone()));
                    }
                    Value::Array(_) | Value::Object(_) => {
                        inner.insert(name.clone(), value.clone());
                    }
                    _ => {}
                }
            }
            if !inner.is_empty() {
                words.push(("json".to_owned(), Value::Object(inner).to_string()));
            }
            for (name, value) in words {
                about.execute(params![name, value]).map_err(failed)?;
            }
            let mut put =
                all.prepare("INSERT INTO tiles VALUES (?1, ?2, ?3, ?4)").map_err(failed)?;
            for tile in &wanted.tiles {
                watch.check().map_err(|_| FileError::cancelled(target))?;
                if let Some(bytes) = fetched(*tile)? {
                    let row = (1_i64 << tile.z.min(31)) - 1 - i64::from(tile.y);
                    put.execute(params![tile.z, tile.x, row, bytes]).map_err(failed)?;
                    *count += 1;
                }
            }
        }
        all.commit().map_err(failed)?;
    }
    file.as_file().sync_all().map_err(io)?;
    let bytes = file.as_file().metadata().map_err(io)?.len();
    file.persist(target).map_err(|error| io(error.error))?;
    Ok(bytes)
}
