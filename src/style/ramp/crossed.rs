//! Colours for two numbers crossed.
//!
//! Each scheme is three colours by three, as published; for two or four classes of a number it is
//! cut anew, blended between its colours. What the colour-blind can tell apart is computed as for
//! ramps of one number.

use super::{Vision, is_told_apart, lightness, told_by_grey};
use crate::style::Color;

/// Colours in a square.
#[derive(Clone, Copy, Debug)]
pub struct CrossedRamp {
    /// The stable name, as its maker or the R package `biscale` calls it.
    pub id: &'static str,
    /// Rows from below to above, each from left to right.
    colors: [[u32; 3]; 3],
}

/// All schemes, in the order in which they are offered. "DkViolet" is by Timo Grossenbacher and
/// Angelo Zehr ("Bivariate maps with ggplot2 and sf", 2019), the others by Joshua Stevens
/// ("Bivariate Choropleth Maps: A How-to Guide", 2015).
pub static CROSSED_RAMPS: [CrossedRamp; 5] = [
    CrossedRamp {
        id: "DkViolet",
        colors: [
            [0xcabed0, 0xbc7c8f, 0xae3a4e],
            [0x89a1c8, 0x806a8a, 0x77324c],
            [0x4885c1, 0x435786, 0x3f2949],
        ],
    },
    CrossedRamp {
        id: "BuPu",
        colors: [
            [0xe8e8e8, 0xace4e4, 0x5ac8c8],
            [0xdfb0d6, 0xa5add3, 0x5698b9],
            [0xbe64ac, 0x8c62aa, 0x3b4994],
        ],
    },
    CrossedRamp {
        id: "GnBu",
        colors: [
            [0xe8e8e8, 0xb5c0da, 0x6c83b5],
            [0xb8d6be, 0x90b2b3, 0x567994],
            [0x73ae80, 0x5a9178, 0x2a5a5b],
        ],
    },
    CrossedRamp {
        id: "RdBu",
        colors: [
            [0xe8e8e8, 0xe4acac, 0xc85a5a],
            [0xb0d5df, 0xad9ea5, 0x985356],
            [0x64acbe, 0x627f8c, 0x574249],
        ],
    },
    CrossedRamp {
        id: "PuOr",
        colors: [
            [0xe8e8e8, 0xe4d9ac, 0xc8b35a],
            [0xcbb8d7, 0xc8ada0, 0xaf8e53],
            [0x9972af, 0x976b82, 0x804d36],
        ],
    },
];

/// A scheme by its stable name; the first where the name is not known.
pub fn crossed_ramp(id: &str) -> &'static CrossedRamp {
    let [usual, ..] = &CROSSED_RAMPS;
    CROSSED_RAMPS.iter().find(|ramp| ramp.id == id).unwrap_or(usual)
}

impl CrossedRamp {
    /// The colours of so many classes of the number across and of the one that goes up: rows from
    /// below to above, each from left to right. Turned, the two numbers exchange their colours.
    pub fn colors(&self, [across, up]: [usize; 2], is_turned: bool) -> Vec<Color> {
        let color = |x: usize, y: usize| {
            let place = [share(x, across), share(y, up)];
            let [x, y] = if is_turned { [place[1], place[0]] } else { place };
            self.blended(x, y)
        };
        (0..up).flat_map(|y| (0..across).map(move |x| color(x, y))).collect()
    }

    /// The colour at a place: 0 to 1 from left to right and from below to above.
    fn blended(&self, x: f32, y: f32) -> Color {
        let [below, middle, above] = self.colors.map(|row| blend(row.map(Color::rgb), x));
        blend([below, middle, above], y)
    }

    /// Whether people with any colour blindness can tell so many classes apart. Those that share a
    /// side in the legend may be nearer to each other than others.
    pub fn is_safe(&self, sides: [usize; 2]) -> bool {
        let [across, _] = sides.map(|side| side.max(1));
        let colors = self.colors(sides, false);
        let is_next = |one: usize, other: usize| {
            let apart = |of: fn(usize, usize) -> usize| of(one, across).abs_diff(of(other, across));
            apart(|at, side| at % side) + apart(|at, side| at / side) == 1
        };
        [Vision::Usual, Vision::Deutan, Vision::Protan, Vision::Tritan]
            .into_iter()
            .all(|vision| is_told_apart(&colors, vision, is_next))
    }

    /// Whether a black-and-white print tells so many classes apart.
    pub fn prints_in_grey(&self, sides: [usize; 2]) -> bool {
        let mut steps: Vec<f64> = self.colors(sides, false).into_iter().map(lightness).collect();
        steps.sort_by(f64::total_cmp);
        told_by_grey(&steps)
    }
}

/// How far along its side a class lies: 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "a handful")]
fn share(at: usize, count: usize) -> f32 {
    if count < 2 { 0.0 } else { at as f32 / (count - 1) as f32 }
}

/// A colour between three in equal steps, at a place of 0 to 1.
fn blend([first, second, third]: [Color; 3], at: f32) -> Color {
    let (from, to, share) =
        if at < 0.5 { (first, second, at * 2.0) } else { (second, third, at * 2.0 - 1.0) };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
    let part = |a: u8, b: u8| (f32::from(a) * (1.0 - share) + f32::from(b) * share).round() as u8;
    Color { r: part(from.r, to.r), g: part(from.g, to.g), b: part(from.b, to.b), a: 255 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_by_three_is_as_published_and_others_have_the_same_corners() {
        for ramp in &CROSSED_RAMPS {
            let published: Vec<Color> =
                ramp.colors.iter().flatten().copied().map(Color::rgb).collect();
            assert_eq!(ramp.colors([3, 3], false), published, "{}", ramp.id);
            for side in 2..=4 {
                let colors = ramp.colors([side, side], false);
                let corners = [0, side - 1, side * (side - 1), side * side - 1];
                let expected = [0, 2, 6, 8].map(|at| published[at]);
                assert_eq!(corners.map(|at| colors[at]), expected, "{} {side}", ramp.id);
                let different: std::collections::HashSet<_> = colors.iter().collect();
                assert_eq!(different.len(), side * side, "{} {side}", ramp.id);
            }
            let uneven = ramp.colors([2, 4], false);
            assert_eq!((uneven.len(), uneven[1]), (8, published[2]), "{}", ramp.id);
        }
        assert_eq!(crossed_ramp("no such").id, "DkViolet");
    }

    #[test]
    fn turned_the_numbers_exchange_their_colours() {
        for ramp in &CROSSED_RAMPS {
            let (usual, turned) = (ramp.colors([4, 3], false), ramp.colors([3, 4], true));
            for (x, y) in (0..4).flat_map(|x| (0..3).map(move |y| (x, y))) {
                assert_eq!(usual[y * 4 + x], turned[x * 3 + y], "{} {x} {y}", ramp.id);
            }
        }
    }

    /// That one is safe in the usual nine classes, and that the check is no formality.
    #[test]
    fn which_schemes_the_colour_blind_can_read() {
        let safe = |sides: [usize; 2]| -> Vec<&str> {
            CROSSED_RAMPS.iter().filter(|ramp| ramp.is_safe(sides)).map(|ramp| ramp.id).collect()
        };
        assert_eq!(safe([3, 3]), ["DkViolet"]);
        assert_eq!(safe([2, 2]).len(), CROSSED_RAMPS.len());
        assert!(safe([4, 4]).is_empty());
        assert!(CROSSED_RAMPS.iter().all(|ramp| !ramp.prints_in_grey([3, 3])));
    }
}
