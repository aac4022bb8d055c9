//! What an OGC API tells about itself: its landing page and its collections.

use serde_json::Value;
use url::Url;

use super::capabilities::is_place;
use crate::table::Extent;

/// What an OGC API tells about itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Api {
    pub title: String,
    pub about: String,
    pub attribution: String,
    pub licence: Licence,
    /// Whether coordinates can be had in other systems (Part 2).
    pub has_crs: bool,
    /// Whether `f=json` has to be said, because it answers with pages for people otherwise.
    pub says_json: bool,
    pub collections: Vec<Collection>,
    /// How many collections hold no features.
    pub left_out: u64,
}

/// Under which licence.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Licence {
    pub name: String,
    pub url: String,
}

/// A layer.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Collection {
    pub id: String,
    pub title: String,
    pub about: String,
    /// Where it lies, WGS 84 degrees.
    pub bbox: Option<Extent>,
    /// The systems it can be had in.
    pub crs: Vec<String>,
    /// The system it is kept in.
    pub storage_crs: Option<String>,
    /// How many features it has, where it says so.
    pub count: Option<u64>,
    /// Where its features are, as it stands there.
    pub items: Option<String>,
    pub attribution: String,
    pub licence: Licence,
}

/// What a JSON document of an OGC API is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Landing,
    Collections,
    Collection,
}

/// What a document is; none for JSON of another kind.
pub(super) fn kind(document: &Value) -> Option<Kind> {
    if document.get("collections").is_some_and(Value::is_array) {
        return Some(Kind::Collections);
    }
    let has = |wanted: &[&str]| link(document, wanted).is_some();
    if text(document, "id").is_empty() {
        let is_landing = has(&["data", "http://www.opengis.net/def/rel/ogc/1.0/data"])
            || (has(&["conformance"]) && has(&["service-desc", "service-doc", "self"]));
        return is_landing.then_some(Kind::Landing);
    }
    (has(&["items"]) && document.get("type").is_none()).then_some(Kind::Collection)
}

/// The address of a link of one of these relations, the first that leads to JSON.
pub(super) fn link<'a>(document: &'a Value, relations: &[&str]) -> Option<&'a str> {
    let links = document.get("links")?.as_array()?;
    let fits = |link: &&Value| {
        let relation = text(link, "rel");
        relations.iter().any(|wanted| relation.eq_ignore_ascii_case(wanted))
    };
    let is_json = |link: &&Value| text(link, "type").contains("json");
    let mut found = links.iter().filter(fits);
    let first = found.clone().find(is_json).or_else(|| found.next())?;
    Some(text(first, "href").trim()).filter(|href| !href.is_empty())
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn texts(value: &Value, name: &str) -> Vec<String> {
    let list = value.get(name).and_then(Value::as_array);
    let list = list.map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

impl Licence {
    fn of(document: &Value) -> Licence {
        let links = document.get("links").and_then(Value::as_array);
        let links = links.map(Vec::as_slice).unwrap_or_default();
        let found = links.iter().find(|link| text(link, "rel").eq_ignore_ascii_case("license"));
        let plain = text(document, "license");
        let Some(found) = found else {
            return Licence { name: plain.to_owned(), url: String::new() };
        };
        let (title, url) = (text(found, "title"), text(found, "href"));
        let name = [title, plain, url].into_iter().find(|text| !text.is_empty());
        Licence { name: name.unwrap_or_default().to_owned(), url: url.to_owned() }
    }
}

impl Api {
    /// Takes what the landing page tells.
    pub fn read_landing(&mut self, document: &Value) {
        self.title = text(document, "title").trim().to_owned();
        self.about = text(document, "description").trim().to_owned();
        self.attribution = text(document, "attribution").trim().to_owned();
        self.licence = Licence::of(document);
    }

    /// Takes what the conformance declaration tells.
    pub fn read_conformance(&mut self, document: &Value) {
        let classes = texts(document, "conformsTo");
        self.has_crs =
            classes.iter().any(|it| it.contains("ogcapi-features-2") && it.contains("conf/crs"));
    }

    /// Takes a page of collections; gives the address of the next, as it stands there.
    pub fn read_collections(&mut self, document: &Value) -> Option<String> {
        let all = texts(document, "crs");
        let list = document.get("collections").and_then(Value::as_array);
        for one in list.map(Vec::as_slice).unwrap_or_default() {
            match collection(one, &all) {
                Some(made) if !self.collections.iter().any(|known| known.id == made.id) => {
                    self.collections.push(made);
                }
                Some(_) => {}
                None => self.left_out += 1,
            }
        }
        link(document, &["next"]).map(str::to_owned)
    }

    /// A layer by its name.
    pub fn find(&self, id: &str) -> Option<&Collection> {
        self.collections.iter().find(|it| it.id == id)
    }
}

/// A collection; none for one that holds no features. `all` are the systems of all collections.
pub(super) fn collection(of: &Value, all: &[String]) -> Option<Collection> {
    let id = match of.get("id").or_else(|| of.get("name"))? {
        Value::String(id) => id.clone(),
        Value::Number(id) => id.to_string(),
        _ => return None,
    };
    // Tiles, coverages and records are collections too.
    let kind = text(of, "itemType");
    let is_of_features = matches!(kind, "" | "feature" | "unknown")
        && (!kind.is_empty() || link(of, &["items"]).is_some() || of.get("links").is_none());
    if id.is_empty() || !is_of_features {
        return None;
    }
    let mut crs: Vec<String> = Vec::new();
    for name in texts(of, "crs") {
        if name == "#/crs" { crs.extend_from_slice(all) } else { crs.push(name) }
    }
    let title = text(of, "title").trim();
    let storage = text(of, "storageCrs").trim();
    let count = ["itemCount", "numberOfFeatures", "featureCount"];
    Some(Collection {
        title: if title.is_empty() { id.clone() } else { title.to_owned() },
        about: text(of, "description").trim().to_owned(),
        bbox: bbox(of),
        crs,
        storage_crs: Some(storage).filter(|it| !it.is_empty()).map(str::to_owned),
        count: count.iter().find_map(|name| of.get(name)?.as_u64()),
        items: link(of, &["items"]).map(str::to_owned),
        attribution: text(of, "attribution").trim().to_owned(),
        licence: Licence::of(of),
        id,
    })
}

/// The first box of an extent, where that is in longitude and latitude.
fn bbox(of: &Value) -> Option<Extent> {
    let spatial = of.get("extent")?.get("spatial")?;
    let crs = text(spatial, "crs");
    let first = spatial.get("bbox")?.as_array()?.first()?;
    let numbers: Vec<f64> = first.as_array()?.iter().filter_map(Value::as_f64).collect();
    let (min_x, min_y, max_x, max_y) = match numbers.as_slice() {
        // Of six, with heights between.
        [min_x, min_y, max_x, max_y] | [min_x, min_y, _, max_x, max_y, _] => {
            (*min_x, *min_y, *max_x, *max_y)
        }
        _ => return None,
    };
    let extent = Extent { min_x, min_y, max_x, max_y };
    let is_degrees = crs.is_empty() || crs.contains("CRS84");
    (is_degrees && is_place(extent)).then_some(extent)
}

/// An address at the server that was named: what a server behind another writes as its own name
/// is that of a machine nobody reaches. Also the name it wrote, where that is another.
pub(super) fn at_server(base: &Url, asked: &Url, href: &str) -> Option<(Url, Option<String>)> {
    let found = asked.join(href).ok()?;
    if found.origin() == base.origin() || found.origin() == asked.origin() {
        return Some((found, None));
    }
    let mut here = asked.clone();
    here.set_query(found.query());
    Some((here, Some(found.host_str().unwrap_or_default().to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn collections_are_read() {
        let document = json!({
            "crs": ["http://www.opengis.net/def/crs/OGC/1.3/CRS84", "http://www.opengis.net/def/crs/EPSG/0/31370"],
            "links": [{"rel": "next", "href": "collections?page=2"}],
            "collections": [
                {"id": "bomen", "title": " Bomen ", "description": "Alle.", "itemCount": 12,
                 "attribution": "Stad", "crs": ["#/crs"],
                 "storageCrs": "http://www.opengis.net/def/crs/EPSG/0/31370",
                 "extent": {"spatial": {"bbox": [[3.5, 50.9, 3.9, 51.2]],
                            "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}},
                 "links": [{"rel": "items", "type": "text/html", "href": "h"},
                           {"rel": "items", "type": "application/geo+json", "href": "bomen/items"},
                           {"rel": "license", "href": "https://x.be/licentie", "title": "Vrij"}]},
                {"id": 7, "itemType": "feature",
                 "extent": {"spatial": {"bbox": [[3.5, 50.9, 0, 3.9, 51.2, 9]]}}},
                {"id": "foto", "itemType": "coverage", "links": []},
                {"id": "tegels", "links": [{"rel": "tiles", "href": "x"}]},
                {"title": "zonder naam"}
            ]
        });
        let mut api = Api::default();
        assert_eq!(api.read_collections(&document).as_deref(), Some("collections?page=2"));
        assert_eq!((api.collections.len(), api.left_out), (2, 3));
        let trees = api.find("bomen").unwrap();
        assert_eq!((&*trees.title, trees.count, trees.crs.len()), ("Bomen", Some(12), 2));
        assert_eq!(trees.items.as_deref(), Some("bomen/items"));
        assert_eq!((&*trees.licence.name, &*trees.licence.url), ("Vrij", "https://x.be/licentie"));
        let bbox = Extent { min_x: 3.5, min_y: 50.9, max_x: 3.9, max_y: 51.2 };
        assert_eq!((trees.bbox, api.find("7").unwrap().bbox), (Some(bbox), Some(bbox)));
        api.read_collections(&document);
        assert_eq!(api.collections.len(), 2);
    }

    #[test]
    fn documents_are_told_apart() {
        let links = |relations: &[&str]| {
            let all: Vec<_> = relations.iter().map(|it| json!({"rel": it, "href": "x"})).collect();
            json!({ "links": all })
        };
        assert_eq!(kind(&links(&["self", "data"])), Some(Kind::Landing));
        assert_eq!(kind(&links(&["conformance", "service-desc"])), Some(Kind::Landing));
        assert_eq!(kind(&json!({"collections": []})), Some(Kind::Collections));
        let mut one = links(&["items"]);
        one["id"] = json!("a");
        assert_eq!(kind(&one), Some(Kind::Collection));
        for other in [json!([]), json!({"type": "FeatureCollection", "features": []}), json!(7)] {
            assert_eq!(kind(&other), None);
        }
        let mut api = Api::default();
        api.read_conformance(
            &json!({"conformsTo": ["http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs"]}),
        );
        api.read_landing(&json!({"title": "Stad", "links": {}}));
        assert!(api.has_crs && api.title == "Stad" && api.licence == Licence::default());
    }

    #[test]
    fn links_to_a_machine_behind_are_asked_at_the_server_that_was_named() {
        let base = Url::parse("https://geo.example.be/ogc/v1").unwrap();
        let asked =
            Url::parse("https://geo.example.be/ogc/v1/collections/a/items?limit=5").unwrap();
        let at = |href: &str| {
            let (url, host) = at_server(&base, &asked, href).unwrap();
            (url.to_string(), host)
        };
        let next = "https://geo.example.be/ogc/v1/collections/a/items?limit=5&offset=5";
        assert_eq!(at("items?limit=5&offset=5"), (next.into(), None));
        assert_eq!(at("?limit=5&offset=5"), (next.into(), None));
        assert_eq!(at(next), (next.into(), None));
        let behind = at("http://10.0.0.5:8080/collections/a/items?limit=5&offset=5");
        assert_eq!(behind, (next.into(), Some("10.0.0.5".into())));
        assert_eq!(at_server(&base, &asked, "http://[x"), None);
    }
}
