//! From text to a syntax tree, with errors a person can act on.

use std::ops::Range;

use sqlparser::dialect::GenericDialect;
use sqlparser::keywords::Keyword;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Token, TokenWithSpan, Tokenizer, Whitespace};

use super::QueryError;
use super::lower::Lowering;
use super::places::Places;
use super::suggest::closest;
use super::syntax::Node;
use crate::i18n::Message;

/// How deep brackets may nest.
const NESTING: usize = 40;
/// How many signs and words that are not values a condition may have: a guard for the stack.
const WORDS: usize = 4000;

/// Words that may follow a value.
const CONNECTIVES: &[&str] = &["AND", "OR", "NOT", "IN", "BETWEEN", "LIKE", "ILIKE", "IS"];
/// The same in Dutch, as people type them.
const DUTCH: &[(&str, &str)] = &[
    ("en", "AND"),
    ("of", "OR"),
    ("niet", "NOT"),
    ("tussen", "BETWEEN"),
    ("zoals", "LIKE"),
    ("leeg", "NULL"),
];

/// Reads a condition; none when the text is empty (every row meets it).
pub(super) fn parse(text: &str) -> Result<Option<Node>, QueryError> {
    let mut places = Places::new(text);
    let dialect = GenericDialect {};
    let tokens = Tokenizer::new(&dialect, text).tokenize_with_location();
    let mut tokens = tokens.map_err(|error| {
        let start = places.byte(error.location).unwrap_or(text.len());
        unreadable(&places, &error.message, start)
    })?;
    places.set_words(&tokens);
    trim(&mut tokens);
    if tokens.iter().all(|token| matches!(token.token, Token::Whitespace(_) | Token::EOF)) {
        return Ok(None);
    }
    check_words(&places)?;

    let mut parser =
        Parser::new(&dialect).with_recursion_limit(NESTING).with_tokens_with_locations(tokens);
    let tree = parser.parse_expr().map_err(|error| refused(&places, &error))?;
    let next = parser.peek_token();
    if next.token != Token::EOF {
        let at = places.byte(next.span.start).unwrap_or(text.len());
        return Err(left_over(&places, at));
    }
    Lowering::new(&places).lower(&tree).map(Some)
}

/// Whether there is a comment in a condition.
pub(super) fn has_comment(text: &str) -> bool {
    let is_comment = |token: &Token| {
        use Whitespace::{MultiLineComment, SingleLineComment};
        matches!(token, Token::Whitespace(SingleLineComment { .. } | MultiLineComment(_)))
    };
    let tokens = Tokenizer::new(&GenericDialect {}, text).tokenize();
    tokens.is_ok_and(|tokens| tokens.iter().any(is_comment))
}

/// Takes off a leading `WHERE` and trailing semicolons: people paste them.
fn trim(tokens: &mut Vec<TokenWithSpan>) {
    let blank = |token: &Token| matches!(token, Token::Whitespace(_) | Token::EOF);
    while tokens.last().is_some_and(|t| blank(&t.token) || t.token == Token::SemiColon) {
        tokens.pop();
    }
    if let Some(first) = tokens.iter().position(|token| !blank(&token.token)) {
        let is_where = matches!(tokens.get(first).map(|t| &t.token),
            Some(Token::Word(word)) if word.keyword == Keyword::WHERE);
        if is_where {
            tokens.drain(..=first);
        }
    }
}

/// What the parser would refuse with less helpful words, or read as something else.
fn check_words(places: &Places<'_>) -> Result<(), QueryError> {
    let words = &places.words;
    let weight = words.iter().filter(|(token, _)| {
        !matches!(token, Token::Comma | Token::Number(..) | Token::SingleQuotedString(_))
    });
    if weight.count() > WORDS {
        return Err(QueryError::new(places.all(), Message::new("query-too-long")));
    }
    if let Some((Token::Word(word), span)) = words.first()
        && word.quote_style.is_none()
        && matches!(
            word.keyword,
            Keyword::SELECT | Keyword::WITH | Keyword::INSERT | Keyword::UPDATE | Keyword::DELETE
        )
        && matches!(words.get(1), Some((Token::Word(_) | Token::Mul | Token::Number(..), _)))
    {
        return Err(QueryError::new(span.clone(), Message::new("query-only-condition")));
    }
    for (at, (token, span)) in words.iter().enumerate() {
        let next = words.get(at + 1).filter(|(_, next)| next.start == span.end);
        let meant = match (token, next.map(|(next, _)| next)) {
            (Token::Overlap | Token::Ampersand, _) => Some(("AND", span.clone())),
            (Token::Pipe, _) => Some(("OR", span.clone())),
            (Token::RArrow | Token::Char('≥'), _) => Some((">=", span.clone())),
            (Token::Assignment, _) => Some(("=", span.clone())),
            (Token::Eq, Some(Token::Lt)) => Some(("<=", span.start..span.end + 1)),
            (Token::DoubleEq, Some(Token::Eq)) => Some(("=", span.start..span.end + 1)),
            (Token::ExclamationMark, _) => Some(("NOT ", span.clone())),
            (Token::Char('‘' | '’' | '“' | '”' | '´'), _) => Some(("'", span.clone())),
            (Token::Char('≤'), _) => Some(("<=", span.clone())),
            (Token::Char('≠'), _) => Some(("<>", span.clone())),
            (Token::Char('×'), _) => Some(("*", span.clone())),
            _ => None,
        };
        if let Some((meant, span)) = meant {
            let written = places.text.get(span.clone()).unwrap_or_default();
            let message = Message::new("query-write-instead")
                .text("written", written)
                .text("meant", meant.trim());
            return Err(QueryError::new(span, message).suggest(meant.to_owned()));
        }
    }
    Ok(())
}

/// The tokenizer's errors: almost always a quote that is not closed.
fn unreadable(places: &Places<'_>, message: &str, start: usize) -> QueryError {
    let rest = start..places.end().end.max(start);
    let opened = places.text.get(start..).and_then(|rest| rest.chars().next());
    match opened {
        Some('\'') if message.starts_with("Unterminated") => {
            QueryError::new(rest, Message::new("query-open-text"))
        }
        Some('"' | '`') => QueryError::new(rest, Message::new("query-open-name")),
        Some('/') => QueryError::new(rest, Message::new("query-open-comment")),
        Some(letter) => {
            let span = start..start + letter.len_utf8();
            let message = Message::new("query-unexpected").text("word", letter.to_string());
            QueryError::new(span, message)
        }
        None if message.contains("comment") => {
            QueryError::new(places.end(), Message::new("query-open-comment"))
        }
        None => QueryError::new(places.end(), Message::new("query-unfinished")),
    }
}

/// The parser's errors: it says what it found and where, in English.
fn refused(places: &Places<'_>, error: &ParserError) -> QueryError {
    let text = match error {
        ParserError::RecursionLimitExceeded => {
            return QueryError::new(places.all(), Message::new("query-too-deep"));
        }
        ParserError::ParserError(text) | ParserError::TokenizerError(text) => text,
    };
    let location = text.rsplit_once(" at Line: ").and_then(|(_, place)| {
        let (line, column) = place.split_once(", Column: ")?;
        Some(sqlparser::tokenizer::Location {
            line: line.trim().parse().ok()?,
            column: column.trim().parse().ok()?,
        })
    });
    match location.and_then(|location| places.byte(location)) {
        Some(at) if at < places.text.len() => unexpected(places, at),
        _ => QueryError::new(places.end(), Message::new("query-unfinished")),
    }
}

/// A word where a value should stand.
fn unexpected(places: &Places<'_>, at: usize) -> QueryError {
    let Some((token, span)) = places.word_at(at) else {
        return QueryError::new(places.end(), Message::new("query-unfinished"));
    };
    if let Some(error) = subquery(token, span) {
        return error;
    }
    let written = places.text.get(span.clone()).unwrap_or_default();
    if let Token::Word(word) = token
        && word.quote_style.is_none()
        && word.keyword != Keyword::NoKeyword
        && !CONNECTIVES.contains(&written.to_uppercase().as_str())
    {
        let message = Message::new("query-reserved-word").text("word", written);
        return QueryError::new(span.clone(), message).suggest(format!("\"{written}\""));
    }
    QueryError::new(span.clone(), Message::new("query-unexpected").text("word", written))
}

/// A word after a finished condition.
fn left_over(places: &Places<'_>, at: usize) -> QueryError {
    let Some((token, span)) = places.word_at(at) else {
        return QueryError::new(places.end(), Message::new("query-unfinished"));
    };
    if let Some(error) = subquery(token, span) {
        return error;
    }
    if let Some((span, number)) = decimal_comma(places, span) {
        let message = Message::new("query-decimal-comma");
        return QueryError::new(span, message).suggest(number);
    }
    let written = places.text.get(span.clone()).unwrap_or_default();
    let message = Message::new("query-unexpected").text("word", written);
    let error = QueryError::new(span.clone(), message);
    let Token::Word(word) = token else { return error };
    if word.quote_style.is_some() {
        return error;
    }
    let dutch = DUTCH.iter().find(|(dutch, _)| written.eq_ignore_ascii_case(dutch));
    let meant = dutch
        .map(|(_, sql)| *sql)
        .or_else(|| closest(written, CONNECTIVES.iter().copied()).filter(|_| written.len() > 1));
    if let Some(meant) = meant {
        return error.suggest(meant.to_owned());
    }
    text_without_quotes(places, span.start).unwrap_or(error)
}

fn subquery(token: &Token, span: &Range<usize>) -> Option<QueryError> {
    let Token::Word(word) = token else { return None };
    matches!(word.keyword, Keyword::SELECT)
        .then(|| QueryError::new(span.clone(), Message::new("query-no-subquery")))
}

/// `3,5` where `3.5` is meant: the whole number and how to write it.
fn decimal_comma(places: &Places<'_>, comma: &Range<usize>) -> Option<(Range<usize>, String)> {
    let at = places.words.iter().position(|(_, span)| span == comma)?;
    let (before, after) = (places.words.get(at.checked_sub(1)?)?, places.words.get(at + 1)?);
    let ((Token::Number(whole, _), first), (Token::Number(part, _), last)) = (before, after) else {
        return None;
    };
    let close = first.end == comma.start && comma.end == last.start;
    let comma_sign = places.text.get(comma.clone()) == Some(",");
    (close && comma_sign).then(|| (first.start..last.end, format!("{whole}.{part}")))
}

/// `naam = Sint Amandsberg`: two bare words after a comparison are text without quotes.
fn text_without_quotes(places: &Places<'_>, second: usize) -> Option<QueryError> {
    let at = places.words.iter().position(|(_, span)| span.start == second)?;
    let plain = |token: &Token| {
        matches!(token, Token::Word(word)
        if word.quote_style.is_none() && !CONNECTIVES.contains(&word.value.to_uppercase().as_str()))
    };
    let (first, start) = places.words.get(at.checked_sub(1)?)?;
    let (sign, _) = places.words.get(at.checked_sub(2)?)?;
    if !plain(first) || !matches!(sign, Token::Eq | Token::Neq | Token::DoubleEq) {
        return None;
    }
    let run = places.words.iter().skip(at).take_while(|(token, _)| plain(token));
    let end = run.last()?.1.end;
    let text = places.text.get(start.start..end)?;
    let message = Message::new("query-text-without-quotes").text("text", text);
    let quoted = format!("'{}'", text.replace('\'', "''"));
    Some(QueryError::new(start.start..end, message).suggest(quoted))
}
