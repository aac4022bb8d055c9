//! The names of places, and which of them a text is about.

use std::collections::{HashMap, HashSet};

use super::near::likeness;
use super::parts::{Part, PartKind, parts};
use super::spelling::{components, is_unknown, modern, plain, unqualified};
use crate::jobs::{Cancelled, Watch};
use crate::table::Table;

/// From this score on, a match counts by itself.
pub const SURE: f64 = 0.95;

/// The most candidates told.
const TOLD: usize = 6;

/// How a name was found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum How {
    /// It stands there letter by letter.
    Exact,
    /// It stands there in another way to write it.
    Normalised,
    /// Something like it stands there: a typing error, or a part of a name.
    Near,
}

/// A place that a text may be about.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The layer, by its number.
    pub layer: usize,
    /// The name, as the layer writes it.
    pub name: String,
    /// The rows of the layer that have it.
    pub rows: Vec<u32>,
    /// How it was found.
    pub how: How,
    /// How sure it is, 0 to 1.
    pub score: f64,
    /// What stands in the text.
    pub part: String,
}

/// Which place a text is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// The first candidate, for sure.
    Matched,
    /// Several places have that name.
    Ambiguous,
    /// Something like it; a person decides.
    Near,
    /// None that is known.
    Unmatched,
    /// The text is empty, or says itself that no place is known.
    NoName,
}

/// What was found for a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// What is to be made of it.
    pub outcome: Outcome,
    /// The likeliest first, six at most.
    pub candidates: Vec<Candidate>,
}

/// A name of a layer.
#[derive(Debug)]
struct Entry {
    name: String,
    plain: String,
    rows: Vec<u32>,
}

/// How a layer finds its entries by a text.
type Form = fn(&Layer, &str) -> Vec<usize>;

/// The names of a layer, by every form they are found by.
#[derive(Debug, Default)]
struct Layer {
    entries: Vec<Entry>,
    exact: HashMap<String, Vec<usize>>,
    plain: HashMap<String, Vec<usize>>,
    modern: HashMap<String, Vec<usize>>,
    /// Without what stands in brackets.
    bare: HashMap<String, Vec<usize>>,
    /// By each part of a name of several.
    component: HashMap<String, Vec<usize>>,
}

/// The names of the places of some layers, the finest first.
#[derive(Debug, Default)]
pub struct Gazetteer {
    layers: Vec<Layer>,
}

impl Gazetteer {
    /// Adds a layer by the column of its names. Rows with the same name are one place: a street is
    /// often drawn in pieces.
    ///
    /// # Errors
    /// When the person cancelled.
    pub fn add(&mut self, table: &Table, column: usize, watch: &Watch) -> Result<(), Cancelled> {
        let rows = 0..u32::try_from(table.rows()).unwrap_or(u32::MAX);
        let names = rows.map(|row| (table.value(row as usize, column).to_data_text(), row));
        self.add_names(names, watch)
    }

    /// Adds a layer of these names, each with its row.
    ///
    /// # Errors
    /// When the person cancelled.
    pub fn add_names<T: AsRef<str>>(
        &mut self,
        names: impl Iterator<Item = (T, u32)>,
        watch: &Watch,
    ) -> Result<(), Cancelled> {
        let mut layer = Layer::default();
        for (at, (name, row)) in names.enumerate() {
            if at % 4096 == 0 {
                watch.check()?;
            }
            let name = name.as_ref().trim();
            if !is_unknown(name) {
                layer.add(name, row);
            }
        }
        layer.finish();
        self.layers.push(layer);
        Ok(())
    }

    /// Adds a layer without names, so that those behind it keep their numbers.
    pub fn add_none(&mut self) {
        self.layers.push(Layer::default());
    }

    /// How many different names a layer has.
    pub fn names(&self, layer: usize) -> usize {
        self.layers.get(layer).map_or(0, |layer| layer.entries.len())
    }

    /// The place of a layer that has just this name.
    pub fn named(&self, layer: usize, name: &str) -> Option<Candidate> {
        let entry = self.layers.get(layer)?.exact.get(name)?.first()?;
        let part = Part { text: name.to_owned(), kind: PartKind::Whole };
        self.candidate(layer, *entry, How::Exact, 1.0, &part)
    }

    /// The only place of a layer whose name is the text or stands in it between signs (`Gent:
    /// Ledeberg, 1721`), or the only one that has the text as one of its names. Typing errors and
    /// words inside sentences do not count.
    pub fn named_in(&self, layer: usize, text: &str) -> Option<Candidate> {
        let parts = parts(text);
        let sure = self.sure(layer, &parts, &[PartKind::Whole, PartKind::Segment]);
        match sure.as_slice() {
            [only] => return Some(only.clone()),
            [] => {}
            _ => return None,
        }
        let whole = parts.first()?;
        match self.layers.get(layer)?.with_parts(&whole.text).as_slice() {
            [(only, score)] => self.candidate(layer, *only, How::Near, *score, whole),
            _ => None,
        }
    }

    /// Finds the place that a text is about.
    pub fn find(&self, text: &str) -> Found {
        if is_unknown(text) {
            return Found { outcome: Outcome::NoName, candidates: Vec::new() };
        }
        let parts = parts(text);
        let mut found: Vec<Candidate> = Vec::new();
        let mut outcome = Outcome::Unmatched;
        // What is a name from its first letter to its last is that name, however fine the layer is
        // in which a part of it is a name too: `Muide - Meulestede - Afrikalaan`.
        let whole = (0..self.layers.len())
            .map(|layer| self.sure(layer, &parts, &[PartKind::Whole]))
            .find(|sure| !sure.is_empty());
        if let Some(whole) = whole {
            outcome = if whole.len() == 1 { Outcome::Matched } else { Outcome::Ambiguous };
            found = whole;
        }
        for layer in 0..self.layers.len() {
            let sure = self.sure(layer, &parts, &PartKind::ALL);
            if outcome != Outcome::Matched && outcome != Outcome::Ambiguous && !sure.is_empty() {
                outcome = if sure.len() == 1 { Outcome::Matched } else { Outcome::Ambiguous };
                // What is sure goes before what was only like it.
                found.splice(0..0, sure);
                continue;
            }
            if outcome == Outcome::Unmatched || outcome == Outcome::Near {
                let near = self.near(layer, &parts);
                if !near.is_empty() {
                    outcome = Outcome::Near;
                }
                found.extend(near);
            } else {
                found.extend(sure);
            }
        }
        if outcome == Outcome::Near {
            found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.layer.cmp(&b.layer)));
        }
        let mut seen = HashSet::new();
        found.retain(|candidate| seen.insert((candidate.layer, candidate.name.clone())));
        found.truncate(TOLD);
        Found { outcome, candidates: found }
    }

    fn candidate(
        &self,
        layer: usize,
        entry: usize,
        how: How,
        score: f64,
        part: &Part,
    ) -> Option<Candidate> {
        let entry = self.layers.get(layer)?.entries.get(entry)?;
        let (name, rows) = (entry.name.clone(), entry.rows.clone());
        Some(Candidate { layer, name, rows, how, score, part: part.text.clone() })
    }

    /// The places of a layer whose name stands in a text: of the first part in which one does.
    fn sure(&self, number: usize, parts: &[Part], kinds: &[PartKind]) -> Vec<Candidate> {
        let Some(layer) = self.layers.get(number) else { return Vec::new() };
        let forms: [(Form, How, f64); 4] = [
            (|layer, text| known(&layer.exact, text), How::Exact, 1.0),
            (|layer, text| known(&layer.plain, &plain(text)), How::Normalised, 0.99),
            (|layer, text| known(&layer.bare, &bare(text)), How::Normalised, 0.98),
            (|layer, text| known(&layer.modern, &modern(&plain(text))), How::Normalised, 0.97),
        ];
        for kind in kinds {
            // A name in the middle of a sentence is a little less sure.
            let less = if *kind == PartKind::Words { 0.01 } else { 0.0 };
            for (form, how, score) in forms {
                for part in parts.iter().filter(|part| part.kind == *kind) {
                    let entries = form(layer, &part.text);
                    if !entries.is_empty() {
                        let candidate =
                            |entry| self.candidate(number, entry, how, score - less, part);
                        return entries.into_iter().filter_map(candidate).collect();
                    }
                }
            }
        }
        Vec::new()
    }

    /// The places of a layer whose name is like a part of a text.
    fn near(&self, number: usize, parts: &[Part]) -> Vec<Candidate> {
        let Some(layer) = self.layers.get(number) else { return Vec::new() };
        let mut near: Vec<Candidate> = Vec::new();
        for part in parts.iter().filter(|part| part.kind != PartKind::Words) {
            for (entry, score) in layer.with_parts(&part.text) {
                near.extend(self.candidate(number, entry, How::Near, score, part));
            }
            let asked = plain(&part.text);
            for (at, entry) in layer.entries.iter().enumerate() {
                if let Some(likeness) = likeness(&asked, &entry.plain) {
                    let score = likeness.min(SURE - 0.01);
                    near.extend(self.candidate(number, at, How::Near, score, part));
                }
            }
        }
        near.sort_by(|a, b| b.score.total_cmp(&a.score));
        near.truncate(TOLD);
        near
    }
}

fn known(map: &HashMap<String, Vec<usize>>, key: &str) -> Vec<usize> {
    map.get(key).cloned().unwrap_or_default()
}

fn bare(text: &str) -> String {
    plain(unqualified(text).as_deref().unwrap_or(text))
}

impl Layer {
    fn add(&mut self, name: &str, row: u32) {
        if let Some(entry) = self.exact.get(name).and_then(|entries| entries.first()) {
            if let Some(entry) = self.entries.get_mut(*entry) {
                entry.rows.push(row);
            }
            return;
        }
        let entry = Entry { name: name.to_owned(), plain: plain(name), rows: vec![row] };
        self.exact.insert(name.to_owned(), vec![self.entries.len()]);
        self.entries.push(entry);
    }

    /// Makes all forms of the names.
    fn finish(&mut self) {
        for (at, entry) in self.entries.iter().enumerate() {
            let add = |map: &mut HashMap<String, Vec<usize>>, key: String| {
                let known = map.entry(key).or_default();
                if !known.contains(&at) {
                    known.push(at);
                }
            };
            add(&mut self.plain, entry.plain.clone());
            add(&mut self.modern, modern(&entry.plain));
            add(&mut self.bare, bare(&entry.name));
            let parts = components(&entry.name);
            if parts.len() > 1 {
                for part in parts {
                    add(&mut self.component, plain(part));
                }
            }
        }
    }

    /// The names of several of which a text names some: all that it names belong to them. A text
    /// whose names are all of one entry is about it; one that names the only part of its kind too.
    fn with_parts(&self, text: &str) -> Vec<(usize, f64)> {
        let asked: Vec<String> = components(text).into_iter().map(plain).collect();
        if asked.is_empty() {
            return Vec::new();
        }
        let mut common: Option<HashSet<usize>> = None;
        for part in &asked {
            let of_part: HashSet<usize> = known(&self.component, part).into_iter().collect();
            common = Some(match common {
                None => of_part,
                Some(common) => common.intersection(&of_part).copied().collect(),
            });
        }
        let mut common: Vec<usize> = common.unwrap_or_default().into_iter().collect();
        common.sort_unstable();
        // Of one place alone it is nearly sure.
        let score = if common.len() == 1 { 0.9 } else { 0.7 };
        common.into_iter().map(|entry| (entry, score)).collect()
    }
}
