//! The command line itself: one definition from which parsing and help in both languages come.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::sync::{OnceLock, PoisonError, RwLock};

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgAction, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use super::Failure;
use super::convert_arguments::Convert;
use super::linked::{Ldes, Sparql};
use super::manual::{Completions, Manual};
use super::pack::Pack;
use super::portal::Portal;
use super::print_arguments::Print;
use super::reading_arguments::{Check, Info};
use super::tiles::Tiles;
use crate::i18n::{Language, Message, tr};

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
