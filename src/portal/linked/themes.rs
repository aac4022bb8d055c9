//! The themes that the answers to a question are about, as the endpoint itself lists them.

use std::collections::HashSet;

use super::LinkedAddress;
use super::questions::QuestionThemes;
use crate::formats::ReadOptions;
use crate::i18n::fold;
use crate::jobs::Watch;
use crate::portal::Portals;
use crate::portal::read::Wanted;
use crate::problem::FileError;
use crate::table::{Table, Value};

/// A theme to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Its address (IRI).
    pub iri: String,
    /// Its name; the last part of its address where the endpoint has none.
    pub name: String,
    /// Its name without regard to case and accents, to be searched.
    pub folded: String,
    /// How many answers are about it, where the endpoint says so.
    pub count: Option<u64>,
}

impl Theme {
    /// The last part of an address, which often tells what it is of.
    fn last_part(iri: &str) -> &str {
        iri.trim_end_matches(['/', '#']).rsplit(['/', '#']).next().unwrap_or(iri)
    }
}

impl Portals {
    /// Asks an endpoint for the themes of a question; out of reach, those of the last time. Each comes
    /// once, by its name.
    ///
    /// # Errors
    /// When the endpoint gives no answer that is understood, and there is none of before.
    pub fn themes(
        &self,
        address: &LinkedAddress,
        asked: &QuestionThemes,
        watch: &Watch,
    ) -> Result<Vec<Theme>, FileError> {
        let options = ReadOptions::default();
        let opened = self.read(&address.to_string(), Wanted::Newest, &options, watch)?;
        Ok(themes_of(&opened.table, asked))
    }
}

fn themes_of(table: &Table, asked: &QuestionThemes) -> Vec<Theme> {
    let column = |name: &str| table.fields.iter().position(|field| field.name == name);
    let Some(iris) = column(&asked.column) else { return Vec::new() };
    let (names, counts) = (column(&asked.name), column(&asked.count));
    let text = |row, column: Option<usize>| match table.value(row, column?) {
        Value::Text(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
        _ => None,
    };
    let mut themes: Vec<Theme> = (0..table.rows())
        .filter_map(|row| {
            let iri = text(row, Some(iris))?;
            let name = text(row, names).unwrap_or_else(|| Theme::last_part(&iri).to_owned());
            let count = counts.map(|column| table.value(row, column));
            let count = match count {
                Some(Value::Integer(count)) => u64::try_from(count).ok(),
                _ => None,
            };
            Some(Theme { folded: fold(&name), iri, name, count })
        })
        .collect();
    let mut seen = HashSet::new();
    themes.retain(|theme| seen.insert(theme.iri.clone()));
    themes.sort_by(|one, other| (&one.folded, &one.iri).cmp(&(&other.folded, &other.iri)));
    themes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_without_a_name_is_called_by_its_last_part() {
        for (iri, name) in [
            ("https://x.be/id/concept/mobiliteit", "mobiliteit"),
            ("https://x.be/themas#groen", "groen"),
            ("https://x.be/themas/", "themas"),
            ("urn:thema", "urn:thema"),
        ] {
            assert_eq!(Theme::last_part(iri), name);
        }
    }
}
