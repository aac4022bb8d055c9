//! Inner points beside those of Shapely (`shapely.ops.polylabel`), an outside oracle.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::Stdio;

use belfort::label::inner_point;

use crate::names::Dice;
use crate::support::python_with;

/// How far the point that Shapely finds is from the outline.
const PROGRAM: &str = "
import sys, json
from shapely.geometry import Polygon, Point
from shapely.ops import polylabel
for line in sys.stdin:
    rings = json.loads(line)
    area = Polygon(rings[0], rings[1:])
    side = min(area.bounds[2] - area.bounds[0], area.bounds[3] - area.bounds[1])
    at = polylabel(area, side / 1000)
    print(at.distance(area.boundary))
";

fn star(dice: &mut Dice, [x, y]: [f64; 2], least: f64, most: f64, corners: u32) -> Vec<[f64; 2]> {
    let mut ring: Vec<[f64; 2]> = (0..corners)
        .map(|corner| {
            let angle = f64::from(corner) / f64::from(corners) * std::f64::consts::TAU;
            let reach = dice.between(least, most);
            [x + reach * angle.cos(), y + reach * angle.sin()]
        })
        .collect();
    ring.push(ring[0]);
    ring
}

#[test]
fn inner_points_are_as_far_from_the_edges_as_shapelys() {
    let Some(mut python) = python_with("shapely") else { return };
    let mut dice = Dice(11);
    let mut areas = Vec::new();
    for number in 0..60 {
        let middle = [414_000.0 + dice.between(0.0, 9e3), 6_630_000.0 + dice.between(0.0, 9e3)];
        let mut rings = vec![star(&mut dice, middle, 120.0, 600.0, 8 + number)];
        if number % 3 == 0 {
            rings.push(star(&mut dice, middle, 10.0, 100.0, 9));
        }
        areas.push(rings);
    }
    // An L and a U: their centroids lie at the edge and outside.
    let l = [[0.0, 0.0], [90.0, 0.0], [90.0, 12.0], [14.0, 12.0], [14.0, 90.0], [0.0, 90.0]];
    areas.push(vec![l.iter().chain(&l[..1]).copied().collect()]);
    let mut lines = String::new();
    for rings in &areas {
        writeln!(lines, "{rings:?}").unwrap();
    }
    let mut child =
        python.args(["-c", PROGRAM]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let found: Vec<f64> =
        String::from_utf8(output.stdout).unwrap().lines().map(|l| l.parse().unwrap()).collect();
    assert_eq!(found.len(), areas.len());
    for (rings, shapely) in areas.iter().zip(found) {
        let borrowed: Vec<&[[f64; 2]]> = rings.iter().map(Vec::as_slice).collect();
        let own = inner_point(&borrowed).unwrap();
        let xs = rings[0].iter().map(|at| at[0]);
        let ys = rings[0].iter().map(|at| at[1]);
        let span = |of: &mut dyn Iterator<Item = f64>| {
            let (low, high) = of.fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(v), h.max(v)));
            high - low
        };
        let side = span(&mut xs.clone()).min(span(&mut ys.clone()));
        assert!(own.distance >= shapely - side * 0.01, "{own:?}, Shapely {shapely}");
        assert!(own.distance <= shapely + side * 0.001 + 1e-9, "{own:?}, Shapely {shapely}");
    }
}
