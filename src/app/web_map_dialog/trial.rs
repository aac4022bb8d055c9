//! A try: one tile of what is in view, with everything about the answer.

use std::path::Path;

use egui::{Button, ColorImage, Image, Label, RichText, TextureHandle, TextureOptions, Ui, vec2};

use crate::app::session::Session;
use crate::app::store::lost;
use crate::i18n::{Message, format_bytes};
use crate::jobs::{Job, Poll, Watch};
use crate::problem::FileError;
use crate::project::View;
use crate::table::Extent;
use crate::tiles::{Basemap, TileId, Tried, Worth, try_out};

/// The side of the picture, points.
const SIDE: f32 = 128.0;

/// A tile being tried, or how that went.
pub(super) struct Trial {
    view: View,
    trying: Option<Job<Result<Tried, FileError>>>,
    /// What was tried, and what came of it.
    done: Option<(Basemap, Result<Tried, FileError>)>,
    asked: Option<Basemap>,
    picture: Option<TextureHandle>,
}

impl Trial {
    pub fn new(view: View) -> Trial {
        Trial { view, trying: None, done: None, asked: None, picture: None }
    }

    pub fn is_busy(&self) -> bool {
        self.trying.is_some()
    }

    /// Whether something is told of what was tried.
    pub fn is_told(&self) -> bool {
        self.done.is_some()
    }

    /// What was tried is another map.
    pub fn forget(&mut self) {
        let view = self.view;
        *self = Trial::new(view);
    }

    /// The tile that is tried: in the middle of the view, or of the map where that is elsewhere.
    fn tile(&self, basemap: &Basemap, bounds: Option<Extent>) -> (TileId, bool) {
        let middle = [self.view.lon, self.view.lat];
        let elsewhere = bounds.filter(|bounds| !bounds.contains(middle));
        let place = elsewhere.map_or(middle, |bounds| bounds.center());
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
        let level = self.view.zoom.round().clamp(0.0, 30.0) as u8;
        let level = level.clamp(basemap.min_zoom, basemap.max_zoom.max(basemap.min_zoom));
        (TileId::at(place, level), elsewhere.is_some())
    }

    fn take(&mut self, ui: &Ui) {
        let Some(job) = &self.trying else { return };
        let outcome = match job.poll() {
            Poll::Running => return,
            Poll::Done(outcome) => outcome,
            Poll::Lost => Err(lost(Path::new(""))),
        };
        self.trying = None;
        let Some(asked) = self.asked.take() else { return };
        self.picture = outcome.as_ref().ok().map(|tried| {
            let size = [tried.image.width as usize, tried.image.height as usize];
            let pixels = ColorImage::from_rgba_unmultiplied(size, &tried.image.rgba);
            ui.ctx().load_texture("tried tile", pixels, TextureOptions::LINEAR)
        });
        self.done = Some((asked, outcome));
    }

    pub fn show(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        basemap: &Basemap,
        bounds: Option<Extent>,
    ) {
        self.take(ui);
        // Name, maker and rule change nothing of what a server answers.
        let is_same = |known: &Basemap| {
            (&known.url, &known.levels, &known.servers)
                == (&basemap.url, &basemap.levels, &basemap.servers)
                && (known.min_zoom, known.max_zoom) == (basemap.min_zoom, basemap.max_zoom)
        };
        if self.done.as_ref().is_some_and(|(known, _)| !is_same(known)) {
            self.done = None;
            self.picture = None;
        }
        let (tile, is_elsewhere) = self.tile(basemap, bounds);
        ui.horizontal(|ui| {
            if let Some(job) = &self.trying {
                ui.spinner();
                ui.weak(session.tr("app-web-map-trying"));
                if ui.button(session.tr("app-cancel")).clicked() {
                    job.cancel();
                    self.trying = None;
                }
                return;
            }
            let hint = session.tr("app-web-map-try-hint");
            let button = ui.add(Button::new(session.tr("app-web-map-try"))).on_hover_text(hint);
            if button.clicked() {
                let (ours, network, wake) =
                    (basemap.clone(), session.settings.network(), session.wake.clone());
                self.asked = Some(basemap.clone());
                self.done = None;
                let work = move |watch: &Watch| try_out(&ours, tile, &network, watch);
                self.trying = Some(Job::start("try a tile", move || wake(), work));
            }
            if is_elsewhere {
                let text = RichText::new(session.tr("app-web-map-elsewhere"));
                ui.add(Label::new(text.color(ui.visuals().warn_fg_color)).truncate());
            }
        });
        match &self.done {
            None => {}
            Some((_, Ok(tried))) => told(ui, session, tried, self.picture.as_ref()),
            Some((_, Err(error))) => {
                let text = RichText::new(error.what.in_language(session.language));
                ui.add(Label::new(text.color(ui.visuals().error_fg_color)).wrap());
                if let Some(remedy) = &error.remedy {
                    ui.add(Label::new(RichText::new(session.say(remedy)).weak()).wrap());
                }
                let address = error.path.to_string_lossy();
                let shown = Label::new(RichText::new(&*address).small().weak()).truncate();
                ui.add(shown).on_hover_text(&*address);
            }
        }
    }
}

fn told(ui: &mut Ui, session: &Session, tried: &Tried, picture: Option<&TextureHandle>) {
    ui.horizontal_top(|ui| {
        if let Some(picture) = picture {
            let image = Image::from_texture(picture).fit_to_exact_size(vec2(SIDE, SIDE));
            ui.add(image.corner_radius(4.0).alt_text(session.tr("app-web-map-tried")));
        }
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 3.0;
            let worth = match tried.worth {
                Worth::Picture => "app-web-map-good",
                Worth::OneColour => "app-web-map-one-colour",
                Worth::Clear => "app-web-map-clear",
            };
            let text = RichText::new(session.say(&Message::new(worth)));
            let text = if tried.worth == Worth::Picture {
                text.strong()
            } else {
                text.color(ui.visuals().warn_fg_color)
            };
            ui.add(Label::new(text).wrap());
            let TileId { z, x, y } = tried.tile;
            let size = Message::new("app-web-map-size")
                .text("width", tried.image.width.to_string())
                .text("height", tried.image.height.to_string())
                .text("kind", tried.content_type.as_str())
                .text("bytes", format_bytes(session.language, tried.bytes))
                .number("seconds", tried.took.as_secs_f64(), 2);
            ui.label(session.say(&size));
            let which = Message::new("app-web-map-which").text("tile", format!("{z}/{x}/{y}"));
            let which = ui.label(RichText::new(session.say(&which)).small().weak());
            which.on_hover_text(&tried.address);
            for (name, value) in &tried.headers {
                let line = RichText::new(format!("{name}: {value}")).small().weak();
                ui.add(Label::new(line).truncate());
            }
            if tried.headers.is_empty() {
                let text = session.tr("app-web-map-no-headers");
                ui.label(RichText::new(text).small().weak());
            }
        });
    });
}
