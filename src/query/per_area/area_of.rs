//! In which area each thing lies.

use arrow_array::{Array, UInt32Array};
use arrow_select::take::take;

use super::areas::Areas;
use super::lying::{Measured, lying};
use super::pairs::{Pair, main};
use super::sides::{ByPlaceError, Things, areas_moved, chosen};
use super::{AreaOf, Columns};
use crate::i18n::Arg;
use crate::jobs::Watch;
use crate::table::{Field, Table};
use arrow_array::BooleanArray;
use arrow_buffer::BooleanBuffer;

/// Makes columns for the rows of `things`: values of the area in which each lies, out of the rows
/// of `areas` that meet the condition and, where one is given, are true in the mask `shown`. A
/// thing on several areas gets those of the one in which most of it lies, of equals the first; a
/// thing in none gets no values. What lies in none or in several is in the problems.
///
/// # Errors
/// See [`ByPlaceError`].
pub fn area_of(
    things: &Table,
    areas: &Table,
    shown: Option<&BooleanArray>,
    by: &AreaOf,
    watch: &Watch,
) -> Result<Columns, ByPlaceError> {
    let mut made = Columns::default();
    let chosen = chosen(areas, &by.condition, shown)?;
    let all = BooleanBuffer::new_set(things.rows());
    watch.set_total(things.rows() as u64);
    let layer = Things::of(things, &all)?;
    let column = areas_moved(areas, &chosen, layer.crs, &mut made.problems, watch)?;
    let prepared = Areas::of(&column, layer.rows.len(), watch)?;
    let told = (&mut made.problems, &mut made.tally);
    let pairs = lying(&prepared, &layer, Measured::Several, told, watch)?;
    // The areas were those of the chosen rows, one after another.
    let rows: Vec<usize> = chosen.set_indices().collect();
    let mut area_of: Vec<Option<u32>> = vec![None; things.rows()];
    let mut has_things = vec![false; rows.len()];
    for (thing, pairs) in pairs.by_thing() {
        let area = pairs.get(main(pairs)).map(|Pair { area, .. }| *area as usize);
        if let (Some(area), Some(slot)) = (area, area_of.get_mut(thing as usize)) {
            *slot = rows.get(area).and_then(|row| u32::try_from(*row).ok());
            if let Some(has) = has_things.get_mut(area) {
                *has = true;
            }
        }
    }
    let tally = &mut made.tally;
    tally.areas = rows.len() as u64;
    let places = prepared.has_place.iter().filter(|has| **has).count() as u64;
    tally.areas_without_place = tally.areas - places;
    tally.areas_empty = places.saturating_sub(has_things.iter().filter(|has| **has).count() as u64);
    let area_of = UInt32Array::from(area_of);
    for (at, column) in by.columns.iter().enumerate() {
        watch.check()?;
        let found = areas.field_index(&column.field);
        let found = found.and_then(|at| areas.fields.get(at).zip(areas.columns.get(at)));
        let values =
            found.and_then(|(field, values)| Some((field, take(values, &area_of, None).ok()?)));
        let Some((field, values)) = values else {
            let layer = ("layer", Arg::Text(areas.name.clone()));
            let field = ("field", Arg::Text(column.field.clone()));
            made.problems.report("problem-by-place-no-field", 1, vec![layer, field], None);
            continue;
        };
        debug_assert_eq!(values.len(), things.rows());
        made.fields.push(Field { name: column.name.clone(), ..field.clone() });
        made.columns.push(values);
        made.asked.push(at);
    }
    let tally = made.tally;
    let mut report = |id, count| {
        let layer = vec![("layer", Arg::Text(areas.name.clone()))];
        made.problems.report(id, count, layer, None);
    };
    report("problem-by-place-in-none", tally.outside);
    report("problem-by-place-in-several", tally.several);
    made.problems.add("problem-by-place-no-area", tally.areas_without_place);
    Ok(made)
}
