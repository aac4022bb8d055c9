//! The ground of the made-up city: a square of 0 to 1 either way, bent onto the map around Ghent.

use crate::fake_portal::dice::Dice;
use crate::fake_portal::value::Shape;

/// Where a spot of the square lies, as `[lon, lat]` in WGS 84. Bent, but so gently that nothing folds.
pub fn spot(u: f64, v: f64) -> [f64; 2] {
    let lon = 3.62 + 0.20 * u + 0.004 * (9.0 * v + 3.0 * u).sin();
    let lat = 51.00 + 0.12 * v + 0.0025 * (8.0 * u - 2.0 * v).sin();
    [rounded(lon), rounded(lat)]
}

fn rounded(degrees: f64) -> f64 {
    (degrees * 1e7).round() / 1e7
}

/// Any spot, more often in the middle of the city than at its edge.
pub fn any_spot(dice: &mut Dice) -> [f64; 2] {
    let (u, v) = square(dice);
    spot(u, v)
}

/// The same on the square.
pub fn square(dice: &mut Dice) -> (f64, f64) {
    let mut middle = || f64::midpoint(dice.unit(), dice.unit());
    (middle(), middle())
}

/// A closed ring around a rectangle of the square, anticlockwise (RFC 7946), in steps along each side.
pub fn ring(from: (f64, f64), to: (f64, f64), steps: usize) -> Vec<[f64; 2]> {
    let ((west, south), (east, north)) = (from, to);
    let corners = [(west, south), (east, south), (east, north), (west, north), (west, south)];
    let mut ring = Vec::with_capacity(4 * steps + 1);
    for side in corners.windows(2) {
        let ((u0, v0), (u1, v1)) = (side[0], side[1]);
        for step in 0..steps {
            let part = step as f64 / steps as f64;
            ring.push(spot(u0 + part * (u1 - u0), v0 + part * (v1 - v0)));
        }
    }
    ring.push(ring[0]);
    ring
}

/// A blob of some metres around a spot of the square: a park, a playground, a building.
pub fn blob(dice: &mut Dice, centre: (f64, f64), metres: f64, corners: usize) -> Vec<[f64; 2]> {
    let [lon, lat] = spot(centre.0, centre.1);
    // Of the mean sphere of 6371 km.
    let degrees = metres / 111_195.0;
    let wide = degrees / lat.to_radians().cos();
    let mut ring: Vec<[f64; 2]> = (0..corners)
        .map(|corner| {
            let turn = std::f64::consts::TAU * corner as f64 / corners as f64;
            let far = 0.7 + 0.3 * dice.unit();
            [rounded(lon + far * wide * turn.cos()), rounded(lat + far * degrees * turn.sin())]
        })
        .collect();
    ring.push(ring[0]);
    ring
}

pub fn polygon(ring: Vec<[f64; 2]>) -> Shape {
    Shape::Polygon(vec![ring])
}
