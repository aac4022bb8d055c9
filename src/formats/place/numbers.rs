//! Coordinates that stand as text.

/// The number a text is, with a decimal point or comma, and with points, spaces or apostrophes
/// between thousands. None for anything else.
pub(super) fn of_text(text: &str) -> Option<f64> {
    let text = text.trim();
    let digits = text.strip_prefix(['-', '+', '\u{2212}']).unwrap_or(text);
    if !digits.starts_with(|c: char| c.is_ascii_digit()) || digits.len() > 30 {
        return None;
    }
    let (points, commas) = (digits.matches('.').count(), digits.matches(',').count());
    // The one that stands last and alone is the decimal mark.
    let mark = match (points, commas) {
        (1, 0) => Some('.'),
        (0, 1) => Some(','),
        (_, 1) if digits.rfind(',') > digits.rfind('.') => Some(','),
        (1, _) if digits.rfind('.') > digits.rfind(',') => Some('.'),
        (_, 0) | (0, _) => None,
        _ => return None,
    };
    let (whole, fraction) = match mark.and_then(|mark| digits.split_once(mark)) {
        Some(parts) if points + commas == 1 => parts,
        Some(_) => digits.rsplit_once(mark?)?,
        None => (digits, ""),
    };
    let between = |c: char| matches!(c, '.' | ',' | ' ' | '\u{a0}' | '\u{202f}' | '\'');
    let mut groups = whole.split(between);
    let first = groups.next()?;
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let rest: Vec<&str> = groups.collect();
    let grouped = rest.iter().all(|group| group.len() == 3 && is_digits(group));
    if !is_digits(first) || !grouped || !rest.is_empty() && first.len() > 3 || !is_digits(fraction)
    {
        return None;
    }
    let number: f64 = format!("{first}{}.{fraction}0", rest.concat()).parse().ok()?;
    Some(if digits.len() < text.len() && !text.starts_with('+') { -number } else { number })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_any_marks() {
        for (text, number) in [
            ("104700,5", 104_700.5),
            (" 104700.25 ", 104_700.25),
            ("104.700,5", 104_700.5),
            ("104 700,5", 104_700.5),
            ("104\u{a0}700", 104_700.0),
            ("1,104,700.5", 1_104_700.5),
            ("1.104.700", 1_104_700.0),
            ("-3,72", -3.72),
            ("51", 51.0),
        ] {
            assert_eq!(of_text(text), Some(number), "{text}");
        }
        for text in ["", "-", "?", "n.v.t.", "51° 3'", "1,2,3", "12a", "1.23.456", "51,05; 3,7"] {
            assert_eq!(of_text(text), None, "{text}");
        }
    }
}
