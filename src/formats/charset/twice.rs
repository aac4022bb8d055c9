//! Texts encoded twice: UTF-8 that a program took for windows-1252 and wrote as UTF-8 once more.
//! `Brügge` becomes `BrÃ¼gge`, and once more `BrÃƒÂ¼gge`.

use encoding_rs::WINDOWS_1252;

/// The text without one encoding too many; none where there is none to undo.
///
/// A run of characters outside ASCII is undone where all of it stands for bytes of windows-1252
/// and these are valid UTF-8. Texts that were written well are next to never such by accident.
pub(super) fn repaired(text: &str) -> Option<String> {
    let mut made = String::new();
    let mut is_changed = false;
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| !c.is_ascii()) {
        let (plain, from) = rest.split_at(start);
        let end = from.find(|c: char| c.is_ascii()).unwrap_or(from.len());
        let (run, after) = from.split_at(end);
        made.push_str(plain);
        match undone(run) {
            Some(once) => {
                made.push_str(&once);
                is_changed = true;
            }
            None => made.push_str(run),
        }
        rest = after;
    }
    made.push_str(rest);
    is_changed.then_some(made)
}

fn undone(run: &str) -> Option<String> {
    let (bytes, _, unmappable) = WINDOWS_1252.encode(run);
    if unmappable {
        return None;
    }
    String::from_utf8(bytes.into_owned()).ok()
}

/// Whether bytes may hold such a text: a character between À and ô, which is what the first bytes
/// of UTF-8 become, and another one outside ASCII behind it.
pub(super) fn may_be_twice(bytes: &[u8]) -> bool {
    memchr::memchr_iter(0xC3, bytes).any(|at| {
        let next = |by: usize| at.checked_add(by).and_then(|at| bytes.get(at));
        next(1).is_some_and(|byte| (0x82..=0xB4).contains(byte))
            && next(2).is_some_and(|byte| *byte >= 0xC2)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_encoding_too_many_is_undone() {
        for (written, meant) in [
            ("BrÃ¼gge", "Brügge"),
            ("LiÃ¨ge, ChÃ¢telet", "Liège, Châtelet"),
            ("lâ€™Ã©tÃ© â€“ 12 Â°C", "l’été – 12 °C"),
            ("BrÃƒÂ¼gge", "BrÃ¼gge"),
            // Well-written parts stay as they are.
            ("één Ã©Ã©n", "één één"),
        ] {
            assert!(may_be_twice(written.as_bytes()), "{written}");
            assert_eq!(repaired(written).as_deref(), Some(meant));
        }
        for well in ["", "Brugge", "één", "SÃO PAULO", "Ångström", "Ä", "ÄÖÜ", "北京", "12 °C"]
        {
            assert_eq!(repaired(well), None, "{well}");
        }
    }
}
