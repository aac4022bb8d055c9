//! What this program is: its version and what it is made of, where it keeps things, whose work is in
//! it and under which licences.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Grid, RichText, ScrollArea, Ui};
use flate2::read::GzDecoder;

use super::dialog;
use super::icons;
use super::session::Session;
use super::settings::folders_of;
use super::viewer::Viewer;
use crate::crs::{proj_version, register_version};
use crate::i18n::Message;
use crate::jobs::{Job, Poll};
use crate::problem::FileError;

/// The licences, as `scripts/licences.py` gathered them.
static LICENCES: &[u8] = include_bytes!("../../assets/licences.txt.gz");

/// The file they become when a person wants to read them all.
const LICENCE_FILE: &str = "licences.txt";

/// What the window tells.
struct Facts {
    proj: String,
    /// The version of the register of coordinate reference systems.
    register: Option<String>,
    sqlite: &'static str,
    /// Crates with their licences.
    parts: Vec<(String, String)>,
}

/// The window.
pub(super) struct About {
    looking: Option<Job<Facts>>,
    facts: Option<Facts>,
    /// Where things are kept: a message with what is there, and the folder.
    folders: Vec<(&'static str, PathBuf)>,
    /// Where a file may lie that is only looked at.
    viewed: PathBuf,
    opening: Option<Job<Result<(), FileError>>>,
    failure: Option<FileError>,
}

impl About {
    pub fn new(session: &Session, cache: &Path) -> About {
        let wake = session.wake.clone();
        let look = |_: &crate::jobs::Watch| Facts {
            proj: proj_version(),
            register: register_version(),
            sqlite: rusqlite::version(),
            parts: parts(&unpacked().unwrap_or_default()),
        };
        About {
            looking: Some(Job::start("about", move || wake(), look)),
            facts: None,
            folders: folders_of(&session.settings, cache),
            viewed: session.settings.viewed_folder(cache),
            opening: None,
            failure: None,
        }
    }

    /// Whether something is being looked up or opened.
    pub fn is_busy(&self) -> bool {
        self.looking.is_some() || self.opening.is_some()
    }

    /// Answers whether the window is done.
    pub fn show(&mut self, ctx: &egui::Context, session: &Session) -> bool {
        self.poll();
        let title = session.tr("app-about-title");
        let shown = dialog::show(ctx, "about", &title, 520.0, |ui| {
            let version = env!("CARGO_PKG_VERSION");
            let version = Message::new("app-about-version").text("version", version);
            ui.strong(session.say(&version));
            ui.label(session.tr("app-about-text"));
            ui.label(session.tr("app-about-private"));
            ui.add_space(6.0);
            self.made_of(ui, session);
            ui.add_space(6.0);
            self.kept(ui, session);
            ui.add_space(6.0);
            self.licences(ui, session);
            if let Some(failure) = &self.failure {
                let text = RichText::new(failure.text(session.language));
                ui.label(text.color(ui.visuals().error_fg_color));
            }
            dialog::buttons(ui, |ui| dialog::main_button(ui, true, &session.tr("app-close")))
        });
        shown.inner || shown.is_escaped
    }

    fn poll(&mut self) {
        match self.looking.as_ref().map(Job::poll) {
            Some(Poll::Done(facts)) => (self.facts, self.looking) = (Some(facts), None),
            Some(Poll::Lost) => self.looking = None,
            Some(Poll::Running) | None => {}
        }
        match self.opening.as_ref().map(Job::poll) {
            Some(Poll::Done(outcome)) => (self.failure, self.opening) = (outcome.err(), None),
            Some(Poll::Lost) => self.opening = None,
            Some(Poll::Running) | None => {}
        }
    }

    fn made_of(&self, ui: &mut Ui, session: &Session) {
        let Some(facts) = &self.facts else { return };
        Grid::new("about parts").num_columns(2).spacing([16.0, 4.0]).show(ui, |ui| {
            let mut line = |name: &str, value: &str| {
                ui.label(name);
                ui.label(value);
                ui.end_row();
            };
            line("PROJ", &facts.proj);
            let unknown = session.tr("app-about-unknown");
            line(&session.tr("app-about-register"), facts.register.as_ref().unwrap_or(&unknown));
            line("SQLite", facts.sqlite);
        });
    }

    fn kept(&mut self, ui: &mut Ui, session: &Session) {
        ui.strong(session.tr("app-about-kept"));
        let mut wanted = None;
        for (what, folder) in &self.folders {
            ui.horizontal(|ui| {
                let name = Message::new("app-about-open-name").text("what", session.tr(what));
                let button = ui.small_button(session.tr("app-about-open"));
                let name = session.say(&name);
                if button.accessible_name(&name).clicked() {
                    wanted = Some(folder.clone());
                }
                ui.label(session.tr(what));
                let path = RichText::new(folder.display().to_string()).monospace().weak();
                ui.add(egui::Label::new(path).truncate());
            });
        }
        if let Some(folder) = wanted {
            self.open(session, move |viewer| {
                std::fs::create_dir_all(&folder)
                    .and_then(|()| viewer(&folder))
                    .map_err(|error| FileError::io(&folder, &error))
            });
        }
    }

    fn licences(&mut self, ui: &mut Ui, session: &Session) {
        ui.label(session.tr("app-about-licence"));
        let Some(facts) = &self.facts else { return };
        let title = Message::new("app-about-licences").count("count", facts.parts.len() as u64);
        icons::fold(session.say(&title)).id_salt("licences").show(ui, |ui| {
            let height = ui.text_style_height(&egui::TextStyle::Body);
            let area = ScrollArea::vertical().max_height(160.0).auto_shrink([false, true]);
            area.show_rows(ui, height, facts.parts.len(), |ui, rows| {
                for (name, licence) in facts.parts.get(rows).unwrap_or_default() {
                    ui.label(format!("{name}: {licence}"));
                }
            });
        });
        if ui.button(session.tr("app-about-licence-texts")).clicked() {
            let path = self.viewed.join(LICENCE_FILE);
            self.open(session, move |viewer| {
                let write = || {
                    if let Some(folder) = path.parent() {
                        std::fs::create_dir_all(folder)?;
                    }
                    std::fs::write(&path, unpacked()?)?;
                    viewer(&path)
                };
                write().map_err(|error| FileError::io(&path, &error))
            });
        }
    }

    fn open(
        &mut self,
        session: &Session,
        open: impl FnOnce(&Viewer) -> Result<(), FileError> + Send + 'static,
    ) {
        let (viewer, wake) = (Arc::clone(&session.viewer), session.wake.clone());
        self.failure = None;
        self.opening = Some(Job::start("open", move || wake(), move |_| open(&viewer)));
    }
}

fn unpacked() -> io::Result<String> {
    let mut text = String::new();
    GzDecoder::new(LICENCES).read_to_string(&mut text)?;
    Ok(text)
}

/// The crates at the head of the text, with their licences.
fn parts(text: &str) -> Vec<(String, String)> {
    let head = text.lines().skip(1).take_while(|line| !line.is_empty());
    let part = |line: &str| {
        let mut fields = line.split('\t');
        Some((fields.next()?.to_owned(), fields.next()?.to_owned()))
    };
    head.filter_map(part).collect()
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use ring::digest::{SHA256, digest};

    use super::*;

    /// After a change of Cargo.lock: `scripts/licences.py`.
    #[test]
    fn the_licences_are_those_of_what_is_built_in() {
        let text = unpacked().unwrap();
        let lock = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.lock")).unwrap();
        let hash = digest(&SHA256, &lock).as_ref().iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        });
        assert_eq!(text.lines().next(), Some(format!("Cargo.lock {hash}").as_str()));
        let parts = parts(&text);
        for name in ["egui ", "walkers ", "proj-sys ", "geo "] {
            assert!(parts.iter().any(|(part, _)| part.starts_with(name)), "{name}");
        }
        assert!(!parts.iter().any(|(part, _)| part.starts_with("criterion ")), "of tests alone");
        // What is built in and is not Rust: PROJ, and the letters of the window.
        assert!(text.contains("/COPYING") && text.contains("SIL OPEN FONT LICENSE"));
    }
}
