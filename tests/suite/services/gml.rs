//! Layers that come as GML, from services that behave and from others.

use belfort::portal::Wanted;

use super::world::{World, layer, made, problems, told};
use crate::fake_services::Lie;

const GET: &str = "request=GetFeature";

/// All rows are there, whatever the service does; what is told of it.
#[track_caller]
fn comes_whole(path: &str, name: &str, lies: &[(&str, Lie)], expected: &[&str]) {
    let world = World::new();
    for (part, lie) in lies {
        world.services.lie(part, lie.clone());
    }
    let address = world.wfs(path, name);
    let degrees = name == "palen";
    let (table, receipt) = world.good(&address);
    assert_eq!(told(&table), made(layer(name), degrees), "{path} {name} {lies:?}");
    assert_eq!(receipt.service.clone().unwrap().output, "GML", "{path} {name}");
    assert!(receipt.is_complete(), "{lies:?}: {receipt:?}");
    assert_eq!(problems(&table), expected, "{path} {name} {lies:?}");
    // The copy is read in the same way.
    world.services.go_offline();
    let kept = world.read(&address, Wanted::Kept).unwrap().table;
    assert_eq!((&kept.crs, told(&kept)), (&table.crs, told(&table)));
    assert_eq!(problems(&kept), expected, "{path} {name} {lies:?}");
}

/// The notation of the system says which number stands first; where a server does not keep to it,
/// where the layer lies tells.
#[test]
fn the_order_of_numbers_is_found_out() {
    for name in ["bomen", "palen", "wijken"] {
        comes_whole("/gml/wfs", name, &[], &[]);
        let swapped = &["problem-service-swapped"];
        comes_whole("/gml/wfs", name, &[(GET, Lie::Swapped)], swapped);
    }
}

/// Version 1.1: GML 3.1, in `gml:featureMember`.
#[test]
fn gml_of_version_1_1_is_read() {
    for name in ["bomen", "palen", "wijken"] {
        let lies = [(GET, Lie::JsonIsGml)];
        comes_whole("/qgis?map=/stad.qgs", name, &lies, &["problem-service-not-as-offered"]);
    }
}

#[test]
fn pages_of_gml_are_put_together() {
    comes_whole("/gml/wfs", "bomen", &[(GET, Lie::Cap(400))], &[]);
    comes_whole("/gml/wfs", "bomen", &[(GET, Lie::NoCount)], &[]);
    comes_whole("/gml/wfs", "bomen", &[(GET, Lie::ReturnedOff)], &["problem-service-returned"]);
    for lie in [Lie::NoIds, Lie::SameIds] {
        comes_whole("/gml/wfs", "bomen", &[(GET, lie)], &[]);
    }
}

/// Features that come twice are kept once; what is missing is told.
#[test]
fn what_is_missing_of_gml_is_told() {
    let world = World::new();
    world.services.lie("bomen", Lie::Shuffles);
    let (table, receipt) = world.good(&world.wfs("/gml/wfs", "bomen"));
    assert!(table.rows() < 2345 && !receipt.is_complete());
    assert_eq!(problems(&table), ["problem-service-count", "problem-service-doubles"]);
}

/// The system that the person wants is asked for, and comes with its numbers in order.
#[test]
fn another_system_can_be_asked_for() {
    let world = World::new();
    for name in ["EPSG:4326", "urn:ogc:def:crs:EPSG::4326"] {
        let address = format!("{}&srsName={name}", world.wfs("/gml/wfs", "bomen"));
        let (table, _) = world.good(&address);
        assert_eq!(told(&table), made(layer("bomen"), true), "{name}");
        assert_eq!(table.crs.unwrap().crs.code.as_deref(), Some("EPSG:4326"));
    }
}
