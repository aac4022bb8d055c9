//! A page of features as services give them, taken apart without reading what the features hold:
//! where each stands in the text, what the page tells of itself, and what comes after it.

use serde_json::Value;

use crate::formats::json::{JsonError, Scalar, Scanner};
use crate::i18n::Message;

/// A page of features.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page<'a> {
    /// The features in their order.
    pub features: Vec<PageFeature<'a>>,
    /// How many features the server says there are in all.
    pub matched: Option<u64>,
    /// How many it says are on this page.
    pub returned: Option<u64>,
    /// The address of the next page, as it stands there.
    pub next: Option<String>,
    /// The `crs` member, as JSON.
    pub crs: Option<&'a str>,
}

/// A feature of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageFeature<'a> {
    /// All of it, as JSON.
    pub text: &'a str,
    /// Its identifier.
    pub id: Option<String>,
}

/// Why a text is no page of features.
#[derive(Clone, Debug, PartialEq)]
pub enum NotAPage {
    /// It is JSON as far as it goes, and breaks off.
    Cut,
    /// It is not JSON: what is wrong with it.
    NotJson(Message),
    /// It is JSON of another kind: what it says of itself, where it is a refusal.
    Other(String),
}

impl From<JsonError> for NotAPage {
    fn from(error: JsonError) -> NotAPage {
        if error.what.id == "json-ends-early" {
            NotAPage::Cut
        } else {
            NotAPage::NotJson(error.what)
        }
    }
}

/// Takes a page apart.
///
/// # Errors
/// When the text is no page of features.
pub fn page(text: &str) -> Result<Page<'_>, NotAPage> {
    let mut scanner = Scanner::new(text);
    let mut page = Page::default();
    let mut has_features = false;
    let mut total = None;
    if scanner.peek()? != b'{' {
        scanner.skip()?;
        return Err(NotAPage::Other(String::new()));
    }
    scanner.takes(b'{')?;
    let mut first = true;
    while let Some(key) = scanner.next_key(&mut first)? {
        match &*key {
            "features" if scanner.peek()? == b'[' => {
                has_features = true;
                features(&mut scanner, text, &mut page.features)?;
            }
            "numberMatched" => page.matched = count(&mut scanner)?,
            // What GeoServer called it before.
            "totalFeatures" => total = count(&mut scanner)?,
            "numberReturned" => page.returned = count(&mut scanner)?,
            "links" => page.next = next(scanner.skip()?),
            "crs" => {
                let member = scanner.skip()?;
                page.crs = Some(member).filter(|member| *member != "null");
            }
            _ => {
                scanner.skip()?;
            }
        }
    }
    scanner.end()?;
    if !has_features {
        return Err(NotAPage::Other(refusal(text)));
    }
    page.matched = page.matched.or(total);
    Ok(page)
}

fn features<'a>(
    scanner: &mut Scanner<'a>,
    text: &'a str,
    found: &mut Vec<PageFeature<'a>>,
) -> Result<(), JsonError> {
    scanner.takes(b'[')?;
    let mut first = true;
    while scanner.next_item(&mut first)? {
        let is_object = scanner.peek()? == b'{';
        let start = scanner.at();
        let mut id = None;
        if is_object {
            scanner.takes(b'{')?;
            let mut first = true;
            while let Some(key) = scanner.next_key(&mut first)? {
                let is_plain = key == "id" && !matches!(scanner.peek()?, b'{' | b'[');
                if !is_plain {
                    scanner.skip()?;
                    continue;
                }
                id = match scanner.scalar()? {
                    Scalar::Text(text) => Some(text.into_owned()),
                    Scalar::Number(number) => Some(number.text.to_owned()),
                    _ => None,
                };
            }
        } else {
            scanner.skip()?;
        }
        found.push(PageFeature { text: text.get(start..scanner.at()).unwrap_or_default(), id });
    }
    Ok(())
}

/// A count; none for "unknown" and the like.
fn count(scanner: &mut Scanner<'_>) -> Result<Option<u64>, JsonError> {
    let member = scanner.skip()?;
    Ok(member.trim_matches('"').parse().ok())
}

/// The link to what comes next: the one to features, where there are several.
fn next(links: &str) -> Option<String> {
    let links: Value = serde_json::from_str(links).ok()?;
    let mut found = links.as_array()?.iter().filter(|link| {
        link.get("rel").and_then(Value::as_str).is_some_and(|rel| rel.eq_ignore_ascii_case("next"))
    });
    let href = |link: &Value| {
        let href = link.get("href").and_then(Value::as_str)?.trim();
        (!href.is_empty()).then(|| href.to_owned())
    };
    let kind = |link: &&Value| {
        link.get("type").and_then(Value::as_str).is_some_and(|kind| kind.contains("json"))
    };
    let first = found.clone().find(kind);
    first.or_else(|| found.next()).and_then(href)
}

/// What JSON that is no data says: the members that services and RFC 7807 put a reason in.
fn refusal(text: &str) -> String {
    let Ok(value) = serde_json::from_str::<Value>(text) else { return String::new() };
    let exceptions = value.get("exceptions").and_then(|it| it.get(0));
    let places = [exceptions, Some(&value)];
    let names = ["text", "description", "detail", "message", "title", "error"];
    let found = places.into_iter().flatten().find_map(|place| {
        names
            .iter()
            .find_map(|name| place.get(name)?.as_str().map(str::trim).filter(|it| !it.is_empty()))
    });
    found.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"{"type":"FeatureCollection","links":[{"rel":"self","href":"a"},
        {"rel":"next","href":"b","type":"text/html"},{"rel":"next","href":" c ","type":"application/geo+json"}],
        "features":[{"type":"Feature","id":"b.1","geometry":null,"properties":{"id":9}},
        {"properties":{},"id":7} , null, {"id":{"x":1}}],
        "totalFeatures":9,"numberMatched":12,"numberReturned":4,
        "crs":{"type":"name","properties":{"name":"EPSG:31370"}}}"#;

    #[test]
    fn a_page_is_taken_apart() {
        let found = page(GOOD).unwrap();
        let ids: Vec<_> = found.features.iter().map(|it| it.id.as_deref()).collect();
        assert_eq!(ids, [Some("b.1"), Some("7"), None, None]);
        assert_eq!(found.features[1].text, r#"{"properties":{},"id":7}"#);
        assert_eq!((found.matched, found.returned), (Some(12), Some(4)));
        assert_eq!(found.next.as_deref(), Some("c"));
        assert!(found.crs.unwrap().ends_with("EPSG:31370\"}}"));
        let bare =
            page(r#"{"features":[],"totalFeatures":"unknown","crs":null,"links":{}}"#).unwrap();
        assert_eq!(bare, Page::default());
        assert_eq!(page(r#"{"features":[],"totalFeatures":"3"}"#).unwrap().matched, Some(3));
    }

    #[test]
    fn what_is_none_says_why() {
        for (text, said) in [
            (r#"{"code":"NotFound","description":"Geen laag x"}"#, "Geen laag x"),
            (r#"{"exceptions":[{"code":"a","text":"Kapot"}]}"#, "Kapot"),
            (r#"{"title":"Bad Request","status":400}"#, "Bad Request"),
            ("[1, 2]", ""),
            ("7", ""),
            (r#"{"features":{}}"#, ""),
        ] {
            assert_eq!(page(text), Err(NotAPage::Other(said.to_owned())), "{text}");
        }
        assert!(matches!(page("<html>"), Err(NotAPage::NotJson(_))));
        assert!(matches!(page(r#"{"features":[]}x"#), Err(NotAPage::NotJson(_))));
    }

    #[test]
    fn a_page_cut_anywhere_is_told_as_cut_and_a_spoilt_one_is_no_panic() {
        for end in 0..GOOD.len() {
            if !GOOD.is_char_boundary(end) {
                continue;
            }
            let cut = page(&GOOD[..end]);
            assert!(matches!(cut, Err(NotAPage::Cut | NotAPage::NotJson(_))), "{end}: {cut:?}");
            for byte in ['{', '"', ']', '\\', '\0', '9'] {
                let mut spoilt = GOOD.to_owned();
                spoilt.replace_range(end..=end, &byte.to_string());
                let _ = page(&spoilt);
            }
        }
    }
}
