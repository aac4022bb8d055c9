//! The labels that a layer gets when they are first turned on.

use crate::query::Condition;
use crate::style::{LabelPriority, LabelStyle};
use crate::table::{Field, FieldKind, PartKind, Table};

/// Labels with the field that most likely holds names, sized for what the layer holds: larger and
/// first for areas, smaller for streets.
pub(in super::super) fn usual_labels(table: &Table, kind: Option<PartKind>) -> LabelStyle {
    let usual = LabelStyle::default();
    let what = usual_field(table).map(Condition::written_name).unwrap_or_default();
    match kind {
        Some(PartKind::Polygon) => {
            LabelStyle { what, size: 13.0, priority: LabelPriority::High, ..usual }
        }
        Some(PartKind::Line) => LabelStyle { what, size: 10.5, wrap: 0, ..usual },
        Some(PartKind::Point) | None => LabelStyle { what, ..usual },
    }
}

/// The labels that a layer has on a sheet of paper where nothing was said about them: those of a
/// field that holds names, at scales at which there is room for them; none without such a field.
pub(in super::super) fn labels_on_paper(
    table: &Table,
    kind: Option<PartKind>,
) -> Option<LabelStyle> {
    table.field_called_name()?;
    let usual = usual_labels(table, kind);
    let farthest = Some(usual.farthest.map_or(FARTHEST_ON_PAPER, |own| own.min(FARTHEST_ON_PAPER)));
    let size = usual.size.min(11.0);
    Some(LabelStyle { farthest, size, priority: LabelPriority::Normal, ..usual })
}

/// At smaller scales the names of streets are too many for paper.
const FARTHEST_ON_PAPER: u32 = 25_000;

/// The field that is called as names are, whether or not it tells the rows apart: pieces of one
/// street have one name. Else the first text, or the first field.
fn usual_field(table: &Table) -> Option<&str> {
    let is_text = |field: &Field| field.kind == FieldKind::Text;
    let other = || table.fields.iter().position(is_text).unwrap_or(0);
    let at = table.field_called_name().unwrap_or_else(other);
    table.fields.get(at).map(|field| field.name.as_str())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{ArrayRef, StringArray};

    use super::*;

    #[test]
    fn the_field_with_names_is_found() {
        let found = |names: &[&str]| {
            let column: ArrayRef = Arc::new(StringArray::new_null(0));
            let fields = names.iter().map(|name| Field::new(*name, FieldKind::Text)).collect();
            let columns = vec![column; names.len()];
            let table = Table::new("t", 0, fields, columns, None).expect("no rows");
            usual_field(&table).map(str::to_owned)
        };
        assert_eq!(found(&["id", "wijk", "Naam"]).as_deref(), Some("Naam"));
        assert_eq!(found(&["id", "straatnaam_nl"]).as_deref(), Some("straatnaam_nl"));
        assert_eq!(found(&["code", "type"]).as_deref(), Some("code"));
        assert_eq!(found(&[]), None);
        let on_paper = |names: &[&str]| {
            let column: ArrayRef = Arc::new(StringArray::new_null(0));
            let fields = names.iter().map(|name| Field::new(*name, FieldKind::Text)).collect();
            let columns = vec![column; names.len()];
            let table = Table::new("t", 0, fields, columns, None).expect("no rows");
            labels_on_paper(&table, Some(PartKind::Line)).map(|labels| labels.what)
        };
        assert_eq!(on_paper(&["id", "straatnaam"]).as_deref(), Some("straatnaam"));
        assert_eq!(on_paper(&["code", "type"]), None, "a code is no name");
    }
}
