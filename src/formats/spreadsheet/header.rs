//! Which row of a sheet names the columns: found by looking, because people put titles, dates and
//! sources above their tables.

use std::collections::{BTreeMap, BTreeSet};

use super::cell::Cell;
use super::moments::moment_text;

/// How many rows with values are looked at.
pub(super) const LOOKED_AT: usize = 60;
/// How many rows below a row tell whether it is their header.
const BELOW: usize = 30;

/// A row of a sheet with the cells that have a value, by their columns.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// From 0.
    pub(super) at: u32,
    pub(super) cells: BTreeMap<u32, Cell<'static>>,
}

/// Where the table begins, and what its columns are called.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Header {
    /// The first row with values, of those looked at.
    pub(super) first: usize,
    pub(super) names: BTreeMap<u32, String>,
    /// Whether there is a header at all.
    pub(super) is_named: bool,
    /// Rows above the header, which are no part of the table.
    pub(super) above: usize,
}

/// Finds the header among the first rows of a sheet.
pub(super) fn find(rows: &[Row]) -> Header {
    let Some((at, is_named)) = table_start(rows) else { return Header::default() };
    if !is_named {
        return Header { first: at, above: at, ..Header::default() };
    }
    let shape = Shape::below(rows, at + 1);
    // Two rows: what belongs together stands above what tells it apart.
    if at > 0 && shape.is_completed_by(rows, at - 1, at) {
        return two(rows, at - 1, at);
    }
    let next = Shape::below(rows, at + 2);
    if next.is_second_row(rows, at) {
        return two(rows, at, at + 1);
    }
    let names = rows.get(at).map(names_of).unwrap_or_default();
    Header { first: at + 1, names, is_named: true, above: at }
}

/// The row that names the columns; or the first row of data, and false.
fn table_start(rows: &[Row]) -> Option<(usize, bool)> {
    let mut apart = None;
    for (at, row) in rows.iter().enumerate() {
        let shape = Shape::below(rows, at + 1);
        if !shape.is_as_wide(row) {
            continue;
        }
        let is_text = names_only(row);
        if !is_text && shape.covered(row) >= 0.6 {
            // A row of the table with numbers in it: the header, if any, stands above.
            return Some(apart.map_or((at, false), |header| (header, true)));
        }
        if is_text && (shape.covered(row) >= 0.65 || shape.rows == 0) {
            // Notes are mostly parted from the table by an empty row, its header is not.
            let follows = rows.get(at + 1).is_none_or(|next| next.at == row.at + 1);
            // A header with an empty row below it is no narrower than a row of texts further on,
            // under which there are more texts.
            let is_header = |before: &usize| {
                let wide = rows.get(*before).map_or(0, |before| before.cells.len());
                wide >= row.cells.len() && !contrasts(rows, at)
            };
            if follows {
                return Some((apart.filter(is_header).unwrap_or(at), true));
            }
            apart = apart.or(Some(at));
        }
    }
    apart.map(|at| (at, true)).or((!rows.is_empty()).then_some((0, false)))
}

/// Which columns the rows below a row fill.
#[derive(Default)]
struct Shape {
    rows: usize,
    /// How many rows fill a column.
    filled: BTreeMap<u32, usize>,
    /// How many cells the row in the middle has, when they are sorted by that.
    width: usize,
}

impl Shape {
    fn below(rows: &[Row], from: usize) -> Shape {
        let rows = rows.get(from..).unwrap_or_default();
        let rows = rows.get(..BELOW.min(rows.len())).unwrap_or_default();
        let mut shape = Shape { rows: rows.len(), ..Shape::default() };
        let mut widths: Vec<usize> = rows.iter().map(|row| row.cells.len()).collect();
        widths.sort_unstable();
        shape.width = widths.get(widths.len() / 2).copied().unwrap_or(0);
        for column in rows.iter().flat_map(|row| row.cells.keys()) {
            *shape.filled.entry(*column).or_default() += 1;
        }
        shape
    }

    /// Whether a row has about as many cells as the rows below. Titles and notes have fewer.
    fn is_as_wide(&self, row: &Row) -> bool {
        let cells = row.cells.len();
        cells * 2 >= self.width && (cells > 1 || self.width < 2)
    }

    /// Which part of the cells below stands under a cell of a row.
    #[expect(clippy::cast_precision_loss, reason = "small counts")]
    fn covered(&self, row: &Row) -> f64 {
        let all: usize = self.filled.values().sum();
        let under = self.filled.iter().filter(|(column, _)| row.cells.contains_key(column));
        let under: usize = under.map(|(_, count)| *count).sum();
        if all == 0 { 0.0 } else { under as f64 / all as f64 }
    }

    /// The columns that most rows fill.
    fn columns(&self) -> BTreeSet<u32> {
        let filled = self.filled.iter().filter(|(_, count)| **count * 2 >= self.rows.max(1));
        filled.map(|(column, _)| *column).collect()
    }

    /// Whether the row above a header names columns that the header does not.
    fn is_completed_by(&self, rows: &[Row], above: usize, header: usize) -> bool {
        let (Some(above), Some(header)) = (rows.get(above), rows.get(header)) else { return false };
        let columns = self.columns();
        let is_new = |column: &u32| columns.contains(column) && !header.cells.contains_key(column);
        above.at + 1 == header.at && names_only(above) && above.cells.keys().any(is_new)
    }

    /// Whether the row after a header is a second row of it: it names columns that the header
    /// leaves open, and holds text where the rows below hold none.
    fn is_second_row(&self, rows: &[Row], header: usize) -> bool {
        let (Some(first), Some(second)) = (rows.get(header), rows.get(header + 1)) else {
            return false;
        };
        let columns = self.columns();
        let is_new = |column: &u32| columns.contains(column) && !first.cells.contains_key(column);
        if first.at + 1 != second.at || !names_only(second) || !second.cells.keys().any(is_new) {
            return false;
        }
        contrasts(rows, header + 1)
    }
}

/// Whether a row holds text in a column that holds something else below.
fn contrasts(rows: &[Row], at: usize) -> bool {
    let Some(row) = rows.get(at) else { return false };
    let below = rows.get(at + 1..).unwrap_or_default();
    let texts = row.cells.iter().filter(|(_, cell)| matches!(cell, Cell::Text(_)));
    texts.into_iter().any(|(column, _)| {
        let mut cells = below.iter().take(BELOW).filter_map(|row| row.cells.get(column));
        cells.next().is_some_and(|cell| !matches!(cell, Cell::Text(_)))
    })
}

/// Whether a row holds nothing but what may be names of columns: texts, and years or days beside
/// texts.
fn names_only(row: &Row) -> bool {
    let is_name = |cell: &Cell<'_>| match cell {
        Cell::Text(_) => true,
        Cell::Number(number) => number.fract() == 0.0 && (1800.0..2200.0).contains(number),
        Cell::Moment { shows_time, .. } => !shows_time,
        _ => false,
    };
    let texts = row.cells.values().filter(|cell| matches!(cell, Cell::Text(_))).count();
    texts > 0 && row.cells.values().all(is_name)
}

fn names_of(row: &Row) -> BTreeMap<u32, String> {
    row.cells.iter().map(|(column, cell)| (*column, name_of(cell))).collect()
}

/// A cell as a name: white space and ends of lines in it are one space.
fn name_of(cell: &Cell<'_>) -> String {
    match cell {
        Cell::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Cell::Number(number) | Cell::Percent(number) | Cell::Padded(number, _) => {
            number.to_string()
        }
        Cell::Moment { millis, shows_time } => moment_text(*millis, *shows_time),
        Cell::Boolean(value) => value.to_string(),
        Cell::Clock(_) | Cell::Error | Cell::Uncached => String::new(),
    }
}

/// A header of two rows. What stands in the upper one holds for the columns to the right of it,
/// as far as the lower one tells them apart.
fn two(rows: &[Row], upper: usize, lower: usize) -> Header {
    let (Some(above), Some(below)) = (rows.get(upper), rows.get(lower)) else {
        return Header::default();
    };
    let (above, below) = (names_of(above), names_of(below));
    let mut names = BTreeMap::new();
    let mut group = "";
    let mut last = None;
    let columns: BTreeSet<u32> = above.keys().chain(below.keys()).copied().collect();
    for column in columns {
        let is_next = last.is_some_and(|last: u32| last + 1 == column);
        last = Some(column);
        let own = below.get(&column).map_or("", String::as_str);
        match above.get(&column) {
            Some(name) => group = name,
            None if is_next && !own.is_empty() => {}
            None => group = "",
        }
        let name = [group, own].into_iter().filter(|part| !part.is_empty());
        names.insert(column, name.collect::<Vec<_>>().join(" "));
    }
    Header { first: lower + 1, names, is_named: true, above: upper }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows written as texts: cells parted by `|`, numbers where they are numbers, an empty line
    /// for an empty row.
    fn rows(text: &str) -> Vec<Row> {
        let cell = |text: &str| match text.parse() {
            Ok(number) => Cell::Number(number),
            Err(_) => Cell::Text(text.to_owned().into()),
        };
        let lines = text.lines().zip(0_u32..).filter(|(line, _)| !line.is_empty());
        lines
            .map(|(line, at)| {
                let cells = line.split('|').zip(0_u32..).filter(|(text, _)| !text.is_empty());
                Row { at, cells: cells.map(|(text, column)| (column, cell(text))).collect() }
            })
            .collect()
    }

    fn found(text: &str) -> (usize, String, usize) {
        let header = find(&rows(text));
        let names = header.names.values().cloned().collect::<Vec<_>>().join("|");
        assert_eq!(header.is_named, !names.is_empty(), "{text}");
        (header.first, names, header.above)
    }

    #[test]
    fn the_header_is_found_below_what_people_write_above() {
        for (text, first, names, above) in [
            ("naam|x|y\nA|1|2\nB|3|4", 1, "naam|x|y", 0),
            ("Overzicht fietsenstallingen\n\nnaam|x|y\nA|1|2\nB|3|4", 2, "naam|x|y", 1),
            (
                "Overzicht\nBron:|Stad Gent\nDatum:|gisteren\n\nnaam|x|y|z\nA|1|2|3\nB|3|4|5",
                4,
                "naam|x|y|z",
                3,
            ),
            ("Bron:|Stad Gent\n\nnaam|aantal\nA|1\nB|2", 2, "naam|aantal", 1),
            ("||titel\n||naam|straat|plaats\n||A|B|C\n||D|E|F", 2, "naam|straat|plaats", 1),
            ("wijk|2019|2020\nA|1|2\nB|3|4", 1, "wijk|2019|2020", 0),
            ("naam\nA\nB", 1, "naam", 0),
            ("alleen|namen", 1, "alleen|namen", 0),
            ("naam|x|opmerking\nA|1|\nB|2|\nC|3|iets", 1, "naam|x|opmerking", 0),
            // Rows of a table that some program wrote, the first of them empty.
            ("soort|x\n\neik|A\nbeuk|B", 1, "soort|x", 0),
            // One line of data.
            ("titel\nnaam|x|y\nA|1|2", 2, "naam|x|y", 1),
        ] {
            assert_eq!(found(text), (first, names.to_owned(), above), "{text}");
        }
    }

    #[test]
    fn a_table_without_header_begins_with_its_first_row() {
        assert_eq!(found("A|1|2\nB|3|4\nC|x|y"), (0, String::new(), 0));
        assert_eq!(found("Titel van het blad\nA|1|2\nB|3|4"), (1, String::new(), 1));
        assert_eq!(found("1\n2\n3"), (0, String::new(), 0));
        assert_eq!(find(&[]), Header::default());
    }

    #[test]
    fn two_rows_of_names_become_one() {
        let text = "Naam|Coördinaten||Aantal\n|X|Y|\nA|1|2|3\nB|4|5|6";
        assert_eq!(found(text), (2, "Naam|Coördinaten X|Coördinaten Y|Aantal".to_owned(), 0));
        let text = "Titel\nWijk|Inwoners|||\n|mannen|vrouwen|totaal|\nA|1|2|3\nB|4|5|9";
        let names = "Wijk|Inwoners mannen|Inwoners vrouwen|Inwoners totaal";
        assert_eq!(found(text), (3, names.to_owned(), 1));
        // Rows of text below a full header are rows.
        let text = "naam|soort\nA|eik\nB|beuk\nC|es";
        assert_eq!(found(text), (1, "naam|soort".to_owned(), 0));
    }
}
