//! Texts and the places they are about: real ones, answered by hand.

use std::sync::Arc;

use arrow_array::{ArrayRef, StringArray};
use belfort::jobs::Watch;
use belfort::names::{Gazetteer, How, Outcome, SURE};
use belfort::table::{Field, FieldKind, Table};

const LAYERS: [&str; 3] = ["straten", "wijken", "gemeenten"];

fn table(names: &[&str]) -> Table {
    let column: ArrayRef = Arc::new(StringArray::from(names.to_vec()));
    Table::new("t", names.len(), vec![Field::new("naam", FieldKind::Text)], vec![column], None)
        .unwrap()
}

/// The lines behind a heading.
fn lines<'a>(text: &'a str, heading: &str) -> Vec<&'a str> {
    let lines = text.lines().skip_while(|line| line.trim() != format!("[{heading}]")).skip(1);
    lines.take_while(|line| !line.starts_with('[')).filter(|line| !line.starts_with('#')).collect()
}

fn gazetteer() -> Gazetteer {
    let names = include_str!("../data/names/places.txt");
    let mut gazetteer = Gazetteer::default();
    for layer in LAYERS {
        let names = lines(names, layer);
        assert!(names.len() >= 25, "{layer}");
        gazetteer.add(&table(&names), 0, &Watch::unwatched()).unwrap();
    }
    gazetteer
}

/// A text, and the layer and the name it is about.
fn answers(heading: &str) -> Vec<(&'static str, Option<(&'static str, &'static str)>)> {
    let all = lines(include_str!("../data/names/texts.tsv"), heading);
    let answers = all.into_iter().map(|line| {
        let mut parts = line.split('\t');
        let (text, layer) = (parts.next().unwrap(), parts.next().unwrap());
        (text, (layer != "-").then(|| (layer, parts.next().unwrap())))
    });
    answers.collect()
}

#[test]
fn nearly_all_names_are_found_and_none_is_wrong() {
    let gazetteer = gazetteer();
    let sure = answers("sure");
    assert!(sure.len() >= 200, "{}", sure.len());
    let mut wrong = Vec::new();
    let mut right = 0;
    for (text, answer) in &sure {
        let found = gazetteer.find(text);
        let best = found.candidates.first().filter(|_| found.outcome == Outcome::Matched);
        let said = best.map(|it| (LAYERS[it.layer], &*it.name));
        if said == *answer {
            right += 1;
        } else {
            wrong.push(format!("{text:?}: {answer:?}, found {said:?} ({:?})", found.outcome));
        }
        // What is sure is right: a wrong place is worse than none.
        if let Some(best) = best {
            assert!(best.score >= SURE && best.how != How::Near, "{text}: {best:?}");
            assert_eq!(said, *answer, "{text}");
        }
    }
    let share = f64::from(right) / sure.len() as f64;
    assert!(share >= 0.95, "{:.1} %\n{}", 100.0 * share, wrong.join("\n"));
    if !wrong.is_empty() {
        eprintln!("{right} of {}; not found:\n{}", sure.len(), wrong.join("\n"));
    }
}

#[test]
fn what_is_only_like_a_name_is_proposed_and_never_sure() {
    let gazetteer = gazetteer();
    for (text, answer) in answers("near") {
        let found = gazetteer.find(text);
        assert_eq!(found.outcome, Outcome::Near, "{text}: {found:?}");
        let proposed: Vec<_> =
            found.candidates.iter().map(|it| (LAYERS[it.layer], &*it.name)).collect();
        assert!(proposed.contains(&answer.unwrap()), "{text}: {proposed:?}");
        assert!(found.candidates.iter().all(|it| it.score < SURE && it.how == How::Near), "{text}");
    }
}
