//! City portals, and services and files by their address: the catalogue, complete downloads with a
//! receipt, copies kept for offline.
//!
//! A [`Portal`] is one server and the way it is asked; [`Portals`] is what the rest of the program
//! holds: the network, the copies kept, and how patient to be. A layer that is fetched is named by an
//! [`Address`], which stands wherever a file's path may stand: of a portal a [`PortalAddress`],
//! of a WFS, an OGC API or a file on the web a [`ServiceAddress`], of linked data a [`LinkedAddress`].

mod address;
mod ask;
mod body;
mod catalogue;
mod copies;
mod dataset;
mod error;
mod fetch;
mod habits;
mod html;
mod known;
mod linked;
mod moments;
mod odsql;
mod opendatasoft;
mod read;
mod receipt;
mod record_ages;
mod recordings;
mod refusal;
mod remote;
mod rhythm;
mod service;
mod shelf;
mod update;

pub use address::{BadAddress, Narrowing, PortalAddress, read_bbox};
pub use ask::{Patience, Quota};
pub use catalogue::{Catalogue, CatalogueAnswer, CatalogueFilter, CatalogueSort};
pub use copies::{Copies, CopyInfo};
pub use dataset::{Dataset, DatasetField, DatasetFieldKind};
pub use error::{PortalError, Trouble};
pub use habits::Habit;
pub use html::{Block, Span, blocks, is_web, plain_text};
pub use known::{PortalInfo, PortalKind, base_of, portal, portals};
pub use linked::{
    Filling, KnownQuestion, KnownStream, LinkedAddress, LinkedKind, MuseumPicture, Places,
    QuestionAreas, QuestionThemes, Theme, Versions, is_manifest, known_questions, known_stream,
    known_streams,
};
pub use odsql::{PushedDown, push_down};
pub use read::{Freshness, FromPortal, Opened, Wanted};
pub use receipt::Receipt;
pub use record_ages::{RecordAges, record_ages};
pub use recordings::{History, Recordings, Series};
pub use remote::Address;
pub use rhythm::{Restraint, Rhythm, SHORTEST_PAUSE, is_stale, period, stale_after};
pub use service::{
    Found, Oddity, Service, ServiceAddress, ServiceKind, ServiceLayer, ServiceNotes,
};
pub use shelf::{ShelfGeometry, ShelfItem, ShelfLayer, ShelfTheme, shelf};
pub use update::Update;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError, RwLock};

use chrono::NaiveDate;
use serde_json::{Map, Value};

use self::ask::Asker;
use self::habits::Habits;
use self::opendatasoft::Opendatasoft;
use crate::i18n::Language;
use crate::jobs::Watch;
use crate::network::Network;
use crate::problem::FileError;

/// What is looked for in a catalogue.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Search {
    /// Words, in any field; empty for all datasets.
    pub text: String,
    /// Only datasets with a place.
    pub with_geometry: bool,
    /// Only datasets changed on this day or later.
    pub updated_since: Option<NaiveDate>,
    /// Which dataset comes first.
    pub offset: u32,
    /// How many at most.
    pub limit: u32,
}

/// A part of a catalogue.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// How many datasets there are in all.
    pub total: u64,
    /// The datasets of the page.
    pub datasets: Vec<Dataset>,
    /// How many more the page held that make no sense.
    pub unreadable: u64,
}

/// The first records of a dataset.
#[derive(Clone, Debug, PartialEq)]
pub struct Records {
    /// How many there are in all.
    pub total: u64,
    /// The first of them: values by field.
    pub rows: Vec<Map<String, Value>>,
}

/// How the records of an export are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportKind {
    /// GeoJSON, WGS 84.
    GeoJson,
    /// One JSON object on a line.
    JsonLines,
}

impl ExportKind {
    /// The extension of a file of this kind.
    pub fn extension(self) -> &'static str {
        match self {
            ExportKind::GeoJson => "geojson",
            ExportKind::JsonLines => "jsonl",
        }
    }
}

/// A finished export.
#[derive(Clone, Debug, PartialEq)]
pub struct Export {
    /// The address it was fetched from.
    pub url: String,
    /// How it is written.
    pub kind: ExportKind,
    /// How much there was.
    pub bytes: u64,
}

/// Where an export goes.
pub trait Sink {
    /// Throws away what was written and begins anew.
    ///
    /// # Errors
    /// When nothing can be written; as [`Self::write`].
    fn restart(&mut self) -> Result<(), FileError>;

    /// Writes a part.
    ///
    /// # Errors
    /// When it cannot be written.
    fn write(&mut self, part: &[u8]) -> Result<(), FileError>;
}

/// A portal, and how it is asked.
pub trait Portal {
    /// A page of the datasets found, those that fit best first.
    ///
    /// # Errors
    /// When the portal gives no answer that can be used; as all methods.
    fn search(&self, search: &Search, watch: &Watch) -> Result<Page, PortalError>;

    /// All that is told about a dataset.
    ///
    /// # Errors
    /// Also when there is no such dataset.
    fn dataset(&self, id: &str, watch: &Watch) -> Result<Dataset, PortalError>;

    /// How many records there are, and the first of them (100 at most).
    ///
    /// # Errors
    /// Also when the portal does not understand the condition.
    fn records(
        &self,
        dataset: &Dataset,
        narrowing: &Narrowing,
        limit: u32,
        watch: &Watch,
    ) -> Result<Records, PortalError>;

    /// Fetches all records, of no more bytes than the limit. Progress is in records.
    ///
    /// # Errors
    /// Also when the answer breaks off, is too large, or the sink fails.
    fn export(
        &self,
        dataset: &Dataset,
        narrowing: &Narrowing,
        limit: u64,
        sink: &mut dyn Sink,
        watch: &Watch,
    ) -> Result<Export, PortalError>;
}

/// The most bytes of one download unless the person raises it.
pub const DOWNLOAD_LIMIT: u64 = 1_000_000_000;

/// The most bytes that copies take on disk unless the person says otherwise.
pub const COPIES_LIMIT: u64 = 2_000_000_000;

/// Everything the program knows about portals; one for the whole program, shared by its threads.
pub struct Portals {
    asker: Asker,
    copies: Copies,
    habits: Habits,
    settings: RwLock<PortalSettings>,
    /// What services told about themselves lately.
    services: service::Known,
    /// The layers read in this run.
    used: Mutex<BTreeSet<String>>,
}

/// What a person decided about portals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortalSettings {
    /// The language texts are asked in.
    pub language: Language,
    /// The most bytes of one download.
    pub download_limit: u64,
    /// The most bytes that copies may take on disk; those used in this run stay in any case.
    pub copies_limit: u64,
    /// Other addresses of known portals, by their word: a portal may move before a new release of
    /// this program knows.
    pub addresses: BTreeMap<String, String>,
}

impl PortalSettings {
    /// The usual settings in a language.
    pub fn usual(language: Language) -> PortalSettings {
        PortalSettings {
            language,
            download_limit: DOWNLOAD_LIMIT,
            copies_limit: COPIES_LIMIT,
            addresses: BTreeMap::new(),
        }
    }
}

impl Portals {
    /// With copies kept in a folder, which is made when the first one is.
    pub fn new(folder: PathBuf, network: Network, settings: PortalSettings) -> Portals {
        Portals::patiently(folder, network, settings, Patience::default())
    }

    /// The same with another patience, for tests.
    pub fn patiently(
        folder: PathBuf,
        network: Network,
        settings: PortalSettings,
        patience: Patience,
    ) -> Portals {
        Portals {
            asker: Asker::new(network, patience),
            copies: Copies::new(folder),
            habits: Habits::default(),
            settings: RwLock::new(settings),
            services: service::Known::default(),
            used: Mutex::default(),
        }
    }

    /// The folder for copies where the person chose none; none where the system has no such folder.
    pub fn usual_folder() -> Option<PathBuf> {
        let folders = directories::ProjectDirs::from("", "", "belfort")?;
        Some(folders.cache_dir().join("portals"))
    }

    /// Uses the network otherwise from now on.
    pub fn set_network(&self, network: Network) {
        self.asker.set_network(network);
    }

    /// Whether no server is asked.
    pub fn is_offline(&self) -> bool {
        self.asker.is_offline()
    }

    /// Obeys other settings from now on.
    pub fn set_settings(&self, settings: PortalSettings) {
        *self.settings.write().unwrap_or_else(PoisonError::into_inner) = settings;
    }

    /// The settings now.
    pub fn settings(&self) -> PortalSettings {
        self.settings.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A portal at the address it has now: the one a person corrected, or the known one.
    pub fn at_its_address(&self, info: &PortalInfo) -> PortalInfo {
        let settings = self.settings.read().unwrap_or_else(PoisonError::into_inner);
        match settings.addresses.get(&info.id).and_then(|text| base_of(text)) {
            Some(base) => PortalInfo { base, ..info.clone() },
            None => info.clone(),
        }
    }

    /// Sends a key with every question to a portal, as long as the program runs; it is written
    /// nowhere.
    ///
    /// # Errors
    /// When it holds what no key holds.
    pub fn set_key(&self, portal: &PortalInfo, key: Option<&str>) -> Result<(), PortalError> {
        self.asker.set_key(self.at_its_address(portal).host(), key)
    }

    /// What a portal allows, if its last answer said so.
    pub fn quota(&self, portal: &PortalInfo) -> Option<Quota> {
        self.asker.quota(self.at_its_address(portal).host())
    }

    /// The copies kept.
    pub fn copies(&self) -> &Copies {
        &self.copies
    }

    /// The pages kept of streams, beside the copies.
    fn page_store(&self) -> linked::PageStore {
        linked::PageStore::new(self.copies.folder().join("pages"))
    }

    /// A portal to ask.
    pub fn ask(&self, info: &PortalInfo) -> Box<dyn Portal + '_> {
        let language = self.settings().language;
        let info = self.at_its_address(info);
        match info.kind {
            PortalKind::Opendatasoft => {
                Box::new(Opendatasoft { info, asker: &self.asker, language })
            }
        }
    }
}
