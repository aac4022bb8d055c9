//! The delimiter of a delimited text, and whether its first line names the columns.

use csv::{ReaderBuilder, StringRecord};

use crate::formats::field_names;

/// How much text is looked at.
const SAMPLE: usize = 1 << 16;
/// How many records are looked at.
const RECORDS: usize = 200;

/// How a text is delimited.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::formats) struct Dialect {
    pub delimiter: u8,
    /// The fields of the first line.
    pub fields: usize,
    /// Bytes before the table: Excel's `sep=;` line.
    pub skip: usize,
}

/// Finds the delimiter: the one that cuts most records into as many fields as the first.
pub(in crate::formats) fn find(text: &str, extension: &str) -> Dialect {
    if let Some((delimiter, skip)) = separator_line(text) {
        let table = text.get(skip..).unwrap_or_default();
        let fields = lengths(sample_of(table), delimiter).first().copied().unwrap_or(0);
        return Dialect { delimiter, fields, skip };
    }
    let sample = sample_of(text);
    let tab_first = matches!(extension, "tsv" | "tab");
    let mut best = (0.0, Dialect { delimiter: b',', fields: 1, skip: 0 });
    for delimiter in [b',', b';', b'\t', b'|'] {
        // To make a reader takes longer than to look.
        if !sample.as_bytes().contains(&delimiter) {
            continue;
        }
        let lengths = lengths(sample, delimiter);
        let Some(fields) = lengths.first().copied().filter(|fields| *fields > 1) else { continue };
        let same = lengths.iter().filter(|length| **length == fields).count();
        let mut score = ratio(same, lengths.len()) + 0.001 * ratio(fields.min(100), 100);
        if delimiter == b'\t' && tab_first {
            score += 2.0;
        }
        if score > best.0 {
            best = (score, Dialect { delimiter, fields, skip: 0 });
        }
    }
    best.1
}

#[expect(clippy::cast_precision_loss, reason = "small counts")]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// The start of the text, cut after a whole line where it is long.
fn sample_of(text: &str) -> &str {
    if text.len() <= SAMPLE {
        return text;
    }
    let mut end = SAMPLE;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = text.get(..end).unwrap_or_default();
    sample.rfind('\n').and_then(|end| sample.get(..end)).unwrap_or(sample)
}

fn separator_line(text: &str) -> Option<(u8, usize)> {
    let line = text.lines().next()?;
    let mark = line.trim_end().trim_matches('"').strip_prefix("sep=")?;
    let [delimiter] = mark.as_bytes() else { return None };
    let skip = text.find('\n').map_or(text.len(), |end| end + 1);
    Some((*delimiter, skip))
}

pub(in crate::formats) fn lengths(sample: &str, delimiter: u8) -> Vec<usize> {
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(sample.as_bytes());
    let records = reader.records().take(RECORDS);
    records.map_while(Result::ok).map(|record| record.len()).collect()
}

/// Whether the first record names the columns. It does unless it holds numbers, as a row of data
/// would; years are numbers that do name columns.
pub(super) fn has_header(first: &StringRecord) -> bool {
    let is_number = |cell: &str| {
        let cell = cell.trim();
        let parsed: Option<f64> = cell.replace(',', ".").parse().ok();
        let year = cell.len() == 4 && parsed.is_some_and(|year| (1800.0..2200.0).contains(&year));
        parsed.is_some_and(f64::is_finite) && !year
    };
    !first.iter().any(is_number)
}

/// The names of the columns: trimmed, without remains of a byte order mark, `column_3` where
/// there is none, and with a number behind those met before. Also says how many were met before.
pub(in crate::formats) fn names<'a>(
    header: impl IntoIterator<Item = &'a str>,
) -> (Vec<String>, Vec<String>) {
    let marks = |c: char| matches!(c, '\u{FEFF}' | '\u{FFFD}' | '\u{200B}') || c.is_whitespace();
    field_names::unique(header.into_iter().map(|cell| cell.trim_matches(marks)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_found() {
        let of = |text: &str| char::from(find(text, "csv").delimiter);
        assert_eq!(of("naam;x\nA;1,5\nB;2,5\n"), ';');
        assert_eq!(of("a,b,c\n\"x;y;z\",2,3\n"), ',');
        assert_eq!(of("a\tb\n1,2\t3,4\n"), '\t');
        assert_eq!(of("a|b\n1|2\n"), '|');
        assert_eq!(of("only\none\n"), ',');
        assert_eq!(of("sep=;\na;b\n"), ';');
        assert_eq!(find("sep=;\na;b\n", "csv").skip, 6);
        assert_eq!(of(""), ',');
    }

    #[test]
    fn names_are_made_whole() {
        let header = StringRecord::from(vec!["\u{FFFD}  id", "", "wijk", "wijk", " x "]);
        let (names, repeated) = names(&header);
        assert_eq!(names, ["id", "column_2", "wijk", "wijk_2", "x"]);
        assert_eq!(repeated, ["wijk"]);
        assert!(has_header(&header));
        assert!(has_header(&StringRecord::from(vec!["wijk", "2019", "2020"])));
        assert!(!has_header(&StringRecord::from(vec!["Ledeberg", "51,03"])));
    }
}
