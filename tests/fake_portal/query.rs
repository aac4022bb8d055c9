//! What a request asks of rows: which, in what order, which fields of them.

use super::dataset::Field;
use super::error::ApiError;
use super::odsql::{self, Condition, Group, Ordering, Selection, aggregates, condition};
use super::request::Request;
use super::value::Row;
use super::zone::Zone;

const LANGUAGES: [&str; 11] = ["en", "fr", "nl", "pt", "it", "ar", "de", "es", "ca", "eu", "sv"];

/// `where`, `refine` and `exclude` together.
#[derive(Clone, Debug)]
pub struct Filter {
    conditions: Vec<Condition>,
    refined: Vec<(usize, String)>,
    excluded: Vec<(usize, String)>,
}

impl Filter {
    pub fn read(request: &Request, fields: &[Field]) -> Result<Filter, ApiError> {
        let facet = |name: &'static str| {
            let read = move |text: &str| {
                let (facet, value) = text
                    .split_once(':')
                    .ok_or_else(|| ApiError::parameter(name, text, "FACETNAME:FACETVALUE"))?;
                let found = odsql::column(fields, facet);
                let column = found.ok_or_else(|| ApiError::unknown_field(name, facet))?;
                Ok::<_, ApiError>((column, value.trim_matches('"').to_owned()))
            };
            request.all(name).map(read).collect::<Result<Vec<_>, _>>()
        };
        let wheres = request.all("where").map(|text| condition(text, fields));
        Ok(Filter {
            conditions: wheres.collect::<Result<_, _>>()?,
            refined: facet("refine")?,
            excluded: facet("exclude")?,
        })
    }

    pub fn keeps(&self, row: &Row) -> bool {
        self.conditions.iter().all(|condition| condition.holds(row))
            && self.refined.iter().all(|(column, value)| row[*column].refined_by(value))
            && !self.excluded.iter().any(|(column, value)| row[*column].refined_by(value))
    }

    pub fn keeps_all(&self) -> bool {
        self.conditions.is_empty() && self.refined.is_empty() && self.excluded.is_empty()
    }

    /// Whether a facet's value is one refined on.
    pub fn refines(&self, column: usize, value: &str) -> bool {
        self.refined.iter().any(|(at, wanted)| *at == column && wanted == value)
    }
}

/// All of it.
pub struct Query {
    pub filter: Filter,
    pub group: Option<Group>,
    pub selection: Selection,
    pub order: Option<Ordering>,
    pub zone: Zone,
}

impl Query {
    pub fn read(request: &Request, fields: &[Field]) -> Result<Query, ApiError> {
        let (select, by) = (request.parameter("select"), request.parameter("group_by"));
        let group = if by.is_some() || select.is_some_and(aggregates) {
            Some(Group::read(by, select, fields)?)
        } else {
            None
        };
        // What comes out of groups is ordered and told by the names of the groups.
        let out = group.as_ref().map_or(fields, |group| &group.fields);
        let selection = match select.filter(|_| group.is_none()) {
            Some(select) => Selection::read(select, out)?,
            None => Selection::everything(out),
        };
        let order = request.parameter("order_by");
        Ok(Query {
            filter: Filter::read(request, fields)?,
            selection,
            order: order.map(|order| Ordering::read(order, out)).transpose()?,
            zone: zone(request)?,
            group,
        })
    }
}

/// The time zone asked for; also refuses a language the platform does not speak.
pub fn zone(request: &Request) -> Result<Zone, ApiError> {
    if let Some(lang) = request.parameter("lang")
        && !LANGUAGES.contains(&lang)
    {
        return Err(ApiError::parameter("lang", lang, &format!("one of {LANGUAGES:?}")));
    }
    let name = request.parameter("timezone").unwrap_or("UTC");
    Zone::named(name).ok_or_else(|| ApiError::parameter("timezone", name, "a known time zone"))
}

/// A flag that a request may set.
pub fn flag(request: &Request, name: &str, otherwise: bool) -> Result<bool, ApiError> {
    match request.parameter(name) {
        None => Ok(otherwise),
        Some("true") => Ok(true),
        Some("false") => Ok(false),
        Some(other) => Err(ApiError::parameter(name, other, "true or false")),
    }
}
