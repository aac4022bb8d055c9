//! The command line itself: one definition from which parsing and help in both languages come.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::sync::{OnceLock, PoisonError, RwLock};

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgAction, Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use super::Failure;
use super::by_place::ByPlaceArguments;
use super::linked::{Ldes, Sparql};
use super::manual::{Completions, Manual};
use super::pack::Pack;
use super::portal::Portal;
use super::print_arguments::Print;
use super::tiles::Tiles;
use crate::i18n::{Language, Message, tr};
use crate::query::Relation;
use crate::query::join::Rule;
use crate::table::ReadAs;

/// What the program was asked to do.
#[derive(Debug)]
pub enum Invocation {
    /// Open the window.
    Window {
        /// A project or data files; none: the sample project.
        paths: Vec<PathBuf>,
        /// The language asked for, or the system's.
        language: Language,
    },
    /// Tell what is in files.
    Info {
        /// What to tell.
        arguments: Info,
        /// The language asked for, or the system's.
        language: Language,
    },
    /// Look whether geometry is valid.
    Check {
        /// What to look at.
        arguments: Check,
        /// The language asked for, or the system's.
        language: Language,
    },
    /// Ask a city's portal.
    Portal {
        /// What to ask.
        arguments: Portal,
        /// The language asked for, or the system's.
        language: Language,
    },
    /// Ask an endpoint of linked data.
    Sparql {
        /// Which, and what.
        arguments: Sparql,
        /// The language asked for, or the system's.
        language: Language,
    },
    /// Follow a stream of linked data.
    Ldes {
        /// Which.
        arguments: Ldes,
        /// The language asked for, or the system's.
        language: Language,
    },
    /// Look at archives of tiles, and take an area of a basemap along.
    Tiles {
        /// What to do.
        arguments: Tiles,
        /// The language asked for, or the system's.
        language: Language,
    },
    /// Print a sheet of paper.
    Print {
        /// What to print and how.
        arguments: Box<Print>,
        /// The language asked for, or the system's.
        language: Language,
    },
    /// Pack a project with all that it needs.
    Pack {
        /// What to pack and where.
        arguments: Pack,
        /// The language asked for, or the system's.
        language: Language,
    },
    /// Write the script that completes arguments in a shell.
    Completions {
        /// Of which shell.
        arguments: Completions,
    },
    /// Write a page of the manual.
    Manual {
        /// Which page.
        arguments: Manual,
        /// The language asked for, or the system's.
        language: Language,
    },
    /// Hand a layer over as another file.
    Convert {
        /// What to hand over and how.
        arguments: Box<Convert>,
        /// The language asked for, or the system's.
        language: Language,
    },
}

/// Why there is nothing to do after reading the arguments.
pub(super) enum Ended {
    /// Help or version, as asked.
    Shown(String),
    /// Wrong usage.
    Wrong(Failure, Language),
}

/// The language of the help texts; clap asks for them while it builds its command.
pub(super) fn language() -> Language {
    let asked = HELP_LANGUAGE.get_or_init(RwLock::default);
    let asked = *asked.read().unwrap_or_else(PoisonError::into_inner);
    asked.unwrap_or(Language::English)
}

static HELP_LANGUAGE: OnceLock<RwLock<Option<Language>>> = OnceLock::new();

/// A heading or a name of a value, which clap wants for good; it asks once in a run.
pub(super) fn word(text: String) -> &'static str {
    text.leak()
}

fn kind_help() -> String {
    let has_form = |read_as: &ReadAs| read_as.without_form() != *read_as;
    let forms: Vec<&str> = ReadAs::ALL.into_iter().filter(has_form).map(ReadAs::code).collect();
    Message::new("cli-help-kind").text("forms", forms.join(", ")).in_language(language())
}

pub(super) fn template() -> String {
    let usage = tr(language(), "cli-usage");
    format!("{{about-with-newline}}\n{usage} {{usage}}\n\n{{all-args}}{{after-help}}")
}

#[derive(Parser)]
#[command(
    name = "belfort",
    version,
    about = tr(language(), "cli-about"),
    after_help = tr(language(), "cli-exit-status"),
    help_template = template(),
    subcommand_help_heading = word(tr(language(), "cli-heading-commands")),
    subcommand_value_name = word(tr(language(), "cli-value-command")),
    next_help_heading = word(tr(language(), "cli-heading-options")),
    subcommand_precedence_over_arg = true,
    disable_help_flag = true,
    disable_help_subcommand = true,
    disable_version_flag = true,
)]
struct Root {
    #[command(subcommand)]
    command: Option<Command>,
    #[arg(
        value_name = word(tr(language(), "cli-value-path")),
        help = tr(language(), "cli-help-paths"),
        help_heading = word(tr(language(), "cli-heading-arguments")),
    )]
    paths: Vec<PathBuf>,
    #[arg(
        long,
        global = true,
        display_order = 900,
        value_name = "nl|en",
        hide_possible_values = true,
        help = tr(language(), "cli-help-lang"),
    )]
    lang: Option<Lang>,
    #[arg(
        short, long, global = true, display_order = 901, action = ArgAction::Help,
        help = tr(language(), "cli-help-help"),
    )]
    help: Option<bool>,
    #[arg(
        short = 'V', long, display_order = 902, action = ArgAction::Version,
        help = tr(language(), "cli-help-version"),
    )]
    version: Option<bool>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Lang {
    Nl,
    En,
}

#[derive(Subcommand)]
enum Command {
    #[command(
        about = tr(language(), "cli-about-info"),
        help_template = template(),
        next_help_heading = word(tr(language(), "cli-heading-options")),
    )]
    Info(Info),
    #[command(
        about = tr(language(), "cli-about-convert"),
        after_help = tr(language(), "cli-convert-examples"),
        help_template = template(),
        next_help_heading = word(tr(language(), "cli-heading-options")),
    )]
    Convert(Box<Convert>),
    #[command(
        about = tr(language(), "cli-about-print"),
        after_help = tr(language(), "cli-print-examples"),
        help_template = template(),
        next_help_heading = word(tr(language(), "cli-heading-options")),
    )]
    Print(Box<Print>),
    #[command(
        about = tr(language(), "cli-about-pack"),
        help_template = template(),
        next_help_heading = word(tr(language(), "cli-heading-options")),
    )]
    Pack(Pack),
    #[command(
        about = tr(language(), "cli-about-check"),
        after_help = tr(language(), "cli-check-exit-status"),
        help_template = template(),
        next_help_heading = word(tr(language(), "cli-heading-options")),
    )]
    Check(Check),
    #[command(
        about = tr(language(), "cli-about-portal"),
        help_template = template(),
        subcommand_help_heading = word(tr(language(), "cli-heading-commands")),
        subcommand_value_name = word(tr(language(), "cli-value-command")),
        next_help_heading = word(tr(language(), "cli-heading-options")),
        disable_help_subcommand = true,
    )]
    Portal(Portal),
    #[command(
        about = tr(language(), "cli-about-sparql"),
        after_help = tr(language(), "cli-sparql-examples"),
        help_template = template(),
        next_help_heading = word(tr(language(), "cli-heading-options")),
    )]
    Sparql(Sparql),
    #[command(
        about = tr(language(), "cli-about-ldes"),
        after_help = tr(language(), "cli-ldes-examples"),
        help_template = template(),
        next_help_heading = word(tr(language(), "cli-heading-options")),
    )]
    Ldes(Ldes),
    #[command(
        about = tr(language(), "cli-about-tiles"),
        help_template = template(),
        subcommand_help_heading = word(tr(language(), "cli-heading-commands")),
        subcommand_value_name = word(tr(language(), "cli-value-command")),
        next_help_heading = word(tr(language(), "cli-heading-options")),
        disable_help_subcommand = true,
    )]
    Tiles(Tiles),
    #[command(
        about = tr(language(), "cli-about-completions"),
        help_template = template(),
        next_help_heading = word(tr(language(), "cli-heading-options")),
        hide = true,
    )]
    Completions(Completions),
    #[command(
        about = tr(language(), "cli-about-man"),
        help_template = template(),
        next_help_heading = word(tr(language(), "cli-heading-options")),
        hide = true,
    )]
    Man(Manual),
}

/// How a file is read, where the person knows better than the program.
#[derive(Args, Clone, Debug, Default)]
pub struct Reading {
    /// Only this layer.
    #[arg(
        long,
        value_name = word(tr(language(), "cli-value-name")),
        help = tr(language(), "cli-help-layer"),
    )]
    pub layer: Option<String>,
    /// The CRS instead of the one found.
    #[arg(long, value_name = "EPSG:N", help = tr(language(), "cli-help-source-crs"))]
    pub source_crs: Option<String>,
    /// The text encoding instead of the one found.
    #[arg(
        long,
        value_name = word(tr(language(), "cli-value-name")),
        help = tr(language(), "cli-help-encoding"),
    )]
    pub encoding: Option<String>,
    /// What fields are, instead of what they look like.
    #[arg(
        long = "kind",
        value_name = word(tr(language(), "cli-value-kind")),
        help = kind_help(),
    )]
    pub kinds: Vec<String>,
    /// Only what lies in or touches a rectangle, in degrees.
    #[arg(
        long,
        value_name = word(tr(language(), "cli-value-bbox")),
        allow_hyphen_values = true,
        help = tr(language(), "cli-help-bbox"),
    )]
    pub bbox: Option<String>,
}

/// `belfort info`.
#[derive(Args, Clone, Debug)]
pub struct Info {
    /// Data files, folders, archives, projects.
    #[arg(
        required = true,
        value_name = word(tr(language(), "cli-value-path")),
        help = tr(language(), "cli-help-info-paths"),
        help_heading = word(tr(language(), "cli-heading-arguments")),
    )]
    pub paths: Vec<PathBuf>,
    /// Also whether geometry is valid.
    #[arg(long, help = tr(language(), "cli-help-check"))]
    pub check: bool,
    /// One JSON document instead of text.
    #[arg(long, help = tr(language(), "cli-help-json"))]
    pub json: bool,
    /// How the files are read.
    #[command(flatten)]
    pub reading: Reading,
}

impl Info {
    pub(super) fn of_paths(paths: Vec<PathBuf>) -> Info {
        Info { paths, check: false, json: false, reading: Reading::default() }
    }
}

/// `belfort check`.
#[derive(Args, Clone, Debug)]
pub struct Check {
    /// Data files, folders, archives, projects.
    #[arg(
        required = true,
        value_name = word(tr(language(), "cli-value-path")),
        help = tr(language(), "cli-help-info-paths"),
        help_heading = word(tr(language(), "cli-heading-arguments")),
    )]
    pub paths: Vec<PathBuf>,
    /// Also polygons of a layer that lie over each other.
    #[arg(long, help = tr(language(), "cli-help-overlaps"))]
    pub overlaps: bool,
    /// Overlaps smaller than this are told apart, square metres.
    #[arg(
        long,
        value_name = "M2",
        requires = "overlaps",
        value_parser = metres,
        help = tr(language(), "cli-help-sliver"),
    )]
    pub sliver: Option<f64>,
    /// How many features of each kind are named.
    #[arg(
        long,
        value_name = word(tr(language(), "cli-value-count")),
        help = tr(language(), "cli-help-limit"),
    )]
    pub limit: Option<usize>,
    /// The exit status says whether something was found.
    #[arg(long, help = tr(language(), "cli-help-strict"))]
    pub strict: bool,
    /// One JSON document instead of text.
    #[arg(long, help = tr(language(), "cli-help-json"))]
    pub json: bool,
    /// How the files are read.
    #[command(flatten)]
    pub reading: Reading,
}

/// `belfort convert`.
#[derive(Args, Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct Convert {
    /// The file to read.
    #[arg(
        value_name = word(tr(language(), "cli-value-in")),
        help = tr(language(), "cli-help-in"),
        help_heading = word(tr(language(), "cli-heading-arguments")),
    )]
    pub input: PathBuf,
    /// The file to write; its extension names the format.
    #[arg(
        value_name = word(tr(language(), "cli-value-out")),
        help = tr(language(), "cli-help-out"),
        help_heading = word(tr(language(), "cli-heading-arguments")),
    )]
    pub output: PathBuf,
    /// How the file is read.
    #[command(flatten)]
    pub reading: Reading,
    /// Only rows that meet this condition.
    #[arg(long = "where", value_name = "SQL", help = tr(language(), "cli-help-where"))]
    pub condition: Option<String>,
    /// Only rows that lie in areas of another file.
    #[arg(
        long,
        value_name = word(tr(language(), "cli-value-areas")),
        help = tr(language(), "cli-help-within"),
    )]
    pub within: Option<OsString>,
    /// How rows must lie to the areas.
    #[arg(
        long,
        value_name = "within|intersects|disjoint|touches|crosses",
        hide_possible_values = true,
        requires = "within",
        help = tr(language(), "cli-help-relation"),
    )]
    pub relation: Option<RelationName>,
    /// Only rows near features of another file.
    #[arg(
        long,
        value_name = word(tr(language(), "cli-value-features")),
        requires = "distance",
        help = tr(language(), "cli-help-near"),
    )]
    pub near: Option<OsString>,
    /// How near, in metres on the ground.
    #[arg(
        long,
        value_name = word(tr(language(), "cli-value-metres")),
        requires = "near",
        value_parser = metres,
        help = tr(language(), "cli-help-distance"),
    )]
    pub distance: Option<f64>,
    /// A file whose columns come beside those of the layer.
    #[arg(
        long,
        value_name = word(tr(language(), "cli-value-file")),
        requires = "on",
        help = tr(language(), "cli-help-join"),
    )]
    pub join: Option<PathBuf>,
    /// The fields by which the two go together.
    #[arg(
        long,
        value_name = word(tr(language(), "cli-value-on")),
        requires = "join",
        help = tr(language(), "cli-help-on"),
    )]
    pub on: Option<String>,
    /// Only rows of the other file that meet this condition.
    #[arg(long, value_name = "SQL", requires = "join", help = tr(language(), "cli-help-join-where"))]
    pub join_where: Option<String>,
    /// What several rows of the other file become.
    #[arg(
        long,
        value_name = "first|sum|mean|min|max|count",
        hide_possible_values = true,
        requires = "join",
        help = tr(language(), "cli-help-join-rule"),
    )]
    pub join_rule: Option<JoinRule>,
    /// Columns that follow from where rows lie.
    #[command(flatten)]
    pub by_place: ByPlaceArguments,
    /// Only these fields, in this order.
    #[arg(
        long,
        value_name = "A,B",
        value_delimiter = ',',
        help = tr(language(), "cli-help-select"),
    )]
    pub select: Option<Vec<String>>,
    /// The CRS of the new file.
    #[arg(long, value_name = "EPSG:N", help = tr(language(), "cli-help-crs"))]
    pub crs: Option<String>,
    /// How a CSV file or a spreadsheet says where a row is.
    #[arg(
        long,
        visible_alias = "csv-place",
        value_name = "wkt|columns|none",
        hide_possible_values = true,
        help = tr(language(), "cli-help-place"),
    )]
    pub place: Option<PlaceName>,
    /// A CSV file for Excel in the language.
    #[arg(long, help = tr(language(), "cli-help-excel"))]
    pub excel: bool,
    /// Geometry put right.
    #[arg(long, help = tr(language(), "cli-help-repair"))]
    pub repair: bool,
    /// What collapses is kept as a line or a point.
    #[arg(long, requires = "repair", help = tr(language(), "cli-help-keep-collapsed"))]
    pub keep_collapsed: bool,
    /// Without features that are like an earlier one in everything.
    #[arg(long, requires = "repair", help = tr(language(), "cli-help-drop-duplicates"))]
    pub drop_duplicates: bool,
    /// One JSON document instead of text.
    #[arg(long, help = tr(language(), "cli-help-json"))]
    pub json: bool,
}

/// The names of [`Rule`] on the command line.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum JoinRule {
    /// The first row.
    First,
    /// The sum of numbers.
    Sum,
    /// Their mean.
    Mean,
    /// The least.
    Min,
    /// The greatest.
    Max,
    /// How many there are.
    Count,
}

impl From<JoinRule> for Rule {
    fn from(rule: JoinRule) -> Rule {
        match rule {
            JoinRule::First => Rule::First,
            JoinRule::Sum => Rule::Sum,
            JoinRule::Mean => Rule::Mean,
            JoinRule::Min => Rule::Min,
            JoinRule::Max => Rule::Max,
            JoinRule::Count => Rule::Count,
        }
    }
}

/// The names of [`Relation`] on the command line.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum RelationName {
    /// Inside, edge included: what the option `--within` says.
    #[default]
    Within,
    /// Sharing at least a point.
    Intersects,
    /// Sharing no point.
    Disjoint,
    /// Sharing points of edges or ends only.
    Touches,
    /// Sharing some inner points, but not all.
    Crosses,
}

impl From<RelationName> for Relation {
    fn from(name: RelationName) -> Relation {
        match name {
            RelationName::Within => Relation::Within,
            RelationName::Intersects => Relation::Intersects,
            RelationName::Disjoint => Relation::Disjoint,
            RelationName::Touches => Relation::Touches,
            RelationName::Crosses => Relation::Crosses,
        }
    }
}

/// A distance of 0 or more. What is wrong is said by [`wrong`].
fn metres(text: &str) -> Result<f64, &'static str> {
    let metres = text.trim().parse().ok();
    metres.filter(|metres: &f64| metres.is_finite() && *metres >= 0.0).ok_or("no distance")
}

/// The names of [`crate::formats::PlaceAs`] on the command line.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum PlaceName {
    /// A column with WKT.
    Wkt,
    /// Two columns.
    Columns,
    /// Not at all.
    None,
}

impl From<PlaceName> for crate::formats::PlaceAs {
    fn from(name: PlaceName) -> Self {
        match name {
            PlaceName::Wkt => Self::Wkt,
            PlaceName::Columns => Self::Columns,
            PlaceName::None => Self::None,
        }
    }
}

/// All that the program understands.
pub(super) fn definition() -> clap::Command {
    Root::command()
}

pub(super) fn parse(arguments: Vec<OsString>) -> Result<Invocation, Ended> {
    let language = asked_language(&arguments).unwrap_or_else(Language::of_system);
    let help = HELP_LANGUAGE.get_or_init(RwLock::default);
    *help.write().unwrap_or_else(PoisonError::into_inner) = Some(language);
    let parsed = Root::command()
        .try_get_matches_from(arguments)
        .and_then(|mut matches| Root::from_arg_matches_mut(&mut matches));
    match parsed {
        Ok(root) => Ok(match root.command {
            None => Invocation::Window { paths: root.paths, language },
            Some(Command::Info(arguments)) => Invocation::Info { arguments, language },
            Some(Command::Convert(arguments)) => Invocation::Convert { arguments, language },
            Some(Command::Pack(arguments)) => Invocation::Pack { arguments, language },
            Some(Command::Print(arguments)) => Invocation::Print { arguments, language },
            Some(Command::Check(arguments)) => Invocation::Check { arguments, language },
            Some(Command::Portal(arguments)) => Invocation::Portal { arguments, language },
            Some(Command::Sparql(arguments)) => Invocation::Sparql { arguments, language },
            Some(Command::Ldes(arguments)) => Invocation::Ldes { arguments, language },
            Some(Command::Tiles(arguments)) => Invocation::Tiles { arguments, language },
            Some(Command::Completions(arguments)) => Invocation::Completions { arguments },
            Some(Command::Man(arguments)) => Invocation::Manual { arguments, language },
        }),
        Err(error) => Err(match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                // The one word of the usage line that clap keeps to itself.
                let options = format!("[{}]", tr(language, "cli-value-options"));
                Ended::Shown(error.render().to_string().replace("[OPTIONS]", &options))
            }
            _ => Ended::Wrong(Failure::Usage(wrong(&error).in_language(language)), language),
        }),
    }
}

/// `--lang` has to be known before the rest can be read: help and errors are in that language.
fn asked_language(arguments: &[OsString]) -> Option<Language> {
    let texts: Vec<&str> = arguments.iter().skip(1).filter_map(|text| text.to_str()).collect();
    let apart = texts.iter().zip(texts.iter().skip(1)).find(|(name, _)| **name == "--lang");
    let joined = texts.iter().find_map(|text| text.strip_prefix("--lang="));
    Language::from_code(joined.or(apart.map(|(_, code)| *code))?)
}

/// What clap found wrong, in our words.
fn wrong(error: &clap::Error) -> Message {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(" "),
        _ => String::new(),
    };
    let argument = context(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::UnknownArgument => Message::new("cli-wrong-unknown").text("argument", argument),
        ErrorKind::MissingRequiredArgument => {
            Message::new("cli-wrong-missing").text("argument", argument)
        }
        ErrorKind::ArgumentConflict => {
            Message::new("cli-wrong-conflict").text("argument", argument)
        }
        ErrorKind::InvalidValue if context(ContextKind::InvalidValue).is_empty() => {
            Message::new("cli-wrong-no-value").text("argument", argument)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => Message::new("cli-wrong-value")
            .text("argument", argument)
            .text("value", context(ContextKind::InvalidValue)),
        _ => {
            // The first line is clap's sentence; the rest repeats the usage.
            let text = error.render().to_string();
            let line = text.lines().next().unwrap_or_default();
            Message::new("cli-wrong-other").text("detail", line.trim_start_matches("error: "))
        }
    }
}

/// A path as a person reads it.
pub(super) fn shown(path: &OsStr) -> String {
    path.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_is_sound() {
        Root::command().debug_assert();
    }

    #[test]
    fn the_language_is_known_before_the_rest() {
        let of = |texts: &[&str]| {
            let texts: Vec<OsString> = texts.iter().map(OsString::from).collect();
            asked_language(&texts)
        };
        assert_eq!(of(&["belfort", "info", "--lang", "nl"]), Some(Language::Dutch));
        assert_eq!(of(&["belfort", "--lang=en", "x"]), Some(Language::English));
        assert_eq!(of(&["belfort", "--lang"]), None);
        assert_eq!(of(&["--lang", "x"]), None);
    }
}
