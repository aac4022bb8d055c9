//! Pairs of texts with a few typing errors between them, without comparing all with all: where
//! there are two errors at most, one of three pieces of a text stands unchanged in the other,
//! nearly at its place (the pigeonhole principle, as in G. Li, D. Deng, J. Wang and J. Feng,
//! "Pass-Join: a partition-based method for similarity joins", Proceedings of the VLDB Endowment 5
//! (2011), section 3). Letters exchanged across the edge of a piece may be missed.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::i18n::Edits;
use crate::jobs::{Cancelled, Watch};
use crate::names::Words;

/// Shorter texts than this are not misspelt, bytes.
const SHORTEST: usize = 5;

/// From how many bytes on two errors are forgiven, in a text and in one of its words.
const LONG: usize = 8;
const LONG_WORD: usize = 7;

/// The most errors.
const MOST: usize = 2;

/// The most candidates looked at: about half a second's work.
const BUDGET: usize = 5_000_000;

/// The pieces a text is cut into.
const PIECES: usize = MOST + 1;

struct Text<'a> {
    key: usize,
    words: &'a Words,
    letters: Vec<u8>,
    digits: String,
    signature: u32,
}

impl<'a> Text<'a> {
    fn of((key, words): &'a (usize, Words)) -> Option<Text<'a>> {
        let letters = words.long().concat().into_bytes();
        let fits = (SHORTEST..=64).contains(&letters.len());
        let signature = letters.iter().fold(0, |bits, byte| bits | 1_u32 << (byte % 32));
        fits.then(|| Text { key: *key, words, letters, digits: words.digits(), signature })
    }

    fn allowed(&self) -> usize {
        if self.letters.len() < LONG { 1 } else { MOST }
    }
}

/// Where the pieces of a text begin and end.
fn pieces(length: usize) -> [(usize, usize); PIECES] {
    let edge = |at: usize| length * at / PIECES;
    std::array::from_fn(|at| (edge(at), edge(at + 1)))
}

fn hash(length: usize, piece: usize, bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    (length, piece, bytes).hash(&mut hasher);
    hasher.finish()
}

/// The pairs where each is clearly the nearest of the other: ours, theirs, errors; and how many of
/// ours could not be looked at.
pub(super) fn typing_errors(
    left: &[&(usize, Words)],
    right: &[&(usize, Words)],
    watch: &Watch,
) -> Result<(Vec<(usize, usize, u8)>, usize), Cancelled> {
    let right: Vec<Text<'_>> = right.iter().filter_map(|one| Text::of(one)).collect();
    let mut index: HashMap<u64, Vec<u32>> = HashMap::new();
    for (text, number) in right.iter().zip(0_u32..) {
        for (piece, (start, end)) in pieces(text.letters.len()).into_iter().enumerate() {
            let bytes = text.letters.get(start..end).unwrap_or_default();
            index.entry(hash(text.letters.len(), piece, bytes)).or_default().push(number);
        }
    }
    let mut budget = BUDGET;
    let mut not_sought = 0;
    let mut nearest: Vec<(usize, usize, u8)> = Vec::new();
    for (at, one) in left.iter().enumerate() {
        if at % 1024 == 0 {
            watch.check()?;
        }
        if right.is_empty() {
            break;
        }
        let Some(text) = Text::of(one) else { continue };
        if budget == 0 {
            not_sought += 1;
            continue;
        }
        if let Some((theirs, errors)) = nearest_of(&text, &right, &index, &mut budget) {
            nearest.push((text.key, theirs, errors));
        }
    }
    Ok((mutual(nearest), not_sought))
}

/// The one that is nearest; none where two are equally near.
fn nearest_of(
    text: &Text<'_>,
    right: &[Text<'_>],
    index: &HashMap<u64, Vec<u32>>,
    budget: &mut usize,
) -> Option<(usize, u8)> {
    let edits = Edits::new(&text.letters)?;
    let length = text.letters.len();
    let allowed = text.allowed();
    let mut best: Option<(usize, usize)> = None;
    let mut is_clear = true;
    let mut seen: Vec<u32> = Vec::new();
    for theirs in length.saturating_sub(allowed)..=length + allowed {
        for (piece, (start, end)) in pieces(theirs).into_iter().enumerate() {
            for from in start.saturating_sub(allowed)..=start + allowed {
                let Some(bytes) = text.letters.get(from..from + (end - start)) else { break };
                let Some(candidates) = index.get(&hash(theirs, piece, bytes)) else { continue };
                *budget = budget.saturating_sub(candidates.len());
                seen.extend_from_slice(candidates);
            }
        }
    }
    seen.sort_unstable();
    seen.dedup();
    for number in seen {
        let Some(other) = right.get(number as usize) else { continue };
        let missing = (text.signature & !other.signature).count_ones() as usize;
        let allowed = allowed.min(other.allowed());
        if missing > allowed || other.digits != text.digits {
            continue;
        }
        let errors = edits.distance(&other.letters, true).whole;
        if errors > allowed || !words_agree(text.words, other.words) {
            continue;
        }
        match best {
            Some((least, _)) if errors > least => {}
            Some((least, _)) if errors == least => is_clear = false,
            _ => (best, is_clear) = (Some((errors, other.key)), true),
        }
    }
    best.filter(|_| is_clear).and_then(|(errors, key)| Some((key, u8::try_from(errors).ok()?)))
}

/// Whether no word is too short for the errors in it: `Oost` is not `West`.
fn words_agree(ours: &Words, theirs: &Words) -> bool {
    let (ours, theirs) = (ours.long(), theirs.long());
    if ours.len() != theirs.len() {
        return true;
    }
    ours.iter().zip(&theirs).all(|(a, b)| {
        let allowed = match a.len().min(b.len()) {
            ..4 => 0,
            4..LONG_WORD => 1,
            _ => MOST,
        };
        let errors = Edits::new(a.as_bytes()).map(|a| a.distance(b.as_bytes(), true).whole);
        a == b || errors.is_some_and(|errors| errors <= allowed)
    })
}

/// Leaves the pairs of which the other side has no nearer or equally near one.
fn mutual(pairs: Vec<(usize, usize, u8)>) -> Vec<(usize, usize, u8)> {
    let mut least: HashMap<usize, (u8, usize)> = HashMap::new();
    for (_, theirs, errors) in &pairs {
        let (known, count) = least.entry(*theirs).or_insert((*errors, 0));
        if errors < known {
            (*known, *count) = (*errors, 1);
        } else if errors == known {
            *count += 1;
        }
    }
    let is_mutual = |(_, theirs, errors): &(usize, usize, u8)| {
        least.get(theirs).is_some_and(|(known, count)| known == errors && *count == 1)
    };
    pairs.into_iter().filter(is_mutual).collect()
}
