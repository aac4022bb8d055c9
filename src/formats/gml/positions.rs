//! Positions as GML writes them: `pos` and `posList` of GML 3, `coordinates` and `coord` of GML 2.

use std::borrow::Cow;

use super::geometry::Shapes;
use super::systems::Context;
use crate::formats::xml::{Position, Stop, Tag, coordinates, number_of};

impl<'t> Shapes<'_, 't> {
    /// The positions inside an element, whatever else stands there. Those of a ring help to tell
    /// how many numbers each has.
    pub fn positions(&mut self, context: Context, is_ring: bool) -> Result<Vec<Position>, Stop> {
        let mut positions = Vec::new();
        while let Some(tag) = self.xml.child()? {
            self.position(tag, context, is_ring, &mut positions)?;
        }
        Ok(positions)
    }

    /// The positions of an element that may hold some; false where it is another. Its end is read
    /// in any case.
    pub fn position(
        &mut self,
        tag: Tag<'t>,
        context: Context,
        is_ring: bool,
        into: &mut Vec<Position>,
    ) -> Result<bool, Stop> {
        let context = self.systems.within(tag, context);
        let begin = into.len();
        match tag.local() {
            "pos" | "lowerCorner" | "upperCorner" => {
                let text = self.xml.text()?;
                self.one(&text, into);
            }
            "posList" => {
                let text = self.xml.text()?;
                self.list(&text, context.dimension, is_ring, into);
            }
            "coordinates" => {
                let text = self.xml.text()?;
                let text = plain(tag, &text);
                match coordinates(&text, into) {
                    Ok(more) => self.more_numbers += more,
                    Err(_) => self.is_bad = true,
                }
            }
            "coord" => self.coord(into)?,
            "pointProperty" | "pointRep" => {
                while let Some(tag) = self.xml.child()? {
                    let context = self.systems.within(tag, context);
                    // A point in a point goes no deeper.
                    while let Some(tag) = self.xml.child()? {
                        if matches!(tag.local(), "pointProperty" | "pointRep") {
                            self.is_bad = true;
                            self.xml.skip()?;
                        } else {
                            self.position(tag, context, false, into)?;
                        }
                    }
                }
                // They are put in order where they are read.
                return Ok(true);
            }
            _ => {
                self.xml.skip()?;
                return Ok(false);
            }
        }
        if into.len() > begin {
            self.uses(context.system);
        }
        if self.systems.is_turned(context.system) {
            for ([x, y], _) in into.iter_mut().skip(begin) {
                std::mem::swap(x, y);
            }
        }
        Ok(true)
    }

    /// One position.
    fn one(&mut self, text: &str, into: &mut Vec<Position>) {
        let Some(numbers) = numbers(text) else { return self.is_bad = true };
        match *numbers.as_slice() {
            [] => {}
            [_] => self.is_bad = true,
            [x, y] => into.push(([x, y], None)),
            [x, y, z] => into.push(([x, y], Some(z))),
            [x, y, z, ..] => {
                self.more_numbers += 1;
                into.push(([x, y], Some(z)));
            }
        }
    }

    /// Positions one after another.
    fn list(
        &mut self,
        text: &str,
        dimension: Option<usize>,
        is_ring: bool,
        into: &mut Vec<Position>,
    ) {
        let Some(numbers) = numbers(text) else { return self.is_bad = true };
        let Some(dimension) = dimension_of(&numbers, dimension, is_ring) else {
            return self.is_bad = true;
        };
        for position in numbers.chunks_exact(dimension) {
            let [x, y, rest @ ..] = position else { continue };
            into.push(([*x, *y], rest.first().copied()));
            self.more_numbers += u64::from(rest.len() > 1);
        }
    }

    fn coord(&mut self, into: &mut Vec<Position>) -> Result<(), Stop> {
        let mut numbers = [None; 3];
        while let Some(tag) = self.xml.child()? {
            let at = match tag.local() {
                "X" => 0,
                "Y" => 1,
                _ => 2,
            };
            let number = number_of(self.xml.text()?.trim());
            if let Some(slot) = numbers.get_mut(at) {
                *slot = number;
            }
        }
        match numbers {
            [Some(x), Some(y), z] => into.push(([x, y], z)),
            _ => self.is_bad = true,
        }
        Ok(())
    }
}

fn numbers(text: &str) -> Option<Vec<f64>> {
    text.split_ascii_whitespace().map(number_of).collect()
}

/// How many numbers each position of a list has. What the file says, where that can be; else two,
/// unless only three are possible, or only with three a ring ends where it begins: some servers
/// write heights without saying so.
fn dimension_of(numbers: &[f64], said: Option<usize>, is_ring: bool) -> Option<usize> {
    let fits = |dimension: &usize| numbers.len().is_multiple_of(*dimension);
    if let Some(said) = said.filter(fits) {
        return Some(said);
    }
    let is_closed = |dimension: usize| {
        let mut positions = numbers.chunks_exact(dimension).map(|it| it.get(..2));
        let first = positions.next();
        first == positions.next_back().or(first)
    };
    match (fits(&2), fits(&3)) {
        (true, true) if is_ring && !is_closed(2) && is_closed(3) => Some(3),
        (true, _) => Some(2),
        (false, true) => Some(3),
        (false, false) => None,
    }
}

/// `coordinates` with a point for decimals, a comma between numbers and white space between
/// positions, whatever the element says that it uses.
fn plain<'a>(tag: Tag<'_>, text: &'a str) -> Cow<'a, str> {
    let of = |name| tag.attribute(name).and_then(|value| value.chars().next());
    let [decimal, cs, ts] = [of("decimal"), of("cs"), of("ts")];
    let is_usual = decimal.is_none_or(|it| it == '.')
        && cs.is_none_or(|it| it == ',')
        && ts.is_none_or(char::is_whitespace);
    if is_usual {
        return Cow::Borrowed(text);
    }
    let (decimal, cs, ts) = (decimal.unwrap_or('.'), cs.unwrap_or(','), ts.unwrap_or(' '));
    let translated = text.chars().map(|c| match c {
        _ if c == decimal => '.',
        _ if c == ts || (ts.is_whitespace() && c.is_whitespace() && !cs.is_whitespace()) => ' ',
        _ if c == cs => ',',
        _ => c,
    });
    Cow::Owned(translated.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dimension_is_found_where_it_is_not_said() {
        let flat = [0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0];
        assert_eq!(dimension_of(&flat, None, true), Some(2));
        assert_eq!(dimension_of(&flat, Some(3), true), Some(2));
        let high = [0.0, 0.0, 5.0, 1.0, 0.0, 6.0, 1.0, 1.0, 7.0, 0.0, 0.0, 5.0];
        assert_eq!(dimension_of(&high, None, true), Some(3));
        assert_eq!(dimension_of(&high, None, false), Some(2));
        assert_eq!(dimension_of(&high, Some(3), false), Some(3));
        assert_eq!(dimension_of(&high[..9], None, false), Some(3));
        assert_eq!(dimension_of(&high[..7], None, false), None);
        assert_eq!(dimension_of(&[], None, true), Some(2));
    }
}
