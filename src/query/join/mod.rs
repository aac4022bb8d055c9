//! Joining: columns of another table beside the rows of a layer, by a key that both have.
//!
//! [`key_pairs`] finds which columns go together, [`preview`] says what would match and what not,
//! [`join`] makes the columns. Values match when they are equal by value ([`Key`]: `"1"` is 1,
//! spaces around do not count). What is only nearly equal (`St.-Pieters`, `Sint-Pieters`) is
//! proposed with a [`Reason`] and counts only once the person confirmed it. Where the other table
//! has several rows for a value, a condition or a [`Rule`] says which counts; without one the
//! value stays empty and that is told.
//!
//! All of it grows with the number of rows and of different values, not with their product.

mod candidates;
mod columns;
mod joined;
mod keys;
mod matching;
mod near;
mod preview;
mod several;
#[cfg(test)]
mod tests;
mod typing;

pub use candidates::{KeyPair, key_pairs};
pub use joined::{Joined, JoinedField, Part, join, joined_table};
pub use keys::Key;
pub use matching::{How, Reason};
pub use preview::{Counts, JoinError, Pair, Preview, Unused, preview};
pub(super) use several::order;
pub use several::{Fix, FixValue, Several};

use serde::{Deserialize, Serialize};

use crate::table::FieldKind;

/// How the columns of another table come beside those of a layer. In a project file:
/// `{"key": "wijk", "theirKey": "naam", "columns": [{"field": "inwoners", "name": "inwoners"}]}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct JoinBy {
    /// The field of the layer whose values are looked up.
    pub key: String,
    /// The field of the other table in which they are looked up.
    pub their_key: String,
    /// Only rows of the other table that meet this condition, in SQL; empty for all.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub condition: String,
    /// The columns taken, in this order.
    pub columns: Vec<JoinColumn>,
    /// Values that are not equal and go together all the same: the person said so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pairs: Vec<Confirmed>,
}

/// A column taken from another table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct JoinColumn {
    /// The field of the other table.
    pub field: String,
    /// What it is called beside the columns of the layer.
    pub name: String,
    /// What several rows for one value become; none where there is one at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<Rule>,
}

/// What the values of several rows become. Empty values do not count; without any value the
/// result is empty, but for the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Rule {
    /// The first in the order of the table.
    First,
    /// Their sum: whole as long as it fits in 64 bits.
    Sum,
    /// Their arithmetic mean.
    Mean,
    /// The least: of texts the first by the numbers of their letters, of dates the earliest.
    Min,
    /// The greatest.
    Max,
    /// How many there are.
    Count,
}

impl Rule {
    /// All rules.
    pub const ALL: [Rule; 6] =
        [Rule::First, Rule::Sum, Rule::Mean, Rule::Min, Rule::Max, Rule::Count];

    /// Whether it can be asked of values of a kind.
    pub fn fits(self, kind: FieldKind) -> bool {
        match self {
            Rule::Sum | Rule::Mean => matches!(kind, FieldKind::Integer | FieldKind::Number),
            Rule::Min | Rule::Max => !matches!(kind, FieldKind::Json),
            Rule::First | Rule::Count => true,
        }
    }
}

/// A value of the layer and the value of the other table that goes with it, as data text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Confirmed {
    /// The layer's.
    pub ours: String,
    /// The other table's.
    pub theirs: String,
}
