//! The answer of an endpoint as rows: SPARQL 1.1 Query Results in JSON, XML or TSV (CSV does not say
//! what its values are).

use sparesults::{QueryResultsFormat, QueryResultsParser, SliceQueryResultsParserOutput};

use super::cell::{Cell, cell, write_row};

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What was asked for, in the order of the question.
    pub variables: Vec<String>,
    /// How many rows there are.
    pub rows: u64,
    /// The rows as JSON lines.
    pub lines: String,
    /// The first value of the first row, for a question how many.
    pub first: Option<String>,
    /// What it came as.
    pub form: &'static str,
}

/// An answer that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadAnswer {
    /// It is a web page.
    Page,
    /// It is yes or no.
    Flag,
    /// It is no answer in a known form, or breaks off: what the parser says.
    Broken(String),
}

/// What is asked for: JSON, else XML.
pub const RESULT_KINDS: &str = "application/sparql-results+json, \
    application/sparql-results+xml;q=0.8, application/json;q=0.5, */*;q=0.1";

/// Reads an answer. The form is known by what the server calls it, else by its first letters.
///
/// # Errors
/// When it is no answer with rows.
pub fn read_answer(bytes: &[u8], content_type: &str) -> Result<Answer, BadAnswer> {
    let format = format_of(bytes, content_type).ok_or(BadAnswer::Page)?;
    let broken = |error: &dyn std::fmt::Display| BadAnswer::Broken(error.to_string());
    let parser = QueryResultsParser::from_format(format);
    let solutions = match parser.for_slice(bytes).map_err(|error| broken(&error))? {
        SliceQueryResultsParserOutput::Solutions(solutions) => solutions,
        SliceQueryResultsParserOutput::Boolean(_) => return Err(BadAnswer::Flag),
    };
    let variables: Vec<String> =
        solutions.variables().iter().map(|variable| variable.as_str().to_owned()).collect();
    let mut answer = Answer {
        variables,
        rows: 0,
        lines: String::new(),
        first: None,
        form: match format {
            QueryResultsFormat::Xml => "SPARQL XML",
            QueryResultsFormat::Tsv => "SPARQL TSV",
            _ => "SPARQL JSON",
        },
    };
    for solution in solutions {
        let solution = solution.map_err(|error| broken(&error))?;
        let cells: Vec<Option<Cell>> =
            solution.values().iter().map(|value| value.as_ref().map(cell)).collect();
        if answer.rows == 0 {
            let first = cells.iter().flatten().next();
            answer.first = first.map(|cell| cell.text().to_owned());
        }
        answer.rows += 1;
        let names = answer.variables.iter().map(String::as_str);
        write_row(&mut answer.lines, names.zip(cells.iter().map(Option::as_ref)));
    }
    Ok(answer)
}

fn format_of(bytes: &[u8], content_type: &str) -> Option<QueryResultsFormat> {
    let start = String::from_utf8_lossy(bytes.get(..256).unwrap_or(bytes)).into_owned();
    let start = start.trim_start_matches('\u{feff}').trim_start().to_lowercase();
    if start.starts_with('{') {
        return Some(QueryResultsFormat::Json);
    }
    if start.starts_with("<!doctype") || start.starts_with("<html") {
        return None;
    }
    if start.starts_with('<') {
        return Some(QueryResultsFormat::Xml);
    }
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    // A server that calls a page or a message by its name gives no answer.
    if kind.is_empty() || kind.contains("html") || kind == "text/plain" {
        return None;
    }
    QueryResultsFormat::from_media_type(kind).or(Some(QueryResultsFormat::Json))
}

#[cfg(test)]
mod tests {
    use super::*;

    const JSON: &str = r#"{"head":{"vars":["wijk","n","waar"]},"results":{"bindings":[
        {"wijk":{"type":"literal","value":"Muide","xml:lang":"nl"},
         "n":{"type":"literal","datatype":"http://www.w3.org/2001/XMLSchema#integer","value":"12"}},
        {"wijk":{"type":"uri","value":"https://x.be/w/3"},
         "n":{"type":"typed-literal","datatype":"http://www.w3.org/2001/XMLSchema#integer","value":"3"},
         "waar":{"type":"literal","datatype":"http://www.opengis.net/ont/geosparql#wktLiteral",
            "value":"<http://www.opengis.net/def/crs/EPSG/0/31370> POINT(1 2)"}}]}}"#;

    #[test]
    fn json_and_xml_give_the_same_rows() {
        let answer = read_answer(JSON.as_bytes(), "application/sparql-results+json").unwrap();
        assert_eq!((&*answer.variables.join(" "), answer.rows), ("wijk n waar", 2));
        let lines = "{\"wijk\":\"Muide\",\"n\":12,\"waar\":null}\n\
            {\"wijk\":\"https://x.be/w/3\",\"n\":3,\"waar\":\"SRID=31370;POINT(1 2)\"}\n";
        assert_eq!(answer.lines, lines);
        assert_eq!(answer.first.as_deref(), Some("Muide"));
        let xml = r#"<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">
            <head><variable name="wijk"/><variable name="n"/></head><results><result>
            <binding name="wijk"><literal xml:lang="nl">Muide</literal></binding>
            <binding name="n"><literal datatype="http://www.w3.org/2001/XMLSchema#integer">12</literal>
            </binding></result></results></sparql>"#;
        let answer = read_answer(xml.as_bytes(), "text/html").unwrap();
        assert_eq!(answer.lines, "{\"wijk\":\"Muide\",\"n\":12}\n");
        assert_eq!(answer.form, "SPARQL XML");
        let kind = "text/tab-separated-values; charset=utf-8";
        let tsv = read_answer(b"?wijk\t?n\n\"Muide\"@nl\t12\n", kind).unwrap();
        assert_eq!(tsv.lines, "{\"wijk\":\"Muide\",\"n\":12}\n");
    }

    #[test]
    fn what_is_no_answer_is_told() {
        let read = |text: &str, kind: &str| read_answer(text.as_bytes(), kind).unwrap_err();
        assert_eq!(read("<!DOCTYPE html><p>Welkom", "text/html"), BadAnswer::Page);
        assert_eq!(read("Virtuoso 37000 Error", "text/plain"), BadAnswer::Page);
        assert_eq!(read(r#"{"head":{},"boolean":true}"#, "application/json"), BadAnswer::Flag);
        let half = JSON.get(..JSON.len() - 40).unwrap();
        assert!(matches!(read(half, "application/json"), BadAnswer::Broken(_)));
        assert!(matches!(read("{\"a\":1}", "application/json"), BadAnswer::Broken(_)));
        assert!(matches!(
            read("<html2/>", "application/xml"),
            BadAnswer::Page | BadAnswer::Broken(_)
        ));
    }
}
