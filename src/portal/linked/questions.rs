//! The questions that are offered, from `assets/questions.toml`, and how what a person fills in
//! comes into them.

use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::i18n::Localized;

/// A question that is offered.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownQuestion {
    /// Its word.
    pub id: String,
    /// What a person calls it.
    pub name: Localized,
    /// What its answer is.
    pub about: Localized,
    /// The portal of the city it is about, by its word.
    pub portal: String,
    /// The endpoint it is for.
    pub endpoint: String,
    /// Whether a real answer was ever seen.
    pub verified: bool,
    /// The areas that its answers name, where they do.
    pub areas: Option<QuestionAreas>,
    /// The question, with places to fill in.
    pub text: String,
}

/// The areas that the answers to a question name, so that they can be counted there.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionAreas {
    /// The dataset of the city's portal that has them.
    pub dataset: String,
    /// Its field of their names.
    pub field: String,
    /// The column of the answer that names them.
    pub column: String,
    /// What the number of answers is called.
    pub count: Localized,
}

/// What a person fills in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filling {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// A word, in any case; empty for all.
    pub word: String,
}

impl Filling {
    /// Whether a question asks for days, and for a word.
    pub fn wanted(text: &str) -> (bool, bool) {
        (text.contains("{from}") || text.contains("{to}"), text.contains("{word}"))
    }

    /// The question with what is filled in. What a person types stays a text of the question:
    /// quotes and ends of lines cannot end it.
    pub fn fill(&self, text: &str) -> String {
        let word = self.word.trim().to_lowercase();
        let mut safe = String::with_capacity(word.len());
        for letter in word.chars() {
            match letter {
                '"' | '\\' => safe.extend(['\\', letter]),
                letter if letter.is_control() => safe.push(' '),
                letter => safe.push(letter),
            }
        }
        text.replace("{from}", &self.from.to_string())
            .replace("{to}", &self.to.to_string())
            .replace("{word}", &safe)
    }
}

#[derive(Deserialize)]
struct Written {
    question: Vec<KnownQuestion>,
}

static QUESTIONS: LazyLock<Vec<KnownQuestion>> = LazyLock::new(|| {
    match toml::from_str::<Written>(include_str!("../../../assets/questions.toml")) {
        Ok(written) => written.question,
        Err(error) => {
            log::error!("questions.toml: {error}");
            Vec::new()
        }
    }
});

/// The questions that are offered.
pub fn known_questions() -> &'static [KnownQuestion] {
    &QUESTIONS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;
    use crate::linked::Question;
    use crate::portal::{LinkedAddress, shelf};

    fn filling(word: &str) -> Filling {
        let day = |text: &str| text.parse().unwrap();
        Filling { from: day("2024-01-01"), to: day("2024-06-30"), word: word.into() }
    }

    #[test]
    fn the_questions_read_and_can_be_asked() {
        assert!(known_questions().len() >= 3);
        for known in known_questions() {
            assert!(Language::ALL.into_iter().all(|it| !known.name.get(it).is_empty()));
            assert!(LinkedAddress::base_of(&known.endpoint).is_some(), "{}", known.id);
            let question = Question::read(&filling("fiets").fill(&known.text)).unwrap();
            assert_eq!(question.doubt(), None, "{}", known.id);
            if let Some(areas) = &known.areas {
                assert!(question.text().contains(&format!("?{}", areas.column)), "{}", known.id);
                assert!(
                    shelf(&known.portal).any(|item| {
                        item.layer.iter().any(|layer| layer.dataset == areas.dataset)
                    })
                );
            }
            assert!(question.has_pages() && question.count().is_some(), "{}", known.id);
        }
    }

    #[test]
    fn what_is_typed_stays_a_text() {
        let text = "SELECT ?a { ?a ?b ?c FILTER(CONTAINS(?c, \"{word}\")) }";
        let filled = filling("x\") } DROP \\ \n").fill(text);
        assert_eq!(filled, "SELECT ?a { ?a ?b ?c FILTER(CONTAINS(?c, \"x\\\") } drop \\\\\")) }");
        assert_eq!(Question::read(&filled).unwrap().doubt(), None);
        assert_eq!(Filling::wanted(text), (false, true));
        assert_eq!(Filling::wanted("{from}"), (true, false));
    }
}
