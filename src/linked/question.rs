//! A question in SPARQL: what it asks, and the same question a page at a time, or for the number of
//! its answers (SPARQL 1.1 Query Language, W3C, sections 11, 12 and 15).

use spargebra::algebra::{GraphPattern, OrderExpression};
use spargebra::{Query, SparqlParser};

/// A question whose answer is rows.
#[derive(Clone, Debug)]
pub struct Question {
    text: String,
    /// What was understood of it; none where an endpoint's own words stand in it, or a mistake.
    known: Option<Known>,
}

#[derive(Clone, Debug)]
struct Known {
    query: Query,
    variables: Vec<String>,
    is_ordered: bool,
    /// The person asks for a part of the answers themselves.
    limit: Option<u64>,
    is_part: bool,
}

/// A question whose answer is no rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadQuestion {
    /// Nothing stands there.
    Empty,
    /// It asks for yes or no, or for a graph.
    NoRows,
}

impl Question {
    /// Reads a question. One that cannot be understood here is taken all the same: endpoints have
    /// words of their own, and say themselves what they do not understand.
    ///
    /// # Errors
    /// When its answer is no rows.
    pub fn read(text: &str) -> Result<Question, BadQuestion> {
        if text.trim().is_empty() {
            return Err(BadQuestion::Empty);
        }
        let query = SparqlParser::new().parse_query(text).ok();
        let known = match query {
            None => None,
            Some(query) => {
                let Query::Select { pattern, .. } = &query else {
                    return Err(BadQuestion::NoRows);
                };
                let mut known = Known {
                    query: query.clone(),
                    variables: Vec::new(),
                    is_ordered: false,
                    limit: None,
                    is_part: false,
                };
                known.look(pattern);
                Some(known)
            }
        };
        Ok(Question { text: text.to_owned(), known })
    }

    /// The question as it was asked.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What is wrong with it, in the parser's own words; none where it is understood. An endpoint
    /// may understand more.
    pub fn doubt(&self) -> Option<String> {
        if self.known.is_some() {
            return None;
        }
        SparqlParser::new().parse_query(&self.text).err().map(|error| error.to_string())
    }

    /// Whether the answers come in an order that the question says.
    pub fn is_ordered(&self) -> bool {
        self.known.as_ref().is_some_and(|known| known.is_ordered)
    }

    /// How many answers it asks for at most, where it says so itself.
    pub fn limit(&self) -> Option<u64> {
        self.known.as_ref().and_then(|known| known.limit)
    }

    /// Whether it can be asked a page at a time: it is understood, and asks for no part itself.
    pub fn has_pages(&self) -> bool {
        self.known.as_ref().is_some_and(|known| !known.is_part)
    }

    /// The question for some of its answers. They are put in order, by all that is asked, unless
    /// the question says an order or `in_order` is false: otherwise pages could overlap. None where
    /// it has no pages.
    pub fn page(&self, start: u64, count: u64, in_order: bool) -> Option<String> {
        let known = self.known.as_ref().filter(|known| !known.is_part)?;
        let mut order = String::new();
        if in_order && !known.is_ordered && !known.variables.is_empty() {
            let names = known.variables.iter().map(|name| format!(" ?{name}"));
            order = format!("ORDER BY{}\n", names.collect::<String>());
        }
        let offset = if start > 0 { format!("OFFSET {start}\n") } else { String::new() };
        let text = format!("{}\n{order}LIMIT {count}\n{offset}", self.text);
        if SparqlParser::new().parse_query(&text).is_ok() {
            return Some(text);
        }
        // Words that stand after where a limit may: the question is put inside another one.
        known.inside(start, count, in_order)
    }

    /// The question how many answers there are; its only answer is called `n`.
    pub fn count(&self) -> Option<String> {
        let known = self.known.as_ref()?;
        let prologue = prologue(&self.text);
        let (head, rest) = self.text.split_at_checked(prologue)?;
        let text = format!("{head}\nSELECT (COUNT(*) AS ?n) WHERE {{ {{\n{rest}\n}} }}");
        if SparqlParser::new().parse_query(&text).is_ok() {
            return Some(text);
        }
        known.counted()
    }
}

impl Known {
    fn look(&mut self, pattern: &GraphPattern) {
        match pattern {
            GraphPattern::Slice { inner, length, .. } => {
                self.is_part = true;
                self.limit = length.and_then(|length| u64::try_from(length).ok());
                self.look(inner);
            }
            GraphPattern::Distinct { inner } | GraphPattern::Reduced { inner } => self.look(inner),
            GraphPattern::Project { inner, variables } => {
                let names = variables.iter().map(|variable| variable.as_str().to_owned());
                self.variables = names.collect();
                self.is_ordered = matches!(**inner, GraphPattern::OrderBy { .. });
            }
            GraphPattern::OrderBy { .. } => self.is_ordered = true,
            _ => {}
        }
    }

    /// The question as a part of another one, a page of which is asked for.
    fn inside(&self, start: u64, count: u64, in_order: bool) -> Option<String> {
        let Query::Select { dataset, pattern, base_iri } = &self.query else { return None };
        let variables: Option<Vec<_>> =
            self.variables.iter().map(|name| oxrdf::Variable::new(name.clone()).ok()).collect();
        let variables = variables?;
        let mut inner = pattern.clone();
        if in_order && !self.is_ordered {
            let ascending = |variable: &oxrdf::Variable| {
                OrderExpression::Asc(spargebra::algebra::Expression::Variable(variable.clone()))
            };
            let expression = variables.iter().map(ascending).collect();
            inner = GraphPattern::OrderBy { inner: Box::new(inner), expression };
        }
        let inner = Box::new(GraphPattern::Project { inner: Box::new(inner), variables });
        let start = usize::try_from(start).ok()?;
        let length = Some(usize::try_from(count).ok()?);
        let pattern = GraphPattern::Slice { inner, start, length };
        let (dataset, base_iri) = (dataset.clone(), base_iri.clone());
        Some(Query::Select { dataset, pattern, base_iri }.to_string())
    }

    /// The question how many answers there are, made of its parts.
    fn counted(&self) -> Option<String> {
        use spargebra::algebra::AggregateExpression;
        let Query::Select { dataset, pattern, base_iri } = &self.query else { return None };
        let n = oxrdf::Variable::new("n").ok()?;
        let count = AggregateExpression::CountSolutions { distinct: false };
        let inner = Box::new(GraphPattern::Group {
            inner: Box::new(pattern.clone()),
            variables: Vec::new(),
            aggregates: vec![(n.clone(), count)],
        });
        let pattern = GraphPattern::Project { inner, variables: vec![n] };
        let (dataset, base_iri) = (dataset.clone(), base_iri.clone());
        Some(Query::Select { dataset, pattern, base_iri }.to_string())
    }
}

/// Where the prefixes of a question end.
fn prologue(text: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let trimmed = rest.trim_start();
        let start = at + (rest.len() - trimmed.len());
        if trimmed.starts_with('#') {
            at = start + trimmed.find('\n').unwrap_or(trimmed.len());
            continue;
        }
        let word: String = trimmed.chars().take_while(char::is_ascii_alphabetic).collect();
        let is_part = word.eq_ignore_ascii_case("prefix") || word.eq_ignore_ascii_case("base");
        let end = trimmed.find('>').filter(|_| is_part);
        match end {
            Some(end) => at = start + end + 1,
            None => return start,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(text: &str) -> Question {
        Question::read(text).unwrap()
    }

    /// As text without line ends, which do not matter here.
    fn flat(text: Option<String>) -> String {
        text.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_page_is_asked_in_an_order_that_does_not_change() {
        let plain = question("SELECT ?a ?b WHERE { ?a ?p ?b } # einde");
        assert_eq!(
            flat(plain.page(100, 50, true)),
            "SELECT ?a ?b WHERE { ?a ?p ?b } # einde ORDER BY ?a ?b LIMIT 50 OFFSET 100"
        );
        assert_eq!(
            flat(plain.page(0, 50, false)),
            "SELECT ?a ?b WHERE { ?a ?p ?b } # einde LIMIT 50"
        );
        assert!(!plain.is_ordered() && plain.has_pages());
        let all = question("select * { ?x <a:p> ?y }");
        assert!(flat(all.page(0, 5, true)).ends_with("ORDER BY ?x ?y LIMIT 5"));
        let ordered = question("SELECT DISTINCT ?a { ?a ?p ?b } ORDER BY DESC(?a)");
        assert!(ordered.is_ordered());
        assert!(flat(ordered.page(5, 5, true)).ends_with("ORDER BY DESC(?a) LIMIT 5 OFFSET 5"));
        let grouped =
            question("SELECT ?a (COUNT(?b) AS ?n) { ?a ?p ?b } GROUP BY ?a HAVING (?n > 1)");
        assert!(flat(grouped.page(0, 9, true)).contains("HAVING (?n > 1) ORDER BY ?a ?n LIMIT 9"));
    }

    #[test]
    fn a_part_that_is_asked_for_is_left_as_it_is() {
        let part = question("SELECT ?a { ?a ?p ?b } LIMIT 10");
        assert_eq!(
            (part.has_pages(), part.limit(), part.page(0, 5, true)),
            (false, Some(10), None)
        );
        let rest = question("SELECT ?a { ?a ?p ?b } ORDER BY ?a OFFSET 10");
        assert_eq!((rest.has_pages(), rest.limit(), rest.is_ordered()), (false, None, true));
        // Of a part inside, pages are asked all the same.
        let inner = question("SELECT ?a { { SELECT ?a { ?a ?p ?b } LIMIT 10 } }");
        assert!(inner.has_pages() && inner.limit().is_none());
    }

    #[test]
    fn values_behind_the_question_put_it_inside_another() {
        let question = question("SELECT ?a { ?a <a:p> ?b } VALUES ?b { 1 2 }");
        let page = question.page(10, 5, true).unwrap();
        let asked = Question::read(&page).unwrap();
        assert_eq!((asked.limit(), asked.is_ordered()), (Some(5), true), "{page}");
        assert!(page.contains("OFFSET 10"), "{page}");
    }

    #[test]
    fn the_number_of_answers_is_a_question_too() {
        let text = "# wijken\nPREFIX x: <https://x.be/> # hier\nbase <https://x.be/>\n\
            SELECT ?a WHERE { ?a x:p ?b } LIMIT 3";
        let count = question(text).count().unwrap();
        assert!(count.contains("SELECT (COUNT(*) AS ?n) WHERE { {\nSELECT"), "{count}");
        assert!(count.find("PREFIX").unwrap() < count.find("COUNT").unwrap());
        let from = question("SELECT ?a FROM <https://x.be/g> { ?a ?p ?b }");
        let count = from.count().unwrap();
        let asked = SparqlParser::new().parse_query(&count).unwrap();
        assert!(matches!(asked, Query::Select { dataset: Some(_), .. }), "{count}");
        assert!(count.contains("COUNT"), "{count}");
    }

    #[test]
    fn what_has_no_rows_is_refused_and_what_is_not_understood_is_asked_as_it_is() {
        assert_eq!(Question::read(" \n").unwrap_err(), BadQuestion::Empty);
        for text in
            ["ASK { ?a ?b ?c }", "CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c }", "DESCRIBE <a:a>"]
        {
            assert_eq!(Question::read(text).unwrap_err(), BadQuestion::NoRows, "{text}");
        }
        let own = question("SELECT ?a { ?a bif:contains \"x\" option (score ?s) }");
        assert!(!own.has_pages() && own.count().is_none() && own.page(0, 1, true).is_none());
        assert!(own.doubt().is_some_and(|doubt| !doubt.is_empty()));
        assert_eq!(question("SELECT ?a { ?a ?b ?c }").doubt(), None);
    }
}
