//! An endpoint that answers questions in SPARQL about a made-up table: which one stands in the
//! question as `<https://x.example/NAME>`. It counts, and gives pages by LIMIT and OFFSET.

use serde_json::{Value as Json, json};

use super::lie::Lie;
use super::server::Scene;
use crate::fake_portal::answer::Answer;

const RESULTS: &str = "application/sparql-results+json";
const INTEGER: &str = "http://www.w3.org/2001/XMLSchema#integer";
const WKT: &str = "http://www.opengis.net/ont/geosparql#wktLiteral";

/// How many rows the table of decisions has.
pub const DECISIONS: usize = 12_300;

/// How many decisions name no neighbourhood: every eleventh.
pub const EVERY: usize = 11;

/// The row of a decision.
pub fn decision(number: usize) -> Json {
    let mut row = json!({
        "besluit": { "type": "uri", "value": format!("https://data.x.example/id/besluit/{number:05}") },
        "titel": { "type": "literal", "xml:lang": "nl", "value": format!("Besluit {number}: “straat” & plein") },
        "datum": {
            "type": "literal",
            "datatype": "http://www.w3.org/2001/XMLSchema#date",
            "value": format!("20{:02}-{:02}-{:02}", 19 + number % 6, 1 + number % 12, 1 + number % 28),
        },
        "n": { "type": "literal", "datatype": INTEGER, "value": number.to_string() },
    });
    if !number.is_multiple_of(EVERY) {
        row["wijk"] = json!({ "type": "uri", "value": format!("https://x.example/wijk/{}", 1 + number % 25) });
    }
    row
}

/// How many decisions of the council there are.
pub const COUNCIL: usize = 60;

/// How many of them are about parks.
pub const OF_GREEN: usize = 12;

/// A decision of the council, which names its neighbourhood in words; every eleventh names none.
pub fn council(number: usize) -> Json {
    let text = |value: String| json!({ "type": "literal", "value": value });
    let mut row = json!({
        "titel": text(format!("Besluit {number}")),
        "datum": {
            "type": "literal",
            "datatype": "http://www.w3.org/2001/XMLSchema#date",
            "value": format!("2026-{:02}-{:02}", 1 + number % 12, 1 + number % 28),
        },
        "url": { "type": "uri", "value": format!("https://x.example/besluit/{number}") },
    });
    if !number.is_multiple_of(EVERY) {
        let names = ["Ledeberg", "muide meulestede afrikalaan", "Sint Amandsberg", "Nergenshuizen"];
        row["wijk"] = text(names[number % 4].to_owned());
    }
    row
}

/// The themes that decisions of the council are about: name, and how many. The last has no name.
pub const THEMES: [(&str, &str, usize); 4] = [
    ("mobiliteit", "Mobiliteit", 31),
    ("groen", "Groen en milieu", 1204),
    ("cafes", "Cafés en terrassen", 7),
    ("zonder-naam", "", 2),
];

fn theme(number: usize) -> Json {
    let (id, name, count) = THEMES[number % THEMES.len()];
    let mut row = json!({
        "begrip": { "type": "uri", "value": format!("https://x.example/thema/{id}") },
        "aantal": { "type": "literal", "datatype": INTEGER, "value": count.to_string() },
    });
    if !name.is_empty() {
        row["naam"] = json!({ "type": "literal", "value": name });
    }
    row
}

fn place(number: usize) -> Json {
    let (x, y) = (104_000 + number * 10, 194_000 + number * 10);
    let text = format!("<http://www.opengis.net/def/crs/EPSG/0/31370> POINT({x} {y})");
    json!({
        "naam": { "type": "literal", "value": format!("Plaats {number}") },
        "waar": { "type": "literal", "datatype": WKT, "value": text },
    })
}

fn bike(number: usize) -> Json {
    let double = "http://www.w3.org/2001/XMLSchema#double";
    let at =
        |value: f64| json!({ "type": "literal", "datatype": double, "value": value.to_string() });
    json!({
        "naam": { "type": "literal", "value": format!("Fiets {number}") },
        "lat": at(51.05 + number as f64 / 1000.0),
        "long": at(3.72 + number as f64 / 1000.0),
    })
}

/// The tables: name, columns, rows, a row.
const TABLES: &[(&str, &[&str], usize, fn(usize) -> Json)] = &[
    ("besluiten", &["besluit", "titel", "datum", "n", "wijk"], DECISIONS, decision),
    // The themes of the council's decisions, by the words of the question for them.
    ("AS ?aantal", &["begrip", "naam", "aantal"], THEMES.len(), theme),
    // By a vocabulary that only the question for decisions of the council uses.
    ("ns/besluit#", &["titel", "datum", "wijk", "url"], COUNCIL, council),
    ("plaatsen", &["naam", "waar"], 40, place),
    ("fietsen", &["naam", "lat", "long"], 12, bike),
    ("niets", &["naam"], 0, bike),
];

fn number_after(question: &str, word: &str) -> Option<usize> {
    let rest = question.rsplit_once(word)?.1;
    rest.split_whitespace().next()?.parse().ok()
}

pub fn answer(scene: &mut Scene<'_>) -> Answer {
    let text = |status, text: &str| Answer::new(status, "text/plain", text.as_bytes().to_vec());
    let Some(question) = scene.request.parameter("query").map(str::to_owned) else {
        return text(400, "Service expects a parameter named query");
    };
    if let Some(said) =
        scene.lies.find(|lie| if let Lie::Refusal(said) = lie { Some(*said) } else { None })
    {
        let kind = if said.starts_with('<') { "text/html" } else { "text/plain" };
        return Answer::new(400, kind, format!("{said}\n\nSPARQL query:\n{question}").into_bytes());
    }
    let is_of = |name: &str| {
        let is_word = name.starts_with("AS ") && question.contains(name);
        is_word || question.contains(&format!("/{name}>"))
    };
    let table = TABLES.iter().find(|(name, ..)| is_of(name));
    let Some((_, columns, rows, row)) = table else {
        let said = "Virtuoso 37000 Error SP030: SPARQL compiler, line 3: syntax error at 'WHER'";
        return text(400, &format!("{said} before '{{'\n\nSPARQL query:\n{question}"));
    };
    if question.contains("ASK") {
        return Answer::new(200, RESULTS, br#"{"head":{},"boolean":true}"#.to_vec());
    }
    let mut rows = *rows + usize::from(scene.grown().is_some());
    if question.contains("oa:hasBody <https://x.example/thema/groen>") {
        rows = OF_GREEN;
    }
    if question.contains("COUNT(*)") {
        if scene.lies.has(&Lie::NoCount) {
            return text(400, "Aggregates are not supported");
        }
        let off = scene.lies.find(|lie| if let Lie::CountOff(by) = lie { Some(*by) } else { None });
        let part = rows.min(number_after(&question, "LIMIT ").unwrap_or(usize::MAX));
        let count = (part as i64 + off.unwrap_or(0)).to_string();
        return given(
            &["n"],
            &[json!({ "n": { "type": "literal", "datatype": INTEGER, "value": count } })],
        );
    }
    let is_ordered = question.contains("ORDER BY");
    if is_ordered && scene.lies.has(&Lie::RefusesStart) {
        return text(
            500,
            "Virtuoso 22023 Error SR353: Sorted TOP clause specifies more then 20000 rows to sort.",
        );
    }
    let mut start = number_after(&question, "OFFSET ").unwrap_or(0);
    if scene.lies.has(&Lie::IgnoresStart) {
        start = 0;
    }
    let cap = scene.lies.find(|lie| if let Lie::Cap(most) = lie { Some(*most) } else { None });
    let most =
        number_after(&question, "LIMIT ").unwrap_or(usize::MAX).min(cap.unwrap_or(usize::MAX));
    // Without an order, rows stand elsewhere for each page.
    let turn = if is_ordered || !scene.lies.has(&Lie::Shuffles) { 0 } else { start / 2 };
    let numbers = (0..rows).map(|at| (at + turn) % rows.max(1)).skip(start).take(most);
    given(columns, &numbers.map(row).collect::<Vec<Json>>())
}

fn given(columns: &[&str], rows: &[Json]) -> Answer {
    let document = json!({ "head": { "vars": columns }, "results": { "bindings": rows } });
    Answer::new(200, RESULTS, document.to_string().into_bytes())
}
