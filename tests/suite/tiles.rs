//! The tile store against a server of our own on the loopback.

use std::io::Cursor;
use std::net::TcpListener;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use belfort::jobs::{Cancelled, Watch};
use belfort::tiles::{Basemap, CachedSource, Missing, TileId, TileLimits, TileState, TileStore};

use crate::tile_server::{Reply, Server, png};

fn store(folder: &Path) -> TileStore {
    let limits = TileLimits {
        first_retry: Duration::from_millis(30),
        last_retry: Duration::from_millis(200),
        ..TileLimits::default()
    };
    TileStore::with_limits(folder.to_owned(), Arc::new(|| {}), limits)
}

const TILE: TileId = TileId { z: 12, x: 2090, y: 1369 };
const PATIENCE: Duration = Duration::from_secs(20);

fn wait_one(store: &TileStore, basemap: &Basemap, tile: TileId) -> TileState {
    store.wait(basemap, &[tile], PATIENCE, &Watch::unwatched()).unwrap().remove(0)
}

#[track_caller]
fn colour(state: &TileState) -> [u8; 3] {
    let TileState::Ready(image) = state else { panic!("no tile: {state:?}") };
    assert_eq!((image.width, image.height, image.rgba.len()), (8, 8, 256));
    [image.rgba[0], image.rgba[1], image.rgba[2]]
}

/// Asks until the state is as wished, as a window does frame by frame.
#[track_caller]
fn until(store: &TileStore, basemap: &Basemap, tile: TileId, wish: impl Fn(&TileState) -> bool) {
    let end = Instant::now() + PATIENCE;
    while Instant::now() < end {
        if wish(&store.get(basemap, tile)) {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("still {:?}", store.get(basemap, tile));
}

#[test]
fn a_tile_is_fetched_once_and_kept_on_disk_as_long_as_the_server_says() {
    let server = Server::start(|_, _| {
        Reply::new(200, png([10, 20, 30])).header("Cache-Control", "max-age=3600")
    });
    let folder = tempfile::tempdir().unwrap();
    let basemap = server.basemap();
    {
        let store = store(folder.path());
        assert_eq!(store.get(&basemap, TILE), TileState::Loading);
        assert_eq!(colour(&wait_one(&store, &basemap, TILE)), [10, 20, 30]);
        assert_eq!(colour(&store.get(&basemap, TILE)), [10, 20, 30]);
        assert_eq!(store.activity().loading, 0);
    }
    // Another day, the same cache: no question asked.
    let store = store(folder.path());
    assert_eq!(colour(&wait_one(&store, &basemap, TILE)), [10, 20, 30]);
    let requests = server.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0].path, "/12/2090/1369.png");
    let agent = &requests[0].headers["user-agent"];
    assert!(agent.starts_with(concat!("Belfort/", env!("CARGO_PKG_VERSION"))), "{agent}");
}

#[test]
fn a_stale_tile_is_asked_after_and_renewed_by_304() {
    let server = Server::start(|request, _| {
        if request.headers.get("if-none-match").is_some_and(|tag| tag == "\"v1\"") {
            Reply::new(304, Vec::new()).header("Cache-Control", "max-age=3600")
        } else {
            Reply::new(200, png([1, 2, 3]))
                .header("Cache-Control", "max-age=0")
                .header("ETag", "\"v1\"")
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let basemap = server.basemap();
    for _ in 0..3 {
        assert_eq!(colour(&wait_one(&store(folder.path()), &basemap, TILE)), [1, 2, 3]);
    }
    // The first time 200, the second 304, and by then it is fresh.
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn without_a_server_stale_tiles_are_shown_and_missing_ones_say_why() {
    let folder = tempfile::tempdir().unwrap();
    let basemap = {
        let server = Server::start(|_, _| {
            Reply::new(200, png([7, 8, 9])).header("Cache-Control", "no-cache")
        });
        let basemap = server.basemap();
        assert_eq!(colour(&wait_one(&store(folder.path()), &basemap, TILE)), [7, 8, 9]);
        basemap
    };
    // A port where nobody listens, in the place of the server: move the cache to its address.
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let elsewhere =
        Basemap { url: format!("http://{gone}/{{z}}/{{x}}/{{y}}.png"), ..basemap.clone() };
    let file = folder.path().join("test/12/2090/1369");
    let kept = std::fs::read(&file).unwrap();
    let end = kept.iter().position(|byte| *byte == b'\n').unwrap();
    let facts = String::from_utf8(kept[..end].to_vec()).unwrap();
    let old = basemap.url.split("/{z}").next().unwrap();
    let moved = facts.replace(old, &format!("http://{gone}"));
    std::fs::write(&file, [moved.as_bytes(), &kept[end..]].concat()).unwrap();

    let store = store(folder.path());
    assert_eq!(colour(&wait_one(&store, &elsewhere, TILE)), [7, 8, 9]);
    let neighbour = TileId { x: TILE.x + 1, ..TILE };
    let state = wait_one(&store, &elsewhere, neighbour);
    let TileState::Missing(why @ Missing::Unreachable(_)) = &state else { panic!("{state:?}") };
    assert!(why.is_temporary());
}

#[test]
fn what_the_server_has_not_is_not_asked_for_again() {
    let server = Server::start(|_, _| Reply::new(404, b"no".to_vec()));
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    let basemap = server.basemap();
    assert_eq!(wait_one(&store, &basemap, TILE), TileState::Missing(Missing::NoSuchTile));
    for _ in 0..30 {
        assert_eq!(store.get(&basemap, TILE), TileState::Missing(Missing::NoSuchTile));
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(server.requests().len(), 1);
    // Outside the basemap's levels nobody is asked at all.
    let deep = TileId { z: 20, x: 0, y: 0 };
    assert_eq!(store.get(&basemap, deep), TileState::Missing(Missing::NoSuchTile));
    assert_eq!(store.activity().loading, 0);
}

#[test]
fn errors_and_garbage_are_tried_again_until_they_are_over() {
    let server = Server::start(|_, number| match number {
        0 => Reply::new(500, Vec::new()),
        1 => Reply::new(200, b"<html>please log in</html>".to_vec()),
        2 => Reply::new(503, Vec::new()),
        _ => Reply::new(200, png([5, 5, 5])).header("Cache-Control", "max-age=60"),
    });
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    let basemap = server.basemap();
    assert_eq!(wait_one(&store, &basemap, TILE), TileState::Missing(Missing::Refused(500)));
    until(&store, &basemap, TILE, |state| *state == TileState::Missing(Missing::Page));
    until(&store, &basemap, TILE, |state| *state == TileState::Missing(Missing::Refused(503)));
    until(&store, &basemap, TILE, |state| matches!(state, TileState::Ready(_)));
    assert_eq!(server.requests().len(), 4);
}

#[test]
fn a_failed_tile_comes_back_by_itself_and_wakes_the_window() {
    let server = Server::start(|_, number| {
        if number == 0 { Reply::new(502, Vec::new()) } else { Reply::new(200, png([1, 1, 1])) }
    });
    let folder = tempfile::tempdir().unwrap();
    let (sender, woken) = std::sync::mpsc::channel();
    let sender = Mutex::new(sender);
    let limits = TileLimits { first_retry: Duration::from_millis(30), ..TileLimits::default() };
    let wake = Arc::new(move || sender.lock().unwrap().send(()).unwrap_or_default());
    let store = TileStore::with_limits(folder.path().to_owned(), wake, limits);
    let basemap = server.basemap();
    // Asked once; the window then sleeps until it is woken.
    assert_eq!(store.get(&basemap, TILE), TileState::Loading);
    woken.recv_timeout(PATIENCE).unwrap();
    assert_eq!(store.get(&basemap, TILE), TileState::Missing(Missing::Refused(502)));
    woken.recv_timeout(PATIENCE).unwrap();
    assert!(matches!(store.get(&basemap, TILE), TileState::Ready(_)));
}

#[test]
fn few_downloads_at_once_the_latest_look_first_and_what_left_the_view_never() {
    let server = Server::start(|_, _| Reply {
        delay: Duration::from_millis(400),
        ..Reply::new(200, png([0, 0, 0]))
    });
    let folder = tempfile::tempdir().unwrap();
    let limits = TileLimits { downloads: 3, ..TileLimits::default() };
    let store = TileStore::with_limits(folder.path().to_owned(), Arc::new(|| {}), limits);
    let basemap = server.basemap();
    let old: Vec<TileId> = (0..9).map(|x| TileId { z: 10, x, y: 1 }).collect();
    let new: Vec<TileId> = (0..4).map(|x| TileId { z: 11, x, y: 2 }).collect();
    for tile in &old {
        store.get(&basemap, *tile);
    }
    std::thread::sleep(Duration::from_millis(50));
    // The person zooms in: the old tiles are no longer asked for.
    let states = store.wait(&basemap, &new, PATIENCE, &Watch::unwatched()).unwrap();
    assert!(states.iter().all(|state| matches!(state, TileState::Ready(_))));
    std::thread::sleep(Duration::from_millis(1200));
    let new_again = store.wait(&basemap, &new, PATIENCE, &Watch::unwatched()).unwrap();
    assert_eq!(new_again.len(), 4);
    let paths: Vec<String> = server.requests().into_iter().map(|request| request.path).collect();
    assert!(server.most_at_once.load(Ordering::SeqCst) <= 3);
    let first_new = paths.iter().position(|path| path.starts_with("/11/")).unwrap();
    assert!(first_new <= 3, "{paths:?}");
    let last_new = paths.iter().rposition(|path| path.starts_with("/11/")).unwrap();
    let old_before = paths[..last_new].iter().filter(|path| path.starts_with("/10/")).count();
    // One more worker may have been free when the last new one was taken.
    assert!(old_before <= 5, "{paths:?}");
    let old_in_all = paths.iter().filter(|path| path.starts_with("/10/")).count();
    assert!(old_in_all < old.len(), "{paths:?}");
}

#[test]
fn a_wait_ends_when_cancelled_or_out_of_time() {
    let server = Server::start(|_, _| Reply {
        delay: Duration::from_secs(3),
        ..Reply::new(200, png([0, 0, 0]))
    });
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    let basemap = server.basemap();
    let short = Duration::from_millis(50);
    let states = store.wait(&basemap, &[TILE], short, &Watch::unwatched()).unwrap();
    assert_eq!(states, [TileState::Loading]);
    let watch = Watch::unwatched();
    watch.cancel();
    assert_eq!(store.wait(&basemap, &[TILE], PATIENCE, &watch), Err(Cancelled));
}

#[test]
fn what_may_not_be_stored_is_not_written() {
    let server =
        Server::start(|_, _| Reply::new(200, png([4, 4, 4])).header("Cache-Control", "no-store"));
    let folder = tempfile::tempdir().unwrap();
    let basemap = server.basemap();
    assert_eq!(colour(&wait_one(&store(folder.path()), &basemap, TILE)), [4, 4, 4]);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_picture_too_large_for_a_tile_is_refused() {
    let server = Server::start(|_, _| {
        let mut bytes = Vec::new();
        let wide = image::GrayImage::new(6000, 1);
        wide.write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png).unwrap();
        Reply::new(200, bytes)
    });
    let folder = tempfile::tempdir().unwrap();
    let state = wait_one(&store(folder.path()), &server.basemap(), TILE);
    assert!(matches!(state, TileState::Missing(Missing::NotAPicture(_))), "{state:?}");
}

#[test]
fn what_is_forbidden_is_asked_for_again_only_by_a_person() {
    let server = Server::start(|_, number| {
        if number == 0 { Reply::new(403, Vec::new()) } else { Reply::new(200, png([3, 3, 3])) }
    });
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    let basemap = server.basemap();
    let forbidden = TileState::Missing(Missing::Refused(403));
    assert_eq!(wait_one(&store, &basemap, TILE), forbidden);
    // Far longer than the pauses after other failures.
    for _ in 0..60 {
        assert_eq!(store.get(&basemap, TILE), forbidden);
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(server.requests().len(), 1);
    store.try_again();
    assert_eq!(colour(&wait_one(&store, &basemap, TILE)), [3, 3, 3]);
}

#[test]
fn a_server_that_fails_twice_is_asked_a_third_time() {
    let server = Server::start(|_, number| {
        if number < 2 { Reply::new(500, Vec::new()) } else { Reply::new(200, png([2, 4, 6])) }
    });
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    let basemap = server.basemap();
    until(&store, &basemap, TILE, |state| matches!(state, TileState::Ready(_)));
    assert_eq!(server.requests().len(), 3);
}

#[test]
fn a_server_that_asks_for_time_gets_it() {
    let first = Arc::new(Mutex::new(None));
    let seen = Arc::clone(&first);
    let server = Server::start(move |_, number| {
        if number == 0 {
            *seen.lock().unwrap() = Some(Instant::now());
            Reply::new(503, Vec::new()).header("Retry-After", "1")
        } else {
            let since = seen.lock().unwrap().unwrap().elapsed();
            let is_early = since < Duration::from_millis(950);
            Reply::new(200, png(if is_early { [9, 0, 0] } else { [0, 9, 0] }))
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    let basemap = server.basemap();
    assert_eq!(wait_one(&store, &basemap, TILE), TileState::Missing(Missing::Refused(503)));
    // Not even a person hurries it.
    store.try_again();
    assert_eq!(wait_one(&store, &basemap, TILE), TileState::Missing(Missing::Refused(503)));
    until(&store, &basemap, TILE, |state| matches!(state, TileState::Ready(_)));
    assert_eq!(colour(&store.get(&basemap, TILE)), [0, 9, 0]);
}

#[test]
fn offline_nobody_is_asked_and_what_is_kept_is_given() {
    let server =
        Server::start(|_, _| Reply::new(200, png([8, 8, 8])).header("Cache-Control", "max-age=0"));
    let folder = tempfile::tempdir().unwrap();
    let basemap = server.basemap();
    assert_eq!(colour(&wait_one(&store(folder.path()), &basemap, TILE)), [8, 8, 8]);
    let limits = TileLimits { offline: true, ..TileLimits::default() };
    let store = TileStore::with_limits(folder.path().to_owned(), Arc::new(|| {}), limits);
    let neighbour = TileId { x: TILE.x + 1, ..TILE };
    assert!(store.kept(&basemap, TILE).is_some() && store.kept(&basemap, neighbour).is_none());
    assert_eq!(colour(&wait_one(&store, &basemap, TILE)), [8, 8, 8]);
    assert_eq!(wait_one(&store, &basemap, neighbour), TileState::Missing(Missing::Offline));
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn tiles_of_twice_the_size_are_others_in_memory_and_on_disk() {
    let server = Server::start(|request, _| {
        let is_fine = request.path.ends_with("@2x.png");
        let body = png(if is_fine { [2, 2, 2] } else { [1, 1, 1] });
        Reply::new(200, body).header("Cache-Control", "max-age=3600")
    });
    let folder = tempfile::tempdir().unwrap();
    let retina_url = Some(format!("{}/{{z}}/{{x}}/{{y}}@2x.png", server.address));
    let plain = Basemap { retina_url, ..server.basemap() };
    let fine = plain.retina().unwrap();
    for _ in 0..2 {
        let store = store(folder.path());
        assert_eq!(colour(&wait_one(&store, &plain, TILE)), [1, 1, 1]);
        assert_eq!(colour(&wait_one(&store, &fine, TILE)), [2, 2, 2]);
    }
    let paths: Vec<String> = server.requests().into_iter().map(|request| request.path).collect();
    assert_eq!(paths, ["/12/2090/1369.png", "/12/2090/1369@2x.png"]);
}

#[test]
fn pauses_grow_with_each_failure_and_end_with_the_first_tile() {
    let server = Server::start(|_, number| {
        if number < 5 { Reply::new(500, Vec::new()) } else { Reply::new(200, png([6, 6, 6])) }
    });
    let folder = tempfile::tempdir().unwrap();
    let limits = TileLimits {
        first_retry: Duration::from_millis(60),
        last_retry: Duration::from_millis(300),
        ..TileLimits::default()
    };
    let store = TileStore::with_limits(folder.path().to_owned(), Arc::new(|| {}), limits);
    let basemap = server.basemap();
    until(&store, &basemap, TILE, |state| matches!(state, TileState::Ready(_)));
    let at: Vec<Instant> = server.requests().iter().map(|request| request.at).collect();
    assert_eq!(at.len(), 6);
    // Half of each pause is left to chance; a slow machine only makes them longer.
    for (pair, pause) in at.windows(2).zip([60, 120, 240, 300, 300]) {
        let between = pair[1].duration_since(pair[0]);
        assert!(between >= Duration::from_millis(pause / 2), "{between:?} for {pause}");
    }
    for _ in 0..40 {
        store.get(&basemap, TILE);
        std::thread::sleep(Duration::from_millis(5));
    }
    assert_eq!(server.requests().len(), 6, "what is there is not asked for again");
}

#[test]
fn too_many_leaves_the_whole_server_alone_for_as_long_as_it_says() {
    let server = Server::start(|_, number| {
        if number == 0 {
            Reply::new(429, Vec::new()).header("Retry-After", "1")
        } else {
            Reply::new(200, png([7, 7, 7]))
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    let basemap = server.basemap();
    let state = wait_one(&store, &basemap, TILE);
    assert_eq!(state, TileState::Missing(Missing::Refused(429)));
    let TileState::Missing(why) = state else { return };
    assert!(why.is_temporary() && why.is_retried());
    // Its other tiles are not asked for either.
    let neighbour = TileId { x: TILE.x + 1, ..TILE };
    assert_eq!(wait_one(&store, &basemap, neighbour), TileState::Missing(Missing::Refused(429)));
    until(&store, &basemap, neighbour, |state| matches!(state, TileState::Ready(_)));
    let requests = server.requests();
    let pause = requests[1].at.duration_since(requests[0].at);
    assert!(pause >= Duration::from_millis(950), "{pause:?}");
}

#[test]
fn what_came_instead_of_a_picture_is_told() {
    let server = Server::start(|request, _| {
        let body: &[u8] = if request.path.starts_with("/12/") {
            b"<?xml version='1.0'?><ServiceExceptionReport version='1.3.0'>
              <ServiceException code='LayerNotDefined'>Geen laag x?token=abc</ServiceException>
              </ServiceExceptionReport>"
        } else {
            b"\n<!DOCTYPE html><html><body>Log in</body></html>"
        };
        Reply::new(200, body.to_vec()).header("Content-Type", "image/png")
    });
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    let basemap = server.basemap();
    let state = wait_one(&store, &basemap, TILE);
    let told = Missing::Told("Geen laag x?token=…".to_owned());
    assert_eq!(state, TileState::Missing(told));
    let other = TileId { z: 3, x: 4, y: 2 };
    assert_eq!(wait_one(&store, &basemap, other), TileState::Missing(Missing::Page));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing of it is kept");
}

#[test]
fn sources_are_counted_and_cleared_one_by_one_and_what_is_shown_stays() {
    let server = Server::start(|_, _| Reply::new(200, png([1, 2, 3])));
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    let one = server.basemap();
    let other = Basemap { id: "web-00".to_owned(), ..one.clone() };
    let retina_url = Some(format!("{}/{{z}}/{{x}}/{{y}}@2x.png", server.address));
    let fine = Basemap { retina_url, ..one.clone() }.retina().unwrap();
    for (basemap, count) in [(&one, 3), (&other, 2), (&fine, 1)] {
        for x in 0..count {
            colour(&wait_one(&store, basemap, TileId { x: TILE.x + x, ..TILE }));
        }
    }
    let watch = Watch::unwatched();
    let found = store.cached_sources(&watch).unwrap();
    let told: Vec<(&str, u64)> = found.iter().map(|it| (it.name.as_str(), it.tiles)).collect();
    assert_eq!(told, [("test", 4), ("web-00", 2)]);
    assert!(server.address.ends_with(&found[0].server), "{found:?}");
    assert_eq!(CachedSource::name_of(&fine.id), "test");
    assert_eq!(store.empty_source("test", &watch), Ok(found[0].bytes));
    assert_eq!(store.cached_sources(&watch).unwrap(), found[1..]);
    assert!(matches!(store.get(&one, TILE), TileState::Ready(_)), "memory has it still");
    assert_eq!(store.empty_cache(&watch), Ok(found[1].bytes));
    assert_eq!(store.cached_sources(&watch).unwrap(), []);
}

#[test]
fn a_key_is_sent_and_written_nowhere() {
    let server =
        Server::start(|_, _| Reply::new(200, png([3, 2, 1])).header("Cache-Control", "max-age=99"));
    let folder = tempfile::tempdir().unwrap();
    let url = |key: &str| format!("{}/{{z}}/{{x}}/{{y}}.png?apikey={key}", server.address);
    let basemap = Basemap { url: url("geheim"), ..server.basemap() };
    colour(&wait_one(&store(folder.path()), &basemap, TILE));
    assert_eq!(server.paths(), ["/12/2090/1369.png?apikey=geheim"]);
    let kept = std::fs::read(folder.path().join("test/12/2090/1369")).unwrap();
    assert!(!String::from_utf8_lossy(&kept).contains("geheim"));
    // Another key, the same tile: nothing is asked.
    let other = Basemap { url: url("nieuw"), ..basemap };
    colour(&wait_one(&store(folder.path()), &other, TILE));
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_source_has_its_levels_its_rows_and_its_servers() {
    let server = Server::start(|_, _| Reply::new(200, png([9, 9, 9])));
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    // Servers that take turns, and rows from the south: 4095 - 1369 = 2726.
    let turns = Basemap {
        url: format!("{}/{{s}}/{{z}}/{{x}}/{{-y}}.png", server.address),
        servers: vec!["a".to_owned(), "b".to_owned()],
        min_zoom: 12,
        ..server.basemap()
    };
    colour(&wait_one(&store, &turns, TILE));
    colour(&wait_one(&store, &turns, TileId { x: 2091, ..TILE }));
    let above = TILE.parent().unwrap();
    assert_eq!(store.get(&turns, above), TileState::Missing(Missing::NoSuchTile));
    assert_eq!(server.paths(), ["/b/12/2090/2726.png", "/a/12/2091/2726.png"]);
}
