//! What can be seen only from inside.

use std::sync::Arc;

use arrow_array::{BooleanArray, StringArray};

use super::source::Place;
use super::{LabelPlaces, LabelSource, SymbolSizes};
use crate::crs::{Crs, HowFound, LayerCrs};
use crate::jobs::Watch;
use crate::table::{Extent, GeometryBuilder, GeometryKind, PartKind, Table};

fn push(builder: &mut GeometryBuilder, kind: GeometryKind, parts: &[(PartKind, &[[f64; 2]])]) {
    builder.begin_row(kind);
    for (kind, xy) in parts {
        builder.begin_part(*kind);
        builder.begin_ring();
        xy.iter().for_each(|at| builder.coord(*at, None, None));
    }
    builder.end_row();
}

fn places() -> Arc<LabelPlaces> {
    let square =
        |x: f64, side: f64| [[x, 0.0], [x + side, 0.0], [x + side, side], [x, side], [x, 0.0]];
    let mut builder = GeometryBuilder::new();
    builder.push_point([1.0, 2.0]);
    builder.push_null();
    let (small, large) = (square(0.0, 5.0), square(100.0, 50.0));
    let both = [(PartKind::Polygon, &small[..]), (PartKind::Polygon, &large[..])];
    push(&mut builder, GeometryKind::MultiPolygon, &both);
    let line: &[[f64; 2]] = &[[0.0, 0.0], [30.0, 40.0]];
    let mixed = [(PartKind::Point, &[[7.0, 7.0]][..]), (PartKind::Line, line)];
    push(&mut builder, GeometryKind::GeometryCollection, &mixed);
    builder.push_point([f64::NAN, 2.0]);
    builder.push_point([3.0, 4.0]);
    let geometry = builder.finish().expect("few");
    let mut table = Table::new("t", 6, vec![], vec![], Some(geometry)).expect("no columns");
    table.crs = Some(LayerCrs::new(Crs::web_mercator(), HowFound::Chosen));
    Arc::new(LabelPlaces::of(&table, &Watch::unwatched()).expect("the same plane"))
}

fn source(mask: Option<&BooleanArray>) -> LabelSource {
    let texts = StringArray::from(vec![Some("a"), Some("b"), Some(" c "), Some("d"), None, None]);
    LabelSource::new(places(), &texts, (mask, &SymbolSizes::default()), &Watch::unwatched())
        .expect("nobody cancels")
}

#[test]
fn each_row_has_one_name_at_its_largest_part() {
    let source = source(None);
    let all = Extent { min_x: -1e6, min_y: -1e6, max_x: 1e6, max_y: 1e6 };
    let units: Vec<_> = source.units_in(&all).iter().filter_map(|u| source.unit(*u)).collect();
    // The row without geometry and the one without a place are not among them.
    let rows: Vec<u32> = units.iter().map(|unit| unit.row).collect();
    assert_eq!(rows, [0, 2, 5, 3]);
    let texts: Vec<_> = units.iter().map(|u| source.text(u).map(|text| &**text)).collect();
    assert_eq!(texts, [Some("a"), Some("c"), None, Some("d")]);
    let anchors: Vec<_> = units.iter().filter_map(|unit| source.anchor(unit)).collect();
    assert!((anchors[1][0] - 125.0).abs() < 1.0, "in the larger square: {:?}", anchors[1]);
    let [x, y] = anchors[3];
    assert!((x - 15.0).abs() < 1e-9 && (y - 20.0).abs() < 1e-9, "half way along the line");
    assert!(matches!(units[3].place, Place::Run(_)));
    assert_eq!(source.unit_of(3), Some(3));
    assert_eq!(source.unit_of(1), None);
}

#[test]
fn rows_that_are_not_shown_have_no_name() {
    let mask = BooleanArray::from(vec![Some(true), Some(true), None, Some(false), None, None]);
    let source = source(Some(&mask));
    let all = Extent { min_x: -1e6, min_y: -1e6, max_x: 1e6, max_y: 1e6 };
    let rows: Vec<u32> =
        source.units_in(&all).iter().filter_map(|u| Some(source.unit(*u)?.row)).collect();
    assert_eq!(rows, [0]);
}
