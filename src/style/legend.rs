//! The legend: one model for screen and paper.

use super::Style;
use crate::table::{GeometryColumn, PartKind};

/// What the legend needs to know of a layer.
#[derive(Clone, Copy, Debug)]
pub struct LegendLayer<'a> {
    /// The name shown.
    pub name: &'a str,
    /// The group it is in.
    pub group: Option<LegendGroup<'a>>,
    /// Whether it is drawn.
    pub visible: bool,
    /// 0 (invisible) to 1.
    pub opacity: f32,
    /// How it looks.
    pub style: Style,
    /// Its geometry; none for a table without.
    pub geometry: Option<&'a GeometryColumn>,
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
    /// Whether it begins what stands under another heading than the entry before it.
    pub begins: bool,
    /// The heading of its group; none outside groups.
    pub heading: Option<String>,
    /// The layer's name.
    pub name: String,
    /// The kinds of symbol it is drawn with: areas, then lines, then points. Never empty.
    pub symbols: Vec<PartKind>,
    /// How they look.
    pub style: Style,
    /// More than 0, at most 1.
    pub opacity: f32,
}

/// What the symbols on a map mean.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Legend {
    /// The layers drawn, the topmost first.
    pub entries: Vec<LegendEntry>,
}

impl Legend {
    /// The legend of layers, given topmost first: those that are drawn. Looks at every part of
    /// every geometry: call it when layers change, not for every frame.
    pub fn of<'a>(layers: impl IntoIterator<Item = LegendLayer<'a>>) -> Legend {
        let mut last: Option<Option<u64>> = None;
        let entry = |layer: LegendLayer<'a>| {
            let drawn = layer.visible && layer.opacity > 0.0;
            let symbols = symbols_of(layer.geometry?);
            (drawn && !symbols.is_empty()).then(|| LegendEntry {
                begins: {
                    let group = layer.group.map(|group| group.key);
                    last.replace(group) != Some(group)
                },
                heading: layer.group.map(|group| group.name.to_owned()),
                name: layer.name.to_owned(),
                symbols,
                style: layer.style,
                opacity: layer.opacity.min(1.0),
            })
        };
        Legend { entries: layers.into_iter().filter_map(entry).collect() }
    }
}

/// The kinds of symbol a geometry is drawn with: areas, then lines, then points.
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
    use crate::style::default_style;
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
        let layer = |name, geometry| LegendLayer {
            name,
            group: None,
            visible: true,
            opacity: 1.0,
            style: default_style(None, 0),
            geometry,
        };
        let legend = Legend::of([
            layer("top", Some(&points)),
            LegendLayer { visible: false, ..layer("hidden", Some(&points)) },
            LegendLayer { opacity: 0.0, ..layer("transparent", Some(&points)) },
            layer("table", None),
            layer("nothing", Some(&empty)),
            layer("mixed", Some(&mixed)),
        ]);
        let names: Vec<_> = legend.entries.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["top", "mixed"]);
        let symbols: Vec<_> = legend.entries.iter().map(|entry| entry.symbols.as_slice()).collect();
        assert_eq!(symbols, [&[PartKind::Point][..], &[PartKind::Polygon, PartKind::Point]]);

        // Headings: where a group begins, also after a layer of it that is not drawn.
        let of = |key, name| Some(LegendGroup { key, name });
        let grouped = |name, group| LegendLayer { group, ..layer(name, Some(&points)) };
        let legend = Legend::of([
            grouped("a", None),
            LegendLayer { visible: false, ..grouped("b", of(1, "g")) },
            grouped("c", of(1, "g")),
            grouped("d", of(1, "g")),
            grouped("e", of(2, "g")),
            grouped("f", None),
        ]);
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
