//! Masks of bits, packed 64 rows at a time.

use arrow_array::{Array, BooleanArray, StringArray};
use arrow_buffer::{BooleanBuffer, Buffer};

/// One bit per value. Chunks of 64 let the compiler use vector instructions.
pub(super) fn test_each<T>(values: &[T], test: impl Fn(&T) -> bool) -> BooleanBuffer {
    let words = values.chunks(64).map(|chunk| {
        let bits = chunk.iter().enumerate();
        bits.fold(0_u64, |word, (at, value)| word | (u64::from(test(value)) << at))
    });
    buffer(words.collect(), values.len())
}

/// One bit per pair of values; as long as the shorter list.
pub(super) fn test_pairs<T>(
    left: &[T],
    right: &[T],
    test: impl Fn(&T, &T) -> bool,
) -> BooleanBuffer {
    let words = left.chunks(64).zip(right.chunks(64)).map(|(left, right)| {
        let bits = left.iter().zip(right).enumerate();
        bits.fold(0_u64, |word, (at, (left, right))| word | (u64::from(test(left, right)) << at))
    });
    buffer(words.collect(), left.len().min(right.len()))
}

/// Which texts equal a word (or differ from it). Lengths are compared first: most texts of
/// another length are passed by without a look at their letters.
pub(super) fn equal_texts(texts: &StringArray, word: &str, equal: bool) -> BooleanArray {
    let word = word.as_bytes();
    let values = texts.value_data();
    let bounds = texts.value_offsets().array_windows::<2>();
    let same = |[start, end]: &[i32; 2]| {
        let (Ok(start), Ok(end)) = (usize::try_from(*start), usize::try_from(*end)) else {
            return false;
        };
        end.wrapping_sub(start) == word.len() && values.get(start..end) == Some(word)
    };
    let (mut words, mut bits, mut filled) = (Vec::with_capacity(texts.len() / 64 + 1), 0_u64, 0);
    for bounds in bounds {
        bits |= u64::from(same(bounds) == equal) << filled;
        filled += 1;
        if filled == 64 {
            words.push(bits);
            (bits, filled) = (0, 0);
        }
    }
    words.push(bits);
    BooleanArray::new(buffer(words, texts.len()), texts.nulls().cloned())
}

fn buffer(words: Vec<u64>, bits: usize) -> BooleanBuffer {
    // Arrow's bit order is that of little-endian words.
    let words: Vec<u64> = if cfg!(target_endian = "big") {
        words.into_iter().map(u64::to_le).collect()
    } else {
        words
    };
    BooleanBuffer::new(Buffer::from_vec(words), 0, bits)
}

/// The mask with false in place of null.
pub(super) fn null_is_false(mask: &BooleanArray) -> BooleanArray {
    match mask.nulls() {
        None => mask.clone(),
        Some(nulls) => BooleanArray::new(mask.values() & nulls.inner(), None),
    }
}

/// One value for every row.
pub(super) fn repeated(mask: &BooleanArray, rows: usize) -> BooleanArray {
    match mask.iter().next().flatten() {
        Some(true) => BooleanArray::new(BooleanBuffer::new_set(rows), None),
        Some(false) => BooleanArray::new(BooleanBuffer::new_unset(rows), None),
        None => BooleanArray::new_null(rows),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_longer_than_a_word_keep_every_bit() {
        let texts: Vec<Option<String>> =
            (0..200).map(|row| (row % 7 != 0).then(|| format!("wijk {}", row % 10))).collect();
        let array: StringArray = texts.iter().cloned().collect();
        for equal in [true, false] {
            let mask = equal_texts(&array, "wijk 3", equal);
            let expected: BooleanArray =
                texts.iter().map(|text| Some((text.as_deref()? == "wijk 3") == equal)).collect();
            assert_eq!(mask, expected);
            let sliced = equal_texts(&array.slice(70, 100), "wijk 3", equal);
            assert_eq!(sliced, expected.slice(70, 100));
        }
        let numbers: Vec<i32> = (0..130).collect();
        let mask = test_each(&numbers, |n| n % 3 == 0);
        assert_eq!(
            mask.iter().collect::<Vec<_>>(),
            numbers.iter().map(|n| n % 3 == 0).collect::<Vec<_>>()
        );
        assert_eq!(test_pairs(&numbers, &numbers, |a, b| a == b).count_set_bits(), 130);
    }
}
