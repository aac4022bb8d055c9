//! What all panels read: the document, the store, what is derived from them, and what is selected.

use std::borrow::Cow;
use std::collections::{BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Wake;
use super::actions::{Action, RowRef};
use super::backdrops::Backdrops;
use super::commands::Menu;
use super::copying::Copying;
use super::crowds::Crowds;
use super::derived::Derived;
use super::grounds::Grounds;
use super::labels::Labels;
use super::layers_panel::ChooseLayer;
use super::live::Live;
use super::notes::Notes;
use super::notices::Kept;
use super::opening::Opening;
use super::safekeeping::OnDisk;
use super::select_area::Selecting;
use super::selection::Selection;
use super::settings::Settings;
use super::store::{Loaded, Store};
use super::system_motion::SystemMotion;
use super::tools::Tool;
use super::view_history::ViewHistory;
use super::viewer::{self, Viewer};
use crate::find::Place;
use crate::formats::ListedLayer;
use crate::i18n::{Language, Message, tr};
use crate::portal::{Portals, Service};
use crate::problem::{FileError, Problem};
use crate::project::{Backdrop, BackdropId, Document, History, Layer, LayerId};
use crate::style::{LabelStyle, Style, Symbol, default_symbol};
use crate::table::{Extent, PartKind};
use crate::tiles::Ground;

/// Something the person should know.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Notice {
    /// A file could not be read or written.
    Failed(FileError),
    /// Another failure.
    Trouble(Message),
    /// Something is missing from what was made.
    Problem(Problem),
    /// Something was done.
    Done(Message),
    /// Something that the person may want to do.
    Offer { text: Message, button: Message, action: Box<Action> },
}

impl Notice {
    pub fn text(&self, language: Language) -> String {
        match self {
            Notice::Failed(error) => error.text(language),
            Notice::Problem(problem) => problem.text(language),
            Notice::Trouble(message)
            | Notice::Done(message)
            | Notice::Offer { text: message, .. } => message.in_language(language),
        }
    }
}

/// A file that holds several layers, or is so large that a part of it may do.
#[derive(Debug)]
pub(super) struct ListedFile {
    /// The path, or the address on the web.
    pub path: PathBuf,
    pub layers: Vec<ListedLayer>,
    /// How large it is, where that is known.
    pub bytes: Option<u64>,
}

/// Something that holds several layers, of which the person is to choose.
#[derive(Debug)]
pub(super) enum ToChoose {
    File(ListedFile),
    Service(Box<Service>),
}

/// The state of the window that is not a panel's own.
pub(super) struct Session {
    pub history: History,
    /// Where the project was opened or saved; none for a new one and for the sample.
    pub path: Option<PathBuf>,
    /// What is known of that file.
    pub on_disk: OnDisk,
    pub store: Store,
    pub derived: Derived,
    /// The images under the layers.
    pub backdrops: Backdrops,
    /// The basemaps of the project's own.
    pub grounds: Grounds,
    /// The image that commands are about.
    pub backdrop: Option<BackdropId>,
    /// Points that are shown together.
    pub crowds: Crowds,
    /// What is written on the map.
    pub labels: Labels,
    /// What is shown of notes, and what is being written.
    pub notes: Notes,
    /// How current layers of portals are.
    pub live: Live,
    pub settings: Settings,
    pub language: Language,
    pub portals: Arc<Portals>,
    pub wake: Wake,
    /// What opens files in other programs.
    pub viewer: Viewer,
    pub opening: Vec<Opening>,
    /// What holds several layers, of which the person is to choose.
    pub to_choose: VecDeque<ToChoose>,
    /// The layer that table, filter and shortcuts are about.
    pub active: Option<LayerId>,
    /// The layers chosen in the list. They count while the active one is among them: where another
    /// becomes active, that one alone is chosen.
    pub chosen: BTreeSet<LayerId>,
    /// What was found at the last click, topmost first.
    pub hits: Vec<RowRef>,
    pub selection: Selection,
    /// What the pointer does on the map.
    pub tool: Tool,
    /// Rows being looked up that are to be selected.
    pub selecting: Option<Selecting>,
    /// Rows or geometry being written for the clipboard.
    pub copying: Option<Copying>,
    /// What is in view, longitude and latitude in WGS 84; none before the first frame.
    pub in_view: Option<Extent>,
    /// The denominator of the map's scale at its middle; none before the first frame.
    pub scale: Option<f64>,
    /// The views of the map before this one.
    pub views: ViewHistory,
    pub is_full_screen: bool,
    /// Whether the system asks for less motion.
    pub system_motion: SystemMotion,
    /// The menu that the keyboard asked for.
    pub wanted_menu: Option<Menu>,
    /// What the person should know, the newest first.
    pub notices: Vec<Kept>,
    /// How many there have been.
    pub notices_made: u64,
    /// When time last passed over them, seconds since the start.
    pub notices_at: Option<f64>,
    /// The place that was looked for, marked on the map.
    pub marker: Option<Place>,
}

impl Session {
    pub fn new(settings: Settings, portals: Arc<Portals>, wake: Wake) -> Session {
        Session {
            history: History::new(Document::default()),
            path: None,
            on_disk: OnDisk::default(),
            store: Store::default(),
            derived: Derived::default(),
            backdrops: Backdrops::default(),
            grounds: Grounds::default(),
            backdrop: None,
            crowds: Crowds::default(),
            labels: Labels::default(),
            notes: Notes::default(),
            live: Live::default(),
            language: settings.spoken(),
            settings,
            portals,
            wake,
            viewer: viewer::of_system(),
            opening: Vec::new(),
            to_choose: VecDeque::new(),
            active: None,
            chosen: BTreeSet::new(),
            hits: Vec::new(),
            selection: Selection::default(),
            tool: Tool::default(),
            selecting: None,
            copying: None,
            in_view: None,
            scale: None,
            views: ViewHistory::default(),
            is_full_screen: false,
            system_motion: SystemMotion::default(),
            wanted_menu: None,
            notices: Vec::new(),
            notices_made: 0,
            notices_at: None,
            marker: None,
        }
    }

    /// A session of a test: no network, nothing kept.
    #[cfg(test)]
    pub fn of_test(settings: Settings) -> Session {
        let network = crate::network::Network { offline: true, ..Default::default() };
        let portals = Portals::new(PathBuf::from("nowhere"), network, settings.portals());
        Session::new(settings, Arc::new(portals), Arc::new(|| {}))
    }

    /// A line about the sources after the map's notice.
    pub fn with_notice(&self, line: &str) -> String {
        let past = super::live::past_words(self);
        let parts = [self.document().notice.trim(), &past, line];
        let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        said.join(". ")
    }

    /// The basemap under the layers. None is asked for while the first project is still being
    /// opened: it may want another one, or none.
    pub fn basemap_shown(&self) -> Option<&Ground> {
        let document = self.document();
        let is_empty = document.layers.is_empty() && document.backdrops.is_empty();
        let arriving = is_empty && !self.opening.is_empty();
        if arriving { None } else { self.grounds.ground(&document.basemap) }
    }

    pub fn document(&self) -> &Document {
        self.history.document()
    }

    /// A text in the language of the window.
    pub fn tr(&self, id: &'static str) -> String {
        tr(self.language, id)
    }

    /// A message in the language of the window.
    pub fn say(&self, message: &Message) -> String {
        message.in_language(self.language)
    }

    /// The layer that table, filter and shortcuts are about.
    pub fn active_layer(&self) -> Option<&Layer> {
        self.document().layer(self.active?)
    }

    /// The image that commands are about: the one chosen, else the topmost.
    pub fn active_backdrop(&self) -> Option<&Backdrop> {
        let chosen = self.backdrop.and_then(|id| self.document().backdrop(id));
        chosen.or_else(|| self.document().backdrops.first())
    }

    /// The layers chosen, topmost first: the active one, alone or among others.
    pub fn chosen_layers(&self) -> Vec<LayerId> {
        let Some(active) = self.active else { return Vec::new() };
        let is_chosen = |id: LayerId| {
            id == active || (self.chosen.contains(&active) && self.chosen.contains(&id))
        };
        let layers = self.document().layers.iter().map(|layer| layer.id);
        layers.filter(|id| is_chosen(*id)).collect()
    }

    /// The layers that something is about that is done to a layer: all that are chosen, where it
    /// is one of them.
    pub fn with_chosen(&self, layer: &Layer) -> Vec<LayerId> {
        let chosen = self.chosen_layers();
        if chosen.contains(&layer.id) { chosen } else { vec![layer.id] }
    }

    /// Chooses a layer in the list.
    pub fn choose_layer(&mut self, layer: LayerId, how: ChooseLayer) {
        let before: BTreeSet<LayerId> = self.chosen_layers().into_iter().collect();
        let (active, chosen) = how.after(self.document(), (self.active, &before), layer);
        self.active = Some(active);
        self.chosen = chosen;
    }

    /// What was loaded for a layer, with the columns added to it.
    pub fn loaded(&self, layer: &Layer) -> Option<&Loaded> {
        self.derived.added.shown(layer, &self.store)
    }

    /// How a layer looks: as chosen, or as its source says, or the default of its kind and number.
    pub fn style_of<'a>(&self, layer: &'a Layer) -> Cow<'a, Style> {
        match &layer.style {
            Some(style) => Cow::Borrowed(style),
            None => Cow::Owned(self.default_symbol(layer).into()),
        }
    }

    /// The symbol of all rows of a layer, or what its classes have in common.
    pub fn symbol_of(&self, layer: &Layer) -> Symbol {
        layer.style.as_ref().map_or_else(|| self.default_symbol(layer), |style| style.symbol)
    }

    /// The symbol of a layer while the person has chosen none.
    pub fn default_symbol(&self, layer: &Layer) -> Symbol {
        let number = usize::try_from(layer.id.0.saturating_sub(1)).unwrap_or(0);
        let own = self.loaded(layer).and_then(|loaded| loaded.table.origin.look);
        default_symbol(self.main_kind(layer), number).with_look(own.unwrap_or_default())
    }

    /// The symbols of a layer's classes, as far as they are known; none for those not drawn.
    pub fn class_symbols(&self, layer: &Layer) -> Vec<Option<Symbol>> {
        let partition = self.derived.classes.partition(layer.id);
        let style = layer.style.as_ref().filter(|style| !style.by.is_nothing());
        match partition.zip(style) {
            Some((partition, style)) => style.class_symbols(partition, self.colored_kind(layer)),
            None => Vec::new(),
        }
    }

    /// What of a layer takes the colours of classes: see [`LayerScene::colored_kind`].
    pub fn colored_kind(&self, layer: &Layer) -> Option<PartKind> {
        self.loaded(layer)?.scene.as_ref().ok()?.colored_kind()
    }

    /// What a layer mostly holds.
    pub fn main_kind(&self, layer: &Layer) -> Option<PartKind> {
        self.loaded(layer)?.scene.as_ref().ok()?.main_kind()
    }

    /// The labels of a layer, shown or not; none where none were ever wanted.
    pub fn labels_of(layer: &Layer) -> Option<LabelStyle> {
        layer.style.as_ref()?.labels.clone()
    }

    /// Whether a layer is on the map: visible, not wholly transparent, and at a scale at which it
    /// is drawn.
    pub fn is_drawn(&self, layer: &Layer) -> bool {
        let at_scale = self.scale.is_none_or(|scale| layer.scales.shows(scale));
        self.document().is_shown(layer) && layer.opacity > 0.0 && at_scale
    }

    /// The name of the project: its title, else its file, else "new map".
    pub fn project_name(&self) -> String {
        let title = self.document().title.trim();
        if !title.is_empty() {
            return title.to_owned();
        }
        let file = self.path.as_deref().and_then(Path::file_name);
        match file {
            Some(file) => {
                let name = file.to_string_lossy();
                name.trim_end_matches(".json").trim_end_matches(".belfort").to_owned()
            }
            None => self.tr("app-new-project"),
        }
    }

    /// Keeps a notice; the newest first, not twice the same.
    pub fn notice(&mut self, notice: Notice) {
        if let Notice::Failed(error) = &notice {
            log::warn!("{error}");
        }
        self.notices.retain(|known| known.notice != notice);
        self.notices_made += 1;
        self.notices.insert(0, Kept::new(self.notices_made, notice));
    }

    /// Forgets what points to layers or rows that are gone.
    pub fn tidy(&mut self) {
        let document = self.history.document().clone();
        let exists = |id: LayerId| document.layer(id).is_some();
        if self.active.is_some_and(|id| !exists(id)) {
            self.active = None;
        }
        self.chosen.retain(|id| exists(*id));
        if self.active.is_none() {
            self.active = document.layers.first().map(|layer| layer.id);
        }
        let rows = |id: LayerId| {
            let layer = document.layer(id)?;
            self.store.loaded(&layer.source).map(|loaded| loaded.table.rows())
        };
        let is_there = |row: &RowRef| match rows(row.layer) {
            Some(rows) => row.row < rows,
            None => exists(row.layer),
        };
        let derived = &self.derived;
        self.selection.follow(exists, rows, |id| derived.mask_of(id));
        self.hits.retain(is_there);
    }
}
