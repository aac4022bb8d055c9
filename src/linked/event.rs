//! A member of a stream: of which thing it is a version, and from when.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime};
use oxrdf::{NamedNodeRef, NamedOrBlankNode, Term};

use super::graph::Graph;
use super::page::StreamPage;

/// Where it is said of which thing something is a version, unless the stream says otherwise.
const VERSION: &[&str] = &["http://purl.org/dc/terms/isVersionOf"];

/// Where it is said when a version was made, unless the stream says otherwise.
const TIME: &[&str] = &[
    "http://www.w3.org/ns/prov#generatedAtTime",
    "http://purl.org/dc/terms/modified",
    "http://purl.org/dc/terms/created",
    "http://purl.org/dc/terms/issued",
    "http://www.w3.org/ns/sosa/resultTime",
];

/// Of which thing a member is a version, and from when.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The member's own name.
    pub id: String,
    /// The thing's name; the member's where it is a version of nothing.
    pub thing: String,
    /// When it was made.
    pub time: Option<DateTime<FixedOffset>>,
}

/// What is said of a member.
pub fn event(graph: &Graph, member: &NamedOrBlankNode, page: &StreamPage) -> Event {
    let first = |known: &Option<String>, usual: &[&str]| -> Option<Term> {
        let told = known.as_deref().into_iter();
        told.chain(usual.iter().copied()).find_map(|property| {
            graph.values(member, NamedNodeRef::new_unchecked(property)).next().cloned()
        })
    };
    let id = name(&Term::from(member.clone()));
    let thing = first(&page.version_path, VERSION).map(|term| name(&term));
    let time = first(&page.time_path, TIME).and_then(|term| match term {
        Term::Literal(literal) => moment(literal.value()),
        _ => None,
    });
    Event { thing: thing.unwrap_or_else(|| id.clone()), id, time }
}

fn name(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::BlankNode(node) => node.to_string(),
        Term::Literal(literal) => literal.value().to_owned(),
    }
}

/// A moment as XML Schema writes it; a day is its beginning, and one without an offset is in UTC.
pub(super) fn moment(text: &str) -> Option<DateTime<FixedOffset>> {
    let text = text.trim();
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return Some(moment);
    }
    let naive = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok();
    let day = || text.parse::<NaiveDate>().ok().map(|day| day.and_time(NaiveTime::MIN));
    naive.or_else(day).map(|naive| naive.and_utc().fixed_offset())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linked::{Contexts, Syntax};

    #[test]
    fn a_version_is_known_by_what_the_stream_says_else_by_the_usual_words() {
        let text = "@prefix dct: <http://purl.org/dc/terms/> .
            <v1> dct:isVersionOf <a> ; dct:modified \"2023-12-21T07:33:43+01:00\" ;
                <https://x.be/when> \"2020-01-01\" ; <https://x.be/of> <b> .
            <v2> <https://x.be/n> 1 .";
        let base = "https://x.be/";
        let graph =
            Graph::read(text.as_bytes(), Syntax::Turtle, base, &Contexts::default()).unwrap();
        let member = |name: &str| {
            NamedOrBlankNode::from(oxrdf::NamedNode::new(format!("https://x.be/{name}")).unwrap())
        };
        let usual = event(&graph, &member("v1"), &StreamPage::default());
        assert_eq!((&*usual.id, &*usual.thing), ("https://x.be/v1", "https://x.be/a"));
        assert_eq!(usual.time, moment("2023-12-21T06:33:43Z"));
        let told = StreamPage {
            time_path: Some("https://x.be/when".into()),
            version_path: Some("https://x.be/of".into()),
            ..StreamPage::default()
        };
        let told = event(&graph, &member("v1"), &told);
        assert_eq!((&*told.thing, told.time), ("https://x.be/b", moment("2020-01-01T00:00:00")));
        let plain = event(&graph, &member("v2"), &StreamPage::default());
        assert_eq!((&*plain.thing, plain.time), ("https://x.be/v2", None));
    }
}
