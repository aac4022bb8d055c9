//! The OGC APIs.

use super::city::{Layer, city};
use super::lie::Lie;
use super::query::{Asked, box_of, choose};
use super::server::Scene;
use super::write::{Numbers, feature};
use crate::fake_portal::answer::Answer;
use serde_json::{Value, json};

/// How an API is.
#[derive(Clone, Copy)]
pub struct Flavour {
    pub path: &'static str,
    /// Whether it counts and links, and gives other systems.
    pub full: bool,
    /// Whether it shows pages for people unless it is told otherwise.
    pub for_people: bool,
}

pub static FLAVOURS: &[Flavour] = &[
    Flavour { path: "/api", full: true, for_people: false },
    Flavour { path: "/kaal", full: false, for_people: false },
    Flavour { path: "/mensen", full: true, for_people: true },
];

const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
const LAMBERT: &str = "http://www.opengis.net/def/crs/EPSG/0/31370";

fn json(body: &Value) -> Answer {
    Answer::new(200, "application/json", body.to_string().into_bytes())
}

fn refusal(status: u16, text: &str) -> Answer {
    let body = json!({"code": "InvalidParameterValue", "description": text});
    Answer::new(status, "application/json", body.to_string().into_bytes())
}

pub fn answer(flavour: Flavour, scene: &mut Scene<'_>) -> Answer {
    let request = scene.request;
    let rest = request.path.strip_prefix(flavour.path).unwrap_or_default().trim_end_matches('/');
    if flavour.for_people && request.parameter("f") != Some("json") {
        let page = "<!DOCTYPE html><html><body><h1>Onze gegevens</h1></body></html>";
        return Answer::new(200, "text/html; charset=utf-8", page.as_bytes().to_vec());
    }
    let base = format!("{}{}", scene.base(), flavour.path);
    let link = |relation: &str, path: &str| json!({"rel": relation, "type": "application/json", "href": format!("{base}{path}")});
    let parts: Vec<&str> = rest.split('/').filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [] => json(&json!({
            "title": "API van de stad", "description": "Verzonnen gegevens.", "attribution": "<b>Stad</b> Voorbeeld",
            "links": [link("self", ""), link("conformance", "/conformance"), link("data", "/collections"),
                      {"rel": "license", "href": "https://example.org/licentie", "title": "Vrij gebruik"}],
        })),
        ["conformance"] => {
            let mut classes = vec!["http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"];
            if flavour.full {
                classes.push("http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs");
            }
            json(&json!({ "conformsTo": classes }))
        }
        ["collections"] => {
            let mut all: Vec<Value> =
                city().iter().map(|it| collection(it, flavour, &base)).collect();
            all.push(json!({"id": "luchtfoto", "itemType": "coverage", "links": []}));
            json(
                &json!({"crs": [CRS84, LAMBERT], "collections": all, "links": [link("self", "/collections")]}),
            )
        }
        ["collections", id] => match city().iter().find(|it| it.name == *id) {
            Some(layer) => json(&collection(layer, flavour, &base)),
            None => refusal(404, "No such collection."),
        },
        ["collections", id, "items"] => match city().iter().find(|it| it.name == *id) {
            Some(layer) => items(layer, flavour, &base, scene),
            None => refusal(404, "No such collection."),
        },
        _ => refusal(404, "Nothing here."),
    }
}

fn collection(layer: &Layer, flavour: Flavour, base: &str) -> Value {
    let mut made = json!({
        "id": layer.name, "title": layer.title, "description": layer.about, "itemType": "feature",
        "links": [{"rel": "items", "type": "application/geo+json",
                   "href": format!("{base}/collections/{}/items", layer.name)}],
    });
    if let Some(bounds) = layer.bounds() {
        made["extent"] = json!({"spatial": {"bbox": [bounds], "crs": CRS84}});
    }
    if flavour.full {
        made["crs"] = json!(["#/crs"]);
        made["storageCrs"] = json!(if layer.degrees { CRS84 } else { LAMBERT });
    }
    made
}

fn items(layer: &Layer, flavour: Flavour, base: &str, scene: &mut Scene<'_>) -> Answer {
    let (request, lies) = (scene.request, scene.lies.clone());
    let known = ["limit", "offset", "bbox", "crs", "bbox-crs", "f", "datetime"];
    if let Some((name, _)) = request.query.iter().find(|(name, _)| !known.contains(&name.as_str()))
    {
        return refusal(400, &format!("Unknown parameter {name}"));
    }
    let number = |name: &str| request.parameter(name).map(str::parse::<usize>).transpose();
    let (Ok(limit), Ok(offset)) = (number("limit"), number("offset")) else {
        return refusal(400, "No number.");
    };
    let limit = limit.unwrap_or(10);
    if lies.find(|lie| match lie {
        Lie::LimitRefused(most) => Some(limit > *most),
        _ => None,
    }) == Some(true)
    {
        return refusal(400, "The limit is too large.");
    }
    if let Some(text) = lies.find(|lie| match lie {
        Lie::Refusal(text) => Some(*text),
        _ => None,
    }) {
        return json(&json!({"code": "ServerError", "description": text}));
    }
    let bbox = match request.parameter("bbox") {
        None => None,
        Some(text) => match box_of(text) {
            Some(found) => Some((found, true)),
            None => return refusal(400, "No bounding box."),
        },
    };
    let crs = request.parameter("crs").filter(|_| flavour.full).unwrap_or(CRS84);
    if ![CRS84, LAMBERT].contains(&crs) {
        return refusal(400, "No such system.");
    }
    let start = offset.unwrap_or(0);
    // A limit above the largest is brought down to it, as Part 1 says.
    let asked = Asked { bbox, start, count: limit.clamp(1, 1000) };
    let extra = if limit > 1 { scene.grown() } else { scene.present() };
    let chosen = choose(layer, extra.as_ref(), asked, &lies);
    let numbers = Numbers { degrees: crs == CRS84, turned: false }.lied(&lies);
    let features: Vec<Value> = chosen.rows.iter().map(|row| feature(row, numbers, &lies)).collect();
    let mut body = json!({"type": "FeatureCollection", "features": features, "timeStamp": "2026-10-06T08:00:00Z"});
    if flavour.full {
        body["numberReturned"] =
            json!(chosen.rows.len() + usize::from(lies.has(&Lie::ReturnedOff)));
        if let Some(matched) = chosen.matched {
            body["numberMatched"] = json!(matched);
        }
        let path = format!("/collections/{}/items", layer.name);
        let query = |start: usize| {
            let mut query = format!("limit={limit}&offset={start}");
            for name in ["bbox", "crs"] {
                if let Some(value) = request.parameter(name) {
                    query += &format!("&{name}={}", value.replace(':', "%3A").replace('/', "%2F"));
                }
            }
            query
        };
        let mut links =
            vec![json!({"rel": "self", "href": format!("{base}{path}?{}", query(start))})];
        if let Some(next) = chosen.next.filter(|_| !lies.has(&Lie::NoNext)) {
            let next = if lies.has(&Lie::NextLoops) { start } else { next };
            let elsewhere = lies.find(|lie| match lie {
                Lie::NextElsewhere(host) => Some(*host),
                _ => None,
            });
            let href = match elsewhere {
                Some(host) => format!("{host}{path}?{}", query(next)),
                None if lies.has(&Lie::NextRelative) => format!("items?{}", query(next)),
                None => format!("{base}{path}?{}", query(next)),
            };
            links.push(json!({"rel": "next", "type": "application/geo+json", "href": href}));
        }
        body["links"] = json!(links);
    }
    let mut answer = Answer::new(200, "application/geo+json", body.to_string().into_bytes());
    if flavour.full && !lies.has(&Lie::NoCrs) {
        answer = answer.header("Content-Crs", &format!("<{crs}>"));
    }
    answer
}
