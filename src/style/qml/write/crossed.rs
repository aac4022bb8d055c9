//! Two numbers crossed. QGIS has no such style: each class becomes a rule.

use super::{Entry, Writing};
use crate::i18n::Arg;
use crate::style::qml::numbers::written;
use crate::style::{Class, Crossed, Partition, Per, Side, Steps};

impl Writing<'_> {
    /// A rule for each class, and one for rows that lack a number.
    pub(super) fn crossed(&mut self, by: &Crossed, partition: &Partition) {
        let Some([across, up]) = partition.sides.as_deref() else { return self.single() };
        let mut rules: Vec<(String, Entry)> = Vec::new();
        for ((class, _), entry) in partition.classes.iter().zip(self.entries(partition)) {
            match class {
                Class::Cell { across: x, up: y } => {
                    let both = [holds(&by.across, across, *x), holds(&by.up, up, *y)];
                    rules.push((both.join(" AND "), entry));
                }
                Class::Missing if entry.count > 0 => {
                    let none = [&by.across, &by.up]
                        .map(|steps| format!("({}) IS NULL", written(&steps.of)));
                    rules.push((none.join(" OR "), entry));
                }
                _ => {}
            }
        }
        self.tell("problem-qml-crossed", Vec::new());
        for steps in [&by.across, &by.up] {
            if steps.of.per == Per::SquareKilometre {
                let field = vec![("field", Arg::Text(steps.of.field.clone()))];
                self.tell("problem-qml-area", field);
            }
        }
        self.push_rules(rules);
    }
}

/// The condition that a number is in a class. The first class holds all that is smaller, too, and
/// the last all that is larger: a filter of the layer is not in the file.
fn holds(steps: &Steps, side: &Side, at: usize) -> String {
    let number = written(&steps.of);
    let last = side.ranges.len().saturating_sub(1);
    let [lower, upper] = side.ranges.get(at).copied().unwrap_or_default();
    match (at == 0, at == last) {
        (true, true) => format!("({number}) IS NOT NULL"),
        (true, false) => format!("({number}) <= {upper}"),
        (false, true) => format!("({number}) > {lower}"),
        (false, false) => format!("({number}) > {lower} AND ({number}) <= {upper}"),
    }
}
