//! The writer of PDF: what is in the file, as the standard's own structure has it, and as other
//! programs read it.

mod outside;
pub mod reader;
pub mod sample;

use belfort::jobs::Watch;
use belfort::page::{
    DisplayList, Group, Item, PdfError, PdfInfo, PdfPage, Role, Stroke, write_pdf,
};
use belfort::style::Color;
use belfort::text::Outline;
use reader::{Pdf, get, references, utf16};
use sample::{TEXTS, area, fade, image, info, line, page, sheet, text};

pub fn written(pages: &[PdfPage<'_>], info: &PdfInfo) -> Vec<u8> {
    write_pdf(pages, info, &Watch::unwatched()).unwrap()
}

/// A page of a group of one layer, A4 in millimetres.
fn of_items(items: Vec<Item>) -> DisplayList {
    let group = Group { name: "Laag".to_owned(), role: Role::Layer, clip: None, items };
    DisplayList { width: 210.0, height: 297.0, millimetres_per_unit: 1.0, groups: vec![group] }
}

/// What a page of some items draws.
fn content_of(items: Vec<Item>) -> String {
    let page = of_items(items);
    let pdf = Pdf::read(&written(&[PdfPage::new(&page)], &PdfInfo::default()));
    pdf.content(pdf.pages()[0])
}

fn count(content: &str, operator: &str) -> usize {
    content.lines().filter(|line| line.split(' ').any(|word| word == operator)).count()
}

#[test]
fn the_catalog_says_what_the_file_is() {
    let page = page(1.0);
    let pdf = Pdf::read(&written(&[sheet(&page), PdfPage::new(&page)], &info()));
    let catalog = pdf.catalog();
    assert_eq!(catalog.get("Lang"), Some("(nl-BE)"));
    let viewing = catalog.get("ViewerPreferences").unwrap();
    assert_eq!(get(viewing, "DisplayDocTitle"), Some("true"));
    assert_eq!(get(viewing, "PrintScaling"), Some("/None"));
    let labels = catalog.get("PageLabels").unwrap();
    assert_eq!(get(labels, "Nums"), Some("[0 <</P (A-1)>> 1 <</P (2)>>]"));
    let outlines = pdf.follow(catalog, "Outlines");
    assert_eq!(outlines.get("Count"), Some("1"), "the page without a bookmark has none");
    assert_eq!(pdf.follow(outlines, "First").get("Title"), Some("(Ledeberg)"));
    let described = pdf.object(get(&pdf.trailer, "Info").unwrap());
    assert_eq!(utf16(described.get("Title").unwrap()), info().title);
    assert_eq!(described.get("CreationDate"), Some("(D:20260301123456+01'00')"));
    let about = pdf.follow(catalog, "Metadata").raw.clone().unwrap();
    let about = String::from_utf8(about).unwrap();
    assert!(
        about.contains("Gebouwen &amp; straten") && about.contains("2026-03-01T12:34:56+01:00")
    );
}

#[test]
fn what_is_read_aloud_is_tagged_and_the_rest_is_not() {
    let page = page(1.0);
    let pdf = Pdf::read(&written(&[sheet(&page)], &info()));
    let root = pdf.follow(pdf.catalog(), "StructTreeRoot");
    let document = pdf.follow(root, "K");
    let elements: Vec<_> =
        references(document.get("K").unwrap()).iter().map(|k| pdf.object(k)).collect();
    let kinds: Vec<_> = elements.iter().map(|element| element.get("S").unwrap()).collect();
    assert_eq!(kinds, ["/Figure", "/H1", "/P"]);
    assert_eq!(elements[0].get("Alt"), Some("(Kaart van Ledeberg)"));
    assert_eq!(elements[0].get("K"), Some("[0 1 2 3]"), "the four layers are one map");
    let parents = get(root.get("ParentTree").unwrap(), "Nums").unwrap();
    assert_eq!(references(parents.split_once('[').unwrap().1.split_once('[').unwrap().1).len(), 6);
    let content = pdf.content(pdf.pages()[0]);
    assert_eq!(count(&content, "/Artifact"), 1, "the frame");
    assert_eq!(count(&content, "BDC") + count(&content, "BMC"), count(&content, "EMC"));
    assert_eq!(count(&content, "q"), count(&content, "Q"));
}

/// The drawing is in steps of 0.005 mm from the top left corner; the page is as large as it says.
#[test]
fn lengths_on_the_page_are_true() {
    for unit in [1.0, 25.4 / 96.0] {
        let a4 = page(unit);
        let ends = [[20.0 / unit, 40.0 / unit], [120.0 / unit, 40.0 / unit]];
        let items = vec![line(&ends, Stroke::plain(Color::rgb(0), 0.3 / unit))];
        let group = Group { items, ..Group::default() };
        let page = DisplayList { groups: vec![group], ..a4 };
        let pdf = Pdf::read(&written(&[PdfPage::new(&page)], &info()));
        let first = pdf.pages()[0];
        let size: Vec<f64> = numbers(first.get("MediaBox").unwrap());
        let millimetres = |points: f64| points * 25.4 / 72.0;
        assert!((millimetres(size[2]) - 210.0).abs() < 0.001, "{size:?}");
        assert!((millimetres(size[3]) - 297.0).abs() < 0.001, "{size:?}");
        let content = pdf.content(first);
        let matrix = numbers(content.lines().find(|line| line.ends_with("cm")).unwrap());
        let placed = |operator: &str| {
            let line = content.lines().find(|line| line.ends_with(operator)).unwrap();
            let at = numbers(line);
            [at[0] * matrix[0] + matrix[4], at[1] * matrix[3] + matrix[5]].map(millimetres)
        };
        let wanted = [[20.0, 257.0], [120.0, 257.0]];
        for (got, wanted) in [placed(" m"), placed(" l")].iter().zip(wanted) {
            let off = (got[0] - wanted[0]).hypot(got[1] - wanted[1]);
            assert!(off < 0.005, "{got:?} {wanted:?}");
        }
    }
}

fn numbers(text: &str) -> Vec<f64> {
    text.split([' ', '[', ']']).filter_map(|word| word.parse().ok()).collect()
}

#[test]
fn text_says_what_it_said() {
    let items = TEXTS.iter().map(|said| text(said, 5.0, [10.0, 20.0])).collect();
    let page = of_items(items);
    let pdf = Pdf::read(&written(&[PdfPage::new(&page)], &info()));
    let first = pdf.pages()[0];
    let shown = pdf.shown(first);
    // Which glyphs stand for which letters.
    assert_eq!(shown[0], TEXTS[0]);
    assert_eq!(shown[1], TEXTS[1]);
    assert_eq!(shown[2].replace('é', "e\u{301}"), TEXTS[2]);
    assert_eq!(shown[3], "Gent \u{fffd} ligt", "a box is drawn");
    // What glyphs cannot say stands beside them.
    let content = pdf.content(first);
    let beside = content.lines().filter(|line| line.contains("/ActualText"));
    let beside: Vec<_> = beside.map(|line| utf16(line.split(['<', '>']).nth(3).unwrap())).collect();
    assert!(beside.contains(&TEXTS[3].to_owned()), "{beside:?}");
    assert!(!beside.contains(&TEXTS[0].to_owned()), "{beside:?}");
    for font in get(first.get("Resources").unwrap(), "Font").unwrap().split('/').skip(1) {
        let font = pdf.object(font.split_once(' ').unwrap().1.trim_end_matches('>'));
        let name = font.get("BaseFont").unwrap();
        assert_eq!(name.as_bytes().get(7), Some(&b'+'), "{name} is no subset");
        let descendant = pdf.object(&references(font.get("DescendantFonts").unwrap())[0]);
        let file = pdf.follow(pdf.follow(descendant, "FontDescriptor"), "FontFile2");
        let face =
            rustybuzz::ttf_parser::Face::parse(&file.inflated(), 0).map(|f| f.number_of_glyphs());
        let widths = numbers(descendant.get("W").unwrap()).len() - 1;
        // The parts that accented letters are made of come last and are never drawn by themselves.
        assert!(face.is_ok_and(|glyphs| usize::from(glyphs) >= widths), "{widths}: {face:?}");
    }
}

#[test]
fn the_pen_is_set_only_when_it_changes_and_shapes_stay_apart() {
    let (red, blue) = (Color::rgb(0xff_00_00), Color::rgb(0x00_00_ff));
    let square = |x: f32| Outline::rectangle([x, 10.0], [10.0, 10.0]);
    let edge = Stroke::plain(Color::rgb(0x00_80_00), 0.2);
    // Squares that overlap: each is filled by itself, all with one colour.
    let content =
        content_of((0..5_u8).map(|n| area(square(f32::from(n) * 5.0), red, None)).collect());
    assert_eq!((count(&content, "rg"), count(&content, "f*"), count(&content, "h")), (1, 5, 0));
    // Filled and stroked at once.
    let content =
        content_of((0..5_u8).map(|n| area(square(f32::from(n) * 5.0), red, Some(edge))).collect());
    assert_eq!((count(&content, "b*"), count(&content, "RG"), count(&content, "w")), (5, 1, 1));
    // A line that can be seen through lies on its fill.
    let faint = Stroke { color: blue.with_alpha(99), ..edge };
    let content = content_of(vec![area(square(0.0), red, Some(faint))]);
    assert_eq!((count(&content, "f*"), count(&content, "S"), count(&content, "/s99")), (1, 1, 1));
    // Lines of one look are painted together unless they can be seen through.
    let lines = |stroke: Stroke| {
        (0..5_u8).map(|n| line(&[[f32::from(n), 0.0], [50.0, 50.0]], stroke)).collect()
    };
    assert_eq!(count(&content_of(lines(edge)), "S"), 1);
    assert_eq!(count(&content_of(lines(faint)), "S"), 5);
    // What is smaller than a step: nothing is filled, a line is a dot.
    let tiny = Outline::rectangle([10.0, 10.0], [0.001, 0.001]);
    assert_eq!(count(&content_of(vec![area(tiny, red, None)]), "f*"), 0);
    let dot = content_of(vec![line(&[[10.0, 10.0], [10.0, 10.0]], edge)]);
    assert!(dot.contains("2000 2000 m\n2000 2000 l\nS"), "{dot}");
    // Nonsense is not written.
    let nonsense = Outline::polygon(&[[f32::NAN, 0.0], [f32::INFINITY, 1e30], [-1e30, 5.0]]);
    let nonsense = content_of(vec![area(nonsense, red, None)]);
    assert!(!nonsense.contains("inf") && !nonsense.contains("NaN"), "{nonsense}");
}

#[test]
fn a_layer_on_two_pages_is_one_that_can_be_switched_off() {
    let page = page(1.0);
    let twice = {
        let mut page = of_items(vec![text("a", 5.0, [10.0, 20.0])]);
        page.groups.push(page.groups[0].clone());
        page
    };
    let pages = [PdfPage::new(&page), PdfPage::new(&page), PdfPage::new(&twice)];
    let pdf = Pdf::read(&written(&pages, &info()));
    let layers = pdf.catalog().get("OCProperties").unwrap();
    let names: Vec<_> = references(get(get(layers, "D").unwrap(), "Order").unwrap())
        .iter()
        .map(|layer| pdf.object(layer).get("Name").unwrap())
        .map(|name| if name.starts_with('<') { utf16(name) } else { name.to_owned() })
        .collect();
    let wanted =
        ["(Laag)", "(Laag)", "(Labels)", "Straten en pleinen (é)", "(Gebouwen)", "(Luchtfoto)"];
    assert_eq!(names, wanted, "the topmost first");
    let content = pdf.content(pdf.pages()[0]);
    assert_eq!(count(&content, "/OC"), 4);
    let properties = get(pdf.pages()[2].get("Resources").unwrap(), "Properties").unwrap();
    assert_eq!(properties.matches(" 0 R").count(), 2);
}

#[test]
fn a_picture_is_there_once_in_the_form_that_suits_it() {
    let noise = |x: u32, y: u32| (x * 7919 + y * 104_729).wrapping_mul(2_654_435_761).to_le_bytes();
    // A photograph: smooth, with grain.
    let photo = image(200, [50.0, 20.0], |x, y| {
        let [_, r, g, b] = noise(x, y).map(|grain| grain / 16);
        [(x / 2).to_le_bytes()[0] + r, (y / 2).to_le_bytes()[0] + g, 99 + b, 255]
    });
    let flat = image(100, [100.0, 20.0], |x, y| if x > y { [200, 10, 10, 255] } else { [255; 4] });
    let page = of_items(vec![fade(60, [10.0, 20.0]), photo, flat, fade(60, [10.0, 80.0])]);
    let pdf = Pdf::read(&written(&[PdfPage::new(&page), PdfPage::new(&page)], &info()));
    let images: Vec<_> =
        pdf.objects.values().filter(|object| object.get("Subtype") == Some("/Image")).collect();
    let masks =
        images.iter().filter(|image| image.get("ColorSpace") == Some("/DeviceGray")).count();
    assert_eq!((images.len(), masks), (4, 1), "three pictures and the opacity of one");
    let of = |filter: &str, space: &str| {
        let is_it = |image: &&&reader::Object| {
            image.get("Filter") == Some(filter)
                && image.get("ColorSpace").unwrap().trim_start_matches('[').starts_with(space)
        };
        images.iter().filter(is_it).count()
    };
    assert_eq!(of("/DCTDecode", "/DeviceRGB"), 1, "the photograph");
    assert_eq!(of("/FlateDecode", "/Indexed"), 1, "the flat one");
    assert_eq!(of("/FlateDecode", "/DeviceRGB"), 1, "the faded one");
    let content = pdf.content(pdf.pages()[1]);
    let drawn: Vec<_> = content.lines().filter(|line| line.contains(" Do")).collect();
    assert_eq!(drawn, ["/I0 Do Q", "/I1 Do Q", "/I2 Do Q", "/I0 Do Q"]);
}

#[test]
fn the_same_pages_give_the_same_bytes_and_a_large_page_has_parts() {
    let page = page(1.0);
    let made = written(&[sheet(&page)], &info());
    assert_eq!(made, written(&[sheet(&page)], &info()));
    let other = written(&[sheet(&page)], &PdfInfo { title: "Ander".to_owned(), ..info() });
    let id = |bytes: &[u8]| get(&Pdf::read(bytes).trailer, "ID").unwrap().to_owned();
    assert_ne!(id(&made), id(&other));
    let many = (0..50_000_u16).map(|n| {
        let at = [f32::from(n % 250) * 0.8, f32::from(n / 250)];
        area(Outline::rectangle(at, [0.6, 0.7]), Color::rgb(0x80_80_80), None)
    });
    let many = of_items(many.collect());
    let pdf = Pdf::read(&written(&[PdfPage::new(&many)], &info()));
    assert!(references(pdf.pages()[0].get("Contents").unwrap()).len() > 2);
    assert_eq!(count(&pdf.content(pdf.pages()[0]), "f*"), 50_000);
}

struct Full;

impl std::io::Write for Full {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(std::io::ErrorKind::StorageFull.into())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn an_empty_page_a_cancel_and_a_full_disk() {
    let empty = DisplayList { groups: Vec::new(), ..page(1.0) };
    let pdf = Pdf::read(&written(&[PdfPage::new(&empty)], &PdfInfo::default()));
    assert_eq!(pdf.pages().len(), 1);
    let watch = Watch::unwatched();
    watch.cancel();
    let page = page(1.0);
    let cancelled = write_pdf(&[PdfPage::new(&page)], &info(), &watch);
    assert!(matches!(cancelled, Err(PdfError::Cancelled)));
    let full = belfort::page::PdfWriter::new(Full, info());
    assert!(matches!(full, Err(PdfError::Write(_))));
}
