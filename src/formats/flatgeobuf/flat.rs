//! Flatbuffers read with every offset held against the bytes there are
//! (<https://flatbuffers.dev/internals/>).
//!
//! The library `flatbuffers` checks a buffer as a whole before it is read, which takes longer than
//! reading a feature does. Here each access checks what it needs; nothing is trusted, and nothing
//! is read that nobody asks for.

/// An offset that leads out of the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Astray;

/// A table: some fields, each of which may be missing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Where each field is, from the table on; 0 for one that is missing.
    fields: &'a [[u8; 2]],
}

impl<'a> Table<'a> {
    /// The root of a buffer with its length before it.
    #[inline]
    pub(super) fn root(bytes: &'a [u8]) -> Result<Table<'a>, Astray> {
        Table::at(bytes, target(bytes, 4)?)
    }

    #[inline]
    fn at(bytes: &'a [u8], at: usize) -> Result<Table<'a>, Astray> {
        let back = i32::from_le_bytes(*chunk(bytes, at)?);
        // The layout is as far before the table as it says, or behind it.
        let distance = usize::try_from(back.unsigned_abs()).map_err(|_| Astray)?;
        let before = if back > 0 { at.checked_sub(distance) } else { at.checked_add(distance) };
        let layout = before.ok_or(Astray)?;
        let length = usize::from(u16::from_le_bytes(*chunk(bytes, layout)?));
        // Its own length and that of the table come first.
        let fields = bytes.get(layout..).and_then(|rest| rest.get(..length)).ok_or(Astray)?;
        Ok(Table { bytes, at, fields: fields.get(4..).ok_or(Astray)?.as_chunks().0 })
    }

    /// How many bytes the whole buffer has.
    pub(super) fn length(&self) -> usize {
        self.bytes.len()
    }

    /// Where a field is, by its number.
    #[inline]
    fn field(&self, number: usize) -> Option<usize> {
        let offset = self.fields.get(number).map(|offset| u16::from_le_bytes(*offset));
        offset.filter(|offset| *offset != 0).map(|offset| self.at + usize::from(offset))
    }

    /// A field of one byte; 0 where it is missing.
    #[inline]
    pub(super) fn byte(&self, number: usize) -> Result<u8, Astray> {
        self.field(number).map_or(Ok(0), |at| self.bytes.get(at).copied().ok_or(Astray))
    }

    /// A field that is a table.
    #[inline]
    pub(super) fn table(&self, number: usize) -> Result<Option<Table<'a>>, Astray> {
        let table = |at| Table::at(self.bytes, target(self.bytes, at)?);
        self.field(number).map(table).transpose()
    }

    /// A field that is a list of things of so many bytes; empty where it is missing.
    #[inline]
    pub(super) fn list<const SIZE: usize>(
        &self,
        number: usize,
    ) -> Result<&'a [[u8; SIZE]], Astray> {
        let Some(at) = self.field(number) else { return Ok(&[]) };
        let start = target(self.bytes, at)?;
        let count = u32::from_le_bytes(*chunk(self.bytes, start)?);
        let rest = self.bytes.get(start + 4..).ok_or(Astray)?;
        rest.as_chunks::<SIZE>().0.get(..count as usize).ok_or(Astray)
    }

    /// A field that is a list of tables; empty where it is missing.
    pub(super) fn tables(
        &self,
        number: usize,
    ) -> Result<impl ExactSizeIterator<Item = Result<Table<'a>, Astray>> + use<'a>, Astray> {
        let bytes = self.bytes;
        let offsets = self.list::<4>(number)?;
        let start = match (self.field(number), offsets) {
            (Some(at), [_, ..]) => target(bytes, at)? + 4,
            _ => 0,
        };
        let table = move |place| Table::at(bytes, target(bytes, place)?);
        Ok((0..offsets.len()).map(move |number| table(start + 4 * number)))
    }
}

/// Where an offset at this place leads.
#[inline]
fn target(bytes: &[u8], at: usize) -> Result<usize, Astray> {
    let offset = u32::from_le_bytes(*chunk(bytes, at)?);
    Ok(at + offset as usize)
}

#[inline]
fn chunk<const N: usize>(bytes: &[u8], at: usize) -> Result<&[u8; N], Astray> {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).ok_or(Astray)
}

#[cfg(test)]
mod tests {
    use flatbuffers::FlatBufferBuilder;
    use flatgeobuf::{Feature, FeatureArgs, Geometry, GeometryArgs, GeometryType};

    use super::*;

    fn feature() -> Vec<u8> {
        let mut builder = FlatBufferBuilder::new();
        let parts: Vec<_> = [3.0_f64, 5.0]
            .into_iter()
            .map(|x| {
                let xy = Some(builder.create_vector(&[x, 51.0]));
                let type_ = GeometryType::Point;
                Geometry::create(&mut builder, &GeometryArgs { xy, type_, ..Default::default() })
            })
            .collect();
        let parts = Some(builder.create_vector(&parts));
        let type_ = GeometryType::GeometryCollection;
        let geometry =
            Geometry::create(&mut builder, &GeometryArgs { parts, type_, ..Default::default() });
        let properties = Some(builder.create_vector(b"abc"));
        let arguments = FeatureArgs { geometry: Some(geometry), properties, ..Default::default() };
        let feature = Feature::create(&mut builder, &arguments);
        builder.finish_size_prefixed(feature, None);
        builder.finished_data().to_vec()
    }

    /// All that stands in the feature, or nothing of it.
    fn read(bytes: &[u8]) -> Result<(Vec<u8>, Vec<f64>), Astray> {
        let feature = Table::root(bytes)?;
        let properties = feature.list::<1>(1)?.as_flattened().to_vec();
        let mut xy = Vec::new();
        if let Some(geometry) = feature.table(0)? {
            for part in geometry.tables(7)? {
                let part = part?;
                assert!(part.byte(6)? < 255 || bytes != feature_bytes());
                xy.extend(part.list::<8>(1)?.iter().map(|number| f64::from_le_bytes(*number)));
            }
        }
        Ok((properties, xy))
    }

    fn feature_bytes() -> &'static [u8] {
        static BYTES: std::sync::LazyLock<Vec<u8>> = std::sync::LazyLock::new(feature);
        &BYTES
    }

    /// Written by the library, read here.
    #[test]
    fn what_the_library_writes_is_read() {
        let bytes = feature_bytes();
        assert_eq!(read(bytes), Ok((b"abc".to_vec(), vec![3.0, 51.0, 5.0, 51.0])));
        let geometry = Table::root(bytes).and_then(|feature| feature.table(0));
        let Ok(Some(geometry)) = geometry else { panic!("a geometry") };
        assert_eq!(geometry.byte(6), Ok(GeometryType::GeometryCollection.0));
        assert_eq!(geometry.list::<8>(1), Ok(&[][..]));
        assert_eq!(geometry.table(40).map(|table| table.is_none()), Ok(true));
    }

    #[test]
    fn offsets_that_lead_astray_are_found() {
        let bytes = feature_bytes();
        for end in 0..bytes.len() {
            let _ = read(&bytes[..end]);
        }
        assert_eq!(read(&bytes[..8]), Err(Astray));
        for at in 0..bytes.len() {
            for value in [0, 1, 0x7f, 0x80, 0xff] {
                let mut changed = bytes.to_vec();
                changed[at] = value;
                let _ = read(&changed);
            }
        }
    }
}
