//! GeoJSON texts one after another: one on each line (NDJSON, "GeoJSON lines"), or each behind a
//! record separator (RFC 8142). Mostly features; a geometry alone is a row without attributes, a
//! collection as many rows as it has, and any other object a row without place.
//!
//! Neither form has a place for a coordinate reference system: what others read is longitude and
//! latitude in WGS 84, so that is what is written unless the person chooses another.

use std::path::Path;

use super::features::{Fail, Reader};
use super::geometry::kind_of;
use super::root::not_geojson;
use super::texts::{SEPARATOR, Texts, read_texts};
use super::write;
use crate::formats::encoding::beginning;
use crate::formats::open::extension_of;
use crate::formats::{Confidence, Format};

/// The extension of files with separators.
const WITH_SEPARATORS: &str = "geojsons";

/// GeoJSON lines and sequences.
pub static FORMAT: Format = Format {
    id: TEXTS.format,
    name: "GeoJSON lines (NDJSON)",
    extensions: &["geojsonl", "ndjson", WITH_SEPARATORS],
    recognise,
    read: |path, options, watch| read_texts(path, TEXTS, options, watch),
    write: Some(write::write_lines),
    write_several: None,
    only_in: None,
    changes: write::changes_of_lines,
    list: None,
};

/// How they are read.
pub(super) const TEXTS: Texts = Texts { format: "geojsonl", read: texts };

/// Whether the texts of a file to be written get separators.
pub(super) fn has_separators(path: &Path) -> bool {
    extension_of(path) == WITH_SEPARATORS
}

fn recognise(path: &Path, head: &[u8]) -> Confidence {
    let text = beginning(head);
    let text = text.trim_start();
    let extension = extension_of(path);
    let is_named = FORMAT.extensions.contains(&extension.as_str());
    match text.starts_with('{') {
        true if is_named => Confidence::Sure,
        _ if is_sequence(text) => Confidence::Sure,
        _ if is_named => Confidence::Maybe,
        _ => Confidence::No,
    }
}

/// Whether a text begins as several texts of GeoJSON: with a separator, or a feature on a line of
/// its own before another.
pub(super) fn is_sequence(text: &str) -> bool {
    let text = text.trim_start();
    if text.as_bytes().first() == Some(&SEPARATOR) {
        return true;
    }
    let Some((first, rest)) = text.split_once('\n') else { return false };
    let is_feature = first.starts_with('{')
        && first.trim_end().ends_with('}')
        && first.contains("\"Feature\"")
        && !first.contains("\"features\"");
    is_feature && rest.trim_start().starts_with('{')
}

/// All texts, whatever stands between them.
fn texts(reader: &mut Reader<'_>, is_start: bool) -> Result<(), Fail> {
    // A table without rows is a file without lines.
    if is_start
        && reader.scanner.end().is_err()
        && !matches!(reader.scanner.peek()?, b'{' | SEPARATOR)
    {
        return Err(not_geojson());
    }
    loop {
        while reader.scanner.end().is_err() && reader.scanner.takes(SEPARATOR)? {}
        if reader.scanner.end().is_ok() {
            return Ok(());
        }
        if reader.scanner.peek()? != b'{' {
            // Says where and what.
            return Ok(reader.scanner.end()?);
        }
        text(reader)?;
    }
}

/// One text.
fn text(reader: &mut Reader<'_>) -> Result<(), Fail> {
    reader.check()?;
    let start = reader.scanner.at();
    let (mut kind, mut features, mut has_place) = (None, None, false);
    reader.scanner.takes(b'{')?;
    let mut first = true;
    while let Some(key) = reader.scanner.next_key(&mut first)? {
        match (&*key, reader.scanner.peek()?) {
            ("type", b'"') => {
                let name = reader.scanner.string()?;
                // Most texts say so at once, and are read once.
                if name == "Feature" {
                    reader.scanner.seek(start);
                    return reader.feature(false);
                }
                kind = Some(name);
                continue;
            }
            ("features", b'[') => features = Some(reader.scanner.at()),
            ("geometry", _) => has_place = true,
            _ => {}
        }
        reader.scanner.skip()?;
    }
    let end = reader.scanner.at();
    match (kind.as_deref(), features) {
        (Some("FeatureCollection"), Some(features)) => {
            reader.scanner.seek(features);
            reader.features()?;
            reader.scanner.seek(end);
        }
        (Some(kind), _) if kind_of(kind).is_some() => {
            reader.scanner.seek(start);
            reader.bare_geometry()?;
            reader.scanner.seek(end);
        }
        _ if has_place => {
            reader.scanner.seek(start);
            reader.feature(false)?;
        }
        _ => {
            reader.scanner.seek(start);
            reader.record()?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::formats::{ReadOptions, format_of, open};
    use crate::jobs::Watch;
    use crate::problem::FileError;
    use crate::table::{GeometryKind, Table, Value};

    fn opened(name: &str, text: &str) -> Result<Table, FileError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        let mut tables = open(&path, &ReadOptions::default(), &Watch::unwatched())?;
        Ok(tables.remove(0))
    }

    const FEATURE: &str = r#"{"type":"Feature","id":7,"properties":{"n":1},"geometry":{"type":"Point","coordinates":[3.7,51]}}"#;
    /// The member that tells stands last.
    const LATE: &str = r#"{"geometry":{"coordinates":[3.8,51.1],"type":"Point"},"properties":{"n":2},"type":"Feature"}"#;

    #[test]
    fn texts_are_rows_whatever_stands_between_them() {
        let lines = format!("{FEATURE}\n{LATE}\r\n\n");
        let sequence = format!("\u{1e}{FEATURE}\n\u{1e}\u{1e}{LATE}\n");
        let broken_up = format!("\u{1e}{}\n\u{1e}{LATE}", FEATURE.replace(',', ",\n  "));
        for (name, text) in [
            ("a.geojsonl", &lines),
            ("a.ndjson", &lines),
            ("a.json", &lines),
            ("a.geojson", &lines),
            ("a.geojsons", &sequence),
            ("a", &sequence),
            ("a.geojsons", &broken_up),
        ] {
            let table = opened(name, text).unwrap();
            assert_eq!((table.rows(), table.origin.format), (2, "geojsonl"), "{name} {text}");
            assert_eq!(table.value(1, 0), Value::Integer(2));
            let geometry = table.geometry.as_ref().unwrap();
            assert_eq!(geometry.xy(), [[3.7, 51.0], [3.8, 51.1]], "{name} {text}");
            assert_eq!(table.crs.unwrap().crs.code.as_deref(), Some("EPSG:4326"));
            assert!(table.origin.problems.is_empty(), "{:?}", table.origin.problems);
        }
    }

    #[test]
    fn collections_geometries_and_other_objects_are_rows_too() {
        let text = format!(
            "{{\"type\":\"FeatureCollection\",\"features\":[{FEATURE},{LATE}]}}\n\
             {{\"type\":\"LineString\",\"coordinates\":[[1,2],[3,4]]}}\n{{\"n\":9}}\n"
        );
        let table = opened("a.geojsonl", &text).unwrap();
        assert_eq!((table.rows(), table.value(3, 0)), (4, Value::Integer(9)));
        let kinds = [
            GeometryKind::Point,
            GeometryKind::Point,
            GeometryKind::LineString,
            GeometryKind::Null,
        ];
        assert_eq!(table.geometry.unwrap().kinds(), kinds);
    }

    #[test]
    fn faults_have_their_place_and_others_files_stay_theirs() {
        let error = opened("a.geojsonl", &format!("{FEATURE}\n{{\"type\":")).unwrap_err();
        assert_eq!(error.what.id, "error-bad-json");
        assert!(matches!(error.place, Some(crate::problem::Place::Line { line: 2, .. })));
        assert_eq!(opened("a.geojsonl", "[1]").unwrap_err().what.id, "error-not-geojson");
        assert_eq!(opened("a.geojsons", "\u{1e}").unwrap().rows(), 0);
        assert_eq!(opened("a.ndjson", "\n").unwrap().rows(), 0);
        let folder = tempfile::tempdir().unwrap();
        for (name, text, id) in [
            ("a.geojson", FEATURE.to_owned(), "geojson"),
            (
                "a.json",
                format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{FEATURE}\n]}}"),
                "geojson",
            ),
            ("a.jsonl", "{\"n\":1}\n{\"n\":2}".to_owned(), "json"),
            ("a.jsonl", format!("{FEATURE}\n{FEATURE}"), "geojsonl"),
        ] {
            let path = folder.path().join(name);
            std::fs::write(&path, &text).unwrap();
            assert_eq!(format_of(&path).unwrap().id, id, "{name} {text}");
        }
    }
}
