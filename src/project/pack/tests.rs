use std::io::Write;
use std::path::{Path, PathBuf};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{Kept, KeptBasemap, MARK, PackedCopy, is_pack, pack, unpack};
use crate::i18n::Language;
use crate::jobs::Watch;
use crate::project::{Backdrop, Document, Layer, LayerSource, OwnBasemap, open_project};
use crate::table::Extent;
use crate::tiles::archive::Archive;
use crate::tiles::{BASEMAP_NONE, Basemap, TileId, TileStore, WebMap};

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn layer(name: &str, path: &Path) -> Layer {
    let path = path.to_string_lossy().into_owned();
    Layer::new(name, LayerSource { path, ..LayerSource::default() })
}

fn write(path: PathBuf, text: &str) -> PathBuf {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, text).unwrap();
    path
}

#[test]
fn a_pack_opens_elsewhere_with_all_its_files() -> Outcome {
    let folder = tempfile::tempdir()?;
    let root = folder.path();
    let first = write(root.join("a/straten.shp"), "shp");
    for ending in ["dbf", "shx", "prj", "CPG", "shp.xml", "bak"] {
        write(root.join(format!("a/straten.{ending}")), ending);
    }
    let second = write(root.join("b/straten.shp"), "another");
    let copy = write(root.join("kept/00ff.geojson"), "fetched");
    let odd = write(root.join("b/wat? 1:5.csv"), "odd");
    let photo = write(root.join("b/foto.png"), "png");
    write(root.join("b/foto.pgw"), "1");
    let mut fetched = layer("Wijken: Gent", Path::new("portal:gent/wijken"));
    fetched.attribution.licence = "Open".to_owned();
    let layers = vec![
        layer("a", &first),
        layer("b", &second),
        layer("again", &first),
        fetched,
        layer("odd", &odd),
        layer("gone", &root.join("gone.csv")),
    ];
    let backdrops = vec![Backdrop::new("foto", photo.to_string_lossy())];
    let document = Document { title: "Kaart".into(), layers, backdrops, ..Document::default() };
    let copies = vec![PackedCopy {
        address: "portal:gent/wijken".into(),
        path: copy,
        fetched: "2026-11-26".into(),
    }];
    let kept = Kept { copies, ..Kept::default() };
    let watch = Watch::unwatched();
    let out = root.join("kaart.zip");
    let packed = pack(&document, "kaart", &kept, &out, Language::Dutch, &watch)?;
    assert_eq!(packed.problems.count("problem-pack-missing"), 1);
    assert_eq!(packed.files, 11);
    assert!(is_pack(&out) && !is_pack(&first));
    let again = root.join("again.zip");
    pack(&document, "kaart", &kept, &again, Language::Dutch, &watch)?;
    assert_eq!(std::fs::read(&out)?, std::fs::read(&again)?);

    // Elsewhere, and the originals are gone.
    for name in ["a", "b", "kept"] {
        std::fs::remove_dir_all(root.join(name))?;
    }
    let place = root.join("elsewhere");
    let project = unpack(&out, &place, &watch)?;
    let opened = open_project(&project)?;
    let text = |layer: usize| std::fs::read_to_string(&opened.layers[layer].source.path);
    assert_eq!(text(0)?, "shp");
    assert_eq!(text(1)?, "another");
    assert_eq!(text(2)?, "shp");
    assert_eq!(text(3)?, "fetched");
    assert_eq!(text(4)?, "odd");
    assert_eq!(opened.layers[3].others["fetchedFrom"], "portal:gent/wijken");
    assert_eq!(opened.layers[3].attribution.licence, "Open");
    let beside = Path::new(&opened.layers[0].source.path).with_extension("prj");
    assert_eq!(std::fs::read_to_string(beside)?, "prj");
    assert!(!Path::new(&opened.layers[0].source.path).with_extension("bak").exists());
    assert!(Path::new(&opened.backdrops[0].path).with_extension("pgw").is_file());
    let index = std::fs::read_to_string(project.with_file_name("LEESMIJ.txt"))?;
    for part in ["Kaart", "Wijken: Gent", "portal:gent/wijken", "2026-11-26", "sha256:"] {
        assert!(index.contains(part), "{part} in {index}");
    }
    // Opened again it is the one that is there.
    assert_eq!(unpack(&out, &place, &watch)?, project);
    assert_eq!(std::fs::read_dir(&place)?.count(), 1);
    Ok(())
}

/// A .zip of these members.
fn zip_of(path: &Path, members: &[(&str, &[u8])]) -> Outcome {
    let mut zip = ZipWriter::new(std::fs::File::create(path)?);
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default())?;
        zip.write_all(bytes)?;
    }
    zip.finish()?;
    Ok(())
}

#[test]
fn a_hostile_pack_writes_nothing_and_says_why() -> Outcome {
    let folder = tempfile::tempdir()?;
    let place = folder.path().join("in").join("packs");
    let path = folder.path().join("evil.zip");
    let mark: &[u8] = br#"{"belfortPack": 1, "project": "k.belfort.json"}"#;
    let project: &[u8] = br#"{"belfort": 9}"#;
    let watch = Watch::unwatched();
    let names = [
        "../evil.txt",
        "a/../../evil.txt",
        "/evil.txt",
        "C:/evil.txt",
        "a\\..\\evil.txt",
        "\\\\server\\share",
        "nul",
        "data/COM1.txt",
        "trailing.",
        "a/./b:stream",
        "new\nline",
        "",
    ];
    for name in names {
        zip_of(&path, &[(MARK, mark), ("k.belfort.json", project), (name, b"evil")])?;
        let error = unpack(&path, &place, &watch).err().map(|error| error.what.id);
        assert_eq!(error, Some("pack-error-name"), "{name:?}");
    }
    // The project itself elsewhere, or not there.
    let odd: &[u8] = br#"{"belfortPack": 1, "project": "../k.belfort.json"}"#;
    zip_of(&path, &[(MARK, odd), ("k.belfort.json", project)])?;
    assert!(unpack(&path, &place, &watch).is_err());
    zip_of(&path, &[(MARK, mark)])?;
    let error = unpack(&path, &place, &watch).err().map(|error| error.what.id);
    assert_eq!(error, Some("pack-error-no-project"));
    // A link.
    let mut zip = ZipWriter::new(std::fs::File::create(&path)?);
    zip.start_file(MARK, SimpleFileOptions::default())?;
    zip.write_all(mark)?;
    zip.add_symlink("data", "/etc", SimpleFileOptions::default())?;
    zip.finish()?;
    let error = unpack(&path, &place, &watch).err().map(|error| error.what.id);
    assert_eq!(error, Some("pack-error-name"));
    // Cut, and no zip at all.
    zip_of(&path, &[(MARK, mark), ("k.belfort.json", project)])?;
    let whole = std::fs::read(&path)?;
    std::fs::write(&path, &whole[..whole.len() - 30])?;
    assert!(unpack(&path, &place, &watch).is_err());
    std::fs::write(&path, "hello")?;
    assert!(unpack(&path, &place, &watch).is_err() && !is_pack(&path));
    // Nothing was written, not even beside the place.
    let left = std::fs::read_dir(&place).map_or(0, Iterator::count);
    assert_eq!(left, 0);
    assert_eq!(std::fs::read_dir(folder.path())?.count(), 2);
    Ok(())
}

#[test]
fn a_bomb_is_stopped_at_the_limit() -> Outcome {
    let folder = tempfile::tempdir()?;
    let (path, place) = (folder.path().join("bomb.zip"), folder.path().join("packs"));
    let mark: &[u8] = br#"{"belfortPack": 1, "project": "k.belfort.json"}"#;
    let mut zip = ZipWriter::new(std::fs::File::create(&path)?);
    zip.start_file(MARK, SimpleFileOptions::default())?;
    zip.write_all(mark)?;
    let zeros = vec![0; 1 << 20];
    for name in ["k.belfort.json", "data/a"] {
        zip.start_file(name, SimpleFileOptions::default())?;
        for _ in 0..140 {
            zip.write_all(&zeros)?;
        }
    }
    zip.finish()?;
    let error = unpack(&path, &place, &Watch::unwatched()).err().map(|error| error.what.id);
    assert_eq!(error, Some("error-archive-too-big"));
    assert_eq!(std::fs::read_dir(&place)?.count(), 0);
    Ok(())
}

/// A city's own basemap at an address, which allows taking along or not.
fn web_map(offline: bool) -> OwnBasemap {
    let url = "https://tegels.example/{z}/{x}/{y}.png?key=geheim".to_owned();
    let attribution = "© Stad".to_owned();
    let web = WebMap { url, max_zoom: 18, attribution, offline, ..WebMap::default() };
    OwnBasemap { id: "own-1".to_owned(), ..OwnBasemap::of_web("Stad / kaart", web) }
}

/// A file of the cache: a line of facts, then the picture.
fn keep_tile(cache: &Path, map: &Basemap, tile: TileId, url: &str) {
    let png =
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', u8::try_from(tile.x % 251).unwrap()];
    let facts = format!("{{\"url\":\"{url}\"}}\n").into_bytes();
    let folder = cache.join(&map.id).join(tile.z.to_string()).join(tile.x.to_string());
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(tile.y.to_string()), [facts, png.to_vec()].concat()).unwrap();
}

#[test]
fn the_tiles_that_are_kept_come_along_where_the_source_allows_it() -> Outcome {
    let folder = tempfile::tempdir()?;
    let cache = folder.path().join("tiles");
    let ghent = Extent { min_x: 3.70, min_y: 51.03, max_x: 3.75, max_y: 51.07 };
    let own = web_map(true);
    let map = own.web().unwrap().basemap(&own.name);
    let here = TileId::at([3.72, 51.05], 13);
    let parent = here.parent().unwrap();
    let bruges = TileId::at([3.22, 51.21], 13);
    for tile in [here, parent, bruges] {
        let TileId { z, x, y } = tile;
        let url = format!("https://tegels.example/{z}/{x}/{y}.png?key=geheim");
        keep_tile(&cache, &map, tile, &crate::tiles::without_keys(&url));
    }
    // One of another server by the same word is none of it.
    let beside = TileId { x: here.x + 1, ..here };
    keep_tile(&cache, &map, beside, "https://elders.example/1/2/3.png");
    let store = TileStore::new(cache, std::sync::Arc::new(|| {}));
    let watch = Watch::unwatched();
    let gather = |document: &Document| {
        KeptBasemap::gather(document, &store, || vec![ghent], Language::English, &watch)
    };
    let document = |own: OwnBasemap| Document {
        basemap: "own-1".to_owned(),
        basemaps: vec![own],
        ..Document::default()
    };
    let packed_as = |document: &Document, name: &str| -> Result<_, Box<dyn std::error::Error>> {
        let kept = Kept { basemap: gather(document)?, ..Kept::default() };
        let out = folder.path().join(name);
        Ok((pack(document, "kaart", &kept, &out, Language::English, &watch)?, out))
    };
    let allowed = document(own);
    let (packed, out) = packed_as(&allowed, "with.zip")?;
    assert_eq!(packed.files, 1);
    let project = unpack(&out, &folder.path().join("elsewhere"), &watch)?;
    let opened = open_project(&project)?;
    assert_eq!(opened.basemap, "own-2");
    let path = opened.own_basemap("own-2").and_then(OwnBasemap::path).unwrap();
    let archive = Archive::open(Path::new(path))?;
    assert!(archive.tile(here)?.is_some() && archive.tile(parent)?.is_some());
    for other in [bruges, beside] {
        assert_eq!(archive.tile(other)?, None);
    }
    assert!(archive.facts().attribution.contains("© Stad"));
    let told = archive.pmtiles().unwrap().metadata()?.unwrap().to_string();
    assert!(told.contains("tegels.example") && !told.contains("geheim"), "{told}");
    let index = std::fs::read_to_string(project.with_file_name("README.txt"))?;
    assert!(index.contains("Basemap: Stad / kaart, 2 tiles"), "{index}");

    // What forbids it stays where it is, and so does what nothing is kept of; both are told.
    let (packed, out) = packed_as(&document(web_map(false)), "without.zip")?;
    assert_eq!(packed.problems.count("problem-pack-basemap-forbidden"), 1);
    let project = unpack(&out, &folder.path().join("forbidden"), &watch)?;
    assert_eq!(open_project(&project)?.basemap, "own-1");
    let nowhere = || Vec::new();
    let kept = KeptBasemap::gather(&allowed, &store, nowhere, Language::English, &watch)?;
    assert!(matches!(kept, KeptBasemap::Stays("problem-pack-basemap-none", _)));
    let none = Document { basemap: BASEMAP_NONE.to_owned(), ..Document::default() };
    assert!(matches!(gather(&none)?, KeptBasemap::Needless));
    Ok(())
}
