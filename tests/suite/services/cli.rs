//! Services on the command line: the program as a process.

use std::process::{Command, Output};

use serde_json::Value;

use crate::fake_portal::{ALWAYS, Fault};
use crate::fake_services::{FakeServices, Lie};

struct World {
    services: FakeServices,
    folder: tempfile::TempDir,
}

impl World {
    fn new() -> World {
        World { services: FakeServices::start(), folder: tempfile::tempdir().unwrap() }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_belfort"));
        for variable in ["LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE", "DISPLAY", "WAYLAND_DISPLAY"]
        {
            command.env_remove(variable);
        }
        for variable in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
            command.env_remove(variable);
        }
        let folder = self.folder.path();
        command.current_dir(folder).env("HOME", folder).env("XDG_CACHE_HOME", folder.join("cache"));
        command.args(arguments).output().unwrap()
    }

    #[track_caller]
    fn document(&self, arguments: &[&str]) -> Value {
        let output = self.run(&[arguments, &["--json"]].concat());
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        serde_json::from_str(&stdout(&output)).unwrap()
    }
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn info_lists_the_layers_of_a_service() {
    let world = World::new();
    for (path, protocol) in [("/geo/wfs", "WFS 2.0.0"), ("/api", "OGC API Features")] {
        let address = world.services.at(path);
        let told = world.document(&["info", &address]);
        let service = &told["services"][0];
        assert_eq!(service["protocol"], protocol);
        assert_eq!(service["layers"].as_array().unwrap().len(), 4);
        assert_eq!(service["layers"][0]["title"], "Bomen in het straatbeeld");
        assert!(service["layers"][0]["extent_wgs84"][0].as_f64().unwrap() > 3.6);
        assert_eq!(told["layers"], serde_json::json!([]));
        // The address of a layer, as it is told, is one.
        let layer = service["layers"][1]["address"].as_str().unwrap();
        let one = world.document(&["info", layer]);
        assert_eq!(
            (&one["layers"][0]["features"], &one["layers"][0]["name"]),
            (&25.into(), &"Wijken".into())
        );
        assert_eq!(one["layers"][0]["crs"]["code"], "EPSG:31370");
    }
    let text = stdout(&world.run(&["info", &world.services.at("/geo/wfs"), "--lang", "nl"]));
    assert!(text.starts_with("Geodata van de stad (WFS 2.0.0)"), "{text}");
    assert!(text.contains("stad:bomen   Bomen in het straatbeeld"), "{text}");
    assert!(text.contains("Stad Voorbeeld") && text.contains("--layer NAAM"), "{text}");
    // A layer of it, by its name or its title.
    for name in ["stad:palen", "Laadpalen"] {
        let told = world.document(&["info", &world.services.at("/geo/wfs"), "--layer", name]);
        assert_eq!(told["layers"][0]["features"], 300, "{name}");
    }
}

#[test]
fn convert_fetches_a_layer_and_shows_its_receipt() {
    let world = World::new();
    let address = world.services.at("/geo/wfs");
    let done = world.document(&["convert", &address, "a.geojson", "--layer", "stad:bomen"]);
    assert_eq!(
        (&done["written"], &done["receipt"]["records_portal"]),
        (&2345.into(), &2345.into())
    );
    assert_eq!(done["receipt"]["service"]["protocol"], "WFS 2.0.0");
    let text = std::fs::read_to_string(world.folder.path().join("a.geojson")).unwrap();
    let written: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(written["features"].as_array().unwrap().len(), 2345);
    assert!(written["note"].as_str().unwrap().contains("Modellicentie Gratis Hergebruik"));
    // Lambert 72 comes out as it came in.
    assert!(text.contains("EPSG::31370"));
    let run = world.run(&[
        "convert",
        &address,
        "b.csv",
        "--layer",
        "stad:palen",
        "--bbox",
        "3.6,51,3.7,51.2",
        "--lang",
        "nl",
    ]);
    let told = stdout(&run);
    assert_eq!(run.status.code(), Some(0), "{}", stderr(&run));
    assert!(told.contains("Ontvangstbewijs") && told.contains("opgehaald op"), "{told}");
    assert!(told.contains("Stad Voorbeeld"), "{told}");
    let lines = std::fs::read_to_string(world.folder.path().join("b.csv")).unwrap();
    assert!((50..250).contains(&lines.lines().count()), "{}", lines.lines().count());
    // A file on the web, too, and as areas of a condition.
    let file = world.services.at("/files/bomen.geojson");
    let done = world.document(&["convert", &file, "c.csv", "--where", "nr <= 10"]);
    assert_eq!((&done["written"], &done["receipt"]["records_portal"]), (&10.into(), &Value::Null));
    let areas = format!("{}:nr = 3", world.services.at("/api/collections/wijken"));
    let done = world.document(&["convert", &file, "d.csv", "--within", &areas]);
    assert!(done["written"].as_u64().unwrap() < 20, "{done}");
}

#[test]
fn what_is_missing_or_wrong_is_said() {
    let world = World::new();
    let said = |arguments: &[&str], status: i32| {
        let output = world.run(&[arguments, &["--lang", "nl"]].concat());
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {}", stderr(&output));
        stderr(&output)
    };
    let wfs = world.services.at("/geo/wfs");
    let text = said(&["convert", &wfs, "a.csv"], 1);
    assert!(text.contains("De dienst heeft 4 lagen") && text.contains("stad:palen"), "{text}");
    let text = said(&["convert", &wfs, "a.csv", "--layer", "bos"], 1);
    assert!(text.contains("De dienst heeft geen laag ‘bos’. Er is wel stad:bomen"), "{text}");
    let text = said(&["convert", &wfs, "a.csv", "--layer", "stad:palen", "--bbox", "1,2,3"], 2);
    assert!(text.contains("‘1,2,3’ is geen waarde voor --bbox"), "{text}");
    let file = world.services.at("/files/wijken.csv");
    said(&["convert", &file, "a.csv", "--bbox", "3,51,4,52"], 0);
    let text = said(&["info", &world.services.at("/geo/wms")], 1);
    assert!(text.contains("Daar antwoordt een WMS"), "{text}");
    // Fewer came than were counted: written all the same, and said.
    world.services.lie("bomen", Lie::CountOff(7));
    let output = world.run(&["convert", &wfs, "a.csv", "--layer", "stad:bomen", "--lang", "nl"]);
    let told = stdout(&output);
    assert!(told.contains("De dienst telt 2.352 objecten, er kwamen er 2.345"), "{told}");
    // Out of reach: the copy, and that it is one.
    world.services.behave();
    world.services.fault("/", Fault::Status(503), ALWAYS);
    let address = format!("wfs:{wfs}?typeNames=stad%3Abomen");
    let output = world.run(&["info", &address, "--lang", "nl"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(
        stderr(&output).contains("De kopie op deze computer wordt gebruikt"),
        "{}",
        stderr(&output)
    );
}
