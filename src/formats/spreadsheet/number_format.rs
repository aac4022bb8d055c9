//! What the format of a cell says about the number in it.

/// What a number is shown as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    Plain,
    Percent,
    /// With at least so many digits, zeros in front: a code, not a quantity.
    Zeros(usize),
    Date,
    Time,
    DateTime,
    /// A length of time: hours that go on after 24.
    Duration,
}

/// The formats every file knows by number (ECMA-376 part 1, 18.8.30).
pub(super) fn of_number(number: u32) -> Shown {
    match number {
        9 | 10 => Shown::Percent,
        14..=17 | 27..=31 | 36 | 50..=54 | 57 | 58 => Shown::Date,
        18..=21 | 32..=35 | 45 | 47 | 55 | 56 => Shown::Time,
        22 => Shown::DateTime,
        46 => Shown::Duration,
        _ => Shown::Plain,
    }
}

/// A format by its code: `dd/mm/yyyy hh:mm`, `0.0%`, `00000`. Its first part counts, that for
/// positive numbers.
pub(super) fn of_code(code: &str) -> Shown {
    if code.eq_ignore_ascii_case("general") {
        return Shown::Plain;
    }
    let mut found = Letters::default();
    let mut bare = String::new();
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        match letter {
            ';' => break,
            // The next letter stands for itself, for its width, or to fill the cell.
            '\\' | '_' | '*' => drop(letters.next()),
            '"' => drop(letters.by_ref().find(|letter| *letter == '"')),
            '[' => {
                let inside: String = letters.by_ref().take_while(|letter| *letter != ']').collect();
                let elapsed = |unit: char| {
                    !inside.is_empty() && inside.chars().all(|c| c.eq_ignore_ascii_case(&unit))
                };
                if ['h', 'm', 's'].into_iter().any(elapsed) {
                    return Shown::Duration;
                }
            }
            letter => {
                found.see(letter);
                bare.push(letter);
            }
        }
    }
    let zeros = bare.len() > 1 && bare.bytes().all(|byte| byte == b'0');
    match (found.date || found.month && !found.time, found.time) {
        (true, true) => Shown::DateTime,
        (true, false) => Shown::Date,
        (false, true) => Shown::Time,
        (false, false) if bare.contains('%') => Shown::Percent,
        (false, false) if zeros => Shown::Zeros(bare.len()),
        (false, false) => Shown::Plain,
    }
}

/// Which letters of dates and times stand in a format.
#[derive(Default)]
struct Letters {
    date: bool,
    time: bool,
    /// `m`, which is a month or minutes.
    month: bool,
}

impl Letters {
    fn see(&mut self, letter: char) {
        match letter.to_ascii_lowercase() {
            'y' | 'd' => self.date = true,
            // Dutch and German Excel write J and T in their own files' texts, never in the code.
            'h' | 's' => self.time = true,
            'm' => self.month = true,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What openpyxl 3.1 (`openpyxl.styles.numbers.is_date_format`, `is_datetime`) says of these.
    #[test]
    fn formats_tell_what_a_number_is() {
        for (code, expected) in [
            ("General", Shown::Plain),
            ("0.00", Shown::Plain),
            ("#,##0", Shown::Plain),
            ("0.00E+00", Shown::Plain),
            ("dd/mm/yyyy", Shown::Date),
            ("d-mmm-yy;@", Shown::Date),
            ("mmm yy", Shown::Date),
            ("[$-813]dddd d mmmm yyyy", Shown::Date),
            ("yyyy\\-mm\\-dd\\ hh:mm", Shown::DateTime),
            ("h:mm AM/PM", Shown::Time),
            ("mm:ss", Shown::Time),
            ("[h]:mm:ss", Shown::Duration),
            ("[Blue]\\+[hh]:mm", Shown::Duration),
            ("0%", Shown::Percent),
            ("0.0\\ %", Shown::Percent),
            ("00000", Shown::Zeros(5)),
            ("0", Shown::Plain),
            ("0\" dagen\"", Shown::Plain),
            ("#,##0.00\\ [$\u{20ac}-413]", Shown::Plain),
            ("0_ ;[Red]\\-0\\ ", Shown::Plain),
            ("#,##0*y", Shown::Plain),
            ("\"unclosed", Shown::Plain),
            ("[unclosed", Shown::Plain),
            ("", Shown::Plain),
            ("@", Shown::Plain),
        ] {
            assert_eq!(of_code(code), expected, "{code}");
        }
        assert_eq!(of_number(14), Shown::Date);
        assert_eq!(of_number(22), Shown::DateTime);
        assert_eq!(of_number(46), Shown::Duration);
        assert_eq!(of_number(4), Shown::Plain);
    }
}
