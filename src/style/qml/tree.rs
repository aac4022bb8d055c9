//! The elements of a style file as a tree: such files are small, and what one element means
//! depends on others far away.

use std::borrow::Cow;

use crate::formats::xml::{Content, Stop, Tag, Xml};
use crate::i18n::Message;
use crate::jobs::Watch;

/// The most elements: a file with more is no style that somebody made.
const MOST: usize = 400_000;

/// An element with what it holds.
pub(super) struct Element<'t> {
    tag: Tag<'t>,
    /// The elements inside it.
    pub children: Vec<Element<'t>>,
    text: Cow<'t, str>,
}

impl<'t> Element<'t> {
    /// The outermost element of a text.
    ///
    /// # Errors
    /// When there is none, or the text is no sound XML.
    pub fn root(text: &'t str) -> Result<Element<'t>, Message> {
        let mut xml = Xml::new(text, &Watch::unwatched());
        let mut left = MOST;
        let tag = match xml.root() {
            Ok(Some(tag)) => tag,
            Ok(None) => return Err(Message::new("qml-not-a-style")),
            Err(stop) => return Err(said(stop)),
        };
        Element::read(&mut xml, tag, &mut left).map_err(said)
    }

    fn read(xml: &mut Xml<'t>, tag: Tag<'t>, left: &mut usize) -> Result<Element<'t>, Stop> {
        let mut children = Vec::new();
        let mut content = Content::default();
        while let Some(tag) = xml.child_with_text(&mut content)? {
            *left = left.saturating_sub(1);
            if *left == 0 {
                xml.skip()?;
                continue;
            }
            children.push(Element::read(xml, tag, left)?);
        }
        Ok(Element { tag, children, text: content.finish() })
    }

    /// Its name.
    pub fn name(&self) -> &'t str {
        self.tag.local()
    }

    /// The text inside it.
    pub fn text(&self) -> &str {
        self.text.trim()
    }

    /// An attribute.
    pub fn get(&self, name: &str) -> Option<Cow<'t, str>> {
        self.tag.attribute(name)
    }

    /// An attribute; empty where it is missing.
    pub fn text_of(&self, name: &str) -> Cow<'t, str> {
        self.get(name).unwrap_or_default()
    }

    /// An attribute as a number.
    pub fn number(&self, name: &str) -> Option<f64> {
        number(&self.get(name)?)
    }

    /// Whether an attribute says yes; `usual` where it is missing.
    pub fn is(&self, name: &str, usual: bool) -> bool {
        self.get(name).map_or(usual, |value| is_yes(&value))
    }

    /// The first element of a name inside it.
    pub fn child(&self, name: &str) -> Option<&Element<'t>> {
        self.children.iter().find(|child| child.name() == name)
    }

    /// All elements of a name inside it.
    pub fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Element<'t>> {
        self.children.iter().filter(move |child| child.name() == name)
    }

    /// A member of a map of options, as QGIS writes maps since 3.18.
    pub fn option(&self, name: &str) -> Option<&Element<'t>> {
        self.all("Option").find(|option| option.text_of("name") == name)
    }

    /// A property of a layer of a symbol: an option of its map, or `<prop k v>` as earlier.
    pub fn property(&self, name: &str) -> Option<Cow<'t, str>> {
        let option = self.child("Option").and_then(|map| map.option(name)?.get("value"));
        let old = || self.all("prop").find(|prop| prop.text_of("k") == name)?.get("v");
        option.or_else(old)
    }

    /// The first of several properties that there is.
    pub fn first_property(&self, names: &[&str]) -> Option<Cow<'t, str>> {
        names.iter().find_map(|name| self.property(name))
    }
}

/// A finite number.
pub(super) fn number(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|number| number.is_finite())
}

/// Whether a text says yes.
pub(super) fn is_yes(text: &str) -> bool {
    matches!(text.trim(), "1" | "true" | "True")
}

fn said(stop: Stop) -> Message {
    match stop {
        Stop::Cancelled => Message::new("error-cancelled"),
        Stop::Fault(fault) => Message::new("qml-broken")
            .message("what", fault.what)
            .message("place", fault.place.message()),
    }
}
