//! The table of rows that are put where their names are, with columns that say how.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::{ArrayRef, StringArray};

use super::placing::{Decision, Placed, PlacedRow, place_rows};
use super::spot::spot;
use crate::crs::{Crs, HowFound, LayerCrs};
use crate::i18n::{Arg, Language, tr};
use crate::jobs::{Cancelled, Watch};
use crate::names::{Gazetteer, How, Outcome};
use crate::table::{Field, FieldKind, GeometryBuilder, Table, free_name};

/// A layer whose names are looked for.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// Its table; none where it is gone, or could not be read.
    pub table: Option<&'a Table>,
    /// What it is called; empty for one that is gone.
    pub title: &'a str,
    /// The field of its names.
    pub field: &'a str,
}

/// What is wanted.
#[derive(Clone, Debug)]
pub struct ByName<'a> {
    /// The fields in which names are looked for, the first in which one is found counts.
    pub fields: &'a [String],
    /// The layers, the finest first.
    pub layers: &'a [Names<'a>],
    /// What a person decided.
    pub decisions: &'a [Decision],
    /// Whether what is only like a name counts.
    pub with_near: bool,
    /// The language of the names and the words of the columns added.
    pub language: Language,
}

/// A table whose rows lie where their names are, each at one point, in WGS 84. What could not be
/// placed is counted among its problems, and has no geometry. Three columns are added: the name of
/// the place, its layer, and how it was found.
///
/// # Errors
/// When the person cancelled.
pub fn table_by_name(
    table: &Arc<Table>,
    by: &ByName<'_>,
    watch: &Watch,
) -> Result<(Table, Placed), Cancelled> {
    let mut gazetteer = Gazetteer::default();
    let mut missing: Vec<String> = Vec::new();
    for names in by.layers {
        let found = names.table.and_then(|table| Some((table, table.field_index(names.field)?)));
        if let Some((table, column)) = found {
            gazetteer.add(table, column, watch)?;
        } else {
            missing.push(format!("{} ({})", names.title, names.field));
            gazetteer.add_none();
        }
    }
    let columns: Vec<usize> =
        by.fields.iter().filter_map(|field| table.field_index(field)).collect();
    let placed = place_rows(table, &columns, &gazetteer, by.decisions, by.with_near, watch)?;
    let spots = Spots::of(&placed, by.layers);
    let mut builder = GeometryBuilder::with_capacity(table.rows(), table.rows());
    for row in &placed.rows {
        match row.place.as_ref().and_then(|place| spots.at(place.layer, &place.name)) {
            Some(at) => builder.push_point(at),
            None => builder.push_null(),
        }
    }
    let crs = LayerCrs::new(Crs::wgs84(), HowFound::Format);
    let added = added(table, &placed, by);
    let made = builder.finish().ok().and_then(|geometry| {
        let made = table.with_place(geometry, crs, added);
        made.map_err(|error| log::error!("{error}")).ok()
    });
    // A defect: the table is as it was.
    let mut made = made.unwrap_or_else(|| table.shallow_copy());
    let problems = &mut made.origin.problems;
    for layer in missing {
        problems.report("problem-names-no-layer", 1, vec![("layer", Arg::Text(layer))], None);
    }
    if columns.is_empty() && !by.fields.is_empty() {
        let fields = vec![("field", Arg::Text(by.fields.join(", ")))];
        problems.report("problem-names-no-field", 1, fields, None);
    }
    let count = |outcome| u64::try_from(placed.count(outcome)).unwrap_or(u64::MAX);
    problems.add("problem-names-unmatched", count(Outcome::Unmatched));
    problems.add("problem-names-ambiguous", count(Outcome::Ambiguous));
    if !by.with_near {
        problems.add("problem-names-near", count(Outcome::Near));
    }
    problems.add("problem-names-none", count(Outcome::NoName));
    Ok((made, placed))
}

/// The points of the places that rows were put at.
struct Spots(HashMap<(usize, String), [f64; 2]>);

impl Spots {
    fn of(placed: &Placed, layers: &[Names<'_>]) -> Spots {
        let mut keys: Vec<Vec<(String, [f64; 2])>> = vec![Vec::new(); layers.len()];
        let mut seen: std::collections::HashSet<(usize, &str)> = std::collections::HashSet::new();
        for place in placed.rows.iter().filter_map(|row| row.place.as_ref()) {
            let table = layers.get(place.layer).and_then(|names| names.table);
            let is_new = seen.insert((place.layer, &place.name));
            let at = table.filter(|_| is_new).and_then(|table| spot(table, &place.rows));
            if let Some((at, keys)) = at.zip(keys.get_mut(place.layer)) {
                keys.push((place.name.clone(), at));
            }
        }
        let mut spots = HashMap::new();
        for (layer, (keys, names)) in keys.into_iter().zip(layers).enumerate() {
            let mut points: Vec<[f64; 2]> = keys.iter().map(|(_, at)| *at).collect();
            let crs = names.table.and_then(|table| table.crs.as_ref());
            let known = crs.is_some_and(|crs| crs.to_lon_lat(&mut points).is_ok());
            if !known {
                continue;
            }
            for ((name, _), at) in keys.into_iter().zip(points) {
                if at.iter().all(|it| it.is_finite()) {
                    spots.insert((layer, name), at);
                }
            }
        }
        Spots(spots)
    }

    fn at(&self, layer: usize, name: &str) -> Option<[f64; 2]> {
        self.0.get(&(layer, name.to_owned())).copied()
    }
}

/// The word for how the place of a row was found.
pub fn word(placed: &Placed, row: &PlacedRow, language: Language) -> String {
    let found = row.found.and_then(|at| placed.found.get(at)).map(|(_, found)| found.outcome);
    let id = match (row.decided, &row.place) {
        (true, Some(_)) => "names-how-decided",
        (true, None) => "names-how-nowhere",
        (false, Some(place)) => match place.how {
            How::Exact => "names-how-exact",
            How::Normalised => "names-how-normalised",
            How::Near => "names-how-near",
        },
        (false, None) => match found.unwrap_or(Outcome::NoName) {
            Outcome::Ambiguous => "names-how-ambiguous",
            Outcome::Near => "names-how-proposed",
            Outcome::NoName => "names-how-no-name",
            Outcome::Matched | Outcome::Unmatched => "names-how-unmatched",
        },
    };
    tr(language, id)
}

fn added(table: &Table, placed: &Placed, by: &ByName<'_>) -> (Vec<Field>, Vec<ArrayRef>) {
    let place = |row: &PlacedRow| row.place.as_ref().map(|place| place.name.clone());
    let layer = |row: &PlacedRow| {
        let place = row.place.as_ref()?;
        by.layers.get(place.layer).map(|names| names.title.to_owned())
    };
    let names: Vec<Option<String>> = placed.rows.iter().map(place).collect();
    let layers: Vec<Option<String>> = placed.rows.iter().map(layer).collect();
    let how: Vec<String> = placed.rows.iter().map(|row| word(placed, row, by.language)).collect();
    let columns: Vec<ArrayRef> = vec![
        Arc::new(StringArray::from(names)),
        Arc::new(StringArray::from(layers)),
        Arc::new(StringArray::from(how)),
    ];
    let mut fields: Vec<Field> = Vec::new();
    for id in ["names-column-place", "names-column-layer", "names-column-how"] {
        let taken = table.fields.iter().chain(&fields).map(|field| field.name.as_str());
        let name = free_name(&tr(by.language, id), "", taken);
        fields.push(Field::new(name, FieldKind::Text));
    }
    (fields, columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(name: &str, values: &[&str]) -> (Field, ArrayRef) {
        let column = StringArray::from_iter_values(values.iter());
        (Field::new(name, FieldKind::Text), Arc::new(column))
    }

    #[test]
    fn rows_lie_where_their_names_are() {
        let (field, column) = texts("straat", &["Veldstraat", "Kouter"]);
        let mut points = GeometryBuilder::new();
        points.push_point([104_700.0, 193_800.0]);
        points.push_point([104_900.0, 193_500.0]);
        let places = Table::new("s", 2, vec![field], vec![column], points.finish().ok());
        let mut places = places.unwrap();
        places.crs = Some(LayerCrs::new(Crs::lambert72(), HowFound::Format));
        let (field, column) = texts("titel", &["Gent: Veldstraat, 1721", "Kouter 2", "Parijs", ""]);
        let rows = Arc::new(Table::new("t", 4, vec![field], vec![column], None).unwrap());
        let names = [
            Names { table: Some(&places), title: "Straten", field: "straat" },
            Names { table: None, title: "Wijken", field: "naam" },
        ];
        let fields = ["titel".to_owned()];
        let by = ByName {
            fields: &fields,
            layers: &names,
            decisions: &[],
            with_near: false,
            language: Language::Dutch,
        };
        let (made, placed) = table_by_name(&rows, &by, &Watch::unwatched()).unwrap();
        let geometry = made.geometry.as_ref().unwrap();
        assert_eq!((made.rows(), geometry.missing(), made.columns_added()), (4, 2, 3));
        let [x, y] = geometry.row(0).xy()[0];
        // PROJ: cs2cs EPSG:31370 +to EPSG:4326 of 104700 193800.
        assert!((x - 3.7236).abs() < 0.002 && (y - 51.0526).abs() < 0.002, "{x} {y}");
        let text = |row, column: usize| made.value(row, column).to_data_text();
        assert_eq!(
            (text(0, 1), text(0, 2), text(0, 3)),
            ("Veldstraat".into(), "Straten".into(), "staat er zo".into())
        );
        assert_eq!((text(2, 1), text(2, 3)), (String::new(), "niet gevonden".into()));
        assert_eq!(text(3, 3), "geen naam");
        assert_eq!(placed.count(Outcome::Matched), 2);
        let problems: Vec<_> = made.origin.problems.iter().map(|it| (it.id, it.count)).collect();
        let expected = [
            ("problem-names-no-layer", 1),
            ("problem-names-unmatched", 1),
            ("problem-names-none", 1),
        ];
        assert_eq!(problems, expected);
        // The rows are the same ones.
        assert_eq!(made.identity().key(1), rows.identity().key(1));
        assert_eq!(made.index().len(), 2);
    }
}
