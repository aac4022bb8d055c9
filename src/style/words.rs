//! What classes are called.

use chrono::NaiveDate;

use super::{By, CategoryValue, Class, Partition, Side, Style};
use crate::i18n::{
    Language, Message, format_date, format_date_time, format_number, format_plain_integer,
    format_plain_number, tr,
};
use crate::table::{DateTimeForm, FieldKind};

/// How the classes of a partition are written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClassWords {
    language: Language,
    /// The kind of the field that values are of.
    field: Option<FieldKind>,
    /// Whether the numbers are whole.
    wholes: bool,
    decimals: u8,
    /// Of two numbers crossed: how many classes there are across and up.
    grid: [usize; 2],
}

impl ClassWords {
    /// For the classes of a partition by a field of a kind.
    pub fn new(language: Language, field: Option<FieldKind>, partition: &Partition) -> ClassWords {
        let wholes = partition.spread.as_ref().is_some_and(|spread| spread.wholes);
        let ranges = partition.classes.iter().filter_map(|(class, _)| match class {
            Class::Range { lower, upper } => Some([*lower, *upper]),
            _ => None,
        });
        let decimals = decimals(narrowest(ranges));
        ClassWords { language, field, wholes, decimals, grid: partition.grid() }
    }

    /// For the classes of one of two numbers that are crossed.
    pub fn of_side(language: Language, side: &Side) -> ClassWords {
        let decimals = decimals(narrowest(side.ranges.iter().copied()));
        ClassWords { language, field: None, wholes: side.spread.wholes, decimals, grid: [0; 2] }
    }

    /// What a class is called: as the person said, or by what it holds.
    pub fn of(&self, style: &Style, at: usize, class: &Class) -> String {
        let own = style.change_of(at, class).and_then(|change| change.label.as_deref());
        if let Some(label) = own.map(str::trim).filter(|label| !label.is_empty()) {
            return label.to_owned();
        }
        match (class, &style.by) {
            (Class::Rule(rule), By::Rules(by)) => match by.rules.get(*rule) {
                Some(rule) if !rule.label.trim().is_empty() => rule.label.trim().to_owned(),
                Some(rule) if !rule.sql.trim().is_empty() => rule.sql.trim().to_owned(),
                _ => tr(self.language, "style-class-all"),
            },
            _ => self.usual(style, at, class),
        }
    }

    /// What a class is called by what it holds.
    pub fn usual(&self, style: &Style, at: usize, class: &Class) -> String {
        match class {
            Class::Range { lower, upper } => self.range(at, *lower, *upper),
            Class::Value(value) => class_label(self.language, self.field, value),
            Class::Other(values) => Message::new("style-class-other")
                .count("values", *values)
                .in_language(self.language),
            Class::Missing => tr(self.language, "style-class-missing"),
            Class::Unmatched => tr(self.language, "style-class-unmatched"),
            Class::Cell { across, up } => self.cell(style, *across, *up),
            Class::All | Class::Rule(_) => tr(self.language, "style-class-all"),
        }
    }

    /// "Inwoners laag, bomen hoog".
    fn cell(&self, style: &Style, across: usize, up: usize) -> String {
        let By::Crossed(by) = &style.by else { return tr(self.language, "style-class-all") };
        let [wide, high] = self.grid;
        let part = |field: String, at, count| Message::new(level(at, count)).text("field", field);
        Message::new("style-class-cell")
            .message("across", part(by.across.of.title(), across, wide))
            .message("up", part(by.up.of.title(), up, high))
            .in_language(self.language)
    }

    fn range(&self, at: usize, lower: f64, upper: f64) -> String {
        if self.wholes {
            // Numbers above the lower end: from the next whole one.
            let from = if at == 0 { lower.ceil() } else { lower.floor() + 1.0 };
            let to = upper.floor();
            return if from >= to { self.number(to) } else { self.pair(from, to) };
        }
        if lower >= upper { self.number(upper) } else { self.pair(lower, upper) }
    }

    fn pair(&self, from: f64, to: f64) -> String {
        format!("{} – {}", self.number(from), self.number(to))
    }

    /// A number as in the classes.
    pub fn number(&self, number: f64) -> String {
        let decimals = if self.wholes { 0 } else { self.decimals };
        // Years and the like have no groups; from five digits on groups are read better.
        if self.wholes && number.abs() < 10_000.0 {
            format_plain_number(self.language, number, 0)
        } else {
            format_number(self.language, number, decimals)
        }
    }
}

/// How high a class is among so many of a number.
fn level(at: usize, count: usize) -> &'static str {
    match (at, count) {
        (_, 0 | 1) => "style-level-only",
        (0, _) => "style-level-low",
        (at, count) if at + 1 == count => "style-level-high",
        (_, 3) => "style-level-middle",
        (1, _) => "style-level-rather-low",
        _ => "style-level-rather-high",
    }
}

/// How wide the narrowest of some classes is that has a width.
fn narrowest(ranges: impl Iterator<Item = [f64; 2]>) -> f64 {
    let widths = ranges.map(|[lower, upper]| upper - lower).filter(|width| *width > 0.0);
    widths.fold(f64::INFINITY, f64::min)
}

/// So many decimals that two ends of a class that far apart differ by ten steps of the last one.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 6")]
fn decimals(step: f64) -> u8 {
    if !(step.is_finite() && step > 0.0) {
        return 2;
    }
    (1.0 - step.log10()).ceil().clamp(0.0, 6.0) as u8
}

/// A value as the legend names it.
pub fn class_label(language: Language, field: Option<FieldKind>, value: &CategoryValue) -> String {
    match value {
        CategoryValue::Boolean(true) => tr(language, "value-true"),
        CategoryValue::Boolean(false) => tr(language, "value-false"),
        CategoryValue::Integer(value) => format_plain_integer(*value),
        CategoryValue::Number(value) => format_plain_number(language, *value, 6),
        CategoryValue::Text(text) => match field {
            Some(FieldKind::Date) => text
                .parse::<NaiveDate>()
                .map_or_else(|_| text.clone(), |date| format_date(language, date)),
            Some(FieldKind::DateTime(_)) => DateTimeForm::read(text).map_or_else(
                || text.clone(),
                |(at, form)| format_date_time(language, form.local(at)),
            ),
            _ if text.trim().is_empty() => tr(language, "style-class-empty-text"),
            _ => text.clone(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::{Crossed, NumberOf, Per, Steps};

    fn words(wholes: bool, decimals: u8) -> ClassWords {
        ClassWords { language: Language::Dutch, field: None, wholes, decimals, grid: [0; 2] }
    }

    #[test]
    fn ranges_say_which_numbers_they_hold() {
        let range = |lower, upper| Class::Range { lower, upper };
        let plain = Style::default();
        let whole = words(true, 0);
        assert_eq!(whole.usual(&plain, 0, &range(3.0, 12.0)), "3 – 12");
        assert_eq!(whole.usual(&plain, 1, &range(12.0, 20.5)), "13 – 20");
        assert_eq!(whole.usual(&plain, 2, &range(20.5, 21.0)), "21");
        assert_eq!(whole.usual(&plain, 3, &range(21.0, 12_345.0)), "22 – 12.345");
        let broken = words(false, 1);
        assert_eq!(broken.usual(&plain, 0, &range(-0.25, 12.54)), "−0,2 – 12,5");
        assert_eq!(broken.usual(&plain, 1, &range(12.54, 12.54)), "12,5");
    }

    #[test]
    fn decimals_tell_the_ends_of_the_narrowest_class_apart() {
        for (step, expected) in [(3.4, 1), (120.0, 0), (10.0, 0), (0.02, 3), (1.0, 1), (1e-9, 6)] {
            assert_eq!(decimals(step), expected, "{step}");
        }
    }

    #[test]
    fn dates_are_written_in_the_language() {
        let date = CategoryValue::Text("2026-11-03".to_owned());
        assert_eq!(class_label(Language::Dutch, Some(FieldKind::Date), &date), "3 november 2026");
        assert_eq!(class_label(Language::Dutch, Some(FieldKind::Text), &date), "2026-11-03");
    }

    #[test]
    fn two_numbers_are_told_by_how_high_they_are() {
        let of = |field: &str, per| Steps {
            of: NumberOf { field: field.to_owned(), per },
            ..Steps::default()
        };
        let by = Crossed {
            across: of("inwoners", Per::SquareKilometre),
            up: of("bomen", Per::Nothing),
            ..Crossed::default()
        };
        let style = Style { by: By::Crossed(Box::new(by)), ..Style::default() };
        let said = |language, grid, across, up| {
            let words = ClassWords { language, grid, ..words(false, 0) };
            words.of(&style, 0, &Class::Cell { across, up })
        };
        let (nl, en) = (Language::Dutch, Language::English);
        assert_eq!(said(nl, [3, 3], 0, 2), "inwoners / km² laag, bomen hoog");
        assert_eq!(said(nl, [3, 3], 1, 0), "inwoners / km² gemiddeld, bomen laag");
        assert_eq!(said(nl, [4, 2], 1, 1), "inwoners / km² vrij laag, bomen hoog");
        assert_eq!(said(en, [3, 3], 2, 1), "high inwoners / km², middling bomen");
        assert_eq!(said(en, [4, 1], 2, 0), "fairly high inwoners / km², bomen");
    }
}
