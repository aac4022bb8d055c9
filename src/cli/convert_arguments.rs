//! What `belfort convert` is told.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::arguments::{language, word};
use super::by_place::ByPlaceArguments;
use super::reading_arguments::{Reading, metres};
use crate::i18n::tr;
use crate::query::Relation;
use crate::query::join::Rule;

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
