//! The arguments of `belfort print`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::arguments::{language, word};
use crate::i18n::tr;
use crate::project::{BasemapText, HouseStyle, SheetPlane, SheetTiles};

/// `belfort print`.
#[derive(Args, Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct Print {
    /// A project, or data files; none: the sample project.
    #[arg(
        value_name = word(tr(language(), "cli-value-path")),
        help = tr(language(), "cli-help-print-paths"),
        help_heading = word(tr(language(), "cli-heading-arguments")),
    )]
    pub paths: Vec<PathBuf>,
    /// The file to write; its extension names the kind.
    #[arg(
        short, long,
        value_name = word(tr(language(), "cli-value-file")),
        help = tr(language(), "cli-help-print-out"),
    )]
    pub out: PathBuf,
    /// Which sheet of the project.
    #[arg(
        long,
        value_name = word(tr(language(), "cli-value-name")),
        help = tr(language(), "cli-help-sheet"),
    )]
    pub sheet: Option<String>,
    /// The paper.
    #[arg(long, value_name = "a4|a3|…", help = tr(language(), "cli-help-paper"))]
    pub paper: Option<String>,
    /// Wider than high.
    #[arg(long, conflicts_with = "portrait", help = tr(language(), "cli-help-landscape"))]
    pub landscape: bool,
    /// Higher than wide.
    #[arg(long, help = tr(language(), "cli-help-portrait"))]
    pub portrait: bool,
    /// Smaller paper that the sheet is printed over.
    #[arg(long, value_name = "a4|a3|…", help = tr(language(), "cli-help-over"))]
    pub over: Option<String>,
    /// By how much its sheets overlap.
    #[arg(
        long,
        value_name = "MM",
        requires = "over",
        value_parser = overlap,
        help = tr(language(), "cli-help-overlap"),
    )]
    pub overlap: Option<u16>,
    /// The scale.
    #[arg(long, value_name = "1:N", help = tr(language(), "cli-help-scale"))]
    pub scale: Option<String>,
    /// The areas the sheet shows.
    #[arg(
        long,
        value_name = word(tr(language(), "cli-value-areas")),
        help = tr(language(), "cli-help-fit"),
    )]
    pub fit: Option<OsString>,
    /// The areas that have a page each.
    #[arg(
        long,
        value_name = word(tr(language(), "cli-value-areas")),
        conflicts_with = "fit",
        help = tr(language(), "cli-help-atlas"),
    )]
    pub atlas: Option<OsString>,
    /// All pages of an atlas have one scale.
    #[arg(long, requires = "atlas", help = tr(language(), "cli-help-common-scale"))]
    pub common_scale: bool,
    /// The layer whose names are listed with the squares of a grid.
    #[arg(
        long,
        value_name = word(tr(language(), "cli-value-name")),
        help = tr(language(), "cli-help-index"),
    )]
    pub index: Option<String>,
    /// What is listed has numbers on the map, in an order.
    #[arg(
        long,
        requires = "index",
        num_args = 0..=1,
        default_missing_value = "name",
        value_name = "name|table|FIELD",
        help = tr(language(), "cli-help-print-numbers"),
    )]
    pub numbers: Option<String>,
    /// Layers whose names are listed without a place on the map, perhaps in the order of a field.
    #[arg(
        long = "list",
        value_name = word(tr(language(), "cli-value-list")),
        help = tr(language(), "cli-help-list"),
    )]
    pub lists: Vec<String>,
    /// Fields that are added up over what lies in the area.
    #[arg(
        long = "sum",
        value_name = word(tr(language(), "cli-value-sum")),
        help = tr(language(), "cli-help-sum"),
    )]
    pub sums: Vec<String>,
    /// The plane the map is drawn in.
    #[arg(
        long,
        value_name = "local|lambert72|lambert2008|screen",
        hide_possible_values = true,
        help = tr(language(), "cli-help-plane"),
    )]
    pub plane: Option<PlaneName>,
    /// How the sheet is made up.
    #[arg(
        long,
        value_name = "report|poster|copy|plain",
        hide_possible_values = true,
        help = tr(language(), "cli-help-style"),
    )]
    pub style: Option<StyleName>,
    /// The title.
    #[arg(
        long,
        value_name = word(tr(language(), "cli-value-text")),
        help = tr(language(), "cli-help-title"),
    )]
    pub title: Option<String>,
    /// The line below the title.
    #[arg(
        long,
        value_name = word(tr(language(), "cli-value-text")),
        help = tr(language(), "cli-help-subtitle"),
    )]
    pub subtitle: Option<String>,
    /// How far the map is turned clockwise.
    #[arg(
        long,
        value_name = word(tr(language(), "cli-value-degrees")),
        allow_hyphen_values = true,
        value_parser = degrees,
        help = tr(language(), "cli-help-turn"),
    )]
    pub turn: Option<f64>,
    /// Dots per inch of pictures.
    #[arg(long, value_name = "N", default_value = "300", value_parser = dots, help = tr(language(), "cli-help-dpi"))]
    pub dpi: f64,
    /// The basemap instead of the project's.
    #[arg(long, value_name = "none|osm|…", help = tr(language(), "cli-help-basemap"))]
    pub basemap: Option<String>,
    /// How large the letters of the basemap are.
    #[arg(
        long,
        value_name = "small|usual|large",
        hide_possible_values = true,
        help = tr(language(), "cli-help-basemap-text"),
    )]
    pub basemap_text: Option<TextName>,
    /// Nothing is fetched.
    #[arg(long, help = tr(language(), "cli-help-offline"))]
    pub offline: bool,
    /// One JSON document instead of text.
    #[arg(long, help = tr(language(), "cli-help-json"))]
    pub json: bool,
}

impl Print {
    /// The sheet of a project as PDF in the system's folder for passing files, where nothing of the
    /// person's is replaced.
    pub(super) fn of_sample(project: PathBuf) -> Print {
        Print {
            paths: vec![project],
            out: std::env::temp_dir().join("belfort.pdf"),
            sheet: None,
            paper: None,
            landscape: false,
            portrait: false,
            over: None,
            overlap: None,
            scale: None,
            fit: None,
            atlas: None,
            common_scale: false,
            index: None,
            lists: Vec::new(),
            numbers: None,
            sums: Vec::new(),
            plane: None,
            style: None,
            title: None,
            subtitle: None,
            turn: None,
            dpi: 300.0,
            basemap: None,
            basemap_text: None,
            offline: true,
            json: false,
        }
    }
}

fn degrees(text: &str) -> Result<f64, &'static str> {
    let degrees = text.trim().trim_end_matches('°').parse().ok();
    degrees.filter(|degrees: &f64| degrees.abs() <= 360.0).ok_or("no angle")
}

/// An overlap in millimetres, as tenths of them.
fn overlap(text: &str) -> Result<u16, &'static str> {
    let millimetres: Option<f64> = text.trim().replace(',', ".").parse().ok();
    let tenths = millimetres.map(|length| (length * 10.0).round());
    let tenths =
        tenths.filter(|tenths| (0.0..=f64::from(SheetTiles::MOST_OVERLAP)).contains(tenths));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "looked at")]
    tenths.map(|tenths| tenths as u16).ok_or("no overlap")
}

fn dots(text: &str) -> Result<f64, &'static str> {
    let dots = text.trim().parse().ok();
    dots.filter(|dots: &f64| (20.0..=2400.0).contains(dots)).ok_or("no number of dots")
}

/// The names of [`SheetPlane`] on the command line.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum PlaneName {
    /// Transverse Mercator around the sheet.
    Local,
    /// Belgian Lambert 72.
    Lambert72,
    /// Belgian Lambert 2008.
    Lambert2008,
    /// Web Mercator.
    Screen,
}

impl From<PlaneName> for SheetPlane {
    fn from(name: PlaneName) -> SheetPlane {
        match name {
            PlaneName::Local => SheetPlane::Local,
            PlaneName::Lambert72 => SheetPlane::Lambert72,
            PlaneName::Lambert2008 => SheetPlane::Lambert2008,
            PlaneName::Screen => SheetPlane::Screen,
        }
    }
}

/// The names of [`BasemapText`] on the command line.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum TextName {
    /// Fine print.
    Small,
    /// As on a street map.
    Usual,
    /// To be read from a step away.
    Large,
}

impl From<TextName> for BasemapText {
    fn from(name: TextName) -> BasemapText {
        match name {
            TextName::Small => BasemapText::Small,
            TextName::Usual => BasemapText::Usual,
            TextName::Large => BasemapText::Large,
        }
    }
}

/// The names of [`HouseStyle`] on the command line.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum StyleName {
    /// Title above, all that a reader needs below.
    Report,
    /// Large letters.
    Poster,
    /// Black and white.
    Copy,
    /// The map with its scale and sources.
    Plain,
}

impl From<StyleName> for HouseStyle {
    fn from(name: StyleName) -> HouseStyle {
        match name {
            StyleName::Report => HouseStyle::Report,
            StyleName::Poster => HouseStyle::Poster,
            StyleName::Copy => HouseStyle::Copy,
            StyleName::Plain => HouseStyle::Plain,
        }
    }
}
