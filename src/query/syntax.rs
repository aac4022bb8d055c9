//! The syntax tree of a condition: what [`super::lower`] makes of sqlparser's, with a place in
//! the text for every node and nothing that cannot be evaluated.

use std::ops::Range;

use super::functions::Function;

/// A part of a condition and the bytes of the text it stands at.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub span: Range<usize>,
    pub expression: Expression,
}

/// What a part of a condition computes.
#[derive(Clone, Debug)]
pub(super) enum Expression {
    Literal(Literal),
    Field {
        name: String,
        quoted: bool,
    },
    Not(Box<Node>),
    /// All of them; a list, so that a long chain is not deep.
    And(Vec<Node>),
    /// Any of them.
    Or(Vec<Node>),
    Compare(Comparison, Box<Node>, Box<Node>),
    /// `IS [NOT] DISTINCT FROM`: a comparison in which null equals null.
    Distinct {
        left: Box<Node>,
        right: Box<Node>,
        negated: bool,
    },
    Arithmetic(Operator, Box<Node>, Box<Node>),
    Negative(Box<Node>),
    Concat(Box<Node>, Box<Node>),
    In {
        value: Box<Node>,
        list: Vec<Node>,
        negated: bool,
    },
    Between {
        value: Box<Node>,
        low: Box<Node>,
        high: Box<Node>,
        negated: bool,
    },
    Like(Box<Like>),
    Regex {
        value: Box<Node>,
        pattern: Box<Node>,
        any_case: bool,
        negated: bool,
    },
    IsNull {
        value: Box<Node>,
        negated: bool,
    },
    /// `IS [NOT] TRUE`, `IS [NOT] FALSE`.
    Is {
        value: Box<Node>,
        wanted: bool,
        negated: bool,
    },
    Case {
        operand: Option<Box<Node>>,
        branches: Vec<(Node, Node)>,
        otherwise: Option<Box<Node>>,
    },
    Cast {
        value: Box<Node>,
        to: CastTo,
    },
    Call {
        function: &'static Function,
        arguments: Vec<Node>,
    },
}

/// `LIKE` and `ILIKE`.
#[derive(Clone, Debug)]
pub(super) struct Like {
    pub value: Node,
    pub pattern: Node,
    pub escape: Option<char>,
    pub any_case: bool,
    pub negated: bool,
}

/// A value written in the condition.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Literal {
    Null,
    Boolean(bool),
    Integer(i64),
    Number(f64),
    Text(String),
    /// Days since 1970.
    Date(i32),
    /// Milliseconds since 1970, and minutes east of UTC when an offset is written (then the
    /// milliseconds are in UTC, else local).
    DateTime(i64, Option<i16>),
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// Arithmetic on numbers, and of days on dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Plus,
    Minus,
    Times,
    Divide,
    Modulo,
}

impl Operator {
    /// As it is written.
    pub fn sign(self) -> &'static str {
        match self {
            Operator::Plus => "+",
            Operator::Minus => "-",
            Operator::Times => "*",
            Operator::Divide => "/",
            Operator::Modulo => "%",
        }
    }
}

/// What `CAST` makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CastTo {
    Boolean,
    Integer,
    Number,
    Text,
    Date,
    DateTime,
}

impl Node {
    /// Calls `visit` with this node and all below it.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Node)) {
        visit(self);
        for child in self.children() {
            child.walk(visit);
        }
    }

    fn children(&self) -> Vec<&Node> {
        match &self.expression {
            Expression::Literal(_) | Expression::Field { .. } => Vec::new(),
            Expression::And(all) | Expression::Or(all) => all.iter().collect(),
            Expression::Call { arguments, .. } => arguments.iter().collect(),
            Expression::Not(value)
            | Expression::Negative(value)
            | Expression::IsNull { value, .. }
            | Expression::Is { value, .. }
            | Expression::Cast { value, .. } => vec![value],
            Expression::Compare(_, left, right)
            | Expression::Arithmetic(_, left, right)
            | Expression::Distinct { left, right, .. }
            | Expression::Concat(left, right)
            | Expression::Regex { value: left, pattern: right, .. } => vec![left, right],
            Expression::In { value, list, .. } => {
                std::iter::once(&**value).chain(list.iter()).collect()
            }
            Expression::Between { value, low, high, .. } => vec![value, low, high],
            Expression::Like(like) => vec![&like.value, &like.pattern],
            Expression::Case { operand, branches, otherwise } => {
                let branches = branches.iter().flat_map(|(when, then)| [when, then]);
                operand.as_deref().into_iter().chain(branches).chain(otherwise.as_deref()).collect()
            }
        }
    }

    /// The parts it is made of, to change.
    pub fn children_mut(&mut self) -> Vec<&mut Node> {
        match &mut self.expression {
            Expression::Literal(_) | Expression::Field { .. } => Vec::new(),
            Expression::And(all) | Expression::Or(all) => all.iter_mut().collect(),
            Expression::Call { arguments, .. } => arguments.iter_mut().collect(),
            Expression::Not(value)
            | Expression::Negative(value)
            | Expression::IsNull { value, .. }
            | Expression::Is { value, .. }
            | Expression::Cast { value, .. } => vec![value],
            Expression::Compare(_, left, right)
            | Expression::Arithmetic(_, left, right)
            | Expression::Distinct { left, right, .. }
            | Expression::Concat(left, right)
            | Expression::Regex { value: left, pattern: right, .. } => vec![left, right],
            Expression::In { value, list, .. } => {
                std::iter::once(&mut **value).chain(list.iter_mut()).collect()
            }
            Expression::Between { value, low, high, .. } => vec![value, low, high],
            Expression::Like(like) => vec![&mut like.value, &mut like.pattern],
            Expression::Case { operand, branches, otherwise } => {
                let branches = branches.iter_mut().flat_map(|(when, then)| [when, then]);
                operand
                    .as_deref_mut()
                    .into_iter()
                    .chain(branches)
                    .chain(otherwise.as_deref_mut())
                    .collect()
            }
        }
    }
}
