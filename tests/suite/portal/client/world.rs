//! A portal, a folder for copies, and the client between them.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use belfort::formats::ReadOptions;
use belfort::i18n::Language;
use belfort::jobs::Watch;
use belfort::network::{Network, Proxy};
use belfort::portal::{
    Freshness, FromPortal, Opened, Patience, PortalInfo, PortalSettings, Portals, Wanted, portal,
};
use belfort::problem::FileError;

use crate::fake_portal::FakePortal;

pub const LIMIT: u64 = 100_000_000;

/// Short times, so that what takes a minute takes a moment; long enough for a busy machine.
pub fn patience() -> Patience {
    Patience {
        silence: Duration::from_secs(2),
        tries: 3,
        first_wait: Duration::from_millis(10),
        longest_wait: Duration::from_secs(5),
        trickle: 2_000,
        trickle_time: Duration::from_millis(400),
    }
}

pub struct World {
    pub portal: FakePortal,
    pub portals: Portals,
    folder: tempfile::TempDir,
}

impl World {
    pub fn new() -> World {
        World::patient(patience())
    }

    pub fn patient(patience: Patience) -> World {
        let folder = tempfile::tempdir().unwrap();
        let portals = client(folder.path().join("copies"), patience);
        World { portal: FakePortal::start(), portals, folder }
    }

    /// The program begins anew, with the copies it kept.
    pub fn restart(&mut self) {
        self.portals = client(self.folder.path().join("copies"), patience());
    }

    pub fn info(&self) -> PortalInfo {
        portal(self.portal.address()).unwrap()
    }

    pub fn address(&self, layer: &str) -> String {
        format!("portal:{}/{layer}", self.portal.address())
    }

    pub fn host(&self) -> &str {
        self.portal.address().strip_prefix("http://").unwrap()
    }

    pub fn read(&self, layer: &str, wanted: Wanted) -> Result<Opened, FileError> {
        let (options, watch) = (ReadOptions::default(), Watch::unwatched());
        self.portals.read(&self.address(layer), wanted, &options, &watch)
    }

    #[track_caller]
    pub fn good(&self, layer: &str, wanted: Wanted) -> (belfort::table::Table, FromPortal) {
        let opened = self.read(layer, wanted).unwrap_or_else(|error| panic!("{layer}: {error}"));
        (opened.table, opened.from_portal.unwrap())
    }

    /// What a person is told, in Dutch and in English.
    #[track_caller]
    pub fn refusal(&self, layer: &str, wanted: Wanted) -> [String; 2] {
        let error = self.read(layer, wanted).map(|opened| opened.table.rows()).unwrap_err();
        [error.text(Language::Dutch), error.text(Language::English)]
    }

    /// The files below the folder of copies, but for the notes of what was asked when.
    pub fn files(&self) -> BTreeSet<PathBuf> {
        fn walk(folder: &std::path::Path, found: &mut BTreeSet<PathBuf>) {
            for entry in std::fs::read_dir(folder).into_iter().flatten().map(Result::unwrap) {
                if entry.path().is_dir() {
                    walk(&entry.path(), found);
                } else if entry.file_name() != "asked.json" {
                    found.insert(entry.path());
                }
            }
        }
        let mut found = BTreeSet::new();
        walk(self.folder.path(), &mut found);
        found
    }

    /// The files of data: every one has a receipt, and is whole.
    #[track_caller]
    pub fn data(&self) -> Vec<PathBuf> {
        let is_data = |path: &PathBuf| !path.components().any(|it| it.as_os_str() == "receipts");
        let data: Vec<PathBuf> = self.files().into_iter().filter(is_data).collect();
        for path in &data {
            let bytes = std::fs::read(path).unwrap();
            let digest = ring::digest::digest(&ring::digest::SHA256, &bytes);
            let name = path.file_stem().unwrap().to_str().unwrap();
            let told =
                (0..name.len()).step_by(2).map(|at| u8::from_str_radix(&name[at..at + 2], 16));
            let told: Vec<u8> = told.map(Result::unwrap).collect();
            assert_eq!(digest.as_ref(), told, "a half file");
        }
        data
    }
}

fn client(folder: PathBuf, patience: Patience) -> Portals {
    let network = Network { proxy: Proxy::None, ..Network::default() };
    let settings =
        PortalSettings { download_limit: LIMIT, ..PortalSettings::usual(Language::Dutch) };
    Portals::patiently(folder, network, settings, patience)
}

/// What a person is told of why the copy was taken, in Dutch and in English.
#[track_caller]
pub fn why_kept(from: &FromPortal) -> [String; 2] {
    let Freshness::OutOfReach(error) = &from.freshness else { panic!("{:?}", from.freshness) };
    Language::ALL.map(|language| error.what().in_language(language))
}
