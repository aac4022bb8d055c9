//! XML as services tell about themselves: read into a small tree.
//!
//! Names are compared without their prefix, because servers bind prefixes as they like; entities
//! but the five of XML itself stay as they are, so that nothing expands.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use crate::formats::decode;

/// The most elements of a document: an element of a capabilities document is some 40 bytes.
const MOST: usize = 3_000_000;

/// The most elements inside each other.
const DEEPEST: usize = 100;

/// An element.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Element {
    /// Without prefix.
    pub name: String,
    attributes: Vec<(String, String)>,
    /// Its own text, trimmed.
    pub text: String,
    pub children: Vec<Element>,
}

/// A text that is not XML: what the parser says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NotXml(pub String);

impl Element {
    /// Reads a document.
    pub fn parse(bytes: &[u8]) -> Result<Element, NotXml> {
        let text = decoded(bytes);
        let mut reader = Reader::from_str(&text);
        let mut open: Vec<Element> = Vec::new();
        let mut count = 0_usize;
        loop {
            let event = reader.read_event().map_err(|error| NotXml(error.to_string()))?;
            let (started, is_empty) = match event {
                Event::Start(start) => (element(&start), false),
                Event::Empty(start) => (element(&start), true),
                Event::End(_) => {
                    if let Some(root) = close(&mut open) {
                        return Ok(root);
                    }
                    continue;
                }
                Event::Eof => return Err(NotXml("the document breaks off".to_owned())),
                other => {
                    if let Some(element) = open.last_mut() {
                        add_text(&mut element.text, &other);
                    }
                    continue;
                }
            };
            count += 1;
            if count > MOST || open.len() >= DEEPEST {
                return Err(NotXml("too many elements".to_owned()));
            }
            open.push(started);
            if is_empty && let Some(root) = close(&mut open) {
                return Ok(root);
            }
        }
    }

    /// The first child of a name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The children of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of the first child of a name; empty where there is none.
    pub fn text_of(&self, name: &str) -> &str {
        self.child(name).map_or("", |child| child.text.as_str())
    }

    /// The value of an attribute, by its name without prefix; empty where there is none.
    pub fn attribute(&self, name: &str) -> &str {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// All elements of a name, however deep, in the order of the document.
    pub fn descendants<'a>(&'a self, name: &str) -> Vec<&'a Element> {
        let mut found = Vec::new();
        let mut waiting = vec![self];
        while let Some(element) = waiting.pop() {
            if element.name == name {
                found.push(element);
            }
            waiting.extend(element.children.iter().rev());
        }
        found
    }
}

/// The root's name without prefix and its attributes, of a document that may break off later.
pub(crate) fn root_of(bytes: &[u8]) -> Option<Element> {
    let text = decoded(bytes);
    let mut reader = Reader::from_str(&text);
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) | Event::Empty(start) => return Some(element(&start)),
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// The text of a document, in the encoding that it says it is in.
pub(crate) fn decoded(bytes: &[u8]) -> String {
    let head = bytes.get(..200).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head);
    let declared = head.split_once("encoding=").and_then(|(_, rest)| {
        let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        rest.get(1..)?.split(quote).next()
    });
    let declared = declared.filter(|label| !label.to_ascii_lowercase().starts_with("utf-16"));
    decode(bytes, declared.filter(|_| head.trim_start().starts_with("<?xml"))).text
}

/// Closes the innermost element; gives the root when that was it.
fn close(open: &mut Vec<Element>) -> Option<Element> {
    let mut element = open.pop()?;
    let trimmed = element.text.trim();
    if trimmed.len() != element.text.len() {
        element.text = trimmed.to_owned();
    }
    match open.last_mut() {
        Some(parent) => {
            parent.children.push(element);
            None
        }
        None => Some(element),
    }
}

fn element(start: &BytesStart<'_>) -> Element {
    let mut found = start.attributes();
    found.with_checks(false);
    let attributes = found.flatten().map(|attribute| {
        let name = attribute.key.local_name().into_inner().to_owned();
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        (name, value.map_or_else(|_| String::new(), std::borrow::Cow::into_owned))
    });
    Element {
        name: start.local_name().into_inner().to_owned(),
        attributes: attributes.collect(),
        ..Element::default()
    }
}

/// Adds what is text of an event.
fn add_text(text: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(part) => text.push_str(&part.xml10_content()),
        Event::CData(part) => text.push_str(&part.xml10_content()),
        Event::GeneralRef(reference) => {
            let name = reference.xml10_content();
            match reference.resolve_char_ref() {
                Ok(Some(character)) => text.push(character),
                _ => text.push_str(quick_xml::escape::resolve_xml_entity(&name).unwrap_or("")),
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_becomes_a_tree() {
        let text = "<?xml version='1.0'?><!DOCTYPE a><!-- x --><w:a xmlns:w='u' n='1 &amp; 2'>\n \
            <w:b>&lt;een&gt; &#233;<![CDATA[ & twee]]></w:b><c/><c x:d='e'/></w:a>";
        let root = Element::parse(text.as_bytes()).unwrap();
        assert_eq!((root.name.as_str(), root.attribute("n")), ("a", "1 & 2"));
        assert_eq!(root.text_of("b"), "<een> é & twee");
        assert_eq!(root.all("c").count(), 2);
        assert_eq!(root.descendants("c")[1].attribute("d"), "e");
        assert_eq!((root.text_of("nothing"), root.attribute("nothing")), ("", ""));
        assert_eq!(root_of(b"<a b='1'><c>").unwrap().attribute("b"), "1");
    }

    #[test]
    fn the_encoding_is_the_declared_one() {
        let mut bytes = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>caf".to_vec();
        bytes.extend([0xE9, b'<', b'/', b'a', b'>']);
        assert_eq!(Element::parse(&bytes).unwrap().text, "café");
    }

    #[test]
    fn what_is_no_document_is_an_error_and_nothing_expands() {
        let bomb = "<!DOCTYPE a [<!ENTITY b '&c;&c;'><!ENTITY c 'x'>]><a>&b;</a>";
        assert_eq!(Element::parse(bomb.as_bytes()).unwrap().text, "");
        let deep = "<a>".repeat(100_000);
        for bad in ["", "a", "<a>", "<a></b>", "<a", "{\"a\":1}", &deep] {
            assert!(Element::parse(bad.as_bytes()).is_err(), "{bad:.20}");
        }
        let text = "<?xml version='1.0'?><a b='c'><d>&amp;<![CDATA[x]]></d><!-- e --></a>";
        for end in 0..text.len() {
            assert!(Element::parse(&text.as_bytes()[..end]).is_err(), "{end}");
            for byte in [0, b'<', b'&', b'"', 0xFF] {
                let mut spoilt = text.as_bytes().to_vec();
                spoilt[end] = byte;
                let _ = (Element::parse(&spoilt), root_of(&spoilt));
            }
        }
    }
}
