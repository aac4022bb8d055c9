//! What the program remembers between sessions: a small JSON file, and where it lies.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::reading::Remembered;
use super::styles::{DatasetStyle, NamedStyle};
use crate::crs::Crs;
use crate::formats::AtomicFile;
use crate::i18n::{Language, NumberForm};
use crate::map::GPU_BUDGET;
use crate::measure::Units;
use crate::network::{Network, Proxy};
use crate::portal::PortalSettings;
use crate::problem::FileError;
use crate::project::OwnBasemap;
use crate::tiles::WebMap;

/// How many recently opened files are remembered.
const RECENT_KEPT: usize = 10;

/// So many questions to endpoints are kept.
const QUESTIONS_KEPT: usize = 50;

/// Light, dark, or as the system has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThemeChoice {
    /// As the system has it.
    #[default]
    System,
    /// Dark letters on a light ground.
    Light,
    /// Light letters on a dark ground.
    Dark,
}

/// Whether things move by themselves, or as the system has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Motion {
    /// As the system has it; where that does not tell, things move.
    #[default]
    System,
    /// Things slide and fade.
    Full,
    /// Nothing moves by itself.
    Reduced,
}

impl Motion {
    /// Whether nothing may move, given what the system wishes (none where it does not tell).
    pub fn is_reduced(self, system: Option<bool>) -> bool {
        match self {
            Motion::System => system.unwrap_or(false),
            Motion::Full => false,
            Motion::Reduced => true,
        }
    }
}

/// An earlier version kept whether motion was reduced, yes or no.
impl<'de> Deserialize<'de> for Motion {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Motion, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Kept {
            Before(bool),
            Now(Word),
        }
        #[derive(Deserialize)]
        #[serde(rename_all = "kebab-case")]
        enum Word {
            System,
            Full,
            Reduced,
        }
        Ok(match Kept::deserialize(from)? {
            Kept::Before(true) | Kept::Now(Word::Reduced) => Motion::Reduced,
            Kept::Before(false) | Kept::Now(Word::System) => Motion::System,
            Kept::Now(Word::Full) => Motion::Full,
        })
    }
}

/// The coordinate reference system an export has when its dialog opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExportCrs {
    /// As the source: the very numbers that came in.
    Source,
    /// WGS 84, which every program reads.
    #[default]
    Wgs84,
    /// Belgian Lambert 72.
    Lambert72,
    /// Belgian Lambert 2008.
    Lambert2008,
}

impl ExportCrs {
    /// The system; none to keep that of the source.
    pub fn crs(self) -> Option<Crs> {
        match self {
            ExportCrs::Source => None,
            ExportCrs::Wgs84 => Some(Crs::wgs84()),
            ExportCrs::Lambert72 => Some(Crs::lambert72()),
            ExportCrs::Lambert2008 => Some(Crs::lambert2008()),
        }
    }
}

/// The sizes of text, per cent: what the keys step through.
pub(super) const TEXT_SIZES: [u16; 9] = [80, 90, 100, 110, 125, 140, 160, 180, 200];

/// The sizes of the window's panels, points; none where the person never changed them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PanelSizes {
    /// The width of the layers panel.
    pub layers: Option<f32>,
    /// The width of the panel with feature and filter.
    pub details: Option<f32>,
    /// The height of the attribute table.
    pub table: Option<f32>,
}

/// A service that was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RecentService {
    /// Where it is.
    pub address: String,
    /// What it calls itself.
    pub title: String,
}

/// A question to an endpoint of linked data that the person keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptQuestion {
    /// What the person calls it.
    pub name: String,
    /// The endpoint.
    pub endpoint: String,
    /// The question, with places to fill in.
    pub text: String,
}

/// The person's preferences. Nothing of the document is in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own in the menu or file"
)]
pub struct Settings {
    /// The language chosen; none to follow the system.
    pub language: Option<Language>,
    /// Light or dark.
    pub theme: ThemeChoice,
    /// The size of text and of everything with it, per cent.
    pub text_size: u16,
    /// Whether things move by themselves.
    pub reduced_motion: Motion,
    /// The units measures are written in.
    pub units: Units,
    /// The marks in numbers.
    pub numbers: NumberForm,
    /// The system an export has when its dialog opens.
    pub export_crs: ExportCrs,
    /// Whether the layers panel is open.
    pub show_layers: bool,
    /// Whether the panel with feature and filter is open.
    pub show_details: bool,
    /// Whether the attribute table is open.
    pub show_table: bool,
    /// Whether a small map of all layers lies over the map.
    pub show_overview: bool,
    /// Whether that is folded to a button.
    pub fold_overview: bool,
    /// Whether a map without a basemap has lines of longitude and latitude.
    pub show_graticule: bool,
    /// Whether the panel with feature and filter was last on the filter.
    pub on_filter: bool,
    /// How large the panels are.
    pub panels: PanelSizes,
    /// Whether basemaps come from the cache alone, without asking their servers.
    pub work_offline: bool,
    /// Through what the servers of basemaps are reached.
    pub proxy: Proxy,
    /// The folder in which a folder for tiles is made; none for the platform's own.
    pub cache_folder: Option<PathBuf>,
    /// How much of basemaps is kept on disk, megabytes.
    pub cache_limit_mb: u32,
    /// The portal looked at last: its word, or its address.
    pub portal: String,
    /// Other addresses of known portals, by their word.
    pub portal_addresses: BTreeMap<String, String>,
    /// The addresses of portals that the person added.
    pub own_portals: Vec<String>,
    /// Whether the left panel shows the portal instead of the layers.
    pub on_portal: bool,
    /// The most that one download from a portal may have, megabytes.
    pub download_limit_mb: u32,
    /// The most room that copies of what portals gave may take, megabytes.
    pub copies_limit_mb: u32,
    /// Whether what live layers show is recorded.
    pub record_live: bool,
    /// The most room that recordings may take, megabytes.
    pub recordings_limit_mb: u32,
    /// How much geometry of layers the graphics card keeps, megabytes.
    pub gpu_memory_mb: u32,
    /// The window's inner size, in points of a text size of 100 %.
    pub window: Option<[f32; 2]>,
    /// The window's place on the desktop, on whichever screen, in the same points.
    pub window_place: Option<[f32; 2]>,
    /// Whether the window fills the screen.
    pub maximized: bool,
    /// Whether the card with first steps was closed.
    pub first_minute_seen: bool,
    /// Files and projects opened, the last one first.
    pub recent: Vec<PathBuf>,
    /// Services opened, the last one first.
    pub recent_services: Vec<RecentService>,
    /// Questions to endpoints of linked data that the person keeps, the last one first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<KeptQuestion>,
    /// Basemaps at addresses that the person added to projects, the last one first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub web_maps: Vec<OwnBasemap>,
    /// How the person chose to read files, the last choice first.
    pub readings: Vec<Remembered>,
    /// Styles that the person keeps under names, the last one first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub styles: Vec<NamedStyle>,
    /// Styles that datasets have when they are opened.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dataset_styles: Vec<DatasetStyle>,
    /// What a newer version wrote and this one does not know: kept.
    #[serde(flatten)]
    pub others: Map<String, Value>,
    /// The file these settings are kept in; none in tests and where there is no home.
    #[serde(skip)]
    pub file: Option<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            language: None,
            theme: ThemeChoice::System,
            text_size: 100,
            reduced_motion: Motion::default(),
            units: Units::default(),
            numbers: NumberForm::default(),
            export_crs: ExportCrs::default(),
            show_layers: true,
            show_details: true,
            show_table: false,
            show_overview: false,
            show_graticule: true,
            fold_overview: false,
            on_filter: false,
            panels: PanelSizes::default(),
            work_offline: false,
            proxy: Proxy::default(),
            cache_folder: None,
            cache_limit_mb: 500,
            portal: "gent".to_owned(),
            portal_addresses: BTreeMap::new(),
            own_portals: Vec::new(),
            on_portal: false,
            download_limit_mb: 1_000,
            copies_limit_mb: 2_000,
            record_live: true,
            recordings_limit_mb: 200,
            gpu_memory_mb: u32::try_from(GPU_BUDGET >> 20).unwrap_or(512),
            window: None,
            window_place: None,
            maximized: false,
            first_minute_seen: false,
            recent: Vec::new(),
            recent_services: Vec::new(),
            questions: Vec::new(),
            web_maps: Vec::new(),
            readings: Vec::new(),
            styles: Vec::new(),
            dataset_styles: Vec::new(),
            others: Map::new(),
            file: None,
        }
    }
}

impl Settings {
    /// The settings of this user of this machine; the defaults where there are none yet, and where
    /// the file is damaged (which is said in the log: a preference is no reason to stop).
    pub fn of_user() -> Settings {
        let file = folders().map(|folders| folders.config_dir().join("settings.json"));
        let Some(file) = file else { return Settings::default() };
        Settings::read(&file)
    }

    fn read(file: &Path) -> Settings {
        let read = std::fs::read_to_string(file).ok();
        let settings = read.and_then(|text| match serde_json::from_str::<Settings>(&text) {
            Ok(settings) => Some(settings),
            Err(error) => {
                log::warn!("{}: {error}", file.display());
                None
            }
        });
        Settings { file: Some(file.to_owned()), ..settings.unwrap_or_default() }
    }

    /// Keeps the settings. Does nothing without a file.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn save(&self) -> Result<(), FileError> {
        let Some(file) = &self.file else { return Ok(()) };
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).map_err(|error| FileError::io(file, &error))?;
        }
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        let mut out = AtomicFile::create(file)?;
        out.write_all(text.as_bytes())?;
        out.write_all(b"\n")?;
        out.commit()
    }

    /// Puts a file at the head of the recent ones.
    pub fn opened(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.recent.retain(|known| *known != path);
        self.recent.insert(0, path);
        self.recent.truncate(RECENT_KEPT);
    }

    /// Puts a service at the head of those used lately.
    pub(super) fn used_service(&mut self, address: &str, title: &str) {
        self.recent_services.retain(|known| known.address != address);
        let (address, title) = (address.to_owned(), title.to_owned());
        self.recent_services.insert(0, RecentService { address, title });
        self.recent_services.truncate(RECENT_KEPT);
    }

    /// Keeps a question, in place of one of the same name.
    pub(super) fn keep_question(&mut self, question: KeptQuestion) {
        self.questions.retain(|kept| kept.name != question.name);
        self.questions.insert(0, question);
        self.questions.truncate(QUESTIONS_KEPT);
    }

    /// Puts a basemap at an address at the head of those that were added.
    pub(super) fn used_web_map(&mut self, own: &OwnBasemap) {
        let is_other = |known: &OwnBasemap| {
            known.name != own.name && known.web().map(WebMap::key) != own.web().map(WebMap::key)
        };
        self.web_maps.retain(is_other);
        self.web_maps.insert(0, OwnBasemap { id: String::new(), ..own.clone() });
        self.web_maps.truncate(RECENT_KEPT);
    }

    /// The factor by which text and everything with it is enlarged.
    pub fn zoom(&self) -> f32 {
        f32::from(self.text_size.clamp(80, 200)) / 100.0
    }

    /// The text size some steps further.
    pub(super) fn stepped(&self, up: bool) -> u16 {
        let (now, mut sizes) = (self.text_size, TEXT_SIZES.into_iter());
        let next =
            if up { sizes.find(|size| *size > now) } else { sizes.rev().find(|size| *size < now) };
        next.unwrap_or(now)
    }

    /// How the network may be used.
    pub(super) fn network(&self) -> Network {
        Network { offline: self.work_offline, proxy: self.proxy.clone() }
    }

    /// The folder for tiles: a folder of its own in the one chosen, because what is in it is
    /// thrown away by age.
    pub(super) fn tile_folder(&self, usual: &Path) -> PathBuf {
        let chosen = self.cache_folder.as_ref().map(|chosen| chosen.join("belfort-tiles"));
        chosen.unwrap_or_else(|| usual.join("tiles"))
    }

    /// Where copies of what portals gave are kept.
    pub(super) fn portal_folder(&self, usual: &Path) -> PathBuf {
        let chosen = self.cache_folder.as_ref().map(|chosen| chosen.join("belfort-portals"));
        chosen.unwrap_or_else(|| usual.join("portals"))
    }

    /// Where the person's own data are kept; in tests, which keep no settings, the cache.
    fn data_folder(&self, cache: &Path) -> PathBuf {
        let folders = self.file.as_ref().and_then(|_| folders());
        folders.map_or_else(|| cache.to_owned(), |it| it.data_dir().to_owned())
    }

    /// The file for recordings.
    pub(super) fn recordings_file(&self, cache: &Path) -> PathBuf {
        self.data_folder(cache).join("live.sqlite")
    }

    /// Where what is pasted becomes files.
    pub(super) fn pasted_folder(&self, cache: &Path) -> PathBuf {
        self.data_folder(cache).join("pasted")
    }

    /// Where packs are unpacked.
    pub(super) fn packs_folder(&self, cache: &Path) -> PathBuf {
        self.data_folder(cache).join("packs")
    }

    /// Where small pictures of projects are kept.
    pub(super) fn thumbnails_folder(&self, cache: &Path) -> PathBuf {
        self.data_folder(cache).join("thumbnails")
    }

    /// Where unsaved work is kept.
    pub(super) fn unsaved_folder(&self, cache: &Path) -> PathBuf {
        self.data_folder(cache).join("unsaved")
    }

    /// Where files lie that are only looked at and printed.
    pub(super) fn viewed_folder(&self, usual: &Path) -> PathBuf {
        let chosen = self.cache_folder.as_ref().map(|chosen| chosen.join("belfort-printed"));
        chosen.unwrap_or_else(|| usual.join("printed"))
    }

    /// What portals are to know of the settings.
    pub(super) fn portals(&self) -> PortalSettings {
        PortalSettings {
            language: self.spoken(),
            download_limit: u64::from(self.download_limit_mb) * 1_000_000,
            copies_limit: u64::from(self.copies_limit_mb) * 1_000_000,
            addresses: self.portal_addresses.clone(),
        }
    }

    /// The language to speak.
    pub fn spoken(&self) -> Language {
        self.language.unwrap_or_else(Language::of_system)
    }
}

fn folders() -> Option<directories::ProjectDirs> {
    directories::ProjectDirs::from("", "", "belfort")
}

/// Where things are kept: a message with what, and the folder.
pub(super) fn folders_of(settings: &Settings, cache: &Path) -> Vec<(&'static str, PathBuf)> {
    let mut found = Vec::new();
    let of_settings = settings.file.as_deref().and_then(Path::parent);
    found.extend(of_settings.map(|folder| ("app-about-folder-settings", folder.to_owned())));
    found.push(("app-about-folder-data", settings.data_folder(cache)));
    let of_cache = settings.cache_folder.as_deref().unwrap_or(cache);
    found.push(("app-about-folder-cache", of_cache.to_owned()));
    found
}

/// Where tiles and copies are kept; the system's temporary folder where there is no home.
pub(super) fn cache_folder() -> PathBuf {
    let home = folders().map(|folders| folders.cache_dir().to_owned());
    home.unwrap_or_else(|| std::env::temp_dir().join("belfort"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_survive_and_damage_gives_the_defaults() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("deep").join("settings.json");
        let mut settings = Settings { file: Some(file.clone()), ..Settings::default() };
        settings.language = Some(Language::Dutch);
        settings.theme = ThemeChoice::Dark;
        settings.proxy = Proxy::Address("http://proxy:8080".into());
        settings.panels.layers = Some(280.0);
        settings.units.area = crate::measure::AreaUnit::Hectares;
        for name in 0..20 {
            settings.opened(&folder.path().join(format!("{name}.csv")));
        }
        settings.opened(&folder.path().join("15.csv"));
        settings.save()?;
        assert_eq!(Settings::read(&file), settings);
        assert_eq!(settings.recent.len(), RECENT_KEPT);
        assert!(settings.recent[0].ends_with("15.csv") && settings.recent[1].ends_with("19.csv"));

        // What a newer version wrote stays.
        std::fs::write(&file, r#"{ "theme": "dark", "hologram": { "depth": 3 } }"#)?;
        let newer = Settings::read(&file);
        assert_eq!((newer.theme, newer.text_size), (ThemeChoice::Dark, 100));
        newer.save()?;
        let written: Value = serde_json::from_str(&std::fs::read_to_string(&file)?)?;
        assert_eq!(written["hologram"]["depth"], 3);

        // What an earlier version wrote is understood.
        for (kept, motion) in
            [("true", Motion::Reduced), ("false", Motion::System), ("\"full\"", Motion::Full)]
        {
            std::fs::write(&file, format!("{{ \"reducedMotion\": {kept} }}"))?;
            let read = Settings::read(&file);
            assert_eq!(read.reduced_motion, motion);
            read.save()?;
            assert_eq!(Settings::read(&file).reduced_motion, motion);
        }
        assert!(Motion::System.is_reduced(Some(true)) && !Motion::System.is_reduced(None));
        assert!(Motion::Reduced.is_reduced(Some(false)) && !Motion::Full.is_reduced(Some(true)));

        std::fs::write(&file, "{ \"theme\": \"pink\"")?;
        assert_eq!(
            Settings::read(&file),
            Settings { file: Some(file.clone()), ..Settings::default() }
        );
        Ok(())
    }
    #[test]
    fn the_text_size_steps_between_its_ends() {
        let mut settings = Settings::default();
        for _ in 0..20 {
            settings.text_size = settings.stepped(true);
        }
        assert_eq!(settings.text_size, 200);
        settings.text_size = 85;
        assert_eq!(settings.stepped(false), 80);
        settings.text_size = settings.stepped(true);
        assert_eq!(settings.text_size, 90);
    }
}
