//! Conditions as a person builds them: rules (field, operator, values) in nested groups, and the
//! way to SQL and back without loss.
//!
//! The SQL is what is kept; a tree is read from it when it has that shape ([`Group::read`]), and
//! written to it again ([`Group::sql`]). What is not finished yet (a rule without its value, a
//! group without rules) is not written.

mod read;
mod write;

#[cfg(test)]
mod tests;

use super::convert::{date_of, moment_of};

/// How the items of a group go together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Join {
    /// A row must meet all of them.
    #[default]
    All,
    /// A row must meet one of them at least.
    Any,
}

/// Rules and groups that go together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// How.
    pub join: Join,
    /// Whether a row must not meet the group.
    pub negated: bool,
    /// What is in it.
    pub items: Vec<Item>,
}

/// What is in a group.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A rule.
    Rule(Rule),
    /// A group.
    Group(Group),
}

/// A field, what is asked of it, and the values to compare with.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// The field's name as the table has it.
    pub field: String,
    /// What is asked.
    pub operator: Operator,
    /// Whether the contrary is asked. For order (`<`, `>=` …) it is not used: the contrary is
    /// another operator.
    pub negated: bool,
    /// As many as [`Operator::values`] says.
    pub values: Vec<Value>,
}

/// What is asked of a field. Texts are compared as in SQL: `Is` with regard to case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// It is one of the values.
    Is,
    /// It is less than the value, or before it.
    Less,
    /// It is at most the value.
    AtMost,
    /// It is greater than the value, or after it.
    Greater,
    /// It is at least the value.
    AtLeast,
    /// It lies between two values, ends included.
    Between,
    /// The text holds another.
    Contains {
        /// Whether case matters.
        exact: bool,
    },
    /// The text begins with another.
    StartsWith {
        /// Whether case matters.
        exact: bool,
    },
    /// The text ends with another.
    EndsWith {
        /// Whether case matters.
        exact: bool,
    },
    /// There is no value.
    Empty,
}

/// A value as a condition writes it.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A text; also for a date, as `2024-12-31`.
    Text(String),
    /// A whole number, but the least of 64 bits, which SQL cannot write.
    Integer(i64),
    /// A finite number.
    Number(f64),
    /// Yes or no.
    Boolean(bool),
    /// A date written as one: days since 1970.
    Date(i32),
    /// A date and time written as such: milliseconds since 1970, in UTC with the minutes east of
    /// it where they are written, else local.
    DateTime(i64, Option<i16>),
}

impl Operator {
    /// The fewest and the most values it takes.
    pub fn values(self) -> (usize, usize) {
        match self {
            Operator::Is => (1, usize::MAX),
            Operator::Between => (2, 2),
            Operator::Empty => (0, 0),
            _ => (1, 1),
        }
    }

    /// Whether its value is a part of a text.
    pub fn is_about_text(self) -> bool {
        use Operator::{Contains, EndsWith, StartsWith};
        matches!(self, Contains { .. } | StartsWith { .. } | EndsWith { .. })
    }

    /// The same, with or without regard to case; others as they are.
    #[must_use]
    pub fn exactly(self, exact: bool) -> Operator {
        match self {
            Operator::Contains { .. } => Operator::Contains { exact },
            Operator::StartsWith { .. } => Operator::StartsWith { exact },
            Operator::EndsWith { .. } => Operator::EndsWith { exact },
            other => other,
        }
    }

    /// Whether it has a contrary that is no other operator.
    pub fn can_be_negated(self) -> bool {
        use Operator::{AtLeast, AtMost, Greater, Less};
        !matches!(self, Less | AtMost | Greater | AtLeast)
    }
}

impl Value {
    /// Whether SQL can write it so that it is read again.
    fn can_be_written(&self) -> bool {
        match self {
            Value::Number(number) => number.is_finite(),
            Value::Integer(number) => *number != i64::MIN,
            Value::Date(days) => date_of(*days).is_some_and(has_four_digits),
            Value::DateTime(millis, zone) => {
                let local = super::convert::local(*millis, *zone).and_then(moment_of);
                local.is_some_and(|moment| has_four_digits(moment.date()))
            }
            Value::Text(_) | Value::Boolean(_) => true,
        }
    }
}

/// Years before 0 and after 9999 are not read.
fn has_four_digits(date: chrono::NaiveDate) -> bool {
    (0..=9999).contains(&chrono::Datelike::year(&date))
}

impl Rule {
    /// Whether it has the values it needs, so that it means something.
    pub fn is_complete(&self) -> bool {
        let (fewest, most) = self.operator.values();
        let is_fit = |value: &Value| {
            let text = match value {
                Value::Text(text) => !text.is_empty(),
                _ => false,
            };
            value.can_be_written() && (text || !self.operator.is_about_text())
        };
        !self.field.is_empty()
            && (fewest..=most).contains(&self.values.len())
            && self.values.iter().all(is_fit)
            && (!self.negated || self.operator.can_be_negated())
    }
}

impl Group {
    /// The group as it is read again once it is written: without what is not finished, and without
    /// groups that change nothing.
    #[must_use]
    pub fn normal(&self) -> Group {
        let mut items = Vec::new();
        for item in &self.items {
            match item {
                Item::Rule(rule) if rule.is_complete() => items.push(Item::Rule(rule.clone())),
                Item::Rule(_) => {}
                Item::Group(group) => {
                    let mut group = group.normal();
                    let alone = group.items.len() == 1 && !group.negated;
                    match group.items.pop() {
                        None => {}
                        Some(only) if alone => items.push(only),
                        Some(last) => {
                            group.items.push(last);
                            items.push(Item::Group(group));
                        }
                    }
                }
            }
        }
        // A group with one item means the same whatever the join.
        let join = if items.len() < 2 { Join::All } else { self.join };
        match items.as_slice() {
            [Item::Group(only)] if !self.negated => only.clone(),
            [Item::Group(only)] if !only.negated => Group { negated: true, ..only.clone() },
            _ => Group { join, negated: self.negated && !items.is_empty(), items },
        }
    }

    /// Whether nothing in it is finished, so that every row meets it.
    pub fn is_empty(&self) -> bool {
        self.normal().items.is_empty()
    }

    /// All rules, also those in its groups, in order.
    pub fn rules(&self) -> Vec<&Rule> {
        self.items
            .iter()
            .flat_map(|item| match item {
                Item::Rule(rule) => vec![rule],
                Item::Group(group) => group.rules(),
            })
            .collect()
    }
}
