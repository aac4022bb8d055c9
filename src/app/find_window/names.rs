//! Names and coordinates, looked up by jobs: an index for each table, made once, and an answer for
//! each text typed.

use std::sync::Arc;

use crate::app::derived::Same;
use crate::app::keyed::Keyed;
use crate::app::session::Session;
use crate::find::{Found, NameIndex, Place, Query, SHARED, places};
use crate::jobs::{Cancelled, Job, Watch};
use crate::project::LayerId;
use crate::table::Table;

/// How many names of a layer are shown.
pub(super) const FEW: usize = 6;

/// How many when the person asks for more.
const MANY: usize = 200;

/// With fewer answers than this, names that are nearly what was typed are offered too.
const TOO_FEW: usize = 3;

/// How much of a name is shown, bytes.
const TITLE_BYTES: usize = 200;

/// The names of a table, being collected or there.
struct Indexed {
    table: Same<Table>,
    index: Keyed<Same<Table>, Arc<NameIndex>>,
}

/// A layer whose names are known.
#[derive(Clone, PartialEq)]
struct Known {
    layer: LayerId,
    table: Same<Table>,
    index: Same<NameIndex>,
}

/// What an answer follows from.
#[derive(Clone, PartialEq)]
struct Question {
    text: String,
    known: Vec<Known>,
    /// The layer of which more is wanted.
    more_of: Option<LayerId>,
}

/// A name that answers.
#[derive(Clone)]
pub(super) struct NameAnswer {
    pub title: String,
    pub found: Found,
    /// How many rows have the name.
    pub rows: usize,
    /// The name of the column, for names that rows share.
    pub column: Option<String>,
}

/// The names of one layer that answer, the best first.
#[derive(Clone)]
pub(super) struct LayerAnswer {
    pub layer: LayerId,
    pub index: Arc<NameIndex>,
    pub best: Vec<NameAnswer>,
    /// How many there are in all.
    pub count: usize,
}

/// What was found.
#[derive(Clone, Default)]
pub(super) struct Answers {
    pub places: Vec<Place>,
    /// The layer with the best first.
    pub names: Vec<LayerAnswer>,
    /// Names that are nearly what was typed.
    pub near: Vec<LayerAnswer>,
}

/// Keeps the indexes and the last answer.
#[derive(Default)]
pub(super) struct Finder {
    indexed: Vec<Indexed>,
    answers: Keyed<Question, Result<Arc<Answers>, Cancelled>>,
}

impl Finder {
    /// Starts what is missing for a text and takes what is done.
    pub fn update(&mut self, session: &Session, text: &str, more_of: Option<LayerId>) {
        let document = session.document();
        let loaded: Vec<(LayerId, Same<Table>)> = document
            .layers
            .iter()
            .filter_map(|layer| Some((layer.id, Same(session.loaded(layer)?.table.clone()))))
            .collect();
        self.indexed.retain(|one| loaded.iter().any(|(_, table)| *table == one.table));
        for (_, table) in &loaded {
            if !self.indexed.iter().any(|one| one.table == *table) {
                self.indexed.push(Indexed { table: table.clone(), index: Keyed::default() });
            }
        }
        for one in &mut self.indexed {
            let wake = session.wake.clone();
            one.index.want(one.table.clone(), |table| {
                let table = table.0.clone();
                Job::start(
                    "names",
                    move || wake(),
                    move |watch| {
                        // Cancelled only when nobody wants it any more.
                        Arc::new(NameIndex::build(&table, watch).unwrap_or_default())
                    },
                )
            });
        }
        if text.trim().is_empty() {
            self.answers.forget();
            return;
        }
        let known = loaded.into_iter().filter_map(|(layer, table)| {
            let one = self.indexed.iter().find(|one| one.table == table)?;
            let index = Same(one.index.latest()?.clone());
            Some(Known { layer, table, index })
        });
        let question = Question { text: text.to_owned(), known: known.collect(), more_of };
        let wake = session.wake.clone();
        let language = session.language;
        self.answers.want(question, |question| {
            let question = question.clone();
            Job::start(
                "find",
                move || wake(),
                move |watch| answer(&question, language, watch).map(Arc::new),
            )
        });
    }

    /// Nothing is being looked for: work under way ends. The indexes of tables that are still
    /// shown stay.
    pub fn rest(&mut self, session: &Session) {
        self.answers.forget();
        let layers = &session.document().layers;
        self.indexed.retain(|one| {
            let tables = layers.iter().filter_map(|layer| session.loaded(layer));
            tables.into_iter().any(|loaded| Arc::ptr_eq(&loaded.table, &one.table.0))
        });
    }

    /// The last answer, perhaps still to an earlier text.
    pub fn answers(&self) -> Option<&Arc<Answers>> {
        self.answers.latest()?.as_ref().ok()
    }

    /// Whether an answer is being looked for.
    pub fn is_searching(&self) -> bool {
        self.answers.job().is_some()
    }

    /// Whether names are being collected.
    pub fn is_collecting(&self) -> bool {
        self.indexed.iter().any(|one| one.index.job().is_some())
    }
}

fn answer(
    question: &Question,
    language: crate::i18n::Language,
    watch: &Watch,
) -> Result<Answers, Cancelled> {
    let mut answers = Answers { places: places(&question.text), ..Answers::default() };
    let Some(query) = Query::new(&question.text) else { return Ok(answers) };
    let title = |known: &Known, found: &Found| {
        let rows = known.index.0.rows(found.name);
        let naming = known.index.0.naming(found.name)?;
        let value = known.table.0.value(*rows.first()? as usize, naming.column);
        let title = value.shortened(TITLE_BYTES).0.in_language(language);
        let field = known.table.0.fields.get(naming.column);
        let column = field.filter(|_| naming.weight == SHARED).map(|field| field.name.clone());
        // On one line, however it is written in the file.
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(NameAnswer { title, found: *found, rows: rows.len(), column })
    };
    let search = |is_near: bool| -> Result<Vec<LayerAnswer>, Cancelled> {
        let mut all = Vec::new();
        for known in &question.known {
            let index = &known.index.0;
            let most = if question.more_of == Some(known.layer) { MANY } else { FEW };
            let matches = if is_near {
                index.search_near(&query, most, watch)?
            } else {
                index.search(&query, most, watch)?
            };
            if matches.best.is_empty() {
                continue;
            }
            let best = matches.best.iter().filter_map(|found| title(known, found)).collect();
            let (layer, count) = (known.layer, matches.count);
            all.push(LayerAnswer { layer, index: index.clone(), best, count });
        }
        // Sorting keeps layers that answer equally well in the order of the map.
        all.sort_by_key(|answer| {
            let best = answer.best.first().map(|name| name.found);
            best.map(|found| (found.closeness, found.errors, found.weight))
        });
        Ok(all)
    };
    answers.names = search(false)?;
    if answers.names.iter().map(|layer| layer.count).sum::<usize>() < TOO_FEW {
        answers.near = search(true)?;
    }
    Ok(answers)
}
