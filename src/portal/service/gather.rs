//! Pages of features become one file: each feature once, in the order they came, while what comes
//! is counted and compared with what the server says.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use url::Url;

use super::gml::{self, GmlPage};
use super::notes::Oddity;
use super::xml;
use crate::formats::decode;
use crate::formats::geojson::{self, NotAPage};
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::portal::Sink;
use crate::portal::ask::Asker;
use crate::portal::body::text as header;
use crate::portal::error::{PortalError, Trouble};
use crate::problem::FileError;

/// The most bytes of a page, which is held in memory: a heavier one is asked for in smaller parts.
pub(super) const HEAVIEST: u64 = 192 << 20;

/// What a GeoJSON file begins with.
const GEOJSON: &[u8] = b"{\"type\":\"FeatureCollection\",\"features\":[\n";

/// How features are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    GeoJson,
    Gml,
}

impl Form {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Form::GeoJson => "GeoJSON",
            Form::Gml => "GML",
        }
    }

    /// The extension of a file.
    pub fn extension(self) -> &'static str {
        match self {
            Form::GeoJson => "geojson",
            Form::Gml => "gml",
        }
    }

    fn accepted(self) -> &'static str {
        match self {
            Form::GeoJson => "application/geo+json, application/json;q=0.9, */*;q=0.1",
            Form::Gml => "*/*",
        }
    }
}

/// What a page brought.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Came {
    /// How many features were on it.
    pub features: u64,
    /// How many of them had not come before.
    pub fresh: u64,
    /// How many there are in all, as this page says.
    pub matched: Option<u64>,
    /// The address of the next page, as it stands there.
    pub next: Option<String>,
    /// Where the page came from in the end.
    pub url: Url,
}

/// Puts pages together.
pub(super) struct Gatherer<'a> {
    sink: &'a mut dyn Sink,
    form: Form,
    /// The most bytes in all.
    limit: u64,
    /// What the root of the first page of GML was called, and declares.
    root: String,
    declared: Vec<(String, String)>,
    /// By the hash of its identifier: the hash of the feature, and its page.
    seen: HashMap<u64, (u64, u64)>,
    pages_seen: HashSet<u64>,
    /// Whether identifiers tell features apart; none before the first page.
    has_ids: Option<bool>,
    crs: Option<String>,
    /// The system that a server said the coordinates are in, beside the data.
    pub content_crs: Option<String>,
    pub pages: u64,
    /// Features in the file.
    pub kept: u64,
    /// Bytes that came.
    pub bytes: u64,
    matched: Option<u64>,
    has_changed: bool,
    /// The next page holds all that came before, among more.
    holds_all: bool,
    doubles: u64,
    same_ids: u64,
    returned: u64,
    replaced: u64,
}

/// Why a page could not be taken.
enum Bad {
    Page(NotAPage),
    File(FileError),
}

impl From<NotAPage> for Bad {
    fn from(error: NotAPage) -> Bad {
        Bad::Page(error)
    }
}

impl From<FileError> for Bad {
    fn from(error: FileError) -> Bad {
        Bad::File(error)
    }
}

/// A page taken apart, whatever its form.
struct Parts<'a> {
    features: Vec<(Cow<'a, str>, Option<String>)>,
    matched: Option<u64>,
    returned: Option<u64>,
    next: Option<String>,
}

impl<'a> Gatherer<'a> {
    /// Begins a file.
    pub fn new(sink: &'a mut dyn Sink, form: Form, limit: u64) -> Result<Gatherer<'a>, FileError> {
        sink.restart()?;
        if form == Form::GeoJson {
            sink.write(GEOJSON)?;
        }
        Ok(Gatherer {
            sink,
            form,
            limit,
            root: String::new(),
            declared: Vec::new(),
            seen: HashMap::new(),
            pages_seen: HashSet::new(),
            has_ids: None,
            crs: None,
            content_crs: None,
            pages: 0,
            kept: 0,
            bytes: 0,
            matched: None,
            has_changed: false,
            holds_all: false,
            doubles: 0,
            same_ids: 0,
            returned: 0,
            replaced: 0,
        })
    }

    /// Asks for a page as often as it makes sense, and takes it.
    pub fn page(&mut self, asker: &Asker, url: &Url, watch: &Watch) -> Result<Came, PortalError> {
        asker.again(url, watch, || {
            let left = self.limit.saturating_sub(self.bytes);
            let mut body = asker.once_for(url, self.form.accepted(), left.min(HEAVIEST), watch)?;
            let bytes = body.all(watch).map_err(|error| match error.trouble {
                Trouble::TooLarge(_) if left <= HEAVIEST => {
                    PortalError::new(error.host, Trouble::TooLarge(self.limit))
                }
                _ => error,
            })?;
            let came = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            let kind = header(&body.headers, "content-type").to_lowercase();
            let said =
                header(&body.headers, "content-crs").trim_matches(['<', '>', ' ']).to_owned();
            let at = body.url.clone().unwrap_or_else(|| url.clone());
            let taken = self.take(bytes, at);
            let taken = taken.map_err(|bad| body.error(trouble(bad, came, &kind)))?;
            self.bytes = self.bytes.saturating_add(came);
            if self.content_crs.is_none() && !said.is_empty() {
                self.content_crs = Some(said);
            }
            watch.set_done(self.kept);
            Ok(taken)
        })
    }

    /// The next page is one that should hold everything: what came before comes again, which is
    /// no fault of anybody.
    pub fn expects_all(&mut self) {
        self.holds_all = true;
    }

    /// Begins the file anew, with the same root.
    fn start_over(&mut self) -> Result<(), FileError> {
        self.sink.restart()?;
        self.kept = 0;
        match self.form {
            Form::GeoJson => self.sink.write(GEOJSON),
            Form::Gml => self.sink.write(gml::head(&self.root, &self.declared).as_bytes()),
        }
    }

    fn take(&mut self, bytes: Vec<u8>, url: Url) -> Result<Came, Bad> {
        match self.form {
            Form::GeoJson => {
                let decoded = decode(&bytes, None);
                drop(bytes);
                if decoded.text.trim_start().starts_with('<')
                    && let Some(said) = xml::exception(decoded.text.as_bytes())
                {
                    return Err(NotAPage::Other(said).into());
                }
                let page = geojson::page(&decoded.text)?;
                if self.crs.is_none() {
                    self.crs = page.crs.map(str::to_owned);
                }
                let features = page.features.into_iter();
                let features = features.map(|it| (Cow::Borrowed(it.text), it.id)).collect();
                let parts = Parts {
                    features,
                    matched: page.matched,
                    returned: page.returned,
                    next: page.next,
                };
                self.replaced = self.replaced.saturating_add(decoded.replaced);
                self.add(parts, url)
            }
            Form::Gml => {
                let text = xml::decoded(&bytes);
                drop(bytes);
                let page = gml::page(&text)?;
                let attributes = self.begin(&page)?;
                let features = page.members.iter().map(|it| (it.with(&attributes), it.id.clone()));
                let parts = Parts {
                    features: features.collect(),
                    matched: page.matched,
                    returned: page.returned,
                    next: None,
                };
                self.add(parts, url)
            }
        }
    }

    /// Writes the root of a GML document, if this page is the first; gives what it declares
    /// otherwise than the first did.
    fn begin(&mut self, page: &GmlPage<'_>) -> Result<String, FileError> {
        if self.root.is_empty() {
            (self.root, self.declared) = (page.root.clone(), page.declared.clone());
            self.sink.write(gml::head(&self.root, &self.declared).as_bytes())?;
        }
        Ok(page.missing_in(&self.declared))
    }

    fn add(&mut self, parts: Parts<'_>, url: Url) -> Result<Came, Bad> {
        self.pages += 1;
        let features = as_u64(parts.features.len());
        if parts.returned.is_some_and(|said| said != features) {
            self.returned += 1;
        }
        if let Some(matched) = parts.matched {
            self.has_changed |= self.matched.is_some_and(|before| before != matched);
            self.matched = Some(matched);
        }
        if self.has_ids.is_none() && features > 0 {
            let ids: HashSet<&str> =
                parts.features.iter().filter_map(|(_, id)| id.as_deref()).collect();
            self.has_ids = Some(ids.len() * 2 > parts.features.len());
        }
        let fresh = if self.has_ids == Some(true) {
            self.add_by_id(&parts)?
        } else {
            self.add_as_page(&parts)?
        };
        Ok(Came { features, fresh, matched: parts.matched, next: parts.next, url })
    }

    /// Writes the features of a page but those that came before.
    fn add_by_id(&mut self, parts: &Parts<'_>) -> Result<u64, FileError> {
        let (mut fresh, mut doubles) = (0, 0);
        for (text, id) in &parts.features {
            let Some(id) = id else {
                self.write(text)?;
                fresh += 1;
                continue;
            };
            let content = hash(text.as_ref());
            match self.seen.get(&hash(id)) {
                None => {
                    self.seen.insert(hash(id), (content, self.pages));
                    fresh += 1;
                }
                Some((before, page)) if *before == content && *page < self.pages => {
                    doubles += 1;
                    continue;
                }
                // Another feature, or another state of the same: nothing is thrown away.
                Some(_) => self.same_ids += 1,
            }
            self.write(text)?;
        }
        // A page that brings nothing else is another fault than pages that overlap.
        if fresh > 0 && !self.holds_all {
            self.doubles += doubles;
        }
        Ok(fresh)
    }

    /// Writes the features of a page, unless just such a page came before.
    fn add_as_page(&mut self, parts: &Parts<'_>) -> Result<u64, FileError> {
        let texts: Vec<&str> = parts.features.iter().map(|(text, _)| text.as_ref()).collect();
        if texts.is_empty() || !self.pages_seen.insert(hash(&texts)) {
            return Ok(0);
        }
        if self.holds_all {
            if as_u64(texts.len()) <= self.kept {
                return Ok(0);
            }
            self.start_over()?;
        }
        for text in &texts {
            self.write(text)?;
        }
        Ok(as_u64(texts.len()))
    }

    fn write(&mut self, feature: &str) -> Result<(), FileError> {
        if self.kept > 0 {
            self.sink.write(if self.form == Form::GeoJson { b",\n" } else { b"\n" })?;
        }
        self.kept += 1;
        self.sink.write(feature.as_bytes())
    }

    /// Ends the file; gives what was odd.
    pub fn finish(self) -> Result<Gathered, FileError> {
        match (self.form, &self.crs) {
            (Form::GeoJson, None) => self.sink.write(b"\n]}\n")?,
            (Form::GeoJson, Some(crs)) => {
                self.sink.write(format!("\n],\"crs\":{crs}}}\n").as_bytes())?;
            }
            (Form::Gml, _) if self.root.is_empty() => {
                self.sink
                    .write(b"<FeatureCollection xmlns=\"http://www.opengis.net/wfs/2.0\"/>\n")?;
            }
            (Form::Gml, _) => self.sink.write(format!("\n</{}>\n", self.root).as_bytes())?,
        }
        let counted = [
            (self.doubles, Oddity::Doubles as fn(u64) -> Oddity),
            (self.same_ids, Oddity::SameIds),
            (self.returned, Oddity::Returned),
            (self.replaced, Oddity::Replaced),
        ];
        let counted = counted.into_iter().filter(|(count, _)| *count > 0);
        let mut oddities: Vec<Oddity> = counted.map(|(count, oddity)| oddity(count)).collect();
        if self.has_changed {
            oddities.push(Oddity::Changed);
        }
        Ok(Gathered {
            form: self.form,
            url: String::new(),
            pages: self.pages,
            kept: self.kept,
            bytes: self.bytes,
            matched: self.matched,
            content_crs: self.content_crs,
            oddities,
        })
    }
}

/// All that came of a layer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Gathered {
    pub form: Form,
    /// The address of the first page.
    pub url: String,
    pub pages: u64,
    /// Features in the file.
    pub kept: u64,
    /// Bytes that came.
    pub bytes: u64,
    /// How many features there are, as the last page that said so has it.
    pub matched: Option<u64>,
    /// The system that the server said the coordinates are in, beside the data.
    pub content_crs: Option<String>,
    pub oddities: Vec<Oddity>,
}

impl Gathered {
    /// Adds something odd, once.
    pub fn note(&mut self, oddity: Oddity) {
        if !self.oddities.contains(&oddity) {
            self.oddities.push(oddity);
        }
    }
}

fn trouble(bad: Bad, came: u64, content_type: &str) -> Trouble {
    let bad = match bad {
        Bad::File(error) => return Trouble::File(Box::new(error)),
        Bad::Page(bad) => bad,
    };
    match bad {
        NotAPage::Cut => Trouble::CutOff(came),
        NotAPage::Other(said) if !said.is_empty() => Trouble::BadQuestion(said),
        NotAPage::Other(_) => Trouble::Unexpected(Message::new("service-unexpected-shape")),
        NotAPage::NotJson(_) if content_type.contains("html") => {
            Trouble::Unexpected(Message::new("portal-unexpected-page"))
        }
        NotAPage::NotJson(what) if what.id == "service-bad-xml" => Trouble::Unexpected(what),
        NotAPage::NotJson(what) => {
            Trouble::Unexpected(Message::new("portal-unexpected-json").message("detail", what))
        }
    }
}

fn hash<T: Hash + ?Sized>(thing: &T) -> u64 {
    let mut hasher = DefaultHasher::new();
    thing.hash(&mut hasher);
    hasher.finish()
}

fn as_u64(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
