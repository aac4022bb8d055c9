//! The catalogue: datasets as rows to search, and each as the platform describes it.

use serde_json::{Map, Value as Json, json};

use super::answer::Answer;
use super::dataset::{Field, Kind, LICENCE};
use super::error::ApiError;
use super::odsql::{Ordering, column};
use super::page::page;
use super::query::{Filter, zone};
use super::request::Request;
use super::value::{Row, Value};
use super::view::View;
use super::zone::Zone;

/// The fields a catalogue is searched, refined and ordered by.
pub fn fields() -> Vec<Field> {
    let facet = |name: &str, kind| Field { facet: true, ..Field::new(name, kind) };
    vec![
        Field::new("dataset_id", Kind::Text),
        Field::new("title", Kind::Text),
        Field::new("description", Kind::Text),
        facet("theme", Kind::Text),
        facet("keyword", Kind::Text),
        facet("publisher", Kind::Text),
        facet("license", Kind::Text),
        facet("features", Kind::Text),
        facet("language", Kind::Text),
        facet("update_frequency", Kind::Text),
        facet("modified", Kind::DateTime),
        Field::new("data_processed", Kind::DateTime),
        Field::new("records_count", Kind::Int),
        Field::new("attributions", Kind::Text),
        Field::new("geometry_types", Kind::Text),
    ]
}

/// A dataset as a row of those fields.
pub fn row(view: &View) -> Row {
    let dataset = &view.dataset;
    let theme = match &dataset.theme {
        Json::Null => Value::Null,
        Json::String(theme) => Value::from(theme.clone()),
        list => Value::List(
            list.as_array().into_iter().flatten().filter_map(text).map(Value::from).collect(),
        ),
    };
    vec![
        Value::from(dataset.id.clone()),
        Value::from(dataset.title.clone()),
        Value::from(dataset.description.clone()),
        theme,
        Value::from(dataset.keywords.clone()),
        Value::from(dataset.publisher),
        Value::from(dataset.licence),
        Value::from(features(view)),
        Value::from("nl"),
        Value::from(dataset.update_frequency),
        Value::from(dataset.modified),
        Value::from(view.processed()),
        Value::from(view.told(view.len())),
        Value::from(dataset.attributions.clone()),
        Value::from(dataset.geometry_types.to_vec()),
    ]
}

fn text(json: &Json) -> Option<String> {
    json.as_str().map(str::to_owned)
}

fn features(view: &View) -> Vec<&'static str> {
    let mut features = vec!["analyze"];
    let has = |wanted: fn(Kind) -> bool| view.dataset.fields.iter().any(|f| wanted(f.kind));
    if has(Kind::is_place) {
        features.push("geo");
    }
    if has(|kind| matches!(kind, Kind::Date | Kind::DateTime)) {
        features.push("timeserie");
    }
    features
}

/// What `/catalog/datasets` answers of the datasets given.
pub fn search(views: &[View], request: &Request) -> Result<Answer, ApiError> {
    let fields = fields();
    let filter = Filter::read(request, &fields)?;
    let (offset, limit) = page(request, false)?;
    let zone = zone(request)?;
    let mut kept: Vec<(Row, &View)> =
        views.iter().map(|view| (row(view), view)).filter(|(row, _)| filter.keeps(row)).collect();
    if let Some(order) = request.parameter("order_by") {
        let order = Ordering::read(order, &fields)?;
        kept.sort_by(|(a, _), (b, _)| order.of(&order.key(a), &order.key(b)));
    }
    let shown = kept.iter().skip(offset).take(limit);
    let results = shown.map(|(row, view)| describe(view, row, &fields, request, zone));
    let results = results.collect::<Result<Vec<_>, _>>()?;
    Ok(Answer::json(200, &json!({ "total_count": kept.len(), "results": results })))
}

/// What `/catalog/datasets/{id}` answers.
pub fn one(view: &View, request: &Request) -> Result<Answer, ApiError> {
    let zone = zone(request)?;
    Ok(Answer::json(200, &describe(view, &row(view), &fields(), request, zone)?))
}

/// A dataset's description, or of it what `select` names.
fn describe(
    view: &View,
    row: &Row,
    fields: &[Field],
    request: &Request,
    zone: Zone,
) -> Result<Json, ApiError> {
    let whole = whole(view, request.parameter("lang"), zone);
    let Some(select) = request.parameter("select").filter(|select| *select != "*") else {
        return Ok(whole);
    };
    let mut chosen = Map::new();
    for name in select.split(',').map(str::trim) {
        let found = whole.get(name).cloned().or_else(|| {
            let mut text = Vec::new();
            row[column(fields, name)?].write_json(zone, &mut text).ok()?;
            serde_json::from_slice(&text).ok()
        });
        let found = found.ok_or_else(|| ApiError::unknown_field("select", name))?;
        chosen.insert(name.to_owned(), found);
    }
    Ok(Json::Object(chosen))
}

fn whole(view: &View, lang: Option<&str>, zone: Zone) -> Json {
    let dataset = &view.dataset;
    let translated = dataset.title_en.as_ref().filter(|_| lang == Some("en"));
    let licence_url = dataset.licence.filter(|licence| *licence == LICENCE).map(
        |_| "https://www.vlaanderen.be/digitaal-vlaanderen/modellicentie-gratis-hergebruik-v10",
    );
    let mut metas = json!({
        "title": translated.unwrap_or(&dataset.title),
        "description": dataset.description,
        "theme": dataset.theme,
        "keyword": if dataset.keywords.is_empty() { Json::Null } else { json!(dataset.keywords) },
        "license": dataset.licence,
        "license_url": licence_url,
        "language": "nl",
        "metadata_languages": if dataset.title_en.is_some() { json!(["nl", "en"]) } else { json!(["nl"]) },
        "timezone": null,
        "modified": dataset.modified.map(|time| zone.write(time)),
        "modified_updates_on_metadata_change": false,
        "modified_updates_on_data_change": dataset.live,
        "data_processed": zone.write(view.processed()),
        "metadata_processed": zone.write(view.processed()),
        "geographic_reference": ["be_80_44021"],
        "territory": null,
        "geometry_types": if dataset.geometry_types.is_empty() { Json::Null } else { json!(dataset.geometry_types) },
        "bbox": bbox(view),
        "publisher": dataset.publisher,
        "references": null,
        "records_count": view.told(view.len()),
        "attributions": dataset.attributions,
        "source_domain": null,
        "federated": false,
        "parent_domain": null,
        "update_frequency": dataset.update_frequency,
    });
    // Some portals answer variants by language beside the field itself.
    if dataset.title_en.is_some() {
        metas["title_nl"] = json!(dataset.title);
        metas["title_en"] = json!(dataset.title_en);
        metas["description_nl"] = json!(dataset.description);
        metas["theme_nl"] = dataset.theme.clone();
    }
    json!({
        "visibility": "domain",
        "dataset_id": dataset.id,
        "dataset_uid": format!("da_{:06x}", dataset.id.bytes().fold(7_u32, |sum, byte| {
            (sum.wrapping_mul(31) + u32::from(byte)) & 0x00ff_ffff
        })),
        "has_records": view.len() > 0,
        "data_visible": true,
        "features": features(view),
        "attachments": [],
        "alternative_exports": [],
        "fields": view.fields().iter().map(Field::json).collect::<Vec<_>>(),
        "metas": { "default": metas },
    })
}

/// The box around the dataset as a Feature; the platform keeps it, so it does not follow changes.
fn bbox(view: &View) -> Json {
    let Some([west, south, east, north]) = view.dataset.extent(&view.moment) else {
        return Json::Null;
    };
    json!({
        "type": "Feature",
        "geometry": {
            "type": "Polygon",
            "coordinates": [[
                [west, south], [east, south], [east, north], [west, north], [west, south],
            ]],
        },
        "properties": {},
    })
}
