use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::{Array, ArrayRef, Float64Array, Int64Array, StringArray};

use super::*;
use crate::jobs::Watch;
use crate::problem::Place;
use crate::table::{Field, Table, Value, free_name};

fn texts(values: &[&str]) -> (FieldKind, ArrayRef) {
    let values = values.iter().map(|text| (*text != "∅").then_some(*text));
    (FieldKind::Text, Arc::new(values.collect::<StringArray>()))
}

fn wholes(values: &[i64]) -> (FieldKind, ArrayRef) {
    (FieldKind::Integer, Arc::new(Int64Array::from(values.to_vec())))
}

fn table(columns: &[(&str, (FieldKind, ArrayRef))]) -> Table {
    let rows = columns.first().map_or(0, |(_, (_, column))| column.len());
    let fields = columns.iter().map(|(name, (kind, _))| Field::new(*name, *kind)).collect();
    let columns = columns.iter().map(|(_, (_, column))| column.clone()).collect();
    Table::new("t", rows, fields, columns, None).unwrap()
}

fn by(key: &str, their_key: &str, columns: &[(&str, Option<Rule>)]) -> JoinBy {
    let column = |(field, rule): &(&str, Option<Rule>)| JoinColumn {
        field: (*field).to_owned(),
        name: (*field).to_owned(),
        rule: *rule,
    };
    JoinBy {
        key: key.to_owned(),
        their_key: their_key.to_owned(),
        columns: columns.iter().map(column).collect(),
        ..JoinBy::default()
    }
}

fn joined(left: &Table, right: &Table, by: &JoinBy) -> Joined {
    let part = Part { by, other: Some(right), name: "bevolking" };
    join(left, &[part], &Watch::unwatched()).unwrap()
}

fn borrowed(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

fn column(left: &Table, joined: &Joined, at: usize) -> Vec<String> {
    let rows = left.rows();
    let made = Table::new("j", rows, joined.fields.clone(), joined.columns.clone(), None).unwrap();
    (0..rows).map(|row| made.value(row, at).to_data_text()).collect()
}

fn seen(left: &Table, right: &Table, by: &JoinBy) -> Preview {
    preview(left, right, by, &Watch::unwatched()).unwrap()
}

fn partners(preview: &Preview) -> Vec<(&str, Option<&str>, How)> {
    preview.pairs.iter().map(|p| (p.ours.as_str(), p.theirs.as_deref(), p.how)).collect()
}

/// Pairs of names and whether, and why, one is proposed for the other.
#[test]
fn near_matches_are_proposed_with_their_reason() {
    let short = Some(Reason::Short);
    for (ours, theirs, reason) in [
        ("Stationsbuurt-Noord", "Stationsbuurt Noord", Some(Reason::Signs)),
        ("St.-Pieters", "Sint-Pieters", short),
        ("sint-amandsberg", "Sint-Amandsberg", Some(Reason::Case)),
        ("Één  wijk", "Een wijk", Some(Reason::Case)),
        ("Burg. Van Gansberghe", "Burgemeester Van Gansberghe", short),
        ("Kerkstr. Oost", "Kerkstraat Oost", short),
        ("O.L.V.-ter-Ham", "Onze-Lieve-Vrouw ter Ham", short),
        ("Muide & Meulestede", "Muide en Meulestede", Some(Reason::Signs)),
        ("Wijk 07", "Wijk 7", Some(Reason::Zeros)),
        ("Noord Stationsbuurt", "Stationsbuurt Noord", Some(Reason::Order)),
        ("Mariakreke", "Mariakerke", Some(Reason::Typing(1))),
        ("Watersportban", "Watersportbaan", Some(Reason::Typing(1))),
        ("Oostakkre-Dorp", "Oostaker-Dorp", Some(Reason::Typing(2))),
        // Not the same, however near.
        ("Wijk 12", "Wijk 13", None),
        ("Gent Oost", "Gent West", None),
        ("Stationsbuurt-Noord", "Stationsbuurt-Zuid", None),
        ("Gent", "Gont", None),
        ("Ledeberg", "Muide", None),
    ] {
        let left = table(&[("wijk", texts(&[ours]))]);
        let right = table(&[("naam", texts(&[theirs]))]);
        let found = seen(&left, &right, &by("wijk", "naam", &[]));
        let expected = match reason {
            Some(reason) => (ours, Some(theirs), How::Proposed(reason)),
            None => (ours, None, How::Unmatched),
        };
        assert_eq!(partners(&found), [expected]);
        assert_eq!(found.counts.unused, usize::from(reason.is_none()), "{ours}");
    }
}

#[test]
fn of_several_that_are_near_none_is_proposed() {
    let left = table(&[("wijk", texts(&["Mariakerke", "gent"]))]);
    let right = table(&[("naam", texts(&["Mariakerka", "Mariakerki", "Gent", "GENT"]))]);
    let found = seen(&left, &right, &by("wijk", "naam", &[]));
    let none = |name| (name, None, How::Unmatched);
    assert_eq!(partners(&found), [none("Mariakerke"), none("gent")]);
    // And of two that are equally near to one, neither.
    let found = seen(&right, &left, &by("naam", "wijk", &[]));
    let signs: Vec<How> = found.pairs.iter().map(|pair| pair.how).collect();
    let case = How::Proposed(Reason::Case);
    assert_eq!(signs, [How::Unmatched, How::Unmatched, case, case]);
}

#[test]
fn values_are_compared_and_not_how_they_are_written() {
    let left = table(&[("nr", texts(&["1", " 2 ", "03", "4.0", "5.5", "x", "", "∅"]))]);
    let right = table(&[("id", wholes(&[1, 2, 3, 4, 5, 6]))]);
    let found = seen(&left, &right, &by("nr", "id", &[]));
    let hows: Vec<How> = found.pairs.iter().map(|pair| pair.how).collect();
    let zeros = How::Proposed(Reason::Zeros);
    let (exact, none) = (How::Exact, How::Unmatched);
    assert_eq!(hows, [exact, exact, zeros, exact, none, none]);
    assert_eq!(found.counts.rows_without, 2);
    // Between two texts, what stands there counts.
    let left = table(&[("nr", texts(&["1.10", "1.1", "é"]))]);
    let right = table(&[("nr", texts(&["1.1", "e\u{301}"]))]);
    let found = seen(&left, &right, &by("nr", "nr", &[]));
    assert_eq!(found.pairs[1].how, How::Exact);
    assert_eq!(found.pairs[0].how, How::Unmatched);
    let numbers: ArrayRef = Arc::new(Float64Array::from(vec![1.0, 2.5, -0.0]));
    let left = table(&[("x", (FieldKind::Number, numbers))]);
    let right = table(&[("x", texts(&["2.5", "1", "0"]))]);
    assert_eq!(seen(&left, &right, &by("x", "x", &[])).counts.exact, 3);
}

/// Exact matching against a plain map, on a few thousand made-up keys of which some are there twice
/// and some not at all.
#[test]
fn exact_matches_are_those_of_a_plain_map() {
    let mut seed = 11_u64;
    let mut dice = move |sides: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % sides
    };
    let name = |number: u64| format!("sector {:x}", number.wrapping_mul(2_654_435_761) % 100_003);
    let left: Vec<String> = (0..3000).map(|_| name(dice(2000))).collect();
    let right: Vec<String> = (0..2500).map(|_| name(500 + dice(2000))).collect();
    let numbers: Vec<i64> = (0..2500).collect();
    let ours = table(&[("k", texts(&borrowed(&left)))]);
    let theirs = table(&[("k", texts(&borrowed(&right))), ("n", wholes(&numbers))]);
    let made = joined(&ours, &theirs, &by("k", "k", &[("n", Some(Rule::Sum))]));
    let mut sums: HashMap<&str, i64> = HashMap::new();
    for (key, number) in right.iter().zip(&numbers) {
        *sums.entry(key).or_default() += number;
    }
    let expected: Vec<String> = left
        .iter()
        .map(|key| sums.get(key.as_str()).map_or_else(String::new, i64::to_string))
        .collect();
    assert_eq!(column(&ours, &made, 0), expected);
    let unmatched = expected.iter().filter(|text| text.is_empty()).count() as u64;
    assert_eq!(made.problems.count("problem-join-unmatched"), unmatched);
    assert!(unmatched > 100, "the test is about something");
}

fn population() -> Table {
    table(&[
        ("naam", texts(&["Muide", "Muide", "Macharius", "Sluizeken", "Sluizeken", "Elders", "∅"])),
        ("jaar", wholes(&[2022, 2023, 2023, 2022, 2023, 2023, 2023])),
        ("inwoners", wholes(&[6000, 6100, 7000, 8000, 8200, 5, 9])),
        ("bron", texts(&["a", "∅", "b", "c", "d", "e", "f"])),
    ])
}

/// pandas 3.1.1, `left.merge(right.dropna(subset="naam").groupby("naam").agg(...), left_on="wijk",
/// right_index=True, how="left")` on the very same two tables, for each of `first`, `sum`, `mean`,
/// `min`, `max` and `count` (which adds up texts too, by putting them behind each other).
#[test]
fn rules_give_what_pandas_gives() {
    let left = table(&[("wijk", texts(&["Sluizeken", "Muide", "Nergens", "Macharius", "Muide"]))]);
    for (rule, inwoners, bron) in [
        (Rule::First, ["8000", "6000", "", "7000", "6000"], Some(["c", "a", "", "b", "a"])),
        (Rule::Sum, ["16200", "12100", "", "7000", "12100"], None),
        (Rule::Mean, ["8100", "6050", "", "7000", "6050"], None),
        (Rule::Min, ["8000", "6000", "", "7000", "6000"], Some(["c", "a", "", "b", "a"])),
        (Rule::Max, ["8200", "6100", "", "7000", "6100"], Some(["d", "a", "", "b", "a"])),
        (Rule::Count, ["2", "2", "", "1", "2"], Some(["2", "1", "", "1", "1"])),
    ] {
        let rules = [("inwoners", Some(rule)), ("bron", Some(rule))];
        let made = joined(&left, &population(), &by("wijk", "naam", &rules));
        assert_eq!(column(&left, &made, 0), inwoners, "{rule:?}");
        match bron {
            Some(bron) => assert_eq!(column(&left, &made, 1), bron, "{rule:?}"),
            None => assert_eq!(made.problems.count("problem-join-rule"), 1, "{rule:?}"),
        }
        let unmatched = made.problems.iter().find(|problem| problem.id.ends_with("unmatched"));
        assert_eq!(unmatched.map(|problem| problem.places.as_slice()), Some(&[Place::Row(3)][..]));
        assert_eq!(made.problems.count("problem-join-several"), 0);
    }
}

#[test]
fn several_rows_are_never_silent_and_a_year_leaves_one() {
    let left = table(&[("wijk", texts(&["Sluizeken", "Muide", "Nergens", "Macharius"]))]);
    let mut wanted = by("wijk", "naam", &[("inwoners", None)]);
    let made = joined(&left, &population(), &wanted);
    assert_eq!(column(&left, &made, 0), ["", "", "", "7000"]);
    assert_eq!(made.problems.count("problem-join-several"), 2);
    let found = seen(&left, &population(), &wanted);
    assert_eq!((found.several.values, found.several.rows), (2, 4));
    assert_eq!(found.several.examples, [("Muide".to_owned(), 2), ("Sluizeken".to_owned(), 2)]);
    let year = &found.several.fixes[0];
    assert_eq!(year.field, "jaar");
    let values: Vec<_> =
        year.values.iter().map(|value| (value.sql.as_str(), value.matched)).collect();
    assert_eq!(values, [("jaar = 2022", 2), ("jaar = 2023", 3)]);
    wanted.condition = "jaar = 2023".to_owned();
    let made = joined(&left, &population(), &wanted);
    assert_eq!(column(&left, &made, 0), ["8200", "6100", "", "7000"]);
    assert_eq!(made.problems.count("problem-join-several"), 0);
    let found = seen(&left, &population(), &wanted);
    assert_eq!((found.several.values, found.counts.unused, found.counts.rows_unused), (0, 1, 1));
    assert_eq!(found.counts.rows_without_there, 1);
    wanted.condition = "inwoners > 0".to_owned();
    let found = seen(&left, &population(), &wanted);
    assert_eq!(found.several.fixes[0].values[1].sql, "(inwoners > 0) AND jaar = 2023");
}

#[test]
fn what_is_confirmed_matches_and_nothing_else() {
    let left = table(&[("wijk", texts(&["St.-Pieters", "Muide", "Dampoort"]))]);
    let right = table(&[
        ("naam", texts(&["Sint-Pieters", "Muide", "Dampoort", "Voorhaven"])),
        ("n", wholes(&[1, 2, 3, 4])),
    ]);
    let mut wanted = by("wijk", "naam", &[("n", None)]);
    assert_eq!(column(&left, &joined(&left, &right, &wanted), 0), ["", "2", "3"]);
    let confirm = |ours: &str, theirs: &str| Confirmed { ours: ours.into(), theirs: theirs.into() };
    wanted.pairs = vec![
        confirm("St.-Pieters", "Sint-Pieters"),
        confirm("Muide", "Voorhaven"),
        confirm("Dampoort", "gone"),
        confirm("gone", "Dampoort"),
    ];
    let found = seen(&left, &right, &wanted);
    let hows: Vec<How> = found.pairs.iter().map(|pair| pair.how).collect();
    assert_eq!(hows, [How::Confirmed, How::Confirmed, How::Exact]);
    assert_eq!(found.unused, [Unused { text: "Muide".to_owned(), rows: 1 }]);
    assert_eq!(column(&left, &joined(&left, &right, &wanted), 0), ["1", "4", "3"]);
}

#[test]
fn what_is_missing_is_told_and_the_rest_works() {
    let left = table(&[("wijk", texts(&["Muide"])), ("Inwoners", wholes(&[1]))]);
    let right = population();
    let good = by("wijk", "naam", &[("inwoners", Some(Rule::Max)), ("weg", None)]);
    let bad = [by("weg", "naam", &[]), by("wijk", "weg", &[])];
    let wrong = JoinBy { condition: "jaar = ".to_owned(), ..good.clone() };
    let part = |by, other| Part { by, other, name: "Bevolking 2023" };
    let parts = [
        part(&good, None),
        Part { name: "", ..part(&good, None) },
        part(&bad[0], Some(&right)),
        part(&bad[1], Some(&right)),
        part(&wrong, Some(&right)),
        part(&good, Some(&right)),
        part(&good, Some(&right)),
    ];
    let made = join(&left, &parts, &Watch::unwatched()).unwrap();
    let names: Vec<&str> = made.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["inwoners_bevolking_2023", "inwoners_bevolking_2023_2"]);
    assert_eq!(made.origins.iter().map(|origin| origin.part).collect::<Vec<_>>(), [5, 6]);
    for (id, count) in [
        ("problem-join-no-table", 1),
        ("problem-join-gone", 1),
        ("problem-join-no-key", 1),
        ("problem-join-no-key-there", 1),
        ("problem-join-condition", 1),
        ("problem-join-no-field", 2),
        ("problem-join-renamed", 2),
    ] {
        assert_eq!(made.problems.count(id), count, "{id}");
        assert!(crate::i18n::Language::ALL.iter().all(|l| crate::i18n::has_message(*l, id)));
    }
}

#[test]
fn sums_past_64_bits_become_numbers() {
    let left = table(&[("k", texts(&["a"]))]);
    let right = table(&[("k", texts(&["a", "a"])), ("n", wholes(&[i64::MAX, i64::MAX]))]);
    let made = joined(&left, &right, &by("k", "k", &[("n", Some(Rule::Sum))]));
    assert_eq!(made.fields[0].kind, FieldKind::Number);
    let total = Table::new("j", 1, made.fields, made.columns, None).unwrap();
    assert_eq!(total.value(0, 0), Value::Number(2.0 * 9_223_372_036_854_775_807.0));
}

#[test]
fn the_best_pair_of_keys_comes_first() {
    let left = table(&[
        ("objectid", wholes(&[1, 2, 3, 4])),
        ("wijk", texts(&["Muide-Afrikalaan", "Macharius", "Sluizeken", "Gent"])),
        ("stad", texts(&["Gent", "Gent", "Gent", "Gent"])),
    ]);
    let right = table(&[
        ("rij", wholes(&[1, 2, 3, 4])),
        ("jaar", wholes(&[2022, 2022, 2023, 2023])),
        ("naam", texts(&["Muide Afrikalaan", "Macharius", "Sluizeken", "Elders"])),
    ]);
    let pairs = key_pairs(&left, &right, &Watch::unwatched()).unwrap();
    let first = &pairs[0];
    assert_eq!((first.key.as_str(), first.their_key.as_str()), ("wijk", "naam"));
    assert!((first.shared - 0.75).abs() < 1e-9);
    let all: Vec<_> = pairs.iter().map(|p| (p.key.as_str(), p.their_key.as_str())).collect();
    assert!(all.contains(&("objectid", "rij")) && all.len() == 2, "{all:?}");
}

/// Columns too long to be compared whole: the shares are estimated within a few hundredths
/// (the standard error of 2048 values).
#[test]
fn shares_of_long_columns_are_estimated() {
    let numbers = |from: i64| wholes(&(from..from + 60_000).collect::<Vec<_>>());
    let left = table(&[("a", numbers(0))]);
    let right = table(&[("b", numbers(15_000))]);
    let pairs = key_pairs(&left, &right, &Watch::unwatched()).unwrap();
    assert!((pairs[0].shared - 0.75).abs() < 0.05, "{pairs:?}");
    let apart = table(&[("b", numbers(60_000))]);
    assert_eq!(key_pairs(&left, &apart, &Watch::unwatched()).unwrap(), []);
}

#[test]
fn names_that_are_taken_get_the_name_of_the_table() {
    let taken = ["Naam", "naam_bevolking"];
    let name = |wished, table| free_name(wished, table, taken.into_iter());
    assert_eq!(name("jaar", "Bevolking"), "jaar");
    assert_eq!(name("naam", "Bevolking (2023)"), "naam_bevolking__2023");
    assert_eq!(name("naam", "Bevolking"), "naam_bevolking_2");
    assert_eq!(name("naam", "…"), "naam_2");
}

#[test]
fn a_join_is_kept_as_written() {
    let wanted = JoinBy {
        condition: "jaar = 2023".to_owned(),
        pairs: vec![Confirmed { ours: "a".into(), theirs: "b".into() }],
        ..by("wijk", "naam", &[("inwoners", Some(Rule::Sum))])
    };
    let text = serde_json::to_string(&wanted).unwrap();
    let expected = r#"{"key":"wijk","theirKey":"naam","condition":"jaar = 2023","columns":[{"field":"inwoners","name":"inwoners","rule":"sum"}],"pairs":[{"ours":"a","theirs":"b"}]}"#;
    assert_eq!(text, expected);
    assert_eq!(serde_json::from_str::<JoinBy>(&text).unwrap(), wanted);
}

#[test]
fn a_name_inside_a_text_is_proposed() {
    let ours = table(&[(
        "plaats",
        texts(&[
            "Gent: Ledeberg, vergunning",
            "Wijk Muide",
            "Gentbrugge (Gent)",
            "Oostakker",
            "Meulestede",
        ]),
    )]);
    let names = ["Ledeberg", "Muide - Meulestede", "Gentbrugge", "Oostakker"];
    let theirs = table(&[("naam", texts(&names))]);
    let inside = How::Proposed(Reason::Inside);
    let found = seen(&ours, &theirs, &by("plaats", "naam", &[]));
    assert_eq!(
        partners(&found),
        [
            ("Gent: Ledeberg, vergunning", Some("Ledeberg"), inside),
            // A word in a sentence says too little.
            ("Wijk Muide", None, How::Unmatched),
            ("Gentbrugge (Gent)", Some("Gentbrugge"), inside),
            ("Oostakker", Some("Oostakker"), How::Exact),
            ("Meulestede", Some("Muide - Meulestede"), inside),
        ]
    );
    // The other way round: whose name stands in just one text.
    let back = seen(&theirs, &ours, &by("naam", "plaats", &[]));
    assert_eq!(partners(&back)[0], ("Ledeberg", Some("Gent: Ledeberg, vergunning"), inside));
    assert_eq!(partners(&back)[2], ("Gentbrugge", Some("Gentbrugge (Gent)"), inside));
    // Not where two texts name it.
    let twice = table(&[("plaats", texts(&["Gent: Ledeberg", "Ledeberg, 1721"]))]);
    let back = seen(&theirs, &twice, &by("naam", "plaats", &[]));
    assert_eq!(partners(&back)[0], ("Ledeberg", None, How::Unmatched));
}
