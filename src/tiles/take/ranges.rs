//! Tiles of a PMTiles archive: the stretches of bytes that hold them, few and large.

use std::collections::BTreeMap;

use super::stage::Stage;
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::problem::{FileError, Place};
use crate::tiles::TileId;
use crate::tiles::archive::{Archive, Pmtiles, Span};
use crate::tiles::disk::LARGEST_TILE;

/// How many bytes are asked for that nobody needs, as a part of those that are: stretches with
/// small gaps between them are asked for at once.
const OVERHEAD: f64 = 0.05;

/// The longest stretch asked for at once.
const LONGEST: u64 = 4 << 20;

/// Where tiles are; those that the archive lacks are left out.
pub(super) fn located(
    archive: &Pmtiles,
    tiles: &[TileId],
    watch: &Watch,
) -> Result<Vec<(Span, TileId)>, FileError> {
    let mut found = Vec::new();
    for tile in tiles {
        watch.check().map_err(|_| FileError::cancelled(archive.path()))?;
        found.extend(archive.locate(*tile)?.map(|span| (span, *tile)));
    }
    Ok(found)
}

/// Fetches what is not there yet.
pub(super) fn fetch_all(
    archive: &Archive,
    tiles: &[TileId],
    stage: &mut Stage,
    watch: &Watch,
) -> Result<(), FileError> {
    let path = &archive.facts().path;
    let Some(pmtiles) = archive.pmtiles() else {
        return Err(FileError::new(path, Message::new("take-error-not-pmtiles")));
    };
    let mut missing = Vec::new();
    for tile in tiles {
        if stage.has(*tile)? {
            watch.advance(1);
        } else {
            missing.push(*tile);
        }
    }
    let mut places: BTreeMap<Span, Vec<TileId>> = BTreeMap::new();
    let mut absent = Vec::new();
    for tile in &missing {
        watch.check().map_err(|_| FileError::cancelled(path))?;
        match pmtiles.locate(*tile)? {
            Some(span) if u64::from(span.length) > LARGEST_TILE => {
                return Err(FileError::new(path, Message::new("tiles-error-bomb"))
                    .at(Place::Byte(span.at))
                    .remedy(Message::new("tiles-error-again")));
            }
            Some(span) => places.entry(span).or_default().push(*tile),
            None => absent.push((*tile, None)),
        }
    }
    stage.put(&absent)?;
    watch.advance(absent.len() as u64);
    let spans: Vec<Span> = places.keys().copied().collect();
    for stretch in merged(&spans) {
        watch.check().map_err(|_| FileError::cancelled(path))?;
        let (Some(first), Some(last)) = (stretch.first(), stretch.last()) else { continue };
        let end = stretch.iter().map(|span| span.at + u64::from(span.length)).max();
        let length = end.unwrap_or(last.at).saturating_sub(first.at);
        let length = usize::try_from(length)
            .map_err(|_| FileError::new(path, Message::new("tiles-error-bomb")))?;
        let bytes = pmtiles.bytes().read(first.at, length)?;
        let mut put: Vec<(TileId, Option<&[u8]>)> = Vec::new();
        for span in stretch {
            let at = usize::try_from(span.at - first.at).unwrap_or(usize::MAX);
            let of = bytes.get(at..).and_then(|rest| rest.get(..span.length as usize));
            let owners = places.get(span).into_iter().flatten();
            put.extend(owners.map(|tile| (*tile, of)));
        }
        stage.put(&put)?;
        watch.advance(put.len() as u64);
    }
    Ok(())
}

/// Stretches with as few bytes between their spans as may be: the smallest gaps are closed first,
/// as long as all together stay within the overhead. Spans are in order.
fn merged(spans: &[Span]) -> Vec<&[Span]> {
    let needed: u64 = spans.iter().map(|span| u64::from(span.length)).sum();
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a part of it"
    )]
    let mut budget = (needed as f64 * OVERHEAD) as u64;
    let gap = |pair: &[Span]| match pair {
        [a, b] => b.at.saturating_sub(a.at + u64::from(a.length)),
        _ => 0,
    };
    let mut gaps: Vec<(u64, usize)> = spans.windows(2).map(gap).zip(1..).collect();
    gaps.sort_unstable();
    let mut is_closed = vec![false; spans.len()];
    for (gap, at) in gaps {
        let Some(left) = budget.checked_sub(gap) else { break };
        budget = left;
        if let Some(closed) = is_closed.get_mut(at) {
            *closed = true;
        }
    }
    let mut stretches = Vec::new();
    let mut from = 0;
    for at in 1..=spans.len() {
        let is_open = match (spans.get(from), spans.get(at)) {
            (Some(first), Some(next)) => {
                let length = next.at.saturating_sub(first.at) + u64::from(next.length);
                is_closed.get(at) != Some(&true) || length > LONGEST
            }
            _ => true,
        };
        if is_open {
            stretches.extend(spans.get(from..at).filter(|stretch| !stretch.is_empty()));
            from = at;
        }
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_hold_all_spans_and_little_else() {
        let mut seed = 5_u64;
        let mut at = 1000;
        let spans: Vec<Span> = (0..2000)
            .map(|_| {
                seed = seed
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                let length = u32::try_from(200 + (seed >> 50)).unwrap();
                let gap = if (seed >> 40).is_multiple_of(3) { (seed >> 45) % 9000 } else { 0 };
                let span = Span { at: at + gap, length };
                at = span.at + u64::from(length);
                span
            })
            .collect();
        let stretches = merged(&spans);
        let again: Vec<Span> =
            stretches.iter().flat_map(|stretch| stretch.iter().copied()).collect();
        assert_eq!(again, spans);
        let needed: u64 = spans.iter().map(|span| u64::from(span.length)).sum();
        let asked: u64 = stretches
            .iter()
            .map(|stretch| {
                let last = stretch.last().unwrap();
                last.at + u64::from(last.length) - stretch[0].at
            })
            .sum();
        assert!(asked >= needed && asked * 100 <= needed * 105, "{asked} for {needed}");
        assert!(stretches.len() < 600, "{}", stretches.len());
        assert!(merged(&[]).is_empty());
    }
}
