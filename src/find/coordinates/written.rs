//! Places in writing, in a form that is read back.

use crate::i18n::{Language, format_integer, format_number};

/// `51,05259° N 3,72269° O`: five decimals, about a metre.
pub fn degrees([lon, lat]: [f64; 2], language: Language) -> String {
    let [south, east] = match language {
        Language::Dutch => ["Z", "O"],
        Language::English => ["S", "E"],
    };
    let part = |value: f64, positive: &str, negative: &str| {
        let side = if value < 0.0 { negative } else { positive };
        format!("{}° {side}", format_number(language, value.abs(), 5))
    };
    format!("{} {}", part(lat, "N", south), part(lon, east, "W"))
}

/// Whole metres with the marks of the language: `104.700, 193.800`.
pub fn metres([x, y]: [f64; 2], language: Language) -> [String; 2] {
    #[expect(clippy::cast_possible_truncation, reason = "metres on earth")]
    [x, y].map(|value| format_integer(language, value.round() as i64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find::places;

    #[test]
    fn places_are_written_in_the_language_and_read_back() {
        let place = [3.722_687_541, 51.052_587_503];
        assert_eq!(degrees(place, Language::Dutch), "51,05259° N 3,72269° O");
        assert_eq!(degrees([-3.5, -51.0], Language::English), "51° S 3.5° W");
        for language in Language::ALL {
            for place in [place, [-70.25, -33.5], [-0.125, 51.5], [151.2, -33.875]] {
                let found = places(&degrees(place, language));
                assert_eq!(found.len(), 1, "{place:?}");
                let near = |a: f64, b: f64| (a - b).abs() <= 0.000_005_1;
                let [lon, lat] = found[0].lon_lat;
                assert!(near(lon, place[0]) && near(lat, place[1]), "{place:?}: {found:?}");
            }
            let [x, y] = metres([104_700.3, 193_799.6], language);
            let found = places(&format!("{x}, {y}"));
            assert_eq!(
                found.first().and_then(|place| place.lambert72),
                Some([104_700.0, 193_800.0])
            );
        }
    }
}
