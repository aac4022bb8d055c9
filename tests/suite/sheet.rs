//! Sheets of paper: their scale is true on the file itself, and all that stands on them has room.

#![allow(clippy::many_single_char_names, reason = "coordinates")]

use belfort::crs::{Crs, HowFound, LayerCrs};
use belfort::i18n::Language;
use belfort::jobs::Watch;
use belfort::page::{
    DisplayList, FigureLayer, Item, MapContent, PdfInfo, PdfPage, Role, SheetError, SheetPage,
    SheetPlan, SheetSpec, Subject, draw_sheet, plan_sheet, scale_words, write_pdf,
};
use belfort::project::{
    Attribution, Document, HouseStyle, Layer, LayerId, LayerSource, Orientation, Paper, Sheet,
    SheetPart, SheetPlane,
};
use belfort::style::{Color, Style, Symbol, default_symbol};
use belfort::table::{Extent, GeometryBuilder, GeometryKind, PartKind, Table};
use belfort::text::PathCommand;
use chrono::NaiveDate;

use crate::pdf::reader::Pdf;

mod lists;
mod moved;
mod tiles;

/// Lines of a kilometre on the ground over the whole of Ghent: both ends by GeographicLib's geodesics
/// (pyproj 3.7.2, `Geod(ellps="WGS84").fwd`), and the scale factor of Belgian Lambert 72 in the middle
/// (PROJ 9.8, `Proj("EPSG:31370").get_factors`).
const KILOMETRES: [([f64; 2], [f64; 2], f64); 18] = [
    ([3.7253, 51.0536], [3.7253000000, 51.0625888134], 0.999979720),
    ([3.7253, 51.0536], [3.7353860838, 51.0599556172], 0.999979496),
    ([3.7253, 51.0536], [3.7395619237, 51.0535991299], 0.999978959),
    ([3.7253, 51.0536], [3.7353833228, 51.0472435057], 0.999978424),
    ([3.7253, 51.0536], [3.7204230219, 51.0451531639], 0.999978249),
    ([3.7253, 51.0536], [3.7118972880, 51.0566735885], 0.999979218),
    ([3.6, 51.0], [3.6000000000, 51.0089888963], 0.999971045),
    ([3.6, 51.0], [3.6100744558, 51.0063556767], 0.999970843),
    ([3.6, 51.0], [3.6142454853, 50.9999991316], 0.999970358),
    ([3.6, 51.0], [3.6100717033, 50.9936434479], 0.999969876),
    ([3.6, 51.0], [3.5951286415, 50.9915530862], 0.999969718),
    ([3.6, 51.0], [3.5866127378, 51.0030736183], 0.999970592),
    ([3.85, 51.18], [3.8500000000, 51.1889886180], 1.000003677),
    ([3.85, 51.18], [3.8601136469, 51.1863554771], 1.000003402),
    ([3.85, 51.18], [3.8643008897, 51.1799991260], 1.000002741),
    ([3.85, 51.18], [3.8601108659, 51.1736436419], 1.000002082),
    ([3.85, 51.18], [3.8451097012, 51.1715533471], 1.000001867),
    ([3.85, 51.18], [3.8365606656, 51.1830735182], 1.000003060),
];

/// The colour of the lines, as the file writes it.
const RED: Color = Color::rgb(0xff_00_00);

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 26).unwrap()
}

fn table(name: &str, build: impl FnOnce(&mut GeometryBuilder)) -> Table {
    let mut builder = GeometryBuilder::new();
    build(&mut builder);
    let geometry = builder.finish().unwrap();
    let rows = geometry.len();
    let mut table = Table::new(name, rows, Vec::new(), Vec::new(), Some(geometry)).unwrap();
    table.crs = Some(LayerCrs::new(Crs::wgs84(), HowFound::Format));
    table
}

fn push(builder: &mut GeometryBuilder, kind: PartKind, ring: &[[f64; 2]]) {
    builder.begin_row(match kind {
        PartKind::Point => GeometryKind::Point,
        PartKind::Line => GeometryKind::LineString,
        PartKind::Polygon => GeometryKind::Polygon,
    });
    builder.begin_part(kind);
    builder.begin_ring();
    ring.iter().for_each(|xy| builder.coord(*xy, None, None));
    builder.end_row();
}

fn square([x, y]: [f64; 2], wide: f64, high: f64) -> Vec<[f64; 2]> {
    [[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0], [-1.0, -1.0]]
        .map(|[dx, dy]| [x + dx * wide, y + dy * high])
        .to_vec()
}

fn layer(id: u64, name: &str) -> Layer {
    let attribution = Attribution {
        publisher: "Stad Gent".to_owned(),
        licence: "Modellicentie Gratis Hergebruik".to_owned(),
        url: String::new(),
        accessed: "2026-11-20".to_owned(),
    };
    Layer { id: LayerId(id), attribution, ..Layer::new(name, LayerSource::default()) }
}

fn document() -> Document {
    Document {
        title: "Schapen en wijken".to_owned(),
        notice: "Voorbeelddata, niet officieel".to_owned(),
        ..Document::default()
    }
}

/// A layer to draw.
struct Drawn {
    layer: Layer,
    table: Table,
    style: Style,
    kind: PartKind,
}

impl Drawn {
    fn new(id: u64, name: &str, kind: PartKind, symbol: Symbol, table: Table) -> Drawn {
        Drawn { layer: layer(id, name), table, style: symbol.into(), kind }
    }

    fn figure(&self) -> FigureLayer<'_> {
        FigureLayer {
            layer: &self.layer,
            table: &self.table,
            style: &self.style,
            partition: None,
            kind: Some(self.kind),
            mask: None,
        }
    }
}

/// Makes a sheet of layers.
fn make(
    sheet: &Sheet,
    subject: Subject<'_>,
    document: &Document,
    drawn: &[Drawn],
    language: Language,
) -> Result<(SheetPlan, SheetPage), SheetError> {
    let layers: Vec<_> = drawn.iter().map(Drawn::figure).collect();
    let content = MapContent {
        document,
        layers: &layers,
        backdrops: &[],
        basemap: None,
        language,
        today: today(),
    };
    let spec = SheetSpec { sheet, subject, number: None, logo: None, content };
    let plan = plan_sheet(&spec, &Watch::unwatched())?;
    let page = draw_sheet(&spec, &plan, 1.0, &Watch::unwatched())?;
    Ok((plan, page))
}

fn kilometres() -> Drawn {
    let table = table("kilometers", |builder| {
        for (from, to, _) in KILOMETRES {
            push(builder, PartKind::Line, &[from, to]);
        }
    });
    let symbol = Symbol { stroke: RED, ..default_symbol(Some(PartKind::Line), 0) };
    Drawn::new(1, "Kilometers", PartKind::Line, symbol, table)
}

/// All of Ghent.
const GHENT: Extent = Extent { min_x: 3.575, min_y: 50.975, max_x: 3.875, max_y: 51.195 };

/// The sheet that Ghent lies on at 1:10 000, which is some four square metres.
fn large(plane: SheetPlane, turn: f64) -> Sheet {
    let paper = Paper::own(2990.0, 2990.0).unwrap();
    Sheet { paper, scale: Some(10_000), plane, turn, ..Sheet::default() }
}

fn pdf_of(page: &SheetPage) -> Vec<u8> {
    let sheet = PdfPage { viewport: page.viewport.clone(), ..PdfPage::new(&page.page) };
    write_pdf(&[sheet], &PdfInfo::default(), &Watch::unwatched()).unwrap()
}

/// The lines of the colour in a PDF file: their ends in millimetres, in drawing order. What the
/// operators say is multiplied by the matrix in force (ISO 32000-1, sections 8.3.4 and 8.5.2).
fn red_lines(file: &[u8]) -> Vec<[[f64; 2]; 2]> {
    let pdf = Pdf::read(file);
    let content = pdf.content(pdf.pages()[0]);
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
                [a * xy[0] + e, d * xy[1] + f].map(|points| points * 25.4 / 72.0)
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

fn length([from, to]: [[f64; 2]; 2]) -> f64 {
    (to[0] - from[0]).hypot(to[1] - from[1])
}

#[test]
fn a_kilometre_is_as_long_on_the_file_as_the_scale_says() {
    let drawn = [kilometres()];
    for (plane, turn) in [
        (SheetPlane::Local, 0.0),
        (SheetPlane::Local, 33.0),
        (SheetPlane::Lambert72, 0.0),
        (SheetPlane::Screen, 0.0),
    ] {
        let sheet = large(plane, turn);
        let subject = Subject::Extent(GHENT);
        let (plan, page) = make(&sheet, subject, &document(), &drawn, Language::Dutch).unwrap();
        assert_eq!(plan.denominator, 10_000);
        let lines = red_lines(&pdf_of(&page));
        // Behind them comes the symbol in the legend.
        assert!(lines.len() >= KILOMETRES.len(), "{plane:?}: {lines:?}");
        for (line, (from, to, lambert)) in lines.into_iter().zip(KILOMETRES) {
            // At 1:10 000; half of what is allowed at 1:5 000.
            let found = length(line);
            let (expected, tolerance) = match plane {
                SheetPlane::Local => (100.0, 0.02),
                SheetPlane::Lambert72 | SheetPlane::Lambert2008 => (100.0 * lambert, 0.02),
                SheetPlane::Screen => (100.0, 0.45),
            };
            let apart = (found - expected).abs();
            assert!(apart < tolerance, "{plane:?} {from:?} {to:?}: {found} mm for {expected}");
            // And no worse than the sheet says.
            let error = (found / 100.0 - 1.0).abs();
            assert!(error < plan.scale_error + 2e-4, "{error} for {}", plan.scale_error);
        }
    }
}

#[test]
fn in_the_middle_of_a_web_mercator_sheet_the_scale_is_true() {
    let [x, y] = KILOMETRES[0].0;
    let around = Extent { min_x: x, min_y: y, max_x: x, max_y: y }.grown(0.02, 0.02);
    let sheet = Sheet { scale: Some(25_000), plane: SheetPlane::Screen, ..Sheet::default() };
    let drawn = [kilometres()];
    let made = make(&sheet, Subject::Extent(around), &document(), &drawn, Language::Dutch);
    let lines = red_lines(&pdf_of(&made.unwrap().1));
    assert!(lines.len() >= 6, "{lines:?}");
    for line in lines.into_iter().take(6) {
        let error = length(line) / 40.0 - 1.0;
        assert!(error.abs() < 1e-3, "{error}");
    }
}

/// The group that has the words about the map.
fn about(page: &DisplayList) -> &[Item] {
    let group = page.groups.iter().find(|group| group.role == Role::Text);
    group.map(|group| group.items.as_slice()).unwrap_or_default()
}

#[test]
fn the_line_to_check_is_a_hundred_millimetres_and_the_bar_as_long_as_it_says() {
    let drawn = [kilometres()];
    for paper in [Paper::A5, Paper::A4, Paper::A3, Paper::A0, Paper::Letter] {
        for denominator in [1000, 5000, 12_500, 25_000] {
            let sheet = Sheet { paper, scale: Some(denominator), ..Sheet::default() };
            let subject = Subject::Extent(GHENT);
            let (_, page) = make(&sheet, subject, &document(), &drawn, Language::English).unwrap();
            let page = &page.page;
            let unit = f64::from(page.millimetres_per_unit);
            let stroked = about(page).iter().filter_map(|item| match item {
                Item::Shape(shape) if shape.fill.is_none() => shape.outline.bounds(),
                _ => None,
            });
            let lengths: Vec<f64> = stroked.map(|[l, _, r, _]| f64::from(r - l) * unit).collect();
            let hundred = lengths.iter().map(|mm| (mm - 100.0).abs()).fold(f64::MAX, f64::min);
            assert!(hundred < 0.005, "{paper:?}: {lengths:?}");
            // The label of the bar is the last text before the bar that has a unit.
            let label =
                page.texts().find(|text| text.ends_with("\u{a0}m") || text.ends_with("\u{a0}km"));
            let label = label.unwrap_or_else(|| panic!("{:?}", page.texts().collect::<Vec<_>>()));
            let (number, of) = label.split_once('\u{a0}').unwrap();
            let metres = number.replace(',', "").parse::<f64>().unwrap()
                * if of == "km" { 1000.0 } else { 1.0 };
            let expected = metres / f64::from(denominator) * 1000.0;
            let bar = lengths.iter().map(|mm| (mm - expected).abs()).fold(f64::MAX, f64::min);
            assert!(bar < 0.1, "{paper:?} 1:{denominator} {label}: {lengths:?} for {expected}");
        }
    }
}

/// Twenty-five wards of different forms.
fn wards() -> Drawn {
    let table = table("wijken", |builder| {
        for at in 0..25_u32 {
            let (x, y) = (f64::from(at % 5), f64::from(at / 5));
            let middle = [3.62 + x * 0.05, 51.0 + y * 0.035];
            push(builder, PartKind::Polygon, &square(middle, 0.01 + x * 0.003, 0.004 + y * 0.004));
        }
    });
    let symbol = default_symbol(Some(PartKind::Polygon), 0);
    Drawn::new(2, "Wijken", PartKind::Polygon, symbol, table)
}

fn ward<'a>(wards: &'a Drawn, rows: &'a [usize], name: &str) -> Subject<'a> {
    Subject::Features { layer: wards.layer.id, table: &wards.table, rows, name: name.to_owned() }
}

#[test]
fn the_scale_proposed_is_the_largest_round_one_at_which_the_subject_fits() {
    let drawn = [wards()];
    for row in 0..25 {
        for paper in [Paper::A4, Paper::A3] {
            let rows = [row];
            let sheet = Sheet { paper, ..Sheet::default() };
            let subject = || ward(&drawn[0], &rows, "Wijk");
            let (plan, _) = make(&sheet, subject(), &document(), &drawn, Language::Dutch).unwrap();
            assert!(plan.fits, "{row}");
            let larger = belfort::page::next_scale(plan.denominator, true);
            let tried = Sheet { scale: Some(larger), ..sheet };
            let (tried, _) = make(&tried, subject(), &document(), &drawn, Language::Dutch).unwrap();
            // Air around the subject is all that stands between the two.
            let is_near = tried.fits && {
                let share = f64::from(plan.denominator) / f64::from(larger);
                share <= 1.51
            };
            assert!(!tried.fits || is_near, "1:{larger} would do for {row} on {paper:?}");
        }
    }
}

#[test]
fn what_does_not_fit_is_said_with_the_paper_that_would_do() {
    let drawn = [wards()];
    let rows = [24];
    let sheet = Sheet { scale: Some(5000), ..Sheet::default() };
    let layers: Vec<_> = drawn.iter().map(Drawn::figure).collect();
    let document = document();
    let content = MapContent {
        document: &document,
        layers: &layers,
        backdrops: &[],
        basemap: None,
        language: Language::Dutch,
        today: today(),
    };
    let subject = ward(&drawn[0], &rows, "Gentbrugge");
    let spec = SheetSpec { sheet: &sheet, subject, number: None, logo: None, content };
    let plan = plan_sheet(&spec, &Watch::unwatched()).unwrap();
    assert!(!plan.fits && plan.larger.is_some(), "{plan:?}");
    let words = plan.words(&spec).in_language(Language::Dutch);
    let larger = plan.larger.and_then(Paper::name).unwrap();
    assert_eq!(
        words,
        format!("Op schaal 1:5.000 past Gentbrugge niet helemaal op A4; op {larger} wel")
    );
    let fitting = Sheet { paper: plan.larger.unwrap(), ..sheet.clone() };
    let spec = SheetSpec { sheet: &fitting, ..spec };
    assert!(plan_sheet(&spec, &Watch::unwatched()).unwrap().fits);
}

/// What stands on a page: its group, and left, top, right and bottom.
fn boxes(page: &DisplayList) -> Vec<(String, [f32; 4])> {
    let mut found = Vec::new();
    for group in &page.groups {
        for item in &group.items {
            let bounds = match item {
                Item::Shape(shape) => shape.outline.bounds(),
                Item::Text(text) => text.line.outline().bounds().map(|[l, t, r, b]| {
                    [l + text.at[0], t + text.at[1], r + text.at[0], b + text.at[1]]
                }),
                Item::Glyphs(_) | Item::Image(_) => None,
            };
            let Some(mut bounds) = bounds else { continue };
            if let Some(clip) = group.clip {
                bounds = [
                    bounds[0].max(clip[0]),
                    bounds[1].max(clip[1]),
                    bounds[2].min(clip[2]),
                    bounds[3].min(clip[3]),
                ];
            }
            found.push((group.name.clone(), bounds));
        }
    }
    found
}

/// A number that looks random, the same in each run (SplitMix64).
fn mixed(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[test]
fn nothing_leaves_the_page_whatever_stands_on_it() {
    let papers = [
        Paper::A5,
        Paper::A4,
        Paper::A3,
        Paper::A2,
        Paper::A1,
        Paper::A0,
        Paper::Letter,
        Paper::Tabloid,
    ];
    let mut made_of = 0;
    for round in 0..120_u64 {
        let pick = |salt: u64, of: u64| mixed(round * 31 + salt) % of;
        let layers = 1 + usize::try_from(pick(1, 60)).unwrap();
        let mut drawn: Vec<Drawn> = (0..layers)
            .map(|at| {
                let name =
                    "Straatnaam ".repeat(1 + usize::try_from(pick(at as u64 + 40, 9)).unwrap());
                let table = table("punten", |builder| {
                    push(builder, PartKind::Point, &[[3.7 + at as f64 * 1e-4, 51.05]]);
                });
                let symbol = default_symbol(Some(PartKind::Point), at);
                Drawn::new(100 + at as u64, name.trim(), PartKind::Point, symbol, table)
            })
            .collect();
        drawn.push(wards());
        let title = ["Ledeberg", "'s-Gravenstraat en omgeving ", "ÉÉN ", ""]
            [usize::try_from(pick(2, 4)).unwrap()];
        let title = title.repeat(usize::try_from(1 + pick(3, 100)).unwrap());
        let sheet = Sheet {
            paper: papers[usize::try_from(pick(4, 8)).unwrap()],
            orientation: [Orientation::Best, Orientation::Portrait, Orientation::Landscape]
                [usize::try_from(pick(5, 3)).unwrap()],
            house: HouseStyle::ALL[usize::try_from(pick(6, 4)).unwrap()],
            title: Some(title),
            text: "Kom langs op de kermis. ".repeat(usize::try_from(pick(7, 6)).unwrap()),
            turn: [0.0, 17.0, -60.0][usize::try_from(pick(8, 3)).unwrap()],
            ..Sheet::default()
        };
        let language = if pick(9, 2) == 0 { Language::Dutch } else { Language::English };
        let rows = [usize::try_from(pick(10, 25)).unwrap()];
        let at = drawn.len() - 1;
        let subject = ward(&drawn[at], &rows, "Wijk");
        let made = match make(&sheet, subject, &document(), &drawn, language) {
            Ok(made) => made,
            // A small sheet may be asked for more than it holds, and says so.
            Err(SheetError::PaperTooSmall) => continue,
            Err(error) => panic!("{round}: {error}"),
        };
        made_of += 1;
        let (plan, SheetPage { page, .. }) = made;
        for (group, [left, top, right, bottom]) in boxes(&page) {
            assert!(
                left >= -0.1
                    && top >= -0.1
                    && right <= page.width + 0.1
                    && bottom <= page.height + 0.1,
                "{round} {:?} {:?}: {group} at {left} {top} {right} {bottom} of {} {}",
                sheet.paper,
                sheet.house,
                page.width,
                page.height
            );
        }
        assert!(plan.fits, "{round}");
    }
    assert!(made_of > 90, "{made_of}: most sheets can be made");
}

/// Whether a place lies in a rectangle.
fn holds([left, top, right, bottom]: [f32; 4], [x, y]: [f32; 2]) -> bool {
    (left..=right).contains(&x) && (top..=bottom).contains(&y)
}

#[test]
fn panels_on_the_map_leave_the_subject_and_each_other_alone() {
    let drawn = [kilometres(), wards()];
    for row in 0..25 {
        let rows = [row];
        let subject = ward(&drawn[1], &rows, "Wijk");
        let sheet = Sheet::default();
        let (_, SheetPage { page, .. }) =
            make(&sheet, subject, &document(), &drawn, Language::Dutch).unwrap();
        let subject: Vec<[f32; 2]> = page
            .groups
            .iter()
            .find(|group| group.name == "subject")
            .into_iter()
            .flat_map(|group| &group.items)
            .filter_map(|item| match item {
                Item::Shape(shape) => shape.outline.bounds(),
                _ => None,
            })
            .flat_map(|[left, top, right, bottom]| {
                let middle = [f32::midpoint(left, right), f32::midpoint(top, bottom)];
                [middle, [left, top], [right, top], [left, bottom], [right, bottom]]
            })
            .collect();
        assert!(!subject.is_empty(), "{row}");
        // The grounds of panels are the shapes with a fill and an edge that are no symbols.
        let all = boxes(&page);
        let panels: Vec<[f32; 4]> = all
            .iter()
            .filter(|(group, [l, t, r, b])| {
                (group == "panels" || group == "locator-panel") && r - l > 40.0 && b - t > 40.0
            })
            .map(|(_, bounds)| *bounds)
            .collect();
        assert!(!panels.is_empty(), "{row}");
        for (at, panel) in panels.iter().enumerate() {
            assert!(!subject.iter().any(|place| holds(*panel, *place)), "{row}: {panel:?}");
            for other in &panels[..at] {
                let apart = panel[2] <= other[0]
                    || other[2] <= panel[0]
                    || panel[3] <= other[1]
                    || other[3] <= panel[1];
                assert!(apart, "{row}: {panel:?} and {other:?}");
            }
        }
    }
}

/// A street has a band under its line, a point a circle around its symbol, and no panel lies on them.
#[test]
fn streets_and_points_as_subjects_are_marked() {
    let places = [[3.70, 51.02], [3.712, 51.03], [3.70, 51.04]];
    let streets = table("straten", |builder| push(builder, PartKind::Line, &places));
    let stops = table("haltes", |builder| {
        places.iter().for_each(|place| push(builder, PartKind::Point, &[*place]));
    });
    let of = |id, name: &str, kind, table| {
        Drawn::new(id, name, kind, default_symbol(Some(kind), 0), table)
    };
    let drawn =
        [of(1, "Haltes", PartKind::Point, stops), of(2, "Straten", PartKind::Line, streets)];
    let made = |at: usize, rows: &[usize]| {
        let Drawn { layer, table, .. } = &drawn[at];
        let name = "Dorp".to_owned();
        let subject = Subject::Features { layer: layer.id, table, rows, name };
        make(&Sheet::default(), subject, &document(), &drawn, Language::Dutch).unwrap().1.page
    };
    let place =
        |page: &DisplayList, name: &str| page.groups.iter().position(|group| group.name == name);
    let steps = |page: &DisplayList, name: &str| {
        let group = &page.groups[place(page, name).unwrap()];
        match &group.items[..] {
            [Item::Shape(edge), Item::Shape(over)] => {
                assert!(edge.stroke.unwrap().width > over.stroke.unwrap().width);
                edge.outline.clone()
            }
            other => panic!("{other:?}"),
        }
    };
    let street = made(1, &[0]);
    assert!(place(&street, "subject band") < place(&street, "Straten"), "below the line itself");
    assert_eq!(place(&street, "subject"), None);
    assert_eq!(place(&street, "veil"), None, "a street has no surroundings to step back");
    let band = steps(&street, "subject band").bounds().unwrap();

    let stop = made(0, &[0, 2]);
    assert!(place(&stop, "subject") > place(&stop, "Haltes"), "around the symbol");
    assert_eq!(place(&stop, "subject band"), None);
    let circles = steps(&stop, "subject");
    let begins = circles.commands.iter().filter(|step| matches!(step, PathCommand::MoveTo(_)));
    assert_eq!(begins.count(), 2);

    let [left, top, right, bottom] = band;
    for (group, panel) in boxes(&street) {
        if group == "panels" {
            for place in [[left, top], [left, bottom], [right, f32::midpoint(top, bottom)]] {
                assert!(!holds(panel, place), "{panel:?} on the street");
            }
        }
    }
}

#[test]
fn a_sheet_is_the_same_each_time_and_in_both_languages_says_where_it_is_from() {
    let drawn = [kilometres(), wards()];
    let rows = [12];
    for (language, expected) in [
        (Language::Dutch, ["Bron: Stad Gent", "Voorbeelddata, niet officieel", "26 november 2026"]),
        (
            Language::English,
            ["Source: Stad Gent", "Voorbeelddata, niet officieel", "26 November 2026"],
        ),
    ] {
        let sheet = Sheet::default();
        let make = || {
            make(&sheet, ward(&drawn[1], &rows, "Muide"), &document(), &drawn, language).unwrap()
        };
        let ((plan, first), (_, second)) = (make(), make());
        assert_eq!(pdf_of(&first), pdf_of(&second));
        let texts: Vec<&str> = first.page.texts().collect();
        let all = texts.join(" ");
        for words in expected {
            assert!(all.contains(words), "{words} in {all}");
        }
        assert!(texts.contains(&"Muide") && texts.contains(&"Schapen en wijken"), "{all}");
        assert!(texts.contains(&scale_words(language, plan.denominator).as_str()), "{all}");
        assert!(first.legend_items >= 1 && first.problems.iter().count() == 0);
    }
}

#[test]
fn no_label_lies_under_a_panel() {
    let streets = table("straten", |builder| {
        for at in 0..3600_u32 {
            let (x, y) = (f64::from(at % 60), f64::from(at / 60));
            let place = [3.60 + x * 0.004, 50.99 + y * 0.003];
            push(builder, PartKind::Point, &[place]);
        }
    });
    let name = belfort::table::Field::new("naam", belfort::table::FieldKind::Text);
    let names = (0..3600).map(|at| format!("Halte {at}")).collect::<Vec<_>>();
    let column: arrow_array::ArrayRef = std::sync::Arc::new(arrow_array::StringArray::from(names));
    let mut table =
        Table::new("straten", 3600, vec![name], vec![column], streets.geometry.as_deref().cloned())
            .unwrap();
    table.crs = streets.crs.clone();
    let symbol = default_symbol(Some(PartKind::Point), 0);
    let mut stops = Drawn::new(1, "Haltes", PartKind::Point, symbol, table);
    stops.style.labels = Some(belfort::style::LabelStyle {
        is_on: true,
        what: "naam".to_owned(),
        ..belfort::style::LabelStyle::default()
    });
    let drawn = [stops, wards()];
    for row in [0, 7, 12, 24] {
        let rows = [row];
        let subject = ward(&drawn[1], &rows, "Wijk");
        let (_, made) =
            make(&Sheet::default(), subject, &document(), &drawn, Language::Dutch).unwrap();
        assert!(made.labels > 5, "{row}: {}", made.labels);
        let all = boxes(&made.page);
        let panels: Vec<[f32; 4]> = all
            .iter()
            .filter(|(group, [l, t, r, b])| {
                (group == "panels" || group == "locator-panel") && r - l > 40.0 && b - t > 40.0
            })
            .map(|(_, bounds)| *bounds)
            .collect();
        for (group, [left, top, right, bottom]) in &all {
            let is_under = |panel: &[f32; 4]| {
                left < &panel[2] && &panel[0] < right && top < &panel[3] && &panel[1] < bottom
            };
            assert!(group != "Labels" || !panels.iter().any(is_under), "{row}: {left} {top}");
        }
    }
}

#[test]
fn parts_can_be_left_out_and_the_map_grows() {
    let drawn = [wards()];
    let rows = [3];
    let whole = Sheet::default();
    let bare = Sheet { without: SheetPart::ALL.into(), ..whole.clone() };
    let of = |sheet: &Sheet| {
        make(sheet, ward(&drawn[0], &rows, "Wijk"), &document(), &drawn, Language::Dutch).unwrap()
    };
    let ((_, whole), (_, bare)) = (of(&whole), of(&bare));
    let height = |page: &SheetPage| {
        let [_, top, _, bottom] = page.viewport.as_ref().unwrap().rect;
        bottom - top
    };
    assert!(height(&bare) > height(&whole) + 50.0);
    let texts: Vec<&str> = bare.page.texts().collect();
    // Sources and the notice stay: whoever prints a map says where it is from.
    assert!(texts.iter().any(|text| text.contains("Stad Gent")), "{texts:?}");
    assert!(!texts.contains(&"Wijk"), "{texts:?}");
}

#[test]
fn a_subject_without_a_place_and_a_scale_that_is_none_are_refused() {
    let document = document();
    let drawn = [wards()];
    let nowhere = Subject::Extent(Extent { min_x: f64::NAN, ..GHENT });
    let made = make(&Sheet::default(), nowhere, &document, &drawn, Language::Dutch);
    assert!(matches!(made, Err(SheetError::NoPlace)));
    let sheet = Sheet { scale: Some(1), ..Sheet::default() };
    let made = make(&sheet, Subject::Extent(GHENT), &document, &drawn, Language::Dutch);
    assert!(matches!(made, Err(SheetError::NoScale(1))));
    let sheet = Sheet { paper: Paper::own(50.0, 50.0).unwrap(), size: 3.0, ..Sheet::default() };
    let made = make(&sheet, Subject::Extent(GHENT), &document, &drawn, Language::Dutch);
    assert!(matches!(made, Err(SheetError::PaperTooSmall)));
    let empty = table("leeg", |_| {});
    let subject =
        Subject::Features { layer: LayerId(9), table: &empty, rows: &[], name: String::new() };
    let made = make(&Sheet::default(), subject, &document, &drawn, Language::Dutch);
    assert!(matches!(made, Err(SheetError::NoPlace)));
}
