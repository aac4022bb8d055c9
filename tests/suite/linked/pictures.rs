//! Pictures of museums' objects: from the manifest to the size that a panel shows.

use belfort::jobs::Watch;

use crate::fake_portal::{ALWAYS, Fault};
use crate::services::world::{World, both};

const MANIFEST: &str = "/iiif/presentation/v2/manifest/stam:1?";

fn world() -> World {
    let world = World::new();
    let base = world.services.address();
    let manifest = format!(
        r#"{{"@type": "sc:Manifest", "license": "https://creativecommons.org/publicdomain/zero/1.0/",
        "attribution": "STAM", "sequences": [{{"canvases": [{{"images": [{{"resource":
        {{"@id": "{base}/a.jpg", "service": {{"@id": "{base}/iiif/3/a"}}}}}}]}}]}}]}}"#
    );
    world.services.page(MANIFEST, "application/ld+json", manifest);
    world.services.page(
        "/iiif/3/a/full/!480,480/0/default.jpg?",
        "image/jpeg",
        b"\xff\xd8jpeg".to_vec(),
    );
    world
}

#[test]
fn a_picture_is_asked_for_in_the_size_that_is_shown() {
    let world = world();
    let manifest = world.services.at(MANIFEST.trim_end_matches('?'));
    let picture = world.portals.museum_picture(&manifest, 480, &Watch::unwatched()).unwrap();
    assert_eq!(picture.bytes, b"\xff\xd8jpeg");
    assert!(picture.full.as_str().ends_with("/iiif/3/a/full/full/0/default.jpg"));
    assert_eq!(picture.attribution, "STAM");
    assert!(picture.rights.contains("publicdomain"));
    assert_eq!(world.services.targets().len(), 2);
}

#[test]
fn what_is_no_picture_is_said() {
    for fault in [Fault::HtmlPage, Fault::Status(404), Fault::Malformed] {
        for part in ["manifest", "default.jpg"] {
            if part == "default.jpg" && matches!(fault, Fault::Malformed) {
                continue;
            }
            let world = world();
            world.services.fault(part, fault.clone(), ALWAYS);
            let manifest = world.services.at(MANIFEST.trim_end_matches('?'));
            let error = world.portals.museum_picture(&manifest, 480, &Watch::unwatched());
            both(&error.unwrap_err());
        }
    }
    let world = World::new();
    world.services.page("/iiif/manifest/leeg?", "application/json", "{\"items\": []}");
    let manifest = world.services.at("/iiif/manifest/leeg");
    let error = world.portals.museum_picture(&manifest, 480, &Watch::unwatched()).unwrap_err();
    assert!(both(&error)[0].contains("leidt naar geen beeld"));
}
