//! How much a text looks like one that a person wrote: a rough measure that tells the encodings
//! of Western Europe apart, which all make letters of most bytes.

use super::Charset;

/// What a character is among letters.
#[derive(Clone, Copy, PartialEq)]
enum Class {
    /// A letter of ASCII.
    Plain,
    /// An accented letter of Dutch, French, German or English.
    Near,
    /// Another Latin letter.
    Rare,
    /// A letter of another alphabet.
    Foreign,
    /// A sign of a script without letters.
    Ideograph,
    /// A mark of good typing: quotes, dashes, degrees.
    Mark,
    /// A character nobody types.
    Control,
    /// What could not be read.
    Bad,
    /// Another sign.
    Symbol,
    /// Spaces, digits and signs of ASCII.
    Gap,
}

fn class(c: char) -> Class {
    const NEAR: &str = "éèëêàâäçïîôöùûüñáíóúßœæÉÈËÊÀÂÄÇÏÎÔÖÙÛÜÑÁÍÓÚŒÆĳĲ";
    const MARKS: &str = "’‘“”–—…«»€°²³½¼¾§·•©®™";
    match c {
        _ if c.is_ascii_alphabetic() => Class::Plain,
        '\u{a0}' => Class::Gap,
        _ if c.is_ascii() => Class::Gap,
        char::REPLACEMENT_CHARACTER => Class::Bad,
        _ if c.is_control() => Class::Control,
        _ if NEAR.contains(c) => Class::Near,
        _ if MARKS.contains(c) => Class::Mark,
        '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{20000}'..='\u{3ffff}' => {
            Class::Ideograph
        }
        _ if c.is_alphabetic() && u32::from(c) < 0x250 => Class::Rare,
        _ if c.is_alphabetic() => Class::Foreign,
        _ => Class::Symbol,
    }
}

/// The more, the likelier; below zero it looks wrong.
pub(super) fn plausibility<'a>(charset: Charset, texts: impl Iterator<Item = &'a [u8]>) -> i32 {
    let scores = texts.map(|text| {
        let (text, _) = charset.read(text);
        let chars: Vec<char> = text.chars().collect();
        let at = |at: Option<usize>| at.and_then(|at| chars.get(at)).copied().unwrap_or(' ');
        let each = chars.iter().enumerate().filter(|(_, c)| !c.is_ascii()).map(|(here, c)| {
            let (before, after) = (at(here.checked_sub(1)), at(here.checked_add(1)));
            of_char(*c, before, after)
        });
        each.sum::<i32>()
    });
    scores.sum()
}

fn of_char(c: char, before: char, after: char) -> i32 {
    let around = [class(before), class(after)];
    let beside = |wanted: &[Class]| around.iter().any(|class| wanted.contains(class));
    let is_odd = match class(c) {
        Class::Near | Class::Rare => beside(&[Class::Near, Class::Rare, Class::Foreign]),
        Class::Mark => around == [Class::Plain; 2] && !matches!(c, '’' | '·'),
        Class::Symbol => true,
        _ => false,
    };
    match class(c) {
        Class::Control => -4,
        Class::Bad => -6,
        Class::Foreign if beside(&[Class::Plain, Class::Near]) => -3,
        Class::Symbol if beside(&[Class::Plain, Class::Near]) => -2,
        Class::Mark if is_odd => -2,
        // A capital within a word.
        Class::Near if !is_odd && c.is_uppercase() && before.is_lowercase() => -2,
        _ if is_odd => -1,
        Class::Near if beside(&[Class::Plain]) => 2,
        Class::Foreign if beside(&[Class::Foreign]) => 2,
        Class::Ideograph if beside(&[Class::Ideograph]) => 2,
        Class::Near | Class::Mark => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant_is_the_likeliest() {
        let meant = "Liège, Châtelet; één café à Brûlé – 12 °C";
        let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(meant);
        // Python: meant.encode("cp850"), with a hyphen for the dash that 850 does not have.
        let dos = b"Li\x8age, Ch\x83telet; \x82\x82n caf\x82 \x85 Br\x96l\x82 - 12 \xf8C";
        let mac = b"Li\x8fge, Ch\x89telet; \x8e\x8en caf\x8e \x88 Br\x9el\x8e \xd0 12 \xa1C";
        let names = ["windows-1252", "IBM850", "macintosh"];
        for (bytes, best) in [(&*windows, names[0]), (dos, names[1]), (mac, names[2])] {
            let score = |name: &str| {
                let charset = Charset::by_label(name).unwrap_or(Charset::UTF8);
                plausibility(charset, std::iter::once(bytes))
            };
            for other in names.into_iter().filter(|name| *name != best) {
                assert!(score(best) > score(other) + 6, "{best} {other}");
            }
        }
    }
}
