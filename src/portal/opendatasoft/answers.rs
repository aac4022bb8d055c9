//! What the Explore API answers. Every member may be missing, null, a text or a list of texts.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};
use serde_json::Value;

use super::super::dataset::{Dataset, DatasetField};
use super::super::{Page, Records};
use crate::i18n::Language;
use crate::table::Extent;

/// A page of the catalogue.
pub(super) fn page(answer: &Value, language: Language) -> Option<Page> {
    let results = answer.get("results")?.as_array()?;
    let datasets: Vec<Dataset> =
        results.iter().filter_map(|result| dataset(result, language)).collect();
    let total = answer.get("total_count").and_then(Value::as_u64)?;
    let unreadable = results.len().saturating_sub(datasets.len());
    Some(Page { total, datasets, unreadable: u64::try_from(unreadable).unwrap_or(u64::MAX) })
}

/// A dataset; none when it has no identifier.
pub(super) fn dataset(answer: &Value, language: Language) -> Option<Dataset> {
    let id = answer.get("dataset_id").and_then(Value::as_str)?;
    if !super::super::address::is_dataset_id(id) {
        return None;
    }
    let none = Value::Null;
    let metas = answer.get("metas").unwrap_or(&none);
    let meta = metas.get("default").unwrap_or(&none);
    // A text in the person's language stands beside the other, where there is one.
    let in_words = |name: &str| {
        let translated = meta.get(format!("{name}_{}", language.code()));
        let found = text(translated).or_else(|| text(meta.get(name)));
        found.unwrap_or_default()
    };
    let title = Some(in_words("title")).filter(|title| !title.is_empty());
    let dcat = metas.get("dcat").unwrap_or(&none);
    let frequency = text(meta.get("update_frequency"));
    let frequency = frequency.or_else(|| text(dcat.get("accrualperiodicity")));
    Some(Dataset {
        id: id.to_owned(),
        title: title.unwrap_or_else(|| id.to_owned()),
        description: in_words("description"),
        has_records: answer.get("has_records").and_then(Value::as_bool).unwrap_or(true),
        fields: fields(answer.get("fields"), language),
        themes: texts(meta.get("theme")),
        keywords: texts(meta.get("keyword")),
        publisher: in_words("publisher"),
        licence: text(meta.get("license")).unwrap_or_default(),
        licence_url: text(meta.get("license_url")).unwrap_or_default(),
        attributions: texts(meta.get("attributions")),
        modified: text(meta.get("modified")).as_deref().and_then(moment),
        data_processed: text(meta.get("data_processed")).as_deref().and_then(moment),
        geometry_types: texts(meta.get("geometry_types")),
        bbox: meta.get("bbox").and_then(extent),
        records: meta.get("records_count").and_then(Value::as_u64),
        update_frequency: frequency.unwrap_or_default(),
    })
}

/// Rows of a page of records, and how many records there are.
pub(super) fn records(answer: &Value) -> Option<Records> {
    let total = answer.get("total_count").and_then(Value::as_u64)?;
    let rows = answer.get("results")?.as_array()?;
    let rows = rows.iter().filter_map(|row| row.as_object().cloned()).collect();
    Some(Records { total, rows })
}

fn fields(value: Option<&Value>, language: Language) -> Vec<DatasetField> {
    let list = value.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let field = |value: &Value| {
        let name = value.get("name").and_then(Value::as_str)?.to_owned();
        let translated = text(value.get(format!("label_{}", language.code())));
        let label = translated.or_else(|| text(value.get("label")));
        Some(DatasetField {
            label: label.unwrap_or_else(|| name.clone()),
            kind: value.get("type").and_then(Value::as_str).unwrap_or_default().into(),
            description: text(value.get("description")).unwrap_or_default(),
            several: value.pointer("/annotations/multivalued").is_some_and(|it| !it.is_null()),
            name,
        })
    };
    list.iter().filter_map(field).collect()
}

/// A text that says something.
fn text(value: Option<&Value>) -> Option<String> {
    let all = texts(value);
    (!all.is_empty()).then(|| all.join(", "))
}

fn texts(value: Option<&Value>) -> Vec<String> {
    let one = |value: &Value| match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    match value {
        Some(Value::Array(list)) => list.iter().filter_map(one).collect(),
        Some(value) => one(value).into_iter().collect(),
        None => Vec::new(),
    }
}

/// A moment; a day alone is its beginning in UTC.
fn moment(text: &str) -> Option<DateTime<FixedOffset>> {
    let whole = DateTime::parse_from_rfc3339(text);
    let without_colon = || DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z");
    let day = || {
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
        Some(day.and_time(NaiveTime::MIN).and_utc().fixed_offset())
    };
    whole.or_else(|_| without_colon()).ok().or_else(day)
}

/// The box around all positions of a GeoJSON geometry or feature.
fn extent(value: &Value) -> Option<Extent> {
    fn walk(value: &Value, found: &mut Extent) {
        let Some(list) = value.as_array() else { return };
        if let [Value::Number(x), Value::Number(y), ..] = list.as_slice() {
            if let (Some(x), Some(y)) = (x.as_f64(), y.as_f64()) {
                found.min_x = found.min_x.min(x);
                found.min_y = found.min_y.min(y);
                found.max_x = found.max_x.max(x);
                found.max_y = found.max_y.max(y);
            }
        } else {
            list.iter().for_each(|inner| walk(inner, found));
        }
    }
    let geometry = value.get("geometry").unwrap_or(value);
    let (least, most) = (f64::NEG_INFINITY, f64::INFINITY);
    let mut found = Extent { min_x: most, min_y: most, max_x: least, max_y: least };
    walk(geometry.get("coordinates")?, &mut found);
    (found.min_x <= found.max_x && found.min_y <= found.max_y).then_some(found)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn whatever_is_missing_or_of_another_shape_is_empty() {
        let bare = dataset(&json!({"dataset_id": "x"}), Language::Dutch).unwrap();
        let expected =
            Dataset { id: "x".into(), title: "x".into(), has_records: true, ..Dataset::default() };
        assert_eq!(bare, expected);
        assert_eq!(dataset(&json!({"dataset_id": "../x"}), Language::Dutch), None);
        assert_eq!(page(&json!({"error": "no"}), Language::Dutch), None);
        let odd = json!({"dataset_id": "x", "fields": null, "metas": {"default": {
            "title": "Trees", "title_nl": "Bomen", "theme": "Natuur", "keyword": ["a", "", null, "b"],
            "modified": "2026-02-03", "data_processed": "2026-11-20T02:00:00+00:00",
            "records_count": 12, "attributions": null, "bbox": {"type": "Feature", "geometry":
                {"type": "Polygon", "coordinates": [[[3.6, 51.0], [3.8, 51.0], [3.8, 51.1]]]}}}}});
        let odd = dataset(&odd, Language::Dutch).unwrap();
        assert_eq!((&*odd.title, &odd.themes[..]), ("Bomen", &["Natuur".to_owned()][..]));
        assert_eq!(odd.keywords, ["a", "b"]);
        assert_eq!(odd.modified.unwrap().to_rfc3339(), "2026-02-03T00:00:00+00:00");
        let bbox = Extent { min_x: 3.6, min_y: 51.0, max_x: 3.8, max_y: 51.1 };
        assert_eq!((odd.bbox, odd.records), (Some(bbox), Some(12)));
    }
}
