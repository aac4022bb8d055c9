//! The arguments of `belfort tiles`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::arguments::{language, template, word};
use crate::i18n::tr;

/// `belfort tiles`.
#[derive(Args, Clone, Debug)]
pub struct Tiles {
    /// What to do.
    #[command(subcommand)]
    pub(super) task: Task,
}

/// What is done with tiles.
#[derive(Clone, Debug, Subcommand)]
pub(super) enum Task {
    #[command(
        about = tr(language(), "cli-about-tiles-info"),
        help_template = template(),
        next_help_heading = word(tr(language(), "cli-heading-options")),
    )]
    Info(Info),
    #[command(
        about = tr(language(), "cli-about-tiles-take"),
        after_help = tr(language(), "cli-tiles-take-examples"),
        help_template = template(),
        next_help_heading = word(tr(language(), "cli-heading-options")),
    )]
    Take(Take),
}

/// `belfort tiles info`.
#[derive(Args, Clone, Debug)]
pub(super) struct Info {
    /// A file, or an address.
    #[arg(
        value_name = word(tr(language(), "cli-value-path")),
        help = tr(language(), "cli-help-tiles-archive"),
        help_heading = word(tr(language(), "cli-heading-arguments")),
    )]
    pub archive: String,
    /// One JSON document instead of text.
    #[arg(long, help = tr(language(), "cli-help-json"))]
    pub json: bool,
}

/// `belfort tiles take`.
#[derive(Args, Clone, Debug)]
pub(super) struct Take {
    /// The word of a basemap, or the address of a PMTiles archive.
    #[arg(
        value_name = word(tr(language(), "cli-value-source")),
        help = tr(language(), "cli-help-tiles-from"),
        help_heading = word(tr(language(), "cli-heading-arguments")),
    )]
    pub from: String,
    /// The area: west, south, east, north in degrees.
    #[arg(
        long,
        required = true,
        value_name = word(tr(language(), "cli-value-bbox")),
        allow_hyphen_values = true,
        help = tr(language(), "cli-help-tiles-bbox"),
    )]
    pub bbox: String,
    /// The deepest level.
    #[arg(long, default_value_t = 16, value_name = "N", help = tr(language(), "cli-help-tiles-depth"))]
    pub depth: u8,
    /// The file to write; none to count alone.
    #[arg(
        long,
        value_name = word(tr(language(), "cli-value-path")),
        help = tr(language(), "cli-help-tiles-out"),
    )]
    pub out: Option<PathBuf>,
    /// One JSON document instead of text.
    #[arg(long, help = tr(language(), "cli-help-json"))]
    pub json: bool,
}
