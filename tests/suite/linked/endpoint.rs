//! Endpoints: all answers come, counted, whatever the pages do.

use belfort::i18n::Language;
use belfort::portal::{LinkedAddress, Wanted};
use belfort::table::{FieldKind, Value};

use crate::fake_portal::{ALWAYS, Fault};
use crate::fake_services::Lie;
use crate::fake_services::sparql::{DECISIONS, EVERY};
use crate::services::world::{World, problems};

const SPARQL: &str = "/sparql";

fn asked(world: &World, question: &str) -> String {
    let base = world.services.at(SPARQL).parse().unwrap();
    LinkedAddress::sparql(base, question).to_string()
}

fn decisions(world: &World) -> String {
    asked(
        world,
        "SELECT ?besluit ?titel ?datum ?n ?wijk WHERE { ?besluit a <https://x.example/besluiten> }",
    )
}

/// How often each number stands there, as how many numbers stand there once.
fn once(table: &belfort::table::Table) -> usize {
    let column = table.field_index("n").unwrap();
    let numbers: std::collections::BTreeSet<i64> = (0..table.rows())
        .map(|row| match table.value(row, column) {
            Value::Integer(number) => number,
            other => panic!("{other:?}"),
        })
        .collect();
    numbers.len()
}

#[test]
fn all_answers_come_in_pages_and_are_counted() {
    let world = World::new();
    let (table, receipt) = world.good(&decisions(&world));
    assert_eq!((table.rows(), once(&table)), (DECISIONS, DECISIONS));
    let count = u64::try_from(DECISIONS).unwrap();
    assert_eq!((receipt.records_portal, receipt.records_written), (Some(count), count));
    let notes = receipt.service.unwrap();
    assert_eq!((&*notes.protocol, &*notes.output, notes.pages), ("SPARQL 1.1", "SPARQL JSON", 3));
    assert_eq!(problems(&table), Vec::<String>::new());
    let kinds: Vec<FieldKind> = table.fields.iter().map(|field| field.kind).collect();
    assert_eq!(
        kinds,
        [FieldKind::Text, FieldKind::Text, FieldKind::Date, FieldKind::Integer, FieldKind::Text]
    );
    let wijk = table.field_index("wijk").unwrap();
    let without = (0..table.rows()).filter(|row| table.value(*row, wijk) == Value::Null).count();
    assert_eq!(without, DECISIONS.div_ceil(EVERY));
    assert!(table.geometry.is_none());
}

#[test]
fn a_place_is_found_in_wkt_and_in_pairs_of_numbers() {
    let world = World::new();
    let (table, receipt) =
        world.good(&asked(&world, "SELECT ?naam ?waar { ?x a <https://x.example/plaatsen> }"));
    let crs = table.crs.as_ref().unwrap();
    assert_eq!(crs.crs.code.as_deref(), Some("EPSG:31370"));
    assert_eq!(table.geometry.as_ref().unwrap().xy()[1], [104_010.0, 194_010.0]);
    assert_eq!((table.rows(), table.fields.len(), receipt.without_geometry), (40, 1, Some(0)));
    let (table, _) = world.good(&asked(&world, "SELECT * { ?x a <https://x.example/fietsen> }"));
    assert_eq!(table.geometry.as_ref().unwrap().xy()[2], [3.722, 51.052]);
    // A question without answers is an empty table, not an error.
    let (table, receipt) =
        world.good(&asked(&world, "SELECT ?naam { ?x a <https://x.example/niets> }"));
    assert_eq!((table.rows(), receipt.records_portal), (0, Some(0)));
}

#[test]
fn endpoints_that_give_less_than_they_are_asked_for_are_asked_for_more() {
    for (lies, expected) in [
        (vec![Lie::Cap(1000)], &[][..]),
        (vec![Lie::Cap(1000), Lie::NoCount], &[]),
        (vec![Lie::NoCount], &[]),
        (vec![Lie::Shuffles], &[]),
        (vec![Lie::RefusesStart], &["problem-linked-unordered"]),
    ] {
        let world = World::new();
        for lie in &lies {
            world.services.lie(SPARQL, lie.clone());
        }
        let (table, receipt) = world.good(&decisions(&world));
        assert_eq!((table.rows(), once(&table)), (DECISIONS, DECISIONS), "{lies:?}");
        assert!(receipt.is_complete(), "{lies:?}");
        assert_eq!(problems(&table), expected, "{lies:?}");
    }
}

#[test]
fn endpoints_that_lie_are_found_out() {
    let world = World::new();
    world.services.lie(SPARQL, Lie::CountOff(7));
    let (table, receipt) = world.good(&decisions(&world));
    assert_eq!((table.rows(), receipt.is_complete()), (DECISIONS, false));
    assert_eq!(problems(&table), ["problem-service-count"]);
    world.services.behave();
    world.services.lie(SPARQL, Lie::IgnoresStart);
    let (table, _) = world.good(&decisions(&world));
    assert_eq!(table.rows(), 5_000);
    assert_eq!(problems(&table), ["problem-service-count", "problem-service-no-pages"]);
    // A part that is asked for comes as it is asked for; one that is cut is told.
    world.services.behave();
    let part = asked(&world, "SELECT ?n { ?x a <https://x.example/besluiten> } LIMIT 200");
    let (table, _) = world.good(&part);
    assert_eq!((table.rows(), problems(&table)), (200, vec![]));
}

#[test]
fn an_answer_that_changes_while_it_comes_is_asked_for_anew() {
    let world = World::new();
    world.services.lie(SPARQL, Lie::Grows);
    let (table, receipt) = world.good(&decisions(&world));
    assert_eq!(table.rows(), DECISIONS + 1);
    assert!(receipt.is_complete());
}

#[test]
fn a_long_question_goes_as_a_form() {
    let world = World::new();
    let filter = "FILTER(?n != 1) ".repeat(400);
    let question = format!("SELECT ?naam {{ ?x a <https://x.example/fietsen> . {filter} }}");
    let (table, _) = world.good(&asked(&world, &question));
    assert_eq!(table.rows(), 12);
    let methods: Vec<String> =
        world.services.requests().into_iter().map(|request| request.method).collect();
    assert_eq!(methods, ["POST", "POST"]);
}

#[test]
fn what_an_endpoint_says_is_said_in_its_own_words() {
    let world = World::new();
    let bad = "SELECT ?a WHER { ?x a <https://x.example/onbekend> }";
    for text in world.refusal(&asked(&world, bad)) {
        assert!(text.contains("line 3: syntax error at 'WHER'"), "{text}");
        assert!(!text.contains("SPARQL query:"), "{text}");
    }
    world.services.lie(
        SPARQL,
        Lie::Refusal("<html><body><pre>Parse error at &quot;WHER&quot;</pre></body></html>"),
    );
    for text in world.refusal(&asked(&world, bad)) {
        assert!(text.contains("Parse error at \"WHER\""), "{text}");
    }
    for (question, language) in [
        ("ASK { ?x a <https://x.example/fietsen> }", Language::English),
        ("DESCRIBE <a:a>", Language::Dutch),
    ] {
        let error = world.read(&asked(&world, question), Wanted::Fetched).unwrap_err();
        assert!(error.text(language).contains("SELECT"), "{}", error.text(language));
    }
}

#[test]
fn faults_that_pass_are_waited_out_and_others_are_told() {
    let bikes = "SELECT * { ?x a <https://x.example/fietsen> }";
    for fault in [
        Fault::Status(503),
        Fault::Cut { after: 100, framing: crate::fake_portal::Framing::Length },
    ] {
        let world = World::new();
        world.services.fault("LIMIT", fault.clone(), 1);
        world.services.fault(SPARQL, fault, 1);
        assert_eq!(world.good(&asked(&world, bikes)).0.rows(), 12);
    }
    for (fault, word) in [
        (Fault::HtmlPage, "webpagina"),
        (Fault::Status(403), "aanmelden"),
        (Fault::Stall, "seconden"),
        (Fault::Malformed, "antwoord"),
    ] {
        let world = World::new();
        world.services.fault(SPARQL, fault.clone(), ALWAYS);
        let error = world.read(&asked(&world, bikes), Wanted::Fetched).unwrap_err();
        let text = error.text(Language::Dutch);
        assert!(text.contains(word), "{fault:?}: {text}");
    }
}

#[test]
fn an_answer_is_kept_and_read_without_a_network() {
    let mut world = World::new();
    let address = asked(&world, "SELECT ?naam ?waar { ?x a <https://x.example/plaatsen> }");
    let (fetched, _) = world.good(&address);
    world.restart(true);
    let kept = world.read(&address, Wanted::Kept).unwrap().table;
    assert_eq!((kept.rows(), kept.crs), (fetched.rows(), fetched.crs));
    assert_eq!(kept.geometry, fetched.geometry);
}
