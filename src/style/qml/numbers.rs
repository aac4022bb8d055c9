//! The number of a row as an expression of QGIS, and back.

use crate::query::qgis::field_to_qgis;
use crate::style::{NumberOf, Per};
use crate::table::Field;

/// What areas of QGIS (square metres, while nothing else is chosen in its project) are divided by.
const KILOMETRE: &str = "($area / 1000000)";

/// A number as QGIS writes it.
pub(super) fn written(of: &NumberOf) -> String {
    let field = field_to_qgis(&of.field);
    match &of.per {
        Per::Nothing => field,
        Per::Field(by) => format!("{field} / {}", field_to_qgis(by)),
        Per::SquareKilometre => format!("{field} / {KILOMETRE}"),
    }
}

/// What the attribute of a renderer is of, as far as we have it: a field, or one divided.
pub(super) fn read(attribute: &str, fields: &[Field]) -> Option<NumberOf> {
    let attribute = attribute.trim();
    if let Some(field) = field(attribute, fields) {
        return Some(NumberOf { field, per: Per::Nothing });
    }
    let (field, by) = name(attribute)?;
    let by = by.trim();
    if by.is_empty() {
        return Some(NumberOf { field: known(field, fields), per: Per::Nothing });
    }
    let by = by.strip_prefix('/')?.trim();
    if by == KILOMETRE {
        return Some(NumberOf { field: known(field, fields), per: Per::SquareKilometre });
    }
    let (by, rest) = name(by)?;
    let per = Per::Field(known(by, fields));
    rest.trim().is_empty().then(|| NumberOf { field: known(field, fields), per })
}

/// The field of a layer with a name, in whatever letters: QGIS does not mind them either.
pub(super) fn field(name: &str, fields: &[Field]) -> Option<String> {
    let exact = fields.iter().find(|field| field.name == name);
    let lower = name.to_lowercase();
    let found = exact.or_else(|| fields.iter().find(|field| field.name.to_lowercase() == lower));
    found.map(|field| field.name.clone())
}

/// A name as the layer writes it; as it is where the layer has no such field.
pub(super) fn known(name: String, fields: &[Field]) -> String {
    field(&name, fields).unwrap_or(name)
}

/// The name that a text begins with, between quotes or a single word, and what follows.
pub(super) fn name(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let end = text.find(|c: char| !is_part(c)).unwrap_or(text.len());
        let (name, rest) = text.split_at_checked(end)?;
        let begins = name.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_');
        return (begins && !rest.trim_start().starts_with('(')).then(|| (name.to_owned(), rest));
    };
    let mut made = String::new();
    let mut rest = quoted;
    loop {
        let (before, after) = rest.split_once('"')?;
        made.push_str(before);
        let Some(after) = after.strip_prefix('"') else { return Some((made, after)) };
        made.push('"');
        rest = after;
    }
}

/// The size of a symbol as large as a number, and the condition on which there is one: `length`
/// (QGIS' points) is the size at the number `at`.
pub(super) fn size_written(of: &NumberOf, length: f64, at: f64) -> [String; 2] {
    let number = written(of);
    let size = format!("{length} * sqrt(min({number}, {at}) / {at})");
    [size, format!("coalesce({number} > 0, FALSE)")]
}

/// What was written by [`size_written`].
pub(super) fn size_read(expression: &str, fields: &[Field]) -> Option<(NumberOf, f64, f64)> {
    let (length, rest) = expression.split_once(" * sqrt(min(")?;
    let (number, at) = rest.rsplit_once(") / ")?;
    let at = at.strip_suffix(')')?;
    let number = number.strip_suffix(at)?.strip_suffix(", ")?;
    let of = read(number, fields)?;
    Some((of, super::tree::number(length)?, super::tree::number(at)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_survive() {
        for per in [Per::Nothing, Per::Field("b / \"c\"".to_owned()), Per::SquareKilometre] {
            let of = NumberOf { field: "aantal \"x\" / y".to_owned(), per };
            assert_eq!(read(&written(&of), &[]), Some(of.clone()));
            let [size, _] = size_written(&of, 37.5, 1000.5);
            assert_eq!(size_read(&size, &[]), Some((of, 37.5, 1000.5)));
        }
        let fields = [Field::new("Aantal / dag", crate::table::FieldKind::Integer)];
        let plain = read("aantal / DAG", &fields).map(|of| of.field);
        assert_eq!(plain.as_deref(), Some("Aantal / dag"));
        assert_eq!(read("sqrt(n)", &[]), None);
        assert_eq!(read("n * 2", &[]), None);
    }
}
