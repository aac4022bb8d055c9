//! The elements of an XML text, one after another.
//!
//! What people are handed is not always well-formed: descriptions hold HTML with tags that nobody
//! closes. A closing tag therefore closes what is open inside its element as well, one that closes
//! nothing is passed over, and both are counted. At the end of the text, and where it is no markup
//! at all, reading stops; what was read until then is for the caller to keep.

mod contents;

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::errors::SyntaxError;
use quick_xml::events::Event;

use crate::formats::lines::LineCounter;
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::problem::{Place, Problems};

pub(crate) use contents::Content;
use contents::{Ends, without_layout};

/// How deep elements may be nested.
pub(crate) const DEPTH: usize = 256;

/// Why reading stops before the end.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The person cancelled.
    Cancelled,
    /// The text cannot be read on.
    Fault(Fault),
}

/// What is wrong with a text.
#[derive(Debug)]
pub(crate) struct Fault {
    pub what: Message,
    pub place: Place,
}

/// What comes next.
enum Node<'t> {
    Start(Tag<'t>),
    End,
    Text(Piece<'t>),
    EndOfText,
}

/// A piece of text.
struct Piece<'t> {
    text: Cow<'t, str>,
    /// Whether it stands in the file as it is: white space at its ends may be there only to lay
    /// the file out.
    literal: bool,
}

/// The start of an element.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tag<'t> {
    /// The name as it is written, prefix and all.
    pub name: &'t str,
    attributes: &'t str,
}

impl<'t> Tag<'t> {
    fn of(tag: &'t str) -> Tag<'t> {
        let tag = tag.strip_suffix('/').unwrap_or(tag);
        let end = tag.find(|c: char| c.is_ascii_whitespace()).unwrap_or(tag.len());
        let (name, attributes) = tag.split_at(end);
        Tag { name, attributes }
    }

    /// The name without its prefix.
    pub fn local(&self) -> &'t str {
        self.name.rsplit_once(':').map_or(self.name, |(_, local)| local)
    }

    /// The value of the attribute of this name, whatever its prefix.
    pub fn attribute(&self, name: &str) -> Option<Cow<'t, str>> {
        self.attributes()
            .find(|(found, _)| found.rsplit_once(':').map_or(*found, |(_, local)| local) == name)
            .map(|(_, value)| unescaped(value))
    }

    /// The attributes with their values as written.
    pub fn attributes(&self) -> impl Iterator<Item = (&'t str, &'t str)> + use<'t> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            let (name, after) = rest.split_once('=')?;
            let after = after.trim_start();
            let quote = after.chars().next()?;
            if !matches!(quote, '"' | '\'') {
                return None;
            }
            let (value, after) = after.get(1..)?.split_once(quote)?;
            rest = after;
            let name = name.trim();
            let name = name.rsplit(char::is_whitespace).next().unwrap_or(name);
            Some((name, value))
        })
    }
}

/// A text with its references resolved, as far as they are XML's own.
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        made.push_str(before);
        rest = after;
        match after.split_once(';').and_then(|(name, after)| Some((character(name)?, after))) {
            Some((character, after)) => {
                made.push(character);
                rest = after;
            }
            None => made.push('&'),
        }
    }
    made.push_str(rest);
    Cow::Owned(made)
}

/// The character of a reference: one of the five that XML has, or a number.
fn character(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?).filter(|character| *character != '\0')?
        }
    })
}

/// Reads the elements of a text.
pub(crate) struct Xml<'t> {
    text: &'t str,
    reader: Reader<&'t [u8]>,
    /// The names of the elements begun, outermost first.
    open: Vec<&'t str>,
    /// How many of them have ended without that having been told yet.
    closing: usize,
    /// Where what was read last starts.
    start: usize,
    /// Up to where lines were counted.
    counted: usize,
    lines: LineCounter,
    watch: Watch,
    /// What was odd about the text.
    pub problems: Problems,
}

impl<'t> Xml<'t> {
    pub fn new(text: &'t str, watch: &Watch) -> Xml<'t> {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.allow_unmatched_ends = true;
        config.check_end_names = false;
        Xml {
            text,
            reader,
            open: Vec::new(),
            closing: 0,
            start: 0,
            counted: 0,
            lines: LineCounter::new(),
            watch: watch.clone(),
            problems: Problems::new(),
        }
    }

    /// The first element; none where there is none.
    pub fn root(&mut self) -> Result<Option<Tag<'t>>, Stop> {
        self.child()
    }

    /// The next element inside the one begun last; none at its end. The text between elements is
    /// passed over.
    pub fn child(&mut self) -> Result<Option<Tag<'t>>, Stop> {
        loop {
            match self.next()? {
                Node::Start(tag) => return Ok(Some(tag)),
                Node::End | Node::EndOfText => return Ok(None),
                Node::Text(_) => {}
            }
        }
    }

    /// Passes over what is left of the element begun last, its end included.
    pub fn skip(&mut self) -> Result<(), Stop> {
        let depth = self.open.len();
        while self.open.len() >= depth {
            if let Node::EndOfText = self.next()? {
                break;
            }
        }
        Ok(())
    }

    /// The text of the element begun last, up to its end. Elements inside it stand in the text as
    /// they are written. White space with an end of line in it is left out at both ends: it lays
    /// out the file.
    pub fn text(&mut self) -> Result<Cow<'t, str>, Stop> {
        let depth = self.open.len();
        let from = self.position();
        let mut content = Content::default();
        let mut markup = false;
        loop {
            match self.next()? {
                Node::Text(piece) if !markup => content.push(piece),
                Node::Start(_) => markup = true,
                Node::EndOfText => break,
                Node::End if self.open.len() < depth => break,
                Node::Text(_) | Node::End => {}
            }
        }
        if markup {
            let raw = self.text.get(from..self.start).unwrap_or_default();
            return Ok(Cow::Borrowed(without_layout(raw, Ends::Both)));
        }
        Ok(content.finish())
    }

    /// As [`Self::child`], with the text passed over put behind what `content` has.
    pub fn child_with_text(&mut self, content: &mut Content<'t>) -> Result<Option<Tag<'t>>, Stop> {
        loop {
            match self.next()? {
                Node::Start(tag) => return Ok(Some(tag)),
                Node::End | Node::EndOfText => return Ok(None),
                Node::Text(piece) => content.push(piece),
            }
        }
    }

    /// How many elements are open; for [`Self::leaf`].
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// The next element with its text, among those that hold no others, inside the element that
    /// was the innermost of `depth` open ones; or, at first, that element itself. None at its end.
    pub fn leaf(
        &mut self,
        depth: usize,
        itself: Option<Tag<'t>>,
    ) -> Result<Option<(Tag<'t>, Cow<'t, str>)>, Stop> {
        let mut last = itself.map(|tag| (tag, Content::default()));
        if self.open.len() < depth {
            return Ok(None);
        }
        loop {
            match self.next()? {
                Node::Start(tag) => last = Some((tag, Content::default())),
                Node::Text(piece) => {
                    if let Some((_, content)) = &mut last {
                        content.push(piece);
                    }
                }
                Node::End => match last.take() {
                    Some((tag, content)) => return Ok(Some((tag, content.finish()))),
                    None if self.open.len() < depth => return Ok(None),
                    None => {}
                },
                Node::EndOfText => return Ok(None),
            }
        }
    }

    /// Where the reader is: a line and a column of the text.
    pub fn place(&mut self) -> Place {
        self.place_of(self.start)
    }

    /// How many bytes of the text were read; also looks whether the person cancelled.
    pub fn check(&mut self) -> Result<(), Stop> {
        self.watch.check().map_err(|_| Stop::Cancelled)?;
        self.watch.set_done(u64::try_from(self.position()).unwrap_or(u64::MAX));
        Ok(())
    }

    fn place_of(&mut self, at: usize) -> Place {
        if at < self.counted {
            self.counted = 0;
            self.lines = LineCounter::new();
        }
        self.lines.pass(self.text.as_bytes().get(self.counted..at).unwrap_or_default());
        self.counted = at;
        self.lines.place()
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn fault(&mut self, what: &'static str, at: usize) -> Stop {
        let place = self.place_of(at);
        Stop::Fault(Fault { what: Message::new(what), place })
    }

    fn next(&mut self) -> Result<Node<'t>, Stop> {
        loop {
            if let Some(left) = self.closing.checked_sub(1) {
                self.closing = left;
                self.open.pop();
                return Ok(Node::End);
            }
            let start = self.position();
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(quick_xml::Error::Syntax(SyntaxError::InvalidBangMarkup)) => {
                    return Err(self.fault("xml-bad-markup", start));
                }
                Err(quick_xml::Error::Syntax(_)) => {
                    return Err(self.fault("xml-ends-early", start));
                }
                Err(_) => return Err(self.fault("xml-bad-markup", start)),
            };
            self.start = start;
            match event {
                Event::Start(_) => return self.begin(false).map(Node::Start),
                Event::Empty(_) => return self.begin(true).map(Node::Start),
                Event::End(end) => self.end(end.name().0),
                Event::Text(text) => {
                    return Ok(Node::Text(Piece { text: text.xml10_content(), literal: true }));
                }
                Event::CData(text) => {
                    return Ok(Node::Text(Piece { text: text.xml10_content(), literal: false }));
                }
                Event::GeneralRef(name) => return Ok(Node::Text(self.reference(&name))),
                Event::Eof if self.open.is_empty() => return Ok(Node::EndOfText),
                Event::Eof => return Err(self.fault("xml-ends-early", self.text.len())),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
    }

    fn begin(&mut self, is_empty: bool) -> Result<Tag<'t>, Stop> {
        if self.open.len() >= DEPTH {
            return Err(self.fault("xml-too-deep", self.start));
        }
        let written = self.text.get(self.start..self.position()).unwrap_or_default();
        let tag = written.strip_prefix('<').unwrap_or(written);
        let tag = Tag::of(tag.strip_suffix('>').unwrap_or(tag));
        self.open.push(tag.name);
        self.closing = usize::from(is_empty);
        Ok(tag)
    }

    /// An element ends, and with it what is open inside it.
    fn end(&mut self, name: &str) {
        let Some(inside) = self.open.iter().rev().position(|open| *open == name) else {
            let place = self.place();
            return self.problems.at("problem-xml-not-opened", place);
        };
        self.closing = inside + 1;
        if inside > 0 {
            let place = self.place();
            let inside = u64::try_from(inside).unwrap_or(u64::MAX);
            self.problems.report("problem-xml-not-closed", inside, Vec::new(), Some(place));
        }
    }

    fn reference(&mut self, name: &str) -> Piece<'t> {
        if let Some(character) = character(name) {
            return Piece { text: Cow::Owned(character.to_string()), literal: false };
        }
        let place = self.place();
        self.problems.at("problem-xml-entity", place);
        let text = self.text.get(self.start..self.position()).unwrap_or_default();
        Piece { text: Cow::Borrowed(text), literal: false }
    }
}

#[cfg(test)]
mod tests;
