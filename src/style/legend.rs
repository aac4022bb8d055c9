//! The legend: one model for screen and paper.

use serde::{Deserialize, Serialize};

use super::{
    By, Class, ClassWords, Color, HexagonNumber, LegendGrid, Partition, Style, Symbol, Together,
};
use crate::crs::format_distance;
use crate::i18n::{Language, Message, format_number};
use crate::table::{FieldKind, GeometryColumn, PartKind};

/// What the legend needs to know of a layer.
#[derive(Clone, Copy, Debug)]
pub struct LegendLayer<'a> {
    /// What tells it from other layers, which may have the same name.
    pub key: u64,
    /// The name shown.
    pub name: &'a str,
    /// The group it is in.
    pub group: Option<LegendGroup<'a>>,
    /// Whether it is drawn.
    pub visible: bool,
    /// 0 (invisible) to 1.
    pub opacity: f32,
    /// How it looks.
    pub style: &'a Style,
    /// The classes of its rows.
    pub partition: Option<&'a Partition>,
    /// Which classes are listed, by their place; none for all that rows are in.
    pub listed: Option<&'a [bool]>,
    /// The kind of the field that tells its rows apart.
    pub field: Option<FieldKind>,
    /// What it mostly holds; decides where the colour of a class goes.
    pub kind: Option<PartKind>,
    /// The kinds of symbol it is drawn with ([`symbols_of`]); none for a table without place.
    pub symbols: &'a [PartKind],
    /// What its points are shown as together, as far as that is known.
    pub crowd: Option<LegendCrowd<'a>>,
}

/// What became of points that are shown together.
#[derive(Clone, Copy, Debug)]
pub enum LegendCrowd<'a> {
    /// A heat map, and the density of its last colour (per km²).
    Heat(f64),
    /// Circles, and how many points the fullest has.
    Clusters(u64),
    /// Hexagons: how they look, and their classes.
    Hexagons(&'a Style, &'a Partition),
}

/// A group of layers that stand next to each other, under one heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LegendGroup<'a> {
    /// What tells it from other groups, which may have the same name.
    pub key: u64,
    /// The heading.
    pub name: &'a str,
}

/// A layer in the legend.
#[derive(Clone, Debug, PartialEq)]
pub struct LegendEntry {
    /// What tells it from other layers, which may have the same name.
    pub layer: u64,
    /// Whether it begins what stands under another heading than the entry before it.
    pub begins: bool,
    /// The heading of its group; none outside groups.
    pub heading: Option<String>,
    /// The layer's name.
    pub name: String,
    /// The kinds of symbol it is drawn with: areas, then lines, then points. Never empty.
    pub symbols: Vec<PartKind>,
    /// How they look, where there are no classes.
    pub symbol: Symbol,
    /// What the classes are of: a field, and what it is divided by.
    pub subject: Option<String>,
    /// The classes, those that are drawn. Empty where all rows look the same.
    pub classes: Vec<LegendClass>,
    /// Examples of sizes, the largest first. Empty where sizes follow no number.
    pub sizes: Vec<LegendClass>,
    /// Colours that run into each other.
    pub ramp: Option<LegendRamp>,
    /// The classes of two numbers crossed; those that have names of their own are among the classes,
    /// too.
    pub grid: Option<LegendGrid>,
    /// More than 0, at most 1.
    pub opacity: f32,
}

impl LegendEntry {
    /// Whether one symbol says it all.
    pub fn is_plain(&self) -> bool {
        self.classes.is_empty()
            && self.sizes.is_empty()
            && self.ramp.is_none()
            && self.grid.is_none()
    }
}

/// A bar of colours that run into each other, with numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct LegendRamp {
    /// The colours in equal steps.
    pub colors: Vec<Color>,
    /// Numbers, and how far along the bar they stand: 0 to 1.
    pub labels: Vec<(f32, String)>,
}

/// A class in the legend.
#[derive(Clone, Debug, PartialEq)]
pub struct LegendClass {
    /// What it is called.
    pub label: String,
    /// How it looks.
    pub symbol: Symbol,
    /// How many rows it has.
    pub count: u64,
    /// Its place in the partition.
    pub place: usize,
    /// What its rows are, where that is known; else what the layer's are.
    pub shown_as: Option<PartKind>,
}

/// What a person chose for the legend on the map.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LegendChoice {
    /// Whether it is on the map; none: while there are classes to explain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown: Option<bool>,
    /// What stands above it; empty for the usual word.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Only classes of rows in view are listed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub only_in_view: bool,
    /// How many rows each class has is told.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub with_counts: bool,
}

impl LegendChoice {
    /// Whether nothing was chosen.
    pub fn is_plain(&self) -> bool {
        *self == LegendChoice::default()
    }
}

/// What the symbols on a map mean.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Legend {
    /// The layers drawn, the topmost first.
    pub entries: Vec<LegendEntry>,
}

impl Legend {
    /// The legend of layers, given topmost first: those that are drawn.
    pub fn of<'a>(language: Language, layers: impl IntoIterator<Item = LegendLayer<'a>>) -> Legend {
        let mut last: Option<Option<u64>> = None;
        let entry = |layer: LegendLayer<'a>| {
            let drawn = layer.visible && layer.opacity > 0.0;
            if !drawn || layer.symbols.is_empty() {
                return None;
            }
            let mut entry = LegendEntry {
                layer: layer.key,
                begins: {
                    let group = layer.group.map(|group| group.key);
                    last.replace(group) != Some(group)
                },
                heading: layer.group.map(|group| group.name.to_owned()),
                name: layer.name.to_owned(),
                symbols: layer.symbols.to_vec(),
                symbol: layer.style.symbol,
                subject: subject(layer.style),
                classes: layer
                    .partition
                    .filter(|_| !layer.style.by.is_nothing())
                    .map(|partition| classes(language, &layer, partition))
                    .unwrap_or_default(),
                sizes: layer
                    .partition
                    .map(|partition| sizes(language, layer.style, partition))
                    .unwrap_or_default(),
                ramp: None,
                grid: layer.partition.and_then(|partition| {
                    LegendGrid::of(language, layer.style, partition, layer.kind)
                }),
                opacity: layer.opacity.min(1.0),
            };
            crowd(language, &layer, &mut entry);
            Some(entry)
        };
        Legend { entries: layers.into_iter().filter_map(entry).collect() }
    }
}

/// What is told of points that are shown together.
fn crowd(language: Language, layer: &LegendLayer<'_>, entry: &mut LegendEntry) {
    let say = |message: Message| message.in_language(language);
    match &layer.style.together {
        Together::Nothing => {}
        Together::Heat(heat) => {
            let of = match &heat.weight {
                None => Message::new("style-heat-points"),
                Some(field) => Message::new("style-heat-field").text("field", field.as_str()),
            };
            let radius = format_distance(language, heat.sound_radius());
            let radius = Message::new("style-heat-radius").text("radius", radius);
            entry.subject = Some(format!("{}, {}", say(of), say(radius)));
            let Some(LegendCrowd::Heat(top)) = layer.crowd else { return };
            let number = |share: f64| format_number(language, top * share, 6);
            entry.ramp = Some(LegendRamp {
                colors: heat.shades(),
                labels: vec![(0.0, number(0.0)), (0.5, number(0.5)), (1.0, number(1.0))],
            });
        }
        Together::Clusters(of) => {
            let Some(LegendCrowd::Clusters(most)) = layer.crowd else { return };
            if entry.classes.is_empty() {
                let label = say(Message::new("style-cluster-count").count("count", 1));
                let symbol = layer.style.symbol;
                entry.classes.push(LegendClass {
                    label,
                    symbol,
                    count: 0,
                    place: 0,
                    shown_as: None,
                });
            }
            // After the one point on its own, ever more.
            let mut counts = vec![most / 12, most / 3, most];
            counts.retain(|count| *count > 1);
            counts.dedup();
            let example = |(place, count): (usize, u64)| LegendClass {
                label: say(Message::new("style-cluster-count").count("count", count)),
                symbol: Symbol {
                    point_size: of.diameter(count, most, 0.0),
                    ..layer.style.cluster_symbol()
                },
                count: 0,
                place,
                shown_as: None,
            };
            entry.sizes = counts.into_iter().enumerate().map(example).collect();
        }
        Together::Hexagons(of) => {
            let size = format_distance(language, of.sound_size());
            let message = match &of.of {
                HexagonNumber::Count => Message::new("style-hexagons-count"),
                HexagonNumber::Sum(field) => {
                    Message::new("style-hexagons-sum").text("field", field.as_str())
                }
                HexagonNumber::Mean(field) => {
                    Message::new("style-hexagons-mean").text("field", field.as_str())
                }
            };
            entry.subject = Some(say(message.text("size", size)));
            entry.symbols = vec![PartKind::Polygon];
            let Some(LegendCrowd::Hexagons(style, partition)) = layer.crowd else { return };
            let areas = LegendLayer {
                style,
                kind: Some(PartKind::Polygon),
                field: None,
                listed: None,
                ..*layer
            };
            entry.classes = classes(language, &areas, partition);
        }
    }
}

/// The classes that are drawn and have rows, or are listed.
fn classes(language: Language, layer: &LegendLayer<'_>, partition: &Partition) -> Vec<LegendClass> {
    let words = ClassWords::new(language, layer.field, partition);
    let symbols = layer.style.class_symbols(partition, layer.kind);
    let is_listed = |place: usize, count: u64| match layer.listed {
        Some(listed) => listed.get(place).copied().unwrap_or(false),
        None => count > 0,
    };
    let found = partition.classes.iter().zip(symbols).enumerate();
    // Those in the square of two numbers are explained there.
    let has_name = |place: usize, class: &Class| {
        let change = layer.style.change_of(place, class);
        change.and_then(|change| change.label.as_deref()).is_some_and(|it| !it.trim().is_empty())
    };
    let is_wanted = |place: usize, class: &Class| {
        !matches!(class, Class::Cell { .. }) || has_name(place, class)
    };
    let listed = found.filter(|(place, ((class, count), _))| {
        is_listed(*place, *count) && is_wanted(*place, class)
    });
    let made = listed.filter_map(|(place, ((class, count), symbol))| {
        let label = words.of(layer.style, place, class);
        let shown_as = match (&layer.style.by, class) {
            (By::Rules(by), Class::Rule(rule)) => by.rules.get(*rule).and_then(|it| it.shown_as),
            _ => None,
        };
        // What is nothing but names needs no words.
        let symbol = symbol.filter(|symbol| !symbol.is_invisible())?;
        Some(LegendClass { label, symbol, count: *count, place, shown_as })
    });
    made.collect()
}

/// What the classes are of.
fn subject(style: &Style) -> Option<String> {
    match &style.by {
        By::Nothing | By::Crossed(_) | By::Rules(_) => None,
        By::Value(by) => Some(by.field.clone()),
        By::Number(by) => Some(by.of.title()),
    }
}

impl Style {
    /// How the circle of points that are shown as one looks: as their symbol, seen through less.
    pub fn cluster_symbol(&self) -> Symbol {
        let fill = self.symbol.fill.with_alpha(self.symbol.fill.a.max(225));
        let rim = Color::rgb(0xff_ff_ff).with_alpha(235);
        let shape = super::PointShape::Circle;
        Symbol { fill, stroke: rim, stroke_width: 1.5, shape, icon: None, ..self.symbol }
    }
}

/// Three round numbers with the symbols of their size.
fn sizes(language: Language, style: &Style, partition: &Partition) -> Vec<LegendClass> {
    let (Some(size), Some(largest)) = (&style.size, partition.largest) else { return Vec::new() };
    let top = round_down(largest);
    let steps = [top, round_down(top / 3.0), round_down(top / 12.0)];
    let mut made: Vec<LegendClass> = Vec::new();
    for (place, number) in steps.into_iter().enumerate() {
        #[expect(clippy::cast_possible_truncation, reason = "a share of a diameter")]
        let share = (number / largest).sqrt() as f32;
        let label = format_number(language, number, 6);
        let symbol = Symbol { point_size: size.largest * share, ..style.symbol };
        if made.last().is_none_or(|before| before.label != label) {
            made.push(LegendClass { label, symbol, count: 0, place, shown_as: None });
        }
    }
    made
}

/// The largest number of one digit (1, 2 or 5) and zeros that is not above another.
fn round_down(number: f64) -> f64 {
    if !(number.is_finite() && number > 0.0) {
        return 0.0;
    }
    let unit = 10_f64.powf(number.log10().floor());
    let times = [5.0, 2.0, 1.0].into_iter().find(|times| times * unit <= number * (1.0 + 1e-9));
    times.unwrap_or(1.0) * unit
}

/// The kinds of symbol a geometry is drawn with: areas, then lines, then points. Looks at every
/// part: work for a job.
pub fn symbols_of(geometry: &GeometryColumn) -> Vec<PartKind> {
    let mut found = [false; 3];
    for part in geometry.iter().flat_map(|row| row.parts()) {
        match part.kind() {
            PartKind::Polygon => found[0] = true,
            PartKind::Line => found[1] = true,
            PartKind::Point => found[2] = true,
        }
        if found == [true; 3] {
            break;
        }
    }
    let kinds = [PartKind::Polygon, PartKind::Line, PartKind::Point];
    kinds.into_iter().zip(found).filter_map(|(kind, found)| found.then_some(kind)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::default_symbol;
    use crate::table::{GeometryBuilder, GeometryKind};

    #[test]
    fn only_layers_that_are_drawn_are_in_the_legend() {
        let mut points = GeometryBuilder::new();
        points.push_point([1.0, 2.0]);
        let points = points.finish().expect("few");
        let mut mixed = GeometryBuilder::new();
        mixed.push_null();
        mixed.begin_row(GeometryKind::GeometryCollection);
        for kind in [PartKind::Point, PartKind::Polygon] {
            mixed.begin_part(kind);
            mixed.begin_ring();
            mixed.coord([0.0, 0.0], None, None);
        }
        mixed.end_row();
        let mixed = mixed.finish().expect("few");
        let mut empty = GeometryBuilder::new();
        empty.push_null();
        let empty = empty.finish().expect("few");
        let style = Style::from(default_symbol(None, 0));
        let [points, mixed, empty] = [points, mixed, empty].map(|geometry| symbols_of(&geometry));
        let layer = |name, symbols| LegendLayer {
            key: 0,
            name,
            group: None,
            visible: true,
            opacity: 1.0,
            style: &style,
            partition: None,
            listed: None,
            field: None,
            kind: None,
            symbols,
            crowd: None,
        };
        let legend = Legend::of(
            Language::Dutch,
            [
                layer("top", points.as_slice()),
                LegendLayer { visible: false, ..layer("hidden", points.as_slice()) },
                LegendLayer { opacity: 0.0, ..layer("transparent", points.as_slice()) },
                layer("table", &[]),
                layer("nothing", &empty),
                layer("mixed", &mixed),
            ],
        );
        let names: Vec<_> = legend.entries.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["top", "mixed"]);
        let symbols: Vec<_> = legend.entries.iter().map(|entry| entry.symbols.as_slice()).collect();
        assert_eq!(symbols, [&[PartKind::Point][..], &[PartKind::Polygon, PartKind::Point]]);

        // Headings: where a group begins, also after a layer of it that is not drawn.
        let of = |key, name| Some(LegendGroup { key, name });
        let grouped = |name, group| LegendLayer { group, ..layer(name, points.as_slice()) };
        let legend = Legend::of(
            Language::Dutch,
            [
                grouped("a", None),
                LegendLayer { visible: false, ..grouped("b", of(1, "g")) },
                grouped("c", of(1, "g")),
                grouped("d", of(1, "g")),
                grouped("e", of(2, "g")),
                grouped("f", None),
            ],
        );
        let seen: Vec<_> = legend
            .entries
            .iter()
            .map(|entry| (entry.name.as_str(), entry.begins, entry.heading.as_deref()))
            .collect();
        let g = Some("g");
        let expected =
            [("a", true, None), ("c", true, g), ("d", false, g), ("e", true, g), ("f", true, None)];
        assert_eq!(seen, expected);
    }
}
