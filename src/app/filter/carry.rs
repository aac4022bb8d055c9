//! Rules that are not finished are in no condition: when the rules are read anew, because the text
//! or the document changed, these are taken along.

use super::tree::{Branch, Limb, Tree};
use crate::query::builder::{Item, Rule};

/// A rule or group without a finished rule, and where it stood.
pub(super) struct Unfinished {
    branch: Branch,
    /// Its place among its neighbours.
    at: usize,
    /// A finished rule of the group it stood in; none in the outermost one.
    beside: Option<Rule>,
}

impl Unfinished {
    /// Whether all its rules are about fields that there are.
    pub fn is_about(&self, has_field: &impl Fn(&str) -> bool) -> bool {
        match &self.branch {
            Branch::Row(row) => has_field(&row.rule.field),
            Branch::Limb(limb) => limb.group().rules().iter().all(|rule| has_field(&rule.field)),
        }
    }
}

impl Tree {
    /// Takes out what is not finished.
    pub fn take_unfinished(&mut self) -> Vec<Unfinished> {
        let mut taken = Vec::new();
        take(&mut self.root, None, &mut taken);
        taken
    }

    /// Puts in what was not finished in another tree.
    pub fn put_unfinished(&mut self, all: Vec<Unfinished>) {
        for Unfinished { branch, at, beside } in all {
            let home = beside.and_then(|rule| home_of(&mut self.root, &rule));
            let limb = match home {
                Some(key) => self.root.find(key),
                None => Some(&mut self.root),
            };
            if let Some(limb) = limb {
                limb.branches.insert(at.min(limb.branches.len()), branch);
            }
        }
    }
}

fn take(limb: &mut Limb, beside: Option<&Rule>, taken: &mut Vec<Unfinished>) {
    let mut kept = Vec::with_capacity(limb.branches.len());
    for (at, branch) in std::mem::take(&mut limb.branches).into_iter().enumerate() {
        let is_finished = match &branch {
            Branch::Row(row) => row.rule.is_complete(),
            Branch::Limb(limb) => !limb.group().is_empty(),
        };
        if is_finished {
            kept.push(branch);
        } else {
            taken.push(Unfinished { branch, at, beside: beside.cloned() });
        }
    }
    limb.branches = kept;
    for branch in &mut limb.branches {
        if let Branch::Limb(inner) = branch {
            let first = first_rule(inner);
            take(inner, first.as_ref(), taken);
        }
    }
}

/// The first finished rule that stands in a group itself, else in the groups in it.
fn first_rule(limb: &Limb) -> Option<Rule> {
    let group = limb.group().normal();
    let own = group.items.iter().find_map(|item| match item {
        Item::Rule(rule) => Some(rule.clone()),
        Item::Group(_) => None,
    });
    own.or_else(|| group.rules().first().map(|rule| (*rule).clone()))
}

/// The innermost group with a rule.
fn home_of(limb: &mut Limb, rule: &Rule) -> Option<u64> {
    for branch in &mut limb.branches {
        match branch {
            Branch::Row(row) if row.rule == *rule => return Some(limb.key),
            Branch::Row(_) => {}
            Branch::Limb(inner) => {
                if let Some(key) = home_of(inner, rule) {
                    return Some(key);
                }
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::builder::{Group, Join, Operator, Value};

    fn rule(field: &str, value: Option<i64>) -> Item {
        let values = value.into_iter().map(Value::Integer).collect();
        Item::Rule(Rule { field: field.into(), operator: Operator::Is, negated: false, values })
    }

    fn group(join: Join, items: Vec<Item>) -> Group {
        Group { join, negated: false, items }
    }

    /// The fields of the rules in order, those of groups in brackets.
    fn outline(limb: &Limb) -> String {
        let parts = limb.branches.iter().map(|branch| match branch {
            Branch::Row(row) => row.rule.field.clone(),
            Branch::Limb(limb) => format!("({})", outline(limb)),
        });
        parts.collect::<Vec<_>>().join(" ")
    }

    fn keys(limb: &Limb) -> Vec<u64> {
        let inner = limb.branches.iter().flat_map(|branch| match branch {
            Branch::Row(row) => vec![row.key],
            Branch::Limb(limb) => keys(limb),
        });
        std::iter::once(limb.key).chain(inner).collect()
    }

    #[test]
    fn what_is_not_finished_keeps_its_place() {
        let inner = group(Join::Any, vec![rule("c", Some(1)), rule("d", None), rule("e", Some(2))]);
        let empty = group(Join::Any, vec![rule("f", None)]);
        let items = vec![
            rule("a", None),
            rule("b", Some(3)),
            Item::Group(inner.clone()),
            Item::Group(empty),
            rule("g", None),
        ];
        let mut before = Tree::after(&group(Join::All, items), 0);
        let taken = before.take_unfinished();
        assert_eq!(outline(&before.root), "b (c e)");
        // As the text is read again, without the unfinished; a rule more.
        let read = vec![rule("x", Some(9)), rule("b", Some(3)), Item::Group(inner.normal())];
        let mut after = Tree::after(&group(Join::All, read), before.next);
        after.put_unfinished(taken);
        assert_eq!(outline(&after.root), "a x b (f) g (c d e)");
        let mut keys = keys(&after.root);
        let count = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), count, "no key twice");
    }

    #[test]
    fn where_its_group_is_gone_it_comes_in_the_outermost() {
        let inner = group(Join::Any, vec![rule("c", Some(1)), rule("d", None), rule("e", Some(2))]);
        let mut before =
            Tree::after(&group(Join::All, vec![rule("b", Some(3)), Item::Group(inner)]), 0);
        let taken = before.take_unfinished();
        assert!(taken.iter().all(|one| one.is_about(&|field| field == "d")));
        let mut after = Tree::after(&group(Join::All, vec![]), before.next);
        after.put_unfinished(taken);
        assert_eq!(outline(&after.root), "d");
    }
}
