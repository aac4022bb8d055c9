//! Which row of a newer table is which row of an older one.
//!
//! By the source's own identifiers where it has unique ones; else by a field whose values tell the
//! rows of both tables apart and mostly stayed (a number, a name: portals rarely give features an
//! identifier of their own); else by content, so that a row that changed counts as one that went
//! and one that came.

use std::io::Write;

use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{Array, ArrayRef};

use super::super::identity::fnv_1a;
use super::super::{FieldKind, Table};
use crate::jobs::{Cancelled, Watch};

/// By what rows of two tables were found to be the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PairedBy {
    /// The source's own identifiers.
    Ids,
    /// A field whose values tell rows apart.
    Field(String),
    /// All that is in a row.
    Content,
}

/// No row.
pub(super) const NONE: u32 = u32::MAX;

/// So many rows are looked at before all are: most fields repeat values soon.
const SAMPLE: usize = 4096;

/// Words in names of fields that tell rows apart, the surest first.
const KEY_WORDS: [&str; 12] = [
    "id", "uuid", "uri", "code", "nr", "nummer", "number", "key", "name", "naam", "titel", "title",
];

/// A row's hash and its place.
type Hashed = Vec<(u64, u32)>;

/// The field that tells the rows of a table apart, as far as one table shows: unique texts or
/// whole numbers in every row, under a name that such a field has.
pub(super) fn key_field(table: &Table) -> Option<usize> {
    let mut candidates = candidates(table);
    candidates.retain(|at| word_of(table, *at).is_some());
    let column = |at: usize| table.columns.get(at);
    candidates.into_iter().find(|at| column(*at).and_then(unique).is_some())
}

/// How the rows of two tables pair: by what, and for each row of the older one its row of the
/// newer one, or [`NONE`]. None where no key will do, so that content must tell.
pub(super) fn by_key(
    before: &Table,
    after: &Table,
    watch: &Watch,
) -> Result<Option<(PairedBy, Vec<u32>)>, Cancelled> {
    let fewest = before.rows().min(after.rows());
    let ids = before.ids.as_ref().and_then(unique).zip(after.ids.as_ref().and_then(unique));
    if let Some((before_ids, after_ids)) = ids {
        let (pairs, found) = merge(&before_ids, &after_ids, before.rows());
        if is_enough(found, fewest) {
            return Ok(Some((PairedBy::Ids, pairs)));
        }
    }
    let mut best: Option<(usize, usize, Vec<u32>)> = None;
    for at in candidates(before) {
        watch.check()?;
        let Some(field) = before.fields.get(at) else { continue };
        let other = after.fields.iter().position(|other| other.name == field.name);
        let Some(other) = other.filter(|other| is_key_kind(after, *other)) else { continue };
        let columns = before.columns.get(at).zip(after.columns.get(other));
        let Some((older, newer)) = columns else { continue };
        let Some((older, newer)) = unique(older).zip(unique(newer)) else { continue };
        let (pairs, found) = merge(&older, &newer, before.rows());
        if best.as_ref().is_none_or(|(most, ..)| found > *most) {
            best = Some((found, at, pairs));
        }
        if found == fewest {
            break;
        }
    }
    let best = best.filter(|(found, ..)| is_enough(*found, fewest));
    Ok(best.and_then(|(_, at, pairs)| {
        let name = before.fields.get(at)?.name.clone();
        Some((PairedBy::Field(name), pairs))
    }))
}

/// How rows pair by hashes of their content; among rows of the same content the first with the
/// first.
pub(super) fn by_content(before: Vec<u64>, after: Vec<u64>) -> Vec<u32> {
    let rows = before.len();
    let (before, after) = (sorted(before), sorted(after));
    merge(&before, &after, rows).0
}

/// Fields that may tell rows apart, the likeliest first.
fn candidates(table: &Table) -> Vec<usize> {
    let mut fields: Vec<usize> =
        (0..table.fields.len()).filter(|at| is_key_kind(table, *at)).collect();
    let rank = |at: &usize| {
        let is_number = table.fields.get(*at).is_some_and(|it| it.kind == FieldKind::Integer);
        (word_of(table, *at).unwrap_or(KEY_WORDS.len()), is_number)
    };
    fields.sort_by_key(rank);
    fields
}

fn is_key_kind(table: &Table, at: usize) -> bool {
    let kind = table.fields.get(at).map(|field| field.kind);
    matches!(kind, Some(FieldKind::Text | FieldKind::Integer))
}

/// The place of the word in [`KEY_WORDS`] that a field's name has.
fn word_of(table: &Table, at: usize) -> Option<usize> {
    let name = table.fields.get(at)?.name.to_lowercase();
    let words: Vec<&str> = name.split(|letter: char| !letter.is_alphanumeric()).collect();
    // "wijknr", "objectid".
    let is_last = |key: &str| words.last().is_some_and(|last| last.ends_with(key));
    KEY_WORDS.iter().position(|key| words.contains(key) || is_last(key))
}

/// Whether so many rows that stayed make a key.
fn is_enough(found: usize, of: usize) -> bool {
    found > 0 && found * 2 >= of
}

/// The hashes of a column without repetition and without gaps, in order; none for any other.
fn unique(column: &ArrayRef) -> Option<Hashed> {
    if column.null_count() > 0 || column.is_empty() {
        return None;
    }
    let has_repetition = |hashed: &Hashed| {
        hashed.windows(2).any(|pair| matches!(pair, [(one, _), (other, _)] if one == other))
    };
    if column.len() > SAMPLE && has_repetition(&sorted(hashes(&column.slice(0, SAMPLE))?)) {
        return None;
    }
    Some(sorted(hashes(column)?)).filter(|hashed| !has_repetition(hashed))
}

/// Whole numbers are hashed as their text: what is a number today may be text tomorrow.
fn hashes(column: &ArrayRef) -> Option<Vec<u64>> {
    if let Some(numbers) = column.as_primitive_opt::<Int64Type>() {
        let mut text = Vec::new();
        let hash = |number: &i64| {
            text.clear();
            // Memory takes everything.
            let _ = write!(text, "{number}");
            fnv_1a(&text)
        };
        return Some(numbers.values().iter().map(hash).collect());
    }
    let texts = column.as_string_opt::<i32>()?;
    Some(texts.iter().map(|text| fnv_1a(text.unwrap_or_default().as_bytes())).collect())
}

fn sorted(hashes: Vec<u64>) -> Hashed {
    let mut hashed: Hashed = hashes.into_iter().zip(0..NONE).collect();
    hashed.sort_unstable();
    hashed
}

/// Pairs equal hashes in order; answers how many there are.
fn merge(before: &Hashed, after: &Hashed, rows: usize) -> (Vec<u32>, usize) {
    let mut pairs = vec![NONE; rows];
    let mut found = 0;
    let mut newer = after.iter().peekable();
    for (hash, row) in before {
        while newer.next_if(|(other, _)| other < hash).is_some() {}
        if let Some((_, other)) = newer.next_if(|(other, _)| other == hash)
            && let Some(pair) = usize::try_from(*row).ok().and_then(|row| pairs.get_mut(row))
        {
            *pair = *other;
            found += 1;
        }
    }
    (pairs, found)
}
