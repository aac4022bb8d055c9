//! Reading a GeoJSON file: one layer.

use std::io::{BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use arrow_array::Array;

use super::features::{Fail, Reader};
use super::pieces::{self, Found, PiecesFail};
use super::root::{Root, Stop, not_geojson};
use super::rows::Rows;
use super::{array, crs_member};
use crate::formats::ReadOptions;
use crate::formats::encoding::{UTF8_MARK, decode, decode_file, evidence_of_utf8, may_be_utf8};
use crate::formats::json::{JsonError, Scanner};
use crate::formats::lines::LineCounter;
use crate::formats::open::stem_of;
use crate::formats::whole::read_whole;
use crate::i18n::{Arg, Message};
use crate::jobs::{Watch, in_parallel};
use crate::problem::{FileError, Place};
use crate::table::{Field, Origin, Table, TextEvidence, TooMuchText};

/// Files from this size on are read in pieces.
pub(super) const LARGE: u64 = 4 << 20;

/// How much of a file is read at a time to find a place in it.
const BLOCK: usize = 1 << 20;

/// Reads a GeoJSON file: one layer.
pub(super) fn read(
    path: &Path,
    options: &ReadOptions,
    watch: &Watch,
) -> Result<Vec<Table>, FileError> {
    let size = std::fs::metadata(path).map_err(|error| FileError::io(path, &error))?.len();
    watch.set_total(size);
    let block = (size >= LARGE).then_some(pieces::BLOCK);
    read_in_blocks(path, block, options, watch).map(|table| vec![table])
}

/// Reads a file in pieces about as large as a block, or in one go.
fn read_in_blocks(
    path: &Path,
    block: Option<usize>,
    options: &ReadOptions,
    watch: &Watch,
) -> Result<Table, FileError> {
    if let Some(block) = block.filter(|_| may_be_utf8(options.encoding.as_deref())) {
        let found = array::read(path, block, watch);
        if let Some(found) = unless_unusual(path, found, watch)? {
            let mut table = table_of(found, path, "UTF-8", options)?;
            let evidence = evidence_of_utf8(&table, options.encoding.as_deref(), true);
            table.origin.texts = Some(evidence);
            return Ok(table);
        }
    }
    read_in_one_go(path, options, watch)
}

/// What was read in pieces; none where the file has to be read in one go.
///
/// # Errors
/// When it cannot be read at all.
pub(super) fn unless_unusual(
    path: &Path,
    read: Result<Found, PiecesFail>,
    watch: &Watch,
) -> Result<Option<Found>, FileError> {
    match read {
        Ok(found) => Ok(Some(found)),
        Err(PiecesFail::Unusual) => {
            watch.set_done(0);
            Ok(None)
        }
        Err(PiecesFail::Io(error)) => Err(FileError::io(path, &error)),
        Err(PiecesFail::Fail(fail)) => Err(failure(path, fail)),
        Err(PiecesFail::Json(offset, error)) => Err(bad_json_at(path, offset, error)),
    }
}

/// Reads a file in one go: every file that was ever called GeoJSON, whatever its encoding.
fn read_in_one_go(path: &Path, options: &ReadOptions, watch: &Watch) -> Result<Table, FileError> {
    let chosen = options.encoding.as_deref();
    let bytes = read_whole(path, watch, |bytes| {
        let start = decode(bytes, chosen).text;
        match Scanner::new(&start).skip() {
            // Not where a string or a number may go on.
            Err(error) if error.at + 16 < start.len() => Err(bad_json(path, &start, error)),
            _ => Ok(()),
        }
    })?;
    let (found, encoding, evidence) = whole_text(path, bytes, chosen, watch, whole)?;
    let mut table = table_of(found, path, encoding, options)?;
    let evidence = evidence.unwrap_or_else(|| evidence_of_utf8(&table, chosen, true));
    table.origin.texts = Some(evidence);
    Ok(table)
}

/// What a file holds, which encoding it is in, and what speaks for that where it is not UTF-8
/// throughout.
pub(super) type Whole = (Found, &'static str, Option<Arc<TextEvidence>>);

/// Reads all of a file's text in one go, whatever its encoding.
///
/// # Errors
/// When the text cannot be read, with the place in it.
pub(super) fn whole_text(
    path: &Path,
    bytes: Vec<u8>,
    chosen: Option<&str>,
    watch: &Watch,
    read: impl FnOnce(&mut Reader<'_>) -> Result<Root, Fail>,
) -> Result<Whole, FileError> {
    let size = bytes.len();
    let (decoded, evidence) = decode_file(bytes, chosen, true);
    let mut reader = Reader::new(&decoded.text, Rows::default(), watch);
    let root = read(&mut reader).map_err(|fail| match fail {
        Fail::Json(error) => bad_json(path, &decoded.text, error),
        other => failure(path, other),
    })?;
    let mut rows = reader.rows;
    watch.set_done(u64::try_from(size).unwrap_or(u64::MAX));
    let replaced = vec![("encoding", Arg::Text(decoded.encoding.to_owned()))];
    rows.problems.report("problem-text-replaced", decoded.replaced, replaced, None);
    Ok((Found { rows, root }, decoded.encoding, evidence))
}

fn whole(reader: &mut Reader<'_>) -> Result<Root, Fail> {
    let mut root = Root::new();
    match reader.scanner.peek()? {
        b'[' => reader.features()?,
        b'{' => {
            let start = reader.scanner.at();
            reader.scanner.takes(b'{')?;
            while root.members(reader)? == Stop::Features {
                reader.features()?;
            }
            root.settle(reader, start)?;
        }
        _ => {
            reader.scanner.skip()?;
            reader.scanner.end()?;
            return Err(not_geojson());
        }
    }
    reader.scanner.end()?;
    Ok(root)
}

pub(in crate::formats) fn failure(path: &Path, fail: Fail) -> FileError {
    match fail {
        Fail::Cancelled => FileError::cancelled(path),
        Fail::File(what, remedy) => FileError::new(path, what).remedy(remedy),
        Fail::Json(error) => broken(path, error),
    }
}

/// Text that is not JSON at all is told apart from JSON with a fault in it.
pub(in crate::formats) fn bad_json(path: &Path, text: &str, error: JsonError) -> FileError {
    let place = |at: usize| {
        let mut counter = LineCounter::new();
        counter.pass(text.as_bytes().get(..at).unwrap_or(text.as_bytes()));
        counter.place()
    };
    let start = text.trim_start();
    if start.is_empty() {
        return FileError::new(path, Message::new("error-file-empty"))
            .remedy(Message::new("remedy-get-again"));
    }
    if start.starts_with('<') {
        return FileError::new(path, Message::new("error-web-page"))
            .remedy(Message::new("remedy-get-again"));
    }
    let script = start.find(['{', '[']).and_then(|at| start.get(..at)).map(str::trim);
    if let Some(name) = script.and_then(|before| before.strip_suffix('=')) {
        let what = Message::new("error-javascript").text("start", format!("{}=", name.trim()));
        return FileError::new(path, what)
            .at(place(text.len() - start.len()))
            .remedy(Message::new("remedy-javascript"));
    }
    let at = place(error.at);
    broken(path, error).at(at)
}

fn broken(path: &Path, error: JsonError) -> FileError {
    let ends = error.what.id == "json-ends-early";
    let what = Message::new("error-bad-json").message("what", error.what);
    let remedy = if ends { "remedy-get-again" } else { "remedy-mend-json" };
    FileError::new(path, what).remedy(Message::new(remedy))
}

/// A fault in a text that starts at a byte of a file.
fn bad_json_at(path: &Path, start: u64, error: JsonError) -> FileError {
    let at = start.saturating_add(u64::try_from(error.at).unwrap_or(u64::MAX));
    let failed = broken(path, error);
    match place_in(path, at) {
        Ok(place) => failed.at(place),
        Err(_) => failed.at(Place::Byte(at)),
    }
}

/// The line and column of a byte of a file of UTF-8 text.
fn place_in(path: &Path, at: u64) -> std::io::Result<Place> {
    let mut file = BufReader::new(std::fs::File::open(path)?).take(at);
    let mut counter = LineCounter::new();
    let mut block = vec![0; BLOCK];
    loop {
        let read = file.read(&mut block)?;
        let read = block.get(..read).unwrap_or_default();
        if read.is_empty() {
            return Ok(counter.place());
        }
        counter.pass(if counter.is_new() {
            read.strip_prefix(UTF8_MARK).unwrap_or(read)
        } else {
            read
        });
    }
}

pub(in crate::formats) fn table_of(
    Found { rows, root }: Found,
    path: &Path,
    encoding: &str,
    options: &ReadOptions,
) -> Result<Table, FileError> {
    let too_much_text = |_: TooMuchText| {
        let what = Message::new("error-too-much-text");
        FileError::new(path, what).remedy(Message::new("remedy-smaller-parts"))
    };
    let Rows { geometry, with_geometry, columns, ids, count, mut problems, .. } = rows;
    let (mut fields, mut arrays) = (Vec::new(), Vec::new());
    let finished = in_parallel(columns, |column| {
        let (mixed, long) = (column.values.mixed(), column.values.long_integers());
        let made = match options.told(&column.name) {
            Some(told) => column.values.finish_as(count, told),
            None => column.values.finish(count, true),
        };
        (column.name, mixed, long, made)
    });
    for (name, mixed, long, made) in finished {
        let field = vec![("field", Arg::Text(name.clone()))];
        problems.report("problem-mixed-kinds", mixed, field.clone(), None);
        problems.report("problem-long-integer", long, field, None);
        let (kind, array) = made.map_err(too_much_text)?;
        fields.push(Field::new(name, kind));
        arrays.push(array);
    }
    let geometry = geometry.finish().map_err(|_| {
        let what = Message::new("error-too-many-coordinates");
        FileError::new(path, what).remedy(Message::new("remedy-smaller-parts"))
    })?;
    let geometry = with_geometry.then_some(geometry);
    let crs = geometry.as_ref().and_then(|geometry| {
        crs_member::decide(root.crs, geometry.xy(), options.crs.as_ref(), &mut problems)
    });
    let name = root.name.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| stem_of(path));
    let table = Table::new(name, count, fields, arrays, geometry);
    let mut table = table.map_err(|defect| {
        FileError::new(path, Message::new("error-defect").text("detail", defect.to_string()))
    })?;
    if !ids.is_empty() {
        let (_, ids) = ids.finish(count, false).map_err(too_much_text)?;
        // Identifiers are whole numbers or text; all null is none.
        table.ids = (ids.null_count() < ids.len()).then_some(ids);
    }
    table.crs = crs;
    table.origin = Origin {
        path: path.to_owned(),
        encoding: Some(encoding.to_owned()),
        format: super::FORMAT.id,
        note: root.note,
        problems,
        ..Origin::default()
    };
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look random and are the same every time.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, limit: usize) -> usize {
            self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            usize::try_from(self.0 >> 33).unwrap() % limit
        }

        fn one_of<'a>(&mut self, texts: &[&'a str]) -> &'a str {
            texts[self.below(texts.len())]
        }
    }

    const VALUES: &[&str] = &[
        "1",
        "-7",
        "2.5",
        "-0",
        "9007199254740993",
        "123456789012345678901",
        "true",
        "null",
        "NaN",
        "\"é\\n\"",
        "\"},{\\\"type\\\":\"",
        "\"2026-01-31\"",
        "{\"a\": [1, {}]}",
        "[]",
        "\"\"",
    ];
    const GEOMETRIES: &[&str] = &[
        r#"{"type":"Point","coordinates":[3.7,51.05]}"#,
        r#"{"type":"Point","coordinates":[3.7,51.05,9]}"#,
        r#"{"coordinates":[[3.7, 51.05],[3.8,51]],"type":"LineString"}"#,
        r#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]],[]]}"#,
        r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"Point","coordinates":[1,2]}]}"#,
        r#"{"type":"Point","coordinates":["3",51]}"#,
        r#"{"type":"Circle","coordinates":[3,51]}"#,
        "null",
    ];

    /// A file with a little of everything; `plain` for one that is read in pieces for certain.
    fn file(dice: &mut Dice, plain: bool) -> String {
        let mut text = dice.one_of(&["", "\u{FEFF}"]).to_owned();
        text += dice.one_of(&[
            r#"{"type":"FeatureCollection","features":["#,
            "{\"name\": \"n\", \"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"EPSG:31370\"}},\n\"features\" : [\n",
            "[",
        ]);
        let comma = dice.one_of(&[",", ",\n", " ,\r\n  "]);
        let start = dice.one_of(&["{\"type\":\"Feature\",", "{ \"type\": \"Feature\", ", "{"]);
        for row in 0..dice.below(60) {
            text += if row == 0 { "" } else { comma };
            if !plain && dice.below(20) == 0 {
                text += dice.one_of(&[
                    "7",
                    "{}",
                    "{\"type\":\"Feature\"}",
                    GEOMETRIES[0],
                    "{\"id\":[1]}",
                ]);
                continue;
            }
            text += start;
            match dice.below(6) {
                0 => text += "\"id\":\"x\",",
                1 => text += "\"id\":5,\"more\":[{\"id\":1},{\"id\":2}],",
                _ => {}
            }
            text += "\"properties\":{";
            for (at, name) in ["a", "b", "c\\\"", "d"].iter().enumerate() {
                if dice.below(5) > 0 {
                    let value =
                        VALUES[(at * 4 + dice.below(if plain { 4 } else { 15 })) % VALUES.len()];
                    text += &format!("\"{name}\":{value},");
                }
            }
            text += "\"z\":0},\"geometry\":";
            text += dice.one_of(GEOMETRIES);
            text += "}";
        }
        text += "]";
        if text.trim_start_matches('\u{FEFF}').starts_with('{') {
            text += dice.one_of(&[
                "}",
                ",\"note\":\"é\"}",
                ",\"type\":\"FeatureCollection\",\"features\":[]}",
            ]);
        }
        if !plain && dice.below(3) == 0 {
            let mut at = dice.below(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            text.insert_str(at, dice.one_of(&["]", "}", "\"", ",", "{", "x", "\0", " "]));
        }
        text
    }

    fn told(read: Result<Table, FileError>) -> String {
        match read {
            Ok(table) => format!("{table:?}"),
            Err(error) => format!("{error:?}"),
        }
    }

    /// Whatever the file and wherever it is cut, reading in pieces gives what reading in one go
    /// gives, errors and problems and their places included.
    #[test]
    fn pieces_give_what_the_whole_gives() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.geojson");
        let options = ReadOptions::default();
        let watch = Watch::unwatched();
        let mut dice = Dice(11);
        let mut in_pieces = 0;
        for number in 0..600 {
            let text = file(&mut dice, number % 2 == 0);
            std::fs::write(&path, &text).unwrap();
            let whole = told(read_in_blocks(&path, None, &options, &watch));
            for block in [700, 1500] {
                in_pieces += usize::from(array::read(&path, block, &watch).is_ok());
                let pieces = told(read_in_blocks(&path, Some(block), &options, &watch));
                assert_eq!(pieces, whole, "{block}: {text}");
            }
        }
        assert!(in_pieces > 300, "{in_pieces}");
    }

    #[test]
    fn a_fault_far_into_the_file_is_found_at_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.geojson");
        let feature = "{\"type\":\"Feature\",\"properties\":{\"n\":\"é\"},\"geometry\":null},\n";
        let text = format!("\u{FEFF}[{}{{\"type\":é}}]", feature.repeat(500));
        std::fs::write(&path, text).unwrap();
        let (options, watch) = (ReadOptions::default(), Watch::unwatched());
        assert!(matches!(array::read(&path, 1000, &watch), Err(PiecesFail::Json(..))));
        let error = read_in_blocks(&path, Some(1000), &options, &watch).unwrap_err();
        assert_eq!(error.place, Some(Place::Line { line: 501, column: 9 }));
    }

    /// What follows is taken for a part of a feature only as long as it is JSON.
    #[test]
    fn damage_is_found_before_the_rest_of_the_file_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.geojson");
        let watch = Watch::unwatched();
        let feature = "{\"type\":\"Feature\",\"properties\":{\"n\":1},\"geometry\":null},\n";
        let good = format!("[{}", feature.repeat(100));
        let read = |rest: &[u8]| {
            std::fs::write(&path, [good.as_bytes(), rest].concat()).unwrap();
            array::read(&path, 1000, &watch)
        };
        let at = |read: Result<Found, PiecesFail>| match read {
            Err(PiecesFail::Json(offset, error)) => usize::try_from(offset).unwrap() + error.at,
            Err(PiecesFail::Unusual) => panic!("unusual"),
            Ok(found) => panic!("{} rows", found.rows.count),
            Err(PiecesFail::Io(_) | PiecesFail::Fail(_)) => panic!("another failure"),
        };
        assert_eq!(at(read(&vec![b'?'; 100_000])), good.len());
        let broken = [feature.repeat(3).as_bytes(), &vec![b'{'; 100_000]].concat();
        assert_eq!(at(read(&broken)), good.len() + 3 * feature.len() + 1);
        assert!(matches!(read(&vec![0xE9; 100_000]), Err(PiecesFail::Unusual)));
        // A string as long as that is no damage, nor is what follows the features.
        let long = format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"s\":\"{}\"}}}}]",
            "é".repeat(50_000)
        );
        assert!(read(long.as_bytes()).is_ok_and(|found| found.rows.count == 101));
        let spaces = format!("7]{}", " ".repeat(100_000));
        assert!(read(spaces.as_bytes()).is_ok_and(|found| found.rows.count == 101));
    }
}
