//! Services that lie: nothing is lost that is not told, and nothing goes on for ever.

use belfort::portal::Wanted;

use super::world::{World, layer, made, problems, told};
use crate::fake_services::Lie;

const ITEMS: &str = "/collections/bomen/items";
const GET: &str = "request=GetFeature";

/// A lie after which all rows are there all the same.
#[track_caller]
fn all_come(address: impl Fn(&World) -> String, lies: &[(&str, Lie)], expected: &[&str]) {
    let world = World::new();
    for (part, lie) in lies {
        world.services.lie(part, lie.clone());
    }
    let address = address(&world);
    let (table, receipt) = world.good(&address);
    assert_eq!(told(&table), made(layer("bomen"), false), "{lies:?}");
    assert!(receipt.is_complete(), "{lies:?}: {receipt:?}");
    assert_eq!(problems(&table), expected, "{lies:?}");
    // The copy says the same.
    world.services.go_offline();
    let kept = world.read(&address, Wanted::Kept).unwrap();
    assert_eq!(problems(&kept.table), expected, "{lies:?}");
    assert_eq!(told(&kept.table), told(&table));
}

fn geo(world: &World) -> String {
    world.wfs("/geo/wfs", "bomen")
}

fn whole(world: &World) -> String {
    world.wfs("/heel/wfs", "bomen")
}

fn api(world: &World) -> String {
    world.api("/api", "bomen")
}

#[test]
fn smaller_pages_than_were_said_are_followed() {
    all_come(geo, &[(GET, Lie::Cap(400))], &[]);
    all_come(api, &[(ITEMS, Lie::Cap(400))], &[]);
    all_come(geo, &[(GET, Lie::Cap(400)), (GET, Lie::NoCount)], &[]);
}

#[test]
fn a_service_that_does_not_count_is_asked_to_its_end() {
    all_come(geo, &[(GET, Lie::NoCount)], &[]);
    all_come(api, &[(ITEMS, Lie::NoCount)], &[]);
}

#[test]
fn links_to_the_next_page_are_made_good() {
    all_come(api, &[(ITEMS, Lie::NextRelative)], &[]);
    let elsewhere = Lie::NextElsewhere("http://binnen.example:8080/pygeoapi");
    all_come(api, &[(ITEMS, elsewhere)], &["problem-service-next-elsewhere"]);
    all_come(api, &[(ITEMS, Lie::NoNext)], &["problem-service-next-missing"]);
    all_come(api, &[(ITEMS, Lie::NeverEnds)], &[]);
}

#[test]
fn a_limit_that_is_refused_is_asked_smaller() {
    all_come(api, &[(ITEMS, Lie::LimitRefused(100))], &[]);
}

#[test]
fn a_page_that_counts_wrongly_is_told() {
    all_come(geo, &[(GET, Lie::ReturnedOff)], &["problem-service-returned"]);
    all_come(api, &[(ITEMS, Lie::ReturnedOff)], &["problem-service-returned"]);
}

/// Without pages everything is asked for at once.
#[test]
fn whoever_gives_no_pages_is_asked_for_everything() {
    for lie in [Lie::IgnoresStart, Lie::RefusesStart] {
        all_come(whole, &[(GET, lie.clone())], &[]);
        // Ten thousand a page and no more, but for who asks for all.
        all_come(whole, &[("count=1", lie.clone()), ("startIndex=0", Lie::Cap(500))], &[]);
    }
    let world = World::new();
    // The most of an answer is 1000, and there is no second one.
    for (lie, ids) in
        [(Lie::IgnoresStart, true), (Lie::IgnoresStart, false), (Lie::RefusesStart, true)]
    {
        world.services.behave();
        world.services.lie(GET, lie.clone());
        if !ids {
            world.services.lie(GET, Lie::NoIds);
        }
        let (table, receipt) = world.good(&geo(&world));
        assert_eq!((table.rows(), receipt.records_portal), (1000, Some(2345)), "{lie:?} {ids}");
        assert!(!receipt.is_complete());
        let found = problems(&table);
        assert_eq!(found, ["problem-service-count", "problem-service-no-pages"], "{lie:?} {ids}");
        assert!(world.services.targets().len() < 40, "{}", world.services.targets().len());
        world.services.forget_requests();
    }
    // An API that links on and on.
    world.services.lie(ITEMS, Lie::NextLoops);
    let (table, _) = world.good(&api(&world));
    assert_eq!(table.rows(), 1000);
    assert_eq!(problems(&table), ["problem-service-count", "problem-service-loop"]);
    world.services.behave();
    world.services.lie(ITEMS, Lie::IgnoresStart);
    let (table, _) = world.good(&api(&world));
    assert_eq!(problems(&table), ["problem-service-count", "problem-service-loop"]);
    assert!(world.services.targets().len() < 20);
}

#[test]
fn a_count_that_is_off_is_told() {
    for off in [-5_i64, 12] {
        for address in [geo as fn(&World) -> String, api] {
            let world = World::new();
            world.services.lie("bomen", Lie::CountOff(off));
            let (table, receipt) = world.good(&address(&world));
            let said = u64::try_from(2345 + off).unwrap();
            assert_eq!(receipt.records_portal, Some(said), "{off}");
            assert_eq!(problems(&table)[0], "problem-service-count");
            // Who counts too few may end too soon; nothing that came is thrown away.
            assert!(table.rows() as u64 >= said.min(2345), "{off}: {}", table.rows());
        }
    }
}

#[test]
fn features_that_come_twice_are_kept_once_and_told() {
    for address in [geo as fn(&World) -> String, api] {
        let world = World::new();
        world.services.lie("bomen", Lie::Shuffles);
        let (table, receipt) = world.good(&address(&world));
        let mut rows = told(&table);
        rows.dedup();
        assert_eq!(rows.len(), table.rows());
        assert!(table.rows() < 2345 && !receipt.is_complete());
        let found = problems(&table);
        assert_eq!(found, ["problem-service-count", "problem-service-doubles"]);
    }
}

#[test]
fn data_that_change_while_pages_come_are_fetched_again_and_else_told() {
    for address in [geo as fn(&World) -> String, api] {
        let world = World::new();
        world.services.lie("bomen", Lie::Grows);
        // It grows once; the second time all is of one moment.
        let (table, receipt) = world.good(&address(&world));
        assert_eq!((table.rows(), receipt.records_portal), (2346, Some(2346)));
        assert_eq!(problems(&table), Vec::<&str>::new());
    }
}

#[test]
fn coordinates_in_another_order_or_system_are_found_out() {
    let both = [geo as fn(&World) -> String, api];
    for (lie, degrees, expected, addresses) in [
        (Lie::Swapped, false, &["problem-service-swapped"][..], &both[..]),
        (Lie::Degrees, true, &["problem-service-other-crs"], &both[..1]),
        // GeoJSON in degrees that says nothing of a system is what the standard asks for.
        (Lie::Degrees, true, &[], &both[1..]),
        (Lie::NoCrs, false, &[], &both),
    ] {
        for address in addresses {
            let world = World::new();
            world.services.lie("bomen", lie.clone());
            let address = address(&world);
            let (table, _) = world.good(&address);
            assert_eq!(told(&table), made(layer("bomen"), degrees), "{lie:?} {address}");
            assert_eq!(problems(&table), expected, "{lie:?} {address}");
            let kept = world.read(&address, Wanted::Kept).unwrap().table;
            assert_eq!((&kept.crs, told(&kept)), (&table.crs, told(&table)));
        }
    }
}

#[test]
fn a_rectangle_read_the_other_way_round_is_asked_the_other_way_round() {
    let world = World::new();
    let address = format!("{}&bbox=3.6,51,3.7,51.2", world.wfs("/geo/wfs", "palen"));
    let (straight, _) = world.good(&address);
    world.services.lie("bbox=", Lie::RectangleSwapped);
    let (table, receipt) = world.good(&address);
    assert_eq!(told(&table), told(&straight));
    assert!(table.rows() > 10 && receipt.is_complete());
    assert_eq!(problems(&table), ["problem-service-rectangle"]);
}

#[test]
fn identifiers_that_tell_nothing_are_not_believed() {
    for lie in [Lie::NoIds, Lie::SameIds] {
        all_come(geo, &[(GET, lie.clone())], &[]);
        all_come(api, &[(ITEMS, lie)], &[]);
    }
}
