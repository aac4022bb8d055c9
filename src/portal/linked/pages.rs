//! Pages of streams, kept on disk: those that never change are asked for once, and a stream that
//! was cut off goes on with those that came.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};
use url::Url;

use super::ask::Came;
use crate::formats::AtomicFile;
use crate::portal::copies::hex;
use crate::problem::FileError;

/// The most bytes of all pages together.
const MOST: u64 = 1_000_000_000;

/// A stream that was cut off longer ago than this begins anew.
const FORGOTTEN: Duration = Duration::from_hours(24);

/// The folder of pages.
#[derive(Clone, Debug)]
pub(in crate::portal) struct PageStore {
    folder: PathBuf,
}

/// What is known of a page, beside its bytes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct About {
    url: String,
    /// Where it came from in the end.
    from: String,
    kind: String,
    etag: String,
    is_immutable: bool,
    /// The SHA-256 of its bytes, in hexadecimal.
    object: String,
    #[serde(with = "crate::portal::moments::utc")]
    came_at: DateTime<Utc>,
}

/// A page that is kept.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct KeptPage {
    pub came: Came,
    pub came_at: DateTime<Utc>,
}

impl PageStore {
    /// The pages in a folder, which is made when the first one is.
    pub fn new(folder: PathBuf) -> PageStore {
        PageStore { folder }
    }

    fn place(&self, url: &Url) -> PathBuf {
        let name = hex(digest(&SHA256, url.as_str().as_bytes()).as_ref());
        self.folder.join(name.get(..2).unwrap_or("00")).join(name)
    }

    /// A page that is kept whole; one that was damaged is none.
    pub(super) fn find(&self, url: &Url) -> Option<KeptPage> {
        let place = self.place(url);
        let about: About =
            serde_json::from_slice(&fs::read(place.with_extension("json")).ok()?).ok()?;
        let bytes = fs::read(place.with_extension("page")).ok()?;
        let is_whole =
            about.url == url.as_str() && hex(digest(&SHA256, &bytes).as_ref()) == about.object;
        if !is_whole {
            return None;
        }
        touch(&place.with_extension("page"));
        let About { from, kind, etag, is_immutable, came_at, .. } = about;
        let url = from.parse().ok()?;
        Some(KeptPage { came: Came { bytes, kind, url, etag, is_immutable }, came_at })
    }

    /// Keeps a page.
    pub(super) fn keep(&self, url: &Url, came: &Came) -> Result<(), FileError> {
        let place = self.place(url);
        let about = About {
            url: url.to_string(),
            from: came.url.to_string(),
            kind: came.kind.clone(),
            etag: came.etag.clone(),
            // Where an address leads to may change, even if what is there does not.
            is_immutable: came.is_immutable && came.url == *url,
            object: hex(digest(&SHA256, &came.bytes).as_ref()),
            came_at: Utc::now(),
        };
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder).map_err(|error| FileError::io(folder, &error))?;
        }
        let about = serde_json::to_vec(&about)
            .map_err(|error| FileError::io(&place, &std::io::Error::other(error.to_string())))?;
        // Its bytes first: without what is known of them they are no page.
        write(&place.with_extension("page"), &came.bytes)?;
        write(&place.with_extension("json"), &about)
    }

    fn mark(&self, address: &str) -> PathBuf {
        let name = hex(digest(&SHA256, address.as_bytes()).as_ref());
        self.folder.join(format!("under-way-{name}"))
    }

    /// Begins to follow a stream: answers since when pages of it count as fetched, which is long
    /// ago where it was cut off before.
    pub(super) fn begin(&self, address: &str) -> Result<DateTime<Utc>, FileError> {
        let mark = self.mark(address);
        let begun = fs::read_to_string(&mark).ok().and_then(|text| text.trim().parse().ok());
        let is_fresh =
            |begun: &DateTime<Utc>| (Utc::now() - *begun).to_std().is_ok_and(|age| age < FORGOTTEN);
        if let Some(begun) = begun.filter(is_fresh) {
            return Ok(begun);
        }
        fs::create_dir_all(&self.folder).map_err(|error| FileError::io(&self.folder, &error))?;
        let now = Utc::now();
        write(&mark, now.to_rfc3339().as_bytes())?;
        Ok(now)
    }

    /// The stream was followed to its end.
    pub(super) fn end(&self, address: &str) {
        let mark = self.mark(address);
        if let Err(error) = fs::remove_file(&mark) {
            log::debug!("{}: {error}", mark.display());
        }
        self.trim(MOST);
    }

    /// Throws away the pages used longest ago, until the rest takes no more room than this.
    fn trim(&self, most: u64) {
        let folders = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let files = folders.flat_map(|folder| fs::read_dir(folder.path()).into_iter().flatten());
        let mut pages: Vec<(SystemTime, u64, PathBuf)> = files
            .flatten()
            .filter(|file| file.path().extension().is_some_and(|it| it == "page"))
            .filter_map(|file| {
                let about = file.metadata().ok()?;
                Some((about.modified().ok()?, about.len(), file.path()))
            })
            .collect();
        pages.sort_by_key(|(used, ..)| std::cmp::Reverse(*used));
        let mut size = 0_u64;
        for (_, bytes, path) in pages {
            size = size.saturating_add(bytes);
            if size > most {
                let gone = fs::remove_file(path.with_extension("json"));
                if let Err(error) = gone.and_then(|()| fs::remove_file(&path)) {
                    log::warn!("{}: {error}", path.display());
                }
            }
        }
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let mut out = AtomicFile::create(path)?;
    out.write_all(bytes)?;
    out.commit()
}

/// Remembers that a page was used now.
fn touch(path: &Path) {
    let file = fs::File::options().append(true).open(path);
    if let Err(error) = file.and_then(|file| file.set_modified(SystemTime::now())) {
        log::debug!("{}: {error}", path.display());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn came(url: &Url, text: &str) -> Came {
        Came {
            bytes: text.as_bytes().to_vec(),
            kind: "text/turtle".into(),
            url: url.clone(),
            etag: "\"1\"".into(),
            is_immutable: true,
        }
    }

    #[test]
    fn a_page_is_found_again_unless_it_was_damaged() {
        let folder = tempfile::tempdir().unwrap();
        let store = PageStore::new(folder.path().join("pages"));
        let url: Url = "https://x.be/s?page=1".parse().unwrap();
        assert_eq!(store.find(&url), None);
        store.keep(&url, &came(&url, "<a> <b> <c> .")).unwrap();
        assert_eq!(store.find(&url).unwrap().came, came(&url, "<a> <b> <c> ."));
        // The same page by way of another address may be another one tomorrow.
        let first: Url = "https://x.be/s".parse().unwrap();
        store.keep(&first, &came(&url, "x")).unwrap();
        assert!(!store.find(&first).unwrap().came.is_immutable);
        fs::write(store.place(&url).with_extension("page"), "<a>").unwrap();
        assert_eq!(store.find(&url), None);
    }

    #[test]
    fn a_stream_that_was_cut_off_goes_on_until_it_ends() {
        let folder = tempfile::tempdir().unwrap();
        let store = PageStore::new(folder.path().to_owned());
        let begun = store.begin("ldes:a").unwrap();
        assert_eq!(store.begin("ldes:a").unwrap().timestamp(), begun.timestamp());
        let long_ago = Utc::now() - chrono::TimeDelta::days(2);
        fs::write(store.mark("ldes:a"), long_ago.to_rfc3339()).unwrap();
        assert!(store.begin("ldes:a").unwrap() > long_ago + chrono::TimeDelta::days(1));
        store.end("ldes:a");
        assert!(!store.mark("ldes:a").exists());
    }

    #[test]
    fn the_pages_used_longest_ago_go_first() {
        let folder = tempfile::tempdir().unwrap();
        let store = PageStore::new(folder.path().to_owned());
        let urls: Vec<Url> =
            (0..3).map(|at| format!("https://x.be/{at}").parse().unwrap()).collect();
        for (url, age) in urls.iter().zip([30, 10, 20]) {
            store.keep(url, &came(url, "0123456789")).unwrap();
            let path = store.place(url).with_extension("page");
            let file = fs::File::options().append(true).open(path).unwrap();
            file.set_modified(SystemTime::now() - Duration::from_secs(age)).unwrap();
        }
        store.trim(20);
        let left: Vec<bool> =
            urls.iter().map(|url| store.place(url).with_extension("page").exists()).collect();
        assert_eq!(left, [false, true, true]);
    }
}
