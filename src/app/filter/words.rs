//! The words for kinds, operators and relations.

use crate::query::Relation;
use crate::query::builder::{Join, Operator};
use crate::table::FieldKind;

/// The message that names a kind of field.
pub(in super::super) fn kind_word(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Boolean => "app-kind-boolean",
        FieldKind::Integer => "app-kind-integer",
        FieldKind::Number => "app-kind-number",
        FieldKind::Text => "app-kind-text",
        FieldKind::Json => "app-kind-json",
        FieldKind::Date => "app-kind-date",
        FieldKind::DateTime(_) => "app-kind-datetime",
    }
}

/// The message for an operator on a kind of field.
pub(super) fn operator_word(operator: Operator, negated: bool, kind: FieldKind) -> &'static str {
    let is_time = matches!(kind, FieldKind::Date | FieldKind::DateTime(_));
    match (operator, negated) {
        (Operator::Is, false) => "app-op-is",
        (Operator::Is, true) => "app-op-is-not",
        (Operator::Less, _) if is_time => "app-op-before",
        (Operator::Less, _) => "app-op-less",
        (Operator::AtMost, _) if is_time => "app-op-until",
        (Operator::AtMost, _) => "app-op-at-most",
        (Operator::Greater, _) if is_time => "app-op-after",
        (Operator::Greater, _) => "app-op-greater",
        (Operator::AtLeast, _) if is_time => "app-op-from",
        (Operator::AtLeast, _) => "app-op-at-least",
        (Operator::Between, false) => "app-op-between",
        (Operator::Between, true) => "app-op-not-between",
        (Operator::Contains { .. }, false) => "app-op-contains",
        (Operator::Contains { .. }, true) => "app-op-contains-not",
        (Operator::StartsWith { .. }, false) => "app-op-starts",
        (Operator::StartsWith { .. }, true) => "app-op-starts-not",
        (Operator::EndsWith { .. }, false) => "app-op-ends",
        (Operator::EndsWith { .. }, true) => "app-op-ends-not",
        (Operator::Empty, false) => "app-op-empty",
        (Operator::Empty, true) => "app-op-not-empty",
    }
}

/// How the items of a group go together, in the order offered.
pub(super) const JOINS: [(Join, bool, &str); 4] = [
    (Join::All, false, "app-filter-join-all"),
    (Join::Any, false, "app-filter-join-any"),
    (Join::Any, true, "app-filter-join-none"),
    (Join::All, true, "app-filter-join-not-all"),
];

/// The message for a relation.
pub(super) fn relation_word(relation: Relation) -> &'static str {
    match relation {
        Relation::Intersects => "app-relation-intersects",
        Relation::Within => "app-relation-within",
        Relation::Disjoint => "app-relation-disjoint",
        Relation::Touches => "app-relation-touches",
        Relation::Crosses => "app-relation-crosses",
        Relation::Near { .. } => "app-relation-near",
    }
}
