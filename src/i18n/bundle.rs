//! The Fluent bundles, embedded in the program.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use super::{Arg, Language, Message, format_integer, format_number};

/// One Fluent file per room, several for the window; the same names in both languages.
macro_rules! resources {
    ($language:literal) => {
        &[
            include_str!(concat!("../../assets/i18n/", $language, "/app.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/app-areas.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/app-chart.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/app-check.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/app-filter.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/app-find.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/app-join.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/app-labels.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/app-layers.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/app-layers-of-file.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/app-live.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/app-map.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/app-notes.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/app-portal.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/app-print.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/app-raster.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/app-reading.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/app-safe.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/app-select.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/app-services.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/app-settings.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/app-style.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/app-table.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/app-web-map.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/check.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/cli.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/columnar.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/crs.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/find.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/formats.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/geopackage.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/jobs.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/join.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/linked.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/map.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/measure.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/notes.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/names.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/page.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/pdf.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/portal.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/project.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/query.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/raster.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/services.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/spreadsheet.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/style.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/tiles.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/web-map.ftl")),
            include_str!(concat!("../../assets/i18n/", $language, "/xml.ftl")),
        ]
    };
}

const DUTCH: &[&str] = resources!("nl");
const ENGLISH: &[&str] = resources!("en");

static DUTCH_BUNDLE: LazyLock<FluentBundle<FluentResource>> =
    LazyLock::new(|| build(Language::Dutch, DUTCH));
static ENGLISH_BUNDLE: LazyLock<FluentBundle<FluentResource>> =
    LazyLock::new(|| build(Language::English, ENGLISH));

fn bundle(language: Language) -> &'static FluentBundle<FluentResource> {
    match language {
        Language::Dutch => &DUTCH_BUNDLE,
        Language::English => &ENGLISH_BUNDLE,
    }
}

fn build(language: Language, sources: &[&str]) -> FluentBundle<FluentResource> {
    let locale = match language {
        Language::Dutch => "nl-BE",
        Language::English => "en-GB",
    };
    let locale: unic_langid::LanguageIdentifier = locale.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // Isolation marks (U+2068, U+2069) show as boxes in fonts without them, and both languages
    // are written left to right.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::Dutch => |value: &FluentValue<'_>, _: &_| format_value(Language::Dutch, value),
        Language::English => {
            |value: &FluentValue<'_>, _: &_| format_value(Language::English, value)
        }
    }));
    for source in sources {
        let resource = match FluentResource::try_new((*source).to_owned()) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                log::error!("{}: faulty translation: {errors:?}", language.code());
                resource
            }
        };
        if let Err(errors) = bundle.add_resource(resource) {
            log::error!("{}: translation defined twice: {errors:?}", language.code());
        }
    }
    bundle
}

/// Numbers keep their value for plural selectors and are written in the language's form.
fn format_value(language: Language, value: &FluentValue<'_>) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    let decimals = number.options.maximum_fraction_digits.unwrap_or(0);
    Some(if decimals == 0 {
        #[expect(clippy::cast_possible_truncation, reason = "counts; saturates beyond i64")]
        format_integer(language, number.value as i64)
    } else {
        format_number(language, number.value, u8::try_from(decimals).unwrap_or(u8::MAX))
    })
}

/// The text of a message in a language; the identifier itself if the translation lacks it.
pub(super) fn format(language: Language, message: &Message) -> String {
    let bundle = bundle(language);
    let Some(pattern) = bundle.get_message(message.id).and_then(|found| found.value()) else {
        log::error!("{}: no translation of {:?}", language.code(), message.id);
        return message.id.to_owned();
    };
    let mut args = FluentArgs::with_capacity(message.args.len());
    for (name, arg) in &message.args {
        args.set(*name, fluent_value(language, arg));
    }
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&args), &mut errors);
    if !errors.is_empty() {
        log::error!("{}: {:?}: {errors:?}", language.code(), message.id);
    }
    text.into_owned()
}

fn fluent_value(language: Language, arg: &Arg) -> FluentValue<'static> {
    match arg {
        Arg::Text(text) => FluentValue::from(text.clone()),
        Arg::Count(count) => FluentValue::from(*count),
        Arg::Number(number, decimals) => {
            let options = fluent_bundle::types::FluentNumberOptions {
                maximum_fraction_digits: Some(usize::from(*decimals)),
                ..Default::default()
            };
            FluentValue::Number(fluent_bundle::types::FluentNumber::new(*number, options))
        }
        Arg::Message(message) => FluentValue::from(format(language, message)),
    }
}

/// The text of a message without arguments.
pub fn tr(language: Language, id: &'static str) -> String {
    format(language, &Message::new(id))
}

/// Whether a language has a message.
pub fn has_message(language: Language, id: &str) -> bool {
    bundle(language).has_message(id)
}

/// The identifiers of all messages of a language.
pub fn message_ids(language: Language) -> BTreeSet<String> {
    let sources = match language {
        Language::Dutch => DUTCH,
        Language::English => ENGLISH,
    };
    let identifier = |line: &str| {
        let (name, _) = line.split_once('=')?;
        let name = name.trim_end();
        let starts_entry = name.starts_with(|first: char| first.is_ascii_alphabetic());
        starts_entry.then(|| name.to_owned())
    };
    sources.iter().flat_map(|source| source.lines().filter_map(identifier)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_messages() {
        let dutch = message_ids(Language::Dutch);
        let english = message_ids(Language::English);
        let only_dutch: Vec<_> = dutch.difference(&english).collect();
        let only_english: Vec<_> = english.difference(&dutch).collect();
        assert!(only_dutch.is_empty(), "not in English: {only_dutch:?}");
        assert!(only_english.is_empty(), "not in Dutch: {only_english:?}");
        assert!(dutch.len() > 20);
    }

    #[test]
    fn every_translation_parses_and_is_defined_once() {
        for (language, sources) in [("nl", DUTCH), ("en", ENGLISH)] {
            let mut seen = BTreeSet::new();
            for source in sources {
                let resource = FluentResource::try_new((*source).to_owned());
                assert!(resource.is_ok(), "{language}: {:?}", resource.err().map(|(_, e)| e));
                for line in
                    source.lines().filter(|l| l.starts_with(|c: char| c.is_ascii_alphabetic()))
                {
                    let id = line.split('=').next().unwrap_or_default().trim();
                    assert!(seen.insert(id.to_owned()), "{language}: {id} twice");
                }
            }
        }
    }

    /// The source of all rooms without their unit tests: what only a test says, nobody sees.
    fn code_of_the_house() -> String {
        let mut code = String::new();
        let mut folders =
            vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                let path = entry.path();
                let is_test = path.file_stem().is_some_and(|name| {
                    name == "tests" || name.to_string_lossy().ends_with("_test")
                });
                if path.is_dir() {
                    folders.push(path);
                } else if !is_test && let Ok(text) = std::fs::read_to_string(&path) {
                    code.push_str(
                        text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default(),
                    );
                }
            }
        }
        code
    }

    /// Identifiers are `'static`: each that is used stands in the code as a whole (perhaps chosen
    /// by a `match`) or in another message. Should some be put together one day, from a start in
    /// the code such as `"app-shape-"`, those with this start count as used.
    #[test]
    fn no_message_is_unused() {
        let code = code_of_the_house();
        let quoted = regex::Regex::new(r#""([a-z][a-z0-9-]*)""#);
        let quoted = quoted.unwrap_or_else(|error| panic!("{error}"));
        let named: BTreeSet<&str> =
            quoted.captures_iter(&code).filter_map(|found| Some(found.get(1)?.as_str())).collect();
        let starts: Vec<&str> =
            named.iter().copied().filter(|name| name.len() > 4 && name.ends_with('-')).collect();
        let referred = regex::Regex::new(r"\{\s*([a-z][a-z0-9-]*)\s*\}");
        let referred = referred.unwrap_or_else(|error| panic!("{error}"));
        let in_others: BTreeSet<&str> = ENGLISH
            .iter()
            .flat_map(|text| referred.captures_iter(text))
            .filter_map(|found| Some(found.get(1)?.as_str()))
            .collect();
        let unused: Vec<String> = message_ids(Language::English)
            .into_iter()
            .filter(|id| {
                let is_put_together = starts.iter().any(|start| id.starts_with(start));
                !named.contains(id.as_str()) && !in_others.contains(id.as_str()) && !is_put_together
            })
            .collect();
        assert!(named.len() > 300, "the pattern finds the messages");
        assert!(unused.is_empty(), "nobody says these: {unused:#?}");
    }

    #[test]
    fn every_message_named_in_the_code_exists() {
        let named = regex::Regex::new(concat!(
            r#"(?:(?:Message::new|\btr)\(\s*(?:[a-z_.()]+,\s*)?""#,
            r#"|"(?:problem|remedy|json)-)([a-z0-9-]+)""#,
        ));
        let named = named.unwrap_or_else(|error| panic!("{error}"));
        let known = message_ids(Language::English);
        let mut missing = Vec::new();
        let mut folders =
            vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
        let mut found = 0;
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else if let Ok(code) = std::fs::read_to_string(&path) {
                    for capture in named.captures_iter(&code) {
                        found += 1;
                        let whole = capture[0].trim_matches('"');
                        if !known.contains(&capture[1]) && !known.contains(whole) {
                            missing.push(format!("{}: {}", path.display(), &capture[1]));
                        }
                    }
                }
            }
        }
        assert!(found > 10, "the pattern finds the messages in the code");
        assert!(missing.is_empty(), "{missing:#?}");
    }
}
