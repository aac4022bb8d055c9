//! The basemap of a pack: what is kept here of the tiles of the server it comes from.

use tempfile::TempDir;

use super::super::document::Document;
use crate::i18n::{Arg, Language, Message};
use crate::jobs::Watch;
use crate::problem::{FileError, Problems};
use crate::table::Extent;
use crate::tiles::{BASEMAP_NONE, Basemap, TileStore, basemap};

/// What comes along of the basemap that is chosen.
#[derive(Debug, Default)]
pub enum KeptBasemap {
    /// Nothing is to come along: none is chosen, or one that is a file.
    #[default]
    Needless,
    /// It stays on its server: a problem that says why, and its name.
    Stays(&'static str, String),
    /// Its tiles, in one file.
    Tiles(PackedTiles),
}

/// Tiles for a pack, in a folder that goes with this.
#[derive(Debug)]
pub struct PackedTiles {
    /// What the basemap is called.
    pub name: String,
    /// How many.
    pub count: u64,
    pub(super) folder: TempDir,
}

/// The name of the file in its folder.
pub(super) const FILE: &str = "kaart.pmtiles";

impl KeptBasemap {
    /// Gathers what is on disk of the chosen basemap where the layers are (`areas`, degrees, WGS 84),
    /// as far as its rules allow. No server is asked. For a job.
    ///
    /// # Errors
    /// When the person cancelled. What else goes wrong leaves the basemap on its server.
    pub fn gather(
        document: &Document,
        store: &TileStore,
        areas: impl FnOnce() -> Vec<Extent>,
        language: Language,
        watch: &Watch,
    ) -> Result<KeptBasemap, FileError> {
        let Some(chosen) = on_server(document) else { return Ok(KeptBasemap::Needless) };
        let name = chosen.name.get(language).to_owned();
        if !chosen.offline {
            return Ok(KeptBasemap::Stays("problem-pack-basemap-forbidden", name));
        }
        let Ok(folder) = tempfile::tempdir() else {
            return Ok(KeptBasemap::Stays("problem-pack-basemap-lost", name));
        };
        let target = folder.path().join(FILE);
        match store.take_kept(&chosen, &areas(), &target, watch) {
            Ok(Some(taken)) => {
                Ok(KeptBasemap::Tiles(PackedTiles { name, count: taken.tiles, folder }))
            }
            Ok(None) => Ok(KeptBasemap::Stays("problem-pack-basemap-none", name)),
            Err(error) if error.is_cancelled() => Err(error),
            Err(error) => {
                log::warn!("{}: {}", target.display(), error.text(Language::English));
                Ok(KeptBasemap::Stays("problem-pack-basemap-lost", name))
            }
        }
    }

    /// Tells why a basemap stays where it is.
    pub(super) fn report(&self, problems: &mut Problems) {
        if let KeptBasemap::Stays(why, name) = self {
            problems.report(why, 1, vec![("name", Arg::Text(name.clone()))], None);
        }
    }

    /// A line for the index, where tiles came along.
    pub(super) fn line(&self, language: Language) -> Option<String> {
        let KeptBasemap::Tiles(tiles) = self else { return None };
        let line = Message::new("pack-index-basemap").text("name", tiles.name.as_str());
        Some(line.count("count", tiles.count).in_language(language))
    }
}

/// The basemap that is chosen, where it comes from a server.
fn on_server(document: &Document) -> Option<Basemap> {
    if document.basemap == BASEMAP_NONE {
        return None;
    }
    let offered = basemap(&document.basemap).cloned();
    offered.or_else(|| {
        let own = document.own_basemap(&document.basemap)?;
        Some(own.web()?.basemap(&own.name))
    })
}
