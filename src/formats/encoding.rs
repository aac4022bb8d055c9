//! Text encodings: found by looking, or as the person chose.

use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How many bytes the guess looks at; more makes it slower, not better.
const GUESSED_FROM: usize = 1 << 20;

/// The byte order mark of UTF-8.
pub(super) const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Decoded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// The WHATWG name of the encoding.
    pub encoding: &'static str,
    /// Bytes (sequences) that were not of the encoding and became U+FFFD.
    pub replaced: u64,
}

/// Decodes text: by the encoding chosen (a WHATWG label such as `latin1`), else by its byte order
/// mark, else as UTF-8 if it is that, else by a guess from the bytes (windows-1252 and the like).
/// A label nobody knows counts as none.
pub fn decode(bytes: &[u8], chosen: Option<&str>) -> Decoded {
    let encoding = encoding_of(bytes, chosen);
    let bytes = without_mark(bytes, encoding);
    if encoding == UTF_8
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return Decoded { text: text.to_owned(), encoding: encoding.name(), replaced: 0 };
    }
    let (text, replaced) = replace_bad(bytes, encoding);
    Decoded { text, encoding: encoding.name(), replaced }
}

/// As [`decode`], without copying a text that is UTF-8 already.
pub(super) fn decode_owned(bytes: Vec<u8>, chosen: Option<&str>) -> Decoded {
    let plain = match chosen.and_then(encoding_for_label) {
        None => Encoding::for_bom(&bytes).is_none(),
        Some(encoding) => encoding == UTF_8 && !bytes.starts_with(UTF8_MARK),
    };
    if !plain {
        return decode(&bytes, chosen);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Decoded { text, encoding: UTF_8.name(), replaced: 0 },
        Err(error) => decode(error.as_bytes(), chosen),
    }
}

/// Whether text that is UTF-8 may be taken for that: nobody chose another encoding.
pub(super) fn may_be_utf8(chosen: Option<&str>) -> bool {
    chosen.and_then(encoding_for_label).is_none_or(|encoding| encoding == UTF_8)
}

/// The encoding of a WHATWG label (`utf-8`, `latin1`, `windows-1252`, `gbk`), or of a code page
/// as a .cpg file names it (`1252`, `CP1252`, `ANSI 1252`, `8859_1`, `65001`, `OEM 936`).
pub fn encoding_for_label(label: &str) -> Option<&'static Encoding> {
    let label = label.trim();
    if let Some(encoding) = Encoding::for_label_no_replacement(label.as_bytes()) {
        return Some(encoding);
    }
    let lower = label.to_ascii_lowercase();
    if lower.contains("8859") {
        let number = lower.rsplit(|c: char| !c.is_ascii_digit()).find(|part| !part.is_empty())?;
        let part = number.strip_prefix("8859").filter(|rest| !rest.is_empty()).unwrap_or(number);
        return Encoding::for_label_no_replacement(format!("iso-8859-{part}").as_bytes());
    }
    let digits: String = lower.chars().filter(char::is_ascii_digit).collect();
    let name = match digits.as_str() {
        "65001" => "utf-8".to_owned(),
        "932" => "shift_jis".to_owned(),
        "936" => "gbk".to_owned(),
        "949" => "euc-kr".to_owned(),
        "950" => "big5".to_owned(),
        "866" => "ibm866".to_owned(),
        "1250" | "1251" | "1252" | "1253" | "1254" | "1255" | "1256" | "1257" | "1258" => {
            format!("windows-{digits}")
        }
        _ => return None,
    };
    Encoding::for_label_no_replacement(name.as_bytes())
}

fn encoding_of(bytes: &[u8], chosen: Option<&str>) -> &'static Encoding {
    if let Some(encoding) = chosen.and_then(encoding_for_label) {
        return encoding;
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    let utf16 = utf16_without_mark(bytes);
    if let Some(encoding) = utf16 {
        return encoding;
    }
    if mostly_utf8(bytes) { UTF_8 } else { guess(bytes) }
}

fn without_mark<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> &'a [u8] {
    match Encoding::for_bom(bytes) {
        Some((marked, length)) if marked == encoding => bytes.get(length..).unwrap_or_default(),
        _ => bytes,
    }
}

/// UTF-16 of western text has a zero in every second byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(4096) & !1)?;
    let pairs = sample.len() / 2;
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if pairs < 4 {
        None
    } else if odd * 10 > pairs * 8 && even * 10 < pairs {
        Some(UTF_16LE)
    } else if even * 10 > pairs * 8 && odd * 10 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Whether the text is UTF-8, or would be but for a few damaged places.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_u64, 0_u64);
    for chunk in bytes.utf8_chunks() {
        // Continuation bytes come in no other place of valid text: they count its longer
        // characters.
        let longer = chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        good = good.saturating_add(u64::try_from(longer).unwrap_or(u64::MAX));
        bad += u64::from(!chunk.invalid().is_empty());
    }
    bad == 0 || good > bad.saturating_mul(10)
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes.get(..bytes.len().min(GUESSED_FROM)).unwrap_or_default(), true);
    detector.guess(Some(b"be"), chardetng::Utf8Detection::Deny)
}

fn replace_bad(bytes: &[u8], encoding: &'static Encoding) -> (String, u64) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len());
    let mut replaced = 0;
    let mut rest = bytes;
    loop {
        let room = decoder.max_utf8_buffer_length_without_replacement(rest.len());
        text.reserve(room.unwrap_or(rest.len()).saturating_add(4));
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        rest = rest.get(read..).unwrap_or_default();
        match result {
            DecoderResult::InputEmpty => return (text, replaced),
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => {
                text.push(char::REPLACEMENT_CHARACTER);
                replaced += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(bytes: &[u8]) -> (String, &'static str, u64) {
        let decoded = decode(bytes, None);
        assert_eq!(decode_owned(bytes.to_vec(), None), decoded);
        (decoded.text, decoded.encoding, decoded.replaced)
    }

    #[test]
    fn marks_and_looks_tell_the_encoding() {
        let text = "naam;plaats\nCafé;Sint-Niklaas\nBelgië;façade\n";
        let utf16 = |big: bool| -> Vec<u8> {
            text.encode_utf16()
                .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
                .collect()
        };
        let whole = |name: &'static str| (text.to_owned(), name, 0);
        assert_eq!(found(text.as_bytes()), whole("UTF-8"));
        assert_eq!(found(format!("\u{FEFF}{text}").as_bytes()), whole("UTF-8"));
        assert_eq!(found(&utf16(false)), whole("UTF-16LE"));
        assert_eq!(found(&utf16(true)), whole("UTF-16BE"));
        assert_eq!(found(&[vec![0xFF, 0xFE], utf16(false)].concat()), whole("UTF-16LE"));
        assert_eq!(found(&[vec![0xFE, 0xFF], utf16(true)].concat()), whole("UTF-16BE"));
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(text);
        assert_eq!(found(&latin), whole("windows-1252"));
        assert_eq!(found(b""), (String::new(), "UTF-8", 0));
    }

    #[test]
    fn a_damaged_utf8_text_stays_utf8_and_the_damage_is_counted() {
        let mut bytes = "é".repeat(50).into_bytes();
        bytes.push(0xFF);
        bytes.extend_from_slice("é".as_bytes());
        let (text, encoding, replaced) = found(&bytes);
        assert_eq!((encoding, replaced), ("UTF-8", 1));
        assert_eq!(text.matches('\u{FFFD}').count(), 1);
    }

    #[test]
    fn the_person_decides() {
        assert_eq!(decode(b"caf\xE9", Some("latin1")).text, "café");
        let forced = decode("café".as_bytes(), Some("windows-1252"));
        assert_eq!((forced.text.as_str(), forced.encoding), ("cafÃ©", "windows-1252"));
        let labels = ["65001", "CP1252", "ANSI 1252", "8859_1", "88591", "OEM 936", "utf8"];
        let names = labels.map(|label| encoding_for_label(label).map(Encoding::name));
        let expected = [
            "UTF-8",
            "windows-1252",
            "windows-1252",
            "windows-1252",
            "windows-1252",
            "GBK",
            "UTF-8",
        ];
        assert_eq!(names, expected.map(Some));
        assert_eq!(encoding_for_label("klingon"), None);
    }
}
