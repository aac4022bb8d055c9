//! What may come next while a condition is typed.
//!
//! A condition being typed is no condition yet, so this does not parse: it looks at the words
//! before the cursor and tells what may follow them.

use std::ops::Range;

use super::evaluate::written_name;
use super::functions;
use crate::i18n::fold;
use crate::table::Table;

/// The most suggestions made.
const MOST: usize = 60;

/// What may stand at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// The bytes of the word being typed, up to the cursor; empty where none is.
    pub span: Range<usize>,
    /// What is typed of it, without an opening quote.
    pub word: String,
    /// What it may become.
    pub expects: Expects,
}

/// What may follow the words before the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expects {
    /// A field, a function, `NOT`.
    Operand,
    /// After a field: a comparison.
    Operator,
    /// A value of the field at this position in the table, perhaps with its quote typed already.
    Value {
        /// The field.
        field: usize,
        /// Whether only a text can follow.
        in_text: bool,
    },
    /// After `IS`.
    State,
    /// After a condition: `AND`, `OR`.
    Join,
}

/// A word that may be put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The text to put in place of [`Expected::span`].
    pub text: String,
    /// What it is.
    pub kind: SuggestionKind,
}

/// What a suggestion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuggestionKind {
    /// A field.
    Field,
    /// A function.
    Function,
    /// A word or sign of SQL.
    Word,
    /// A value of the field.
    Value,
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    Name(String),
    /// A text, and whether it is closed.
    Text(String, bool),
    Number,
    Sign(String),
    Open,
    Close,
    Comma,
}

/// The tokens before a place, with where each begins and ends.
fn tokens(text: &str) -> Vec<(Token, Range<usize>)> {
    let mut found = Vec::new();
    let mut letters = text.char_indices().peekable();
    while let Some((start, letter)) = letters.next() {
        let mut end = start + letter.len_utf8();
        let token = match letter {
            '\'' | '"' => {
                let mut inside = String::new();
                let mut closed = false;
                while let Some((at, next)) = letters.next() {
                    end = at + next.len_utf8();
                    if next == letter {
                        if letters.next_if(|(_, after)| *after == letter).is_none() {
                            closed = true;
                            break;
                        }
                        end += 1;
                    }
                    inside.push(next);
                }
                match letter {
                    '"' if closed => Token::Name(inside),
                    _ => Token::Text(inside, closed),
                }
            }
            '(' => Token::Open,
            ')' => Token::Close,
            ',' => Token::Comma,
            _ if letter.is_alphanumeric() || letter == '_' => {
                let mut word = String::from(letter);
                let in_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
                while let Some((at, next)) = letters.next_if(|(_, next)| in_word(*next)) {
                    end = at + next.len_utf8();
                    word.push(next);
                }
                if letter.is_ascii_digit() { Token::Number } else { Token::Word(word) }
            }
            _ if letter.is_whitespace() => continue,
            _ => {
                let mut sign = String::from(letter);
                let in_sign = |c: char| matches!(c, '=' | '<' | '>' | '!' | '|' | ':');
                if in_sign(letter) {
                    while let Some((at, next)) = letters.next_if(|(_, next)| in_sign(*next)) {
                        end = at + next.len_utf8();
                        sign.push(next);
                    }
                }
                Token::Sign(sign)
            }
        };
        found.push((token, start..end));
    }
    found
}

/// What may stand at a byte of a condition on a table; none inside a number, or where nothing
/// sensible is known.
pub fn expected(sql: &str, cursor: usize, table: &Table) -> Option<Expected> {
    let before = sql.get(..cursor)?;
    let mut tokens = tokens(before);
    let (mut span, mut word, mut in_text) = (cursor..cursor, String::new(), false);
    match tokens.last().cloned() {
        Some((Token::Word(typed), at)) if at.end == cursor => {
            (span, word) = (at, typed);
            tokens.pop();
        }
        Some((Token::Text(typed, false), at)) => {
            in_text = sql.get(at.start..)?.starts_with('\'');
            (span, word) = (at, typed);
            tokens.pop();
        }
        Some((Token::Number, at)) if at.end == cursor => return None,
        Some((Token::Text(_, true) | Token::Name(_), at)) if at.end == cursor => return None,
        _ => {}
    }
    let tokens: Vec<Token> = tokens.into_iter().map(|(token, _)| token).collect();
    let expects = expects(&tokens, table)?;
    let expects = match expects {
        Expects::Value { field, .. } => Expects::Value { field, in_text },
        _ if in_text => return None,
        other => other,
    };
    Some(Expected { span, word, expects })
}

fn expects(tokens: &[Token], table: &Table) -> Option<Expects> {
    let value = |field: Option<usize>| match field {
        Some(field) => Expects::Value { field, in_text: false },
        None => Expects::Operand,
    };
    let Some((last, before)) = tokens.split_last() else { return Some(Expects::Operand) };
    Some(match last {
        Token::Sign(sign) if is_comparison(sign) => value(field_at_end(before, table)),
        Token::Sign(_) => Expects::Operand,
        Token::Open => match before.last() {
            Some(Token::Word(word)) if is(word, "in") => value(field_before(before, table)),
            _ => Expects::Operand,
        },
        Token::Comma => match list_before(before) {
            Some(list) => value(field_before(list, table)),
            None => Expects::Operand,
        },
        Token::Word(word) if is(word, "and") => match between_before(before) {
            Some(between) => value(field_before(between, table)),
            None => Expects::Operand,
        },
        Token::Word(word) if ["or", "not", "where"].iter().any(|known| is(word, known)) => {
            // After `field NOT` comes what can be negated.
            match before.last() {
                Some(token) if is(word, "not") && field(token, table).is_some() => {
                    Expects::Operator
                }
                _ => Expects::Operand,
            }
        }
        Token::Word(word) if ["like", "ilike", "between"].iter().any(|known| is(word, known)) => {
            value(field_before(tokens, table))
        }
        Token::Word(word) if is(word, "is") => Expects::State,
        token if field(token, table).is_some() => {
            // A field on the right of a comparison ends it.
            let compared = matches!(before.last(), Some(Token::Sign(sign)) if is_comparison(sign));
            if compared { Expects::Join } else { Expects::Operator }
        }
        Token::Close | Token::Number | Token::Text(..) => {
            // `BETWEEN 1` still lacks its other end.
            let open = matches!(before.last(), Some(Token::Word(word)) if is(word, "between"));
            let inside = list_before(tokens).is_some() && *last != Token::Close;
            if inside && !open {
                return None;
            }
            Expects::Join
        }
        Token::Word(word) if ["null", "true", "false"].iter().any(|known| is(word, known)) => {
            Expects::Join
        }
        _ => return None,
    })
}

fn is(word: &str, known: &str) -> bool {
    word.eq_ignore_ascii_case(known)
}

fn is_comparison(sign: &str) -> bool {
    matches!(sign, "=" | "==" | "<>" | "!=" | "<" | "<=" | ">" | ">=")
}

fn field(token: &Token, table: &Table) -> Option<usize> {
    match token {
        Token::Word(name) | Token::Name(name) => table.field_index(name),
        _ => None,
    }
}

fn field_at_end(tokens: &[Token], table: &Table) -> Option<usize> {
    field(tokens.last()?, table)
}

/// The field before `IN`, `LIKE`, `BETWEEN`, which end the tokens, perhaps with `NOT`.
fn field_before(tokens: &[Token], table: &Table) -> Option<usize> {
    let (_, before) = tokens.split_last()?;
    match before.split_last()? {
        (Token::Word(word), rest) if is(word, "not") => field_at_end(rest, table),
        _ => field_at_end(before, table),
    }
}

/// The tokens up to `IN`, where the tokens end inside its brackets.
fn list_before(tokens: &[Token]) -> Option<&[Token]> {
    let mut depth = 0;
    for at in (0..tokens.len()).rev() {
        match tokens.get(at)? {
            Token::Close => depth += 1,
            Token::Open if depth > 0 => depth -= 1,
            Token::Open => {
                let before = tokens.get(..at)?;
                let is_in = matches!(before.last(), Some(Token::Word(word)) if is(word, "in"));
                return is_in.then_some(before);
            }
            _ => {}
        }
    }
    None
}

/// The tokens up to `BETWEEN`, where they end with its first value.
fn between_before(tokens: &[Token]) -> Option<&[Token]> {
    let (_, before) = tokens.split_last()?;
    let is_between = matches!(before.last(), Some(Token::Word(word)) if is(word, "between"));
    is_between.then_some(before)
}

const COMPARISONS: [&str; 11] =
    ["=", "<>", "<", "<=", ">", ">=", "IN (", "LIKE", "ILIKE", "BETWEEN", "IS"];

/// What may be put in, the best first: that begins with the word before that contains it, without
/// regard to case and accents. Values are those of the field, as a condition writes them.
pub fn suggestions(expected: &Expected, table: &Table, values: &[String]) -> Vec<Suggestion> {
    use SuggestionKind::{Field, Function, Value, Word};
    let fields = || {
        let names = table.fields.iter().map(|field| (field.name.as_str(), Field));
        names.collect::<Vec<_>>()
    };
    let words = |words: &[&'static str]| -> Vec<(&'static str, SuggestionKind)> {
        words.iter().map(|word| (*word, Word)).collect()
    };
    let offered: Vec<(&str, SuggestionKind)> = match &expected.expects {
        Expects::Operand => {
            let functions = functions::names().map(|name| (name, Function));
            fields().into_iter().chain(functions).chain(words(&["NOT"])).collect()
        }
        Expects::Operator => {
            let negated = ["NOT IN (", "NOT LIKE", "NOT BETWEEN"];
            words(&COMPARISONS).into_iter().chain(words(&negated)).collect()
        }
        Expects::Value { in_text, .. } => {
            let values = values.iter().map(|value| (value.as_str(), Value));
            let others = if *in_text || expected.word.is_empty() { Vec::new() } else { fields() };
            values.chain(others).collect()
        }
        Expects::State => words(&["NULL", "NOT NULL", "TRUE", "FALSE"]),
        Expects::Join => words(&["AND", "OR"]),
    };
    let wanted = fold(&expected.word);
    let rank = |text: &str| {
        let folded = fold(text.trim_start_matches('\''));
        if folded.starts_with(&wanted) {
            Some(0)
        } else {
            (wanted.len() > 1 && folded.contains(&wanted)).then_some(1)
        }
    };
    let ranked = offered.into_iter().filter_map(|(text, kind)| Some((rank(text)?, text, kind)));
    let mut ranked: Vec<(i32, &str, SuggestionKind)> = ranked.collect();
    ranked.sort_by_key(|(rank, ..)| *rank);
    ranked.truncate(MOST);
    let made = ranked.into_iter().map(|(_, text, kind)| {
        let text = match kind {
            Field => written_name(text),
            Function => format!("{text}("),
            Word | Value => text.to_owned(),
        };
        Suggestion { text, kind }
    });
    // Nothing to add to a word that is there.
    made.filter(|made| !(expected.word == made.text && made.kind != Value)).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{Int64Array, StringArray};

    use super::*;
    use crate::table::{Field, FieldKind};

    fn table() -> Table {
        let fields = vec![
            Field::new("wijk", FieldKind::Text),
            Field::new("Aantal stuks", FieldKind::Integer),
        ];
        let texts = StringArray::from(vec!["Ledeberg"]);
        let numbers = Int64Array::from(vec![3]);
        Table::new("t", 1, fields, vec![Arc::new(texts), Arc::new(numbers)], None)
            .unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn the_words_before_the_cursor_tell_what_follows() {
        use Expects::{Join, Operand, Operator, State};
        let value = |field, in_text| Some(Expects::Value { field, in_text });
        let table = table();
        for (typed, word, wanted) in [
            ("", "", Some(Operand)),
            ("wi", "wi", Some(Operand)),
            ("wijk ", "", Some(Operator)),
            ("wijk NO", "NO", Some(Operator)),
            ("wijk NOT ", "", Some(Operator)),
            ("wijk = ", "", value(0, false)),
            ("wijk = 'Led", "Led", value(0, true)),
            ("wijk = 'Led'", "", None),
            ("wijk = 'Led' ", "", Some(Join)),
            ("wijk = 'Led' an", "an", Some(Join)),
            ("wijk = 'Led' AND ", "", Some(Operand)),
            ("wijk = 'it''s", "it's", value(0, true)),
            ("\"Aantal stuks\" >= ", "", value(1, false)),
            ("\"Aantal", "Aantal", Some(Operand)),
            ("\"aantal stuks\" BETWEEN 1 AND ", "", value(1, false)),
            ("wijk IN ('a', ", "", value(0, false)),
            ("wijk NOT IN (", "", value(0, false)),
            ("wijk IN ('a', 'b') ", "", Some(Join)),
            ("wijk NOT LIKE '", "", value(0, true)),
            ("wijk IS ", "", Some(State)),
            ("wijk IS NULL ", "", Some(Join)),
            ("lower(", "", Some(Operand)),
            ("wijk = wijk ", "", Some(Join)),
            ("12", "", None),
            ("onbekend ", "", None),
        ] {
            let found = expected(typed, typed.len(), &table);
            assert_eq!(found.as_ref().map(|f| f.expects.clone()), wanted, "{typed}");
            if let Some(found) = found {
                assert_eq!(found.word, word, "{typed}");
                assert_eq!(found.span.end, typed.len(), "{typed}");
            }
        }
    }

    #[test]
    fn suggestions_begin_with_what_was_typed() {
        let table = table();
        let values = ["'Ledeberg'".to_owned(), "'Oud Ledeberg'".to_owned(), "'Zuid'".to_owned()];
        let texts = |typed: &str| {
            let Some(expected) = expected(typed, typed.len(), &table) else { return Vec::new() };
            let made = suggestions(&expected, &table, &values);
            made.into_iter().map(|made| made.text).collect::<Vec<_>>()
        };
        assert_eq!(texts("wijk = 'léd"), ["'Ledeberg'", "'Oud Ledeberg'"]);
        assert_eq!(texts("aan"), ["\"Aantal stuks\""]);
        assert_eq!(texts("upp"), ["upper("]);
        assert_eq!(texts("wijk IS n"), ["NULL", "NOT NULL"]);
        assert_eq!(texts("wijk = 'x' o"), ["OR"]);
        assert_eq!(texts("wijk = ").len(), 3);
        assert_eq!(texts("wijk"), [""; 0]);
        assert!(texts("").len() > 20);
    }

    /// Whatever is typed, wherever the cursor stands.
    #[test]
    fn nothing_typed_brings_completion_down() {
        let table = table();
        let words =
            ["wijk", "'", "\"", "(", ")", ",", "AND", "IN", "BETWEEN", "é", "=", "1", " ", "."];
        let mut state = 9_u64;
        for _ in 0..5_000 {
            let mut text = String::new();
            for _ in 0..6 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let at = usize::try_from(state >> 33).unwrap_or(0) % words.len();
                text.push_str(words.get(at).copied().unwrap_or_default());
            }
            for cursor in 0..=text.len() {
                if let Some(found) = expected(&text, cursor, &table) {
                    assert!(text.get(found.span.clone()).is_some(), "{text} {cursor}");
                    let _ = suggestions(&found, &table, &[]);
                }
            }
        }
    }
}
