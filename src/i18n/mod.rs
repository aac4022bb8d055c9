//! Every text a person sees, in Dutch and English, through Fluent.
//!
//! A [`Message`] names a Fluent message and carries its arguments; it becomes text only when
//! somebody looks at it ([`Message::in_language`]). So errors and problems made deep in the house
//! follow a change of language without being made again.

mod bundle;
mod collate;
mod edits;
mod fold;
mod localized;
mod numbers;

pub use bundle::{has_message, message_ids, tr};
pub use collate::sort_key;
pub use edits::{Distance, Edits};
pub use fold::{compare_folded, fold, fold_into};
pub use localized::Localized;
pub use numbers::{
    NumberForm, format_bytes, format_date, format_date_time, format_integer, format_number,
    format_plain_integer, format_plain_number, format_short_date, parse_number, set_number_form,
};

use serde::{Deserialize, Serialize};

/// A language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// Dutch as written in Flanders.
    #[serde(rename = "nl")]
    Dutch,
    /// English.
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// All languages, first the one that is offered first.
    pub const ALL: [Language; 2] = [Language::Dutch, Language::English];

    /// The language the operating system asks for: Dutch for any Dutch locale, otherwise English.
    pub fn of_system() -> Language {
        let mut locales = sys_locale::get_locales().peekable();
        if locales.peek().is_none() {
            return Language::English;
        }
        locales.find_map(|locale| Language::from_code(&locale)).unwrap_or(Language::English)
    }

    /// Parses the start of a locale name such as `nl-BE`, `nl_BE.UTF-8` or `en`.
    pub fn from_code(code: &str) -> Option<Language> {
        let primary = code.split(['-', '_', '.']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "nl" => Some(Language::Dutch),
            "en" => Some(Language::English),
            _ => None,
        }
    }

    /// The two-letter code.
    pub fn code(self) -> &'static str {
        match self {
            Language::Dutch => "nl",
            Language::English => "en",
        }
    }

    /// The language's own name for itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Language::Dutch => "Nederlands",
            Language::English => "English",
        }
    }
}

/// An argument of a [`Message`].
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// Text shown as it is.
    Text(String),
    /// A whole number, shown with the language's digit grouping and usable in plural selectors.
    Count(u64),
    /// A number, shown with at most the given decimals in the language's form.
    Number(f64, u8),
    /// Another message, translated with this one.
    Message(Box<Message>),
}

/// The name of a Fluent message with its arguments: text that is not yet in a language.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// The Fluent identifier, the same in both languages.
    pub id: &'static str,
    /// Named arguments.
    pub args: Vec<(&'static str, Arg)>,
}

impl Message {
    /// A message without arguments.
    pub const fn new(id: &'static str) -> Message {
        Message { id, args: Vec::new() }
    }

    /// Adds a text argument.
    #[must_use]
    pub fn text(mut self, name: &'static str, value: impl Into<String>) -> Message {
        self.args.push((name, Arg::Text(value.into())));
        self
    }

    /// Adds a count.
    #[must_use]
    pub fn count(mut self, name: &'static str, value: u64) -> Message {
        self.args.push((name, Arg::Count(value)));
        self
    }

    /// Adds a number shown with at most `decimals` decimals.
    #[must_use]
    pub fn number(mut self, name: &'static str, value: f64, decimals: u8) -> Message {
        self.args.push((name, Arg::Number(value, decimals)));
        self
    }

    /// Adds a message as an argument.
    #[must_use]
    pub fn message(mut self, name: &'static str, value: Message) -> Message {
        self.args.push((name, Arg::Message(Box::new(value))));
        self
    }

    /// The text in a language.
    pub fn in_language(&self, language: Language) -> String {
        bundle::format(language, self)
    }
}

/// English, for logs and for [`std::error::Error`].
impl std::fmt::Display for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.in_language(Language::English))
    }
}
