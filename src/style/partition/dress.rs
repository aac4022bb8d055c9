//! How the classes of a partition look.

use super::{Class, Partition, sizes};
use crate::style::ramp::{RAMPS, Ramp, RampUse, crossed_ramp, ramp_by_id};
use crate::style::{By, Change, Color, Hatch, RampChoice, Style, Symbol};
use crate::table::PartKind;

/// The colour of values that have no class of their own.
const OTHER: Color = Color::rgb(0x9a9a9a);
/// How much of its light the colour of a class keeps in the lines of a layer that has areas or points
/// as well.
const LINES_AMONG_OTHERS: f32 = 0.75;
/// The colour of rows without a value.
const MISSING: Color = Color::rgb(0xd4d4d4);

/// The patterns of classes that are hatched too, from the emptiest to the fullest.
const HATCHES: [Hatch; 7] = [
    Hatch::None,
    Hatch::Dots,
    Hatch::Level,
    Hatch::Rising,
    Hatch::Upright,
    Hatch::Grid,
    Hatch::Crossed,
];

impl RampChoice {
    /// The ramp, or the first for a use where its name is not known.
    pub fn ramp(&self, purpose: RampUse) -> Option<&'static Ramp> {
        ramp_by_id(&self.id).or_else(|| RAMPS.iter().find(|ramp| ramp.purpose == purpose))
    }

    /// So many colours.
    pub fn colors(&self, purpose: RampUse, count: usize) -> Vec<Color> {
        self.ramp(purpose).map(|ramp| ramp.colors(count, self.reversed)).unwrap_or_default()
    }
}

impl Style {
    /// The symbol of each class of a partition, in its order; none for those not drawn. `kind` is
    /// what the layer mostly holds, none where lines lie among other things: it decides what of the
    /// symbol takes the colour of the class.
    pub fn class_symbols(
        &self,
        partition: &Partition,
        kind: Option<PartKind>,
    ) -> Vec<Option<Symbol>> {
        let ranges =
            partition.classes.iter().filter(|(class, _)| matches!(class, Class::Range { .. }));
        let values = partition.classes.iter().filter(|(class, _)| matches!(class, Class::Value(_)));
        let count = ranges.count();
        let colors = match &self.by {
            By::Number(by) => by.ramp.colors(RampUse::Sequential, count),
            By::Value(by) => by.ramp.colors(RampUse::Qualitative, values.count()),
            By::Crossed(by) => crossed_ramp(&by.ramp.id).colors(partition.grid(), by.ramp.reversed),
            By::Nothing | By::Rules(_) => Vec::new(),
        };
        let symbol = |(at, (class, _)): (usize, &(Class, u64))| {
            if let (By::Rules(by), Class::Rule(rule)) = (&self.by, class) {
                let rule = by.rules.get(*rule)?;
                return (!rule.hidden).then_some(rule.symbol);
            }
            let change = self.change_of(at, class);
            if change.is_some_and(|change| change.hidden) {
                return None;
            }
            let of_class = match class {
                Class::Range { .. } | Class::Cell { .. } | Class::Value(_) => {
                    colors.get(at).copied()
                }
                Class::Missing => Some(MISSING),
                Class::Other(_) | Class::Unmatched => Some(OTHER),
                Class::All | Class::Rule(_) => None,
            };
            let color = change.and_then(|change| change.color).or(of_class);
            let mut symbol = match color {
                Some(color) => self.symbol.colored(color, kind),
                None => self.symbol,
            };
            if let (By::Number(by), Class::Range { .. }) = (&self.by, class)
                && by.hatched
            {
                symbol.hatch = hatch(at, count);
            }
            // Their grey is hardly another one than that of what is low in both numbers.
            let is_grey = change.is_none_or(|change| change.color.is_none());
            if matches!((&self.by, class), (By::Crossed(_), Class::Missing))
                && is_grey
                && kind == Some(PartKind::Polygon)
            {
                symbol.hatch = Hatch::Rising;
            }
            if let Some(change) = change {
                symbol.shape = change.shape.unwrap_or(symbol.shape);
                symbol.hatch = change.hatch.unwrap_or(symbol.hatch);
            }
            Some(symbol)
        };
        partition.classes.iter().enumerate().map(symbol).collect()
    }

    /// What a person changed about a class.
    pub fn change_of(&self, at: usize, class: &Class) -> Option<&Change> {
        match (&self.by, class) {
            (By::Value(by), Class::Value(value)) => {
                let found = by.listed.iter().find(|category| category.value == *value);
                found.map(|category| &category.change)
            }
            (By::Value(by), Class::Other(_)) => Some(&by.other),
            (By::Value(by), Class::Missing) => Some(&by.missing),
            (By::Number(by), Class::Range { .. }) => by.changes.get(at),
            (By::Number(by), Class::Missing) => Some(&by.missing),
            (By::Crossed(by), Class::Cell { across, up }) => by.change(*across, *up),
            (By::Crossed(by), Class::Missing) => Some(&by.missing),
            (By::Rules(by), Class::Unmatched) => Some(&by.other),
            _ => None,
        }
    }

    /// The symbols that [`Partition::rows`] points to.
    pub fn symbols(&self, partition: &Partition, kind: Option<PartKind>) -> Vec<Option<Symbol>> {
        let of_classes = self.class_symbols(partition, kind);
        let Some(size) = &self.size else { return of_classes };
        let sized = |symbol: Symbol, level: u16| Symbol {
            point_size: size.largest * sizes::share(level),
            ..symbol
        };
        let levels = 0..partition.levels;
        let of = |symbol: Option<Symbol>| {
            levels.clone().map(move |level| symbol.map(|symbol| sized(symbol, level)))
        };
        of_classes.into_iter().flat_map(of).collect()
    }
}

/// A pattern for each of several classes, the fullest for the last.
fn hatch(at: usize, count: usize) -> Hatch {
    let first = HATCHES.len().saturating_sub(count);
    let place = if count > HATCHES.len() { at * HATCHES.len() / count } else { first + at };
    HATCHES.get(place).copied().unwrap_or_default()
}

impl Symbol {
    /// The symbol in another colour, its opacity kept: the line of lines and of areas that are not
    /// filled, otherwise the inside. Of a layer with both, the lines too, a little darker, so that areas
    /// keep their outlines.
    #[must_use]
    pub fn colored(self, color: Color, kind: Option<PartKind>) -> Symbol {
        let is_outline =
            kind == Some(PartKind::Line) || (kind == Some(PartKind::Polygon) && self.fill.a == 0);
        if kind.is_none() {
            let stroke = color.darker(LINES_AMONG_OTHERS).with_alpha(self.stroke.a);
            Symbol { fill: color.with_alpha(self.fill.a), stroke, ..self }
        } else if is_outline {
            Symbol { stroke: color.with_alpha(self.stroke.a), ..self }
        } else {
            Symbol { fill: color.with_alpha(self.fill.a), ..self }
        }
    }
}
