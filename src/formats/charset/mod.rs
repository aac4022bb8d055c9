//! Character encodings of attribute texts, and what speaks for which: a .cpg file, the language
//! byte of a dBASE table, a byte order mark, and the bytes themselves.

mod decide;
mod plausible;
mod sniffer;
mod twice;

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::i18n::Message;

pub(super) use decide::{Decision, Declared};
pub(super) use sniffer::Sniffer;

/// The characters 128 to 255 of code page 437 (DOS, United States).
const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
/// The characters 128 to 255 of code page 850 (DOS, Western Europe).
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// The name of [`Charset::Twice`].
const TWICE: &str = "UTF-8-twice";

/// An encoding of attribute texts: those of the web, two of DOS that old tables still use, and one
/// that no program writes on purpose.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Charset {
    /// One of the WHATWG encodings.
    Web(&'static Encoding),
    /// A DOS code page: its name and its upper 128 characters.
    Dos(&'static str, &'static str),
    /// UTF-8 that was taken for windows-1252 and written as UTF-8 once more: `BrÃ¼gge`.
    Twice,
}

impl Charset {
    pub(super) const UTF8: Charset = Charset::Web(UTF_8);
    pub(super) const WINDOWS_1252: Charset = Charset::Web(WINDOWS_1252);

    /// Those offered to a person, the likeliest for files of Belgium first.
    fn offered() -> [Charset; 18] {
        use encoding_rs as all;
        [
            Charset::UTF8,
            Charset::WINDOWS_1252,
            Charset::Web(all::ISO_8859_15),
            Charset::Dos("IBM850", CP850),
            Charset::Dos("IBM437", CP437),
            Charset::Web(all::MACINTOSH),
            Charset::Twice,
            Charset::Web(all::WINDOWS_1250),
            Charset::Web(all::ISO_8859_2),
            Charset::Web(all::WINDOWS_1251),
            Charset::Web(all::WINDOWS_1253),
            Charset::Web(all::WINDOWS_1254),
            Charset::Web(all::WINDOWS_1256),
            Charset::Web(all::GBK),
            Charset::Web(all::BIG5),
            Charset::Web(all::SHIFT_JIS),
            Charset::Web(all::EUC_KR),
            Charset::Web(all::WINDOWS_1257),
        ]
    }

    /// The name that is shown.
    pub(super) fn name(self) -> &'static str {
        match self {
            Charset::Web(encoding) => encoding.name(),
            Charset::Dos(name, _) => name,
            Charset::Twice => TWICE,
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
        Encoding::for_label_no_replacement(label.as_bytes()).map(Charset::Web)
    }

    /// What a .cpg file or a person names: a WHATWG label (`utf-8`, `latin1`, `gbk`) or a code page
    /// in any of the usual ways (`1252`, `CP1252`, `ANSI 1252`, `8859_1`, `ISO 88591`, `65001`,
    /// `OEM 936`).
    pub(super) fn by_label(label: &str) -> Option<Charset> {
        let label = label.trim().trim_start_matches('\u{feff}');
        if label.eq_ignore_ascii_case(TWICE) {
            return Some(Charset::Twice);
        }
        let by_part = || {
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
            // `8859_1`, `ISO8859-15`: the part stands apart.
            let (_, part) = label.split_once("8859")?;
            let part = digits(part);
            (!part.is_empty()).then(|| Charset::web(&format!("iso-8859-{part}")))?
        };
        let digits: String = label.chars().filter(char::is_ascii_digit).collect();
        let number = || digits.parse().ok().and_then(Charset::code_page);
        // `Big-5`, `UTF_8`.
        let bare: String = label.chars().filter(char::is_ascii_alphanumeric).collect();
        let by_bare = || Charset::web(&bare);
        Charset::web(label).or_else(by_part).or_else(by_bare).or_else(number)
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
            Charset::Dos(..) | Charset::Twice => true,
        }
    }

    fn is_single_byte(self) -> bool {
        match self {
            Charset::Web(encoding) => encoding.is_single_byte(),
            Charset::Dos(..) => true,
            Charset::Twice => false,
        }
    }

    /// Whether its bytes are those of UTF-8.
    pub(super) fn is_utf8(self) -> bool {
        self == Charset::UTF8 || self == Charset::Twice
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
            Charset::Twice => {
                let (text, damaged) = Charset::UTF8.decode(bytes);
                (twice::repaired(&text).map_or(text, Cow::Owned), damaged)
            }
        }
    }

    /// A value as the readers make it of its bytes, and whether some of those are not of the
    /// encoding. A last character cut by the width of a field is left out.
    fn read(self, bytes: &[u8]) -> (String, bool) {
        let whole = match std::str::from_utf8(bytes) {
            Err(error) if self.is_utf8() && error.error_len().is_none() => {
                bytes.get(..error.valid_up_to()).unwrap_or_default()
            }
            _ => bytes,
        };
        let (text, damaged) = self.decode(whole);
        (text.into_owned(), damaged)
    }
}

/// A text without one encoding too many: see [`Charset::Twice`].
pub(super) fn once(text: String) -> String {
    twice::repaired(&text).unwrap_or(text)
}

/// The names of the encodings offered to a person, the likeliest for files of Belgium first.
pub fn offered_encodings() -> impl Iterator<Item = &'static str> {
    Charset::offered().into_iter().map(Charset::name)
}

/// An encoding in words, by its name: with the languages it is used for.
pub fn encoding_words(name: &str) -> Message {
    let id = match name {
        TWICE => return Message::new("encoding-twice"),
        "windows-1252" => "encoding-western",
        "ISO-8859-15" => "encoding-western-euro",
        "IBM850" => "encoding-dos-western",
        "IBM437" => "encoding-dos",
        "macintosh" => "encoding-mac",
        "windows-1250" | "ISO-8859-2" => "encoding-central",
        "windows-1251" => "encoding-cyrillic",
        "windows-1253" => "encoding-greek",
        "windows-1254" => "encoding-turkish",
        "windows-1256" => "encoding-arabic",
        "windows-1257" => "encoding-baltic",
        "GBK" => "encoding-chinese",
        "Big5" => "encoding-chinese-old",
        "Shift_JIS" => "encoding-japanese",
        "EUC-KR" => "encoding-korean",
        _ => "encoding-plain",
    };
    Message::new(id).text("name", name)
}

/// A value read from its bytes in the encoding of a name, and whether some bytes are not of it;
/// none for a name nobody knows.
pub fn read_in_encoding(name: &str, bytes: &[u8]) -> Option<(String, bool)> {
    Charset::by_label(name).map(|charset| charset.read(bytes))
}

/// The name of the encoding that a label stands for; none for a label nobody knows.
pub fn encoding_name(label: &str) -> Option<&'static str> {
    Charset::by_label(label).map(Charset::name)
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
            ("CP1252", "windows-1252"),
            ("8859_1", "windows-1252"),
            ("88591", "windows-1252"),
            ("OEM 936", "GBK"),
            ("utf-8-TWICE", "UTF-8-twice"),
            ("Big-5", "Big5"),
            ("UTF 8", "UTF-8"),
        ] {
            assert_eq!(Charset::by_label(label).map(Charset::name), Some(name), "{label}");
        }
        assert_eq!(Charset::by_label("klingon"), None);
        // A choice is kept by its name.
        for name in offered_encodings() {
            assert_eq!(encoding_name(name), Some(name));
        }
    }

    #[test]
    fn the_upper_half_of_dos_is_whole() {
        assert_eq!((CP437.chars().count(), CP850.chars().count()), (128, 128));
        let Some(dos) = Charset::by_language_byte(2) else { panic!("850") };
        assert_eq!(dos.decode(b"Caf\x82 \xd1 \xf5").0, "Café Ð §");
    }
}
