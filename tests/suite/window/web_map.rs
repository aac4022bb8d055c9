//! A basemap by its address in the window: looked at, tried, added, changed, taken back; and the
//! tiles that are kept.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use belfort::app::Settings;
use belfort::i18n::Language;
use belfort::network::Proxy;
use belfort::project::{Document, View, save_project};
use belfort::tiles::{BASEMAP_NONE, Fine, WebForm};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable};

use super::harness::{Window, app, click, drag, fill, settle, window_with};
use crate::tile_server::{Reply, Server, png};
use crate::web_map::services::{wms, wmts};

/// A project without layers that shows Ghent and no basemap, so that nobody is asked for one.
fn project(folder: &Path) -> PathBuf {
    let path = folder.join("kaart.belfort.json");
    let view = Some(View { lon: 3.7253, lat: 51.0536, zoom: 12.0 });
    let document = Document { basemap: BASEMAP_NONE.to_owned(), view, ..Document::default() };
    save_project(&document, &path).unwrap();
    path
}

fn opened(folder: &Path, language: Language) -> Window {
    let settings = Settings { language: Some(language), proxy: Proxy::None, ..Settings::default() };
    window_with(settings, folder.join("cache"), vec![project(folder)])
}

fn shows(harness: &Window, text: &str) -> bool {
    harness.query_all_by_label_contains(text).count() > 0
}

fn press(harness: &mut Window, role: Role, label: &str) {
    harness.get_by_role_and_label(role, label).click();
    settle(harness);
}

fn ask(harness: &mut Window, address: &str) {
    click(harness, "Bestand");
    click(harness, "Achtergrondkaart via een adres…");
    fill(harness, "Adres", address);
    click(harness, "Kijken wat er is");
}

fn can_be(harness: &Window, label: &str) -> bool {
    !harness.get_by_role_and_label(Role::Button, label).accesskit_node().is_disabled()
}

#[test]
fn a_pattern_is_tried_added_changed_and_taken_back() {
    let server = Server::start(|_, _| {
        Reply::new(200, png([9, 99, 9]))
            .header("Cache-Control", "max-age=3600")
            .header("Content-Type", "image/png")
    });
    let folder = tempfile::tempdir().unwrap();
    let mut harness = opened(folder.path(), Language::Dutch);
    let address = format!("{}/{{z}}/{{x}}/{{y}}{{r}}.png?key=geheim", server.address);
    ask(&mut harness, &address);
    assert!(shows(&harness, "In het adres staat een sleutel (‘key’)"));
    assert!(server.requests().is_empty(), "a pattern is asked of nobody");
    // Nobody is named yet, and a map without a maker is not shown.
    assert!(shows(&harness, "Vul in wie de kaart maakte") && !can_be(&harness, "Toevoegen"));
    fill(&mut harness, "Naam", "Mijn kaart");
    fill(&mut harness, "Bronvermelding", "© Stad");
    assert!(shows(&harness, "Belfort kent de regels van deze bron niet"));

    click(&mut harness, "Tegel testen");
    assert!(shows(&harness, "overal dezelfde kleur"));
    assert!(shows(&harness, "8 × 8 pixels") && shows(&harness, "cache-control: max-age=3600"));
    harness.get_by_role_and_label(Role::Image, "De tegel die gehaald is");
    assert_eq!(server.paths(), ["/12/2090/1370.png?key=geheim"]);
    assert!(can_be(&harness, "Toevoegen"));
    click(&mut harness, "Toevoegen");

    let document = app(&harness).document();
    assert_eq!(document.basemap, "own-1");
    let map = document.basemaps[0].web().unwrap().clone();
    assert_eq!((map.form, map.fine, map.offline), (WebForm::Xyz, Fine::Double, false));
    assert_eq!(app(&harness).settings().web_maps.len(), 1);
    harness.get_by_label("© Stad");

    // The card in the chooser, and what can be changed.
    press(&mut harness, Role::Button, "Achtergrond");
    assert!(shows(&harness, "© Stad · alleen online") && shows(&harness, "XYZ · 127.0.0.1"));
    press(&mut harness, Role::Button, "Aanpassen…: Mijn kaart");
    click(&mut harness, "Tegels mogen mee offline en groot geprint worden");
    fill(&mut harness, "Voorwaarden", "https://stad.example.org/regels");
    fill(&mut harness, "Naam", "Stadskaart");
    press(&mut harness, Role::Button, "Aanpassen");
    let own = app(&harness).document().basemaps[0].clone();
    assert_eq!((own.id.as_str(), own.name.as_str()), ("own-1", "Stadskaart"));
    assert!(own.web().unwrap().offline && own.web().unwrap().url == map.url);
    // What may be taken along can be chosen for that.
    click(&mut harness, "Beeld");
    click(&mut harness, "Gebied meenemen…");
    let radio = harness.get_by_role_and_label(Role::RadioButton, "Stadskaart");
    assert!(!radio.accesskit_node().is_disabled());
    let tiles = |harness: &Window| -> u64 {
        let node = harness.get_by_label_contains(" tegels (zoom");
        let text = node.accesskit_node().label().or(node.accesskit_node().value()).unwrap();
        let number = text.split(' ').next().unwrap().replace('.', "");
        number.parse().unwrap()
    };
    let in_view = tiles(&harness);
    // An area drawn on the map: the dialog waits, and comes back with what was chosen.
    click(&mut harness, "Een rechthoek op de kaart…");
    assert!(!shows(&harness, "Welk gebied"), "the map is free");
    harness.get_by_label_contains("Sleep een rechthoek rond wat je wilt meenemen");
    let map = harness.get_by_label("Kaart").rect();
    let half = map.size() * 0.25;
    drag(&mut harness, &[map.center() - half, map.center(), map.center() + half], Modifiers::NONE);
    assert!(shows(&harness, "Welk gebied") && shows(&harness, "Opnieuw tekenen"));
    let drawn = tiles(&harness);
    // Who changes their mind has the dialog back as it was.
    click(&mut harness, "Opnieuw tekenen");
    harness.key_press(Key::Escape);
    settle(&mut harness);
    assert_eq!(tiles(&harness), drawn);
    assert!(drawn < in_view / 2, "a quarter of {in_view}: {drawn}");
    click(&mut harness, "Annuleren");

    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert_eq!(app(&harness).document().basemaps[0].name, "Mijn kaart");
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    settle(&mut harness);
    assert!(app(&harness).document().basemaps.is_empty());
    assert_eq!(app(&harness).document().basemap, BASEMAP_NONE);

    // In another project it stands ready.
    click(&mut harness, "Bestand");
    click(&mut harness, "Achtergrondkaart via een adres…");
    harness.get_by_label_contains("Stadskaart (XYZ, 127.0.0.1").click();
    settle(&mut harness);
    click(&mut harness, "Toevoegen");
    assert_eq!(app(&harness).document().basemaps[0].name, "Stadskaart");
    click(&mut harness, "Bestand");
    click(&mut harness, "Achtergrondkaart via een adres…");
    press(&mut harness, Role::Button, "Vergeten: Stadskaart");
    assert!(app(&harness).settings().web_maps.is_empty());
    assert!(!shows(&harness, "Eerder toegevoegd"));
}

#[test]
fn layers_of_services_are_chosen_and_those_that_cannot_be_say_why() {
    let server = Server::start(|request, _| match request.path.as_str() {
        path if path.starts_with("/wmts?SERVICE=WMTS&REQUEST=GetCap") => {
            let host = &request.headers["host"];
            Reply::new(200, wmts(&format!("http://{host}"), true))
        }
        path if path.contains("/wms?SERVICE=WMS&REQUEST=GetCap") => {
            Reply::new(200, wms("1.3.0", ""))
        }
        _ => Reply::new(200, png([1, 2, 3])),
    });
    let folder = tempfile::tempdir().unwrap();
    let mut harness = opened(folder.path(), Language::Dutch);
    ask(&mut harness, &format!("{}/wmts", server.address));
    assert!(shows(&harness, "WMTS 1.0.0 · Stad Voorbeeld"));
    assert!(shows(&harness, "Kies een van de 5 lagen") && shows(&harness, "Kies een laag"));
    let radio = harness.get_by_role_and_label(Role::RadioButton, "Kaart gelogen");
    assert!(radio.accesskit_node().is_disabled());
    assert!(shows(&harness, "heeft schaal 1:561.877.675,35 waar 1:559.082.264,03 hoort"));
    press(&mut harness, Role::RadioButton, "Kaart stad");
    assert!(shows(&harness, "De dienst zegt: Alleen bekijken"));
    click(&mut harness, "Tegel testen");
    assert!(server.paths().pop().unwrap().contains("TILEMATRIX=EPSG%3A3857%3A12"));
    // Name and maker are there already.
    click(&mut harness, "Toevoegen");
    let own = app(&harness).document().basemaps[0].clone();
    assert_eq!((own.name.as_str(), own.web().unwrap().form), ("Kaart stad", WebForm::Wmts));
    assert_eq!(own.web().unwrap().attribution, "Stad Voorbeeld");

    ask(&mut harness, &format!("{}/wms", server.address));
    press(&mut harness, Role::CheckBox, "Wegen");
    press(&mut harness, Role::CheckBox, "Groen › Bomen");
    press(&mut harness, Role::ComboBox, "Stijl");
    click(&mut harness, "Rood");
    click(&mut harness, "Toevoegen");
    let own = app(&harness).document().basemaps[1].clone();
    let map = own.web().unwrap().clone();
    assert_eq!((own.name.as_str(), map.form), ("Wegen + 1", WebForm::Wms));
    assert!(map.url.contains("LAYERS=wegen,bomen&STYLES=rood,&"), "{}", map.url);
    // Its layers are chosen again when the service is looked at once more.
    press(&mut harness, Role::Button, "Achtergrond");
    press(&mut harness, Role::Button, "Aanpassen…: Wegen + 1");
    assert!(shows(&harness, "Lagen: wegen, bomen."));
    click(&mut harness, "Kijken wat er is");
    press(&mut harness, Role::CheckBox, "Wegen");
    press(&mut harness, Role::Button, "Aanpassen");
    let own = app(&harness).document().basemaps[1].clone();
    assert_eq!(own.web().unwrap().layers, ["bomen"]);
    assert_eq!(app(&harness).document().basemaps.len(), 2);
}

#[test]
fn what_is_no_map_is_said_where_the_address_was_typed() {
    let server = Server::start(|request, _| {
        if request.path.starts_with("/kaart") {
            Reply::new(200, b"<!doctype html>".to_vec()).header("Content-Type", "text/html")
        } else {
            Reply::new(403, Vec::new())
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let mut harness = opened(folder.path(), Language::English);
    click(&mut harness, "File");
    click(&mut harness, "Basemap by address…");
    for (address, said) in [
        ("https://a.example.org/{z}/{x}.png", "The address lacks {y}"),
        ("/kaart?key=geheim", "There is a web page at that address"),
        ("/wms", "does not let everyone in (error 403)"),
    ] {
        let address = match address.strip_prefix('/') {
            Some(path) => format!("{}/{path}", server.address),
            None => address.to_owned(),
        };
        fill(&mut harness, "Address", &address);
        assert!(!shows(&harness, said));
        click(&mut harness, "See what is there");
        assert!(shows(&harness, said), "{said}");
        assert!(!can_be(&harness, "Add"));
    }
    harness.key_press(Key::Escape);
    settle(&mut harness);
    assert!(app(&harness).document().basemaps.is_empty());
    click(&mut harness, "View");
    click(&mut harness, "Work offline");
    click(&mut harness, "File");
    click(&mut harness, "Basemap by address…");
    fill(&mut harness, "Address", &format!("{}/wms", server.address));
    let before = server.requests().len();
    harness.key_press(Key::Enter);
    settle(&mut harness);
    assert!(shows(&harness, "You work offline, so no server is asked"));
    assert_eq!(server.requests().len(), before);
}

/// Tiles of some sources, as the store keeps them.
fn tiles(cache: &Path) {
    for (source, server, count, days) in
        [("osm", "tile.openstreetmap.org", 3, 0), ("web-ab", "kaarten.example.org", 1, 40)]
    {
        let folder = cache.join("tiles").join(source).join("12/2090");
        std::fs::create_dir_all(&folder).unwrap();
        for row in 0..count {
            let path = folder.join(row.to_string());
            let facts = format!("{{\"url\":\"https://{server}/12/2090/{row}.png\"}}\n");
            std::fs::write(&path, [facts.as_bytes(), &vec![0; 200_000]].concat()).unwrap();
            let used = SystemTime::now() - Duration::from_hours(24 * days);
            std::fs::File::options().append(true).open(&path).unwrap().set_modified(used).unwrap();
        }
    }
}

#[test]
fn tiles_kept_are_shown_by_source_and_cleared_after_a_question() {
    let folder = tempfile::tempdir().unwrap();
    tiles(&folder.path().join("cache"));
    let mut harness = opened(folder.path(), Language::English);
    click(&mut harness, "Edit");
    click(&mut harness, "Manage tiles kept…");
    assert!(shows(&harness, "OpenStreetMap") && shows(&harness, "kaarten.example.org"));
    assert!(shows(&harness, "4 tiles, 800.2 kB of at most 500 MB"));
    press(&mut harness, Role::Button, "Clear: kaarten.example.org");
    assert!(shows(&harness, "Clear the one tile of “kaarten.example.org”?"));
    press(&mut harness, Role::Button, "Keep");
    assert!(folder.path().join("cache/tiles/web-ab").exists());
    press(&mut harness, Role::Button, "Clear: kaarten.example.org");
    press(&mut harness, Role::Button, "Clear");
    assert!(!folder.path().join("cache/tiles/web-ab").exists());
    assert!(folder.path().join("cache/tiles/osm").exists());
    assert!(shows(&harness, "200.1 kB freed") && shows(&harness, "3 tiles, 600.2 kB"));

    click(&mut harness, "Keep at most");
    click(&mut harness, "100 MB");
    assert_eq!(app(&harness).settings().cache_limit_mb, 100);
    press(&mut harness, Role::Button, "Clear all…");
    // Escape takes the question back, not the dialog.
    harness.key_press(Key::Escape);
    settle(&mut harness);
    assert!(!shows(&harness, "Clear all 3 tiles?"));
    press(&mut harness, Role::Button, "Clear all…");
    press(&mut harness, Role::Button, "Clear");
    assert!(shows(&harness, "No tiles are kept yet."));
    assert!(!can_be(&harness, "Clear all…"));
    click(&mut harness, "Close");

    // From the settings too.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Comma);
    settle(&mut harness);
    click(&mut harness, "Basemap and memory");
    press(&mut harness, Role::Button, "Manage…");
    assert!(shows(&harness, "Tiles kept"));
}

#[test]
fn tiles_that_fail_are_counted_by_reason_and_tried_again_by_a_click() {
    let server = Server::start(|request, _| {
        if request.path.contains("/2090/") {
            Reply::new(403, Vec::new())
        } else {
            Reply::new(500, Vec::new())
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let mut harness = opened(folder.path(), Language::Dutch);
    ask(&mut harness, &format!("{}/{{z}}/{{x}}/{{y}}.png", server.address));
    fill(&mut harness, "Bronvermelding", "© Stad");
    click(&mut harness, "Toevoegen");
    let begin = std::time::Instant::now();
    while !(shows(&harness, "tegels niet beschikbaar") && server.requests().len() > 12) {
        harness.step();
        std::thread::sleep(Duration::from_millis(5));
        assert!(begin.elapsed() < Duration::from_mins(1), "nothing is said");
    }
    harness.get_by_label_contains("tegels niet beschikbaar").hover();
    for _ in 0..40 {
        harness.step();
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(shows(&harness, "geeft deze tegels niet aan iedereen (fout 403)"));
    assert!(shows(&harness, "antwoordt met fout 500"));
    let forbidden = |server: &Server| {
        server.paths().iter().filter(|path| path.starts_with("/12/2090/")).count()
    };
    let before = forbidden(&server);
    press(&mut harness, Role::Button, "Opnieuw proberen");
    while forbidden(&server) <= before {
        harness.step();
        std::thread::sleep(Duration::from_millis(5));
        assert!(begin.elapsed() < Duration::from_mins(1), "not asked again");
    }
}
