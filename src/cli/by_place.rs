//! `--per-area` and `--area-of`: columns that follow from where the rows of two files lie.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::areas;
use super::arguments::{language, shown, word};
use super::convert::{no_field, only_one};
use super::convert_arguments::Convert;
use super::report::query_error;
use super::{Failure, tables};
use crate::formats::ReadOptions;
use crate::i18n::{Language, Message, fold, tr};
use crate::jobs::Watch;
use crate::problem::Problems;
use crate::query::Condition;
use crate::query::per_area::{
    AreaColumn, AreaOf, ByPlace, ByPlacePart, NumberColumn, Numbers, Tally, What, by_place_table,
};
use crate::table::Table;

/// What is asked of where rows lie.
#[derive(Args, Clone, Debug)]
pub struct ByPlaceArguments {
    /// Numbers of the features of another file inside each row.
    #[arg(
        long,
        value_name = word(tr(language(), "cli-value-features")),
        help = tr(language(), "cli-help-per-area"),
    )]
    pub per_area: Option<OsString>,
    /// Which numbers.
    #[arg(
        long,
        value_name = word(tr(language(), "cli-value-numbers")),
        value_delimiter = ',',
        requires = "per_area",
        help = numbers_help(),
    )]
    pub numbers: Option<Vec<String>>,
    /// What lies on several areas counts in one.
    #[arg(long, requires = "per_area", help = tr(language(), "cli-help-count-once"))]
    pub count_once: bool,
    /// Values of the area of another file in which each row lies.
    #[arg(
        long,
        value_name = word(tr(language(), "cli-value-areas")),
        help = tr(language(), "cli-help-area-of"),
    )]
    pub area_of: Option<OsString>,
    /// Which fields of the areas.
    #[arg(
        long,
        value_name = "A,B",
        value_delimiter = ',',
        requires = "area_of",
        help = tr(language(), "cli-help-area-fields"),
    )]
    pub area_fields: Option<Vec<String>>,
}

fn numbers_help() -> String {
    let codes: Vec<&str> = What::ALL.into_iter().map(What::code).collect();
    Message::new("cli-help-numbers").text("codes", codes.join(", ")).in_language(language())
}

/// Another file and what is asked of it.
pub(super) struct Asked {
    /// `--per-area` or `--area-of`.
    pub option: &'static str,
    pub path: PathBuf,
    /// The condition on its rows.
    pub sql: String,
    /// The numbers; none for values of areas.
    numbers: Option<Vec<Number>>,
}

/// A number as it is typed: `WHAT[:FIELD][=NAME]`.
struct Number {
    what: What,
    field: String,
    name: Option<String>,
}

/// What the command line asks for.
///
/// # Errors
/// When a number is none.
pub(super) fn asked(arguments: &Convert, language: Language) -> Result<Vec<Asked>, Failure> {
    let arguments = &arguments.by_place;
    let one = |option, text: &OsString, numbers| {
        let text = shown(text);
        let (path, sql) = areas::split(&text);
        Asked { option, path, sql: sql.to_owned(), numbers }
    };
    let numbers = match &arguments.numbers {
        Some(texts) => texts.iter().map(|text| number(text, language)).collect::<Result<_, _>>()?,
        None => vec![Number { what: What::Count, field: String::new(), name: None }],
    };
    let area_of = arguments.area_of.as_ref().map(|text| one("--area-of", text, None));
    let per_area = arguments.per_area.as_ref();
    let per_area = per_area.map(|text| one("--per-area", text, Some(numbers)));
    Ok(area_of.into_iter().chain(per_area).collect())
}

fn number(text: &str, language: Language) -> Result<Number, Failure> {
    let (asked, name) = match text.split_once('=') {
        Some((asked, name)) => (asked, Some(name.trim().to_owned())),
        None => (text, None),
    };
    let (what, field) = asked.split_once(':').unwrap_or((asked, ""));
    let what = What::from_code(what.trim());
    let is_whole = |what: &What| what.needs_field() != field.trim().is_empty();
    let Some(what) = what.filter(is_whole) else {
        let codes: Vec<&str> = What::ALL.into_iter().map(What::code).collect();
        let message = Message::new("cli-wrong-number").text("value", text);
        return Err(Failure::usage(&message.text("codes", codes.join(", ")), language));
    };
    Ok(Number { what, field: field.trim().to_owned(), name: name.filter(|name| !name.is_empty()) })
}

/// Columns that were added.
pub(super) struct Placing {
    pub table: Table,
    pub made: Vec<Placed>,
    /// Those of reading the other files.
    pub problems: Problems,
}

/// Those of one file.
pub(super) struct Placed {
    /// Whether they are numbers of what lies in the rows.
    pub are_numbers: bool,
    pub tally: Tally,
    pub columns: Vec<String>,
}

/// Adds what is asked for; none where nothing is.
pub(super) fn place(
    table: &Arc<Table>,
    asked: &[Asked],
    fields: Option<&[String]>,
    once: bool,
    watch: &Watch,
    language: Language,
) -> Result<Option<Placing>, Failure> {
    if asked.is_empty() {
        return Ok(None);
    }
    let mut problems = Problems::new();
    let mut others = Vec::new();
    let mut by = Vec::new();
    for asked in asked {
        let other = tables(&asked.path, &ReadOptions::default(), language);
        let other = other.map_err(|error| Failure::file(&error, language))?;
        let other = only_one(other, &asked.path, language)?;
        problems.extend(other.origin.problems.clone());
        let wrong = Condition::parse(&asked.sql).and_then(|sql| sql.evaluate(&other)).err();
        if let Some(error) = wrong {
            let text = query_error(asked.option, &asked.sql, &error, language);
            return Err(Failure::Failed(text));
        }
        by.push(match &asked.numbers {
            Some(numbers) => of_numbers(&other, numbers, &asked.sql, once, language)?,
            None => of_areas(&other, fields, &asked.sql, language)?,
        });
        others.push(other);
    }
    let parts = by.iter().zip(&others);
    let parts = parts.map(|(by, other)| ByPlacePart {
        by,
        other: Some(other),
        name: &other.name,
        shown: None,
    });
    let parts: Vec<ByPlacePart<'_>> = parts.collect();
    let cancelled = |_| Failure::Failed(Message::new("error-cancelled").in_language(language));
    let (made, origins, tallies) = by_place_table(table, &parts, watch).map_err(cancelled)?;
    let first = made.fields.len().saturating_sub(origins.len());
    let of_part = |part: usize| {
        let added = made.fields.iter().skip(first).zip(&origins);
        let added = added.filter(move |(_, origin)| origin.part == part);
        added.map(|(field, _)| field.name.clone()).collect()
    };
    let mut placed = Vec::new();
    for (part, tally) in tallies.into_iter().enumerate() {
        let Some(tally) = tally else {
            // A file without place, or systems that do not meet.
            let failed = made.origin.problems.iter().find(|it| it.id == "problem-by-place-failed");
            let text = failed.map_or_else(String::new, |problem| problem.text(language));
            return Err(Failure::Failed(text));
        };
        let are_numbers = asked.get(part).is_some_and(|asked| asked.numbers.is_some());
        placed.push(Placed { are_numbers, tally, columns: of_part(part) });
    }
    Ok(Some(Placing { table: made, made: placed, problems }))
}

fn of_numbers(
    things: &Table,
    numbers: &[Number],
    sql: &str,
    once: bool,
    language: Language,
) -> Result<ByPlace, Failure> {
    let column = |number: &Number| {
        let field = match number.field.as_str() {
            "" => None,
            field => {
                let at = things.field_index(field).and_then(|at| things.fields.get(at));
                Some(at.ok_or_else(|| no_field(things, field, language))?)
            }
        };
        if let Some(field) = field.filter(|field| !number.what.fits(field.kind)) {
            let message = Message::new("cli-no-numbers").text("field", field.name.as_str());
            return Err(Failure::Failed(message.in_language(language)));
        }
        let of = field.map_or(things.name.as_str(), |field| field.name.as_str());
        let usual = || format!("{}_{}", plain(of), number.what.code().replace('-', "_"));
        let name = number.name.clone().unwrap_or_else(usual);
        let field = field.map(|field| field.name.clone()).unwrap_or_default();
        Ok(NumberColumn { what: number.what, field, name })
    };
    let columns = numbers.iter().map(column).collect::<Result<_, Failure>>()?;
    Ok(ByPlace::Numbers(Numbers { condition: sql.to_owned(), once, columns }))
}

fn of_areas(
    areas: &Table,
    fields: Option<&[String]>,
    sql: &str,
    language: Language,
) -> Result<ByPlace, Failure> {
    let column = |name: &str| AreaColumn { field: name.to_owned(), name: name.to_owned() };
    let columns = match fields {
        Some(names) => {
            let names = names.iter().map(|name| name.trim()).filter(|name| !name.is_empty());
            let found = names.map(|name| {
                let at = areas.field_index(name).and_then(|at| areas.fields.get(at));
                at.map(|field| column(&field.name)).ok_or_else(|| no_field(areas, name, language))
            });
            found.collect::<Result<_, _>>()?
        }
        None => areas.fields.iter().map(|field| column(&field.name)).collect(),
    };
    Ok(ByPlace::AreaOf(AreaOf { condition: sql.to_owned(), columns }))
}

/// A name in small letters, digits and underscores, the same in every language.
fn plain(text: &str) -> String {
    let text = fold(text);
    let letters = text.chars().map(|c| if c.is_alphanumeric() { c } else { '_' });
    letters.collect::<String>().trim_matches('_').to_owned()
}

/// What lies where, for a person.
pub(super) fn lines(placed: &Placed, language: Language) -> Vec<String> {
    let tally = placed.tally;
    let say = |id, count| Message::new(id).count("count", count).in_language(language);
    let inside = Message::new("cli-placed")
        .count("inside", tally.inside)
        .count("things", tally.things)
        .count("outside", tally.outside);
    let mut lines = vec![inside.in_language(language)];
    for (id, count) in [
        ("cli-placed-without-place", tally.without_place),
        ("cli-placed-several", tally.several),
        ("cli-placed-empty", tally.areas_empty),
    ] {
        if count > 0 {
            lines.push(say(id, count));
        }
    }
    lines.push(placed.columns.join(", "));
    lines
}
