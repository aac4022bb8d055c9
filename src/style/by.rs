//! What tells the rows of a layer apart: their values, their number, conditions.
//!
//! All of it is what a person chose, plain data for the project file. What follows from it for the
//! rows of a table is a [`super::Partition`].

use serde::{Deserialize, Serialize};

use super::breaks::Method;
use super::{Color, Crossed, Hatch, PointShape, Symbol};
use crate::table::PartKind;

/// What tells the rows of a layer apart.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum By {
    /// Nothing: all have one symbol.
    #[default]
    Nothing,
    /// The values of a field.
    Value(Categories),
    /// A number, in classes.
    Number(Graduated),
    /// Two numbers, each in classes, crossed.
    Crossed(Box<Crossed>),
    /// Conditions, of which the first that holds counts.
    Rules(Rules),
}

impl By {
    /// Whether all rows have one symbol.
    pub fn is_nothing(&self) -> bool {
        *self == By::Nothing
    }

    /// The one field it looks at.
    pub fn field(&self) -> Option<&str> {
        match self {
            By::Nothing | By::Crossed(_) | By::Rules(_) => None,
            By::Value(categories) => Some(&categories.field),
            By::Number(graduated) => Some(&graduated.of.field),
        }
    }
}

/// A ramp of colours, which way around.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RampChoice {
    /// [`super::ramp::Ramp::id`]. A name that is not known stands for the first ramp that fits.
    pub id: String,
    /// From its other end.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub reversed: bool,
}

impl Default for RampChoice {
    fn default() -> Self {
        RampChoice { id: "YlGnBu".to_owned(), reversed: false }
    }
}

impl RampChoice {
    /// A ramp from its first end.
    pub fn new(id: &str) -> RampChoice {
        RampChoice { id: id.to_owned(), reversed: false }
    }
}

/// What a person changed about one class.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Change {
    /// What the legend calls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Its colour instead of the ramp's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub color: Option<Color>,
    /// The shape of its points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shape: Option<PointShape>,
    /// The pattern over its areas.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hatch: Option<Hatch>,
    /// Its rows are not drawn.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
}

/// A value of a field, as a project keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum CategoryValue {
    /// True or false.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// Text; a date or moment in the form of ISO 8601.
    Text(String),
}

/// One value that has a class of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Category {
    /// The value.
    pub value: CategoryValue,
    /// What was changed about it.
    #[serde(flatten)]
    pub change: Change,
}

/// A class for each of the values of a field, one for all others, and one for none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Categories {
    /// The field's name.
    pub field: String,
    /// The colours.
    pub ramp: RampChoice,
    /// How many values have a class of their own, while none are listed.
    pub most: usize,
    /// The values in the person's order; empty for the most frequent ones.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub listed: Vec<Category>,
    /// The class of all other values.
    pub other: Change,
    /// The class of rows without a value.
    pub missing: Change,
}

impl Default for Categories {
    fn default() -> Self {
        Categories {
            field: String::new(),
            ramp: RampChoice::new("Dark2"),
            most: 8,
            listed: Vec::new(),
            other: Change::default(),
            missing: Change::default(),
        }
    }
}

/// The number of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct NumberOf {
    /// The field's name.
    pub field: String,
    /// What it is divided by.
    #[serde(skip_serializing_if = "Per::is_nothing")]
    pub per: Per,
}

impl NumberOf {
    /// What it is called: "inwoners / km²".
    pub fn title(&self) -> String {
        match &self.per {
            Per::Nothing => self.field.clone(),
            Per::Field(by) => format!("{} / {by}", self.field),
            Per::SquareKilometre => format!("{} / km²", self.field),
        }
    }
}

/// What a number is divided by, so that large and small areas can be compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Per {
    /// Nothing.
    #[default]
    Nothing,
    /// The number in another field of the row; there is none where that is 0.
    Field(String),
    /// The area of the row's polygons, square kilometres on the ellipsoid.
    SquareKilometre,
}

impl Per {
    fn is_nothing(&self) -> bool {
        *self == Per::Nothing
    }
}

/// Classes of a number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Graduated {
    /// The number.
    #[serde(flatten)]
    pub of: NumberOf,
    /// How classes are made.
    pub method: Method,
    /// How many classes are wished.
    pub count: usize,
    /// The upper ends of classes set by hand, ascending, instead of the method's. What lies above
    /// the last is in the last class.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub breaks: Option<Vec<f64>>,
    /// The colours.
    pub ramp: RampChoice,
    /// What was changed about classes, by their place.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// The class of rows without a number.
    pub missing: Change,
    /// Whether each class also has a pattern of its own.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hatched: bool,
}

impl Default for Graduated {
    fn default() -> Self {
        Graduated {
            of: NumberOf::default(),
            method: Method::default(),
            count: 5,
            breaks: None,
            ramp: RampChoice::default(),
            changes: Vec::new(),
            missing: Change::default(),
            hatched: false,
        }
    }
}

/// A condition and how the rows look that meet it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Rule {
    /// The condition, as in a filter; empty for all rows.
    pub sql: String,
    /// What the legend calls it; the condition where this is empty.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// How its rows look.
    pub symbol: Symbol,
    /// Its rows are not drawn.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// What its rows are, where those of the layer are of several kinds: the legend shows that alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown_as: Option<PartKind>,
}

/// Symbols by condition.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Rules {
    /// The first that holds for a row gives its look.
    pub rules: Vec<Rule>,
    /// The rows that meet none.
    pub other: Change,
}

/// Point symbols as large as a number: their area is in proportion to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct SizeBy {
    /// The number. Rows without one, or with one below 0, have no symbol.
    #[serde(flatten)]
    pub of: NumberOf,
    /// The diameter of the largest symbol, points.
    pub largest: f32,
    /// The number that the largest symbol stands for; none for the largest there is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<f64>,
}

impl Default for SizeBy {
    fn default() -> Self {
        SizeBy { of: NumberOf::default(), largest: 40.0, at: None }
    }
}
