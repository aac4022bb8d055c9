//! The rules of a condition while they are being edited: what the panel shows and changes, with
//! what is typed and not right yet.

use std::sync::Arc;

use super::super::keyed::Keyed;
use super::facts::FieldOf;
use crate::i18n::Language;
use crate::jobs::Cancelled;
use crate::query::builder::{Group, Item, Join, Operator, Rule};
use crate::table::{FieldKind, Statistics};

/// A condition being edited.
pub(super) struct Tree {
    pub root: Limb,
    /// The last key given.
    pub next: u64,
}

/// A group.
pub(super) struct Limb {
    pub key: u64,
    pub join: Join,
    pub negated: bool,
    pub branches: Vec<Branch>,
}

pub(super) enum Branch {
    Row(Box<Row>),
    Limb(Limb),
}

/// A rule.
pub(super) struct Row {
    /// The same from frame to frame, for the widgets' own state.
    pub key: u64,
    pub rule: Rule,
    /// What is being typed for each value, while it is.
    pub typed: [Option<String>; 2],
    /// What is looked for among the values.
    pub wanted: String,
    /// That, folded, and which values of the list hold it.
    pub found: Option<(String, Vec<usize>)>,
    /// Those of all values that hold it, where some are not listed.
    pub all: Keyed<Wanted, Result<Arc<Statistics>, Cancelled>>,
    /// Whether the list was shown since the last frame.
    pub is_listed: bool,
}

/// What is looked for among the values of a field.
#[derive(Clone, PartialEq)]
pub(super) struct Wanted {
    pub of: FieldOf,
    /// The text, folded.
    pub text: String,
    pub language: Language,
}

impl Row {
    fn new(key: u64, rule: Rule) -> Row {
        Row {
            key,
            rule,
            typed: [None, None],
            wanted: String::new(),
            found: None,
            all: Keyed::default(),
            is_listed: false,
        }
    }

    /// Forgets what was typed for another field or operator.
    pub fn forget(&mut self) {
        *self = Row::new(self.key, self.rule.clone());
    }
}

/// A change of the tree's shape.
pub(super) enum Edit {
    AddRow(u64, Rule),
    AddLimb(u64, Rule),
    Remove(u64),
}

impl Tree {
    /// Rules with keys after one.
    pub fn after(group: &Group, mut next: u64) -> Tree {
        let root = limb(group, &mut next);
        Tree { root, next }
    }

    /// Ends the search for values where its list is closed; answers whether one goes on.
    pub fn rest(&mut self) -> bool {
        self.root.rest()
    }

    pub fn group(&self) -> Group {
        self.root.group()
    }

    pub fn edit(&mut self, edit: Edit) {
        let mut fresh = || {
            self.next += 1;
            self.next
        };
        let row = |key, rule| Branch::Row(Box::new(Row::new(key, rule)));
        match edit {
            Edit::AddRow(limb, rule) => {
                let key = fresh();
                if let Some(limb) = self.root.find(limb) {
                    limb.branches.push(row(key, rule));
                }
            }
            Edit::AddLimb(limb, rule) => {
                let (key, first) = (fresh(), fresh());
                if let Some(limb) = self.root.find(limb) {
                    // The other join: a group with the same one would change nothing.
                    let join = if limb.join == Join::All { Join::Any } else { Join::All };
                    let branches = vec![row(first, rule)];
                    limb.branches.push(Branch::Limb(Limb { key, join, negated: false, branches }));
                }
            }
            Edit::Remove(key) => self.root.remove(key),
        }
    }
}

fn limb(group: &Group, next: &mut u64) -> Limb {
    *next += 1;
    let key = *next;
    let branches = group.items.iter().map(|item| match item {
        Item::Group(group) => Branch::Limb(limb(group, next)),
        Item::Rule(rule) => {
            *next += 1;
            Branch::Row(Box::new(Row::new(*next, rule.clone())))
        }
    });
    let branches = branches.collect();
    Limb { key, join: group.join, negated: group.negated, branches }
}

impl Limb {
    fn rest(&mut self) -> bool {
        let mut is_busy = false;
        for branch in &mut self.branches {
            is_busy |= match branch {
                Branch::Row(row) => {
                    if !std::mem::take(&mut row.is_listed) {
                        row.all.forget();
                    }
                    row.all.job().is_some()
                }
                Branch::Limb(limb) => limb.rest(),
            };
        }
        is_busy
    }

    pub fn group(&self) -> Group {
        let items = self.branches.iter().map(|branch| match branch {
            Branch::Row(row) => Item::Rule(row.rule.clone()),
            Branch::Limb(limb) => Item::Group(limb.group()),
        });
        Group { join: self.join, negated: self.negated, items: items.collect() }
    }

    pub fn find(&mut self, key: u64) -> Option<&mut Limb> {
        if self.key == key {
            return Some(self);
        }
        self.branches.iter_mut().find_map(|branch| match branch {
            Branch::Row(_) => None,
            Branch::Limb(limb) => limb.find(key),
        })
    }

    fn remove(&mut self, key: u64) {
        self.branches.retain(|branch| match branch {
            Branch::Row(row) => row.key != key,
            Branch::Limb(limb) => limb.key != key,
        });
        for branch in &mut self.branches {
            if let Branch::Limb(limb) = branch {
                limb.remove(key);
            }
        }
    }
}

/// A new rule on a field: the operator people use most for its kind, no value yet.
pub(super) fn new_rule(field: &str, kind: FieldKind) -> Rule {
    let operator = offered(kind).first().map_or(Operator::Is, |(operator, _)| *operator);
    Rule { field: field.to_owned(), operator, negated: false, values: Vec::new() }
}

/// The operators for a kind of field, each with whether the contrary is asked; the first is that
/// of a new rule.
pub(super) fn offered(kind: FieldKind) -> Vec<(Operator, bool)> {
    use Operator::{
        AtLeast, AtMost, Between, Contains, Empty, EndsWith, Greater, Is, Less, StartsWith,
    };
    let exact = false;
    let mut offered = match kind {
        FieldKind::Text | FieldKind::Json => vec![
            (Is, false),
            (Is, true),
            (Contains { exact }, false),
            (Contains { exact }, true),
            (StartsWith { exact }, false),
            (EndsWith { exact }, false),
        ],
        FieldKind::Boolean => vec![(Is, false)],
        _ => vec![
            (Between, false),
            (Is, false),
            (Is, true),
            (Less, false),
            (AtMost, false),
            (AtLeast, false),
            (Greater, false),
        ],
    };
    offered.extend([(Empty, false), (Empty, true)]);
    offered
}
