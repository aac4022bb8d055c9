//! The lists of a sheet: names of a layer in the order of a street index, with the squares of a grid
//! over the map where they are found or with numbers on the map; and the person's own places.

mod block;
mod discs;
mod entries;
mod grid;
mod numbers;

pub(super) use block::{ListBlocks, MOST_COLUMNS, column_width, pages};
pub(super) use discs::{Discs, place};
pub(super) use grid::Grid;
pub(super) use numbers::Numbered;

use super::SheetSpec;
use super::room::Room;
use crate::i18n::{Arg, tr};
use crate::jobs::{Cancelled, Watch};
use crate::page::frame::Frame;
use crate::problem::Problems;
use crate::project::IndexBy;

/// A line of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The name.
    pub name: String,
    /// Where it is found.
    pub mark: Mark,
}

/// Where a name of a list is found on the map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// In squares of the grid.
    Cells(String),
    /// At a number of a layer.
    Number(usize),
    /// At a number of the person's own.
    Own(usize),
    /// Nowhere; what the list is ordered by.
    Value(String),
}

/// A list with its heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct List {
    pub heading: String,
    pub entries: Vec<Entry>,
}

/// The lists of a sheet, and what has a number on its map.
#[derive(Clone, Debug, Default)]
pub(super) struct Lists {
    pub all: Vec<List>,
    pub points: Vec<Numbered>,
    /// Whether names are found by the squares of a grid.
    pub has_grid: bool,
    /// What was left out.
    pub problems: Problems,
}

impl Lists {
    /// What is listed of what the map shows.
    ///
    /// # Errors
    /// When the person cancelled.
    pub fn of(
        frame: Frame,
        spec: &SheetSpec<'_>,
        room: &Room,
        watch: &Watch,
    ) -> Result<Lists, Cancelled> {
        let mut made = Lists::default();
        let language = spec.content.language;
        let own = numbers::own(frame, spec, &mut made);
        if !own.is_empty() {
            made.all.push(List { heading: tr(language, "sheet-own-points"), entries: own });
        }
        let mut numbers = spec.sheet.points.len();
        for index in spec.sheet.layer_lists() {
            let mut layers = spec.content.layers.iter();
            let Some(layer) = layers.find(|layer| layer.layer.id == index.layer) else { continue };
            let found = (frame, layer, room);
            let entries = match &index.by {
                IndexBy::Squares => entries::entries(frame, layer, index, room, watch)?,
                IndexBy::Numbers(order) => {
                    let entries =
                        numbers::entries(found, (index, order), numbers, &mut made, watch)?;
                    numbers += entries.len();
                    entries
                }
                IndexBy::Plain(order) => {
                    numbers::plain(found, (index, order), language, &mut made, watch)?
                }
            };
            if entries.is_empty() && spec.number.is_none() {
                let about = vec![("layer", Arg::Text(layer.layer.name.clone()))];
                made.problems.report("problem-sheet-index-empty", 1, about, None);
            }
            if !entries.is_empty() {
                made.has_grid |= index.has_grid();
                made.all.push(List { heading: layer.layer.name.clone(), entries });
            }
        }
        Ok(made)
    }

    /// How many names are listed.
    pub fn count(&self) -> usize {
        self.all.iter().map(|list| list.entries.len()).sum()
    }
}
