//! JSON text read piece by piece, without a tree and without recursion.
//!
//! A general parser gives numbers as `f64` and nested values as trees; here numbers keep their
//! text (identifiers of 20 digits stay exact), nested values can be kept as they are, a reader
//! can go back to a place it passed, and every error has its place. Two things outside RFC 8259
//! are let through because real files have them: control characters inside strings and the
//! numbers `NaN`, `Infinity` and `-Infinity`.

use std::borrow::Cow;

use memchr::memchr2;

use crate::i18n::Message;

/// Text that is not JSON, from this byte on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct JsonError {
    /// The byte offset.
    pub at: usize,
    /// What is wrong.
    pub what: Message,
}

/// A number as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct JsonNumber<'a> {
    pub text: &'a str,
    /// Without fraction and exponent.
    pub whole: bool,
}

/// A value that is not a container.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Scalar<'a> {
    Null,
    Boolean(bool),
    Number(JsonNumber<'a>),
    /// `NaN`, `Infinity`, `-Infinity`.
    NotFinite,
    Text(Cow<'a, str>),
}

/// Reads JSON text from the front.
#[derive(Clone, Debug)]
pub(super) struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
}

type Result<T> = std::result::Result<T, JsonError>;

impl<'a> Scanner<'a> {
    pub fn new(text: &'a str) -> Scanner<'a> {
        Scanner { text, bytes: text.as_bytes(), at: 0 }
    }

    /// The offset of the next byte.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Goes (back) to an offset that [`Self::at`] gave.
    pub fn seek(&mut self, at: usize) {
        self.at = at;
    }

    fn error<T>(&self, id: &'static str) -> Result<T> {
        let end = self.at >= self.bytes.len();
        let what = Message::new(if end { "json-ends-early" } else { id });
        Err(JsonError { at: self.at, what })
    }

    /// The next byte that is not white space; it is not taken.
    #[inline]
    pub fn peek(&mut self) -> Result<u8> {
        loop {
            match self.bytes.get(self.at) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                Some(byte) => return Ok(*byte),
                None => return self.error("json-ends-early"),
            }
        }
    }

    /// Takes the next byte if it is this one.
    #[inline]
    pub fn takes(&mut self, wanted: u8) -> Result<bool> {
        let found = self.peek()? == wanted;
        if found {
            self.at += 1;
        }
        Ok(found)
    }

    /// The next key of an object whose `{` is taken; none takes the `}`.
    pub fn next_key(&mut self, first: &mut bool) -> Result<Option<Cow<'a, str>>> {
        if self.takes(b'}')? {
            return Ok(None);
        }
        if !std::mem::take(first) && !self.takes(b',')? {
            return self.error("json-expects-comma");
        }
        if self.peek()? != b'"' {
            return self.error("json-expects-key");
        }
        let key = self.string()?;
        if !self.takes(b':')? {
            return self.error("json-expects-colon");
        }
        Ok(Some(key))
    }

    /// Whether another item follows in an array whose `[` is taken; otherwise takes the `]`.
    #[inline]
    pub fn next_item(&mut self, first: &mut bool) -> Result<bool> {
        if self.takes(b']')? {
            return Ok(false);
        }
        if !std::mem::take(first) && !self.takes(b',')? {
            return self.error("json-expects-comma");
        }
        Ok(true)
    }

    /// A string; the next byte is `"`.
    pub fn string(&mut self) -> Result<Cow<'a, str>> {
        let (raw, escaped) = self.raw_string()?;
        if escaped { self.unescape(raw).map(Cow::Owned) } else { Ok(Cow::Borrowed(raw)) }
    }

    /// The next key of an object, if it is just this one: `quoted` is the key in its quotes with
    /// the colon behind it. Otherwise nothing is taken, and [`Self::next_key`] tells what is next.
    #[inline]
    pub fn takes_key(&mut self, quoted: &str, first: &mut bool) -> bool {
        let comma = self.bytes.get(self.at) == Some(&b',');
        if comma == *first {
            return false;
        }
        let mut start = self.at + usize::from(comma);
        if self.bytes.get(start) == Some(&b' ') {
            start += 1;
        }
        let rest = self.bytes.get(start..).unwrap_or_default();
        if !rest.starts_with(quoted.as_bytes()) {
            return false;
        }
        self.at = start + quoted.len();
        *first = false;
        true
    }

    /// The text between the quotes and whether it has escapes.
    #[inline]
    fn raw_string(&mut self) -> Result<(&'a str, bool)> {
        let start = self.at + 1;
        // Most strings are short: a few words of eight bytes are quicker than a search.
        let mut end = start;
        while let Some(word) = self.bytes.get(end..).and_then(<[u8]>::first_chunk) {
            let marks = quotes_and_escapes(u64::from_le_bytes(*word));
            if marks != 0 {
                end += (marks.trailing_zeros() / 8) as usize;
                if self.bytes.get(end) != Some(&b'"') {
                    break;
                }
                self.at = end + 1;
                return Ok((self.text.get(start..end).unwrap_or_default(), false));
            }
            end += 8;
            if end > start + 64 {
                break;
            }
        }
        self.long_string(start, end)
    }

    /// A string of which there is neither end nor escape up to `end`.
    fn long_string(&mut self, start: usize, mut end: usize) -> Result<(&'a str, bool)> {
        let mut escaped = false;
        loop {
            let rest = self.bytes.get(end..).unwrap_or_default();
            let Some(next) = memchr2(b'"', b'\\', rest) else {
                self.at = self.bytes.len();
                return self.error("json-ends-early");
            };
            end += next;
            if self.bytes.get(end) == Some(&b'"') {
                self.at = end + 1;
                return Ok((self.text.get(start..end).unwrap_or_default(), escaped));
            }
            escaped = true;
            end += 2;
        }
    }

    /// Half surrogate pairs become U+FFFD: they are no characters.
    fn unescape(&self, raw: &str) -> Result<String> {
        let mut text = String::with_capacity(raw.len());
        let mut parts = raw.char_indices();
        while let Some((at, character)) = parts.next() {
            if character != '\\' {
                text.push(character);
                continue;
            }
            let plain = match parts.next().map(|(_, escape)| escape) {
                Some(same @ ('"' | '\\' | '/')) => same,
                Some('b') => '\u{8}',
                Some('f') => '\u{C}',
                Some('n') => '\n',
                Some('r') => '\r',
                Some('t') => '\t',
                Some('u') => {
                    let Some(unit) = hex(raw, at + 2) else { return self.error("json-bad-escape") };
                    let (character, length) = character_of(raw, at, unit);
                    parts = raw.char_indices();
                    let next = at + length;
                    while parts.offset() < next && parts.next().is_some() {}
                    character
                }
                _ => return self.error("json-bad-escape"),
            };
            text.push(plain);
        }
        Ok(text)
    }

    /// A value that is no container.
    pub fn scalar(&mut self) -> Result<Scalar<'a>> {
        match self.peek()? {
            b'"' => self.string().map(Scalar::Text),
            b't' => self.word("true", Scalar::Boolean(true)),
            b'f' => self.word("false", Scalar::Boolean(false)),
            b'n' => self.word("null", Scalar::Null),
            b'N' => self.word("NaN", Scalar::NotFinite),
            b'I' => self.word("Infinity", Scalar::NotFinite),
            b'-' if self.bytes.get(self.at + 1) == Some(&b'I') => {
                self.word("-Infinity", Scalar::NotFinite)
            }
            _ => self.number().map(Scalar::Number),
        }
    }

    fn word(&mut self, word: &str, value: Scalar<'a>) -> Result<Scalar<'a>> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let after = rest.get(word.len());
        if rest.starts_with(word.as_bytes()) && !after.is_some_and(u8::is_ascii_alphanumeric) {
            self.at += word.len();
            return Ok(value);
        }
        self.error("json-expects-value")
    }

    /// A number.
    pub fn number(&mut self) -> Result<JsonNumber<'a>> {
        self.peek()?;
        let start = self.at;
        if self.bytes.get(self.at) == Some(&b'-') {
            self.at += 1;
        }
        let whole_digits = self.digits();
        let leading_zero =
            whole_digits > 1 && self.bytes.get(self.at - whole_digits) == Some(&b'0');
        if whole_digits == 0 || leading_zero {
            self.at = start;
            return self.error(if leading_zero {
                "json-leading-zero"
            } else {
                "json-expects-value"
            });
        }
        let mut whole = true;
        if self.bytes.get(self.at) == Some(&b'.') {
            whole = false;
            self.at += 1;
            if self.digits() == 0 {
                return self.error("json-bad-number");
            }
        }
        if let Some(b'e' | b'E') = self.bytes.get(self.at) {
            whole = false;
            self.at += 1;
            if let Some(b'+' | b'-') = self.bytes.get(self.at) {
                self.at += 1;
            }
            if self.digits() == 0 {
                return self.error("json-bad-number");
            }
        }
        Ok(JsonNumber { text: self.text.get(start..self.at).unwrap_or_default(), whole })
    }

    /// A number, as the nearest 64-bit floating-point number.
    #[inline]
    pub fn decimal(&mut self) -> Result<f64> {
        match self.plain_decimal() {
            Some(value) => Ok(value),
            None => self.number().map(|number| number.value()),
        }
    }

    /// Two numbers in brackets, a position without height; nothing is taken where anything else,
    /// white space included, is next.
    #[inline]
    pub fn pair(&mut self) -> Option<[f64; 2]> {
        let start = self.at;
        let found = self.plain_pair();
        if found.is_none() {
            self.at = start;
        }
        found
    }

    #[inline]
    fn plain_pair(&mut self) -> Option<[f64; 2]> {
        self.takes_byte(b'[')?;
        let x = self.plain_decimal()?;
        self.takes_byte(b',')?;
        if self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        let y = self.plain_decimal()?;
        self.takes_byte(b']')?;
        Some([x, y])
    }

    #[inline]
    fn takes_byte(&mut self, byte: u8) -> Option<()> {
        (self.bytes.get(self.at) == Some(&byte)).then(|| self.at += 1)
    }

    /// A number of up to 16 digits without exponent, in one go: its digits are below 2^53 and the
    /// power of ten is exact, so that one division rounds right (Clinger, "How to read floating
    /// point numbers accurately", 1990). Nothing is taken otherwise.
    #[inline]
    fn plain_decimal(&mut self) -> Option<f64> {
        let rest = self.bytes.get(self.at..)?;
        let negative = rest.first() == Some(&b'-');
        let digits = rest.get(usize::from(negative)..)?;
        let mut mantissa = 0_u64;
        let mut point = None;
        let mut length = 0;
        for byte in digits.iter().take(17) {
            match byte {
                b'0'..=b'9' => {
                    mantissa = mantissa.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
                }
                b'.' if point.is_none() => point = Some(length),
                _ => break,
            }
            length += 1;
        }
        // Leading zeros, a point without digits beside it, an exponent, too many digits: not here.
        let whole = point.unwrap_or(length);
        let leading_zero = whole > 1 && digits.first() == Some(&b'0');
        let decimals = point.map_or(0, |point| length - point - 1);
        let lone_point = point.is_some() && decimals == 0;
        let goes_on = matches!(digits.get(length), Some(b'e' | b'E' | b'.' | b'0'..=b'9'));
        if whole == 0 || leading_zero || lone_point || goes_on || mantissa >= 1 << 53 {
            return None;
        }
        #[expect(clippy::cast_precision_loss, reason = "below 2^53")]
        let value = mantissa as f64 / EXACT.get(decimals)?;
        self.at += length + usize::from(negative);
        Some(if negative { -value } else { value })
    }

    fn digits(&mut self) -> usize {
        let start = self.at;
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        self.at - start
    }

    /// Passes over a whole value, however deep, and gives its text.
    pub fn skip(&mut self) -> Result<&'a str> {
        self.peek()?;
        let start = self.at;
        let mut open: Vec<u8> = Vec::new();
        loop {
            match self.peek()? {
                b'{' => {
                    self.at += 1;
                    if !self.takes(b'}')? {
                        open.push(b'}');
                        self.skip_key()?;
                        continue;
                    }
                }
                b'[' => {
                    self.at += 1;
                    if !self.takes(b']')? {
                        open.push(b']');
                        continue;
                    }
                }
                b'"' => {
                    self.raw_string()?;
                }
                _ => {
                    self.scalar()?;
                }
            }
            loop {
                let Some(close) = open.last().copied() else {
                    return Ok(self.text.get(start..self.at).unwrap_or_default());
                };
                if self.takes(close)? {
                    open.pop();
                } else if self.takes(b',')? {
                    if close == b'}' {
                        self.skip_key()?;
                    }
                    break;
                } else {
                    return self.error("json-expects-comma");
                }
            }
        }
    }

    fn skip_key(&mut self) -> Result<()> {
        if self.peek()? != b'"' {
            return self.error("json-expects-key");
        }
        self.raw_string()?;
        if self.takes(b':')? { Ok(()) } else { self.error("json-expects-colon") }
    }

    /// Only white space may follow.
    pub fn end(&mut self) -> Result<()> {
        if self.peek().is_err() { Ok(()) } else { self.error("json-goes-on") }
    }
}

/// Marks the first quote or backslash among eight bytes by the top bit of its byte; what is
/// marked behind it means nothing. After "Bit Twiddling Hacks" (Anderson), "Determine if a word
/// has a zero byte".
#[inline]
fn quotes_and_escapes(word: u64) -> u64 {
    const LOW: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let zeros = |word: u64| word.wrapping_sub(LOW) & !word & HIGH;
    zeros(word ^ (LOW * 0x22)) | zeros(word ^ (LOW * 0x5C))
}

fn hex(raw: &str, at: usize) -> Option<u32> {
    let digits = raw.get(at..at + 4)?;
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    u32::from_str_radix(digits, 16).ok()
}

/// The character of a `\u` escape at `at`, and the length of the escape (or pair of escapes).
fn character_of(raw: &str, at: usize, unit: u32) -> (char, usize) {
    if let Some(character) = char::from_u32(unit) {
        return (character, 6);
    }
    let second =
        raw.get(at + 6..at + 8).filter(|mark| *mark == "\\u").and_then(|_| hex(raw, at + 8));
    match second {
        Some(low @ 0xDC00..=0xDFFF) if (0xD800..0xDC00).contains(&unit) => {
            let code = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
            (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 12)
        }
        _ => (char::REPLACEMENT_CHARACTER, 6),
    }
}

impl JsonNumber<'_> {
    /// The nearest 64-bit floating-point number.
    #[inline]
    pub fn value(&self) -> f64 {
        Scanner::new(self.text)
            .plain_decimal()
            .or_else(|| self.text.parse().ok())
            .unwrap_or(f64::NAN)
    }
}

/// Powers of ten that are exact in 64 bits.
const EXACT: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// A text that is a short decimal number and nothing else; see [`Scanner::decimal`]. None for
/// other numbers too: those are for the standard library.
#[inline]
pub(super) fn short_decimal(text: &str) -> Option<f64> {
    let (negative, digits) = match text.as_bytes() {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    // More cannot be exact.
    if digits.len() > 17 {
        return None;
    }
    let is_digit = |byte: &u8| byte.is_ascii_digit();
    let whole_length = digits.iter().position(|byte| !byte.is_ascii_digit());
    let (whole, decimals) = match whole_length {
        None => (digits, &[][..]),
        Some(at) => match digits.split_at_checked(at)? {
            (whole, [b'.', decimals @ ..]) if !decimals.is_empty() => (whole, decimals),
            _ => return None,
        },
    };
    if whole.is_empty() || (whole.len() > 1 && whole.first() == Some(&b'0')) {
        return None;
    }
    let add = |sum: u64, digits: &[u8]| {
        digits.iter().fold(sum, |sum, digit| {
            sum.wrapping_mul(10).wrapping_add(u64::from(digit.wrapping_sub(b'0')))
        })
    };
    let mut mantissa = add(0, whole);
    let mut rest = decimals;
    if let Some((eight, after)) = decimals.split_first_chunk::<8>() {
        mantissa = mantissa.wrapping_mul(100_000_000).wrapping_add(eight_digits(*eight)?);
        rest = after;
    }
    if !rest.iter().all(is_digit) {
        return None;
    }
    mantissa = add(mantissa, rest);
    if mantissa >= 1 << 53 {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "below 2^53")]
    let value = mantissa as f64 / EXACT.get(decimals.len())?;
    Some(if negative { -value } else { value })
}

/// The number that eight digits are, all at once; none where one is no digit. (D. Lemire, "Quickly
/// parsing eight digits", 2018.)
#[inline]
fn eight_digits(digits: [u8; 8]) -> Option<u64> {
    const HIGH: u64 = 0xF0F0_F0F0_F0F0_F0F0;
    const ZEROS: u64 = 0x3030_3030_3030_3030;
    let word = u64::from_le_bytes(digits);
    if word & HIGH != ZEROS || word.wrapping_add(0x0606_0606_0606_0606) & HIGH != ZEROS {
        return None;
    }
    let pairs = (word & 0x0F0F_0F0F_0F0F_0F0F).wrapping_mul(2561) >> 8;
    let fours = (pairs & 0x00FF_00FF_00FF_00FF).wrapping_mul(6_553_601) >> 16;
    Some((fours & 0x0000_FFFF_0000_FFFF).wrapping_mul(42_949_672_960_001) >> 32)
}

/// The same JSON value without white space between its parts, control characters escaped.
pub(super) fn compact(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let (mut inside, mut escaped) = (false, false);
    for character in raw.chars() {
        if !inside && matches!(character, ' ' | '\n' | '\r' | '\t') {
            continue;
        }
        if inside && character < ' ' {
            text.push_str(&format!("\\u{:04x}", u32::from(character)));
        } else {
            text.push(character);
        }
        match character {
            _ if escaped => escaped = false,
            '\\' if inside => escaped = true,
            '"' => inside = !inside,
            _ => {}
        }
    }
    text
}

/// Whether a text is one JSON object or array.
pub(super) fn is_container(text: &str) -> bool {
    let mut scanner = Scanner::new(text);
    matches!(scanner.peek(), Ok(b'{' | b'[')) && scanner.skip().is_ok() && scanner.end().is_ok()
}

#[cfg(test)]
mod tests;
