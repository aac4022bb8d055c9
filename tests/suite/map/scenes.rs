//! Scenes without a screen.

use belfort::crs::{Crs, lon_lat_from_mercator, mercator_from_lon_lat};
use belfort::jobs::Watch;
use belfort::map::{LayerScene, SceneError};
use belfort::table::PartKind;

use super::{scene, table};

#[test]
fn every_kind_of_geometry_has_its_place() {
    let rows = [
        "POINT(3.7 51.0)",
        "LINESTRING(3.6 51.0, 3.7 51.1)",
        "MULTIPOLYGON(((3.7 51.0, 3.8 51.0, 3.8 51.1, 3.7 51.0)), ((4 51, 4.1 51, 4 51.2, 4 51)))",
        "GEOMETRYCOLLECTION(POINT(3.5 50.9), LINESTRING(3.5 50.9, 3.6 51))",
        "",
    ];
    let scene = scene(Crs::wgs84(), &rows);
    assert_eq!((scene.rows(), scene.not_drawn()), (5, 0));
    let extent = scene.extent_lon_lat().unwrap();
    for (found, wanted) in extent.as_array().iter().zip([3.5, 50.9, 4.1, 51.2]) {
        assert!((found - wanted).abs() < 1e-9, "{extent:?}");
    }
    assert_eq!(scene.main_kind(), Some(PartKind::Point));
}

#[test]
fn what_cannot_be_drawn_is_counted() {
    let rows = [
        "POINT(3.7 51.0)",
        "POINT(3.7 512.0)",
        "LINESTRING(3.7 51.0, 1e300 51)",
        "POLYGON((3 51, 3 51, 3 51, 3 51))",
        "",
    ];
    let drawn = scene(Crs::wgs84(), &rows);
    assert_eq!(drawn.not_drawn(), 3);
    let unknown = LayerScene::build(&table(None, &rows), &Watch::unwatched()).unwrap();
    assert_eq!(unknown.not_drawn(), 4);
    assert_eq!(unknown.extent_lon_lat(), None);
}

#[test]
fn not_a_number_is_counted_and_does_no_harm() {
    let mut builder = belfort::table::GeometryBuilder::new();
    builder.push_point([f64::NAN, 51.0]);
    builder.push_point([3.7, f64::INFINITY]);
    builder.push_point([3.7, 51.0]);
    let geometry = builder.finish().unwrap();
    let mut table = belfort::table::Table::new("t", 3, vec![], vec![], Some(geometry)).unwrap();
    table.crs = Some(layer_crs(Crs::wgs84(), false));
    let scene = LayerScene::build(&table, &Watch::unwatched()).unwrap();
    assert_eq!(scene.not_drawn(), 2);
    let extent = scene.extent_lon_lat().unwrap();
    assert!((extent.min_x - 3.7).abs() < 1e-9 && extent.width() < 1e-9);
}

fn layer_crs(crs: Crs, swapped: bool) -> belfort::crs::LayerCrs {
    belfort::crs::LayerCrs { crs, how: belfort::crs::HowFound::Chosen, swapped }
}

#[test]
fn broken_polygons_do_not_panic() {
    let rows = [
        // A bow tie, a hole outside, a hole larger than its polygon, spikes, repeated vertices.
        "POLYGON((0 0, 1 1, 1 0, 0 1, 0 0))",
        "POLYGON((0 0, 1 0, 1 1, 0 1, 0 0), (5 5, 6 5, 6 6, 5 5))",
        "POLYGON((0 0, 1 0, 1 1, 0 1, 0 0), (-5 -5, 5 -5, 5 5, -5 5, -5 -5))",
        "POLYGON((0 0, 1 0, 2 0, 1 0, 0 0))",
        "POLYGON((0 0, 0 0, 1 0, 1 0, 1 1, 1 1, 0 0, 0 0))",
        "POLYGON((0 0, 1 0, 1 1, 0 1, 0 0), (0 0, 1 0, 1 1, 0 1, 0 0))",
        "LINESTRING(0 0, 0 0)",
    ];
    let scene = scene(Crs::wgs84(), &rows);
    assert_eq!(scene.not_drawn(), 0);
}

#[test]
fn latitude_before_longitude_is_put_right() {
    let mut table = table(None, &["POINT(51.05 3.72)"]);
    table.crs = Some(layer_crs(Crs::wgs84(), true));
    let scene = LayerScene::build(&table, &Watch::unwatched()).unwrap();
    let [west, south, ..] = scene.extent_lon_lat().unwrap().as_array();
    assert!((west - 3.72).abs() < 1e-9 && (south - 51.05).abs() < 1e-9);
}

/// PROJ 9.6: `echo "104700 193800" | cs2cs EPSG:31370 EPSG:4326 -f "%.9f"` gives 51.052587503 N,
/// 3.722687541 E (with the seven-parameter transformation, no grid).
#[test]
fn lambert_72_lands_where_proj_says() {
    let scene = scene(Crs::lambert72(), &["POINT(104700 193800)"]);
    let [lon, lat, ..] = scene.extent_lon_lat().unwrap().as_array();
    let [x, y] = mercator_from_lon_lat([lon, lat]);
    let [x_proj, y_proj] = mercator_from_lon_lat([3.722_687_541, 51.052_587_503]);
    assert!((x - x_proj).hypot(y - y_proj) < 0.5, "{lon} {lat}");
    let [back, _] = lon_lat_from_mercator([x, y]);
    assert!((back - lon).abs() < 1e-9);
}

#[test]
fn a_cancelled_build_ends() {
    let watch = Watch::unwatched();
    watch.cancel();
    let built = LayerScene::build(&table(Some(Crs::wgs84()), &["POINT(3 51)"]), &watch);
    assert!(matches!(built, Err(SceneError::Cancelled(_))));
}
