//! A page with one of everything.

use std::sync::Arc;

use belfort::page::{
    DisplayList, GlyphRun, Group, Image, Item, PdfInfo, PdfPage, Role, Shape, Stroke, TextItem,
    Viewport,
};
use belfort::style::{Color, Dash, Join};
use belfort::text::{Outline, shape};

/// The map on the page, millimetres.
pub const MAP: [f32; 4] = [15.0, 30.0, 195.0, 280.0];

/// Texts on the page: ligatures, accents, marks that stand on their own, two fonts, a sign no font
/// has.
pub const TEXTS: [&str; 5] = [
    "Wijk Ledeberg (deel 1)",
    "officiële fietsroute, Één café & ¾ – 'flat'",
    "cafe\u{301} à l'œuvre → Łódź",
    "Gent 漢 ligt",
    "Bron: Stad Gent\u{a0}2026",
];

pub fn text(said: &str, size: f32, at: [f32; 2]) -> Item {
    Item::Text(TextItem { line: shape(said, size), at, color: Color::rgb(0x20_30_40), weight: 0.0 })
}

pub fn area(outline: Outline, fill: Color, stroke: Option<Stroke>) -> Item {
    Item::Shape(Shape { outline, fill: Some(fill), stroke })
}

pub fn line(points: &[[f32; 2]], stroke: Stroke) -> Item {
    Item::Shape(Shape { outline: Outline::line(points), fill: None, stroke: Some(stroke) })
}

/// Letters along a bow.
fn bow() -> Item {
    let line = shape("Brusselsesteenweg", 6.0);
    let places = line.glyphs.iter().map(|glyph| {
        let angle = (glyph.at[0] - 25.0) / 70.0;
        ([105.0 + 70.0 * angle.sin(), 250.0 - 70.0 * angle.cos()], angle)
    });
    let places = places.collect();
    Item::Glyphs(GlyphRun { line, places, color: Color::rgb(0x90_10_10), weight: 0.0 })
}

pub fn image(side: u32, at: [f32; 2], pixel: impl Fn(u32, u32) -> [u8; 4]) -> Item {
    let rgba: Vec<u8> =
        (0..side * side).flat_map(|number| pixel(number % side, number / side)).collect();
    Item::Image(Image { width: side, height: side, rgba: Arc::from(rgba), at, size: [40.0, 40.0] })
}

#[expect(clippy::cast_possible_truncation, reason = "below 256")]
pub fn fade(side: u32, at: [f32; 2]) -> Item {
    image(side, at, move |x, y| {
        [(x * 255 / side) as u8, (y * 255 / side) as u8, 90, (255 - x * 200 / side) as u8]
    })
}

/// An A4 page, in units of a size.
pub fn page(millimetres_per_unit: f32) -> DisplayList {
    let blue = Color::rgb(0x30_70_b0);
    let ring = {
        let mut outline = Outline::rectangle([30.0, 60.0], [60.0, 40.0]);
        outline.push_polygon(&[[45.0, 70.0], [45.0, 90.0], [75.0, 90.0], [75.0, 70.0]]);
        outline
    };
    let dashed = Stroke { dash: Dash::DashDot, ..Stroke::plain(Color::rgb(0xb0_30_30), 0.8) };
    let mitred = Stroke { join: Join::Miter, ..Stroke::plain(Color::rgb(0), 1.5) };
    let faint = Stroke::plain(Color::rgb(0).with_alpha(90), 3.0);
    let areas = vec![
        area(ring, blue.with_alpha(120), Some(Stroke::plain(Color::rgb(0x10_20_60), 0.4))),
        area(Outline::circle([80.0, 90.0], 22.0), Color::rgb(0xe0_b0_20).with_alpha(150), None),
        area(Outline::rectangle([120.0, 60.0], [50.0, 50.0]), Color::rgb(0x70_c0_70), Some(faint)),
    ];
    let lines = vec![
        line(&[[0.0, 130.0], [120.0, 150.0], [250.0, 140.0]], dashed),
        line(&[[40.0, 170.0], [80.0, 120.0], [85.0, 172.0]], mitred),
        line(&[[95.0, 170.0], [95.0, 120.0]], Stroke::plain(blue, 0.5)),
        line(&[[99.0, 170.0], [99.0, 120.0]], Stroke::plain(blue, 0.5)),
    ];
    let photo = image(64, [140.0, 220.0], |x, y| {
        let noise = (x * 7919 + y * 104_729) ^ (x * y * 31);
        [noise.to_le_bytes()[0], noise.to_le_bytes()[1], (x * 4).to_le_bytes()[0], 255]
    });
    let pictures = vec![fade(48, [20.0, 200.0]), photo];
    let labels = vec![
        bow(),
        Item::Text(TextItem {
            line: shape(TEXTS[2], 6.0),
            at: [25.0, 265.0],
            color: Color::rgb(0x30_30_30),
            weight: 0.04,
        }),
    ];
    let clip = Some(MAP);
    let layer = |name: &str, items| Group { name: name.to_owned(), role: Role::Layer, clip, items };
    let around = |role, items| Group { name: String::new(), role, clip: None, items };
    let frame = Shape {
        outline: Outline::rectangle([15.0, 30.0], [180.0, 250.0]),
        fill: None,
        stroke: Some(Stroke::plain(Color::rgb(0), 0.3)),
    };
    let groups = vec![
        layer("Luchtfoto", pictures),
        layer("Gebouwen", areas),
        layer("Straten en pleinen (é)", lines),
        layer("Labels", labels),
        around(Role::Furniture, vec![Item::Shape(frame)]),
        around(Role::Title, vec![text(TEXTS[0], 8.0, [15.0, 20.0])]),
        around(
            Role::Text,
            vec![
                text(TEXTS[1], 4.0, [15.0, 27.0]),
                text(TEXTS[3], 3.0, [15.0, 286.0]),
                text(TEXTS[4], 3.0, [110.0, 286.0]),
            ],
        ),
    ];
    let unit = millimetres_per_unit;
    let groups = groups.into_iter().map(|group| scaled(group, 1.0 / unit)).collect();
    DisplayList { width: 210.0 / unit, height: 297.0 / unit, millimetres_per_unit: unit, groups }
}

/// A group in other units.
fn scaled(group: Group, by: f32) -> Group {
    let place = |place: [f32; 2]| place.map(|at| at * by);
    let items = group.items.into_iter().map(|item| match item {
        Item::Shape(shape) => {
            let mut outline = Outline::new();
            outline.push_placed(&shape.outline, by, [0.0, 0.0]);
            let stroke = shape.stroke.map(|line| Stroke { width: line.width * by, ..line });
            Item::Shape(Shape { outline, stroke, ..shape })
        }
        Item::Text(text) => {
            let line = shape(&text.line.text, text.line.size * by);
            Item::Text(TextItem { line, at: place(text.at), ..text })
        }
        Item::Glyphs(run) => {
            let line = shape(&run.line.text, run.line.size * by);
            let places = run.places.iter().map(|(at, angle)| (place(*at), *angle)).collect();
            Item::Glyphs(GlyphRun { line, places, ..run })
        }
        Item::Image(image) => {
            Item::Image(Image { at: place(image.at), size: place(image.size), ..image })
        }
    });
    Group {
        items: items.collect(),
        clip: group.clip.map(|clip| clip.map(|edge| edge * by)),
        ..group
    }
}

pub fn info() -> PdfInfo {
    PdfInfo {
        title: "Wijk Ledeberg – kaart".to_owned(),
        author: "Dienst Stedenbouw".to_owned(),
        subject: "Gebouwen & straten".to_owned(),
        language: "nl-BE".to_owned(),
        created: chrono::DateTime::parse_from_rfc3339("2026-03-01T12:34:56+01:00").ok(),
    }
}

pub fn sheet(page: &DisplayList) -> PdfPage<'_> {
    PdfPage {
        label: Some("A-1".to_owned()),
        bookmark: Some("Ledeberg".to_owned()),
        alternative: Some("Kaart van Ledeberg".to_owned()),
        ..PdfPage::new(page)
    }
}

/// The map's rectangle on the earth: from the corner in metres of Lambert 72 at 1:5,000.
pub fn viewport(corners: [[f64; 2]; 4]) -> Viewport {
    Viewport { rect: MAP, corners, epsg: Some(31370), wkt: None }
}
