//! A sheet made of what the map is made of, by a job.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use arrow_array::BooleanArray;

use super::logo::Logo;
use super::moment::moment;
use crate::app::labels::labels_on_paper;
use crate::app::map_parts::{MapParts, PartLayer};
use crate::app::session::Session;
use crate::i18n::{Language, Message};
use crate::jobs::{Cancelled, Watch};
use crate::page::{
    MapContent, SheetError, SheetPage, SheetPlan, SheetSpec, Subject, draw_sheet, plan_sheet,
};
use crate::project::{LayerId, Sheet, SheetSubject};
use crate::style::Partition;
use crate::table::{Extent, PartKind, Table, Value};
use crate::tiles::{TileId, TileStore};

/// How many features are called by their names in a title.
const NAMED: usize = 3;

/// How long tiles that are not there yet are waited for: for a file that is kept, and for a page that
/// is drawn again when they have come.
pub(in crate::app) const TILES_OF_FILE: Duration = Duration::from_secs(20);
pub(in crate::app) const TILES_OF_PREVIEW: Duration = Duration::from_millis(250);

/// How many tiles a sheet may take from a source that allows no large prints.
const SMALL_PRINT: usize = 250;

/// What a sheet is made of.
pub(in crate::app) struct SheetParts {
    pub sheet: Sheet,
    parts: MapParts,
    subject: SubjectRows,
    /// The layer of its atlas.
    atlas: Option<(LayerId, Arc<Table>)>,
    /// Which of its rows are shown; none for all.
    atlas_mask: Option<Arc<BooleanArray>>,
    /// Its logo, once it was read.
    logo: OnceLock<Result<Logo, String>>,
    /// The classes of its layers, once they are known.
    partitions: OnceLock<Vec<Option<Arc<Partition>>>>,
}

/// Which features a page shows, and which page it is.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::app) struct PageOf<'a> {
    /// Rows of the atlas's layer; none for the sheet's own subject.
    pub rows: Option<&'a [usize]>,
    /// The scale of all pages.
    pub scale: Option<u32>,
    /// Which page it is of how many.
    pub number: Option<(usize, usize)>,
}

/// The features that a sheet shows.
pub(in crate::app) enum SubjectRows {
    /// None: all, or a rectangle.
    None,
    /// Those the sheet names, of a layer's table.
    Named(LayerId, Arc<Table>),
    /// Rows of a table.
    Rows(LayerId, Arc<Table>, Vec<usize>),
}

/// How fine pictures on a page are.
#[derive(Clone, Copy, Debug)]
pub(in crate::app) enum Fineness {
    /// So many dots per inch.
    Dots(f64),
    /// As fine as is seen when the page is put into so many pixels.
    Into(f64, f64),
}

impl From<(f64, f64)> for Fineness {
    fn from((width, height): (f64, f64)) -> Fineness {
        Fineness::Into(width, height)
    }
}

impl Fineness {
    /// Pixels for a unit of a page.
    fn per_unit(self, plan: &SheetPlan) -> f64 {
        let unit = plan.millimetres_per_unit();
        match self {
            Fineness::Dots(dots) => dots / 25.4 * unit,
            Fineness::Into(width, height) => {
                let [across, down] = plan.paper;
                (width / across).min(height / down) * unit
            }
        }
    }
}

/// A sheet that was made.
pub(in crate::app) struct MadeSheet {
    pub page: SheetPage,
    pub plan: SheetPlan,
    /// How it fits, in words.
    pub words: Message,
    /// The title it has.
    pub title: String,
    /// The language it speaks.
    pub language: Language,
    /// Whether tiles of the basemap were still on their way.
    pub tiles_are_coming: bool,
}

impl SheetParts {
    /// What is said of the project as a whole.
    pub fn of_project(&self) -> &crate::project::About {
        &self.parts.document.about
    }

    /// Of the map as the window shows it.
    pub fn of(session: &Session, sheet: Sheet) -> SheetParts {
        let document = crate::app::live::as_shown(session);
        let subject = match &sheet.subject {
            SheetSubject::Features { layer, .. } => {
                let found = document.layer(*layer).and_then(|layer| session.loaded(layer));
                found.map_or(SubjectRows::None, |loaded| {
                    SubjectRows::Named(*layer, loaded.table.clone())
                })
            }
            SheetSubject::All | SheetSubject::Area(_) => SubjectRows::None,
        };
        let atlas = sheet.atlas.as_ref().and_then(|atlas| {
            let loaded = session.loaded(document.layer(atlas.layer)?)?;
            Some((atlas.layer, loaded.table.clone()))
        });
        let atlas_mask = sheet.atlas.as_ref().and_then(|atlas| {
            let layer = document.layer(atlas.layer).filter(|layer| !layer.filter.is_empty())?;
            Some(session.derived.mask_of(layer.id)?.0.clone())
        });
        let mut parts = MapParts::of(session, document, |layer, is_shown| {
            is_shown || sheet.only_lists(layer.id)
        });
        parts.language = sheet.language.unwrap_or(parts.language);
        // The title names the area that is printed.
        let subject_layer = match &sheet.atlas {
            Some(atlas) => Some(atlas.layer),
            None => sheet.subject.layer(),
        };
        let is_subject = |part: &PartLayer| {
            Some(part.layer.id) == subject_layer && part.kind == Some(PartKind::Polygon)
        };
        for part in &mut parts.layers {
            if !is_subject(part) && part.style.labels.is_none() {
                part.style.labels = labels_on_paper(&part.table, part.kind);
            }
        }
        let (logo, partitions) = (OnceLock::new(), OnceLock::new());
        SheetParts { sheet, parts, subject, atlas, atlas_mask, logo, partitions }
    }

    /// The same with rows of a table as its subject.
    pub fn about(mut self, layer: LayerId, table: Arc<Table>, rows: Vec<usize>) -> SheetParts {
        let own = self.parts.document.layer(layer).and_then(|layer| layer.style.as_ref());
        let labels = own.and_then(|style| style.labels.clone());
        for part in self.parts.layers.iter_mut().filter(|part| part.layer.id == layer) {
            part.style.labels.clone_from(&labels);
        }
        SheetParts { subject: SubjectRows::Rows(layer, table, rows), ..self }
    }

    /// The table of its atlas, and which of its rows are shown; none for a sheet by itself.
    pub fn atlas(&self) -> Option<(&Table, Option<&BooleanArray>)> {
        self.atlas.as_ref().map(|(_, table)| (&**table, self.atlas_mask.as_deref()))
    }

    /// Has the atlas of rows of a table in place of a layer's.
    pub fn with_atlas(self, layer: LayerId, table: Arc<Table>, shown: BooleanArray) -> SheetParts {
        SheetParts { atlas: Some((layer, table)), atlas_mask: Some(Arc::new(shown)), ..self }
    }

    fn classes(&self, watch: &Watch) -> Result<&[Option<Arc<Partition>>], Cancelled> {
        if let Some(known) = self.partitions.get() {
            return Ok(known);
        }
        let made = self.parts.partitions(watch)?;
        Ok(self.partitions.get_or_init(|| made))
    }

    /// The pixels of the logo; none without one, or where they cannot be read, which the page tells.
    fn logo(&self) -> Option<&Logo> {
        let logo = self.sheet.logo.as_ref()?;
        let path = std::path::Path::new(&logo.path);
        let read = self.logo.get_or_init(|| {
            super::logo::read(path).inspect_err(|why| log::warn!("{}: {why}", path.display()))
        });
        read.as_ref().ok()
    }

    /// The scale of a page without drawing it.
    ///
    /// # Errors
    /// As [`plan_sheet`].
    pub fn scale_of(&self, page: PageOf<'_>, watch: &Watch) -> Result<u32, SheetError> {
        self.with_plan(page, watch, |_, plan| Ok(plan.denominator))
    }

    /// Plans and draws the sheet, as fine as is asked; tiles are waited for so long.
    ///
    /// # Errors
    /// As [`plan_sheet`] and [`draw_sheet`].
    pub fn make(
        &self,
        tiles: &TileStore,
        fineness: Fineness,
        patience: Duration,
        watch: &Watch,
    ) -> Result<MadeSheet, SheetError> {
        self.make_page(PageOf::default(), tiles, (fineness, patience), watch)
    }

    /// The same of a page of an atlas.
    ///
    /// # Errors
    /// As [`plan_sheet`] and [`draw_sheet`].
    pub fn make_page(
        &self,
        page: PageOf<'_>,
        tiles: &TileStore,
        (fineness, patience): (Fineness, Duration),
        watch: &Watch,
    ) -> Result<MadeSheet, SheetError> {
        let parts = &self.parts;
        self.with_plan(page, watch, |spec, plan| {
            let (level, was_limited) = self.level(&plan);
            let wanted = if parts.pictures().is_some() { plan.tiles(level) } else { Vec::new() };
            let found = parts.tiles(tiles, &wanted, patience, watch)?;
            let tile = |id: TileId| found.get(id);
            let mut basemap = parts.figure_basemap(level, &tile);
            if let Some(city) = basemap.as_mut().and_then(|basemap| basemap.city.as_mut()) {
                city.letters = self.sheet.basemap_text.letters();
            }
            let spec = SheetSpec {
                content: MapContent { basemap, ..spec.content },
                subject: spec.subject.clone(),
                ..*spec
            };
            let per_unit = fineness.per_unit(&plan);
            #[expect(clippy::cast_possible_truncation, reason = "pixels per unit")]
            let mut page = draw_sheet(&spec, &plan, per_unit as f32, watch)?;
            parts.tell_missing(&mut page.problems);
            let has_lost_letters = self.logo().is_some_and(|logo| logo.has_lost_letters);
            page.problems.add("problem-sheet-logo-letters", u64::from(has_lost_letters));
            if let Some(ground) = parts.ground.as_ref().filter(|_| was_limited) {
                let name = ground.name(parts.language).to_owned();
                let about = vec![("basemap", crate::i18n::Arg::Text(name))];
                page.problems.report("problem-sheet-basemap-rules", 1, about, None);
            }
            let (words, title) = (plan.words(&spec), spec.title());
            let (language, tiles_are_coming) = (parts.language, found.are_coming);
            Ok(MadeSheet { page, plan, words, title, language, tiles_are_coming })
        })
    }

    /// Plans a page and hands the plan over with what it is made of, but for the tiles.
    fn with_plan<T>(
        &self,
        page: PageOf<'_>,
        watch: &Watch,
        then: impl FnOnce(&SheetSpec<'_>, SheetPlan) -> Result<T, SheetError>,
    ) -> Result<T, SheetError> {
        let parts = &self.parts;
        let layers = parts.figure_layers(self.classes(watch)?);
        let backdrops = parts.figure_backdrops();
        let no_tile = |_: TileId| None;
        let content = MapContent {
            document: &parts.document,
            layers: &layers,
            backdrops: &backdrops,
            basemap: parts.figure_basemap(0, &no_tile),
            language: parts.language,
            today: moment().date_naive(),
        };
        let own = self.rows();
        let subject = match (&self.atlas, page.rows, &self.subject, &own) {
            (Some((layer, table)), Some(rows), ..) => features(*layer, table, rows),
            (
                _,
                _,
                SubjectRows::Named(layer, table) | SubjectRows::Rows(layer, table, _),
                Some(rows),
            ) => features(*layer, table, rows),
            _ => Subject::Extent(self.extent(watch)?.ok_or(SheetError::NoPlace)?),
        };
        let mut sheet = self.sheet.clone();
        if page.rows.is_some() {
            // What was set for the sheet by itself does not hold for each page.
            (sheet.shift, sheet.title, sheet.scale) = ([0.0; 2], None, page.scale);
        }
        let logo = self.logo().map(|logo| &logo.pixels);
        let spec = SheetSpec { sheet: &sheet, subject, number: page.number, logo, content };
        let plan = plan_sheet(&spec, watch)?;
        then(&spec, plan)
    }

    /// The level of the basemap's tiles, and whether its source's rules made it a coarser one.
    fn level(&self, plan: &SheetPlan) -> (u8, bool) {
        let Some(ground) = self.parts.pictures() else { return (0, false) };
        let wanted = plan.tile_level(self.sheet.basemap_text.pixel(), ground.source().max_zoom());
        let mut level = wanted;
        while !ground.is_free() && level > 0 && plan.tiles(level).len() > SMALL_PRINT {
            level -= 1;
        }
        (level, level < wanted)
    }

    /// The rows of its subject; none where it has no features, or they are gone.
    fn rows(&self) -> Option<Vec<usize>> {
        match (&self.subject, &self.sheet.subject) {
            (SubjectRows::Rows(.., rows), _) => Some(rows.clone()),
            (SubjectRows::Named(_, table), SheetSubject::Features { rows, .. }) => {
                let identity = table.identity();
                let found: Vec<usize> = rows.iter().filter_map(|key| identity.row(key)).collect();
                Some(found).filter(|found| !found.is_empty())
            }
            _ => None,
        }
    }

    /// West, south, east and north of what is shown where no features are: the rectangle of the
    /// sheet, or all layers.
    fn extent(&self, watch: &Watch) -> Result<Option<Extent>, Cancelled> {
        if let SheetSubject::Area(rectangle) = &self.sheet.subject {
            return Ok(Some(rectangle.extent()));
        }
        let mut all: Option<Extent> = None;
        let document = &self.parts.document;
        for part in self.parts.layers.iter().filter(|part| document.is_shown(&part.layer)) {
            watch.check()?;
            let Some(found) = part.table.extent_wgs84(watch) else { continue };
            all = Some(all.map_or(found, |all| all.union(found)));
        }
        Ok(all)
    }
}

/// Features of a table as a subject.
fn features<'a>(layer: LayerId, table: &'a Table, rows: &'a [usize]) -> Subject<'a> {
    Subject::Features { layer, table, rows, name: name_of(table, rows) }
}

/// What features are called: by their names, as long as they are few.
fn name_of(table: &Table, rows: &[usize]) -> String {
    let Some(field) = table.naming_field().filter(|_| rows.len() <= NAMED) else {
        return String::new();
    };
    let mut names: Vec<String> = Vec::new();
    for row in rows {
        if let Value::Text(name) = table.value(*row, field)
            && !names.iter().any(|known| known == name)
        {
            names.push(name.to_owned());
        }
    }
    names.join(", ")
}
