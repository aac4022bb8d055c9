//! A document of RDF as a graph: what is said of each thing, in the order it was said.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use oxjsonld::{JsonLdParser, JsonLdRemoteDocument};
use oxrdf::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};
use oxttl::{NQuadsParser, NTriplesParser, TriGParser, TurtleParser};

/// What is asked for where RDF is wanted.
pub const RDF_KINDS: &str = "text/turtle, application/trig;q=0.9, application/n-triples;q=0.9, \
    application/n-quads;q=0.8, application/ld+json;q=0.8, application/json;q=0.5, */*;q=0.1";

/// The most statements of a document.
const MOST: usize = 5_000_000;

/// How RDF is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// Turtle.
    Turtle,
    /// TriG: Turtle with named graphs.
    TriG,
    /// N-Triples.
    NTriples,
    /// N-Quads.
    NQuads,
    /// JSON-LD 1.1.
    JsonLd,
}

impl Syntax {
    /// How a document is written: by what a server calls it and by its first letters, which decide
    /// where the two disagree. None for what is no RDF, a web page above all.
    pub fn of(content_type: &str, bytes: &[u8]) -> Option<Syntax> {
        let kind = content_type.split(';').next().unwrap_or_default().trim().to_lowercase();
        let start = String::from_utf8_lossy(bytes.get(..1024).unwrap_or(bytes)).into_owned();
        let start = start.trim_start_matches('\u{feff}').trim_start();
        if start.starts_with('{') || start.starts_with('[') && kind.contains("json") {
            return Some(Syntax::JsonLd);
        }
        let lower = start.get(..15).unwrap_or(start).to_lowercase();
        if lower.starts_with("<!doctype")
            || lower.starts_with("<html")
            || lower.starts_with("<?xml")
        {
            return None;
        }
        match kind.as_str() {
            "application/n-triples" => Some(Syntax::NTriples),
            "application/n-quads" => Some(Syntax::NQuads),
            "application/trig" => Some(Syntax::TriG),
            _ if start.is_empty() => None,
            // Turtle holds N-Triples; a server that calls it plain text, or nothing, means it.
            _ => Some(Syntax::Turtle),
        }
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Syntax::Turtle => "Turtle",
            Syntax::TriG => "TriG",
            Syntax::NTriples => "N-Triples",
            Syntax::NQuads => "N-Quads",
            Syntax::JsonLd => "JSON-LD",
        }
    }
}

/// Documents that say what the words of JSON-LD mean, by their addresses.
#[derive(Clone, Debug, Default)]
pub struct Contexts {
    known: Arc<Mutex<Known>>,
}

#[derive(Debug, Default)]
struct Known {
    documents: HashMap<String, Vec<u8>>,
    /// The first one that was asked for and is not there.
    missing: Option<String>,
}

impl Contexts {
    /// Keeps a document.
    pub fn add(&self, address: impl Into<String>, document: Vec<u8>) {
        self.lock().documents.insert(address.into(), document);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.lock().documents.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn find(&self, address: &str) -> Option<Vec<u8>> {
        let mut known = self.lock();
        let found = known.documents.get(address).cloned();
        if found.is_none() {
            known.missing.get_or_insert_with(|| address.to_owned());
        }
        found
    }
}

/// Why a document could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// The words of JSON-LD are explained in a document that is not there yet.
    NeedsContext(String),
    /// It is not written as it should be: what the parser says, in its own words.
    Syntax(String),
    /// More than five million statements.
    TooLarge,
}

/// What a document says.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    numbers: HashMap<NamedOrBlankNode, usize>,
    things: Vec<(NamedOrBlankNode, Vec<(NamedNode, Term)>)>,
    count: usize,
}

impl Graph {
    /// Reads a document. `base` is its address, by which its relative ones are understood.
    ///
    /// # Errors
    /// When it is not written as it should be, or needs a context that is not there.
    pub fn read(
        bytes: &[u8],
        syntax: Syntax,
        base: &str,
        contexts: &Contexts,
    ) -> Result<Graph, Unread> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let bad = |error: &dyn std::fmt::Display| Unread::Syntax(error.to_string());
        let mut graph = Graph::default();
        match syntax {
            Syntax::Turtle => {
                let parser = TurtleParser::new().lenient().with_base_iri(base);
                for triple in parser.map_err(|error| bad(&error))?.for_slice(bytes) {
                    graph.add(triple.map_err(|error| bad(&error))?)?;
                }
            }
            Syntax::TriG => {
                let parser = TriGParser::new().lenient().with_base_iri(base);
                for quad in parser.map_err(|error| bad(&error))?.for_slice(bytes) {
                    graph.add(quad.map_err(|error| bad(&error))?.into())?;
                }
            }
            Syntax::NTriples => {
                for triple in NTriplesParser::new().lenient().for_slice(bytes) {
                    graph.add(triple.map_err(|error| bad(&error))?)?;
                }
            }
            Syntax::NQuads => {
                for quad in NQuadsParser::new().lenient().for_slice(bytes) {
                    graph.add(quad.map_err(|error| bad(&error))?.into())?;
                }
            }
            Syntax::JsonLd => graph.read_json(bytes, base, contexts)?,
        }
        Ok(graph)
    }

    fn read_json(&mut self, bytes: &[u8], base: &str, contexts: &Contexts) -> Result<(), Unread> {
        let bad = |error: &dyn std::fmt::Display| Unread::Syntax(error.to_string());
        let parser = JsonLdParser::new().lenient().with_base_iri(base);
        let known = contexts.clone();
        contexts.lock().missing = None;
        let parser = parser.map_err(|error| bad(&error))?.for_slice(bytes);
        let quads = parser.with_load_document_callback(move |address, _| {
            let document = known.find(address).ok_or("a context that is not there")?;
            Ok(JsonLdRemoteDocument { document, document_url: address.to_owned() })
        });
        for quad in quads {
            match quad {
                Ok(quad) => self.add(quad.into())?,
                Err(error) => {
                    let missing = contexts.lock().missing.take();
                    return Err(missing.map_or_else(|| bad(&error), Unread::NeedsContext));
                }
            }
        }
        match contexts.lock().missing.take() {
            Some(missing) => Err(Unread::NeedsContext(missing)),
            None => Ok(()),
        }
    }

    fn add(&mut self, triple: Triple) -> Result<(), Unread> {
        self.count += 1;
        if self.count > MOST {
            return Err(Unread::TooLarge);
        }
        let next = self.things.len();
        let number = *self.numbers.entry(triple.subject.clone()).or_insert(next);
        if number == next {
            self.things.push((triple.subject, Vec::new()));
        }
        if let Some((_, said)) = self.things.get_mut(number) {
            said.push((triple.predicate, triple.object));
        }
        Ok(())
    }

    /// How many statements there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// All that is said of a thing, in the order of the document.
    pub fn about(&self, thing: &NamedOrBlankNode) -> &[(NamedNode, Term)] {
        let number = self.numbers.get(thing);
        number.and_then(|at| self.things.get(*at)).map_or(&[], |(_, said)| said.as_slice())
    }

    /// The values of a property of a thing.
    pub fn values<'a>(
        &'a self,
        thing: &NamedOrBlankNode,
        property: NamedNodeRef<'a>,
    ) -> impl Iterator<Item = &'a Term> + 'a {
        let said = self.about(thing).iter();
        said.filter(move |(known, _)| known.as_ref() == property).map(|(_, value)| value)
    }

    /// All statements of a property: the thing and the value.
    pub fn all<'a>(
        &'a self,
        property: NamedNodeRef<'a>,
    ) -> impl Iterator<Item = (&'a NamedOrBlankNode, &'a Term)> + 'a {
        self.things.iter().flat_map(move |(thing, said)| {
            let said = said.iter().filter(move |(known, _)| known.as_ref() == property);
            said.map(move |(_, value)| (thing, value))
        })
    }

    /// The things of which a property has a value.
    pub fn having<'a>(
        &'a self,
        property: NamedNodeRef<'a>,
        value: &'a Term,
    ) -> impl Iterator<Item = &'a NamedOrBlankNode> + 'a {
        self.all(property).filter(move |(_, known)| *known == value).map(|(thing, _)| thing)
    }
}

/// A value as a thing of which more may be said; none for a literal.
pub(super) fn as_thing(term: &Term) -> Option<NamedOrBlankNode> {
    match term {
        Term::NamedNode(node) => Some(node.clone().into()),
        Term::BlankNode(node) => Some(node.clone().into()),
        Term::Literal(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "https://x.be/page";

    #[test]
    fn a_document_is_known_by_its_letters_more_than_by_its_name() {
        for (kind, text, syntax) in [
            ("text/turtle; charset=utf-8", "@prefix a: <x:> .", Some(Syntax::Turtle)),
            ("text/html", "{\"@id\": \"x\"}", Some(Syntax::JsonLd)),
            ("text/turtle", "\u{feff}  {\"@graph\": []}", Some(Syntax::JsonLd)),
            ("application/ld+json", "[{}]", Some(Syntax::JsonLd)),
            ("application/n-quads", "<a:a> <a:b> <a:c> <a:d> .", Some(Syntax::NQuads)),
            ("", "<https://x.be/a> a <b:c> .", Some(Syntax::Turtle)),
            ("text/turtle", "<!DOCTYPE html><html>", None),
            ("text/turtle", "<html lang=nl>", None),
            ("text/turtle", "", None),
        ] {
            assert_eq!(Syntax::of(kind, text.as_bytes()), syntax, "{kind} {text}");
        }
    }

    #[test]
    fn the_same_things_are_said_in_every_syntax() {
        let contexts = Contexts::default();
        let written = [
            (Syntax::Turtle, "<a> <https://x.be/p> \"1\", <https://x.be/b> ."),
            (
                Syntax::NTriples,
                "<https://x.be/a> <https://x.be/p> \"1\" .\n\
                 <https://x.be/a> <https://x.be/p> <https://x.be/b> .",
            ),
            (Syntax::TriG, "GRAPH <g> { <a> <p> \"1\", <b> . }"),
            (
                Syntax::JsonLd,
                r#"{"@context": {"p": "https://x.be/p"}, "@id": "a", "p": ["1", {"@id": "b"}]}"#,
            ),
        ];
        for (syntax, text) in written {
            let graph = Graph::read(text.as_bytes(), syntax, BASE, &contexts).unwrap();
            assert_eq!(graph.len(), 2, "{syntax:?}");
            let thing = NamedOrBlankNode::from(NamedNode::new("https://x.be/a").unwrap());
            let property = NamedNodeRef::new("https://x.be/p").unwrap();
            let values: Vec<_> = graph.values(&thing, property).map(ToString::to_string).collect();
            assert_eq!(values, ["\"1\"", "<https://x.be/b>"], "{syntax:?}");
        }
    }

    #[test]
    fn a_context_is_asked_for_and_then_used() {
        let text = br#"{"@context": "https://x.be/c", "@id": "a", "naam": "Muide"}"#;
        let contexts = Contexts::default();
        let read = || Graph::read(text, Syntax::JsonLd, BASE, &contexts);
        assert_eq!(read().unwrap_err(), Unread::NeedsContext("https://x.be/c".into()));
        contexts.add("https://x.be/c", br#"{"@context": {"naam": "https://x.be/naam"}}"#.to_vec());
        assert_eq!((read().unwrap().len(), contexts.len()), (1, 1));
        contexts.add("https://x.be/c", b"<html>".to_vec());
        assert!(matches!(read(), Err(Unread::Syntax(_))));
    }

    #[test]
    fn what_is_cut_off_or_broken_is_told() {
        for (syntax, text) in [
            (Syntax::Turtle, "<a> <p> \"1"),
            (Syntax::Turtle, "<a> <p> <b> . <c>"),
            (Syntax::JsonLd, "{\"@id\": \"a\", \"https://x.be/p\": [1"),
            (Syntax::NQuads, "<a:a> <a:b>"),
        ] {
            let read = Graph::read(text.as_bytes(), syntax, BASE, &Contexts::default());
            assert!(matches!(read, Err(Unread::Syntax(_))), "{text}");
        }
    }
}
