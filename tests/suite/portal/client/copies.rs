//! Copies: nothing is fetched twice without need, nothing damaged is shown, nothing lies about twice.

use std::collections::BTreeSet;
use std::fs;

use belfort::network::{Network, Proxy};
use belfort::portal::{Freshness, Wanted};

use super::rows::told;
use super::world::{World, why_kept};
use crate::fake_portal::{Change, Clock, beginning};

const ID: &str = "bloklocaties-gent";

fn paths(world: &World) -> Vec<String> {
    let base = crate::fake_portal::BASE;
    let requests = world.portal.requests();
    requests.iter().map(|it| it.path.replace(&format!("{base}/catalog/datasets/"), "")).collect()
}

#[test]
fn what_has_not_changed_is_asked_about_and_not_fetched() {
    let mut world = World::new();
    let (first, from) = world.good(ID, Wanted::Newest);
    assert_eq!(from.freshness, Freshness::Fetched);
    assert_eq!(
        paths(&world),
        [ID, "bloklocaties-gent/records", "bloklocaties-gent/exports/geojson"]
    );
    world.portal.forget_requests();
    world.restart();
    let (second, from) = world.good(ID, Wanted::Newest);
    assert_eq!(from.freshness, Freshness::Unchanged);
    assert_eq!(paths(&world), [ID]);
    assert_eq!(told(&second), told(&first));
    world.good(ID, Wanted::Kept);
    assert_eq!(paths(&world), [ID], "the copy alone");
    world.portal.change(ID, Change::set(0, "titel", "Een andere naam"));
    let (third, from) = world.good(ID, Wanted::Newest);
    assert_eq!(from.freshness, Freshness::Fetched);
    assert_ne!(told(&third), told(&first));
    assert!(told(&third).iter().any(|row| row.contains("Een andere naam")));
    assert_eq!(world.data().len(), 1);
}

#[test]
fn a_damaged_copy_is_noticed_and_fetched_again() {
    for wanted in [Wanted::Kept, Wanted::Newest] {
        let mut world = World::new();
        let (first, _) = world.good(ID, Wanted::Newest);
        let damages: [fn(&mut Vec<u8>); 3] =
            [|bytes| bytes[300] ^= 1, |bytes| bytes.truncate(300), Vec::clear];
        for damage in damages {
            let path = world.data().remove(0);
            let mut bytes = fs::read(&path).unwrap();
            damage(&mut bytes);
            fs::write(&path, bytes).unwrap();
            world.restart();
            let (again, from) = world.good(ID, wanted);
            assert_eq!(from.freshness, Freshness::Fetched, "{wanted:?}");
            assert_eq!(told(&again), told(&first));
            assert_eq!(world.data().len(), 1, "the damaged one is gone");
        }
        let path = world.data().remove(0);
        fs::remove_file(&path).unwrap();
        assert_eq!(world.good(ID, wanted).1.freshness, Freshness::Fetched, "gone altogether");
        // Damaged, and nobody there: said, not shown.
        let path = world.data().remove(0);
        fs::write(&path, "{}").unwrap();
        world.portal.go_offline();
        let [dutch, english] = world.refusal(ID, wanted);
        assert!(dutch.contains("De kopie op deze computer is beschadigd"), "{dutch}");
        assert!(english.contains("is damaged, and fetching it again failed: 127.0"), "{english}");
    }
}

#[test]
fn the_same_bytes_lie_there_once() {
    let world = World::new();
    // In one order only.
    let narrowed = [
        "stadswijken-gent?where=wijknr+%3D+7",
        "stadswijken-gent?where=wijknr+%3D+7+and+wijknr+%3C+8",
    ];
    for layer in narrowed {
        assert_eq!(world.good(layer, Wanted::Newest).0.rows(), 1);
    }
    assert_eq!((world.data().len(), world.files().len()), (1, 3), "one file, two receipts");
    let copies = world.portals.copies();
    let list = copies.list();
    assert_eq!(list.len(), 2);
    copies.remove(&list[0]).unwrap();
    assert_eq!(world.data().len(), 1, "the other still needs it");
    copies.remove(&list[1]).unwrap();
    assert!(world.files().is_empty());
}

#[test]
fn the_longest_unused_go_first_until_the_rest_has_room() {
    let world = World::new();
    let layers = ["stadswijken-gent", ID, "speelterreinen-gent", "sheep-tracking-gent"];
    for layer in layers {
        world.good(layer, Wanted::Newest);
    }
    let hour = |ago: u64| std::time::SystemTime::now() - std::time::Duration::from_hours(ago);
    for (ago, layer) in (1..).zip(layers) {
        let files = world.files();
        let receipt = files.iter().find(|it| it.ends_with(format!("{layer}.json"))).unwrap();
        let file = fs::File::options().append(true).open(receipt).unwrap();
        file.set_modified(hour(ago)).unwrap();
    }
    let copies = world.portals.copies();
    let names = || {
        let list = copies.list();
        list.iter().map(|copy| copy.receipt.dataset.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(), layers);
    let room: u64 = copies.list().iter().take(2).map(|copy| copy.size).sum();
    let in_use = BTreeSet::from([world.address("sheep-tracking-gent")]);
    // The sheep are on the map: they stay, whatever their age, and take their room.
    let gone = copies.trim(room, &in_use);
    assert!(gone >= 1);
    assert!(names().contains(&"sheep-tracking-gent".to_owned()), "{:?}", names());
    assert!(!names().contains(&"speelterreinen-gent".to_owned()), "{:?}", names());
    assert_eq!(names().len() + gone, 4);
    assert_eq!(world.data().len(), names().len());
    copies.trim(0, &BTreeSet::new());
    assert!(world.files().is_empty());
}

/// What a download that was killed left behind goes with the next cleaning, not with that of others.
#[test]
fn what_was_left_behind_goes() {
    let world = World::new();
    world.good(ID, Wanted::Newest);
    let kept = world.files();
    let data = world.portals.copies().folder().join("data");
    let nobodys = data.join("00");
    fs::create_dir_all(&nobodys).unwrap();
    let day_before = std::time::SystemTime::now() - std::time::Duration::from_hours(30);
    for (path, is_old) in [
        (data.join(".coming-old"), true),
        (data.join(".coming-new"), false),
        (nobodys.join("00ff.geojson"), true),
    ] {
        fs::write(&path, "half").unwrap();
        if is_old {
            fs::File::options().append(true).open(&path).unwrap().set_modified(day_before).unwrap();
        }
    }
    world.portals.copies().trim(u64::MAX, &BTreeSet::new());
    let mut expected = kept;
    expected.insert(data.join(".coming-new"));
    assert_eq!(world.files(), expected);
}

#[test]
fn offline_the_copy_answers() {
    let world = World::new();
    world.portal.set_clock(Clock::At(beginning()));
    let garages = "bezetting-parkeergarages-real-time";
    let (first, _) = world.good(garages, Wanted::Newest);
    world.portal.forget_requests();
    world.portals.set_network(Network { offline: true, proxy: Proxy::None });
    for wanted in [Wanted::Kept, Wanted::Newest] {
        let (again, from) = world.good(garages, wanted);
        assert_eq!(told(&again), told(&first));
        if wanted == Wanted::Newest {
            let [dutch, english] = why_kept(&from);
            assert!(dutch.starts_with("Je werkt offline, dus 127.0.0.1:"), "{dutch}");
            assert!(english.starts_with("You work offline, so 127.0.0.1:"), "{english}");
        }
    }
    let [dutch, english] = world.refusal(ID, Wanted::Kept);
    assert!(dutch.contains("Zet “Offline werken” uit"), "{dutch}");
    assert!(english.contains("Switch off “Work offline”"), "{english}");
    assert!(world.portal.requests().is_empty());
}
