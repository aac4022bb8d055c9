//! From sqlparser's lines and columns to bytes of the text.

use std::ops::Range;

use sqlparser::tokenizer::{Location, Span, Token, TokenWithSpan};

/// The words of a condition and where they stand.
pub(super) struct Places<'a> {
    pub text: &'a str,
    lines: Vec<Line>,
    /// The tokens that are no white space.
    pub words: Vec<(Token, Range<usize>)>,
}

/// A line of the text.
struct Line {
    start: usize,
    end: usize,
    /// The byte of each character; empty when every character is one byte.
    characters: Vec<usize>,
}

impl<'a> Places<'a> {
    pub fn new(text: &'a str) -> Places<'a> {
        let mut start = 0;
        let line = |line: &str| {
            let (first, end) = (start, start + line.len());
            start = end;
            let bytes = line.char_indices().map(|(at, _)| first + at);
            let characters = if line.is_ascii() { Vec::new() } else { bytes.collect() };
            Line { start: first, end, characters }
        };
        let mut lines: Vec<Line> = text.split_inclusive('\n').map(line).collect();
        if text.is_empty() || text.ends_with('\n') {
            lines.push(Line { start: text.len(), end: text.len(), characters: Vec::new() });
        }
        Places { text, lines, words: Vec::new() }
    }

    pub fn set_words(&mut self, tokens: &[TokenWithSpan]) {
        let words = tokens.iter().filter(|t| !matches!(t.token, Token::Whitespace(_) | Token::EOF));
        self.words = words
            .filter_map(|token| Some((token.token.clone(), self.range(token.span)?)))
            .collect();
    }

    /// The byte of a location (line and column in characters, from 1); none for an empty one.
    pub fn byte(&self, location: Location) -> Option<usize> {
        let line = usize::try_from(location.line).ok()?.checked_sub(1)?;
        let column = usize::try_from(location.column).ok()?.checked_sub(1)?;
        let line = self.lines.get(line)?;
        let byte = if line.characters.is_empty() {
            line.start + column
        } else {
            line.characters.get(column).copied().unwrap_or(line.end)
        };
        Some(byte.min(line.end))
    }

    /// The bytes of a span; none for an empty one.
    pub fn range(&self, span: Span) -> Option<Range<usize>> {
        let (start, end) = (self.byte(span.start)?, self.byte(span.end)?);
        (start < end).then_some(start..end)
    }

    /// The word that starts at a byte or lies around it.
    pub fn word_at(&self, byte: usize) -> Option<&(Token, Range<usize>)> {
        self.words.iter().find(|(_, span)| span.start <= byte && byte < span.end)
    }

    /// The first word with this text, whatever its case.
    pub fn find_word(&self, word: &str) -> Option<Range<usize>> {
        let same = |token: &Token| matches!(token, Token::Word(found) if found.value.eq_ignore_ascii_case(word));
        self.words.iter().find(|(token, _)| same(token)).map(|(_, span)| span.clone())
    }

    /// The end of the text, where something is missing.
    pub fn end(&self) -> Range<usize> {
        let end = self.text.trim_end().len();
        end..end
    }

    /// All of the text, without the space around it.
    pub fn all(&self) -> Range<usize> {
        let start = self.text.len() - self.text.trim_start().len();
        start.min(self.end().end)..self.end().end
    }
}
