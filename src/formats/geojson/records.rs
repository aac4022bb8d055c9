//! JSON that is no GeoJSON: an array of plain objects, or one object on each line (JSON lines).
//! Each object is a row; one that is a GeoJSON feature keeps its place, and where none is, it is
//! looked for in the columns.

use std::path::Path;
use std::sync::Arc;

use super::features::{Fail, Reader};
use super::pieces::Found;
use super::read::{bad_json, failure, table_of};
use super::root::{Root, not_geojson};
use super::rows::Rows;
use crate::formats::encoding::{beginning, decode_file, evidence_of_utf8};
use crate::formats::whole::read_whole;
use crate::formats::{Confidence, Format, ReadOptions, place};
use crate::i18n::Arg;
use crate::jobs::Watch;
use crate::problem::{FileError, Problems};
use crate::table::Table;

/// Plain JSON objects.
pub static FORMAT: Format = Format {
    id: "json",
    name: "JSON",
    extensions: &["jsonl"],
    recognise,
    read: |path, options, watch| read_texts(path, FORMAT.id, options, watch, objects),
    write: None,
    write_several: None,
    only_in: None,
    changes: |_, _| Problems::new(),
    list: None,
};

fn recognise(path: &Path, head: &[u8]) -> Confidence {
    let text = beginning(head);
    let text = text.trim_start();
    let extension = crate::formats::open::extension_of(path);
    if FORMAT.extensions.contains(&extension.as_str()) {
        let is_sure = text.starts_with('{') && !super::lines::is_sequence(text);
        return if is_sure { Confidence::Sure } else { Confidence::Maybe };
    }
    // An array of objects that say nothing of features or geometry.
    let inside = text.strip_prefix('[').map(str::trim_start);
    let is_plain = inside.is_some_and(|inside| inside.starts_with('{'))
        && !["\"geometry\"", "\"coordinates\"", "\"Feature\""].iter().any(|it| text.contains(it));
    if is_plain { Confidence::Sure } else { Confidence::No }
}

/// Reads a file of many JSON texts, in one go.
pub(super) fn read_texts(
    path: &Path,
    format: &'static str,
    options: &ReadOptions,
    watch: &Watch,
    texts: fn(&mut Reader<'_>) -> Result<(), Fail>,
) -> Result<Vec<Table>, FileError> {
    let size = std::fs::metadata(path).map_err(|error| FileError::io(path, &error))?.len();
    watch.set_total(size);
    let bytes = read_whole(path, watch, |_| Ok(()))?;
    let chosen = options.encoding.as_deref();
    let (decoded, evidence) = decode_file(bytes, chosen, true);
    let mut reader = Reader::new(&decoded.text, Rows::default(), watch);
    texts(&mut reader).map_err(|fail| match fail {
        Fail::Json(error) => bad_json(path, &decoded.text, error),
        other => failure(path, other),
    })?;
    let mut rows = reader.rows;
    watch.set_done(size);
    let replaced = vec![("encoding", Arg::Text(decoded.encoding.to_owned()))];
    rows.problems.report("problem-text-replaced", decoded.replaced, replaced, None);
    let encoding = decoded.encoding;
    drop(decoded.text);
    let found = Found { rows, root: Root::new() };
    let mut table = table_of(found, path, encoding, options)?;
    if table.geometry.is_none() {
        find_place(&mut table, path, options)?;
    }
    table.origin.format = format;
    let evidence = evidence.unwrap_or_else(|| evidence_of_utf8(&table, chosen, true));
    table.origin.texts = Some(evidence);
    Ok(vec![table])
}

/// Finds where the rows are, as for other formats that do not say it.
fn find_place(table: &mut Table, path: &Path, options: &ReadOptions) -> Result<(), FileError> {
    let rows = table.rows();
    let (fields, columns) = (&mut table.fields, &mut table.columns);
    let problems = &mut table.origin.problems;
    let (geometry, crs) = place::take(path, fields, columns, rows, options.crs.as_ref(), problems)?;
    (table.geometry, table.crs) = (geometry.map(Arc::new), crs);
    Ok(())
}

/// All objects of the text, in an array or one after another.
fn objects(reader: &mut Reader<'_>) -> Result<(), Fail> {
    match reader.scanner.peek()? {
        b'[' => {
            reader.scanner.takes(b'[')?;
            let mut first = true;
            while reader.scanner.next_item(&mut first)? {
                reader.record()?;
            }
            Ok(reader.scanner.end()?)
        }
        b'{' => {
            while reader.scanner.end().is_err() {
                if reader.scanner.peek()? != b'{' {
                    // Says where and what.
                    return Ok(reader.scanner.end()?);
                }
                reader.record()?;
            }
            Ok(())
        }
        _ => Err(not_geojson()),
    }
}

#[cfg(test)]
mod tests {
    use arrow_array::Array as _;

    use super::*;
    use crate::formats::{format_of, open};
    use crate::table::FieldKind;

    fn opened(name: &str, text: &str) -> Result<Table, FileError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        let mut tables = open(&path, &ReadOptions::default(), &Watch::unwatched())?;
        Ok(tables.remove(0))
    }

    #[test]
    fn objects_on_lines_and_in_an_array_are_rows_without_place() {
        let lines = "{\"wijk\": \"Muide\", \"n\": 1}\n{\"wijk\": \"Brugse Poort\", \"m\": 2.5}\n";
        let array = "[{\"wijk\": \"Muide\", \"n\": 1},\n {\"wijk\": \"Brugse Poort\", \"m\": 2.5}]";
        for (name, text) in [("a.jsonl", lines), ("a.json", array)] {
            let table = opened(name, text).unwrap();
            assert_eq!((table.rows(), table.geometry.is_some()), (2, false), "{name}");
            let fields: Vec<_> = table.fields.iter().map(|it| (&*it.name, it.kind)).collect();
            let kinds = [FieldKind::Text, FieldKind::Integer, FieldKind::Number];
            assert_eq!(fields, ["wijk", "n", "m"].into_iter().zip(kinds).collect::<Vec<_>>());
            assert_eq!(table.columns[1].null_count(), 1);
            assert!(table.origin.problems.is_empty(), "{:?}", table.origin.problems);
            assert_eq!(table.origin.format, "json");
        }
    }

    #[test]
    fn features_on_lines_keep_their_place() {
        let feature = r#"{"type":"Feature","properties":{"n":1},"geometry":{"type":"Point","coordinates":[3.7,51]}}"#;
        let table = opened("a.jsonl", &format!("{feature}\n{feature}\n")).unwrap();
        assert_eq!((table.rows(), table.geometry.map(|it| it.missing())), (2, Some(0)));
    }

    #[test]
    fn what_breaks_off_is_an_error_at_its_line() {
        let error = opened("a.jsonl", "{\"a\": 1}\n{\"a\": ").unwrap_err();
        assert_eq!(error.what.id, "error-bad-json");
        assert!(matches!(error.place, Some(crate::problem::Place::Line { line: 2, .. })));
        assert_eq!(opened("a.jsonl", "{\"a\": 1}\nx").unwrap_err().what.id, "error-bad-json");
    }

    #[test]
    fn an_array_of_features_is_geojson() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        std::fs::write(&path, r#"[{"type":"Feature","properties":{},"geometry":null}]"#).unwrap();
        assert_eq!(format_of(&path).unwrap().id, "geojson");
    }
}
