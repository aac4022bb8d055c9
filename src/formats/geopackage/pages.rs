//! The rows of a table, straight from the pages of the file.
//!
//! "Database File Format" (sqlite.org/fileformat2), sections 1.5 and 1.6: a table is a tree of
//! pages. Those inside say under which page the rows up to a number are; the leaves have the rows,
//! each with its number, and where a row is long a chain of further pages. SQLite's own way of
//! handing over rows, value by value, takes four times as long, and one core.
//!
//! Nothing here is believed: a page belongs to one place of the tree, numbers of rows go up, what
//! rows take fits on their page, and chains are no longer than the file.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use super::file_header::FileHeader;
use super::record::varint;
use crate::formats::pieces::read_into;

/// Deeper than any tree of four thousand million pages.
const DEPTH: usize = 20;

const LEAF: u8 = 0x0d;
const INNER: u8 = 0x05;
const INDEX_LEAF: u8 = 0x0a;
const INDEX_INNER: u8 = 0x02;

/// How many pages of a chain are read in one go.
const AHEAD: usize = 16;

/// Why rows cannot be read from the pages.
#[derive(Debug)]
pub(super) enum PageFail {
    /// The file cannot be read.
    Io(io::Error),
    /// A page (from 1) is not what it must be.
    Damaged(u32),
    /// The table is kept in another form, which SQLite reads.
    OtherForm,
}

/// What came of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    /// It was read.
    Whole,
    /// It is none.
    Damaged,
    /// Only SQLite knows what it means.
    OtherForm,
}

impl From<io::Error> for PageFail {
    fn from(error: io::Error) -> PageFail {
        PageFail::Io(error)
    }
}

/// The pages of a file.
pub(super) struct Pages<'a> {
    file: &'a File,
    page_size: usize,
    usable: usize,
    /// How many there are.
    count: u32,
    /// Bytes of chains that may still be read: a page belongs to one chain only.
    chained: AtomicU64,
}

impl<'a> Pages<'a> {
    /// The pages of a file of so many bytes.
    pub(super) fn of(file: &'a File, header: &FileHeader, size: u64) -> Pages<'a> {
        let page_size = header.page_size;
        let count = u32::try_from(size / page_size as u64).unwrap_or(u32::MAX);
        Pages { file, page_size, usable: header.usable, count, chained: AtomicU64::new(size) }
    }

    /// The leaves of the tree under a page, in the order of their rows.
    pub(super) fn leaves(&self, root: u32) -> Result<Vec<u32>, PageFail> {
        let mut seen = vec![0_u64; self.count as usize / 64 + 1];
        let mut buffer = Vec::new();
        let mut level = vec![root];
        for _ in 0..DEPTH {
            let mut below = Vec::new();
            for (at, page) in level.iter().enumerate() {
                let bytes = self.read(*page, &mut buffer)?;
                match bytes.first() {
                    // All leaves are equally deep.
                    Some(&LEAF) if at == 0 => return Ok(level),
                    Some(&INNER) => {}
                    Some(&(INDEX_LEAF | INDEX_INNER)) => return Err(PageFail::OtherForm),
                    _ => return Err(PageFail::Damaged(*page)),
                }
                children(bytes, &mut below).ok_or(PageFail::Damaged(*page))?;
            }
            for child in &below {
                let bit = 1 << (child % 64);
                let word = seen.get_mut(*child as usize / 64).ok_or(PageFail::Damaged(*child))?;
                if *word & bit != 0 {
                    return Err(PageFail::Damaged(*child));
                }
                *word |= bit;
            }
            level = below;
        }
        Err(PageFail::Damaged(root))
    }

    fn read<'b>(&self, page: u32, buffer: &'b mut Vec<u8>) -> Result<&'b [u8], PageFail> {
        self.read_run(page, 1, buffer)
    }

    /// Some pages one after another.
    fn read_run<'b>(
        &self,
        first: u32,
        pages: usize,
        buffer: &'b mut Vec<u8>,
    ) -> Result<&'b [u8], PageFail> {
        // The first page holds the names of the tables, and no rows of any.
        let end = u64::from(first) + pages as u64 - 1;
        if first < 2 || end > u64::from(self.count) {
            return Err(PageFail::Damaged(first));
        }
        let offset = u64::from(first - 1) * self.page_size as u64;
        Ok(read_into(self.file, buffer, pages * self.page_size, offset)?)
    }

    /// Leaves in runs that are about so many bytes of the file, with the chains between them.
    pub(super) fn runs(&self, leaves: &[u32], bytes: usize) -> Vec<Range<usize>> {
        let first = leaves.iter().min().copied().unwrap_or_default();
        let last = leaves.iter().max().copied().unwrap_or_default();
        let apart = ((last - first) as usize / leaves.len().max(1)).max(1);
        let each = (bytes / self.page_size / apart).max(1);
        let starts = (0..leaves.len()).step_by(each);
        starts.map(|start| start..(start + each).min(leaves.len())).collect()
    }

    /// Hands out the records of some leaves with their numbers, which go up.
    pub(super) fn each_record(
        &self,
        leaves: &[u32],
        buffer: &mut Vec<u8>,
        mut put: impl FnMut(i64, &[u8]) -> Taken,
    ) -> Result<(), PageFail> {
        let mut chain = Chain { pages: self, record: Vec::new(), window: Window::default() };
        let mut last = None;
        let mut rest = leaves;
        while let Some(first) = rest.first() {
            // Pages that follow each other in the file are read in one go.
            let pairs = rest.iter().zip(rest.iter().skip(1));
            let together = 1 + pairs.take_while(|(a, b)| a.checked_add(1) == Some(**b)).count();
            let run = self.read_run(*first, together, buffer)?;
            for (number, page) in (*first..).zip(run.chunks_exact(self.page_size)) {
                self.each_cell(number, page, &mut chain, &mut last, &mut put)?;
            }
            rest = rest.get(together..).unwrap_or_default();
        }
        Ok(())
    }

    fn each_cell(
        &self,
        number: u32,
        page: &[u8],
        chain: &mut Chain<'_, '_>,
        last: &mut Option<i64>,
        put: &mut impl FnMut(i64, &[u8]) -> Taken,
    ) -> Result<(), PageFail> {
        let damaged = || PageFail::Damaged(number);
        let page = page.get(..self.usable).ok_or_else(damaged)?;
        let [LEAF, _, _, high, low, _, _, _, pointers @ ..] = page else { return Err(damaged()) };
        let count = usize::from(u16::from_be_bytes([*high, *low]));
        let (pointers, _) = pointers.as_chunks::<2>();
        let mut taken = 0;
        for pointer in pointers.get(..count).ok_or_else(damaged)? {
            let start = usize::from(u16::from_be_bytes(*pointer));
            let cell = page.get(start..).ok_or_else(damaged)?;
            let mut at = 0;
            let length = varint(cell, &mut at).ok_or_else(damaged)?;
            let row = varint(cell, &mut at).ok_or_else(damaged)?.cast_signed();
            if last.replace(row).is_some_and(|last| last >= row) {
                return Err(damaged());
            }
            let here = self.local(length);
            let body = cell.get(at..).and_then(|rest| rest.get(..here)).ok_or_else(damaged)?;
            taken += at + here + 2;
            if taken > self.usable {
                return Err(damaged());
            }
            let taken_as = if here as u64 == length {
                put(row, body)
            } else {
                let next = cell.get(at + here..).and_then(|rest| rest.first_chunk::<4>());
                let next = u32::from_be_bytes(*next.ok_or_else(damaged)?);
                put(row, chain.follow(body, next, length)?)
            };
            match taken_as {
                Taken::Whole => {}
                Taken::Damaged => return Err(damaged()),
                Taken::OtherForm => return Err(PageFail::OtherForm),
            }
        }
        Ok(())
    }

    /// How many bytes of a record are on its leaf.
    fn local(&self, length: u64) -> usize {
        let most = self.usable - 35;
        match usize::try_from(length) {
            Ok(length) if length <= most => length,
            _ => {
                let least = (self.usable - 12) * 32 / 255 - 23;
                let beyond = (length - least as u64) % (self.usable as u64 - 4);
                let here = least + usize::try_from(beyond).unwrap_or_default();
                if here <= most { here } else { least }
            }
        }
    }
}

/// The pages under an inner page.
fn children(page: &[u8], into: &mut Vec<u32>) -> Option<()> {
    let [_, _, _, high, low, _, _, _, rest @ ..] = page else { return None };
    let (right, pointers) = rest.split_first_chunk::<4>()?;
    let count = usize::from(u16::from_be_bytes([*high, *low]));
    for pointer in pointers.as_chunks::<2>().0.get(..count)? {
        let cell = page.get(usize::from(u16::from_be_bytes(*pointer))..)?;
        into.push(u32::from_be_bytes(*cell.first_chunk::<4>()?));
    }
    into.push(u32::from_be_bytes(*right));
    Some(())
}

/// Reads records that go on beyond their page.
struct Chain<'p, 'f> {
    pages: &'p Pages<'f>,
    record: Vec<u8>,
    window: Window,
}

impl Chain<'_, '_> {
    /// The whole record of so many bytes: its start, and what the chain from a page on has.
    fn follow(&mut self, start: &[u8], mut next: u32, length: u64) -> Result<&[u8], PageFail> {
        let more = length.saturating_sub(start.len() as u64);
        let left = &self.pages.chained;
        let take = |left: u64| left.checked_sub(more);
        let allowed = left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take);
        let (Ok(_), Ok(length)) = (allowed, usize::try_from(length)) else {
            return Err(PageFail::Damaged(next));
        };
        self.record.clear();
        self.record.extend_from_slice(start);
        while self.record.len() < length {
            let missing = length - self.record.len();
            let page = self.window.page(self.pages, next, missing)?;
            let (after, content) = page.split_first_chunk::<4>().ok_or(PageFail::Damaged(next))?;
            let here = content.get(..content.len().min(missing)).unwrap_or_default();
            self.record.extend_from_slice(here);
            next = u32::from_be_bytes(*after);
        }
        Ok(&self.record)
    }
}

/// Some pages read ahead: those of a chain mostly follow each other.
#[derive(Default)]
struct Window {
    bytes: Vec<u8>,
    first: u32,
}

impl Window {
    /// A page of a chain of which so many bytes are still missing.
    fn page(&mut self, pages: &Pages<'_>, number: u32, missing: usize) -> Result<&[u8], PageFail> {
        let size = pages.page_size;
        let inside = |first: u32| number.checked_sub(first).map(|at| at as usize * size);
        let there = inside(self.first).filter(|at| at + size <= self.bytes.len());
        let at = if let Some(at) = there {
            at
        } else {
            let left = pages.count.saturating_sub(number) as usize + 1;
            let wanted = (missing / (pages.usable - 4) + 1).min(AHEAD).min(left);
            // Nothing is there if reading fails.
            self.first = number;
            let failed = pages.read_run(number, wanted, &mut self.bytes).map(|_| ());
            if failed.is_err() {
                self.bytes.clear();
            }
            failed?;
            0
        };
        self.bytes.get(at..at + pages.usable).ok_or(PageFail::Damaged(number))
    }
}
