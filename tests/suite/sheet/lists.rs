//! Numbers on the map and the lists beside it.

#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "lengths on paper")]

use std::sync::Arc;

use arrow_array::{ArrayRef, Int64Array, StringArray};
use belfort::project::{IndexBy, ListPlace, NumberOrder, SheetIndex, SheetPoint};
use belfort::table::{Field, FieldKind};

use super::*;

/// Points with names, and a field with their order in a route.
fn stops(named: &[(&str, [f64; 2], Option<i64>)]) -> Drawn {
    let made = table("haltes", |builder| {
        named.iter().for_each(|(_, at, _)| push(builder, PartKind::Point, &[*at]));
    });
    let names: Vec<Option<&str>> =
        named.iter().map(|(name, ..)| Some(*name).filter(|name| !name.is_empty())).collect();
    let order: Vec<Option<i64>> = named.iter().map(|(.., order)| *order).collect();
    let columns: Vec<ArrayRef> =
        vec![Arc::new(StringArray::from(names)), Arc::new(Int64Array::from(order))];
    let fields =
        vec![Field::new("naam", FieldKind::Text), Field::new("volgorde", FieldKind::Integer)];
    let geometry = made.geometry.as_deref().cloned();
    let mut table = Table::new("haltes", named.len(), fields, columns, geometry).unwrap();
    table.crs = made.crs.clone();
    let symbol = default_symbol(Some(PartKind::Point), 0);
    Drawn::new(7, "Haltes", PartKind::Point, symbol, table)
}

fn numbered(order: NumberOrder) -> Sheet {
    let by = IndexBy::Numbers(order);
    let index = Some(SheetIndex { by, with_surroundings: true, ..SheetIndex::new(LayerId(7)) });
    Sheet { index, ..Sheet::default() }
}

fn group<'a>(page: &'a DisplayList, name: &str) -> &'a [Item] {
    let found = page.groups.iter().find(|group| group.name == name);
    found.map(|group| group.items.as_slice()).unwrap_or_default()
}

fn texts_of(items: &[Item]) -> Vec<&str> {
    let texts = items.iter().filter_map(|item| match item {
        Item::Text(text) => Some(text.line.text.as_str()),
        _ => None,
    });
    texts.collect()
}

/// The discs that numbers stand on: filled shapes as high as a disc.
fn discs(page: &DisplayList) -> Vec<[f32; 4]> {
    let shapes = group(page, "numbers").iter().filter_map(|item| match item {
        Item::Shape(shape) if shape.fill.is_some() => shape.outline.bounds(),
        _ => None,
    });
    shapes.filter(|[_, top, _, bottom]| bottom - top > 10.0).collect()
}

fn meet(a: &[f32; 4], b: &[f32; 4]) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

fn made(sheet: &Sheet, drawn: &[Drawn]) -> (SheetPlan, SheetPage) {
    let around = Extent { min_x: 3.70, min_y: 51.03, max_x: 3.76, max_y: 51.07 };
    make(sheet, Subject::Extent(around), &document(), drawn, Language::Dutch).unwrap()
}

/// Many points, some of them close together and two pairs at one place.
fn crowd() -> Vec<(String, [f64; 2])> {
    let mut all: Vec<(String, [f64; 2])> = (0..60_u64)
        .map(|at| {
            let share = |salt: u64| (mixed(at * 7 + salt) % 1000) as f64 / 1000.0;
            // A third of them around one square.
            let spread = if at % 3 == 0 { 0.003 } else { 0.05 };
            (format!("Halte {at}"), [3.71 + share(1) * spread, 51.035 + share(2) * spread * 0.6])
        })
        .collect();
    let [first, second] = [all[4].1, all[10].1];
    all.push(("Dubbel".to_owned(), first));
    all.push(("Ook dubbel".to_owned(), second));
    all
}

#[test]
fn numbers_stand_apart_from_each_other_and_from_panels_and_are_told_where_two_are_at_one_place() {
    let all = crowd();
    let named: Vec<_> = all.iter().map(|(name, at)| (name.as_str(), *at, None)).collect();
    let drawn = [stops(&named)];
    for (paper, house) in [
        (Paper::A4, HouseStyle::Report),
        (Paper::A3, HouseStyle::Copy),
        (Paper::A4, HouseStyle::Poster),
    ] {
        let sheet = Sheet { paper, house, ..numbered(NumberOrder::Name) };
        let (plan, page) = made(&sheet, &drawn);
        let found = discs(&page.page);
        assert_eq!(found.len(), all.len(), "{paper:?}");
        assert_eq!(page.index_entries, all.len());
        let unit = f64::from(page.page.millimetres_per_unit);
        let map = plan.map().map(|mm| (mm / unit) as f32);
        let panels: Vec<[f32; 4]> = boxes(&page.page)
            .into_iter()
            .filter(|(group, [l, t, r, b])| group == "panels" && r - l > 40.0 && b - t > 40.0)
            .map(|(_, bounds)| bounds)
            .collect();
        for (at, disc) in found.iter().enumerate() {
            assert!(
                map[0] <= disc[0] && map[1] <= disc[1] && disc[2] <= map[2] && disc[3] <= map[3],
                "{disc:?} in {map:?}"
            );
            assert!(!found[..at].iter().any(|other| meet(disc, other)), "{paper:?}: {disc:?}");
            assert!(!panels.iter().any(|panel| meet(disc, panel)), "{paper:?}: {disc:?}");
        }
        assert_eq!(page.problems.count("problem-sheet-numbers-together"), 4);
        assert_eq!(page.problems.count("problem-sheet-numbers-crowded"), 0);
        // Dark figures on light or light on dark, in grey too (WCAG 2.2, 1.4.3).
        for item in group(&page.page, "numbers") {
            let Item::Text(text) = item else { continue };
            assert_eq!(text.color, Color::rgb(0xff_ff_ff));
        }
        let grounds = group(&page.page, "numbers").iter().filter_map(|item| match item {
            Item::Shape(shape) => shape.fill,
            _ => None,
        });
        for ground in grounds {
            assert!(ground.r.max(ground.g).max(ground.b) < 0x60, "{ground:?} is dark");
        }
    }
}

#[test]
fn numbers_follow_names_the_table_or_a_field() {
    let named = [
        ("'s-Gravenstraat", [3.72, 51.04], Some(3)),
        ("École", [3.73, 51.05], None),
        ("De Pinte", [3.74, 51.06], Some(20)),
        ("Zwijnaarde", [3.75, 51.045], Some(1)),
    ];
    let drawn = [stops(&named)];
    let listed = |order: NumberOrder| {
        let (_, page) = made(&numbered(order), &drawn);
        let texts = texts_of(group(&page.page, "index")).into_iter();
        let names = texts.filter(|text| named.iter().any(|(name, ..)| name == text));
        names.map(str::to_owned).collect::<Vec<_>>()
    };
    let by_name = ["De Pinte", "École", "'s-Gravenstraat", "Zwijnaarde"];
    assert_eq!(listed(NumberOrder::Name), by_name);
    let in_table = ["'s-Gravenstraat", "École", "De Pinte", "Zwijnaarde"];
    assert_eq!(listed(NumberOrder::Table), in_table);
    let by_field = ["Zwijnaarde", "'s-Gravenstraat", "De Pinte", "École"];
    assert_eq!(listed(NumberOrder::Field("volgorde".to_owned())), by_field);
    // A field that is gone is told, and the names decide.
    let sheet = numbered(NumberOrder::Field("weg".to_owned()));
    let (_, page) = made(&sheet, &drawn);
    assert_eq!(page.problems.count("problem-sheet-no-order-field"), 1);
    assert_eq!(listed(NumberOrder::Field("weg".to_owned())), by_name);
}

#[test]
fn what_has_no_name_is_told_and_doubles_have_one_number() {
    let drawn = [stops(&[
        ("Bib", [3.72, 51.05], None),
        ("Bib", [3.72, 51.05], None),
        ("Bib", [3.74, 51.05], None),
        ("", [3.73, 51.05], None),
    ])];
    let (_, page) = made(&numbered(NumberOrder::Name), &drawn);
    assert_eq!(page.index_entries, 2, "the same thing twice has one number");
    assert_eq!(page.problems.count("problem-sheet-unnamed"), 1);
    // The name of a numbered point does not stand on the map as well.
    let mut labelled = stops(&[("Bib", [3.72, 51.05], None)]);
    labelled.style.labels = Some(belfort::style::LabelStyle {
        is_on: true,
        what: "naam".to_owned(),
        ..belfort::style::LabelStyle::default()
    });
    let labelled = [labelled];
    assert_eq!(made(&numbered(NumberOrder::Name), &labelled).1.labels, 0);
    assert_eq!(made(&Sheet::default(), &labelled).1.labels, 1);
}

#[test]
fn streets_and_areas_have_one_number_each_inside_of_the_map() {
    let drawn = [wards()];
    let names: ArrayRef =
        Arc::new(StringArray::from((0..25).map(|at| format!("Wijk {at}")).collect::<Vec<_>>()));
    let fields = vec![Field::new("naam", FieldKind::Text)];
    let geometry = drawn[0].table.geometry.as_deref().cloned();
    let mut named = Table::new("wijken", 25, fields, vec![names], geometry).unwrap();
    named.crs = drawn[0].table.crs.clone();
    let drawn = [Drawn { table: named, ..wards() }];
    let index = SheetIndex {
        by: IndexBy::Numbers(NumberOrder::Name),
        with_surroundings: true,
        ..SheetIndex::new(LayerId(2))
    };
    let sheet = Sheet { index: Some(index), ..Sheet::default() };
    let made = make(&sheet, Subject::Extent(GHENT), &document(), &drawn, Language::Dutch);
    let (_, page) = made.unwrap();
    assert_eq!((page.index_entries, discs(&page.page).len()), (25, 25));
    // By their value, not by their digits.
    let texts = texts_of(group(&page.page, "index"));
    let place = |name: &str| texts.iter().position(|text| *text == name).unwrap();
    assert!(place("Wijk 2") < place("Wijk 10"));
}

#[test]
fn places_of_ones_own_come_first_and_lie_where_they_were_put() {
    let drawn = [stops(&[("Bib", [3.72, 51.05], None), ("School", [3.74, 51.06], None)])];
    let point = |place, text: &str| SheetPoint { place, text: text.to_owned() };
    let points = vec![
        point([3.731, 51.041], "Verzamelplaats"),
        point([3.745, 51.052], "Infostand"),
        point([9.0, 51.0], "Te ver"),
    ];
    let sheet = Sheet { points: points.clone(), ..numbered(NumberOrder::Name) };
    let (plan, page) = made(&sheet, &drawn);
    let texts = texts_of(group(&page.page, "numbers"));
    // The third lies beyond the map; numbers of the layer go on after all of them.
    assert_eq!(texts, ["1", "2", "4", "5"]);
    assert_eq!(page.problems.count("problem-sheet-points-outside"), 1);
    let listed = texts_of(group(&page.page, "index"));
    let names: Vec<&&str> = listed.iter().filter(|text| text.len() > 2).collect();
    assert_eq!(names, [&"Plaatsen", &"Verzamelplaats", &"Infostand", &"Haltes", &"Bib", &"School"]);
    let unit = f64::from(page.page.millimetres_per_unit);
    for (point, disc) in points[..2].iter().zip(discs(&page.page)) {
        let at = plan.on_paper(point.place).unwrap();
        let [x, y] = at.map(|mm| (mm / unit) as f32);
        assert!(holds(disc, [x, y]), "{disc:?} {x} {y}");
        let back = plan.ground(at).unwrap();
        assert!((back[0] - point.place[0]).abs() < 1e-9 && (back[1] - point.place[1]).abs() < 1e-9);
    }
    assert_eq!(plan.on_paper([9.0, 51.0]), None);
    assert_eq!(plan.ground([1.0, 1.0]), None, "the white edge is no ground");
    let middle = plan.on_paper(plan.middle().unwrap()).unwrap();
    let [left, top, right, bottom] = plan.map();
    assert!((middle[0] - f64::midpoint(left, right)).abs() < 1e-6);
    assert!((middle[1] - f64::midpoint(top, bottom)).abs() < 1e-6);
}

#[test]
fn a_list_stands_beside_the_map_below_it_or_on_its_own_page() {
    let all: Vec<(String, [f64; 2])> = crowd().into_iter().take(30).collect();
    let named: Vec<_> = all.iter().map(|(name, at)| (name.as_str(), *at, None)).collect();
    let drawn = [stops(&named)];
    for language in [Language::Dutch, Language::English] {
        for lists in ListPlace::ALL {
            let sheet = Sheet { lists, ..numbered(NumberOrder::Name) };
            let around = Extent { min_x: 3.70, min_y: 51.03, max_x: 3.76, max_y: 51.07 };
            let (plan, page) =
                make(&sheet, Subject::Extent(around), &document(), &drawn, language).unwrap();
            let unit = f64::from(page.page.millimetres_per_unit);
            let [_, _, right, bottom] = plan.map().map(|mm| (mm / unit) as f32);
            let index = group(&page.page, "index").iter().filter_map(|item| match item {
                Item::Text(text) => Some(text.at),
                _ => None,
            });
            let places: Vec<[f32; 2]> = index.collect();
            match lists {
                ListPlace::Beside => assert!(places.iter().all(|at| at[0] > right)),
                ListPlace::Below => assert!(places.iter().all(|at| at[1] > bottom)),
                ListPlace::Best => assert!(page.more.is_empty()),
                ListPlace::Pages => assert!(places.is_empty() && page.more.len() == 1),
            }
            let pages = std::iter::once(&page.page).chain(&page.more);
            let shown =
                pages.flat_map(DisplayList::texts).filter(|text| text.starts_with("Halte "));
            assert_eq!(shown.count(), 30, "{lists:?}: each name once");
        }
    }
}

#[test]
fn a_plain_list_has_every_row_with_what_it_is_ordered_by_also_of_a_hidden_layer() {
    let mut hidden = stops(&[
        ("Vergunning Kerkstraat", [3.73, 51.05], Some(20)),
        ("Subsidie wijkfeest", [3.73, 51.05], Some(3)),
        // The same decision twice is two decisions.
        ("Subsidie wijkfeest", [3.73, 51.05], Some(100)),
        ("Elders", [3.90, 51.05], Some(1)),
    ]);
    hidden.layer.visible = false;
    hidden.layer.attribution.publisher = "Gemeenteraad".to_owned();
    let mut shown = stops(&[("Bib", [3.72, 51.05], None), ("Halte", [3.74, 51.05], None)]);
    shown.layer.id = LayerId(8);
    let plain = |layer, order| SheetIndex {
        by: IndexBy::Plain(order),
        with_surroundings: true,
        ..SheetIndex::new(layer)
    };
    let sheet = Sheet {
        more_lists: vec![plain(LayerId(7), NumberOrder::Field("volgorde".to_owned()))],
        lists: ListPlace::Below,
        ..numbered(NumberOrder::Name)
    };
    let sheet = Sheet {
        index: sheet.index.map(|index| SheetIndex { layer: LayerId(8), ..index }),
        ..sheet
    };
    let mut document = document();
    document.layers = vec![hidden.layer.clone(), shown.layer.clone()];
    let around = Extent { min_x: 3.70, min_y: 51.03, max_x: 3.76, max_y: 51.07 };
    let drawn = [hidden, shown];
    let (_, page) =
        make(&sheet, Subject::Extent(around), &document, &drawn, Language::Dutch).unwrap();
    let texts = texts_of(group(&page.page, "index"));
    let wanted =
        ["Subsidie wijkfeest", "3", "Vergunning Kerkstraat", "20", "Subsidie wijkfeest", "100"];
    let listed: Vec<&str> = texts.iter().copied().filter(|text| wanted.contains(text)).collect();
    assert_eq!(listed, wanted, "{texts:?}");
    assert!(texts.contains(&"Bib") && !texts.contains(&"Elders"));
    assert_eq!(page.index_entries, 5);
    // Its source is among the others.
    let said: Vec<&str> = page.page.texts().collect();
    assert!(said.iter().any(|text| text.contains("Gemeenteraad")), "{said:?}");
    // Only what is on the map has numbers there, and no grid lies over it.
    assert_eq!(discs(&page.page).len(), 2);
    assert!(!page.page.groups.iter().any(|group| group.name == "grid"));
}
