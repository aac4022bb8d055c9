//! Which columns of two tables go together: those whose values overlap most.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::keys::{Form, Key};
use crate::i18n::fold;
use crate::jobs::{Cancelled, Watch, in_parallel};
use crate::names::Words;
use crate::table::{FieldKind, Table};

/// So many different values of a column are compared: those with the smallest hashes, which are
/// the same values on both sides (A. Broder, "On the resemblance and containment of documents",
/// Compression and Complexity of Sequences (1997), section 4).
const SKETCH: usize = 2048;

/// The most pairs offered.
const OFFERED: usize = 12;

/// Texts longer than this are no keys, bytes.
const LONGEST: usize = 200;

/// Two columns that may be joined by.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyPair {
    /// The field of the layer.
    pub key: String,
    /// The field of the other table.
    pub their_key: String,
    /// The share of the layer's different values that the other column has too, 0 to 1, nearly
    /// equal ones included; an estimate for columns of many values.
    pub shared: f64,
}

/// The values of one column, as far as they are compared.
struct Sketch {
    column: usize,
    /// The smallest hashes of the different values, in order.
    hashes: Vec<u64>,
    /// Whether these are all.
    is_whole: bool,
    /// Different values for each row, roughly: 1 for a key.
    uniqueness: f64,
    is_text: bool,
}

/// The pairs of columns by which two tables can be joined, the likeliest first.
///
/// # Errors
/// When the person cancelled.
pub fn key_pairs(table: &Table, other: &Table, watch: &Watch) -> Result<Vec<KeyPair>, Cancelled> {
    let (ours, theirs) = (sketches(table, watch)?, sketches(other, watch)?);
    let name = |table: &Table, at: usize| table.fields.get(at).map(|field| field.name.clone());
    let mut scored: Vec<(f64, KeyPair)> = Vec::new();
    for left in &ours {
        for right in &theirs {
            let Some((shared, there)) = overlap(left, right) else { continue };
            let (Some(key), Some(their_key)) =
                (name(table, left.column), name(other, right.column))
            else {
                continue;
            };
            // A key tells rows apart, is often called the same, and says more as text: two lists
            // of numbers from 1 overlap by chance.
            let mut score = shared * (0.5 + 0.3 * left.uniqueness + 0.2 * there);
            if fold(&key) == fold(&their_key) {
                score *= 1.25;
            } else if !left.is_text || !right.is_text {
                score *= 0.7;
            }
            scored.push((score, KeyPair { key, their_key, shared }));
        }
    }
    scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    Ok(scored.into_iter().take(OFFERED).map(|(_, pair)| pair).collect())
}

/// The share of our values that are there too, and of theirs that are here; none for none.
#[expect(clippy::cast_precision_loss, reason = "counts of a sketch")]
fn overlap(left: &Sketch, right: &Sketch) -> Option<(f64, f64)> {
    // Beyond the last hash of a sketch that is not whole, nothing is known.
    let limit = |sketch: &Sketch| {
        if sketch.is_whole { u64::MAX } else { sketch.hashes.last().copied().unwrap_or(u64::MAX) }
    };
    let limit = limit(left).min(limit(right));
    let known = |sketch: &Sketch| sketch.hashes.partition_point(|hash| *hash <= limit);
    let (ours, theirs) = (known(left), known(right));
    let mut rest = right.hashes.iter().take(theirs).peekable();
    let mut both = 0_usize;
    for hash in left.hashes.iter().take(ours) {
        while rest.next_if(|other| *other < hash).is_some() {}
        both += usize::from(rest.peek().is_some_and(|other| *other == hash));
    }
    if both == 0 {
        return None;
    }
    Some((both as f64 / ours.max(1) as f64, both as f64 / theirs.max(1) as f64))
}

fn sketches(table: &Table, watch: &Watch) -> Result<Vec<Sketch>, Cancelled> {
    let sketches = in_parallel(0..table.fields.len(), |column| sketch(table, column, watch));
    let sketches: Vec<Option<Sketch>> = sketches.into_iter().collect::<Result<_, _>>()?;
    Ok(sketches.into_iter().flatten().collect())
}

/// None for a column that can be no key.
#[expect(clippy::cast_precision_loss, reason = "a share")]
fn sketch(table: &Table, column: usize, watch: &Watch) -> Result<Option<Sketch>, Cancelled> {
    let Some(field) = table.fields.get(column) else { return Ok(None) };
    if matches!(field.kind, FieldKind::Json | FieldKind::Boolean) {
        return Ok(None);
    }
    let mut hashes: Vec<u64> = Vec::new();
    let mut limit = u64::MAX;
    let (mut rows, mut below, mut is_text) = (0_usize, 0_usize, false);
    for row in 0..table.rows() {
        if row % 8192 == 0 {
            watch.check()?;
        }
        let Some(key) = Form::Number.key(table.value(row, column)) else { continue };
        rows += 1;
        let mut hasher = DefaultHasher::new();
        match key {
            Key::Text(text) if text.len() > LONGEST => continue,
            Key::Text(text) => {
                is_text = true;
                Words::of(&text).letters().hash(&mut hasher);
            }
            number => number.hash(&mut hasher),
        }
        let hash = hasher.finish();
        if hash > limit {
            continue;
        }
        below += 1;
        hashes.push(hash);
        if hashes.len() >= 4 * SKETCH {
            limit = shorten(&mut hashes, limit);
        }
    }
    let is_whole = limit == u64::MAX && {
        hashes.sort_unstable();
        hashes.dedup();
        hashes.len() <= SKETCH
    };
    if !is_whole {
        shorten(&mut hashes, limit);
    }
    if hashes.len() < 2 && table.rows() > 1 {
        return Ok(None);
    }
    // Where only some hashes count, so do only their rows.
    let counted = if is_whole { rows } else { below };
    let uniqueness = (hashes.len() as f64 / counted.max(1) as f64).min(1.0);
    Ok(Some(Sketch { column, hashes, is_whole, uniqueness, is_text }))
}

/// Keeps the smallest; answers beyond which none counts any more.
fn shorten(hashes: &mut Vec<u64>, limit: u64) -> u64 {
    hashes.sort_unstable();
    hashes.dedup();
    if hashes.len() < SKETCH {
        return limit;
    }
    hashes.truncate(SKETCH);
    hashes.last().copied().unwrap_or(limit)
}
