//! Ours as QGIS writes it.

use chrono::{DateTime, Days, NaiveDate};

use super::{CASTS, NoCounterpart, SAME};
use crate::query::parse::parse;
use crate::query::syntax::{CastTo, Comparison, Expression, Like, Literal, Node};
use crate::query::{QueryError, TextExpression};

type Answer = Result<String, NoCounterpart>;

/// A condition as a filter of QGIS; empty where it is empty (every row meets it).
///
/// # Errors
/// When a part has no counterpart, or it is no condition at all.
pub fn to_qgis(sql: &str) -> Answer {
    let tree = parse(sql).map_err(|error| unreadable(sql, &error))?;
    tree.as_ref().map_or_else(|| Ok(String::new()), written)
}

/// An expression of labels as QGIS writes it.
///
/// # Errors
/// When a part has no counterpart, or it is no expression at all.
pub fn text_to_qgis(text: &str) -> Answer {
    let expression = TextExpression::parse(text).map_err(|error| unreadable(text, &error))?;
    expression.tree().map_or_else(|| Ok(String::new()), written)
}

fn unreadable(text: &str, error: &QueryError) -> NoCounterpart {
    let part = text.get(error.span.clone()).filter(|part| !part.is_empty());
    NoCounterpart(part.unwrap_or(text).to_owned())
}

/// A field's name, quoted.
pub fn field_to_qgis(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn quoted_text(text: &str) -> String {
    let escaped = text.replace('\\', r"\\").replace('\'', "''").replace('\n', r"\n");
    format!("'{escaped}'")
}

/// A part as it stands inside another: in brackets where it is more than a value.
fn inner(node: &Node) -> Answer {
    let text = written(node)?;
    let is_plain = match &node.expression {
        Expression::Literal(_) | Expression::Field { .. } | Expression::Cast { .. } => true,
        Expression::Call { .. } => {
            text.chars().next().is_some_and(char::is_alphabetic) && text.ends_with(')')
        }
        _ => false,
    };
    Ok(if is_plain { text } else { format!("({text})") })
}

fn all(nodes: &[Node], between: &str, part: fn(&Node) -> Answer) -> Answer {
    Ok(nodes.iter().map(part).collect::<Result<Vec<_>, _>>()?.join(between))
}

fn not(is: bool) -> &'static str {
    if is { "NOT " } else { "" }
}

fn written(node: &Node) -> Answer {
    Ok(match &node.expression {
        Expression::Literal(literal) => value(literal)?,
        Expression::Field { name, .. } => field_to_qgis(name),
        Expression::Not(value) => format!("NOT {}", inner(value)?),
        Expression::And(parts) => all(parts, " AND ", inner)?,
        Expression::Or(parts) => all(parts, " OR ", inner)?,
        Expression::Compare(how, left, right) => {
            format!("{} {} {}", inner(left)?, sign(*how), inner(right)?)
        }
        Expression::Distinct { left, right, negated } => {
            let is = if *negated { "IS" } else { "IS NOT" };
            format!("{} {is} {}", inner(left)?, inner(right)?)
        }
        Expression::Arithmetic(operator, left, right) => {
            format!("{} {} {}", inner(left)?, operator.sign(), inner(right)?)
        }
        Expression::Negative(value) => format!("-{}", inner(value)?),
        Expression::Concat(left, right) => format!("{} || {}", inner(left)?, inner(right)?),
        Expression::In { value, list, negated } => {
            format!("{} {}IN ({})", inner(value)?, not(*negated), all(list, ", ", written)?)
        }
        Expression::Between { value, low, high, negated } => {
            let value = inner(value)?;
            let between = format!("({value} >= {}) AND ({value} <= {})", inner(low)?, inner(high)?);
            if *negated { format!("NOT ({between})") } else { between }
        }
        Expression::Like(like) => alike(like)?,
        Expression::Regex { value, pattern, any_case, negated } => {
            let pattern = match (&pattern.expression, any_case) {
                (Expression::Literal(Literal::Text(text)), true) => {
                    quoted_text(&format!("(?i){text}"))
                }
                (_, true) => return Err(NoCounterpart("~*".to_owned())),
                (_, false) => inner(pattern)?,
            };
            format!("{}({} ~ {pattern})", not(*negated), inner(value)?)
        }
        Expression::IsNull { value, negated } => {
            format!("{} IS {}NULL", inner(value)?, not(*negated))
        }
        Expression::Is { value, wanted, negated } => {
            // Whether it is just that and not null.
            let known = if *wanted { "FALSE" } else { "TRUE" };
            let made = format!("coalesce({}, {known})", written(value)?);
            if wanted == negated { format!("NOT {made}") } else { made }
        }
        Expression::Case { operand, branches, otherwise } => {
            case(operand.as_deref(), branches, otherwise.as_deref())?
        }
        Expression::Cast { value, to } => {
            let to = match to {
                CastTo::Text => "to_string",
                CastTo::Integer => "to_int",
                CastTo::Number => "to_real",
                CastTo::Date => "to_date",
                CastTo::DateTime => "to_datetime",
                CastTo::Boolean => return Err(NoCounterpart("CAST".to_owned())),
            };
            debug_assert!(to == "to_date" || CASTS.iter().any(|(_, name)| *name == to));
            format!("{to}({})", written(value)?)
        }
        Expression::Call { function, arguments } => call(function.names, arguments)?,
    })
}

fn case(operand: Option<&Node>, branches: &[(Node, Node)], otherwise: Option<&Node>) -> Answer {
    let mut made = "CASE".to_owned();
    for (when, then) in branches {
        let when = match operand {
            Some(operand) => format!("{} = {}", inner(operand)?, inner(when)?),
            None => written(when)?,
        };
        made.push_str(&format!(" WHEN {when} THEN {}", written(then)?));
    }
    if let Some(otherwise) = otherwise {
        made.push_str(&format!(" ELSE {}", written(otherwise)?));
    }
    made.push_str(" END");
    Ok(made)
}

fn call(names: &[&str], arguments: &[Node]) -> Answer {
    let name = names.first().copied().unwrap_or_default();
    let argument = |at: usize| arguments.get(at).map_or_else(|| Ok(String::new()), inner);
    match name {
        "trim" if arguments.len() > 1 => return Err(NoCounterpart(name.to_owned())),
        "power" => return Ok(format!("{} ^ {}", argument(0)?, argument(1)?)),
        "mod" => return Ok(format!("{} % {}", argument(0)?, argument(1)?)),
        "current_date" => return Ok("to_date(now())".to_owned()),
        "contains" => return Ok(format!("strpos({}, {}) > 0", argument(0)?, argument(1)?)),
        "starts_with" => {
            let part = argument(1)?;
            return Ok(format!("left({}, length({part})) = {part}", argument(0)?));
        }
        "ends_with" => {
            let part = argument(1)?;
            return Ok(format!("right({}, length({part})) = {part}", argument(0)?));
        }
        "regexp_like" => return Ok(format!("{} ~ {}", argument(0)?, argument(1)?)),
        _ => {}
    }
    let theirs = SAME.iter().find(|(ours, _)| *ours == name).map(|(_, theirs)| theirs);
    let theirs = theirs.ok_or_else(|| NoCounterpart(name.to_owned()))?;
    Ok(format!("{theirs}({})", all(arguments, ", ", written)?))
}

fn alike(like: &Like) -> Answer {
    // There the backslash has a meaning of its own, which only it has.
    if let Expression::Literal(Literal::Text(pattern)) = &like.pattern.expression
        && (pattern.contains('\\') || like.escape.is_some())
    {
        return Err(NoCounterpart(pattern.clone()));
    }
    let word = if like.any_case { "ILIKE" } else { "LIKE" };
    Ok(format!("{} {}{word} {}", inner(&like.value)?, not(like.negated), inner(&like.pattern)?))
}

fn sign(how: Comparison) -> &'static str {
    match how {
        Comparison::Equal => "=",
        Comparison::NotEqual => "<>",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => ">=",
    }
}

fn value(literal: &Literal) -> Answer {
    Ok(match literal {
        Literal::Null => "NULL".to_owned(),
        Literal::Boolean(value) => if *value { "TRUE" } else { "FALSE" }.to_owned(),
        Literal::Integer(value) => value.to_string(),
        Literal::Number(value) => value.to_string(),
        Literal::Text(text) => quoted_text(text),
        Literal::Date(days) => {
            let date = u64::try_from(*days)
                .ok()
                .and_then(|days| NaiveDate::default().checked_add_days(Days::new(days)));
            let before =
                || NaiveDate::default().checked_sub_days(Days::new(u64::from(days.unsigned_abs())));
            let date = date.or_else(before);
            let date = date.ok_or_else(|| NoCounterpart("DATE".to_owned()))?;
            format!("to_date('{date}')")
        }
        Literal::DateTime(millis, None) => {
            let at = DateTime::from_timestamp_millis(*millis);
            let at = at.ok_or_else(|| NoCounterpart("TIMESTAMP".to_owned()))?;
            format!("to_datetime('{}')", at.format("%Y-%m-%dT%H:%M:%S"))
        }
        Literal::DateTime(_, Some(_)) => return Err(NoCounterpart("TIMESTAMP".to_owned())),
    })
}
