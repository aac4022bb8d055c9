//! QGIS' expressions as ours.

use super::{CASTS, NoCounterpart, SAME};
use crate::query::{Condition, TextExpression};

/// A filter or an expression of QGIS in the language of conditions.
///
/// # Errors
/// When a word or sign has no counterpart, or the whole makes no sense.
pub fn from_qgis(expression: &str) -> Result<String, NoCounterpart> {
    let mut out = Out::default();
    let mut rest = expression;
    while let Some(first) = rest.chars().next() {
        let (word, after) = cut(rest, first)?;
        out.take(word, after)?;
        rest = after;
    }
    let sql = out.text.trim().to_owned();
    let is_sound = TextExpression::parse(&sql).is_ok() || Condition::parse(&sql).is_ok();
    if is_sound { Ok(sql) } else { Err(NoCounterpart(expression.to_owned())) }
}

/// The words that both have.
const WORDS: &[&str] = &[
    "AND", "OR", "NOT", "IN", "LIKE", "ILIKE", "CASE", "WHEN", "THEN", "ELSE", "END", "NULL",
    "TRUE", "FALSE", "IS",
];

/// Splits the first word or sign off.
fn cut(text: &str, first: char) -> Result<(&str, &str), NoCounterpart> {
    let end = match first {
        '\'' | '"' => quoted_end(text, first).ok_or_else(|| NoCounterpart(text.to_owned()))?,
        _ if first.is_whitespace() => text.find(|c: char| !c.is_whitespace()).unwrap_or(text.len()),
        _ if first.is_ascii_digit() || first == '.' => number_end(text),
        _ if first.is_alphabetic() || matches!(first, '_' | '$' | '@') => text
            .char_indices()
            .skip(1)
            .find(|(_, c)| !c.is_alphanumeric() && *c != '_')
            .map_or(text.len(), |(at, _)| at),
        _ => {
            let two = ["<=", ">=", "<>", "!=", "||", "//"];
            two.iter().find(|sign| text.starts_with(**sign)).map_or(first.len_utf8(), |_| 2)
        }
    };
    text.split_at_checked(end).ok_or_else(|| NoCounterpart(text.to_owned()))
}

/// Where a quoted text ends: at the next quote that is neither doubled nor behind a backslash.
fn quoted_end(text: &str, quote: char) -> Option<usize> {
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        if character == '\\' && quote == '\'' {
            characters.next();
        } else if character == quote {
            if characters.peek().is_some_and(|(_, next)| *next == quote) {
                characters.next();
            } else {
                return Some(at + 1);
            }
        }
    }
    None
}

fn number_end(text: &str) -> usize {
    let mut before = ' ';
    for (at, character) in text.char_indices() {
        let is_sign = matches!(character, '+' | '-') && matches!(before, 'e' | 'E');
        if !(character.is_ascii_digit() || matches!(character, '.' | 'e' | 'E') || is_sign) {
            return at;
        }
        before = character;
    }
    text.len()
}

/// What was made until now.
#[derive(Default)]
struct Out {
    text: String,
    /// What closes each bracket that is open.
    open: Vec<&'static str>,
    /// What the next bracket that is opened closes with.
    next: Option<&'static str>,
    /// Whether the next `NOT` is written already.
    passes_not: bool,
}

impl Out {
    fn take(&mut self, word: &str, after: &str) -> Result<(), NoCounterpart> {
        let first = word.chars().next().unwrap_or(' ');
        match first {
            '\'' => self.text.push_str(&text(word)),
            '(' => {
                self.open.push(self.next.take().unwrap_or(")"));
                self.text.push('(');
            }
            ')' => self.text.push_str(self.open.pop().unwrap_or(")")),
            '"' | ',' | '+' | '-' | '*' | '%' | '=' | '<' | '>' | '~' => self.text.push_str(word),
            '/' if word == "/" => self.text.push('/'),
            '|' if word == "||" => self.text.push_str(word),
            '!' if word == "!=" => self.text.push_str(word),
            _ if first.is_whitespace() => self.text.push(' '),
            _ if first.is_ascii_digit() || first == '.' => self.text.push_str(word),
            _ if first.is_alphabetic() || first == '_' => self.name(word, after)?,
            _ => return Err(NoCounterpart(word.to_owned())),
        }
        Ok(())
    }

    fn name(&mut self, word: &str, after: &str) -> Result<(), NoCounterpart> {
        let upper = word.to_uppercase();
        let after = after.trim_start();
        if upper == "NOT" && std::mem::take(&mut self.passes_not) {
            return Ok(());
        }
        if WORDS.contains(&upper.as_str()) {
            // There it also compares any two values.
            let next = after.to_uppercase();
            if upper == "IS" && !(next.starts_with("NULL") || next.starts_with("NOT NULL")) {
                return self.is_distinct(&next);
            }
            self.text.push_str(&upper);
            return Ok(());
        }
        if !after.starts_with('(') {
            // A field without quotes.
            self.text.push_str(&Condition::written_name(word));
            return Ok(());
        }
        let lower = word.to_lowercase();
        if let Some((to, _)) = CASTS.iter().find(|(_, theirs)| *theirs == lower) {
            self.text.push_str("CAST");
            self.next = Some(match *to {
                "TEXT" => " AS TEXT)",
                "INTEGER" => " AS INTEGER)",
                "TIMESTAMP" => " AS TIMESTAMP)",
                _ => " AS DOUBLE PRECISION)",
            });
            return Ok(());
        }
        let ours = SAME.iter().find(|(_, theirs)| *theirs == lower).map(|(ours, _)| ours);
        self.text.push_str(ours.ok_or_else(|| NoCounterpart(word.to_owned()))?);
        Ok(())
    }

    /// `IS` and `IS NOT` between fields; `next` is what follows.
    fn is_distinct(&mut self, next: &str) -> Result<(), NoCounterpart> {
        let made = if next.starts_with("NOT \"") {
            self.passes_not = true;
            "IS DISTINCT FROM"
        } else if next.starts_with('"') {
            "IS NOT DISTINCT FROM"
        } else {
            return Err(NoCounterpart("IS".to_owned()));
        };
        self.text.push_str(made);
        Ok(())
    }
}

/// A text between quotes, with backslashes as ours has them: only before the end of a line.
fn text(word: &str) -> String {
    let inside = word.strip_prefix('\'').and_then(|word| word.strip_suffix('\''));
    let mut made = String::from("'");
    let mut characters = inside.unwrap_or_default().chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('n') => made.push_str("\\n"),
                Some('t') => made.push('\t'),
                Some('\'') => made.push_str("''"),
                Some(other) => made.push(other),
                None => {}
            },
            other => made.push(other),
        }
    }
    made.push('\'');
    made
}
