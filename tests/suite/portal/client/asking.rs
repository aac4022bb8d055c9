//! How the portal is asked: under an own name, packed, in the language and with the key of the person.

use std::sync::{Mutex, Once};

use belfort::portal::Wanted;

use super::world::World;
use crate::fake_portal::{ALWAYS, FakePortal, Fault};

const KEY: &str = "geheim-4f1d2c77";

static LINES: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Every line of every log, of the program and of what it is built on.
struct Listener;

impl log::Log for Listener {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let line = format!("{} {}", record.target(), record.args());
        LINES.lock().unwrap().push(line);
    }

    fn flush(&self) {}
}

fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        log::set_logger(&Listener).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
    });
}

#[test]
fn the_program_names_itself_and_takes_packed_answers() {
    let world = World::new();
    world.good("straten-gent", Wanted::Newest);
    world.good("bevolkingsaantal-per-wijk-per-jaar-gent", Wanted::Newest);
    let requests = world.portal.requests();
    assert_eq!(requests.len(), 6);
    for request in &requests {
        let agent = &request.headers["user-agent"];
        let name = format!("Belfort/{} (", env!("CARGO_PKG_VERSION"));
        assert!(agent.starts_with(&name) && agent.len() > name.len() + 20, "{agent}");
        assert!(request.headers["accept-encoding"].contains("gzip"));
        assert_eq!(request.headers.get("authorization"), None);
        assert_eq!(request.parameter("lang"), Some("nl"));
    }
}

#[test]
fn a_key_is_sent_and_stands_nowhere() {
    listen();
    let world = World::new();
    let info = world.info();
    world.portal.need_key();
    let [dutch, _] = world.refusal("straten-gent", Wanted::Newest);
    assert!(dutch.contains("vraagt een sleutel: “API key is not valid”"), "{dutch}");
    world.portals.set_key(&info, Some(KEY)).unwrap();
    let mut shown = world.refusal("straten-gent", Wanted::Newest).to_vec();
    world.portal.accept_key(KEY);
    let (table, from) = world.good("straten-gent", Wanted::Newest);
    assert_eq!(table.rows(), 2931);
    let last = world.portal.requests().pop().unwrap();
    assert_eq!(last.headers["authorization"], format!("Apikey {KEY}"));
    shown.push(format!("{from:?} {:?}", table.origin));
    // Whatever goes wrong then does not tell it either.
    for fault in
        [Fault::Status(500), Fault::HtmlPage, Fault::Stall, Fault::RedirectLoop, Fault::Malformed]
    {
        world.portal.fault("/catalog", fault, ALWAYS);
        shown.extend(world.refusal("straten-gent", Wanted::Fetched));
        shown.push(format!("{:?}", world.read("straten-gent", Wanted::Fetched)));
        world.portal.clear_faults();
    }
    world.portal.go_offline();
    shown.extend(world.refusal("straten-gent", Wanted::Fetched));
    for text in &shown {
        assert!(!text.contains(KEY), "{text}");
    }
    let files = world.files();
    assert_eq!(files.len(), 2);
    let notes = world.portals.copies().folder().join("asked.json");
    for file in files.iter().chain([&notes]) {
        let text = std::fs::read_to_string(file).unwrap();
        assert!(!text.contains(KEY) && !text.contains("Apikey"), "{}", file.display());
    }
    let lines = LINES.lock().unwrap();
    assert!(lines.len() > 20, "the log is listened to");
    for line in lines.iter() {
        assert!(!line.contains(KEY), "{line}");
    }
}

/// The key is for its own portal alone: whoever it sends on to does not get it.
#[test]
fn a_key_goes_to_its_own_portal_only() {
    let world = World::new();
    let other = FakePortal::start();
    world.portals.set_key(&world.info(), Some(KEY)).unwrap();
    world.portal.accept_key(KEY);
    let elsewhere = format!("{}/catalog/datasets/straten-gent", other.api());
    world.portal.fault("/catalog/datasets/straten-gent", Fault::Redirect(elsewhere), 1);
    world.good("straten-gent", Wanted::Newest);
    assert!(world.portal.requests().iter().all(|it| it.headers.contains_key("authorization")));
    let there = other.requests();
    assert_eq!(there.len(), 1);
    assert_eq!(there[0].headers.get("authorization"), None);
    // Nor does another portal that is asked by itself.
    let address = format!("portal:{}/bloklocaties-gent", other.address());
    let options = belfort::formats::ReadOptions::default();
    let watch = belfort::jobs::Watch::unwatched();
    world.portals.read(&address, Wanted::Newest, &options, &watch).unwrap();
    assert!(other.requests().iter().all(|it| !it.headers.contains_key("authorization")));
}

#[test]
fn what_no_key_can_be_is_refused_without_repeating_it() {
    let world = World::new();
    let error = world.portals.set_key(&world.info(), Some("a\nb-geheim")).unwrap_err();
    let text = error.what().in_language(belfort::i18n::Language::Dutch);
    assert!(text.contains("Dit kan geen sleutel zijn") && !text.contains("geheim"), "{text}");
}

#[test]
fn what_the_portal_still_allows_is_known() {
    let world = World::new();
    let info = world.info();
    assert_eq!(world.portals.quota(&info), None);
    world.portal.set_quota(50);
    world.good("sheep-tracking-gent", Wanted::Newest);
    let quota = world.portals.quota(&info).unwrap();
    assert_eq!((quota.limit, quota.remaining), (50, 47));
    assert!(quota.reset.unwrap() > chrono::Utc::now());
    // A day's worth of questions is gone: said, and not tried again and again.
    world.portal.set_quota(0);
    world.portal.forget_requests();
    let texts = world.refusal("straten-gent", Wanted::Newest);
    assert!(texts[1].contains("got too many questions"), "{texts:?}");
    assert_eq!(world.portal.requests().len(), 1);
}
