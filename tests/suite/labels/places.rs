//! Where labels stand.

use std::collections::BTreeMap;
use std::f64::consts::FRAC_PI_2;

use belfort::label::{LabelText, Outcome, PlacedLabel, Placement, TurnedBox};
use belfort::style::{LabelPriority, LabelStyle};

use super::scenes::{Scene, frame, named, names, source};

/// The corners of a box.
fn corners(shape: &TurnedBox) -> [[f64; 2]; 4] {
    let ([x, y], [wide, high], [cos, sin]) = (shape.centre, shape.half, shape.axis);
    [[-wide, -high], [wide, -high], [wide, high], [-wide, high]]
        .map(|[u, v]| [x + u * cos - v * sin, y + u * sin + v * cos])
}

/// The boxes around the ink of every glyph, found again from what is drawn: in points of the world.
fn glyph_boxes(placement: &Placement, label: &PlacedLabel) -> Vec<TurnedBox> {
    let per_point = placement.region.metres_per_point;
    let [x, y] = [label.at[0] / per_point, -label.at[1] / per_point];
    let mut boxes = Vec::new();
    let mut push = |outline: Option<belfort::text::Outline>,
                    size: f32,
                    angle: f32,
                    at: [f32; 2]| {
        let Some([left, top, right, bottom]) = outline.and_then(|ink| ink.bounds()) else { return };
        let ink = [left, top, right, bottom].map(|edge| f64::from(edge * size));
        let place = [x + f64::from(at[0]), y + f64::from(at[1])];
        boxes.push(TurnedBox::turned(ink, f64::from(angle), place));
    };
    match &label.text {
        LabelText::Lines(lines) => {
            for (line, [left, baseline]) in lines {
                for glyph in &line.glyphs {
                    let at = [left + glyph.at[0], baseline + glyph.at[1]];
                    push(glyph.font.glyph_outline(glyph.id), line.size, 0.0, at);
                }
            }
        }
        LabelText::Along(line, places) => {
            for (glyph, (at, angle)) in line.glyphs.iter().zip(places) {
                push(glyph.font.glyph_outline(glyph.id), line.size, *angle, *at);
            }
        }
    }
    boxes
}

/// By `geo`, an outside oracle: whether two convex shapes have an inside in common.
fn overlap(a: &TurnedBox, b: &TurnedBox) -> bool {
    use geo::{Area, BooleanOps, Coord, LineString, Polygon};
    let [x, y] = a.centre;
    let polygon = |shape: &TurnedBox| {
        let ring = corners(shape).map(|[px, py]| Coord { x: px - x, y: py - y });
        Polygon::new(LineString::from(ring.to_vec()), Vec::new())
    };
    polygon(a).intersection(&polygon(b)).unsigned_area() > 1e-6
}

fn may_meet(a: [f64; 4], b: [f64; 4]) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

#[test]
fn no_label_covers_another() {
    let mut pairs = 0;
    let mut labels = 0;
    let mut curved = 0;
    for seed in 0..12 {
        let scene = Scene::city(seed * 7 + 1, 4_000.0, 250, 150);
        let placement = scene.place(&frame(names::MIDDLE, [3.0, 5.0, 1.3][(seed % 3) as usize]));
        let boxes: Vec<Vec<TurnedBox>> =
            placement.labels.iter().map(|label| glyph_boxes(&placement, label)).collect();
        let bounds: Vec<[f64; 4]> = placement.labels.iter().map(PlacedLabel::bounds).collect();
        for (one, label) in placement.labels.iter().enumerate() {
            labels += 1;
            let is_curved = matches!(&label.text, LabelText::Along(_, places)
                if places.windows(2).any(|pair| (pair[0].1 - pair[1].1).abs() > 0.01));
            curved += usize::from(is_curved);
            for glyph in &boxes[one] {
                assert!(may_meet(glyph.bounds(), bounds[one]));
            }
            for other in (one + 1)..placement.labels.len() {
                if !may_meet(bounds[one], bounds[other]) {
                    continue;
                }
                pairs += 1;
                for (a, b) in
                    boxes[one].iter().flat_map(|a| boxes[other].iter().map(move |b| (a, b)))
                {
                    let near = may_meet(a.bounds(), b.bounds());
                    let texts = [one, other].map(|at| placement.labels[at].text.to_text());
                    assert!(!near || !overlap(a, b), "seed {seed}: {texts:?}");
                }
            }
        }
    }
    assert!(labels > 1000 && pairs > 50 && curved > 100, "{labels}, {pairs}, {curved}");
}

/// What is written where, to compare placements: in the whole view.
fn written(placement: &Placement, view: [f64; 4]) -> BTreeMap<(usize, u32, [i64; 2]), String> {
    #[expect(clippy::cast_possible_truncation, reason = "millimetres")]
    let key = |label: &PlacedLabel| {
        (label.layer, label.row, label.at.map(|metres| (metres * 1e3).round() as i64))
    };
    let seen = placement.labels.iter().filter(|label| may_meet(label.bounds(), view));
    seen.map(|label| (key(label), label.text.to_text())).collect()
}

#[test]
fn the_same_view_has_the_same_labels_whatever_came_before() {
    let scene = Scene::city(5, 5_000.0, 400, 200);
    let view = frame(names::MIDDLE, 4.0);
    let first = scene.place(&view);
    // Other views shape other names and find other inner points first.
    let again = Scene::city(5, 5_000.0, 400, 200);
    for step in 0..5 {
        let at = names::MIDDLE.map(|at| at + f64::from(step) * 300.0);
        again.place(&frame(at, 2.0 + f64::from(step)));
    }
    let second = again.place(&view);
    assert_eq!(first.labels, second.labels);
    assert_eq!(first.tally(&view), second.tally(&view));
}

#[test]
fn labels_stay_where_they_are_while_the_map_moves() {
    let mut kept = 0;
    let mut all = 0;
    for seed in [3, 14, 25] {
        let scene = Scene::city(seed, 6_000.0, 500, 250);
        let mut before = None;
        for step in 0..60 {
            let at = [
                names::MIDDLE[0] + f64::from(step) * 37.0 - 1100.0,
                names::MIDDLE[1] - f64::from(step) * 21.0 + 600.0,
            ];
            let view = frame(at, 3.0);
            let now = scene.place(&view);
            if let Some((placement, last)) = before {
                let last: belfort::label::LabelFrame = last;
                // What both views show.
                let (a, b) = (last.bounds(), view.bounds());
                let shared = [a[0].max(b[0]), a[1].max(b[1]), a[2].min(b[2]), a[3].min(b[3])];
                let (old, new) = (written(&placement, shared), written(&now, shared));
                all += old.len();
                kept += old.keys().filter(|key| new.contains_key(*key)).count();
            }
            before = Some((now, view));
        }
    }
    // Only where a chain of names that displace each other reaches from beyond the squares that
    // labels are placed for into the view may one change.
    assert!(all > 5_000, "{all}");
    eprintln!("{} of {all} moved", all - kept);
    assert!((all - kept) * 500 <= all, "{} of {all} moved", all - kept);
}

#[test]
fn names_along_lines_are_upright_and_on_them() {
    let scene = Scene::city(9, 4_000.0, 300, 0);
    let placement = scene.place(&frame(names::MIDDLE, 2.0));
    let mut found = 0;
    for label in placement.labels.iter().filter(|label| label.layer == 1) {
        let LabelText::Along(line, places) = &label.text else { panic!("along its line") };
        found += 1;
        let (first, last) = (places[0].0, places[places.len() - 1].0);
        assert!(last[0] >= first[0], "{} reads from left to right", line.text);
        let lean = |angle: &f32| f64::from(*angle).abs();
        assert!(places.iter().all(|(_, angle)| lean(angle) < FRAC_PI_2 + 0.21), "{}", line.text);
        for pair in places.windows(2) {
            assert!((pair[0].1 - pair[1].1).abs() < 0.43, "{}", line.text);
        }
    }
    assert!(found > 40, "{found}");
}

#[test]
fn a_street_of_many_segments_is_named_once_and_its_rows_are_shown() {
    let scene = Scene::city(2, 1_500.0, 40, 0);
    let view = frame(names::MIDDLE, 1.6);
    let placement = scene.place(&view);
    let mut texts: BTreeMap<String, usize> = BTreeMap::new();
    for label in placement.labels.iter().filter(|label| label.layer == 1) {
        *texts.entry(label.text.to_text()).or_default() += 1;
    }
    assert!(texts.len() > 10, "{texts:?}");
    assert!(texts.values().all(|count| *count == 1), "{texts:?}");
    let tally = &placement.tally(&view)[1];
    let rows = tally.rows(Outcome::Shown).len() as u64;
    assert!(rows > tally.count(Outcome::Shown), "{rows} rows: streets have several");
}

#[test]
fn the_tally_adds_up() {
    let scene = Scene::city(4, 3_000.0, 300, 200);
    for metres in [1.0, 3.0, 9.0] {
        let view = frame(names::MIDDLE, metres);
        let placement = scene.place(&view);
        let bounds = view.bounds();
        for (layer, tally) in placement.tally(&view).iter().enumerate() {
            let outcomes = [Outcome::Shown, Outcome::TooLong, Outcome::Collides, Outcome::Beyond];
            let sum: u64 = outcomes.iter().map(|outcome| tally.count(*outcome)).sum();
            assert_eq!(sum, tally.named(), "layer {layer}");
            let mut rows: Vec<u32> = outcomes
                .iter()
                .chain([&Outcome::NoText])
                .flat_map(|outcome| tally.rows(*outcome).to_vec())
                .collect();
            let all = rows.len();
            rows.sort_unstable();
            rows.dedup();
            assert_eq!(rows.len(), all, "no row has two outcomes");
            let seen = placement
                .labels
                .iter()
                .filter(|label| label.layer == layer && may_meet(label.bounds(), bounds));
            let names: std::collections::BTreeSet<u32> = seen.map(|label| label.row).collect();
            assert_eq!(tally.count(Outcome::Shown), names.len() as u64, "layer {layer}");
            assert_eq!(tally.row_set(Outcome::Shown).count(), tally.rows(Outcome::Shown).len());
        }
    }
}

#[test]
fn priority_goes_before_the_order_of_layers() {
    let count = |high: usize| {
        let mut scene = Scene::city(6, 3_000.0, 250, 250);
        scene.layers[high].1.priority = LabelPriority::High;
        let view = frame(names::MIDDLE, 4.0);
        let tally = scene.place(&view).tally(&view);
        [0, 1].map(|layer: usize| tally[layer].count(Outcome::Shown))
    };
    let ([stops, fewer_streets], [fewer_stops, streets]) = (count(0), count(1));
    assert!(stops > fewer_stops && streets > fewer_streets, "{stops} {streets}");
}

#[test]
fn no_label_reaches_beyond_a_sheet_of_paper() {
    let scene = Scene::city(8, 4_000.0, 300, 150);
    let mut sheet = frame(names::MIDDLE, 4.0);
    sheet.is_closed = true;
    let placement = scene.place(&sheet);
    let [left, top, right, bottom] = sheet.bounds();
    assert!(placement.labels.len() > 60);
    for label in &placement.labels {
        let [l, t, r, b] = label.bounds();
        assert!(l >= left && t >= top && r <= right && b <= bottom);
    }
}

#[test]
fn names_stand_inside_their_areas() {
    use geo::{Contains, Coord, LineString, Point, Polygon};
    let table = names::areas(5, 4_000.0, 21);
    let style = LabelStyle { size: 12.0, ..named() };
    let scene = Scene { layers: vec![(source(&table, "naam"), style)] };
    let view = frame(names::MIDDLE, 6.0);
    let placement = scene.place(&view);
    let geometry = table.geometry.as_ref().unwrap();
    let mut several_lines = 0;
    assert!(placement.labels.len() > 15);
    for label in &placement.labels {
        let part = geometry.row(label.row as usize).parts().next().unwrap();
        let ring = part.rings().next().unwrap().xy();
        let ring: Vec<Coord> =
            ring.iter().map(|[x, y]| Coord { x: x / 6.0, y: -y / 6.0 }).collect();
        let area = Polygon::new(LineString::from(ring), Vec::new());
        for shape in glyph_boxes(&placement, label) {
            for [x, y] in corners(&shape) {
                assert!(area.contains(&Point::new(x, y)), "{}", label.text.to_text());
            }
        }
        several_lines += usize::from(label.text.to_text().contains('\n'));
    }
    assert!(several_lines > 3, "{several_lines}");
    // Too small for any name.
    let far = scene.place(&frame(names::MIDDLE, 300.0));
    assert!(far.labels.is_empty());
    assert_eq!(far.tally(&frame(names::MIDDLE, 300.0))[0].count(Outcome::TooLong), 25);
}
