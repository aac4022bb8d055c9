//! Files on the web: downloaded with a receipt, kept, and fetched again only when they changed.

use std::path::Path;

use belfort::formats::ReadOptions;
use belfort::jobs::Watch;
use belfort::portal::{Freshness, Update, Wanted};

use super::world::{World, both, problems};
use crate::fake_portal::{ALWAYS, Fault, Framing};

#[test]
fn a_file_is_downloaded_once_and_again_when_it_changed() {
    let mut world = World::new();
    let address = world.services.at("/files/bomen.geojson");
    let opened = world.read(&address, Wanted::Newest).unwrap();
    assert_eq!((opened.table.rows(), opened.table.name.as_str()), (100, "bomen"));
    assert_eq!(opened.table.origin.path, Path::new(&address));
    let from = opened.from_portal.unwrap();
    assert_eq!(from.freshness, Freshness::Fetched);
    let receipt = from.receipt;
    assert_eq!((receipt.records_portal, receipt.records_written), (None, 100));
    assert!(receipt.is_complete() && receipt.modified.is_some() && receipt.bytes > 10_000);
    for language in belfort::i18n::Language::ALL {
        let text = receipt.summary(language);
        assert!(text.contains("100") && !text.contains("service-"), "{text}");
    }
    let again = world.read(&address, Wanted::Newest).unwrap().from_portal.unwrap();
    assert_eq!((again.freshness, &again.receipt), (Freshness::Unchanged, &receipt));
    let (options, watch) = (ReadOptions::default(), Watch::unwatched());
    assert!(matches!(world.portals.update(&receipt, &options, &watch), Ok(Update::Unchanged)));
    world.services.change_files();
    let newer = world.portals.update(&receipt, &options, &watch).unwrap();
    let Update::Newer(newer) = newer else { panic!("{newer:?}") };
    assert_eq!((newer.table.rows(), newer.table.name.as_str()), (101, "bomen"));
    world.restart(true);
    let kept = world.read(&address, Wanted::Kept).unwrap();
    assert_eq!((kept.table.rows(), kept.table.name.as_str()), (101, "bomen"));
}

#[test]
fn the_format_comes_from_the_name_or_from_what_the_server_says() {
    let world = World::new();
    for path in ["/files/wijken.csv", "/files/export?f=csv"] {
        let opened = world.read(&world.services.at(path), Wanted::Newest).unwrap();
        assert_eq!((opened.table.rows(), opened.table.origin.format), (25, "csv"), "{path}");
        assert_eq!(problems(&opened.table), Vec::<&str>::new());
    }
    let listed =
        world.portals.layers_at(&world.services.at("/files/wijken.csv"), &Watch::unwatched());
    assert_eq!(listed, Ok(Vec::new()));
}

#[test]
fn what_cannot_be_read_is_not_kept() {
    let world = World::new();
    let refused =
        |path: &str| both(&world.read(&world.services.at(path), Wanted::Newest).unwrap_err());
    let [nl, en] = refused("/pagina");
    assert!(nl.contains("Op dat adres staat een webpagina"), "{nl}");
    assert!(en.contains("a web page"), "{en}");
    let [nl, _] = refused("/niets.csv");
    assert!(nl.contains("Op dat adres heeft 127.0.0.1"), "{nl}");
    world.services.fault("bomen", Fault::EndsEarly { after: 3_000 }, ALWAYS);
    let [nl, _] = refused("/files/bomen.geojson");
    assert!(nl.contains("Wat daar staat, is niet te lezen"), "{nl}");
    world.services.behave();
    world.services.fault("bomen", Fault::Cut { after: 3_000, framing: Framing::Length }, ALWAYS);
    let [nl, _] = refused("/files/bomen.geojson");
    assert!(nl.contains("brak af na"), "{nl}");
    world.services.behave();
    world.limit(5_000);
    let [nl, _] = refused("/files/bomen.geojson");
    assert!(nl.contains("De download is groter dan 5 kB"), "{nl}");
    assert!(world.files().is_empty(), "{:?}", world.files());
}
