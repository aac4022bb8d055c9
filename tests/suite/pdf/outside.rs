//! What other programs find in the files: Poppler, qpdf and GDAL.

use std::path::Path;
use std::process::Command;

use belfort::crs::{Crs, Transformer};
use belfort::jobs::Watch;
use belfort::page::{PdfPage, render};

use super::sample::{MAP, TEXTS, info, page, sheet, viewport};
use super::written;
use crate::pictures::differing;
use crate::support::has_gdal;

/// Whether a program can be run; says so where it cannot.
fn has(program: &str, package: &str) -> bool {
    let found = Command::new(program).arg("--version").output().is_ok();
    if !found {
        eprintln!("skipped: {program} ({package}) is not installed");
    }
    found
}

/// What a program says about a file; it must succeed.
fn said(program: &str, arguments: &[&str], file: &Path) -> String {
    let output = Command::new(program).args(arguments).arg(file).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && errors.is_empty(), "{program}: {out}{errors}");
    out
}

fn saved(folder: &Path) -> std::path::PathBuf {
    let page = page(1.0);
    let path = folder.join("sheet.pdf");
    std::fs::write(&path, written(&[sheet(&page), PdfPage::new(&page)], &info())).unwrap();
    path
}

#[test]
fn qpdf_finds_nothing_wrong() {
    if !has("qpdf", "qpdf") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let found = said("qpdf", &["--check"], &saved(folder.path()));
    assert!(found.contains("No syntax or stream encoding errors found"), "{found}");
}

#[test]
fn poppler_finds_texts_fonts_size_and_title() {
    if !has("pdfinfo", "poppler-utils") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path());
    let about = said("pdfinfo", &["-enc", "UTF-8"], &path);
    let of = |key: &str| {
        let line = about.lines().find(|line| line.starts_with(key)).unwrap_or_default();
        line.split_once(':').map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    };
    assert_eq!(of("Title"), info().title);
    assert_eq!(of("Author"), info().author);
    assert_eq!(of("Tagged"), "yes");
    let size: Vec<f64> = of("Page size").split(' ').filter_map(|word| word.parse().ok()).collect();
    assert!((size[0] * 25.4 / 72.0 - 210.0).abs() < 0.01, "{size:?}");
    assert!((size[1] * 25.4 / 72.0 - 297.0).abs() < 0.01, "{size:?}");

    let fonts = said("pdffonts", &[], &path);
    let fonts: Vec<&str> = fonts.lines().skip(2).collect();
    assert_eq!(fonts.len(), 2, "{fonts:?}");
    for font in fonts {
        assert!(font.contains("Identity-H") && font.contains("yes yes yes"), "{font}");
    }

    let text = said("pdftotext", &["-enc", "UTF-8", "-l", "1"], &{
        // pdftotext writes beside the file unless told where.
        path.clone()
    });
    assert!(text.is_empty());
    let text = std::fs::read_to_string(path.with_extension("txt")).unwrap();
    let text = text.replace('\u{a0}', " ");
    for said in [TEXTS[0], TEXTS[1], "café à l'œuvre → Łódź", TEXTS[3], "Bron: Stad Gent 2026"]
    {
        assert!(
            text.contains(said) || text.contains(&said.replace('é', "e\u{301}")),
            "{said}: {text}"
        );
    }
    assert!(text.contains("Brusselsesteenweg"), "along a curve: {text}");
}

#[test]
fn poppler_draws_what_our_own_painter_draws() {
    if !has("pdftoppm", "poppler-utils") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for unit in [1.0, 25.4 / 96.0] {
        let page = page(unit);
        let path = folder.path().join("sheet.pdf");
        std::fs::write(&path, written(&[PdfPage::new(&page)], &info())).unwrap();
        let picture = folder.path().join("sheet");
        let output = Command::new("pdftoppm")
            .args(["-r", "100", "-png", "-singlefile"])
            .args([&path, &picture])
            .output()
            .unwrap();
        assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
        let mut theirs = image::open(picture.with_extension("png")).unwrap().into_rgba8();
        let ours = render(&page, 100.0 / 25.4 * unit, &Watch::unwatched()).unwrap();
        // Parts of pixels at the edge are whole ones to Poppler.
        assert!(theirs.width() - ours.width < 2 && theirs.height() - ours.height < 2);
        theirs = image::imageops::crop_imm(&theirs, 0, 0, ours.width, ours.height).to_image();
        let on_white = ours.rgba.chunks_exact(4).flat_map(|pixel| {
            let alpha = u32::from(pixel[3]);
            let mix = |c: u8| (u32::from(c) * alpha + 255 * (255 - alpha)).div_ceil(255);
            [mix(pixel[0]), mix(pixel[1]), mix(pixel[2]), 255].map(|c| u8::try_from(c).unwrap())
        });
        let on_white: Vec<u8> = on_white.collect();
        if let Some(kept) = std::env::var_os("BELFORT_KEEP_PICTURES") {
            let kept = Path::new(&kept);
            let (width, height) = theirs.dimensions();
            image::save_buffer(
                kept.join("ours.png"),
                &on_white,
                width,
                height,
                image::ColorType::Rgba8,
            )
            .unwrap();
            theirs.save(kept.join("theirs.png")).unwrap();
        }
        let (differing, of) = differing(ours.width as usize, &on_white, theirs.as_raw());
        // Poppler moves letters and thin lines to whole pixels.
        assert!(differing * 66 < of, "{differing} of {of} squares differ");
    }
}

/// The corners of the map come back to where they were in metres of Lambert 72, turned into degrees
/// and back by PROJ and GDAL.
#[test]
fn gdal_knows_where_the_map_lies() {
    if !has_gdal() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let page = page(1.0);
    let [left, top, right, bottom] = MAP.map(f64::from);
    let corner = |x: f64, y: f64| [104_000.0 + x * 5.0, 195_000.0 - y * 5.0];
    let mut corners =
        [corner(left, top), corner(right, top), corner(right, bottom), corner(left, bottom)];
    // In the datum of the Lambert projection (EPSG:4313).
    let code = "EPSG:4313";
    let belgian = Crs { definition: code.into(), code: Some(code.to_owned()), name: String::new() };
    let to_degrees = Transformer::new(&Crs::lambert72(), &belgian).unwrap();
    assert_eq!(to_degrees.transform(&mut corners), 0);
    let mut sheet = sheet(&page);
    sheet.viewport = Some(viewport(corners));
    let path = folder.path().join("sheet.pdf");
    std::fs::write(&path, written(&[sheet], &info())).unwrap();
    let found = said("gdalinfo", &["-json", "-mdd", "LAYERS"], &path);
    let found: serde_json::Value = serde_json::from_str(&found).unwrap();
    assert!(found["coordinateSystem"]["wkt"].as_str().unwrap().contains("31370"));
    let place: Vec<f64> =
        found["geoTransform"].as_array().unwrap().iter().map(|n| n.as_f64().unwrap()).collect();
    let size: Vec<f64> =
        found["size"].as_array().unwrap().iter().map(|n| n.as_f64().unwrap()).collect();
    for (x, y) in [(left, top), (right, top), (left, bottom), (right, bottom), (105.0, 148.5)] {
        let (column, row) = (x / 210.0 * size[0], y / 297.0 * size[1]);
        let got = [
            place[0] + column * place[1] + row * place[2],
            place[3] + column * place[4] + row * place[5],
        ];
        let wanted = corner(x, y);
        let off = (got[0] - wanted[0]).hypot(got[1] - wanted[1]);
        assert!(off < 1.0, "{got:?} and {wanted:?}: {off} m");
    }
    let layers = found["metadata"]["LAYERS"].to_string();
    for name in ["Gebouwen", "Luchtfoto", "Straten_en_pleinen_(é)"] {
        // GDAL has underscores for spaces.
        assert!(layers.contains(name), "{layers}");
    }
}
