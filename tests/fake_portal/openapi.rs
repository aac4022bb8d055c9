//! Whether a request keeps to the vendor's OpenAPI document.

use std::path::Path;
use std::sync::LazyLock;

use serde_json::Value as Json;

use super::request::Request;

/// The document, where the shared data of the tests are at hand.
static DOCUMENT: LazyLock<Option<Json>> = LazyLock::new(|| {
    let folder = std::env::var_os("BELFORT_TEST_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"), Into::into);
    let text = std::fs::read(folder.join("real/ods-api/openapi-explore-v2.1.json")).ok();
    if text.is_none() {
        eprintln!("skipped: requests are not held against the vendor's OpenAPI document");
    }
    text.and_then(|text| serde_json::from_slice(&text).ok())
});

/// Holds what the program itself asked against the document.
pub fn inspect(requests: &[Request]) {
    let own = |request: &&Request| {
        request.headers.get("user-agent").is_some_and(|agent| agent.starts_with("Belfort/"))
    };
    for request in requests.iter().filter(own) {
        if let Some(document) = &*DOCUMENT
            && let Err(wrong) = conforms(request, document)
        {
            panic!("a request against the vendor's document: {wrong}");
        }
    }
}

/// Ok if the request's method, path and every query parameter are ones of the document, with
/// values it allows; else what is wrong. Also holds the rules that the document states in words:
/// `offset + limit` below 10,000 (20,000 with groups), `refine` and `exclude` as `facet:value`.
pub fn conforms(request: &Request, openapi: &Json) -> Result<(), String> {
    let wrong = |what: String| Err(format!("{} {}: {what}", request.method, request.path));
    if request.method != "GET" {
        return wrong("only GET is described".to_owned());
    }
    let Some(path) = request.api_path() else { return wrong("outside the API".to_owned()) };
    let paths = openapi["paths"].as_object().ok_or("no paths in the document")?;
    let mut known = Vec::new();
    let mut found = false;
    for (template, about) in paths {
        let Some(values) = fit(template, path) else { continue };
        let parameters = about["get"]["parameters"].as_array();
        let parameters: Vec<&Json> =
            parameters.into_iter().flatten().map(|one| resolved(one, openapi)).collect();
        let allowed = |(name, value): &(String, String)| {
            let parameter = parameters.iter().find(|one| one["name"] == **name)?;
            check(parameter, value, openapi, false).err()
        };
        if values.iter().any(|value| allowed(value).is_some()) {
            continue;
        }
        found = true;
        known.extend(parameters.into_iter().filter(|one| one["in"] == "query"));
    }
    if !found {
        return wrong("no such path".to_owned());
    }
    let grouped = request.parameter("group_by").is_some();
    for (name, value) in &request.query {
        let Some(parameter) = known.iter().find(|one| one["name"] == *name.as_str()) else {
            return wrong(format!("no parameter {name}"));
        };
        let repeatable = parameter["explode"] == true;
        if !repeatable && request.all(name).count() > 1 {
            return wrong(format!("{name} is given more than once"));
        }
        if let Err(what) = check(parameter, value, openapi, grouped && name == "limit") {
            return wrong(format!("{name}={value}: {what}"));
        }
        if matches!(name.as_str(), "refine" | "exclude") && !value.contains(':') {
            return wrong(format!("{name}={value}: not FACETNAME:FACETVALUE"));
        }
    }
    let export = path.contains("/exports");
    let number = |name, otherwise| {
        request.parameter(name).and_then(|text| text.parse::<i64>().ok()).unwrap_or(otherwise)
    };
    let end = if grouped { 20_000 } else { 10_000 };
    if !export && number("offset", 0) + number("limit", 10) >= end {
        return wrong(format!("offset + limit is not below {end}"));
    }
    Ok(())
}

/// The named parts of a path that fits a template such as `/a/{b}`; none where it does not.
fn fit(template: &str, path: &str) -> Option<Vec<(String, String)>> {
    let (mut values, parts) = (Vec::new(), path.trim_end_matches('/').split('/'));
    let mut wanted = template.split('/');
    for part in parts {
        let wanted = wanted.next()?;
        if let Some(open) = wanted.find('{') {
            let close = wanted.find('}')?;
            let value = part.strip_prefix(&wanted[..open])?.strip_suffix(&wanted[close + 1..])?;
            if value.is_empty() {
                return None;
            }
            values.push((wanted[open + 1..close].to_owned(), value.to_owned()));
        } else if wanted != part {
            return None;
        }
    }
    wanted.next().is_none().then_some(values)
}

fn resolved<'a>(one: &'a Json, openapi: &'a Json) -> &'a Json {
    match one["$ref"].as_str().and_then(|reference| reference.strip_prefix('#')) {
        Some(pointer) => openapi.pointer(pointer).unwrap_or(&Json::Null),
        None => one,
    }
}

fn check(parameter: &Json, value: &str, openapi: &Json, unlimited: bool) -> Result<(), String> {
    let schema = resolved(&parameter["schema"], openapi);
    if let Some(options) = schema["enum"].as_array()
        && !options.iter().any(|option| option == value)
    {
        return Err("not one of the values listed".to_owned());
    }
    match schema["type"].as_str() {
        Some("integer") => {
            let number: i64 = value.parse().map_err(|_| "not an integer".to_owned())?;
            if schema["minimum"].as_i64().is_some_and(|least| number < least) {
                return Err("below the minimum".to_owned());
            }
            if !unlimited && schema["maximum"].as_i64().is_some_and(|most| number > most) {
                return Err("above the maximum".to_owned());
            }
            Ok(())
        }
        Some("boolean") if !matches!(value, "true" | "false") => {
            Err("not true or false".to_owned())
        }
        _ => Ok(()),
    }
}
