use serde_json::Value as Json;

use super::raw::{ask, get, number};
use crate::fake_portal::FakePortal;

fn ids(answer: &Json) -> Vec<&str> {
    let results = answer["results"].as_array().unwrap();
    results.iter().map(|one| one["dataset_id"].as_str().unwrap()).collect()
}

#[test]
fn a_catalogue_is_searched_refined_ordered_and_paged() {
    let portal = FakePortal::start();
    let first = get(&portal, "/catalog/datasets").ok();
    let total = number(&first["total_count"]);
    assert_eq!(total, portal.ids().len());
    assert!(total > 200, "{total}");
    assert_eq!(ids(&first).len(), 10, "the default page");
    let mut seen = Vec::new();
    for offset in (0..total).step_by(100) {
        let path = format!("/catalog/datasets?limit=100&offset={offset}&order_by=title");
        let page = get(&portal, &path).ok();
        seen.extend(ids(&page).iter().map(|id| (*id).to_owned()));
    }
    let mut unique = seen.clone();
    unique.sort();
    assert_eq!(unique, portal.ids());
    let bikes = get(&portal, "/catalog/datasets?where=search(\"deelfiets\")&limit=100").ok();
    assert!(ids(&bikes).contains(&"dott-deelfietsen-gent"), "{:?}", ids(&bikes));
    assert!(!ids(&bikes).contains(&"stadswijken-gent"));
    let also = get(&portal, "/catalog/datasets?where=\"DEELFIETS\"&limit=100").ok();
    assert_eq!(ids(&also), ids(&bikes), "a bare text searches, whatever its case");
    let police = "/catalog/datasets?refine=publisher:Politiezone Gent&limit=100";
    let police = get(&portal, police).ok();
    assert_eq!(police["total_count"], 6);
    let moving = get(&portal, "/catalog/datasets?refine=theme:Mobiliteit&limit=100");
    assert!(ids(&moving.ok()).contains(&"straten-gent"), "its theme is a text, not a list");
    let without =
        get(&portal, "/catalog/datasets?exclude=theme:Mobiliteit&refine=features:geo&limit=100");
    assert!(!ids(&without.ok()).contains(&"straten-gent"));
    let recent =
        "/catalog/datasets?where=modified >= date'2026-06-01'&order_by=modified desc&limit=100";
    let recent = get(&portal, recent).ok();
    assert!(ids(&recent).contains(&"sheep-tracking-gent"));
    let times: Vec<&str> = recent["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["metas"]["default"]["modified"].as_str().unwrap())
        .collect();
    assert!(times.is_sorted_by(|a, b| a >= b) && times.iter().all(|time| *time > "2026-06"));
    assert!(times.len() < total / 2);
}

#[test]
fn a_page_has_limits() {
    let portal = FakePortal::start();
    for (query, word) in [
        ("limit=101", "-1 <= limit <= 100"),
        ("limit=-2", "-1 <= limit <= 100"),
        ("limit=ten", "an integer"),
        ("offset=-1", "0 <= offset"),
        ("limit=100&offset=9900", "offset + limit < 10000"),
        ("where=nosuch=1", "Unknown field: nosuch"),
        ("order_by=nosuch", "Unknown field: nosuch"),
        ("select=nosuch", "Unknown field: nosuch"),
        ("refine=nosuch:1", "Unknown field: nosuch"),
        ("timezone=Moon/Back", "timezone"),
        ("lang=tlh", "lang"),
    ] {
        for path in ["/catalog/datasets", "/catalog/datasets/straten-gent/records"] {
            let message = get(&portal, &format!("{path}?{query}")).refused(400);
            assert!(message.contains(word), "{query}: {message}");
        }
    }
    assert_eq!(get(&portal, "/catalog/datasets?limit=100&offset=9899").status, 200);
}

#[test]
fn a_dataset_says_what_it_is() {
    let portal = FakePortal::start();
    let about = get(&portal, "/catalog/datasets/stadswijken-gent?timezone=Europe/Brussels").ok();
    let metas = &about["metas"]["default"];
    assert_eq!(metas["title"], "Stadswijken Gent");
    assert_eq!(metas["records_count"], 25);
    assert_eq!(metas["modified"], "2026-03-02T10:30:00+01:00", "winter time");
    assert_eq!(metas["bbox"]["geometry"]["type"], "Polygon");
    assert!(metas["description"].as_str().unwrap().contains("<script>"));
    assert_eq!(about["fields"][0]["type"], "geo_point_2d");
    assert_eq!(about["has_records"], true);
    let english = get(&portal, "/catalog/datasets/stadswijken-gent?lang=en").ok();
    assert_eq!(english["metas"]["default"]["title"], "Neighbourhoods of Ghent");
    assert_eq!(english["metas"]["default"]["title_nl"], "Stadswijken Gent");
    let bare = get(&portal, "/catalog/datasets/werkzoekenden-per-wijk-gent-2014").ok();
    let metas = &bare["metas"]["default"];
    for name in ["description", "publisher", "license", "modified", "attributions", "bbox"] {
        assert!(metas[name].is_null(), "{name}");
    }
    let chosen = get(&portal, "/catalog/datasets?select=dataset_id,title,metas&limit=1").ok();
    let names: Vec<&String> = chosen["results"][0].as_object().unwrap().keys().collect();
    assert_eq!(names, ["dataset_id", "metas", "title"]);
    let gone = get(&portal, "/catalog/datasets/real-time-bezetting-pr-gent").refused(404);
    assert!(gone.contains("real-time-bezetting-pr-gent"), "{gone}");
    portal.bring_back("real-time-bezetting-pr-gent");
    assert_eq!(get(&portal, "/catalog/datasets/real-time-bezetting-pr-gent").status, 200);
}

#[test]
fn facets_count() {
    let portal = FakePortal::start();
    let answer = get(&portal, "/catalog/facets?facet=publisher&facet=theme").ok();
    let publishers = answer["facets"][0]["facets"].as_array().unwrap();
    assert_eq!(publishers[0]["name"], "Stad Gent", "the most first");
    let police = publishers.iter().find(|one| one["name"] == "Politiezone Gent").unwrap();
    assert_eq!(police["count"], 6);
    assert_eq!(police["state"], "displayed");
    let rows = get(&portal, "/catalog/datasets/locaties-bomen-gent/facets?facet=boomtype").ok();
    let counts = rows["facets"][0]["facets"].as_array().unwrap();
    assert_eq!(counts.iter().map(|one| one["count"].as_u64().unwrap()).sum::<u64>(), 68_240);
}

#[test]
fn headers_are_the_platforms() {
    let portal = FakePortal::start();
    let first = ask(&portal, "/catalog/datasets", &[("Accept-Encoding", "gzip, br")]);
    assert_eq!(first.headers["content-encoding"], "gzip");
    assert_eq!(first.headers["cache-control"], "no-store");
    assert!(!first.headers.contains_key("etag"));
    assert!(first.headers["x-ratelimit-reset"].ends_with(" 00:00:00+00:00"));
    let second = get(&portal, "/catalog/datasets");
    assert_eq!(second.body, first.body, "packed or not, the same");
    let left =
        |reply: &super::raw::Reply| reply.headers["x-ratelimit-remaining"].parse::<u64>().unwrap();
    assert_eq!(left(&second), left(&first) - 1);
    let wrong = ask(&portal, "/catalog/datasets", &[("Authorization", "Apikey wrong")]);
    assert_eq!(
        (wrong.status, wrong.json()["error"].as_str().unwrap()),
        (401, "API key is not valid")
    );
    portal.accept_key("right");
    let right = ask(&portal, "/catalog/datasets", &[("Authorization", "Apikey right")]);
    assert_eq!(right.status, 200);
    portal.set_quota(1);
    assert_eq!(get(&portal, "/catalog/datasets").status, 200);
    let over = get(&portal, "/catalog/datasets");
    assert_eq!(over.status, 429);
    let body = over.json();
    assert_eq!((body["errorcode"].as_u64(), body["call_limit"].as_u64()), (Some(10002), Some(1)));
    assert!(body["reset_time"].as_str().unwrap().ends_with("T00:00:00Z"), "{body}");
}
