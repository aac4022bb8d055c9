//! What classes are called.

use chrono::NaiveDate;

use super::{CategoryValue, Class, Partition, Style};
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
}

impl ClassWords {
    /// For the classes of a partition by a field of a kind.
    pub fn new(language: Language, field: Option<FieldKind>, partition: &Partition) -> ClassWords {
        let wholes = partition.spread.as_ref().is_some_and(|spread| spread.wholes);
        let steps = partition.classes.iter().filter_map(|(class, _)| match class {
            Class::Range { lower, upper } if upper > lower => Some(upper - lower),
            _ => None,
        });
        let least = steps.fold(f64::INFINITY, f64::min);
        ClassWords { language, field, wholes, decimals: decimals(least) }
    }

    /// What a class is called: as the person said, or by what it holds.
    pub fn of(&self, style: &Style, at: usize, class: &Class) -> String {
        let own = style.change_of(at, class).and_then(|change| change.label.as_deref());
        if let Some(label) = own.map(str::trim).filter(|label| !label.is_empty()) {
            return label.to_owned();
        }
        match (class, &style.by) {
            (Class::Rule(rule), super::By::Rules(by)) => match by.rules.get(*rule) {
                Some(rule) if !rule.label.trim().is_empty() => rule.label.trim().to_owned(),
                Some(rule) if !rule.sql.trim().is_empty() => rule.sql.trim().to_owned(),
                _ => tr(self.language, "style-class-all"),
            },
            _ => self.usual(at, class),
        }
    }

    /// What a class is called by what it holds.
    pub fn usual(&self, at: usize, class: &Class) -> String {
        match class {
            Class::Range { lower, upper } => self.range(at, *lower, *upper),
            Class::Value(value) => class_label(self.language, self.field, value),
            Class::Other(values) => Message::new("style-class-other")
                .count("values", *values)
                .in_language(self.language),
            Class::Missing => tr(self.language, "style-class-missing"),
            Class::Unmatched => tr(self.language, "style-class-unmatched"),
            Class::All | Class::Rule(_) => tr(self.language, "style-class-all"),
        }
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

    fn words(wholes: bool, decimals: u8) -> ClassWords {
        ClassWords { language: Language::Dutch, field: None, wholes, decimals }
    }

    #[test]
    fn ranges_say_which_numbers_they_hold() {
        let range = |lower, upper| Class::Range { lower, upper };
        let whole = words(true, 0);
        assert_eq!(whole.usual(0, &range(3.0, 12.0)), "3 – 12");
        assert_eq!(whole.usual(1, &range(12.0, 20.5)), "13 – 20");
        assert_eq!(whole.usual(2, &range(20.5, 21.0)), "21");
        assert_eq!(whole.usual(3, &range(21.0, 12_345.0)), "22 – 12.345");
        let broken = words(false, 1);
        assert_eq!(broken.usual(0, &range(-0.25, 12.54)), "−0,2 – 12,5");
        assert_eq!(broken.usual(1, &range(12.54, 12.54)), "12,5");
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
}
