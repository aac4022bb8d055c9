//! `/records`: a page of rows with their count.

use std::io::{self, Write};

use super::answer::{Answer, JSON};
use super::error::ApiError;
use super::odsql::Selection;
use super::page::page;
use super::query::Query;
use super::request::Request;
use super::value::{Row, Value};
use super::view::{Order, View};
use super::zone::Zone;

pub fn records(view: &View, request: &Request) -> Result<Answer, ApiError> {
    let fields = view.fields();
    let query = Query::read(request, &fields)?;
    let (offset, limit) = page(request, query.group.is_some())?;
    let (total, rows) = if let Some(group) = &query.group {
        let kept = view.rows(Order::Kept).map(|(_, row)| row).filter(|row| query.filter.keeps(row));
        let mut rows = group.rows(kept);
        if let Some(order) = &query.order {
            rows.sort_by(|a, b| order.of(&order.key(a), &order.key(b)));
        }
        let total = rows.len();
        (total, rows.into_iter().skip(offset).take(limit).collect())
    } else if query.order.is_some() {
        let places = ordered(view, &query, Order::Kept);
        let shown = places.iter().skip(offset).take(limit);
        (places.len(), shown.map(|place| view.row(*place)).collect::<Vec<_>>())
    } else if query.filter.keeps_all() {
        let rows = view.rows(Order::Kept).skip(offset).take(limit);
        (view.len(), rows.map(|(_, row)| row).collect())
    } else {
        let (mut total, mut rows) = (0, Vec::new());
        for (_, row) in view.rows(Order::Kept).filter(|(_, row)| query.filter.keeps(row)) {
            if total >= offset && rows.len() < limit {
                rows.push(row);
            }
            total += 1;
        }
        (total, rows)
    };
    let mut body = Vec::new();
    write_page(view.told(total), &rows, &query, &mut body).expect("memory takes all");
    Ok(Answer::new(200, JSON, body))
}

/// The places of the rows kept, in the order asked; only what is sorted by is held.
pub fn ordered(view: &View, query: &Query, unsorted: Order) -> Vec<usize> {
    let kept = view.rows(unsorted).filter(|(_, row)| query.filter.keeps(row));
    let Some(order) = &query.order else { return kept.map(|(place, _)| place).collect() };
    let mut keyed: Vec<(Row, usize)> = kept.map(|(place, row)| (order.key(&row), place)).collect();
    keyed.sort_by(|a, b| order.of(&a.0, &b.0));
    keyed.into_iter().map(|(_, place)| place).collect()
}

fn write_page(total: i64, rows: &[Row], query: &Query, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{{\"total_count\":{total},\"results\":[")?;
    for (at, row) in rows.iter().enumerate() {
        if at > 0 {
            write!(out, ",")?;
        }
        write_row(row, &query.selection, query.zone, out)?;
    }
    write!(out, "]}}")
}

/// One row as an object.
pub fn write_row(
    row: &[Value],
    selection: &Selection,
    zone: Zone,
    out: &mut dyn Write,
) -> io::Result<()> {
    write!(out, "{{")?;
    for (at, (column, name)) in selection.0.iter().enumerate() {
        if at > 0 {
            write!(out, ",")?;
        }
        serde_json::to_writer(&mut *out, name)?;
        write!(out, ":")?;
        row[*column].write_json(zone, out)?;
    }
    write!(out, "}}")
}
