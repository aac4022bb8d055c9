//! A value of RDF as the cell of a table, written as JSON.

use oxrdf::vocab::xsd;
use oxrdf::{Literal, NamedNodeRef, Term};

/// A geometry as well-known text (OGC GeoSPARQL 1.1, section 8.5).
const WKT: NamedNodeRef<'_> =
    NamedNodeRef::new_unchecked("http://www.opengis.net/ont/geosparql#wktLiteral");

/// The value of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A text; a date or a moment too, as it is written.
    Text(String),
    /// A number, as JSON writes it.
    Number(String),
    /// Yes or no.
    Flag(bool),
}

impl Cell {
    /// Its text, as a person reads it.
    pub fn text(&self) -> &str {
        match self {
            Cell::Text(text) | Cell::Number(text) => text,
            Cell::Flag(true) => "true",
            Cell::Flag(false) => "false",
        }
    }
}

/// A value of RDF as a cell. Numbers that JSON cannot write stay texts; WKT that names its
/// coordinate reference system is written as PostGIS does (`SRID=31370;POINT…`).
pub fn cell(term: &Term) -> Cell {
    match term {
        Term::NamedNode(node) => Cell::Text(node.as_str().to_owned()),
        Term::BlankNode(node) => Cell::Text(node.to_string()),
        Term::Literal(literal) => of_literal(literal),
    }
}

fn of_literal(literal: &Literal) -> Cell {
    let text = literal.value();
    let kind = literal.datatype();
    let text_cell = || Cell::Text(text.to_owned());
    if kind == xsd::BOOLEAN {
        return match text.trim() {
            "true" | "1" => Cell::Flag(true),
            "false" | "0" => Cell::Flag(false),
            _ => text_cell(),
        };
    }
    if is_number(kind) {
        return json_number(text).map_or_else(text_cell, Cell::Number);
    }
    if kind == WKT {
        return Cell::Text(with_srid(text));
    }
    text_cell()
}

fn is_number(kind: NamedNodeRef<'_>) -> bool {
    [
        xsd::INTEGER,
        xsd::DECIMAL,
        xsd::DOUBLE,
        xsd::FLOAT,
        xsd::INT,
        xsd::LONG,
        xsd::SHORT,
        xsd::BYTE,
        xsd::NON_NEGATIVE_INTEGER,
        xsd::POSITIVE_INTEGER,
        xsd::NEGATIVE_INTEGER,
        xsd::NON_POSITIVE_INTEGER,
        xsd::UNSIGNED_INT,
        xsd::UNSIGNED_LONG,
        xsd::UNSIGNED_SHORT,
        xsd::UNSIGNED_BYTE,
    ]
    .contains(&kind)
}

/// A number of XML Schema as JSON writes it: without a plus, zeros in front or a bare point; none
/// for what is no finite number.
fn json_number(text: &str) -> Option<String> {
    let text = text.trim();
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = match rest.find(['e', 'E']) {
        Some(at) => (rest.get(..at)?, rest.get(at + 1..)),
        None => (rest, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() && fraction.is_empty() || !are_digits(whole) || !are_digits(fraction) {
        return None;
    }
    let whole = whole.trim_start_matches('0');
    let mut number = format!("{sign}{}", if whole.is_empty() { "0" } else { whole });
    if !fraction.is_empty() {
        number.push('.');
        number.push_str(fraction);
    }
    if let Some(exponent) = exponent {
        let digits = exponent.trim_start_matches(['+', '-']);
        if digits.is_empty() || !are_digits(digits) || exponent.len() > digits.len() + 1 {
            return None;
        }
        number.push('e');
        number.push_str(exponent);
    }
    Some(number)
}

/// Well-known text of GeoSPARQL as a reader of files knows it.
fn with_srid(text: &str) -> String {
    let named = text.trim().strip_prefix('<').and_then(|rest| rest.split_once('>'));
    let Some((system, rest)) = named else { return text.to_owned() };
    let code = system.rsplit_once("/EPSG/").and_then(|(_, rest)| rest.rsplit('/').next());
    match code {
        Some(code) if !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("SRID={code};{}", rest.trim_start())
        }
        // CRS84 is what a text without a system means; another one is told by the place's reader.
        _ => rest.trim_start().to_owned(),
    }
}

/// Adds a row to a text of JSON lines. A cell without a value is written as null, so that the
/// column is there.
pub fn write_row<'a>(
    out: &mut String,
    cells: impl IntoIterator<Item = (&'a str, Option<&'a Cell>)>,
) {
    let text = |out: &mut String, text: &str| {
        // A text always becomes JSON.
        out.push_str(&serde_json::to_string(text).unwrap_or_else(|_| "\"\"".to_owned()));
    };
    out.push('{');
    for (at, (name, cell)) in cells.into_iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        text(out, name);
        out.push(':');
        match cell {
            None => out.push_str("null"),
            Some(Cell::Text(value)) => text(out, value),
            Some(Cell::Number(value)) => out.push_str(value),
            Some(Cell::Flag(value)) => out.push_str(if *value { "true" } else { "false" }),
        }
    }
    out.push_str("}\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_json_has_them() {
        for (text, number) in [
            ("12", Some("12")),
            ("+007", Some("7")),
            ("-0.50", Some("-0.50")),
            (".5", Some("0.5")),
            ("5.", Some("5")),
            ("5.1E1", Some("5.1e1")),
            ("1e-07", Some("1e-07")),
            ("9007199254740993", Some("9007199254740993")),
            ("INF", None),
            ("NaN", None),
            ("", None),
            (".", None),
            ("1e", None),
            ("1e--2", None),
            ("12 m", None),
            ("--1", None),
        ] {
            assert_eq!(json_number(text).as_deref(), number, "{text}");
            if let Some(number) = json_number(text) {
                assert!(serde_json::from_str::<serde_json::Value>(&number).is_ok(), "{number}");
            }
        }
    }

    #[test]
    fn a_value_is_read_by_its_kind() {
        let typed = |text: &str, kind: NamedNodeRef<'_>| {
            cell(&Literal::new_typed_literal(text, kind).into())
        };
        assert_eq!(typed("1", xsd::BOOLEAN), Cell::Flag(true));
        assert_eq!(typed("ja", xsd::BOOLEAN), Cell::Text("ja".into()));
        assert_eq!(typed("3", xsd::INTEGER), Cell::Number("3".into()));
        assert_eq!(typed("INF", xsd::DOUBLE), Cell::Text("INF".into()));
        assert_eq!(typed("2024-05-01", xsd::DATE), Cell::Text("2024-05-01".into()));
        let lambert = "<http://www.opengis.net/def/crs/EPSG/0/31370> POINT(104000 194000)";
        assert_eq!(typed(lambert, WKT), Cell::Text("SRID=31370;POINT(104000 194000)".into()));
        let degrees = "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT(3.7 51)";
        assert_eq!(typed(degrees, WKT), Cell::Text("POINT(3.7 51)".into()));
        assert_eq!(typed("POINT(3.7 51)", WKT), Cell::Text("POINT(3.7 51)".into()));
    }

    #[test]
    fn a_row_is_a_line_of_json() {
        let (name, count) = (Cell::Text("a \"b\"\n".into()), Cell::Number("2".into()));
        let mut out = String::new();
        write_row(&mut out, [("naam", Some(&name)), ("n", Some(&count)), ("leeg", None)]);
        assert_eq!(out, "{\"naam\":\"a \\\"b\\\"\\n\",\"n\":2,\"leeg\":null}\n");
    }
}
