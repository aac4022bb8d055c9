//! A made-up city of any size, in Web Mercator so that no transformation is timed along: trees as
//! points, buildings as polygons, streets as lines. The same numbers give the same city.

use belfort::crs::{Crs, HowFound, LayerCrs, mercator_from_lon_lat};
use belfort::table::{GeometryBuilder, GeometryKind, PartKind, Table};

/// The middle of the city: Ghent, degrees.
pub const MIDDLE: [f64; 2] = [3.7253, 51.0536];

/// The side of the city, Web Mercator metres (some 13 km on the ground).
pub const SIDE: f64 = 20_000.0;

/// The distance between parallel streets, metres.
const BLOCK: f64 = 130.0;

/// A small generator of numbers that look random (Knuth's MMIX multiplier).
struct Dice(u64);

impl Dice {
    #[expect(clippy::cast_precision_loss, reason = "32 bits fit")]
    fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        (self.0 >> 32) as f64 / f64::from(u32::MAX)
    }

    /// A whole number below another.
    fn whole(&mut self, below: u32) -> u32 {
        let high = u64::from(below) * (self.roll().to_bits() >> 20 & 0xffff_ffff);
        u32::try_from(high >> 32).unwrap_or(0)
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        (high - low).mul_add(self.roll(), low)
    }

    /// A place in the city: denser towards the middle, as cities are.
    fn place(&mut self) -> [f64; 2] {
        let [x, y] = mercator_from_lon_lat(MIDDLE);
        let half = SIDE / 2.0;
        let mut one = || {
            let even = self.between(-1.0, 1.0);
            if self.roll() < 0.5 { even * even.abs() * half } else { even * half }
        };
        [x + one(), y + one()]
    }
}

fn table(name: &str, builder: GeometryBuilder) -> Table {
    let rows = builder.len();
    let geometry = builder.finish().expect("fits");
    let mut table = Table::new(name, rows, vec![], vec![], Some(geometry)).expect("no columns");
    table.crs = Some(LayerCrs::new(Crs::web_mercator(), HowFound::Chosen));
    table
}

/// Trees: half of them in rows along streets, the others anywhere.
pub fn points(count: usize) -> Table {
    let mut dice = Dice(1);
    let mut builder = GeometryBuilder::with_capacity(count, count);
    for row in 0..count {
        let [x, y] = dice.place();
        if row % 2 == 0 {
            builder.push_point([(x / BLOCK).round() * BLOCK + dice.between(-6.0, 6.0), y]);
        } else {
            builder.push_point([x, y]);
        }
    }
    table("trees", builder)
}

/// Buildings: rectangles turned like their neighbours, one in six with an annex, one in twenty
/// with a courtyard.
pub fn buildings(count: usize) -> Table {
    let mut dice = Dice(2);
    let mut builder = GeometryBuilder::with_capacity(count, count * 6);
    for row in 0..count {
        let [x, y] = dice.place();
        let turn = ((x / 900.0).sin() + (y / 700.0).cos()) * 0.7;
        let (sin, cos) = turn.sin_cos();
        let at = |u: f64, v: f64| [x + u * cos - v * sin, y + u * sin + v * cos];
        let (wide, deep) = (dice.between(6.0, 14.0), dice.between(9.0, 24.0));
        let ring: Vec<[f64; 2]> = if row % 6 == 0 {
            let (half, notch) = (wide * 0.45, deep * 0.55);
            [(0., 0.), (wide, 0.), (wide, notch), (half, notch), (half, deep), (0., deep)]
                .map(|(u, v)| at(u, v))
                .to_vec()
        } else {
            [(0., 0.), (wide, 0.), (wide, deep), (0., deep)].map(|(u, v)| at(u, v)).to_vec()
        };
        builder.begin_row(GeometryKind::Polygon);
        builder.begin_part(PartKind::Polygon);
        builder.begin_ring();
        for corner in ring.iter().chain(ring.first()) {
            builder.coord(*corner, None, None);
        }
        if row % 20 == 1 {
            let [u, v] = [wide * 0.3, deep * 0.3];
            let hole = [(u, v), (u, deep - v), (wide - u, deep - v), (wide - u, v), (u, v)];
            builder.begin_ring();
            for (u, v) in hole {
                builder.coord(at(u, v), None, None);
            }
        }
        builder.end_row();
    }
    table("buildings", builder)
}

/// Streets: from block to block, each a little crooked.
pub fn streets(count: usize) -> Table {
    let mut dice = Dice(3);
    let mut builder = GeometryBuilder::with_capacity(count, count * 11);
    for row in 0..count {
        let [x, y] = dice.place().map(|at| (at / BLOCK).round() * BLOCK);
        let vertices = 6 + dice.whole(10);
        let length = BLOCK * dice.between(0.8, 2.2);
        let bend = dice.between(-0.3, 0.3);
        builder.begin_row(GeometryKind::LineString);
        builder.begin_part(PartKind::Line);
        builder.begin_ring();
        for step in 0..=vertices {
            let share = f64::from(step) / f64::from(vertices);
            let along = length * share;
            let beside = (share * std::f64::consts::PI).sin() * bend * 40.0 + dice.between(-1., 1.);
            let [along, beside] = if row % 2 == 0 { [along, beside] } else { [beside, along] };
            builder.coord([x + along, y + beside], None, None);
        }
        builder.end_row();
    }
    table("streets", builder)
}
