//! The `select` clause: which fields, under which names.

use super::lex::{Token, tokens};
use crate::fake_portal::dataset::Field;
use crate::fake_portal::error::ApiError;

const CLAUSE: &str = "select";

/// A column by its name; the catalogue's may have `default.` before them.
pub fn column(fields: &[Field], name: &str) -> Option<usize> {
    let place = |name: &str| fields.iter().position(|field| field.name == name);
    place(name).or_else(|| place(name.strip_prefix("default.")?))
}

/// Columns in the order chosen, each with the name it is answered under.
#[derive(Clone, Debug)]
pub struct Selection(pub Vec<(usize, String)>);

impl Selection {
    pub fn everything(fields: &[Field]) -> Selection {
        let named = fields.iter().enumerate();
        Selection(named.map(|(column, field)| (column, field.name.clone())).collect())
    }

    /// `*`, names, `name as other`, `include(a, b)` and `exclude(a, b)`.
    pub fn read(text: &str, fields: &[Field]) -> Result<Selection, ApiError> {
        let tokens = tokens(CLAUSE, text)?;
        let mut chosen = Selection(Vec::new());
        for part in parts(&tokens) {
            let find = |name: &str| {
                column(fields, name).ok_or_else(|| ApiError::unknown_field(CLAUSE, name))
            };
            match part {
                [Token::Sign("*")] => chosen.0.extend(Selection::everything(fields).0),
                [Token::Name(name) | Token::Quoted(name)] => {
                    chosen.0.push((find(name)?, name.clone()));
                }
                [
                    Token::Name(name) | Token::Quoted(name),
                    Token::Name(word),
                    Token::Name(other) | Token::Quoted(other),
                ] if word.eq_ignore_ascii_case("as") => {
                    chosen.0.push((find(name)?, other.clone()));
                }
                [Token::Name(word), Token::Sign("("), inner @ .., Token::Sign(")")]
                    if matches!(word.as_str(), "include" | "exclude") =>
                {
                    let names = inner.iter().filter_map(|token| match token {
                        Token::Name(name) | Token::Quoted(name) => Some(name),
                        _ => None,
                    });
                    let columns = names.map(|name| find(name)).collect::<Result<Vec<_>, _>>()?;
                    let wanted = word == "include";
                    let kept = Selection::everything(fields).0.into_iter();
                    chosen.0.extend(kept.filter(|(at, _)| columns.contains(at) == wanted));
                }
                [Token::Name(function), Token::Sign("("), ..] => {
                    return Err(ApiError::odsql(CLAUSE, &format!("{function}()")));
                }
                _ => return Err(ApiError::odsql(CLAUSE, "An expression cannot be read.")),
            }
        }
        Ok(chosen)
    }
}

/// A clause's parts between commas; commas inside parentheses do not part.
pub fn parts(tokens: &[Token]) -> Vec<&[Token]> {
    let mut depth = 0_i32;
    tokens
        .split(|token| {
            match token {
                Token::Sign("(") => depth += 1,
                Token::Sign(")") => depth -= 1,
                _ => {}
            }
            depth == 0 && *token == Token::Sign(",")
        })
        .collect()
}
