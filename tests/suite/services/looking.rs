//! What lies at an address: a service with its layers, a file, or something that is said in words.

use belfort::jobs::Watch;
use belfort::portal::{Found, ServiceKind};

use super::world::{World, both};
use crate::fake_portal::{ALWAYS, Fault};

#[test]
fn a_service_is_found_at_any_of_its_addresses() {
    let world = World::new();
    for (path, kind, protocol, wanted) in [
        ("/geo/wfs", ServiceKind::Wfs, "WFS 2.0.0", None),
        ("/geo/wfs?service=WFS&request=GetCapabilities", ServiceKind::Wfs, "WFS 2.0.0", None),
        (
            "/geo/wfs?service=wfs&version=2.0.0&request=GetFeature&typeNames=stad:palen&count=5",
            ServiceKind::Wfs,
            "WFS 2.0.0",
            Some("stad:palen"),
        ),
        ("/qgis?map=/stad.qgs&service=WFS", ServiceKind::Wfs, "WFS 1.1.0", None),
        ("/api", ServiceKind::OgcApi, "OGC API Features", None),
        ("/api/?f=json", ServiceKind::OgcApi, "OGC API Features", None),
        ("/api/collections", ServiceKind::OgcApi, "OGC API Features", None),
        ("/api/collections/palen", ServiceKind::OgcApi, "OGC API Features", Some("palen")),
        (
            "/api/collections/palen/items?f=html&limit=10",
            ServiceKind::OgcApi,
            "OGC API Features",
            Some("palen"),
        ),
        ("/kaal", ServiceKind::OgcApi, "OGC API Features", None),
        ("/mensen", ServiceKind::OgcApi, "OGC API Features", None),
        ("/mensen/collections/palen/items", ServiceKind::OgcApi, "OGC API Features", Some("palen")),
    ] {
        let service = world.service(path);
        assert_eq!((service.kind, &*service.protocol), (kind, protocol), "{path}");
        assert_eq!(service.wanted.as_deref(), wanted, "{path}");
        let titles: Vec<&str> = service.layers.iter().map(|layer| layer.title.as_str()).collect();
        assert_eq!(
            titles,
            ["Bomen in het straatbeeld", "Wijken", "Laadpalen", "Nog niets"],
            "{path}"
        );
        assert_eq!(service.left_out, u64::from(kind == ServiceKind::OgcApi), "{path}");
        let trees = &service.layers[0];
        let bbox = trees.bbox.unwrap();
        assert!(bbox.min_x > 3.6 && bbox.max_y < 51.2, "{path}: {bbox:?}");
        assert_eq!(trees.about, "Alle bomen van de stad.");
        // The address of a layer leads to it.
        let address = service.address(&service.layers[2].name, None);
        let counted = world.portals.count(&address, &Watch::unwatched()).unwrap();
        assert_eq!(counted, (!path.starts_with("/kaal")).then_some(300), "{path}");
        assert_eq!(world.good(&address.to_string()).0.rows(), 300, "{path}");
    }
}

#[test]
fn what_is_asked_twice_in_a_moment_is_asked_once() {
    let world = World::new();
    world.service("/geo/wfs");
    world.service("/geo/wfs?request=GetCapabilities");
    world.good(&world.wfs("/geo/wfs", "wijken"));
    let capabilities = |it: &String| it.contains("GetCapabilities");
    assert_eq!(world.services.targets().iter().filter(|it| capabilities(it)).count(), 1);
}

#[test]
fn the_part_in_view_is_counted() {
    let world = World::new();
    let view = belfort::table::Extent { min_x: 3.6, min_y: 51.0, max_x: 3.7, max_y: 51.2 };
    for path in ["/geo/wfs", "/api"] {
        let service = world.service(path);
        let palen = service.layers.iter().find(|layer| layer.title == "Laadpalen").unwrap();
        let counted =
            world.portals.count(&service.address(&palen.name, Some(view)), &Watch::unwatched());
        let inside = super::world::layer("palen").rows.iter();
        let inside = inside.filter(|row| row.is_in([3.6, 51.0, 3.7, 51.2], true)).count() as u64;
        assert_eq!(counted, Ok(Some(inside)), "{path}");
    }
}

#[test]
fn what_is_no_service_is_said_with_what_to_do() {
    let world = World::new();
    for (path, dutch, remedy) in [
        ("/geo/wms", "Daar antwoordt een WMS: die tekent kaartbeelden", "eindigt"),
        ("/kaarten", "Daar antwoordt een WMS", "/wfs"),
        ("/geo/x?service=WMTS", "Daar antwoordt een WMTS", "/wfs"),
        ("/oud/wfs", "De WFS spreekt alleen versie 1.0.0, en Belfort 1.1 en 2.0", "nieuwere WFS"),
        ("/pagina", "Op dat adres staat een webpagina", "Zoek op die pagina"),
        ("/niets/wfs", "niets", "Kijk het adres na"),
        ("/geheim/wfs", "laat niemand toe zonder aanmelden", "Vraag de beheerder"),
        ("/arcgis/rest/services/a/FeatureServer", "dienst van ArcGIS", "/WFSServer"),
        ("/niets/collections", "niets", "Kijk het adres na"),
    ] {
        let error = world.look(path).unwrap_err();
        let [nl, en] = both(&error);
        assert!(nl.contains(dutch) && nl.contains(remedy), "{path}: {nl}");
        assert!(nl.starts_with(&world.services.at(path)), "{path}: {nl}");
        assert_ne!(nl, en);
    }
    let watch = Watch::unwatched();
    for bad in ["https://an:geheim@x.be/wfs", "zomaar", "https://", "wfs:x"] {
        let [nl, _] = both(&world.portals.look(bad, &watch).unwrap_err());
        assert!(nl.contains("geen adres van een dienst"), "{nl}");
    }
    // A service that is there but not today.
    world.services.fault("/geo/wfs", Fault::Status(503), ALWAYS);
    let [nl, _] = both(&world.look("/geo/wfs").unwrap_err());
    assert!(nl.contains("gaf fout 503") && nl.contains("later opnieuw"), "{nl}");
    world.services.go_offline();
    let [nl, _] = both(&world.look("/api").unwrap_err());
    assert!(
        nl.contains("niet bereikbaar") && nl.contains("Kijk je verbinding en het adres na"),
        "{nl}"
    );
}

#[test]
fn data_by_themselves_are_found_too() {
    let world = World::new();
    for path in ["/files/bomen.geojson", "/files/wijken.csv", "/files/export?f=csv"] {
        let found = world.look(path).unwrap();
        let Found::Data(address) = found else { panic!("{path}: {found:?}") };
        assert_eq!(address.to_string(), world.services.at(path));
    }
    // What is asked with a filter of its own is fetched as it is.
    let asked = "/geo/wfs?service=WFS&version=2.0.0&request=GetFeature&typeNames=stad:wijken\
        &outputFormat=application/json&featureID=wijken.3";
    let Ok(Found::Data(address)) = world.look(asked) else { panic!("{asked}") };
    assert_eq!(address.kind, ServiceKind::File);
    let whole = world.wfs("/geo/wfs", "wijken");
    let found = world.portals.look(&whole, &Watch::unwatched()).unwrap();
    assert!(matches!(found, Found::Data(address) if address.to_string() == whole));
}
