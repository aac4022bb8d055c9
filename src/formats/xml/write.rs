//! XML text.

/// Adds text to an element. White space at its ends that a reader may take for the layout of the
/// file is written as numbers, and so are carriage returns, which readers change.
pub(crate) fn push_escaped(out: &mut Vec<u8>, text: &str) {
    let start = text.len() - text.trim_ascii_start().len();
    let end = text.trim_ascii_end().len();
    let mut plain = 0;
    for (at, character) in text.char_indices() {
        let is_edge = at < start || at >= end;
        let escape = match character {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '\r' => "&#13;",
            '\n' if is_edge => "&#10;",
            _ if is_writable(character) => continue,
            _ => "",
        };
        out.extend_from_slice(text.get(plain..at).unwrap_or_default().as_bytes());
        out.extend_from_slice(escape.as_bytes());
        plain = at + character.len_utf8();
    }
    out.extend_from_slice(text.get(plain..).unwrap_or_default().as_bytes());
}

/// Adds an attribute to a tag: a space, the name and the value in quotes.
pub(crate) fn push_attribute(out: &mut Vec<u8>, name: &str, value: &str) {
    out.push(b' ');
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"=\"");
    for character in value.chars() {
        let mut bytes = [0; 4];
        let escape = match character {
            '&' => "&amp;",
            '<' => "&lt;",
            '"' => "&quot;",
            '\n' => "&#10;",
            '\r' => "&#13;",
            '\t' => "&#9;",
            _ if is_writable(character) => character.encode_utf8(&mut bytes),
            _ => "",
        };
        out.extend_from_slice(escape.as_bytes());
    }
    out.push(b'"');
}

/// How many characters of a text XML has no way to write (XML 1.0, production 2).
pub(in crate::formats) fn unwritable(text: &str) -> u64 {
    // Of the bytes below a space, and those that begin U+FFFE and U+FFFF.
    if text.bytes().all(|byte| byte >= b' ' && byte != 0xEF) {
        return 0;
    }
    let bad = text.chars().filter(|character| !is_writable(*character)).count();
    u64::try_from(bad).unwrap_or(u64::MAX)
}

fn is_writable(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::super::Xml;
    use super::*;
    use crate::jobs::Watch;

    #[test]
    fn what_is_written_reads_back() {
        for text in [
            "",
            "Café <b>&amp;</b> ]]> \"x\" 'y'",
            "\n twee\r\nregels \n",
            "  ruimte  ",
            "\t\n",
            "\u{FFFD}\u{10FFFF}€",
        ] {
            let mut out = b"<a".to_vec();
            push_attribute(&mut out, "x", text);
            out.push(b'>');
            push_escaped(&mut out, text);
            out.extend_from_slice(b"</a>");
            let written = String::from_utf8(out).unwrap();
            let mut xml = Xml::new(&written, &Watch::unwatched());
            let tag = xml.root().unwrap().unwrap();
            assert_eq!(tag.attribute("x").as_deref(), Some(text), "{written}");
            assert_eq!(xml.text().unwrap(), text, "{written}");
            assert_eq!(unwritable(text), 0);
        }
        assert_eq!(unwritable("a\0b\u{1F}\u{FFFE}é"), 3);
        let mut out = Vec::new();
        push_escaped(&mut out, "a\0b\u{FFFE}c");
        assert_eq!(out, b"abc");
    }
}
