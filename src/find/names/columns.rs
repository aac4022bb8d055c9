//! Which columns of a table say what its rows are called.

use std::collections::HashSet;

use arrow_array::cast::AsArray;
use arrow_array::{Array, StringArray};

use crate::i18n::fold;
use crate::table::{FieldKind, Table};

/// How many rows are looked at, spread over the table.
const SAMPLE: usize = 20_000;

/// How many columns of one table are searched.
const MOST: usize = 6;

/// Longer texts are stories, letters on average.
const LONGEST: usize = 60;

/// Words that call a column the name of its rows, and how such words end where they are written
/// together.
const NAMES: &[&str] =
    &["naam", "name", "nom", "titel", "title", "label", "benaming", "omschrijving"];
const ENDS: &[&str] = &["naam", "name", "nm"];

/// Words that call a column the name of a place: of the rows themselves, or of where they lie.
const PLACES: &[&str] = &[
    "straat",
    "street",
    "rue",
    "wijk",
    "buurt",
    "sector",
    "gemeente",
    "stad",
    "city",
    "municipality",
    "commune",
    "adres",
    "address",
    "station",
    "halte",
    "stop",
    "plaats",
    "locatie",
    "location",
    "site",
    "park",
    "gebouw",
    "building",
    "neighbourhood",
    "neighborhood",
    "quartier",
    "district",
];

/// The [`Naming::weight`] of names that rows share.
pub const SHARED: u8 = 3;

/// A column that names rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Naming {
    /// Its place among the table's fields.
    pub column: usize,
    /// How much it is the rows' own name: 0 for columns called so, 1 for names of places, 2 for
    /// texts that look like names, [`SHARED`] for names that many rows have in common (the quarter
    /// they lie in).
    pub weight: u8,
}

/// The columns that say what a table's rows are called, the best first, at most six.
///
/// A text column is one of them when its values look like names (most have letters, letters are
/// the larger part, they are short, no links and no long codes), and either the column is called
/// so (`naam`, `STRAATNM`, `addr:street`, `wijk`, …) or at least half of its values are different.
/// Looks at up to 20,000 rows.
pub fn naming_columns(table: &Table) -> Vec<Naming> {
    let mut found: Vec<Naming> = Vec::new();
    for (column, (field, values)) in table.fields.iter().zip(&table.columns).enumerate() {
        if field.kind != FieldKind::Text {
            continue;
        }
        let Some(values) = values.as_string_opt::<i32>() else { continue };
        let look = Look::at(values);
        if !look.is_like_names() {
            continue;
        }
        let weight = match (called(&field.name), look.is_distinct()) {
            (Some(weight), true) => weight,
            (None, true) => 2,
            (Some(_), false) => SHARED,
            (None, false) => continue,
        };
        found.push(Naming { column, weight });
    }
    found.sort_by_key(|naming| naming.weight);
    found.truncate(MOST);
    found
}

/// What a column is called: 0 for a name, 1 for a place, none for anything else.
fn called(column: &str) -> Option<u8> {
    let mut apart = String::with_capacity(column.len() + 4);
    let mut was_small = false;
    for letter in column.chars() {
        if was_small && letter.is_uppercase() {
            apart.push(' ');
        }
        was_small = letter.is_lowercase();
        apart.push(if letter.is_alphanumeric() { letter } else { ' ' });
    }
    let apart = fold(&apart);
    let any = |fits: &dyn Fn(&str) -> bool| apart.split_whitespace().any(fits);
    // `gemeentenaam` is a place before it is a name.
    let is_place = any(&|word| {
        PLACES.iter().any(|place| *place == word || (place.len() > 4 && word.contains(place)))
    });
    let is_place = is_place || any(&|word| word.starts_with("wijk") || word.ends_with("wijk"));
    let is_name = any(&|word| NAMES.contains(&word) || ENDS.iter().any(|end| word.ends_with(end)));
    if is_place { Some(1) } else { is_name.then_some(0) }
}

/// What the values of a column look like.
#[derive(Default)]
struct Look {
    values: usize,
    distinct: usize,
    with_letters: usize,
    letters: usize,
    signs: usize,
    codes: usize,
}

impl Look {
    fn at(values: &StringArray) -> Look {
        let step = values.len().div_ceil(SAMPLE).max(1);
        let mut look = Look::default();
        let mut seen = HashSet::new();
        for row in (0..values.len()).step_by(step).filter(|row| values.is_valid(*row)) {
            // A long text is no name, however it goes on.
            let text = head(values.value(row).trim());
            if text.is_empty() {
                continue;
            }
            look.values += 1;
            look.distinct += usize::from(seen.insert(text));
            let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
            look.letters += letters;
            look.signs += text.chars().filter(|letter| !letter.is_whitespace()).count();
            look.with_letters += usize::from(letters > 0);
            look.codes += usize::from(is_code(text));
        }
        look
    }

    fn is_like_names(&self) -> bool {
        self.values > 0
            && self.with_letters * 10 >= self.values * 7
            && self.letters * 2 >= self.signs
            && self.signs <= self.values * LONGEST
            && self.codes * 2 <= self.values
    }

    fn is_distinct(&self) -> bool {
        self.distinct * 2 >= self.values
    }
}

fn head(text: &str) -> &str {
    match text.char_indices().nth(LONGEST * 4) {
        Some((end, _)) => text.get(..end).unwrap_or(text),
        None => text,
    }
}

/// Whether a text is a link, an address of mail, or a long code (UUID, hash).
fn is_code(text: &str) -> bool {
    let is_link = text.contains("://") || text.starts_with("www.") || text.contains('@');
    let is_one_word = !text.contains(char::is_whitespace);
    let is_mixed = text.contains(|c: char| c.is_ascii_digit());
    is_link || (is_one_word && is_mixed && text.len() >= 16)
}
