//! Evaluates a syntax tree on the columns of a table, a whole column at a time.
//!
//! Logic has three values inside (true, false, null), as SQL has it. What is the same for all
//! rows stays one value and never becomes a column.

use std::collections::HashSet;
use std::sync::Arc;

use arrow_arith::boolean;
use arrow_array::{Array, BooleanArray, StringArray};
use arrow_select::zip::zip;
use chrono::{Local, NaiveDateTime};

use super::QueryError;
use super::arithmetic;
use super::compare::{self, Placed};
use super::functions::Call;
use super::mask::{null_is_false, repeated};
use super::matching;
use super::operand::{Kind, Operand, failed};
use super::suggest::closest;
use super::syntax::{Comparison, Expression, Literal, Node};
use crate::i18n::{Language, Message};
use crate::table::Table;

type Evaluated = Result<Operand, QueryError>;

/// The rows a condition is evaluated on.
pub(super) struct Evaluation<'a> {
    table: &'a Table,
    /// The moment of the evaluation, the same for all rows: in UTC, and the minutes east of it.
    now: (NaiveDateTime, i16),
    /// The language whose form numbers and dates take where `||` puts them into a text; none for
    /// the form of data.
    language: Option<Language>,
}

impl<'a> Evaluation<'a> {
    pub fn new(table: &'a Table) -> Evaluation<'a> {
        let now = Local::now();
        let minutes = i16::try_from(now.offset().local_minus_utc() / 60).unwrap_or(0);
        Evaluation { table, now: (now.naive_utc(), minutes), language: None }
    }

    /// The same for texts that people read.
    pub fn for_people(table: &'a Table, language: Language) -> Evaluation<'a> {
        Evaluation { language: Some(language), ..Evaluation::new(table) }
    }

    /// The values of an expression.
    pub fn values(&self, node: &Node) -> Evaluated {
        self.evaluate(node)
    }

    /// Which rows meet a condition: null counts as not.
    pub fn mask(&self, node: &Node) -> Result<BooleanArray, QueryError> {
        let result = self.condition(node)?;
        Ok(null_is_false(&self.as_column(&result)?))
    }

    /// A boolean column of as many rows as the table.
    fn as_column(&self, operand: &Operand) -> Result<BooleanArray, QueryError> {
        match operand.booleans() {
            Some(mask) if operand.scalar => Ok(repeated(mask, self.table.rows())),
            Some(mask) => Ok(mask.clone()),
            None => Err(QueryError::new(0..0, Message::new("query-failed").text("detail", ""))),
        }
    }

    fn evaluate(&self, node: &Node) -> Evaluated {
        match &node.expression {
            Expression::Literal(literal) => Ok(Operand::literal(literal)),
            Expression::Field { name, quoted } => self.field(node, name, *quoted),
            Expression::Not(value) => {
                let value = self.condition(value)?;
                Self::map_mask(node, &value, boolean::not)
            }
            Expression::And(all) => self.chain(node, all, boolean::and_kleene),
            Expression::Or(all) => self.chain(node, all, boolean::or_kleene),
            Expression::Compare(sign, left, right) => {
                let (one, other) = (self.evaluate(left)?, self.evaluate(right)?);
                compare::compare(*sign, (&one, left), (&other, right))
            }
            Expression::Distinct { left, right, negated } => {
                let (one, other) = (self.evaluate(left)?, self.evaluate(right)?);
                compare::distinct((&one, left), (&other, right), *negated)
            }
            Expression::Arithmetic(sign, left, right) => {
                let (one, other) = (self.evaluate(left)?, self.evaluate(right)?);
                arithmetic::compute(*sign, (&one, left), (&other, right))
            }
            Expression::Negative(value) => {
                let operand = self.evaluate(value)?;
                arithmetic::negative((&operand, value))
            }
            Expression::Concat(left, right) => self.concat(left, right),
            Expression::In { value, list, negated } => {
                let found = self.is_in(node, value, list)?;
                if *negated { Self::map_mask(node, &found, boolean::not) } else { Ok(found) }
            }
            Expression::Between { value, low, high, negated } => {
                let operand = self.evaluate(value)?;
                let (least, most) = (self.evaluate(low)?, self.evaluate(high)?);
                let of = (&operand, &**value);
                let above = compare::compare(Comparison::GreaterOrEqual, of, (&least, low))?;
                let below = compare::compare(Comparison::LessOrEqual, of, (&most, high))?;
                let inside = self.join(node, &above, &below, boolean::and_kleene)?;
                if *negated { Self::map_mask(node, &inside, boolean::not) } else { Ok(inside) }
            }
            Expression::Like(like) => {
                let (value, pattern) = (self.evaluate(&like.value)?, self.evaluate(&like.pattern)?);
                let (value, pattern) = ((&value, &like.value), (&pattern, &like.pattern));
                matching::like(value, pattern, like.escape, like.any_case, like.negated)
            }
            Expression::Regex { value, pattern, any_case, negated } => {
                let (text, expression) = (self.evaluate(value)?, self.evaluate(pattern)?);
                matching::regex((&text, value), (&expression, pattern), *any_case, *negated)
            }
            Expression::IsNull { value, negated } => {
                let operand = self.evaluate(value)?;
                let nulls = operand.array.logical_nulls();
                let mask = match (nulls, *negated) {
                    (None, negated) => {
                        repeated(&BooleanArray::from(vec![negated]), operand.array.len())
                    }
                    (Some(nulls), true) => BooleanArray::new(nulls.into_inner(), None),
                    (Some(nulls), false) => BooleanArray::new(!nulls.inner(), None),
                };
                Ok(Operand::boolean(mask, operand.scalar))
            }
            Expression::Is { value, wanted, negated } => {
                let operand = self.condition(value)?;
                Self::map_mask(node, &operand, |mask| {
                    let holds = if *wanted { mask.clone() } else { boolean::not(mask)? };
                    let holds = null_is_false(&holds);
                    if *negated { boolean::not(&holds) } else { Ok(holds) }
                })
            }
            Expression::Case { operand, branches, otherwise } => {
                self.case(node, operand.as_deref(), branches, otherwise.as_deref())
            }
            Expression::Cast { value, to } => {
                let operand = self.evaluate(value)?;
                operand.cast_to(*to).ok_or_else(|| {
                    let message =
                        Message::new("query-cannot-cast").message("from", operand.kind.message());
                    QueryError::new(node.span.clone(), message)
                })
            }
            Expression::Call { function, arguments } => {
                let operands =
                    arguments.iter().map(|node| self.evaluate(node)).collect::<Result<_, _>>()?;
                (function.run)(&Call {
                    node,
                    nodes: arguments,
                    operands,
                    rows: self.table.rows(),
                    now: self.now,
                })
            }
        }
    }

    /// The column of a field.
    /// Whether the table has all fields that a tree names.
    pub fn has_fields_of(&self, tree: &Node) -> bool {
        let mut has_all = true;
        tree.walk(&mut |node| {
            if let Expression::Field { name, quoted } = &node.expression {
                has_all &= self.field(node, name, *quoted).is_ok();
            }
        });
        has_all
    }

    /// The values of a field.
    fn field(&self, node: &Node, name: &str, quoted: bool) -> Evaluated {
        let inside = || {
            // `wijken.naam` where the table is called wijken.
            let (table, field) = name.split_once('.')?;
            let same = !quoted && table.eq_ignore_ascii_case(&self.table.name);
            if same { self.table.field_index(field) } else { None }
        };
        let found = self.table.field_index(name).or_else(inside).and_then(|at| {
            let (field, column) = (self.table.fields.get(at)?, self.table.columns.get(at)?);
            Some(Operand::new(column.clone(), false, Kind::of(field.kind)))
        });
        found.ok_or_else(|| self.unknown_field(node, name, quoted))
    }

    fn unknown_field(&self, node: &Node, name: &str, quoted: bool) -> QueryError {
        let names = self.table.fields.iter().map(|field| field.name.as_str());
        let meant = closest(name, names).map(written_name);
        let span = node.span.clone();
        if meant.is_none() && quoted {
            let message = Message::new("query-unknown-field-quotes").text("name", name);
            return QueryError::new(span, message).suggest(written_text(name));
        }
        let message = Message::new("query-unknown-field").text("name", name);
        QueryError::new(span, message).suggest(meant)
    }

    /// A value used as a condition.
    fn condition(&self, node: &Node) -> Evaluated {
        let operand = self.evaluate(node)?;
        match operand.kind {
            Kind::Boolean => Ok(operand),
            Kind::Null => Ok(operand.nulls(Kind::Boolean)),
            Kind::Integer if operand.scalar => {
                operand.cast(Kind::Boolean).ok_or_else(|| not_a_condition(node, operand.kind))
            }
            kind => Err(not_a_condition(node, kind)),
        }
    }

    fn chain(
        &self,
        node: &Node,
        all: &[Node],
        join: fn(&BooleanArray, &BooleanArray) -> Result<BooleanArray, arrow_schema::ArrowError>,
    ) -> Evaluated {
        let mut links = all.iter().map(|link| self.condition(link));
        let Some(first) = links.next() else {
            return Ok(Operand::literal(&Literal::Boolean(true)));
        };
        links.try_fold(first?, |so_far, link| self.join(node, &so_far, &link?, join))
    }

    fn join(
        &self,
        node: &Node,
        left: &Operand,
        right: &Operand,
        join: fn(&BooleanArray, &BooleanArray) -> Result<BooleanArray, arrow_schema::ArrowError>,
    ) -> Evaluated {
        let scalar = left.scalar && right.scalar;
        let (one, other) = match (left.booleans(), right.booleans()) {
            (Some(one), Some(other)) if scalar => (one.clone(), other.clone()),
            _ => (self.as_column(left)?, self.as_column(right)?),
        };
        let joined = join(&one, &other).map_err(|error| failed(&node.span, &error))?;
        Ok(Operand::boolean(joined, scalar))
    }

    fn map_mask(
        node: &Node,
        operand: &Operand,
        change: impl Fn(&BooleanArray) -> Result<BooleanArray, arrow_schema::ArrowError>,
    ) -> Evaluated {
        let mask = operand.booleans().ok_or_else(|| not_a_condition(node, operand.kind))?;
        let mask = change(mask).map_err(|error| failed(&node.span, &error))?;
        Ok(Operand::boolean(mask, operand.scalar))
    }

    /// `a || b`; a mistake where conditions stand on both sides.
    fn concat(&self, left: &Node, right: &Node) -> Evaluated {
        let operands = vec![self.evaluate(left)?, self.evaluate(right)?];
        if operands.iter().any(|operand| operand.kind == Kind::Boolean) {
            let between = left.span.end..right.span.start.max(left.span.end);
            let message =
                Message::new("query-write-instead").text("written", "||").text("meant", "OR");
            return Err(QueryError::new(between, message).suggest(" OR ".to_owned()));
        }
        let operands = match self.language {
            Some(language) => operands.iter().map(|operand| operand.written(language)).collect(),
            None => operands,
        };
        let nodes = [left.clone(), right.clone()];
        let span = compare::around(left, right);
        let node = Node { span, expression: Expression::Literal(Literal::Null) };
        let rows = self.table.rows();
        super::functions::join_texts(&Call {
            node: &node,
            nodes: &nodes,
            operands,
            rows,
            now: self.now,
        })
    }

    /// `value IN (…)`; null where the value is, or where it is not found and the list has a null.
    fn is_in(&self, node: &Node, value: &Node, list: &[Node]) -> Evaluated {
        let operand = self.evaluate(value)?;
        if let Some(found) = in_words(&operand, list) {
            return Ok(found);
        }
        let mut found = Operand::literal(&Literal::Boolean(false));
        for item in list {
            let other = self.evaluate(item)?;
            let equal = compare::compare(Comparison::Equal, (&operand, value), (&other, item))?;
            found = self.join(node, &found, &equal, boolean::or_kleene)?;
        }
        Ok(found)
    }

    fn case(
        &self,
        node: &Node,
        operand: Option<&Node>,
        branches: &[(Node, Node)],
        otherwise: Option<&Node>,
    ) -> Evaluated {
        let subject = operand.map(|node| Ok((self.evaluate(node)?, node))).transpose()?;
        let mut masks = Vec::new();
        let mut results = Vec::new();
        for (when, then) in branches {
            masks.push(match &subject {
                None => self.condition(when)?,
                Some((value, of)) => {
                    let wanted = self.evaluate(when)?;
                    compare::compare(Comparison::Equal, (value, of), (&wanted, when))?
                }
            });
            results.push((self.evaluate(then)?, then));
        }
        let last = match otherwise {
            Some(result) => (self.evaluate(result)?, result),
            None => (Operand::literal(&Literal::Null), node),
        };
        results.push(last);
        let placed: Vec<Placed<'_>> = results.iter().map(|(value, node)| (value, *node)).collect();
        let mut values = alike(&placed)?;
        let mut made = values.pop().unwrap_or_else(|| Operand::literal(&Literal::Null));
        if made.kind == Kind::Null {
            return Ok(made);
        }
        for (mask, value) in masks.iter().zip(&values).rev() {
            let scalar = mask.scalar && value.scalar && made.scalar;
            let mask = match mask.booleans() {
                Some(mask) if scalar => mask.clone(),
                _ => self.as_column(mask)?,
            };
            let array = zip(&null_is_false(&mask), value, &made);
            let array = array.map_err(|error| failed(&node.span, &error))?;
            made = Operand::new(array, scalar, value.kind);
        }
        Ok(made)
    }
}

/// Values as one kind: that of all that are not null, numbers where whole numbers meet numbers,
/// date-times where dates meet them, else text.
pub(super) fn alike(values: &[Placed<'_>]) -> Result<Vec<Operand>, QueryError> {
    let kinds = values.iter().map(|(value, _)| value.kind).filter(|kind| *kind != Kind::Null);
    let common = kinds.reduce(|one, other| match (one, other) {
        (one, other) if one == other => one,
        (Kind::Integer | Kind::Number, Kind::Integer | Kind::Number) => Kind::Number,
        (Kind::DateTime(zone), Kind::Date | Kind::DateTime(_))
        | (Kind::Date, Kind::DateTime(zone)) => Kind::DateTime(zone),
        _ => Kind::Text,
    });
    let common = common.unwrap_or(Kind::Null);
    let cast = |(value, node): &Placed<'_>| {
        value.cast(common).ok_or_else(|| {
            let message = Message::new("query-cannot-convert")
                .message("from", value.kind.message())
                .message("to", common.message());
            QueryError::new(node.span.clone(), message)
        })
    };
    values.iter().map(cast).collect()
}

/// A column of texts or whole numbers in a list of written ones: by a hash, since lists pasted
/// from elsewhere are long.
fn in_words(operand: &Operand, list: &[Node]) -> Option<Operand> {
    if operand.scalar {
        return None;
    }
    let literals: Option<Vec<&Literal>> = list
        .iter()
        .map(|node| match &node.expression {
            Expression::Literal(literal) => Some(literal),
            _ => None,
        })
        .collect();
    let literals = literals?;
    let has_null = literals.contains(&&Literal::Null);
    let literals = literals.into_iter().filter(|literal| **literal != Literal::Null);
    let answer = |found: bool| if found || !has_null { Some(found) } else { None };
    let mask: BooleanArray = if let Some(texts) = operand.texts() {
        let words: Option<HashSet<&str>> = literals
            .map(|literal| match literal {
                Literal::Text(word) => Some(word.as_str()),
                _ => None,
            })
            .collect();
        in_set(texts, &words?, answer)
    } else {
        let numbers: Option<HashSet<i64>> = literals
            .map(|literal| match literal {
                Literal::Integer(number) => Some(*number),
                _ => None,
            })
            .collect();
        let numbers = numbers?;
        operand.integers()?.iter().map(|value| answer(numbers.contains(&value?))).collect()
    };
    Some(Operand::new(Arc::new(mask), false, Kind::Boolean))
}

fn in_set(
    texts: &StringArray,
    words: &HashSet<&str>,
    answer: impl Fn(bool) -> Option<bool>,
) -> BooleanArray {
    texts.iter().map(|text| answer(words.contains(text?))).collect()
}

fn not_a_condition(node: &Node, kind: Kind) -> QueryError {
    let message = Message::new("query-not-a-condition").message("kind", kind.message());
    QueryError::new(node.span.clone(), message)
}

/// A field's name as a condition writes it: quoted where the bare word would not be read as it.
pub(super) fn written_name(name: &str) -> String {
    // With a word after it, as it stands in a condition: `select` alone is a name, before another
    // word it begins a query.
    let read = super::parse::parse(&format!("{name} IS NULL")).ok().flatten();
    let value = match read.map(|node| node.expression) {
        Some(Expression::IsNull { value, negated: false }) => Some(value.expression),
        _ => None,
    };
    let plain = matches!(value, Some(Expression::Field { name: read, quoted: false })
        if read == name && !name.contains('.'));
    if plain { name.to_owned() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
}

/// A text as a condition writes it.
pub(super) fn written_text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
