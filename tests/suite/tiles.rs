//! The tile store against a server of our own on the loopback.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Cursor, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use belfort::i18n::Localized;
use belfort::jobs::{Cancelled, Watch};
use belfort::tiles::{Basemap, Missing, TileId, TileLimits, TileState, TileStore};

/// What the server answers: status, headers, body; and how long it takes.
#[derive(Clone)]
struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    delay: Duration,
}

impl Reply {
    fn new(status: u16, body: Vec<u8>) -> Reply {
        Reply { status, headers: Vec::new(), body, delay: Duration::ZERO }
    }

    fn header(mut self, name: &'static str, value: &str) -> Reply {
        self.headers.push((name, value.to_owned()));
        self
    }
}

/// A request as the server saw it: path, and headers by lower-case name.
#[derive(Clone, Debug)]
struct Request {
    path: String,
    headers: HashMap<String, String>,
}

/// A small HTTP server: answers by a function of the request and its number.
struct Server {
    address: String,
    requests: Arc<Mutex<Vec<Request>>>,
    most_at_once: Arc<AtomicUsize>,
}

impl Server {
    fn start(answer: impl Fn(&Request, usize) -> Reply + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let most_at_once = Arc::new(AtomicUsize::new(0));
        let now = Arc::new(AtomicUsize::new(0));
        let answer = Arc::new(answer);
        let (seen, most) = (Arc::clone(&requests), Arc::clone(&most_at_once));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (seen, most) = (Arc::clone(&seen), Arc::clone(&most));
                let (now, answer) = (Arc::clone(&now), Arc::clone(&answer));
                std::thread::spawn(move || {
                    let Some(request) = read(&stream) else { return };
                    let number = {
                        let mut seen = seen.lock().unwrap();
                        seen.push(request.clone());
                        seen.len() - 1
                    };
                    most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    let reply = answer(&request, number);
                    std::thread::sleep(reply.delay);
                    now.fetch_sub(1, Ordering::SeqCst);
                    write(&stream, &reply);
                });
            }
        });
        Server { address, requests, most_at_once }
    }

    fn basemap(&self) -> Basemap {
        let text = || Localized::same("test");
        Basemap {
            id: "test".to_owned(),
            name: text(),
            url: format!("{}/{{z}}/{{x}}/{{y}}.png", self.address),
            retina_url: None,
            min_zoom: 0,
            levels: Vec::new(),
            servers: Vec::new(),
            deepens: true,
            max_zoom: 19,
            attribution: "test".to_owned(),
            attribution_url: String::new(),
            offline: false,
            terms: text(),
            terms_url: String::new(),
        }
    }

    fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }
}

fn read(stream: &TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let path = line.split(' ').nth(1)?.to_owned();
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim().split_once(':') else { break };
        headers.insert(name.to_lowercase(), value.trim().to_owned());
    }
    Some(Request { path, headers })
}

fn write(mut stream: &TcpStream, reply: &Reply) {
    let mut head = format!("HTTP/1.1 {} -\r\nConnection: close\r\n", reply.status);
    if reply.status != 304 {
        head += &format!("Content-Length: {}\r\n", reply.body.len());
    }
    for (name, value) in &reply.headers {
        head += &format!("{name}: {value}\r\n");
    }
    // The client may be gone.
    let _ = stream.write_all(head.as_bytes());
    let _ = stream.write_all(b"\r\n");
    let _ = stream.write_all(&reply.body);
}

/// A PNG of one colour.
fn png(rgb: [u8; 3]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let picture = image::RgbImage::from_pixel(8, 8, image::Rgb(rgb));
    picture.write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png).unwrap();
    bytes
}

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
    until(&store, &basemap, TILE, |state| {
        matches!(state, TileState::Missing(Missing::NotAPicture(_)))
    });
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
