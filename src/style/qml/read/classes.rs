//! Classes of values and of numbers.

use super::Reading;
use crate::i18n::{Language, Message, tr};
use crate::style::breaks::Method;
use crate::style::class_label;
use crate::style::partition::MOST_CATEGORIES;
use crate::style::qml::tree::Element;
use crate::style::qml::write::METHODS;
use crate::style::qml::{NO_NUMBER, numbers};
use crate::style::{By, Categories, Category, CategoryValue, Change, Graduated, Style, Symbol};
use crate::table::FieldKind;

/// What categories are of.
struct Attribute {
    field: String,
    /// The text that stands for no value.
    none: Option<String>,
    /// The text that stands for an empty one.
    blank: Option<String>,
}

impl Reading<'_> {
    pub(super) fn categories(&mut self, renderer: &Element<'_>) -> Style {
        let written = renderer.text_of("attr");
        let Some(attribute) = self.attribute(&written) else {
            return self.without_classes(&written);
        };
        let elements = renderer.child("categories").into_iter();
        let elements: Vec<&Element<'_>> = elements.flat_map(|all| all.all("category")).collect();
        let symbols: Vec<Symbol> = elements.iter().map(|element| self.named(element)).collect();
        let (symbol, changes) = self.changes(&symbols);
        let hidden = Change { hidden: true, ..Change::default() };
        let mut by = Categories {
            field: attribute.field.clone(),
            other: hidden.clone(),
            missing: hidden,
            ..Categories::default()
        };
        let mut has_missing = false;
        let kind = self.kind_of(&attribute.field);
        for (element, change) in elements.into_iter().zip(changes) {
            let change = Change { hidden: !element.is("render", true), ..change };
            let label = element.text_of("label").trim().to_owned();
            // A category may have several values.
            let mut values: Vec<String> =
                element.all("val").map(|value| value.text_of("value").into_owned()).collect();
            let is_null = element.text_of("type") == "NULL";
            if values.is_empty() {
                values.push(element.text_of("value").into_owned());
            }
            for value in values {
                if attribute.none.as_ref() == Some(&value) {
                    by.missing =
                        Change { label: own(&label, "style-class-missing"), ..change.clone() };
                    has_missing = true;
                } else if value.is_empty() || is_null {
                    by.other = Change { label: own(&label, "style-class-other"), ..change.clone() };
                } else {
                    let is_blank = attribute.blank.as_ref() == Some(&value);
                    let read = if is_blank { String::new() } else { value };
                    let is_written = label == read;
                    let value = self.value(&attribute.field, read);
                    let usual = |language| class_label(language, kind, &value) == label;
                    let is_usual = is_written || Language::ALL.into_iter().any(usual);
                    let label = Some(label.clone()).filter(|it| !it.is_empty() && !is_usual);
                    by.listed.push(Category { value, change: Change { label, ..change.clone() } });
                }
            }
        }
        if !has_missing {
            // There, rows without a value are among the others.
            by.missing = Change { label: None, ..by.other.clone() };
        }
        let beyond = by.listed.len().saturating_sub(MOST_CATEGORIES);
        by.listed.truncate(MOST_CATEGORIES);
        self.problems.add("problem-qml-categories", u64::try_from(beyond).unwrap_or(u64::MAX));
        if by.listed.is_empty() {
            return self.without_classes(&written);
        }
        by.most = by.listed.len();
        Style { symbol, by: By::Value(by), ..Style::default() }
    }

    /// A field, or the expressions in which we write one with texts for no value.
    fn attribute(&self, written: &str) -> Option<Attribute> {
        if let Some(field) = numbers::field(written, self.fields) {
            return Some(Attribute { field, none: None, blank: None });
        }
        let known = |name: String| numbers::known(name, self.fields);
        if let Some(inside) = written.strip_prefix("coalesce(") {
            let (name, rest) = numbers::name(inside)?;
            let (none, rest) = quoted(rest.trim_start().strip_prefix(',')?)?;
            let is_all = rest.trim() == ")";
            return is_all.then(|| Attribute { field: known(name), none: Some(none), blank: None });
        }
        if let Some(inside) = written.strip_prefix("CASE WHEN ") {
            let (name, rest) = numbers::name(inside)?;
            let (none, rest) = quoted(rest.strip_prefix(" IS NULL THEN ")?)?;
            let (_, rest) = numbers::name(rest.strip_prefix(" WHEN ")?)?;
            let (blank, rest) = quoted(rest.strip_prefix(" = '' THEN ")?)?;
            let (same, rest) = numbers::name(rest.strip_prefix(" ELSE ")?)?;
            let is_all = rest == " END" && same == name;
            let (none, blank) = (Some(none), Some(blank));
            return is_all.then(|| Attribute { field: known(name), none, blank });
        }
        let (name, rest) = numbers::name(written.trim())?;
        let is_all = rest.trim().is_empty();
        is_all.then(|| Attribute { field: known(name), none: None, blank: None })
    }

    fn kind_of(&self, field: &str) -> Option<FieldKind> {
        self.fields.iter().find(|known| known.name == field).map(|known| known.kind)
    }

    /// A value of a category, by the kind of its field.
    #[expect(clippy::cast_possible_truncation, reason = "whole and far inside the range")]
    fn value(&mut self, field: &str, text: String) -> CategoryValue {
        let number = || text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
        let whole = || number().filter(|n| n.fract() == 0.0 && n.abs() < 1e15).map(|n| n as i64);
        let made = match self.kind_of(field) {
            Some(FieldKind::Integer) => {
                let exact = text.trim().parse::<i64>().ok();
                exact.or_else(whole).map(CategoryValue::Integer)
            }
            Some(FieldKind::Number) => number().map(CategoryValue::Number),
            Some(FieldKind::Boolean) => match text.trim() {
                "true" | "1" => Some(CategoryValue::Boolean(true)),
                "false" | "0" => Some(CategoryValue::Boolean(false)),
                _ => None,
            },
            Some(FieldKind::DateTime(_)) => {
                self.problems.add("problem-qml-moments", 1);
                None
            }
            _ => None,
        };
        made.unwrap_or(CategoryValue::Text(text))
    }

    pub(super) fn ranges(&mut self, renderer: &Element<'_>) -> Style {
        let written = renderer.text_of("attr");
        let written = written.trim();
        let inside = written.strip_prefix("coalesce(").and_then(|it| it.strip_suffix(')'));
        let with_none = inside.and_then(|inside| {
            let (number, none) = inside.rsplit_once(',')?;
            let none =
                crate::style::qml::tree::number(none).filter(|none| NO_NUMBER.contains(none))?;
            Some((numbers::read(number, self.fields)?, none))
        });
        let none = with_none.as_ref().map(|(_, none)| *none);
        let of = with_none.map(|(of, _)| of).or_else(|| numbers::read(written, self.fields));
        let Some(of) = of else { return self.without_classes(written) };
        if renderer.text_of("graduatedMethod") == "GraduatedSize" {
            self.left_out("GraduatedSize");
        }
        let mut ranges: Vec<Range> = Vec::new();
        let elements = renderer.child("ranges").into_iter().flat_map(|all| all.all("range"));
        for element in elements {
            let ends = element.number("lower").zip(element.number("upper"));
            let Some((lower, upper)) = ends else {
                self.left_out("range");
                continue;
            };
            ranges.push(Range {
                lower: lower.min(upper),
                upper: upper.max(lower),
                symbol: self.named(element),
                label: element.text_of("label").trim().to_owned(),
                hidden: !element.is("render", true),
            });
        }
        let mut by = Graduated { of, ..Graduated::default() };
        by.missing.hidden = true;
        let symbols: Vec<Symbol> = ranges.iter().map(|range| range.symbol).collect();
        let (symbol, changes) = self.changes(&symbols);
        let mut dressed: Vec<(Range, Change)> = ranges.into_iter().zip(changes).collect();
        if let Some(none) = none
            && let Some(at) = dressed.iter().position(|(range, _)| range.upper <= none)
        {
            let (range, change) = dressed.remove(at);
            let label = own(&range.label, "style-class-missing");
            by.missing = Change { label, hidden: range.hidden, ..change };
        }
        dressed.sort_by(|(a, _), (b, _)| a.upper.total_cmp(&b.upper));
        let is_whole = self
            .fields
            .iter()
            .any(|field| field.name == by.of.field && field.kind == FieldKind::Integer);
        let mut breaks: Vec<f64> = Vec::new();
        for (range, change) in dressed {
            if let Some(before) = breaks.last().copied() {
                // The first that holds a number counts: this one never does.
                if range.upper <= before {
                    self.problems.add("problem-qml-overlap", 1);
                    continue;
                }
                let gap = range.lower - before;
                if gap < -1e-9 * before.abs() {
                    self.problems.add("problem-qml-overlap", 1);
                } else if gap > 1e-9 * before.abs().max(1e-9) && !(is_whole && gap <= 1.0) {
                    // Numbers between two classes are not drawn.
                    breaks.push(range.lower);
                    by.changes.push(Change { hidden: true, ..Change::default() });
                }
            }
            breaks.push(range.upper);
            let label = own_range(&range.label);
            by.changes.push(Change { label, hidden: range.hidden, ..change });
        }
        if breaks.is_empty() {
            return self.without_classes(written);
        }
        by.count = breaks.len();
        by.breaks = Some(breaks);
        let method = renderer.child("classificationMethod").map(|method| method.text_of("id"));
        let known = METHODS.iter().find(|(_, id)| method.as_deref() == Some(*id));
        by.method = known.map_or(Method::default(), |(method, _)| *method);
        Style { symbol, by: By::Number(by), ..Style::default() }
    }
}

/// A range of numbers with a look.
struct Range {
    lower: f64,
    upper: f64,
    symbol: Symbol,
    label: String,
    hidden: bool,
}

/// A label, unless it is what we call such a class anyway, in any language.
fn own(label: &str, id: &'static str) -> Option<String> {
    let digits: String = label.chars().filter(char::is_ascii_digit).collect();
    let values = digits.parse().unwrap_or(0);
    let usual = |language: Language| match id {
        "style-class-other" => Message::new(id).count("values", values).in_language(language),
        _ => tr(language, id),
    };
    let is_usual = Language::ALL.into_iter().any(|language| usual(language) == label);
    (!label.is_empty() && !is_usual).then(|| label.to_owned())
}

/// The label of a range, unless it only says its ends: those are written in the language.
fn own_range(label: &str) -> Option<String> {
    let only_ends = |c: char| {
        c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | ',' | '-' | '–' | '−' | '\'')
    };
    (!label.chars().all(only_ends)).then(|| label.to_owned())
}

/// The text between quotes that begins here, and what follows.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut rest = text.trim_start().strip_prefix('\'')?;
    let mut made = String::new();
    loop {
        let (before, after) = rest.split_once('\'')?;
        made.push_str(before);
        let Some(after) = after.strip_prefix('\'') else {
            return Some((made.replace(r"\\", r"\"), after));
        };
        made.push('\'');
        rest = after;
    }
}
