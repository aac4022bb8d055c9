//! The window.
//!
//! Three kinds of state, kept apart: the document with its past ([`crate::project::History`]), the
//! store of loaded tables, and what is derived from the two by jobs. Panels read the session and
//! push actions; one function ([`BelfortApp::apply`]) does them. Nothing in a frame costs more
//! when the data grow.

mod about_window;
mod actions;
mod added;
mod apply;
mod areas_dialog;
mod at_work;
mod backdrop_window;
mod backdrops;
mod basemap_chooser;
mod by_place;
mod cache_dialog;
mod chart_panel;
mod check_panel;
mod choosing;
mod chosen;
mod classes;
mod commands;
mod copying;
mod crowds;
mod crs_window;
mod crs_words;
mod derived;
mod dialog;
mod documents;
mod export_dialog;
mod feature;
mod field_words;
mod figure;
mod file_dialogs;
mod filter;
mod find_window;
mod first_minute;
mod focus;
mod following;
mod frame;
mod from_portal;
mod go_to;
mod grounds;
mod held;
mod help_window;
mod icons;
mod idle;
mod join_dialog;
mod joined;
mod keyboard;
mod keyed;
mod labels;
mod lambert;
mod layers_of_file;
mod layers_panel;
mod legend;
mod legend_grid;
mod linked;
mod live;
mod map_parts;
mod marker;
mod menu;
mod named;
mod names_dialog;
mod narrowing;
mod notes;
mod notices;
mod obeying;
mod opening;
mod overview;
mod own_basemap_card;
mod panels;
mod pasting;
mod portal_panel;
mod print;
mod problems_window;
mod reading;
mod receipt_window;
mod results;
mod row_extent;
mod row_order;
mod run;
mod safekeeping;
mod scale_dialog;
mod select_area;
mod selection;
mod services;
mod session;
mod settings;
mod settings_dialog;
mod shortcuts;
mod sort;
mod status_bar;
mod store;
mod style_panel;
mod styles;
mod swatch;
mod system_motion;
mod table;
mod take_dialog;
mod theme;
mod thumbnails;
mod title_dialog;
mod tool_strip;
mod tools;
mod view_history;
mod viewer;
mod vision;
mod web_map_dialog;
mod window_place;

pub use print::{
    FitTo, PrintFailure, PrintOrder, Printed, PrintedPage, SheetChange, SheetPiece, print_sheet,
};
pub use reading::Remembered;
pub use run::{RunError, run};
pub use settings::{ExportCrs, Motion, PanelSizes, Settings, ThemeChoice};
pub use styles::{DatasetStyle, NamedStyle};
pub use viewer::Viewer;

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use self::about_window::About;
use self::actions::{Action, DetailsTab, RowRef};
use self::areas_dialog::AreasDialog;
use self::backdrop_window::BackdropCrsDialog;
use self::basemap_chooser::BasemapChooser;
use self::cache_dialog::CacheDialog;
use self::chart_panel::ChartPanel;
use self::check_panel::{CheckPanel, RepairDialog};
use self::crs_window::CrsDialog;
use self::export_dialog::ExportDialog;
use self::feature::FeaturePanel;
use self::file_dialogs::{OpenDialog, SaveDialog};
use self::filter::FilterPanel;
use self::find_window::FindWindow;
use self::join_dialog::JoinDialog;
use self::lambert::Lambert;
use self::layers_of_file::LayersOfFile;
use self::layers_panel::LayersPanel;
use self::legend::MapLegend;
use self::linked::LinkedDialog;
use self::names_dialog::NamesDialog;
use self::opening::Opening;
use self::overview::Overview;
use self::portal_panel::PortalPanel;
use self::print::PrintDialog;
use self::reading::{EncodingDialog, KindDialog};
use self::safekeeping::{
    AboutDialog, BookmarksDialog, FilesOfProject, Guard, MissingDialog, OverwriteDialog, Packing,
    RecoveryDialog, Saving,
};
use self::scale_dialog::ScaleDialog;
use self::services::ServiceDialog;
use self::session::{Notice, Session};
use self::settings_dialog::SettingsDialog;
use self::style_panel::StylePanel;
use self::styles::{NameStyleDialog, ReadStyleDialog, StyleFiles, Told};
use self::table::TablePanel;
use self::take_dialog::TakeDialog;
use self::title_dialog::TitleDialog;
use self::web_map_dialog::WebMapDialog;
use crate::i18n::Message;
use crate::jobs::Job;
use crate::map::MapView;
use crate::portal::{Portals, Recordings};
use crate::problem::FileError;
use crate::project::{BackdropId, Document, LayerId, OpenedProject, View, sample_project};
use crate::raster::belongs_to;
use crate::tiles::{TileLimits, TileStore};

/// Asks for a new frame, from any thread.
type Wake = Arc<dyn Fn() + Send + Sync>;

/// The one dialog that is open.
enum Dialog {
    Open(OpenDialog),
    Service(ServiceDialog),
    Save(SaveDialog),
    Unsaved(Action),
    Overwrite(OverwriteDialog),
    Recovery(RecoveryDialog),
    Missing(MissingDialog),
    History,
    Properties(AboutDialog),
    Bookmarks(BookmarksDialog),
    Export(Box<ExportDialog>),
    Print(Box<PrintDialog>),
    Join(Box<JoinDialog>),
    Areas(Box<AreasDialog>),
    Names(Box<NamesDialog>),
    Linked(Box<LinkedDialog>),
    Crs(CrsDialog),
    BackdropCrs(BackdropCrsDialog),
    BackdropProblems(BackdropId),
    Encoding(EncodingDialog),
    Kinds(KindDialog),
    Problems(LayerId),
    Repair(Box<RepairDialog>),
    Receipt(LayerId),
    LayersOfFile(LayersOfFile),
    Title(TitleDialog),
    Scales(ScaleDialog),
    Take(Box<TakeDialog>),
    WebMap(Box<WebMapDialog>),
    Cache(CacheDialog),
    Settings(Box<SettingsDialog>),
    ReadStyle(ReadStyleDialog),
    NameStyle(NameStyleDialog),
    StyleTold(Told),
    Updates,
    Shortcuts,
    About(Box<About>),
}

/// Where the map is to go as soon as that is known.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Aim {
    /// All layers, once they are loaded.
    All,
    /// One layer, once it is loaded.
    Layer(LayerId),
    /// One backdrop, once it is laid out.
    Backdrop(BackdropId),
}

/// The program's window, without the window: the same for the screen and for tests.
pub struct BelfortApp {
    ctx: egui::Context,
    /// The context that jobs wake: another one after the GPU was lost.
    window: Arc<RwLock<egui::Context>>,
    session: Session,
    map: MapView,
    tiles: Arc<TileStore>,
    /// The folder for tiles and copies where the person chose none.
    usual_cache: PathBuf,
    layers_panel: LayersPanel,
    portal_panel: PortalPanel,
    filter_panel: FilterPanel,
    feature_panel: FeaturePanel,
    check_panel: CheckPanel,
    style_panel: StylePanel,
    style_files: StyleFiles,
    chart_panel: ChartPanel,
    legend: MapLegend,
    table_panel: TablePanel,
    find_window: FindWindow,
    basemap_chooser: BasemapChooser,
    overview: Overview,
    tab: DetailsTab,
    dialog: Option<Dialog>,
    /// The dialog that waits while its area is drawn.
    take_aside: Option<Box<TakeDialog>>,
    focus: focus::FocusKeeper,
    saving: Option<Saving>,
    /// The project's file being read again, after another program changed it.
    reading_again: Option<(PathBuf, Job<Result<OpenedProject, FileError>>)>,
    /// A pack being written.
    packing: Option<Packing>,
    /// What keeps unsaved work; none where nobody asked for it.
    guard: Option<Guard>,
    /// Whether the files of the project are there and as they were.
    files: FilesOfProject,
    /// A picture of the map being made.
    figure: Option<Job<Result<figure::Made, figure::Failure>>>,
    /// The small picture of the project that was saved.
    thumbnail: Option<Job<Result<figure::Made, figure::Failure>>>,
    /// Where the map last was in the window, points.
    map_rect: egui::Rect,
    /// Where the parts of the window last were.
    regions: window_place::Regions,
    sides: window_place::Sides,
    /// What waits for the project to be saved.
    after_saving: Option<Action>,
    aim: Option<Aim>,
    /// The extent of rows being looked up, to zoom there.
    row_aim: Option<Job<Option<crate::table::Extent>>>,
    /// What was measured on the map.
    measured: Option<crate::map::Sketched>,
    /// The row under the pointer, as a set to mark.
    hovered: Option<(LayerId, crate::table::RowSet)>,
    held: held::Held,
    /// Answers to questions that are counted in areas when they are there.
    counted: Vec<linked::CountedAnswer>,
    /// What the map drew in the last frame.
    drawn: Vec<LayerId>,
    lambert: Lambert,
    pointer: Option<[f64; 2]>,
    /// The view the map last told of.
    told_view: Option<View>,
    title: String,
    may_close: bool,
    has_lost_gpu: bool,
    /// The last to go: by then no job is wanted any more.
    _end: WaitForJobs,
}

/// Waits, when it goes, until jobs have noticed that nobody wants them.
struct WaitForJobs;

impl Drop for WaitForJobs {
    fn drop(&mut self) {
        if !crate::jobs::wait_for_all(LONGEST_END) {
            log::warn!("the program ends while a job is still at work");
        }
    }
}

/// How long the end of the program waits for jobs.
const LONGEST_END: std::time::Duration = std::time::Duration::from_secs(3);

impl BelfortApp {
    /// The program with a project or data files; without any, the sample project. Without a
    /// render state (tests) layers are not drawn. Tiles and copies of portals are kept in folders of
    /// `cache`, unless the settings name another place.
    pub fn new(
        ctx: &egui::Context,
        render_state: Option<egui_wgpu::RenderState>,
        settings: Settings,
        cache: PathBuf,
        paths: &[PathBuf],
    ) -> BelfortApp {
        let mut app = BelfortApp::empty(ctx, render_state, settings, cache);
        if paths.is_empty() {
            app.open_sample();
        } else {
            app.open(paths);
        }
        app
    }

    /// Lets files be opened by something else than the system's programs.
    pub fn set_viewer(&mut self, viewer: Viewer) {
        self.session.viewer = viewer;
    }

    /// The program with a new, empty project.
    pub fn empty(
        ctx: &egui::Context,
        render_state: Option<egui_wgpu::RenderState>,
        settings: Settings,
        cache: PathBuf,
    ) -> BelfortApp {
        theme::install(ctx);
        let window = Arc::new(RwLock::new(ctx.clone()));
        let waking = Arc::clone(&window);
        let wake: Wake = Arc::new(move || {
            waking.read().unwrap_or_else(PoisonError::into_inner).request_repaint();
        });
        let limits = TileLimits { offline: settings.work_offline, ..TileLimits::default() };
        let tiles = TileStore::with_limits(settings.tile_folder(&cache), wake.clone(), limits);
        let tiles = Arc::new(tiles);
        let folder = settings.portal_folder(&cache);
        let portals = Portals::new(folder, settings.network(), settings.portals());
        let portals = Arc::new(portals);
        let recordings = Recordings::new(settings.recordings_file(&cache));
        let map = MapView::new(render_state, tiles.clone());
        let tab = if settings.on_filter { DetailsTab::Filter } else { DetailsTab::Feature };
        let mut app = BelfortApp {
            usual_cache: cache,
            ctx: ctx.clone(),
            window,
            session: Session::new(settings, portals, wake.clone()),
            map,
            tiles,
            layers_panel: LayersPanel::default(),
            portal_panel: PortalPanel::default(),
            filter_panel: FilterPanel::default(),
            feature_panel: FeaturePanel::default(),
            check_panel: CheckPanel::default(),
            style_panel: StylePanel::default(),
            style_files: StyleFiles::default(),
            chart_panel: ChartPanel::default(),
            legend: MapLegend::default(),
            table_panel: TablePanel::default(),
            find_window: FindWindow::default(),
            basemap_chooser: BasemapChooser::default(),
            overview: Overview::default(),
            tab,
            dialog: None,
            take_aside: None,
            focus: focus::FocusKeeper::default(),
            saving: None,
            reading_again: None,
            packing: None,
            guard: None,
            files: FilesOfProject::default(),
            figure: None,
            thumbnail: None,
            map_rect: egui::Rect::ZERO,
            regions: window_place::Regions::default(),
            sides: window_place::Sides::default(),
            after_saving: None,
            aim: None,
            row_aim: None,
            measured: None,
            hovered: None,
            held: held::Held::default(),
            counted: Vec::new(),
            drawn: Vec::new(),
            lambert: Lambert::new(wake),
            pointer: None,
            told_view: None,
            title: String::new(),
            may_close: false,
            has_lost_gpu: false,
            _end: WaitForJobs,
        };
        app.session.live.record_in(recordings);
        app.obey_settings();
        app
    }

    /// Goes on in another window, after the GPU of the one before was lost.
    pub fn move_to(&mut self, ctx: &egui::Context, render_state: Option<egui_wgpu::RenderState>) {
        theme::install(ctx);
        *self.window.write().unwrap_or_else(PoisonError::into_inner) = ctx.clone();
        self.ctx = ctx.clone();
        let view = self.map.view();
        self.map = MapView::new(render_state, self.tiles.clone());
        self.obey_settings();
        self.map.set_view(view);
        self.title.clear();
        self.has_lost_gpu = false;
    }

    /// Whether the GPU of this window was lost, so that it must be opened again.
    pub fn has_lost_gpu(&self) -> bool {
        self.has_lost_gpu
    }

    /// The document as it is now.
    pub fn document(&self) -> &Arc<Document> {
        self.session.history.document()
    }

    /// The layers that the map drew in the last frame, the topmost first.
    pub fn drawn_layers(&self) -> &[LayerId] {
        &self.drawn
    }

    /// The row whose attributes are shown: its layer and its place in the layer's table.
    pub fn selected_row(&self) -> Option<(LayerId, usize)> {
        self.session.selection.lead().map(|RowRef { layer, row }| (layer, row))
    }

    /// The rows selected and shown of a layer, in the table's order.
    pub fn selected_rows(&self, layer: LayerId) -> Vec<usize> {
        self.session.selection.of(layer).map(|rows| rows.iter().collect()).unwrap_or_default()
    }

    /// Waits only this part of the pauses between two updates of live layers: for tests, who have
    /// no half minute.
    pub fn hurry(&mut self, part: f64) {
        self.session.live.set_pace(part);
    }

    /// The settings as they are now.
    pub fn settings(&self) -> &Settings {
        &self.session.settings
    }

    fn open(&mut self, paths: &[PathBuf]) {
        // A world file dropped together with its image is read with it.
        let is_part = |path: &PathBuf| paths.iter().any(|image| belongs_to(path, image));
        let whole: Vec<PathBuf> = paths.iter().filter(|path| !is_part(path)).cloned().collect();
        for path in whole {
            let wake = self.session.wake.clone();
            let opening = Opening::start(path, false, &self.session, &wake);
            self.session.opening.push(opening);
        }
    }

    fn open_sample(&mut self) {
        match sample_project() {
            Some(path) => {
                let wake = self.session.wake.clone();
                let opening = Opening::start(path, true, &self.session, &wake);
                self.session.opening.push(opening);
            }
            None => {
                self.session.notice(Notice::Trouble(Message::new("app-error-no-sample")));
            }
        }
    }
}
