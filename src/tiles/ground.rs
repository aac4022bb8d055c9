//! A basemap as it is shown, wherever its tiles are.

use std::sync::{Arc, LazyLock};

use super::archive::Archive;
use super::{Basemap, LocalTiles, TileSource, basemaps};
use crate::i18n::{Language, Localized};

/// A basemap as it is shown.
#[derive(Clone)]
pub struct Ground {
    /// Its word in the document.
    pub id: String,
    /// What a person calls it.
    pub name: Localized,
    /// Who made it, to be shown on every map; empty where that is not known.
    pub attribution: String,
    /// Where the attribution leads.
    pub attribution_url: Option<String>,
    /// Where its tiles are.
    pub tiles: GroundTiles,
}

/// Where the tiles of a basemap are.
#[derive(Clone)]
pub enum GroundTiles {
    /// On a server, and what is kept of them here.
    Server(Arc<Basemap>),
    /// Pictures in an archive.
    Pictures(Arc<Archive>, Arc<dyn LocalTiles>),
    /// Lines and areas in an archive, and what draws them for the screen.
    Vectors(Arc<Archive>, Arc<dyn LocalTiles>),
}

impl Ground {
    /// A basemap of a server.
    pub fn of_server(basemap: Basemap) -> Ground {
        Ground {
            id: basemap.id.clone(),
            name: basemap.name.clone(),
            attribution: basemap.attribution.clone(),
            attribution_url: Some(basemap.attribution_url.clone()).filter(|url| !url.is_empty()),
            tiles: GroundTiles::Server(Arc::new(basemap)),
        }
    }

    /// Its tiles, to be asked of a store.
    pub fn source(&self) -> TileSource<'_> {
        match &self.tiles {
            GroundTiles::Server(basemap) => TileSource::Server(basemap),
            GroundTiles::Pictures(_, tiles) | GroundTiles::Vectors(_, tiles) => {
                TileSource::Local(tiles)
            }
        }
    }

    /// Its name in a language.
    pub fn name(&self, language: Language) -> &str {
        self.name.get(language)
    }

    /// Whether its tiles may be taken along and printed large. What lies in a file of the person's
    /// own is theirs to answer for.
    pub fn is_free(&self) -> bool {
        match &self.tiles {
            GroundTiles::Server(basemap) => basemap.offline,
            GroundTiles::Pictures(..) | GroundTiles::Vectors(..) => true,
        }
    }

    /// The server it comes from.
    pub fn server(&self) -> Option<&Arc<Basemap>> {
        match &self.tiles {
            GroundTiles::Server(basemap) => Some(basemap),
            GroundTiles::Pictures(..) | GroundTiles::Vectors(..) => None,
        }
    }

    /// The archive it comes from.
    pub fn archive(&self) -> Option<&Arc<Archive>> {
        match &self.tiles {
            GroundTiles::Server(_) => None,
            GroundTiles::Pictures(archive, _) | GroundTiles::Vectors(archive, _) => Some(archive),
        }
    }

    /// The archive whose lines and areas it is drawn from.
    pub fn vectors(&self) -> Option<&Arc<Archive>> {
        match &self.tiles {
            GroundTiles::Vectors(archive, _) => Some(archive),
            GroundTiles::Server(_) | GroundTiles::Pictures(..) => None,
        }
    }
}

static OFFERED: LazyLock<Vec<Ground>> =
    LazyLock::new(|| basemaps().iter().cloned().map(Ground::of_server).collect());

/// A basemap that the program offers, by its word.
pub fn offered_ground(id: &str) -> Option<&'static Ground> {
    OFFERED.iter().find(|ground| ground.id == id)
}
