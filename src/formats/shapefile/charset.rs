//! Which character encoding a dBASE table is in: the .cpg file, the language byte of the header,
//! and the bytes themselves.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// The characters 128 to 255 of code page 437 (DOS, United States).
const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
/// The characters 128 to 255 of code page 850 (DOS, Western Europe).
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// An encoding of attribute texts: those of the web, and two of DOS that old tables still use.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Charset {
    /// One of the WHATWG encodings.
    Web(&'static Encoding),
    /// A DOS code page: its name and its upper 128 characters.
    Dos(&'static str, &'static str),
}

impl Charset {
    pub(super) const UTF8: Charset = Charset::Web(UTF_8);

    /// The name that is shown.
    pub(super) fn name(self) -> &'static str {
        match self {
            Charset::Web(encoding) => encoding.name(),
            Charset::Dos(name, _) => name,
        }
    }

    /// A code page by its number, as Windows counts them.
    fn code_page(number: u32) -> Option<Charset> {
        let label = match number {
            437 => return Some(Charset::Dos("IBM437", CP437)),
            850 => return Some(Charset::Dos("IBM850", CP850)),
            65001 => "utf-8",
            866 => "ibm866",
            874 => "windows-874",
            932 => "shift_jis",
            936 => "gbk",
            949 => "euc-kr",
            950 => "big5",
            1250..=1258 => return Charset::web(&format!("windows-{number}")),
            10000 => "macintosh",
            // "ISO 88591" is how ESRI writes ISO 8859-1.
            88591 | 28591 => "iso-8859-1",
            88592..=88599 => return Charset::web(&format!("iso-8859-{}", number - 88590)),
            885910..=885916 => return Charset::web(&format!("iso-8859-{}", number - 885900)),
            _ => return None,
        };
        Charset::web(label)
    }

    fn web(label: &str) -> Option<Charset> {
        Encoding::for_label(label.as_bytes()).map(Charset::Web)
    }

    /// What a .cpg file or a person names: `UTF-8`, `1252`, `ANSI 1252`, `cp936`, `ISO 88591`.
    pub(super) fn by_label(label: &str) -> Option<Charset> {
        let label = label.trim().trim_start_matches('\u{feff}');
        let digits: String = label.chars().filter(char::is_ascii_digit).collect();
        let number = || digits.parse().ok().and_then(Charset::code_page);
        Charset::web(label).or_else(number)
    }

    /// The dBASE "language driver" byte. The table is that of the dBASE and Visual FoxPro
    /// documentation. 0x57 is left out: ESRI's programs write it for "whatever Windows uses".
    pub(super) fn by_language_byte(byte: u8) -> Option<Charset> {
        let number = match byte {
            0x01 | 0x09 | 0x0b | 0x0d | 0x0f | 0x11 | 0x15 | 0x18 | 0x19 | 0x1b => 437,
            0x02 | 0x0a | 0x0e | 0x10 | 0x12 | 0x14 | 0x16 | 0x1a | 0x1d | 0x25 | 0x37 => 850,
            0x03 | 0x58 | 0x59 => 1252,
            0x04 => 10000,
            0x13 | 0x7b => 932,
            0x26 | 0x65 => 866,
            0x4d | 0x7a => 936,
            0x4e | 0x79 => 949,
            0x4f | 0x78 => 950,
            0x50 | 0x7c => 874,
            0x7d => 1255,
            0x7e => 1256,
            0xc8 => 1250,
            0xc9 => 1251,
            0xca => 1254,
            0xcb => 1253,
            0xcc => 1257,
            _ => return None,
        };
        Charset::code_page(number)
    }

    /// Whether the bytes below 128 are ASCII in it, so that such a text needs no decoding.
    pub(super) fn keeps_ascii(self) -> bool {
        match self {
            Charset::Web(encoding) => encoding.is_ascii_compatible(),
            Charset::Dos(..) => true,
        }
    }

    fn is_single_byte(self) -> bool {
        match self {
            Charset::Web(encoding) => encoding.is_single_byte(),
            Charset::Dos(..) => true,
        }
    }

    /// The text, and whether some bytes were not of the encoding and became U+FFFD.
    pub(super) fn decode(self, bytes: &[u8]) -> (Cow<'_, str>, bool) {
        match self {
            Charset::Web(encoding) => encoding.decode_without_bom_handling(bytes),
            Charset::Dos(_, upper) => {
                let char_of = |byte: &u8| match byte.checked_sub(128) {
                    None => char::from(*byte),
                    Some(at) => upper.chars().nth(usize::from(at)).unwrap_or('\u{fffd}'),
                };
                (bytes.iter().map(char_of).collect::<String>().into(), false)
            }
        }
    }
}

/// How many bytes of text the detector is given; it has made up its mind long before.
const APPETITE: usize = 1 << 20;

/// Goes through the texts of a table in their order, until it is told that no more are wanted.
pub(super) type Texts<'a> = dyn Fn(&mut dyn FnMut(&[u8]) -> bool) + 'a;

/// Counts the non-ASCII texts of a table as they pass.
#[derive(Debug, Default)]
pub(super) struct Sniffer {
    /// Texts with bytes above 127.
    seen: u64,
    /// Those that are valid UTF-8 but for a last character cut by the width of the field.
    utf8: u64,
}

impl Sniffer {
    pub(super) fn look(&mut self, text: &[u8]) {
        if text.is_ascii() {
            return;
        }
        self.seen += 1;
        let valid = match std::str::from_utf8(text) {
            Ok(_) => true,
            // Cut in the middle of a character, with whole ones before it.
            Err(error) => {
                let whole = text.get(..error.valid_up_to()).unwrap_or_default();
                error.error_len().is_none() && !whole.is_ascii()
            }
        };
        self.utf8 += u64::from(valid);
    }

    /// Adds what was seen in other rows.
    pub(super) fn append(&mut self, other: &Sniffer) {
        self.seen += other.seen;
        self.utf8 += other.utf8;
    }

    fn all_utf8(&self) -> bool {
        self.utf8 == self.seen
    }

    fn guess(&self, texts: &Texts<'_>) -> Charset {
        if self.all_utf8() {
            return Charset::UTF8;
        }
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        let mut appetite = APPETITE;
        texts(&mut |text| {
            if !text.is_ascii() {
                appetite = appetite.saturating_sub(text.len());
                detector.feed(text, false);
                detector.feed(b" ", false);
            }
            appetite > 0
        });
        Charset::Web(detector.guess(None, Utf8Detection::Deny))
    }

    /// The encoding to read with, and whether it is another than the one declared (by .cpg, else
    /// by the language byte) because the bytes speak against that. `texts` are looked at again
    /// only where counting them does not tell.
    pub(super) fn decide(&self, declared: Option<Charset>, texts: &Texts<'_>) -> (Charset, bool) {
        let Some(declared) = declared else { return (self.guess(texts), false) };
        if self.seen == 0 {
            return (declared, false);
        }
        if declared == Charset::UTF8 {
            if self.all_utf8() {
                return (declared, false);
            }
            // A few damaged texts among many good ones do not make another encoding.
            if self.utf8.saturating_mul(10) > self.seen.saturating_mul(9) {
                return (declared, false);
            }
            let guess = self.guess(texts);
            let used = if guess == Charset::UTF8 { Charset::Web(WINDOWS_1252) } else { guess };
            return (used, true);
        }
        // Text of a single-byte encoding is next to never valid UTF-8 by accident, the other way
        // round always: so valid UTF-8 says more than a label. In East Asian encodings two-byte
        // characters do pass for UTF-8 now and then.
        if declared.is_single_byte() && self.all_utf8() {
            return (Charset::UTF8, true);
        }
        (declared, false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_cpg_files_are_understood() {
        for (label, name) in [
            ("UTF-8\r\n", "UTF-8"),
            ("utf8", "UTF-8"),
            ("65001", "UTF-8"),
            ("1252", "windows-1252"),
            ("ANSI 1252", "windows-1252"),
            ("ISO 88591", "windows-1252"),
            ("ISO-8859-15", "ISO-8859-15"),
            ("ISO 885915", "ISO-8859-15"),
            ("cp936", "GBK"),
            ("Big5", "Big5"),
            ("OEM 850", "IBM850"),
        ] {
            assert_eq!(Charset::by_label(label).map(Charset::name), Some(name), "{label}");
        }
        assert_eq!(Charset::by_label("klingon"), None);
    }

    #[test]
    fn the_upper_half_of_dos_is_whole() {
        assert_eq!((CP437.chars().count(), CP850.chars().count()), (128, 128));
        let Some(dos) = Charset::by_language_byte(2) else { panic!("850") };
        assert_eq!(dos.decode(b"Caf\x82 \xd1 \xf5").0, "Café Ð §");
    }

    /// What is decided for these texts.
    fn decided(texts: &[&[u8]], declared: Option<Charset>) -> (Charset, bool) {
        let mut sniffer = Sniffer::default();
        texts.iter().for_each(|text| sniffer.look(text));
        sniffer.decide(declared, &|wanted| {
            let _ = texts.iter().all(|text| wanted(text));
        })
    }

    #[test]
    fn the_bytes_speak_against_a_wrong_label() {
        let utf8 = ["Sint-Denijs-Westrem, één".as_bytes()];
        let windows = Charset::by_label("1252");
        assert_eq!(decided(&utf8, windows), (Charset::UTF8, true));
        assert_eq!(decided(&utf8, None), (Charset::UTF8, false));
        let latin = [&b"Li\xe8ge, Vilvoorde, Bruxelles"[..], b"Crois\xe9e, Br\xfbl\xe9"];
        let (used, differs) = decided(&latin, Some(Charset::UTF8));
        assert_eq!((used.name(), differs), ("windows-1252", true));
        assert_eq!(decided(&latin, windows), (Charset::Web(WINDOWS_1252), false));
    }
}
