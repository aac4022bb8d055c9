//! Texts that the cells of a workbook share.

use std::borrow::Cow;

/// Texts one after another.
#[derive(Debug, Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    /// A text by its number.
    pub(super) fn get(&self, at: usize) -> Option<&str> {
        let end = *self.ends.get(at)?;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        self.text.get(start.unwrap_or(0)..end)
    }
}

/// A text with `_x000D_` and the like as the characters they stand for, because XML cannot hold
/// all of them (ECMA-376 part 1, 22.9.2.19).
pub(super) fn unescape_controls(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let code = from.get(2..6).filter(|_| from.get(6..7) == Some("_"));
        let is_hex = |code: &&str| code.bytes().all(|byte| byte.is_ascii_hexdigit());
        let letter = code.filter(is_hex).and_then(|code| u32::from_str_radix(code, 16).ok());
        if let Some(letter) = letter.and_then(char::from_u32) {
            out.push(letter);
            rest = from.get(7..).unwrap_or_default();
        } else {
            out.push_str("_x");
            rest = from.get(2..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_by_their_numbers() {
        let mut strings = Strings::default();
        ["één", "", "twee"].iter().for_each(|text| strings.push(text));
        assert_eq!((strings.get(0), strings.get(1)), (Some("één"), Some("")));
        assert_eq!((strings.get(2), strings.get(3)), (Some("twee"), None));
    }

    #[test]
    fn characters_that_xml_cannot_hold() {
        for (text, expected) in [
            ("a_x000D_\nb", "a\r\nb"),
            ("_x0009_", "\t"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xZZZZ_", "_xZZZZ_"),
            ("_xD800_", "_xD800_"),
            ("index_x", "index_x"),
            ("_x00é", "_x00é"),
            ("_x+001_", "_x+001_"),
        ] {
            assert_eq!(unescape_controls(text), expected, "{text}");
        }
    }
}
