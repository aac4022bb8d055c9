//! Reports for people: aligned rows, and errors that point at a word.

use crate::i18n::{Language, Message, tr};
use crate::problem::Problems;
use crate::query::{QueryError, SelectError};

/// A block of named values, aligned on the longest name.
#[derive(Default)]
pub(super) struct Rows(Vec<(String, Vec<String>)>);

impl Rows {
    /// A value; an empty one is left out.
    pub(super) fn add(&mut self, name: String, value: impl Into<String>) {
        let value = value.into();
        if !value.is_empty() {
            self.0.push((name, vec![value]));
        }
    }

    /// A value on several lines.
    pub(super) fn add_lines(&mut self, name: String, lines: Vec<String>) {
        self.0.push((name, lines));
    }

    /// The block, indented, with a line break at the end.
    pub(super) fn text(&self, indent: usize) -> String {
        let width = self.0.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
        let mut text = String::new();
        for (name, lines) in &self.0 {
            for (at, line) in lines.iter().enumerate() {
                let name = if at == 0 { name.as_str() } else { "" };
                text.push_str(&" ".repeat(indent));
                text.push_str(&padded(name, width));
                text.push_str("  ");
                text.push_str(line);
                text.push('\n');
            }
        }
        text
    }
}

/// The columns a text takes, near enough: one a character.
pub(super) fn width(text: &str) -> usize {
    text.chars().count()
}

/// A text filled up with spaces on the right.
pub(super) fn padded(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(width(text))))
}

/// Problems as a list of lines; one line saying so where there are none.
pub(super) fn problem_lines(problems: &Problems, language: Language) -> Vec<String> {
    if problems.is_empty() {
        return vec![tr(language, "cli-none")];
    }
    problems.iter().map(|problem| format!("- {}", problem.text(language))).collect()
}

/// A faulty condition: what is wrong, the condition, and a mark under the word.
pub(super) fn query_error(
    option: &str,
    sql: &str,
    error: &QueryError,
    language: Language,
) -> String {
    let mut text = format!("{option}: {}", error.message.in_language(language));
    if let Some(meant) = &error.suggestion {
        let meant = Message::new("cli-did-you-mean").text("meant", meant.as_str());
        text.push_str(". ");
        text.push_str(&meant.in_language(language));
    }
    let before = sql.get(..error.span.start).unwrap_or(sql);
    let marked = sql.get(error.span.clone()).unwrap_or_default();
    // The mark counts from the start of its own line; conditions may span several.
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = sql.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let before_mark = before.get(line_start..).unwrap_or_default();
    // A tab stays a tab, so that the mark is under its word.
    let lead: String = before_mark.chars().map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
    let mark = "^".repeat(width(marked.lines().next().unwrap_or_default()).max(1));
    text.push_str(&format!("\n  {line}\n  {lead}{mark}"));
    text
}

/// Why no selection could be made: with the condition on the rows, and the option and text of the
/// condition on features that is perhaps wrong.
pub(super) fn select_error(
    error: &SelectError,
    sql: &str,
    (option, features_sql): (&str, &str),
    language: Language,
) -> String {
    match error {
        SelectError::Condition(error) => query_error("--where", sql, error, language),
        SelectError::PlaceCondition { error, .. } => {
            query_error(option, features_sql, error, language)
        }
        SelectError::NoPlace { layer } => {
            Message::new("cli-no-place").text("layer", layer.as_str()).in_language(language)
        }
        SelectError::Crs(error) => error.message().in_language(language),
        SelectError::Cancelled(_) => tr(language, "error-cancelled"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_is_under_the_word() {
        let sql = "naam = 'é'\n\tAND wijc = 3";
        let start = sql.find("wijc").unwrap_or_default();
        let error = QueryError {
            span: start..start + 4,
            message: Message::new("cli-none"),
            suggestion: Some("wijk".to_owned()),
        };
        let text = query_error("--where", sql, &error, Language::English);
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[0].contains("wijk"), "{text}");
        assert_eq!(lines[1..], ["  \tAND wijc = 3", "  \t    ^^^^"]);
    }
}
