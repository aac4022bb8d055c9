use std::time::{Duration, Instant};

use super::raw::{ask, get, wait};
use crate::fake_portal::{ALWAYS, FakePortal, Fault, Framing};

const EXPORT: &str = "/catalog/datasets/straten-gent/exports/geojson";
const ABOUT: &str = "/catalog/datasets/straten-gent";

#[test]
fn a_fault_comes_as_often_as_asked_and_where_asked() {
    let portal = FakePortal::start();
    portal.fault(EXPORT, Fault::Status(500), 2);
    assert_eq!(get(&portal, ABOUT).status, 200);
    assert!(!get(&portal, EXPORT).refused(500).is_empty());
    assert_eq!(get(&portal, EXPORT).status, 500);
    assert_eq!(get(&portal, EXPORT).status, 200);
    portal.fault("/catalog", Fault::Status(503), ALWAYS);
    for _ in 0..5 {
        let reply = get(&portal, ABOUT);
        assert_eq!(reply.status, 503);
        assert_eq!(reply.headers["content-type"], "text/html");
    }
    portal.clear_faults();
    assert_eq!(get(&portal, ABOUT).status, 200);
}

#[test]
fn too_many_requests_tells_until_when() {
    let portal = FakePortal::start();
    portal.fault(ABOUT, Fault::TooMany { wait: Duration::from_secs(90) }, 1);
    let reply = get(&portal, ABOUT);
    assert_eq!(reply.status, 429);
    let body = reply.json();
    let reset = body["reset_time"].as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>();
    let left = (reset.unwrap() - chrono::Utc::now()).num_milliseconds();
    assert!((30_000..=92_000).contains(&left), "{left}");
    assert_eq!(body["limit_time_unit"], "day");
    assert!(body["error"].as_str().unwrap().starts_with("Too many requests"));
}

#[test]
fn a_body_is_cut_in_its_middle_either_way() {
    let portal = FakePortal::start();
    let whole = get(&portal, EXPORT).body.len();
    for framing in [Framing::Length, Framing::Chunked] {
        portal.fault(EXPORT, Fault::Cut { after: 50_000, framing }, 1);
        let reply = get(&portal, EXPORT);
        assert_eq!((reply.status, reply.whole), (200, false), "{framing:?}");
        assert_eq!(reply.body.len(), 50_000);
        assert_eq!(reply.headers.contains_key("content-length"), framing == Framing::Length);
        portal.fault(ABOUT, Fault::Cut { after: 50_000, framing }, 1);
        let reply = get(&portal, ABOUT);
        assert!(!reply.whole && !reply.body.is_empty(), "a short body is cut halfway");
        portal.fault(EXPORT, Fault::Cut { after: 5_000, framing }, 1);
        let packed = ask(&portal, EXPORT, &[("Accept-Encoding", "gzip")]);
        assert!(!packed.whole && packed.body.len() < whole);
    }
    portal.fault(EXPORT, Fault::EndsEarly { after: 50_000 }, 1);
    let reply = get(&portal, EXPORT);
    assert!(reply.whole && reply.body.len() == 50_000, "the framing lies");
    assert_eq!(get(&portal, EXPORT).body.len(), whole);
}

#[test]
fn it_stalls_and_drips() {
    let portal = FakePortal::start();
    portal.fault(ABOUT, Fault::Stall, 1);
    let short = Duration::from_millis(500);
    assert!(wait(&portal, ABOUT, &[], short).is_none());
    portal.fault(EXPORT, Fault::StallAfter { after: 30_000 }, 1);
    // Long enough for a busy machine to get as far as the silence.
    let reply = wait(&portal, EXPORT, &[], Duration::from_secs(3)).unwrap();
    assert!(!reply.whole);
    assert_eq!(reply.body.len(), 30_000);
    let whole = get(&portal, ABOUT).body;
    let pause = Duration::from_millis(2);
    portal.fault(ABOUT, Fault::Drip { bytes: 100, pause }, 1);
    let start = Instant::now();
    let reply = get(&portal, ABOUT);
    assert!(reply.whole && reply.body == whole);
    let pieces = u32::try_from(whole.len() / 100).unwrap();
    assert!(start.elapsed() >= pause * pieces, "{:?}", start.elapsed());
}

#[test]
fn the_body_is_not_what_it_should_be() {
    let portal = FakePortal::start();
    portal.fault(ABOUT, Fault::HtmlPage, 1);
    let page = get(&portal, ABOUT);
    assert_eq!(
        (page.status, page.headers["content-type"].as_str()),
        (200, "text/html; charset=utf-8")
    );
    portal.fault(ABOUT, Fault::ContentType("text/plain"), 1);
    let plain = get(&portal, ABOUT);
    assert_eq!(plain.headers["content-type"], "text/plain");
    assert_eq!(plain.json()["dataset_id"], "straten-gent");
    for path in [ABOUT, EXPORT] {
        portal.fault(path, Fault::Malformed, 1);
        let reply = get(&portal, path);
        assert!(reply.whole);
        assert!(serde_json::from_slice::<serde_json::Value>(&reply.body).is_err());
        assert_eq!(get(&portal, path).status, 200);
    }
}

#[test]
fn a_bomb_is_small_on_the_wire_and_a_redirect_has_no_end() {
    let portal = FakePortal::start();
    let bytes = 20_000_000;
    portal.fault(EXPORT, Fault::GzipBomb { bytes }, 1);
    let reply = get(&portal, EXPORT);
    assert_eq!(reply.headers["content-encoding"], "gzip");
    assert!(reply.whole && reply.body.len() as u64 > bytes);
    portal.fault(ABOUT, Fault::RedirectLoop, ALWAYS);
    let reply = get(&portal, ABOUT);
    assert_eq!(reply.status, 302);
    assert_eq!(reply.headers["location"], format!("{}{ABOUT}", portal.api()));
}

#[test]
fn a_dataset_goes_changes_its_fields_or_lies_about_its_count() {
    let portal = FakePortal::start();
    portal.fault(ABOUT, Fault::Gone, 1);
    assert!(get(&portal, ABOUT).refused(404).contains("straten-gent"));
    portal.fault(ABOUT, Fault::Renamed(vec![("naam", "straatnaam_nl")]), 3);
    let about = get(&portal, ABOUT).ok();
    assert!(about["fields"].as_array().unwrap().iter().any(|one| one["name"] == "straatnaam_nl"));
    let row = get(&portal, &format!("{ABOUT}/records?limit=1")).ok()["results"][0].clone();
    assert!(row.get("naam").is_none() && row.get("straatnaam_nl").is_some(), "{row}");
    let message = get(&portal, &format!("{ABOUT}/records?where=naam is null")).refused(400);
    assert!(message.contains("Unknown field: naam"), "{message}");
    portal.fault(ABOUT, Fault::CountOff(-31), 3);
    assert_eq!(get(&portal, ABOUT).ok()["metas"]["default"]["records_count"], 2900);
    assert_eq!(get(&portal, &format!("{ABOUT}/records")).ok()["total_count"], 2900);
    let features = get(&portal, EXPORT).ok();
    assert_eq!(features["features"].as_array().unwrap().len(), 2931);
}

#[test]
fn it_goes_offline_and_comes_back_at_the_same_address() {
    let portal = FakePortal::start();
    let address = portal.address().strip_prefix("http://").unwrap().to_owned();
    portal.go_offline();
    assert!(std::net::TcpStream::connect(&address).is_err());
    portal.go_online();
    assert_eq!(get(&portal, ABOUT).status, 200);
    assert_eq!(portal.requests().len(), 1);
}
