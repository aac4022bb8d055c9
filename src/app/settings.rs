//! What the program remembers between sessions: a small JSON file, and where it lies.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::formats::AtomicFile;
use crate::i18n::Language;
use crate::map::GPU_BUDGET;
use crate::problem::FileError;

/// How many recently opened files are remembered.
const RECENT_KEPT: usize = 10;

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
    /// Whether basemaps come from the cache alone, without asking their servers.
    pub work_offline: bool,
    /// How much geometry of layers the graphics card keeps, megabytes.
    pub gpu_memory_mb: u32,
    /// The window's inner size in points.
    pub window: Option<[f32; 2]>,
    /// Files and projects opened, the last one first.
    pub recent: Vec<PathBuf>,
    /// The file these settings are kept in; none in tests and where there is no home.
    #[serde(skip)]
    pub file: Option<PathBuf>,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            language: None,
            theme: ThemeChoice::System,
            show_layers: true,
            show_details: true,
            show_table: false,
            show_overview: false,
            fold_overview: false,
            work_offline: false,
            gpu_memory_mb: u32::try_from(GPU_BUDGET >> 20).unwrap_or(512),
            window: None,
            recent: Vec::new(),
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

    /// The language to speak.
    pub fn spoken(&self) -> Language {
        self.language.unwrap_or_else(Language::of_system)
    }
}

fn folders() -> Option<directories::ProjectDirs> {
    directories::ProjectDirs::from("", "", "belfort")
}

/// Where tiles are kept; the system's temporary folder where there is no home.
pub(super) fn tile_cache() -> PathBuf {
    let home = folders().map(|folders| folders.cache_dir().join("tiles"));
    home.unwrap_or_else(|| std::env::temp_dir().join("belfort-tiles"))
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
        for name in 0..20 {
            settings.opened(&folder.path().join(format!("{name}.csv")));
        }
        settings.opened(&folder.path().join("15.csv"));
        settings.save()?;
        assert_eq!(Settings::read(&file), settings);
        assert_eq!(settings.recent.len(), RECENT_KEPT);
        assert!(settings.recent[0].ends_with("15.csv") && settings.recent[1].ends_with("19.csv"));

        std::fs::write(&file, "{ \"theme\": \"pink\"")?;
        assert_eq!(
            Settings::read(&file),
            Settings { file: Some(file.clone()), ..Settings::default() }
        );
        Ok(())
    }
}
