//! What a text from the clipboard is: data that a file of some format could hold.

use super::csv::dialect;
use super::{wkb, wkt};

/// A pasted text as the file that holds the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pasted {
    /// The file's extension, which names its format.
    pub extension: &'static str,
    /// What the file holds: the text itself, or a table made of its lines.
    pub text: String,
}

/// Recognises GeoJSON and other JSON, KML, GPX, GML, well-known text and binary (a geometry, or one
/// on each line), pairs of coordinates on lines, and tables as spreadsheets and CSV files have
/// them. None for any other text.
pub fn pasted(text: &str) -> Option<Pasted> {
    let text = text.trim_start_matches('\u{FEFF}');
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return None;
    }
    let as_it_is = |extension| Some(Pasted { extension, text: text.to_owned() });
    if trimmed.starts_with(['{', '[']) {
        return as_it_is(json_extension(trimmed)?);
    }
    if trimmed.starts_with('<') {
        return as_it_is(xml_extension(trimmed)?);
    }
    let lines: Vec<&str> = trimmed.lines().map(str::trim).filter(|it| !it.is_empty()).collect();
    let all = |passes: fn(&str) -> bool| lines.iter().all(|line| passes(line));
    if all(wkt::looks_like) {
        return Some(column("WKT", &lines));
    }
    if wkt::looks_like(trimmed) {
        // One geometry over several lines.
        return Some(column("WKT", &[&lines.join(" ")]));
    }
    if all(wkb::hex::looks_like) {
        return Some(column("WKB", &lines));
    }
    if all(|line| super::place::two_numbers(line).is_some()) {
        return Some(column("locatie", &lines));
    }
    is_table(trimmed).then(|| Pasted { extension: table_extension(trimmed), text: text.to_owned() })
}

fn json_extension(text: &str) -> Option<&'static str> {
    let head = text.get(..text.floor_char_boundary(4096)).unwrap_or(text);
    let tells = |words: &[&str]| words.iter().any(|word| head.contains(word));
    if tells(&["\"Topology\""]) {
        return Some("topojson");
    }
    let begins_object =
        |line: &str| line.trim_start().starts_with('{') && line.trim_end().ends_with('}');
    if text.lines().nth(1).is_some()
        && text.lines().filter(|it| !it.trim().is_empty()).all(begins_object)
    {
        return Some("geojsonl");
    }
    // Code and other texts begin with brackets, too.
    (tells(&["\"type\"", "\"coordinates\""])
        || serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok())
    .then_some("geojson")
}

fn xml_extension(text: &str) -> Option<&'static str> {
    let head = text.get(..text.floor_char_boundary(4096)).unwrap_or(text);
    let tells = |word: &str| head.contains(word);
    if tells("<kml") {
        Some("kml")
    } else if tells("<gpx") {
        Some("gpx")
    } else if tells("opengis.net/gml") || tells("opengis.net/wfs") {
        Some("gml")
    } else {
        None
    }
}

/// At least a head and a row, all of as many fields: more than a text with commas has by chance.
fn is_table(text: &str) -> bool {
    let dialect = dialect::find(text, "");
    if dialect.fields < 2 || text.lines().nth(1).is_none() {
        return false;
    }
    let lengths = dialect::lengths(text.get(dialect.skip..).unwrap_or_default(), dialect.delimiter);
    let same = lengths.iter().filter(|length| **length == dialect.fields).count();
    lengths.len() > 1 && same == lengths.len()
}

fn table_extension(text: &str) -> &'static str {
    if dialect::find(text, "").delimiter == b'\t' { "tsv" } else { "csv" }
}

/// A table of one column.
fn column(name: &str, lines: &[&str]) -> Pasted {
    let mut text = format!("{name}\n");
    for line in lines {
        text.push('"');
        text.push_str(&line.replace('"', "\"\""));
        text.push_str("\"\n");
    }
    Pasted { extension: "csv", text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_a_layer_is_told_from_what_cannot() {
        for (text, extension) in [
            ("{\"type\":\"Point\",\"coordinates\":[3.7,51]}", Some("geojson")),
            ("  [{\"naam\":\"a\"}]", Some("geojson")),
            ("{\"a\":1}\n{\"a\":2}\n", Some("geojsonl")),
            ("{\"type\":\"Topology\",\"objects\":{}}", Some("topojson")),
            ("<?xml version=\"1.0\"?><kml xmlns=\"…\"></kml>", Some("kml")),
            ("<p>Hallo</p>", None),
            ("POINT (3.7 51)\nPOINT (3.8 51)", Some("csv")),
            ("SRID=31370;POLYGON ((0 0,\n 1 0, 1 1, 0 0))", Some("csv")),
            ("0101000000000000000000F03F0000000000000040", Some("csv")),
            ("51.05, 3.72\n51.06, 3.73", Some("csv")),
            ("naam\tlon\tlat\nStation\t3.71\t51.03", Some("tsv")),
            ("naam;x;y\nStation;104700;193800", Some("csv")),
            ("Beste Jan, dank je, Piet.\nTot ziens, allemaal", None),
            ("Gent", None),
            ("{ let a = 1; }", None),
            (" \n", None),
        ] {
            assert_eq!(pasted(text).map(|pasted| pasted.extension), extension, "{text}");
        }
        let two = pasted("POINT (3.7 51)\r\nPOINT (3.8 51)\r\n").unwrap();
        assert_eq!(two.text, "WKT\n\"POINT (3.7 51)\"\n\"POINT (3.8 51)\"\n");
    }
}
