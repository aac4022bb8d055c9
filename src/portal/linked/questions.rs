//! The questions that are offered, from `assets/questions.toml`, and how what a person fills in
//! comes into them.

use std::sync::LazyLock;

use chrono::NaiveDate;
use oxrdf::NamedNode;
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
    /// The themes that its answers are about, where it can be asked for one.
    pub themes: Option<QuestionThemes>,
    /// The question, with places to fill in.
    pub text: String,
}

/// How an endpoint is asked for the themes that the answers to a question are about.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionThemes {
    /// The column of the answer with the addresses of the themes.
    pub column: String,
    /// The column with their names.
    pub name: String,
    /// The column that says how many answers each has.
    pub count: String,
    /// The question, to the same endpoint.
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

/// What a question has places for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// Two days.
    pub days: bool,
    /// A word.
    pub word: bool,
    /// A theme.
    pub theme: bool,
}

impl Places {
    /// The places in a question.
    pub fn of(text: &str) -> Places {
        Places {
            days: text.contains("{from}") || text.contains("{to}"),
            word: text.contains("{word}"),
            theme: text.contains(THEME),
        }
    }
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
    /// The address (IRI) of a theme; none for all. What is no IRI counts as none.
    pub theme: Option<String>,
}

/// Where a theme comes.
const THEME: &str = "{theme}";

/// The comments around what is asked only where a theme is chosen.
const WITH_THEME: [&str; 2] = ["# with {theme}", "# end"];

impl Filling {
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
        // A node of a graph is written so that nothing in its address can end it.
        let theme = self.theme.as_ref().and_then(|theme| NamedNode::new(theme).ok());
        let text = match theme {
            Some(theme) => text.replace(THEME, &theme.to_string()),
            None => without_theme(text),
        };
        text.replace("{from}", &self.from.to_string())
            .replace("{to}", &self.to.to_string())
            .replace("{word}", &safe)
    }
}

/// A question without what is asked only with a theme.
fn without_theme(text: &str) -> String {
    let [begin, end] = WITH_THEME;
    let mut is_kept = true;
    let mut kept = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        match line.trim() {
            mark if mark == begin => is_kept = false,
            mark if mark == end => is_kept = true,
            _ if is_kept => kept.push_str(line),
            _ => {}
        }
    }
    kept
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
        Filling { from: day("2024-01-01"), to: day("2024-06-30"), word: word.into(), theme: None }
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
            assert_eq!(Places::of(&known.text).theme, known.themes.is_some(), "{}", known.id);
            if let Some(themes) = &known.themes {
                let asked = Question::read(&themes.text).unwrap();
                assert_eq!(asked.doubt(), None, "{}", known.id);
                for column in [&themes.column, &themes.name, &themes.count] {
                    assert!(asked.text().contains(&format!("?{column}")), "{column}");
                }
                let theme = Some("https://data.x.example/id/concept/mobiliteit".to_owned());
                let filled = Filling { theme, ..filling("") }.fill(&known.text);
                assert!(filled.contains("<https://data.x.example/id/concept/mobiliteit>"));
                assert_eq!(Question::read(&filled).unwrap().doubt(), None, "{}", known.id);
            }
        }
    }

    /// Without a theme nothing of the question is about one; an address that would end it counts as none.
    #[test]
    fn a_theme_is_asked_for_only_where_one_is_chosen() {
        let text = "SELECT ?a {\n ?a ?b ?c .\n # with {theme}\n ?a ?d {theme} .\n # end\n}";
        assert_eq!(filling("").fill(text), "SELECT ?a {\n ?a ?b ?c .\n}");
        for bad in ["x> } DROP", "", "geen adres", "https://x.be/a b"] {
            let theme = Some(bad.to_owned());
            assert_eq!(
                Filling { theme, ..filling("") }.fill(text),
                filling("").fill(text),
                "{bad}"
            );
        }
        let theme = Some("https://x.be/groen".to_owned());
        let filled = Filling { theme, ..filling("") }.fill(text);
        assert!(filled.contains("?a ?d <https://x.be/groen> ."), "{filled}");
        assert_eq!(Question::read(&filled).unwrap().doubt(), None);
    }

    #[test]
    fn what_is_typed_stays_a_text() {
        let text = "SELECT ?a { ?a ?b ?c FILTER(CONTAINS(?c, \"{word}\")) }";
        let filled = filling("x\") } DROP \\ \n").fill(text);
        assert_eq!(filled, "SELECT ?a { ?a ?b ?c FILTER(CONTAINS(?c, \"x\\\") } drop \\\\\")) }");
        assert_eq!(Question::read(&filled).unwrap().doubt(), None);
        assert_eq!(Places::of(text), Places { word: true, ..Places::default() });
        assert_eq!(Places::of("{from}"), Places { days: true, ..Places::default() });
    }
}
