//! Groups of layers: layers that stand together under a name.
//!
//! The layers of a group always stand next to each other in [`Document::layers`], and a group
//! without layers is gone: [`Document::gather`] sees to both after every command and when a file
//! is read, so that nobody else need think of it.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::command::Command;
use super::document::{Document, Layer, LayerId};

/// The identity of a group inside one document; never used again after the group is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GroupId(pub u64);

/// A group of layers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LayerGroup {
    /// Its identity in the document.
    pub id: GroupId,
    /// The name shown.
    pub name: String,
    /// Whether its layers are listed.
    #[serde(default = "yes")]
    pub is_open: bool,
    /// Whether its layers may be drawn.
    #[serde(default = "yes")]
    pub visible: bool,
    /// What a newer version wrote and this one does not know: kept.
    #[serde(flatten)]
    pub others: Map<String, Value>,
}

fn yes() -> bool {
    true
}

impl LayerGroup {
    /// A group that is shown and lists its layers.
    pub fn new(id: GroupId, name: impl Into<String>) -> LayerGroup {
        LayerGroup { id, name: name.into(), is_open: true, visible: true, others: Map::new() }
    }
}

/// Up or down the list of layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Towards the top.
    Up,
    /// Towards the bottom.
    Down,
}

impl Document {
    /// A group by its identity.
    pub fn group(&self, id: GroupId) -> Option<&LayerGroup> {
        self.groups.iter().find(|group| group.id == id)
    }

    /// A group by its identity, to change it; commands only.
    pub(super) fn group_mut(&mut self, id: GroupId) -> Option<&mut LayerGroup> {
        self.groups.iter_mut().find(|group| group.id == id)
    }

    /// The group a layer is in.
    pub fn group_of(&self, layer: &Layer) -> Option<&LayerGroup> {
        self.group(layer.group?)
    }

    /// Whether a layer is drawn: it and its group are visible.
    pub fn is_shown(&self, layer: &Layer) -> bool {
        layer.visible && self.group_of(layer).is_none_or(|group| group.visible)
    }

    /// Where the layers of a group stand; an empty range where there is no such group.
    pub fn members(&self, id: GroupId) -> Range<usize> {
        let is_member = |layer: &Layer| layer.group == Some(id);
        let first = self.layers.iter().position(is_member).unwrap_or(0);
        let count = self.layers.iter().skip(first).take_while(|layer| is_member(layer)).count();
        first..first + count
    }

    /// The command that moves a layer one step: past its neighbour, into the open group that
    /// begins there, past a folded one, or out of its own. None at the end of the list.
    pub fn step(&self, id: LayerId, way: Way) -> Option<Command> {
        let at = self.layers.iter().position(|layer| layer.id == id)?;
        let own = self.layers.get(at)?.group;
        let next = match way {
            Way::Up => at.checked_sub(1).and_then(|above| self.layers.get(above)),
            Way::Down => self.layers.get(at + 1),
        };
        let past = match way {
            Way::Up => at.saturating_sub(1),
            Way::Down => at + 1,
        };
        let (to, group) = match (own, next.map(|next| next.group)) {
            (None, None) => return None,
            // At the edge of its group: out of it, in the same place.
            (Some(own), next) if next != Some(Some(own)) => (at, None),
            (None, Some(Some(other))) => {
                if self.group(other).is_some_and(|group| group.is_open) {
                    (at, Some(other))
                } else {
                    let members = self.members(other);
                    let to = match way {
                        Way::Up => members.start,
                        // The layer itself has left its place above the group.
                        Way::Down => members.end.saturating_sub(1),
                    };
                    (to, None)
                }
            }
            (own, _) => (past, own),
        };
        Some(Command::MoveLayer { layer: id, to, group })
    }

    /// The command that moves a group past the layer or group next to it. None at the end.
    pub fn step_group(&self, id: GroupId, way: Way) -> Option<Command> {
        let own = self.members(id);
        let next = match way {
            Way::Up => own.start.checked_sub(1),
            Way::Down => Some(own.end),
        };
        let next = next.filter(|_| !own.is_empty()).and_then(|next| self.layers.get(next))?;
        let length = next.group.map_or(1, |group| self.members(group).len());
        let to = match way {
            Way::Up => own.start.saturating_sub(length),
            Way::Down => own.start + length,
        };
        Some(Command::MoveGroup { group: id, to })
    }

    /// Brings the layers of each group together, at the place of the topmost, and drops groups
    /// without layers and references to groups that are not there.
    pub(super) fn gather(&mut self) {
        let mut known = std::collections::HashSet::new();
        self.groups.retain(|group| known.insert(group.id));
        for layer in &mut self.layers {
            layer.group = layer.group.filter(|group| known.contains(group));
        }
        let mut rest = std::mem::take(&mut self.layers);
        while !rest.is_empty() {
            let first = rest.remove(0);
            let group = first.group;
            self.layers.push(first);
            if group.is_some() {
                let (mine, others): (Vec<_>, _) =
                    rest.into_iter().partition(|layer| layer.group == group);
                self.layers.extend(mine);
                rest = others;
            }
        }
        let layers = &self.layers;
        self.groups.retain(|group| layers.iter().any(|layer| layer.group == Some(group.id)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{History, LayerSource, apply};

    fn document(names: &[&str]) -> Document {
        let layers = names.iter().map(|name| Layer::new(*name, LayerSource::default())).collect();
        let mut document = Document::default();
        apply(&mut document, &Command::AddLayers { layers, at: 0 }).unwrap();
        document
    }

    /// The layers' names, those of a group between brackets.
    fn written(document: &Document) -> String {
        let mut text = String::new();
        for layers in document.layers.chunk_by(|a, b| a.group == b.group) {
            let names: String = layers.iter().map(|layer| layer.name.as_str()).collect();
            text += &if layers[0].group.is_some() { format!("({names})") } else { names };
        }
        text
    }

    fn id(document: &Document, name: &str) -> LayerId {
        document.layers.iter().find(|layer| layer.name == name).unwrap().id
    }

    fn group(document: &mut Document, names: &[&str]) -> GroupId {
        let layers = names.iter().map(|name| id(document, name)).collect();
        let made = GroupId(document.next_group);
        apply(document, &Command::GroupLayers { layers, name: "g".to_owned() }).unwrap();
        made
    }

    #[test]
    fn layers_are_grouped_moved_in_and_out_and_let_go() {
        let mut document = document(&["a", "b", "c", "d", "e"]);
        let made = group(&mut document, &["b", "d"]);
        assert_eq!(written(&document), "a(bd)ce");
        let moves = |document: &mut Document, name: &str, to, group| {
            let layer = id(document, name);
            apply(document, &Command::MoveLayer { layer, to, group }).unwrap();
            written(document)
        };
        assert_eq!(moves(&mut document, "e", 2, Some(made)), "a(bed)c");
        // Into a group far from where it stands: the group stays.
        assert_eq!(moves(&mut document, "a", 99, Some(made)), "(beda)c");
        assert_eq!(moves(&mut document, "c", 0, Some(made)), "(cbeda)");
        // Out of a group in the middle of it: under it.
        assert_eq!(moves(&mut document, "b", 2, None), "(ceda)b");
        apply(&mut document, &Command::MoveGroup { group: made, to: 9 }).unwrap();
        assert_eq!(written(&document), "b(ceda)");
        apply(&mut document, &Command::Dissolve(made)).unwrap();
        assert_eq!((written(&document).as_str(), document.groups.len()), ("bceda", 0));
        // Identities are not used again.
        assert_ne!(group(&mut document, &["a"]), made);
        let removed = Command::RemoveLayers(vec![id(&document, "a")]);
        apply(&mut document, &removed).unwrap();
        assert!(document.groups.is_empty());
    }

    #[test]
    fn steps_go_through_groups_and_past_folded_ones() {
        let mut document = document(&["a", "b", "c", "d"]);
        let made = group(&mut document, &["b", "c"]);
        let step = |document: &mut Document, name: &str, way| {
            let command = document.step(id(document, name), way)?;
            apply(document, &command).unwrap();
            Some(written(document))
        };
        let mut walk = Vec::new();
        while let Some(now) = step(&mut document, "d", Way::Up) {
            walk.push(now);
        }
        assert_eq!(walk, ["a(bcd)", "a(bdc)", "a(dbc)", "ad(bc)", "da(bc)"]);
        let back: Vec<_> = std::iter::from_fn(|| step(&mut document, "d", Way::Down)).collect();
        assert_eq!(back, ["ad(bc)", "a(dbc)", "a(bdc)", "a(bcd)", "a(bc)d"]);
        apply(&mut document, &Command::SetGroupOpen(made, false)).unwrap();
        assert_eq!(step(&mut document, "d", Way::Up).as_deref(), Some("ad(bc)"));
        assert_eq!(step(&mut document, "d", Way::Down).as_deref(), Some("a(bc)d"));
        let steps = [Way::Up, Way::Up, Way::Down, Way::Down, Way::Down].map(|way| {
            let command = document.step_group(made, way)?;
            apply(&mut document, &command).unwrap();
            Some(written(&document))
        });
        let expected = [Some("(bc)ad"), None, Some("a(bc)d"), Some("ad(bc)"), None];
        assert_eq!(steps.each_ref().map(Option::as_deref), expected);
    }

    #[test]
    fn a_layer_is_drawn_when_it_and_its_group_are_visible() {
        let mut document = document(&["a", "b", "c"]);
        let made = group(&mut document, &["a", "b"]);
        let shown = |document: &Document| -> String {
            let shown = document.layers.iter().filter(|layer| document.is_shown(layer));
            shown.map(|layer| layer.name.as_str()).collect()
        };
        apply(&mut document, &Command::SetGroupVisible(made, false)).unwrap();
        assert_eq!(shown(&document), "c");
        // Showing one alone shows its group.
        let only = Command::ShowOnly(id(&document, "b"));
        apply(&mut document, &only).unwrap();
        assert_eq!(shown(&document), "b");
    }

    #[test]
    fn folding_is_no_step_of_undo_and_no_change_to_save() {
        let mut document = document(&["a", "b"]);
        let made = group(&mut document, &["a"]);
        let mut history = History::new(document);
        history.run(Command::Rename(LayerId(1), "x".to_owned())).unwrap();
        history.mark_saved();
        history.run(Command::SetGroupOpen(made, false)).unwrap();
        assert!(!history.is_changed());
        assert!(history.undo());
        assert!(!history.document().group(made).unwrap().is_open, "undo leaves it folded");
    }

    /// Whatever is done, layers of one group stand together, no group is empty or unknown, and
    /// undo leads back through the very same documents.
    #[test]
    fn groups_hold_whatever_is_done() {
        let mut seed = 7_u64;
        let mut dice = move |sides: u64| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % sides
        };
        for _ in 0..60 {
            let mut history = History::new(document(&["a", "b", "c", "d", "e", "f"]));
            let mut past = vec![history.document().clone()];
            for _ in 0..60 {
                let layer = LayerId(dice(9));
                let some = GroupId(dice(4));
                let to = usize::try_from(dice(8)).unwrap();
                let document = history.document();
                let command = match dice(11) {
                    0 => Command::AddLayers {
                        layers: vec![Layer {
                            group: Some(some),
                            ..Layer::new("new", LayerSource::default())
                        }],
                        at: to,
                    },
                    1 => Command::RemoveLayers(vec![layer, LayerId(dice(9))]),
                    2 => Command::MoveLayer { layer, to, group: None },
                    3 => Command::MoveLayer { layer, to, group: Some(some) },
                    4 => Command::GroupLayers {
                        layers: vec![layer, LayerId(dice(9))],
                        name: String::new(),
                    },
                    5 => Command::MoveGroup { group: some, to },
                    6 => Command::Dissolve(some),
                    7 => Command::Duplicate(layer),
                    8 => Command::SetGroupOpen(some, dice(2) == 0),
                    9 => document.step(layer, Way::Up).unwrap_or(Command::ShowOnly(layer)),
                    _ => document.step_group(some, Way::Down).unwrap_or(Command::ShowOnly(layer)),
                };
                let before = document.clone();
                let undoable = command.is_undoable();
                if history.run(command.clone()).is_err() {
                    assert_eq!(before, *history.document(), "{command:?} failed but changed");
                    continue;
                }
                let now = history.document();
                let mut gathered = Document::clone(now);
                gathered.gather();
                assert_eq!(gathered, **now, "{command:?} on {}", written(&before));
                let keeps = matches!(
                    command,
                    Command::MoveLayer { .. } | Command::MoveGroup { .. } | Command::Dissolve(_)
                );
                assert!(!keeps || now.layers.len() == before.layers.len());
                if undoable && before != *now {
                    past.push(now.clone());
                } else if before != *now {
                    past = vec![now.clone()];
                    history = History::new(Document::clone(now));
                }
                history.close_step();
            }
            while let Some(expected) = past.pop() {
                assert_eq!(*history.document(), expected);
                assert_eq!(history.undo(), !past.is_empty());
            }
        }
    }
}
