//! A page for each feature of a layer.

use std::time::Duration;

use arrow_array::BooleanArray;

use super::output::OutputError;
use super::parts::{Fineness, MadeSheet, PageOf, SheetParts};
use crate::i18n::sort_key;
use crate::jobs::Watch;
use crate::page::SheetError;
use crate::table::{Table, Value};
use crate::tiles::TileStore;

/// More pages than that are no atlas.
const MOST_PAGES: usize = 1000;

/// Makes the pages of a sheet one after another, and hands each over: one for a sheet by itself; for
/// an atlas one of all its features, then one for each in the order of their names. The first `done`
/// of them are there already. Reports the pages done as progress.
///
/// # Errors
/// When a page cannot be made or handed over, or the person cancelled.
pub(super) fn each_page(
    parts: &SheetParts,
    tiles: &TileStore,
    (fineness, patience): (Fineness, Duration),
    done: usize,
    watch: &Watch,
    mut take: impl FnMut(MadeSheet) -> Result<(), OutputError>,
) -> Result<(), OutputError> {
    let Some((table, shown)) = parts.atlas() else {
        return take(parts.make(tiles, fineness, patience, watch)?);
    };
    let rows = in_order(table, shown);
    if rows.is_empty() {
        return Err(SheetError::NoPlace.into());
    }
    if rows.len() > MOST_PAGES {
        return Err(SheetError::TooManyPages(rows.len()).into());
    }
    let atlas = parts.sheet.atlas.clone();
    let has_overview = rows.len() > 1 && !atlas.as_ref().is_some_and(|a| a.without_overview);
    let of = rows.len() + usize::from(has_overview);
    let quiet = watch.unseen();
    watch.set_total(of as u64);
    let mut scale = parts.sheet.scale;
    if atlas.is_some_and(|atlas| atlas.common_scale) && scale.is_none() {
        let mut largest = 0;
        for row in &rows {
            let page = PageOf { rows: Some(std::slice::from_ref(row)), ..PageOf::default() };
            largest = largest.max(parts.scale_of(page, &quiet)?);
        }
        scale = Some(largest);
    }
    let mut number = 0;
    let mut make = |rows: &[usize], scale| {
        number += 1;
        if number <= done {
            watch.advance(1);
            return Ok(None);
        }
        let page = PageOf { rows: Some(rows), scale, number: Some((number, of)) };
        let made = parts.make_page(page, tiles, (fineness, patience), &quiet)?;
        watch.check().map_err(SheetError::from)?;
        watch.advance(1);
        Ok::<Option<MadeSheet>, SheetError>(Some(made))
    };
    if has_overview && let Some(made) = make(&rows, None)? {
        take(made)?;
    }
    for row in &rows {
        if let Some(made) = make(std::slice::from_ref(row), scale)? {
            take(made)?;
        }
    }
    Ok(())
}

/// The rows that are shown and have a place, in the order of their names.
fn in_order(table: &Table, shown: Option<&BooleanArray>) -> Vec<usize> {
    let Some(geometry) = &table.geometry else { return Vec::new() };
    let is_shown = |row: usize| shown.is_none_or(|shown| row < shown.len() && shown.value(row));
    let mut rows: Vec<usize> =
        (0..table.rows()).filter(|row| is_shown(*row) && !geometry.row(*row).is_empty()).collect();
    if let Some(field) = table.naming_field() {
        rows.sort_by_cached_key(|row| match table.value(*row, field) {
            Value::Text(name) => sort_key(name),
            _ => String::new(),
        });
    }
    rows
}
