//! The widget by its accessible labels, without a GPU.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use arrow_array::BooleanArray;
use belfort::crs::Crs;
use belfort::i18n::Language;
use belfort::i18n::Localized;
use belfort::map::{DrawnLayer, Hit, LayerScene, MapResponse, MapView};
use belfort::project::View;
use belfort::tiles::{Basemap, Ground, Missing, TileStore};
use egui::{Event, Key, Modifiers, MouseWheelUnit, PointerButton, Pos2, TouchPhase, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::{scene, symbol};
use crate::tile_server::{Reply, Server, png};

/// What the closure of a harness and its test share.
struct Shared {
    map: MapView,
    layers: Vec<(u64, Arc<LayerScene>, Option<Arc<BooleanArray>>)>,
    basemap: Option<Ground>,
    /// The last click's answer.
    clicked: Option<Vec<Hit>>,
    last: Option<MapResponse>,
    /// Where its tiles are kept, as long as this lives.
    _cache: tempfile::TempDir,
}

fn harness(
    layers: Vec<(u64, Arc<LayerScene>, Option<Arc<BooleanArray>>)>,
) -> (Harness<'static>, Rc<RefCell<Shared>>) {
    // An empty cache and a basemap nobody asks for: no network.
    let cache = tempfile::tempdir().unwrap();
    let tiles = Arc::new(TileStore::new(cache.path().to_owned(), Arc::new(|| {})));
    let shared = Rc::new(RefCell::new(Shared {
        map: MapView::new(None, tiles),
        layers,
        basemap: None,
        clicked: None,
        last: None,
        _cache: cache,
    }));
    let theirs = Rc::clone(&shared);
    let harness = Harness::builder().with_size(Vec2::new(800.0, 600.0)).build_ui(move |ui| {
        let shared = &mut *theirs.borrow_mut();
        let drawn: Vec<_> = shared
            .layers
            .iter()
            .map(|(key, scene, mask)| DrawnLayer {
                key: *key,
                scene,
                symbol: symbol(),
                classes: None,
                opacity: 1.0,
                mask: mask.as_ref(),
                selected: None,
                hovered: None,
                can_be_picked: true,
            })
            .collect();
        let basemap = shared.basemap.as_ref();
        let response = shared.map.show(ui, Language::Dutch, basemap, &drawn);
        if response.clicked.is_some() {
            shared.clicked.clone_from(&response.clicked);
        }
        shared.last = Some(response);
    });
    (harness, shared)
}

/// One point of the screen is a metre of Web Mercator around 0, 0.
fn metre_scale(shared: &Rc<RefCell<Shared>>) {
    let zoom = (std::f64::consts::TAU * 6_378_137.0 / 256.0).log2();
    shared.borrow_mut().map.set_view(View { lon: 0.0, lat: 0.0, zoom });
}

fn centre(shared: &Rc<RefCell<Shared>>) -> Pos2 {
    shared.borrow().last.as_ref().unwrap().rect.center()
}

/// Clicks a place given in metres from the middle: east, north.
fn click(
    harness: &mut Harness<'_>,
    shared: &Rc<RefCell<Shared>>,
    east: f32,
    north: f32,
) -> Vec<Hit> {
    let at = centre(shared) + Vec2::new(east, -north);
    shared.borrow_mut().clicked = None;
    harness.hover_at(at);
    harness.run_steps(1);
    for pressed in [true, false] {
        harness.event(Event::PointerButton {
            pos: at,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        });
        harness.run_steps(1);
    }
    // Two clicks in a row must not become a double click.
    harness.run_steps(60);
    shared.borrow_mut().clicked.take().expect("a click is answered")
}

#[test]
fn zoom_buttons_keys_wheel_and_drag_move_the_map() {
    let (mut harness, shared) = harness(vec![]);
    let zoom = || shared.borrow().map.view().zoom;
    assert!((zoom() - 12.0).abs() < 1e-9);
    harness.get_by_label("Inzoomen").click();
    harness.run_steps(2);
    assert!((zoom() - 13.0).abs() < 1e-9);
    harness.get_by_label("Uitzoomen").click();
    harness.run_steps(2);
    assert!((zoom() - 12.0).abs() < 1e-9);

    harness.get_by_label("Kaart").focus();
    harness.run_steps(2);
    harness.key_press(Key::Plus);
    harness.run_steps(2);
    assert!((zoom() - 13.0).abs() < 1e-9);
    harness.key_press(Key::Minus);
    harness.run_steps(2);
    assert!((zoom() - 12.0).abs() < 1e-9);
    let before = shared.borrow().map.view();
    harness.key_press(Key::ArrowRight);
    harness.run_steps(2);
    harness.key_press(Key::ArrowRight);
    harness.run_steps(2);
    let east = shared.borrow().map.view().lon - before.lon;
    assert!((east - 160.0 / 256.0 / 4096.0 * 360.0).abs() < 1e-9, "{east}");
    // With Shift four times as far.
    let before = shared.borrow().map.view();
    harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowLeft);
    harness.run_steps(2);
    let west = before.lon - shared.borrow().map.view().lon;
    assert!((west - 320.0 / 256.0 / 4096.0 * 360.0).abs() < 1e-9, "{west}");

    // The wheel keeps the place under the pointer.
    let pointer = centre(&shared) + Vec2::new(200.0, -100.0);
    harness.hover_at(pointer);
    harness.run_steps(2);
    let place = shared.borrow().last.as_ref().unwrap().pointer.unwrap();
    harness.event(Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: Vec2::new(0.0, 80.0),
        phase: TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    });
    harness.run_steps(60);
    assert!((zoom() - 13.0).abs() < 0.02, "{}", zoom());
    let after = shared.borrow().last.as_ref().unwrap().pointer.unwrap();
    assert!((place[0] - after[0]).abs() < 1e-7 && (place[1] - after[1]).abs() < 1e-7);

    // The map follows a drag.
    let before = shared.borrow().map.view();
    harness.drag_at(pointer);
    harness.run_steps(1);
    harness.hover_at(pointer + Vec2::new(-64.0, 0.0));
    harness.run_steps(1);
    let east = shared.borrow().map.view().lon - before.lon;
    let per_point = 360.0 / 256.0 / f64::exp2(before.zoom);
    assert!((east / per_point - 64.0).abs() < 1.0, "{}", east / per_point);
}

#[test]
fn a_click_finds_what_is_drawn_there() {
    let areas = scene(
        Crs::web_mercator(),
        &[
            "POLYGON((-200 -100, 200 -100, 200 100, -200 100, -200 -100), \
              (-50 -50, 50 -50, 50 50, -50 50, -50 -50))",
            "POLYGON((-200 -100, -100 -100, -100 100, -200 100, -200 -100))",
        ],
    );
    let others = scene(Crs::web_mercator(), &["POINT(120 0)", "LINESTRING(-150 -150, -150 150)"]);
    let (mut harness, shared) = harness(vec![(5, others, None), (9, areas, None)]);
    metre_scale(&shared);
    harness.run_steps(2);
    let hit = |key, row| Hit { key, row };
    // In the hole: nothing, and the click says so.
    assert_eq!(click(&mut harness, &shared, 0.0, 0.0), []);
    // On the symbol, within its size, above the area of the layer below.
    assert_eq!(click(&mut harness, &shared, 128.0, 5.0), [hit(5, 0), hit(9, 0)]);
    assert_eq!(click(&mut harness, &shared, 145.0, 0.0), [hit(9, 0)]);
    // Beside the line, within reach; of the two areas the later one is on top.
    assert_eq!(click(&mut harness, &shared, -146.0, 60.0), [hit(5, 1), hit(9, 1), hit(9, 0)]);
    assert_eq!(click(&mut harness, &shared, -160.0, 60.0), [hit(9, 1), hit(9, 0)]);
    // What the filter hides is not found.
    shared.borrow_mut().layers[1].2 = Some(Arc::new(BooleanArray::from(vec![true, false])));
    assert_eq!(click(&mut harness, &shared, -160.0, 60.0), [hit(9, 0)]);
    let hovered = shared.borrow().last.as_ref().unwrap().hovered;
    assert_eq!(hovered, Some(hit(9, 0)));
}

#[test]
fn scale_bar_and_language_are_there_without_a_basemap() {
    let (mut harness, shared) = harness(vec![]);
    harness.run_steps(2);
    // Zoom 12 at 51.05°: 24.0 m a point, so the longest round bar below 140 points is 2 km.
    assert!(harness.query_by_label("2\u{a0}km").is_some());
    shared.borrow_mut().map.zoom_by(1.0);
    harness.run_steps(2);
    assert!(harness.query_by_label("1\u{a0}km").is_some());
    assert!(harness.query_by_label("© OpenStreetMap contributors").is_none());
}

#[test]
fn attribution_and_a_word_when_the_server_is_out_of_reach() {
    let (mut harness, shared) = harness(vec![]);
    // Port 9 of the loopback: nobody listens there.
    shared.borrow_mut().basemap = Some(Ground::of_server(Basemap {
        id: "out-of-reach".to_owned(),
        name: Localized::same("Test"),
        url: "http://127.0.0.1:9/{z}/{x}/{y}.png".to_owned(),
        retina_url: None,
        min_zoom: 0,
        levels: Vec::new(),
        servers: Vec::new(),
        deepens: true,
        max_zoom: 19,
        attribution: "© Somebody".to_owned(),
        attribution_url: "https://example.org".to_owned(),
        offline: false,
        terms: Localized::same("None"),
        terms_url: "https://example.org".to_owned(),
    }));
    harness.run_steps(1);
    assert!(harness.query_by_label("© Somebody").is_some());
    for _ in 0..500 {
        if harness.query_by_label("Achtergrondkaart niet bereikbaar").is_some() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
        harness.run_steps(1);
    }
    panic!("the person is not told");
}

/// Runs frames until a server was asked for so many tiles that fit, or time is up; answers them all.
fn asked_until(
    harness: &mut Harness<'_>,
    server: &Server,
    fits: impl Fn(&str) -> bool,
    count: usize,
) -> Vec<String> {
    for _ in 0..800 {
        harness.run_steps(1);
        let paths = server.paths();
        if paths.iter().filter(|path| fits(path)).count() >= count {
            return paths;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    panic!("only {:?}", server.paths());
}

fn frame_until(harness: &mut Harness<'_>, is_so: impl Fn() -> bool) {
    for _ in 0..800 {
        harness.run_steps(1);
        if is_so() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    panic!("it never came to that");
}

#[test]
fn a_tile_that_fails_is_stood_in_for_by_its_parent_though_that_was_never_seen() {
    let server = Server::start(|request, _| {
        if request.path.starts_with("/12/") {
            Reply::new(500, Vec::new())
        } else {
            Reply::new(200, png([1, 2, 3]))
        }
    });
    let (mut harness, shared) = harness(vec![]);
    let basemap = Basemap { id: "parents".to_owned(), ..server.basemap() };
    shared.borrow_mut().basemap = Some(Ground::of_server(basemap));
    let paths = asked_until(&mut harness, &server, |path| path.starts_with("/11/"), 2);
    // Not the levels above, for the parent is there.
    frame_until(&mut harness, || shared.borrow().map.missing_tiles().count > 3);
    harness.run_steps(20);
    assert!(server.paths().iter().all(|path| !path.starts_with("/10/")), "{paths:?}");
    let missing = shared.borrow().map.missing_tiles().clone();
    assert_eq!(missing.reasons, [(Missing::Refused(500), missing.count)]);
    assert!(!missing.is_too_far);
}

#[test]
fn a_fine_screen_gets_sharp_tiles_from_the_server() {
    let retina = |server: &Server| Some(format!("{}/{{z}}/{{x}}/{{y}}@2x.png", server.address));
    for (has_retina, deepens, expected) in
        [(true, true, "@2x"), (false, true, "/13/"), (false, false, "/12/")]
    {
        let server = Server::start(|_, _| Reply::new(200, png([4, 4, 4])));
        let (mut harness, shared) = harness(vec![]);
        harness.set_pixels_per_point(2.0);
        harness.run_steps(2);
        let retina_url = retina(&server).filter(|_| has_retina);
        let id = format!("fine {has_retina} {deepens}");
        let basemap = Basemap { id, retina_url, deepens, ..server.basemap() };
        shared.borrow_mut().basemap = Some(Ground::of_server(basemap));
        let paths = asked_until(&mut harness, &server, |path| path.contains(expected), 4);
        assert!(paths.iter().all(|path| path.contains(expected)), "{expected}: {paths:?}");
        let level = if expected == "/13/" { "/13/" } else { "/12/" };
        assert!(paths.iter().all(|path| path.starts_with(level)), "{paths:?}");
    }
}

#[test]
fn farther_out_than_a_basemap_goes_nothing_is_asked_and_it_is_said() {
    let server = Server::start(|_, _| Reply::new(200, png([4, 4, 4])));
    let (mut harness, shared) = harness(vec![]);
    let basemap = Basemap { id: "near".to_owned(), min_zoom: 14, ..server.basemap() };
    shared.borrow_mut().basemap = Some(Ground::of_server(basemap));
    frame_until(&mut harness, || shared.borrow().map.missing_tiles().is_too_far);
    assert!(server.requests().is_empty());
    assert_eq!(shared.borrow().map.missing_tiles().count, 0);
}
