//! Where an image lies: in the file, in a world file, beside it.

use belfort::crs::{Crs, HowFound, LayerCrs};
use belfort::raster::{RasterFile, is_raster};
use image::RgbImage;

use super::make::{Tiff, Value, colour_at, open, placed, placed_in};

fn four_colours(path: &std::path::Path) {
    let mut picture = RgbImage::new(2, 2);
    for (x, y, colour) in
        [(0, 0, [255, 0, 0]), (1, 0, [0, 255, 0]), (0, 1, [0, 0, 255]), (1, 1, [9, 9, 9])]
    {
        picture.put_pixel(x, y, image::Rgb(colour));
    }
    picture.save(path).unwrap();
}

#[test]
fn a_world_file_lays_a_picture_turned_too() {
    let folder = tempfile::tempdir().unwrap();
    // Columns run north, rows east: turned a quarter. Each name there is, in any case.
    let turned = "0\n100\n100\n0\n104050\n194050\n";
    for (picture, world) in [
        ("a.png", "a.pgw"),
        ("b.png", "b.PNGW"),
        ("c.png", "c.wld"),
        ("d.png", "d.pngw"),
        ("e.PNG", "e.PGW"),
    ] {
        let path = folder.path().join(picture);
        four_colours(&path);
        std::fs::write(folder.path().join(world), turned).unwrap();
        assert!(is_raster(&path));
        let placed = placed(&path);
        let crs = placed.crs();
        assert_eq!((crs.crs.code.as_deref(), crs.how), (Some("EPSG:31370"), HowFound::Guess));
        for (at, colour) in [
            ([104_050.0, 194_050.0], [255, 0, 0, 255]),
            ([104_050.0, 194_150.0], [0, 255, 0, 255]),
            ([104_150.0, 194_050.0], [0, 0, 255, 255]),
            ([104_150.0, 194_150.0], [9, 9, 9, 255]),
            // Beside it.
            ([103_990.0, 194_050.0], [0; 4]),
            ([104_210.0, 194_150.0], [0; 4]),
        ] {
            assert_eq!(colour_at(&placed, at), colour, "{picture} {at:?}");
        }
        assert_eq!(placed.raster().file.facts.place_from.as_deref(), Some(world));
    }
    // A JPEG: a grey one, so that it loses next to nothing.
    let path = folder.path().join("f.jpeg");
    image::GrayImage::from_pixel(8, 8, image::Luma([77])).save(&path).unwrap();
    for world in ["f.jgw", "f.jpegw", "f.wld"] {
        let world = folder.path().join(world);
        std::fs::write(&world, "100\n0\n0\n-100\n104050\n194050\n").unwrap();
        let [grey, .., alpha] = colour_at(&placed(&path), [104_300.0, 193_800.0]);
        assert!(grey.abs_diff(77) <= 1 && alpha == 255, "{grey} {alpha}");
        std::fs::remove_file(world).unwrap();
    }
}

#[test]
fn a_prj_or_aux_file_says_the_crs() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.png");
    four_colours(&path);
    std::fs::write(folder.path().join("a.pgw"), "10\n0\n0\n-10\n604050\n694050\n").unwrap();
    let found = |path| RasterFile::open(path).unwrap().crs.unwrap();
    let guessed = found(&path);
    assert_eq!((guessed.crs.code.as_deref(), guessed.how), (Some("EPSG:3812"), HowFound::Guess));
    let prj = Crs::lambert2008().to_esri_wkt().unwrap();
    std::fs::write(folder.path().join("a.prj"), prj).unwrap();
    let told = found(&path);
    assert_eq!((told.crs.code.as_deref(), told.how), (Some("EPSG:3812"), HowFound::Prj));
    let aux = "<PAMDataset><SRS>EPSG:25831</SRS>\
               <GeoTransform>550000,5,0,5650000,0,-5</GeoTransform></PAMDataset>";
    std::fs::write(folder.path().join("a.png.aux.xml"), aux).unwrap();
    let file = RasterFile::open(&path).unwrap();
    let crs = file.crs.unwrap();
    assert_eq!((crs.crs.code.as_deref(), crs.how), (Some("EPSG:25831"), HowFound::File));
    assert_eq!(file.affine.apply([0.0, 0.0]), [550_000.0, 5_650_000.0]);
    // One that cannot be read is told, and the next is asked.
    std::fs::write(folder.path().join("a.png.aux.xml"), "<PAMDataset><SRS>XX[</SRS>").unwrap();
    let file = RasterFile::open(&path).unwrap();
    assert_eq!(file.crs.unwrap().how, HowFound::Prj);
    assert_eq!(file.problems.count("problem-raster-crs-text"), 1);
}

#[test]
fn the_file_itself_says_more() {
    let folder = tempfile::tempdir().unwrap();
    let grey = Tiff::grey(4, 4, vec![50; 16]);
    // A whole matrix, turned by 30 degrees; and a world file that has nothing to say then.
    let (sin, cos) = 30.0_f64.to_radians().sin_cos();
    let matrix = vec![
        10.0 * cos,
        10.0 * sin,
        0.0,
        104_000.0,
        10.0 * sin,
        -10.0 * cos,
        0.0,
        194_000.0,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        1.0,
    ];
    let keys = Value::Shorts(vec![1, 1, 0, 1, 3072, 0, 1, 31_370]);
    let turned = grey.clone().tag(34_264, Value::Doubles(matrix)).tag(34_735, keys.clone());
    let path = turned.write(folder.path(), "a.tif");
    std::fs::write(folder.path().join("a.tfw"), "1\n0\n0\n-1\n0\n0\n").unwrap();
    let file = RasterFile::open(&path).unwrap();
    let [x, y] = file.affine.apply([4.0, 0.0]);
    assert!((x - 104_034.641).abs() < 1e-3 && (y - 194_020.0).abs() < 1e-3, "{x} {y}");
    assert_eq!(file.crs.unwrap().how, HowFound::File);
    assert!(file.affine.is_rotated());

    // Pixels that are points: what is tied is the middle of the first one.
    let points = Value::Shorts(vec![1, 1, 0, 2, 1025, 0, 1, 2, 3072, 0, 1, 31_370]);
    let points = grey.clone().in_lambert72([104_000.0, 194_000.0], 10.0).tag(34_735, points);
    let file = RasterFile::open(&points.write(folder.path(), "b.tif")).unwrap();
    assert_eq!(file.affine.origin, [103_995.0, 194_005.0]);

    // Known places only: laid on them where a plane fits, refused where none does.
    let tie = |column: f64, row: f64, [x, y]: [f64; 2]| vec![column, row, 0.0, x, y, 0.0];
    let place = |column: f64, row: f64| [104_000.0 + 10.0 * column, 194_000.0 - 10.0 * row];
    let corners = [(0.0, 0.0), (4.0, 0.0), (0.0, 4.0), (4.0, 4.0)];
    let ties: Vec<f64> = corners.iter().flat_map(|(c, r)| tie(*c, *r, place(*c, *r))).collect();
    let tied = grey.clone().tag(33_922, Value::Doubles(ties.clone())).tag(34_735, keys.clone());
    let file = RasterFile::open(&tied.write(folder.path(), "c.tif")).unwrap();
    let [x, y] = file.affine.apply([2.0, 2.0]);
    assert!((x - 104_020.0).abs() < 1e-6 && (y - 193_980.0).abs() < 1e-6, "{x} {y}");
    let mut bent = ties;
    bent[3] += 60.0;
    let bent = grey.clone().tag(33_922, Value::Doubles(bent)).tag(34_735, keys);
    let error = RasterFile::open(&bent.write(folder.path(), "d.tif")).unwrap_err();
    assert_eq!(error.what.id, "raster-error-points");
    assert_eq!(error.remedy.unwrap().id, "raster-remedy-warp");
}

#[test]
fn a_crs_of_its_own_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let keys = vec![1, 1, 0, 3, 1024, 0, 1, 1, 1026, 34_737, 9, 0, 3072, 0, 1, 32_767];
    let tiff = Tiff::grey(2, 2, vec![50; 4])
        .in_lambert72([104_000.0, 194_000.0], 10.0)
        .tag(34_735, Value::Shorts(keys))
        .tag(34_737, Value::Text("Stadsnet|"));
    let raster = open(&tiff.write(folder.path(), "a.tif")).unwrap();
    assert_eq!(raster.file.crs, None);
    let problems = raster.problems();
    assert_eq!(problems.count("problem-raster-crs"), 1);
    let text = problems.iter().next().unwrap().text(belfort::i18n::Language::Dutch);
    assert!(text.contains("‘Stadsnet’"), "{text}");
    let chosen = LayerCrs::new(Crs::lambert72(), HowFound::Chosen);
    let placed = placed_in(raster, chosen);
    assert_eq!(colour_at(&placed, [104_010.0, 193_990.0]), [50, 50, 50, 255]);
    // In a system where its numbers are nowhere on Earth.
    let raster = open(&folder.path().join("a.tif")).unwrap();
    let wrong = LayerCrs::new(Crs::wgs84(), HowFound::Chosen);
    let raster = std::sync::Arc::new(raster);
    let error = belfort::raster::PlacedRaster::new(raster, wrong, String::new()).unwrap_err();
    assert_eq!(error.id, "raster-error-outside");
}

#[test]
fn an_image_without_a_place_says_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("foto.png");
    four_colours(&path);
    let error = RasterFile::open(&path).unwrap_err();
    let text = error.text(belfort::i18n::Language::Dutch);
    assert!(text.contains("foto.png") && text.contains(".pgw, .pngw, .wld"), "{text}");
    std::fs::write(folder.path().join("foto.pgw"), "1\n0\nx\n").unwrap();
    let error = RasterFile::open(&path).unwrap_err();
    let text = error.text(belfort::i18n::Language::English);
    assert!(text.contains("foto.pgw") && text.contains("line 3"), "{text}");
    let tiff = Tiff::grey(2, 2, vec![0; 4]).write(folder.path(), "b.tif");
    assert_eq!(RasterFile::open(&tiff).unwrap_err().what.id, "raster-error-nowhere");
    assert!(!is_raster(&folder.path().join("foto.pgw")) && !is_raster(folder.path()));
}
