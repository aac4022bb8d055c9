//! GDAL as oracle: what it says of images, and what it makes of them on the map.

use std::path::{Path, PathBuf};
use std::process::Command;

use belfort::raster::{PlacedRaster, RasterFile};
use belfort::table::Extent;
use belfort::tiles::TileId;
use serde_json::Value as Json;

use super::make::{coloured, open, picture, placed, waves};
use crate::support::has_gdal;

/// The corner of the images: Ghent, in Lambert 72.
const CORNER: [f64; 2] = [104_000.0, 194_600.0];

fn run(program: &str, arguments: &[&str], files: &[&Path]) -> Vec<u8> {
    let output = Command::new(program).args(arguments).args(files).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {arguments:?}: {said}");
    output.stdout
}

/// An image in Lambert 72, in the form that GDAL makes with some options.
fn made(folder: &Path, name: &str, options: &[&str]) -> PathBuf {
    let plain = folder.join("from.tif");
    if !plain.exists() {
        coloured(&waves(300, 220)).in_lambert72(CORNER, 4.0).write(folder, "from.tif");
    }
    let path = folder.join(name);
    run("gdal_translate", &[&["-q"], options].concat(), &[&plain, &path]);
    path
}

/// What GDAL draws of an image in a rectangle of Web Mercator.
fn warped(path: &Path, area: &Extent, side: u32, how: &[&str]) -> Vec<[u8; 4]> {
    let out = path.with_extension("warped");
    let number = |number: f64| format!("{number:.9}");
    let [west, south, east, north] = area.as_array().map(number);
    let side = side.to_string();
    let mut arguments = vec!["-q", "-overwrite", "-t_srs", "EPSG:3857", "-et", "0", "-dstalpha"];
    arguments.extend(["-of", "ENVI", "-co", "INTERLEAVE=BIP", "-ts", &side, &side]);
    arguments.extend(["-te", &west, &south, &east, &north]);
    arguments.extend(how);
    run("gdalwarp", &arguments, &[path, &out]);
    let raw = std::fs::read(&out).unwrap();
    let pixels = (side.parse::<usize>().unwrap()).pow(2);
    match raw.len() / pixels {
        2 => raw.as_chunks::<2>().0.iter().map(|[grey, a]| [*grey, *grey, *grey, *a]).collect(),
        4 => raw.as_chunks::<4>().0.to_vec(),
        bands => panic!("{bands} bands"),
    }
}

/// How far two pictures differ where both are opaque: the greatest and the mean difference, and how
/// many pixels are opaque in one of them only.
fn difference(ours: &[[u8; 4]], theirs: &[[u8; 4]]) -> (u8, f64, usize) {
    assert_eq!(ours.len(), theirs.len());
    let (mut greatest, mut sum, mut count, mut alone) = (0, 0.0, 0_u32, 0);
    for (a, b) in ours.iter().zip(theirs) {
        if (a[3] == 255) != (b[3] == 255) {
            alone += 1;
        } else if a[3] == 255 {
            for (a, b) in a.iter().zip(b).take(3) {
                greatest = greatest.max(a.abs_diff(*b));
                sum += f64::from(a.abs_diff(*b));
                count += 1;
            }
        }
    }
    assert!(count > 3000, "both show something: {count}");
    (greatest, sum / f64::from(count), alone)
}

/// How many pixels show something.
fn shown(picture: &[[u8; 4]]) -> usize {
    picture.iter().filter(|pixel| pixel[3] == 255).count()
}

fn tile_of(placed: &PlacedRaster, z: u8) -> Extent {
    TileId::at(placed.extent().center(), z).extent_mercator()
}

/// The forms an image is found in.
const FORMS: [(&str, &[&str]); 14] = [
    ("plain", &[]),
    ("packbits", &["-co", "COMPRESS=PACKBITS"]),
    ("lzw", &["-co", "COMPRESS=LZW", "-co", "BLOCKYSIZE=7"]),
    ("lzw-difference", &["-co", "COMPRESS=LZW", "-co", "PREDICTOR=2", "-co", "TILED=YES"]),
    ("deflate", &["-co", "COMPRESS=DEFLATE", "-co", "BLOCKYSIZE=220"]),
    (
        "small-tiles",
        &[
            "-co",
            "COMPRESS=DEFLATE",
            "-co",
            "TILED=YES",
            "-co",
            "BLOCKXSIZE=64",
            "-co",
            "BLOCKYSIZE=32",
        ],
    ),
    ("bands-apart", &["-co", "INTERLEAVE=BAND", "-co", "COMPRESS=LZW", "-co", "TILED=YES"]),
    ("bands-apart-plain", &["-co", "INTERLEAVE=BAND"]),
    ("jpeg", &["-co", "COMPRESS=JPEG", "-co", "TILED=YES"]),
    ("jpeg-ycbcr", &["-co", "COMPRESS=JPEG", "-co", "PHOTOMETRIC=YCBCR", "-co", "JPEG_QUALITY=90"]),
    ("high-first", &["-co", "ENDIANNESS=BIG", "-co", "COMPRESS=DEFLATE"]),
    ("bigtiff", &["-co", "BIGTIFF=YES", "-co", "TILED=YES", "-co", "ENDIANNESS=BIG"]),
    (
        "sixteen",
        &[
            "-ot",
            "UInt16",
            "-scale",
            "0",
            "255",
            "0",
            "65535",
            "-co",
            "ENDIANNESS=BIG",
            "-co",
            "COMPRESS=DEFLATE",
            "-co",
            "PREDICTOR=2",
        ],
    ),
    (
        "float",
        &[
            "-ot",
            "Float32",
            "-b",
            "1",
            "-co",
            "COMPRESS=DEFLATE",
            "-co",
            "PREDICTOR=3",
            "-co",
            "TILED=YES",
        ],
    ),
];

/// The heads say what `gdalinfo` says, and the pixels are where and what `gdalwarp` has, a level
/// more or less: GDAL rounds otherwise.
#[test]
fn images_of_all_forms_are_what_gdal_has() {
    if !has_gdal() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for (name, options) in FORMS {
        let path = made(folder.path(), &format!("{name}.tif"), options);
        let file = RasterFile::open(&path).unwrap();
        let told: Json = serde_json::from_slice(&run("gdalinfo", &["-json"], &[&path])).unwrap();
        assert_eq!(told["size"][0], file.facts.size[0], "{name}");
        assert_eq!(told["bands"].as_array().unwrap().len(), usize::from(file.facts.bands));
        let numbers = told["geoTransform"].as_array().unwrap().iter();
        let numbers: Vec<f64> = numbers.map(|number| number.as_f64().unwrap()).collect();
        let affine = file.affine;
        assert_eq!([affine.origin[0], affine.column[0], affine.row[0]], numbers[..3], "{name}");
        assert_eq!([affine.origin[1], affine.column[1], affine.row[1]], numbers[3..], "{name}");
        let wkt = told["coordinateSystem"]["wkt"].as_str().unwrap();
        assert!(wkt.trim_end().ends_with("ID[\"EPSG\",31370]]"), "{name}: {wkt}");
        assert_eq!(file.crs.unwrap().crs.code.as_deref(), Some("EPSG:31370"), "{name}");

        let placed = placed(&path);
        let area = tile_of(&placed, 16);
        let ours = picture(&placed, &area, [256, 256]);
        let mut how = vec!["-r", "bilinear"];
        // GDAL stretches nothing: values become levels by its own hand.
        let theirs = match name {
            "sixteen" | "float" => {
                let bytes = path.with_extension("bytes.tif");
                let [low, high] = ["18", "238"];
                let scale = ["-q", "-ot", "Byte", "-scale", low, high, "0", "255"];
                let wide = ["-q", "-ot", "Byte", "-scale", "4626", "61166", "0", "255"];
                run(
                    "gdal_translate",
                    if name == "float" { &scale } else { &wide },
                    &[&path, &bytes],
                );
                warped(&bytes, &area, 256, &how)
            }
            _ => {
                how.extend(["-wo", "NUM_THREADS=1"]);
                warped(&path, &area, 256, &how)
            }
        };
        let (greatest, mean, alone) = difference(&ours, &theirs);
        let limit = if name.starts_with("jpeg") { 4 } else { 2 };
        assert!(greatest <= limit, "{name}: {greatest}, mean {mean}");
        assert!(mean < 0.6, "{name}: mean {mean}");
        assert!(alone < 400, "{name}: {alone} pixels only one of the two shows");
    }
}

/// The same in other systems, and turned.
#[test]
fn images_in_other_systems_are_where_gdal_has_them() {
    if !has_gdal() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let plain = made(folder.path(), "x.tif", &[]);
    for (code, more) in [
        ("EPSG:4326", &[][..]),
        ("EPSG:3857", &[]),
        ("EPSG:3812", &[]),
        ("EPSG:25831", &[]),
        ("EPSG:4258", &["-tr", "0.00005", "0.00003"]),
    ] {
        let path = folder.path().join(format!("{}.tif", code.replace(':', "-")));
        let arguments =
            [&["-q", "-overwrite", "-r", "bilinear", "-dstalpha", "-t_srs", code], more].concat();
        run("gdalwarp", &arguments, &[&plain, &path]);
        let placed = placed(&path);
        let area = tile_of(&placed, 16);
        let ours = picture(&placed, &area, [256, 256]);
        let (greatest, mean, alone) =
            difference(&ours, &warped(&path, &area, 256, &["-r", "bilinear"]));
        assert!(greatest <= 3 && mean < 0.6 && alone < 600, "{code}: {greatest} {mean} {alone}");
    }
    let path = folder.path().join("turned.tif");
    let turned = coloured(&waves(300, 220)).tag(
        34_264,
        super::make::Value::Doubles(vec![
            3.0, 2.0, 0.0, 104_000.0, 2.5, -3.5, 0.0, 194_000.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0,
            1.0,
        ]),
    );
    let keys = super::make::Value::Shorts(vec![1, 1, 0, 2, 1024, 0, 1, 1, 3072, 0, 1, 31_370]);
    std::fs::write(&path, turned.tag(34_735, keys).bytes()).unwrap();
    let placed = placed(&path);
    let area = tile_of(&placed, 16);
    let ours = picture(&placed, &area, [256, 256]);
    let (greatest, mean, alone) =
        difference(&ours, &warped(&path, &area, 256, &["-r", "bilinear"]));
    assert!(greatest <= 2 && mean < 0.6 && alone < 400, "turned: {greatest} {mean} {alone}");
}

/// Far out, a picture is made of smaller copies: of the file's own, of a file beside it, or of those
/// made in memory; the colours are the means that GDAL has.
#[test]
fn far_out_the_mean_is_shown() {
    if !has_gdal() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    coloured(&waves(1500, 1100)).in_lambert72(CORNER, 1.0).write(folder.path(), "from.tif");
    let plain = made(folder.path(), "memory.tif", &["-co", "TILED=YES", "-co", "COMPRESS=LZW"]);
    let within = made(folder.path(), "within.tif", &["-co", "TILED=YES"]);
    run("gdaladdo", &["-q", "-r", "average"], &[&within]);
    let beside = made(folder.path(), "beside.tif", &["-co", "COMPRESS=DEFLATE"]);
    run("gdaladdo", &["-q", "-ro", "-r", "average"], &[&beside]);
    assert!(folder.path().join("beside.tif.ovr").exists());
    let reference = placed(&plain);
    for z in [15, 14, 13] {
        let area = tile_of(&reference, z);
        let theirs = warped(&plain, &area, 256, &["-r", "average", "-ovr", "NONE"]);
        for (name, copies) in [("memory.tif", 0), ("within.tif", 3), ("beside.tif", 3)] {
            let placed = placed(&folder.path().join(name));
            assert_eq!(placed.raster().file.facts.overviews, copies, "{name}");
            let ours = picture(&placed, &area, [256, 256]);
            let (greatest, mean, alone) = difference(&ours, &theirs);
            assert!(mean < 2.5 && alone < 1400, "{name} {z}: {mean} {alone}");
            // At the edges it matters which part of a pixel counts, and GDAL's warper has a seam of one
            // column inside, where it differs from its own neighbours.
            let far = |(a, b): &(&[u8; 4], &[u8; 4])| {
                a[3] == 255 && b[3] == 255 && (0..3).any(|band| a[band].abs_diff(b[band]) > 16)
            };
            let far = ours.iter().zip(&theirs).filter(far).count();
            assert!(far * 50 < shown(&ours), "{name} {z}: {far}, up to {greatest}");
        }
    }
}

/// Where nothing is: nodata, a mask in the file or beside it, blocks left out.
#[test]
fn where_nothing_is_nothing_is_shown() {
    if !has_gdal() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let shared = |placed: &PlacedRaster| {
        let ours = picture(placed, &tile_of(placed, 16), [256, 256]);
        let shown = ours.iter().filter(|[.., alpha]| *alpha > 127).count();
        #[expect(clippy::cast_precision_loss, reason = "a share")]
        let share = shown as f64 / ours.len() as f64;
        share
    };
    // The left half of the image is masked.
    let mask = folder.path().join("mask.tif");
    let half: Vec<u8> = (0..220).flat_map(|_| (0..300).map(|x| u8::from(x >= 150) * 255)).collect();
    let half = super::make::Tiff::grey(300, 220, half).in_lambert72(CORNER, 4.0);
    std::fs::write(&mask, half.bytes()).unwrap();
    let plain = made(folder.path(), "whole.tif", &[]);
    let whole = shared(&placed(&plain));
    let list = folder.path().join("list.vrt");
    run("gdalbuildvrt", &["-q", "-separate"], &[&list, &plain, &mask]);
    for (name, configuration) in [("within", "YES"), ("beside", "NO")] {
        let masked = folder.path().join(format!("{name}.tif"));
        run(
            "gdal_translate",
            &[
                "-q",
                "-b",
                "1",
                "-mask",
                "2",
                "--config",
                "GDAL_TIFF_INTERNAL_MASK",
                configuration,
                "-co",
                "COMPRESS=DEFLATE",
            ],
            &[&list, &masked],
        );
        assert_eq!(folder.path().join(format!("{name}.tif.msk")).exists(), name == "beside");
        let placed = placed(&masked);
        let ours = picture(&placed, &tile_of(&placed, 16), [256, 256]);
        let theirs = warped(&masked, &tile_of(&placed, 16), 256, &["-r", "near"]);
        let (_, _, alone) = difference(&ours, &theirs);
        assert!(alone < 900, "{name}: {alone}");
        let share = shared(&placed) / whole;
        assert!((0.4..0.6).contains(&share), "{name}: {share}");
    }
    // Blocks that GDAL left out because they hold nothing.
    let sparse = folder.path().join("sparse.tif");
    run(
        "gdal_translate",
        &[
            "-q",
            "-b",
            "2",
            "-a_nodata",
            "0",
            "-co",
            "SPARSE_OK=TRUE",
            "-co",
            "TILED=YES",
            "-co",
            "BLOCKXSIZE=16",
            "-co",
            "BLOCKYSIZE=16",
        ],
        &[&list, &sparse],
    );
    let placed = placed(&sparse);
    let share = shared(&placed) / whole;
    assert!((0.4..0.6).contains(&share), "{share}");
    assert!(placed.raster().problems().is_empty(), "{:?}", placed.raster().problems());
    assert!(open(&sparse).unwrap().file.facts.nodata == Some(0.0));
}
