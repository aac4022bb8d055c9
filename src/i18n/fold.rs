//! Texts without regard to case and accents, as people look for them and put them in order.

use std::cmp::Ordering;

/// The letters of U+00C0 to U+017F without their marks, by the canonical decompositions of the
/// Unicode Character Database; a few that have none (ø, đ, ł) as they are read. A point where there
/// is none.
const LATIN: &[u8; 192] = b"\
    aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.y\
    aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkkklllllll\
    lllnnnnnnnnnoooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// Those of U+1E00 to U+1EFF.
const LATIN_ADDITIONAL: &[u8; 256] = b"\
    aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm\
    mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv\
    wwwwwwwwwwxxxxyyzzzzzzhtwy.sss..aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee\
    eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......";

/// Adds a text in lower case and without accents: `Één` as `een`, `Œuvre` as `oeuvre`.
pub fn fold_into(text: &str, out: &mut Vec<u8>) {
    if text.is_ascii() {
        let start = out.len();
        out.extend_from_slice(text.as_bytes());
        out.get_mut(start..).unwrap_or_default().make_ascii_lowercase();
        return;
    }
    let mut bytes = [0; 4];
    for letter in text.chars() {
        if letter.is_ascii() {
            out.extend(letter.to_ascii_lowercase().encode_utf8(&mut bytes).bytes());
        } else if let Some(base) = base_of(letter) {
            out.extend_from_slice(base);
        } else if !is_mark(letter) {
            for lower in letter.to_lowercase().filter(|lower| !is_mark(*lower)) {
                out.extend(lower.encode_utf8(&mut bytes).bytes());
            }
        }
    }
}

/// A text in lower case and without accents.
pub fn fold(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    fold_into(text, &mut out);
    String::from_utf8(out).unwrap_or_default()
}

/// The order of two texts for a person: without regard to case and accents, then exactly. Takes
/// the texts folded by [`fold_into`] beside the texts themselves.
pub fn compare_folded(a: (&[u8], &str), b: (&[u8], &str)) -> Ordering {
    a.0.cmp(b.0).then_with(|| a.1.cmp(b.1))
}

fn base_of(letter: char) -> Option<&'static [u8]> {
    let code = u32::from(letter);
    let of = |table: &'static [u8], first: u32| {
        let at = usize::try_from(code.checked_sub(first)?).ok()?;
        table.get(at..=at).filter(|base| *base != b".")
    };
    match letter {
        'Æ' | 'æ' => Some(b"ae"),
        'Œ' | 'œ' => Some(b"oe"),
        'Ĳ' | 'ĳ' => Some(b"ij"),
        'ß' | 'ẞ' => Some(b"ss"),
        'Þ' | 'þ' => Some(b"th"),
        _ => of(LATIN, 0xc0).or_else(|| of(LATIN_ADDITIONAL, 0x1e00)),
    }
}

/// Whether it is an accent on the letter before it (the block Combining Diacritical Marks).
fn is_mark(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every letter of those blocks that the Unicode Character Database decomposes to an ASCII
    /// letter and marks, and that letter (by Python's `unicodedata.normalize("NFD", …)`).
    const DECOMPOSED: [&str; 2] = [
        "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöùúûüýÿĀāĂăĄąĆćĈĉĊċČčĎďĒēĔĕĖėĘęĚěĜĝĞğĠġĢģĤĥĨĩĪīĬĭĮįİĴĵĶķĹĺĻļĽľŃńŅņŇňŌōŎŏŐőŔŕŖŗŘřŚśŜŝŞşŠšŢţŤťŨũŪūŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽžȘșȚțḀḁḂḃḄḅḆḇḈḉḊḋḌḍḎḏḐḑḒḓḔḕḖḗḘḙḚḛḜḝḞḟḠḡḢḣḤḥḦḧḨḩḪḫḬḭḮḯḰḱḲḳḴḵḶḷḸḹḺḻḼḽḾḿṀṁṂṃṄṅṆṇṈṉṊṋṌṍṎṏṐṑṒṓṔṕṖṗṘṙṚṛṜṝṞṟṠṡṢṣṤṥṦṧṨṩṪṫṬṭṮṯṰṱṲṳṴṵṶṷṸṹṺṻṼṽṾṿẀẁẂẃẄẅẆẇẈẉẊẋẌẍẎẏẐẑẒẓẔẕẖẗẘẙẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹ",
        "aaaaaaceeeeiiiinooooouuuuyaaaaaaceeeeiiiinooooouuuuyyaaaaaaccccccccddeeeeeeeeeegggggggghhiiiiiiiiijjkkllllllnnnnnnoooooorrrrrrssssssssttttuuuuuuuuuuuuwwyyyzzzzzzssttaabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyaaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy",
    ];

    #[test]
    fn accents_fall_away_as_unicode_decomposes_them() {
        let [letters, bases] = DECOMPOSED;
        let known = |letter: &char| !('\u{218}'..='\u{21b}').contains(letter);
        for (letter, base) in letters.chars().zip(bases.chars()).filter(|(l, _)| known(l)) {
            assert_eq!(fold(&letter.to_string()), base.to_string(), "{letter}");
        }
        for (text, folded) in [
            ("Sint-Denijs-Westrem", "sint-denijs-westrem"),
            ("ÉÉN Œuvre, straße, Ĳzer", "een oeuvre, strasse, ijzer"),
            ("e\u{301}e\u{301}n", "een"),
            ("Ωmega ЖУК 東京", "ωmega жук 東京"),
            ("5 × 7 ÷ 2", "5 × 7 ÷ 2"),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    #[test]
    fn a_person_finds_the_order_they_expect() {
        let mut words = ["Zwijn", "école", "Eik", "ecole", "eik", "Ecole", "aap", "éx"];
        words.sort_by(|a, b| compare_folded((fold(a).as_bytes(), a), (fold(b).as_bytes(), b)));
        assert_eq!(words, ["aap", "Ecole", "ecole", "école", "Eik", "eik", "éx", "Zwijn"]);
    }
}
