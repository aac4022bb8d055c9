//! The text of an XML file, in the encoding that it names at its head.

use std::sync::Arc;

use encoding_rs::{UTF_16BE, UTF_16LE};

use crate::formats::charset::Charset;
use crate::formats::encoding::decode_declared;
use crate::i18n::Arg;
use crate::problem::Problems;
use crate::table::{EncodingSource, TextEvidence};

/// How far into a file its declaration is looked for.
const HEAD: usize = 1024;

/// The text of a file.
pub(in crate::formats) struct Loaded {
    pub text: String,
    pub encoding: Encoding,
    /// What is told about the encoding.
    pub problems: Problems,
}

/// The encoding of a file's text.
#[derive(Clone, Debug)]
pub(in crate::formats) struct Encoding {
    pub name: &'static str,
    /// What speaks for which encoding, unless the text is UTF-8 throughout.
    pub evidence: Option<Arc<TextEvidence>>,
}

/// Decodes the bytes of a file: by the encoding chosen, its byte order mark, its declaration, or
/// by looking.
pub(in crate::formats) fn load(bytes: Vec<u8>, chosen: Option<&str>) -> Loaded {
    let mut problems = Problems::new();
    let label = declared(&bytes).map(str::to_owned);
    let named = label.as_deref().and_then(Charset::by_label);
    if let Some(label) = label.as_ref().filter(|_| named.is_none() && chosen.is_none()) {
        let args = vec![("label", Arg::Text(label.clone()))];
        problems.report("problem-xml-encoding-unknown", 1, args, None);
    }
    // Text of which the declaration can be read is not of two bytes a character.
    let wide = [UTF_16LE, UTF_16BE].map(Charset::Web);
    let told = named.filter(|named| !wide.contains(named)).unwrap_or(Charset::UTF8);
    let (decoded, evidence) = decode_declared(bytes, chosen, Some((told, EncodingSource::Head)));
    let differs = named.is_some() && told.name() != decoded.encoding && chosen.is_none();
    if let Some(label) = label.filter(|_| differs) {
        let args =
            vec![("declared", Arg::Text(label)), ("used", Arg::Text(decoded.encoding.to_owned()))];
        problems.report("problem-xml-encoding-differs", 1, args, None);
    }
    let replaced = vec![("encoding", Arg::Text(decoded.encoding.to_owned()))];
    problems.report("problem-text-replaced", decoded.replaced, replaced, None);
    let encoding = Encoding { name: decoded.encoding, evidence };
    Loaded { text: decoded.text, encoding, problems }
}

/// The encoding that the declaration at the head of a file names.
fn declared(bytes: &[u8]) -> Option<&str> {
    let head = bytes.get(..bytes.len().min(HEAD))?;
    let head = head.utf8_chunks().next()?.valid();
    let declaration = head.trim_start().strip_prefix("<?xml")?;
    let (declaration, _) = declaration.split_once("?>")?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    value.get(1..)?.split_once(quote).map(|(label, _)| label.trim())
}

/// The name of the first element of a text, without its prefix, and the text of its tag; none
/// where the text is no XML, or what stands before the element is longer than the text.
pub(in crate::formats) fn root_of(head: &str) -> Option<(&str, &str)> {
    let mut rest = head.trim_start_matches('\u{FEFF}').trim_start();
    loop {
        rest = if let Some(after) = rest.strip_prefix("<!--") {
            after.split_once("-->")?.1
        } else if let Some(after) = rest.strip_prefix("<?") {
            after.split_once("?>")?.1
        } else if let Some(after) = rest.strip_prefix("<!") {
            // A definition of the kind of document may hold others in brackets.
            let end = after.find(['>', '['])?;
            match after.get(end..)?.strip_prefix('[') {
                Some(inside) => inside.split_once(']')?.1.split_once('>')?.1,
                None => after.get(end + 1..)?,
            }
        } else {
            break;
        }
        .trim_start();
    }
    let tag = rest.strip_prefix('<')?;
    let is_end = |c: char| c.is_whitespace() || matches!(c, '>' | '/');
    let name = tag.get(..tag.find(is_end)?)?;
    let local = name.rsplit_once(':').map_or(name, |(_, local)| local);
    let tag = tag.split_once('>').map_or(tag, |(tag, _)| tag);
    (!local.is_empty()).then_some((local, tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loaded(bytes: &[u8]) -> (String, &'static str, usize) {
        let loaded = load(bytes.to_vec(), None);
        (loaded.text, loaded.encoding.name, loaded.problems.len())
    }

    #[test]
    fn the_declaration_tells_the_encoding() {
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>caf\xE9</a>";
        let (text, encoding, problems) = loaded(latin);
        assert!(text.ends_with("<a>caf\u{e9}</a>"));
        assert_eq!((encoding, problems), ("windows-1252", 0));
        // Not what it says.
        let utf8 = "<?xml encoding=\"iso-8859-1\"?><a>één café</a>";
        assert_eq!(loaded(utf8.as_bytes()), (utf8.to_owned(), "UTF-8", 1));
        let wrong = b"<?xml version='1.0' encoding='UTF-8'?><a>caf\xE9 na\xEFef</a>";
        let (text, encoding, problems) = loaded(wrong);
        assert!(text.contains("café naïef"));
        assert_eq!((encoding, problems), ("windows-1252", 1));
        assert_eq!(loaded(b"<?xml encoding='klingon'?><a/>").2, 1);
        assert_eq!(loaded(b"<?xml encoding='UTF-16'?><a/>").1, "UTF-8");
    }

    #[test]
    fn marks_and_the_person_go_before_the_declaration() {
        let text = "<?xml version='1.0' encoding='utf-16'?><a>é</a>";
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = [&[0xFF, 0xFE], utf16.as_slice()].concat();
        for bytes in [&marked, &utf16] {
            assert_eq!(loaded(bytes), (text.to_owned(), "UTF-16LE", 0));
        }
        let chosen = load(b"<?xml encoding='UTF-8'?><a>caf\xE9</a>".to_vec(), Some("latin1"));
        assert!(chosen.text.contains("café"));
        assert!(chosen.problems.is_empty());
    }

    #[test]
    fn the_first_element_is_found_behind_what_may_stand_before_it() {
        let name = |text| root_of(text).map(|(name, _)| name);
        assert_eq!(
            name("\u{FEFF} <?xml version='1.0'?>\n<!-- <b> -->\n<kml xmlns='x'>"),
            Some("kml")
        );
        assert_eq!(name("<!DOCTYPE a [<!ENTITY b \"c\">]><n:gpx/>"), Some("gpx"));
        assert_eq!(name("<!DOCTYPE html><html>"), Some("html"));
        for none in ["", "{", "<", "<!-- a", "<?xml", "<!DOCTYPE a [", "<kml"] {
            assert_eq!(name(none), None, "{none}");
        }
    }
}
