//! A flat little world around Ghent, and the geometry it needs.

/// A place in metres east and north of the middle of the city.
pub type Spot = [f64; 2];

/// The middle: about the Korenmarkt.
const MIDDLE: [f64; 2] = [3.722, 51.054];
/// Metres in a degree of longitude and of latitude there, rounded. Constants, not computed, so
/// that every machine gives the same bytes.
const METRES: [f64; 2] = [70_000.0, 111_250.0];

pub fn spot([lon, lat]: [f64; 2]) -> Spot {
    [(lon - MIDDLE[0]) * METRES[0], (lat - MIDDLE[1]) * METRES[1]]
}

/// Longitude and latitude, to six decimals (about 10 cm).
pub fn lon_lat([x, y]: Spot) -> [f64; 2] {
    let round = |degrees: f64| (degrees * 1e6).round() / 1e6;
    [round(MIDDLE[0] + x / METRES[0]), round(MIDDLE[1] + y / METRES[1])]
}

pub fn minus([ax, ay]: Spot, [bx, by]: Spot) -> Spot {
    [ax - bx, ay - by]
}

pub fn along([ax, ay]: Spot, [bx, by]: Spot, share: f64) -> Spot {
    [ax + (bx - ax) * share, ay + (by - ay) * share]
}

pub fn length([x, y]: Spot) -> f64 {
    (x * x + y * y).sqrt()
}

pub fn line_length(line: &[Spot]) -> f64 {
    line.iter().zip(line.iter().skip(1)).map(|(a, b)| length(minus(*b, *a))).sum()
}

/// The same numbers on every machine: SplitMix64 (Steele, Lea and Flood, "Fast splittable
/// pseudorandom number generators", 2014).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A whole number from 0, below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// From −1 to 1.
    pub fn swing(&mut self) -> f64 {
        let part = u32::try_from(self.next() >> 40).unwrap_or(0);
        f64::from(part) / f64::from(1_u32 << 23) - 1.0
    }
}

/// What of a ring (not closed) lies nearer to `centre` than to each of the others.
pub fn cell(outline: &[Spot], centre: Spot, others: &[Spot]) -> Vec<Spot> {
    let mut ring = outline.to_vec();
    for other in others.iter().filter(|other| length(minus(**other, centre)) > 1.0) {
        // Positive on this side of the line half-way.
        let direction = minus(centre, *other);
        let half = along(centre, *other, 0.5);
        let side = |at: Spot| {
            let from = minus(at, half);
            from[0] * direction[0] + from[1] * direction[1]
        };
        ring = cut(&ring, side);
    }
    ring
}

/// Sutherland and Hodgman, "Reentrant polygon clipping" (1974), for one line.
fn cut(ring: &[Spot], side: impl Fn(Spot) -> f64) -> Vec<Spot> {
    let mut kept = Vec::new();
    let next = ring.iter().cycle().skip(1);
    for (a, b) in ring.iter().zip(next) {
        let (here, there) = (side(*a), side(*b));
        if here >= 0.0 {
            kept.push(*a);
        }
        if (here > 0.0) != (there > 0.0) {
            kept.push(along(*a, *b, here / (here - there)));
        }
    }
    kept
}

/// The corner already known within a metre, or this one: neighbours compute the same corner with
/// other last digits.
pub fn weld(at: Spot, known: &mut Vec<Spot>) -> Spot {
    if let Some(found) = known.iter().find(|found| length(minus(**found, at)) < 1.0) {
        return *found;
    }
    // Whole decimetres, so that no machine's last digits show.
    let rounded = at.map(|metres| (metres * 10.0).round() / 10.0 + 0.0);
    known.push(rounded);
    rounded
}

/// A ring with its long edges bent, so that it looks grown rather than ruled. Both sides of a
/// shared edge bend alike: the bend depends on its ends only.
pub fn grown(ring: &[Spot]) -> Vec<Spot> {
    let mut made = Vec::new();
    for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        made.push(*a);
        bend(*a, *b, &mut made);
    }
    made
}

fn bend(a: Spot, b: Spot, made: &mut Vec<Spot>) {
    let size = length(minus(b, a));
    if size < 260.0 {
        return;
    }
    let turned = (a[0], a[1]) > (b[0], b[1]);
    let (first, last) = if turned { (b, a) } else { (a, b) };
    let seed = [first, last]
        .iter()
        .flatten()
        .fold(7_u64, |seed, metres| seed.wrapping_mul(31).wrapping_add(metres.to_bits()));
    let swing = Dice::new(seed).swing() * 0.09;
    let [dx, dy] = minus(last, first);
    let [mx, my] = along(first, last, 0.5);
    let middle = [mx - dy * swing, my + dx * swing];
    bend(a, middle, made);
    made.push(middle);
    bend(middle, b, made);
}

/// A line with its corners cut twice (Chaikin, 1974); its ends stay.
pub fn smooth(line: &[Spot]) -> Vec<Spot> {
    let mut line = line.to_vec();
    for _ in 0..2 {
        let (Some(first), Some(last)) = (line.first().copied(), line.last().copied()) else {
            return line;
        };
        let mut next = vec![first];
        for (a, b) in line.iter().zip(line.iter().skip(1)) {
            next.push(along(*a, *b, 0.25));
            next.push(along(*a, *b, 0.75));
        }
        next.push(last);
        line = next;
    }
    line
}

/// Whether a place lies in a ring (even-odd rule).
pub fn inside(ring: &[Spot], [x, y]: Spot) -> bool {
    let mut inside = false;
    for ([ax, ay], [bx, by]) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        if (*ay > y) != (*by > y) && x < ax + (y - ay) / (by - ay) * (bx - ax) {
            inside = !inside;
        }
    }
    inside
}
