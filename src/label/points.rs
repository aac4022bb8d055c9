//! Names beside points.

use super::boxes::TurnedBox;
use super::layout::Align;
use super::place::{Candidate, Placer, Setting, block_at};
use super::placed::Outcome;

/// Between a symbol and its name, points, besides half the halo.
const AWAY: f64 = 2.0;

/// The eight places, from the symbol to the name, the best first: right before left, above before
/// below, and the corners before the middles of top and foot (E. Imhof, "Positioning names on
/// maps", The American Cartographer 2, 1975; P. Yoeli, "The logic of automated map lettering", The
/// Cartographic Journal 9, 1972).
const PLACES: [[f64; 2]; 8] = [
    [1.0, -1.0],
    [1.0, 0.0],
    [1.0, 1.0],
    [-1.0, -1.0],
    [-1.0, 0.0],
    [-1.0, 1.0],
    [0.0, -1.0],
    [0.0, 1.0],
];

/// The middle of a name of a size in a place around a symbol.
fn middle(
    [x, y]: [f64; 2],
    [to_x, to_y]: [f64; 2],
    [wide, high]: [f64; 2],
    setting: &Setting<'_>,
) -> [f64; 2] {
    let away = setting.symbol / 2.0 + AWAY + setting.margin / 2.0;
    if to_x == 0.0 {
        return [x, y + to_y * (away + high / 2.0)];
    }
    // In the corners the foot or top of the name is a little beside the middle of the symbol.
    let aside = high / 2.0 + 0.1 * setting.symbol;
    [x + to_x * (away + wide / 2.0), y + to_y * aside]
}

/// A name in the place of a symbol.
fn instead(
    placer: &Placer<'_>,
    setting: &Setting<'_>,
    place: [f64; 2],
) -> Result<(Candidate, Vec<TurnedBox>), Outcome> {
    let shaped = setting.source.shaped(setting.unit).ok_or(Outcome::NoText)?;
    let block = shaped.block(setting.widest(), setting.size);
    let candidates = std::iter::once(block_at(&block, Align::Middle, place));
    placer.first_free(setting, candidates, |found| &found.boxes).ok_or(Outcome::Collides)
}

pub(super) fn find(
    placer: &Placer<'_>,
    setting: &Setting<'_>,
    at: [f64; 2],
) -> Result<(Candidate, Vec<TurnedBox>), Outcome> {
    let place = setting.region.to_world(at);
    if setting.symbol < 0.0 {
        return instead(placer, setting, place);
    }
    // Before shaping: whether a name as narrow as this one can be fits anywhere.
    let size = f64::from(setting.size);
    let least = f64::from(setting.source.least_width(setting.unit).min(setting.widest()));
    let least = [(least * 0.5).min(2.0) * size, size * 0.5];
    let could = |to: &[f64; 2]| {
        // The corner of the box nearest to the symbol is where that of the true one will be.
        let [x, y] = middle(place, *to, least, setting);
        let [wide, high] = least.map(|side| side / 2.0);
        let shape = TurnedBox::upright([x - wide, y - high, x + wide, y + high]);
        placer.is_free(setting, &[shape.grown(-0.2 * size)], false)
    };
    if !PLACES.iter().any(could) {
        return Err(Outcome::Collides);
    }
    let shaped = setting.source.shaped(setting.unit).ok_or(Outcome::NoText)?;
    let block = shaped.block(setting.widest(), setting.size);
    let size = [block.width, block.height].map(f64::from);
    let candidates = PLACES.iter().map(|to| {
        let align = match to[0] {
            side if side > 0.0 => Align::Left,
            side if side < 0.0 => Align::Right,
            _ => Align::Middle,
        };
        block_at(&block, align, middle(place, *to, size, setting))
    });
    placer.first_free(setting, candidates, |found| &found.boxes).ok_or(Outcome::Collides)
}
