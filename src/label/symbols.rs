//! How large the symbols beside names are, and which rows are drawn at all.

use std::sync::Arc;

use crate::style::Symbol;

/// The diameters of a layer's point symbols with their rims, points.
#[derive(Clone, Debug)]
pub struct SymbolSizes {
    all: f32,
    classes: Option<(Arc<Vec<u16>>, Vec<Option<f32>>)>,
}

impl PartialEq for SymbolSizes {
    /// The classes of rows are the same where they are the same list.
    fn eq(&self, other: &SymbolSizes) -> bool {
        let same_classes = match (&self.classes, &other.classes) {
            (None, None) => true,
            (Some((rows, sizes)), Some((others, theirs))) => {
                Arc::ptr_eq(rows, others) && sizes == theirs
            }
            _ => false,
        };
        self.all.to_bits() == other.all.to_bits() && same_classes
    }
}

impl SymbolSizes {
    /// Of a layer of which all rows look the same.
    pub fn all(symbol: &Symbol) -> SymbolSizes {
        SymbolSizes { all: size(symbol), classes: None }
    }

    /// Of a layer of which each row has a class: the class of each, and the symbol of each class,
    /// none where its rows are not drawn.
    pub fn by_class(rows: Arc<Vec<u16>>, symbols: &[Option<Symbol>]) -> SymbolSizes {
        let sizes: Vec<Option<f32>> =
            symbols.iter().map(|symbol| symbol.as_ref().map(size)).collect();
        let all = sizes.iter().flatten().copied().fold(0.0, f32::max);
        SymbolSizes { all, classes: Some((rows, sizes)) }
    }

    /// That of a row; none where the row is not drawn, below 0 where only its name is.
    pub fn of(&self, row: u32) -> Option<f32> {
        let Some((rows, sizes)) = &self.classes else { return Some(self.all) };
        let class = rows.get(row as usize)?;
        sizes.get(usize::from(*class)).copied().flatten()
    }

    /// The same without sizes: it changes only where other rows are drawn.
    #[must_use]
    pub fn only_drawn(&self) -> SymbolSizes {
        let flat = |sizes: &Vec<Option<f32>>| sizes.iter().map(|size| size.map(|_| 0.0)).collect();
        let classes = self.classes.as_ref().map(|(rows, sizes)| (rows.clone(), flat(sizes)));
        SymbolSizes { all: 0.0, classes }
    }
}

impl Default for SymbolSizes {
    fn default() -> Self {
        SymbolSizes { all: 0.0, classes: None }
    }
}

/// The diameter of a symbol of which nothing is drawn: a name takes its place.
const NOTHING: f32 = -1.0;

fn size(symbol: &Symbol) -> f32 {
    if symbol.is_invisible() {
        return NOTHING;
    }
    symbol.point_size.max(0.0) + symbol.stroke_width.max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::default_symbol;

    #[test]
    fn a_symbol_of_which_nothing_is_drawn_gives_its_place_to_the_name() {
        let symbol = default_symbol(None, 0);
        let clear = |symbol: Symbol| symbol.in_opacity(0.0);
        assert!(SymbolSizes::all(&clear(symbol)).of(0).is_some_and(|size| size < 0.0));
        assert!(SymbolSizes::all(&symbol).of(0).is_some_and(|size| size > 0.0));
    }

    #[test]
    fn rows_have_the_size_of_their_class() {
        let symbol = Symbol { point_size: 8.0, stroke_width: 2.0, ..default_symbol(None, 0) };
        assert_eq!(SymbolSizes::all(&symbol).of(7), Some(10.0));
        let large = Symbol { point_size: 28.0, ..symbol };
        let rows = Arc::new(vec![0, 1, 2, u16::MAX]);
        let symbols = [Some(symbol), None, Some(large)];
        let sizes = SymbolSizes::by_class(rows.clone(), &symbols);
        let found = [0, 1, 2, 3, 4].map(|row| sizes.of(row));
        assert_eq!(found, [Some(10.0), None, Some(30.0), None, None]);
        let drawn = sizes.only_drawn();
        assert_eq!([0, 1, 2].map(|row| drawn.of(row).is_some()), [true, false, true]);
        assert_eq!(sizes, SymbolSizes::by_class(rows, &symbols));
        assert_ne!(sizes, SymbolSizes::by_class(Arc::new(vec![0; 4]), &symbols));
    }
}
