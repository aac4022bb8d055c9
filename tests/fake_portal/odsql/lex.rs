//! From text to tokens.

use crate::fake_portal::error::ApiError;

#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    Name(String),
    /// A name between backticks: never a keyword.
    Quoted(String),
    Number(f64),
    /// A number with a unit behind it: `2.5km`.
    Distance(f64, String),
    Text(String),
    /// `date'…'` and `geom'…'`: the prefix and the text.
    Tagged(String, String),
    Sign(&'static str),
}

const SIGNS: [&str; 16] =
    ["!=", "<=", ">=", "<>", "..", "=", "<", ">", "(", ")", "[", "]", ",", ":", "*", "-"];

/// The tokens of a clause.
pub fn tokens(clause: &str, text: &str) -> Result<Vec<Token>, ApiError> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let used = if first.is_alphabetic() || first == '_' {
            let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'));
            let end = end.unwrap_or(rest.len());
            let name = &rest[..end];
            let quote = rest[end..].chars().next().filter(|next| matches!(next, '\'' | '"'));
            match quote {
                Some(quote) if matches!(name.to_lowercase().as_str(), "date" | "geom") => {
                    let (text, used) = quoted(clause, &rest[end..], quote)?;
                    found.push(Token::Tagged(name.to_lowercase(), text));
                    end + used
                }
                _ => {
                    found.push(Token::Name(name.to_owned()));
                    end
                }
            }
        } else if first.is_ascii_digit() {
            number(clause, rest, &mut found)?
        } else if first == '\'' || first == '"' {
            let (text, used) = quoted(clause, rest, first)?;
            found.push(Token::Text(text));
            used
        } else if first == '`' {
            let (text, used) = quoted(clause, rest, first)?;
            found.push(Token::Quoted(text));
            used
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            found.push(Token::Sign(sign));
            sign.len()
        } else {
            return Err(ApiError::odsql(clause, &format!("Unexpected character: {first}")));
        };
        rest = rest[used..].trim_start();
    }
    Ok(found)
}

fn number(clause: &str, rest: &str, found: &mut Vec<Token>) -> Result<usize, ApiError> {
    let digits = |from: usize| {
        let end = rest[from..].find(|c: char| !c.is_ascii_digit());
        end.map_or(rest.len(), |end| from + end)
    };
    let mut end = digits(0);
    // A range is `1..5`: its dots are not the number's.
    if rest[end..].starts_with('.') && !rest[end..].starts_with("..") {
        end = digits(end + 1);
    }
    let exponent = rest[end..].trim_start_matches(['e', 'E']).trim_start_matches(['-', '+']);
    if rest[end..].starts_with(['e', 'E']) && exponent.starts_with(|c: char| c.is_ascii_digit()) {
        end = digits(rest.len() - exponent.len());
    }
    let value = rest[..end].parse::<f64>();
    let value = value.map_err(|_| ApiError::odsql(clause, "A number cannot be read."))?;
    let unit = rest[end..].find(|c: char| !c.is_alphabetic()).unwrap_or(rest[end..].len());
    if unit == 0 {
        found.push(Token::Number(value));
    } else {
        found.push(Token::Distance(value, rest[end..end + unit].to_lowercase()));
    }
    Ok(end + unit)
}

/// The text between quotes, and how many bytes it took with them; a backslash keeps what follows.
fn quoted(clause: &str, rest: &str, quote: char) -> Result<(String, usize), ApiError> {
    let mut text = String::new();
    let mut characters = rest.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        if character == quote {
            return Ok((text, at + 1));
        }
        match character {
            '\\' => text.extend(characters.next().map(|(_, kept)| kept)),
            other => text.push(other),
        }
    }
    Err(ApiError::odsql(clause, "A quote is not closed."))
}
