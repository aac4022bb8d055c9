//! One coordinate in metres: `104700`, `104.700,5`, `104 700 m`, `x = 104,700`.

/// Which of the two it says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    X,
    Y,
}

/// What a text may mean as metres.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Metres {
    pub label: Option<Label>,
    /// `104.700` is a hundred thousand, or a hundred and a bit.
    pub readings: Vec<f64>,
}

/// Reads a whole text (in lower case).
pub(super) fn metres(text: &str) -> Metres {
    let text = text.trim();
    let (label, text) = if let Some(rest) = text.strip_prefix('x') {
        (Some(Label::X), rest)
    } else if let Some(rest) = text.strip_prefix('y') {
        (Some(Label::Y), rest)
    } else {
        (None, text)
    };
    let text = text.trim_start_matches([':', '=', ' ']);
    let text = ["meter", "metre", "metres", "m"]
        .iter()
        .find_map(|unit| text.strip_suffix(unit))
        .unwrap_or(text)
        .trim_end();
    let mut readings: Vec<f64> = [grouped(text), decimal(text)].into_iter().flatten().collect();
    readings.dedup();
    Metres { label, readings }
}

/// Digits with at most one point or comma.
fn decimal(text: &str) -> Option<f64> {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let fits = match text.split_once(['.', ',']) {
        None => is_digits(text),
        Some((whole, fraction)) => is_digits(whole) && is_digits(fraction),
    };
    if fits { text.replace(',', ".").parse().ok() } else { None }
}

/// Digits in groups of three, parted by the same sign, perhaps with a fraction after another sign.
fn grouped(text: &str) -> Option<f64> {
    let mark = text.chars().find(|letter| !letter.is_ascii_digit())?;
    if !matches!(mark, ' ' | '.' | ',' | '\'') {
        return None;
    }
    let is_fraction_mark = |letter: char| letter != mark && matches!(letter, '.' | ',');
    let (whole, fraction) = match text.split_once(is_fraction_mark) {
        None => (text, ""),
        Some((whole, fraction)) => (whole, fraction),
    };
    let mut groups = whole.split(mark);
    let first = groups.next()?;
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !(1..=3).contains(&first.len()) || !digits(first) || !digits(fraction) {
        return None;
    }
    let mut number = first.to_owned();
    for group in groups {
        if group.len() != 3 || !digits(group) {
            return None;
        }
        number.push_str(group);
    }
    format!("{number}.{fraction}0").parse().ok()
}
