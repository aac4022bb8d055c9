//! From SQL to a tree, where the condition has that shape.

use super::{Group, Item, Join, Operator, Rule, Value};
use crate::query::parse::{has_comment, parse};
use crate::query::syntax::{Comparison, Expression, Like, Literal, Node};
use crate::table::{FieldKind, Table};

impl Group {
    /// The tree of a condition on a table; the empty group for empty text. None when it is no
    /// condition, names a field the table does not have, or does something that rules cannot say:
    /// functions, arithmetic, a field compared with another, comments.
    pub fn read(sql: &str, table: &Table) -> Option<Group> {
        if has_comment(sql) {
            return None;
        }
        let Some(node) = parse(sql).ok()? else { return Some(Group::default()) };
        match item(&node, table)? {
            Item::Group(group) => Some(group),
            rule @ Item::Rule(_) => Some(Group { items: vec![rule], ..Group::default() }),
        }
    }
}

fn item(node: &Node, table: &Table) -> Option<Item> {
    let group = |join, nodes: &[Node]| {
        let items = nodes.iter().map(|node| item(node, table)).collect::<Option<_>>()?;
        Some(Item::Group(Group { join, negated: false, items }))
    };
    match &node.expression {
        Expression::And(nodes) => group(Join::All, nodes),
        Expression::Or(nodes) => group(Join::Any, nodes),
        Expression::Not(inner) => Some(Item::Group(match item(inner, table)? {
            Item::Group(group) if !group.negated => Group { negated: true, ..group },
            other => Group { negated: true, items: vec![other], ..Group::default() },
        })),
        _ => {
            let rule = rule(node, table)?;
            rule.is_complete().then_some(Item::Rule(rule))
        }
    }
}

fn rule(node: &Node, table: &Table) -> Option<Rule> {
    let made = |of: &Node, operator, negated, values| {
        let (field, _) = field(of, table)?;
        Some(Rule { field, operator, negated, values })
    };
    match &node.expression {
        Expression::Compare(sign, left, right) => {
            let (of, sign, value) = match (literal(left), literal(right)) {
                (None, Some(value)) => (left, *sign, value),
                (Some(value), None) => (right, turned(*sign), value),
                _ => return None,
            };
            let (operator, negated) = match sign {
                Comparison::Equal => (Operator::Is, false),
                Comparison::NotEqual => (Operator::Is, true),
                Comparison::Less => (Operator::Less, false),
                Comparison::LessOrEqual => (Operator::AtMost, false),
                Comparison::Greater => (Operator::Greater, false),
                Comparison::GreaterOrEqual => (Operator::AtLeast, false),
            };
            made(of, operator, negated, vec![value])
        }
        Expression::In { value, list, negated } => {
            let values = list.iter().map(literal).collect::<Option<Vec<Value>>>()?;
            made(value, Operator::Is, *negated, values)
        }
        Expression::Between { value, low, high, negated } => {
            let ends = vec![literal(low)?, literal(high)?];
            made(value, Operator::Between, *negated, ends)
        }
        Expression::IsNull { value, negated } => made(value, Operator::Empty, *negated, Vec::new()),
        Expression::Like(like) => {
            let (operator, text) = pattern(like)?;
            made(&like.value, operator, like.negated, vec![Value::Text(text)])
        }
        // `actief`, where that is yes or no.
        Expression::Field { .. } => {
            let (field, kind) = field(node, table)?;
            (kind == FieldKind::Boolean).then(|| Rule {
                field,
                operator: Operator::Is,
                negated: false,
                values: vec![Value::Boolean(true)],
            })
        }
        _ => None,
    }
}

fn field(node: &Node, table: &Table) -> Option<(String, FieldKind)> {
    let Expression::Field { name, .. } = &node.expression else { return None };
    let field = table.fields.get(table.field_index(name)?)?;
    Some((field.name.clone(), field.kind))
}

fn literal(node: &Node) -> Option<Value> {
    let Expression::Literal(literal) = &node.expression else { return None };
    Some(match literal {
        Literal::Null => return None,
        Literal::Boolean(value) => Value::Boolean(*value),
        Literal::Integer(value) => Value::Integer(*value),
        Literal::Number(value) => Value::Number(*value),
        Literal::Text(text) => Value::Text(text.clone()),
        Literal::Date(days) => Value::Date(*days),
        Literal::DateTime(millis, zone) => Value::DateTime(*millis, *zone),
    })
}

/// The comparison with its sides exchanged.
fn turned(sign: Comparison) -> Comparison {
    match sign {
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
        same => same,
    }
}

/// The text a pattern looks for and where; none for a pattern with a `_`, or a `%` inside.
fn pattern(like: &Like) -> Option<(Operator, String)> {
    let Expression::Literal(Literal::Text(written)) = &like.pattern.expression else {
        return None;
    };
    let exact = !like.any_case;
    let (mut text, mut before, mut after) = (String::new(), false, false);
    let mut letters = written.chars();
    while let Some(letter) = letters.next() {
        if after {
            // Something after the `%` that seemed to be the last.
            return None;
        }
        if Some(letter) == like.escape {
            text.push(letters.next()?);
        } else {
            match letter {
                '%' if text.is_empty() && !before => before = true,
                '%' => after = true,
                '_' => return None,
                other => text.push(other),
            }
        }
    }
    let operator = match (before, after) {
        (true, true) => Operator::Contains { exact },
        (false, true) => Operator::StartsWith { exact },
        (true, false) => Operator::EndsWith { exact },
        (false, false) => return None,
    };
    Some((operator, text))
}
