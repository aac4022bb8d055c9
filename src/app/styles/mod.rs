//! Styles that travel: as files of QGIS, under names, with a dataset.

mod beside;
mod dialogs;
mod dressed;
mod kept;
mod menu;
mod work;

pub(super) use beside::dress_as_in_file;
pub(super) use dialogs::{NameStyleDialog, ReadStyleDialog, told_window};
pub(super) use dressed::Dressed;
pub use kept::{DatasetStyle, NamedStyle};
pub(super) use menu::entries;
pub(super) use work::StyleFiles;

use std::path::PathBuf;

use self::work::Outcome;
use super::actions::Action;
use super::file_dialogs::SaveDialog;
use super::session::Notice;
use super::{BelfortApp, Dialog};
use crate::i18n::Message;
use crate::problem::{Problem, Problems};
use crate::project::{Command, LayerId, ScaleRange};
use crate::style::qml::Opened;

/// What a style lost on its way, to be listed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Told {
    /// The file.
    pub path: PathBuf,
    /// What has no counterpart.
    pub problems: Vec<Problem>,
}

impl BelfortApp {
    /// What concerns styles as files.
    pub(super) fn apply_to_styles(&mut self, action: Action) {
        match action {
            Action::ShowReadStyle(layer) => {
                self.dialog =
                    Some(Dialog::ReadStyle(ReadStyleDialog::asking(layer, &self.session)));
            }
            Action::ReadStyle(layer, path) => self.style_files.read(&self.session, layer, path),
            Action::ShowSaveStyle(layer) => {
                self.apply(Action::Activate(layer));
                self.dialog = Some(Dialog::Save(SaveDialog::style(&self.session)));
            }
            Action::SaveStyle(path) => self.style_files.save(&self.session, path),
            Action::ShowNameStyle(layer) => {
                let dialog = NameStyleDialog::new(layer, &self.session);
                self.dialog = Some(Dialog::NameStyle(dialog));
            }
            Action::CancelStyle => self.style_files.cancel(),
            Action::ShowStyleTold => {
                if let Some(told) = self.style_files.told.clone() {
                    self.dialog = Some(Dialog::StyleTold(told));
                }
            }
            other => log::error!("nobody does {other:?}"),
        }
    }

    /// Takes what was read or written.
    pub(super) fn take_styles(&mut self) {
        self.take_beside();
        for outcome in self.style_files.poll() {
            match outcome {
                Outcome::Read(layer, path, opened) => self.style_read(layer, path, *opened),
                Outcome::Written(path, problems) => {
                    self.told(path, &problems, "app-qml-saved", "app-qml-saved-told");
                }
                Outcome::Failed(error) if error.is_cancelled() => {}
                Outcome::Failed(error) => self.session.notice(Notice::Failed(error)),
            }
        }
    }

    fn style_read(&mut self, layer: LayerId, path: PathBuf, opened: Opened) {
        let Some(before) = self.session.document().layer(layer) else { return };
        let (kind, usual) = (self.session.main_kind(before), before.opacity);
        let Opened { style, opacity, farthest, nearest, mut problems, .. } = opened;
        if opened.kind.is_some() && kind.is_some() && opened.kind != kind {
            problems.add("problem-qml-other-kind", 1);
        }
        self.session.history.close_step();
        self.run(Command::Dress {
            layer,
            style: Box::new(style),
            opacity: opacity.unwrap_or(usual),
            scales: ScaleRange { farthest, nearest },
        });
        self.session.history.close_step();
        self.told(path, &problems, "app-qml-read", "app-qml-read-told");
    }

    /// Says that something was done, and offers the list of what was lost on the way.
    fn told(&mut self, path: PathBuf, problems: &Problems, done: &'static str, told: &'static str) {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        if problems.is_empty() {
            return self.session.notice(Notice::Done(Message::new(done).text("name", name)));
        }
        let count = u64::try_from(problems.len()).unwrap_or(u64::MAX);
        let text = Message::new(told).text("name", name).count("count", count);
        self.style_files.told = Some(Told { path, problems: problems.iter().cloned().collect() });
        let button = Message::new("app-qml-told-show");
        let action = Box::new(Action::ShowStyleTold);
        self.session.notice(Notice::Offer { text, button, action });
    }
}
