use arrow_cast::display::array_value_to_string;

use super::*;

fn texts(values: &[&str]) -> StringArray {
    values.iter().map(|value| Some(*value).filter(|value| *value != "∅")).collect()
}

fn found(values: &[&str]) -> Vec<(ReadAs, u64, u64, u64)> {
    let found = fits(&texts(values), &Watch::unwatched()).unwrap_or_default();
    found.iter().map(|fit| (fit.read_as, fit.fits, fit.no_value, fit.misfits)).collect()
}

fn made(values: &[&str], read_as: ReadAs) -> (FieldKind, Vec<String>) {
    let Some(typed) = typed(&texts(values), read_as) else { panic!("{read_as:?}") };
    assert_eq!(typed.array.data_type(), &typed.kind.data_type());
    let texts = (0..typed.array.len())
        .map(|row| array_value_to_string(&typed.array, row).unwrap_or_default())
        .collect();
    (typed.kind, texts)
}

#[test]
fn forms_that_fit_are_offered_with_what_would_be_empty() {
    use ReadAs::{Boolean, DateDmy, DateMdy, DateYmd, NumberComma, NumberPoint};
    for (values, expected) in [
        (&["1,5", "2", "n.v.t.", "∅", "?", "3,25"][..], vec![(NumberComma, 3, 2, 0)]),
        (&["1.5", "2", "x", "4", "5", "6"], vec![(NumberPoint, 5, 0, 1)]),
        (&["12", "13", "-"], vec![(NumberPoint, 2, 1, 0)]),
        // Which of the two is meant, a person knows.
        (&["1.234", "12.500"], vec![(NumberPoint, 2, 0, 0), (NumberComma, 2, 0, 0)]),
        (&["1.234", "12.500", "7,5"], vec![(NumberComma, 3, 0, 0)]),
        (&["31/12/2024", "1/2/2024"], vec![(DateDmy, 2, 0, 0)]),
        (&["12/31/2024", "1/2/2024"], vec![(DateMdy, 2, 0, 0)]),
        (&["2024-01-05", "?"], vec![(DateYmd, 1, 1, 0)]),
        (&["5 jan 2024", "vrijdag 12 januari 2024", ""], vec![(DateDmy, 2, 1, 0)]),
        (&["ja", "Nee", "ja"], vec![(Boolean, 3, 0, 0)]),
        // Codes, telephone numbers, names.
        (&["09000", "9000"], vec![]),
        (&["44021", "02000"], vec![]),
        (&["+3292101010", "+3292101011"], vec![]),
        (&["Gent", "Brugge"], vec![]),
        (&["1", "a", "b", "c"], vec![]),
        (&["-", "?"], vec![]),
        (&["∅", "∅"], vec![]),
        (&[], vec![]),
    ] {
        assert_eq!(found(values), expected, "{values:?}");
    }
    // Of digits, both a day and a number.
    let both = found(&["20240105", "20231231"]);
    assert_eq!(both, [(NumberPoint, 2, 0, 0), (DateYmd, 2, 0, 0)]);
}

#[test]
fn a_long_column_is_judged_by_all_of_it() {
    let mut values = vec!["1,5"; 5000];
    values[3777] = "onbekend";
    assert_eq!(found(&values), [(ReadAs::NumberComma, 4999, 0, 1)]);
    values[3777] = "007,5";
    assert_eq!(found(&values), []);
    let watch = Watch::default();
    watch.cancel();
    assert_eq!(fits(&texts(&values), &watch), Err(Cancelled));
}

#[test]
fn columns_become_what_their_texts_are() {
    let (kind, values) = made(&["12", "1.234", "-", "x", "∅"], ReadAs::NumberComma);
    assert_eq!(
        (kind, values.as_slice()),
        (FieldKind::Integer, &["12", "1234", "", "", ""].map(str::to_owned)[..])
    );
    let (kind, values) = made(&["12", "1,5"], ReadAs::Number);
    assert_eq!((kind, values), (FieldKind::Number, vec!["12.0".to_owned(), "1.5".to_owned()]));
    let (kind, values) = made(&["31/12/2024", "?", "1-2-24"], ReadAs::Date);
    assert_eq!((kind, values.concat()), (FieldKind::Date, "2024-12-312024-02-01".to_owned()));
    let (kind, values) = made(&["20240105"], ReadAs::DateYmd);
    assert_eq!((kind, values.concat()), (FieldKind::Date, "2024-01-05".to_owned()));
    let (kind, values) = made(&["ja", "nee", "?"], ReadAs::Boolean);
    assert_eq!((kind, values.concat()), (FieldKind::Boolean, "truefalse".to_owned()));
    assert!(typed(&texts(&["a"]), ReadAs::Text).is_none());
}

#[test]
fn moments_keep_their_zone() {
    let form =
        |fraction, offset| FieldKind::DateTime(DateTimeForm { separator: 'T', fraction, offset });
    let (kind, values) = made(&["31/12/2024 8:30", "1/1/2025"], ReadAs::DateDmy);
    assert_eq!(kind, form(None, Offset::None));
    assert_eq!(values, ["2024-12-31T08:30:00", "2025-01-01T00:00:00"]);
    let one = Offset::Minutes { minutes: 60, colon: true };
    let (kind, values) = made(&["2024-12-31T08:30:00+01:00", "?"], ReadAs::Date);
    assert_eq!((kind, values.concat()), (form(Some(0), one), "2024-12-31T07:30:00".to_owned()));
    // Winter and summer: the moments stay, told in UTC; a day without a zone is no moment.
    let mixed = ["2024-12-31T08:30:00+01:00", "2024-07-01T08:30:00.25+02:00", "2024-07-01"];
    let (kind, values) = made(&mixed, ReadAs::DateYmd);
    assert_eq!(kind, form(Some(3), Offset::Zulu));
    assert_eq!(values, ["2024-12-31T07:30:00", "2024-07-01T06:30:00.250", ""]);
    assert_eq!(
        found(&[mixed[0], mixed[0], mixed[0], mixed[0], mixed[2]]),
        [(ReadAs::DateYmd, 4, 0, 1)]
    );
    let rounded = typed(&texts(&["2024-01-01 00:00:00.123456"]), ReadAs::Date);
    assert_eq!(rounded.map(|typed| typed.rounded), Some(1));
    let told = typed(&texts(&mixed), ReadAs::Date);
    assert_eq!(told.map(|typed| typed.in_utc), Some(2));
}

#[test]
fn names_of_forms_come_back() {
    for read_as in ReadAs::ALL {
        assert_eq!(ReadAs::by_code(read_as.code()), Some(read_as));
        let json = serde_json::to_string(&read_as).unwrap_or_default();
        assert_eq!(json, format!("\"{}\"", read_as.code()));
    }
    assert_eq!(ReadAs::by_code("kleur"), None);
}
