//! An endpoint that answers a question in SPARQL: counted, asked a page at a time, and compared.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use url::Url;

use super::LinkedAddress;
use super::ask::{in_words, page};
use crate::formats::ReadOptions;
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::linked::{Answer, BadAnswer, BadQuestion, Question, RESULT_KINDS, read_answer};
use crate::portal::ask::{Asker, Question as Asked};
use crate::portal::copies::NewCopy;
use crate::portal::error::{PortalError, Trouble};
use crate::portal::read::{Fetched, on_disk, read_as};
use crate::portal::receipt::Receipt;
use crate::portal::remote::Address;
use crate::portal::service::{Oddity, ServiceNotes, is_refusal};
use crate::portal::{ExportKind, Portals, Sink as _};
use crate::problem::FileError;

/// How often a question whose answer changes while it comes is asked.
const TIMES: u32 = 3;

/// How many answers are asked for at a time. Endpoints that give fewer are asked for more pages; no more
/// than this are asked for in one go, without an order, which some put on so many at most (Virtuoso).
const AT_ONCE: u64 = 5_000;

/// After so many pages something is wrong.
const MOST_PAGES: u64 = 50_000;

/// A question longer than this goes as a form: servers take no longer addresses.
const LONGEST_ADDRESS: usize = 4_000;

/// What came of a question.
struct Came {
    kept: u64,
    pages: u64,
    bytes: u64,
    form: &'static str,
    oddities: Vec<Oddity>,
}

/// An endpoint and a question to it.
struct Endpoint<'a> {
    asker: &'a Asker,
    base: &'a Url,
    question: Question,
}

impl Portals {
    /// Asks a question to its end, and keeps the answer.
    pub(in crate::portal) fn fetch_sparql(
        &self,
        address: &LinkedAddress,
        options: &ReadOptions,
        watch: &Watch,
    ) -> Result<Fetched, PortalError> {
        let answer = self.answer_of(address, options, watch);
        answer.map_err(|error| in_words(error, &address.base))
    }

    fn answer_of(
        &self,
        address: &LinkedAddress,
        options: &ReadOptions,
        watch: &Watch,
    ) -> Result<Fetched, PortalError> {
        let host = address.host();
        let failed = |error| on_disk(&host, error);
        let question = Question::read(&address.query).map_err(|bad| {
            let id = match bad {
                BadQuestion::Empty => "linked-error-no-question",
                BadQuestion::NoRows => "linked-error-no-rows",
            };
            PortalError::told(&*host, Message::new(id), "linked-remedy-select")
        })?;
        let endpoint = Endpoint { asker: &self.asker, base: &address.base, question };
        let limit = self.settings().download_limit;
        let mut times = 1;
        let (copy, came, said) = loop {
            let before = endpoint.count(watch)?;
            watch.set_total(before.unwrap_or(0));
            let mut copy = self.copies.begin().map_err(failed)?;
            let came = endpoint.gather(before, &mut copy, limit, watch)?;
            if before.is_none_or(|before| before == came.kept) {
                break (copy, came, before);
            }
            let after = endpoint.count(watch)?;
            if after != before && times < TIMES {
                log::info!("{host}: the answer changed while it came");
                times += 1;
                continue;
            }
            let range = before.zip(after.or(before));
            let said = range.map(|(one, other)| came.kept.clamp(one.min(other), one.max(other)));
            break (copy, came, said);
        };
        let extension = ExportKind::JsonLines.extension();
        let tables = read_as(copy.path(), extension, options, &watch.unseen());
        let tables = tables.map_err(failed)?;
        let receipt = receipt(address, &came, said, &tables);
        let kept = Address::Linked(address.clone());
        self.copies.keep(copy, extension, &kept, &receipt).map_err(failed)?;
        self.is_used(&kept);
        self.trim_copies();
        Ok(Fetched { tables, receipt })
    }
}

fn receipt(
    address: &LinkedAddress,
    came: &Came,
    said: Option<u64>,
    tables: &[crate::table::Table],
) -> Receipt {
    let places = tables.first().and_then(|table| table.geometry.as_ref());
    let (host, url) = (address.host(), address.base.to_string());
    Receipt {
        records_portal: said,
        records_written: came.kept,
        without_geometry: places.map(|places| u64::try_from(places.missing()).unwrap_or(u64::MAX)),
        bytes: came.bytes,
        attribution: address.host(),
        service: Some(ServiceNotes {
            protocol: address.kind.name().to_owned(),
            output: came.form.to_owned(),
            pages: came.pages,
            oddities: came.oddities.clone(),
            ..ServiceNotes::default()
        }),
        ..Receipt::begun(address, host, address.name(), url)
    }
}

impl Endpoint<'_> {
    /// How many answers there are; none where the endpoint does not say.
    fn count(&self, watch: &Watch) -> Result<Option<u64>, PortalError> {
        let Some(text) = self.question.count() else { return Ok(None) };
        match self.ask(&text, watch) {
            Ok((answer, _)) => Ok(answer.first.and_then(|text| text.trim().parse().ok())),
            Err(error) if is_refusal(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Asks a question; gives the answer and its size in bytes.
    fn ask(&self, text: &str, watch: &Watch) -> Result<(Answer, u64), PortalError> {
        let mut url = self.base.clone();
        url.query_pairs_mut().append_pair("query", text);
        let is_long = url.as_str().len() > LONGEST_ADDRESS;
        let form = is_long.then(|| {
            let mut form = url::form_urlencoded::Serializer::new(String::new());
            form.append_pair("query", text).finish()
        });
        let asked = Asked {
            url: if is_long { self.base } else { &url },
            accepted: RESULT_KINDS,
            form: form.as_deref(),
            etag: "",
        };
        let host = crate::portal::ask::host_of(self.base);
        let mut tries = 0;
        loop {
            let came = page(self.asker, &asked, watch)?;
            let Some(came) = came else {
                return Err(PortalError::new(host, Trouble::CutOff(0)));
            };
            let size = u64::try_from(came.bytes.len()).unwrap_or(u64::MAX);
            match read_answer(&came.bytes, &came.kind) {
                Ok(answer) => return Ok((answer, size)),
                // An answer that breaks off is asked for once more.
                Err(BadAnswer::Broken(_)) if tries < 1 => tries += 1,
                Err(bad) => return Err(PortalError::new(host, unusable(bad, &came.bytes))),
            }
        }
    }

    /// Asks for all answers, and writes them.
    fn gather(
        &self,
        expected: Option<u64>,
        copy: &mut NewCopy,
        limit: u64,
        watch: &Watch,
    ) -> Result<Came, PortalError> {
        let failed = |error| PortalError::new(self.host(), Trouble::File(Box::new(error)));
        copy.restart().map_err(failed)?;
        let is_small = expected.is_some_and(|count| count <= AT_ONCE);
        if is_small || !self.question.has_pages() {
            let (answer, bytes) = self.ask(self.question.text(), watch)?;
            let is_whole = expected.is_none_or(|expected| answer.rows >= expected);
            if is_whole || !self.question.has_pages() {
                write(copy, &answer).map_err(failed)?;
                watch.set_done(answer.rows);
                let mut oddities = Vec::new();
                if let Some(most) = self.question.limit()
                    && answer.rows < most
                    && expected.is_some_and(|expected| answer.rows < expected)
                {
                    oddities.push(Oddity::Capped(answer.rows));
                }
                let (kept, form) = (answer.rows, answer.form);
                return Ok(Came { kept, pages: 1, bytes, form, oddities });
            }
            // The endpoint gives no more at a time: it is asked for pages.
        }
        match self.pages(true, expected, copy, limit, watch) {
            Err(error) if is_refusal(&error) => {
                // Putting so many in order is too much for some.
                let mut came = self.pages(false, expected, copy, limit, watch)?;
                if came.pages > 2 && !self.question.is_ordered() {
                    came.oddities.push(Oddity::Unordered);
                }
                Ok(came)
            }
            other => other,
        }
    }

    fn pages(
        &self,
        in_order: bool,
        expected: Option<u64>,
        copy: &mut NewCopy,
        limit: u64,
        watch: &Watch,
    ) -> Result<Came, PortalError> {
        let failed = |error| PortalError::new(self.host(), Trouble::File(Box::new(error)));
        copy.restart().map_err(failed)?;
        let mut came =
            Came { kept: 0, pages: 0, bytes: 0, form: "SPARQL JSON", oddities: Vec::new() };
        let mut seen = HashSet::new();
        while came.pages < MOST_PAGES {
            let Some(text) = self.question.page(came.kept, AT_ONCE, in_order) else { break };
            let (answer, bytes) = self.ask(&text, watch)?;
            came.pages += 1;
            came.form = answer.form;
            came.bytes = came.bytes.saturating_add(bytes);
            if came.bytes > limit {
                return Err(PortalError::new(self.host(), Trouble::TooLarge(limit)));
            }
            if answer.rows == 0 {
                break;
            }
            let mut hasher = DefaultHasher::new();
            answer.lines.hash(&mut hasher);
            if !seen.insert(hasher.finish()) && answer.rows > 1 {
                // Whatever page is asked for, the same one comes.
                came.oddities.push(Oddity::NoPages);
                break;
            }
            write(copy, &answer).map_err(failed)?;
            came.kept += answer.rows;
            watch.set_done(came.kept);
            if expected.is_some_and(|expected| came.kept >= expected) {
                break;
            }
        }
        Ok(came)
    }

    fn host(&self) -> String {
        crate::portal::ask::host_of(self.base)
    }
}

fn write(copy: &mut NewCopy, answer: &Answer) -> Result<(), FileError> {
    crate::portal::Sink::write(copy, answer.lines.as_bytes())
}

fn unusable(bad: BadAnswer, bytes: &[u8]) -> Trouble {
    match bad {
        BadAnswer::Flag => Trouble::Service(
            Message::new("linked-error-no-rows"),
            Message::new("linked-remedy-select"),
        ),
        BadAnswer::Page => match crate::portal::refusal::in_text(&String::from_utf8_lossy(bytes)) {
            Some(said) => Trouble::BadQuestion(said),
            None => Trouble::Unexpected(Message::new("portal-unexpected-page")),
        },
        BadAnswer::Broken(detail) => {
            Trouble::Unexpected(Message::new("linked-unexpected-answer").text("detail", detail))
        }
    }
}
