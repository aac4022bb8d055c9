//! Services, a folder for copies, and the client between them; and what its tables should hold.

use std::path::{Path, PathBuf};
use std::time::Duration;

use belfort::formats::ReadOptions;
use belfort::i18n::Language;
use belfort::jobs::Watch;
use belfort::network::{Network, Proxy};
use belfort::portal::{
    Found, FromPortal, Opened, Patience, PortalSettings, Portals, Receipt, Service, Wanted,
};
use belfort::problem::FileError;
use belfort::table::Table;

use crate::fake_services::{FakeServices, Layer, Place, city};

/// Short times, so that what takes a minute takes a moment; long enough for a busy machine.
pub fn patience() -> Patience {
    Patience {
        silence: Duration::from_secs(3),
        tries: 3,
        first_wait: Duration::from_millis(10),
        longest_wait: Duration::from_secs(5),
        trickle: 2_000,
        trickle_time: Duration::from_millis(400),
    }
}

pub struct World {
    pub services: FakeServices,
    pub portals: Portals,
    folder: tempfile::TempDir,
}

impl World {
    pub fn new() -> World {
        let folder = tempfile::tempdir().unwrap();
        let portals = client(folder.path(), false);
        World { services: FakeServices::start(), portals, folder }
    }

    /// The program begins anew, with the copies it kept.
    pub fn restart(&mut self, offline: bool) {
        self.portals = client(self.folder.path(), offline);
    }

    pub fn limit(&self, download_limit: u64) {
        let settings = self.portals.settings();
        self.portals.set_settings(PortalSettings { download_limit, ..settings });
    }

    /// `wfs:http://…/geo/wfs?typeNames=stad:bomen`, and the like for others.
    pub fn wfs(&self, path: &str, layer: &str) -> String {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let and = if query.is_empty() { "" } else { "&" };
        let query = query.replace('/', "%2F");
        format!("wfs:{}{path}?{query}{and}typeNames=stad%3A{layer}", self.services.address())
    }

    pub fn api(&self, path: &str, layer: &str) -> String {
        format!("ogcapi:{}{path}/collections/{layer}", self.services.address())
    }

    pub fn read(&self, address: &str, wanted: Wanted) -> Result<Opened, FileError> {
        self.portals.read(address, wanted, &ReadOptions::default(), &Watch::unwatched())
    }

    #[track_caller]
    pub fn good(&self, address: &str) -> (Table, Receipt) {
        let opened = self.read(address, Wanted::Fetched);
        let opened = opened.unwrap_or_else(|error| panic!("{address}: {error}"));
        (opened.table, opened.from_portal.unwrap().receipt)
    }

    /// What a person is told, in Dutch and in English.
    #[track_caller]
    pub fn refusal(&self, address: &str) -> [String; 2] {
        let error = self.read(address, Wanted::Fetched).map(|it| it.table.rows()).unwrap_err();
        both(&error)
    }

    #[track_caller]
    pub fn service(&self, path: &str) -> Service {
        match self.look(path) {
            Ok(Found::Service(service)) => *service,
            other => panic!("{path}: {other:?}"),
        }
    }

    pub fn look(&self, path: &str) -> Result<Found, FileError> {
        self.portals.look(&self.services.at(path), &Watch::unwatched())
    }

    /// The files below the folder of copies.
    pub fn files(&self) -> Vec<PathBuf> {
        fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
            for entry in std::fs::read_dir(folder).into_iter().flatten().map(Result::unwrap) {
                if entry.path().is_dir() {
                    walk(&entry.path(), found);
                } else {
                    found.push(entry.path());
                }
            }
        }
        let mut found = Vec::new();
        walk(self.folder.path(), &mut found);
        found
    }
}

pub fn both(error: &FileError) -> [String; 2] {
    let texts = [error.text(Language::Dutch), error.text(Language::English)];
    for text in &texts {
        for raw in ["service-", "portal-", "problem-", "\u{2068}"] {
            assert!(!text.contains(raw), "{text}");
        }
    }
    texts
}

fn client(folder: &Path, offline: bool) -> Portals {
    let network = Network { proxy: Proxy::None, offline };
    let settings = PortalSettings::usual(Language::Dutch);
    Portals::patiently(folder.to_owned(), network, settings, patience())
}

pub fn layer(name: &str) -> &'static Layer {
    city().iter().find(|layer| layer.name == name).unwrap()
}

/// The problems of a table, as the ids of their messages; but that rows have no place, as made.
pub fn problems(table: &Table) -> Vec<&'static str> {
    for problem in &table.origin.problems {
        for language in Language::ALL {
            let text = problem.text(language);
            assert!(!text.contains("problem-") && text.len() > 10, "{text}");
        }
    }
    let ids = table.origin.problems.iter().map(|problem| problem.id);
    ids.filter(|id| *id != "problem-no-geometry").collect()
}

/// Rows as texts, in the order of their numbers: those of a table.
pub fn told(table: &Table) -> Vec<String> {
    let field = |name: &str| table.field_index(name).unwrap_or_else(|| panic!("no field {name}"));
    let fields = ["nr", "soort", "code", "hoogte", "geplant"].map(field);
    let swapped = table.crs.as_ref().is_some_and(|crs| crs.swapped);
    let mut rows: Vec<(u64, String)> = (0..table.rows())
        .map(|row| {
            let texts = fields.map(|at| table.value(row, at).to_data_text());
            let place = table.geometry.as_ref().map(|column| {
                let turn = |[x, y]: &[f64; 2]| if swapped { [*y, *x] } else { [*x, *y] };
                column.row(row).xy().iter().map(turn).collect::<Vec<_>>()
            });
            let place = place.unwrap_or_default();
            (texts[0].parse().unwrap(), format!("{} {place:?}", texts.join("|")))
        })
        .collect();
    rows.sort();
    rows.into_iter().map(|(_, text)| text).collect()
}

/// The same rows as they were made up.
pub fn made(layer: &Layer, degrees: bool) -> Vec<String> {
    let row = |row: &crate::fake_services::Row| {
        let place = match &row.place {
            Place::Point(lon_lat, lambert) => vec![if degrees { *lon_lat } else { *lambert }],
            Place::Area(lon_lat, lambert) => {
                if degrees {
                    lon_lat.clone()
                } else {
                    lambert.clone()
                }
            }
            Place::None => Vec::new(),
        };
        let height = row.height.map(|it| it.to_string()).unwrap_or_default();
        format!("{}|{}|{}|{height}|{} {place:?}", row.number, row.kind, row.code, row.planted)
    };
    layer.rows.iter().map(row).collect()
}

/// What freshness a table has, for messages of tests.
pub fn freshness(opened: &Opened) -> String {
    opened
        .from_portal
        .as_ref()
        .map_or_else(String::new, |FromPortal { freshness, .. }| format!("{freshness:?}"))
}
