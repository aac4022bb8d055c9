//! How old the records of a live dataset are, by a field that says when each was last measured.

use std::time::Duration;

use chrono::{DateTime, NaiveDateTime, TimeZone as _, Utc};

use super::rhythm::is_stale;
use crate::i18n::fold;
use crate::jobs::{Cancelled, Watch};
use crate::table::{DateTimeForm, Field, FieldKind, Offset, RowSet, Table, Value};

/// How old the records of a table are.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordAges {
    /// The position of the field that says so.
    pub field: usize,
    /// The oldest moment; none where no record has one.
    pub oldest: Option<DateTime<Utc>>,
    /// The records that are much older than the dataset's rhythm: see [`super::stale_after`].
    pub stale: RowSet,
}

/// Rows between two looks at whether the person cancelled.
const RUN: usize = 1 << 13;

/// Finds how old records are; none where no field says so.
///
/// # Errors
/// When the person cancelled.
pub fn record_ages(
    table: &Table,
    now: DateTime<Utc>,
    period: Duration,
    watch: &Watch,
) -> Result<Option<RecordAges>, Cancelled> {
    let Some(field) = moment_field(table) else { return Ok(None) };
    let mut oldest: Option<DateTime<Utc>> = None;
    let mut stale = Vec::new();
    for row in 0..table.rows() {
        if row % RUN == 0 {
            watch.check()?;
        }
        let Some(at) = moment(table.value(row, field)) else { continue };
        oldest = Some(oldest.map_or(at, |oldest| oldest.min(at)));
        if is_stale(at, now, period) {
            stale.push(row);
        }
    }
    Ok(Some(RecordAges { field, oldest, stale: RowSet::of(table.rows(), stale) }))
}

/// The field that says when a record was last measured: one of moments whose name or label has
/// words for it, those that speak of an update first.
fn moment_field(table: &Table) -> Option<usize> {
    let has_moments = |(at, field): &(usize, &Field)| match field.kind {
        FieldKind::DateTime(_) => true,
        FieldKind::Text => {
            // Moments of several forms are text.
            let values = (0..table.rows()).map(|row| table.value(row, *at));
            values.filter(|value| !value.is_null()).take(5).any(|value| moment(value).is_some())
        }
        _ => false,
    };
    let ranked = table.fields.iter().enumerate().filter_map(|(at, field)| {
        let rank = rank(&field.name).min(field.label.as_deref().map_or(u8::MAX, rank));
        (rank < u8::MAX).then_some((rank, at, field))
    });
    let mut ranked: Vec<_> = ranked.collect();
    ranked.sort_by_key(|(rank, at, _)| (*rank, *at));
    let found = ranked.into_iter().find(|(_, at, field)| has_moments(&(*at, *field)));
    found.map(|(_, at, _)| at)
}

/// How surely a name speaks of when a record was last measured: 0 most, [`u8::MAX`] not at all.
fn rank(name: &str) -> u8 {
    const UPDATES: [&str; 9] = [
        "update",
        "bijgewerkt",
        "bijwerking",
        "mise a jour",
        "maj",
        "last reported",
        "laatst gezien",
        "last seen",
        "gewijzigd",
    ];
    const TIMES: [&str; 10] = [
        "timestamp",
        "time",
        "tijd",
        "tijdstip",
        "tijdstempel",
        "datetime",
        "datum tijd",
        "heure",
        "horodatage",
        "moment",
    ];
    let name = fold(name).replace(|letter: char| !letter.is_alphanumeric(), " ");
    let words: Vec<&str> = name.split(' ').collect();
    if UPDATES.iter().any(|word| name.contains(word)) {
        0
    } else if TIMES.iter().any(|word| words.contains(word) || name == *word) {
        1
    } else {
        u8::MAX
    }
}

/// The moment of a value; a time without offset is by this machine's clock.
fn moment(value: Value<'_>) -> Option<DateTime<Utc>> {
    let (at, form) = match value {
        Value::DateTime(at, form) => (at, form),
        Value::Text(text) => DateTimeForm::read(text.trim()).or_else(|| long_fraction(text))?,
        _ => return None,
    };
    if form.offset == Offset::None { of_this_machine(at) } else { Some(at.and_utc()) }
}

/// With more digits of a second than columns keep.
fn long_fraction(text: &str) -> Option<(NaiveDateTime, DateTimeForm)> {
    let at = DateTime::parse_from_rfc3339(text.trim()).ok()?;
    let form = DateTimeForm { separator: 'T', fraction: Some(3), offset: Offset::Zulu };
    Some((at.naive_utc(), form))
}

fn of_this_machine(at: NaiveDateTime) -> Option<DateTime<Utc>> {
    chrono::Local.from_local_datetime(&at).earliest().map(|at| at.to_utc())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{ArrayRef, StringArray};

    use super::*;

    fn table(fields: &[(&str, [Option<&str>; 4])]) -> Table {
        let text = |values: &[Option<&str>; 4]| -> ArrayRef {
            Arc::new(StringArray::from(values.to_vec()))
        };
        let columns = fields.iter().map(|(_, values)| text(values)).collect();
        let named = |(name, _): &(&str, _)| Field::new(*name, FieldKind::Text);
        let fields = fields.iter().map(named).collect();
        Table::new("t", 4, fields, columns, None).unwrap()
    }

    #[test]
    fn the_field_with_words_for_it_says_how_old_records_are() {
        let times = [
            Some("2026-11-23T14:00:00Z"),
            Some("2026-11-23T15:01:00.123456+01:00"),
            None,
            Some("2026-11-23T09:30:00+00:00"),
        ];
        let other = [Some("2020-01-01T00:00:00Z"); 4];
        let table = table(&[("opentime", other), ("time", other), ("lastupdate", times)]);
        let now = "2026-11-23T14:05:00Z".parse().unwrap();
        let watch = Watch::unwatched();
        let ages = record_ages(&table, now, Duration::from_mins(1), &watch);
        let ages = ages.unwrap().unwrap();
        assert_eq!(ages.field, 2);
        assert_eq!(ages.oldest, "2026-11-23T09:30:00Z".parse().ok());
        assert_eq!(ages.stale.iter().collect::<Vec<_>>(), [3]);
    }

    #[test]
    fn names_in_three_languages_are_known_and_others_are_not() {
        for name in [
            "lastupdate",
            "last_update",
            "LastUpdated",
            "updated_at",
            "laatst_bijgewerkt",
            "Dernière mise à jour",
            "timestamp",
            "tijdstip",
            "time",
            "last_reported",
        ] {
            assert!(rank(name) < u8::MAX, "{name}");
        }
        for name in ["naam", "openingstijden", "lifetime", "openingtime", "bouwdatum"] {
            assert_eq!(rank(name), u8::MAX, "{name}");
        }
        let names = [Some("a"), Some("b"), None, None];
        let none = table(&[("time", names), ("naam", names)]);
        let now = Utc::now();
        let found = record_ages(&none, now, Duration::from_mins(1), &Watch::unwatched());
        assert_eq!(found, Ok(None));
    }
}
