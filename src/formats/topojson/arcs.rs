//! The arcs of a topology, and how its numbers become coordinates.

use std::ops::Range;

use crate::formats::json::{JsonError, Scanner};

/// How often positions of arcs may be used, on average: neighbours share each, and a file may hold
/// the same areas at several levels. A file that refers to one long arc a thousand times would
/// fill the memory.
const USES: usize = 64;

/// What small files may use in any case.
const ALWAYS_ALLOWED: usize = 1 << 20;

/// How quantised positions become coordinates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Transform {
    pub scale: [f64; 2],
    pub translate: [f64; 2],
}

impl Transform {
    /// Reads the member `transform`; none where it is not as it should be.
    pub fn read(text: &str) -> Option<Transform> {
        let json: serde_json::Value = serde_json::from_str(text).ok()?;
        let pair = |name: &str| {
            let [x, y] = json.get(name)?.as_array()?.as_slice() else { return None };
            Some([x.as_f64()?, y.as_f64()?])
        };
        Some(Transform { scale: pair("scale")?, translate: pair("translate")? })
    }

    /// A quantised position as a coordinate.
    pub fn apply(self, [x, y]: [f64; 2]) -> [f64; 2] {
        let ([kx, ky], [dx, dy]) = (self.scale, self.translate);
        [x * kx + dx, y * ky + dy]
    }
}

/// A position with its height, where it has one.
pub(super) type Position = ([f64; 2], Option<f64>);

/// The arcs of a topology, in coordinates.
#[derive(Debug, Default)]
#[expect(clippy::struct_field_names, reason = "TopoJSON's own name")]
pub(super) struct Arcs {
    positions: Vec<Position>,
    arcs: Vec<Range<usize>>,
    /// How many positions may still be taken out of arcs.
    left: usize,
}

/// Why an arc cannot be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoArc {
    /// There is none of this number, or it holds no position.
    Unknown,
    /// Arcs were used too often.
    TooMany,
}

impl Arcs {
    /// Reads the array of arcs that comes next. Arcs whose positions are none hold nothing.
    pub fn read(
        scanner: &mut Scanner<'_>,
        transform: Option<Transform>,
    ) -> Result<Arcs, JsonError> {
        let mut made = Arcs::default();
        if scanner.peek()? != b'[' {
            scanner.skip()?;
            return Ok(made);
        }
        scanner.takes(b'[')?;
        let mut first = true;
        while scanner.next_item(&mut first)? {
            made.arc(scanner, transform)?;
        }
        made.left = made.positions.len().saturating_mul(USES).max(ALWAYS_ALLOWED);
        Ok(made)
    }

    fn arc(
        &mut self,
        scanner: &mut Scanner<'_>,
        transform: Option<Transform>,
    ) -> Result<(), JsonError> {
        let start = self.positions.len();
        scanner.peek()?;
        let at = scanner.at();
        if self.try_arc(scanner, transform)?.is_none() {
            self.positions.truncate(start);
            scanner.seek(at);
            scanner.skip()?;
        }
        self.arcs.push(start..self.positions.len());
        Ok(())
    }

    fn try_arc(
        &mut self,
        scanner: &mut Scanner<'_>,
        transform: Option<Transform>,
    ) -> Result<Option<()>, JsonError> {
        if !scanner.takes(b'[')? {
            return Ok(None);
        }
        // Quantised, each position is told by its distance from the one before.
        let mut last = [0.0; 2];
        let mut first = true;
        while scanner.next_item(&mut first)? {
            let Some(([x, y], z)) = position(scanner)? else { return Ok(None) };
            let xy = match transform {
                None => [x, y],
                Some(transform) => {
                    last = [last[0] + x, last[1] + y];
                    transform.apply(last)
                }
            };
            if !xy.iter().all(|number| number.is_finite()) {
                return Ok(None);
            }
            self.positions.push((xy, z));
        }
        Ok(Some(()))
    }

    /// Adds the positions of an arc to a line, the other way round for numbers below zero (`-1` is
    /// arc 0, `-2` arc 1). The first is left out where the line ends there already.
    pub fn add(&mut self, number: i64, line: &mut Vec<Position>) -> Result<(), NoArc> {
        let is_turned = number < 0;
        let index = usize::try_from(if is_turned { !number } else { number });
        let range = index.ok().and_then(|at| self.arcs.get(at)).ok_or(NoArc::Unknown)?;
        let arc = self.positions.get(range.clone()).unwrap_or_default();
        if arc.is_empty() {
            return Err(NoArc::Unknown);
        }
        self.left = self.left.checked_sub(arc.len()).ok_or(NoArc::TooMany)?;
        let skipped = usize::from(!line.is_empty());
        if is_turned {
            line.extend(arc.iter().rev().skip(skipped));
        } else {
            line.extend(arc.iter().skip(skipped));
        }
        Ok(())
    }
}

/// A position: two numbers, and a height where a third follows. None where it is anything else.
pub(super) fn position(scanner: &mut Scanner<'_>) -> Result<Option<Position>, JsonError> {
    if let Some(xy) = scanner.pair() {
        return Ok(Some((xy, None)));
    }
    if scanner.peek()? != b'[' {
        return Ok(None);
    }
    scanner.takes(b'[')?;
    let mut numbers = [None; 3];
    let mut count = 0;
    let mut first = true;
    while scanner.next_item(&mut first)? {
        if !matches!(scanner.peek()?, b'-' | b'0'..=b'9') {
            return Ok(None);
        }
        let number = scanner.number()?.value();
        if let Some(slot) = numbers.get_mut(count) {
            *slot = Some(number);
        }
        count += 1;
    }
    let [Some(x), Some(y), z] = numbers else { return Ok(None) };
    Ok(Some(([x, y], z)).filter(|_| x.is_finite() && y.is_finite()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arcs(text: &str, transform: Option<Transform>) -> Arcs {
        Arcs::read(&mut Scanner::new(text), transform).unwrap()
    }

    fn line(arcs: &mut Arcs, numbers: &[i64]) -> Result<Vec<[f64; 2]>, NoArc> {
        let mut line = Vec::new();
        for number in numbers {
            arcs.add(*number, &mut line)?;
        }
        Ok(line.into_iter().map(|(xy, _)| xy).collect())
    }

    /// The example of the specification.
    #[test]
    fn arcs_are_delta_coded_and_transformed() {
        let transform = Transform::read(
            r#"{"scale":[0.0005000500050005,0.00010001000100010001],"translate":[100,0]}"#,
        );
        assert!(transform.is_some());
        let mut arcs = arcs("[[[4000,0],[1999,9999],[2000,-9999],[2000,9999]]]", transform);
        let made = line(&mut arcs, &[0]).unwrap();
        let expected = [[102.0, 0.0], [103.0, 1.0], [104.0, 0.0], [105.0, 1.0]];
        for ([x, y], [a, b]) in made.iter().zip(expected) {
            assert!((x - a).abs() < 1e-3 && (y - b).abs() < 1e-3, "{made:?}");
        }
    }

    #[test]
    fn arcs_are_joined_and_turned() {
        let mut arcs = arcs("[[[0,0],[1,0]],[[2,2],[1,0]],[\"x\"],[[1,2,3],[4,5,6]], []]", None);
        assert_eq!(line(&mut arcs, &[0, -2]).unwrap(), [[0.0, 0.0], [1.0, 0.0], [2.0, 2.0]]);
        assert_eq!(line(&mut arcs, &[-1]).unwrap(), [[1.0, 0.0], [0.0, 0.0]]);
        for unknown in [2, 4, 5, -6, i64::MIN, i64::MAX] {
            assert_eq!(line(&mut arcs, &[unknown]), Err(NoArc::Unknown), "{unknown}");
        }
        let mut heights = Vec::new();
        assert_eq!(arcs.add(3, &mut heights), Ok(()));
        assert_eq!(heights, [([1.0, 2.0], Some(3.0)), ([4.0, 5.0], Some(6.0))]);
    }

    #[test]
    fn one_arc_cannot_fill_the_memory() {
        let mut arcs = arcs(&format!("[[{}[1,1]]]", "[0,0],".repeat(10_000)), None);
        let mut taken = 0;
        let stopped = loop {
            match arcs.add(0, &mut Vec::new()) {
                Ok(()) => taken += 1,
                Err(stopped) => break stopped,
            }
        };
        assert_eq!(stopped, NoArc::TooMany);
        assert!(taken < 200, "{taken}");
    }
}
