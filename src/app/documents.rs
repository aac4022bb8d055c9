//! The document as a whole: another in its place, layers added to it, its file.

use std::path::PathBuf;

use egui::ViewportCommand;

use super::actions::Action;
use super::backdrop_window::BackdropCrsDialog;
use super::layers_of_file::LayersOfFile;
use super::opening::{Opened, Opening};
use super::reading;
use super::safekeeping::OnDisk;
use super::session::{Notice, ToChoose};
use super::store::{Loaded, RowKind};
use super::view_history::ViewHistory;
use super::{Aim, BelfortApp, Dialog, grounds, pasting};
use crate::i18n::Message;
use crate::portal::Address;
use crate::project::{
    Backdrop, Command, Document, History, Layer, LayerId, LayerSource, OwnBasemap, Rectangle,
};

impl BelfortApp {
    pub(super) fn run(&mut self, command: Command) {
        let adds = matches!(command, Command::AddLayers { .. } | Command::AddNotes { .. });
        let groups = matches!(command, Command::GroupLayers { .. });
        let adds_backdrops = matches!(command, Command::AddBackdrops { .. });
        let before = matches!(command, Command::SetSource(..))
            .then(|| self.session.history.document().clone());
        if let Command::SetSource(layer, source) = &command {
            self.keep_if_same(*layer, source);
        }
        if let Err(error) = self.session.history.run(command) {
            log::error!("{error}");
        }
        if let Some(before) = before {
            self.remember_readings(&before);
        }
        if adds {
            let newest = self.session.document().layers.iter().map(|layer| layer.id).max();
            self.session.active = newest;
        }
        if adds_backdrops {
            let backdrops = &self.session.document().backdrops;
            self.session.backdrop = backdrops.iter().map(|backdrop| backdrop.id).max();
        }
        if groups && let Some(made) = self.session.document().groups.last().map(|group| group.id) {
            // Its name stands for any: the person types a better one at once.
            self.apply_to_view(Action::StartRenameGroup(made));
        }
    }

    /// A layer whose present reading is confirmed by the person need not be read again.
    fn keep_if_same(&mut self, layer: LayerId, source: &LayerSource) {
        let Some(layer) = self.session.document().layer(layer) else { return };
        let loaded = self.session.store.present(&layer.source);
        let same = loaded.filter(|loaded| reading::is_confirmed(&layer.source, source, loaded));
        if let Some(loaded) = same.cloned() {
            self.session.store.put(source.clone(), loaded);
        }
    }

    /// Remembers for their files what was chosen of layers, and forgets what was taken back.
    pub(super) fn remember_readings(&mut self, before: &Document) {
        let now = self.session.history.document().clone();
        if reading::follow(&mut self.session.settings.readings, before, &now) {
            self.keep_settings();
        }
    }

    /// What may lose changes, after the person agreed.
    pub(super) fn regardless(&mut self, action: Action) {
        match action {
            Action::New => self.replace(Document::default(), None),
            Action::OpenSample => {
                self.open_sample();
                self.session.opening.iter_mut().for_each(|opening| opening.is_agreed = true);
            }
            Action::Quit => {
                self.may_close = true;
                self.ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            Action::NewFromThis => {
                // The same map as a new one: nobody's file, and not saved yet.
                self.session.path = None;
                self.session.on_disk = OnDisk::default();
                let document = self.document().clone();
                self.session.history = History::new(Document::clone(&document));
                self.session.history.mark_saved_as(std::sync::Arc::default());
            }
            Action::TakeUpWork => self.take_up_work(),
            Action::Open(paths) => {
                self.open(&paths);
                self.session.opening.iter_mut().for_each(|opening| opening.is_agreed = true);
            }
            other => self.apply(other),
        }
    }

    /// Another project in place of this one.
    pub(super) fn replace(&mut self, document: Document, path: Option<PathBuf>) {
        let view = document.view;
        self.session.history = History::new(document);
        self.filter_panel.forget();
        self.session.path = path;
        self.session.on_disk = OnDisk::default();
        self.files.forget();
        self.session.active = None;
        self.session.backdrop = None;
        self.session.selection.clear();
        self.session.hits.clear();
        self.session.marker = None;
        self.told_view = None;
        self.session.views = ViewHistory::default();
        match view {
            Some(view) => {
                self.map.set_view(view);
                self.aim = None;
            }
            None => self.aim = Some(Aim::All),
        }
    }

    /// Takes what was opened.
    pub(super) fn take_opened(&mut self, opening: &Opening, opened: Opened) {
        if !opening.is_sample && !Address::is_meant(&opening.path) {
            self.session.settings.opened(&opening.path);
            self.keep_settings();
        }
        match opened {
            Opened::Project(project) => {
                let path = std::path::absolute(&opening.path).ok().filter(|_| !opening.is_sample);
                let on_disk = OnDisk::of(&project);
                for problem in &project.problems {
                    self.session.notice(Notice::Problem(problem.clone()));
                }
                let has_file = path.is_some();
                self.replace(project.document, path);
                if has_file {
                    self.session.on_disk = on_disk;
                    self.look_at_files(false);
                }
            }
            Opened::Pack(project, folder) => self.take_pack(*project, &folder),
            Opened::Several(file) => {
                self.session.to_choose.push_back(ToChoose::File(file));
            }
            Opened::Backdrop(backdrop, has_crs) => self.add_backdrop(*backdrop, has_crs),
            Opened::Basemap(own, opened) => self.add_basemap(*own, opened),
            Opened::Service(service) => self.service_found(service),
            Opened::Layers(layers) => {
                let is_first = self.session.document().layers.is_empty();
                let mut added = Vec::with_capacity(layers.len());
                let kind = layers.first().map_or(RowKind::Rows, |(_, loaded)| loaded.kind);
                let at = self.place_for(kind);
                for (mut layer, loaded) in layers {
                    self.dress_as_before(&mut layer, &loaded.table);
                    self.session.store.put(layer.source.clone(), loaded);
                    added.push(layer);
                }
                let several = added.len() > 1;
                self.tell_of_readings(&added);
                let before = self.session.document().next_layer;
                self.run(Command::AddLayers { layers: added, at });
                self.look_beside(before);
                self.session.history.close_step();
                self.aim = match self.session.active {
                    Some(layer) if !is_first && !several => Some(Aim::Layer(layer)),
                    _ => Some(Aim::All),
                };
            }
        }
    }

    /// Shows an archive of tiles as the basemap, and goes to where it has tiles if nothing of it is
    /// in view.
    fn add_basemap(&mut self, own: OwnBasemap, opened: grounds::Opened) {
        let facts = opened.archive.facts().clone();
        let document = self.session.document();
        let is_first = document.layers.is_empty() && document.backdrops.is_empty();
        let is_seen = self.session.in_view.is_some_and(|view| view.intersects(&facts.bounds));
        if let Some(path) = own.path() {
            self.session.grounds.put(path.to_owned(), opened);
        }
        self.run(Command::AddBasemap(own));
        self.session.history.close_step();
        if is_first || !is_seen {
            self.map.zoom_to(facts.bounds);
        }
        let told = Message::new("app-basemap-added")
            .text("name", facts.title())
            .message("about", facts.message());
        self.session.notice(Notice::Done(told));
    }

    /// Adds an image under the layers, on top of other images.
    fn add_backdrop(&mut self, backdrop: Backdrop, has_crs: bool) {
        let document = self.session.document();
        let is_first = document.layers.is_empty() && document.backdrops.is_empty();
        self.run(Command::AddBackdrops { backdrops: vec![backdrop], at: 0 });
        self.session.history.close_step();
        let added = self.session.backdrop;
        self.aim = match added {
            Some(added) if !is_first => Some(Aim::Backdrop(added)),
            _ => Some(Aim::All),
        };
        // Nothing tells where it lies: the person is asked.
        if let Some(added) = added.filter(|_| !has_crs && self.dialog.is_none()) {
            self.dialog = Some(Dialog::BackdropCrs(BackdropCrsDialog::new(added)));
        }
    }

    /// Says of layers just opened that they are read as the person chose before.
    fn tell_of_readings(&mut self, added: &[Layer]) {
        for layer in added {
            if let Some(words) = reading::chosen_words(&layer.source, self.session.language) {
                let text = Message::new("app-reading-as-before")
                    .text("name", layer.name.as_str())
                    .text("how", words);
                self.session.notice(Notice::Done(text));
            }
        }
    }

    /// Opens some layers of a file that holds several.
    pub(super) fn open_layers(
        &mut self,
        path: PathBuf,
        names: Vec<String>,
        part: Option<Rectangle>,
    ) {
        let opening = Opening::of_layers(path, names, part, &self.session);
        self.session.opening.push(opening);
    }

    /// Adds a pasted text as a layer.
    pub(super) fn paste(&mut self, text: String) {
        let now = chrono::Local::now().format("%Y-%m-%d %H.%M.%S");
        let name = Message::new("app-paste-name").text("when", now.to_string());
        let name = self.session.say(&name);
        let folder = self.session.settings.pasted_folder(&self.usual_cache);
        let opening = pasting::open(text, folder, name, &self.session.portals, &self.session.wake);
        self.session.opening.push(opening);
    }

    /// Asks which layers of a file or service are wanted, once no other dialog stands in the way.
    pub(super) fn ask_for_layers(&mut self) {
        if self.dialog.is_none()
            && let Some(found) = self.session.to_choose.pop_front()
        {
            let dialog = LayersOfFile::new(found, self.session.in_view);
            self.dialog = Some(Dialog::LayersOfFile(dialog));
        }
    }

    /// Where a new layer comes: on top, but areas below lines and lines below points, which they
    /// would cover.
    fn place_for(&self, kind: RowKind) -> usize {
        let rank = |kind: RowKind| match kind {
            RowKind::Polygons => 0,
            RowKind::Lines | RowKind::Mixed => 1,
            RowKind::Points | RowKind::Rows => 2,
        };
        let layers = &self.session.document().layers;
        let covers = |loaded: &Loaded| rank(loaded.kind) > rank(kind);
        let is_above = |layer: &&Layer| self.session.loaded(layer).is_some_and(covers);
        layers.iter().take_while(is_above).count()
    }
}
