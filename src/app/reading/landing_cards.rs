//! Where a layer lies in each reading of its numbers, as little maps to choose from.

use std::sync::Arc;

use egui::{Frame, Label, Margin, Rect, RichText, ScrollArea, Sense, Stroke, Ui, UiBuilder, vec2};

use super::Picture;
use crate::app::Wake;
use crate::app::crs_words::{crs_label, offered};
use crate::app::derived::Same;
use crate::app::keyed::Keyed;
use crate::app::session::Session;
use crate::app::store::Loaded;
use crate::app::theme;
use crate::crs::{Crs, HowFound, LayerCrs, Whereabouts, landings};
use crate::i18n::Message;
use crate::jobs::Job;
use crate::table::{GeometryColumn, Table};

/// How many stand beside each other.
const COLUMNS: usize = 3;

/// The height of a picture, points.
const HEIGHT: f32 = 104.0;

/// A reading and where the layer lies in it.
struct Seen {
    crs: LayerCrs,
    picture: Picture,
    whereabouts: Whereabouts,
    is_in_belgium: bool,
}

/// The cards, drawn by a job.
#[derive(Default)]
pub(in crate::app) struct LandingCards {
    seen: Keyed<(Same<GeometryColumn>, Vec<(Crs, bool)>), Vec<Seen>>,
}

impl LandingCards {
    /// Whether they are being drawn.
    pub fn is_busy(&self) -> bool {
        self.seen.job().is_some()
    }

    /// Shows the cards; answers the reading that was chosen.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, loaded: &Loaded) -> Option<LayerCrs> {
        let readings = readings(&loaded.table, loaded);
        if let Some(geometry) = &loaded.table.geometry {
            let key = readings.iter().map(|it| (it.crs.clone(), it.swapped)).collect();
            let (ours, wake) = (readings.clone(), session.wake.clone());
            self.seen.want((Same(Arc::clone(geometry)), key), |(geometry, _)| {
                look(Arc::clone(&geometry.0), ours, &wake)
            });
        }
        let seen = self.seen.latest();
        let now = loaded.table.crs.as_ref();
        let mut chosen = None;
        let most = (ui.ctx().content_rect().height() - 410.0).clamp(120.0, 620.0);
        let area = ScrollArea::vertical().id_salt("landings").max_height(most);
        area.auto_shrink([false, true]).show(ui, |ui| {
            let gap = 8.0;
            #[expect(clippy::cast_precision_loss, reason = "a few columns")]
            let columns = COLUMNS as f32;
            let width = ((ui.available_width() - gap * (columns - 1.0)) / columns).floor();
            for row in readings.chunks(COLUMNS) {
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = gap;
                    for crs in row {
                        let found = seen.and_then(|seen| seen.iter().find(|it| same(&it.crs, crs)));
                        let is_now = now.is_some_and(|now| same(now, crs));
                        if card(ui, session, (crs, found), is_now, width) && !is_now {
                            chosen = Some(crs.clone());
                        }
                    }
                });
            }
        });
        chosen
    }
}

fn look(geometry: Arc<GeometryColumn>, readings: Vec<LayerCrs>, wake: &Wake) -> Job<Vec<Seen>> {
    let wake = wake.clone();
    Job::start(
        "landings",
        move || wake(),
        move |_| {
            let landings = landings(geometry.xy(), &readings).into_iter();
            let seen = landings.map(|landing| Seen {
                picture: Picture::of(&landing),
                whereabouts: landing.whereabouts(),
                is_in_belgium: landing.is_in_belgium(),
                crs: landing.crs,
            });
            seen.collect()
        },
    )
}

/// The systems offered, the one there is, and what the numbers suggest.
fn readings(table: &Table, loaded: &Loaded) -> Vec<LayerCrs> {
    let reading = |crs: Crs, swapped| LayerCrs { crs, how: HowFound::Chosen, swapped };
    let offered = offered().into_iter().map(|(crs, _)| reading(crs, false));
    let mut all: Vec<LayerCrs> = offered.chain([reading(Crs::wgs84(), true)]).collect();
    let suggested = loaded.place.iter().flat_map(|seen| &seen.doubt.offers);
    for other in suggested.map(|offer| &offer.crs).chain(&table.crs) {
        if !all.iter().any(|known| same(known, other)) {
            all.push(other.clone());
        }
    }
    all
}

fn same(a: &LayerCrs, b: &LayerCrs) -> bool {
    a.crs.same_as(&b.crs) && a.swapped == b.swapped
}

/// One reading; answers whether it was chosen.
fn card(
    ui: &mut Ui,
    session: &Session,
    (crs, seen): (&LayerCrs, Option<&Seen>),
    is_now: bool,
    width: f32,
) -> bool {
    let name = crs_label(crs, session.language);
    let whereabouts = seen.map(|seen| session.say(&seen.whereabouts.message(session.language)));
    // Both take the same room.
    let (stroke, margin) = if is_now {
        (Stroke::new(2.0, theme::accent(ui)), 4)
    } else {
        (ui.visuals().widgets.noninteractive.bg_stroke, 5)
    };
    let frame = Frame::new().stroke(stroke).corner_radius(6.0).inner_margin(Margin::same(margin));
    let builder = UiBuilder::new().id_salt(("landing", &name));
    let shown = ui.scope_builder(builder, |ui| {
        frame
            .show(ui, |ui| {
                ui.set_width(width - 12.0);
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = 2.0;
                    let size = vec2(ui.available_width(), HEIGHT);
                    let is_clicked = if let Some(seen) = seen {
                        let label = Message::new("app-place-picture")
                            .text("crs", &name)
                            .text("where", whereabouts.clone().unwrap_or_default());
                        let picture = seen.picture.show(ui, size, &session.say(&label));
                        // The radio button is there for the keyboard.
                        picture.interact(Sense::CLICK).clicked()
                    } else {
                        let (place, _) = ui.allocate_exact_size(size, Sense::hover());
                        let middle = Rect::from_center_size(place.center(), vec2(18.0, 18.0));
                        ui.put(middle, egui::Spinner::new());
                        false
                    };
                    let is_picked = ui.radio(is_now, &name).clicked();
                    let text = RichText::new(whereabouts.unwrap_or_else(|| "…".to_owned())).small();
                    let is_here = seen.is_some_and(|seen| seen.is_in_belgium);
                    ui.add(
                        Label::new(if is_here { text.strong() } else { text.weak() }).truncate(),
                    );
                    is_clicked || is_picked
                })
                .inner
            })
            .inner
    });
    shown.inner
}
