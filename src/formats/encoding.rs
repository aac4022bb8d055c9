//! Text encodings: found by looking, or as the person chose.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::charset::{Charset, Decision, Declared, Sniffer, once};
use crate::table::{EncodingSource, Table, TextEvidence};

/// The byte order mark of UTF-8.
pub(super) const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Decoded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// The name of the encoding.
    pub encoding: &'static str,
    /// Bytes (sequences) that were not of the encoding and became U+FFFD.
    pub replaced: u64,
}

/// Decodes text: by the encoding chosen (a label such as `latin1`), else by its byte order mark,
/// else as UTF-8 if it is that, else by a guess from the bytes (windows-1252 and the like). A label
/// nobody knows counts as none.
pub fn decode(bytes: &[u8], chosen: Option<&str>) -> Decoded {
    let charset = match fixed(bytes, chosen) {
        Some((charset, _)) => charset,
        None if mostly_utf8(bytes) => Charset::UTF8,
        None => sniffed(bytes).decide(&[], None).used,
    };
    decode_in(bytes, charset)
}

/// The beginning of a file as text, to recognise its format by. What formats are told by is ASCII: so
/// what is no Unicode counts as windows-1252, and nobody guesses at length what a picture's bytes
/// might say.
pub(super) fn beginning(head: &[u8]) -> String {
    let charset = match fixed(head, None) {
        Some((charset, _)) => charset,
        None if mostly_utf8(head) => Charset::UTF8,
        None => Charset::WINDOWS_1252,
    };
    decode_in(head, charset).text
}

/// As [`decode`], for the text of a whole file, and without copying one that is UTF-8 already; with
/// what speaks for which encoding. A format may have a standard that says UTF-8. For a text that is
/// UTF-8 throughout, [`evidence_of_utf8`] tells more than its bytes do.
pub(super) fn decode_file(
    bytes: Vec<u8>,
    chosen: Option<&str>,
    has_standard: bool,
) -> (Decoded, Option<Arc<TextEvidence>>) {
    let standard = has_standard.then_some((Charset::UTF8, EncodingSource::Format));
    decode_declared(bytes, chosen, standard)
}

/// As [`decode_file`], where the file itself or its format says which encoding it is in.
pub(super) fn decode_declared(
    bytes: Vec<u8>,
    chosen: Option<&str>,
    declared: Option<(Charset, EncodingSource)>,
) -> (Decoded, Option<Arc<TextEvidence>>) {
    let chosen_charset = chosen.and_then(Charset::by_label);
    let fixed = fixed(&bytes, None);
    let is_plain = chosen_charset.is_none_or(|chosen| chosen == Charset::UTF8)
        && fixed.is_none_or(|(charset, _)| charset == Charset::UTF8);
    let says_other = declared.is_some_and(|(charset, _)| charset != Charset::UTF8);
    let bytes = match fixed {
        None if is_plain && (!says_other || bytes.is_ascii()) => match String::from_utf8(bytes) {
            Ok(text) => {
                let encoding = Charset::UTF8.name();
                return (Decoded { text, encoding, replaced: 0 }, None);
            }
            Err(error) => error.into_bytes(),
        },
        _ => bytes,
    };
    let declared = fixed.into_iter().chain(declared);
    let declared: Vec<Declared> = declared.map(|(charset, by)| Declared { by, charset }).collect();
    let Decision { used, evidence, .. } = match fixed {
        // Its bytes are not values cut at delimiters.
        Some((charset, _)) if !charset.keeps_ascii() => {
            Sniffer::default().decide(&declared, chosen_charset)
        }
        _ => sniffed(&bytes).decide(&declared, chosen_charset),
    };
    let decoded = decode_in(&bytes, used);
    let is_valid = is_plain && decoded.replaced == 0 && used == Charset::UTF8;
    (decoded, (!is_valid || says_other).then(|| Arc::new(evidence)))
}

/// What speaks for the encoding of a table whose texts are UTF-8 throughout, which a standard may
/// say too: they may still have been encoded twice.
pub(super) fn evidence_of_utf8(
    table: &Table,
    chosen: Option<&str>,
    has_standard: bool,
) -> Arc<TextEvidence> {
    let mut sniffer = Sniffer::default();
    table.fields.iter().for_each(|field| sniffer.look(field.name.as_bytes()));
    for texts in table.columns.iter().filter_map(|column| column.as_string_opt::<i32>()) {
        // Most columns are ASCII, which is seen in one go.
        if !texts.value_data().is_ascii() {
            sniffer.look_at_all(texts.iter().flatten().map(str::as_bytes));
        }
    }
    let standard = Declared { by: EncodingSource::Format, charset: Charset::UTF8 };
    let declared: Vec<Declared> = has_standard.then_some(standard).into_iter().collect();
    Arc::new(sniffer.decide(&declared, chosen.and_then(Charset::by_label)).evidence)
}

/// Whether text that is UTF-8 may be taken for that: nobody chose another encoding.
pub(super) fn may_be_utf8(chosen: Option<&str>) -> bool {
    chosen.and_then(Charset::by_label).is_none_or(|charset| charset == Charset::UTF8)
}

/// The encoding that nothing but a choice speaks against: the one chosen, that of the byte order
/// mark, or UTF-16 by its zeros.
fn fixed(bytes: &[u8], chosen: Option<&str>) -> Option<(Charset, EncodingSource)> {
    if let Some(charset) = chosen.and_then(Charset::by_label) {
        return Some((charset, EncodingSource::Chosen));
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Some((Charset::Web(encoding), EncodingSource::Mark));
    }
    let utf16 = utf16_without_mark(bytes)?;
    Some((Charset::Web(utf16), EncodingSource::Letters))
}

fn sniffed(bytes: &[u8]) -> Sniffer {
    let mut sniffer = Sniffer::of_file(bytes);
    sniffer.judge_as_whole(mostly_utf8(bytes));
    sniffer
}

fn decode_in(bytes: &[u8], charset: Charset) -> Decoded {
    let encoding = match charset {
        Charset::Web(encoding) => Some(encoding),
        Charset::Twice => Some(UTF_8),
        Charset::Dos(..) => None,
    };
    let Some(encoding) = encoding else {
        let text = charset.decode(bytes).0.into_owned();
        return Decoded { text, encoding: charset.name(), replaced: 0 };
    };
    let bytes = without_mark(bytes, encoding);
    let (text, replaced) = match std::str::from_utf8(bytes) {
        Ok(text) if encoding == UTF_8 => (text.to_owned(), 0),
        _ => replace_bad(bytes, encoding),
    };
    let text = if charset == Charset::Twice { once(text) } else { text };
    Decoded { text, encoding: charset.name(), replaced }
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
        assert_eq!(decode_file(bytes.to_vec(), None, false).0, decoded);
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
        let (decoded, evidence) = decode_file(b"caf\x82".to_vec(), Some("850"), false);
        assert_eq!((decoded.text.as_str(), decoded.encoding), ("café", "IBM850"));
        assert!(evidence.is_some_and(|evidence| !evidence.is_in_doubt));
        let twice = decode("BrÃ¼gge".as_bytes(), Some("utf-8-twice"));
        assert_eq!((twice.text.as_str(), twice.encoding), ("Brügge", "UTF-8-twice"));
    }

    #[test]
    fn a_standard_that_is_not_kept_is_a_question() {
        let latin = b"{\"naam\": \"Br\xfbl\xe9\", \"plaats\": \"Li\xe8ge\"}";
        let (decoded, evidence) = decode_file(latin.to_vec(), None, true);
        let evidence = evidence.unwrap_or_default();
        assert_eq!(decoded.encoding, "windows-1252");
        let names: Vec<_> = evidence.candidates.iter().map(|it| it.encoding).collect();
        assert_eq!((names, evidence.is_in_doubt), (vec!["windows-1252", "UTF-8"], true));
        // Where nobody says anything else, a guess is all there is.
        let (_, evidence) = decode_file(latin.to_vec(), None, false);
        let evidence = evidence.unwrap_or_default();
        assert!(!evidence.is_in_doubt && evidence.candidates.len() == 1);
        let marked = [&b"\xef\xbb\xbf"[..], "één".as_bytes()].concat();
        let (decoded, evidence) = decode_file(marked, None, true);
        assert_eq!((decoded.text.as_str(), evidence), ("één", None));
    }
}
