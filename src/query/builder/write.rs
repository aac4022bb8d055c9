//! From a tree to SQL.

use std::fmt::Write;

use super::{Group, Item, Join, Operator, Rule, Value};
use crate::query::convert::{date_of, local, moment_of};
use crate::query::evaluate::{written_name, written_text};

/// The sign that takes the meaning from `%` and `_`.
const ESCAPE: char = '!';

impl Group {
    /// The condition in SQL; empty when nothing in the group is finished.
    pub fn sql(&self) -> String {
        let mut sql = String::new();
        let group = self.normal();
        if group.negated {
            sql.push_str("NOT ");
            in_brackets(&mut sql, &group);
        } else {
            write_items(&mut sql, &group);
        }
        sql
    }
}

impl Rule {
    /// The rule in SQL; empty when it is not finished.
    pub fn sql(&self) -> String {
        let mut sql = String::new();
        if self.is_complete() {
            write_rule(&mut sql, self);
        }
        sql
    }
}

fn in_brackets(sql: &mut String, group: &Group) {
    sql.push('(');
    write_items(sql, group);
    sql.push(')');
}

fn write_items(sql: &mut String, group: &Group) {
    let join = match group.join {
        Join::All => " AND ",
        Join::Any => " OR ",
    };
    for (number, item) in group.items.iter().enumerate() {
        if number > 0 {
            sql.push_str(join);
        }
        match item {
            Item::Rule(rule) => write_rule(sql, rule),
            Item::Group(inner) => {
                if inner.negated {
                    sql.push_str("NOT ");
                }
                in_brackets(sql, inner);
            }
        }
    }
}

fn write_rule(sql: &mut String, rule: &Rule) {
    sql.push_str(&written_name(&rule.field));
    let not = if rule.negated { " NOT" } else { "" };
    match (rule.operator, rule.values.as_slice()) {
        (Operator::Is, [only]) => {
            sql.push_str(if rule.negated { " <> " } else { " = " });
            write_value(sql, only);
        }
        (Operator::Is, values) => {
            sql.push_str(not);
            sql.push_str(" IN (");
            for (number, value) in values.iter().enumerate() {
                if number > 0 {
                    sql.push_str(", ");
                }
                write_value(sql, value);
            }
            sql.push(')');
        }
        (Operator::Between, [low, high]) => {
            sql.push_str(not);
            sql.push_str(" BETWEEN ");
            write_value(sql, low);
            sql.push_str(" AND ");
            write_value(sql, high);
        }
        (Operator::Empty, _) => {
            sql.push_str(" IS");
            sql.push_str(not);
            sql.push_str(" NULL");
        }
        (Operator::Less, [value]) => write_order(sql, "<", value),
        (Operator::AtMost, [value]) => write_order(sql, "<=", value),
        (Operator::Greater, [value]) => write_order(sql, ">", value),
        (Operator::AtLeast, [value]) => write_order(sql, ">=", value),
        (Operator::Contains { exact }, [Value::Text(text)]) => {
            write_pattern(sql, not, exact, ("%", text, "%"));
        }
        (Operator::StartsWith { exact }, [Value::Text(text)]) => {
            write_pattern(sql, not, exact, ("", text, "%"));
        }
        (Operator::EndsWith { exact }, [Value::Text(text)]) => {
            write_pattern(sql, not, exact, ("%", text, ""));
        }
        // No complete rule is so.
        _ => sql.push_str(" IS NULL"),
    }
}

fn write_order(sql: &mut String, sign: &str, value: &Value) {
    sql.push(' ');
    sql.push_str(sign);
    sql.push(' ');
    write_value(sql, value);
}

fn write_pattern(sql: &mut String, not: &str, exact: bool, around: (&str, &str, &str)) {
    let (before, text, after) = around;
    let special = text.contains(['%', '_']);
    let mut escaped = String::with_capacity(text.len() + 2);
    for letter in text.chars() {
        if special && matches!(letter, '%' | '_' | ESCAPE) {
            escaped.push(ESCAPE);
        }
        escaped.push(letter);
    }
    sql.push_str(not);
    sql.push_str(if exact { " LIKE " } else { " ILIKE " });
    sql.push_str(&written_text(&format!("{before}{escaped}{after}")));
    if special {
        // Memory takes everything.
        let _ = write!(sql, " ESCAPE '{ESCAPE}'");
    }
}

fn write_value(sql: &mut String, value: &Value) {
    // Memory takes everything.
    let _ = match value {
        Value::Text(text) => {
            sql.push_str(&written_text(text));
            Ok(())
        }
        Value::Integer(number) => write!(sql, "{number}"),
        // With its fraction: 5.0 stays a number.
        Value::Number(number) => write!(sql, "{number:?}"),
        Value::Boolean(value) => write!(sql, "{}", if *value { "TRUE" } else { "FALSE" }),
        Value::Date(days) => write!(sql, "DATE '{}'", date_of(*days).unwrap_or_default()),
        Value::DateTime(millis, zone) => {
            let moment = local(*millis, *zone).and_then(moment_of).unwrap_or_default();
            let offset = match zone {
                None => String::new(),
                Some(minutes) => {
                    let sign = if *minutes < 0 { '-' } else { '+' };
                    let minutes = minutes.unsigned_abs();
                    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
                }
            };
            write!(sql, "TIMESTAMP '{}{offset}'", moment.format("%Y-%m-%dT%H:%M:%S%.f"))
        }
    };
}
