//! JSON that is no GeoJSON: an array of plain objects, or one object on each line (JSON lines).
//! Each object is a row; one that is a GeoJSON feature keeps its place, and where none is, it is
//! looked for in the columns.

use std::path::Path;

use super::features::{Fail, Reader};
use super::root::not_geojson;
use super::texts::{Texts, read_texts};
use crate::formats::encoding::beginning;
use crate::formats::{Confidence, Format};
use crate::problem::Problems;

/// Plain JSON objects.
pub static FORMAT: Format = Format {
    id: TEXTS.format,
    name: "JSON",
    extensions: &["jsonl"],
    recognise,
    read: |path, options, watch| read_texts(path, TEXTS, options, watch),
    write: None,
    write_several: None,
    only_in: None,
    changes: |_, _| Problems::new(),
    list: None,
};

/// How they are read.
pub(super) const TEXTS: Texts = Texts { format: "json", read: objects };

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

/// All objects of the text, in an array or one after another.
fn objects(reader: &mut Reader<'_>, is_start: bool) -> Result<(), Fail> {
    if is_start {
        match reader.scanner.peek()? {
            b'[' => return array_of_objects(reader),
            b'{' => {}
            _ => return Err(not_geojson()),
        }
    }
    while reader.scanner.end().is_err() {
        if reader.scanner.peek()? != b'{' {
            // Says where and what.
            return Ok(reader.scanner.end()?);
        }
        reader.record()?;
    }
    Ok(())
}

fn array_of_objects(reader: &mut Reader<'_>) -> Result<(), Fail> {
    reader.scanner.takes(b'[')?;
    let mut first = true;
    while reader.scanner.next_item(&mut first)? {
        reader.record()?;
    }
    Ok(reader.scanner.end()?)
}

#[cfg(test)]
mod tests {
    use arrow_array::Array as _;

    use crate::formats::{ReadOptions, format_of, open};
    use crate::jobs::Watch;
    use crate::problem::FileError;
    use crate::table::{FieldKind, Table};

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
