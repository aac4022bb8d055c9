//! Positions as texts.

use super::{Position, ShapeFault};

/// Reads `lon,lat,height` with white space between positions, and around the commas where people
/// write it there. How many positions have more than three numbers.
pub(in crate::formats) fn coordinates(
    text: &str,
    into: &mut Vec<Position>,
) -> Result<u64, ShapeFault> {
    let mut more_numbers = 0;
    let mut rest = text.trim_ascii_start();
    while !rest.is_empty() {
        let mut numbers = [None; 3];
        let mut count = 0;
        loop {
            let end = rest.find(|c: char| c == ',' || c.is_ascii_whitespace());
            let (number, after) = rest.split_at(end.unwrap_or(rest.len()));
            let number = number_of(number).ok_or(ShapeFault)?;
            if let Some(slot) = numbers.get_mut(count) {
                *slot = Some(number);
            }
            count += 1;
            rest = after.trim_ascii_start();
            match rest.strip_prefix(',') {
                Some(after) => rest = after.trim_ascii_start(),
                None => break,
            }
            // A comma at the very end of a position.
            if rest.is_empty() {
                break;
            }
        }
        let [Some(x), Some(y), z] = numbers else { return Err(ShapeFault) };
        more_numbers += u64::from(count > 3);
        into.push(([x, y], z));
    }
    Ok(more_numbers)
}

/// A finite number.
pub(in crate::formats) fn number_of(text: &str) -> Option<f64> {
    crate::formats::json::short_decimal(text)
        .or_else(|| text.parse().ok())
        .filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_read_as_people_write_them() {
        let read = |text: &str| {
            let mut positions = Vec::new();
            coordinates(text, &mut positions).map(|more| (positions, more))
        };
        let two = vec![([3.5, 51.0], None), ([-4.0, 5e1], Some(7.0))];
        for text in [
            "3.5,51 -4,50,7",
            "\n3.5,51\n\t-4.0,5e1,7.0\n",
            "3.5, 51 -4 ,50 , 7",
            "3.5,51 -4,50,7,",
        ] {
            assert_eq!(read(text), Ok((two.clone(), 0)), "{text}");
        }
        assert_eq!(read(" \n"), Ok((Vec::new(), 0)));
        assert_eq!(read("1,2,3,4 1,2,3,4").map(|(_, more)| more), Ok(2));
        for text in ["1", "1,", ",", "1,x", "1 2", "1,NaN", "1,inf", "1;2", "1,,2"] {
            assert_eq!(read(text), Err(ShapeFault), "{text}");
        }
    }
}
