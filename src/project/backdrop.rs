//! Backdrops: images of the person's own between the basemap and the layers.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::command::{Command, CommandError};
use super::document::{Attribution, Document};
use super::group::Way;
use crate::crs::{Crs, CrsError, HowFound, LayerCrs};

/// The identity of a backdrop inside one document; never used again after it is removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BackdropId(pub u64);

/// An image with a place, under the layers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Backdrop {
    /// Its identity in the document.
    pub id: BackdropId,
    /// The name shown.
    pub name: String,
    /// The file. In a project file relative to it, with `/`; in memory absolute.
    pub path: String,
    /// Whether it is drawn.
    #[serde(default = "yes")]
    pub visible: bool,
    /// 0 (invisible) to 1.
    #[serde(default = "one")]
    pub opacity: f32,
    /// The CRS chosen instead of the one found: a code (`EPSG:31370`) or WKT.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crs: Option<String>,
    /// Whose the image is and what may be done with it.
    #[serde(default)]
    pub attribution: Attribution,
    /// What a newer version wrote and this one does not know: kept.
    #[serde(flatten)]
    pub others: Map<String, Value>,
}

fn yes() -> bool {
    true
}

fn one() -> f32 {
    1.0
}

impl Backdrop {
    /// A backdrop of a file. It gets its identity when it comes into a document.
    pub fn new(name: impl Into<String>, path: impl Into<String>) -> Backdrop {
        Backdrop {
            id: BackdropId(0),
            name: name.into(),
            path: path.into(),
            visible: true,
            opacity: 1.0,
            crs: None,
            attribution: Attribution::default(),
            others: Map::new(),
        }
    }

    /// The CRS that was chosen, if one was.
    ///
    /// # Errors
    /// When PROJ does not know it.
    pub fn chosen_crs(&self) -> Result<Option<LayerCrs>, CrsError> {
        let chosen = self.crs.as_deref().map(|text| {
            // Codes have no brackets, WKT always has.
            if text.contains('[') { Crs::from_wkt(text) } else { Crs::from_code(text) }
        });
        Ok(chosen.transpose()?.map(|crs| LayerCrs::new(crs, HowFound::Chosen)))
    }
}

impl Document {
    /// A backdrop by its identity.
    pub fn backdrop(&self, id: BackdropId) -> Option<&Backdrop> {
        self.backdrops.iter().find(|backdrop| backdrop.id == id)
    }

    /// The command that moves a backdrop one step; none at the end of the list.
    pub fn step_backdrop(&self, id: BackdropId, way: Way) -> Option<Command> {
        let at = self.backdrops.iter().position(|backdrop| backdrop.id == id)?;
        let to = match way {
            Way::Up => at.checked_sub(1)?,
            Way::Down => Some(at + 1).filter(|to| *to < self.backdrops.len())?,
        };
        Some(Command::MoveBackdrop { backdrop: id, to })
    }

    pub(super) fn change_backdrop(
        &mut self,
        id: BackdropId,
        change: impl FnOnce(&mut Backdrop),
    ) -> Result<(), CommandError> {
        let found = self.backdrops.iter_mut().find(|backdrop| backdrop.id == id);
        change(found.ok_or(CommandError::NoBackdrop(id))?);
        Ok(())
    }

    pub(super) fn add_backdrops(&mut self, backdrops: &[Backdrop], at: usize) {
        let at = at.min(self.backdrops.len());
        for backdrop in backdrops.iter().rev() {
            let id = BackdropId(self.next_backdrop);
            self.next_backdrop += 1;
            self.backdrops.insert(at, Backdrop { id, ..backdrop.clone() });
        }
    }

    pub(super) fn move_backdrop(&mut self, id: BackdropId, to: usize) -> Result<(), CommandError> {
        let at = self.backdrops.iter().position(|backdrop| backdrop.id == id);
        let moved = self.backdrops.remove(at.ok_or(CommandError::NoBackdrop(id))?);
        let to = to.min(self.backdrops.len());
        self.backdrops.insert(to, moved);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{FORMAT_VERSION, History, apply, open_project, save_project};

    fn names(document: &Document) -> String {
        document.backdrops.iter().map(|backdrop| backdrop.name.as_str()).collect()
    }

    #[test]
    fn everything_done_to_a_backdrop_is_undone() {
        let mut history = History::new(Document::default());
        let added = ["a", "b", "c"].map(|name| Backdrop::new(name, "x.tif")).to_vec();
        history.run(Command::AddBackdrops { backdrops: added, at: 7 }).unwrap();
        let id = |history: &History, name: &str| {
            let found = history.document().backdrops.iter().find(|backdrop| backdrop.name == name);
            found.unwrap().id
        };
        let (a, b) = (id(&history, "a"), id(&history, "b"));
        let steps = [
            history.document().step_backdrop(a, Way::Down).unwrap(),
            Command::SetBackdropVisible(b, false),
            Command::SetBackdropOpacity(b, 7.0),
            Command::RenameBackdrop(a, "luchtfoto".to_owned()),
            Command::SetBackdropCrs(a, Some("EPSG:3812".to_owned())),
            Command::RemoveBackdrop(b),
        ];
        let mut past = vec![history.document().clone()];
        for step in steps {
            if matches!(step, Command::SetBackdropOpacity(..)) {
                history.run(Command::SetBackdropOpacity(b, 0.5)).unwrap();
            }
            history.run(step).unwrap();
            history.close_step();
            past.push(history.document().clone());
        }
        let document = history.document();
        assert_eq!(names(document), "luchtfotoc");
        assert!((past[3].backdrop(b).unwrap().opacity - 1.0).abs() < 1e-6);
        assert_eq!(document.step_backdrop(a, Way::Up), None);
        assert_eq!(history.run(Command::RemoveBackdrop(b)), Err(CommandError::NoBackdrop(b)));
        while let Some(expected) = past.pop() {
            assert_eq!(**history.document(), *expected);
            assert!(history.undo());
        }
        assert_eq!(names(history.document()), "");
    }

    #[test]
    fn backdrops_are_saved_and_older_files_have_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("kaart.belfort.json");
        std::fs::write(&path, r#"{"belfort": 4, "basemap": "none"}"#).unwrap();
        let mut document = open_project(&path).unwrap();
        assert!(document.backdrops.is_empty());
        let file = folder.path().join("beelden").join("foto.tif");
        let backdrop = Backdrop::new("foto", file.to_string_lossy());
        let add = Command::AddBackdrops { backdrops: vec![backdrop], at: 0 };
        apply(&mut document, &add).unwrap();
        let set = Command::SetBackdropCrs(BackdropId(1), Some("EPSG:31370".to_owned()));
        apply(&mut document, &set).unwrap();
        save_project(&document, &path).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains("\"path\": \"beelden/foto.tif\""), "{text}");
        assert!(text.contains(&format!("\"belfort\": {FORMAT_VERSION}")), "{text}");
        let again = open_project(&path).unwrap();
        assert_eq!(again, document);
        let chosen = again.backdrops[0].chosen_crs().unwrap().unwrap();
        assert_eq!(chosen.crs, Crs::lambert72());
        // A number that a file lacks is never given twice.
        let text = text.replace("\"nextBackdrop\": 2", "\"nextBackdrop\": 1");
        std::fs::write(&path, text).unwrap();
        assert_eq!(open_project(&path).unwrap().next_backdrop, 2);
    }
}
