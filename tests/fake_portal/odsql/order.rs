//! The `order_by` clause.

use std::cmp;

use super::condition::compare;
use super::lex::{Token, tokens};
use super::select::{column, parts};
use crate::fake_portal::dataset::Field;
use crate::fake_portal::error::ApiError;
use crate::fake_portal::value::Value;

const CLAUSE: &str = "order_by";

/// Columns to sort by, and whether each goes down.
#[derive(Clone, Debug)]
pub struct Ordering(Vec<(usize, bool)>);

impl Ordering {
    pub fn read(text: &str, fields: &[Field]) -> Result<Ordering, ApiError> {
        let tokens = tokens(CLAUSE, text)?;
        let mut columns = Vec::new();
        for part in parts(&tokens) {
            let (name, down) = match part {
                [Token::Name(name) | Token::Quoted(name)] => (name, false),
                [Token::Name(name) | Token::Quoted(name), Token::Name(way)]
                    if matches!(way.to_lowercase().as_str(), "asc" | "desc") =>
                {
                    (name, way.eq_ignore_ascii_case("desc"))
                }
                _ => return Err(ApiError::odsql(CLAUSE, "An ordering cannot be read.")),
            };
            let found = column(fields, name);
            columns.push((found.ok_or_else(|| ApiError::unknown_field(CLAUSE, name))?, down));
        }
        Ok(Ordering(columns))
    }

    /// What a row is sorted by, so that the row itself need not be held.
    pub fn key(&self, row: &[Value]) -> Vec<Value> {
        self.0.iter().map(|(column, _)| row[*column].clone()).collect()
    }

    /// The order of two keys; nulls come last either way.
    pub fn of(&self, a: &[Value], b: &[Value]) -> cmp::Ordering {
        for ((a, b), (_, down)) in a.iter().zip(b).zip(&self.0) {
            let order = match (a.is_null(), b.is_null()) {
                (false, false) => {
                    let order = compare(a, b).unwrap_or(cmp::Ordering::Equal);
                    if *down { order.reverse() } else { order }
                }
                (a, b) => a.cmp(&b),
            };
            if order.is_ne() {
                return order;
            }
        }
        cmp::Ordering::Equal
    }
}
