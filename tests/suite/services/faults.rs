//! What goes wrong between the program and a service: waited out, or told with what to do.

use std::time::Duration;

use belfort::formats::ReadOptions;
use belfort::jobs::Job;
use belfort::portal::{Freshness, Wanted};

use super::world::{World, layer, made, problems, told};
use crate::fake_portal::{ALWAYS, Fault, Framing};
use crate::fake_services::Lie;

const PAGE: &str = "startIndex=1000";
const ITEMS: &str = "offset=1000";

#[test]
fn what_passes_is_waited_out() {
    let world = World::new();
    for (address, part) in
        [(world.wfs("/geo/wfs", "bomen"), PAGE), (world.api("/api", "bomen"), ITEMS)]
    {
        for (fault, times) in [
            (Fault::Status(500), 2),
            (Fault::Status(503), 1),
            (Fault::Cut { after: 5_000, framing: Framing::Chunked }, 2),
            (Fault::Cut { after: 5_000, framing: Framing::Length }, 1),
            // Framed as if it were whole.
            (Fault::EndsEarly { after: 5_000 }, 2),
            (Fault::TooMany { wait: Duration::from_secs(1) }, 1),
        ] {
            world.services.fault(part, fault.clone(), times);
            let (table, receipt) = world.good(&address);
            assert_eq!(told(&table), made(layer("bomen"), false), "{fault:?}");
            assert!(receipt.is_complete());
            assert_eq!(problems(&table), Vec::<&str>::new(), "{fault:?}");
            world.services.behave();
        }
    }
}

/// A page that stays away: nothing is kept of the attempt, the older copy is shown and why.
#[test]
fn what_stays_is_told_and_the_copy_of_before_stays() {
    for (fault, dutch, english) in [
        (Fault::Status(500), "gaf fout 500", "failed with error 500"),
        (Fault::EndsEarly { after: 5_000 }, "brak af na", "broke off after"),
        (Fault::Malformed, "kapotte JSON", "broken JSON"),
        (Fault::Stall, "viel stil", "went silent"),
        (Fault::HtmlPage, "een webpagina", "a web page"),
        (Fault::Drip { bytes: 40, pause: Duration::from_millis(100) }, "te traag", "too slowly"),
        (Fault::RedirectLoop, "stuurt telkens door", "keeps sending on"),
    ] {
        let world = World::new();
        let addresses = [world.wfs("/geo/wfs", "bomen"), world.api("/api", "bomen")];
        for (address, part) in addresses.iter().zip([PAGE, ITEMS]) {
            world.services.fault(part, fault.clone(), ALWAYS);
            // A web page where a second page should be may mean that there are none: both ways.
            if matches!(fault, Fault::HtmlPage | Fault::Malformed | Fault::Status(500))
                && part == PAGE
            {
                world.services.fault("count=", fault.clone(), ALWAYS);
            }
            let [nl, en] = world.refusal(address);
            assert!(nl.contains(dutch), "{fault:?}: {nl}");
            assert!(en.contains(english), "{fault:?}: {en}");
            assert!(world.files().is_empty(), "{fault:?}: {:?}", world.files());
            world.services.behave();
            world.good(address);
            let kept = world.files();
            world.services.fault("/", fault.clone(), ALWAYS);
            let opened = world.read(address, Wanted::Newest).unwrap();
            assert_eq!(told(&opened.table), made(layer("bomen"), false));
            let from = opened.from_portal.unwrap();
            assert!(matches!(from.freshness, Freshness::OutOfReach(_)), "{fault:?}");
            assert_eq!(world.files(), kept);
            world.services.behave();
            for path in kept {
                std::fs::remove_file(path).unwrap();
            }
        }
    }
}

#[test]
fn refusals_are_told_in_the_service_s_own_words() {
    let world = World::new();
    let said = "De laag wordt bijgewerkt";
    world.services.lie("request=GetFeature", Lie::Refusal(said));
    let [nl, en] = world.refusal(&world.wfs("/geo/wfs", "wijken"));
    assert!(nl.contains(&format!("begrijpt de vraag niet: “{said}”")), "{nl}");
    assert!(nl.ends_with("Probeer de hele laag, of kijk na wat er in het adres staat"), "{nl}");
    assert!(en.contains(said), "{en}");
    world.services.lie("/items", Lie::Refusal(said));
    let [nl, _] = world.refusal(&world.api("/api", "wijken"));
    assert!(nl.contains(said), "{nl}");
    // By status, in XML.
    let [nl, _] = world
        .refusal(&format!("{}&bbox=1,2,3,4&srsName=EPSG:99999", world.wfs("/geo/wfs", "leeg")));
    assert!(nl.contains(said), "{nl}");
}

#[test]
fn a_layer_that_is_not_there_is_told_with_those_that_are() {
    let world = World::new();
    let [nl, en] = world.refusal(&world.wfs("/geo/wfs", "bos"));
    assert!(nl.contains("De dienst heeft geen laag ‘stad:bos’"), "{nl}");
    assert!(nl.contains("Er is wel stad:bomen, stad:wijken"), "{nl}");
    assert!(en.contains("There is stad:bomen"), "{en}");
    let [nl, _] = world.refusal(&world.api("/api", "bos"));
    assert!(nl.contains("geen laag ‘bos’") && nl.contains("bomen, wijken"), "{nl}");
    // Without its prefix, where one alone is meant.
    let bare = world.wfs("/geo/wfs", "bomen").replace("stad%3A", "");
    assert_eq!(world.good(&bare).0.rows(), 2345);
}

#[test]
fn a_limit_of_downloads_is_obeyed() {
    let world = World::new();
    world.limit(300_000);
    for address in [world.wfs("/geo/wfs", "bomen"), world.api("/api", "bomen")] {
        let [nl, en] = world.refusal(&address);
        assert!(nl.contains("De download is groter dan 300 kB"), "{nl}");
        assert!(nl.contains("Neem alleen wat je nu op de kaart ziet"), "{nl}");
        assert!(en.contains("Take only what is in view"), "{en}");
    }
    world.services.fault("/geo/wfs", Fault::GzipBomb { bytes: 90_000_000 }, ALWAYS);
    world.refusal(&world.wfs("/geo/wfs", "wijken"));
    assert!(world.files().is_empty());
}

#[test]
fn a_fetch_can_be_cancelled_and_tells_how_far_it_is() {
    let world = World::new();
    let address = world.wfs("/geo/wfs", "bomen");
    world.services.fault(PAGE, Fault::Stall, 1);
    let portals = std::sync::Arc::new(world.portals);
    let theirs = std::sync::Arc::clone(&portals);
    let job = Job::start(
        "test",
        || {},
        move |watch| {
            theirs
                .read(&address, Wanted::Newest, &ReadOptions::default(), watch)
                .map(|it| it.table.rows())
        },
    );
    while job.counts() != (1000, 2345) {
        std::thread::sleep(Duration::from_millis(5));
    }
    job.cancel();
    let error = job.wait().unwrap().unwrap_err();
    assert!(error.is_cancelled(), "{error}");
}

#[test]
fn offline_nobody_is_asked() {
    let mut world = World::new();
    world.restart(true);
    let address = world.wfs("/geo/wfs", "bomen");
    let [nl, _] = world.refusal(&address);
    assert!(nl.contains("Je werkt offline"), "{nl}");
    assert!(world.look("/geo/wfs").is_err());
    assert!(world.services.targets().is_empty());
}
