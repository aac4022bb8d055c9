//! Damaged images open or fail; they do not panic, hang or take memory.

use std::path::Path;
use std::sync::Arc;

use belfort::crs::{Crs, HowFound, LayerCrs};
use belfort::jobs::Watch;
use belfort::problem::FileError;
use belfort::raster::{Blocks, PlacedRaster, Raster};
use belfort::table::Extent;

use super::make::{Tiff, Value, coloured, open, picture, waves};

/// Opens an image and has it drawn, from near and from afar.
fn look(path: &Path) -> Result<usize, FileError> {
    let raster = Raster::open(path, &Arc::new(Blocks::new(1 << 20)), &Watch::unwatched())?;
    let crs = raster.file.crs.clone();
    // Transforming is not what is tested, and thousands of images are opened.
    let web = |crs: &LayerCrs| crs.crs.same_as(&Crs::web_mercator());
    let crs = crs.filter(web);
    let crs = crs.unwrap_or_else(|| LayerCrs::new(Crs::web_mercator(), HowFound::Chosen));
    let raster = Arc::new(raster);
    let Ok(placed) = PlacedRaster::new(Arc::clone(&raster), crs, "x".to_owned()) else {
        return Ok(0);
    };
    let mut shown = 0;
    for wider in [0.0, 40.0] {
        let corner = raster.file.affine.apply([0.0, 0.0]);
        let far = raster.file.affine.apply(raster.file.facts.size.map(f64::from));
        let Some(area) = Extent::of_points(&[corner, far]) else { continue };
        let margin = wider * area.width().max(area.height());
        let area = Extent {
            min_x: area.min_x - margin,
            min_y: area.min_y - margin,
            max_x: area.max_x + margin,
            max_y: area.max_y + margin,
        };
        let seen = picture(&placed, &area, [20, 20]);
        shown += seen.iter().filter(|[.., alpha]| *alpha > 0).count();
    }
    for problem in &raster.problems() {
        assert!(!problem.text(belfort::i18n::Language::Dutch).is_empty());
    }
    Ok(shown)
}

fn settle(outcome: Result<usize, FileError>, path: &Path) -> bool {
    match outcome {
        Ok(shown) => shown > 0,
        Err(error) => {
            assert_eq!(error.path, path);
            assert!(!error.to_string().is_empty());
            false
        }
    }
}

/// Small images of several kinds: packed by the crates that write them.
fn seeds(folder: &Path) -> Vec<(&'static str, Vec<u8>)> {
    let small = coloured(&waves(12, 9)).in_lambert72([104_000.0, 194_000.0], 5.0);
    let palette = Tiff::grey(12, 9, vec![0x1b; 54])
        .short(258, 4)
        .short(262, 3)
        .tag(320, Value::Shorts((0..48).map(|n| n * 1300).collect()))
        .tag(42_113, Value::Text("11"))
        .in_lambert72([104_000.0, 194_000.0], 5.0);
    let picture = waves(12, 9);
    let mut jpeg = Vec::new();
    picture.write_to(&mut std::io::Cursor::new(&mut jpeg), image::ImageFormat::Jpeg).unwrap();
    let packed = |compression| {
        use tiff::encoder::{TiffEncoder, colortype};
        let mut bytes = std::io::Cursor::new(Vec::new());
        let mut file = TiffEncoder::new(&mut bytes).unwrap().with_compression(compression);
        let mut image = file.new_image::<colortype::Gray16>(12, 9).unwrap();
        image.rows_per_strip(4).unwrap();
        let encoder = image.encoder();
        let number = tiff::tags::Tag::from_u16_exhaustive;
        encoder.write_tag(number(33_550), &[5.0, 5.0, 0.0][..]).unwrap();
        let ties = [0.0, 0.0, 0.0, 104_000.0, 194_000.0, 0.0];
        encoder.write_tag(number(33_922), &ties[..]).unwrap();
        let data: Vec<u16> = (0..108).map(|n| n * 300).collect();
        image.write_data(&data).unwrap();
        bytes.into_inner()
    };
    let jpeg_in_tiff = Tiff::grey(12, 9, jpeg.clone())
        .tag(258, Value::Shorts(vec![8; 3]))
        .short(277, 3)
        .short(262, 6)
        .short(259, 7)
        .in_lambert72([104_000.0, 194_000.0], 5.0);
    let mut png = Vec::new();
    picture.write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png).unwrap();
    for (name, world) in [("g", "pgw"), ("h", "jgw")] {
        let path = folder.join(name).with_extension(world);
        std::fs::write(path, "5\n0\n0\n-5\n104000\n194000\n").unwrap();
    }
    vec![
        ("a.tif", small.bytes()),
        ("b.tif", palette.bytes()),
        ("c.tif", packed(tiff::encoder::Compression::Lzw)),
        ("d.tif", packed(tiff::encoder::Compression::Deflate(tiff::encoder::DeflateLevel::Fast))),
        ("e.tif", packed(tiff::encoder::Compression::Packbits)),
        ("f.tif", jpeg_in_tiff.bytes()),
        ("g.png", png),
        ("h.jpg", jpeg),
    ]
}

#[test]
fn cut_at_every_byte() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in seeds(folder.path()) {
        let path = folder.path().join(name);
        std::fs::write(&path, &bytes).unwrap();
        assert!(settle(look(&path), &path), "{name} is sound: {:?}", look(&path));
        for end in 0..bytes.len() {
            std::fs::write(&path, &bytes[..end]).unwrap();
            settle(look(&path), &path);
        }
    }
}

#[test]
fn every_byte_changed() {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in seeds(folder.path()) {
        let path = folder.path().join(name);
        let mut shown = 0;
        for at in 0..bytes.len() {
            for change in [0x01, 0x80, 0xff] {
                let mut damaged = bytes.clone();
                damaged[at] ^= change;
                std::fs::write(&path, &damaged).unwrap();
                shown += usize::from(settle(look(&path), &path));
            }
        }
        // PNG has a checksum over nearly all of it.
        assert!(shown > 0, "{name}: the damage ruins all");
    }
}

/// A header in a small file that claims a large image: nothing is reserved for it.
#[test]
fn absurd_sizes_take_no_memory() {
    let folder = tempfile::tempdir().unwrap();
    let side = 60_000;
    let sized =
        |tiff: Tiff| tiff.tag(256, Value::Longs(vec![side])).tag(257, Value::Longs(vec![side]));
    let grey = || Tiff::grey(4, 4, vec![7; 16]).in_lambert72([104_000.0, 194_000.0], 0.1);
    let path = folder.path().join("x.tif");
    let mut refused = 0;
    for compression in [1, 5, 7, 8, 32_773] {
        for rows in [1, 8, 60_000] {
            let tiff = sized(grey()).short(259, compression).tag(278, Value::Longs(vec![rows]));
            std::fs::write(&path, tiff.bytes()).unwrap();
            refused += usize::from(open(&path).is_err());
        }
        let tiles = sized(grey())
            .short(259, compression)
            .tag(322, Value::Longs(vec![side]))
            .tag(323, Value::Longs(vec![side]))
            .tag(324, Value::Longs(vec![8]))
            .tag(325, Value::Longs(vec![16]));
        std::fs::write(&path, tiles.bytes()).unwrap();
        refused += usize::from(open(&path).is_err());
    }
    assert!(refused >= 15, "{refused}");
    // What opens all the same takes no more than the pixels it says it has not.
    let one_strip = sized(grey()).tag(278, Value::Longs(vec![side]));
    std::fs::write(&path, one_strip.bytes()).unwrap();
    if let Ok(raster) = open(&path) {
        assert!(!raster.problems().is_empty());
    }
    let mut png = Vec::new();
    waves(4, 4).write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png).unwrap();
    png[16..20].copy_from_slice(&side.to_be_bytes());
    png[20..24].copy_from_slice(&side.to_be_bytes());
    // Its check sum is right: nothing but the size is wrong.
    let sum = check_sum(&png[12..29]);
    png[29..33].copy_from_slice(&sum.to_be_bytes());
    std::fs::write(folder.path().join("x.png"), png).unwrap();
    std::fs::write(folder.path().join("x.pgw"), "5\n0\n0\n-5\n104000\n194000\n").unwrap();
    let error = open(&folder.path().join("x.png")).unwrap_err();
    assert_eq!(error.what.id, "raster-error-too-large");
}

/// The check sum of a part of a PNG (ISO 15948, annex D).
fn check_sum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 }
        })
    })
}
