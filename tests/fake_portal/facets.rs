//! Facets: how often each value of a field occurs.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::answer::Answer;
use super::dataset::Field;
use super::error::ApiError;
use super::odsql::column;
use super::query::{Filter, zone};
use super::request::Request;
use super::value::Row;

/// The facets of rows: those asked for, or all that the fields have.
pub fn facets(
    fields: &[Field],
    rows: impl Iterator<Item = Row>,
    request: &Request,
) -> Result<Answer, ApiError> {
    let filter = Filter::read(request, fields)?;
    zone(request)?;
    let mut columns = Vec::new();
    for name in request.all("facet") {
        let found = column(fields, name).ok_or_else(|| ApiError::unknown_field("facet", name))?;
        columns.push(found);
    }
    if columns.is_empty() {
        columns = (0..fields.len()).filter(|column| fields[*column].facet).collect();
    }
    let mut counts = vec![BTreeMap::<String, usize>::new(); columns.len()];
    for row in rows.filter(|row| filter.keeps(row)) {
        for (counts, column) in counts.iter_mut().zip(&columns) {
            for value in row[*column].facets() {
                *counts.entry(value).or_default() += 1;
            }
        }
    }
    let told = columns.iter().zip(counts).map(|(column, counts)| {
        let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let value = |(value, count): (String, usize)| {
            let state = if filter.refines(*column, &value) { "refined" } else { "displayed" };
            json!({ "name": value, "count": count, "state": state, "value": value })
        };
        let values: Vec<Json> = counts.into_iter().map(value).collect();
        json!({ "name": fields[*column].name, "facets": values })
    });
    Ok(Answer::json(200, &json!({ "links": [], "facets": told.collect::<Vec<_>>() })))
}
