//! A stream of events: followed from page to page, of each thing the newest version kept, or all.

use std::collections::{BTreeMap, HashSet, VecDeque};

use chrono::{DateTime, FixedOffset, Utc};
use oxrdf::NamedOrBlankNode;
use url::Url;

use super::ask::{Came, in_words, page};
use super::known::{KnownStream, known_stream};
use super::pages::PageStore;
use super::{LinkedAddress, Versions};
use crate::formats::ReadOptions;
use crate::i18n::{Language, Message, fold};
use crate::jobs::Watch;
use crate::linked::{
    Cell, Contexts, Event, Graph, Names, RDF_KINDS, StreamPage, Syntax, Unread, event, row,
    write_row,
};
use crate::portal::ask::{Asker, Question, host_of};
use crate::portal::error::{PortalError, Trouble};
use crate::portal::read::{Fetched, on_disk, read_as};
use crate::portal::receipt::Receipt;
use crate::portal::remote::Address;
use crate::portal::service::{Oddity, ServiceNotes};
use crate::portal::{ExportKind, Portals, Sink as _};

/// After so many pages something is wrong.
const MOST_PAGES: u64 = 500_000;

/// The most documents that explain the words of one stream.
const MOST_CONTEXTS: usize = 40;

/// The most bytes of such a document.
const LARGEST_CONTEXT: usize = 4 << 20;

/// A version of a thing: its row, and when it was made.
struct Version {
    time: Option<DateTime<FixedOffset>>,
    id: String,
    line: String,
}

/// All that came of a stream.
struct Gathered {
    /// The versions of each thing, the oldest first.
    things: BTreeMap<String, Vec<Version>>,
    pages: u64,
    /// Pages that were not asked for, because they were there.
    kept_pages: u64,
    bytes: u64,
    /// Bytes of rows.
    size: u64,
    members: HashSet<String>,
    superseded: u64,
    undated: u64,
    empty: u64,
    /// Members that are older than what is wanted, or in which the word does not stand.
    left_out: u64,
    /// How many members there are, as the first page says.
    said: Option<u64>,
    title: Option<String>,
    form: &'static str,
    oddities: Vec<Oddity>,
}

impl Portals {
    /// Follows a stream to its end, and keeps what it holds.
    pub(in crate::portal) fn fetch_stream(
        &self,
        address: &LinkedAddress,
        options: &ReadOptions,
        watch: &Watch,
    ) -> Result<Fetched, PortalError> {
        let host = address.host();
        let failed = |error| on_disk(&host, error);
        let settings = self.settings();
        let store = self.page_store();
        let begun = store.begin(address.base.as_str()).map_err(failed)?;
        let crawl = Crawl {
            asker: &self.asker,
            store: &store,
            begun,
            address,
            known: known_stream(&address.base),
            language: settings.language,
            limit: settings.download_limit,
            contexts: Contexts::default(),
        };
        let gathered = crawl.follow(watch).map_err(|error| in_words(error, &address.base))?;
        let mut copy = self.copies.begin().map_err(failed)?;
        for version in gathered.things.values().flatten() {
            copy.write(version.line.as_bytes()).map_err(failed)?;
        }
        let extension = ExportKind::JsonLines.extension();
        let tables = read_as(copy.path(), extension, options, &watch.unseen()).map_err(failed)?;
        let receipt = receipt(address, crawl.known, &gathered, &tables, settings.language);
        let kept = Address::Linked(address.clone());
        self.copies.keep(copy, extension, &kept, &receipt).map_err(failed)?;
        store.end(address.base.as_str());
        self.is_used(&kept);
        self.trim_copies();
        Ok(Fetched { tables, receipt })
    }
}

struct Crawl<'a> {
    asker: &'a Asker,
    store: &'a PageStore,
    /// A page that came since then is not asked for again.
    begun: DateTime<Utc>,
    address: &'a LinkedAddress,
    known: Option<&'static KnownStream>,
    language: Language,
    limit: u64,
    contexts: Contexts,
}

impl Crawl<'_> {
    fn follow(&self, watch: &Watch) -> Result<Gathered, PortalError> {
        let mut gathered = Gathered {
            things: BTreeMap::new(),
            pages: 0,
            kept_pages: 0,
            bytes: 0,
            size: 0,
            members: HashSet::new(),
            superseded: 0,
            undated: 0,
            empty: 0,
            left_out: 0,
            said: None,
            title: None,
            form: "",
            oddities: Vec::new(),
        };
        let mut names = Names::default();
        for own in ["id", "version", "time"] {
            // Columns of this program's own come first, and no property takes their names.
            names.of(&[own]);
        }
        let mut to_see = VecDeque::from([self.address.base.clone()]);
        let mut seen: HashSet<Url> = HashSet::from([self.address.base.clone()]);
        let mut from: HashSet<Url> = HashSet::new();
        let (mut time_path, mut version_path) = (None, None);
        while let Some(url) = to_see.pop_front() {
            if gathered.pages >= MOST_PAGES {
                gathered.note(Oddity::Loop);
                break;
            }
            let came = self.page(&url, &mut gathered, watch)?;
            if !from.insert(came.url.clone()) {
                // Another address of a page that came before.
                continue;
            }
            seen.insert(came.url.clone());
            gathered.pages += 1;
            let (graph, syntax) = self.read(&came, watch)?;
            gathered.form = syntax.name();
            let mut page = StreamPage::of(&graph, came.url.as_str());
            // What the stream says of itself may stand on one page only.
            time_path = page.time_path.take().or(time_path);
            version_path = page.version_path.take().or(version_path);
            (page.time_path, page.version_path) = (time_path.clone(), version_path.clone());
            gathered.title = gathered.title.take().or_else(|| page.title.clone());
            if gathered.pages == 1 && page.members.is_empty() && page.links.is_empty() {
                let what = Message::new("linked-error-no-stream");
                return Err(PortalError::told(self.address.host(), what, "linked-remedy-stream"));
            }
            self.take(&graph, &page, &mut names, &mut gathered)?;
            self.count(&page, &mut gathered, watch);
            for link in &page.links {
                if self
                    .address
                    .since
                    .is_some_and(|since| link.is_before(since, time_path.as_deref()))
                {
                    continue;
                }
                let Some(next) = self.next(&link.to, &mut gathered) else { continue };
                if seen.insert(next.clone()) {
                    to_see.push_back(next);
                }
            }
        }
        Ok(gathered)
    }

    /// A link as an address that is asked: at the server of the stream, whatever the page says.
    fn next(&self, to: &str, gathered: &mut Gathered) -> Option<Url> {
        let mut next = self.address.base.join(to).ok()?;
        next.set_fragment(None);
        let base = &self.address.base;
        if host_of(&next) != host_of(base) || next.scheme() != base.scheme() {
            gathered.note(Oddity::NextElsewhere(host_of(&next)));
            let there = next.set_scheme(base.scheme()).is_ok()
                && next.set_host(base.host_str()).is_ok()
                && next.set_port(base.port()).is_ok();
            return there.then_some(next);
        }
        Some(next)
    }

    /// How far it is: by what the first page says lies behind its links.
    fn count(&self, page: &StreamPage, gathered: &mut Gathered, watch: &Watch) {
        let done = u64::try_from(gathered.members.len()).unwrap_or(u64::MAX);
        if gathered.pages == 1 && self.address.since.is_none() {
            let left: Option<u64> = page.links.iter().map(|link| link.left).sum();
            gathered.said = left.map(|left| left.saturating_add(done));
            watch.set_total(gathered.said.unwrap_or(0));
        }
        watch.set_done(done);
    }

    /// A page: from those that are kept where it cannot have changed, or came a moment ago.
    fn page(&self, url: &Url, gathered: &mut Gathered, watch: &Watch) -> Result<Came, PortalError> {
        let kept = self.store.find(url);
        if let Some(kept) = &kept
            && (kept.came.is_immutable || kept.came_at >= self.begun)
        {
            gathered.kept_pages += 1;
            watch.check().map_err(|_| PortalError::new(host_of(url), Trouble::Cancelled))?;
            return Ok(kept.came.clone());
        }
        let etag = kept.as_ref().map_or("", |kept| kept.came.etag.as_str());
        let question = Question { url, accepted: RDF_KINDS, form: None, etag };
        let came = match (page(self.asker, &question, watch)?, kept) {
            (Some(came), _) => came,
            // It has not changed.
            (None, Some(kept)) => kept.came,
            (None, None) => return Err(PortalError::new(host_of(url), Trouble::CutOff(0))),
        };
        gathered.bytes =
            gathered.bytes.saturating_add(u64::try_from(came.bytes.len()).unwrap_or(u64::MAX));
        self.store.keep(url, &came).map_err(|error| on_disk(&host_of(url), error))?;
        Ok(came)
    }

    /// Reads a page, with the documents that explain its words.
    fn read(&self, came: &Came, watch: &Watch) -> Result<(Graph, Syntax), PortalError> {
        let host = host_of(&came.url);
        let Some(syntax) = Syntax::of(&came.kind, &came.bytes) else {
            let what = Message::new("portal-unexpected-page");
            return Err(PortalError::new(host, Trouble::Unexpected(what)));
        };
        loop {
            let read = Graph::read(&came.bytes, syntax, came.url.as_str(), &self.contexts);
            let bad = match read {
                Ok(graph) => return Ok((graph, syntax)),
                Err(Unread::NeedsContext(context)) => {
                    self.explain(&context, watch)?;
                    continue;
                }
                Err(Unread::Syntax(detail)) => Message::new("linked-unexpected-rdf")
                    .text("kind", syntax.name())
                    .text("detail", detail),
                Err(Unread::TooLarge) => Message::new("portal-unexpected-size"),
            };
            return Err(PortalError::new(host, Trouble::Unexpected(bad)));
        }
    }

    /// Fetches a document that explains words; it is kept with the pages.
    fn explain(&self, context: &str, watch: &Watch) -> Result<(), PortalError> {
        let host = self.address.host();
        let failed = |detail: String| {
            let what = Message::new("linked-error-context").text("context", context);
            PortalError::told(&host, what.text("detail", detail), "linked-remedy-context")
        };
        let url = LinkedAddress::base_of(context).ok_or_else(|| failed(String::new()))?;
        if self.contexts.len() >= MOST_CONTEXTS {
            return Err(failed(format!("> {MOST_CONTEXTS}")));
        }
        let kept = self.store.find(&url);
        let etag = kept.as_ref().map_or("", |kept| kept.came.etag.as_str());
        let is_fresh =
            |came_at: DateTime<Utc>| came_at >= self.begun || (Utc::now() - came_at).num_days() < 7;
        if let Some(kept) = kept.as_ref().filter(|kept| is_fresh(kept.came_at)) {
            self.contexts.add(context, kept.came.bytes.clone());
            return Ok(());
        }
        let accepted = "application/ld+json, application/json;q=0.9, */*;q=0.1";
        let question = Question { url: &url, accepted, form: None, etag };
        let came = match (page(self.asker, &question, watch), kept) {
            (Ok(Some(came)), _) => came,
            (Err(error), _) if error.is_cancelled() => return Err(error),
            // It has not changed; and an old one explains better than none.
            (Ok(None) | Err(_), Some(kept)) => kept.came,
            (Err(error), None) => return Err(failed(error.what().in_language(self.language))),
            (Ok(None), None) => return Err(failed(String::new())),
        };
        if came.bytes.len() > LARGEST_CONTEXT {
            return Err(failed(format!("> {} MB", LARGEST_CONTEXT >> 20)));
        }
        self.store.keep(&url, &came).map_err(|error| on_disk(&host_of(&url), error))?;
        self.contexts.add(context, came.bytes);
        Ok(())
    }

    /// Takes the members of a page.
    fn take(
        &self,
        graph: &Graph,
        page: &StreamPage,
        names: &mut Names,
        gathered: &mut Gathered,
    ) -> Result<(), PortalError> {
        let members: HashSet<&NamedOrBlankNode> = page.members.iter().collect();
        let is_row = |thing: &NamedOrBlankNode| members.contains(thing);
        let wanted = fold(&self.address.search);
        for member in &page.members {
            let event = event(graph, member, page);
            if !gathered.members.insert(event.id.clone()) {
                continue;
            }
            if graph.about(member).is_empty() {
                gathered.empty += 1;
                continue;
            }
            let is_old = self.address.since.zip(event.time).is_some_and(|(since, at)| at < since);
            let shape = self.known.and_then(|known| known.shape.as_ref());
            let cells: Vec<(String, Option<Cell>)> = if let Some(shape) = shape {
                shape.row(graph, member)
            } else {
                let row = row(graph, member, names, self.language.code(), &is_row);
                row.into_iter().map(|(name, cell)| (name, Some(cell))).collect()
            };
            let has_word = wanted.is_empty()
                || cells
                    .iter()
                    .filter_map(|(_, cell)| cell.as_ref())
                    .any(|cell| matches!(cell, Cell::Text(text) if fold(text).contains(&wanted)));
            if is_old || !has_word {
                gathered.left_out += 1;
                continue;
            }
            gathered.undated += u64::from(event.time.is_none());
            gathered.add(event, &cells, self.address.versions);
            if gathered.size > self.limit {
                let host = self.address.host();
                return Err(PortalError::new(host, Trouble::TooLarge(self.limit)));
            }
        }
        Ok(())
    }
}

impl Gathered {
    fn note(&mut self, oddity: Oddity) {
        if !self.oddities.contains(&oddity) {
            self.oddities.push(oddity);
        }
    }

    fn add(&mut self, event: Event, cells: &[(String, Option<Cell>)], versions: Versions) {
        let own = |text: String| Some(Cell::Text(text));
        let time = event.time.map(|at| at.to_utc().format("%Y-%m-%dT%H:%M:%S%.fZ").to_string());
        let own = [
            ("id", own(event.thing.clone())),
            ("version", own(event.id.clone())),
            ("time", time.map(Cell::Text)),
        ];
        let mut line = String::new();
        let own = own.iter().map(|(name, cell)| (*name, cell.as_ref()));
        let cells = cells.iter().map(|(name, cell)| (name.as_str(), cell.as_ref()));
        // What a thing is called says more than its address.
        write_row(&mut line, cells.chain(own));
        let Event { thing, id, time } = event;
        let known = self.things.entry(thing).or_default();
        let size = |line: &str| u64::try_from(line.len()).unwrap_or(u64::MAX);
        self.size = self.size.saturating_add(size(&line));
        let version = Version { time, id, line };
        // By moment, then by name: the same whichever page came first.
        let is_before = |a: &Version, b: &Version| (a.time, &a.id) < (b.time, &b.id);
        let at = known.partition_point(|other| is_before(other, &version));
        known.insert(at, version);
        if versions == Versions::Newest && known.len() > 1 {
            let old = known.remove(0);
            self.size = self.size.saturating_sub(size(&old.line));
            self.superseded += 1;
        }
    }
}

fn receipt(
    address: &LinkedAddress,
    known: Option<&KnownStream>,
    gathered: &Gathered,
    tables: &[crate::table::Table],
    language: Language,
) -> Receipt {
    let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let rows = gathered.things.values().map(Vec::len).sum();
    let members = count(gathered.members.len());
    let mut oddities = gathered.oddities.clone();
    let counted: [(u64, fn(u64) -> Oddity); 3] = [
        (gathered.superseded, Oddity::Superseded),
        (gathered.undated, Oddity::Undated),
        (gathered.empty, Oddity::Empty),
    ];
    oddities.extend(counted.into_iter().filter(|(it, _)| *it > 0).map(|(it, make)| make(it)));
    if let Some(said) = gathered.said.filter(|said| *said != members) {
        oddities.push(Oddity::Members(said, members));
    }
    let title = known.map(|known| known.name.get(language).to_owned());
    let title = Some(address.name.clone()).filter(|name| !name.is_empty()).or(title);
    let title = title.or_else(|| gathered.title.clone()).unwrap_or_else(|| address.name());
    let text = |get: fn(&KnownStream) -> &String| known.map(get).cloned().unwrap_or_default();
    let places = tables.first().and_then(|table| table.geometry.as_ref());
    let is_part = address.since.is_some() || !address.search.is_empty();
    let (host, url) = (address.host(), address.base.to_string());
    Receipt {
        title,
        records_written: count(rows),
        without_geometry: places.map(|places| count(places.missing())),
        records_whole: is_part.then_some(members),
        bytes: gathered.bytes,
        licence: text(|known| &known.licence),
        licence_url: text(|known| &known.licence_url),
        attribution: text(|known| &known.publisher),
        service: Some(ServiceNotes {
            protocol: address.kind.name().to_owned(),
            output: gathered.form.to_owned(),
            pages: gathered.pages,
            oddities,
            ..ServiceNotes::default()
        }),
        ..Receipt::begun(address, host, address.name(), url)
    }
}
