//! Large sheets over small paper, measured on the file.

#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "lengths on paper")]

use belfort::page::{PdfWriter, Tiling};
use belfort::project::SheetTiles;

use super::*;
use crate::pdf::reader::{get, references};

/// A sheet over small paper as a PDF.
fn tiled(page: &SheetPage, plan: &SheetPlan, tiles: SheetTiles) -> (Vec<u8>, Tiling) {
    let tiling = Tiling::of(plan.paper, &tiles).unwrap();
    let watch = Watch::unwatched();
    let mut writer = PdfWriter::new(Vec::new(), PdfInfo::default()).unwrap();
    let form = writer.add_form(&page.page, &watch).unwrap();
    for tile in tiling.tiles() {
        let around = tiling.around(&page.page, tile, "Gent", Language::Dutch);
        writer.add_tile(&PdfPage::new(&around), &form, (&tiling, tile), &watch).unwrap();
    }
    (writer.finish().unwrap(), tiling)
}

/// Red lines on a page of the file, in millimetres from its lower left corner, with what is seen:
/// left, bottom, right and top of the piece.
fn red_on(pdf: &Pdf, page: &crate::pdf::reader::Object) -> (Vec<[[f64; 2]; 2]>, [f64; 4]) {
    let content = pdf.content(page);
    let drawing = content.lines().skip_while(|line| !line.ends_with("re W n"));
    let mut seen = [0.0; 4];
    let mut matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
    let mut lines = Vec::new();
    let forms = get(page.get("Resources").unwrap(), "XObject").unwrap().to_owned();
    for line in drawing {
        let words: Vec<&str> = line.split(' ').collect();
        let number = |at: usize| words[at].parse::<f64>().unwrap();
        match *words.last().unwrap() {
            "n" => {
                let [x, y, w, h] = [0, 1, 2, 3].map(number);
                seen = [x, y, x + w, y + h].map(|points| points * 25.4 / 72.0);
            }
            "cm" => matrix = [0, 1, 2, 3, 4, 5].map(number),
            "Do" => {
                let form = pdf.object(get(&forms, words[0].trim_start_matches('/')).unwrap());
                let inner = String::from_utf8(form.inflated()).unwrap();
                for line in red_in(&inner) {
                    let moved = line.map(|[x, y]| {
                        [matrix[0] * x + matrix[4], matrix[3] * y + matrix[5]]
                            .map(|points| points * 25.4 / 72.0)
                    });
                    lines.push(moved);
                }
            }
            "Q" => break,
            _ => {}
        }
    }
    (lines, seen)
}

/// Red lines of a form, points.
fn red_in(content: &str) -> Vec<[[f64; 2]; 2]> {
    let (mut matrix, mut is_red, mut from) = ([1.0; 6], false, [0.0; 2]);
    let mut lines = Vec::new();
    for line in content.lines() {
        let mut numbers: Vec<f64> = Vec::new();
        for word in line.split(' ') {
            if let Ok(number) = word.parse() {
                numbers.push(number);
                continue;
            }
            let last = |count: usize| numbers[numbers.len() - count..].to_vec();
            let at = |xy: &[f64]| {
                let [a, _, _, d, e, f] = matrix;
                [a * xy[0] + e, d * xy[1] + f]
            };
            match word {
                "cm" => matrix = last(6).try_into().unwrap(),
                "RG" => is_red = last(3) == [1.0, 0.0, 0.0],
                "m" => from = at(&last(2)),
                "l" if is_red => lines.push([from, at(&last(2))]),
                _ => {}
            }
            numbers.clear();
        }
    }
    lines
}

#[test]
fn a_kilometre_over_two_sheets_is_as_long_as_the_scale_says() {
    let drawn = [kilometres()];
    // 200 mm a kilometre: none of the lines fits on one sheet of A4 whole.
    let sheet = Sheet { paper: Paper::A0, scale: Some(5000), ..Sheet::default() };
    let around = Extent { min_x: 3.70, min_y: 51.03, max_x: 3.75, max_y: 51.08 };
    let (plan, page) =
        make(&sheet, Subject::Extent(around), &document(), &drawn, Language::Dutch).unwrap();
    let (file, tiling) = tiled(&page, &plan, SheetTiles { paper: Paper::A4, overlap: 125 });
    assert!((tiling.overlap - 12.5).abs() < 1e-9);
    let pdf = Pdf::read(&file);
    let pages = pdf.pages();
    assert_eq!(pages.len(), tiling.sheets());
    // Each end of a line where it is seen: on which sheet, and where on that.
    let mut found: Vec<Vec<(usize, usize, [f64; 2])>> = vec![Vec::new(); 6];
    for (number, page) in pages.iter().enumerate() {
        let (lines, [left, bottom, right, top]) = red_on(&pdf, page);
        for (at, line) in lines.iter().take(6).enumerate() {
            for (end, [x, y]) in line.iter().enumerate() {
                if (left..=right).contains(x) && (bottom..=top).contains(y) {
                    found[at].push((number, end, [*x, *y]));
                }
            }
        }
    }
    let tiles: Vec<[usize; 2]> = tiling.tiles().collect();
    let size = tiling.paper;
    // Where a place of a sheet is on the whole page: the sheets glued with their overlap, measured
    // from the piece's corner.
    let glued = |number: usize, [x, y]: [f64; 2]| {
        let [shift_x, shift_y] = tiling.shift(tiles[number]);
        [x - shift_x, (size[1] - y) - shift_y]
    };
    let mut over_two = 0;
    for ends in &found {
        for (one, end, from) in ends {
            for (other, other_end, to) in ends {
                let ([ax, ay], [bx, by]) = (glued(*one, *from), glued(*other, *to));
                let apart = (ax - bx).hypot(ay - by);
                let expected = if end == other_end { 0.0 } else { 200.0 };
                assert!((apart - expected).abs() < 0.04, "{apart} mm for {expected}");
                over_two += usize::from(one != other && end != other_end);
            }
        }
    }
    assert!(over_two >= 6, "{found:?}");
    // The steps between sheets are those of the marks: the room less the overlap.
    let [left, top, right, _] = tiling.piece([0, 0]);
    let [next, ..] = tiling.piece([1, 0]);
    assert!(left.abs() + top.abs() < 1e-9 && (right - next - 12.5).abs() < 1e-9);
}

#[test]
fn the_map_stands_in_the_file_once_however_many_sheets() {
    let drawn = [wards(), kilometres()];
    let sheet = Sheet { paper: Paper::A0, ..Sheet::default() };
    let (plan, page) =
        make(&sheet, Subject::Extent(GHENT), &document(), &drawn, Language::Dutch).unwrap();
    let whole = pdf_of(&page).len();
    let (file, tiling) = tiled(&page, &plan, SheetTiles::over(Paper::A4));
    assert!(tiling.sheets() >= 20, "{tiling:?}");
    let per_sheet = (file.len() - whole.min(file.len())) / tiling.sheets();
    assert!(per_sheet < 6000, "{per_sheet} bytes a sheet beside {whole}");
    let pdf = Pdf::read(&file);
    for (tile, page) in tiling.tiles().zip(pdf.pages()) {
        let shown = pdf.shown(page).concat();
        let [column, row] = tile;
        let row = char::from(b'A' + u8::try_from(row).unwrap());
        assert!(shown.contains(&format!("Rij {row}, kolom {}", column + 1)), "{shown}");
        assert!(shown.contains("100 mm"), "{shown}");
        let parts = references(page.get("Contents").unwrap());
        assert!(parts.len() < 6, "{parts:?}");
    }
    // The line to check is a hundred millimetres on every sheet.
    for tile in tiling.tiles() {
        let around = tiling.around(&page.page, tile, "", Language::English);
        let unit = f64::from(around.millimetres_per_unit);
        let lengths = around.groups.iter().flat_map(|group| &group.items).filter_map(|item| {
            let Item::Shape(shape) = item else { return None };
            let [left, _, right, _] = shape.outline.bounds()?;
            Some(f64::from(right - left) * unit)
        });
        let nearest = lengths.map(|mm| (mm - 100.0).abs()).fold(f64::MAX, f64::min);
        assert!(nearest < 0.005, "{tile:?}: {nearest}");
    }
}

#[test]
fn pieces_as_pictures_show_what_the_whole_shows_there() {
    let drawn = [wards()];
    let sheet = Sheet { paper: Paper::A3, ..Sheet::default() };
    let (plan, page) =
        make(&sheet, Subject::Extent(GHENT), &document(), &drawn, Language::Dutch).unwrap();
    let tiling = Tiling::of(plan.paper, &SheetTiles::over(Paper::A4)).unwrap();
    // Two pixels a millimetre, so that sheets lie on whole pixels.
    let scale = 2.0 * page.page.millimetres_per_unit;
    let watch = Watch::unwatched();
    let whole = belfort::page::render(&page.page, scale, &watch).unwrap();
    let (mut same, mut all) = (0_u32, 0_u32);
    for tile in tiling.tiles() {
        let made = tiling.whole(&page.page, tile, "Gent", Language::Dutch);
        let [width, height] =
            [made.width, made.height].map(|side| side * made.millimetres_per_unit);
        assert!((f64::from(width) - tiling.paper[0]).abs() < 0.01);
        assert!((f64::from(height) - tiling.paper[1]).abs() < 0.01);
        let piece = belfort::page::render(&made, scale, &watch).unwrap();
        let [left, top, right, bottom] = tiling.piece(tile);
        let [dx, dy] = tiling.shift(tile);
        let pixel = |mm: f64| (mm * 2.0).round() as u32;
        for y in (pixel(top) + 3..pixel(bottom).saturating_sub(3)).step_by(7) {
            for x in (pixel(left) + 3..pixel(right).saturating_sub(3)).step_by(7) {
                let (Some(a), Some(b)) = (
                    whole.at(x, y),
                    piece.at(x + pixel(left + dx) - pixel(left), y + pixel(top + dy) - pixel(top)),
                ) else {
                    continue;
                };
                all += 1;
                same += u32::from(a.iter().zip(b).all(|(a, b)| a.abs_diff(b) < 12));
            }
        }
    }
    assert!(all > 2000 && same * 1000 > all * 985, "{same} of {all}");
}
