//! Taking an area along, against a server that counts.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use belfort::i18n::{Language, Localized};
use belfort::jobs::Watch;
use belfort::network::Network;
use belfort::table::Extent;
use belfort::tiles::archive::{Archive, TileForm};
use belfort::tiles::take::{TakeFrom, Wanted, open_remote, part_of, take};
use belfort::tiles::{Basemap, TileId};

use super::make::{GHENT, archive, colour, png, tiles_of};
use super::served::{Served, part, serve};

/// Bytes that cannot be packed, other ones for each tile.
fn noise(tile: TileId) -> Vec<u8> {
    let mut seed = u64::from(tile.x) << 32 ^ u64::from(tile.y) << 8 ^ u64::from(tile.z);
    let length = 3000 + (tile.x * 7 + tile.y * 13) % 4000;
    let mut bytes = vec![0x89, b'P', b'N', b'G'];
    bytes.extend((0..length).map(|_| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 56) as u8
    }));
    bytes
}

/// A large archive, and the file as bytes.
fn planet(folder: &Path) -> (Arc<Archive>, Vec<u8>) {
    let around = Extent { min_x: 3.4, min_y: 50.9, max_x: 4.0, max_y: 51.2 };
    let path = folder.join("planeet.pmtiles");
    archive(&path, TileForm::Png, &tiles_of(&around, 6..=15), noise);
    let bytes = std::fs::read(&path).unwrap();
    // Its own bounds are Ghent's: what is asked for lies inside.
    (Arc::new(Archive::open(&path).unwrap()), bytes)
}

fn areas() -> Vec<Extent> {
    let area = |column: u8, row: u8| {
        let (x, y) = (3.703 + f64::from(column) * 0.018, 51.042 + f64::from(row) * 0.011);
        Extent { min_x: x, min_y: y, max_x: x + 0.004, max_y: y + 0.003 }
    };
    (0..3).flat_map(|row| (0..3).map(move |column| area(column, row))).collect()
}

#[test]
fn an_extract_asks_for_little_more_than_it_needs_and_goes_on_where_it_was_interrupted() {
    let folder = tempfile::tempdir().unwrap();
    let (source, file) = planet(folder.path());
    let file = Arc::new(file);
    let whole = Arc::clone(&file);
    let server = serve(move |_, range| part(&whole, range));
    let url = format!("{}/planeet.pmtiles", server.address);
    let remote = Arc::new(open_remote(&url, &Network::default()).unwrap());
    let directories = server.bytes.load(Ordering::SeqCst);
    let from = TakeFrom::Archive(remote);
    let wanted = Wanted::of(&from, &areas(), 15).unwrap();
    assert!(wanted.tiles.len() > 20, "{}", wanted.tiles.len());
    let target = folder.path().join("gent.pmtiles");
    let taken = take(&from, &wanted, &target, &Network::default(), &Watch::unwatched()).unwrap();
    assert_eq!((taken.tiles, taken.absent), (wanted.tiles.len() as u64, 0));
    let left: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("part") || name.contains(".tmp"))
        .collect();
    assert!(left.is_empty() && !part_of(&target).exists(), "{left:?}");
    let extract = Archive::open(&target).unwrap();
    let mut needed = 0;
    for tile in &wanted.tiles {
        let bytes = extract.tile(*tile).unwrap().unwrap();
        assert_eq!(Some(&bytes), source.tile(*tile).unwrap().as_ref(), "{tile:?}");
        needed += bytes.len() as u64;
    }
    // All directories are in the first 16 KiB; the metadata are asked for once more.
    let fetched = server.bytes.load(Ordering::SeqCst);
    let of_tiles = fetched - directories;
    assert!(of_tiles as f64 <= 1.1 * needed as f64 + 2000.0, "{of_tiles} for {needed}");
    assert!(fetched < file.len() as u64 / 2, "{fetched} of {}", file.len());
    assert_eq!(extract.facts().attribution, "© Wij");

    // The same, but the server breaks off after each range.
    let left = Arc::new(AtomicUsize::new(usize::MAX));
    let (budget, whole) = (Arc::clone(&left), Arc::clone(&file));
    let breaking = serve(move |_, range| {
        let has = budget.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |it| it.checked_sub(1));
        if has.is_ok() { part(&whole, range) } else { (403, Vec::new(), Vec::new()) }
    });
    let url = format!("{}/planeet.pmtiles", breaking.address);
    let remote = Arc::new(open_remote(&url, &Network::default()).unwrap());
    let from = TakeFrom::Archive(remote);
    let again = folder.path().join("nogmaals.pmtiles");
    let mut interruptions = 0;
    loop {
        left.store(1, Ordering::SeqCst);
        match take(&from, &wanted, &again, &Network::default(), &Watch::unwatched()) {
            Ok(taken) => {
                assert_eq!(taken.tiles, wanted.tiles.len() as u64);
                break;
            }
            Err(error) => {
                assert!(error.text(Language::English).contains("403"), "{error}");
                assert!(!again.exists());
                interruptions += 1;
                assert!(interruptions < 200);
            }
        }
    }
    assert!(interruptions >= 10, "{interruptions}");
    let metadata = |path: &Path| {
        let archive = Archive::open(path).unwrap();
        let bytes: Vec<_> = wanted.tiles.iter().map(|tile| archive.tile(*tile).unwrap()).collect();
        (bytes, archive.facts().bounds, archive.facts().min_zoom, archive.facts().max_zoom)
    };
    assert_eq!(metadata(&again), metadata(&target));
    // But for the address it is from, byte for byte.
    let (a, b) = (std::fs::read(&again).unwrap(), std::fs::read(&target).unwrap());
    assert!(a.len().abs_diff(b.len()) < 64);
}

fn raster(server: &Served, offline: bool) -> Basemap {
    let text = || Localized::same("Proefserver");
    Basemap {
        id: "proef".to_owned(),
        name: text(),
        url: format!("{}/{{z}}/{{x}}/{{y}}.png", server.address),
        retina_url: None,
        min_zoom: 0,
        levels: Vec::new(),
        servers: Vec::new(),
        deepens: true,
        max_zoom: 16,
        attribution: "© Wij & zij".to_owned(),
        attribution_url: "https://example.org/wij".to_owned(),
        offline,
        terms: text(),
        terms_url: "https://example.org/regels".to_owned(),
    }
}

fn tile_of(path: &str) -> Option<TileId> {
    let mut parts = path.trim_end_matches(".png").split('/').skip(1);
    let mut next = || parts.next()?.parse::<u32>().ok();
    Some(TileId { z: u8::try_from(next()?).ok()?, x: next()?, y: next()? })
}

#[test]
fn tiles_of_a_server_are_taken_once_with_pauses_it_asks_for_into_either_kind_of_file() {
    let count = Arc::new(AtomicUsize::new(0));
    let asked = Arc::clone(&count);
    let server = serve(move |path, _| {
        let tile = tile_of(path).unwrap();
        match asked.fetch_add(1, Ordering::SeqCst) {
            3 => (503, vec![("Retry-After", "0".to_owned())], Vec::new()),
            _ if tile.x.is_multiple_of(5) && tile.z == 15 => (404, Vec::new(), Vec::new()),
            _ => (200, Vec::new(), png(colour(tile), 8)),
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let from = TakeFrom::Server(Arc::new(raster(&server, true)));
    let wanted = Wanted::of(&from, &[GHENT], 15).unwrap();
    for name in ["gent.pmtiles", "gent.mbtiles"] {
        let target = folder.path().join(name);
        server.paths.lock().unwrap().clear();
        let taken =
            take(&from, &wanted, &target, &Network::default(), &Watch::unwatched()).unwrap();
        let absent = wanted.tiles.iter().filter(|it| it.x % 5 == 0 && it.z == 15).count() as u64;
        assert_eq!((taken.tiles + taken.absent, taken.absent), (wanted.tiles.len() as u64, absent));
        let requests = server.paths.lock().unwrap().len();
        assert!(requests <= wanted.tiles.len() + 1, "{requests} for {}", wanted.tiles.len());
        let archive = Archive::open(&target).unwrap();
        let facts = archive.facts();
        assert_eq!((facts.min_zoom, facts.max_zoom), (wanted.levels[0], 15));
        assert_eq!(
            (facts.name.as_str(), facts.attribution.as_str()),
            ("Proefserver", "© Wij & zij")
        );
        assert_eq!(facts.attribution_url.as_deref(), Some("https://example.org/wij"));
        for tile in &wanted.tiles {
            let expected = (tile.x % 5 != 0 || tile.z != 15).then(|| png(colour(*tile), 8));
            assert_eq!(archive.tile(*tile).unwrap(), expected, "{tile:?}");
        }
    }
}

#[test]
fn what_a_source_forbids_or_a_person_ends_is_not_taken() {
    let server = serve(|path, _| (200, Vec::new(), png(colour(tile_of(path).unwrap()), 8)));
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("gent.pmtiles");
    let from = TakeFrom::Server(Arc::new(raster(&server, false)));
    let wanted = Wanted::of(&from, &[GHENT], 14).unwrap();
    let error =
        take(&from, &wanted, &target, &Network::default(), &Watch::unwatched()).unwrap_err();
    assert!(error.text(Language::Dutch).contains("https://example.org/regels"), "{error}");
    let from = TakeFrom::Server(Arc::new(raster(&server, true)));
    let watch = Watch::default();
    watch.cancel();
    let error = take(&from, &wanted, &target, &Network::default(), &watch).unwrap_err();
    assert!(error.is_cancelled());
    let offline = Network { offline: true, ..Network::default() };
    let error = take(&from, &wanted, &target, &offline, &Watch::unwatched()).unwrap_err();
    assert!(error.text(Language::English).contains("offline"), "{error}");
    assert!(server.paths.lock().unwrap().is_empty() && !target.exists());
    let html = serve(|_, _| (200, Vec::new(), b"<html>log in</html>".to_vec()));
    let from = TakeFrom::Server(Arc::new(raster(&html, true)));
    let error =
        take(&from, &wanted, &target, &Network::default(), &Watch::unwatched()).unwrap_err();
    assert!(error.text(Language::English).contains("not a tile"), "{error}");
    let world = Extent { min_x: -170.0, min_y: -80.0, max_x: 170.0, max_y: 80.0 };
    let many = Wanted::of(&from, &[world], 16).unwrap_err();
    assert!(many.in_language(Language::Dutch).contains("30"), "{many:?}");
    assert!(Wanted::of(&from, &[], 16).is_err());
    let plain = serve(|_, _| (200, Vec::new(), vec![0; 200]));
    let error = open_remote(&plain.address, &Network::default()).unwrap_err();
    assert!(error.text(Language::English).contains("no parts"), "{error}");
}
