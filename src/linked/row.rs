//! A thing of a graph as a row: what is said of it, and of what belongs to it alone.

use oxrdf::vocab::rdf;
use oxrdf::{NamedOrBlankNode, Term};

use super::cell::{Cell, cell};
use super::graph::{Graph, as_thing};
use super::names::Names;

/// How many steps are gone from a thing: the place of the address of the owner of a building.
const DEEPEST: usize = 4;

/// The most cells of a row: beyond it a graph goes round in circles.
const MOST: usize = 400;

/// Between values of one property.
pub(super) const BETWEEN: &str = " | ";

/// What is said of a thing, and of what it names and is described with it, as cells. Values of one
/// property that differ become one text; texts in several languages have a column each, that of
/// the language that is wanted the plain name. Things of the page that are rows of their own
/// (`is_row`) are named, not copied.
pub fn row(
    graph: &Graph,
    thing: &NamedOrBlankNode,
    names: &mut Names,
    language: &str,
    is_row: &dyn Fn(&NamedOrBlankNode) -> bool,
) -> Vec<(String, Cell)> {
    let mut walk = Walk { graph, names, language, is_row, cells: Vec::new(), on_way: Vec::new() };
    walk.on_way.push(thing.clone());
    walk.visit(thing, &mut Vec::new());
    walk.cells
}

struct Walk<'a> {
    graph: &'a Graph,
    names: &'a mut Names,
    language: &'a str,
    is_row: &'a dyn Fn(&NamedOrBlankNode) -> bool,
    cells: Vec<(String, Cell)>,
    on_way: Vec<NamedOrBlankNode>,
}

impl<'a> Walk<'a> {
    fn visit(&mut self, thing: &NamedOrBlankNode, way: &mut Vec<&'a str>) {
        let graph = self.graph;
        let about: &'a [_] = graph.about(thing);
        for (property, value) in about {
            // Of what kind the parts are follows from where they stand.
            if self.cells.len() >= MOST || property.as_ref() == rdf::TYPE && !way.is_empty() {
                continue;
            }
            way.push(property.as_str());
            self.value(value, way, about);
            way.pop();
        }
    }

    fn value(
        &mut self,
        value: &'a Term,
        way: &mut Vec<&'a str>,
        beside: &'a [(oxrdf::NamedNode, Term)],
    ) {
        if let Some(thing) = as_thing(value) {
            let is_anonymous = matches!(thing, NamedOrBlankNode::BlankNode(_));
            if !is_anonymous {
                self.add(way, "", cell(value));
            }
            let goes_on = way.len() < DEEPEST
                && !self.graph.about(&thing).is_empty()
                && !self.on_way.contains(&thing)
                && !(self.is_row)(&thing);
            if goes_on {
                self.on_way.push(thing.clone());
                self.visit(&thing, way);
                self.on_way.pop();
            }
            return;
        }
        let Term::Literal(literal) = value else { return };
        let tag = literal.language().unwrap_or_default();
        let last = way.last().copied().unwrap_or_default();
        let same = beside.iter().filter(|(property, _)| property.as_str() == last);
        let mut tags = same.filter_map(|(_, value)| match value {
            Term::Literal(literal) => literal.language(),
            _ => None,
        });
        // The plain name is for the language that is wanted, else for the first there is.
        let plain = tags.clone().find(|tag| tag.eq_ignore_ascii_case(self.language));
        let plain = plain.or_else(|| tags.next()).unwrap_or_default();
        let suffix = if tag.is_empty() || tag.eq_ignore_ascii_case(plain) { "" } else { tag };
        self.add(way, suffix, cell(value));
    }

    fn add(&mut self, way: &[&str], suffix: &str, value: Cell) {
        let mut name = self.names.of(way);
        if !suffix.is_empty() {
            name = format!("{name}_{}", suffix.to_lowercase());
        }
        let known = self.cells.iter_mut().find(|(known, _)| *known == name);
        let Some((_, known)) = known else { return self.cells.push((name, value)) };
        *known = both(known, &value);
    }
}

/// Two values of one property in one cell.
pub(super) fn both(known: &Cell, value: &Cell) -> Cell {
    if known.text().split(BETWEEN).any(|part| part == value.text()) {
        return known.clone();
    }
    Cell::Text(format!("{}{BETWEEN}{}", known.text(), value.text()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linked::{Contexts, Syntax};

    fn cells(text: &str) -> Vec<(String, String)> {
        let text = format!("@prefix x: <https://x.be/> . {text}");
        let base = "https://x.be/";
        let graph =
            Graph::read(text.as_bytes(), Syntax::Turtle, base, &Contexts::default()).unwrap();
        let thing = NamedOrBlankNode::from(oxrdf::NamedNode::new("https://x.be/a").unwrap());
        let other = NamedOrBlankNode::from(oxrdf::NamedNode::new("https://x.be/other").unwrap());
        let row = row(&graph, &thing, &mut Names::default(), "nl", &|it| *it == other);
        row.into_iter().map(|(name, cell)| (name, cell.text().to_owned())).collect()
    }

    fn expected(cells: &[(&str, &str)]) -> Vec<(String, String)> {
        cells.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn parts_of_a_thing_are_columns_of_its_row() {
        let found = cells(
            "x:a a x:Parking ; x:label \"P+R\" ;
                x:capacity [ a x:Total ; x:total 201 ], [ a x:Now ; x:current 193 ] ;
                x:by x:city . x:city x:label \"Mobiliteitsbedrijf\" .",
        );
        let texts = [
            ("type", "https://x.be/Parking"),
            ("label", "P+R"),
            ("capacity_total", "201"),
            ("capacity_current", "193"),
            ("by", "https://x.be/city"),
            ("by_label", "Mobiliteitsbedrijf"),
        ];
        assert_eq!(found, expected(&texts));
    }

    #[test]
    fn several_values_and_languages_are_all_there() {
        let found = cells(
            "x:a x:label \"Gent\"@nl, \"Gand\"@fr, \"Ghent\"@en ; x:tag \"b\", \"c\", \"b\" ;
                x:name \"Muide\"@fr .",
        );
        let texts = [
            ("label", "Gent"),
            ("label_fr", "Gand"),
            ("label_en", "Ghent"),
            ("tag", "b | c"),
            ("name", "Muide"),
        ];
        assert_eq!(found, expected(&texts));
    }

    #[test]
    fn circles_and_other_rows_end_the_walk() {
        let found = cells("x:a x:next x:b, x:other . x:b x:next x:a ; x:n 1 . x:other x:n 2 .");
        let texts = [
            ("next", "https://x.be/b | https://x.be/other"),
            ("next_next", "https://x.be/a"),
            ("next_n", "1"),
        ];
        assert_eq!(found, expected(&texts));
    }
}
