//! The same work without a window: `belfort info`, `belfort check`, `belfort convert`, `belfort
//! portal`, `belfort sparql`, `belfort ldes`, `belfort print`, `belfort tiles`, `belfort pack`.
//!
//! Exit status: 0 done, 1 failed, 2 wrong usage. What was asked for goes to stdout, everything
//! else to stderr.

mod areas;
mod arguments;
mod by_place;
mod check;
mod convert;
mod convert_arguments;
mod convert_several;
mod fetched;
mod info;
mod joining;
mod json;
mod linked;
mod manual;
mod pack;
mod portal;
mod print;
mod print_arguments;
mod raster;
mod reading;
mod reading_arguments;
mod repairing;
mod report;
mod service;
mod tiles;

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

pub use arguments::Invocation;

use self::service::Led;

use crate::i18n::{Language, Message, tr};
use crate::jobs::Watch;
use crate::portal::{Freshness, FromPortal, Opened};
use crate::problem::FileError;
use crate::project::{is_project, open_project};

/// Reads the program's arguments, the program's own name first. Where that is all there is to do
/// (`--help`, `--version`, wrong usage), says so and gives the exit status.
///
/// # Errors
/// The exit status, when there is nothing more to do.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Invocation, ExitCode> {
    arguments::parse(arguments.into_iter().collect()).map_err(|ended| match ended {
        arguments::Ended::Shown(text) => say(&text),
        arguments::Ended::Wrong(failure, language) => failure.end(language),
    })
}

/// Does what was asked for without a window; [`Invocation::Window`] shows information about its
/// paths (the sample project where there are none).
pub fn run(invocation: Invocation) -> ExitCode {
    match invocation {
        Invocation::Window { paths, language } => without_display(paths, language),
        Invocation::Info { arguments, language } => match info::run(&arguments, language) {
            Ok((text, status)) => {
                let said = say(&text);
                if status == 0 { said } else { ExitCode::from(status) }
            }
            Err(failure) => failure.end(language),
        },
        Invocation::Check { arguments, language } => match check::run(&arguments, language) {
            Ok((text, status)) => {
                let said = say(&text);
                if status == 0 { said } else { ExitCode::from(status) }
            }
            Err(failure) => failure.end(language),
        },
        Invocation::Portal { arguments, language } => match portal::run(&arguments, language) {
            Ok(text) => say(&text),
            Err(failure) => failure.end(language),
        },
        Invocation::Sparql { arguments, language } => match linked::sparql(&arguments, language) {
            Ok(text) => say(&text),
            Err(failure) => failure.end(language),
        },
        Invocation::Ldes { arguments, language } => match linked::ldes(&arguments, language) {
            Ok(text) => say(&text),
            Err(failure) => failure.end(language),
        },
        Invocation::Tiles { arguments, language } => match tiles::run(&arguments, language) {
            Ok(text) => say(&text),
            Err(failure) => failure.end(language),
        },
        Invocation::Convert { arguments, language } => match convert::run(&arguments, language) {
            Ok(text) => say(&text),
            Err(failure) => failure.end(language),
        },
        Invocation::Pack { arguments, language } => match pack::run(&arguments, language) {
            Ok(text) => say(&text),
            Err(failure) => failure.end(language),
        },
        Invocation::Completions { arguments } => say(&manual::completions(&arguments)),
        Invocation::Manual { arguments, language } => match manual::manual(&arguments, language) {
            Ok(page) => say(&page),
            Err(failure) => failure.end(language),
        },
        Invocation::Print { arguments, language } => match print::run(&arguments, language) {
            Ok(text) => say(&text),
            Err(failure) => failure.end(language),
        },
    }
}

/// All tables that a path or an address names. Of what is fetched the newest state is asked for;
/// where only a copy kept is at hand, that is said on stderr.
fn tables(
    path: &std::path::Path,
    options: &crate::formats::ReadOptions,
    language: Language,
) -> Result<Vec<crate::table::Table>, FileError> {
    let opened = opened(path, options, language)?;
    Ok(opened.into_iter().map(|opened| opened.table).collect())
}

/// The same, with what is known of each where it was fetched; only what lies in a rectangle of
/// WGS 84 degrees, where one is given.
fn opened(
    path: &std::path::Path,
    options: &crate::formats::ReadOptions,
    language: Language,
) -> Result<Vec<Opened>, FileError> {
    if is_project(path) {
        return notes_of_project(path, options.layer.as_deref());
    }
    match led(path, options, language)? {
        Led::Opened(opened) => Ok(opened),
        Led::Service(service) => Err(service::which_layer(&service)),
    }
}

/// The layers of notes of a project, which are in no file but the project; one by its name, where one
/// is asked for.
fn notes_of_project(
    path: &std::path::Path,
    wanted: Option<&str>,
) -> Result<Vec<Opened>, FileError> {
    let document = open_project(path)?;
    let mut found = Vec::new();
    for layer in document.layers.iter().filter(|layer| wanted.is_none_or(|it| it == layer.name)) {
        let notes = layer.source.notes().and_then(|id| document.notes(id));
        let Some(notes) = notes else { continue };
        let mut table = notes.table(&Watch::unwatched())?;
        table.name.clone_from(&layer.name);
        path.clone_into(&mut table.origin.path);
        found.push(Opened { table, from_portal: None });
    }
    if found.is_empty() {
        let what = FileError::new(path, Message::new("cli-project-no-notes"));
        return Err(what.remedy(Message::new("cli-project-no-notes-do")));
    }
    Ok(found)
}

/// What a path or an address leads to: data, or a service of which no layer was named.
fn led(
    path: &std::path::Path,
    options: &crate::formats::ReadOptions,
    language: Language,
) -> Result<Led, FileError> {
    if crate::raster::is_raster(path) {
        return Err(raster::no_table(path));
    }
    let portals = portal::all(language, false);
    portal::give_key(&portals, path)?;
    let led = service::lead(path, options, &portals)?;
    let Led::Opened(opened) = &led else { return Ok(led) };
    for opened in opened {
        if let Some(FromPortal { receipt, freshness: Freshness::OutOfReach(error) }) =
            &opened.from_portal
        {
            let message = Message::new("cli-portal-kept")
                .message("what", error.what())
                .text("receipt", receipt.summary(language));
            complain(&message.in_language(language));
        }
    }
    Ok(led)
}

/// Whether a window can be opened.
pub fn has_display() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

/// Without a display the sheet of the sample project is printed, so that there is something to see;
/// of other paths it is told what is in them.
fn without_display(paths: Vec<PathBuf>, language: Language) -> ExitCode {
    if !paths.is_empty() {
        complain(&tr(language, "cli-no-display"));
        let arguments = reading_arguments::Info::of_paths(paths);
        return run(Invocation::Info { arguments, language });
    }
    let Some(sample) = crate::project::sample_project() else {
        complain(&tr(language, "cli-no-sample"));
        return ExitCode::from(1);
    };
    complain(&tr(language, "cli-no-display-prints"));
    let arguments = Box::new(print_arguments::Print::of_sample(sample));
    run(Invocation::Print { arguments, language })
}

/// Why the work ended: with the exit status.
#[derive(Debug)]
enum Failure {
    /// Wrong usage: 2.
    Usage(String),
    /// It was tried and failed: 1.
    Failed(String),
}

impl Failure {
    fn usage(message: &Message, language: Language) -> Failure {
        Failure::Usage(message.in_language(language))
    }

    fn file(error: &FileError, language: Language) -> Failure {
        Failure::Failed(error.text(language))
    }

    fn end(self, language: Language) -> ExitCode {
        match self {
            Failure::Usage(text) => {
                complain(&text);
                complain(&tr(language, "cli-see-help"));
                ExitCode::from(2)
            }
            Failure::Failed(text) => {
                complain(&text);
                ExitCode::from(1)
            }
        }
    }
}

/// Writes to stdout. A reader that went away (`belfort info x | head`) is no failure.
fn say(text: &str) -> ExitCode {
    let mut out = std::io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| {
        if text.is_empty() || text.ends_with('\n') { Ok(()) } else { out.write_all(b"\n") }
    });
    match written.and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => ExitCode::from(1),
        _ => ExitCode::SUCCESS,
    }
}

/// Writes to stderr.
/// Says why there is no window, and what can be done without.
pub fn no_window(language: Language, why: &Message) -> ExitCode {
    complain(&why.in_language(language));
    ExitCode::FAILURE
}

fn complain(text: &str) {
    // Where not even that can be written there is nobody to tell.
    let _ = writeln!(std::io::stderr().lock(), "belfort: {text}");
}
