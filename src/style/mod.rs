//! How rows look: symbols, what tells rows apart, classes and their colours, the legend.
//!
//! A [`Style`] is what a person chose for a layer. [`partition`] finds the class of each row of a
//! table: work for a job, done again only when what decides the classes changes. [`Style::symbols`]
//! dresses the classes: a matter of microseconds, for every change of a colour.

pub mod breaks;
mod by;
mod color;
mod crossed;
mod defaults;
mod icon;
mod labels;
mod legend;
mod legend_grid;
mod look;
mod partition;
pub mod qml;
pub mod ramp;
mod shape;
mod symbol;
mod together;
mod words;

pub use by::{
    By, Categories, Category, CategoryValue, Change, Graduated, NumberOf, Per, RampChoice, Rule,
    Rules, SizeBy,
};
pub use color::Color;
pub use crossed::{Crossed, MOST_STEPS, Steps};
pub use defaults::{default_symbol, line_hue, symbol_for_classes};
pub use icon::{ICON_SHARE, Icon, IconForm, centred_letter};
pub use labels::{LABEL_SIZES, LabelPriority, LabelStyle, Pin, Pins, WIDEST_HALO};
pub use legend::{
    Legend, LegendChoice, LegendClass, LegendCrowd, LegendEntry, LegendGroup, LegendLayer,
    LegendRamp, symbols_of,
};
pub use legend_grid::{GridPlan, LegendAxis, LegendCell, LegendGrid};
pub use partition::{
    Class, Grouping, Groups, Partition, PartitionError, Side, Spread, numbers_of, partition,
};
pub use symbol::{Dash, Hatch, Heads, Join, PointShape, Symbol};
pub use together::{Clusters, HEAT_RADII, Heat, HexagonNumber, Hexagons, Together, round_up};
pub use words::{ClassWords, class_label};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// How a layer looks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Style {
    /// The symbol of all rows, or what the symbols of classes have in common.
    #[serde(flatten)]
    pub symbol: Symbol,
    /// What tells rows apart.
    #[serde(skip_serializing_if = "By::is_nothing")]
    pub by: By,
    /// Point symbols as large as a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<SizeBy>,
    /// Points shown together instead of each on its own.
    #[serde(skip_serializing_if = "Together::is_nothing")]
    pub together: Together,
    /// What is written beside its rows; kept, turned off, where it is not wanted any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub labels: Option<LabelStyle>,
    /// What a newer version wrote and this one does not know: kept.
    #[serde(flatten)]
    pub others: Map<String, Value>,
}

impl From<Symbol> for Style {
    fn from(symbol: Symbol) -> Style {
        Style { symbol, ..Style::default() }
    }
}
