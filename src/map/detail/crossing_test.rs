//! Polygons whose rings cross are filled as paper fills them: by the even-odd rule.

use super::Record;
use super::shapes::{FINEST, Shapes, Tools, Wanted, make};
use crate::map::tests::scene;
use crate::table::{Extent, GeometryBuilder};

type Ring = Vec<[f64; 2]>;

struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        u32::try_from(self.0 >> 33).unwrap() % limit
    }

    /// Of a square of a size; on whole metres, so that some corners lie on others' edges.
    fn ring(&mut self, corners: u32, size: u32) -> Ring {
        (0..corners).map(|_| [0, 1].map(|_| f64::from(self.below(size)))).collect()
    }
}

/// Whether a ray to the right of a place crosses the ring an odd number of times (W. R. Franklin,
/// PNPOLY).
fn is_odd(ring: &Ring, [x, y]: [f64; 2]) -> bool {
    let edges = ring.iter().zip(ring.iter().cycle().skip(1));
    let crossed = edges.filter(|([ax, ay], [bx, by])| {
        (*ay > y) != (*by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax
    });
    crossed.count() % 2 == 1
}

fn distance([x, y]: [f64; 2], [ax, ay]: [f64; 2], [bx, by]: [f64; 2]) -> f64 {
    let (dx, dy) = (bx - ax, by - ay);
    let along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy).max(1e-12);
    let along = along.clamp(0.0, 1.0);
    (ax + along * dx - x).hypot(ay + along * dy - y)
}

/// How many triangles a place lies in.
fn triangles_at(made: &Shapes, at: [f64; 2]) -> usize {
    let corner = |at: &u32| {
        let Record { x, y, .. } = made.records[*at as usize];
        [f64::from(x), f64::from(y)]
    };
    let is_in = |[a, b, c]: [[f64; 2]; 3]| {
        let side = |[ax, ay]: [f64; 2], [bx, by]: [f64; 2]| {
            (bx - ax) * (at[1] - ay) - (at[0] - ax) * (by - ay)
        };
        let sides = [side(a, b), side(b, c), side(c, a)];
        sides.iter().all(|side| *side > 0.0) || sides.iter().all(|side| *side < 0.0)
    };
    let (triangles, rest) = made.indices.as_chunks::<3>();
    assert!(rest.is_empty());
    triangles.iter().filter(|corners| is_in(corners.each_ref().map(corner))).count()
}

fn made_of(rings: &[Ring], level: i32, look: impl FnOnce(&Shapes, &dyn Fn([f64; 2]) -> [f64; 2])) {
    let mut builder = GeometryBuilder::new();
    let mut rings = rings.iter().map(|ring| {
        let closed = ring.iter().chain(ring.first());
        geo::LineString(closed.map(|[x, y]| geo::Coord { x: *x, y: *y }).collect())
    });
    let outer = rings.next().unwrap();
    builder.push_geo(&geo::Polygon::new(outer, rings.collect()).into());
    let scene = scene(builder.finish().unwrap());
    let chunk = scene.chunks().first().unwrap();
    let window = Extent { min_x: -1e9, min_y: -1e9, max_x: 1e9, max_y: 1e9 };
    let made = make(chunk, Wanted { level, window, rows: None }, &mut Tools::default());
    look(&made, &|place| chunk.steps(place));
}

#[test]
fn what_rings_surround_an_odd_number_of_times_is_filled_once() {
    let mut dice = Dice(5);
    let (mut inside, mut outside, mut crossing) = (0, 0, 0);
    for number in 0..300 {
        let corners = 4 + dice.below(20);
        let mut rings = vec![dice.ring(corners, 100)];
        for _ in 0..number % 4 {
            rings.push(dice.ring(3, 60));
        }
        made_of(&rings, FINEST, |made, steps| {
            // Corners of its own, behind those of the outline.
            crossing += usize::from(made.records.len() > rings.iter().map(|it| it.len() + 3).sum());
            for _ in 0..60 {
                let at = [0, 1].map(|_| f64::from(dice.below(100_000)) / 1000.0);
                let edges = rings.iter().flat_map(|it| it.iter().zip(it.iter().cycle().skip(1)));
                if edges.map(|(a, b)| distance(at, *a, *b)).any(|far| far < 0.05) {
                    continue;
                }
                let wanted = rings.iter().filter(|ring| is_odd(ring, at)).count() % 2;
                assert_eq!(triangles_at(made, steps(at)), wanted, "{number}: {at:?} in {rings:?}");
                *[&mut outside, &mut inside][wanted] += 1;
            }
        });
    }
    assert!(inside > 2000 && outside > 2000 && crossing > 200, "{inside} {outside} {crossing}");
}

#[test]
fn a_scribble_that_crosses_too_often_is_filled_somehow() {
    let ring = Dice(9).ring(3000, 1_000_000);
    made_of(&[ring], FINEST, |made, _| assert!(made.indices.len() > 3000));
}
