//! Errors that point at a word of the condition.

use std::ops::Range;

use crate::i18n::Message;

/// What is wrong with a condition, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct QueryError {
    /// The bytes of the condition's text it is about.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: Message,
    /// What was perhaps meant: text to put in place of the span.
    pub suggestion: Option<String>,
}

impl std::fmt::Display for QueryError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} (at {}..{})", self.message, self.span.start, self.span.end)
    }
}

impl std::error::Error for QueryError {}
