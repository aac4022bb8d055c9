//! Which rows are selected, of each layer, and the one that is looked at.

use std::collections::BTreeMap;

use arrow_array::BooleanArray;

use super::actions::RowRef;
use super::derived::Same;
use crate::project::LayerId;
use crate::table::{Differences, RowSet};

/// How rows that are chosen join those that were selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choose {
    /// They take their place, in all layers.
    Instead,
    /// They are added.
    Also,
    /// They are taken out.
    Not,
    /// Those selected are taken out, the others added.
    Toggle,
}

/// The rows selected.
#[derive(Default)]
pub(super) struct Selection {
    layers: BTreeMap<LayerId, Chosen>,
    /// The feature whose attributes are shown; always one of the rows selected.
    lead: Option<RowRef>,
}

/// The rows selected of a layer.
struct Chosen {
    rows: RowSet,
    /// Those that the filter shows, with the mask they follow from.
    shown: Option<(Same<BooleanArray>, RowSet)>,
}

impl Chosen {
    fn new(rows: RowSet) -> Chosen {
        Chosen { rows, shown: None }
    }

    fn shown(&self) -> &RowSet {
        self.shown.as_ref().map_or(&self.rows, |(_, shown)| shown)
    }
}

impl Selection {
    /// The feature whose attributes are shown.
    pub fn lead(&self) -> Option<RowRef> {
        self.lead
    }

    /// The rows selected of a layer, without those that its filter hides; none when there is none.
    pub fn of(&self, layer: LayerId) -> Option<&RowSet> {
        self.layers.get(&layer).map(Chosen::shown).filter(|rows| !rows.is_empty())
    }

    /// How many rows of a layer are selected and shown.
    pub fn count(&self, layer: LayerId) -> usize {
        self.of(layer).map_or(0, RowSet::count)
    }

    /// How many rows are selected and shown, of all layers.
    pub fn total(&self) -> usize {
        self.layers.values().map(|chosen| chosen.shown().count()).sum()
    }

    /// How many rows are selected but hidden by a filter.
    pub fn hidden(&self) -> usize {
        let all: usize = self.layers.values().map(|chosen| chosen.rows.count()).sum();
        all - self.total()
    }

    /// Whether a row is selected.
    pub fn contains(&self, row: RowRef) -> bool {
        self.layers.get(&row.layer).is_some_and(|chosen| chosen.rows.contains(row.row))
    }

    /// Whether no row is selected.
    pub fn is_empty(&self) -> bool {
        self.layers.values().all(|chosen| chosen.rows.is_empty())
    }

    /// The layers with rows selected and shown.
    pub fn layers(&self) -> impl Iterator<Item = (LayerId, &RowSet)> {
        let shown = self.layers.iter().map(|(layer, chosen)| (*layer, chosen.shown()));
        shown.filter(|(_, rows)| !rows.is_empty())
    }

    /// Nothing is selected any more.
    pub fn clear(&mut self) {
        self.layers.clear();
        self.lead = None;
    }

    /// Chooses rows of a layer. One row alone is looked at; of several none, unless the one looked
    /// at is among them.
    pub fn choose(&mut self, layer: LayerId, rows: &RowSet, how: Choose) {
        let before = self.layers.get(&layer).map(|chosen| &chosen.rows);
        let after = match (how, before) {
            (Choose::Instead, _) | (Choose::Also | Choose::Toggle, None) => rows.clone(),
            (Choose::Also, Some(before)) => before.or(rows),
            (Choose::Not, Some(before)) => before.without(rows),
            (Choose::Not, None) => RowSet::none(rows.rows()),
            (Choose::Toggle, Some(before)) => before.toggled(rows),
        };
        if how == Choose::Instead {
            self.layers.clear();
        }
        let newest = if rows.count() == 1 { rows.iter().next() } else { None };
        let alone = if after.count() == 1 { after.iter().next() } else { None };
        self.layers.insert(layer, Chosen::new(after));
        self.layers.retain(|_, chosen| !chosen.rows.is_empty());
        let lead = newest.or(alone).map(|row| RowRef { layer, row });
        let lead = lead.filter(|lead| self.contains(*lead)).or(self.lead);
        self.lead = lead.filter(|lead| self.contains(*lead));
    }

    /// Looks at one of the rows; it is selected with the others.
    pub fn look_at(&mut self, row: RowRef, rows: usize) {
        if !self.contains(row) {
            self.choose(row.layer, &RowSet::of(rows, [row.row]), Choose::Also);
        }
        self.lead = Some(row);
    }

    /// Follows rows of a layer to where they are in newer data; those that are gone are selected
    /// no more.
    pub fn move_rows(&mut self, layer: LayerId, differences: &Differences) {
        let Some(chosen) = self.layers.get_mut(&layer) else { return };
        *chosen = Chosen::new(differences.rows_after(&chosen.rows));
        self.layers.retain(|_, chosen| !chosen.rows.is_empty());
        if let Some(lead) = self.lead.filter(|lead| lead.layer == layer) {
            let after = differences.row_after(lead.row).map(|row| RowRef { layer, row });
            self.lead = after.filter(|lead| self.contains(*lead));
        }
    }

    /// Follows rows of a layer to where `to` says they are among so many; those that are nowhere are
    /// selected no more.
    pub fn renumber(&mut self, layer: LayerId, rows: usize, to: impl Fn(usize) -> Option<usize>) {
        let Some(chosen) = self.layers.get_mut(&layer) else { return };
        *chosen = Chosen::new(RowSet::of(rows, chosen.rows.iter().filter_map(&to)));
        self.layers.retain(|_, chosen| !chosen.rows.is_empty());
        if let Some(lead) = self.lead.filter(|lead| lead.layer == layer) {
            let after = to(lead.row).map(|row| RowRef { layer, row });
            self.lead = after.filter(|lead| self.contains(*lead));
        }
    }

    /// Follows the filters and forgets rows of tables that are gone. `rows` tells how many rows a
    /// layer has (none for a layer that is gone or not loaded), `mask` which of them it shows.
    pub fn follow<'a>(
        &mut self,
        exists: impl Fn(LayerId) -> bool,
        rows: impl Fn(LayerId) -> Option<usize>,
        mask: impl Fn(LayerId) -> Option<&'a Same<BooleanArray>>,
    ) {
        self.layers.retain(|layer, chosen| {
            exists(*layer) && rows(*layer).is_none_or(|rows| rows == chosen.rows.rows())
        });
        for (layer, chosen) in &mut self.layers {
            match mask(*layer) {
                None => chosen.shown = None,
                Some(mask) if chosen.shown.as_ref().is_some_and(|(of, _)| of == mask) => {}
                Some(mask) => {
                    let shown = chosen.rows.and(&RowSet::of_mask(&mask.0));
                    chosen.shown = Some((mask.clone(), shown));
                }
            }
        }
        self.lead = self.lead.filter(|lead| self.contains(*lead));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    const A: LayerId = LayerId(1);
    const B: LayerId = LayerId(2);

    fn rows(selection: &Selection, layer: LayerId) -> Vec<usize> {
        selection.of(layer).map(|rows| rows.iter().collect()).unwrap_or_default()
    }

    fn row(layer: LayerId, row: usize) -> RowRef {
        RowRef { layer, row }
    }

    #[test]
    fn rows_join_those_selected_as_asked_and_the_newest_is_looked_at() {
        let mut selection = Selection::default();
        let of = |rows: &[usize]| RowSet::of(10, rows.iter().copied());
        selection.choose(A, &of(&[1]), Choose::Instead);
        assert_eq!(selection.lead(), Some(row(A, 1)));
        selection.choose(A, &of(&[3, 4]), Choose::Also);
        assert_eq!((rows(&selection, A), selection.lead()), (vec![1, 3, 4], Some(row(A, 1))));
        selection.choose(A, &of(&[4]), Choose::Toggle);
        assert_eq!((rows(&selection, A), selection.lead()), (vec![1, 3], Some(row(A, 1))));
        selection.choose(A, &of(&[4]), Choose::Toggle);
        assert_eq!(selection.lead(), Some(row(A, 4)));
        selection.choose(B, &of(&[7, 8]), Choose::Also);
        assert_eq!((selection.total(), selection.lead()), (5, Some(row(A, 4))));
        selection.choose(A, &of(&[4, 9]), Choose::Not);
        assert_eq!((rows(&selection, A), selection.lead()), (vec![1, 3], None));
        selection.look_at(row(B, 8), 10);
        assert_eq!((selection.total(), selection.lead()), (4, Some(row(B, 8))));
        selection.choose(A, &of(&[0]), Choose::Instead);
        assert_eq!((rows(&selection, B), rows(&selection, A)), (vec![], vec![0]));
        selection.choose(A, &of(&[0]), Choose::Toggle);
        assert!(selection.is_empty() && selection.lead().is_none());
    }

    #[test]
    fn what_a_filter_hides_comes_back_with_it_and_gone_layers_do_not() {
        let mut selection = Selection::default();
        selection.choose(A, &RowSet::of(4, [0, 1, 3]), Choose::Also);
        selection.choose(B, &RowSet::of(4, [2]), Choose::Also);
        let mask = Same(Arc::new(BooleanArray::from(vec![true, false, true, false])));
        let only_a = |id| (id == A).then_some(&mask);
        selection.follow(|_| true, |_| Some(4), only_a);
        assert_eq!((rows(&selection, A), selection.hidden(), selection.total()), (vec![0], 2, 2));
        selection.follow(|_| true, |_| None, |_| None);
        assert_eq!((selection.count(A), selection.hidden()), (3, 0));
        selection.follow(|id| id == A, |_| Some(4), |_| None);
        assert_eq!((selection.total(), selection.lead()), (3, None));
        // The file was read again, and has more rows.
        selection.follow(|_| true, |_| Some(5), |_| None);
        assert!(selection.is_empty());
    }
}
