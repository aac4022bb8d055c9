//! The XML of spreadsheets, event by event.

use std::borrow::Cow;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::escape::{resolve_xml_entity, unescape};
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::fault::Fault;

/// A part in XML.
pub(super) struct Markup<B> {
    reader: Reader<B>,
    buffer: Vec<u8>,
}

impl<B: BufRead> Markup<B> {
    pub(super) fn new(part: B) -> Markup<B> {
        let mut reader = Reader::from_reader(part);
        let config = reader.config_mut();
        // Every element has a start and an end; whether they match is not looked at.
        config.expand_empty_elements = true;
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Markup { reader, buffer: Vec::new() }
    }

    /// The next event.
    ///
    /// # Errors
    /// When the part cannot be read or is no XML.
    pub(super) fn next(&mut self) -> Result<Event<'_>, Fault> {
        self.buffer.clear();
        Ok(self.reader.read_event_into(&mut self.buffer)?)
    }

    /// Puts the text up to the end of an element behind another; elements in it are passed over.
    ///
    /// # Errors
    /// As [`Self::next`], or when the part ends before.
    pub(super) fn text_to(&mut self, end: &str, out: &mut String) -> Result<(), Fault> {
        loop {
            match self.next()? {
                Event::End(element) if element.local_name().as_ref() == end => return Ok(()),
                Event::Eof => return Err(cut_off(end)),
                event => push_text(&event, out),
            }
        }
    }

    /// Passes over all up to the end of an element.
    ///
    /// # Errors
    /// As [`Self::text_to`].
    pub(super) fn skip_to(&mut self, end: &str) -> Result<(), Fault> {
        loop {
            match self.next()? {
                Event::End(element) if element.local_name().as_ref() == end => return Ok(()),
                Event::Eof => return Err(cut_off(end)),
                _ => {}
            }
        }
    }
}

/// A part that ends inside an element.
pub(super) fn cut_off(element: &str) -> Fault {
    Fault::Damaged(format!("<{element}> …"))
}

/// Puts the text of an event behind another.
pub(super) fn push_text(event: &Event<'_>, out: &mut String) {
    match event {
        Event::Text(text) => out.push_str(&text.xml10_content()),
        Event::CData(text) => out.push_str(&text.xml10_content()),
        Event::GeneralRef(reference) => push_reference(reference, out),
        _ => {}
    }
}

/// `&amp;`, `&#233;`; entities that a document defines itself are none of a spreadsheet's, and stay
/// as they are.
fn push_reference(reference: &BytesRef<'_>, out: &mut String) {
    let name: &str = reference;
    if let Some(text) = resolve_xml_entity(name) {
        out.push_str(text);
    } else if let Ok(Some(letter)) = reference.resolve_char_ref() {
        out.push(letter);
    } else {
        out.push('&');
        out.push_str(name);
        out.push(';');
    }
}

/// An attribute by its name without prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let found = attributes.with_checks(false).flatten();
    let mut found = found.filter(|attribute| attribute.key.local_name().as_ref() == name);
    found.next().map(|attribute| unescaped(&attribute.value).into_owned())
}

/// An attribute's value with its references resolved.
pub(super) fn unescaped(value: &str) -> Cow<'_, str> {
    unescape(value).unwrap_or(Cow::Borrowed(value))
}
