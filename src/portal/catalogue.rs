//! A portal's whole catalogue: fetched once, kept on disk, searched here.
//!
//! Searched here it answers at each letter, without a question to the portal, and offline too.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::dataset::Dataset;
use super::error::{PortalError, Trouble};
use super::{PortalInfo, Portals, Search, plain_text};
use crate::formats::AtomicFile;
use crate::i18n::{Language, fold};
use crate::jobs::Watch;
use crate::problem::FileError;

/// The most datasets a catalogue is fetched with, page by page.
const MOST: u64 = 9_900;

/// The datasets of a portal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Catalogue {
    /// When it was fetched.
    #[serde(with = "super::moments::utc")]
    pub fetched_at: DateTime<Utc>,
    /// How many datasets the portal says it has.
    pub total: u64,
    /// How many of them make no sense.
    pub unreadable: u64,
    /// The datasets.
    pub datasets: Vec<Dataset>,
    /// What is searched in, beside each dataset.
    #[serde(skip)]
    searched: Vec<Searched>,
}

/// The texts of a dataset without regard to case and accents.
#[derive(Clone, Debug, PartialEq)]
struct Searched {
    title: String,
    words: String,
    description: String,
}

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CatalogueFilter {
    /// Words; all of them must be somewhere in a dataset's texts.
    pub text: String,
    /// Only of these themes; empty for any.
    pub themes: Vec<String>,
    /// Only of these publishers; empty for any.
    pub publishers: Vec<String>,
    /// Only with these keywords; empty for any.
    pub keywords: Vec<String>,
    /// Only datasets with a place.
    pub with_geometry: bool,
    /// Only datasets changed on this day or later.
    pub updated_since: Option<NaiveDate>,
    /// What comes first.
    pub sort: CatalogueSort,
}

impl CatalogueFilter {
    /// Whether anything but the text and the order is asked.
    pub fn is_narrowed(&self) -> bool {
        let CatalogueFilter { themes, publishers, keywords, with_geometry, updated_since, .. } =
            self;
        !themes.is_empty()
            || !publishers.is_empty()
            || !keywords.is_empty()
            || *with_geometry
            || updated_since.is_some()
    }
}

/// In which order datasets are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CatalogueSort {
    /// What fits the words best; without words by title.
    #[default]
    Best,
    /// By title.
    Title,
    /// What was changed last first.
    Modified,
    /// What has most records first.
    Records,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CatalogueAnswer {
    /// Positions in [`Catalogue::datasets`], in the order asked for.
    pub found: Vec<usize>,
    /// Themes and how many of the datasets found under the other conditions have them.
    pub themes: Vec<(String, usize)>,
    /// The same of publishers.
    pub publishers: Vec<(String, usize)>,
    /// The same of keywords.
    pub keywords: Vec<(String, usize)>,
}

impl Catalogue {
    fn ready(mut self) -> Catalogue {
        let searched = |dataset: &Dataset| {
            let fields = dataset.fields.iter().flat_map(|field| [&*field.name, &*field.label]);
            let lists = dataset.keywords.iter().chain(&dataset.themes).map(String::as_str);
            let all: Vec<&str> = [&*dataset.id, &*dataset.publisher]
                .into_iter()
                .chain(lists)
                .chain(fields)
                .collect();
            Searched {
                title: format!(" {}", fold(&dataset.title)),
                words: format!(" {}", fold(&all.join(" ")).replace(['-', '_'], " ")),
                description: fold(&plain_text(&dataset.description)),
            }
        };
        self.searched = self.datasets.iter().map(searched).collect();
        self
    }

    /// A dataset by its identifier.
    pub fn dataset(&self, id: &str) -> Option<&Dataset> {
        self.datasets.iter().find(|dataset| dataset.id == id)
    }

    /// Finds datasets.
    pub fn find(&self, filter: &CatalogueFilter) -> CatalogueAnswer {
        let text = fold(&filter.text);
        let words: Vec<&str> = text
            .split(|letter: char| letter.is_whitespace() || matches!(letter, '-' | '_'))
            .filter(|word| !word.is_empty())
            .collect();
        let has_any = |wanted: &[String], theirs: &[String]| {
            wanted.is_empty() || wanted.iter().any(|one| theirs.contains(one))
        };
        let mut answer = CatalogueAnswer::default();
        let mut ranked = Vec::new();
        let [mut themes, mut publishers, mut keywords] =
            [const { BTreeMap::<&str, usize>::new() }; 3];
        for (at, (dataset, searched)) in self.datasets.iter().zip(&self.searched).enumerate() {
            let Some(rank) = rank(searched, &words) else { continue };
            let is_recent = filter.updated_since.is_none_or(|day| {
                dataset.modified.is_some_and(|modified| modified.date_naive() >= day)
            });
            if !is_recent || (filter.with_geometry && !dataset.has_place()) {
                continue;
            }
            let theme = has_any(&filter.themes, &dataset.themes);
            let publisher = has_any(&filter.publishers, std::slice::from_ref(&dataset.publisher));
            let keyword = has_any(&filter.keywords, &dataset.keywords);
            // A list of choices counts what each of its choices would give.
            if publisher && keyword {
                dataset.themes.iter().for_each(|it| *themes.entry(it).or_default() += 1);
            }
            if theme && keyword && !dataset.publisher.is_empty() {
                *publishers.entry(&dataset.publisher).or_default() += 1;
            }
            if theme && publisher {
                dataset.keywords.iter().for_each(|it| *keywords.entry(it).or_default() += 1);
            }
            if theme && publisher && keyword {
                ranked.push((rank, at));
            }
        }
        self.sort(&mut ranked, filter.sort);
        answer.found = ranked.into_iter().map(|(_, at)| at).collect();
        answer.themes = most_first(themes);
        answer.publishers = most_first(publishers);
        answer.keywords = most_first(keywords);
        answer
    }

    fn sort(&self, ranked: &mut [(u32, usize)], sort: CatalogueSort) {
        let title = |at: usize| self.searched.get(at).map_or("", |searched| &*searched.title);
        ranked.sort_by(|(one, first), (two, second)| {
            let by_title = || title(*first).cmp(title(*second));
            let of = |at: usize| self.datasets.get(at);
            match sort {
                CatalogueSort::Best => one.cmp(two).then_with(by_title),
                CatalogueSort::Title => by_title(),
                CatalogueSort::Modified => {
                    let when = |at| of(at).and_then(|dataset| dataset.modified);
                    when(*second).cmp(&when(*first)).then_with(by_title)
                }
                CatalogueSort::Records => {
                    let records = |at| of(at).and_then(|dataset| dataset.records);
                    records(*second).cmp(&records(*first)).then_with(by_title)
                }
            }
        });
    }
}

/// How well a dataset fits words, 0 best; none where one of them is nowhere.
fn rank(searched: &Searched, words: &[&str]) -> Option<u32> {
    let mut rank = 0;
    for word in words {
        let begins = |text: &str| {
            text.match_indices(word).any(|(at, _)| {
                text.get(..at).is_some_and(|before| !before.ends_with(char::is_alphanumeric))
            })
        };
        rank += if begins(&searched.title) {
            0
        } else if searched.title.contains(word) {
            1
        } else if begins(&searched.words) {
            2
        } else if searched.words.contains(word) {
            3
        } else if searched.description.contains(word) {
            4
        } else {
            return None;
        };
    }
    Some(rank)
}

fn most_first(counts: BTreeMap<&str, usize>) -> Vec<(String, usize)> {
    let mut list: Vec<(String, usize)> =
        counts.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
    list.sort_by_cached_key(|(name, count)| (std::cmp::Reverse(*count), fold(name)));
    list
}

impl Portals {
    /// The catalogue kept of a portal, if there is one.
    pub fn kept_catalogue(&self, portal: &PortalInfo) -> Option<Catalogue> {
        let path = self.catalogue_path(portal, self.settings().language);
        let text = fs::read_to_string(&path).ok()?;
        match serde_json::from_str::<Catalogue>(&text) {
            Ok(catalogue) => Some(catalogue.ready()),
            Err(error) => {
                log::warn!("{}: {error}", path.display());
                None
            }
        }
    }

    /// Fetches the whole catalogue of a portal, and keeps it.
    ///
    /// # Errors
    /// When the portal gives no answer, or the catalogue cannot be written.
    pub fn fetch_catalogue(
        &self,
        portal: &PortalInfo,
        watch: &Watch,
    ) -> Result<Catalogue, PortalError> {
        let language = self.settings().language;
        let asked = self.ask(portal);
        let mut catalogue = Catalogue {
            fetched_at: Utc::now(),
            total: 0,
            unreadable: 0,
            datasets: Vec::new(),
            searched: Vec::new(),
        };
        let mut seen = 0;
        loop {
            let offset = u32::try_from(seen).unwrap_or(u32::MAX);
            let search = Search { limit: 100, offset, ..Search::default() };
            let page = asked.search(&search, watch)?;
            catalogue.total = page.total;
            catalogue.unreadable += page.unreadable;
            let came = u64::try_from(page.datasets.len()).unwrap_or(u64::MAX);
            seen += came + page.unreadable;
            watch.set_total(page.total.max(1));
            watch.set_done(seen);
            catalogue.datasets.extend(page.datasets);
            if came == 0 || seen >= page.total.min(MOST) {
                break;
            }
        }
        // Pages are asked one after another: what was moved meanwhile may come twice.
        let mut known = std::collections::HashSet::new();
        catalogue.datasets.retain(|dataset| known.insert(dataset.id.clone()));
        let path = self.catalogue_path(portal, language);
        write(&path, &catalogue)
            .map_err(|error| PortalError::new(portal.host(), Trouble::File(Box::new(error))))?;
        Ok(catalogue.ready())
    }

    fn catalogue_path(&self, portal: &PortalInfo, language: Language) -> PathBuf {
        let host = super::copies::file_name(portal.host());
        let name = format!("{host}.{}.json", language.code());
        self.copies().folder().join("catalogues").join(name)
    }
}

fn write(path: &std::path::Path, catalogue: &Catalogue) -> Result<(), FileError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| FileError::io(folder, &error))?;
    }
    let text = serde_json::to_string(catalogue)
        .map_err(|error| FileError::io(path, &std::io::Error::other(error.to_string())))?;
    let mut out = AtomicFile::create(path)?;
    out.write_all(text.as_bytes())?;
    out.commit()
}

#[cfg(test)]
mod tests {
    use super::super::dataset::{DatasetField, DatasetFieldKind};
    use super::*;

    fn dataset(id: &str, title: &str, theme: &str, publisher: &str, day: &str) -> Dataset {
        let place = DatasetField { kind: DatasetFieldKind::GeoPoint, ..DatasetField::default() };
        Dataset {
            id: id.into(),
            title: title.into(),
            themes: vec![theme.into()],
            publisher: publisher.into(),
            modified: DateTime::parse_from_rfc3339(&format!("{day}T12:00:00Z")).ok(),
            fields: if theme == "Bevolking" { Vec::new() } else { vec![place] },
            records: u64::try_from(title.len()).ok(),
            ..Dataset::default()
        }
    }

    fn catalogue() -> Catalogue {
        let datasets = vec![
            dataset("bomen-gent", "Bomen", "Natuur", "Groendienst", "2025-03-01"),
            dataset("parken-gent", "Parken in Gent", "Natuur", "Groendienst", "2026-03-01"),
            dataset("ref-2025", "Référentiel", "Bevolking", "Stad Gent", "2024-01-01"),
            Dataset {
                description: "<p>Waar staan de bomen?</p>".into(),
                ..dataset("straten-gent", "Straten", "Mobiliteit", "IVA", "2026-11-01")
            },
        ];
        Catalogue { fetched_at: Utc::now(), total: 4, unreadable: 0, datasets, searched: vec![] }
            .ready()
    }

    fn found(filter: &CatalogueFilter) -> Vec<String> {
        let catalogue = catalogue();
        let answer = catalogue.find(filter);
        answer.found.iter().map(|at| catalogue.datasets[*at].id.clone()).collect()
    }

    #[test]
    fn words_are_found_in_titles_first_and_without_accents() {
        let text = |text: &str| CatalogueFilter { text: text.into(), ..Default::default() };
        assert_eq!(found(&text("bomen")), ["bomen-gent", "straten-gent"]);
        assert_eq!(found(&text("referentiel")), ["ref-2025"]);
        assert_eq!(found(&text("PARK gen")), ["parken-gent"]);
        assert_eq!(found(&text("groendienst-natuur")), ["bomen-gent", "parken-gent"]);
        assert!(found(&text("zeppelin")).is_empty());
    }

    #[test]
    fn choices_narrow_and_are_counted_under_the_others() {
        let mut filter = CatalogueFilter { with_geometry: true, ..Default::default() };
        assert_eq!(found(&filter), ["bomen-gent", "parken-gent", "straten-gent"]);
        filter.themes = vec!["Natuur".into()];
        filter.sort = CatalogueSort::Modified;
        assert_eq!(found(&filter), ["parken-gent", "bomen-gent"]);
        let answer = catalogue().find(&filter);
        assert_eq!(answer.themes, [("Natuur".to_owned(), 2), ("Mobiliteit".to_owned(), 1)]);
        assert_eq!(answer.publishers, [("Groendienst".to_owned(), 2)]);
        filter.updated_since = NaiveDate::from_ymd_opt(2026, 1, 1);
        assert_eq!(found(&filter), ["parken-gent"]);
        assert!(filter.is_narrowed());
    }
}
