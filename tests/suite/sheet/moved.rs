//! Parts that the person put somewhere, blocks of words and a logo.

use belfort::page::{LogoPixels, SheetThing};
use belfort::project::{FromEdge, MovablePart, PartPlace, SheetLogo, TextBlock};

use super::*;

fn somewhere(seed: u64) -> PartPlace {
    let pick = |salt: u64, of: u64| mixed(seed * 17 + salt) % of;
    let from = |salt: u64| {
        let distance = (pick(salt, 9000) as f32 / 10.0) - 200.0;
        match pick(salt + 50, 3) {
            0 => FromEdge::Start(distance),
            1 => FromEdge::Middle(distance),
            _ => FromEdge::End(distance),
        }
    };
    let width = (pick(3, 2) == 0).then_some(pick(4, 8000) as f32 / 10.0);
    PartPlace { across: from(1), down: from(2), width }
}

#[test]
fn nothing_leaves_the_page_wherever_parts_were_put() {
    let logo = LogoPixels { width: 40, height: 90, rgba: vec![128; 40 * 90 * 4].into() };
    let drawn = [kilometres(), wards()];
    let mut placed = 0;
    for round in 0..150_u64 {
        let pick = |salt: u64, of: u64| mixed(round * 37 + salt) % of;
        let all = Paper::NAMED;
        let paper = match pick(1, 10) {
            9 => Paper::own(120.0, 260.0).unwrap(),
            at => all[usize::try_from(at).unwrap() % all.len()],
        };
        let moved = MovablePart::ALL
            .into_iter()
            .enumerate()
            .filter(|(at, _)| pick(20 + *at as u64, 3) > 0)
            .map(|(at, part)| (part, somewhere(round * 100 + at as u64)))
            .collect();
        let blocks = (0..pick(2, 4))
            .map(|at| TextBlock {
                text: "Kom langs op de kermis! ".repeat(usize::try_from(pick(3, 30)).unwrap()),
                size: [7.0, 12.0, 40.0, f32::NAN][usize::try_from(pick(4 + at, 4)).unwrap()],
                place: somewhere(round * 100 + 50 + at),
            })
            .collect();
        let place = somewhere(round * 100 + 70);
        let sheet = Sheet {
            paper,
            moved,
            blocks,
            logo: Some(SheetLogo { path: "logo.png".to_owned(), place }),
            house: HouseStyle::ALL[usize::try_from(pick(5, 4)).unwrap()],
            ..Sheet::default()
        };
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
        let rows = [usize::try_from(pick(6, 25)).unwrap()];
        let subject = ward(&drawn[1], &rows, "Sint-Amandsberg");
        let spec = SheetSpec { sheet: &sheet, subject, number: None, logo: Some(&logo), content };
        let watch = Watch::unwatched();
        let plan = match plan_sheet(&spec, &watch) {
            Ok(plan) => plan,
            Err(SheetError::PaperTooSmall) => continue,
            Err(error) => panic!("{round}: {error}"),
        };
        let SheetPage { page, places, .. } = draw_sheet(&spec, &plan, 1.0, &watch).unwrap();
        let [width, height] = plan.paper;
        for place in &places {
            let [left, top, right, bottom] = place.rect;
            assert!(
                left >= -0.01 && top >= -0.01 && right <= width + 0.01 && bottom <= height + 0.01,
                "{round} {paper:?}: {place:?} of {width} × {height}"
            );
            assert!(right > left && bottom > top, "{round}: {place:?}");
        }
        placed += places.len();
        for (group, [left, top, right, bottom]) in boxes(&page) {
            assert!(
                left >= -0.1
                    && top >= -0.1
                    && right <= page.width + 0.1
                    && bottom <= page.height + 0.1,
                "{round} {paper:?}: {group} at {left} {top} {right} {bottom} of {} {}",
                page.width,
                page.height
            );
        }
    }
    assert!(placed > 500, "{placed}");
}

fn place_of(page: &SheetPage, part: MovablePart) -> [f64; 4] {
    let thing = SheetThing::Part(part);
    page.places.iter().find(|place| place.thing == thing).map(|place| place.rect).unwrap()
}

/// What a panel hides is counted: as many as there are symbols on the page with their middle under it.
#[test]
fn what_lies_under_a_panel_is_told() {
    let trees = table("bomen", |builder| {
        let Extent { min_x, min_y, max_x, max_y } = GHENT;
        for number in 0..2500_u32 {
            let [across, up] = [number % 50, number / 50].map(|at| (f64::from(at) + 0.5) / 50.0);
            let at = [min_x + across * (max_x - min_x), min_y + up * (max_y - min_y)];
            push(builder, PartKind::Point, &[at]);
        }
    });
    let symbol = default_symbol(Some(PartKind::Point), 0);
    let mut drawn = [Drawn::new(5, "Bomen", PartKind::Point, symbol, trees)];
    for part in [MovablePart::North, MovablePart::About, MovablePart::CheckLine] {
        for seed in 0..4 {
            let place = PartPlace { width: None, ..somewhere(seed) };
            let sheet = Sheet {
                moved: [(part, place)].into(),
                without: [SheetPart::Legend, SheetPart::Locator].into(),
                ..Sheet::default()
            };
            let subject = Subject::Extent(GHENT);
            let (_, page) = make(&sheet, subject, &document(), &drawn, Language::Dutch).unwrap();
            let unit = f64::from(page.page.millimetres_per_unit);
            let panels = [part, MovablePart::North].map(|it| place_of(&page, it));
            let group = page.page.groups.iter().find(|group| group.name == "Bomen").unwrap();
            let [left, top, right, bottom] = group.clip.unwrap().map(|edge| f64::from(edge) * unit);
            let is_under = |item: &&Item| {
                let Item::Shape(shape) = item else { return false };
                let bounds = shape.outline.bounds().unwrap().map(|edge| f64::from(edge) * unit);
                let [x, y] = [bounds[0].midpoint(bounds[2]), bounds[1].midpoint(bounds[3])];
                let is_in = |[left, top, right, bottom]: [f64; 4]| {
                    (left..=right).contains(&x) && (top..=bottom).contains(&y)
                };
                is_in([left, top, right, bottom]) && panels.into_iter().any(is_in)
            };
            let wanted = group.items.iter().filter(is_under).count() as u64;
            let told = page.problems.count("problem-sheet-covered");
            assert_eq!(told, wanted, "{part:?} {seed}");
        }
    }
    // What is not shown is not missed.
    drawn[0].layer.visible = false;
    let sheet = Sheet::default();
    let (_, page) =
        make(&sheet, Subject::Extent(GHENT), &document(), &drawn, Language::Dutch).unwrap();
    assert_eq!(page.problems.count("problem-sheet-covered"), 0);
}

/// Read back from the page itself: the line is the only thing so long.
#[test]
fn the_line_to_check_keeps_its_length_wherever_it_is_put() {
    for (number, paper) in Paper::NAMED.into_iter().enumerate() {
        let place = somewhere(number as u64);
        let sheet =
            Sheet { paper, moved: [(MovablePart::CheckLine, place)].into(), ..Sheet::default() };
        let (_, page) =
            make(&sheet, Subject::Extent(GHENT), &document(), &[wards()], Language::Dutch).unwrap();
        let unit = f64::from(page.page.millimetres_per_unit);
        let lengths = page.page.groups.iter().flat_map(|group| &group.items).filter_map(|item| {
            let Item::Shape(shape) = item else { return None };
            let [left, top, right, bottom] = shape.outline.bounds()?;
            let is_flat = f64::from(bottom - top) * unit < 10.0;
            is_flat.then(|| f64::from(right - left) * unit)
        });
        let nearest = lengths.map(|mm| (mm - 100.0).abs()).fold(f64::MAX, f64::min);
        assert!(nearest < 0.005, "{paper:?}: {nearest}");
    }
}

#[test]
fn a_part_stands_where_it_was_put_and_labels_and_panels_keep_off_it() {
    let drawn = [kilometres(), wards()];
    let rows = [12];
    let of = |sheet: &Sheet| {
        make(sheet, ward(&drawn[1], &rows, "Muide"), &document(), &drawn, Language::Dutch).unwrap()
    };
    let place = PartPlace { across: FromEdge::End(25.0), down: FromEdge::Start(80.0), width: None };
    for part in MovablePart::ALL {
        let sheet = Sheet { moved: [(part, place)].into(), ..Sheet::default() };
        let (plan, page) = of(&sheet);
        let Some(own) = page.places.iter().find(|place| place.thing == SheetThing::Part(part))
        else {
            panic!("{part:?}")
        };
        let [_, top, right, _] = own.rect;
        assert!((plan.paper[0] - right - 25.0).abs() < 0.05, "{part:?}: {:?}", own.rect);
        assert!((top - 80.0).abs() < 0.05, "{part:?}: {:?}", own.rect);
        // On larger paper as far from the same corner.
        let (plan, page) = of(&Sheet { paper: Paper::A3, ..sheet });
        let [_, top, right, _] = place_of(&page, part);
        assert!((plan.paper[0] - right - 25.0).abs() < 0.05 && (top - 80.0).abs() < 0.05);
        for other in page.places.iter().filter(|other| {
            let on_map = [MovablePart::North, MovablePart::Locator, MovablePart::Legend];
            on_map.map(SheetThing::Part).contains(&other.thing)
                && other.thing != SheetThing::Part(part)
        }) {
            let (a, b) = (place_of(&page, part), other.rect);
            let meet = a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
            assert!(!meet, "{part:?} {a:?} and {other:?}");
        }
    }
    // A moved title leaves its line to the map.
    let height = |page: &SheetPage| {
        let [_, top, _, bottom] = page.viewport.as_ref().unwrap().rect;
        bottom - top
    };
    let sheet = Sheet { moved: [(MovablePart::Title, place)].into(), ..Sheet::default() };
    assert!(height(&of(&sheet).1) > height(&of(&Sheet::default()).1) + 20.0);
}

#[test]
fn a_legend_is_as_wide_as_was_asked_and_a_block_says_all() {
    let drawn: Vec<Drawn> = (0..18_u64)
        .map(|at| {
            let table = table("punten", |builder| {
                push(builder, PartKind::Point, &[[3.7 + at as f64 * 1e-3, 51.05]]);
            });
            let symbol = default_symbol(Some(PartKind::Point), 0);
            Drawn::new(
                100 + at,
                &format!("Een laag met nummer {at}"),
                PartKind::Point,
                symbol,
                table,
            )
        })
        .collect();
    let of = |width: Option<f32>| {
        let place = PartPlace { across: FromEdge::Start(20.0), down: FromEdge::Start(60.0), width };
        let words = "Kom allen langs op de kermis, elke dag vanaf 14 uur.";
        let block = TextBlock { text: words.to_owned(), size: 12.0, place };
        let sheet = Sheet {
            moved: [(MovablePart::Legend, place)].into(),
            blocks: vec![block],
            ..Sheet::default()
        };
        make(&sheet, Subject::Extent(GHENT), &document(), &drawn, Language::Dutch).unwrap().1
    };
    let wide = |page: &SheetPage| {
        let [left, top, right, bottom] = place_of(page, MovablePart::Legend);
        [right - left, bottom - top]
    };
    let ([narrow, high], [broad, low]) = (wide(&of(Some(45.0))), wide(&of(Some(150.0))));
    assert!(narrow <= 45.1 && broad > 90.0 && broad <= 150.1, "{narrow} {broad}");
    assert!(low < high * 0.6, "{low} {high}: in more columns");
    let page = of(Some(45.0));
    let parts = page.page.groups.iter().find(|group| group.name == "parts").unwrap();
    let texts = parts.items.iter().filter_map(|item| match item {
        Item::Text(text) => Some(text.line.text.trim()),
        _ => None,
    });
    let said = texts.collect::<Vec<_>>().join(" ");
    assert!(said.contains("Kom allen langs op de kermis, elke dag vanaf 14 uur."), "{said}");
    let block = page.places.iter().find(|place| place.thing == SheetThing::Block(0)).unwrap();
    assert!((block.rect[2] - block.rect[0] - 45.0).abs() < 0.1, "{block:?}");
}

#[test]
fn a_logo_that_is_not_there_is_told() {
    let drawn = [wards()];
    let place = PartPlace { across: FromEdge::Start(5.0), down: FromEdge::End(5.0), width: None };
    let logo = Some(SheetLogo { path: "weg.png".to_owned(), place });
    let sheet = Sheet { logo, ..Sheet::default() };
    let (_, page) =
        make(&sheet, Subject::Extent(GHENT), &document(), &drawn, Language::Dutch).unwrap();
    assert_eq!(page.problems.count("problem-sheet-no-logo"), 1);
}
