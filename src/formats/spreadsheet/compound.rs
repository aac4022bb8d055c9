//! Streams in a compound file ([MS-CFB]), which older office files are and locked newer ones too.
//!
//! No chain of sectors is followed for longer than the file has sectors: damage may close it to a
//! ring.

use super::bytes::Bytes;
use super::fault::Fault;

/// How every compound file begins.
pub(super) const MAGIC: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
/// Streams below this stand in small sectors.
const SMALL_STREAM: usize = 4096;
/// Bytes of a small sector.
const SMALL: usize = 64;
/// Numbers from here on are no sectors.
const NO_SECTOR: u32 = 0xFFFF_FFFA;

/// A compound file in memory.
pub(super) struct Compound<'a> {
    file: &'a [u8],
    sector: usize,
    /// Which sector follows which.
    next: Vec<u32>,
    entries: Vec<Entry>,
    small_next: Vec<u32>,
    /// The small sectors.
    small: Vec<u8>,
}

struct Entry {
    name: String,
    start: u32,
    length: usize,
}

impl<'a> Compound<'a> {
    /// Reads the directory of a file.
    ///
    /// # Errors
    /// When the file is no compound file or is damaged.
    pub(super) fn read(file: &'a [u8]) -> Result<Compound<'a>, Fault> {
        let mut header = Bytes(file.get(..512).ok_or_else(damaged)?);
        if header.take(8) != Some(MAGIC) {
            return Err(damaged());
        }
        header.take(22);
        let sector = match header.u16() {
            Some(9) => 512,
            Some(12) => 4096,
            _ => return Err(damaged()),
        };
        header.take(16);
        let directory = header.u32().ok_or_else(damaged)?;
        header.take(8);
        let small_start = header.u32().ok_or_else(damaged)?;
        header.take(4);
        let more = header.u32().ok_or_else(damaged)?;
        header.take(4);
        let mut compound = Compound {
            file,
            sector,
            next: Vec::new(),
            entries: Vec::new(),
            small_next: Vec::new(),
            small: Vec::new(),
        };
        compound.read_table(header, more)?;
        let entries = compound.chain(directory, usize::MAX)?;
        let (entries, _) = entries.as_chunks::<128>();
        compound.entries = entries.iter().filter_map(|entry| entry_of(entry, sector)).collect();
        let root = compound.entries.first().map(|root| (root.start, root.length));
        let (start, length) = root.ok_or_else(damaged)?;
        compound.small_next = numbers(&compound.chain(small_start, usize::MAX)?);
        compound.small = compound.chain(start, length)?;
        Ok(compound)
    }

    /// Reads which sector follows which: a table in sectors that the header lists, and further
    /// sectors that list more.
    fn read_table(&mut self, mut header: Bytes<'_>, mut more: u32) -> Result<(), Fault> {
        let mut listed = Vec::new();
        while let Some(sector) = header.u32() {
            listed.push(sector);
        }
        let sectors = self.file.len() / self.sector + 1;
        let mut rounds = 0;
        while more < NO_SECTOR && rounds <= sectors {
            let mut list = numbers(self.sector(more).ok_or_else(damaged)?);
            more = list.pop().unwrap_or(NO_SECTOR);
            listed.append(&mut list);
            rounds += 1;
        }
        listed.retain(|sector| *sector < NO_SECTOR);
        listed.truncate(sectors);
        for sector in listed {
            let part = numbers(self.sector(sector).ok_or_else(damaged)?);
            self.next.extend(part);
        }
        Ok(())
    }

    fn sector(&self, at: u32) -> Option<&'a [u8]> {
        let start = usize::try_from(at).ok()?.checked_add(1)?.checked_mul(self.sector)?;
        // The last one may be cut short.
        let end = start.checked_add(self.sector)?.min(self.file.len());
        self.file.get(start..end).filter(|sector| !sector.is_empty())
    }

    /// The bytes of a chain of sectors, at most so many.
    fn chain(&self, start: u32, length: usize) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::new();
        let mut at = start;
        // A ring would be longer than the file.
        while at < NO_SECTOR && bytes.len() < length {
            let sector = self.sector(at).ok_or_else(damaged)?;
            if bytes.len() > self.file.len() {
                return Err(damaged());
            }
            bytes.extend_from_slice(sector);
            at = usize::try_from(at)
                .ok()
                .and_then(|at| self.next.get(at))
                .copied()
                .unwrap_or(NO_SECTOR);
        }
        bytes.truncate(length);
        Ok(bytes)
    }

    fn small_chain(&self, start: u32, length: usize) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::new();
        let mut at = start;
        while at < NO_SECTOR && bytes.len() < length {
            let place = usize::try_from(at).map_err(|_| damaged())?;
            let start = place.checked_mul(SMALL).ok_or_else(damaged)?;
            let end = start.saturating_add(SMALL).min(self.small.len());
            let sector = self.small.get(start..end).filter(|sector| !sector.is_empty());
            bytes.extend_from_slice(sector.ok_or_else(damaged)?);
            at = self.small_next.get(place).copied().unwrap_or(NO_SECTOR);
        }
        bytes.truncate(length);
        Ok(bytes)
    }

    /// Whether there is a stream of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// A stream by its name; none where there is none.
    ///
    /// # Errors
    /// When its sectors are not there.
    pub(super) fn stream(&self, name: &str) -> Result<Option<Vec<u8>>, Fault> {
        let entry = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name));
        let Some(entry) = entry else { return Ok(None) };
        let is_small = entry.length < SMALL_STREAM;
        let bytes = if is_small {
            self.small_chain(entry.start, entry.length)
        } else {
            self.chain(entry.start, entry.length)
        };
        bytes.map(Some)
    }
}

fn entry_of(entry: &[u8; 128], sector: usize) -> Option<Entry> {
    let mut bytes = Bytes(entry);
    let name = bytes.utf16(32)?;
    let name = name.split('\0').next().unwrap_or_default().to_owned();
    bytes.take(116 - 64)?;
    let start = bytes.u32()?;
    let low = bytes.length()?;
    // Only the larger sectors have lengths of more than 32 bits.
    let high = if sector > 512 { bytes.length()? } else { 0 };
    Some(Entry { name, start, length: if high == 0 { low } else { usize::MAX } })
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    let (fours, _) = bytes.as_chunks::<4>();
    fours.iter().map(|four| u32::from_le_bytes(*four)).collect()
}

fn damaged() -> Fault {
    Fault::Damaged("OLE".to_owned())
}
