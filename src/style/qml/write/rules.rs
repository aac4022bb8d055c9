//! Rules.

use super::{Entry, Writing};
use crate::i18n::Arg;
use crate::query::qgis::to_qgis;
use crate::style::qml::is_plain;
use crate::style::{Class, Partition, Rules};

/// The end of a filter that leaves out the rows of the rules before it.
pub(in crate::style::qml) fn not_before(before: &[String]) -> String {
    let all: Vec<String> = before.iter().map(|filter| format!("({filter})")).collect();
    format!("NOT coalesce({}, FALSE)", all.join(" OR "))
}

/// The filter of all rows.
pub(in crate::style::qml) const ALL: &str = "TRUE";

impl Writing<'_> {
    /// Rules as QGIS has them: it draws all that hold, so that each leaves out the rows of those
    /// before it.
    pub(super) fn rules(&mut self, by: &Rules, partition: &Partition) {
        let mut before: Vec<String> = Vec::new();
        let mut written: Vec<(String, Entry)> = Vec::new();
        let mut is_any_hidden = false;
        for ((class, _), entry) in partition.classes.iter().zip(self.entries(partition)) {
            match class {
                Class::Rule(place) => {
                    let Some(rule) = by.rules.get(*place) else { continue };
                    is_any_hidden |= entry.hidden;
                    let filter = match to_qgis(&rule.sql) {
                        Ok(filter) if filter.is_empty() => ALL.to_owned(),
                        Ok(filter) => filter,
                        Err(part) => {
                            let part = ("part", Arg::Text(part.0));
                            let sql = ("sql", Arg::Text(rule.sql.clone()));
                            self.tell("problem-qml-rule-lost", vec![sql, part]);
                            continue;
                        }
                    };
                    let alone = match before.as_slice() {
                        [] => filter.clone(),
                        before => format!("({filter}) AND {}", not_before(before)),
                    };
                    before.push(filter);
                    written.push((alone, entry));
                }
                Class::Unmatched if !entry.hidden && (entry.count > 0 || !is_plain(&by.other)) => {
                    // There, a rule that is not drawn leaves its rows to this one.
                    let rest = match before.as_slice() {
                        [] => ALL.to_owned(),
                        before if is_any_hidden => not_before(before),
                        _ => "ELSE".to_owned(),
                    };
                    written.push((rest, entry));
                }
                _ => {}
            }
        }
        self.push_rules(written);
    }

    /// Writes filters with the classes of their rows.
    pub(super) fn push_rules(&mut self, written: Vec<(String, Entry)>) {
        self.open_renderer("RuleRenderer", &[]);
        self.out.open("rules", &[("key", "{0}")]);
        for (place, (filter, entry)) in (1..).zip(written) {
            let symbol = self.keep(entry.symbol);
            let key = format!("{{{place}}}");
            let mut attributes = vec![
                ("key", key.as_str()),
                ("symbol", symbol.as_str()),
                ("label", entry.label.as_str()),
                ("filter", filter.as_str()),
            ];
            if entry.hidden {
                attributes.push(("checkstate", "0"));
            }
            self.out.empty("rule", &attributes);
        }
        self.out.close("rules");
        self.close_renderer();
    }
}
