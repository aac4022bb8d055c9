//! `belfort portal`, and layers of a portal wherever a file may stand: the program as a process.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::fake_portal::{ALWAYS, Change, FakePortal, Fault, Value as Cell};

struct World {
    portal: FakePortal,
    folder: tempfile::TempDir,
}

impl World {
    fn new() -> World {
        World { portal: FakePortal::start(), folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_belfort"));
        for variable in ["LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE", "DISPLAY", "WAYLAND_DISPLAY"]
        {
            command.env_remove(variable);
        }
        for variable in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
            command.env_remove(variable);
        }
        command.current_dir(self.path());
        command.env("HOME", self.path()).env("XDG_CACHE_HOME", self.path().join("cache"));
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command().args(arguments).output().unwrap()
    }

    /// `belfort portal …` at the fake portal.
    fn portal(&self, arguments: &[&str]) -> Output {
        let at = ["--portal", self.portal.address()];
        self.run(&[&["portal"], arguments, &at].concat())
    }

    /// The same, as the JSON document on stdout.
    #[track_caller]
    fn document(&self, arguments: &[&str]) -> Value {
        read(&self.portal(&[arguments, &["--json"]].concat()))
    }

    fn address(&self, layer: &str) -> String {
        format!("portal:{}/{layer}", self.portal.address())
    }

    #[track_caller]
    fn features(&self, name: &str) -> Vec<Value> {
        let text = fs::read(self.path().join(name)).unwrap();
        let whole: Value = serde_json::from_slice(&text).unwrap();
        whole["features"].as_array().unwrap().clone()
    }
}

#[track_caller]
fn read(output: &Output) -> Value {
    assert_eq!(output.status.code(), Some(0), "{}", stderr(output));
    serde_json::from_str(&stdout(output)).unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[track_caller]
fn fails(output: &Output, status: i32, words: &[&str]) {
    let told = stderr(output);
    assert_eq!(output.status.code(), Some(status), "{told}");
    for word in words {
        assert!(told.contains(word), "{word:?} is not in {told}");
    }
    assert_eq!(stdout(output), "", "nothing for a script to take for an answer");
}

#[test]
fn the_catalogue_is_searched() {
    let world = World::new();
    let found = world.document(&["search", "bomen"]);
    assert_eq!(found["portal"], world.portal.address());
    let datasets = found["datasets"].as_array().unwrap();
    assert_eq!(found["total"], datasets.len());
    assert_eq!(found["unreadable"], 0);
    let trees = datasets.iter().find(|it| it["id"] == "locaties-bomen-gent").unwrap();
    assert_eq!(
        trees,
        &json!({
            "id": "locaties-bomen-gent",
            "title": "Trees of Ghent",
            "address": world.address("locaties-bomen-gent"),
            "records": 68_240,
            "geometry_types": ["Point"],
            "has_place": true,
            "publisher": "Stad Gent",
            "licence": "Modellicentie Gratis Hergebruik (Vlaanderen) v1.0",
            "modified": "2026-03-02T09:30:00+00:00",
        })
    );
    // All of it, over several pages, each once.
    let whole = world.document(&["search", "--limit", "1000"]);
    let ids: BTreeSet<String> = whole["datasets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids, world.portal.ids().into_iter().collect());
    assert_eq!(whole["total"], ids.len());
    let few = world.document(&["search", "--limit", "7"]);
    assert_eq!((few["datasets"].as_array().unwrap().len(), &few["total"]), (7, &whole["total"]));
    let placed = world.document(&["search", "--limit", "1000", "--geo"]);
    let placed = placed["datasets"].as_array().unwrap().clone();
    assert!(placed.len() < ids.len() && placed.iter().all(|it| it["has_place"] == true));
    let since = world.document(&["search", "wijk", "--since", "2026-01-01", "--limit", "1000"]);
    let since = since["datasets"].as_array().unwrap().clone();
    assert!(!since.is_empty());
    assert!(since.iter().all(|it| it["modified"].as_str().unwrap() >= "2026"), "{since:?}");
}

#[test]
fn the_catalogue_is_told_in_words() {
    let world = World::new();
    let dutch = stdout(&world.portal(&["search", "locaties", "bomen", "--lang", "nl"]));
    assert!(dutch.contains("locaties-bomen-gent     68.240  Locaties bomen Gent"), "{dutch}");
    assert!(dutch.contains("1 van 1 dataset"), "{dutch}");
    let english = stdout(&world.portal(&["search", "bomen", "--lang", "en"]));
    assert!(english.contains("68,240  Trees of Ghent"), "{english}");
    let nothing = world.portal(&["search", "zeppelins", "--lang", "nl"]);
    assert_eq!(nothing.status.code(), Some(0));
    assert!(stdout(&nothing).contains("0 van 0"), "{}", stdout(&nothing));
}

#[test]
fn a_dataset_is_told_about() {
    let world = World::new();
    let about = world.document(&["info", "bloklocaties-gent"]);
    assert_eq!(about["portal"], world.portal.address());
    assert_eq!(about["address"], world.address("bloklocaties-gent"));
    assert_eq!(about["id"], "bloklocaties-gent");
    assert_eq!((&about["records"], &about["has_place"]), (&json!(48), &json!(true)));
    assert_eq!(about["fields"].as_array().unwrap().len(), 11);
    assert_eq!(about["fields"][5]["name"], "totale_capaciteit");
    assert_eq!(about["fields"][5]["kind"], "int");
    let page = format!("{}/explore/dataset/bloklocaties-gent/", world.portal.address());
    assert_eq!(about["page"], page.as_str());
    let dutch = stdout(&world.portal(&["info", "bloklocaties-gent", "--lang", "nl"]));
    for words in [
        "Bloklocaties Gent",
        "Records",
        "48",
        "Point (geo_punt)",
        "Stad Gent",
        "Modellicentie Gratis Hergebruik (Vlaanderen) v1.0",
        "totale_capaciteit",
        "Waar je rustig kan blokken",
    ] {
        assert!(dutch.contains(words), "{words}: {dutch}");
    }
    assert!(!dutch.contains("<p>") && !dutch.contains("&amp;"), "{dutch}");
    let english = stdout(&world.portal(&["info", "bloklocaties-gent", "--lang", "en"]));
    assert!(english.contains("Places to study in Ghent") && english.contains("Licence"));
}

#[test]
fn a_dataset_is_fetched_with_its_receipt() {
    let world = World::new();
    let got = world.document(&["get", "bloklocaties-gent", "--out", "uit.geojson", "--lang", "nl"]);
    let rows = world.portal.rows("bloklocaties-gent");
    let nowhere = rows.iter().filter(|row| row[10].is_null()).count();
    assert!(nowhere > 0);
    assert_eq!(got["dataset"], "bloklocaties-gent");
    assert_eq!(got["title"], "Bloklocaties Gent");
    assert_eq!((&got["records_portal"], &got["records_written"]), (&json!(48), &json!(48)));
    assert_eq!(got["without_geometry"], nowhere);
    assert_eq!(got["records_whole"], Value::Null);
    assert_eq!(got["freshness"], "fetched");
    assert_eq!(got["licence"], "Modellicentie Gratis Hergebruik (Vlaanderen) v1.0");
    assert_eq!(got["attribution"], "Stad Gent");
    assert_eq!(got["address"], world.address("bloklocaties-gent"));
    let url = got["url"].as_str().unwrap();
    let export = "/api/explore/v2.1/catalog/datasets/bloklocaties-gent/exports/geojson";
    assert!(url.starts_with(&format!("{}{export}", world.portal.address())), "{url}");
    let at: chrono::DateTime<chrono::Utc> = got["fetched_at"].as_str().unwrap().parse().unwrap();
    assert!((chrono::Utc::now() - at).num_minutes().abs() < 10);
    assert_eq!(got["outputs"], json!(["uit.geojson"]));
    let kinds: Vec<&str> =
        got["problems"].as_array().unwrap().iter().map(|it| it["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["no-geometry"]);
    let features = world.features("uit.geojson");
    assert_eq!(features.len(), 48);
    let codes: Vec<&Value> = features.iter().map(|it| &it["properties"]["postcode"]).collect();
    assert!(codes.iter().all(|code| **code == "9000" || **code == ""), "{codes:?}");
    // Nothing changed: asked, and not fetched.
    world.portal.forget_requests();
    let again = world.document(&["get", "bloklocaties-gent", "--out", "uit.csv"]);
    assert_eq!(again["freshness"], "unchanged");
    assert_eq!(world.portal.requests().len(), 1);
    assert_eq!(again["fetched_at"], got["fetched_at"], "the age of the data, not of the file");
    let csv = fs::read_to_string(world.path().join("uit.csv")).unwrap();
    assert_eq!(csv.lines().count(), 49);
}

#[test]
fn a_receipt_is_told_in_words() {
    let world = World::new();
    for (language, words) in [
        ("nl", ["48 van 48 records, 3 zonder plaats, opgehaald op ", "Licentie", "Bestanden"]),
        ("en", ["48 of 48 records, 3 without place, fetched ", "Licence", "Files"]),
    ] {
        let told = ["get", "bloklocaties-gent", "--out", "uit.geojson", "--lang", language];
        let told = stdout(&world.portal(&told));
        for words in words {
            assert!(told.contains(words), "{words}: {told}");
        }
        assert!(told.contains("Modellicentie") && told.contains("exports/geojson"), "{told}");
    }
}

#[test]
fn a_dataset_is_narrowed() {
    let world = World::new();
    let rows = world.portal.rows("locaties-openbare-parkings-gent");
    let get = |options: &[&str]| {
        let all = ["get", "locaties-openbare-parkings-gent", "--out", "uit.geojson"];
        let got = world.document(&[&all[..], options].concat());
        let features = world.features("uit.geojson");
        assert_eq!(got["records_written"], features.len(), "{options:?}");
        assert_eq!(got["records_portal"], features.len(), "{options:?}");
        (got, features)
    };
    let large = rows.iter().filter(|row| matches!(row[1], Cell::Int(it) if it > 300)).count();
    let (got, features) = get(&["--where", "capaciteit > 300"]);
    assert!(large > 3 && large < rows.len());
    assert_eq!((features.len(), &got["records_whole"]), (large, &json!(rows.len())));
    assert!(got["address"].as_str().unwrap().ends_with("?where=capaciteit+%3E+300"));

    let inside = |row: &&Vec<Cell>| {
        matches!(row[4], Cell::Point { lon, lat }
            if (3.71..=3.74).contains(&lon) && (51.03..=51.06).contains(&lat))
    };
    let within = rows.iter().filter(inside).count();
    assert!(within > 3 && within < rows.len());
    let (_, features) = get(&["--bbox", "3.71,51.03,3.74,51.06"]);
    assert_eq!(features.len(), within);
    let (_, features) =
        get(&["--bbox=3.71,51.03,3.74,51.06", "--where", "capaciteit > 300 or naam is null"]);
    let both = rows.iter().filter(inside);
    let both = both.filter(|row| matches!(row[1], Cell::Int(it) if it > 300)).count();
    assert_eq!(features.len(), both);

    let (_, features) = get(&["--select", "naam, capaciteit"]);
    for feature in &features {
        let names: Vec<&String> = feature["properties"].as_object().unwrap().keys().collect();
        assert!(names.contains(&&"naam".to_owned()) && names.contains(&&"capaciteit".to_owned()));
        assert!(!names.contains(&&"adres".to_owned()), "{names:?}");
        assert_eq!(feature["geometry"]["type"], "Point");
    }
    let (got, features) = get(&["--where", "naam = \"nergens te vinden\""]);
    assert_eq!((features.len(), &got["problems"]), (0, &json!([])));
}

#[test]
fn fields_of_a_dataset_are_what_the_person_says() {
    let world = World::new();
    let address = world.address("locaties-openbare-parkings-gent");
    for (kinds, expected) in [(&[][..], "integer"), (&["--kind", "capaciteit=text"], "text")] {
        // Fetched, and from the copy that is kept then.
        let told = read(&world.run(&[&["info", "--json", &address], kinds].concat()));
        let fields = told["layers"][0]["fields"].as_array().unwrap().clone();
        let field = fields.iter().find(|field| field["name"] == "capaciteit").unwrap();
        assert_eq!(field["type"], expected);
    }
}

#[test]
fn offline_the_copy_is_taken() {
    let world = World::new();
    let get = ["get", "stadswijken-gent", "--out", "wijken.geojson"];
    let offline = [&get[..], &["--offline"]].concat();
    for (language, words) in [
        ("nl", ["Je werkt offline, dus 127.0.0.1:", "Zet “Offline werken” uit"]),
        ("en", ["You work offline, so 127.0.0.1:", "Switch off “Work offline”"]),
    ] {
        fails(&world.portal(&[&offline[..], &["--lang", language]].concat()), 1, &words);
    }
    assert!(world.portal.requests().is_empty());
    assert!(!world.path().join("wijken.geojson").exists());
    let got = world.document(&get);
    world.portal.forget_requests();
    let kept = world.document(&offline);
    assert_eq!(kept["freshness"], "kept");
    assert_eq!(kept["fetched_at"], got["fetched_at"]);
    assert_eq!(world.features("wijken.geojson").len(), 25);
    assert!(world.portal.requests().is_empty());
    // Who asks for what is newest is not given what is old: told, and how to have it all the same.
    world.portal.go_offline();
    for (language, words) in [
        (
            "nl",
            ["is niet bereikbaar", "Er staat een kopie op deze computer (25 van 25", "--offline"],
        ),
        ("en", ["cannot be reached", "There is a copy on this computer (25 of 25", "--offline"]),
    ] {
        fails(&world.portal(&[&get[..], &["--lang", language]].concat()), 1, &words);
    }
    assert_eq!(world.document(&offline)["records_written"], 25);
}

#[test]
fn wrong_usage_is_2_and_failure_is_1() {
    let world = World::new();
    let out = ["--out", "uit.geojson"];
    let cases: [(&[&str], &[&str]); 8] = [
        (&["get", "straten-gent"], &["--out"]),
        (&["get"], &["DATASET"]),
        (&["get", "straten-gent", "--out", "uit.xyz"], &["uit.xyz", ".geojson"]),
        (&["get", "straten-gent", "--out", "uit.csv", "--bbox", "1,2,3"], &["1,2,3", "--bbox"]),
        (&["get", "straten-gent", "--out", "uit.csv", "--bbox", "4,51,3,52"], &["--bbox"]),
        (&["search", "--since", "gisteren"], &["gisteren", "--since"]),
        (&["search", "--limit", "veel"], &["veel", "--limit"]),
        (&["vind"], &["vind"]),
    ];
    for (arguments, words) in cases {
        fails(&world.portal(arguments), 2, words);
    }
    for (language, words) in [
        ("nl", "Er is geen portaal dat “nergens” heet. Bekend zijn gent, brugge"),
        ("en", "No portal is called “nergens”. Known are gent, brugge"),
    ] {
        let arguments = ["portal", "search", "--portal", "nergens", "--lang", language];
        fails(&world.run(&arguments), 2, &[words]);
    }
    assert!(world.portal.requests().is_empty(), "what is wrong is not asked");

    let get = |id: &'static str| [&["get", id], &out[..], &["--lang", "nl"]].concat();
    fails(&world.portal(&get("bestaat-niet")), 1, &["heeft geen dataset “bestaat-niet” (meer)"]);
    fails(&world.portal(&["info", "bestaat-niet", "--lang", "en"]), 1, &["has no dataset"]);
    let condition = [&get("straten-gent")[..], &["--where", "naamm = \"x\""]].concat();
    fails(&world.portal(&condition), 1, &["begrijpt de vraag niet: “", "Unknown field: naamm"]);
    world.portal.fault("/catalog", Fault::HtmlPage, ALWAYS);
    fails(&world.portal(&get("straten-gent")), 1, &["gaf iets anders dan gegevens: een webpagina"]);
    fails(&world.portal(&["search", "--lang", "en"]), 1, &["a web page"]);
    world.portal.clear_faults();
    let nowhere = ["get", "straten-gent", "--out", "geen/map/uit.csv"];
    fails(&world.portal(&nowhere), 1, &["geen/map/uit.csv"]);
    world.portal.go_offline();
    fails(&world.portal(&["search", "--lang", "nl"]), 1, &["is niet bereikbaar"]);
    assert!(!world.path().join("uit.geojson").exists());
}

#[test]
fn a_count_that_lies_is_in_the_receipt() {
    let world = World::new();
    world.portal.fault("/catalog", Fault::CountOff(12), ALWAYS);
    let got = world.document(&["get", "stadswijken-gent", "--out", "u.geojson", "--lang", "nl"]);
    assert_eq!((&got["records_portal"], &got["records_written"]), (&json!(37), &json!(25)));
    assert_eq!(got["problems"][0]["kind"], "portal-count");
    assert_eq!(got["problems"][0]["count"], 12);
    let text = "Het portaal telt 37 records, in de download zitten er 25";
    assert_eq!(got["problems"][0]["message"], text);
    let told = ["get", "stadswijken-gent", "--out", "u.geojson", "--lang", "en"];
    let told = stdout(&world.portal(&told));
    assert!(told.contains("The portal counts 37 records, the download holds 25"), "{told}");
}

#[test]
fn an_address_stands_where_a_file_may_stand() {
    let world = World::new();
    let areas = world.address("stadswijken-gent");
    let found = read(&world.run(&["info", &areas, "--json", "--lang", "nl"]));
    let layer = &found["layers"][0];
    assert_eq!((&layer["name"], &layer["features"]), (&json!("Stadswijken Gent"), &json!(25)));
    assert_eq!(layer["geometry_types"], json!(["Polygon"]));
    assert_eq!(layer["crs"]["code"], "EPSG:4326");

    let places = world.address("bloklocaties-gent");
    let all = read(&world.run(&["convert", &places, "alle.geojson", "--json"]));
    assert_eq!((&all["read"], &all["written"]), (&json!(48), &json!(48)));
    let one = format!("{areas}?where=wijknr+%3D+1");
    let few = ["convert", &places, "binnen.geojson", "--within", &one, "--json"];
    let few = read(&world.run(&few));
    let written = few["written"].as_u64().unwrap();
    // The oracle: the polygon and the points as the portal made them, in the crate `geo`.
    let rows = world.portal.rows("stadswijken-gent");
    let shape = rows.iter().find_map(|row| match (&row[3], &row[1]) {
        (Cell::Int(1), Cell::Shape(shape)) => Some(shape.to_geo()),
        _ => None,
    });
    let shape = shape.expect("the first neighbourhood");
    let inside = |row: &&Vec<Cell>| match row[10] {
        Cell::Point { lon, lat } => geo::Contains::contains(&shape, &geo::Point::new(lon, lat)),
        _ => false,
    };
    let expected = world.portal.rows("bloklocaties-gent").iter().filter(inside).count();
    assert_eq!(written, expected as u64);
    assert!(expected < 48);
    let condition = format!("{areas}:wijknr = 1");
    let same = ["convert", &places, "ook.geojson", "--within", &condition, "--json"];
    assert_eq!(read(&world.run(&same))["written"], written);
    // The same with a file on one side.
    read(&world.run(&["convert", &areas, "wijken.geojson", "--json"]));
    let same = [
        "convert",
        "alle.geojson",
        "ook.geojson",
        "--within",
        "wijken.geojson:wijknr = 1",
        "--json",
    ];
    assert_eq!(read(&world.run(&same))["written"], written);

    for (address, words) in [
        ("portal:gent".to_owned(), "Write portal:gent/DATASET"),
        (world.address("weg"), "has no dataset “weg”"),
        ("portal:nergens/x".to_owned(), "No portal is called “nergens”"),
    ] {
        let output = world.run(&["convert", &address, "x.csv", "--lang", "en"]);
        fails(&output, 1, &[words]);
    }
}

/// Where only the copy is at hand, a conversion goes on with it and says so.
#[test]
fn a_conversion_goes_on_with_the_copy_and_says_so() {
    let world = World::new();
    let areas = world.address("stadswijken-gent");
    read(&world.run(&["convert", &areas, "wijken.csv", "--json"]));
    world.portal.change("stadswijken-gent", Change::Touch);
    world.portal.fault("/catalog", Fault::Status(401), ALWAYS);
    for (language, words) in [
        (
            "nl",
            ["vraagt een sleutel", "De kopie op deze computer wordt gebruikt (25 van 25 records"],
        ),
        ("en", ["asks for a key", "The copy on this computer is used (25 of 25 records"]),
    ] {
        let output = world.run(&["convert", &areas, "ook.csv", "--json", "--lang", language]);
        assert_eq!(read(&output)["written"], 25);
        for words in words {
            assert!(stderr(&output).contains(words), "{words}: {}", stderr(&output));
        }
    }
}

#[test]
fn a_key_comes_from_the_environment_and_goes_nowhere_else() {
    const KEY: &str = "geheim-4f1d2c77";
    let world = World::new();
    world.portal.need_key();
    world.portal.accept_key(KEY);
    let get = ["portal", "get", "stadswijken-gent", "--out", "u.geojson", "--json", "--portal"];
    let get = [&get[..], &[world.portal.address()]].concat();
    fails(&world.run(&get), 1, &["asks for a key"]);
    let output = world.command().args(&get).env("BELFORT_PORTAL_KEY", KEY).output().unwrap();
    assert_eq!(read(&output)["records_written"], 25);
    let last = world.portal.requests().pop().unwrap();
    assert_eq!(last.headers["authorization"], format!("Apikey {KEY}"));
    let convert = ["convert", &world.address("stadswijken-gent"), "v.csv", "--json"];
    let converted = world.command().args(convert).env("BELFORT_PORTAL_KEY", KEY).output().unwrap();
    assert_eq!((&read(&converted)["written"], stderr(&converted)), (&json!(25), String::new()));
    let wrong = world.command().args(&get).env("BELFORT_PORTAL_KEY", "fout-31aa").output().unwrap();
    fails(&wrong, 1, &["API key is not valid"]);
    let mut shown = vec![stdout(&output), stderr(&output), stderr(&wrong)];
    let mut folders = vec![world.path().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                shown.push(String::from_utf8_lossy(&fs::read(entry.path()).unwrap()).into_owned());
            }
        }
    }
    assert!(shown.len() > 6);
    for text in shown {
        assert!(!text.contains(KEY) && !text.contains("fout-31aa"), "{text}");
    }
}
