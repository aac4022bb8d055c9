//! What stands on a sheet of paper, and how it is made up.

use serde::{Deserialize, Serialize};

/// How a sheet is made up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum HouseStyle {
    /// Title above, all that a reader needs below.
    #[default]
    Report,
    /// Large letters, to be read from afar.
    Poster,
    /// In black and white, for the photocopier.
    Copy,
    /// The map with its scale and sources.
    Plain,
}

impl HouseStyle {
    /// All of them.
    pub const ALL: [HouseStyle; 4] =
        [HouseStyle::Report, HouseStyle::Poster, HouseStyle::Copy, HouseStyle::Plain];

    pub(super) fn has(self, part: SheetPart) -> bool {
        match self {
            HouseStyle::Report | HouseStyle::Copy => true,
            HouseStyle::Poster => part != SheetPart::Statement,
            HouseStyle::Plain => !matches!(
                part,
                SheetPart::Title
                    | SheetPart::Subtitle
                    | SheetPart::Legend
                    | SheetPart::Locator
                    | SheetPart::Counts
                    | SheetPart::North
            ),
        }
    }
}

/// What stands on a sheet beside the map and its sources, which are on every one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SheetPart {
    /// The title.
    Title,
    /// The line below it.
    Subtitle,
    /// The legend.
    Legend,
    /// The bar that distances are measured with.
    ScaleBar,
    /// Where north is.
    North,
    /// A small map of where it is.
    Locator,
    /// What the scale holds for.
    Statement,
    /// A line of 100 mm, to see whether the printer changed the size.
    CheckLine,
    /// How many features of each point layer lie in the subject's area.
    Counts,
    /// The day it was made.
    Date,
    /// A veil over what lies around the subject.
    Veil,
    /// Names on the map.
    Labels,
}

impl SheetPart {
    /// All of them, in the order in which they are listed.
    pub const ALL: [SheetPart; 12] = [
        SheetPart::Title,
        SheetPart::Subtitle,
        SheetPart::Legend,
        SheetPart::Labels,
        SheetPart::Veil,
        SheetPart::ScaleBar,
        SheetPart::North,
        SheetPart::Locator,
        SheetPart::Statement,
        SheetPart::CheckLine,
        SheetPart::Counts,
        SheetPart::Date,
    ];
}
