//! Reading archives, whole and damaged.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use belfort::i18n::Language;
use belfort::jobs::Watch;
use belfort::tiles::archive::{
    Archive, ArchiveForm, Entry, RasterArchive, TileForm, is_archive, tile_id,
};
use belfort::tiles::{LocalTiles, Missing, TileId, TileLimits, TileState, TileStore};
use rusqlite::Connection;

use super::make::{GHENT, colour, gzip, pictures, png, tiles_of};

fn middle(z: u8) -> TileId {
    TileId::at(GHENT.center(), z)
}

#[test]
fn pictures_of_an_archive_are_shown_within_its_levels_and_bounds() {
    let folder = tempfile::tempdir().unwrap();
    let path = pictures(folder.path());
    assert!(is_archive(&path));
    let archive = Arc::new(Archive::open(&path).unwrap());
    let facts = archive.facts();
    assert_eq!((facts.form, facts.tiles), (ArchiveForm::Pmtiles, TileForm::Png));
    assert_eq!((facts.min_zoom, facts.max_zoom), (10, 14));
    assert_eq!((facts.name.as_str(), facts.attribution.as_str()), ("Proefkaart", "© Wij"));
    assert_eq!(facts.attribution_url.as_deref(), Some("https://example.org/wij"));
    assert!((facts.bounds.min_x - GHENT.min_x).abs() < 1e-6, "{:?}", facts.bounds);
    for tile in tiles_of(&GHENT, 10..=14) {
        assert_eq!(archive.tile(tile).unwrap(), Some(png(colour(tile), 256)), "{tile:?}");
    }
    let limits = TileLimits { offline: true, ..TileLimits::default() };
    let store = TileStore::with_limits(folder.path().join("cache"), Arc::new(|| {}), limits);
    let tiles: Arc<dyn LocalTiles> =
        Arc::new(RasterArchive::new(Arc::clone(&archive), "proef".to_owned()));
    let source = belfort::tiles::TileSource::Local(&tiles);
    let outside = TileId::at([4.4, 50.8], 12);
    let asked = [middle(12), middle(9), middle(15), outside];
    let states = store.wait(source, &asked, Duration::from_secs(20), &Watch::unwatched()).unwrap();
    let TileState::Ready(image) = &states[0] else { panic!("{:?}", states[0]) };
    assert_eq!(image.rgba[..3], colour(middle(12)));
    for state in &states[1..] {
        // Beyond the deepest level the map itself enlarges; outside nothing is looked for.
        assert_eq!(*state, TileState::Missing(Missing::NoSuchTile));
    }
}

#[test]
fn a_tile_that_an_archive_lacks_is_cut_out_of_the_larger_one() {
    let folder = tempfile::tempdir().unwrap();
    let gone = middle(13);
    let tiles: Vec<TileId> =
        tiles_of(&GHENT, 10..=13).into_iter().filter(|tile| *tile != gone).collect();
    let path = folder.path().join("gat.pmtiles");
    super::make::archive(&path, TileForm::Png, &tiles, |tile| {
        let mut picture = image::RgbImage::from_pixel(256, 256, image::Rgb(colour(tile)));
        // The quarter at the lower right has a colour of its own.
        for y in 128..256 {
            for x in 128..256 {
                picture.put_pixel(x, y, image::Rgb([1, 2, 3]));
            }
        }
        let mut bytes = Vec::new();
        let mut out = std::io::Cursor::new(&mut bytes);
        picture.write_to(&mut out, image::ImageFormat::Png).unwrap();
        bytes
    });
    let archive = Arc::new(Archive::open(&path).unwrap());
    let image = RasterArchive::new(archive, "gat".to_owned()).make(gone).unwrap();
    let is_lower_right = gone.x % 2 == 1 && gone.y % 2 == 1;
    let expected = if is_lower_right { [1, 2, 3] } else { colour(gone.parent().unwrap()) };
    assert!(image.rgba.chunks(4).all(|pixel| pixel[..3] == expected), "{gone:?}");
}

/// Makes an MBTiles file by SQL, as others do.
fn mbtiles(path: &Path, also: &str) {
    let connection = Connection::open(path).unwrap();
    connection
        .execute_batch(
            "CREATE TABLE metadata (name text, value text);
            CREATE TABLE map (zoom_level integer, tile_column integer, tile_row integer, tile_id text);
            CREATE TABLE images (tile_id text, tile_data blob);
            CREATE VIEW tiles AS SELECT zoom_level, tile_column, tile_row, tile_data
                FROM map JOIN images ON map.tile_id = images.tile_id;
            INSERT INTO metadata VALUES ('name', 'Uit MBTiles'), ('attribution', '&copy; Zij');",
        )
        .unwrap();
    for tile in tiles_of(&GHENT, 11..=13) {
        let row = (1_i64 << tile.z) - 1 - i64::from(tile.y);
        let id = tile_id(tile).to_string();
        let place = rusqlite::params![tile.z, tile.x, row, id];
        connection.execute("INSERT INTO map VALUES (?1, ?2, ?3, ?4)", place).unwrap();
        let data = rusqlite::params![id, png(colour(tile), 8)];
        connection.execute("INSERT INTO images VALUES (?1, ?2)", data).unwrap();
    }
    connection.execute_batch(also).unwrap();
}

#[test]
fn mbtiles_are_read_from_views_with_rows_from_the_south() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kaart.mbtiles");
    mbtiles(&path, "");
    let archive = Archive::open(&path).unwrap();
    let facts = archive.facts();
    assert_eq!((facts.form, facts.tiles), (ArchiveForm::Mbtiles, TileForm::Png));
    assert_eq!((facts.min_zoom, facts.max_zoom), (11, 13));
    assert_eq!((facts.name.as_str(), facts.attribution.as_str()), ("Uit MBTiles", "© Zij"));
    // Nobody says where it is: the tiles do.
    let inside = [GHENT.min_x, GHENT.max_x].iter().all(|x| {
        facts.bounds.min_x <= *x && *x <= facts.bounds.max_x && facts.bounds.width() < 0.3
    });
    assert!(inside, "{:?}", facts.bounds);
    for tile in tiles_of(&GHENT, 11..=13) {
        assert_eq!(archive.tile(tile).unwrap(), Some(png(colour(tile), 8)));
    }
    let before = std::fs::read(&path).unwrap();
    drop(archive);
    assert_eq!(std::fs::read(&path).unwrap(), before, "only read");
}

fn error(path: &Path) -> String {
    let error = Archive::open(path).err().unwrap();
    let text = error.text(Language::English);
    assert!(text.contains(&*path.file_name().unwrap().to_string_lossy()), "{text}");
    assert!(error.remedy.is_some(), "{text}");
    text
}

#[test]
fn what_is_no_archive_is_told_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        assert!(is_archive(&path), "{name}");
        error(&path)
    };
    assert!(write("leeg.pmtiles", b"").contains("empty"));
    assert!(write("web.mbtiles", b"<html>").contains("not a database of SQLite"));
    assert!(write("web.pmtiles", b"<html>").contains("neither PMTiles"));
    assert!(
        write("oud.pmtiles", &[b"PMTiles\x02".as_slice(), &[0; 120]].concat())
            .contains("version 2")
    );
    let damaged = [b"SQLite format 3\0".as_slice(), &[7; 4000]].concat();
    assert!(write("stuk.mbtiles", &damaged).contains("mbtiles"));
    let other = folder.path().join("lagen.mbtiles");
    let connection = Connection::open(&other).unwrap();
    connection.execute_batch("CREATE TABLE gpkg_contents (x)").unwrap();
    drop(connection);
    assert!(error(&other).contains("no table “tiles”"));
    let empty = folder.path().join("geen.mbtiles");
    mbtiles(&empty, "DELETE FROM map;");
    assert!(error(&empty).contains("no tiles"));
    // A view that never ends.
    let endless = folder.path().join("eindeloos.mbtiles");
    mbtiles(
        &endless,
        "DROP VIEW tiles; CREATE VIEW tiles AS WITH RECURSIVE n(i) AS
            (SELECT 1 UNION ALL SELECT i + 1 FROM n)
            SELECT i AS zoom_level, 0 AS tile_column, 0 AS tile_row, NULL AS tile_data FROM n
            WHERE i < 0;",
    );
    assert!(error(&endless).contains("reasonable time"));
}

/// An archive by hand: head, root directory, leaves, tiles.
fn by_hand(root: &[Entry], leaves: &[u8], change: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    let mut directory = Vec::new();
    let push = |out: &mut Vec<u8>, mut value: u64| {
        while value >= 0x80 {
            out.push(u8::try_from(value & 0x7f).unwrap() | 0x80);
            value >>= 7;
        }
        out.push(u8::try_from(value).unwrap());
    };
    push(&mut directory, root.len() as u64);
    let mut before = 0;
    for entry in root {
        push(&mut directory, entry.id - before);
        before = entry.id;
    }
    root.iter().for_each(|entry| push(&mut directory, u64::from(entry.run)));
    root.iter().for_each(|entry| push(&mut directory, u64::from(entry.length)));
    root.iter().for_each(|entry| push(&mut directory, entry.offset + 1));
    let directory = gzip(&directory);
    let tile = png([1, 2, 3], 8);
    let mut file = b"PMTiles\x03".to_vec();
    let mut at = 127_u64;
    for length in [directory.len(), 0, leaves.len(), tile.len()] {
        file.extend(at.to_le_bytes());
        file.extend((length as u64).to_le_bytes());
        at += length as u64;
    }
    file.extend([0; 24]);
    file.extend([1, 2, 1, 2, 0, 14]);
    file.resize(127, 0);
    change(&mut file);
    [file, directory, leaves.to_vec(), tile].concat()
}

#[test]
fn directories_that_lie_or_run_in_circles_are_told_with_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vals.pmtiles");
    let opened = |bytes: Vec<u8>| {
        std::fs::write(&path, bytes).unwrap();
        Archive::open(&path)
    };
    let whole = Entry { id: 0, offset: 0, length: png([1, 2, 3], 8).len() as u32, run: 1 };
    let zero = TileId { z: 0, x: 0, y: 0 };
    let plain = |_: &mut Vec<u8>| {};
    assert_eq!(
        opened(by_hand(&[whole], &[], plain)).unwrap().tile(zero).unwrap(),
        Some(png([1, 2, 3], 8))
    );
    let far = Entry { offset: 1 << 40, ..whole };
    let text = |archive: &Archive| archive.tile(zero).unwrap_err().text(Language::English);
    let archive = opened(by_hand(&[far], &[], plain)).unwrap();
    assert!(text(&archive).contains("points outside"), "{}", text(&archive));
    let long = Entry { length: u32::MAX, ..whole };
    assert!(text(&opened(by_hand(&[long], &[], plain)).unwrap()).contains("points outside"));
    // A leaf that is its own leaf.
    let leaf = gzip(&[1, 0, 0, 30, 1]);
    let circle = Entry { length: leaf.len() as u32, run: 0, ..whole };
    let mut fitted = None;
    for length in 20..60_u8 {
        let leaf = gzip(&[1, 0, 0, length, 1]);
        if leaf.len() == usize::from(length) {
            fitted = Some(leaf);
        }
    }
    let leaf = fitted.unwrap_or(leaf);
    let circle = Entry { length: leaf.len() as u32, ..circle };
    let archive = opened(by_hand(&[circle], &leaf, plain)).unwrap();
    assert!(text(&archive).contains("circle"), "{}", text(&archive));
    // A bomb in place of a directory.
    let bomb = gzip(&vec![0; 64 << 20]);
    let entry = Entry { length: bomb.len() as u32, run: 0, ..whole };
    assert!(text(&opened(by_hand(&[entry], &bomb, plain)).unwrap()).contains("far larger"));
    // A head that lies.
    for (at, bytes, told) in [
        (16, u64::MAX.to_le_bytes().to_vec(), "shorter"),
        (64, (1_u64 << 50).to_le_bytes().to_vec(), "shorter"),
        (100, vec![9, 3], "zoom"),
        (99, vec![9], "kind"),
        (98, vec![4], "zstd"),
        (97, vec![3], "brotli"),
    ] {
        let change = |file: &mut Vec<u8>| file[at..at + bytes.len()].copy_from_slice(&bytes);
        std::fs::write(&path, by_hand(&[whole], &[], change)).unwrap();
        let text = error(&path);
        assert!(text.contains(told), "{at}: {text}");
    }
    // Every byte of a small archive damaged: an error or a tile, and never more.
    let sound = by_hand(&[whole], &[], plain);
    for at in 0..sound.len() {
        for value in [0, 0xff, sound[at] ^ 0x10] {
            let mut damaged = sound.clone();
            damaged[at] = value;
            if let Ok(archive) = opened(damaged) {
                let _ = archive.tile(zero);
            }
        }
        let _ = opened(sound[..at].to_vec()).map(|archive| archive.tile(zero));
    }
}

/// The packages `pmtiles` and `rio-mbtiles` on PyPI read what is written here, and are read here.
#[test]
fn another_implementation_agrees() {
    let folder = tempfile::tempdir().unwrap();
    let path = pictures(folder.path());
    let script = r"
import sys
from pmtiles.reader import Reader, MmapSource, all_tiles
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer
with open(sys.argv[1], 'rb') as f:
    source = MmapSource(f)
    reader = Reader(source)
    head = reader.header()
    assert head['root_length'] + 127 <= 16384 and head['clustered']
    assert head['addressed_tiles_count'] == len(list(all_tiles(source)))
    assert reader.metadata()['name'] == 'Proefkaart'
    tiles = sorted((zxy_to_tileid(*zxy), data) for zxy, data in all_tiles(source))
with open(sys.argv[2], 'wb') as f:
    writer = Writer(f)
    for number, data in tiles:
        writer.write_tile(number, data)
    head = {key: head[key] for key in ('tile_type', 'min_lon_e7', 'min_lat_e7', 'max_lon_e7', 'max_lat_e7')}
    writer.finalize({**head, 'tile_compression': Compression.NONE, 'min_zoom': 10, 'max_zoom': 14,
        'center_zoom': 0, 'center_lon_e7': 0, 'center_lat_e7': 0}, {'name': 'Terug'})
print(len(tiles))
";
    let again = folder.path().join("terug.pmtiles");
    let run = Command::new("python3").arg("-c").arg(script).arg(&path).arg(&again).output();
    let Ok(output) = run else {
        eprintln!("skipped: no python3");
        return;
    };
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    if told.contains("ModuleNotFoundError") {
        eprintln!("skipped: the package pmtiles is not installed");
        return;
    }
    assert!(output.status.success(), "{told}");
    let tiles = tiles_of(&GHENT, 10..=14);
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), tiles.len().to_string());
    let archive = Archive::open(&again).unwrap();
    assert_eq!(archive.facts().name, "Terug");
    for tile in tiles {
        assert_eq!(archive.tile(tile).unwrap(), Some(png(colour(tile), 256)));
    }
}
