//! What a page of a stream of events holds: its members and where to go on (TREE hypermedia, and
//! Linked Data Event Streams, both of the SEMIC community at <https://semiceu.github.io>).

use std::collections::HashSet;

use chrono::{DateTime, FixedOffset};
use oxrdf::{NamedNodeRef, NamedOrBlankNode, Term, vocab::rdf};

use super::event::moment;
use super::graph::{Graph, as_thing};

macro_rules! tree {
    ($name:literal) => {
        NamedNodeRef::new_unchecked(concat!("https://w3id.org/tree#", $name))
    };
}
macro_rules! ldes {
    ($name:literal) => {
        NamedNodeRef::new_unchecked(concat!("https://w3id.org/ldes#", $name))
    };
}

/// What the members behind a link have in common with its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// They are later than it, or equal.
    Later,
    /// They are earlier than it, or equal.
    Earlier,
    /// They are at just that time.
    Equal,
    /// Nothing is said.
    Unknown,
}

/// A link to another page.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Its address.
    pub to: String,
    /// What the members there have in common.
    pub bound: Bound,
    /// The property that this is about; empty where it is not said.
    pub path: String,
    /// The value, where it is a moment.
    pub value: Option<DateTime<FixedOffset>>,
    /// How many members are said to be there and behind it.
    pub left: Option<u64>,
}

impl Link {
    /// Whether no member behind it can be of this moment or later, by the property that says when.
    pub fn is_before(&self, since: DateTime<FixedOffset>, time_path: Option<&str>) -> bool {
        let is_time = self.path.is_empty() || time_path.is_none_or(|path| path == self.path);
        let ends = matches!(self.bound, Bound::Earlier | Bound::Equal);
        is_time && ends && self.value.is_some_and(|value| value < since)
    }
}

/// A page of a stream.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StreamPage {
    /// The members on it, in the order of the page, each once.
    pub members: Vec<NamedOrBlankNode>,
    /// Links to other pages, each address once.
    pub links: Vec<Link>,
    /// The property that says when a member was made, where the stream says it.
    pub time_path: Option<String>,
    /// The property that says of which thing a member is a version, where the stream says it.
    pub version_path: Option<String>,
    /// What the stream is called, where it says so.
    pub title: Option<String>,
}

impl StreamPage {
    /// Looks through a document; `address` is where it came from.
    pub fn of(graph: &Graph, address: &str) -> StreamPage {
        let mut page = StreamPage {
            time_path: path(graph, ldes!("timestampPath")),
            version_path: path(graph, ldes!("versionOfPath")),
            title: title(graph),
            ..StreamPage::default()
        };
        let mut seen = HashSet::new();
        for (_, member) in graph.all(tree!("member")) {
            if let Some(member) = as_thing(member).filter(|it| seen.insert(it.clone())) {
                page.members.push(member);
            }
        }
        let mut addresses = HashSet::from([address.to_owned()]);
        for (_, relation) in graph.all(tree!("relation")) {
            let Some(relation) = as_thing(relation) else { continue };
            let link = link_of(graph, &relation);
            page.links.extend(link.filter(|link| addresses.insert(link.to.clone())));
        }
        if page.members.is_empty() && page.links.is_empty() {
            // A stream that is described at its own address, and begins at another.
            for (_, view) in graph.all(tree!("view")) {
                let Term::NamedNode(view) = view else { continue };
                let to = view.as_str().to_owned();
                if addresses.insert(to.clone()) {
                    let (bound, path) = (Bound::Unknown, String::new());
                    page.links.push(Link { to, bound, path, value: None, left: None });
                }
            }
        }
        page
    }
}

fn link_of(graph: &Graph, relation: &NamedOrBlankNode) -> Option<Link> {
    let to = graph.values(relation, tree!("node")).find_map(|node| match node {
        Term::NamedNode(node) => Some(node.as_str().to_owned()),
        // An address written as a text.
        Term::Literal(literal) => Some(literal.value().to_owned()),
        Term::BlankNode(_) => None,
    })?;
    let kinds = graph.values(relation, rdf::TYPE).filter_map(|kind| match kind {
        Term::NamedNode(kind) => kind.as_str().strip_prefix("https://w3id.org/tree#"),
        _ => None,
    });
    let bound = kinds.fold(Bound::Unknown, |known, kind| match kind {
        "GreaterThanRelation" | "GreaterThanOrEqualToRelation" => Bound::Later,
        "LessThanRelation" | "LessThanOrEqualToRelation" => Bound::Earlier,
        "EqualToRelation" => Bound::Equal,
        _ => known,
    });
    let literal = |property| {
        graph.values(relation, property).find_map(|value| match value {
            Term::Literal(literal) => Some(literal.value()),
            _ => None,
        })
    };
    let path = graph.values(relation, tree!("path")).find_map(|path| match path {
        Term::NamedNode(path) => Some(path.as_str().to_owned()),
        _ => None,
    });
    Some(Link {
        to,
        bound,
        path: path.unwrap_or_default(),
        value: literal(tree!("value")).and_then(moment),
        left: literal(tree!("remainingItems")).and_then(|text| text.trim().parse().ok()),
    })
}

fn path(graph: &Graph, property: NamedNodeRef<'_>) -> Option<String> {
    graph.all(property).find_map(|(_, path)| match path {
        Term::NamedNode(path) => Some(path.as_str().to_owned()),
        _ => None,
    })
}

/// The title of the stream itself: a member may have one too.
fn title(graph: &Graph) -> Option<String> {
    let kinds = [ldes!("EventStream"), tree!("Collection")];
    let titles = ["http://purl.org/dc/terms/title", "http://www.w3.org/2000/01/rdf-schema#label"];
    let streams = kinds.into_iter().flat_map(|kind| {
        let kind = Term::from(kind.into_owned());
        graph.all(rdf::TYPE).filter(move |(_, known)| **known == kind).map(|(stream, _)| stream)
    });
    streams.into_iter().find_map(|stream| {
        titles.into_iter().find_map(|title| {
            graph.values(stream, NamedNodeRef::new_unchecked(title)).find_map(|value| match value {
                Term::Literal(literal) => Some(literal.value().to_owned()),
                _ => None,
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linked::{Contexts, Syntax};

    fn page(text: &str) -> StreamPage {
        let text = format!(
            "@prefix tree: <https://w3id.org/tree#> . @prefix ldes: <https://w3id.org/ldes#> .
             @prefix dct: <http://purl.org/dc/terms/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . {text}"
        );
        let base = "https://x.be/stream?page=1";
        let graph =
            Graph::read(text.as_bytes(), Syntax::Turtle, base, &Contexts::default()).unwrap();
        StreamPage::of(&graph, base)
    }

    #[test]
    fn members_and_links_are_found_once_each() {
        let page = page(
            "<s> a ldes:EventStream ; dct:title \"Bomen\"@nl ; ldes:timestampPath dct:created ;
                ldes:versionOfPath dct:isVersionOf ; tree:view <> ; tree:member <m1>, <m2>, <m1> .
             <m1> dct:title \"Een boom\" .
             <> tree:relation [ a tree:LessThanRelation ; tree:node <?page=0> ;
                    tree:path dct:created ; tree:value \"2024-01-01T00:00:00Z\"^^xsd:dateTime ;
                    tree:remainingItems 12 ],
                [ a tree:GreaterThanOrEqualToRelation ; tree:node <?page=2> ;
                    tree:value \"2024-06-01T00:00:00Z\" ],
                [ tree:node <?page=2> ], [ tree:node <> ], [ a tree:Relation ] .",
        );
        assert_eq!(page.members.len(), 2);
        assert_eq!(page.title.as_deref(), Some("Bomen"));
        assert_eq!(page.time_path.as_deref(), Some("http://purl.org/dc/terms/created"));
        let links: Vec<_> = page.links.iter().map(|it| (&*it.to, it.bound, it.left)).collect();
        let at = |number: u32| format!("https://x.be/stream?page={number}");
        let expected = [(at(0), Bound::Earlier, Some(12)), (at(2), Bound::Later, None)];
        assert_eq!(links, expected.each_ref().map(|(to, bound, left)| (&**to, *bound, *left)));
    }

    #[test]
    fn a_link_is_left_out_only_where_all_behind_it_is_too_early() {
        let link = |bound, path: &str, value: &str| Link {
            to: String::new(),
            bound,
            path: path.into(),
            value: moment(value),
            left: None,
        };
        let since = moment("2024-03-01T00:00:00Z").unwrap();
        let time = Some("p:time");
        for (link, is_before) in [
            (link(Bound::Earlier, "p:time", "2024-02-01"), true),
            (link(Bound::Earlier, "p:time", "2024-03-01T00:00:00Z"), false),
            (link(Bound::Earlier, "p:name", "2024-02-01"), false),
            (link(Bound::Earlier, "", "2024-02-01"), true),
            (link(Bound::Equal, "p:time", "2024-02-01"), true),
            (link(Bound::Later, "p:time", "2024-02-01"), false),
            (link(Bound::Unknown, "p:time", "2024-02-01"), false),
            (link(Bound::Earlier, "p:time", "vroeger"), false),
        ] {
            assert_eq!(link.is_before(since, time), is_before, "{link:?}");
        }
    }

    #[test]
    fn a_stream_that_is_only_described_leads_to_its_first_page() {
        let page = page("<s> a ldes:EventStream ; tree:view <start> .");
        assert_eq!(page.links.len(), 1);
        assert_eq!(page.links[0].to, "https://x.be/start");
    }
}
