//! What the tests inside this room share, and picking against the crate `geo`.

use std::sync::Arc;

use geo::{Distance as _, Euclidean, Intersects as _};

use super::{Classes, DrawnLayer, Hit, LayerScene, pick};
use crate::crs::{Crs, HowFound, LayerCrs};
use crate::jobs::Watch;
use crate::style::{PointShape, Symbol};
use crate::table::{GeometryBuilder, GeometryColumn, PartKind, Table};

pub(super) fn scene(geometry: GeometryColumn) -> LayerScene {
    let mut table = Table::new("test", geometry.len(), vec![], vec![], Some(geometry)).unwrap();
    table.crs = Some(LayerCrs::new(Crs::web_mercator(), HowFound::Chosen));
    LayerScene::build(&table, &Watch::unwatched()).unwrap()
}

/// A scene of points, Web Mercator metres.
pub(super) fn points(at: &[[f64; 2]]) -> LayerScene {
    let mut builder = GeometryBuilder::new();
    at.iter().for_each(|place| builder.push_point(*place));
    scene(builder.finish().unwrap())
}

/// Numbers that look random, from 0 to 1 (Knuth's MMIX generator).
struct Dice(u64);

impl Dice {
    #[expect(clippy::cast_precision_loss, reason = "32 bits fit")]
    fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        (self.0 >> 32) as f64 / f64::from(u32::MAX)
    }

    fn near(&mut self, [x, y]: [f64; 2], reach: f64) -> geo::Coord {
        geo::Coord { x: x + reach * (self.roll() - 0.5), y: y + reach * (self.roll() - 0.5) }
    }
}

/// Points, lines and polygons with holes, large and small over each other.
fn city(count: usize) -> Vec<geo::Geometry> {
    let mut dice = Dice(7);
    let mut all = Vec::new();
    for row in 0..count {
        let at = [dice.roll() * 2000.0, dice.roll() * 2000.0];
        let size = if row % 50 == 0 { 900.0 } else { 40.0 };
        all.push(match row % 3 {
            0 => geo::Point(dice.near(at, 10.0)).into(),
            1 => geo::LineString((0..5).map(|_| dice.near(at, size)).collect()).into(),
            _ => {
                let ring = |dice: &mut Dice, size: f64| {
                    let corners = (0..7).map(|corner| {
                        let angle = f64::from(corner) / 7.0 * std::f64::consts::TAU;
                        let reach = size * (0.6 + 0.4 * dice.roll());
                        let [x, y] = at;
                        geo::Coord { x: x + reach * angle.cos(), y: y + reach * angle.sin() }
                    });
                    geo::LineString(corners.collect())
                };
                let outer = ring(&mut dice, size);
                geo::Polygon::new(outer, vec![ring(&mut dice, size / 2.0)]).into()
            }
        });
    }
    all
}

/// What [`pick::pick`] says it finds, one feature after the other.
fn oracle(
    city: &[geo::Geometry],
    place: [f64; 2],
    metres_per_point: f64,
    symbol: impl Fn(usize) -> Option<Symbol>,
) -> Vec<usize> {
    let at = geo::Point::new(place[0], place[1]);
    let mut found = Vec::new();
    for (row, geometry) in city.iter().enumerate() {
        let Some(symbol) = symbol(row) else { continue };
        let half = f64::from(symbol.stroke_width) / 2.0;
        let (kind, reach, distance) = match geometry {
            geo::Geometry::Point(point) => {
                let reach = f64::from(symbol.point_size) / 2.0 + half + 3.0;
                (PartKind::Point, reach, Euclidean.distance(&at, point))
            }
            geo::Geometry::LineString(line) => {
                (PartKind::Line, half + 3.0, Euclidean.distance(&at, line))
            }
            geo::Geometry::Polygon(polygon) => {
                let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
                let edge = rings.map(|ring| Euclidean.distance(&at, ring));
                let edge = edge.fold(f64::INFINITY, f64::min);
                let distance = if polygon.intersects(&at) { 0.0 } else { edge };
                (PartKind::Polygon, half, distance)
            }
            _ => panic!("not in this city"),
        };
        if distance <= reach * metres_per_point {
            found.push((kind, distance, row));
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(b.2.cmp(&a.2)));
    found.into_iter().map(|(_, _, row)| row).collect()
}

/// The symbol of a row that is drawn.
type Look<'a> = &'a dyn Fn(usize) -> Option<Symbol>;

#[test]
fn picking_finds_what_geo_finds() {
    let city = city(3000);
    let mut builder = GeometryBuilder::new();
    city.iter().for_each(|geometry| builder.push_geo(geometry));
    let scene = Arc::new(scene(builder.finish().unwrap()));
    let symbol = Symbol {
        stroke_width: 3.0,
        point_size: 9.0,
        shape: PointShape::Circle,
        ..Symbol::default()
    };
    let wide = Symbol { stroke_width: 11.0, point_size: 20.0, ..symbol };
    let of_rows: Vec<u16> = (0..city.len()).map(|row| u16::try_from(row % 5).unwrap()).collect();
    // Classes 3 and 4 have no symbol: not drawn.
    let classes =
        Arc::new(Classes::new(Arc::new(of_rows), vec![Some(symbol), Some(wide), Some(symbol)]));
    let mask = Arc::new(city.iter().enumerate().map(|(row, _)| Some(row % 7 != 0)).collect());
    let plain = DrawnLayer {
        key: 4,
        scene: &scene,
        symbol,
        classes: None,
        opacity: 1.0,
        mask: None,
        selected: None,
        hovered: None,
        can_be_picked: true,
    };
    let masked = DrawnLayer { mask: Some(&mask), ..plain };
    let classed = DrawnLayer { classes: Some(&classes), ..plain };
    let mut dice = Dice(11);
    for turn in 0..400 {
        let place = [dice.roll() * 2000.0, dice.roll() * 2000.0];
        let scale = [0.05, 0.5, 4.0][turn % 3];
        let looks: [(DrawnLayer<'_>, Look<'_>); 3] = [
            (plain, &|_| Some(symbol)),
            (masked, &|row| (row % 7 != 0).then_some(symbol)),
            (classed, &|row| [Some(symbol), Some(wide), Some(symbol), None, None][row % 5]),
        ];
        for (layer, symbol) in looks {
            let wanted = oracle(&city, place, scale, symbol);
            let found: Vec<usize> =
                pick::pick(&[layer], place, scale).into_iter().map(|hit| hit.row).collect();
            // Positions are rounded to a millimetre: of things as near as that the order is open.
            let mut sorted = [found.clone(), wanted.clone()];
            sorted.iter_mut().for_each(|rows| rows.sort_unstable());
            if wanted.len() <= 200 {
                assert_eq!(sorted[0], sorted[1], "{place:?} at {scale}");
            }
            let first = pick::pick_first(&[layer], place, scale);
            assert_eq!(first, found.first().map(|row| Hit { key: 4, row: *row }));
            assert_eq!(found.first(), wanted.first(), "{place:?} at {scale}");
            let older = DrawnLayer { can_be_picked: false, ..layer };
            assert!(pick::pick(&[older], place, scale).is_empty());
            assert_eq!(pick::pick_first(&[older, layer], place, scale), first);
        }
    }
}

#[test]
fn a_click_far_out_finds_the_nearest_features_and_not_all() {
    let places: Vec<[f64; 2]> =
        (0..5000_u32).map(|at| [f64::from(at % 71), f64::from(at / 71)]).collect();
    let scene = Arc::new(points(&places));
    let layer = DrawnLayer {
        key: 1,
        scene: &scene,
        symbol: Symbol::default(),
        classes: None,
        opacity: 1.0,
        mask: None,
        selected: None,
        hovered: None,
        can_be_picked: true,
    };
    let hits = pick::pick(&[layer], [35.2, 35.1], 1000.0);
    assert_eq!(hits.len(), 200);
    assert_eq!(hits[0].row, 35 * 71 + 35);
    let far = |hit: &Hit| (places[hit.row][0] - 35.2).hypot(places[hit.row][1] - 35.1);
    assert!(hits.is_sorted_by(|a, b| far(a) <= far(b) + 1e-3));
    // A disc of area 200.
    assert!(hits.iter().all(|hit| far(hit) < 9.0));
}

#[test]
fn picking_in_a_large_ring_looks_at_few_of_its_edges_and_is_right() {
    // A gear of 100,000 teeth with a hole.
    let ring = |radius: f64, tooth: f64| -> geo::LineString {
        (0..200_000)
            .map(|at| {
                let angle = f64::from(at) / 200_000.0 * std::f64::consts::TAU;
                let radius = radius + if at % 2 == 0 { tooth } else { 0.0 };
                geo::Coord { x: radius * angle.cos(), y: radius * angle.sin() }
            })
            .collect()
    };
    let gear = geo::Polygon::new(ring(1000.0, 5.0), vec![ring(300.0, 5.0)]);
    let mut builder = GeometryBuilder::new();
    builder.push_geo(&gear.clone().into());
    let scene = Arc::new(scene(builder.finish().unwrap()));
    let symbol = Symbol { stroke_width: 2.0, ..Symbol::default() };
    let layer = DrawnLayer {
        key: 1,
        scene: &scene,
        symbol,
        classes: None,
        opacity: 1.0,
        mask: None,
        selected: None,
        hovered: None,
        can_be_picked: true,
    };
    let city = [geo::Geometry::from(gear)];
    let mut dice = Dice(3);
    for _ in 0..60 {
        let place = [dice.roll() * 2400.0 - 1200.0, dice.roll() * 2400.0 - 1200.0];
        let wanted = oracle(&city, place, 0.5, |_| Some(symbol)).len();
        assert_eq!(pick::pick(&[layer], place, 0.5).len(), wanted, "{place:?}");
    }
}
