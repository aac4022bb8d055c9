//! The count that the portal tells, and the one that came.

use belfort::i18n::Language;
use belfort::portal::{Freshness, Wanted};

use super::world::World;
use crate::fake_portal::{ALWAYS, Dataset, Fault, Field, Framing, Kind, Value};

/// A difference is said, with both numbers; what came is kept.
#[test]
fn a_count_that_lies_is_a_problem_that_is_seen() {
    for (off, portal) in [(12, 37), (-24, 1)] {
        let world = World::new();
        world.portal.fault("/catalog", Fault::CountOff(off), ALWAYS);
        let (table, from) = world.good("stadswijken-gent", Wanted::Newest);
        let receipt = &from.receipt;
        assert_eq!((receipt.records_portal, receipt.records_written), (Some(portal), 25));
        assert!(!receipt.is_complete());
        let problem = table.origin.problems.iter().find(|it| it.id == "problem-portal-count");
        let problem = problem.unwrap();
        assert_eq!(problem.count, off.unsigned_abs());
        let records = if portal == 1 { "record" } else { "records" };
        assert_eq!(
            problem.text(Language::Dutch),
            format!("Het portaal telt {portal} {records}, in de download zitten er 25")
        );
        assert_eq!(
            problem.text(Language::English),
            format!("The portal counts {portal} {records}, the download holds 25")
        );
        let summary = receipt.summary(Language::English);
        assert!(summary.starts_with(&format!("25 of {portal} {records}, fetched ")), "{summary}");
        // Nothing changed there: asked once more, not fetched once more.
        let exports =
            world.portal.requests().iter().filter(|it| it.path.contains("/exports/")).count();
        assert_eq!((exports, world.portal.requests().len()), (1, 5));
        // The copy says so too.
        let (again, from) = world.good("stadswijken-gent", Wanted::Kept);
        assert_eq!(from.freshness, Freshness::Kept);
        assert_eq!(again.origin.problems, table.origin.problems);
    }
}

/// Lines that end between two records and say that they are all: the count finds it out.
#[test]
fn lines_that_end_between_two_records() {
    let world = World::new();
    let id = "bevolkingsaantal-per-wijk-per-jaar-gent";
    let (whole, _) = world.good(id, Wanted::Newest);
    let lines = std::fs::read_to_string(&world.data()[0]).unwrap();
    let after: usize = lines.lines().take(300).map(|line| line.len() + 1).sum();
    // Lines come in another order each time: some are longer than others, so about there.
    for after in [after, after + 1, after + 40] {
        let world = World::new();
        let fault = Fault::EndsEarly { after };
        world.portal.fault(&format!("/catalog/datasets/{id}/exports"), fault, ALWAYS);
        match world.read(id, Wanted::Newest) {
            Ok(opened) => {
                let receipt = opened.from_portal.unwrap().receipt;
                assert!(!receipt.is_complete() && opened.table.rows() < whole.rows());
                assert_eq!(receipt.problems().len(), 1);
            }
            Err(error) => {
                let text = error.text(Language::Dutch);
                assert!(text.contains("brak af na"), "{text}");
                assert!(world.files().is_empty());
            }
        }
    }
}

/// Bikes come and go while they are counted: that is no loss.
#[test]
fn a_live_dataset_that_moves_while_it_is_fetched() {
    let world = World::new();
    for _ in 0..40 {
        let (table, from) = world.good("dott-deelfietsen-gent", Wanted::Fetched);
        assert!(from.receipt.is_complete(), "{:?}", from.receipt);
        assert_eq!(from.receipt.records_written, table.rows() as u64);
        assert!(table.origin.problems.is_empty(), "{:?}", table.origin.problems);
    }
}

/// One that never holds still long enough is fetched a few times, not for ever.
#[test]
fn a_count_that_jumps_with_every_question() {
    let world = World::new();
    let rows = |row: usize, _: &_| vec![Value::from(i64::try_from(row).unwrap())];
    let mut jumping = Dataset::new("springt", "Springt", 0, rows)
        .counted(|moment| if moment.tick % 2 == 0 { 10 } else { 20 })
        .live();
    jumping.fields = vec![Field::new("n", Kind::Int)];
    world.portal.add(jumping);
    let (table, _) = world.good("springt", Wanted::Newest);
    assert!(matches!(table.rows(), 10 | 20));
    let requests = world.portal.requests();
    let exports = requests.iter().filter(|it| it.path.contains("/exports/")).count();
    assert!((1..=3).contains(&exports), "{exports}");
}

/// A cut that comes once costs a second download, and no row.
#[test]
fn a_second_attempt_begins_anew() {
    let world = World::new();
    let at = "/catalog/datasets/straten-gent/exports";
    let cut = Fault::Cut { after: 20_000, framing: Framing::Chunked };
    world.portal.fault(at, cut, 1);
    let (table, from) = world.good("straten-gent", Wanted::Newest);
    assert_eq!(table.rows(), 2931);
    assert!(from.receipt.is_complete());
    assert_eq!(from.receipt.bytes, std::fs::metadata(&world.data()[0]).unwrap().len());
}
