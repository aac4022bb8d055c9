//! One angle: `51.0526`, `51,0526° N`, `N 51° 3.155'`, `3°43'21.7"O`, `lat: 51.0526`.

/// Which of the two coordinates an angle is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    Latitude,
    Longitude,
}

/// An angle read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Angle {
    /// North and east are positive.
    pub degrees: f64,
    pub axis: Option<Axis>,
    /// There is a sign of degrees or a letter, so that it is sure to be an angle.
    pub is_marked: bool,
    pub has_fraction: bool,
    /// 1 for degrees, 2 with minutes, 3 with seconds.
    pub parts: u8,
}

/// The letters and words for an axis and the direction on it. O is east (Dutch oost, German Ost):
/// the French ouest lies in the Atlantic for anybody in Belgium.
const WORDS: &[(&str, Axis, f64)] = &[
    ("n", Axis::Latitude, 1.0),
    ("s", Axis::Latitude, -1.0),
    ("z", Axis::Latitude, -1.0),
    ("e", Axis::Longitude, 1.0),
    ("o", Axis::Longitude, 1.0),
    ("w", Axis::Longitude, -1.0),
    ("nb", Axis::Latitude, 1.0),
    ("zb", Axis::Latitude, -1.0),
    ("ol", Axis::Longitude, 1.0),
    ("wl", Axis::Longitude, -1.0),
    ("north", Axis::Latitude, 1.0),
    ("noord", Axis::Latitude, 1.0),
    ("south", Axis::Latitude, -1.0),
    ("zuid", Axis::Latitude, -1.0),
    ("east", Axis::Longitude, 1.0),
    ("oost", Axis::Longitude, 1.0),
    ("west", Axis::Longitude, -1.0),
    ("lat", Axis::Latitude, 1.0),
    ("latitude", Axis::Latitude, 1.0),
    ("breedte", Axis::Latitude, 1.0),
    ("breedtegraad", Axis::Latitude, 1.0),
    ("lon", Axis::Longitude, 1.0),
    ("lng", Axis::Longitude, 1.0),
    ("long", Axis::Longitude, 1.0),
    ("longitude", Axis::Longitude, 1.0),
    ("lengte", Axis::Longitude, 1.0),
    ("lengtegraad", Axis::Longitude, 1.0),
];

/// The marks after degrees, minutes and seconds.
const MARKS: [char; 3] = ['°', '\'', '"'];

/// Reads a whole text (in lower case) as one angle.
pub(super) fn angle(text: &str) -> Option<Angle> {
    let text = text.trim();
    let start = text.find(|letter: char| !letter.is_alphabetic())?;
    let (before, text) = text.split_at_checked(start)?;
    let text = text.trim_start_matches([' ', ':', '=']);
    let end = text.rfind(|letter: char| !letter.is_alphabetic()).map(|at| {
        at + text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
    })?;
    let (text, after) = text.split_at_checked(end)?;
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (axis, direction) = direction(before, after)?;
    let is_turned = axis.is_some() && (negative && direction < 0.0);
    if is_turned {
        return None;
    }
    let read = parts(text.trim())?;
    let size = read.values[0] + read.values[1] / 60.0 + read.values[2] / 3600.0;
    let degrees = if negative { -size } else { size * direction };
    Some(Angle {
        degrees,
        axis,
        is_marked: axis.is_some() || read.has_mark,
        has_fraction: read.has_fraction,
        parts: read.count,
    })
}

/// What the words around a number say; none for words that do not belong there.
fn direction(before: &str, after: &str) -> Option<(Option<Axis>, f64)> {
    let known = |word: &str| {
        let found = WORDS.iter().find(|(name, ..)| *name == word);
        found.map(|(_, axis, sign)| (*axis, *sign))
    };
    match (before, after) {
        ("", "") => Some((None, 1.0)),
        (word, "") | ("", word) => known(word).map(|(axis, sign)| (Some(axis), sign)),
        // "lat 51 N" says the same twice; "N 51 N" is half of two angles.
        (first, last) if first.len() > 1 => {
            let ((axis, one), (other, two)) = (known(first)?, known(last)?);
            (axis == other).then_some((Some(axis), one * two))
        }
        _ => None,
    }
}

struct Parts {
    values: [f64; 3],
    count: u8,
    has_mark: bool,
    has_fraction: bool,
}

/// Degrees, minutes and seconds. Only the last may have a fraction.
fn parts(text: &str) -> Option<Parts> {
    let mut read = Parts { values: [0.0; 3], count: 0, has_mark: false, has_fraction: false };
    let mut rest = text;
    for (value, mark) in read.values.iter_mut().zip(MARKS) {
        if rest.is_empty() {
            break;
        }
        if read.has_fraction {
            return None;
        }
        let (number, has_fraction, after) = number(rest)?;
        if read.count > 0 && number >= 60.0 {
            return None;
        }
        (*value, read.has_fraction) = (number, has_fraction);
        read.count += 1;
        rest = match after.trim_start().strip_prefix(mark) {
            Some(after) => {
                read.has_mark = true;
                after.trim_start()
            }
            None if after.is_empty() => after,
            // Without its mark, a part ends at a space or a colon.
            None => after.strip_prefix([' ', ':'])?.trim_start(),
        };
    }
    (read.count > 0 && rest.is_empty()).then_some(read)
}

/// A number with a point or comma at the start of a text, whether it has a fraction, and what
/// follows.
fn number(text: &str) -> Option<(f64, bool, &str)> {
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let whole = digits(text);
    if whole == 0 {
        return None;
    }
    let fraction = text.get(whole..).and_then(|rest| rest.strip_prefix(['.', ',']));
    let length = fraction.map_or(0, digits);
    let end = if length > 0 { whole + 1 + length } else { whole };
    let (number, rest) = text.split_at_checked(end)?;
    Some((number.replace(',', ".").parse().ok()?, length > 0, rest))
}
