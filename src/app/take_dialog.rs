//! Taking an area of a basemap along: from where, which area, how deep; what that comes to and what
//! the source's rule is, before anything is asked for; then the fetching, with a way to end it.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{RichText, ScrollArea, Slider, TextEdit, Ui};

use super::actions::{Action, Actions};
use super::dialog::{self, BrowseFor, Existing, PathField};
use super::keyed::Keyed;
use super::layers_panel::progress;
use super::row_extent;
use super::session::{Notice, Session};
use super::store::lost;
use crate::i18n::{Message, format_integer};
use crate::jobs::{Job, Poll, Watch};
use crate::network::Network;
use crate::problem::FileError;
use crate::table::{Extent, RowSet, Table};
use crate::tiles::archive::Archive;
use crate::tiles::take::{TakeFrom, Taken, Wanted, needed, open_remote, part_of, take};
use crate::tiles::{Basemap, basemaps};

/// The deepest level that is offered.
const DEEPEST: u8 = 18;

/// The word of the source that is an address.
const ADDRESS: &str = "address";

/// Which area is taken.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Area {
    /// What was in view when the dialog was opened.
    View,
    /// Around the features selected then.
    Selected,
    /// A rectangle drawn on the map, longitude and latitude in WGS 84.
    Drawn(Extent),
}

/// What is counted.
#[derive(Clone, PartialEq)]
struct Asked {
    from: String,
    address: String,
    area: Area,
    depth: u8,
}

/// What it comes to.
#[derive(Clone)]
struct Counted {
    from: TakeFrom,
    wanted: Wanted,
    bytes: u64,
}

type Count = Result<Counted, Message>;

/// An area being chosen, or taken.
pub(super) struct TakeDialog {
    from: String,
    /// What is typed, and what of it is asked.
    address: String,
    asked_address: String,
    area: Area,
    depth: u8,
    view: Option<Extent>,
    selected: Arc<Vec<(Arc<Table>, RowSet)>>,
    target: PathField,
    exists: Existing,
    counted: Keyed<Asked, Count>,
    taking: Option<Job<Result<Taken, FileError>>>,
    error: Option<FileError>,
    /// A rectangle is to be drawn on the map.
    wants_drawn: bool,
}

impl TakeDialog {
    pub fn new(session: &Session) -> TakeDialog {
        let document = session.document();
        let selected = session.selection.layers().filter_map(|(id, rows)| {
            let table = session.loaded(document.layer(id)?)?.table.clone();
            Some((table, rows.clone()))
        });
        let selected: Vec<_> = selected.filter(|(_, rows)| rows.iter().next().is_some()).collect();
        let shown = server(session, &document.basemap).filter(|basemap| basemap.offline);
        let shown = shown.map(|_| document.basemap.as_str());
        let first = || basemaps().iter().find(|basemap| basemap.offline);
        let from = shown.or_else(|| first().map(|basemap| basemap.id.as_str()));
        let folder = session.path.as_deref().and_then(|path| path.parent().map(PathBuf::from));
        let home = || directories::UserDirs::new().map(|dirs| dirs.home_dir().to_owned());
        let name = session.tr("app-take-file-name");
        let target = folder.or_else(home).unwrap_or_default().join(format!("{name}.pmtiles"));
        TakeDialog {
            from: from.unwrap_or(ADDRESS).to_owned(),
            address: String::new(),
            asked_address: String::new(),
            area: if selected.is_empty() { Area::View } else { Area::Selected },
            depth: 16,
            view: session.in_view,
            selected: Arc::new(selected),
            target: PathField::of(&target).waiting(),
            exists: Existing::default(),
            counted: Keyed::default(),
            taking: None,
            error: None,
            wants_drawn: false,
        }
    }

    /// Takes a rectangle that was drawn on the map (WGS 84) as the area.
    pub fn set_drawn(&mut self, drawn: Extent) {
        self.area = Area::Drawn(drawn);
    }

    /// Whether something is still being fetched.
    pub fn is_busy(&self) -> bool {
        self.taking.is_some() || self.counted.job().is_some() || self.target.is_browsing()
    }

    /// Shows the dialog; answers whether it is done.
    pub fn show(&mut self, ctx: &egui::Context, session: &Session, out: &mut Actions) -> bool {
        if self.take_outcome(out) {
            return true;
        }
        self.count(session);
        let title = session.tr("app-take-title");
        let shown = dialog::show(ctx, "take", &title, 560.0, |ui| {
            let is_taking = self.taking.is_some();
            ui.label(session.tr("app-take-how"));
            ui.add_space(6.0);
            let room = ui.ctx().content_rect().height() - 230.0;
            ScrollArea::vertical().max_height(room.max(200.0)).show(ui, |ui| {
                ui.add_enabled_ui(!is_taking, |ui| self.choices(ui, session));
                self.comes_to(ui, session);
            });
            self.end(ui, session)
        });
        if std::mem::take(&mut self.wants_drawn) {
            out.push(Action::DrawTakeArea);
            return false;
        }
        if shown.is_escaped && self.taking.is_some() {
            self.stop();
            return false;
        }
        shown.inner || shown.is_escaped
    }

    fn choices(&mut self, ui: &mut Ui, session: &Session) {
        ui.strong(session.tr("app-take-from"));
        let own = session.document().basemaps.iter();
        let own = own.filter_map(|own| Some((own.id.as_str(), server(session, &own.id)?)));
        let offered = basemaps().iter().map(|basemap| (basemap.id.as_str(), basemap));
        for (id, one) in offered.chain(own) {
            let name = one.name.get(session.language);
            let rule = format!("{}\n{}", one.terms.get(session.language), one.terms_url);
            let choice = ui.add_enabled_ui(one.offline, |ui| ui.radio(self.from == id, name));
            if choice.inner.on_hover_text(rule.trim()).on_disabled_hover_text(rule.trim()).clicked()
            {
                id.clone_into(&mut self.from);
            }
            if !one.offline {
                let why = RichText::new(one.terms.get(session.language)).small().weak();
                ui.horizontal_top(|ui| {
                    ui.add_space(24.0);
                    ui.vertical(|ui| ui.label(why));
                });
            }
        }
        if ui.radio(self.from == ADDRESS, session.tr("app-take-address")).clicked() {
            ADDRESS.clone_into(&mut self.from);
        }
        if self.from == ADDRESS {
            let label = RichText::new(session.tr("app-take-address-label")).small().weak();
            let label = ui.label(label);
            let field = TextEdit::singleline(&mut self.address)
                .desired_width(f32::INFINITY)
                .hint_text("https://example.org/planet.pmtiles");
            let field = ui.add(field).labelled_by(label.id);
            // A server is asked when the address is whole, not at each letter.
            if field.lost_focus() {
                self.address.trim().clone_into(&mut self.asked_address);
            }
        }
        ui.add_space(8.0);
        ui.strong(session.tr("app-take-area"));
        let has_selected = !self.selected.is_empty();
        for (area, id, is_possible) in [
            (Area::View, "app-take-view", self.view.is_some()),
            (Area::Selected, "app-take-selected", has_selected),
        ] {
            let choice =
                ui.add_enabled_ui(is_possible, |ui| ui.radio(self.area == area, session.tr(id)));
            if choice.inner.clicked() {
                self.area = area;
            }
        }
        let is_drawn = matches!(self.area, Area::Drawn(_));
        ui.horizontal(|ui| {
            if ui.radio(is_drawn, session.tr("app-take-drawn")).clicked() && !is_drawn {
                self.wants_drawn = true;
            }
            if is_drawn && ui.button(session.tr("app-take-draw-again")).clicked() {
                self.wants_drawn = true;
            }
        });
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            let label = ui.strong(session.tr("app-take-depth"));
            let slider = Slider::new(&mut self.depth, 10..=DEEPEST);
            ui.add(slider).labelled_by(label.id);
            ui.label(RichText::new(session.tr(depth_words(self.depth))).small().weak());
        });
        ui.add_space(8.0);
        self.target.show(ui, session, "app-take-file", &[BrowseFor::SaveFile("pmtiles")]);
        if self.target.path().is_some_and(|path| self.exists.is(&path)) {
            let text = RichText::new(session.tr("app-save-exists"));
            ui.label(text.color(ui.visuals().warn_fg_color));
        }
    }

    fn asked(&self) -> Asked {
        let (from, address) = (self.from.clone(), self.asked_address.clone());
        Asked { from, address, area: self.area, depth: self.depth }
    }

    fn count(&mut self, session: &Session) {
        let asked = self.asked();
        if self.taking.is_some() || (asked.from == ADDRESS && asked.address.is_empty()) {
            return;
        }
        let (view, selected) = (self.view, Arc::clone(&self.selected));
        let (wake, network) = (session.wake.clone(), session.settings.network());
        let server = server(session, &asked.from).cloned();
        self.counted.want(asked, |asked| {
            let asked = asked.clone();
            let work =
                move |watch: &Watch| counted(&asked, server, view, &selected, &network, watch);
            Job::start("count tiles", move || wake(), work)
        });
    }

    /// What was counted of what is chosen now.
    fn known(&self) -> Option<&Count> {
        let asked = self.asked();
        if asked.from == ADDRESS && asked.address.is_empty() {
            return None;
        }
        self.counted.of(&asked)
    }

    /// How many tiles and bytes that are, and the rule of the source.
    fn comes_to(&self, ui: &mut Ui, session: &Session) {
        ui.add_space(8.0);
        match self.known() {
            None if self.counted.job().is_some() => {
                ui.horizontal(|ui| {
                    ui.spinner();
                    ui.weak(session.tr("app-take-counting"));
                });
            }
            None => {}
            Some(Err(why)) => {
                ui.label(RichText::new(session.say(why)).color(ui.visuals().error_fg_color));
            }
            Some(Ok(counted)) => {
                let count = counted.wanted.tiles.len();
                let [least, most] = counted.wanted.levels;
                let tiles = format_integer(session.language, i64::try_from(count).unwrap_or(0));
                let is_known = matches!(counted.from, TakeFrom::Archive(_));
                let id = if is_known { "app-take-comes-to" } else { "app-take-about" };
                #[expect(clippy::cast_precision_loss, reason = "a size in words")]
                let size = counted.bytes as f64 / 1e6;
                let text = Message::new(id)
                    .text("tiles", tiles)
                    .text("least", least.to_string())
                    .text("most", most.to_string())
                    .number("size", size, u8::from(size < 10.0));
                ui.label(session.say(&text));
                let rule = match &counted.from {
                    TakeFrom::Server(basemap) => basemap.terms.get(session.language).to_owned(),
                    TakeFrom::Archive(archive) => archive.facts().attribution.clone(),
                };
                ui.label(RichText::new(rule).small().weak());
            }
        }
        if let Some(error) = &self.error {
            let text = RichText::new(error.text(session.language));
            ui.label(text.color(ui.visuals().error_fg_color));
        }
    }

    /// The bar while it is fetched, and the buttons; answers whether the dialog is to close.
    fn end(&mut self, ui: &mut Ui, session: &Session) -> bool {
        if let Some(job) = &self.taking {
            let (done, total) = job.counts();
            let text = Message::new("app-take-progress").count("done", done).count("total", total);
            ui.add_space(6.0);
            progress(ui, job.fraction(), &session.say(&text));
            ui.ctx().request_repaint_after(std::time::Duration::from_millis(150));
            let ended = dialog::buttons(ui, |ui| ui.button(session.tr("app-take-stop")).clicked());
            if ended {
                self.stop();
            }
            return false;
        }
        let ready = self.known().and_then(|count| count.as_ref().ok()).cloned();
        let target = self.target.path();
        let (is_begun, is_closed) = dialog::buttons(ui, |ui| {
            let is_ready = ready.is_some() && target.is_some();
            let is_begun = dialog::main_button(ui, is_ready, &session.tr("app-take-do"));
            (is_begun, ui.button(session.tr("app-cancel")).clicked())
        });
        if let (Some(counted), Some(target), true) = (ready, target, is_begun) {
            self.error = None;
            let (wake, network) = (session.wake.clone(), session.settings.network());
            let work =
                move |watch: &Watch| take(&counted.from, &counted.wanted, &target, &network, watch);
            self.taking = Some(Job::start("take tiles", move || wake(), work));
        }
        is_closed
    }

    /// Ends the fetching; what is there stays for the next time.
    fn stop(&mut self) {
        if let Some(job) = &self.taking {
            job.cancel();
        }
    }

    /// Takes what came of it; answers whether the dialog is done.
    fn take_outcome(&mut self, out: &mut Actions) -> bool {
        let Some(job) = &self.taking else { return false };
        let outcome = match job.poll() {
            Poll::Running => return false,
            Poll::Done(outcome) => outcome,
            Poll::Lost => Err(lost(&self.target.path().unwrap_or_default())),
        };
        self.taking = None;
        match outcome {
            Ok(taken) => {
                if taken.absent > 0 {
                    let text = Message::new("app-take-absent").count("count", taken.absent);
                    out.push(Action::Tell(Box::new(Notice::Trouble(text))));
                }
                out.push(Action::Open(vec![taken.path]));
                true
            }
            Err(error) if error.is_cancelled() => {
                let target = self.target.path().unwrap_or_default();
                let part = part_of(&target).to_string_lossy().into_owned();
                let text = Message::new("app-take-stopped").text("part", part);
                out.push(Action::Tell(Box::new(Notice::Done(text))));
                false
            }
            Err(error) => {
                self.error = Some(error);
                false
            }
        }
    }
}

/// How much is seen at a depth.
fn depth_words(depth: u8) -> &'static str {
    match depth {
        0..=12 => "app-take-depth-city",
        13..=14 => "app-take-depth-streets",
        15..=16 => "app-take-depth-names",
        _ => "app-take-depth-houses",
    }
}

/// The server of a basemap that the program offers or the project has, by its word.
fn server<'a>(session: &'a Session, id: &str) -> Option<&'a Basemap> {
    session.grounds.ground(id)?.server().map(AsRef::as_ref)
}

fn counted(
    asked: &Asked,
    server: Option<Basemap>,
    view: Option<Extent>,
    selected: &[(Arc<Table>, RowSet)],
    network: &Network,
    watch: &Watch,
) -> Count {
    let from = if asked.from == ADDRESS {
        let opened = open_remote(&asked.address, network).map_err(|error| told(&error))?;
        TakeFrom::Archive(Arc::new(opened))
    } else {
        let basemap = server.ok_or_else(|| Message::new("take-error-no-area"))?;
        TakeFrom::Server(Arc::new(basemap))
    };
    from.allowed()?;
    let areas: Vec<Extent> = match asked.area {
        Area::View => view.into_iter().collect(),
        Area::Selected => {
            let of = selected.iter();
            of.filter_map(|(table, rows)| row_extent::extent(table, rows, watch)).collect()
        }
        Area::Drawn(drawn) => vec![drawn],
    };
    let wanted = Wanted::of(&from, &areas, asked.depth)?;
    let bytes = match &from {
        TakeFrom::Archive(archive) => archive_bytes(archive, &wanted, watch)?,
        TakeFrom::Server(_) => wanted.estimate(),
    };
    Ok(Counted { from, wanted, bytes })
}

fn archive_bytes(archive: &Archive, wanted: &Wanted, watch: &Watch) -> Result<u64, Message> {
    needed(archive, wanted, watch).map_err(|error| told(&error))
}

fn told(error: &FileError) -> Message {
    error.what.clone()
}
