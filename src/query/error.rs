//! Errors that point at a word of the condition.

use std::ops::Range;

use crate::i18n::Message;

/// What is wrong with a condition, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct QueryError {
    /// The bytes of the condition's text it is about; empty, at the end of the text, when
    /// something is missing there.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: Message,
    /// What was perhaps meant: text to put in place of the span.
    pub suggestion: Option<String>,
}

impl QueryError {
    pub(super) fn new(span: Range<usize>, message: Message) -> QueryError {
        QueryError { span, message, suggestion: None }
    }

    pub(super) fn suggest(mut self, text: impl Into<Option<String>>) -> QueryError {
        self.suggestion = text.into();
        self
    }

    /// The condition with the suggestion in place of what is wrong; none without suggestion.
    pub fn corrected(&self, condition: &str) -> Option<String> {
        let (before, after) = (condition.get(..self.span.start)?, condition.get(self.span.end..)?);
        Some(format!("{before}{}{after}", self.suggestion.as_ref()?))
    }
}

impl std::fmt::Display for QueryError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} (at {}..{})", self.message, self.span.start, self.span.end)
    }
}

impl std::error::Error for QueryError {}
