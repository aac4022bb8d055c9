//! Every layer of every service comes whole: all rows, all values, the source's own numbers.

use belfort::formats::ReadOptions;
use belfort::jobs::Watch;
use belfort::portal::{Freshness, Update, Wanted};
use belfort::project::{Document, Layer, LayerSource, open_project, save_project};
use belfort::table::FieldKind;

use super::world::{World, freshness, layer, made, problems, told};
use crate::fake_services::Lie;

const GHENT_WEST: [f64; 4] = [3.6, 51.0, 3.7, 51.2];

#[test]
fn layers_of_a_wfs_come_whole_in_the_source_s_numbers() {
    let world = World::new();
    for (path, name, degrees) in [
        ("/geo/wfs", "bomen", false),
        ("/geo/wfs", "wijken", false),
        ("/geo/wfs", "palen", true),
        ("/qgis?map=/stad.qgs", "bomen", false),
        ("/qgis?map=/stad.qgs", "palen", true),
        ("/heel/wfs", "bomen", false),
    ] {
        let (table, receipt) = world.good(&world.wfs(path, name));
        assert_eq!(told(&table), made(layer(name), degrees), "{path} {name}");
        let rows = layer(name).rows.len() as u64;
        assert_eq!(receipt.records_portal, Some(rows), "{path} {name}");
        assert!(receipt.is_complete());
        assert_eq!(problems(&table), Vec::<&str>::new(), "{path} {name}");
        let crs = table.crs.unwrap();
        assert_eq!(crs.crs.code.as_deref(), Some(if degrees { "EPSG:4326" } else { "EPSG:31370" }));
        assert_eq!((table.name.as_str(), crs.swapped), (layer(name).title, false));
        let code = table.fields.iter().find(|field| field.name == "code").unwrap();
        assert_eq!(code.kind, FieldKind::Text, "leading zeros stay");
    }
}

#[test]
fn collections_of_an_ogc_api_come_whole() {
    let world = World::new();
    for (path, name, degrees, counts) in [
        ("/api", "bomen", false, true),
        ("/api", "wijken", false, true),
        ("/api", "palen", true, true),
        ("/kaal", "bomen", true, false),
        ("/kaal", "palen", true, false),
        ("/mensen", "bomen", false, true),
    ] {
        let (table, receipt) = world.good(&world.api(path, name));
        assert_eq!(told(&table), made(layer(name), degrees), "{path} {name}");
        let rows = layer(name).rows.len() as u64;
        assert_eq!(receipt.records_portal, counts.then_some(rows), "{path} {name}");
        let expected: &[&str] =
            if path == "/kaal" && rows > 1000 { &["problem-service-next-missing"] } else { &[] };
        assert_eq!(problems(&table), expected, "{path} {name}");
        let crs = table.crs.unwrap();
        assert_eq!(crs.crs.code.as_deref(), Some(if degrees { "EPSG:4326" } else { "EPSG:31370" }));
    }
}

/// The receipt says what was asked, how many came, whose it is; and is what the copy says, too.
#[test]
fn the_receipt_and_the_copy_say_the_same() {
    let mut world = World::new();
    let addresses = [world.wfs("/geo/wfs", "bomen"), world.api("/api", "bomen")];
    let mut before = Vec::new();
    for address in &addresses {
        let opened = world.read(address, Wanted::Newest).unwrap();
        assert_eq!(freshness(&opened), "Fetched");
        let receipt = opened.from_portal.clone().unwrap().receipt;
        let notes = receipt.service.clone().unwrap();
        assert_eq!((receipt.records_written, receipt.without_geometry), (2345, Some(24)));
        assert_eq!((&*notes.output, notes.pages), ("GeoJSON", 3));
        assert!(receipt.bytes > 400_000 && receipt.address == *address, "{receipt:?}");
        if address.starts_with("wfs") {
            assert_eq!(notes.protocol, "WFS 2.0.0");
            assert_eq!(receipt.attribution, "Stad Voorbeeld");
            assert_eq!(receipt.licence, "Modellicentie Gratis Hergebruik");
            assert!(receipt.url.contains("outputFormat=application%2Fjson"), "{}", receipt.url);
        } else {
            assert_eq!(notes.protocol, "OGC API Features");
            assert_eq!(receipt.attribution, "Stad Voorbeeld");
            assert_eq!(&*receipt.licence, "Vrij gebruik");
            assert!(receipt.url.contains("limit=1000") && receipt.url.contains("31370"));
        }
        before.push((told(&opened.table), receipt, opened.table.crs.clone()));
    }
    world.services.forget_requests();
    world.restart(true);
    for (address, (rows, receipt, crs)) in addresses.iter().zip(before) {
        for wanted in [Wanted::Kept, Wanted::Newest] {
            let opened = world.read(address, wanted).unwrap();
            assert_eq!(told(&opened.table), rows);
            assert_eq!(opened.table.crs, crs);
            let from = opened.from_portal.unwrap();
            assert_eq!(from.receipt, receipt);
            match wanted {
                Wanted::Kept => assert_eq!(from.freshness, Freshness::Kept),
                _ => assert!(matches!(from.freshness, Freshness::OutOfReach(_))),
            }
        }
    }
    assert!(world.services.targets().is_empty());
}

#[test]
fn the_part_in_a_rectangle_comes_alone_and_the_whole_is_counted() {
    let world = World::new();
    let inside = |name: &str| {
        layer(name)
            .rows
            .iter()
            .filter(|row| row.is_in(GHENT_WEST, true))
            .map(|row| row.number)
            .collect::<Vec<_>>()
    };
    for (address, name, exact) in [
        // In Lambert 72 the rectangle is a little larger than in degrees.
        (format!("{}&bbox=3.6,51,3.7,51.2", world.wfs("/geo/wfs", "bomen")), "bomen", false),
        (format!("{}&bbox=3.6,51,3.7,51.2", world.wfs("/geo/wfs", "palen")), "palen", true),
        (
            format!("{}&bbox=3.6,51,3.7,51.2", world.wfs("/qgis?map=/stad.qgs", "palen")),
            "palen",
            true,
        ),
        (format!("{}?bbox=3.6,51,3.7,51.2", world.api("/api", "bomen")), "bomen", true),
        (format!("{}?bbox=3.6,51,3.7,51.2", world.api("/kaal", "palen")), "palen", true),
    ] {
        let (table, receipt) = world.good(&address);
        let at = table.field_index("nr").unwrap();
        let numbers: Vec<u32> = (0..table.rows())
            .map(|row| table.value(row, at).to_data_text().parse().unwrap())
            .collect();
        let wanted = inside(name);
        assert!(wanted.iter().all(|number| numbers.contains(number)), "{address}");
        let more = numbers.len() - wanted.len();
        assert!(if exact { more == 0 } else { more < wanted.len() / 10 }, "{address}: {more} more");
        assert!(numbers.len() < layer(name).rows.len());
        assert!(receipt.is_complete());
        let whole = (!address.contains("/kaal")).then_some(layer(name).rows.len() as u64);
        assert_eq!(receipt.records_whole, whole, "{address}");
        assert_eq!(problems(&table), Vec::<&str>::new(), "{address}");
    }
}

#[test]
fn a_layer_without_features_is_a_layer() {
    let world = World::new();
    for address in [world.wfs("/geo/wfs", "leeg"), world.api("/api", "leeg")] {
        let (table, receipt) = world.good(&address);
        assert_eq!((table.rows(), receipt.records_portal), (0, Some(0)), "{address}");
        let again = world.read(&address, Wanted::Kept).unwrap();
        assert_eq!((again.table.rows(), again.table.name.as_str()), (0, "Nog niets"));
    }
}

/// The system that an address asks for is asked of the service.
#[test]
fn another_system_can_be_asked_for() {
    let world = World::new();
    let (table, _) = world.good(&format!("{}&srsName=EPSG:4326", world.wfs("/geo/wfs", "bomen")));
    assert_eq!(table.crs.as_ref().unwrap().crs.code.as_deref(), Some("EPSG:4326"));
    assert_eq!(told(&table), made(layer("bomen"), true));
    let (table, _) = world.good(&format!("{}?crs=CRS84", world.api("/api", "wijken")));
    assert_eq!(told(&table), made(layer("wijken"), true));
}

#[test]
fn updating_fetches_a_service_anew() {
    let world = World::new();
    let address = world.wfs("/geo/wfs", "wijken");
    let (_, receipt) = world.good(&address);
    let update = world.portals.update(&receipt, &ReadOptions::default(), &Watch::unwatched());
    let Update::Newer(newer) = update.unwrap() else { panic!("a service does not say") };
    assert_eq!(told(&newer.table), made(layer("wijken"), false));
    assert!(newer.from_portal.unwrap().receipt.fetched_at >= receipt.fetched_at);
    assert_eq!(world.portals.is_outdated(&receipt, &Watch::unwatched()), Ok(None));
}

#[test]
fn a_project_holds_addresses_as_they_are() {
    let world = World::new();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kaart.belfort.json");
    let addresses = [
        world.wfs("/geo/wfs", "bomen"),
        world.api("/api", "bomen"),
        world.services.at("/files/a.csv"),
    ];
    let layers = addresses.iter().map(|address| {
        Layer::new("x", LayerSource { path: address.clone(), ..LayerSource::default() })
    });
    let document = Document { layers: layers.collect(), ..Document::default() };
    save_project(&document, &path).unwrap();
    let again = open_project(&path).unwrap();
    let paths: Vec<&str> = again.layers.iter().map(|layer| layer.source.path.as_str()).collect();
    assert_eq!(paths, addresses);
    assert!(again.layers.iter().all(|layer| layer.source.is_fetched()));
}

/// GML is what is left where no GeoJSON is offered, or where it is offered and not given.
#[test]
fn gml_is_taken_where_there_is_nothing_else() {
    let world = World::new();
    for (path, name, degrees) in [
        ("/gml/wfs", "bomen", false),
        ("/gml/wfs", "wijken", false),
        // Latitude first, as the notation of its system says.
        ("/gml/wfs", "palen", true),
    ] {
        let (table, receipt) = world.good(&world.wfs(path, name));
        assert_eq!(told(&table), made(layer(name), degrees), "{path} {name}");
        let notes = receipt.service.clone().unwrap();
        let pages = layer(name).rows.len().div_ceil(500) as u64;
        assert_eq!((&*notes.output, notes.pages), ("GML", pages), "{path} {name}");
        assert!(receipt.is_complete());
        assert_eq!(problems(&table), Vec::<&str>::new(), "{path} {name}");
    }
    world.services.lie("request=GetFeature", Lie::JsonIsGml);
    let (table, receipt) = world.good(&world.wfs("/geo/wfs", "bomen"));
    assert_eq!(told(&table), made(layer("bomen"), false));
    assert!(receipt.is_complete());
    assert_eq!(problems(&table), ["problem-service-not-as-offered"]);
}
