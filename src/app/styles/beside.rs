//! The styles that data had before, or that lie in their file or beside it, when they are opened.

use std::path::{Path, PathBuf};

use crate::app::BelfortApp;
use crate::app::actions::Action;
use crate::app::session::Notice;
use crate::i18n::{Arg, Message};
use crate::jobs::{Job, Poll};
use crate::project::{Layer, LayerId, ScaleRange};
use crate::style::qml::read;
use crate::table::Table;

/// Looks whether a style of QGIS lies beside a file.
pub(in crate::app) struct Beside {
    layer: LayerId,
    path: PathBuf,
    job: Job<bool>,
}

/// Gives a layer the style that its file keeps for it; what has no counterpart is a problem of the table.
pub(in crate::app) fn dress_as_in_file(layer: &mut Layer, table: &mut Table) {
    let Some(text) = table.origin.style.clone() else { return };
    match read(&text, &table.fields) {
        Ok(opened) => {
            layer.style = Some(opened.style);
            layer.opacity = opened.opacity.unwrap_or(layer.opacity);
            layer.scales = ScaleRange { farthest: opened.farthest, nearest: opened.nearest };
            table.origin.problems.extend(opened.problems);
        }
        Err(what) => {
            let args = vec![("what", Arg::Message(Box::new(what)))];
            table.origin.problems.report("problem-style-of-file", 1, args, None);
        }
    }
}

impl BelfortApp {
    /// Gives a layer that comes the style that the person chose for its data, whatever its file says.
    pub(in crate::app) fn dress_as_before(&mut self, layer: &mut Layer, table: &Table) {
        if layer.style.is_some() && table.origin.style.is_none() {
            return;
        }
        if let Some(style) = self.session.settings.style_for(&layer.source) {
            layer.style = Some(style.clone());
            let text = Message::new("app-style-for-data-used").text("name", layer.name.as_str());
            self.session.notice(Notice::Done(text));
        }
    }

    /// Looks for style files of QGIS beside the files of layers that were added, where they have no
    /// style yet: QGIS takes the one of a file's name. `first` is the number of the first of them.
    pub(in crate::app) fn look_beside(&mut self, first: u64) {
        let document = self.session.document();
        let added = document.layers.iter().filter(|layer| layer.id.0 >= first);
        let plain = added.filter(|layer| {
            layer.style.is_none() && layer.source.layer.is_none() && layer.source.is_file()
        });
        let found: Vec<(LayerId, PathBuf)> = plain
            .map(|layer| (layer.id, Path::new(&layer.source.path).with_extension("qml")))
            .collect();
        for (layer, path) in found {
            let (wake, ours) = (self.session.wake.clone(), path.clone());
            let job = Job::start("beside", move || wake(), move |_| ours.is_file());
            self.style_files.beside.push(Beside { layer, path, job });
        }
    }

    /// Offers the styles that were found.
    pub(super) fn take_beside(&mut self) {
        for looking in std::mem::take(&mut self.style_files.beside) {
            match looking.job.poll() {
                Poll::Running => self.style_files.beside.push(looking),
                Poll::Done(true) => {
                    let Some(layer) = self.session.document().layer(looking.layer) else {
                        continue;
                    };
                    let text = Message::new("app-qml-beside").text("name", layer.name.as_str());
                    let button = Message::new("app-qml-beside-use");
                    let action = Box::new(Action::ReadStyle(looking.layer, looking.path));
                    self.session.notice(Notice::Offer { text, button, action });
                }
                Poll::Done(false) | Poll::Lost => {}
            }
        }
    }
}
