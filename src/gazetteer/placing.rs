//! The rows of a table put where their names are.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::jobs::{Cancelled, Watch};
use crate::names::{Candidate, Found, Gazetteer, How, Outcome};
use crate::table::Table;

/// What a person decided about a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Decision {
    /// The text, as it stands in the table.
    pub text: String,
    /// The layer, by its number among those that were asked; none where it is no place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer: Option<usize>,
    /// The name there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
}

/// Where a row was put.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedRow {
    /// The place; none where there is none, or none that is sure.
    pub place: Option<Candidate>,
    /// What was found, as [`Placed::found`] has it, by number; none for a row without a text.
    pub found: Option<usize>,
    /// A person decided.
    pub decided: bool,
}

/// All rows, put where their names are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Placed {
    /// A row each.
    pub rows: Vec<PlacedRow>,
    /// What was found for each different text, in the order of their first rows.
    pub found: Vec<(String, Found)>,
}

impl Placed {
    /// How many rows have an outcome; what a person decided is a match.
    pub fn count(&self, outcome: Outcome) -> usize {
        let is_of = |row: &&PlacedRow| {
            let found = row.found.and_then(|at| self.found.get(at));
            let known = found.map_or(Outcome::NoName, |(_, found)| found.outcome);
            let known = match (row.decided, row.place.is_some()) {
                (true, true) => Outcome::Matched,
                (true, false) => Outcome::Unmatched,
                _ => known,
            };
            known == outcome
        };
        self.rows.iter().filter(is_of).count()
    }

    /// How many rows were put somewhere in a way.
    pub fn count_how(&self, how: How) -> usize {
        let is_of =
            |row: &&PlacedRow| !row.decided && row.place.as_ref().is_some_and(|it| it.how == how);
        self.rows.iter().filter(is_of).count()
    }
}

/// Puts the rows of a table where their names are: by the first of these columns in which a place
/// is found. What a person decided goes first; what is only near counts where `with_near` says so.
///
/// # Errors
/// When the person cancelled.
pub fn place_rows(
    table: &Table,
    columns: &[usize],
    gazetteer: &Gazetteer,
    decisions: &[Decision],
    with_near: bool,
    watch: &Watch,
) -> Result<Placed, Cancelled> {
    let decided: HashMap<&str, &Decision> =
        decisions.iter().map(|decision| (decision.text.as_str(), decision)).collect();
    let mut placed = Placed::default();
    let mut numbers: HashMap<String, usize> = HashMap::new();
    watch.set_total(u64::try_from(table.rows()).unwrap_or(u64::MAX));
    for row in 0..table.rows() {
        watch.check()?;
        watch.advance(1);
        let mut best = PlacedRow { place: None, found: None, decided: false };
        for column in columns {
            let text = table.value(row, *column).to_data_text();
            let text = text.trim();
            if text.is_empty() {
                continue;
            }
            if let Some(decision) = decided.get(text) {
                let place = decision.layer.and_then(|layer| gazetteer.named(layer, &decision.name));
                let found = number(&mut placed, &mut numbers, gazetteer, text);
                best = PlacedRow { place, found: Some(found), decided: true };
                break;
            }
            let at = number(&mut placed, &mut numbers, gazetteer, text);
            let found = placed.found.get(at).map(|(_, found)| found);
            let outcome = found.map_or(Outcome::NoName, |found| found.outcome);
            let counts = outcome == Outcome::Matched || (with_near && outcome == Outcome::Near);
            let place =
                found.and_then(|found| found.candidates.first()).filter(|_| counts).cloned();
            let known = best.found.and_then(|at| placed.found.get(at));
            let known = known.map_or(Outcome::NoName, |(_, found)| found.outcome);
            // The first column in which a place is sure; else what says most.
            if place.is_some() || outcome < known {
                best = PlacedRow { place, found: Some(at), decided: false };
            }
            if best.place.as_ref().is_some_and(|place| place.score >= crate::names::SURE) {
                break;
            }
        }
        placed.rows.push(best);
    }
    Ok(placed)
}

/// The number of what was found for a text.
fn number(
    placed: &mut Placed,
    numbers: &mut HashMap<String, usize>,
    gazetteer: &Gazetteer,
    text: &str,
) -> usize {
    if let Some(known) = numbers.get(text) {
        return *known;
    }
    let at = placed.found.len();
    placed.found.push((text.to_owned(), gazetteer.find(text)));
    numbers.insert(text.to_owned(), at);
    at
}
