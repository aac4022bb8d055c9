//! A look at Thrift's compact protocol, only to see how much a file claims to hold.
//!
//! The library `parquet` makes room for as many row groups and as large pages as a file says there
//! are. What cannot be is found here before.
//! Source: Apache Thrift, "Thrift compact protocol encoding"; parquet-format, `parquet.thrift`.

/// How deep structures may be nested.
const DEPTH: usize = 32;

/// The bytes are no such structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotThrift;

type Result<T> = std::result::Result<T, NotThrift>;

/// The types of fields that are told apart here.
const TRUE: u8 = 1;
const FALSE: u8 = 2;
const BYTE: u8 = 3;
const I16: u8 = 4;
const I64: u8 = 6;
const DOUBLE: u8 = 7;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const SET: u8 = 10;
const MAP: u8 = 11;
const STRUCT: u8 = 12;
const UUID: u8 = 13;

struct Reader<'a> {
    rest: &'a [u8],
}

impl Reader<'_> {
    fn byte(&mut self) -> Result<u8> {
        let (byte, rest) = self.rest.split_first().ok_or(NotThrift)?;
        self.rest = rest;
        Ok(*byte)
    }

    fn skip(&mut self, bytes: u64) -> Result<()> {
        let bytes = usize::try_from(bytes).map_err(|_| NotThrift)?;
        self.rest = self.rest.get(bytes..).ok_or(NotThrift)?;
        Ok(())
    }

    /// Seven bits a byte, the lowest first.
    fn unsigned(&mut self) -> Result<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(NotThrift)
    }

    /// Signs alternate: 0, −1, 1, −2, 2.
    fn signed(&mut self) -> Result<i64> {
        let value = self.unsigned()?;
        Ok((value >> 1).cast_signed() ^ -(value & 1).cast_signed())
    }

    /// The next field's number and type; none at the end of the structure.
    fn field(&mut self, last: &mut i64) -> Result<Option<(i64, u8)>> {
        let head = self.byte()?;
        if head == 0 {
            return Ok(None);
        }
        let step = i64::from(head >> 4);
        *last = if step == 0 { self.signed()? } else { last.saturating_add(step) };
        Ok(Some((*last, head & 0x0f)))
    }

    /// The number and the type of the things in a list.
    fn list(&mut self) -> Result<(u64, u8)> {
        let head = self.byte()?;
        let count = match head >> 4 {
            15 => self.unsigned()?,
            few => u64::from(few),
        };
        Ok((count, head & 0x0f))
    }

    fn pass(&mut self, kind: u8, depth: usize, in_list: bool) -> Result<()> {
        if depth > DEPTH {
            return Err(NotThrift);
        }
        match kind {
            // In a field, the type is the value.
            TRUE | FALSE if !in_list => Ok(()),
            TRUE | FALSE | BYTE => self.skip(1),
            I16..=I64 => self.unsigned().map(|_| ()),
            DOUBLE => self.skip(8),
            BINARY => {
                let length = self.unsigned()?;
                self.skip(length)
            }
            LIST | SET => {
                let (count, kind) = self.list()?;
                self.pass_all(count, &[kind], depth)
            }
            MAP => match self.unsigned()? {
                0 => Ok(()),
                count => {
                    let kinds = self.byte()?;
                    self.pass_all(count, &[kinds >> 4, kinds & 0x0f], depth)
                }
            },
            STRUCT => {
                let mut last = 0;
                while let Some((_, kind)) = self.field(&mut last)? {
                    self.pass(kind, depth + 1, false)?;
                }
                Ok(())
            }
            UUID => self.skip(16),
            _ => Err(NotThrift),
        }
    }

    /// Everything takes a byte at least, so that the count ends with the bytes.
    fn pass_all(&mut self, count: u64, kinds: &[u8], depth: usize) -> Result<()> {
        for _ in 0..count {
            for kind in kinds {
                self.pass(*kind, depth + 1, true)?;
            }
        }
        Ok(())
    }
}

/// How many row groups the metadata of a file claims to list.
pub(super) fn row_groups(metadata: &[u8]) -> Result<u64> {
    let mut reader = Reader { rest: metadata };
    let (mut last, mut found) = (0, 0);
    while let Some((number, kind)) = reader.field(&mut last)? {
        if (number, kind) == (4, LIST) {
            found = Reader { rest: reader.rest }.list()?.0.max(found);
        }
        reader.pass(kind, 0, false)?;
    }
    Ok(found)
}

/// How many bytes the pages of a column chunk claim to take when they are unpacked: as they say
/// themselves, and for each value what the library keeps of it.
pub(super) fn unpacked(chunk: &[u8]) -> Result<u64> {
    /// What points to a text, or the levels of nested values.
    const VALUE: u64 = 16;
    let mut reader = Reader { rest: chunk };
    let mut all = 0_u64;
    while !reader.rest.is_empty() {
        let (mut last, mut unpacked, mut packed, mut values) = (0, 0, 0, 0);
        while let Some((number, kind)) = reader.field(&mut last)? {
            match (number, kind) {
                (2, I16..=I64) => unpacked = reader.signed()?,
                (3, I16..=I64) => packed = reader.signed()?,
                // The headers of a data page, a dictionary, and a data page of the second version.
                (5 | 7 | 8, STRUCT) => {
                    let mut last = 0;
                    while let Some((number, kind)) = reader.field(&mut last)? {
                        match (number, kind) {
                            (1, I16..=I64) => values = reader.signed()?,
                            _ => reader.pass(kind, 1, false)?,
                        }
                    }
                }
                _ => reader.pass(kind, 0, false)?,
            }
        }
        let [unpacked, packed, values] =
            [unpacked, packed, values].map(|size| u64::try_from(size).unwrap_or(u64::MAX));
        reader.skip(packed)?;
        all = all.saturating_add(unpacked).saturating_add(values.saturating_mul(VALUE));
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_seven_bits_a_byte_and_signs_alternate() {
        for (bytes, unsigned, signed) in [
            (&[0x00][..], 0, 0),
            (&[0x01], 1, -1),
            (&[0x02], 2, 1),
            (&[0xac, 0x02], 300, 150),
            (&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], u64::MAX, i64::MIN),
        ] {
            assert_eq!(Reader { rest: bytes }.unsigned(), Ok(unsigned));
            assert_eq!(Reader { rest: bytes }.signed(), Ok(signed));
        }
        assert_eq!(Reader { rest: &[0x80; 30] }.unsigned(), Err(NotThrift));
        assert_eq!(Reader { rest: &[0x80] }.unsigned(), Err(NotThrift));
    }

    #[test]
    fn lists_of_row_groups_are_counted_and_the_rest_is_passed_over() {
        // 1: i32 2; 2: list of one struct {1: binary "a"}; 4: list of 20 empty structs; 6: true.
        let mut bytes = vec![0x15, 0x04, 0x19, 0x1c, 0x18, 0x01, b'a', 0x00];
        bytes.extend([0x29, 0xfc, 20]);
        bytes.extend([0; 20]);
        bytes.extend([0x21, 0x00]);
        assert_eq!(row_groups(&bytes), Ok(20));
        for end in 0..bytes.len() {
            assert_eq!(row_groups(&bytes[..end]), Err(NotThrift), "{end}");
        }
        // More than there are bytes.
        assert_eq!(row_groups(&[0x49, 0xfc, 0xff, 0xff, 0xff, 0xff, 0x07, 0x00]), Err(NotThrift));
        let nested = [0x1c; 5000];
        assert_eq!(row_groups(&nested), Err(NotThrift));
    }
}
