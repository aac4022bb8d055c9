//! Fields read as another kind: against pandas as outside oracle, in files that are read again, and
//! on the command line.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use arrow_array::StringArray;
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type, TimestampMillisecondType};
use belfort::formats::{ReadOptions, open};
use belfort::jobs::Watch;
use belfort::table::{FieldKind, ReadAs, Table, offers, typed};
use serde_json::{Value, json};

use super::cli::{document, run, stderr, stdout};
use super::support::{python_with, shared_data};

/// What a program of Python makes of texts: one JSON document on its stdout.
fn python(program: &str, texts: &[String]) -> Option<Value> {
    let mut command = python_with("pandas")?;
    command.args(["-c", program]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let input = serde_json::to_string(texts).unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

/// Numbers without a pattern, the same in every run.
fn noise(at: u32) -> u32 {
    let mixed = at.wrapping_mul(2_654_435_761) ^ (at.wrapping_mul(40_503) >> 7);
    mixed ^ (mixed >> 15)
}

/// Days and moments in the forms that people write here, in one order.
fn moments() -> Vec<String> {
    let months =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let mut texts = Vec::new();
    for at in 0..2000 {
        let value = noise(at);
        let (day, month, year) = (value % 28 + 1, value / 28 % 12 + 1, 1950 + value / 336 % 99);
        let (hour, minute, second) = (value / 7 % 24, value / 11 % 60, value / 13 % 60);
        let name = months[month as usize - 1];
        texts.push(match at % 8 {
            0 => format!("{day}/{month}/{year}"),
            1 => format!("{day:02}/{month:02}/{year}"),
            2 => format!("{day:02}-{month:02}-{year}"),
            3 => format!("{day:02}.{month:02}.{year}"),
            4 => format!("{day} {name} {year}"),
            5 => format!("{day:02}/{month:02}/{year} {hour:02}:{minute:02}"),
            6 => format!("{day:02}/{month:02}/{year} {hour:02}:{minute:02}:{second:02}"),
            _ => format!("{day:02}-{month:02}-{year} {hour:02}:{minute:02}:{second:02}.250"),
        });
    }
    texts.extend(["29/02/2024", "31/12/1999", "1/1/2000"].map(str::to_owned));
    texts
}

#[test]
fn days_and_moments_are_those_of_pandas() {
    let texts = moments();
    let program = "
import sys, json, pandas
texts = json.load(sys.stdin)
made = pandas.to_datetime(pandas.Series(texts), dayfirst=True, format='mixed')
json.dump([int(at.value // 1000000) for at in made.astype('datetime64[ns]')], sys.stdout)
";
    let Some(theirs) = python(program, &texts) else { return };
    let made = typed(&StringArray::from(texts.clone()), ReadAs::Date).unwrap();
    assert_eq!((made.fit.misfits, made.fit.no_value), (0, 0));
    let ours = made.array.as_primitive::<TimestampMillisecondType>();
    for (at, text) in texts.iter().enumerate() {
        assert_eq!(json!(ours.value(at)), theirs[at], "{text}");
    }
}

#[test]
fn time_zones_are_those_of_pandas() {
    let zones = ["Z", "+01:00", "+0200", "-05:30", "+00:00"];
    let texts: Vec<String> = (0..500)
        .map(|at| {
            let value = noise(at);
            let (day, month, year) = (value % 28 + 1, value / 28 % 12 + 1, 1990 + value / 336 % 50);
            let (hour, minute) = (value / 7 % 24, value / 11 % 60);
            let zone = zones[at as usize % zones.len()];
            format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:07{zone}")
        })
        .collect();
    let program = "
import sys, json, pandas
made = pandas.to_datetime(pandas.Series(json.load(sys.stdin)), utc=True, format='ISO8601')
json.dump([round(at.timestamp() * 1000) for at in made], sys.stdout)
";
    let Some(theirs) = python(program, &texts) else { return };
    let made = typed(&StringArray::from(texts.clone()), ReadAs::DateYmd).unwrap();
    assert_eq!((made.fit.misfits, made.in_utc), (0, 500));
    let ours = made.array.as_primitive::<TimestampMillisecondType>();
    for (at, text) in texts.iter().enumerate() {
        assert_eq!(json!(ours.value(at)), theirs[at], "{text}");
    }
}

#[test]
fn numbers_are_those_of_pandas() {
    let mut texts: Vec<String> = Vec::new();
    for at in 0..2000 {
        let value = noise(at);
        let sign = if value.is_multiple_of(3) { "-" } else { "" };
        let (whole, part) = (value % 4_000_000, value / 5 % 1000);
        texts.push(match at % 5 {
            0 => format!("{sign}{whole}"),
            1 => format!("{sign}{whole},{part}"),
            2 => format!("{sign}{},5", whole % 1000),
            3 => format!("{sign}{}.{part:03},25", whole % 999 + 1),
            _ => format!("{sign}{},{part:03}7", whole % 10),
        });
    }
    let program = "
import sys, json, pandas
texts = pandas.Series(json.load(sys.stdin))
plain = texts.str.replace('.', '', regex=False).str.replace(',', '.', regex=False)
json.dump([float(n) for n in pandas.to_numeric(plain)], sys.stdout)
";
    let Some(theirs) = python(program, &texts) else { return };
    let made = typed(&StringArray::from(texts.clone()), ReadAs::NumberComma).unwrap();
    assert_eq!((made.fit.misfits, made.kind), (0, FieldKind::Number));
    let ours = made.array.as_primitive::<Float64Type>();
    for (at, text) in texts.iter().enumerate() {
        assert_eq!(Some(ours.value(at)), theirs[at].as_f64(), "{text}");
    }
}

/// What pandas makes a number of and Belfort not, or the other way: a list with its reasons, that
/// holds nothing that is not different.
#[test]
fn numbers_that_pandas_reads_otherwise_are_known() {
    let texts = [
        "12", "-1.5", "1e5", "1e-5", "1.5e3", "0x10", "1_000", ".5", "5.", "1,234", "inf", "nan",
        "True", " 7 ", "007", "+3", "٣", "1e999", "12E4", "1-2", "€5",
    ];
    let different: BTreeMap<&str, &str> = BTreeMap::from([
        ("1e5", "a code as often as a number"),
        ("12E4", "a code as often as a number"),
        ("5.", "an ordinal as often as a number"),
        ("1,234", "thousands are parted by commas where the point is decimal"),
        ("inf", "a word"),
        ("1e999", "larger than any number"),
    ]);
    let program = "
import sys, json, pandas, math
made = [pandas.to_numeric(text, errors='coerce') for text in json.load(sys.stdin)]
json.dump([None if math.isnan(n) else str(float(n)) for n in made], sys.stdout)
";
    let owned = texts.map(str::to_owned).to_vec();
    let Some(theirs) = python(program, &owned) else { return };
    let mut found = Vec::new();
    for (text, theirs) in texts.iter().zip(theirs.as_array().unwrap()) {
        let made = typed(&StringArray::from(vec![*text]), ReadAs::NumberPoint).unwrap();
        let whole = made.array.as_primitive_opt::<Int64Type>().filter(|_| made.fit.fits == 1);
        let number = made.array.as_primitive_opt::<Float64Type>().filter(|_| made.fit.fits == 1);
        let ours = whole.map(|whole| whole.value(0) as f64);
        let ours = ours.or_else(|| number.map(|number| number.value(0)));
        let theirs = theirs.as_str().map(|text| text.parse::<f64>().unwrap());
        if ours != theirs {
            found.push(*text);
        }
    }
    found.sort_unstable();
    assert_eq!(found, different.keys().copied().collect::<Vec<_>>());
}

fn read(path: &Path, fields: &[(&str, ReadAs)]) -> Table {
    let fields = fields.iter().map(|(name, read_as)| ((*name).to_owned(), *read_as)).collect();
    let options = ReadOptions { fields, ..ReadOptions::default() };
    open(path, &options, &Watch::unwatched()).unwrap().swap_remove(0)
}

fn values(table: &Table, field: &str) -> Vec<String> {
    let column = table.field_index(field).unwrap();
    (0..table.rows()).map(|row| table.value(row, column).to_data_text()).collect()
}

#[test]
fn a_number_made_text_is_written_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.csv");
    std::fs::write(&path, "id;prijs;waarde;dag\n1;1,50;NA;31/12/2024\n2;2,00;3;1/1/2025\n")
        .unwrap();
    let found = read(&path, &[]);
    let kinds: Vec<&str> = found.fields.iter().map(|field| field.kind.code()).collect();
    assert_eq!(kinds, ["integer", "number", "number", "text"]);
    let chosen = [
        ("prijs", ReadAs::Text),
        ("waarde", ReadAs::Text),
        ("dag", ReadAs::Date),
        ("id", ReadAs::Number),
    ];
    let table = read(&path, &chosen);
    assert_eq!(values(&table, "prijs"), ["1,50", "2,00"]);
    assert_eq!(values(&table, "waarde"), ["NA", "3"]);
    assert_eq!(values(&table, "dag"), ["2024-12-31", "2025-01-01"]);
    assert_eq!(values(&table, "id"), ["1", "2"]);
    assert!(table.origin.problems.is_empty(), "{:?}", table.origin.problems);
    let days = table.column("dag").unwrap();
    assert!(days.as_primitive_opt::<Date32Type>().is_some());
}

/// The same in one piece and cut in many, with surplus columns and a coordinate that is named.
#[test]
fn a_field_told_is_told_in_every_piece_of_a_large_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("groot.csv");
    let mut text = "nr,lon,lat,bedrag\n".to_owned();
    for at in 0..200_000 {
        text.push_str(&format!(
            "{at},3.7{},51.0{},\"1.{:03},5\"\n",
            at % 90 + 10,
            at % 90 + 10,
            at % 1000
        ));
    }
    std::fs::write(&path, text).unwrap();
    let table = read(&path, &[("nr", ReadAs::Text), ("bedrag", ReadAs::NumberComma)]);
    assert_eq!(table.rows(), 200_000);
    assert!(table.geometry.is_some());
    let numbers = table.column("bedrag").unwrap();
    let numbers = numbers.as_primitive::<Float64Type>();
    assert_eq!((numbers.value(0), numbers.value(199_999)), (1000.5, 1999.5));
    assert_eq!(values(&table, "nr")[199_999], "199999");
}

#[test]
fn the_command_line_offers_kinds_and_takes_them() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "werven.csv",
        "naam;start;budget;post code;open\n\
         Reep;31/12/2024;1.250,50 ;9000;ja\n\
         Kouter;1/2/2025;?;9050;nee\n\
         Dok;5 mrt 2025;n.v.t.;09060;ja\n",
    );
    let said = stdout(&run(folder.path(), &["info", "werven.csv"]));
    for line in [
        "start  dates, day first (31/12/2024): all 3 values fit. To read it so: --kind start=date",
        "open  yes or no: all 3 values fit. To read it so: --kind open=boolean",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    assert!(!said.contains("post code="), "{said}");
    let said = stdout(&run(folder.path(), &["info", "werven.csv", "--lang", "nl"]));
    assert!(said.contains("datums, dag eerst (31/12/2024): alle 3 waarden passen"), "{said}");

    let found = document(folder.path(), &["info", "--json", "werven.csv"]);
    let fields = &found["layers"][0]["fields"];
    let offered = json!([
        {"kind": "date-dmy", "type": "date", "fits": 3, "no_value": 0, "misfits": 0}
    ]);
    assert_eq!(fields[1]["could_be"], offered);
    assert!(fields[3].get("could_be").is_none(), "{fields}");

    let kinds = [
        "--kind",
        "start=date",
        "--kind",
        "open=boolean",
        "--kind",
        "naam=number",
        "--kind",
        "post code=integer",
    ];
    let mut arguments = vec!["info", "--json", "werven.csv"];
    arguments.extend(kinds);
    let read = document(folder.path(), &arguments);
    let types: Vec<&str> = read["layers"][0]["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| field["type"].as_str().unwrap())
        .collect();
    assert_eq!(types, ["integer", "date", "number", "integer", "boolean"]);
    let problems: Vec<(&str, u64)> = read["layers"][0]["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| (problem["kind"].as_str().unwrap(), problem["count"].as_u64().unwrap()))
        .collect();
    assert_eq!(problems, [("no-value-words", 2), ("read-as-number", 3), ("read-as-zeros", 1)]);

    let mut arguments = vec!["convert", "werven.csv", "uit.geojson"];
    arguments.extend([
        "--kind",
        "start=date",
        "--kind",
        "open=boolean",
        "--kind",
        "post code=text",
    ]);
    let done = run(folder.path(), &arguments);
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    let text = std::fs::read_to_string(folder.path().join("uit.geojson")).unwrap();
    let written: Value = serde_json::from_str(&text).unwrap();
    let row = &written["features"][2]["properties"];
    assert_eq!(row["start"], json!("2025-03-05"));
    assert_eq!((&row["open"], &row["post code"]), (&json!(true), &json!("09060")));
}

#[test]
fn wrong_kinds_on_the_command_line_are_told() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.csv"), "x;y\n1;a\n").unwrap();
    for wrong in ["x", "x=kleur", "=date"] {
        let refused = run(folder.path(), &["info", "a.csv", "--kind", wrong]);
        assert_eq!(refused.status.code(), Some(2));
        assert!(stderr(&refused).contains("number-comma"), "{}", stderr(&refused));
    }
    let refused = run(folder.path(), &["convert", "a.csv", "b.geojson", "--kind", "z=date"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(stderr(&refused).contains("no field “z”"), "{}", stderr(&refused));
    // Of several files one may have it: `info` tells and goes on.
    let told = run(folder.path(), &["info", "a.csv", "--kind", "z=date"]);
    assert_eq!(told.status.code(), Some(0));
    assert!(stdout(&told).contains("There is no field “z”"), "{}", stdout(&told));
}

/// What is offered of real files: field and kind, and nothing else.
#[test]
fn real_files_are_offered_what_is_right() {
    let expected: &[(&str, &[(&str, ReadAs)])] = &[
        ("real/wijken/stadswijken-gent-2023.geojson", &[("wijziging", ReadAs::Boolean)]),
        ("real/schapen/sheep_whereabouts.csv", &[("scrape time", ReadAs::DateYmd)]),
        ("real/gemeenten/Belgium.provinces.WGS84.geojson", &[("UpdDate", ReadAs::DateYmd)]),
        ("real/gemeenten/REFNIS_2019.csv", &[]),
        ("real/bushaltes/bushaltes-gent.csv", &[]),
        ("real/spoor/stations.csv", &[]),
        ("real/statsectoren/gent-sectors-2026.geojson", &[]),
        ("real/gemeenten/deelgemeenten.geojson", &[]),
    ];
    for (name, expected) in expected {
        let Some(path) = shared_data(name) else { return };
        let table = read(&path, &[]);
        let found = offers(&table, &Watch::unwatched()).unwrap();
        let found: Vec<(&str, ReadAs)> = found
            .iter()
            .map(|offer| {
                let read_as = offer.best().unwrap().fit.read_as;
                (table.fields[offer.column].name.as_str(), read_as)
            })
            .collect();
        assert_eq!(found, *expected, "{name}");
    }
}
