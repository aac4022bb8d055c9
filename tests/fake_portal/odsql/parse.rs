//! The `where` clause, read by descent: OR, AND, NOT, then one test.

use super::condition::{Comparison, Condition, folded, words_of};
use super::lex::{Token, tokens};
use super::literal::Literal;
use super::place::{PlaceTest, geometry};
use crate::fake_portal::dataset::{Field, Kind};
use crate::fake_portal::error::ApiError;

type Read<T> = Result<T, ApiError>;

const CLAUSE: &str = "where";

/// The deepest nesting of parentheses that is read.
const DEEPEST: usize = 100;

/// The condition of a `where` clause on rows of these fields.
pub fn condition(text: &str, fields: &[Field]) -> Read<Condition> {
    let tokens = tokens(CLAUSE, text)?;
    let mut parser = Parser { tokens: &tokens, at: 0, depth: 0, fields };
    let condition = parser.any()?;
    match parser.peek() {
        None => Ok(condition),
        Some(token) => Err(malformed(&format!("Unexpected {token:?}."))),
    }
}

fn malformed(detail: &str) -> ApiError {
    ApiError::odsql(CLAUSE, detail)
}

struct Parser<'a> {
    tokens: &'a [Token],
    at: usize,
    depth: usize,
    fields: &'a [Field],
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn next(&mut self) -> Read<Token> {
        let token = self.peek().cloned().ok_or_else(|| malformed("The query ends too early."))?;
        self.at += 1;
        Ok(token)
    }

    fn is_word(&self, ahead: usize, word: &str) -> bool {
        matches!(self.tokens.get(self.at + ahead), Some(Token::Name(name)) if name.eq_ignore_ascii_case(word))
    }

    fn word(&mut self, word: &str) -> bool {
        let found = self.is_word(0, word);
        self.at += usize::from(found);
        found
    }

    fn flag(&mut self) -> Option<bool> {
        [("true", true), ("false", false)]
            .into_iter()
            .find_map(|(word, flag)| self.word(word).then_some(flag))
    }

    fn sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Sign(found)) if *found == sign);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, sign: &str) -> Read<()> {
        if self.sign(sign) { Ok(()) } else { Err(malformed(&format!("Expected {sign}."))) }
    }

    fn any(&mut self) -> Read<Condition> {
        let mut parts = vec![self.all()?];
        while self.word("or") {
            parts.push(self.all()?);
        }
        Ok(Condition::Any(parts))
    }

    fn all(&mut self) -> Read<Condition> {
        let mut parts = vec![self.negation()?];
        while self.word("and") {
            parts.push(self.negation()?);
        }
        Ok(Condition::All(parts))
    }

    fn negation(&mut self) -> Read<Condition> {
        let mut negative = false;
        while self.word("not") {
            negative = !negative;
        }
        let test = self.test()?;
        Ok(if negative { Condition::Not(Box::new(test)) } else { test })
    }

    fn test(&mut self) -> Read<Condition> {
        if self.sign("(") {
            self.depth += 1;
            if self.depth > DEEPEST {
                return Err(malformed("The query is nested too deeply."));
            }
            let inner = self.any()?;
            self.depth -= 1;
            self.expect(")")?;
            return Ok(inner);
        }
        match self.next()? {
            Token::Text(text) => Ok(self.search(None, &text)),
            Token::Name(name) if matches!(self.peek(), Some(Token::Sign("("))) => {
                self.at += 1;
                let made = self.function(&name)?;
                self.expect(")")?;
                Ok(made)
            }
            Token::Name(name) if name.eq_ignore_ascii_case("true") => Ok(Condition::Always(true)),
            Token::Name(name) if name.eq_ignore_ascii_case("false") => Ok(Condition::Always(false)),
            Token::Name(name) | Token::Quoted(name) => {
                let column = self.column(&name)?;
                self.about(column)
            }
            token => Err(malformed(&format!("Unexpected {token:?}."))),
        }
    }

    fn column(&self, name: &str) -> Read<usize> {
        super::select::column(self.fields, name)
            .ok_or_else(|| ApiError::unknown_field(CLAUSE, name))
    }

    /// What follows the name of a field.
    fn about(&mut self, column: usize) -> Read<Condition> {
        if self.word("is") {
            let negative = self.word("not");
            if let Some(flag) = self.flag() {
                let with = Literal::Flag(flag).fit(CLAUSE, &self.fields[column])?;
                let test = Condition::Compare { column, how: Comparison::Equal, with };
                return Ok(unless(negative, test));
            }
            if !self.word("null") {
                return Err(malformed("Expected NULL, true or false."));
            }
            return Ok(unless(negative, Condition::IsNull { column }));
        }
        let negative = self.word("not");
        if self.word("in") {
            return Ok(unless(negative, self.among(column)?));
        }
        if self.word("like") {
            let pattern = folded(&self.text()?).replace('*', "%");
            let test = if pattern.contains('%') {
                Condition::Like { column, pattern }
            } else {
                self.search(Some(column), &pattern)
            };
            return Ok(unless(negative, test));
        }
        if negative {
            return Err(malformed("Expected IN or LIKE."));
        }
        let how = match self.next()? {
            Token::Sign("=" | ":") => Comparison::Equal,
            Token::Sign("!=" | "<>") => Comparison::NotEqual,
            Token::Sign("<") => Comparison::Less,
            Token::Sign("<=") => Comparison::LessOrEqual,
            Token::Sign(">") => Comparison::Greater,
            Token::Sign(">=") => Comparison::GreaterOrEqual,
            token => return Err(malformed(&format!("Unexpected {token:?}."))),
        };
        let field = &self.fields[column];
        let ordered = !matches!(how, Comparison::Equal | Comparison::NotEqual);
        if ordered && matches!(field.kind, Kind::Text) {
            let detail = format!("Field {} of type text has no order.", field.name);
            return Err(malformed(&detail));
        }
        let with = self.literal()?.fit(CLAUSE, field)?;
        Ok(Condition::Compare { column, how, with })
    }

    /// `("a", "b")`, or a range `[1 .. 5]`, whose turned brackets leave an end out.
    fn among(&mut self, column: usize) -> Read<Condition> {
        let field = &self.fields[column];
        if self.sign("(") {
            let mut options = Vec::new();
            loop {
                let with = self.literal()?.fit(CLAUSE, field)?;
                options.push(Condition::Compare { column, how: Comparison::Equal, with });
                if !self.sign(",") {
                    break;
                }
            }
            self.expect(")")?;
            return Ok(Condition::Any(options));
        }
        let from_included = !self.sign("]");
        if from_included {
            self.expect("[")?;
        }
        let from = self.literal()?.fit(CLAUSE, field)?;
        if !self.sign("..") && !self.word("to") {
            return Err(malformed("Expected .. in a range."));
        }
        let to = self.literal()?.fit(CLAUSE, field)?;
        let to_included = !self.sign("[");
        if to_included {
            self.expect("]")?;
        }
        Ok(Condition::Between { column, from: (from, from_included), to: (to, to_included) })
    }

    fn literal(&mut self) -> Read<Literal> {
        let minus = self.sign("-");
        match self.next()? {
            Token::Number(number) => Ok(Literal::Number(if minus { -number } else { number })),
            token if minus => Err(malformed(&format!("Unexpected {token:?}."))),
            Token::Text(text) => Ok(Literal::Text(text)),
            Token::Tagged(tag, text) if tag == "date" => Ok(Literal::Date(text)),
            Token::Name(name) if name.eq_ignore_ascii_case("true") => Ok(Literal::Flag(true)),
            Token::Name(name) if name.eq_ignore_ascii_case("false") => Ok(Literal::Flag(false)),
            token => Err(malformed(&format!("Unexpected {token:?}."))),
        }
    }

    fn text(&mut self) -> Read<String> {
        match self.next()? {
            Token::Text(text) => Ok(text),
            token => Err(malformed(&format!("Expected a text, found {token:?}."))),
        }
    }

    fn number(&mut self) -> Read<f64> {
        match self.literal()? {
            Literal::Number(number) => Ok(number),
            other => Err(malformed(&format!("Expected a number, found {other:?}."))),
        }
    }

    fn named_column(&mut self) -> Read<usize> {
        match self.next()? {
            Token::Name(name) | Token::Quoted(name) => self.column(&name),
            token => Err(malformed(&format!("Expected a field, found {token:?}."))),
        }
    }

    fn search(&self, column: Option<usize>, text: &str) -> Condition {
        let all = || (0..self.fields.len()).filter(|at| self.fields[*at].kind == Kind::Text);
        let columns = column.map_or_else(|| all().collect(), |column| vec![column]);
        Condition::Search { columns, words: words_of(&folded(text)) }
    }

    fn function(&mut self, name: &str) -> Read<Condition> {
        match name.to_lowercase().as_str() {
            "search" => {
                if let Some(Token::Text(text)) = self.peek().cloned() {
                    self.at += 1;
                    return Ok(self.search(None, &text));
                }
                let column = self.named_column()?;
                self.expect(",")?;
                let text = self.text()?;
                Ok(self.search(Some(column), &text))
            }
            "startswith" => {
                let column = self.named_column()?;
                self.expect(",")?;
                Ok(Condition::StartsWith { column, start: folded(&self.text()?) })
            }
            "in_bbox" => {
                let column = self.place()?;
                let mut corner = || {
                    self.expect(",")?;
                    self.number()
                };
                let (south, west, north, east) = (corner()?, corner()?, corner()?, corner()?);
                if !(-90.0..=90.0).contains(&south) || !(-90.0..=90.0).contains(&north) {
                    return Err(malformed("A latitude lies outside -90 and 90."));
                }
                Ok(Condition::Place { column, test: PlaceTest::in_box(south, west, north, east) })
            }
            kind @ ("intersects" | "within" | "disjoint") => {
                let column = self.place()?;
                let area = self.geom()?;
                let test = match kind {
                    "intersects" => PlaceTest::Intersects(area),
                    "within" => PlaceTest::Within(area),
                    _ => PlaceTest::Disjoint(area),
                };
                Ok(Condition::Place { column, test })
            }
            "within_distance" => {
                let column = self.place()?;
                let geo::Geometry::Point(from) = self.geom()? else {
                    return Err(malformed("Expected a point."));
                };
                self.expect(",")?;
                let metres = match self.next()? {
                    Token::Distance(number, unit) if unit == "m" => number,
                    Token::Distance(number, unit) if unit == "km" => number * 1000.0,
                    token => return Err(malformed(&format!("Unexpected distance {token:?}."))),
                };
                Ok(Condition::Place { column, test: PlaceTest::Near(from, metres) })
            }
            _ => Err(malformed(&format!("{name}()"))),
        }
    }

    fn place(&mut self) -> Read<usize> {
        let column = self.named_column()?;
        let field = &self.fields[column];
        if field.kind.is_place() {
            return Ok(column);
        }
        Err(malformed(&format!("Field {} is not a place.", field.name)))
    }

    fn geom(&mut self) -> Read<geo::Geometry<f64>> {
        self.expect(",")?;
        match self.next()? {
            Token::Tagged(tag, text) if tag == "geom" => geometry(CLAUSE, &text),
            token => Err(malformed(&format!("Expected a geometry, found {token:?}."))),
        }
    }
}

fn unless(negative: bool, test: Condition) -> Condition {
    if negative { Condition::Not(Box::new(test)) } else { test }
}
