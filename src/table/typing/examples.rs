//! Values of a column as a form would read them, for a person to judge.

use std::collections::HashSet;

use arrow_array::{Array, ArrayRef, StringArray};
use arrow_select::take::take;

use super::{Fit, ReadAs, Typed, is_no_value, typed};
use crate::table::{FieldKind, Value};

/// How many values are shown of each.
const SHOWN: usize = 3;
/// How many characters of a value are shown.
const CHARACTERS: usize = 60;

/// A value that a form does not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// Its row, from 1.
    pub row: u64,
    /// The text, perhaps its start only.
    pub text: String,
}

/// What a form makes of a column, with some of its values.
#[derive(Clone, Debug)]
pub struct Examples {
    /// How well it fits.
    pub fit: Fit,
    /// What the column would be.
    pub kind: FieldKind,
    /// Different values that are read, as they are written.
    pub texts: Vec<String>,
    /// Different values that are not read, nor words for "no value".
    pub misfits: Vec<Misfit>,
    /// Numbers that would lose zeros in front.
    pub zeros: u64,
    values: ArrayRef,
}

impl Examples {
    /// What the texts are read as, in their order.
    pub fn values(&self) -> impl Iterator<Item = Value<'_>> {
        (0..self.values.len()).map(|at| Value::of(&self.values, self.kind, at))
    }
}

/// Reads a column in a form. None for text, which every column can be.
pub fn examples(texts: &StringArray, read_as: ReadAs) -> Option<Examples> {
    let Typed { kind, array, fit, zeros, .. } = typed(texts, read_as)?;
    let mut seen = HashSet::new();
    let mut rows: Vec<u32> = Vec::new();
    let mut shown = Vec::new();
    for (row, text) in texts.iter().enumerate() {
        let Some(text) = text.filter(|_| array.is_valid(row)) else { continue };
        if shown.len() < SHOWN && seen.insert(text) {
            rows.extend(u32::try_from(row));
            shown.push(start_of(text));
        }
        if shown.len() == SHOWN {
            break;
        }
    }
    let values = take(&array, &arrow_array::UInt32Array::from(rows), None).ok()?;
    let misfits = misfits(texts, &array, SHOWN);
    Some(Examples { fit, kind, texts: shown, misfits, zeros, values })
}

/// The first different values that have not become one.
pub(super) fn misfits(texts: &StringArray, array: &dyn Array, most: usize) -> Vec<Misfit> {
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for (row, text) in texts.iter().enumerate() {
        let Some(text) = text.filter(|_| array.is_null(row)).map(str::trim) else { continue };
        if text.is_empty() || is_no_value(text) || !seen.insert(text) {
            continue;
        }
        let row = u64::try_from(row).unwrap_or(u64::MAX).saturating_add(1);
        found.push(Misfit { row, text: start_of(text) });
        if found.len() >= most {
            break;
        }
    }
    found
}

fn start_of(text: &str) -> String {
    let mut letters = text.chars();
    let start: String = letters.by_ref().take(CHARACTERS).collect();
    if letters.next().is_some() { format!("{start}…") } else { start }
}
