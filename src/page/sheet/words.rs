//! What is written on a sheet.

use super::{SheetSpec, Subject};
use crate::i18n::{Language, Message, format_integer, format_number, tr};
use crate::page::frame::Frame;
use crate::project::{Paper, SheetPart, SheetPlane};

/// A scale as it is written: `1:5 000`, with a narrow gap that never breaks.
pub fn scale_words(language: Language, denominator: u32) -> String {
    format!("1:{}", format_integer(language, i64::from(denominator)))
}

/// The denominator of a scale as a person writes it: `25000`, `25.000`, `1:25 000`. None when it is
/// none.
pub fn read_scale(text: &str) -> Option<u32> {
    let text = text.trim();
    let text = text.strip_prefix("1:").unwrap_or(text);
    let digits: String =
        text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | ',' | '\u{a0}')).collect();
    digits.parse().ok().filter(|number| *number > 0)
}

/// Paper as it is written: `A4`, or `200 × 300 mm`.
pub fn paper_words(language: Language, paper: Paper) -> String {
    if let Some(name) = paper.name() {
        return name.to_owned();
    }
    let [width, height] =
        paper.millimetres().map(|side| format_number(language, f64::from(side), 1));
    format!("{width} × {height}\u{a0}mm")
}

/// The title: the person's own, the subject's name, or that of the map.
pub(super) fn title(spec: &SheetSpec<'_>) -> Option<String> {
    if !spec.sheet.has(SheetPart::Title) {
        return None;
    }
    let own = spec.sheet.title.as_deref().map(str::trim);
    let proposed = spec.subject.name().or(Some(spec.content.document.title.trim()));
    let title = own.or(proposed).filter(|title| !title.is_empty());
    match (own, title) {
        (_, Some(title)) => Some(title.to_owned()),
        (Some(_), None) => None,
        (None, None) => Some(tr(spec.content.language, "sheet-untitled")),
    }
}

/// The line below the title: the person's own, or the map's title below the name of a place.
pub(super) fn subtitle(spec: &SheetSpec<'_>) -> Option<String> {
    if !spec.sheet.has(SheetPart::Subtitle) {
        return None;
    }
    if let Some(own) = spec.sheet.subtitle.as_deref() {
        return Some(own.trim().to_owned()).filter(|own| !own.is_empty());
    }
    let map = spec.content.document.title.trim();
    let is_told = spec.sheet.title.is_none() && spec.subject.name().is_some();
    (is_told && !map.is_empty()).then(|| map.to_owned())
}

/// What the scale holds for: on the ground where, in which plane, within what error.
pub(super) fn statement(
    language: Language,
    plane: SheetPlane,
    frame: Frame,
    denominator: u32,
    error: f64,
) -> Message {
    let mut middle = [frame.center];
    frame.plane.give_lon_lat(&mut middle);
    let [[_, lat]] = middle;
    let side = if lat < 0.0 { "sheet-south" } else { "sheet-north" };
    let latitude =
        format!("{}°\u{a0}{}", format_number(language, lat.abs(), 2), tr(language, side));
    let id = match plane {
        SheetPlane::Local => "sheet-statement-local",
        SheetPlane::Lambert72 => "sheet-statement-lambert72",
        SheetPlane::Lambert2008 => "sheet-statement-lambert2008",
        SheetPlane::Screen => "sheet-statement-screen",
    };
    Message::new(id)
        .text("scale", scale_words(language, denominator))
        .text("latitude", latitude)
        .text("error", error_words(language, error))
}

/// A scale error as a percentage of which two digits count.
pub(super) fn error_words(language: Language, error: f64) -> String {
    let percent = (error * 100.0).max(0.001);
    let decimals = if percent >= 0.1 { 2 } else { 3 };
    // Rounded up: the error is not larger than is said.
    let step = 10_f64.powi(decimals);
    let decimals = u8::try_from(decimals).unwrap_or(3);
    format!("{}\u{a0}%", format_number(language, (percent * step - 1e-9).ceil() / step, decimals))
}

/// Whether and how a subject fits: for the panel and the command line.
pub(super) fn fit_words(
    language: Language,
    subject: &Subject<'_>,
    paper: Paper,
    (denominator, is_proposed): (u32, bool),
    larger: Option<Paper>,
) -> Message {
    let name = match subject.name() {
        Some(name) => name.to_owned(),
        None => tr(language, "sheet-the-map"),
    };
    let id = match (is_proposed, larger) {
        (true, _) => "sheet-fits-largest",
        (false, Some(_)) => "sheet-does-not-fit-but",
        (false, None) => "sheet-does-not-fit",
    };
    let message = Message::new(id)
        .text("name", name)
        .text("paper", paper_words(language, paper))
        .text("scale", scale_words(language, denominator));
    match larger {
        Some(larger) => message.text("larger", paper_words(language, larger)),
        None => message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn denominators_are_read_as_people_write_them() {
        for text in ["25000", "25.000", "25,000", " 1:25 000 ", "1:25\u{a0}000"] {
            assert_eq!(read_scale(text), Some(25_000), "{text}");
        }
        for text in ["", "veel", "-5", "0", "99999999999"] {
            assert_eq!(read_scale(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_on_a_sheet_have_the_languages_form() {
        assert_eq!(scale_words(Language::Dutch, 5000), "1:5.000");
        assert_eq!(paper_words(Language::English, Paper::A3), "A3");
        let own = Paper::own(200.5, 300.0).unwrap();
        assert_eq!(paper_words(Language::Dutch, own), "200,5 × 300\u{a0}mm");
        assert_eq!(error_words(Language::Dutch, 0.0), "0,001\u{a0}%");
        assert_eq!(error_words(Language::Dutch, 0.000_012), "0,002\u{a0}%");
        assert_eq!(error_words(Language::English, 0.004_51), "0.46\u{a0}%");
    }
}
