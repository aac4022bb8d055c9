//! The arguments of `belfort portal`.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use crate::cli::arguments::{language, template, word};
use crate::i18n::tr;

/// `belfort portal`.
#[derive(Args, Clone, Debug)]
pub struct Portal {
    /// What to do.
    #[command(subcommand)]
    pub(super) task: Task,
}

/// What is done with a portal.
#[derive(Clone, Debug, Subcommand)]
pub(super) enum Task {
    #[command(
        about = tr(language(), "cli-about-portal-search"),
        help_template = template(),
        next_help_heading = word(tr(language(), "cli-heading-options")),
    )]
    Search(Search),
    #[command(
        about = tr(language(), "cli-about-portal-info"),
        help_template = template(),
        next_help_heading = word(tr(language(), "cli-heading-options")),
    )]
    Info(Info),
    #[command(
        about = tr(language(), "cli-about-portal-get"),
        after_help = tr(language(), "cli-portal-get-examples"),
        help_template = template(),
        next_help_heading = word(tr(language(), "cli-heading-options")),
    )]
    Get(Get),
}

/// Which portal, and how the answer is written.
#[derive(Args, Clone, Debug)]
pub(super) struct Common {
    /// The portal.
    #[arg(
        long,
        default_value = "gent",
        hide_default_value = true,
        value_name = word(tr(language(), "cli-value-portal")),
        help = tr(language(), "cli-help-portal"),
    )]
    pub portal: String,
    /// One JSON document instead of text.
    #[arg(long, help = tr(language(), "cli-help-json"))]
    pub json: bool,
}

/// `belfort portal search`.
#[derive(Args, Clone, Debug)]
pub(super) struct Search {
    /// Words to look for; none for the whole catalogue.
    #[arg(
        value_name = word(tr(language(), "cli-value-words")),
        help = tr(language(), "cli-help-portal-words"),
        help_heading = word(tr(language(), "cli-heading-arguments")),
    )]
    pub words: Vec<String>,
    /// Only datasets with a place.
    #[arg(long, help = tr(language(), "cli-help-portal-geo"))]
    pub geo: bool,
    /// Only datasets changed since a day.
    #[arg(
        long,
        value_name = word(tr(language(), "cli-value-day")),
        value_parser = day,
        help = tr(language(), "cli-help-portal-since"),
    )]
    pub since: Option<NaiveDate>,
    /// How many at most.
    #[arg(
        long,
        default_value_t = 50,
        hide_default_value = true,
        value_name = word(tr(language(), "cli-value-number")),
        help = tr(language(), "cli-help-portal-limit"),
    )]
    pub limit: u32,
    #[command(flatten)]
    pub common: Common,
}

/// `belfort portal info`.
#[derive(Args, Clone, Debug)]
pub(super) struct Info {
    /// The dataset.
    #[arg(
        value_name = word(tr(language(), "cli-value-dataset")),
        help = tr(language(), "cli-help-portal-dataset"),
        help_heading = word(tr(language(), "cli-heading-arguments")),
    )]
    pub dataset: String,
    #[command(flatten)]
    pub common: Common,
}

/// `belfort portal get`.
#[derive(Args, Clone, Debug)]
pub(super) struct Get {
    /// The dataset.
    #[arg(
        value_name = word(tr(language(), "cli-value-dataset")),
        help = tr(language(), "cli-help-portal-dataset"),
        help_heading = word(tr(language(), "cli-heading-arguments")),
    )]
    pub dataset: String,
    /// The file to write.
    #[arg(
        long,
        value_name = word(tr(language(), "cli-value-out")),
        help = tr(language(), "cli-help-out"),
    )]
    pub out: PathBuf,
    /// Only records that meet a condition of the portal.
    #[arg(long = "where", value_name = "ODSQL", help = tr(language(), "cli-help-portal-where"))]
    pub condition: Option<String>,
    /// Only records in a rectangle.
    #[arg(
        long,
        value_name = "W,S,E,N",
        allow_hyphen_values = true,
        help = tr(language(), "cli-help-portal-bbox"),
    )]
    pub bbox: Option<String>,
    /// Only these fields.
    #[arg(
        long,
        value_name = "A,B",
        value_delimiter = ',',
        help = tr(language(), "cli-help-portal-select"),
    )]
    pub select: Vec<String>,
    /// No server is asked.
    #[arg(long, help = tr(language(), "cli-help-portal-offline"))]
    pub offline: bool,
    #[command(flatten)]
    pub common: Common,
}

/// A day. What is wrong is said by the caller's own words.
fn day(text: &str) -> Result<NaiveDate, &'static str> {
    NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").map_err(|_| "no day")
}
