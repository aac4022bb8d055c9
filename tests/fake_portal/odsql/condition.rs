//! Whether a row fulfils a condition.
//!
//! There is no third truth value: the platform searches an index, in which a null is an absent
//! value. So `a != 1` and `NOT a = 1` also find the rows where `a` is null (inferred, not seen).

use std::cmp::Ordering;

use super::place::PlaceTest;
use crate::fake_portal::value::Value;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// A condition whose fields are columns of the rows it is asked of.
#[derive(Clone, Debug)]
pub enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Compare {
        column: usize,
        how: Comparison,
        with: Value,
    },
    /// From and to, and whether each end belongs to it.
    Between {
        column: usize,
        from: (Value, bool),
        to: (Value, bool),
    },
    IsNull {
        column: usize,
    },
    /// Lower case, with `%` for any text.
    Like {
        column: usize,
        pattern: String,
    },
    StartsWith {
        column: usize,
        start: String,
    },
    /// All words of the text begin some word of one of the columns.
    Search {
        columns: Vec<usize>,
        words: Vec<String>,
    },
    Place {
        column: usize,
        test: PlaceTest,
    },
    Always(bool),
}

impl Condition {
    pub fn holds(&self, row: &[Value]) -> bool {
        match self {
            Condition::All(parts) => parts.iter().all(|part| part.holds(row)),
            Condition::Any(parts) => parts.iter().any(|part| part.holds(row)),
            Condition::Not(part) => !part.holds(row),
            Condition::Compare { column, how, with } => any(&row[*column], *how, with),
            Condition::Between { column, from, to } => {
                let end = |(value, included): &(Value, bool), wide, narrow| {
                    any(&row[*column], if *included { wide } else { narrow }, value)
                };
                end(from, Comparison::GreaterOrEqual, Comparison::Greater)
                    && end(to, Comparison::LessOrEqual, Comparison::Less)
            }
            Condition::IsNull { column } => row[*column].is_null(),
            Condition::Like { column, pattern } => {
                texts(&row[*column]).iter().any(|text| like(text, pattern))
            }
            Condition::StartsWith { column, start } => {
                texts(&row[*column]).iter().any(|text| text.starts_with(start.as_str()))
            }
            Condition::Search { columns, words } => {
                let found: Vec<String> = columns
                    .iter()
                    .flat_map(|column| texts(&row[*column]))
                    .flat_map(|text| words_of(&text))
                    .collect();
                words.iter().all(|word| found.iter().any(|other| other.starts_with(word)))
            }
            Condition::Place { column, test } => test.holds(&row[*column]),
            Condition::Always(truth) => *truth,
        }
    }
}

fn any(cell: &Value, how: Comparison, with: &Value) -> bool {
    if how == Comparison::NotEqual {
        return !any(cell, Comparison::Equal, with);
    }
    if let Value::List(cells) = cell {
        return cells.iter().any(|cell| any(cell, how, with));
    }
    let Some(order) = compare(cell, with) else { return false };
    match how {
        Comparison::Equal => order == Ordering::Equal,
        Comparison::NotEqual => order != Ordering::Equal,
        Comparison::Less => order == Ordering::Less,
        Comparison::LessOrEqual => order != Ordering::Greater,
        Comparison::Greater => order == Ordering::Greater,
        Comparison::GreaterOrEqual => order != Ordering::Less,
    }
}

/// The order of two values of one kind; none where either is null or they are of two kinds.
pub fn compare(a: &Value, b: &Value) -> Option<Ordering> {
    let number = |value: &Value| match value {
        Value::Int(number) => Some(*number as f64),
        Value::Double(number) => Some(*number),
        _ => None,
    };
    let time = |value: &Value| match value {
        Value::Time(time) => Some(*time),
        Value::Day(day) => Some(day.and_hms_opt(0, 0, 0)?.and_utc()),
        _ => None,
    };
    if let (Some(a), Some(b)) = (number(a), number(b)) {
        return a.partial_cmp(&b);
    }
    if let (Some(a), Some(b)) = (time(a), time(b)) {
        return Some(a.cmp(&b));
    }
    match (a, b) {
        (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
        (Value::Flag(a), Value::Flag(b)) => Some(a.cmp(b)),
        (Value::List(a), Value::List(b)) => compare(a.first()?, b.first()?),
        _ => None,
    }
}

/// The texts of a cell as they are searched: without case and accents.
fn texts(cell: &Value) -> Vec<String> {
    match cell {
        Value::Text(text) => vec![folded(text)],
        Value::List(cells) => cells.iter().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

/// Without case and without the accents that Dutch and French put on letters.
pub fn folded(text: &str) -> String {
    let plain = |letter| match letter {
        'à' | 'á' | 'â' | 'ä' | 'ã' => 'a',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ò' | 'ó' | 'ô' | 'ö' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        other => other,
    };
    text.to_lowercase().chars().map(plain).collect()
}

pub fn words_of(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether a text fits a pattern in which `%` stands for any text.
fn like(text: &str, pattern: &str) -> bool {
    let parts: Vec<&str> = pattern.split('%').collect();
    let [first, middle @ .., last] = parts.as_slice() else { return text == pattern };
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}
