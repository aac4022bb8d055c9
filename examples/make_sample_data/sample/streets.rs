//! A street plan: in each neighbourhood a bent grid that points to the middle of the city.

use super::city::{ENDINGS, NAMES};
use super::plane::{Dice, Spot, inside, length};

/// A street.
pub struct Street {
    pub name: String,
    pub wijk: usize,
    pub line: Vec<Spot>,
}

/// Metres between two parallel streets, and how many lines a grid has to each side.
const BLOCK: f64 = 150.0;
const REACH: i32 = 4;
/// Steps in a block.
const STEPS: i32 = 3;

/// The streets of all neighbourhoods, given their middles and their borders.
pub fn plan(middles: &[Spot], cells: &[Vec<Spot>]) -> Vec<Street> {
    let mut dice = Dice::new(31_370);
    let mut names = names(&mut dice);
    let mut streets = Vec::new();
    for (wijk, (middle, border)) in middles.iter().zip(cells).enumerate() {
        let away = length(*middle);
        let [dx, dy] = if away > 200.0 { [middle[0] / away, middle[1] / away] } else { [1.0, 0.0] };
        // Blocks are larger outside the centre.
        let block = BLOCK + (away / 22.0).min(190.0);
        let bend = [dice.swing() * 0.35, dice.swing() * 0.35];
        let place = |u: f64, v: f64| {
            let (u, v) = (u + bend[0] * v * v / REACH_F, v + bend[1] * u * u / REACH_F);
            let (east, north) = (u * block, v * block);
            [middle[0] + dx * east - dy * north, middle[1] + dy * east + dx * north]
        };
        for across in [false, true] {
            for lane in -REACH..=REACH {
                // Streets begin and end at crossings.
                let from = -REACH + whole(dice.below(3));
                let to = REACH - whole(dice.below(3));
                let left_out = dice.below(5) == 0;
                let steps = (from * STEPS)..=(to * STEPS);
                let lane = f64::from(lane);
                let points = steps.map(|step| {
                    let step = f64::from(step) / f64::from(STEPS);
                    if across { place(lane, step) } else { place(step, lane) }
                });
                let line = longest_run(points, border);
                if left_out || line.len() <= 2 * 3 {
                    continue;
                }
                let Some(name) = names.pop() else { return streets };
                streets.push(Street { name, wijk, line });
            }
        }
    }
    streets
}

const REACH_F: f64 = 8.0;

fn whole(number: u64) -> i32 {
    i32::try_from(number).unwrap_or(0)
}

/// The longest piece of a line that stays inside a border.
fn longest_run(line: impl Iterator<Item = Spot>, border: &[Spot]) -> Vec<Spot> {
    let mut longest = Vec::new();
    let mut run = Vec::new();
    for point in line {
        if inside(border, point) {
            run.push(point);
        } else {
            run.clear();
        }
        if run.len() > longest.len() {
            longest.clone_from(&run);
        }
    }
    longest
}

/// Every first part with every ending, shuffled (Fisher and Yates).
fn names(dice: &mut Dice) -> Vec<String> {
    let pairs = NAMES.iter().flat_map(|name| ENDINGS.iter().map(move |end| (name, end)));
    let mut names: Vec<String> = pairs.map(|(name, end)| format!("{name}{end}")).collect();
    for at in (1..names.len()).rev() {
        let other = usize::try_from(dice.below(at as u64 + 1)).unwrap_or(0);
        names.swap(at, other);
    }
    names
}
