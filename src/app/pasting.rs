//! Pasting data as a layer: the text becomes a file of the person's own, which the layer shows.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::Event;

use super::Wake;
use super::actions::{Action, Actions};
use super::opening::{Dressing, Opening, open_any};
use crate::formats::{AtomicFile, pasted};
use crate::i18n::Message;
use crate::jobs::Job;
use crate::portal::{Address, Portals};
use crate::problem::FileError;

/// What was pasted into the window rather than into a field.
pub(super) fn take(ctx: &egui::Context, out: &mut Actions) {
    if ctx.text_edit_focused() {
        return;
    }
    let texts = ctx.input(|input| {
        let texts = input.events.iter().filter_map(|event| match event {
            Event::Paste(text) => Some(text.clone()),
            _ => None,
        });
        texts.collect::<Vec<String>>()
    });
    out.extend(texts.into_iter().map(|text| match paths(&text) {
        Some(paths) => Action::Open(paths),
        None => Action::Paste(text),
    }));
}

/// The files that were copied in a file manager, and addresses on the web: one a line.
fn paths(text: &str) -> Option<Vec<PathBuf>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let path = |line: &str| {
        if Address::is_meant(Path::new(line)) {
            return Address::read(line).ok().map(|_| PathBuf::from(line));
        }
        let path = match line.strip_prefix("file://") {
            Some(_) => url::Url::parse(line).ok()?.to_file_path().ok()?,
            None => PathBuf::from(line),
        };
        (path.is_absolute() && path.file_name().is_some()).then_some(path)
    };
    let paths: Vec<PathBuf> = lines.map(path).collect::<Option<_>>()?;
    (!paths.is_empty()).then_some(paths)
}

/// Keeps the text as a file in the folder and opens that.
pub(super) fn open(
    text: String,
    folder: PathBuf,
    name: String,
    portals: &Arc<Portals>,
    wake: &Wake,
) -> Opening {
    let path = folder.join(&name);
    let (wake, portals) = (wake.clone(), Arc::clone(portals));
    let job = Job::start(
        "paste",
        move || wake(),
        move |watch| {
            let path = keep(&text, &folder, &name)?;
            open_any(&path, &Dressing::default(), &[], &portals, watch)
        },
    );
    Opening { path, job, is_sample: true, is_agreed: false }
}

fn keep(text: &str, folder: &Path, name: &str) -> Result<PathBuf, FileError> {
    let Some(pasted) = pasted(text) else { return Err(not_data(Path::new(name))) };
    std::fs::create_dir_all(folder).map_err(|error| FileError::io(folder, &error))?;
    let mut path = folder.join(format!("{name}.{}", pasted.extension));
    let mut number = 2_u32;
    while path.exists() {
        path = folder.join(format!("{name} ({number}).{}", pasted.extension));
        number = number.saturating_add(1);
    }
    let mut file = AtomicFile::create(&path)?;
    file.write_all(pasted.text.as_bytes())?;
    file.commit()?;
    Ok(path)
}

fn not_data(path: &Path) -> FileError {
    let error = FileError::new(path, Message::new("app-paste-not-data"));
    error.remedy(Message::new("app-paste-do"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copied_files_are_told_from_text() {
        let two = paths("file:///tmp/a%20b.geojson\n/tmp/c.csv\n");
        assert_eq!(two, Some(vec!["/tmp/a b.geojson".into(), "/tmp/c.csv".into()]));
        let web =
            paths(" https://geo.example.be/wfs?service=WFS \nogcapi:https://x.be/collections/a");
        assert_eq!(web.map(|paths| paths.len()), Some(2));
        for text in
            ["", "Gent", "a/b", "file://", "/tmp/a\nnaam;x", "https://x.be zie daar", "wfs:x"]
        {
            assert_eq!(paths(text), None, "{text}");
        }
    }
}
