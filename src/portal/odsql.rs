//! Conditions in the portal's own language (ODSQL): what can be asked there instead of here.
//!
//! A condition built here is SQL. Those of its rules that a portal surely understands alike are asked
//! there; the portal then answers with all rows that meet the condition, and perhaps more. Where
//! a field is empty a rule is unknown in SQL and false in ODSQL, which under a "not" gives more rows
//! and never fewer. So the whole condition is applied again here, and nothing is lost by asking.

use super::dataset::{Dataset, DatasetFieldKind};
use crate::query::builder::{Group, Item, Join, Operator, Rule, Value as RuleValue};

/// A condition, as far as the portal is asked for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PushedDown {
    /// What the portal is asked, in ODSQL; empty for everything.
    pub asked: String,
    /// How many rules the portal is asked for.
    pub there: usize,
    /// How many rules are left to be applied here.
    pub here: usize,
}

/// Translates the rules of a group as far as the portal surely understands them alike.
pub fn push_down(group: &Group, dataset: &Dataset) -> PushedDown {
    let group = group.normal();
    let all = group.rules().len();
    let mut there = 0;
    let mut parts = Vec::new();
    if group.join == Join::All && !group.negated {
        // Each of its items can be asked for by itself.
        for item in &group.items {
            if let Some(text) = item_text(item, dataset) {
                there += count(item);
                parts.push(text);
            }
        }
    } else if let Some(text) = group_text(&group, dataset) {
        there = all;
        parts.push(text);
    }
    PushedDown { asked: parts.join(" and "), there, here: all.saturating_sub(there) }
}

fn count(item: &Item) -> usize {
    match item {
        Item::Rule(_) => 1,
        Item::Group(group) => group.rules().len(),
    }
}

fn item_text(item: &Item, dataset: &Dataset) -> Option<String> {
    match item {
        Item::Rule(rule) => rule_text(rule, dataset),
        Item::Group(group) => group_text(group, dataset),
    }
}

/// A group, where all of it can be asked for.
fn group_text(group: &Group, dataset: &Dataset) -> Option<String> {
    let parts: Option<Vec<String>> =
        group.items.iter().map(|item| item_text(item, dataset)).collect();
    let joined = parts?.join(if group.join == Join::All { " and " } else { " or " });
    Some(if group.negated { format!("not ({joined})") } else { format!("({joined})") })
}

fn rule_text(rule: &Rule, dataset: &Dataset) -> Option<String> {
    if !rule.is_complete() {
        return None;
    }
    let field = dataset.fields.iter().find(|field| field.name == rule.field)?;
    // The portal looks into lists; here they are JSON.
    if field.several {
        return None;
    }
    let name = field_name(&field.name);
    let values: Option<Vec<String>> =
        rule.values.iter().map(|value| value_text(value, field.kind)).collect();
    let values = values?;
    let first = values.first().map(String::as_str);
    let text = match rule.operator {
        Operator::Is => match values.as_slice() {
            [one] => format!("{name} = {one}"),
            several => {
                let each = several.iter().map(|value| format!("{name} = {value}"));
                format!("({})", each.collect::<Vec<_>>().join(" or "))
            }
        },
        Operator::Less => format!("{name} < {}", first?),
        Operator::AtMost => format!("{name} <= {}", first?),
        Operator::Greater => format!("{name} > {}", first?),
        Operator::AtLeast => format!("{name} >= {}", first?),
        Operator::Between => {
            format!("({name} >= {} and {name} <= {})", first?, values.get(1)?)
        }
        // An empty text is a text in SQL and may be nothing on the portal.
        Operator::Empty if field.kind == DatasetFieldKind::Text && rule.negated => return None,
        Operator::Empty => format!("{name} is null"),
        // How the portal compares parts of texts (words, accents, case) is its own affair.
        Operator::Contains { .. } | Operator::StartsWith { .. } | Operator::EndsWith { .. } => {
            return None;
        }
    };
    let is_order = matches!(
        rule.operator,
        Operator::Less | Operator::AtMost | Operator::Greater | Operator::AtLeast
    );
    // Texts are put in order by each in its own way.
    if field.kind == DatasetFieldKind::Text && (is_order || rule.operator == Operator::Between) {
        return None;
    }
    Some(if rule.negated && rule.operator == Operator::Empty {
        format!("{name} is not null")
    } else if rule.negated {
        format!("not ({text})")
    } else {
        text
    })
}

/// A value, where it is of the field's kind.
fn value_text(value: &RuleValue, kind: DatasetFieldKind) -> Option<String> {
    use DatasetFieldKind::{Boolean, Date, Datetime, Double, Int, Text};
    match (value, kind) {
        (RuleValue::Text(value), Text) => Some(text(value)),
        (RuleValue::Integer(value), Int | Double) => Some(value.to_string()),
        (RuleValue::Number(value), Int | Double) => Some(value.to_string()),
        (RuleValue::Boolean(value), Boolean) => Some(value.to_string()),
        (RuleValue::Text(value), Date) => {
            let day = chrono::NaiveDate::parse_from_str(value.trim(), "%Y-%m-%d").ok()?;
            Some(format!("date'{}'", day.format("%Y-%m-%d")))
        }
        (RuleValue::Date(days), Date | Datetime) => {
            let day = chrono::NaiveDate::from_epoch_days(*days)?;
            Some(format!("date'{}'", day.format("%Y-%m-%d")))
        }
        (RuleValue::DateTime(millis, Some(_)), Datetime) => {
            let at = chrono::DateTime::from_timestamp_millis(*millis)?;
            Some(format!("date'{}'", at.format("%Y-%m-%dT%H:%M:%S%.fZ")))
        }
        _ => None,
    }
}

/// A text as ODSQL writes it.
pub(super) fn text(value: &str) -> String {
    let mut quoted = String::with_capacity(value.len() + 2);
    quoted.push('"');
    for letter in value.chars() {
        if matches!(letter, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(letter);
    }
    quoted.push('"');
    quoted
}

/// The name of a field as ODSQL writes it: in backquotes unless it is a plain word.
pub(super) fn field_name(name: &str) -> String {
    let mut letters = name.chars();
    let is_plain = letters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    if is_plain { name.to_owned() } else { format!("`{}`", name.replace('`', "")) }
}

#[cfg(test)]
mod tests {
    use super::super::dataset::DatasetField;
    use super::*;
    use crate::table::{Field, FieldKind, Table};

    fn dataset() -> Dataset {
        let field =
            |name: &str, kind| DatasetField { name: name.into(), kind, ..DatasetField::default() };
        let fields = vec![
            field("naam", DatasetFieldKind::Text),
            field("n", DatasetFieldKind::Int),
            field("op", DatasetFieldKind::Date),
            field("open nu", DatasetFieldKind::Boolean),
        ];
        Dataset { id: "x".into(), fields, ..Dataset::default() }
    }

    fn pushed(sql: &str) -> PushedDown {
        let kinds = [
            ("naam", FieldKind::Text),
            ("n", FieldKind::Integer),
            ("op", FieldKind::Date),
            ("open nu", FieldKind::Boolean),
            ("elders", FieldKind::Text),
        ];
        let fields: Vec<Field> =
            kinds.iter().map(|(name, kind)| Field::new(*name, *kind)).collect();
        let columns = fields.iter().map(|it| arrow_array::new_empty_array(&it.kind.data_type()));
        let table = Table::new("t", 0, fields.clone(), columns.collect(), None).unwrap();
        push_down(&Group::read(sql, &table).unwrap(), &dataset())
    }

    #[test]
    fn what_the_portal_understands_is_asked_there() {
        for (sql, asked, there, here) in [
            ("naam = 'Muide'", "naam = \"Muide\"", 1, 0),
            ("naam = 'say \"hi\"'", "naam = \"say \\\"hi\\\"\"", 1, 0),
            ("naam IN ('a', 'b')", "(naam = \"a\" or naam = \"b\")", 1, 0),
            ("n >= 5 AND n < 10", "n >= 5 and n < 10", 2, 0),
            ("n BETWEEN 1 AND 2 OR naam = 'x'", "((n >= 1 and n <= 2) or naam = \"x\")", 2, 0),
            ("\"open nu\" = TRUE", "`open nu` = true", 1, 0),
            ("NOT naam = 'a'", "not (naam = \"a\")", 1, 0),
            ("naam LIKE 'a%' AND n = 1", "n = 1", 1, 1),
            ("naam LIKE 'a%' OR n = 1", "", 0, 2),
            ("elders = 'x' AND op >= DATE '2026-01-31'", "op >= date'2026-01-31'", 1, 1),
            ("naam > 'm'", "", 0, 1),
            ("n IS NULL", "n is null", 1, 0),
        ] {
            let expected = PushedDown { asked: asked.into(), there, here };
            assert_eq!(pushed(sql), expected, "{sql}");
        }
    }
}
