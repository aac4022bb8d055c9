//! A font file that a browser takes (OpenType 1.9), with only some glyphs.

use std::collections::BTreeMap;

use rustybuzz::ttf_parser::RawFace;
use rustybuzz::ttf_parser::Tag;
use subsetter::{GlyphRemapper, subset};

use crate::text::Font;

/// A font with the glyphs of some characters, each under its character. None where the font cannot
/// be cut.
pub(super) fn web_font(font: Font, characters: impl Iterator<Item = char>) -> Option<Vec<u8>> {
    let mut glyphs = GlyphRemapper::new();
    let mut map = BTreeMap::new();
    for character in characters {
        // Those beyond the first plane (no font here has any) would need another table.
        if let (Some(glyph), Ok(code)) =
            (font.glyph_of(character), u16::try_from(u32::from(character)))
        {
            map.insert(code, glyphs.remap(glyph));
        }
    }
    let cut = subset(font.data(), 0, &glyphs).ok()?;
    let (cut, whole) = (RawFace::parse(&cut, 0).ok()?, RawFace::parse(font.data(), 0).ok()?);
    // What is drawn on paper is in the tables of the cut; browsers ask for two more.
    let mut tables: BTreeMap<[u8; 4], Vec<u8>> = cut
        .table_records
        .into_iter()
        .filter_map(|record| Some((record.tag.to_bytes(), cut.table(record.tag)?.to_vec())))
        .collect();
    let measures = whole.table(Tag::from_bytes(b"OS/2"))?;
    tables.insert(*b"OS/2", measures.to_vec());
    tables.insert(*b"cmap", character_table(&map));
    Some(file(&tables))
}

/// Which glyph each character has: format 4, a segment for each (OpenType, `cmap`).
fn character_table(map: &BTreeMap<u16, u16>) -> Vec<u8> {
    // The last segment is that of the character that is none.
    let mut segments: Vec<(u16, u16)> = map
        .iter()
        .filter(|(code, _)| **code < u16::MAX)
        .map(|(code, glyph)| (*code, *glyph))
        .collect();
    segments.push((u16::MAX, 0));
    let count = u16::try_from(segments.len()).unwrap_or(u16::MAX);
    let selector = count.ilog2();
    let range = 2_u16.saturating_mul(1 << selector.min(14));
    let mut words: Vec<u16> = vec![
        // Version, one table, for Windows and Unicode, 12 bytes from the start.
        0,
        1,
        3,
        1,
        0,
        12,
        // Format, length, no language.
        4,
        16_u16.saturating_add(count.saturating_mul(8)),
        0,
        count.saturating_mul(2),
        range,
        u16::try_from(selector).unwrap_or_default(),
        count.saturating_mul(2).saturating_sub(range),
    ];
    words.extend(segments.iter().map(|(code, _)| *code));
    words.push(0);
    words.extend(segments.iter().map(|(code, _)| *code));
    // What is to be added to the character to have the glyph, without carrying.
    words.extend(segments.iter().map(|(code, glyph)| glyph.wrapping_sub(*code)));
    words.extend(segments.iter().map(|_| 0));
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

/// The tables as a file (OpenType, "Organization of an OpenType font").
fn file(tables: &BTreeMap<[u8; 4], Vec<u8>>) -> Vec<u8> {
    let count = u16::try_from(tables.len()).unwrap_or(u16::MAX);
    let selector = u16::try_from(count.max(1).ilog2()).unwrap_or_default();
    let range = 16_u16.saturating_mul(1 << selector.min(11));
    let mut out = 0x0001_0000_u32.to_be_bytes().to_vec();
    for word in [count, range, selector, count.saturating_mul(16).saturating_sub(range)] {
        out.extend_from_slice(&word.to_be_bytes());
    }
    let mut place = 12 + 16 * tables.len();
    let mut data = Vec::new();
    let mut head = None;
    for (tag, table) in tables {
        let mut table = table.clone();
        // The checksum of the whole file stands in this table, and is left out of its own sum.
        if tag == b"head" {
            head = Some(place + 8);
            table.get_mut(8..12).unwrap_or_default().fill(0);
        }
        let length = table.len();
        table.resize(length.next_multiple_of(4), 0);
        out.extend_from_slice(tag);
        for word in [sum(&table), as_word(place), as_word(length)] {
            out.extend_from_slice(&word.to_be_bytes());
        }
        place += table.len();
        data.extend(table);
    }
    out.extend(data);
    let whole = 0xb1b0_afba_u32.wrapping_sub(sum(&out));
    if let Some(at) = head
        && let Some(bytes) = out.get_mut(at..at + 4)
    {
        bytes.copy_from_slice(&whole.to_be_bytes());
    }
    out
}

fn as_word(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// The sum of words of four bytes, without carrying.
fn sum(bytes: &[u8]) -> u32 {
    bytes.chunks_exact(4).fold(0_u32, |sum, word| {
        sum.wrapping_add(u32::from_be_bytes(word.try_into().unwrap_or_default()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustybuzz::ttf_parser::Face;

    #[test]
    fn a_font_has_the_glyphs_of_its_characters_and_no_others() {
        let file = web_font(Font::Ubuntu, "Gent é".chars()).unwrap();
        assert!(file.len() < 20_000, "{}", file.len());
        assert_eq!(sum(&file), 0xb1b0_afba, "the sum of a whole file (OpenType, `head`)");
        let (cut, whole) =
            (Face::parse(&file, 0).unwrap(), Face::parse(Font::Ubuntu.data(), 0).unwrap());
        for character in "Gent é".chars() {
            let (mine, theirs) =
                (cut.glyph_index(character).unwrap(), whole.glyph_index(character).unwrap());
            assert_eq!(cut.glyph_hor_advance(mine), whole.glyph_hor_advance(theirs));
            assert_eq!(cut.glyph_bounding_box(mine), whole.glyph_bounding_box(theirs));
        }
        assert_eq!(cut.glyph_index('x'), None);
    }
}
