//! Which columns are made of the things of a stream that is known, and where in the graph their
//! values stand.

use std::collections::BTreeMap;

use oxrdf::{NamedNode, NamedOrBlankNode, Term};
use serde::Deserialize;

use super::cell::{Cell, cell};
use super::graph::{Graph, as_thing};
use super::row::both;

/// Columns and the ways to their values. As a file of settings writes it: prefixes, and for each
/// column one way or several, each a property or several with a slash between (`^` before one goes
/// it backwards), as the property paths of SPARQL do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    columns: Vec<(String, Vec<Vec<Step>>)>,
}

/// A step along a property.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Step {
    property: NamedNode,
    /// From the value to the thing.
    backwards: bool,
}

/// A shape as it stands in a file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Written {
    prefixes: BTreeMap<String, String>,
    column: Vec<WrittenColumn>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenColumn {
    name: String,
    ways: Vec<String>,
}

/// A way that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadShape(pub String);

impl Shape {
    /// Reads a shape.
    ///
    /// # Errors
    /// When a way names a prefix that is not there, or no property.
    pub(crate) fn read(written: &Written) -> Result<Shape, BadShape> {
        let step = |text: &str| {
            let (backwards, name) = match text.strip_prefix('^') {
                Some(name) => (true, name),
                None => (false, text),
            };
            let bad = || BadShape(text.to_owned());
            let (prefix, rest) = name.split_once(':').ok_or_else(bad)?;
            let start = written.prefixes.get(prefix).ok_or_else(bad)?;
            let property = NamedNode::new(format!("{start}{rest}")).map_err(|_| bad())?;
            Ok(Step { property, backwards })
        };
        let way = |text: &String| text.split('/').map(|text| step(text.trim())).collect();
        let column = |column: &WrittenColumn| {
            let ways: Result<Vec<Vec<Step>>, BadShape> = column.ways.iter().map(way).collect();
            Ok((column.name.clone(), ways?))
        };
        let columns: Result<_, BadShape> = written.column.iter().map(column).collect();
        Ok(Shape { columns: columns? })
    }

    /// The names of the columns.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|(name, _)| name.as_str())
    }

    /// The row of a thing: all columns, empty where nothing is said. Several values of one column
    /// become one text.
    pub fn row(&self, graph: &Graph, thing: &NamedOrBlankNode) -> Vec<(String, Option<Cell>)> {
        let cell_of = |ways: &[Vec<Step>]| {
            let ends = ways.iter().flat_map(|way| ends(graph, thing, way));
            let ends = ends.filter(says_something);
            ends.map(|end| cell(&end)).filter(|cell| !cell.text().trim().is_empty()).fold(
                None,
                |known: Option<Cell>, value| {
                    Some(known.map_or_else(|| value.clone(), |known| both(&known, &value)))
                },
            )
        };
        self.columns.iter().map(|(name, ways)| (name.clone(), cell_of(ways))).collect()
    }
}

/// Whether a value says anything to a person: an anonymous node has no name outside its page, and a date
/// (Extended Date/Time Format, Library of Congress) without a digit is one that nobody knows (`..`).
fn says_something(term: &Term) -> bool {
    match term {
        Term::NamedNode(_) => true,
        Term::BlankNode(_) => false,
        Term::Literal(literal) => {
            let is_date = literal.datatype().as_str() == EDTF;
            !is_date || literal.value().contains(|letter: char| letter.is_ascii_digit())
        }
    }
}

/// The type of dates that may be known in part.
const EDTF: &str = "http://id.loc.gov/datatypes/edtf/EDTF";

/// Where a way ends.
fn ends(graph: &Graph, thing: &NamedOrBlankNode, way: &[Step]) -> Vec<Term> {
    let mut at = vec![Term::from(thing.clone())];
    for step in way {
        let mut next = Vec::new();
        for term in &at {
            if step.backwards {
                let things = graph.having(step.property.as_ref(), term);
                next.extend(things.cloned().map(Term::from));
            } else if let Some(thing) = as_thing(term) {
                next.extend(graph.values(&thing, step.property.as_ref()).cloned());
            }
        }
        at = next;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linked::{Contexts, Syntax};

    fn shape(text: &str) -> Result<Shape, BadShape> {
        Shape::read(&toml::from_str(text).unwrap())
    }

    #[test]
    fn ways_lead_to_values_forwards_and_backwards() {
        let shape = shape(
            "prefixes = { x = 'https://x.be/' }
             [[column]]
             name = 'titel'
             ways = ['x:title']
             [[column]]
             name = 'maker'
             ways = ['x:made/x:by/x:label', 'x:thought/x:by/x:label']
             [[column]]
             name = 'rol'
             ways = ['x:made/^x:of/x:role']
             [[column]]
             name = 'datum'
             ways = ['x:date']
             [[column]]
             name = 'leeg'
             ways = ['x:nothing']",
        )
        .unwrap();
        let text = "@prefix x: <https://x.be/> . x:a x:title \"Kop\" ; x:made x:m, x:m2 ;
            x:thought [ x:by [ x:label \"Piet\" ] ] ;
            x:nothing [ x:label \"zonder naam\" ], \"..\"^^<http://id.loc.gov/datatypes/edtf/EDTF> ;
            x:date \"17xx\"^^<http://id.loc.gov/datatypes/edtf/EDTF> . x:m x:by [ x:label \"Jan\" ] .
            x:m2 x:by [ x:label \"Jan\" ] . [] x:of x:m ; x:role \"uitvoerder\" .";
        let graph =
            Graph::read(text.as_bytes(), Syntax::Turtle, "https://x.be/", &Contexts::default());
        let thing = NamedOrBlankNode::from(NamedNode::new("https://x.be/a").unwrap());
        let cells = shape.row(&graph.unwrap(), &thing);
        let row: Vec<_> = cells.iter().map(|(name, cell)| (&**name, cell.as_ref())).collect();
        let text = |text: &str| Cell::Text(text.to_owned());
        let (title, maker, role) = (text("Kop"), text("Jan | Piet"), text("uitvoerder"));
        let date = text("17xx");
        let expected = [
            ("titel", Some(&title)),
            ("maker", Some(&maker)),
            ("rol", Some(&role)),
            ("datum", Some(&date)),
            ("leeg", None),
        ];
        assert_eq!(row, expected);
    }

    #[test]
    fn a_way_that_means_nothing_is_told() {
        let text = |way: &str| {
            format!(
                "prefixes = {{ x = 'https://x.be/' }}\n[[column]]\nname = 'a'\nways = ['{way}']"
            )
        };
        for way in ["title", "y:title", "", "x:a//x:b", "x:a b"] {
            assert!(shape(&text(way)).is_err(), "{way}");
        }
    }
}
