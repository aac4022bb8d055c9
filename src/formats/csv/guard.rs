//! Texts that a spreadsheet would run as a formula when it opens a CSV file.
//!
//! A text that begins with `=`, `+`, `-`, `@`, a tab or an end of line is written with an apostrophe
//! in front, as OWASP advises ("CSV Injection"): Excel, LibreOffice and Google Sheets all show such
//! a cell as text, apostrophe and all. What else is done elsewhere is worse: a space in front is
//! not seen and comes off in many programs, and the formula is there again; `="…"` is a formula
//! itself, and nonsense to all but Excel. The apostrophe is seen, and counted in the report.
//!
//! One apostrophe more goes before texts that begin with apostrophes and then such a sign, so that
//! what was put in front can be taken off again and every text comes back as it was. Signed numbers
//! (`-5`, `+32 9 210 10 10`) and a lone `-` are left alone: there is nothing in them to run.

/// Whether a text has to be written with an apostrophe in front, and, if it begins with one,
/// whether that was put there.
pub(super) fn is_needed(text: &str) -> bool {
    // Most texts begin with a letter or a digit.
    let Some(first) = text.bytes().next() else { return false };
    if first.is_ascii_alphanumeric() {
        return false;
    }
    let text = text.trim_start_matches('\'');
    match text.chars().next() {
        // Those of double width are the same to an Excel set to Japanese.
        Some(
            '=' | '@' | '\t' | '\r' | '\n' | '\u{ff1d}' | '\u{ff20}' | '\u{ff0b}' | '\u{ff0d}',
        ) => true,
        Some('+' | '-') => {
            let is_of_number =
                |byte: u8| byte.is_ascii_digit() || matches!(byte, b' ' | b'.' | b',');
            !text.bytes().skip(1).all(is_of_number)
        }
        _ => false,
    }
}

/// The text without the apostrophe that was put in front, if one was.
#[inline]
pub(super) fn taken_off(text: &str) -> Option<&str> {
    // Bytes first: nearly none begins so.
    let is_guarded = text.as_bytes().first() == Some(&b'\'') && is_needed(text);
    is_guarded.then(|| text.get(1..)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        if is_needed(text) { format!("'{text}") } else { text.to_owned() }
    }

    #[test]
    fn what_a_spreadsheet_runs_is_guarded() {
        for text in [
            "=1+1",
            "=cmd|' /C calc'!A0",
            "+1+1",
            "-2+3",
            "-cmd",
            "--",
            "@SUM(A1)",
            "\tx",
            "\rx",
            "\n=1",
            "'=1",
            "＝1",
        ] {
            assert!(is_needed(text), "{text:?}");
        }
        for text in
            ["", "-", "-5", "-1.234,5", "+32 9 210 10 10", "'s-Gravenhage", "'t Zand", "a=1", " =1"]
        {
            assert!(!is_needed(text), "{text:?}");
        }
    }

    /// All texts of up to five letters that matter come back, and none that is written begins with
    /// what a spreadsheet runs.
    #[test]
    fn every_text_comes_back() {
        const LETTERS: [char; 6] = ['\'', '=', '+', '-', '1', 'x'];
        for length in 0..=5_u32 {
            for number in 0..6_usize.pow(length) {
                let mut rest = number;
                let letters = (0..length).map(|_| {
                    let letter = LETTERS.get(rest % 6).copied().unwrap_or('x');
                    rest /= 6;
                    letter
                });
                let text: String = letters.collect();
                let out = written(&text);
                assert_eq!(taken_off(&out).unwrap_or(&out), text);
                assert!(
                    !out.starts_with('=') && (out.starts_with('\'') || !is_needed(&out)),
                    "{out}"
                );
            }
        }
    }
}
