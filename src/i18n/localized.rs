//! A text that data of the program bring along in each language, not a message.

use serde::Deserialize;

use super::{Language, Message};

/// A text in each language, from a file of `assets/`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Localized {
    nl: String,
    en: String,
}

impl Localized {
    /// The same text in both languages.
    pub fn same(text: &str) -> Localized {
        Localized { nl: text.to_owned(), en: text.to_owned() }
    }

    /// A message in both languages.
    pub fn of(message: &Message) -> Localized {
        let [nl, en] = [Language::Dutch, Language::English].map(|it| message.in_language(it));
        Localized { nl, en }
    }

    /// The text in a language.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Dutch => &self.nl,
            Language::English => &self.en,
        }
    }
}
