//! A Parquet file: its footer, and the bytes of its columns, within limits.
//!
//! The library `parquet` panics on some damage and makes room for what a file claims. Everything
//! that it does with the bytes of a file goes through [`guarded`], after a look at the claims.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arrow_array::{Array, ArrayRef};
use arrow_schema::{DataType, Field, FieldRef, Fields, Schema};
use parquet::DecodeResult;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions};
use parquet::arrow::push_decoder::ParquetPushDecoderBuilder;
use parquet::basic::LogicalType;
use parquet::errors::ParquetError;
use parquet::file::metadata::ParquetMetaDataReader;

use super::thrift;
use crate::formats::source::Source;
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::problem::{FileError, Place};

/// What every file begins and ends with.
pub(super) const MAGIC: &[u8; 4] = b"PAR1";
/// Instead of it, where the footer is encrypted.
const ENCRYPTED: &[u8; 4] = b"PARE";
/// The bytes after the metadata: how long it is, and the magic.
const TAIL: u64 = 8;

/// What any file may unpack to, and how many times its size beyond that. Columns of few different
/// values are packed well; more than this is no data.
const ALWAYS_ALLOWED: u64 = 256 << 20;
const GROWTH: u64 = 256;

/// Rows that are decoded in one go.
const BATCH: usize = 1 << 16;

/// An open file.
pub(super) struct ParquetFile<'s> {
    pub source: &'s dyn Source,
    pub metadata: ArrowReaderMetadata,
    /// What the pages read so far claimed to unpack to.
    unpacked: AtomicU64,
}

impl<'s> ParquetFile<'s> {
    /// Reads the footer.
    ///
    /// # Errors
    /// When the file is no Parquet file, is damaged, or claims to be larger than it can be.
    pub(super) fn open(source: &'s dyn Source) -> Result<ParquetFile<'s>, FileError> {
        let path = source.path();
        let length = source.length();
        let not_parquet = || {
            FileError::new(path, Message::new("geoparquet-error-magic"))
                .remedy(Message::new("geoparquet-error-magic-remedy"))
        };
        let mut start = [0; 4];
        if length < 4 {
            return Err(not_parquet());
        }
        source.read_at(0, &mut start)?;
        if start != *MAGIC && start != *ENCRYPTED {
            return Err(not_parquet());
        }
        let cut_off = || {
            let what = Message::new("geoparquet-error-cut-off");
            FileError::new(path, what).at(Place::Byte(length)).remedy(get_again())
        };
        let mut tail = [0; 8];
        source.read_at(length.checked_sub(TAIL).ok_or_else(cut_off)?, &mut tail)?;
        let [a, b, c, d, end @ ..] = tail;
        if end == *ENCRYPTED {
            return Err(FileError::new(path, Message::new("geoparquet-error-encrypted")));
        }
        let size = u64::from(u32::from_le_bytes([a, b, c, d]));
        if end != *MAGIC || size > length.saturating_sub(TAIL + 4) {
            return Err(cut_off());
        }
        let offset = length - TAIL - size;
        let mut bytes = vec![0; usize::try_from(size).unwrap_or_default()];
        source.read_at(offset, &mut bytes)?;
        let damaged = |error: ParquetError| {
            let what = Message::new("geoparquet-error-footer").text("detail", error.to_string());
            FileError::new(path, what).at(Place::Byte(offset)).remedy(get_again())
        };
        let groups = thrift::row_groups(&bytes);
        if !groups.is_ok_and(|groups| groups <= size) {
            return Err(damaged(ParquetError::EOF("row groups".to_owned())));
        }
        let metadata = guarded(|| ParquetMetaDataReader::decode_metadata(&bytes));
        let metadata = Arc::new(metadata.map_err(damaged)?);
        let metadata = guarded(|| {
            let options = ArrowReaderOptions::new();
            let found = ArrowReaderMetadata::try_new(Arc::clone(&metadata), options);
            // What the writer kept of Arrow's own types may contradict the file.
            let found = found.or_else(|_| {
                let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
                ArrowReaderMetadata::try_new(Arc::clone(&metadata), options)
            })?;
            // Texts as pointers into the pages: few different ones then take no room for each row.
            let viewed = Schema::new(viewed_fields(found.schema().fields()));
            let viewed = viewed.with_metadata(found.schema().metadata().clone());
            let options = ArrowReaderOptions::new().with_schema(Arc::new(viewed));
            Ok(ArrowReaderMetadata::try_new(metadata, options).unwrap_or(found))
        });
        let metadata = metadata.map_err(damaged)?;
        let file = ParquetFile { source, metadata, unpacked: AtomicU64::new(0) };
        file.check_claims()?;
        Ok(file)
    }

    /// The top-level columns.
    pub(super) fn fields(&self) -> &Fields {
        self.metadata.schema().fields()
    }

    /// The rows of each row group.
    pub(super) fn row_groups(&self) -> Vec<usize> {
        let groups = self.metadata.metadata().row_groups().iter();
        groups.map(|group| usize::try_from(group.num_rows()).unwrap_or_default()).collect()
    }

    /// Holds what the columns would take in memory against the size of the file.
    fn check_claims(&self) -> Result<(), FileError> {
        let groups = self.metadata.metadata().row_groups();
        let rows = groups.iter().map(|group| u64::try_from(group.num_rows()).unwrap_or(u64::MAX));
        let rows = rows.fold(0, u64::saturating_add);
        let columns = self.metadata.parquet_schema().num_columns().max(1);
        // A number or the place of a text takes eight bytes.
        let claimed = rows.saturating_mul(8).saturating_mul(columns as u64);
        let countable = u32::try_from(rows).is_ok();
        if claimed > self.allowed() || !countable {
            let what = Message::new("geoparquet-error-rows").count("rows", rows);
            return Err(FileError::new(self.source.path(), what).remedy(get_again()));
        }
        Ok(())
    }

    /// The most bytes that the file may unpack to.
    fn allowed(&self) -> u64 {
        self.source.length().saturating_mul(GROWTH).saturating_add(ALWAYS_ALLOWED)
    }

    /// A top-level column of a row group, as pieces of up to [`BATCH`] rows.
    ///
    /// # Errors
    /// When it cannot be read, claims to unpack to more than it can, or the person cancelled.
    pub(super) fn column(
        &self,
        group: usize,
        column: usize,
        watch: &Watch,
    ) -> Result<Vec<ArrayRef>, FileError> {
        let path = self.source.path();
        let name = self.fields().get(column).map_or("", |field| field.name());
        let damaged = |error: ParquetError| {
            let what = Message::new("geoparquet-error-column").text("detail", error.to_string());
            let place = Place::Field(name.to_owned());
            FileError::new(path, what).at(place).remedy(get_again())
        };
        let mut decoder = guarded(|| {
            let mask = ProjectionMask::roots(self.metadata.parquet_schema(), [column]);
            ParquetPushDecoderBuilder::new_with_metadata(self.metadata.clone())
                .with_row_groups(vec![group])
                .with_projection(mask)
                .with_batch_size(BATCH)
                .build()
        })
        .map_err(damaged)?;
        let is_unseen = self.is_unseen(column);
        let mut pieces = Vec::new();
        loop {
            watch.check().map_err(|_| FileError::cancelled(path))?;
            match guarded(|| decoder.try_decode()).map_err(damaged)? {
                DecodeResult::NeedsData(ranges) => {
                    for range in ranges {
                        let bytes = self.chunk(&range, name)?;
                        watch.advance(bytes.len() as u64);
                        guarded(|| decoder.push_range(range, bytes.into())).map_err(damaged)?;
                    }
                }
                DecodeResult::Data(batch) => {
                    let array = batch.columns().first().cloned();
                    let array = array.ok_or(ParquetError::EOF(name.to_owned())).map_err(damaged)?;
                    if is_unseen {
                        let sound = array.to_data().validate_full();
                        sound.map_err(|fault| damaged(fault.into()))?;
                    }
                    pieces.push(array);
                }
                DecodeResult::Finished => return Ok(pieces),
            }
        }
    }

    /// Whether the library takes what is in a column for what it is called, without a look: it makes
    /// sure of texts that are called so, but not of JSON, whose bytes may be no text at all.
    fn is_unseen(&self, column: usize) -> bool {
        let roots = self.metadata.parquet_schema().root_schema().get_fields();
        let logical = roots.get(column).and_then(|r| r.get_basic_info().logical_type_ref());
        let is_primitive = self.fields().get(column).is_some_and(|f| f.data_type().is_primitive());
        !is_primitive && logical != Some(&LogicalType::String)
    }

    /// The bytes of a column, after a look at what its pages claim.
    fn chunk(&self, range: &Range<u64>, name: &str) -> Result<Vec<u8>, FileError> {
        let path = self.source.path();
        let place = || Place::Field(name.to_owned());
        if range.start > range.end || range.end > self.source.length() {
            let what = Message::new("geoparquet-error-cut-off");
            return Err(FileError::new(path, what).at(place()).remedy(get_again()));
        }
        let length = usize::try_from(range.end - range.start).unwrap_or(usize::MAX);
        let mut bytes = vec![0; length];
        self.source.read_at(range.start, &mut bytes)?;
        // What cannot be looked through the library finds fault with.
        let claimed = thrift::unpacked(&bytes).unwrap_or_default();
        let before = self.unpacked.fetch_add(claimed, Ordering::Relaxed);
        if before.saturating_add(claimed) > self.allowed() {
            let what = Message::new("geoparquet-error-too-big");
            return Err(FileError::new(path, what).at(place()).remedy(get_again()));
        }
        Ok(bytes)
    }
}

pub(super) fn get_again() -> Message {
    Message::new("remedy-get-again")
}

/// Does something with the bytes of a file that may make the library panic.
///
/// # Errors
/// As `work`; a panic is an error too.
pub(super) fn guarded<T>(
    work: impl FnOnce() -> Result<T, ParquetError>,
) -> Result<T, ParquetError> {
    // What `work` was at is thrown away with the error.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        Err(ParquetError::General(text.unwrap_or_default().to_owned()))
    })
}

/// The fields with views in place of texts and bytes, at every depth.
fn viewed_fields(fields: &Fields) -> Vec<FieldRef> {
    fields.iter().map(viewed).collect()
}

fn viewed(field: &FieldRef) -> FieldRef {
    let kind = match field.data_type() {
        DataType::Utf8 | DataType::LargeUtf8 => DataType::Utf8View,
        DataType::Binary | DataType::LargeBinary => DataType::BinaryView,
        DataType::Dictionary(_, values) => match values.as_ref() {
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => DataType::Utf8View,
            DataType::Binary | DataType::LargeBinary => DataType::BinaryView,
            other => other.clone(),
        },
        DataType::List(item) => DataType::List(viewed(item)),
        DataType::LargeList(item) => DataType::LargeList(viewed(item)),
        DataType::FixedSizeList(item, size) => DataType::FixedSizeList(viewed(item), *size),
        DataType::Struct(fields) => DataType::Struct(viewed_fields(fields).into()),
        DataType::Map(entries, sorted) => DataType::Map(viewed(entries), *sorted),
        other => other.clone(),
    };
    let viewed = Field::new(field.name(), kind, field.is_nullable());
    Arc::new(viewed.with_metadata(field.metadata().clone()))
}

/// Whether a file begins as every Parquet file does.
pub(super) fn is_magic(head: &[u8]) -> bool {
    head.starts_with(MAGIC) || head.starts_with(ENCRYPTED)
}

/// Whether the extension is one of Parquet's.
pub(super) fn is_named(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    extension.is_some_and(|extension| matches!(extension.as_str(), "parquet" | "geoparquet"))
}
