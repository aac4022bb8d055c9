//! Rules.

use super::Reading;
use crate::i18n::Arg;
use crate::query::qgis::from_qgis;
use crate::style::qml::tree::Element;
use crate::style::qml::write::{ALL, not_before};
use crate::style::{By, Change, Rule, Rules, Style, Symbol};
use crate::table::PartKind;

/// The most rules.
const MOST: usize = 1000;

/// A rule, outside of all others.
struct Flat {
    filter: String,
    is_else: bool,
    label: String,
    symbol: Symbol,
    hidden: bool,
}

impl Reading<'_> {
    pub(super) fn rules(&mut self, renderer: &Element<'_>) -> Style {
        let mut flat = Vec::new();
        if let Some(rules) = renderer.child("rules") {
            self.flatten(rules, "", false, &mut flat);
        }
        let mut by =
            Rules { other: Change { hidden: true, ..Change::default() }, ..Rules::default() };
        let mut before: Vec<String> = Vec::new();
        let (mut symbol, mut own_order) = (None, 0);
        let mut kept: Vec<(String, Flat)> = Vec::new();
        for rule in flat {
            // As we write them: each leaves out the rows of those before it.
            let rest = not_before(&before);
            if rule.is_else || (!before.is_empty() && rule.filter == rest) {
                if symbol.is_some() {
                    self.left_out("ELSE");
                    continue;
                }
                symbol = Some(rule.symbol);
                by.other = self.rest(&rule);
                continue;
            }
            let inside = rule.filter.strip_suffix(&format!(" AND {rest}"));
            let inside = inside.and_then(|it| it.strip_prefix('(')?.strip_suffix(')'));
            let alone = inside.filter(|_| !before.is_empty());
            own_order += usize::from(alone.is_some());
            let filter = alone.unwrap_or(&rule.filter).to_owned();
            before.push(filter.clone());
            kept.push((filter, rule));
        }
        if kept.len() > 1 && own_order + 1 < kept.len() {
            self.problems.add("problem-qml-rules-all", 1);
            // Those drawn later lie on top, and one without a filter holds for all.
            kept.reverse();
            kept.sort_by_key(|(filter, _)| filter.is_empty());
        }
        for (filter, rule) in kept {
            let filter = if filter == ALL { "" } else { &filter };
            let Flat { label, symbol, hidden, .. } = rule;
            match from_qgis(filter) {
                Ok(sql) => {
                    let is_usual = label == sql || label == filter;
                    let label = if is_usual { String::new() } else { label };
                    by.rules.push(Rule { sql, label, symbol, hidden, shown_as: None });
                }
                Err(part) => {
                    let part = ("part", Arg::Text(part.0));
                    self.tell(
                        "problem-qml-rule-lost",
                        vec![("sql", Arg::Text(filter.to_owned())), part],
                    );
                }
            }
        }
        if by.rules.is_empty() && by.other.hidden {
            return Style { symbol: self.first(), ..Style::default() };
        }
        let first = by.rules.first().map(|rule| rule.symbol);
        let symbol = symbol.or(first).unwrap_or_default();
        Style { symbol, by: By::Rules(by), ..Style::default() }
    }

    /// The look of the rows that meet no rule.
    fn rest(&self, rule: &Flat) -> Change {
        let Symbol { fill, stroke, .. } = rule.symbol;
        let is_outline = self.kind == Some(PartKind::Line)
            || (self.kind == Some(PartKind::Polygon) && fill.a == 0);
        let color = if is_outline { stroke } else { fill };
        let usual =
            crate::i18n::Language::ALL.map(|it| crate::i18n::tr(it, "style-class-unmatched"));
        let label = Some(rule.label.clone()).filter(|it| !it.is_empty() && !usual.contains(it));
        Change {
            label,
            color: Some(color.with_alpha(255)),
            hidden: rule.hidden,
            ..Change::default()
        }
    }

    /// Rules inside others hold where those do.
    fn flatten(&mut self, rules: &Element<'_>, outer: &str, hidden: bool, out: &mut Vec<Flat>) {
        let own: Vec<String> = rules
            .all("rule")
            .map(|rule| rule.text_of("filter").trim().to_owned())
            .filter(|filter| !filter.is_empty() && !is_else(filter))
            .collect();
        for rule in rules.all("rule") {
            if out.len() >= MOST {
                return self.left_out("rule");
            }
            let filter = rule.text_of("filter").trim().to_owned();
            if rule.get("scalemindenom").is_some() || rule.get("scalemaxdenom").is_some() {
                self.problems.add("problem-qml-rule-scales", 1);
            }
            let is_rest = is_else(&filter);
            let filter = match (outer, is_rest) {
                ("", true) => String::new(),
                ("", false) => filter,
                (outer, true) if own.is_empty() => outer.to_owned(),
                (outer, true) => format!("({outer}) AND {}", not_before(&own)),
                (outer, false) if filter.is_empty() => outer.to_owned(),
                (outer, false) => format!("({outer}) AND ({filter})"),
            };
            let hidden = hidden || !rule.is("checkstate", true);
            if rule.get("symbol").is_some() {
                out.push(Flat {
                    filter: filter.clone(),
                    is_else: is_rest && outer.is_empty(),
                    label: rule.text_of("label").trim().to_owned(),
                    symbol: self.named(rule),
                    hidden,
                });
            }
            self.flatten(rule, &filter, hidden, out);
        }
    }
}

fn is_else(filter: &str) -> bool {
    filter.eq_ignore_ascii_case("ELSE")
}
