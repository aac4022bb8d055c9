//! Streams of linked data: members in JSON-LD on pages by the time they were made, as the city's
//! museums give them, and pages of Turtle that lie ready.

use serde_json::{Value as Json, json};

use super::lie::Lie;
use super::server::Scene;
use crate::fake_portal::answer::Answer;

/// Members on a page, as the real stream has them.
const ON_PAGE: usize = 5;

/// A stream: where it is, and its members by the moment each was made.
#[derive(Clone)]
pub struct Stream {
    pub path: String,
    pub members: Vec<(String, String)>,
}

impl Stream {
    fn pages(&self) -> Vec<&[(String, String)]> {
        self.members.chunks(ON_PAGE).collect()
    }

    fn address(&self, base: &str, page: &[(String, String)]) -> String {
        format!("{base}{}?generatedAtTime={}", self.path, page[0].0)
    }
}

/// The page that holds what was made at the moment asked for, else the way to it.
pub fn answer(stream: &Stream, scene: &Scene<'_>) -> Answer {
    let base = scene.base();
    let pages = stream.pages();
    let asked = scene.request.parameter("generatedAtTime").unwrap_or("9999");
    let at = pages.iter().rposition(|page| page[0].0.as_str() <= asked).unwrap_or(0);
    let page = pages[at];
    if page[0].0 != asked {
        let to = stream.address(&base, page);
        return Answer::new(302, "text/html", Vec::new()).header("Location", &to);
    }
    let link_base = scene.lies.find(|lie| match lie {
        Lie::NextElsewhere(other) => Some((*other).to_owned()),
        _ => None,
    });
    let link_base = link_base.unwrap_or_else(|| base.clone());
    let off = scene.lies.find(|lie| if let Lie::CountOff(by) = lie { Some(*by) } else { None });
    let count = |pages: &[&[(String, String)]]| {
        let count = pages.iter().map(|page| page.len()).sum::<usize>() as i64;
        count + off.unwrap_or(0)
    };
    let mut relations = Vec::new();
    if at > 0 {
        relations.push(json!({
            "@type": "tree:LessThanRelation",
            "tree:node": stream.address(&link_base, pages[at - 1]),
            "tree:path": "prov:generatedAtTime",
            "tree:value": page[0].0,
            "tree:remainingItems": count(&pages[..at]),
        }));
    }
    if let Some(next) = pages.get(at + 1) {
        let next = if scene.lies.has(&Lie::NextLoops) { &page } else { next };
        relations.push(json!({
            "@type": "tree:GreaterThanOrEqualToRelation",
            "tree:node": stream.address(&link_base, next),
            "tree:path": "prov:generatedAtTime",
            "tree:value": next[0].0,
            "tree:remainingItems": count(&pages[at + 1..]),
        }));
    }
    let collection = format!("https://stad.example/id/dataset{}", stream.path);
    let members: Vec<Json> = page
        .iter()
        .map(|(_, text)| {
            // The documents that explain the words are here too.
            let text = text.replace("https://apidg.gent.be", &base);
            let mut member: Json = serde_json::from_str(&text).expect("a member");
            member["memberOf"] = json!(collection);
            member
        })
        .collect();
    let document = json!({
        "@context": {
            "prov": "http://www.w3.org/ns/prov#",
            "tree": "https://w3id.org/tree#",
            "memberOf": { "@reverse": "tree:member", "@type": "@id" },
            "tree:node": { "@type": "@id" },
            "tree:path": { "@type": "@id" },
            "viewOf": { "@reverse": "tree:view", "@type": "@id" },
        },
        "@id": stream.address(&base, page),
        "@type": "tree:Node",
        "viewOf": { "@id": collection, "@type": "tree:Collection" },
        "tree:relation": relations,
        "@included": members,
    });
    // As the real one sends it: by no right name.
    let answer = Answer::new(200, "text/html; charset=utf-8", document.to_string().into_bytes());
    if at + 1 < pages.len() {
        return answer.header("Cache-Control", "public, max-age=31536000, immutable");
    }
    let etag = format!("\"{}-{}\"", stream.members.len(), at);
    if scene.request.headers.get("if-none-match") == Some(&etag) {
        return Answer::new(304, "text/html", Vec::new());
    }
    answer.header("ETag", &etag)
}

/// What the words of the museums mean: those of the real documents that matter here.
pub fn context() -> Answer {
    let crm = |name: &str| json!({ "@id": format!("http://www.cidoc-crm.org/cidoc-crm/{name}"), "@type": "@id" });
    let context = json!({ "@context": {
        "dcterms": "http://purl.org/dc/terms/",
        "MensgemaaktObject": "http://www.cidoc-crm.org/cidoc-crm/E22_Man-Made_Object",
        "MensgemaaktObject.titel": { "@id": "http://www.cidoc-crm.org/cidoc-crm/P102_has_title" },
        "MaterieelDing.productie": crm("P108i_was_produced_by"),
        "MaterieelDing.beheerder": crm("P50_has_current_keeper"),
        "Activiteit.uitgevoerdDoor": crm("P14_carried_out_by"),
        "Gebeurtenis.plaats": crm("P7_took_place_at"),
        "Gebeurtenis.tijd": {
            "@id": "http://www.cidoc-crm.org/cidoc-crm/P4_has_time-span",
            "@type": "http://id.loc.gov/datatypes/edtf/EDTF",
        },
        "Entiteit.classificatie": crm("P41i_was_classified_by"),
        "Classificatie.toegekendType": crm("P42_assigned"),
        "Entiteit.beschrijving": { "@id": "http://www.cidoc-crm.org/cidoc-crm/P3_has_note" },
        "Entiteit.isHetOnderwerpVan": crm("P129i_is_subject_of"),
        "Entiteit.wordtNaarVerwezenDoor": crm("P67i_is_referred_to_by"),
        "ConceptueelDing.creatie": crm("P94i_was_created_by"),
        "Entiteit.type": crm("P2_has_type"),
    }});
    Answer::new(200, "application/ld+json", context.to_string().into_bytes())
}

/// A made-up member of a museum's stream.
pub fn member(number: usize, version: usize, title: &str) -> (String, String) {
    let time = format!("2024-{:02}-{:02}T08:00:00.000Z", 1 + version, 1 + number % 28);
    let time = time.replace("08:00:00", &format!("08:{:02}:{:02}", number / 60, number % 60));
    let thing = format!("https://stad.example/id/mensgemaaktobject/dmg/{number}");
    let document = json!({
        "@context": [
            "https://apidg.gent.be/opendata/adlib2eventstream/v1/context/cultureel-erfgoed-object-ap.jsonld",
            {
                "prov": "http://www.w3.org/ns/prov#",
                "skos": "http://www.w3.org/2004/02/skos/core#",
                "label": "http://www.w3.org/2000/01/rdf-schema#label",
                "la": "https://linked.art/ns/terms/",
                "equivalent": { "@id": "la:equivalent", "@type": "@id" },
                "foaf": "http://xmlns.com/foaf/0.1/",
                "foaf:page": { "@type": "@id" },
                "dcterms:isVersionOf": { "@type": "@id" },
            },
        ],
        "@id": format!("{thing}/{time}"),
        "@type": "MensgemaaktObject",
        "dcterms:isVersionOf": thing,
        "prov:generatedAtTime": time,
        "foaf:page": format!("https://stad.example/data/dmg/{number}"),
        "MensgemaaktObject.titel": { "@value": title, "@language": "nl" },
        "MaterieelDing.productie": [{
            "Gebeurtenis.tijd": { "@value": "1721/1721" },
            "Activiteit.uitgevoerdDoor": {
                "equivalent": { "@id": "https://stad.example/agent/1",
                    "label": { "@value": format!("Maker {}", number % 3), "@language": "nl" } },
            },
            "Gebeurtenis.plaats": {
                "equivalent": { "@id": "http://vocab.example/7007887",
                    "skos:prefLabel": { "@value": "Gent", "@language": "nl" } },
            },
        }],
    });
    (time, document.to_string())
}
