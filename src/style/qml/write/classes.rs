//! Classes of values and of numbers.

use super::{Entry, Writing};
use crate::i18n::Arg;
use crate::query::qgis::field_to_qgis;
use crate::style::breaks::Method;
use crate::style::qml::measures::qt_number;
use crate::style::qml::{NO_NUMBER, is_plain, numbers};
use crate::style::{Categories, CategoryValue, Class, Graduated, Partition, Per};
use crate::table::{DateTimeForm, FieldKind};

impl Writing<'_> {
    /// Each value with a category. What QGIS calls all other values are also rows without a value
    /// and with an empty text: where these differ, they get texts of their own.
    pub(super) fn categories(&mut self, by: &Categories, partition: &Partition) {
        let entries = self.entries(partition);
        let mut listed: Vec<(String, Entry)> = Vec::new();
        let (mut other, mut missing) = (None, None);
        for ((class, _), entry) in partition.classes.iter().zip(entries) {
            match class {
                Class::Value(value) => listed.push((self.value(value), entry)),
                Class::Other(values) => {
                    let is_needed = *values > 0 || entry.count > 0 || !is_plain(&by.other);
                    other = is_needed.then_some(entry);
                }
                Class::Missing => missing = (entry.count > 0).then_some(entry),
                _ => {}
            }
        }
        let field = field_to_qgis(&by.field);
        let quoted = |text: &str| format!("'{}'", text.replace('\\', r"\\").replace('\'', "''"));
        let mut used: Vec<String> = listed.iter().map(|(value, _)| value.clone()).collect();
        let mut free = |word: &str| {
            let mut word = word.to_owned();
            while used.contains(&word) {
                word.push('_');
            }
            used.push(word.clone());
            word
        };
        let looks_same = |a: &Entry, b: &Entry| a.symbol == b.symbol && a.hidden == b.hidden;
        let differs = match (&missing, &other) {
            (Some(missing), Some(other)) => !looks_same(missing, other),
            _ => false,
        };
        let empty = listed.iter().position(|(value, _)| value.is_empty());
        let mut attribute = by.field.clone();
        if let Some((value, entry)) = empty.and_then(|at| listed.get_mut(at)) {
            let (none, blank) =
                (missing.as_ref().map_or("-", |entry| entry.label.as_str()), &entry.label);
            let (none, blank) = (free(none), free(blank));
            attribute = format!(
                "CASE WHEN {field} IS NULL THEN {} WHEN {field} = '' THEN {} ELSE {field} END",
                quoted(&none),
                quoted(&blank)
            );
            *value = blank;
            listed.extend(missing.take().map(|entry| (none, entry)));
        } else if differs && let Some(missing) = missing.take() {
            let none = free(&missing.label);
            attribute = format!("coalesce({field}, {})", quoted(&none));
            listed.push((none, missing));
        }
        listed.extend(other.or(missing).map(|entry| (String::new(), entry)));
        self.open_renderer("categorizedSymbol", &[("attr", &attribute)]);
        self.out.open("categories", &[]);
        for (value, entry) in listed {
            let symbol = self.keep(entry.symbol);
            let render = if entry.hidden { "false" } else { "true" };
            // The type is for QGIS from 3.28 on.
            let kind = match self.dress.field {
                _ if attribute != by.field || value.is_empty() => "string",
                Some(FieldKind::Integer) => "long",
                Some(FieldKind::Number) => "double",
                Some(FieldKind::Boolean) => "bool",
                _ => "string",
            };
            self.out.empty(
                "category",
                &[
                    ("value", &value),
                    ("type", kind),
                    ("symbol", &symbol),
                    ("label", &entry.label),
                    ("render", render),
                ],
            );
        }
        self.out.close("categories");
        self.close_renderer();
    }

    /// A value as Qt makes it a text.
    fn value(&mut self, value: &CategoryValue) -> String {
        match value {
            CategoryValue::Boolean(value) => value.to_string(),
            CategoryValue::Integer(value) => match self.dress.field {
                #[expect(clippy::cast_precision_loss, reason = "the field holds such numbers")]
                Some(FieldKind::Number) => qt_number(*value as f64),
                _ => value.to_string(),
            },
            CategoryValue::Number(value) => qt_number(*value),
            CategoryValue::Text(text) => {
                let moment = match self.dress.field {
                    Some(FieldKind::DateTime(_)) => DateTimeForm::read(text),
                    _ => None,
                };
                let Some((at, form)) = moment else { return text.clone() };
                self.problems.add("problem-qml-moments", 1);
                form.local(at).format("%Y-%m-%dT%H:%M:%S%.3f").to_string()
            }
        }
    }

    /// Ranges of numbers; QGIS takes the first that holds a number, its ends included, so that
    /// the upper end of a class is in that class as with ours. Rows without a number would have no
    /// symbol: they get a number below all others.
    pub(super) fn ranges(&mut self, by: &Graduated, partition: &Partition) {
        let entries = self.entries(partition);
        let least = partition.classes.iter().find_map(|(class, _)| match class {
            Class::Range { lower, .. } => Some(*lower),
            _ => None,
        });
        let none = NO_NUMBER.into_iter().find(|none| least.is_none_or(|least| *none < least));
        let mut attribute = numbers::written(&by.of);
        if by.of.per == Per::Nothing {
            attribute.clone_from(&by.of.field);
        }
        let mut ranges = Vec::new();
        for ((class, _), entry) in partition.classes.iter().zip(entries) {
            match class {
                Class::Range { lower, upper } => ranges.push((*lower, *upper, entry)),
                Class::Missing if entry.count > 0 && !entry.hidden => {
                    let Some(none) = none else { continue };
                    attribute = format!("coalesce({}, {none})", numbers::written(&by.of));
                    ranges.push((none, none, entry));
                }
                _ => {}
            }
        }
        if by.of.per == Per::SquareKilometre {
            let field = vec![("field", Arg::Text(by.of.field.clone()))];
            self.tell("problem-qml-area", field);
        }
        let more = [("attr", attribute.as_str()), ("graduatedMethod", "GraduatedColor")];
        self.open_renderer("graduatedSymbol", &more);
        self.out.open("ranges", &[]);
        for (lower, upper, entry) in ranges {
            let symbol = self.keep(entry.symbol);
            let render = if entry.hidden { "false" } else { "true" };
            self.out.empty(
                "range",
                &[
                    ("lower", &lower.to_string()),
                    ("upper", &upper.to_string()),
                    ("symbol", &symbol),
                    ("label", &entry.label),
                    ("render", render),
                ],
            );
        }
        self.out.close("ranges");
        let method = match by.breaks {
            Some(_) => "Custom",
            None => METHODS.iter().find(|(ours, _)| *ours == by.method).map_or("Custom", |it| it.1),
        };
        self.out.empty("classificationMethod", &[("id", method)]);
        self.close_renderer();
    }
}

/// Ways to make classes, by their name there.
pub(in crate::style::qml) const METHODS: [(Method, &str); 5] = [
    (Method::NaturalBreaks, "Jenks"),
    (Method::Quantile, "Quantile"),
    (Method::EqualInterval, "EqualInterval"),
    (Method::Pretty, "Pretty"),
    (Method::StandardDeviation, "StdDev"),
];
