//! The header of a FlatGeobuf file: what its rows are, and where they begin.

use flatbuffers::{Follow, Verifiable, VerifierOptions};
use flatgeobuf::{
    Column as RawColumn, ColumnType, Crs as RawCrs, GeometryType, Header as RawHeader,
};

use super::tree;
use crate::formats::source::Source;
use crate::i18n::Message;
use crate::problem::{FileError, Place};

/// What every file begins with: the name, the version of the format, the name, a patch number.
pub(super) const MAGIC: [u8; 8] = *b"fgb\x03fgb\x00";
/// The version in the magic bytes.
const VERSION: u8 = 3;
/// A header is read whole, so it has a limit; the format's own library has one of 10 MiB.
const LARGEST_HEADER: u64 = 64 << 20;

/// What a file says of itself.
#[derive(Debug, PartialEq)]
pub(super) struct Header {
    pub name: Option<String>,
    pub title: Option<String>,
    pub description: Option<String>,
    /// JSON text.
    pub metadata: Option<String>,
    /// The type of all geometries; [`GeometryType::Unknown`] where each has its own.
    pub geometry: GeometryType,
    pub columns: Vec<Column>,
    pub crs: Option<CrsTexts>,
    /// How many features follow; none where the writer did not know.
    pub count: Option<u64>,
    /// How many boxes of the index share a box above them; none without an index.
    pub fan_out: Option<u16>,
    /// Where the index begins, from the start of the file.
    pub index: u64,
    /// Where the features begin.
    pub features: u64,
}

/// A column of attributes.
#[derive(Debug, PartialEq)]
pub(super) struct Column {
    pub name: String,
    pub kind: ColumnType,
    pub title: Option<String>,
    pub description: Option<String>,
}

/// How the file names its CRS.
#[derive(Debug, Default, PartialEq)]
pub(super) struct CrsTexts {
    pub authority: Option<String>,
    pub code: Option<i32>,
    /// For codes that are no numbers.
    pub code_text: Option<String>,
    pub wkt: Option<String>,
}

/// Whether a file begins as every FlatGeobuf file does.
pub(super) fn is_magic(start: &[u8]) -> bool {
    matches!(start, [b'f', b'g', b'b', version, b'f', b'g', b'b', _, ..] if *version <= VERSION)
}

/// A flatbuffer whose every offset was checked; none where one leads astray.
///
/// Tables may be shared within a flatbuffer: what all of them would be without sharing is bounded
/// by what the bytes could be meant to hold.
pub(super) fn verified<'b, T: Follow<'b> + Verifiable + 'b>(bytes: &'b [u8]) -> Option<T::Inner> {
    let limits = VerifierOptions {
        max_apparent_size: bytes.len().saturating_mul(8).saturating_add(1024),
        ..VerifierOptions::default()
    };
    flatbuffers::size_prefixed_root_with_opts::<T>(&limits, bytes).ok()
}

impl Header {
    /// Reads it.
    ///
    /// # Errors
    /// When the file is no FlatGeobuf file, or its header is damaged.
    pub(super) fn read(source: &dyn Source) -> Result<Header, FileError> {
        let path = source.path();
        let mut start = [0; 12];
        let there = usize::try_from(source.length()).unwrap_or(usize::MAX).min(start.len());
        if let Some(start) = start.get_mut(..there) {
            source.read_at(0, start)?;
        }
        if !is_magic(&start) {
            let what = Message::new("flatgeobuf-error-magic");
            let remedy = Message::new("flatgeobuf-error-magic-remedy");
            return Err(FileError::new(path, what).at(Place::Byte(0)).remedy(remedy));
        }
        let damaged = || {
            FileError::new(path, Message::new("flatgeobuf-error-header"))
                .at(Place::Byte(8))
                .remedy(Message::new("remedy-get-again"))
        };
        let [.., a, b, c, d] = start;
        let length = u64::from(u32::from_le_bytes([a, b, c, d]));
        let rest = source.length().saturating_sub(12);
        if there < start.len() || length > rest || length > LARGEST_HEADER {
            return Err(damaged());
        }
        let mut bytes = vec![0; usize::try_from(4 + length).unwrap_or_default()];
        source.read_at(8, &mut bytes)?;
        let raw = verified::<RawHeader<'_>>(&bytes);
        let mut header = Header::of(raw.ok_or_else(damaged)?, 12 + length);
        header.features = match (header.count, header.fan_out) {
            (Some(count), Some(fan_out)) => tree::length(count, fan_out)
                .and_then(|length| header.index.checked_add(length))
                .filter(|end| *end <= source.length())
                .ok_or_else(|| {
                    FileError::new(path, Message::new("flatgeobuf-error-index"))
                        .at(Place::Byte(header.index))
                        .remedy(Message::new("remedy-get-again"))
                })?,
            _ => header.index,
        };
        Ok(header)
    }

    fn of(raw: RawHeader<'_>, end: u64) -> Header {
        let columns = raw.columns().into_iter().flat_map(|columns| columns.iter());
        let count = Some(raw.features_count()).filter(|count| *count > 0);
        let fan_out = Some(raw.index_node_size()).filter(|size| *size > 0 && count.is_some());
        Header {
            name: owned(raw.name()),
            title: owned(raw.title()),
            description: owned(raw.description()),
            metadata: owned(raw.metadata()),
            geometry: raw.geometry_type(),
            columns: columns.map(Column::of).collect(),
            crs: raw.crs().map(CrsTexts::of),
            count,
            fan_out,
            index: end,
            features: end,
        }
    }
}

impl Column {
    fn of(raw: RawColumn<'_>) -> Column {
        Column {
            name: raw.name().to_owned(),
            kind: raw.type_(),
            title: owned(raw.title()),
            description: owned(raw.description()),
        }
    }
}

impl CrsTexts {
    fn of(raw: RawCrs<'_>) -> CrsTexts {
        CrsTexts {
            authority: owned(raw.org()),
            code: Some(raw.code()).filter(|code| *code > 0),
            code_text: owned(raw.code_string()),
            wkt: owned(raw.wkt()),
        }
    }
}

/// A text that says something.
fn owned(text: Option<&str>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty()).map(str::to_owned)
}
