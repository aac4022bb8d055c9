//! A person who cancels does not wait for the portal.

use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use belfort::formats::ReadOptions;
use belfort::jobs::Watch;
use belfort::portal::{Patience, Wanted};

use super::world::{World, patience};
use crate::fake_portal::{ALWAYS, Fault};

const ID: &str = "straten-gent";
const ABOUT: &str = "/catalog/datasets/straten-gent";
const EXPORT: &str = "/catalog/datasets/straten-gent/exports";

/// Patience that outlasts the test.
fn endless() -> Patience {
    Patience {
        silence: Duration::from_hours(1),
        first_wait: Duration::from_hours(1),
        longest_wait: Duration::from_hours(9),
        trickle: 0,
        ..patience()
    }
}

/// Reads until so many requests were made, then cancels.
#[track_caller]
fn ends_when_cancelled(world: &World, requests: usize) {
    let watch = Watch::unwatched();
    let address = world.address(ID);
    std::thread::scope(|scope| {
        let (done, ended) = channel();
        let (mine, portals) = (watch.clone(), &world.portals);
        scope.spawn(move || {
            let read = portals.read(&address, Wanted::Newest, &ReadOptions::default(), &mine);
            done.send(read.map(|opened| opened.table.rows())).unwrap();
        });
        let start = Instant::now();
        while world.portal.requests().len() < requests {
            assert!(start.elapsed() < Duration::from_mins(2), "no {requests} requests");
            std::thread::sleep(Duration::from_millis(5));
        }
        // Long enough to be in the midst of it.
        std::thread::sleep(Duration::from_millis(150));
        assert!(ended.try_recv().is_err(), "too soon");
        watch.cancel();
        let read = ended.recv_timeout(Duration::from_secs(20)).expect("it ends");
        assert!(read.unwrap_err().is_cancelled());
    });
    assert!(world.files().is_empty(), "{:?}", world.files());
}

#[test]
fn while_the_portal_is_silent() {
    for (fault, at, requests) in [
        (Fault::Stall, ABOUT, 1),
        (Fault::Stall, EXPORT, 3),
        (Fault::StallAfter { after: 9_000 }, EXPORT, 3),
        (Fault::Drip { bytes: 50, pause: Duration::from_millis(30) }, EXPORT, 3),
    ] {
        let world = World::patient(endless());
        world.portal.fault(at, fault, ALWAYS);
        ends_when_cancelled(&world, requests);
        // And nobody has to wait for the abandoned question.
        world.portal.clear_faults();
        assert_eq!(world.good(ID, Wanted::Newest).0.rows(), 2931);
    }
}

#[test]
fn between_two_attempts() {
    for fault in [Fault::Status(500), Fault::TooMany { wait: Duration::from_hours(8) }] {
        let world = World::patient(endless());
        world.portal.fault(ABOUT, fault, ALWAYS);
        ends_when_cancelled(&world, 1);
    }
}

/// Three questions at most are under way; the others wait their turn, and can be called off.
#[test]
fn no_more_than_three_at_once_and_who_waits_can_leave() {
    let world = World::patient(endless());
    world.portal.fault("/catalog", Fault::Stall, ALWAYS);
    let watch = Watch::unwatched();
    std::thread::scope(|scope| {
        let ids = world.portal.ids();
        for id in ids.iter().take(8) {
            let (address, watch) = (world.address(id), watch.clone());
            let portals = &world.portals;
            scope.spawn(move || {
                let read = portals.read(&address, Wanted::Newest, &ReadOptions::default(), &watch);
                assert!(read.unwrap_err().is_cancelled());
            });
        }
        let start = Instant::now();
        while world.portal.requests().len() < 3 && start.elapsed() < Duration::from_mins(1) {
            std::thread::sleep(Duration::from_millis(5));
        }
        std::thread::sleep(Duration::from_millis(400));
        assert_eq!((world.portal.most_at_once(), world.portal.requests().len()), (3, 3));
        watch.cancel();
    });
}
