//! A basemap by its address: what lies there, which layers of it, how it is used, and a try before
//! it is.

mod facts;
mod layers;
mod trial;

use std::path::Path;

use egui::{Button, Key, RichText, ScrollArea, TextEdit, Ui};

use self::facts::Facts;
use self::layers::LayerChoice;
use self::trial::Trial;
use super::actions::{Action, Actions};
use super::dialog;
use super::icons::{self, Icon};
use super::session::Session;
use super::store::lost;
use crate::i18n::Message;
use crate::jobs::{Job, Poll};
use crate::problem::FileError;
use crate::project::{Command, OwnBasemap, View};
use crate::table::Extent;
use crate::tiles::{FoundMap, WebMap, key_in, look_at, server_of, without_keys};

/// The width of the dialog, points.
const WIDTH: f32 = 660.0;

/// A basemap being described.
pub(super) struct WebMapDialog {
    /// The word of the one that is changed; none for a new one.
    changed: Option<String>,
    address: String,
    had_focus: bool,
    looking: Option<Job<Result<FoundMap, FileError>>>,
    error: Option<FileError>,
    /// The service at the address, and what is chosen of it.
    service: Option<LayerChoice>,
    /// The map as it would be, but for what is said in the fields.
    map: Option<WebMap>,
    /// Whether the pattern was made of the address of one tile.
    is_guessed: bool,
    facts: Facts,
    trial: Trial,
}

impl WebMapDialog {
    /// For a new basemap, or for one of the project by its word.
    pub fn new(session: &Session, changed: Option<&str>, view: View) -> WebMapDialog {
        let own = changed.and_then(|id| session.document().own_basemap(id));
        let mut dialog = WebMapDialog {
            changed: own.map(|own| own.id.clone()),
            address: String::new(),
            had_focus: own.is_some(),
            looking: None,
            error: None,
            service: None,
            map: None,
            is_guessed: false,
            facts: Facts::default(),
            trial: Trial::new(view),
        };
        if let Some(own) = own {
            dialog.take_up(own);
        }
        dialog
    }

    /// Whether a server is being asked.
    pub fn is_busy(&self) -> bool {
        self.looking.is_some() || self.trial.is_busy()
    }

    /// Goes on with a basemap that is known.
    fn take_up(&mut self, own: &OwnBasemap) {
        let Some(map) = own.web() else { return };
        self.address = if map.found_at.is_empty() { &map.url } else { &map.found_at }.clone();
        self.facts = Facts::of(&own.name, map);
        self.map = Some(map.clone());
        self.service = None;
        self.error = None;
    }

    /// Shows the dialog; answers whether it is done.
    pub fn show(&mut self, ctx: &egui::Context, session: &Session, out: &mut Actions) -> bool {
        self.take(session);
        let id =
            if self.changed.is_some() { "app-web-map-change-title" } else { "app-web-map-title" };
        let title = session.say(&Message::new(id));
        let shown = dialog::show(ctx, "web map", &title, WIDTH, |ui| {
            let told = if self.trial.is_told() { 150.0 } else { 0.0 };
            let most = (ctx.content_rect().height() - 220.0 - told).max(120.0);
            let scroll = ScrollArea::vertical().max_height(most);
            scroll.auto_shrink([false, true]).show(ui, |ui| {
                ui.set_width(ui.available_width() - 4.0);
                self.content(ui, session, out);
            });
            // Under what scrolls, so that it is always in sight.
            if self.map.is_some() {
                ui.separator();
                self.try_it(ui, session);
            }
            self.end(ui, session, out)
        });
        shown.inner || shown.is_escaped
    }

    fn content(&mut self, ui: &mut Ui, session: &Session, out: &mut Actions) {
        let mut is_wanted = self.field(ui, session);
        if let Some(error) = &self.error {
            ui.add_space(4.0);
            let text = RichText::new(error.what.in_language(session.language));
            ui.add(egui::Label::new(text.color(ui.visuals().error_fg_color)).wrap());
            if let Some(remedy) = &error.remedy {
                ui.add(egui::Label::new(RichText::new(session.say(remedy)).weak()).wrap());
            }
        }
        let is_empty = self.map.is_none() && self.service.is_none();
        if is_empty && let Some(own) = known(ui, session, out) {
            self.take_up(&own);
            is_wanted = false;
        }
        if let Some(service) = &mut self.service {
            ui.add_space(8.0);
            if service.show(ui, session) {
                self.choose(session);
            }
        }
        if self.map.is_some() {
            self.about_the_map(ui, session);
        }
        if is_wanted && self.looking.is_none() && !self.address.trim().is_empty() {
            self.look(session);
        }
    }

    fn about_the_map(&mut self, ui: &mut Ui, session: &Session) {
        let Some(map) = &self.map else { return };
        ui.add_space(8.0);
        let pattern = without_keys(&map.url);
        if self.service.is_none() {
            let id = if self.is_guessed { "app-web-map-guessed" } else { "app-web-map-pattern" };
            ui.label(session.say(&Message::new(id)));
            let text = RichText::new(&pattern).small().weak();
            ui.add(egui::Label::new(text).truncate()).on_hover_text(&pattern);
            if !map.layers.is_empty() {
                let layers = map.layers.join(", ");
                let text = Message::new("app-web-map-layers-kept").text("layers", layers);
                ui.label(RichText::new(session.say(&text)).small().weak());
            }
        }
        if let Some(name) = key_in(&map.url) {
            let text = session.say(&Message::new("app-web-map-key").text("name", name));
            let text = RichText::new(text).color(ui.visuals().warn_fg_color);
            ui.add(egui::Label::new(text).wrap());
        }
        ui.add_space(6.0);
        let conditions = self.service.as_ref().map_or("", LayerChoice::conditions);
        self.facts.show(ui, session, map, conditions);
    }

    fn try_it(&mut self, ui: &mut Ui, session: &Session) {
        let Some(map) = &self.map else { return };
        let basemap = self.facts.map(map).basemap(&self.facts.name);
        self.trial.show(ui, session, &basemap, self.bounds());
    }

    /// Where the map lies, where that is told.
    fn bounds(&self) -> Option<Extent> {
        self.service.as_ref().and_then(LayerChoice::bounds)
    }

    /// The field for the address with its button; answers whether it is to be looked at.
    fn field(&mut self, ui: &mut Ui, session: &Session) -> bool {
        let label = ui.label(RichText::new(session.tr("app-service-address")).small().weak());
        let mut is_wanted = false;
        ui.horizontal(|ui| {
            let look = session.tr("app-service-open");
            let field = TextEdit::singleline(&mut self.address)
                .desired_width((ui.available_width() - 128.0).max(160.0))
                .hint_text("https://…/{z}/{x}/{y}.png");
            let field = ui.add(field).labelled_by(label.id);
            if !std::mem::replace(&mut self.had_focus, true) {
                field.request_focus();
            }
            if field.changed() {
                // Another address, another map; what was typed of it stays.
                self.error = None;
                self.service = None;
                self.map = None;
                self.trial.forget();
            }
            is_wanted = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            if let Some(job) = &self.looking {
                ui.spinner();
                if ui.button(session.tr("app-cancel")).clicked() {
                    job.cancel();
                    self.looking = None;
                }
            } else {
                let is_ready = !self.address.trim().is_empty();
                is_wanted |= ui.add_enabled(is_ready, Button::new(look)).clicked();
            }
        });
        let how = RichText::new(session.tr("app-web-map-how")).small().weak();
        ui.add(egui::Label::new(how).wrap());
        is_wanted
    }

    fn look(&mut self, session: &Session) {
        let (address, network) = (self.address.clone(), session.settings.network());
        let wake = session.wake.clone();
        self.error = None;
        let work = move |watch: &crate::jobs::Watch| look_at(&address, &network, watch);
        self.looking = Some(Job::start("look at a map", move || wake(), work));
    }

    /// Takes what was found.
    fn take(&mut self, session: &Session) {
        let Some(job) = &self.looking else { return };
        let found = match job.poll() {
            Poll::Running => return,
            Poll::Done(found) => found,
            Poll::Lost => Err(lost(Path::new(&without_keys(&self.address)))),
        };
        self.looking = None;
        self.trial.forget();
        match found {
            Ok(FoundMap::Pattern(pattern)) => {
                self.service = None;
                self.is_guessed = pattern.is_guessed;
                let name = server_of(&pattern.map.url).to_owned();
                self.facts.found(&name, &pattern.map);
                self.map = Some(pattern.map);
            }
            Ok(FoundMap::Service(service)) => {
                let before = self.map.take();
                self.service = Some(LayerChoice::new(service, before.as_ref()));
                self.choose(session);
            }
            Err(error) if error.is_cancelled() => {}
            Err(error) => self.error = Some(error),
        }
    }

    /// The map of what is chosen of the service.
    fn choose(&mut self, session: &Session) {
        let Some(service) = &self.service else { return };
        self.map = service.map();
        self.trial.forget();
        if let Some(map) = &self.map {
            self.facts.found(&service.name(session), map);
        }
    }

    /// Why the basemap cannot be used yet; none where it can.
    fn why_not(&self) -> Option<&'static str> {
        if self.map.is_none() {
            return Some(match &self.service {
                Some(_) => "app-web-map-choose-layer",
                None => "app-web-map-look-first",
            });
        }
        self.facts.why_not()
    }

    /// The buttons; answers whether the dialog is to close.
    fn end(&mut self, ui: &mut Ui, session: &Session, out: &mut Actions) -> bool {
        let why_not = self.why_not();
        let id = if self.changed.is_some() { "app-web-map-change" } else { "app-web-map-add" };
        let name = session.say(&Message::new(id));
        let (is_done, is_cancelled) = dialog::buttons(ui, |ui| {
            let main = dialog::main_response(ui, why_not.is_none(), &name);
            let is_cancelled = ui.button(session.tr("app-cancel")).clicked();
            if let Some(why) = why_not {
                let why = session.say(&Message::new(why));
                ui.add(egui::Label::new(RichText::new(why).small().weak()).truncate());
            }
            (main.clicked(), is_cancelled)
        });
        let Some(map) = self.map.as_ref().filter(|_| is_done && why_not.is_none()) else {
            return is_cancelled;
        };
        let map = self.facts.map(map);
        let mut own = OwnBasemap::of_web(self.facts.name.trim(), map);
        let mut settings = session.settings.clone();
        settings.used_web_map(&own);
        match &self.changed {
            Some(id) => {
                own.id.clone_from(id);
                out.push(Action::Run(Command::ChangeBasemap(own)));
            }
            None => out.push(Action::Run(Command::AddBasemap(own))),
        }
        out.push(Action::CloseStep);
        out.push(Action::ChangeSettings(Box::new(settings)));
        if let (Some(bounds), Some(view)) = (self.bounds(), session.in_view)
            && !bounds.intersects(&view)
        {
            out.push(Action::ZoomToExtent(bounds));
        }
        true
    }
}

/// The maps added before; answers the one that was clicked.
fn known(ui: &mut Ui, session: &Session, out: &mut Actions) -> Option<OwnBasemap> {
    let known = &session.settings.web_maps;
    if known.is_empty() {
        return None;
    }
    ui.add_space(10.0);
    ui.label(RichText::new(session.tr("app-web-map-known")).small().weak());
    let mut chosen = None;
    for (number, own) in known.iter().enumerate() {
        let Some(map) = own.web() else { continue };
        ui.horizontal(|ui| {
            let text = Message::new("app-web-map-known-one")
                .text("name", own.name.as_str())
                .text("form", map.form.name())
                .text("place", server_of(&map.url));
            let label = Message::new("app-web-map-forget").text("name", own.name.as_str());
            if icons::small_button(ui, Icon::Trash, &session.say(&label)).clicked() {
                let mut settings = session.settings.clone();
                settings.web_maps.remove(number);
                out.push(Action::ChangeSettings(Box::new(settings)));
            }
            let button = Button::new(session.say(&text)).frame(false).truncate();
            if ui.add(button).on_hover_text(without_keys(&map.url)).clicked() {
                chosen = Some(own.clone());
            }
        });
    }
    chosen
}
