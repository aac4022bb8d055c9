//! Basemaps of the project's own, beside those that the program offers.

use serde::{Deserialize, Serialize};

use super::document::Document;
use crate::tiles::{BASEMAP_NONE, WebMap};

/// How the words of own basemaps begin; a number follows.
const OWN: &str = "own-";

/// A basemap of the project's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OwnBasemap {
    /// Its word in the document ([`Document::basemap`]). Given when it comes into a document.
    pub id: String,
    /// What a person calls it.
    pub name: String,
    /// Where its tiles are.
    #[serde(flatten)]
    pub source: OwnSource,
}

/// Where the tiles of an own basemap are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OwnSource {
    /// In an archive, PMTiles or MBTiles. In a project file its path is relative to it, with `/`;
    /// in memory absolute.
    Archive(String),
    /// At an address.
    Web(Box<WebMap>),
}

impl OwnBasemap {
    /// The basemap of an archive.
    pub fn of_archive(name: impl Into<String>, path: impl Into<String>) -> OwnBasemap {
        let source = OwnSource::Archive(path.into());
        OwnBasemap { id: String::new(), name: name.into(), source }
    }

    /// The basemap of an address.
    pub fn of_web(name: impl Into<String>, map: WebMap) -> OwnBasemap {
        let source = OwnSource::Web(Box::new(map));
        OwnBasemap { id: String::new(), name: name.into(), source }
    }

    /// The file it comes from.
    pub fn path(&self) -> Option<&str> {
        match &self.source {
            OwnSource::Archive(path) => Some(path),
            OwnSource::Web(_) => None,
        }
    }

    /// The map at an address that it is.
    pub fn web(&self) -> Option<&WebMap> {
        match &self.source {
            OwnSource::Archive(_) => None,
            OwnSource::Web(map) => Some(map),
        }
    }

    pub(in crate::project) fn path_mut(&mut self) -> Option<&mut String> {
        match &mut self.source {
            OwnSource::Archive(path) => Some(path),
            OwnSource::Web(_) => None,
        }
    }
}

impl Document {
    /// An own basemap by its word.
    pub fn own_basemap(&self, id: &str) -> Option<&OwnBasemap> {
        self.basemaps.iter().find(|own| own.id == id)
    }

    /// Adds a basemap, unless it is there, and chooses it.
    pub(super) fn add_basemap(&mut self, added: &OwnBasemap) {
        if let Some(known) = self.basemaps.iter().find(|own| own.source == added.source) {
            self.basemap.clone_from(&known.id);
            return;
        }
        let numbers = self.basemaps.iter().filter_map(|own| own.id.strip_prefix(OWN)?.parse().ok());
        let number = numbers.max().unwrap_or(0_u64).saturating_add(1);
        let id = format!("{OWN}{number}");
        self.basemap.clone_from(&id);
        self.basemaps.push(OwnBasemap { id, ..added.clone() });
    }

    /// Changes a basemap, by its word.
    pub(super) fn change_basemap(&mut self, changed: &OwnBasemap) {
        if let Some(own) = self.basemaps.iter_mut().find(|own| own.id == changed.id) {
            own.clone_from(changed);
        }
    }

    /// Removes a basemap; where it was chosen, none is.
    pub(super) fn remove_basemap(&mut self, id: &str) {
        self.basemaps.retain(|own| own.id != id);
        if self.basemap == id {
            BASEMAP_NONE.clone_into(&mut self.basemap);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Command, History, open_project, read_project, save_project};

    #[test]
    fn own_basemaps_are_added_once_chosen_undone_and_saved() {
        let folder = tempfile::tempdir().unwrap();
        let archive = folder.path().join("kaarten").join("gent.pmtiles");
        let mut history = History::new(Document::default());
        let added = OwnBasemap::of_archive("Gent", archive.to_string_lossy());
        history.run(Command::AddBasemap(added.clone())).unwrap();
        history.close_step();
        assert_eq!(history.document().basemap, "own-1");
        history.run(Command::SetBasemap("osm".to_owned())).unwrap();
        history.close_step();
        history.run(Command::AddBasemap(added)).unwrap();
        history.close_step();
        let document = history.document().clone();
        assert_eq!((document.basemap.as_str(), document.basemaps.len()), ("own-1", 1));
        let path = folder.path().join("kaart.belfort.json");
        save_project(&document, &path).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains("\"archive\": \"kaarten/gent.pmtiles\""), "{text}");
        assert_eq!(open_project(&path).unwrap(), *document);
        history.run(Command::RemoveBasemap("own-1".to_owned())).unwrap();
        assert_eq!(history.document().basemap, BASEMAP_NONE);
        assert!(history.document().basemaps.is_empty());
        for _ in 0..4 {
            assert!(history.undo());
        }
        assert_eq!(**history.document(), Document::default());
    }

    #[test]
    fn a_basemap_of_an_address_is_changed_undone_and_saved_with_all_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let map = WebMap {
            url: "https://{s}.a.be/{level}/{x}/{-y}.png?key=k".to_owned(),
            servers: vec!["a".to_owned(), "b".to_owned()],
            levels: vec!["00".to_owned(), "01".to_owned()],
            max_zoom: 1,
            attribution: "© Stad".to_owned(),
            ..WebMap::default()
        };
        let mut history = History::new(Document::default());
        history.run(Command::AddBasemap(OwnBasemap::of_web("Stad", map.clone()))).unwrap();
        history.close_step();
        let added = history.document().basemaps[0].clone();
        assert_eq!((added.id.as_str(), added.web(), added.path()), ("own-1", Some(&map), None));
        let mut changed = added.clone();
        changed.name = "Stad, grijs".to_owned();
        history.run(Command::ChangeBasemap(changed.clone())).unwrap();
        history.close_step();
        assert_eq!(history.document().basemaps, [changed]);
        let path = folder.path().join("kaart.belfort.json");
        save_project(history.document(), &path).unwrap();
        assert_eq!(open_project(&path).unwrap(), **history.document());
        history.undo();
        assert_eq!(history.document().basemaps, [added]);

        // A part of a newer version that is not understood costs no more than that basemap.
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, text.replace("\"web\":", "\"hologram\":")).unwrap();
        let opened = read_project(&path).unwrap();
        assert!(opened.document.basemaps.is_empty());
        assert_eq!(opened.problems.count("problem-project-basemap-lost"), 1);
    }
}
