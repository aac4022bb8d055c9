//! Proposals for values without a partner, from sure to less sure: the same but for how it is
//! written, a word written short, a name inside a text, a typing error.

use std::collections::{HashMap, HashSet};

use super::keys::Keys;
use super::matching::Reason;
use super::typing::typing_errors;
use crate::jobs::{Cancelled, Watch};
use crate::names::{Gazetteer, Words};

/// Keys between two looks at the watch.
const STRIDE: usize = 4096;

/// More values than this that begin alike, word for word, are not compared for short forms.
const MOST_ALIKE: usize = 64;

/// More values than this are not looked at for names that stand in them.
const MOST_NAMED: usize = 50_000;

/// A value of the layer, the value of the other table proposed, and why.
pub(super) type Proposal = (usize, usize, Reason);

#[derive(Debug, Default)]
pub(super) struct Proposals {
    pub(super) pairs: Vec<Proposal>,
    /// The values that could not be looked at, because there are too many.
    pub(super) not_sought: usize,
}

/// The ways to write the same, the surest first.
const SPELLINGS: [(Reason, fn(&Words) -> String); 5] = [
    (Reason::Case, |words| words.folded.clone()),
    (Reason::Signs, Words::letters),
    (Reason::Zeros, Words::without_zeros),
    (Reason::Short, |words| words.long().concat()),
    (Reason::Order, |words| {
        let mut long = words.long();
        long.sort_unstable();
        long.join(" ")
    }),
];

/// Proposes partners for values; only where one is clearly the best.
pub(super) fn propose(
    ours: &Keys<'_>,
    unmatched: &[usize],
    theirs: &Keys<'_>,
    used: &[bool],
    watch: &Watch,
) -> Result<Proposals, Cancelled> {
    let mut found = Proposals::default();
    if unmatched.is_empty() {
        return Ok(found);
    }
    let read = |keys: &Keys<'_>, numbers: &mut dyn Iterator<Item = usize>| {
        let mut words = Vec::new();
        for (at, key) in numbers.enumerate() {
            if at % STRIDE == 0 {
                watch.check()?;
            }
            let read = Words::of(keys.text(key));
            if !read.words().is_empty() {
                words.push((key, read));
            }
        }
        Ok(words)
    };
    let mut left = read(ours, &mut unmatched.iter().copied())?;
    let all = read(theirs, &mut (0..theirs.len()))?;
    for (reason, spelling) in SPELLINGS {
        watch.check()?;
        same_spelling(&mut found, &mut left, &all, reason, spelling);
    }
    // From here on a guess: only what nobody else has.
    let mut free = vec![true; theirs.len()];
    free.iter_mut().zip(used).for_each(|(free, used)| *free = !used);
    for (_, theirs, _) in &found.pairs {
        if let Some(free) = free.get_mut(*theirs) {
            *free = false;
        }
    }
    let is_free = |(key, _): &&(usize, Words)| free.get(*key) == Some(&true);
    let mut right: Vec<&(usize, Words)> = all.iter().filter(is_free).collect();
    written_short(&mut found, &mut left, &right);
    not_taken(&mut right, &found.pairs);
    let skipped = names_inside(&mut found.pairs, &mut left, [ours, theirs], &all, &right, watch)?;
    not_taken(&mut right, &found.pairs);
    let left: Vec<&(usize, Words)> = left.iter().collect();
    let (pairs, not_sought) = typing_errors(&left, &right, watch)?;
    found.not_sought = not_sought.max(skipped);
    found.pairs.extend(pairs.into_iter().map(|(o, t, errors)| (o, t, Reason::Typing(errors))));
    Ok(found)
}

/// Leaves out what was proposed already.
fn not_taken(right: &mut Vec<&(usize, Words)>, pairs: &[Proposal]) {
    let taken: HashSet<usize> = pairs.iter().map(|(_, theirs, _)| *theirs).collect();
    right.retain(|(key, _)| !taken.contains(key));
}

/// Takes the values in which the name of just one of the others stands (`Gent: Ledeberg, 1721`),
/// whoever else has that; then those whose name stands in just one that is free. Returns how many
/// were not looked at, because there are too many.
fn names_inside(
    pairs: &mut Vec<Proposal>,
    left: &mut Vec<(usize, Words)>,
    [ours, theirs]: [&Keys<'_>; 2],
    all: &[(usize, Words)],
    right: &[&(usize, Words)],
    watch: &Watch,
) -> Result<usize, Cancelled> {
    if left.len().max(all.len()) > MOST_NAMED {
        return Ok(left.len());
    }
    let named = |keys: &mut dyn Iterator<Item = usize>, of: &Keys<'_>| {
        let mut gazetteer = Gazetteer::default();
        let numbered = keys.filter_map(|key| Some((of.text(key), u32::try_from(key).ok()?)));
        gazetteer.add_names(numbered, watch)?;
        Ok(gazetteer)
    };
    let found = |gazetteer: &Gazetteer, text: &str| -> Option<usize> {
        let found = gazetteer.named_in(0, text)?;
        found.rows.first().map(|key| *key as usize)
    };
    let names = named(&mut all.iter().map(|(key, _)| *key), theirs)?;
    let mut kept = Vec::with_capacity(left.len());
    for (at, (key, words)) in std::mem::take(left).into_iter().enumerate() {
        if at % STRIDE == 0 {
            watch.check()?;
        }
        match found(&names, ours.text(key)) {
            Some(theirs) => pairs.push((key, theirs, Reason::Inside)),
            None => kept.push((key, words)),
        }
    }
    *left = kept;
    let names = named(&mut left.iter().map(|(key, _)| *key), ours)?;
    let mut holders: HashMap<usize, Vec<usize>> = HashMap::new();
    for (at, (key, _)) in right.iter().enumerate() {
        if at % STRIDE == 0 {
            watch.check()?;
        }
        if let Some(ours) = found(&names, theirs.text(*key)) {
            holders.entry(ours).or_default().push(*key);
        }
    }
    left.retain(|(key, _)| match holders.get(key).map(Vec::as_slice) {
        Some([only]) => {
            pairs.push((*key, *only, Reason::Inside));
            false
        }
        _ => true,
    });
    Ok(0)
}

/// Takes the values that are spelt as just one of the others.
fn same_spelling(
    found: &mut Proposals,
    left: &mut Vec<(usize, Words)>,
    all: &[(usize, Words)],
    reason: Reason,
    spelling: fn(&Words) -> String,
) {
    if left.is_empty() {
        return;
    }
    // The layer's values are few where most match: the map is made of them.
    let mut wanted: HashMap<String, (usize, Option<usize>)> = HashMap::with_capacity(left.len());
    for (_, words) in left.iter() {
        wanted.insert(spelling(words), (0, None));
    }
    for (key, words) in all {
        if let Some((count, first)) = wanted.get_mut(&spelling(words)) {
            *count += 1;
            first.get_or_insert(*key);
        }
    }
    left.retain(|(key, words)| match wanted.get(&spelling(words)) {
        Some((1, Some(theirs))) => {
            found.pairs.push((*key, *theirs, reason));
            false
        }
        // Several are spelt so: none of them is clearly meant.
        Some((count, _)) => *count == 0,
        None => true,
    });
}

/// Takes the values that are another with words cut short by a point: `Burg. Braun`.
fn written_short(found: &mut Proposals, left: &mut Vec<(usize, Words)>, right: &[&(usize, Words)]) {
    let initials = |words: &Words| -> String {
        words.words().iter().filter_map(|word| word.text.chars().next()).collect()
    };
    let mut alike: HashMap<String, Vec<&(usize, Words)>> = HashMap::new();
    for one in right {
        alike.entry(initials(&one.1)).or_default().push(one);
    }
    left.retain(|(key, words)| {
        let candidates = alike.get(&initials(words)).map_or(&[][..], Vec::as_slice);
        if candidates.len() > MOST_ALIKE {
            return true;
        }
        let mut meant = candidates.iter().filter(|(_, other)| are_short_forms(words, other));
        match (meant.next(), meant.next()) {
            (Some((theirs, _)), None) => {
                found.pairs.push((*key, *theirs, Reason::Short));
                false
            }
            _ => true,
        }
    });
}

/// Whether each word of one is that of the other, or its beginning with a point.
fn are_short_forms(ours: &Words, theirs: &Words) -> bool {
    let (ours, theirs) = (ours.words(), theirs.words());
    ours.len() == theirs.len()
        && ours.iter().zip(theirs).all(|(a, b)| {
            a.text == b.text
                || (a.dotted && b.text.starts_with(&a.text))
                || (b.dotted && a.text.starts_with(&b.text))
        })
}
