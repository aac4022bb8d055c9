//! Making text fit: on one line with an ellipsis, or on several.

use super::line::is_mark;
use super::{Line, shape};

/// Shapes a text on one line of at most a width. Text that is too long is cut and ends in `…`;
/// tells whether it was.
pub fn fit(text: &str, size: f32, max_width: f32) -> (Line, bool) {
    let whole = shape(text, size);
    if whole.width <= max_width {
        return (whole, false);
    }
    let text = whole.text.as_str();
    let cut = |end: usize| {
        let kept = text.get(..end).unwrap_or_default().trim_end();
        shape(&format!("{kept}…"), size)
    };
    let ends = cluster_starts(text);
    // Widths grow with the text, so the longest that fits is found by halving.
    let fitting = ends.partition_point(|end| cut(*end).width <= max_width);
    let end = fitting.checked_sub(1).and_then(|last| ends.get(last)).copied().unwrap_or(0);
    (cut(end), true)
}

/// Shapes a text on lines of at most a width, at most `max_lines` of them; the last ends in `…`
/// where text is left over, and the answer tells whether it does. Lines break at spaces and after
/// hyphens and slashes; a word too long for a line is broken inside.
pub fn wrap(text: &str, size: f32, max_width: f32, max_lines: usize) -> (Vec<Line>, bool) {
    let mut lines = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        if lines.len() + 1 >= max_lines {
            let (line, cut) = fit(rest, size, max_width);
            lines.push(line);
            return (lines, cut);
        }
        let (line, length) = first_line(rest, size, max_width);
        lines.push(line);
        rest = rest.get(length..).unwrap_or_default().trim_start();
    }
    (lines, false)
}

/// The first line of a text that is not empty, and how many bytes of the text it takes: at least
/// one character.
fn first_line(text: &str, size: f32, max_width: f32) -> (Line, usize) {
    let whole = shape(text, size);
    if whole.width <= max_width && !text.contains('\n') {
        return (whole, text.len());
    }
    let shaped = |end: usize| shape(text.get(..end).unwrap_or_default().trim_end(), size);
    let mut best = None;
    for end in breaks(text) {
        let line = shaped(end);
        if line.width > max_width {
            break;
        }
        best = Some((line, end));
        if text.get(..end).is_some_and(|taken| taken.ends_with('\n')) {
            break;
        }
    }
    if let Some(best) = best {
        return best;
    }
    let word = breaks(text).first().copied().unwrap_or(text.len());
    let ends: Vec<usize> =
        cluster_starts(text).into_iter().chain([text.len()]).filter(|end| *end <= word).collect();
    let ends = ends.get(1..).unwrap_or_default();
    let fitting = ends.partition_point(|end| shaped(*end).width <= max_width);
    let end = ends.get(fitting.saturating_sub(1)).copied().unwrap_or(text.len());
    (shaped(end), end)
}

/// After which bytes a line may end.
fn breaks(text: &str) -> Vec<usize> {
    let mut ends: Vec<usize> = text
        .char_indices()
        .filter(|(_, c)| matches!(c, ' ' | '\n' | '\t' | '-' | '/' | '–' | '—'))
        .map(|(at, c)| at + c.len_utf8())
        .collect();
    if ends.last() != Some(&text.len()) {
        ends.push(text.len());
    }
    ends
}

/// The bytes at which a letter with its marks starts.
fn cluster_starts(text: &str) -> Vec<usize> {
    text.char_indices().filter(|(_, c)| !is_mark(*c)).map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &str = "Oud Gentbrugge, Sint-Amandsberg en Mariakerke-Wondelgem";

    #[test]
    fn a_line_that_is_too_long_ends_in_an_ellipsis_and_fits() {
        for max_width in [0.0, 3.0, 20.0, 55.5, 100.0, 200.0, 1000.0] {
            let (line, cut) = fit(NAMES, 10.0, max_width);
            assert_eq!(cut, line.text != NAMES);
            assert_eq!(cut, line.text.ends_with('…'));
            assert!(line.width <= max_width || line.text == "…", "{max_width}: {}", line.text);
            let kept = line.text.trim_end_matches('…');
            assert!(NAMES.starts_with(kept));
        }
        assert_eq!(fit("", 10.0, 5.0).0.text, "");
    }

    #[test]
    fn wrapping_keeps_every_word_and_every_line_fits() {
        for max_width in [1.0, 25.0, 60.0, 90.0, 400.0] {
            let (lines, cut) = wrap(NAMES, 10.0, max_width, 99);
            assert!(!cut);
            for line in &lines {
                let single = line.text.chars().count() == 1;
                assert!(line.width <= max_width || single, "{max_width}: {:?}", line.text);
            }
            let text: String = lines.iter().map(|line| line.text.as_str()).collect();
            let letters = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            assert_eq!(letters(&text), letters(NAMES));
        }
        let (lines, _) = wrap("Sint-Amandsberg", 10.0, 40.0, 9);
        assert_eq!(lines.first().map(|line| line.text.as_str()), Some("Sint-"));
    }

    #[test]
    fn the_last_line_allowed_tells_of_what_is_left_over() {
        let (lines, cut) = wrap(NAMES, 10.0, 90.0, 2);
        assert!(cut && lines.len() == 2);
        assert!(lines.last().is_some_and(|line| line.text.ends_with('…')));
        assert!(wrap("  ", 10.0, 50.0, 3).0.is_empty());
        let (lines, _) = wrap("eerste\ntweede", 10.0, 500.0, 3);
        assert_eq!(lines.iter().map(|l| l.text.as_str()).collect::<Vec<_>>(), ["eerste", "tweede"]);
    }
}
