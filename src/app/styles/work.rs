//! Reading and writing style files, as jobs.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Told;
use super::beside::Beside;
use super::dressed::Dressed;
use crate::app::session::Session;
use crate::app::store::lost;
use crate::formats::{AtomicFile, decode};
use crate::i18n::Message;
use crate::jobs::{Job, Poll, Watch};
use crate::problem::{FileError, Problems};
use crate::project::LayerId;
use crate::style::qml::{Opened, read};
use crate::table::Field;

/// A file that is larger is no style.
const LARGEST: u64 = 64 << 20;

/// What is being read and written, and what was told last.
#[derive(Default)]
pub(in crate::app) struct StyleFiles {
    reading: Option<(LayerId, PathBuf, Job<Result<Opened, FileError>>)>,
    writing: Option<(PathBuf, Job<Result<Problems, FileError>>)>,
    pub told: Option<Told>,
    /// Looks for style files beside data that were opened.
    pub(super) beside: Vec<Beside>,
}

/// What has been done.
pub(super) enum Outcome {
    Read(LayerId, PathBuf, Box<Opened>),
    Written(PathBuf, Problems),
    Failed(FileError),
}

impl StyleFiles {
    /// Whether something is being read or written.
    pub fn is_busy(&self) -> bool {
        self.reading.is_some() || self.writing.is_some() || !self.beside.is_empty()
    }

    /// How long it has been at work.
    pub fn age(&self) -> Option<Duration> {
        let reading = self.reading.as_ref().map(|(_, _, job)| job.age());
        reading.or_else(|| self.writing.as_ref().map(|(_, job)| job.age()))
    }

    /// Ends what is being read or written.
    pub fn cancel(&mut self) {
        if let Some((_, _, job)) = self.reading.take() {
            job.cancel();
        }
        if let Some((_, job)) = self.writing.take() {
            job.cancel();
        }
    }

    /// Reads a style for a layer.
    pub fn read(&mut self, session: &Session, layer: LayerId, path: PathBuf) {
        let Some(found) = session.document().layer(layer) else { return };
        let Some(loaded) = session.loaded(found) else { return };
        let (fields, ours) = (loaded.table.fields.clone(), path.clone());
        let wake = session.wake.clone();
        let job = Job::start("style", move || wake(), move |_| opened(&ours, &fields));
        self.reading = Some((layer, path, job));
    }

    /// Writes the style of the active layer.
    pub fn save(&mut self, session: &Session, path: PathBuf) {
        let Some(layer) = session.active_layer() else { return };
        let Some(dressed) = Dressed::of(session, layer) else { return };
        let (wake, ours) = (session.wake.clone(), path.clone());
        let work = move |watch: &Watch| write_file(&dressed, &ours, watch);
        self.writing = Some((path, Job::start("style", move || wake(), move |it| work(it))));
    }

    /// What has been done since the last time.
    pub(super) fn poll(&mut self) -> Vec<Outcome> {
        let mut done = Vec::new();
        if let Some((layer, path, job)) = self.reading.take() {
            match job.poll() {
                Poll::Running => self.reading = Some((layer, path, job)),
                Poll::Done(Ok(opened)) => done.push(Outcome::Read(layer, path, Box::new(opened))),
                Poll::Done(Err(error)) => done.push(Outcome::Failed(error)),
                Poll::Lost => done.push(Outcome::Failed(lost(&path))),
            }
        }
        if let Some((path, job)) = self.writing.take() {
            match job.poll() {
                Poll::Running => self.writing = Some((path, job)),
                Poll::Done(Ok(problems)) => done.push(Outcome::Written(path, problems)),
                Poll::Done(Err(error)) => done.push(Outcome::Failed(error)),
                Poll::Lost => done.push(Outcome::Failed(lost(&path))),
            }
        }
        done
    }
}

/// Reads a style file for a layer with fields.
fn opened(path: &Path, fields: &[Field]) -> Result<Opened, FileError> {
    let failed = |error: std::io::Error| FileError::io(path, &error);
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(failed)?;
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > LARGEST) {
        return Err(FileError::new(path, Message::new("qml-too-large")));
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => decode(error.as_bytes(), None).text,
    };
    read(&text, fields).map_err(|what| FileError::new(path, what))
}

/// Writes the style of a layer.
fn write_file(dressed: &Dressed, path: &Path, watch: &Watch) -> Result<Problems, FileError> {
    let written = dressed.qml(watch).map_err(|_| FileError::cancelled(path))?;
    let mut out = AtomicFile::create(path)?;
    out.write_all(written.text.as_bytes())?;
    out.commit()?;
    Ok(written.problems)
}
