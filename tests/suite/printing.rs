//! `belfort print`: sheets from the command line.

use std::path::Path;

use super::cli::{document, run, stderr, stdout};

const WARDS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"naam":"Ledeberg"},"geometry":{"type":"Polygon","coordinates":[[[3.72,51.02],[3.74,51.02],[3.74,51.04],[3.72,51.04],[3.72,51.02]]]}},
{"type":"Feature","properties":{"naam":"Gentbrugge"},"geometry":{"type":"Polygon","coordinates":[[[3.74,51.02],[3.79,51.02],[3.79,51.04],[3.74,51.04],[3.74,51.02]]]}}]}"#;

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("wijken.geojson"), WARDS).unwrap();
    folder
}

const ALWAYS: [&str; 4] = ["--offline", "--basemap", "none", "--lang=nl"];

fn print(folder: &Path, arguments: &[&str]) -> serde_json::Value {
    let all: Vec<&str> = ["print", "wijken.geojson", "--json"]
        .iter()
        .chain(arguments)
        .chain(&ALWAYS)
        .copied()
        .collect();
    document(folder, &all)
}

#[test]
fn a_sheet_says_what_it_is_as_json() {
    let folder = folder();
    let made = print(folder.path(), &["-o", "blad.pdf", "--fit", "wijken:naam = 'Ledeberg'"]);
    assert_eq!(made["scale"], 10_000);
    assert_eq!(made["paper_mm"], serde_json::json!([210.0, 297.0]));
    let extent: Vec<f64> = serde_json::from_value(made["extent_wgs84"].clone()).unwrap();
    assert!(extent[0] < 3.72 && extent[1] < 51.02 && extent[2] > 3.74 && extent[3] > 51.04);
    assert!(made["scale_error_max"].as_f64().unwrap() < 1e-5);
    assert_eq!(made["legend_items"], 1);
    assert_eq!(made["labels_dropped"], serde_json::json!([]));
    assert_eq!(made["problems"], serde_json::json!([]));
    assert_eq!(made["output"], "blad.pdf");
    assert!(std::fs::read(folder.path().join("blad.pdf")).unwrap().starts_with(b"%PDF"));
}

#[test]
fn paper_scale_and_kind_of_file_are_as_asked() {
    let folder = folder();
    let asked =
        ["-o", "blad.png", "--paper", "a3", "--landscape", "--scale", "1:25.000", "--dpi", "50"];
    let made = print(folder.path(), &asked);
    assert_eq!(made["scale"], 25_000);
    assert_eq!(made["paper_mm"], serde_json::json!([420.0, 297.0]));
    let picture = image::open(folder.path().join("blad.png")).unwrap();
    // 420 mm at 50 dots per inch.
    assert_eq!((picture.width(), picture.height()), (827, 585));
    for name in ["blad.svg", "blad.jpg"] {
        print(folder.path(), &["-o", name, "--title", "Kermis", "--dpi", "50"]);
        assert!(folder.path().join(name).is_file());
    }
    let svg = std::fs::read_to_string(folder.path().join("blad.svg")).unwrap();
    let head = &svg[..svg.len().min(400)];
    assert!(head.contains("width=\"297mm\"") && head.contains("Kermis"), "{head}");
}

#[test]
fn what_is_wrong_is_said_with_its_status() {
    let folder = folder();
    let status = |arguments: &[&str]| {
        let all: Vec<&str> =
            ["print", "wijken.geojson"].iter().chain(arguments).chain(&ALWAYS).copied().collect();
        let output = run(folder.path(), &all);
        (output.status.code(), stderr(&output))
    };
    let (code, said) = status(&["-o", "blad.doc"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("blad.doc") && said.contains(".pdf"), "{said}");
    let (code, said) = status(&["-o", "blad.pdf", "--paper", "a9"]);
    assert_eq!(code, Some(2), "{said}");
    let (code, said) = status(&["-o", "blad.pdf", "--scale", "groot"]);
    assert_eq!(code, Some(2), "{said}");
    let (code, said) = status(&["-o", "blad.pdf", "--fit", "wijken:naam = 'Nergens'"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("Nergens"), "{said}");
    let (code, said) = status(&["-o", "blad.pdf", "--fit", "wijken:nam = 'Ledeberg'"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("nam"), "{said}");
    let output = run(folder.path(), &["print", "nergens.geojson", "-o", "blad.pdf", "--lang=nl"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("nergens.geojson"));
    assert!(!folder.path().join("blad.pdf").exists());
}

#[test]
fn the_report_says_how_it_fits() {
    let folder = folder();
    let mut arguments = vec![
        "print",
        "wijken.geojson",
        "-o",
        "blad.pdf",
        "--fit",
        "wijken.geojson:naam = 'Gentbrugge'",
        "--scale",
        "5000",
    ];
    arguments.extend(ALWAYS);
    let output = run(folder.path(), &arguments);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let said = stdout(&output);
    assert!(
        said.contains("Op schaal 1:5.000 past Gentbrugge niet helemaal op A4; op A1 wel"),
        "{said}"
    );
}

#[test]
fn an_atlas_has_a_page_for_each_area_and_an_index_lists_what_lies_in_it() {
    let folder = folder();
    let streets = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"straatnaam":"Hundelgemsesteenweg"},"geometry":{"type":"LineString","coordinates":[[3.722,51.03],[3.735,51.031]]}},
{"type":"Feature","properties":{"straatnaam":"Kerkstraat"},"geometry":{"type":"LineString","coordinates":[[3.722,51.025],[3.724,51.025]]}},
{"type":"Feature","properties":{"straatnaam":"Kerkstraat"},"geometry":{"type":"LineString","coordinates":[[3.736,51.037],[3.738,51.037]]}},
{"type":"Feature","properties":{"straatnaam":"Brusselsesteenweg"},"geometry":{"type":"LineString","coordinates":[[3.743,51.03],[3.785,51.031]]}}]}"#;
    std::fs::write(folder.path().join("straten.geojson"), streets).unwrap();
    let mut arguments =
        vec!["print", "wijken.geojson", "straten.geojson", "--json", "-o", "atlas.pdf"];
    arguments.extend(["--atlas", "wijken", "--index", "straten"]);
    arguments.extend(ALWAYS);
    let made = document(folder.path(), &arguments);
    let pages = made["pages"].as_array().unwrap();
    let titles: Vec<&str> = pages.iter().map(|page| page["title"].as_str().unwrap()).collect();
    assert_eq!(titles[1..], ["Gentbrugge", "Ledeberg"], "an overview comes first");
    let entries: Vec<u64> = pages.iter().map(|p| p["index_entries"].as_u64().unwrap()).collect();
    // The two streets of one name in Ledeberg lie a kilometre apart.
    assert_eq!(entries, [4, 1, 3]);
    let scales: Vec<u64> = pages.iter().map(|page| page["scale"].as_u64().unwrap()).collect();
    assert!(scales[1] > scales[2], "each at its own: {scales:?}");
    arguments.push("--common-scale");
    let made = document(folder.path(), &arguments);
    let pages = made["pages"].as_array().unwrap();
    assert_eq!(pages[1]["scale"], pages[2]["scale"]);
    assert_eq!(pages[1]["scale"], scales[1]);
    // Only those of a condition.
    let condition = arguments.iter().position(|argument| *argument == "wijken").unwrap();
    arguments[condition] = "wijken:naam = 'Ledeberg'";
    let made = document(folder.path(), &arguments);
    assert_eq!(made["title"], "Ledeberg");
}

#[test]
fn numbers_sums_and_smaller_paper_are_asked_for_on_the_command_line() {
    let folder = folder();
    let stops = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"naam":"Moscou","lijn":2,"reizigers":120},"geometry":{"type":"Point","coordinates":[3.73,51.03]}},
{"type":"Feature","properties":{"naam":"Ledebergplein","lijn":1,"reizigers":345},"geometry":{"type":"Point","coordinates":[3.735,51.035]}},
{"type":"Feature","properties":{"naam":"Arsenaal","lijn":3,"reizigers":1000},"geometry":{"type":"Point","coordinates":[3.76,51.03]}}]}"#;
    std::fs::write(folder.path().join("haltes.geojson"), stops).unwrap();
    let with = |more: &[&str]| {
        let mut all = vec!["print", "wijken.geojson", "haltes.geojson", "--json"];
        all.extend(more);
        all.extend(ALWAYS);
        document(folder.path(), &all)
    };
    let ledeberg = ["--fit", "wijken:naam = 'Ledeberg'", "--index", "haltes", "--numbers", "lijn"];
    let mut asked = vec!["-o", "blad.svg", "--sum", "haltes:reizigers"];
    asked.extend(ledeberg);
    let made = with(&asked);
    assert_eq!((&made["index_entries"], &made["problems"]), (&2.into(), &serde_json::json!([])));
    let svg = std::fs::read_to_string(folder.path().join("blad.svg")).unwrap();
    // Two of the three stops lie in Ledeberg, with 465 of the passengers.
    assert!(svg.contains("haltes: 2 (reizigers: 465)"), "{svg}");
    let (first, second) = (svg.find("Ledebergplein").unwrap(), svg.rfind("Moscou").unwrap());
    assert!(first < second, "in the order of the lines");
    // A field without numbers is told.
    let made = with(&["-o", "blad.svg", "--fit", "wijken", "--sum", "haltes:naam"]);
    assert_eq!(made["problems"].as_array().unwrap().len(), 1, "{}", made["problems"]);
    // An A1 on A4: a page that shows how they lie, and the sheets.
    let made = with(&["-o", "groot.pdf", "--paper", "a1", "--over", "a4", "--overlap", "12,5"]);
    let tiles = &made["tiles"];
    let count = tiles["columns"].as_u64().unwrap() * tiles["rows"].as_u64().unwrap();
    assert_eq!(tiles["overlap_mm"], 12.5);
    let file = std::fs::read(folder.path().join("groot.pdf")).unwrap();
    let pdf = crate::pdf::reader::Pdf::read(&file);
    assert_eq!(pdf.pages().len() as u64, count + 1);
    // As pictures each in a file of its own.
    let pieces = ["-o", "stuk.png", "--paper", "a3", "--over", "a4", "--dpi", "40"];
    let made = with(&pieces);
    assert_eq!(made["outputs"].as_array().unwrap().len(), 4, "{made}");
    let piece = image::open(folder.path().join("stuk-4.png")).unwrap();
    assert_eq!((piece.width(), piece.height()), (468, 331), "A4 lying at 40 dots per inch");
    // What is wrong is said.
    for wrong in [&["--sum", "haltes"][..], &["--over", "a9"], &["--over", "a4", "--overlap", "x"]]
    {
        let mut all = vec!["print", "wijken.geojson", "-o", "x.pdf"];
        all.extend(wrong);
        all.extend(ALWAYS);
        let output = run(folder.path(), &all);
        assert_eq!(output.status.code(), Some(2), "{wrong:?}: {}", stderr(&output));
    }
}

#[test]
fn a_sheet_of_a_project_is_called_by_its_name() {
    let folder = folder();
    let project = r#"{"belfort": 9, "title": "Gent", "basemap": "none",
        "layers": [{"id": 1, "name": "wijken", "source": {"path": "wijken.geojson"}}],
        "sheets": [{"paper": "a4"}, {"name": "Voor aan het raam", "paper": "a3", "orientation": "landscape"},
            {"title": "Kermis", "paper": "a5"}]}"#;
    std::fs::write(folder.path().join("gent.belfort.json"), project).unwrap();
    let paper = |name: &[&str]| {
        let mut all = vec!["print", "gent.belfort.json", "-o", "blad.pdf", "--json"];
        all.extend(name);
        all.extend(ALWAYS);
        let sides = document(folder.path(), &all)["paper_mm"].clone();
        sides.as_array().unwrap().iter().filter_map(serde_json::Value::as_f64).fold(0.0, f64::max)
    };
    let near = |name: &[&str], long: f64| assert!((paper(name) - long).abs() < 0.1, "{name:?}");
    near(&[], 297.0);
    near(&["--sheet", "voor aan het RAAM"], 420.0);
    near(&["--sheet", "Kermis"], 210.0);
    near(&["--sheet", "2"], 420.0);
    let mut all = vec!["print", "gent.belfort.json", "-o", "x.pdf", "--sheet", "Nergens"];
    all.extend(ALWAYS);
    let output = run(folder.path(), &all);
    assert_eq!(output.status.code(), Some(1));
    let said = stderr(&output);
    assert!(said.contains("Nergens") && said.contains("Voor aan het raam"), "{said}");
}
