//! Colours for classes: ramps to choose from, and what they are fit for.
//!
//! The colours are ColorBrewer's (Cynthia Brewer, Pennsylvania State University) and those of the
//! viridis family. Whether people who are colour-blind can tell the classes apart, and whether a
//! black-and-white print can, is computed for the very number of classes.

mod crossed;
mod vision;

pub use crossed::{CROSSED_RAMPS, CrossedRamp, crossed_ramp};
pub use vision::{Vision, contrast, difference, lab, luminance};

use colorous::Gradient;

use super::Color;

/// What a ramp is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RampUse {
    /// From little to much.
    Sequential,
    /// From below to above a middle.
    Diverging,
    /// Kinds without an order.
    Qualitative,
}

/// Colours in an order.
#[derive(Clone, Copy, Debug)]
pub struct Ramp {
    /// The stable name, as ColorBrewer and matplotlib call it.
    pub id: &'static str,
    /// What it is for.
    pub purpose: RampUse,
    colors: Source,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    Gradient(Gradient),
    List(&'static [colorous::Color]),
}

/// Two classes of a map are told apart from here on, even when they do not lie side by side.
const APART: f64 = 10.0;
/// Neighbours in an order, which the legend shows side by side.
const NEXT: f64 = 4.0;
/// The least step in lightness (L*) that a black-and-white print shows.
const STEP: f64 = 6.0;

macro_rules! ramps {
    ($($id:literal $purpose:ident $kind:ident($source:ident),)*) => {
        /// All ramps, in the order in which they are offered.
        pub static RAMPS: &[Ramp] = &[$(Ramp {
            id: $id,
            purpose: RampUse::$purpose,
            colors: ramps!(@$kind $source),
        },)*];
    };
    (@gradient $source:ident) => { Source::Gradient(colorous::$source) };
    (@list $source:ident) => { Source::List(&colorous::$source) };
}

ramps! {
    "YlGnBu" Sequential gradient(YELLOW_GREEN_BLUE),
    "YlOrRd" Sequential gradient(YELLOW_ORANGE_RED),
    "viridis" Sequential gradient(VIRIDIS),
    "cividis" Sequential gradient(CIVIDIS),
    "Blues" Sequential gradient(BLUES),
    "Greens" Sequential gradient(GREENS),
    "Oranges" Sequential gradient(ORANGES),
    "Reds" Sequential gradient(REDS),
    "Purples" Sequential gradient(PURPLES),
    "Greys" Sequential gradient(GREYS),
    "BuGn" Sequential gradient(BLUE_GREEN),
    "BuPu" Sequential gradient(BLUE_PURPLE),
    "GnBu" Sequential gradient(GREEN_BLUE),
    "OrRd" Sequential gradient(ORANGE_RED),
    "PuBuGn" Sequential gradient(PURPLE_BLUE_GREEN),
    "RdPu" Sequential gradient(RED_PURPLE),
    "YlGn" Sequential gradient(YELLOW_GREEN),
    "YlOrBr" Sequential gradient(YELLOW_ORANGE_BROWN),
    "magma" Sequential gradient(MAGMA),
    "inferno" Sequential gradient(INFERNO),
    "plasma" Sequential gradient(PLASMA),
    "RdYlBu" Diverging gradient(RED_YELLOW_BLUE),
    "RdBu" Diverging gradient(RED_BLUE),
    "BrBG" Diverging gradient(BROWN_GREEN),
    "PuOr" Diverging gradient(PURPLE_ORANGE),
    "PRGn" Diverging gradient(PURPLE_GREEN),
    "PiYG" Diverging gradient(PINK_GREEN),
    "RdYlGn" Diverging gradient(RED_YELLOW_GREEN),
    "Spectral" Diverging gradient(SPECTRAL),
    "Set2" Qualitative list(SET2),
    "Dark2" Qualitative list(DARK2),
    "Paired" Qualitative list(PAIRED),
    "Set1" Qualitative list(SET1),
    "Set3" Qualitative list(SET3),
    "Accent" Qualitative list(ACCENT),
    "Pastel1" Qualitative list(PASTEL1),
    "tableau" Qualitative list(TABLEAU10),
}

/// A ramp by its stable name.
pub fn ramp_by_id(id: &str) -> Option<&'static Ramp> {
    RAMPS.iter().find(|ramp| ramp.id == id)
}

impl Ramp {
    /// The most classes it has colours for.
    pub fn most(&self) -> usize {
        match self.colors {
            Source::Gradient(_) => super::breaks::MOST_CLASSES,
            Source::List(list) => list.len(),
        }
    }

    /// Colours for so many classes, in order, or from the other end. Kinds beyond the list begin it
    /// again.
    pub fn colors(&self, count: usize, is_reversed: bool) -> Vec<Color> {
        let color = |color: colorous::Color| Color { r: color.r, g: color.g, b: color.b, a: 255 };
        let mut made: Vec<Color> = match self.colors {
            Source::Gradient(gradient) => {
                // The palest end is hardly seen on paper and on a pale map.
                let skip = usize::from(self.purpose == RampUse::Sequential);
                let at = |at: usize| gradient.eval_rational(at + skip, count + skip);
                (0..count).map(|class| color(at(class))).collect()
            }
            Source::List(list) => list.iter().copied().cycle().take(count).map(color).collect(),
        };
        if is_reversed {
            made.reverse();
        }
        made
    }

    /// Whether people with any colour blindness can tell so many classes apart.
    pub fn is_safe(&self, count: usize) -> bool {
        [Vision::Usual, Vision::Deutan, Vision::Protan, Vision::Tritan]
            .into_iter()
            .all(|vision| self.is_told_apart(count, vision))
    }

    /// Whether a black-and-white print tells so many classes apart. A print of a diverging ramp
    /// never does: both ends are dark.
    pub fn prints_in_grey(&self, count: usize) -> bool {
        let mut steps: Vec<f64> = self.colors(count, false).into_iter().map(lightness).collect();
        if self.purpose == RampUse::Qualitative {
            steps.sort_by(f64::total_cmp);
        }
        told_by_grey(&steps)
    }

    fn is_told_apart(&self, count: usize, vision: Vision) -> bool {
        if count > self.most() {
            return false;
        }
        is_told_apart(&self.colors(count, false), vision, |at, other| {
            self.purpose != RampUse::Qualitative && other == at + 1
        })
    }
}

/// Whether colours are told apart by people with a vision. Those that are next to each other in
/// the legend, by their places, may be nearer to each other than the rest.
fn is_told_apart(colors: &[Color], vision: Vision, is_next: impl Fn(usize, usize) -> bool) -> bool {
    let seen: Vec<Color> = colors.iter().map(|color| vision.of(*color)).collect();
    seen.iter().enumerate().all(|(at, one)| {
        let mut later = seen.iter().enumerate().skip(at + 1);
        later.all(|(other, two)| {
            difference(*one, *two) >= if is_next(at, other) { NEXT } else { APART }
        })
    })
}

fn lightness(color: Color) -> f64 {
    lab(color).first().copied().unwrap_or(0.0)
}

/// Whether a black-and-white print tells colours of a lightness, in an order, apart.
fn told_by_grey(steps: &[f64]) -> bool {
    let changes: Vec<f64> = steps.iter().zip(steps.iter().skip(1)).map(|(a, b)| b - a).collect();
    let all_up = changes.iter().all(|change| *change >= STEP);
    all_up || changes.iter().all(|change| *change <= -STEP)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The least difference between neighbours and between others, by vision.
    fn least(ramp: &Ramp, count: usize) -> Vec<(Vision, f64, f64)> {
        let of = |vision: Vision| {
            let seen: Vec<Color> =
                ramp.colors(count, false).into_iter().map(|color| vision.of(color)).collect();
            let (mut next, mut far) = (f64::INFINITY, f64::INFINITY);
            for at in 0..count {
                for other in at + 1..count {
                    let apart = difference(seen[at], seen[other]);
                    let least = if other == at + 1 { &mut next } else { &mut far };
                    *least = least.min(apart);
                }
            }
            (vision, next, far)
        };
        Vision::ALL.into_iter().map(of).collect()
    }

    #[test]
    fn what_ramps_are_fit_for_is_as_their_makers_say() {
        let ramp = |id: &str| ramp_by_id(id).unwrap();
        // ColorBrewer's own marks: the sequential ones are safe; Spectral, RdYlGn and Set1 are not.
        for id in ["YlGnBu", "Blues", "YlOrRd", "viridis", "cividis", "Greys"] {
            assert!(ramp(id).is_safe(5), "{id}: {:?}", least(ramp(id), 5));
            assert!(ramp(id).prints_in_grey(5), "{id}");
        }
        for id in ["RdYlBu", "RdBu", "BrBG", "PuOr"] {
            assert!(ramp(id).is_safe(5), "{id}");
            assert!(!ramp(id).prints_in_grey(5), "{id}");
        }
        for (id, count) in [("RdYlGn", 7), ("Set1", 8), ("Accent", 8), ("Pastel1", 9)] {
            assert!(!ramp(id).is_safe(count), "{id}");
        }
        assert!(ramp("Dark2").is_safe(3));
        assert!(!ramp("Dark2").is_safe(9), "it has eight colours");
    }

    #[test]
    fn ramps_give_as_many_colours_as_asked_and_turn_around() {
        for ramp in RAMPS {
            assert_eq!(RAMPS.iter().filter(|other| other.id == ramp.id).count(), 1);
            for count in 1..=12 {
                let colors = ramp.colors(count, false);
                let mut turned = ramp.colors(count, true);
                turned.reverse();
                assert_eq!((colors.len(), &colors), (count, &turned), "{}", ramp.id);
                if count <= ramp.most() && ramp.purpose != RampUse::Qualitative {
                    assert!(colors.windows(2).all(|two| two[0] != two[1]), "{}", ramp.id);
                }
            }
        }
    }
}
