//! Several layers chosen at once: how a click chooses, and what can be done with all of them.

use std::collections::BTreeSet;

use egui::{Modifiers, Ui};

use crate::app::actions::{Action, Actions};
use crate::app::commands::entry;
use crate::app::icons::{self, Icon};
use crate::app::session::Session;
use crate::app::theme;
use crate::i18n::Message;
use crate::project::{Document, LayerId};

/// How a layer is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum ChooseLayer {
    /// Alone.
    Alone,
    /// With the others, or no more.
    Toggle,
    /// All from the active one to this one.
    Range,
}

impl ChooseLayer {
    /// What a click means with keys held; the same for Space and Enter.
    pub fn of(modifiers: Modifiers) -> ChooseLayer {
        if modifiers.shift {
            ChooseLayer::Range
        } else if modifiers.command {
            ChooseLayer::Toggle
        } else {
            ChooseLayer::Alone
        }
    }

    /// The active layer and all that are chosen after a layer was clicked.
    pub fn after(
        self,
        document: &Document,
        (active, chosen): (Option<LayerId>, &BTreeSet<LayerId>),
        clicked: LayerId,
    ) -> (LayerId, BTreeSet<LayerId>) {
        let alone = || (clicked, BTreeSet::from([clicked]));
        let Some(active) = active.filter(|active| document.layer(*active).is_some()) else {
            return alone();
        };
        match self {
            ChooseLayer::Alone => alone(),
            ChooseLayer::Toggle => {
                let mut chosen = chosen.clone();
                chosen.insert(active);
                if !chosen.remove(&clicked) {
                    chosen.insert(clicked);
                    return (active, chosen);
                }
                match chosen.first().copied() {
                    // The only one stays.
                    None => alone(),
                    Some(first) => (if clicked == active { first } else { active }, chosen),
                }
            }
            ChooseLayer::Range => {
                let listed: Vec<LayerId> = document
                    .layers
                    .iter()
                    // A folded group shows none of its layers.
                    .filter(|layer| document.group_of(layer).is_none_or(|group| group.is_open))
                    .map(|layer| layer.id)
                    .collect();
                let place = |id: LayerId| listed.iter().position(|listed| *listed == id);
                let (Some(from), Some(to)) = (place(active), place(clicked)) else {
                    return alone();
                };
                let range = listed.get(from.min(to)..=from.max(to)).unwrap_or_default();
                (active, range.iter().copied().collect())
            }
        }
    }
}

/// What can be done with all that are chosen, where there are several.
pub(super) fn strip(ui: &mut Ui, session: &Session, out: &mut Actions) {
    let chosen = session.chosen_layers();
    let Some(active) = session.active_layer().filter(|_| chosen.len() > 1) else { return };
    theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            let text = Message::new("app-layers-chosen").count("count", chosen.len() as u64);
            ui.strong(session.say(&text));
            for (label, short) in [
                ("app-layer-group", "app-layers-group"),
                (
                    "app-layer-visible",
                    if active.visible { "app-layers-hide" } else { "app-layers-show" },
                ),
                ("app-layer-remove", "app-layers-remove"),
            ] {
                let Some(entry) = entry(label) else { continue };
                let actions = entry.actions_on(session, Some(active));
                let hint = entry.text(session, &entry.now_on(session, Some(active)));
                let button = egui::Button::new(session.say(&Message::new(short))).small();
                if ui.add_enabled(actions.is_some(), button).on_hover_text(hint).clicked() {
                    out.extend(actions.unwrap_or_default());
                }
            }
            let end = session.tr("app-layers-choose-one");
            if icons::small_button(ui, Icon::Close, &end).clicked() {
                out.push(Action::ChooseLayer(active.id, ChooseLayer::Alone));
            }
        });
    });
}

#[cfg(test)]
mod tests {
    use super::ChooseLayer::{Alone, Range, Toggle};
    use super::*;
    use crate::project::{Command, Layer, LayerSource, apply};

    fn ids(numbers: &[u64]) -> BTreeSet<LayerId> {
        numbers.iter().copied().map(LayerId).collect()
    }

    #[test]
    fn clicks_choose_as_in_other_lists() -> Result<(), Box<dyn std::error::Error>> {
        let mut document = Document::default();
        let layers = ["a", "b", "c", "d", "e"].map(|name| Layer::new(name, LayerSource::default()));
        apply(&mut document, &Command::AddLayers { layers: layers.to_vec(), at: 0 })?;
        let order: Vec<u64> = document.layers.iter().map(|layer| layer.id.0).collect();
        assert_eq!(order.len(), 5);
        let click =
            |document: &Document, how: ChooseLayer, active: u64, chosen: &[u64], at: u64| {
                how.after(document, (Some(LayerId(active)), &ids(chosen)), LayerId(at))
            };
        assert_eq!(
            click(&document, Alone, order[0], &[order[0], order[1]], order[2]),
            (LayerId(order[2]), ids(&[order[2]]))
        );
        assert_eq!(
            click(&document, Toggle, order[0], &[], order[2]),
            (LayerId(order[0]), ids(&[order[0], order[2]]))
        );
        assert_eq!(
            click(&document, Toggle, order[0], &[order[0], order[2]], order[2]),
            (LayerId(order[0]), ids(&[order[0]]))
        );
        assert_eq!(
            click(&document, Toggle, order[0], &[order[0], order[2]], order[0]),
            (LayerId(order[2]), ids(&[order[2]]))
        );
        assert_eq!(
            click(&document, Toggle, order[0], &[order[0]], order[0]),
            (LayerId(order[0]), ids(&[order[0]]))
        );
        assert_eq!(
            click(&document, Range, order[3], &[order[3]], order[1]),
            (LayerId(order[3]), ids(&[order[1], order[2], order[3]]))
        );
        assert_eq!(
            click(&document, Range, order[3], &[order[1], order[2], order[3]], order[4]),
            (LayerId(order[3]), ids(&[order[3], order[4]]))
        );
        // Layers of a folded group are not taken along unseen.
        let layers = vec![LayerId(order[1]), LayerId(order[2])];
        apply(&mut document, &Command::GroupLayers { layers, name: "g".into() })?;
        let group = document.groups.first().ok_or("a group")?.id;
        apply(&mut document, &Command::SetGroupOpen(group, false))?;
        assert_eq!(
            click(&document, Range, order[0], &[order[0]], order[3]),
            (LayerId(order[0]), ids(&[order[0], order[3]]))
        );
        let from_nothing = Range.after(&document, (None, &ids(&[])), LayerId(order[3]));
        assert_eq!(from_nothing, (LayerId(order[3]), ids(&[order[3]])));
        Ok(())
    }
}
