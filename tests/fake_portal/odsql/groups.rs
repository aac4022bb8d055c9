//! `group_by` fields with aggregates in `select`.

use super::condition::compare;
use super::lex::{Token, tokens};
use super::select::{column, parts};
use crate::fake_portal::dataset::{Field, Kind};
use crate::fake_portal::error::ApiError;
use crate::fake_portal::value::{Row, Value};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Telling {
    Count,
    Total,
    Average,
    Least,
    Most,
}

/// An aggregate: what, of which column (none counts rows), under which name.
#[derive(Clone, Debug)]
struct Aggregate {
    how: Telling,
    column: Option<usize>,
    name: String,
}

/// What is grouped by, and what is told of each group.
#[derive(Clone, Debug)]
pub struct Group {
    by: Vec<usize>,
    tell: Vec<Aggregate>,
    /// The fields of the grouped rows.
    pub fields: Vec<Field>,
}

/// Whether a `select` holds an aggregate: without groups it is one group of everything.
pub fn aggregates(select: &str) -> bool {
    ["count(", "sum(", "avg(", "min(", "max("].iter().any(|word| select.contains(word))
}

impl Group {
    pub fn read(
        by: Option<&str>,
        select: Option<&str>,
        fields: &[Field],
    ) -> Result<Group, ApiError> {
        let mut group = Group { by: Vec::new(), tell: Vec::new(), fields: Vec::new() };
        for part in parts(&tokens("group_by", by.unwrap_or_default())?) {
            let (name, shown) = match part {
                [] => continue,
                [Token::Name(name) | Token::Quoted(name)] => (name, name),
                [Token::Name(name) | Token::Quoted(name), Token::Name(_), Token::Name(shown)] => {
                    (name, shown)
                }
                _ => return Err(ApiError::odsql("group_by", "A group cannot be read.")),
            };
            let found = column(fields, name);
            let found = found.ok_or_else(|| ApiError::unknown_field("group_by", name))?;
            group.by.push(found);
            group.fields.push(Field::new(shown, fields[found].kind));
        }
        for part in parts(&tokens("select", select.unwrap_or_default())?) {
            let [Token::Name(function), Token::Sign("("), of, Token::Sign(")"), rest @ ..] = part
            else {
                continue;
            };
            let how = match function.to_lowercase().as_str() {
                "count" => Telling::Count,
                "sum" => Telling::Total,
                "avg" => Telling::Average,
                "min" => Telling::Least,
                "max" => Telling::Most,
                _ => return Err(ApiError::odsql("select", &format!("{function}()"))),
            };
            let of = match of {
                Token::Name(name) | Token::Quoted(name) => {
                    let found = column(fields, name);
                    Some(found.ok_or_else(|| ApiError::unknown_field("select", name))?)
                }
                Token::Sign("*") if how == Telling::Count => None,
                _ => return Err(ApiError::odsql("select", &format!("{function}()"))),
            };
            let name = match rest {
                [Token::Name(_), Token::Name(name)] => name.clone(),
                _ => of
                    .map_or("count(*)".to_owned(), |of| format!("{function}({})", fields[of].name)),
            };
            let kind = if how == Telling::Count { Kind::Int } else { Kind::Double };
            group.fields.push(Field::new(&name, kind));
            group.tell.push(Aggregate { how, column: of, name });
        }
        Ok(group)
    }

    /// The grouped rows, in the order in which their groups first came.
    pub fn rows(&self, rows: impl Iterator<Item = Row>) -> Vec<Row> {
        let mut groups: Vec<(Row, Vec<Tally>)> = Vec::new();
        let mut places = std::collections::HashMap::new();
        for row in rows {
            let key: Row = self.by.iter().map(|column| row[*column].clone()).collect();
            let place = *places.entry(format!("{key:?}")).or_insert_with(|| {
                groups.push((key, vec![Tally::default(); self.tell.len()]));
                groups.len() - 1
            });
            for (tally, aggregate) in groups[place].1.iter_mut().zip(&self.tell) {
                tally.add(aggregate.column.map(|column| &row[column]));
            }
        }
        let told = |(mut row, tallies): (Row, Vec<Tally>)| {
            row.extend(tallies.iter().zip(&self.tell).map(|(tally, of)| tally.told(of.how)));
            row
        };
        groups.into_iter().map(told).collect()
    }
}

#[derive(Clone, Debug, Default)]
struct Tally {
    count: i64,
    sum: f64,
    least: Option<Value>,
    most: Option<Value>,
}

impl Tally {
    fn add(&mut self, cell: Option<&Value>) {
        if cell.is_some_and(Value::is_null) {
            return;
        }
        self.count += 1;
        let Some(cell) = cell else { return };
        match cell {
            Value::Int(number) => self.sum += *number as f64,
            Value::Double(number) => self.sum += number,
            _ => {}
        }
        let beats = |best: &Option<Value>, wanted| {
            best.as_ref().is_none_or(|best| compare(cell, best) == Some(wanted))
        };
        if beats(&self.least, std::cmp::Ordering::Less) {
            self.least = Some(cell.clone());
        }
        if beats(&self.most, std::cmp::Ordering::Greater) {
            self.most = Some(cell.clone());
        }
    }

    fn told(&self, how: Telling) -> Value {
        match how {
            Telling::Count => Value::Int(self.count),
            Telling::Total => Value::Double(self.sum),
            Telling::Average if self.count == 0 => Value::Null,
            Telling::Average => Value::Double(self.sum / self.count as f64),
            Telling::Least => self.least.clone().unwrap_or(Value::Null),
            Telling::Most => self.most.clone().unwrap_or(Value::Null),
        }
    }
}
