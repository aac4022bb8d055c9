//! From sqlparser's syntax tree to ours: what cannot be evaluated is refused here, at its place.

use std::ops::Range;

use sqlparser::ast::{
    BinaryOperator, CaseWhen, CeilFloorKind, DataType, DateTimeField, Expr, Ident, InTarget,
    Spanned, TrimWhereField, UnaryOperator, Value,
};

use super::QueryError;
use super::convert::{parse_date, parse_date_time};
use super::functions::{self, Function};
use super::places::Places;
use super::syntax::{CastTo, Comparison, Expression, Like, Literal, Node, Operator};
use crate::i18n::Message;

/// How deep the tree may be: a guard for the stack.
const DEPTH: usize = 100;

type Lowered = Result<Node, QueryError>;

/// Makes our tree.
pub(super) struct Lowering<'a> {
    places: &'a Places<'a>,
    depth: usize,
}

impl<'a> Lowering<'a> {
    pub fn new(places: &'a Places<'a>) -> Lowering<'a> {
        Lowering { places, depth: 0 }
    }

    /// The tree of an expression.
    pub fn lower(&mut self, expr: &Expr) -> Lowered {
        if self.depth >= DEPTH {
            return Err(QueryError::new(self.places.all(), Message::new("query-too-deep")));
        }
        self.depth += 1;
        let lowered = self.expression(expr);
        self.depth -= 1;
        lowered
    }

    fn boxed(&mut self, expr: &Expr) -> Result<Box<Node>, QueryError> {
        self.lower(expr).map(Box::new)
    }

    fn all<'e>(
        &mut self,
        list: impl IntoIterator<Item = &'e Expr>,
    ) -> Result<Vec<Node>, QueryError> {
        list.into_iter().map(|expr| self.lower(expr)).collect()
    }

    /// Where an expression stands; the whole text where sqlparser does not tell.
    fn span(&self, expr: &Expr) -> Range<usize> {
        self.places.range(expr.span()).unwrap_or_else(|| self.places.all())
    }

    fn ident_span(&self, ident: &Ident) -> Range<usize> {
        let known = self.places.range(ident.span);
        known.or_else(|| self.places.find_word(&ident.value)).unwrap_or_else(|| self.places.all())
    }

    fn refuse(&self, expr: &Expr, message: Message) -> QueryError {
        QueryError::new(self.span(expr), message)
    }

    fn unknown(&self, expr: &Expr) -> QueryError {
        self.refuse(expr, Message::new("query-unknown-construction"))
    }

    fn expression(&mut self, expr: &Expr) -> Lowered {
        let expression = match expr {
            Expr::Nested(inner) => return self.lower(inner),
            Expr::Identifier(ident) if is_connective(ident) => {
                let word = self.ident_span(ident);
                let message = Message::new("query-unexpected").text("word", ident.value.as_str());
                return Err(QueryError::new(word, message));
            }
            Expr::Identifier(ident) => {
                return Ok(Node {
                    span: self.ident_span(ident),
                    expression: Expression::Field {
                        name: ident.value.clone(),
                        quoted: ident.quote_style.is_some(),
                    },
                });
            }
            Expr::CompoundIdentifier(parts) => return self.compound(expr, parts),
            Expr::Value(value) => {
                let span = self.places.range(value.span).unwrap_or_else(|| self.places.all());
                return Self::literal(&value.value, span);
            }
            Expr::TypedString(typed) => {
                let span = self.places.range(typed.value.span);
                let span = span.unwrap_or_else(|| self.places.all());
                let Value::SingleQuotedString(text) = &typed.value.value else {
                    return Err(self.unknown(expr));
                };
                let Some(to) = cast_target(&typed.data_type) else {
                    return Err(self.unknown(expr));
                };
                return typed_literal(text, to, span);
            }
            Expr::IsNull(value) | Expr::IsUnknown(value) => {
                Expression::IsNull { value: self.boxed(value)?, negated: false }
            }
            Expr::IsNotNull(value) | Expr::IsNotUnknown(value) => {
                Expression::IsNull { value: self.boxed(value)?, negated: true }
            }
            Expr::IsTrue(value) => self.is(value, true, false)?,
            Expr::IsNotTrue(value) => self.is(value, true, true)?,
            Expr::IsFalse(value) => self.is(value, false, false)?,
            Expr::IsNotFalse(value) => self.is(value, false, true)?,
            Expr::IsDistinctFrom(left, right) => self.distinct(left, right, false)?,
            Expr::IsNotDistinctFrom(left, right) => self.distinct(left, right, true)?,
            Expr::In { expr: value, target: InTarget::List(list), negated, global: false } => {
                Expression::In {
                    value: self.boxed(value)?,
                    list: self.all(list)?,
                    negated: *negated,
                }
            }
            Expr::In { target: InTarget::Subquery(_), .. }
            | Expr::Exists { .. }
            | Expr::Subquery(_) => {
                return Err(self.refuse(expr, Message::new("query-no-subquery")));
            }
            Expr::Between { expr: value, negated, low, high } => Expression::Between {
                value: self.boxed(value)?,
                low: self.boxed(low)?,
                high: self.boxed(high)?,
                negated: *negated,
            },
            Expr::BinaryOp { left, op, right } => return self.binary(expr, left, op, right),
            Expr::UnaryOp { op, expr: value } => match op {
                UnaryOperator::Not | UnaryOperator::BangNot => Expression::Not(self.boxed(value)?),
                UnaryOperator::Minus => return self.negative(value),
                UnaryOperator::Plus => return self.lower(value),
                _ => return Err(self.unknown(expr)),
            },
            Expr::Like { negated, any: false, expr: value, pattern, escape_char } => {
                self.like(value, pattern, escape_char.as_deref(), false, *negated)?
            }
            Expr::ILike { negated, any: false, expr: value, pattern, escape_char } => {
                self.like(value, pattern, escape_char.as_deref(), true, *negated)?
            }
            Expr::RLike { negated, expr: value, pattern, .. } => {
                self.regex(value, pattern, false, *negated)?
            }
            Expr::Case { operand, conditions, else_result, .. } => {
                self.case(operand.as_deref(), conditions, else_result.as_deref())?
            }
            Expr::Cast { expr: value, data_type, format: None, .. } => {
                let Some(to) = cast_target(data_type) else {
                    let kind = data_type.to_string();
                    let span = self.places.find_word(&kind).unwrap_or_else(|| self.span(expr));
                    let message = Message::new("query-unknown-type").text("type", kind);
                    return Err(QueryError::new(span, message));
                };
                Expression::Cast { value: self.boxed(value)?, to }
            }
            Expr::Extract { field, expr: value, .. } => {
                let arguments = self.all([&**value])?;
                let name = extracted(field).ok_or_else(|| self.unknown(expr))?;
                self.call(expr, name, arguments)?
            }
            Expr::Ceil { expr: value, field } if no_unit(field) => {
                let arguments = self.all([&**value])?;
                self.call(expr, "ceil", arguments)?
            }
            Expr::Floor { expr: value, field } if no_unit(field) => {
                let arguments = self.all([&**value])?;
                self.call(expr, "floor", arguments)?
            }
            Expr::Position { expr: part, r#in } => {
                let arguments = self.all([&**part, &**r#in])?;
                self.call(expr, "position", arguments)?
            }
            Expr::Substring { expr: value, substring_from, substring_for, .. } => {
                let rest = substring_from.iter().chain(substring_for).map(|part| &**part);
                let arguments = self.all(std::iter::once(&**value).chain(rest))?;
                self.call(expr, "substr", arguments)?
            }
            Expr::Trim { trim_where, trim_what, expr: value, trim_characters } => {
                let name = match trim_where {
                    None | Some(TrimWhereField::Both) => "trim",
                    Some(TrimWhereField::Leading) => "ltrim",
                    Some(TrimWhereField::Trailing) => "rtrim",
                };
                let what = trim_what.iter().map(|what| &**what);
                let what = what.chain(trim_characters.iter().flatten());
                let arguments = self.all(std::iter::once(&**value).chain(what))?;
                self.call(expr, name, arguments)?
            }
            Expr::Function(function) => return self.function(expr, function),
            _ => return Err(self.unknown(expr)),
        };
        Ok(self.node(expr, expression))
    }

    /// A node around its children.
    fn node(&self, expr: &Expr, expression: Expression) -> Node {
        let mut node = Node { span: 0..0, expression };
        let mut span = self.places.range(expr.span());
        node.walk(&mut |child| {
            if child.span != (0..0) {
                span = Some(match span.take() {
                    None => child.span.clone(),
                    Some(span) => span.start.min(child.span.start)..span.end.max(child.span.end),
                });
            }
        });
        node.span = span.unwrap_or_else(|| self.places.all());
        node
    }

    fn compound(&mut self, expr: &Expr, parts: &[Ident]) -> Lowered {
        let spans: Vec<_> = parts.iter().map(|part| self.ident_span(part)).collect();
        let (Some(first), Some(last)) = (spans.first(), spans.last()) else {
            return Err(self.unknown(expr));
        };
        let names: Vec<_> = parts.iter().map(|part| part.value.as_str()).collect();
        Ok(Node {
            span: first.start..last.end,
            expression: Expression::Field { name: names.join("."), quoted: false },
        })
    }

    fn literal(value: &Value, span: Range<usize>) -> Lowered {
        let literal = match value {
            Value::Null => Literal::Null,
            Value::Boolean(value) => Literal::Boolean(*value),
            Value::Number(text, _) => {
                let number = || text.parse::<f64>().ok().filter(|n| n.is_finite());
                let whole = text.parse().ok().map(Literal::Integer);
                let Some(number) = whole.or_else(|| number().map(Literal::Number)) else {
                    let message = Message::new("query-not-a-number").text("text", text.as_str());
                    return Err(QueryError::new(span, message));
                };
                number
            }
            Value::SingleQuotedString(text)
            | Value::EscapedStringLiteral(text)
            | Value::UnicodeStringLiteral(text)
            | Value::NationalStringLiteral(text) => Literal::Text(text.clone()),
            _ => {
                return Err(QueryError::new(span, Message::new("query-unknown-construction")));
            }
        };
        Ok(Node { span, expression: Expression::Literal(literal) })
    }

    fn is(&mut self, value: &Expr, wanted: bool, negated: bool) -> Result<Expression, QueryError> {
        Ok(Expression::Is { value: self.boxed(value)?, wanted, negated })
    }

    fn distinct(
        &mut self,
        left: &Expr,
        right: &Expr,
        negated: bool,
    ) -> Result<Expression, QueryError> {
        Ok(Expression::Distinct { left: self.boxed(left)?, right: self.boxed(right)?, negated })
    }

    fn regex(
        &mut self,
        value: &Expr,
        pattern: &Expr,
        any_case: bool,
        negated: bool,
    ) -> Result<Expression, QueryError> {
        let (value, pattern) = (self.boxed(value)?, self.boxed(pattern)?);
        Ok(Expression::Regex { value, pattern, any_case, negated })
    }

    fn like(
        &mut self,
        value: &Expr,
        pattern: &Expr,
        escape: Option<&Expr>,
        any_case: bool,
        negated: bool,
    ) -> Result<Expression, QueryError> {
        let (value, pattern) = (self.lower(value)?, self.lower(pattern)?);
        let escape = match escape {
            None => None,
            Some(expr) => {
                let node = self.lower(expr)?;
                let Expression::Literal(Literal::Text(text)) = &node.expression else {
                    return Err(QueryError::new(node.span, Message::new("query-bad-escape")));
                };
                let mut letters = text.chars();
                match (letters.next(), letters.next()) {
                    (Some(letter), None) => Some(letter),
                    _ => return Err(QueryError::new(node.span, Message::new("query-bad-escape"))),
                }
            }
        };
        Ok(Expression::Like(Box::new(Like { value, pattern, escape, any_case, negated })))
    }

    fn negative(&mut self, value: &Expr) -> Lowered {
        let mut node = self.lower(value)?;
        // The sign stands right before the value.
        let before = self.places.text.get(..node.span.start).unwrap_or_default().trim_end();
        let start = if before.ends_with('-') { before.len() - 1 } else { node.span.start };
        let span = start..node.span.end;
        node.expression = match node.expression {
            Expression::Literal(Literal::Number(number)) => {
                Expression::Literal(Literal::Number(-number))
            }
            Expression::Literal(Literal::Integer(number)) => {
                Expression::Literal(Literal::Integer(-number))
            }
            other => Expression::Negative(Box::new(Node { span: node.span, expression: other })),
        };
        node.span = span;
        Ok(node)
    }

    fn binary(&mut self, expr: &Expr, left: &Expr, op: &BinaryOperator, right: &Expr) -> Lowered {
        let comparison = match op {
            BinaryOperator::And | BinaryOperator::Or => return self.chain(expr, op),
            BinaryOperator::Eq => Some(Comparison::Equal),
            BinaryOperator::NotEq => Some(Comparison::NotEqual),
            BinaryOperator::Lt => Some(Comparison::Less),
            BinaryOperator::LtEq => Some(Comparison::LessOrEqual),
            BinaryOperator::Gt => Some(Comparison::Greater),
            BinaryOperator::GtEq => Some(Comparison::GreaterOrEqual),
            _ => None,
        };
        let operator = match op {
            BinaryOperator::Plus => Some(Operator::Plus),
            BinaryOperator::Minus => Some(Operator::Minus),
            BinaryOperator::Multiply => Some(Operator::Times),
            BinaryOperator::Divide => Some(Operator::Divide),
            BinaryOperator::Modulo => Some(Operator::Modulo),
            _ => None,
        };
        let expression = match op {
            BinaryOperator::StringConcat => {
                Expression::Concat(self.boxed(left)?, self.boxed(right)?)
            }
            BinaryOperator::Spaceship => self.distinct(left, right, true)?,
            BinaryOperator::Regexp | BinaryOperator::PGRegexMatch => {
                self.regex(left, right, false, false)?
            }
            BinaryOperator::PGRegexIMatch => self.regex(left, right, true, false)?,
            BinaryOperator::PGRegexNotMatch => self.regex(left, right, false, true)?,
            BinaryOperator::PGRegexNotIMatch => self.regex(left, right, true, true)?,
            BinaryOperator::PGLikeMatch => self.like(left, right, None, false, false)?,
            BinaryOperator::PGILikeMatch => self.like(left, right, None, true, false)?,
            BinaryOperator::PGNotLikeMatch => self.like(left, right, None, false, true)?,
            BinaryOperator::PGNotILikeMatch => self.like(left, right, None, true, true)?,
            _ => match (comparison, operator) {
                (Some(sign), _) => Expression::Compare(sign, self.boxed(left)?, self.boxed(right)?),
                (None, Some(sign)) => {
                    Expression::Arithmetic(sign, self.boxed(left)?, self.boxed(right)?)
                }
                (None, None) => return Err(self.unknown(expr)),
            },
        };
        Ok(self.node(expr, expression))
    }

    /// `a AND b AND c` as one list, however long.
    fn chain(&mut self, expr: &Expr, wanted: &BinaryOperator) -> Lowered {
        let mut links = Vec::new();
        let mut rest = expr;
        while let Expr::BinaryOp { left, op, right } = rest
            && op == wanted
        {
            links.push(&**right);
            rest = left;
        }
        links.push(rest);
        let nodes = self.all(links.into_iter().rev())?;
        let (start, end) = nodes.iter().fold((usize::MAX, 0), |(start, end), node| {
            (node.span.start.min(start), node.span.end.max(end))
        });
        let and = *wanted == BinaryOperator::And;
        let expression = if and { Expression::And(nodes) } else { Expression::Or(nodes) };
        Ok(Node { span: start..end, expression })
    }

    fn case(
        &mut self,
        operand: Option<&Expr>,
        conditions: &[CaseWhen],
        otherwise: Option<&Expr>,
    ) -> Result<Expression, QueryError> {
        let operand = operand.map(|operand| self.boxed(operand)).transpose()?;
        let branches = conditions
            .iter()
            .map(|when| Ok((self.lower(&when.condition)?, self.lower(&when.result)?)))
            .collect::<Result<_, QueryError>>()?;
        let otherwise = otherwise.map(|result| self.boxed(result)).transpose()?;
        Ok(Expression::Case { operand, branches, otherwise })
    }

    /// A call of a function that has its own syntax in SQL.
    fn call(
        &self,
        expr: &Expr,
        name: &str,
        arguments: Vec<Node>,
    ) -> Result<Expression, QueryError> {
        let function = functions::find(name).ok_or_else(|| self.unknown(expr))?;
        let word = self.places.find_word(name).unwrap_or_else(|| self.span(expr));
        check_arguments(function, arguments.len(), word)?;
        Ok(Expression::Call { function, arguments })
    }

    fn function(&mut self, expr: &Expr, call: &sqlparser::ast::Function) -> Lowered {
        use sqlparser::ast::{FunctionArg, FunctionArgExpr, FunctionArguments};
        let [sqlparser::ast::ObjectNamePart::Identifier(ident)] = call.name.0.as_slice() else {
            return Err(self.unknown(expr));
        };
        let word = self.ident_span(ident);
        let at_word = |message| QueryError::new(word.clone(), message);
        if call.over.is_some() {
            return Err(at_word(Message::new("query-no-window")));
        }
        if functions::is_aggregate(&ident.value) {
            let message = Message::new("query-no-aggregate").text("name", ident.value.as_str());
            return Err(at_word(message));
        }
        let Some(function) = functions::find(&ident.value) else {
            let message = Message::new("query-unknown-function").text("name", ident.value.as_str());
            let meant = functions::closest(&ident.value).map(str::to_owned);
            return Err(at_word(message).suggest(meant));
        };
        let plain = call.filter.is_none()
            && call.null_treatment.is_none()
            && call.within_group.is_empty()
            && matches!(call.parameters, FunctionArguments::None);
        let mut arguments = Vec::new();
        match &call.args {
            FunctionArguments::None => {}
            FunctionArguments::Subquery(_) => {
                return Err(at_word(Message::new("query-no-subquery")));
            }
            FunctionArguments::List(list) => {
                if !plain || list.duplicate_treatment.is_some() || !list.clauses.is_empty() {
                    return Err(self.unknown(expr));
                }
                for argument in &list.args {
                    match argument {
                        FunctionArg::Unnamed(FunctionArgExpr::Expr(value)) => {
                            arguments.push(self.lower(value)?);
                        }
                        _ => return Err(self.unknown(expr)),
                    }
                }
            }
        }
        check_arguments(function, arguments.len(), word.clone())?;
        let end = arguments.last().map_or(word.end, |last| last.span.end.max(word.end));
        let rest = self.places.text.get(end..).unwrap_or_default();
        let closed = rest.trim_start().starts_with(')');
        let end = if closed { end + rest.len() - rest.trim_start().len() + 1 } else { end };
        Ok(Node { span: word.start..end, expression: Expression::Call { function, arguments } })
    }
}

/// sqlparser takes a lone `NOT` for a name.
fn is_connective(ident: &Ident) -> bool {
    let words = ["and", "or", "not", "in", "between", "like", "ilike", "is"];
    ident.quote_style.is_none() && words.iter().any(|word| ident.value.eq_ignore_ascii_case(word))
}

fn check_arguments(
    function: &'static Function,
    given: usize,
    word: Range<usize>,
) -> Result<(), QueryError> {
    if function.arguments.contains(&given) {
        return Ok(());
    }
    Err(QueryError::new(word, Message::new("query-wrong-arguments").text("usage", function.usage)))
}

/// `date '2024-01-31'`.
fn typed_literal(text: &str, to: CastTo, span: Range<usize>) -> Lowered {
    let bad = |message: Message, span: &Range<usize>| {
        Err(QueryError::new(span.clone(), message.text("text", text)))
    };
    let literal = match to {
        CastTo::Date => match parse_date(text) {
            Some(days) => Literal::Date(days),
            None => return bad(Message::new("query-not-a-date"), &span),
        },
        CastTo::DateTime => match parse_date_time(text) {
            Some((millis, offset)) => Literal::DateTime(millis, offset),
            None => return bad(Message::new("query-not-a-date"), &span),
        },
        _ => {
            let value = Node {
                span: span.clone(),
                expression: Expression::Literal(Literal::Text(text.to_owned())),
            };
            return Ok(Node { span, expression: Expression::Cast { value: Box::new(value), to } });
        }
    };
    Ok(Node { span, expression: Expression::Literal(literal) })
}

fn no_unit(field: &CeilFloorKind) -> bool {
    matches!(field, CeilFloorKind::DateTimeField(DateTimeField::NoDateTime))
}

/// The function that takes a part of a date.
fn extracted(field: &DateTimeField) -> Option<&'static str> {
    Some(match field {
        DateTimeField::Year | DateTimeField::Years => "year",
        DateTimeField::Quarter => "quarter",
        DateTimeField::Month | DateTimeField::Months => "month",
        DateTimeField::Week(None) | DateTimeField::Weeks | DateTimeField::IsoWeek => "week",
        DateTimeField::Day | DateTimeField::Days => "day",
        DateTimeField::Isodow => "weekday",
        DateTimeField::Doy | DateTimeField::DayOfYear => "dayofyear",
        DateTimeField::Hour | DateTimeField::Hours => "hour",
        DateTimeField::Minute | DateTimeField::Minutes => "minute",
        DateTimeField::Second | DateTimeField::Seconds => "second",
        _ => return None,
    })
}

fn cast_target(data_type: &DataType) -> Option<CastTo> {
    Some(match data_type {
        DataType::Bool | DataType::Boolean => CastTo::Boolean,
        DataType::TinyInt(_)
        | DataType::SmallInt(_)
        | DataType::MediumInt(_)
        | DataType::Int2(_)
        | DataType::Int4(_)
        | DataType::Int8(_)
        | DataType::Int16
        | DataType::Int32
        | DataType::Int64
        | DataType::Int(_)
        | DataType::Integer(_)
        | DataType::Signed
        | DataType::BigInt(_) => CastTo::Integer,
        DataType::Float(_)
        | DataType::Float4
        | DataType::Float8
        | DataType::Float32
        | DataType::Float64
        | DataType::Real
        | DataType::Double(_)
        | DataType::DoublePrecision
        | DataType::Numeric(_)
        | DataType::Dec(_)
        | DataType::Decimal(_) => CastTo::Number,
        DataType::Char(_)
        | DataType::Character(_)
        | DataType::CharVarying(_)
        | DataType::CharacterVarying(_)
        | DataType::Varchar(_)
        | DataType::Nvarchar(_)
        | DataType::Text
        | DataType::JSON
        | DataType::String(_) => CastTo::Text,
        DataType::Date => CastTo::Date,
        DataType::Datetime(_) | DataType::Timestamp(..) => CastTo::DateTime,
        _ => return None,
    })
}
