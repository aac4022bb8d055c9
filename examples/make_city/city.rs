//! Where things are: neighbourhoods, and streets in them.
//!
//! Positions are metres east and north of the middle of the box that the city fills; they become
//! degrees with the lengths of a degree at 51.08° north, which is near enough for made-up data.

use crate::dice::Dice;
use crate::words::street_name;

/// Metres.
pub type Metres = [f64; 2];

/// West, south, east, north of all data, in degrees.
const BOX: [f64; 4] = [3.58, 50.98, 3.85, 51.19];
/// One degree of longitude and of latitude in metres, at 51.08° north on the ellipsoid of WGS 84.
const DEGREE: [f64; 2] = [70_060.0, 111_260.0];

/// Longitude and latitude. What would fall outside the city is mirrored back at its edge.
pub fn lon_lat(at: Metres) -> [f64; 2] {
    let [west, south, east, north] = BOX;
    let lon = f64::midpoint(west, east) + at[0] / DEGREE[0];
    let lat = f64::midpoint(south, north) + at[1] / DEGREE[1];
    [mirrored(lon, west, east), mirrored(lat, south, north)]
}

fn mirrored(value: f64, low: f64, high: f64) -> f64 {
    let back = if value < low {
        2.0 * low - value
    } else if value > high {
        2.0 * high - value
    } else {
        value
    };
    back.clamp(low, high)
}

/// A street: an arc from its start, with houses on both sides.
pub struct Street {
    pub name: String,
    /// The house numbers go up along it.
    pub length: f64,
    start: Metres,
    /// A vector of length 1.
    along: Metres,
    /// How far its middle lies beside the straight line.
    bend: f64,
}

impl Street {
    /// The position `along` metres from the start and `aside` metres to the left.
    pub fn at(&self, along: f64, aside: f64) -> Metres {
        let bow = self.bend * (std::f64::consts::PI * along / self.length).sin();
        let [x, y] = self.along;
        let aside = aside + bow;
        [self.start[0] + x * along - y * aside, self.start[1] + y * along + x * aside]
    }
}

/// All streets. Houses and trees stand along them.
pub struct City {
    pub streets: Vec<Street>,
}

impl City {
    /// A city of so many streets, dense in the middle and in some fifty neighbourhoods around it.
    pub fn new(streets: usize) -> City {
        let mut dice = Dice::new(9000);
        let centres: Vec<(Metres, f64)> = (0..50)
            .map(|number| {
                if number < 6 {
                    let [x, y] = dice.normal();
                    return ([300.0 + 900.0 * x, -3000.0 + 900.0 * y], 700.0);
                }
                let [x, y] = dice.normal();
                ([300.0 + 3800.0 * x, -2000.0 + 4500.0 * y], dice.between(400.0, 1100.0))
            })
            .collect();
        let street = |number: usize| {
            let at = dice.below(80).checked_sub(30).unwrap_or_else(|| dice.below(6));
            let (centre, spread) = centres.get(at as usize).copied().unwrap_or_default();
            let [x, y] = dice.normal();
            // Most streets of a neighbourhood follow its grid, or stand square to it.
            let grid = f64::from(at) * 0.7 + dice.normal()[0] * 0.08;
            let quarter = f64::from(dice.below(4)) * std::f64::consts::FRAC_PI_2;
            let (sin, cos) = (grid + quarter).sin_cos();
            let length = dice.between(60.0, 420.0);
            Street {
                name: street_name(number),
                length,
                start: [centre[0] + spread * x, centre[1] + spread * y],
                along: [cos, sin],
                bend: dice.normal()[0] * length * 0.06,
            }
        };
        City { streets: (0..streets.max(1)).map(street).collect() }
    }

    /// Any of the streets.
    pub fn pick(&self, dice: &mut Dice) -> &Street {
        let at = dice.below(u32::try_from(self.streets.len()).unwrap_or(u32::MAX)) as usize;
        self.streets.get(at).unwrap_or_else(|| unreachable!("a city has a street"))
    }
}
