//! Conditions on place: relations against shapely, distances against geodesics, drawn shapes and
//! chosen features.

use std::sync::Arc;

use arrow_array::Int64Array;
use belfort::crs::{Crs, HowFound, LayerCrs, Transformer};
use belfort::jobs::Watch;
use belfort::query::{
    ChosenRows, DrawnShape, Features, OnPlace, Relation, SelectError, Selected, select,
};
use belfort::table::{Field, FieldKind, GeometryBuilder, GeometryKind, PartKind, RowKey, Table};

/// The numbers of the oracle's script (the generator of "Numerical Recipes", 32 bits).
struct Chance(u32);

impl Chance {
    fn below(&mut self, most: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) % most
    }

    /// A point, a line of three points, or a rectangle or triangle, on a grid of 13 by 13.
    fn shape(&mut self, kind: u32) -> (GeometryKind, PartKind, Vec<[u32; 2]>) {
        if kind == 0 {
            let corner = [self.below(13), self.below(13)];
            return (GeometryKind::Point, PartKind::Point, vec![corner]);
        }
        if kind == 1 {
            loop {
                let corners: Vec<[u32; 2]> =
                    (0..3).map(|_| [self.below(13), self.below(13)]).collect();
                let [a, b, c] = [0, 1, 2].map(|at: usize| corners[at].map(i64::from));
                let (to, on) = ([b[0] - a[0], b[1] - a[1]], [c[0] - b[0], c[1] - b[1]]);
                let turns_back =
                    to[0] * on[1] == to[1] * on[0] && to[0] * on[0] + to[1] * on[1] < 0;
                if a != b && b != c && a != c && !turns_back {
                    return (GeometryKind::LineString, PartKind::Line, corners);
                }
            }
        }
        let (x, y) = (self.below(10), self.below(10));
        let (w, h) = (1 + self.below(4), 1 + self.below(4));
        let corners = if self.below(2) == 0 {
            vec![[x, y], [x + w, y], [x + w, y + h], [x, y + h], [x, y]]
        } else {
            vec![[x, y], [x + w, y], [x, y + h], [x, y]]
        };
        (GeometryKind::Polygon, PartKind::Polygon, corners)
    }

    fn layer(
        &mut self,
        kinds: impl Iterator<Item = u32>,
        crs: LayerCrs,
        scale: impl Fn([u32; 2]) -> [f64; 2],
    ) -> Table {
        let mut builder = GeometryBuilder::new();
        for kind in kinds {
            let (kind, part, corners) = self.shape(kind);
            builder.begin_row(kind);
            builder.begin_part(part);
            builder.begin_ring();
            corners.iter().for_each(|corner| builder.coord(scale(*corner), None, None));
            builder.end_row();
        }
        layer(builder, crs)
    }
}

fn layer(builder: GeometryBuilder, crs: LayerCrs) -> Table {
    let geometry = builder.finish().unwrap();
    let rows = geometry.len();
    let numbers = Int64Array::from_iter_values(1..=i64::try_from(rows).unwrap());
    let fields = vec![Field::new("nr", FieldKind::Integer)];
    let mut table =
        Table::new("laag", rows, fields, vec![Arc::new(numbers)], Some(geometry)).unwrap();
    table.crs = Some(crs);
    table
}

fn lambert() -> LayerCrs {
    LayerCrs::new(Crs::lambert72(), HowFound::Chosen)
}

fn wgs84() -> LayerCrs {
    LayerCrs::new(Crs::wgs84(), HowFound::Chosen)
}

fn selected(rows: &Table, relation: Relation, of: Features<'_>) -> Selected {
    select(rows, "", &[OnPlace { relation, of }], &Watch::unwatched()).unwrap()
}

fn found(rows: &Table, relation: Relation, of: Features<'_>) -> Vec<usize> {
    let selected = selected(rows, relation, of);
    assert!(selected.problems.is_empty(), "{:?}", selected.problems);
    selected.rows.values().set_indices().collect()
}

/// By shapely 2.2.0 with GEOS 3.14.1 (`intersects`, `covered_by`, `touches`, `crosses`) on the
/// same sixty shapes, against six areas (2), lines (1) and points (0).
const SHAPELY: &[(u32, Relation, &[usize])] = &[
    (
        2,
        Relation::Intersects,
        &[
            1, 2, 4, 6, 7, 8, 10, 11, 13, 14, 16, 18, 19, 20, 22, 23, 25, 26, 28, 29, 31, 32, 33,
            34, 35, 36, 37, 38, 39, 40, 43, 46, 47, 49, 50, 52, 53, 55, 56, 58,
        ],
    ),
    (2, Relation::Within, &[2, 6, 18, 29, 33, 36, 39]),
    (
        2,
        Relation::Touches,
        &[2, 6, 11, 18, 22, 23, 25, 26, 29, 32, 33, 34, 35, 36, 39, 40, 43, 47, 50, 53, 56],
    ),
    (2, Relation::Crosses, &[1, 4, 7, 10, 13, 16, 19, 25, 28, 31, 37, 40, 43, 46, 49, 52, 55, 58]),
    (
        2,
        Relation::Disjoint,
        &[0, 3, 5, 9, 12, 15, 17, 21, 24, 27, 30, 41, 42, 44, 45, 48, 51, 54, 57, 59],
    ),
    (
        1,
        Relation::Intersects,
        &[
            1, 4, 7, 8, 9, 10, 11, 13, 14, 17, 18, 19, 22, 23, 25, 26, 28, 29, 31, 32, 34, 35, 37,
            38, 39, 40, 43, 44, 46, 47, 48, 49, 50, 52, 53, 55, 56, 58,
        ],
    ),
    (1, Relation::Within, &[9, 18, 39, 48]),
    (1, Relation::Touches, &[1, 9, 14, 17, 19, 23, 26, 38, 43, 44, 46, 47, 48, 49, 50, 53, 56, 58]),
    (
        1,
        Relation::Crosses,
        &[
            4, 7, 8, 10, 11, 13, 14, 19, 22, 23, 25, 26, 28, 29, 31, 32, 34, 35, 37, 38, 40, 43,
            44, 46, 49, 52, 53, 55, 56, 58,
        ],
    ),
    (
        1,
        Relation::Disjoint,
        &[0, 2, 3, 5, 6, 12, 15, 16, 20, 21, 24, 27, 30, 33, 36, 41, 42, 45, 51, 54, 57, 59],
    ),
    (0, Relation::Intersects, &[17, 26, 27, 32, 41, 42, 44, 47, 56]),
    (0, Relation::Within, &[27, 42]),
    (0, Relation::Touches, &[17, 32, 41, 44, 47, 56]),
    (0, Relation::Crosses, &[]),
    (
        0,
        Relation::Disjoint,
        &[
            0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 19, 20, 21, 22, 23, 24,
            25, 28, 29, 30, 31, 33, 34, 35, 36, 37, 38, 39, 40, 43, 45, 46, 48, 49, 50, 51, 52, 53,
            54, 55, 57, 58, 59,
        ],
    ),
];

#[test]
fn rows_lie_to_areas_lines_and_points_as_shapely_finds() {
    let plain = |[x, y]: [u32; 2]| [f64::from(x), f64::from(y)];
    let mut chance = Chance(2026);
    let rows = chance.layer((0..60).map(|row| row % 3), lambert(), plain);
    let features =
        [2, 1, 0].map(|kind| (kind, chance.layer(std::iter::repeat_n(kind, 6), lambert(), plain)));
    for (kind, relation, expected) in SHAPELY {
        let (_, table) = features.iter().find(|(known, _)| known == kind).unwrap();
        let features = Features::Where { table, sql: "" };
        assert_eq!(found(&rows, *relation, features), *expected, "{kind} {relation:?}");
    }
}

/// Distances in metres of 24 shapes around Ghent from an area, a line and a point: the nearest
/// places by shapely 2.2.0 in azimuthal equidistant planes centred between them (PROJ through
/// pyproj 3.7.2), their distance by `Geod.inv` (Karney's geodesics).
const GEODESICS: [[f64; 24]; 3] = [
    [
        4062.92, 2636.5848, 3515.4487, 8836.7442, 3747.5433, 1757.722, 7956.9815, 4062.92, 0.0,
        7318.9195, 0.0, 2367.857, 0.0, 0.0, 5824.4999, 6571.3863, 4121.8779, 3967.0635, 3603.8114,
        0.0, 4338.4143, 6153.7168, 1757.722, 4338.4143,
    ],
    [
        1185.0872, 0.0, 0.0, 3289.7183, 0.0, 0.0, 4106.1224, 1185.0872, 1815.3659, 1183.437, 0.0,
        0.0, 3544.7517, 1757.2268, 2685.7104, 2526.8791, 0.0, 1026.731, 172.7561, 824.353,
        792.6044, 0.0, 0.0, 868.4807,
    ],
    [
        4245.6727, 7850.0515, 7319.9933, 8788.6219, 4465.3609, 7082.4256, 6202.9655, 4228.6482,
        6350.5325, 9105.0292, 5892.446, 5420.6647, 7985.9999, 5820.4224, 4394.296, 6202.9655,
        2753.4246, 1928.5986, 8287.8115, 6588.2591, 4465.3609, 8522.3904, 7303.5947, 4394.296,
    ],
];

#[test]
fn distances_are_those_of_geodesics() {
    let degrees = |[x, y]: [u32; 2]| [3.60 + f64::from(x) * 0.0113, 50.95 + f64::from(y) * 0.0079];
    let mut chance = Chance(99);
    let rows = chance.layer((0..24).map(|row| row % 3), wgs84(), degrees);
    let features = chance.layer([2, 1, 0].into_iter(), wgs84(), degrees);
    let to_lambert = Transformer::new(&Crs::wgs84(), &Crs::lambert72()).unwrap();
    let in_lambert = |table: &Table| {
        let change = |xy: &mut [[f64; 2]]| assert_eq!(to_lambert.transform(xy), 0);
        let mut moved = table.with_geometry(table.geometry.as_ref().map(|g| g.map_xy(change)));
        moved.crs = Some(lambert());
        moved
    };
    // Edges of up to 15 km that are straight in the one system are bowed in the other: by
    // s² · tan φ / 8R, at most five and a half metres here.
    let (moved, moved_features) = (in_lambert(&rows), in_lambert(&features));
    for (rows, features, slack) in
        [(&rows, &features, 0.03), (&moved, &moved_features, 5.5), (&rows, &moved_features, 5.5)]
    {
        for (at, distances) in GEODESICS.iter().enumerate() {
            let sql = format!("nr = {}", at + 1);
            let near = |metres: f64, row: usize| {
                let of = Features::Where { table: features, sql: &sql };
                found(rows, Relation::Near { metres }, of).contains(&row)
            };
            for (row, metres) in distances.iter().enumerate() {
                let slack = slack + metres * 1e-6;
                assert!(near(metres + slack, row), "{row} within {metres} of {at}");
                assert!(*metres == 0.0 || !near(metres - slack, row), "{row} not at {metres}");
            }
        }
    }
}

#[test]
fn inside_an_area_the_distance_is_nothing() {
    let square = |builder: &mut GeometryBuilder, rings: &[(f64, f64)]| {
        builder.begin_row(GeometryKind::Polygon);
        builder.begin_part(PartKind::Polygon);
        for (start, side) in rings {
            builder.begin_ring();
            let (x, y) = (3.7 + start, 51.0 + start);
            for corner in [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]] {
                builder.coord(corner, None, None);
            }
        }
        builder.end_row();
    };
    let mut builder = GeometryBuilder::new();
    square(&mut builder, &[(0.0, 0.3), (0.1, 0.1)]);
    let ring = layer(builder, wgs84());
    let mut builder = GeometryBuilder::new();
    builder.push_point([3.75, 51.05]); // in the area
    builder.push_point([3.85, 51.15]); // in the middle of the hole, some 3.5 km from its edge
    builder.push_point([3.5, 51.05]); // 14 km west
    builder.push_null();
    square(&mut builder, &[(-1.0, 3.0)]); // around everything
    square(&mut builder, &[(0.14, 0.02)]); // in the hole
    builder.push_point([f64::NAN, 51.0]);
    builder.push_point([100.0, 10.0]); // on the other side of the world
    let rows = layer(builder, wgs84());
    let of = |metres| {
        let features = Features::Where { table: &ring, sql: "" };
        let selected = selected(&rows, Relation::Near { metres }, features);
        selected.rows.values().set_indices().collect::<Vec<_>>()
    };
    assert_eq!(of(0.0), [0, 4]);
    assert_eq!(of(3000.0), [0, 4, 5]);
    assert_eq!(of(4000.0), [0, 1, 4, 5]);
    assert_eq!(of(20_000.0), [0, 1, 2, 4, 5]);
}

#[test]
fn a_drawn_shape_and_chosen_features_select_rows() {
    let mut builder = GeometryBuilder::new();
    [[3.70, 51.0], [3.75, 51.0], [3.80, 51.0], [3.75, 51.2]]
        .into_iter()
        .for_each(|position| builder.push_point(position));
    let rows = layer(builder, wgs84());
    let rectangle = DrawnShape::rectangle([[3.72, 51.1], [3.80, 50.9]]);
    let drawn = Features::Drawn(&rectangle);
    assert_eq!(found(&rows, Relation::Intersects, drawn), [1, 2]);
    assert_eq!(found(&rows, Relation::Disjoint, drawn), [0, 3]);
    assert_eq!(found(&rows, Relation::Near { metres: 5000.0 }, drawn), [0, 1, 2]);
    let triangle = DrawnShape::polygon([[3.72, 50.99], [3.78, 50.99], [3.75, 51.21]]).unwrap();
    assert_eq!(found(&rows, Relation::Within, Features::Drawn(&triangle)), [1, 3]);
    // Twice around the place in the middle, then a figure of eight whose further half has the next.
    let loops = [
        [3.71, 50.98],
        [3.78, 50.98],
        [3.78, 51.02],
        [3.72, 51.02],
        [3.72, 50.99],
        [3.77, 50.99],
        [3.77, 51.01],
        [3.785, 51.01],
        [3.805, 50.99],
        [3.805, 51.01],
        [3.785, 50.99],
        [3.73, 51.01],
    ];
    let loops = DrawnShape::polygon(loops).unwrap();
    assert_eq!(found(&rows, Relation::Within, Features::Drawn(&loops)), [1, 2]);

    let mut builder = GeometryBuilder::new();
    [[3.70, 51.0], [3.80, 51.0]].into_iter().for_each(|position| builder.push_point(position));
    let others = layer(builder, wgs84());
    let chosen = ChosenRows::of(&others, [1, 99]);
    assert_eq!(chosen.len(), 1);
    let of = Features::Chosen { table: &others, rows: &chosen };
    assert_eq!(found(&rows, Relation::Intersects, of), [2]);
    // The same feature in a file with another order; and one that is gone is told.
    let turned = others.take_rows(&[1, 0]).unwrap();
    let gone = RowKey::Content(1, 0);
    let chosen: ChosenRows = chosen.keys().iter().cloned().chain([gone]).collect::<Vec<_>>().into();
    let of = Features::Chosen { table: &turned, rows: &chosen };
    let selected = selected(&rows, Relation::Intersects, of);
    assert_eq!(selected.rows.values().set_indices().collect::<Vec<_>>(), [2]);
    assert_eq!(selected.problems.count("problem-chosen-gone"), 1);
}

/// An area that crosses itself, a bow tie, is what paper fills of it. Oracle: shapely 2.2 with
/// `make_valid(area)`, `intersects` and `covers`.
#[test]
fn an_area_that_crosses_itself_is_what_is_filled_of_it() {
    let polygon =
        |corners: &[[f64; 2]]| (GeometryKind::Polygon, PartKind::Polygon, corners.to_vec());
    let line = |corners: &[[f64; 2]]| (GeometryKind::LineString, PartKind::Line, corners.to_vec());
    let made = |shapes: &[(GeometryKind, PartKind, Vec<[f64; 2]>)]| {
        let mut builder = GeometryBuilder::new();
        for (kind, part, corners) in shapes {
            builder.begin_row(*kind);
            builder.begin_part(*part);
            builder.begin_ring();
            for [x, y] in corners {
                builder.coord([100_000.0 + 100.0 * x, 190_000.0 + 100.0 * y], None, None);
            }
            builder.end_row();
        }
        layer(builder, lambert())
    };
    let bow = [[0.0, 0.0], [4.0, 4.0], [4.0, 0.0], [0.0, 4.0], [0.0, 0.0]];
    let rows = made(&[
        line(&[[1.5, 3.5], [2.5, 3.5]]),
        line(&[[0.2, 2.0], [1.5, 2.0]]),
        line(&[[1.0, 2.0], [3.0, 2.0]]),
        line(&[[1.0, 2.5], [3.0, 2.5]]),
        polygon(&[[1.8, 3.0], [2.2, 3.0], [2.2, 3.4], [1.8, 3.4], [1.8, 3.0]]),
        polygon(&[[3.5, 1.8], [3.9, 1.8], [3.9, 2.2], [3.5, 2.2], [3.5, 1.8]]),
        polygon(&bow),
    ]);
    let area = made(&[polygon(&bow)]);
    let of = Features::Where { table: &area, sql: "" };
    assert_eq!(found(&rows, Relation::Intersects, of), [1, 2, 3, 5, 6]);
    assert_eq!(found(&rows, Relation::Within, of), [1, 2, 5, 6]);
    assert_eq!(found(&rows, Relation::Disjoint, of), [0, 4]);
}

#[test]
fn all_conditions_must_be_met_and_problems_are_told() {
    let mut builder = GeometryBuilder::new();
    (0..10).for_each(|x| builder.push_point([3.7 + f64::from(x) * 0.01, 51.0]));
    let rows = layer(builder, wgs84());
    let mut builder = GeometryBuilder::new();
    builder.push_point([3.7, 51.0]);
    builder.push_point([f64::INFINITY, 51.0]);
    let others = layer(builder, wgs84());
    let rectangle = DrawnShape::rectangle([[3.715, 50.9], [3.9, 51.1]]);
    let places = [
        OnPlace {
            relation: Relation::Near { metres: 3000.0 },
            of: Features::Where { table: &others, sql: "" },
        },
        OnPlace { relation: Relation::Within, of: Features::Drawn(&rectangle) },
    ];
    let both = select(&rows, "nr <> 4", &places, &Watch::unwatched()).unwrap();
    // 0.7 km a step: the third to the fifth, but the fourth.
    assert_eq!(both.rows.values().set_indices().collect::<Vec<_>>(), [2, 4]);
    assert_eq!(both.problems.count("problem-place-not-finite"), 1);
    let wrong = OnPlace {
        relation: Relation::Within,
        of: Features::Where { table: &others, sql: "x = 1" },
    };
    let error = select(&rows, "", &[places[1], wrong], &Watch::unwatched()).unwrap_err();
    assert!(matches!(error, SelectError::PlaceCondition { place: 1, .. }), "{error:?}");
}
