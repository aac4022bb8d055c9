//! What `belfort info` and `belfort check` are told, and how files are read.

use std::path::PathBuf;

use clap::Args;

use super::arguments::{language, word};
use crate::i18n::{Message, tr};
use crate::table::ReadAs;

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

/// The files that are looked at, and how what was found is told.
#[derive(Args, Clone, Debug)]
pub struct Files {
    /// Data files, folders, archives, projects.
    #[arg(
        required = true,
        value_name = word(tr(language(), "cli-value-path")),
        help = tr(language(), "cli-help-info-paths"),
        help_heading = word(tr(language(), "cli-heading-arguments")),
    )]
    pub paths: Vec<PathBuf>,
    /// One JSON document instead of text.
    #[arg(long, help = tr(language(), "cli-help-json"))]
    pub json: bool,
    /// How the files are read.
    #[command(flatten)]
    pub reading: Reading,
}

/// `belfort info`.
#[derive(Args, Clone, Debug)]
pub struct Info {
    /// Also whether geometry is valid.
    #[arg(long, help = tr(language(), "cli-help-check"))]
    pub check: bool,
    /// Which files, and how they are read.
    #[command(flatten)]
    pub files: Files,
}

impl Info {
    pub(super) fn of_paths(paths: Vec<PathBuf>) -> Info {
        Info { check: false, files: Files { paths, json: false, reading: Reading::default() } }
    }
}

/// `belfort check`.
#[derive(Args, Clone, Debug)]
pub struct Check {
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
    /// Which files, and how they are read.
    #[command(flatten)]
    pub files: Files,
}

fn kind_help() -> String {
    let has_form = |read_as: &ReadAs| read_as.without_form() != *read_as;
    let forms: Vec<&str> = ReadAs::ALL.into_iter().filter(has_form).map(ReadAs::code).collect();
    Message::new("cli-help-kind").text("forms", forms.join(", ")).in_language(language())
}

/// A distance of 0 or more. What is wrong is said in `arguments`.
pub(super) fn metres(text: &str) -> Result<f64, &'static str> {
    let metres = text.trim().parse().ok();
    metres.filter(|metres: &f64| metres.is_finite() && *metres >= 0.0).ok_or("no distance")
}
