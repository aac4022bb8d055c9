//! `belfort print`: the program opens its project as the window does, and nobody looks.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use super::output::{OutputError, OutputKind, no_kind};
use super::parts::{SheetParts, TILES_OF_FILE};
use super::writing::write;
use crate::app::session::Notice;
use crate::app::settings::cache_folder;
use crate::app::{BelfortApp, Settings};
use crate::i18n::{Language, Message};
use crate::jobs::Watch;
use crate::page::{Dropped, SheetError, Tiling};
use crate::problem::{FileError, Problems};
use crate::project::{
    Command, Document, IndexBy, Layer, LayerId, NumberOrder, Sheet, SheetAtlas, SheetIndex,
    SheetSum,
};
use crate::query::{SelectError, select};
use crate::table::{Extent, RowSet, Table};
use crate::tiles::archive::is_archive;
use crate::tiles::{TileLimits, TileStore};

/// How long it is waited between two looks at what is being loaded, unless a job tells of something.
const PAUSE: Duration = Duration::from_millis(10);

/// What is to be printed.
#[derive(Clone, Debug)]
pub struct PrintOrder {
    /// The project, or data files.
    pub paths: Vec<PathBuf>,
    /// Which sheet of the project: its name, its title or its number; none for the first.
    pub name: Option<String>,
    /// Changes that sheet, or a plain one.
    pub sheet: SheetChange,
    /// The areas the sheet is fitted to.
    pub fit: Option<FitTo>,
    /// The areas that have a page each.
    pub atlas: Option<FitTo>,
    /// Whether the pages of an atlas have one scale.
    pub common_scale: bool,
    /// The layer whose names are listed, by its name.
    pub index: Option<String>,
    /// Layers listed without a place on the map, by their names, and in which order.
    pub lists: Vec<(String, NumberOrder)>,
    /// Fields that are added up: the name of a layer and that of its field.
    pub sums: Vec<(String, String)>,
    /// Has its names numbers on the map, in an order, instead of squares.
    pub numbers: Option<NumberOrder>,
    /// The file; its ending names the kind.
    pub output: PathBuf,
    /// Dots per inch, of pixels.
    pub dots_per_inch: f64,
    /// The basemap's word instead of the project's.
    pub basemap: Option<String>,
    /// Whether no server is asked for anything.
    pub offline: bool,
    /// The language of the sheet, where it says nothing itself, and of what is told.
    pub language: Language,
}

/// What is asked for instead of what the project's sheet says.
#[derive(Clone, Debug, Default)]
pub struct SheetChange(pub Vec<SheetPiece>);

/// One thing of a sheet.
#[derive(Clone, Debug)]
pub enum SheetPiece {
    /// The paper.
    Paper(crate::project::Paper),
    /// Which way round it lies.
    Orientation(crate::project::Orientation),
    /// Smaller paper that it is printed over.
    Over(crate::project::SheetTiles),
    /// The denominator of the scale.
    Scale(u32),
    /// The plane.
    Plane(crate::project::SheetPlane),
    /// The house style.
    House(crate::project::HouseStyle),
    /// The title.
    Title(String),
    /// The line below it.
    Subtitle(String),
    /// How far the map is turned clockwise, degrees.
    Turn(f64),
    /// How large the letters of the basemap are.
    BasemapText(crate::project::BasemapText),
}

impl SheetChange {
    fn apply(&self, sheet: &mut Sheet) {
        for piece in &self.0 {
            match piece {
                SheetPiece::Paper(paper) => sheet.paper = *paper,
                SheetPiece::Orientation(orientation) => sheet.orientation = *orientation,
                SheetPiece::Over(tiles) => sheet.over = Some(*tiles),
                SheetPiece::Scale(scale) => sheet.scale = Some(*scale),
                SheetPiece::Plane(plane) => sheet.plane = *plane,
                SheetPiece::House(house) => sheet.house = *house,
                SheetPiece::Title(title) => sheet.title = Some(title.clone()),
                SheetPiece::Subtitle(words) => sheet.subtitle = Some(words.clone()),
                SheetPiece::Turn(degrees) => sheet.turn = *degrees,
                SheetPiece::BasemapText(size) => sheet.basemap_text = *size,
            }
        }
    }
}

/// Areas that a sheet is fitted to.
#[derive(Clone, Debug)]
pub struct FitTo {
    /// A layer of the project by its name, or else a file.
    pub areas: PathBuf,
    /// Which of them; empty for all.
    pub sql: String,
}

/// What was printed.
#[derive(Debug)]
pub struct Printed {
    /// The pages: one, or those of an atlas.
    pub pages: Vec<PrintedPage>,
    /// The files, the one asked for first.
    pub files: Vec<PathBuf>,
}

/// A page that was printed.
#[derive(Debug)]
pub struct PrintedPage {
    /// Its title.
    pub title: String,
    /// The denominator of the scale.
    pub scale: u32,
    /// The width and height of the page, millimetres.
    pub paper: [f64; 2],
    /// What the map shows, degrees, WGS 84.
    pub extent: Option<Extent>,
    /// The largest error of the scale on the map, as a share.
    pub scale_error: f64,
    /// How many labels stand on the map.
    pub labels: u64,
    /// Those there was no room for.
    pub dropped: Vec<Dropped>,
    /// How many lines the legend has.
    pub legend_items: usize,
    /// How many names the index has.
    pub index_entries: usize,
    /// How it lies over smaller paper; none on its own.
    pub tiling: Option<Tiling>,
    /// How it fits, in words.
    pub words: Message,
    /// What is missing or was changed.
    pub problems: Problems,
}

/// Why nothing was printed.
#[derive(Debug)]
pub enum PrintFailure {
    /// A file could not be read or written.
    File(FileError),
    /// Something else, in words.
    Other(Message),
    /// The condition on the areas does not work: condition, why.
    Condition(String, SelectError),
}

impl From<SheetError> for PrintFailure {
    fn from(error: SheetError) -> Self {
        PrintFailure::Other(error.message())
    }
}

/// Prints a sheet without a window. `read` gives the tables of a file of areas to fit to.
///
/// # Errors
/// When something cannot be read, fitted, drawn or written.
pub fn print_sheet(
    order: &PrintOrder,
    read: &dyn Fn(&Path) -> Result<Vec<Table>, FileError>,
) -> Result<Printed, PrintFailure> {
    if OutputKind::of(&order.output).is_none() {
        return Err(PrintFailure::File(no_kind(&order.output)));
    }
    let ctx = egui::Context::default();
    let settings = Settings {
        language: Some(order.language),
        work_offline: order.offline,
        ..Settings::default()
    };
    let limits = TileLimits { offline: order.offline, ..TileLimits::default() };
    let tiles =
        TileStore::with_limits(settings.tile_folder(&cache_folder()), Arc::new(|| {}), limits);
    let mut app = BelfortApp::empty(&ctx, None, settings, cache_folder());
    // Frames that nobody sees ask for no tiles: the page may have another basemap, or none.
    app.tiles.rest();
    app.open(&order.paths);
    // A basemap may be an archive of tiles as well as the word of one.
    let archive = order.basemap.as_ref().map(PathBuf::from).filter(|path| is_archive(path));
    app.open(archive.as_slice());
    settle(&ctx, &mut app)?;
    if let Some(basemap) = order.basemap.as_ref().filter(|_| archive.is_none()) {
        app.session.history.run(Command::SetBasemap(basemap.clone())).ok();
    }
    let mut sheet = match &order.name {
        Some(name) => named_sheet(app.document(), name)?,
        None => app.document().sheet(0),
    };
    order.sheet.apply(&mut sheet);
    if let Some(name) = &order.index {
        let layer = layer_of(&app, name)?;
        let by = order.numbers.clone().map_or(IndexBy::Squares, IndexBy::Numbers);
        sheet.index = Some(SheetIndex { by, ..SheetIndex::new(layer.id) });
    }
    for (name, order) in &order.lists {
        let layer = layer_of(&app, name)?.id;
        let by = IndexBy::Plain(order.clone());
        sheet.more_lists.push(SheetIndex { by, ..SheetIndex::new(layer) });
    }
    for (name, field) in &order.sums {
        let layer = layer_of(&app, name)?.id;
        sheet.sums.push(SheetSum { layer, field: field.clone() });
    }
    let atlas = order.atlas.as_ref().map(|atlas| areas(&app, atlas, read)).transpose()?;
    sheet.atlas = atlas.as_ref().map(|(layer, _)| SheetAtlas {
        layer: *layer,
        common_scale: order.common_scale,
        without_overview: false,
    });
    let mut parts = SheetParts::of(&app.session, sheet);
    if let Some(fit) = &order.fit {
        let (layer, table) = areas(&app, fit, read)?;
        let rows = rows(&table, fit)?;
        parts = parts.about(layer, table, rows);
    }
    if let (Some(asked), Some((layer, table))) = (&order.atlas, atlas) {
        let rows = rows(&table, asked)?;
        let shown = RowSet::of(table.rows(), rows).to_mask();
        parts = parts.with_atlas(layer, table, shown);
    }
    let watch = Watch::unwatched();
    let how = (order.dots_per_inch, TILES_OF_FILE);
    let written =
        write(&parts, &tiles, &order.output, how, None, &watch).map_err(|stopped| match stopped
            .error
        {
            OutputError::File(error) => PrintFailure::File(error),
            OutputError::Other(message) => PrintFailure::Other(message),
            OutputError::Cancelled => PrintFailure::Other(Message::new("error-cancelled")),
        })?;
    let pages = written.pages.into_iter().map(|page| PrintedPage {
        title: page.title,
        scale: page.plan.denominator,
        paper: page.plan.paper,
        extent: page.plan.extent,
        scale_error: page.plan.scale_error,
        labels: page.labels,
        dropped: page.dropped,
        legend_items: page.legend_items,
        index_entries: page.index_entries,
        tiling: page.tiling,
        words: page.words,
        problems: page.problems,
    });
    let mut pages: Vec<PrintedPage> = pages.collect();
    // What could not be read of the project is not on the page.
    for kept in &app.session.notices {
        if let (Notice::Problem(problem), Some(first)) = (&kept.notice, pages.first_mut()) {
            first.problems.extend(Problems::from(problem.clone()));
        }
    }
    Ok(Printed { pages, files: written.files })
}

/// Lets the program work until all is loaded, filtered and classified.
fn settle(ctx: &egui::Context, app: &mut BelfortApp) -> Result<(), PrintFailure> {
    let (tell, told) = channel();
    let here = std::thread::current().id();
    // What moves in the window asks for frames too; that is no news.
    ctx.set_request_repaint_callback(move |_| {
        if std::thread::current().id() != here {
            // Nobody listens any more once all is loaded.
            let _ = tell.send(());
        }
    });
    loop {
        // A frame that nobody sees takes what the jobs have done.
        let _ = ctx.run_ui(egui::RawInput::default(), |ui| app.ui(ui));
        let failed = app.session.notices.iter().find_map(|kept| match &kept.notice {
            Notice::Failed(error) => Some(error.clone()),
            _ => None,
        });
        if let Some(error) = failed {
            return Err(PrintFailure::File(error));
        }
        if app.is_idle() {
            break;
        }
        let _ = told.recv_timeout(PAUSE);
        // One frame for all that was told.
        while told.try_recv().is_ok() {}
    }
    if app.document().layers.is_empty() && app.document().backdrops.is_empty() {
        return Err(PrintFailure::Other(Message::new("sheet-error-nothing")));
    }
    Ok(())
}

/// A sheet of the project by its name, its title or its number.
fn named_sheet(document: &Document, name: &str) -> Result<Sheet, PrintFailure> {
    let is_same = |other: &str| other.trim().to_lowercase() == name.trim().to_lowercase();
    let sheets = &document.sheets;
    let by_name = sheets.iter().find(|sheet| is_same(&sheet.name));
    let by_title = || sheets.iter().find(|sheet| sheet.title.as_deref().is_some_and(is_same));
    let by_number = || sheets.get(name.trim().parse::<usize>().ok()?.checked_sub(1)?);
    by_name.or_else(by_title).or_else(by_number).cloned().ok_or_else(|| {
        let known = (1..).zip(sheets).map(|(number, sheet)| {
            let own = Some(sheet.name.as_str()).filter(|name| !name.is_empty());
            match own.or(sheet.title.as_deref()) {
                Some(name) => format!("{number} ({name})"),
                None => number.to_string(),
            }
        });
        let known: Vec<String> = known.collect();
        let message = Message::new("sheet-error-no-sheet").text("name", name);
        PrintFailure::Other(message.text("known", known.join(", ")))
    })
}

/// A layer of the project by its name.
fn layer_of<'a>(app: &'a BelfortApp, name: &str) -> Result<&'a Layer, PrintFailure> {
    let is_meant = |layer: &&Layer| layer.name.to_lowercase() == name.to_lowercase();
    app.document()
        .layers
        .iter()
        .find(is_meant)
        .ok_or_else(|| PrintFailure::Other(Message::new("sheet-error-no-layer").text("name", name)))
}

/// The areas to fit to: a layer of the project, or those of a file.
fn areas(
    app: &BelfortApp,
    fit: &FitTo,
    read: &dyn Fn(&Path) -> Result<Vec<Table>, FileError>,
) -> Result<(LayerId, Arc<Table>), PrintFailure> {
    let name = fit.areas.to_string_lossy();
    let is_meant = |layer: &&Layer| {
        layer.name.to_lowercase() == name.to_lowercase()
            || Path::new(&layer.source.path) == fit.areas
            || std::path::absolute(&fit.areas)
                .is_ok_and(|path| Path::new(&layer.source.path) == path)
    };
    let document = app.document();
    if let Some(layer) = document.layers.iter().find(is_meant)
        && let Some(loaded) = app.session.loaded(layer)
    {
        return Ok((layer.id, loaded.table.clone()));
    }
    let opened = read(&fit.areas).map_err(PrintFailure::File)?;
    let table = opened.into_iter().next().ok_or(SheetError::NoPlace)?;
    Ok((LayerId(0), Arc::new(table)))
}

fn rows(table: &Table, fit: &FitTo) -> Result<Vec<usize>, PrintFailure> {
    if fit.sql.trim().is_empty() {
        return Ok((0..table.rows()).collect());
    }
    let name = || fit.areas.to_string_lossy().into_owned();
    let selected = select(table, &fit.sql, &[], &Watch::unwatched())
        .map_err(|error| PrintFailure::Condition(fit.sql.clone(), error))?;
    let rows: Vec<usize> = (0..table.rows()).filter(|row| selected.rows.value(*row)).collect();
    if rows.is_empty() {
        let message = Message::new("sheet-error-no-areas")
            .text("areas", name())
            .text("sql", fit.sql.as_str());
        return Err(PrintFailure::Other(message));
    }
    Ok(rows)
}
