//! Random polygons, most of them where implementations differ: with corners on a small grid, so
//! that rings share corners and edges, touch, and lie along each other.

/// x and y.
pub type Position = [f64; 2];

/// The outer ring, then the holes.
pub type Polygon = Vec<Vec<Position>>;

/// Numbers by chance, the same in every run (Marsaglia, "Xorshift RNGs", 2003).
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// From 0 to below.
    pub fn below(&mut self, below: u32) -> u32 {
        u32::try_from((self.next() >> 20) % u64::from(below)).unwrap()
    }

    fn grid(&mut self, size: u32) -> Position {
        [f64::from(self.below(size)), f64::from(self.below(size))]
    }
}

fn closed(mut ring: Vec<Position>) -> Vec<Position> {
    ring.push(ring[0]);
    ring
}

/// A ring of so many corners anywhere on a grid.
fn wild(chance: &mut Chance, corners: u32, size: u32) -> Vec<Position> {
    closed((0..corners).map(|_| chance.grid(size)).collect())
}

/// A rectangle, triangle, corner piece or diamond on a grid, turning either way.
fn tame(chance: &mut Chance, size: u32, largest: u32) -> Vec<Position> {
    let [x, y] = chance.grid(size);
    let width = f64::from(1 + chance.below(largest));
    let height = f64::from(1 + chance.below(largest));
    let mut ring = match chance.below(5) {
        0 => vec![[x, y], [x + width, y], [x, y + height]],
        1 => vec![[x, y], [x + width, y], [x + width, y + height]],
        2 => {
            let (w, h) = (width, height);
            vec![[x + w, y], [x + 2.0 * w, y + h], [x + w, y + 2.0 * h], [x, y + h]]
        }
        3 => vec![
            [x, y],
            [x + 2.0 * width, y],
            [x + 2.0 * width, y + height],
            [x + width, y + height],
            [x + width, y + 2.0 * height],
            [x, y + 2.0 * height],
        ],
        _ => vec![[x, y], [x + width, y], [x + width, y + height], [x, y + height]],
    };
    if chance.below(2) == 0 {
        ring.reverse();
    }
    let start = usize::try_from(chance.below(u32::try_from(ring.len()).unwrap())).unwrap();
    ring.rotate_left(start);
    closed(ring)
}

/// A feature: its polygons.
pub fn feature(chance: &mut Chance) -> Vec<Polygon> {
    match chance.below(6) {
        0 => {
            let corners = 3 + chance.below(8);
            vec![vec![wild(chance, corners, 6)]]
        }
        1 => {
            let mut polygon = vec![{
                let corners = 3 + chance.below(5);
                wild(chance, corners, 7)
            }];
            for _ in 0..chance.below(3) {
                polygon.push(wild(chance, 3, 7));
            }
            vec![polygon]
        }
        2 | 3 => {
            let outer = closed(vec![[0.0, 0.0], [9.0, 0.0], [9.0, 9.0], [0.0, 9.0]]);
            let holes = 1 + chance.below(6);
            let holes = (0..holes).map(|_| tame(chance, 8, 3)).collect::<Vec<_>>();
            vec![[vec![outer], holes].concat()]
        }
        _ => {
            let polygons = 2 + chance.below(4);
            let one = |chance: &mut Chance| {
                let mut polygon = vec![tame(chance, 9, 5)];
                if chance.below(2) == 0 {
                    let corner = polygon[0][0];
                    let hole = tame(chance, 3, 2);
                    polygon
                        .push(hole.iter().map(|[x, y]| [x + corner[0], y + corner[1]]).collect());
                }
                polygon
            };
            (0..polygons).map(|_| one(chance)).collect()
        }
    }
}

/// The same turned and stretched, so that corners lie next to lines they lay on.
pub fn turned(feature: &[Polygon], chance: &mut Chance) -> Vec<Polygon> {
    let angle = f64::from(chance.below(1000)) / 159.0;
    let size = 10_f64.powi(i32::try_from(chance.below(7)).unwrap() - 2) / 3.0;
    let east = f64::from(chance.below(200_000));
    let at = |[x, y]: &Position| {
        let (sin, cos) = angle.sin_cos();
        [east + size * (x * cos - y * sin), size * (x * sin + y * cos)]
    };
    let ring = |ring: &Vec<Position>| ring.iter().map(at).collect();
    feature.iter().map(|polygon| polygon.iter().map(ring).collect()).collect()
}

/// A polygon with a crooked border of so many corners and some holes along it; spoilt in one of
/// three ways, or not (0).
pub fn coast(chance: &mut Chance, corners: u32, spoilt: u32) -> Vec<Polygon> {
    let at = |corner: u32, chance: &mut Chance| {
        let angle = f64::from(corner) / f64::from(corners) * std::f64::consts::TAU;
        let noise = f64::from(chance.below(1000)) * 2e-4;
        let radius = 1000.0 + 90.0 * (angle * 40.0).sin() + noise;
        [174_000.0 + radius * angle.cos(), 180_000.0 + radius * angle.sin()]
    };
    let mut ring: Vec<Position> = (0..corners).map(|corner| at(corner, chance)).collect();
    let middle = usize::try_from(corners / 2).unwrap();
    match spoilt {
        1 => ring.swap(middle, middle + 3),
        2 => ring[middle] = [174_000.0, 180_000.0 + f64::from(chance.below(900))],
        _ => {}
    }
    let mut polygon = vec![closed(ring)];
    for hole in 0..300 {
        let angle = f64::from(hole) / 300.0 * std::f64::consts::TAU;
        // One of them lies across the border.
        let radius = if spoilt == 3 && hole == 77 { 1000.0 } else { 600.0 };
        let (x, y) = (174_000.0 + radius * angle.cos(), 180_000.0 + radius * angle.sin());
        let size = 3.0 + f64::from(chance.below(100)) * 0.01;
        polygon.push(closed(vec![[x, y], [x, y + size], [x + size, y + size], [x + size, y]]));
    }
    vec![polygon]
}
