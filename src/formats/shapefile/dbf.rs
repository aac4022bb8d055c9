//! Reads the .dbf file: the attributes, and tables on their own.
//!
//! dBASE III and IV, and what Visual FoxPro added. Header of 32 bytes (version, date, number of
//! records, lengths of header and record, language byte at 29), 32 bytes for each field, a byte
//! 0x0D; then records of fixed length, each after a byte that is `*` when it is deleted.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::sync::Arc;

use arrow_array::ArrayRef;

use super::dbf_column::Column;
use crate::formats::charset::{Charset, Decision, Declared, Sniffer};
use crate::formats::pieces::{Cut, read_into};
use crate::i18n::{Arg, Message};
use crate::jobs::{Watch, in_parallel};
use crate::problem::{FileError, Place, Problems};
use crate::table::{EncodingSource, Field, TextEvidence};

/// The attributes of all records that are not deleted.
#[derive(Debug, Default)]
pub(super) struct Attributes {
    pub(super) fields: Vec<Field>,
    pub(super) columns: Vec<ArrayRef>,
    /// Rows in the columns.
    pub(super) rows: usize,
    /// One flag for each record of the file.
    pub(super) deleted: Vec<bool>,
    /// The name of the encoding texts were read with.
    pub(super) encoding: Option<&'static str>,
    /// What speaks for which encoding.
    pub(super) texts: Option<Arc<TextEvidence>>,
}

/// A table's fixed part.
#[derive(Debug)]
struct Header {
    records: u64,
    start: u64,
    record_length: usize,
    language: u8,
    fields: Vec<FieldHeader>,
}

#[derive(Debug, PartialEq)]
struct FieldHeader {
    name: Vec<u8>,
    letter: u8,
    offset: usize,
    length: usize,
    decimals: u8,
}

/// Whether the first bytes of a file look like a dBASE header.
pub(super) fn looks_like_dbf(head: &[u8]) -> bool {
    let Some(&[version, _, month, day, _, _, _, _, h0, h1, r0, r1, ..]) = head.first_chunk::<32>()
    else {
        return false;
    };
    let known = matches!(version, 0x03 | 0x30..=0x32 | 0x43 | 0x63 | 0x83 | 0x8b | 0xcb | 0xf5);
    let start = u16::from_le_bytes([h0, h1]);
    known && month <= 12 && day <= 31 && start >= 33 && u16::from_le_bytes([r0, r1]) > 0
}

impl Header {
    fn read(path: &Path, file: &mut impl Read, size: u64) -> Result<Header, FileError> {
        let bad = |id: &'static str, at| FileError::new(path, Message::new(id)).at(Place::Byte(at));
        let mut head = [0; 32];
        file.read_exact(&mut head).map_err(|_| bad("dbf-error-truncated-header", size))?;
        let [version, _, _, _, n0, n1, n2, n3, h0, h1, r0, r1, ..] = head;
        if matches!(version, 0x02 | 0x04 | 0x8c) {
            return Err(bad("dbf-error-version", 0).remedy(Message::new("dbf-error-remedy")));
        }
        let start = u64::from(u16::from_le_bytes([h0, h1]));
        let record_length = usize::from(u16::from_le_bytes([r0, r1]));
        if start < 33 || record_length == 0 {
            return Err(bad("dbf-error-magic", 0).remedy(Message::new("dbf-error-remedy")));
        }
        if start > size {
            return Err(bad("dbf-error-truncated-header", size));
        }
        let mut body = vec![0; usize::from(u16::from_le_bytes([h0, h1])) - 32];
        file.read_exact(&mut body).map_err(|error| FileError::io(path, &error))?;
        let fields = field_headers(&body, record_length);
        if fields.is_empty() {
            return Err(bad("dbf-error-magic", 32).remedy(Message::new("dbf-error-remedy")));
        }
        let [.., language, _, _] = head;
        let records = u64::from(u32::from_le_bytes([n0, n1, n2, n3]));
        Ok(Header { records, start, record_length, language, fields })
    }
}

/// The fields, up to the byte that ends their list.
fn field_headers(body: &[u8], record_length: usize) -> Vec<FieldHeader> {
    let entries = body.as_chunks::<32>().0.iter().take_while(|entry| entry.first() != Some(&0x0d));
    let mut fields: Vec<FieldHeader> = entries
        .map(|entry| {
            let (name, rest) = entry.split_at(11);
            let end = memchr::memchr(0, name).unwrap_or(name.len());
            let name = name.get(..end).unwrap_or_default().trim_ascii().to_vec();
            let byte = |at: usize| rest.get(at).copied().unwrap_or(0);
            let (letter, length, decimals) = (byte(0), usize::from(byte(5)), byte(6));
            FieldHeader { name, letter, offset: 0, length, decimals }
        })
        .collect();
    // Clipper and FoxPro keep the high byte of a long text field's length where the decimals are;
    // others put anything there. The length of the record tells which.
    let long = |field: &FieldHeader| match field.letter {
        b'C' => field.length + 256 * usize::from(field.decimals),
        _ => field.length,
    };
    let plain_sum: usize = fields.iter().map(|field| field.length).sum();
    let long_sum: usize = fields.iter().map(long).sum();
    let is_long = plain_sum + 1 != record_length && long_sum + 1 == record_length;
    let mut offset = 1;
    for field in &mut fields {
        if is_long {
            field.length = long(field);
        }
        field.offset = offset;
        offset += field.length;
    }
    fields
}

/// Some records one after another, read. Columns are none for fields that are hidden.
struct Records {
    columns: Vec<Option<Column>>,
    rows: usize,
    deleted: Vec<bool>,
    sniffer: Sniffer,
}

impl Records {
    fn new(header: &Header) -> Records {
        let column = |field: &FieldHeader| Column::new(field.letter, field.length, field.decimals);
        let columns = header.fields.iter().map(|field| Some(column(field)?.0)).collect();
        Records { columns, rows: 0, deleted: Vec::new(), sniffer: Sniffer::default() }
    }

    fn of(header: &Header, bytes: &[u8]) -> Records {
        let mut made = Records::new(header);
        let records = || bytes.chunks_exact(header.record_length);
        let is_deleted = |record: &[u8]| record.first() == Some(&b'*');
        made.deleted = records().map(is_deleted).collect();
        made.rows = made.deleted.iter().filter(|deleted| !**deleted).count();
        for (column, field) in made.columns.iter_mut().zip(&header.fields) {
            let Some(column) = column else { continue };
            // Fields beyond the record's end are empty.
            let end = (field.offset + field.length).min(header.record_length);
            let place = field.offset.min(end)..end;
            for (row, record) in (1..).zip(records().filter(|record| !is_deleted(record))) {
                let raw = record.get(place.clone()).unwrap_or_default();
                column.push(raw, row, &mut made.sniffer);
            }
        }
        made
    }

    /// Adds the records that follow.
    fn append(&mut self, other: Records) {
        for (mine, theirs) in self.columns.iter_mut().zip(other.columns) {
            if let (Some(mine), Some(theirs)) = (mine, theirs) {
                mine.append(theirs);
            }
        }
        self.rows += other.rows;
        self.deleted.extend(other.deleted);
        self.sniffer.append(&other.sniffer);
    }
}

/// Reads a table. `chosen` is the encoding the person chose.
///
/// # Errors
/// When the header cannot be read, or the person cancelled.
pub(super) fn read(
    path: &Path,
    cpg: Option<&Path>,
    chosen: Option<&str>,
    cut: Cut,
    watch: &Watch,
    problems: &mut Problems,
) -> Result<Attributes, FileError> {
    let failed = |error: &std::io::Error| FileError::io(path, error);
    let file = File::open(path).map_err(|error| failed(&error))?;
    let size = file.metadata().map_err(|error| failed(&error))?.len();
    let header = Header::read(path, &mut BufReader::new(&file), size)?;
    let there = (size - header.start) / header.record_length as u64;
    let records = header.records.min(there);
    problems.add("problem-dbf-cut-off", header.records - records);

    let each = cut.items(header.record_length);
    let count = usize::try_from(records).unwrap_or(usize::MAX).div_ceil(each);
    let mut whole = Records::new(&header);
    let make = |piece: usize, buffer: &mut Vec<u8>| {
        watch.check().map_err(|_| FileError::cancelled(path))?;
        let first = piece as u64 * each as u64;
        let length = usize::try_from(records - first).map_or(each, |rest| rest.min(each));
        let (bytes, offset) = (length * header.record_length, first * header.record_length as u64);
        let bytes = read_into(&file, buffer, bytes, header.start + offset);
        let bytes = bytes.map_err(|error| failed(&error))?;
        watch.advance(bytes.len() as u64);
        Ok(Records::of(&header, bytes))
    };
    cut.in_order(count, make, |piece| {
        whole.append(piece);
        Ok(())
    })?;
    header.fields.iter().for_each(|field| whole.sniffer.look(&field.name));
    let decision = choose(&whole.sniffer, header.language, cpg, chosen, problems);
    finish(path, &header, whole, decision, problems)
}

/// Names and decodes the columns.
fn finish(
    path: &Path,
    header: &Header,
    whole: Records,
    decision: Decision,
    problems: &mut Problems,
) -> Result<Attributes, FileError> {
    let Records { columns, rows, deleted, .. } = whole;
    let Decision { used: charset, evidence, .. } = decision;
    let (encoding, texts) = (Some(charset.name()), Some(Arc::new(evidence)));
    let mut attributes = Attributes { rows, deleted, encoding, texts, ..Attributes::default() };
    let mut names = Names::default();
    let mut named = Vec::new();
    for (at, (column, field)) in columns.into_iter().zip(&header.fields).enumerate() {
        let Some(column) = column else { continue };
        let mut found = Problems::new();
        let name = names.unique(&charset.decode(&field.name).0, at + 1, &mut found);
        if Column::new(field.letter, field.length, field.decimals).is_some_and(|made| made.1) {
            let args = vec![("type", Arg::Text(char::from(field.letter).to_string()))];
            let place = Place::Field(name.clone());
            found.report("problem-dbf-unknown-type", 1, args, Some(place));
        }
        named.push((name, column, found));
    }
    let finished = in_parallel(named, |(name, column, mut found)| {
        let (kind, array) = column.finish(&name, charset, &mut found).ok_or_else(|| {
            FileError::new(path, Message::new("dbf-error-too-much-text"))
                .at(Place::Field(name.clone()))
        })?;
        Ok((Field::new(name, kind), array, found))
    });
    for made in finished {
        let (field, array, found) = made?;
        problems.extend(found);
        attributes.fields.push(field);
        attributes.columns.push(array);
    }
    Ok(attributes)
}

/// The encoding of the texts: the person's choice, else the .cpg, else the language byte, unless
/// the bytes speak against it.
fn choose(
    sniffer: &Sniffer,
    language: u8,
    cpg: Option<&Path>,
    chosen: Option<&str>,
    problems: &mut Problems,
) -> Decision {
    let chosen = chosen.and_then(Charset::by_label);
    let label = cpg.and_then(|path| std::fs::read(path).ok());
    let label = label.map(|bytes| {
        let start = bytes.get(..64).unwrap_or(&bytes);
        String::from_utf8_lossy(start).trim().to_owned()
    });
    let by_cpg = label.as_deref().and_then(Charset::by_label);
    if let Some(label) = label.filter(|label| by_cpg.is_none() && !label.is_empty())
        && chosen.is_none()
    {
        let args = vec![("label", Arg::Text(label))];
        problems.report("problem-dbf-unknown-encoding", 1, args, None);
    }
    let declared = [
        (EncodingSource::Cpg, by_cpg),
        (EncodingSource::LanguageByte, Charset::by_language_byte(language)),
    ];
    let declared = declared
        .into_iter()
        .filter_map(|(by, charset)| charset.map(|charset| Declared { by, charset }));
    let decision = sniffer.decide(&declared.collect::<Vec<_>>(), chosen);
    if let Some(overruled) = decision.overruled {
        let args = vec![
            ("declared", Arg::Text(overruled.name().to_owned())),
            ("used", Arg::Text(decision.used.name().to_owned())),
        ];
        problems.report("problem-dbf-encoding-differs", 1, args, None);
    }
    decision
}

/// Field names given so far.
#[derive(Default)]
struct Names(std::collections::HashSet<String>);

impl Names {
    /// The name, or one with a number where it is empty or taken.
    fn unique(&mut self, name: &str, number: usize, problems: &mut Problems) -> String {
        let base = match name.trim() {
            "" => format!("field_{number}"),
            name => name.to_owned(),
        };
        let numbered = (2..).map(|count: u64| format!("{base}_{count}"));
        let made = std::iter::once(base.clone()).chain(numbered);
        let made = made.into_iter().find(|name| !self.0.contains(name)).unwrap_or_default();
        if made != name {
            let args = vec![("from", Arg::Text(name.to_owned())), ("to", Arg::Text(made.clone()))];
            problems.report("problem-dbf-field-renamed", 1, args, None);
        }
        self.0.insert(made.clone());
        made
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &[u8], letter: u8, length: u8, decimals: u8) -> Vec<u8> {
        let mut entry = name.to_vec();
        entry.resize(11, 0);
        entry.extend([letter, 0, 0, 0, 0, length, decimals]);
        entry.resize(32, 0);
        entry
    }

    #[test]
    fn long_text_fields_are_found_by_the_record_length() {
        let body = [entry(b"TEXT", b'C', 44, 1), entry(b"N", b'N', 5, 1), vec![0x0d]].concat();
        let lengths = |record| {
            field_headers(&body, record).iter().map(|f| (f.offset, f.length)).collect::<Vec<_>>()
        };
        assert_eq!(lengths(1 + 300 + 5), [(1, 300), (301, 5)]);
        assert_eq!(lengths(1 + 44 + 5), [(1, 44), (45, 5)]);
    }

    #[test]
    fn names_are_unique() {
        let mut names = Names::default();
        let mut problems = Problems::new();
        let mut made = |name| names.unique(name, 4, &mut problems);
        assert_eq!([made("a"), made("a_2"), made("a"), made("")], ["a", "a_2", "a_3", "field_4"]);
        assert_eq!(problems.count("problem-dbf-field-renamed"), 2);
    }
}
