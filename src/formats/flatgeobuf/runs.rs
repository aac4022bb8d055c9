//! Which stretches of a FlatGeobuf file are read by themselves.
//!
//! Before every feature stands how many bytes it has, and nothing else tells where features begin:
//! the file is gone through once for the cuts. Where only a part is wanted, the index tells.

use super::header::Header;
use super::tree::{self, Found};
use crate::formats::source::Source;
use crate::jobs::Watch;
use crate::problem::{FileError, Place, Problems};

/// The bytes before a feature that tell its length.
const PREFIX: u64 = 4;
/// No feature has fewer bytes: its root, its table and how that is laid out.
const SMALLEST: u64 = 8;
/// How much is looked at in one go to find the features.
const BLOCK: u64 = 1 << 20;

/// A stretch of the file.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Run {
    pub start: u64,
    pub end: u64,
    /// How many features are in the runs before.
    pub before: u64,
    pub what: What,
}

/// Which features of a run are wanted.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum What {
    /// All, one after another, so many.
    All(u64),
    /// Those in these places.
    Some(Vec<Wanted>),
}

/// A feature among others that are passed over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Wanted {
    /// From the start of the run.
    pub start: usize,
    /// Where it has to end.
    pub end: usize,
}

/// All features, in runs of about so many bytes, as the index tells without a look at them. None
/// where there is no index, or it cannot be right; whether it is, reading the runs proves.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn indexed(
    source: &dyn Source,
    header: &Header,
    bytes: u64,
) -> Result<Option<Vec<Run>>, FileError> {
    let (Some(count), Some(_)) = (header.count, header.fan_out) else { return Ok(None) };
    let length = source.length().saturating_sub(header.features);
    let step = (u128::from(bytes) * u128::from(count) / u128::from(length.max(1))).max(1);
    let step = u64::try_from(step).unwrap_or(u64::MAX);
    let mut runs: Vec<Run> = Vec::new();
    let mut start = header.features;
    for before in (0..count).step_by(usize::try_from(step).unwrap_or(usize::MAX)) {
        let next = before.saturating_add(step).min(count);
        let end = if next == count {
            source.length()
        } else {
            let place = tree::place_of(source, header, next)?;
            match header.features.checked_add(place) {
                Some(end) if end > start && end < source.length() => end,
                _ => return Ok(None),
            }
        };
        runs.push(Run { start, end, before, what: What::All(next - before) });
        start = end;
    }
    Ok(Some(runs))
}

/// All features, in runs of about so many bytes, found by going through the file.
///
/// # Errors
/// When the file cannot be read, or the person cancelled.
pub(super) fn walked(
    source: &dyn Source,
    header: &Header,
    bytes: u64,
    watch: &Watch,
    problems: &mut Problems,
) -> Result<Vec<Run>, FileError> {
    let mut runs = Vec::new();
    let (start, count) = (header.features, header.count);
    let (mut offset, mut features, size) = (start, 0, source.length());
    let mut run = Run { start, end: start, before: 0, what: What::All(0) };
    let mut buffer = Vec::new();
    let mut damaged = None;
    let is_more = |features: u64| count.is_none_or(|count| features < count);
    'file: while is_more(features) && offset < size {
        watch.check().map_err(|_| FileError::cancelled(source.path()))?;
        let there = usize::try_from((size - offset).min(BLOCK)).unwrap_or_default();
        let block_start = offset;
        let block = source.read_into(&mut buffer, there, offset)?;
        loop {
            let at = usize::try_from(offset - block_start).unwrap_or(usize::MAX);
            let Some(prefix) = block.get(at..).and_then(|rest| rest.first_chunk::<4>()) else {
                break;
            };
            let length = u64::from(u32::from_le_bytes(*prefix));
            let end = offset + PREFIX + length;
            if length < SMALLEST || end > size {
                damaged = Some(offset);
                break 'file;
            }
            (offset, features) = (end, features + 1);
            run.end = end;
            run.what = What::All(features - run.before);
            if run.end - run.start >= bytes {
                let next = Run { start: end, end, before: features, what: What::All(0) };
                runs.push(std::mem::replace(&mut run, next));
            }
            if !is_more(features) {
                break 'file;
            }
        }
        if size - offset < PREFIX && offset < size {
            damaged = Some(offset);
            break;
        }
    }
    runs.extend((run.end > run.start).then_some(run));
    let missing = count.map_or(0, |count| count.saturating_sub(features));
    if let Some(at) = damaged.filter(|_| is_more(features)) {
        problems.report("problem-flatgeobuf-cut-off", 1, Vec::new(), Some(Place::Byte(at)));
    }
    problems.add("problem-flatgeobuf-missing", missing);
    if missing == 0 && damaged.is_none() {
        problems.add("problem-flatgeobuf-more-bytes", size - offset);
    }
    Ok(runs)
}

/// The features found in the index, in runs of about so many bytes: of what lies between two of
/// them, a little is read along.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn some(
    source: &dyn Source,
    start: u64,
    found: &[Found],
    bytes: u64,
    problems: &mut Problems,
) -> Result<Vec<Run>, FileError> {
    let (size, gap) = (source.length(), source.worth_reading());
    let mut runs: Vec<Run> = Vec::new();
    let mut bad = 0;
    for (at, feature) in found.iter().enumerate() {
        // A feature ends at the latest where the next one begins: what overlaps is no feature.
        let next = found.get(at + 1).and_then(|next| start.checked_add(next.start));
        let limit = next.unwrap_or(size).min(size);
        let begin = start.saturating_add(feature.start);
        let end = match feature.end.map(|end| start.saturating_add(end)) {
            Some(end) => end.min(limit),
            None => end_of(source, begin, limit)?,
        };
        if begin.saturating_add(PREFIX + SMALLEST) > end {
            bad += 1;
            continue;
        }
        let fits = |run: &Run| begin <= run.end + gap && end - run.start <= bytes.max(gap);
        if !runs.last().is_some_and(fits) {
            let before = (at as u64).saturating_sub(bad);
            runs.push(Run { start: begin, end, before, what: What::Some(Vec::new()) });
        }
        if let Some(Run { start, end: run_end, what: What::Some(places), .. }) = runs.last_mut() {
            let place = |at: u64| usize::try_from(at - *start).unwrap_or(usize::MAX);
            places.push(Wanted { start: place(begin), end: place(end) });
            *run_end = end;
        }
    }
    problems.add("problem-flatgeobuf-bad-index", bad);
    Ok(runs)
}

/// Where a feature ends by its own word.
fn end_of(source: &dyn Source, begin: u64, limit: u64) -> Result<u64, FileError> {
    let mut prefix = [0; 4];
    if begin.saturating_add(PREFIX) > limit {
        return Ok(begin);
    }
    source.read_at(begin, &mut prefix)?;
    Ok((begin + PREFIX + u64::from(u32::from_le_bytes(prefix))).min(limit))
}
