//! The index of a FlatGeobuf file: a packed R-tree over the boxes of the features.
//!
//! Nodes of 40 bytes: west, south, east, north, and a number. The root comes first, the leaves
//! last; on each level the nodes stand in the order of those below, so that a node's place tells
//! where its children are. A leaf's number is where its feature begins, from the first feature on;
//! a branch's the place of its first child among the nodes (the format's specification,
//! https://flatgeobuf.org, and its library `packedrtree.cpp`).

use std::ops::Range;

use super::header::Header;
use crate::formats::source::Source;
use crate::jobs::Watch;
use crate::problem::FileError;
use crate::table::Extent;

/// The bytes of a node.
pub(super) const NODE: u64 = NODE_BYTES as u64;
const NODE_BYTES: usize = 40;

/// The most nodes that are looked at in one go.
const BLOCK: u64 = 1 << 15;

/// Boxes of nothing: they meet no other.
const NOTHING: [f64; 4] = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];

/// Where a found feature is, from the first feature on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    pub start: u64,
    /// Where the next feature of the index begins, if that lies behind.
    pub end: Option<u64>,
    /// The number of the feature in the index.
    pub number: u64,
}

/// The bytes of an index; none where there would be more than 64 bits can count.
pub(super) fn length(count: u64, fan_out: u16) -> Option<u64> {
    levels(count, fan_out)?.first()?.end.checked_mul(NODE)
}

/// The places of the nodes of each level, leaves first.
fn levels(count: u64, fan_out: u16) -> Option<Vec<Range<u64>>> {
    let fan_out = u64::from(fan_out.max(2));
    let mut lengths = vec![count];
    // A single feature has a root above it as well.
    loop {
        let above = lengths.last()?.div_ceil(fan_out);
        lengths.push(above);
        if above <= 1 {
            break;
        }
    }
    let mut end = lengths.iter().try_fold(0_u64, |sum, length| sum.checked_add(*length))?;
    let places = lengths.iter().map(|length| {
        let start = end - length;
        end = start;
        start..start + length
    });
    Some(places.collect())
}

/// Where a feature begins, by its number in the index, from the first feature on.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn place_of(
    source: &dyn Source,
    header: &Header,
    number: u64,
) -> Result<u64, FileError> {
    // The leaves end where the features begin; the last eight bytes of a node are its number.
    let after = header.count.unwrap_or_default().saturating_sub(number + 1).saturating_mul(NODE);
    let mut place = [0; 8];
    source.read_at(header.features.saturating_sub(after.saturating_add(8)), &mut place)?;
    Ok(u64::from_le_bytes(place))
}

/// The features whose boxes meet an extent, in the order of the file.
///
/// # Errors
/// When the index cannot be read, or the person cancelled.
pub(super) fn search(
    source: &dyn Source,
    index: u64,
    count: u64,
    fan_out: u16,
    extent: &Extent,
    watch: &Watch,
) -> Result<Vec<Found>, FileError> {
    let levels = levels(count, fan_out).unwrap_or_default();
    let Some(root) = levels.last() else { return Ok(Vec::new()) };
    let gap = source.worth_reading() / NODE;
    let mut open = vec![root.clone()];
    let mut found = Vec::new();
    let mut buffer = Vec::new();
    for (level, places) in levels.iter().enumerate().rev() {
        let below = level.checked_sub(1).and_then(|below| levels.get(below));
        let mut next = Vec::new();
        for range in joined(&open, gap) {
            watch.check().map_err(|_| FileError::cancelled(source.path()))?;
            // One more of the leaves tells where the last of them ends.
            let more = u64::from(below.is_none() && range.end < places.end);
            let length = usize::try_from((range.end + more - range.start) * NODE);
            let offset = index + range.start * NODE;
            let bytes = source.read_into(&mut buffer, length.unwrap_or_default(), offset)?;
            let nodes: Vec<Node> = bytes.as_chunks().0.iter().map(Node::of).collect();
            let wanted = usize::try_from(range.end - range.start).unwrap_or_default();
            for (place, (at, node)) in (range.start..).zip(nodes.iter().take(wanted).enumerate()) {
                if !node.meets(extent) {
                    continue;
                }
                let number = place - places.start;
                let Some(below) = below else {
                    let end = nodes.get(at + 1).map(|next| next.number);
                    let end = end.filter(|end| *end > node.number);
                    found.push(Found { start: node.number, end, number });
                    continue;
                };
                let fan_out = u64::from(fan_out.max(2));
                let first = below.start + number * fan_out;
                next.push(first..(first + fan_out).min(below.end));
            }
        }
        open = next;
    }
    found.sort_unstable();
    // An index that names a feature twice is none; once is enough.
    found.dedup_by_key(|found| found.start);
    Ok(found)
}

/// Ranges that lie near each other become one, up to a length that is read in one go.
fn joined(ranges: &[Range<u64>], gap: u64) -> Vec<Range<u64>> {
    let mut joined: Vec<Range<u64>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end + gap && range.end - last.start <= BLOCK => {
                last.end = range.end;
            }
            _ => joined.push(range.clone()),
        }
    }
    joined
}

/// A node of the tree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Node {
    /// West, south, east, north.
    pub bounds: [f64; 4],
    /// Where the feature or the first child is.
    pub number: u64,
}

impl Node {
    /// The leaf of a feature that begins there; one without a place is found by nobody.
    pub(super) fn leaf(extent: Option<Extent>, number: u64) -> Node {
        Node { bounds: extent.map_or(NOTHING, |extent| extent.as_array()), number }
    }

    fn of(bytes: &[u8; NODE_BYTES]) -> Node {
        let (numbers, _) = bytes.as_chunks::<8>();
        let number = |at: usize| numbers.get(at).copied().unwrap_or_default();
        let bounds = [0, 1, 2, 3].map(|at| f64::from_le_bytes(number(at)));
        Node { bounds, number: u64::from_le_bytes(number(4)) }
    }

    fn meets(&self, extent: &Extent) -> bool {
        let [west, south, east, north] = self.bounds;
        west <= extent.max_x
            && extent.min_x <= east
            && south <= extent.max_y
            && extent.min_y <= north
    }

    fn add_to(&self, bytes: &mut Vec<u8>) {
        self.bounds.iter().for_each(|bound| bytes.extend(bound.to_le_bytes()));
        bytes.extend(self.number.to_le_bytes());
    }
}

/// The bytes of the tree over leaves that stand in the order of their features.
pub(super) fn bytes(leaves: Vec<Node>, fan_out: u16) -> Vec<u8> {
    let count = leaves.len() as u64;
    let places = levels(count, fan_out).unwrap_or_default();
    let fan_out = usize::from(fan_out.max(2));
    let mut levels = vec![leaves];
    let (_, branches) = places.split_last().unwrap_or((&(0..0), &[]));
    for below in branches {
        let Some(level) = levels.last() else { break };
        let first = (below.start..).step_by(fan_out);
        let above = level.chunks(fan_out).zip(first).map(|(run, number)| {
            let bounds = run.iter().fold(NOTHING, |[w, s, e, n], node| {
                let [west, south, east, north] = node.bounds;
                [w.min(west), s.min(south), e.max(east), n.max(north)]
            });
            Node { bounds, number }
        });
        let above = above.collect();
        levels.push(above);
    }
    let nodes: usize = levels.iter().map(Vec::len).sum();
    let mut bytes = Vec::with_capacity(nodes * NODE_BYTES);
    levels.iter().rev().flatten().for_each(|node| node.add_to(&mut bytes));
    bytes
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use flatgeobuf::packed_r_tree::PackedRTree;

    use super::*;
    use crate::formats::source::FileSource;

    /// Boxes along a line, as a curve puts them.
    fn leaves(count: u32) -> Vec<Node> {
        let extent = |at: u32| {
            let (x, y) = (f64::from(at), f64::from(at % 10));
            let extent = Extent { min_x: x, min_y: y, max_x: x + 0.5, max_y: y + 0.5 };
            (at % 9 != 5).then_some(extent)
        };
        (0..count).map(|at| Node::leaf(extent(at), u64::from(at) * 100)).collect()
    }

    /// The trees written are those that the format's own library reads, and it finds in them what
    /// is found here.
    #[test]
    fn the_library_finds_the_same() {
        for count in [1_u32, 2, 15, 16, 17, 256, 257, 5000] {
            for fan_out in [2_u16, 3, 16, 100] {
                let bytes = bytes(leaves(count), fan_out);
                let size = PackedRTree::index_size(count as usize, fan_out);
                assert_eq!(bytes.len(), size, "{count} {fan_out}");
                assert_eq!(length(count.into(), fan_out), Some(size as u64));
                let read = PackedRTree::from_buf(Cursor::new(&bytes), count as usize, fan_out);
                let tree = read.unwrap();
                let mut file = tempfile::NamedTempFile::new().unwrap();
                file.write_all(&bytes).unwrap();
                let source = FileSource::open(file.path()).unwrap();
                for [min_x, min_y, max_x, max_y] in [
                    [0.0, 0.0, 1e9, 1e9],
                    [3.0, 2.0, 40.0, 4.0],
                    [700.25, 0.0, 700.3, 9.0],
                    [-5.0, -5.0, -1.0, -1.0],
                ] {
                    let view = Extent { min_x, min_y, max_x, max_y };
                    let watch = Watch::unwatched();
                    let mine = search(&source, 0, count.into(), fan_out, &view, &watch).unwrap();
                    let theirs = tree.search(min_x, min_y, max_x, max_y).unwrap();
                    let mut theirs: Vec<u64> =
                        theirs.iter().map(|item| item.offset as u64).collect();
                    theirs.sort_unstable();
                    let starts: Vec<u64> = mine.iter().map(|found| found.start).collect();
                    assert_eq!(starts, theirs, "{count} {fan_out} {view:?}");
                    for found in mine {
                        let last = found.number + 1 == u64::from(count);
                        assert_eq!(found.end, (!last).then_some(found.start + 100));
                    }
                }
            }
        }
    }

    #[test]
    fn no_count_is_too_large_to_be_refused() {
        assert_eq!(length(u64::MAX, 2), None);
        assert_eq!(length(1 << 62, 16), None);
        assert_eq!(length(1, 0), Some(80));
    }
}
