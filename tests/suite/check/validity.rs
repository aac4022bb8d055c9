//! Valid or not, as GEOS decides.

use belfort::check::{Kind, Options, Report, Severity, check};
use belfort::jobs::Watch;
use belfort::table::Table;

use super::shapely::{self, Answer};
use super::shapes::{Chance, coast, feature, turned};
use super::{count, real_tables, table, texts};

fn checked(table: &Table) -> Report {
    check(table, &Options::of(table), &Watch::unwatched()).unwrap()
}

/// What was found of each row that makes it invalid.
fn faults(table: &Table) -> Vec<Vec<Kind>> {
    let mut faults = vec![Vec::new(); table.rows()];
    for finding in checked(table).findings() {
        if finding.kind.severity() == Severity::Invalid {
            faults[finding.row as usize].push(finding.kind);
        }
    }
    faults
}

/// Whether what GEOS names is among what was found. It stops at the first fault it meets, and
/// calls all that crosses a self-intersection.
fn names(answer: &Answer, found: &[Kind]) -> bool {
    let reason = answer.reason.as_deref().unwrap_or_default();
    let any = |kinds: &[Kind]| kinds.iter().any(|kind| found.contains(kind));
    match reason.split('[').next().unwrap_or_default() {
        "Self-intersection" => {
            any(&[Kind::SelfIntersection, Kind::RingsCross, Kind::PartsCross, Kind::ZeroArea])
        }
        "Ring Self-intersection" => {
            any(&[Kind::SelfTouch, Kind::SelfIntersection, Kind::RingsCross, Kind::ZeroArea])
        }
        // Some crossings GEOS does not look for before it looks at how rings lie.
        "Hole lies outside shell" => any(&[Kind::HoleOutside, Kind::RingsCross, Kind::PartsCross]),
        "Holes are nested" => any(&[Kind::HoleInHole, Kind::RingsCross, Kind::PartsCross]),
        "Nested shells" => any(&[Kind::PartInPart, Kind::RingsCross, Kind::PartsCross]),
        "Interior is disconnected" => any(&[Kind::InsideCut, Kind::RingsCross, Kind::PartsCross]),
        "Too few points in geometry component" => {
            any(&[Kind::TooFewPositions, Kind::ZeroArea, Kind::ZeroLength])
        }
        other => panic!("{other}"),
    }
}

#[test]
fn random_polygons_are_valid_where_geos_says_so() {
    if !shapely::is_there() {
        return;
    }
    let mut chance = Chance(0x5eed_0001);
    let features: Vec<_> = (0..count())
        .map(|number| {
            let made = feature(&mut chance);
            if number % 2 == 0 { made } else { turned(&made, &mut chance) }
        })
        .collect();
    let table = table(&features);
    let (texts, faults) = (texts(&table), faults(&table));
    let answers = shapely::ask(&texts, false);
    let mut valid = 0;
    for ((text, found), answer) in texts.iter().zip(&faults).zip(&answers) {
        let wanted = answer.valid.unwrap();
        valid += usize::from(wanted);
        assert_eq!(found.is_empty(), wanted, "{answer:?}: {found:?}\n{text}");
        assert!(wanted || names(answer, found), "{answer:?}: {found:?}\n{text}");
    }
    // Both verdicts are there.
    assert!(valid * 10 > features.len() && valid * 10 < features.len() * 9, "{valid}");
}

/// Rings of thousands of positions, so that the index is used: coasts, and the same with two
/// neighbours exchanged or a corner pulled across.
#[test]
fn large_rings_are_valid_where_geos_says_so() {
    if !shapely::is_there() {
        return;
    }
    let mut chance = Chance(0x5eed_0002);
    let features: Vec<_> = (0..24).map(|number| coast(&mut chance, 9000, number % 4)).collect();
    let table = table(&features);
    let (texts, faults) = (texts(&table), faults(&table));
    let answers = shapely::ask(&texts, false);
    let mut valid = 0;
    for (number, (found, answer)) in faults.iter().zip(&answers).enumerate() {
        let wanted = answer.valid.unwrap();
        valid += usize::from(wanted);
        assert_eq!(found.is_empty(), wanted, "{number}: {:?} {found:?}", answer.reason);
    }
    assert!((6..20).contains(&valid), "{valid}");
}

/// Differences from GEOS on the test data, each looked at: file, row, why.
const KNOWN: &[(&str, u64, &str)] = &[];

#[test]
fn real_and_odd_files_are_valid_where_geos_says_so() {
    if !shapely::is_there() {
        return;
    }
    let (mut rows, mut invalid, mut differ) = (0, 0, Vec::new());
    for (name, table) in real_tables() {
        let faults = faults(&table);
        let texts = texts(&table);
        // What has no place, or positions that are no numbers, has no text.
        let asked: Vec<usize> = (0..texts.len()).filter(|row| !texts[*row].is_empty()).collect();
        let answers: Vec<String> = asked.iter().map(|row| texts[*row].clone()).collect();
        for (row, answer) in asked.iter().zip(shapely::ask(&answers, false)) {
            rows += 1;
            // What GEOS refuses to make is not valid.
            let wanted = answer.valid.unwrap_or(false);
            invalid += usize::from(!wanted);
            let number = *row as u64 + 1;
            let is_known = KNOWN.iter().any(|known| known.0 == name && known.1 == number);
            if faults[*row].is_empty() != wanted && !is_known {
                differ.push(format!("{name}, row {number}: {answer:?}, {:?}", faults[*row]));
            }
        }
    }
    assert!(differ.is_empty(), "{differ:#?}");
    eprintln!("{rows} features of the test data, {invalid} of them not valid");
}
