//! In the layers panel, below the layers: the images under them.

use egui::{Align, Button, CornerRadius, Layout, RichText, Sense, Slider, Ui, UiBuilder};

use super::dragging::{self, Dragged, Row};
use super::{LayersPanel, Renamed, Renaming, progress};
use crate::app::actions::{Action, Actions};
use crate::app::backdrops::Entry;
use crate::app::crs_words::crs_label;
use crate::app::icons::{self, Icon};
use crate::app::menu::backdrop_menu;
use crate::app::session::Session;
use crate::app::theme;
use crate::crs::HowFound;
use crate::i18n::Message;
use crate::project::{Backdrop, Command};

/// "5 000 × 4 000 pixels".
pub(in crate::app) fn image_size([width, height]: [u32; 2]) -> Message {
    let message = Message::new("raster-size").count("width", u64::from(width));
    message.count("height", u64::from(height))
}

impl LayersPanel {
    /// Lets the person type another name for an image.
    pub fn start_rename_backdrop(&mut self, backdrop: &Backdrop) {
        let what = Renamed::Backdrop(backdrop.id);
        self.renaming = Some(Renaming { what, name: backdrop.name.clone(), has_focus: false });
    }

    /// The images, topmost first, under a heading.
    pub(super) fn backdrops(&mut self, ui: &mut Ui, session: &Session, out: &mut Actions) {
        let backdrops = &session.document().backdrops;
        if backdrops.is_empty() {
            return;
        }
        ui.add_space(4.0);
        ui.label(RichText::new(session.tr("app-backdrops")).small().weak());
        for backdrop in backdrops {
            self.backdrop_row(ui, session, backdrop, out);
        }
    }

    fn backdrop_row(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        backdrop: &Backdrop,
        out: &mut Actions,
    ) {
        let is_active = session.active_backdrop().is_some_and(|active| active.id == backdrop.id);
        let builder = UiBuilder::new().id_salt(("backdrop", backdrop.id)).sense(Sense::CLICK);
        let shown = ui.scope_builder(builder, |ui| {
            let frame = theme::card(ui).show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                ui.spacing_mut().item_spacing.y = 3.0;
                ui.horizontal(|ui| self.backdrop_line(ui, session, backdrop, out));
                facts_line(ui, session, backdrop, out);
                if is_active {
                    opacity_line(ui, session, backdrop, out);
                }
            });
            if is_active && session.document().backdrops.len() > 1 {
                let mut bar = frame.response.rect;
                bar.max.x = bar.min.x + 4.0;
                let radius = CornerRadius { nw: 6, sw: 6, ne: 0, se: 0 };
                ui.painter().rect_filled(bar, radius, theme::accent(ui));
            }
        });
        if shown.response.clicked() {
            out.push(Action::ChooseBackdrop(backdrop.id));
        }
        shown.response.context_menu(|ui| backdrop_menu(ui, session, backdrop, out));
        dragging::drop_target(ui, session, Row::Backdrop(backdrop.id), &shown.response, out);
    }

    fn backdrop_line(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        backdrop: &Backdrop,
        out: &mut Actions,
    ) {
        ui.spacing_mut().item_spacing.x = 3.0;
        let named = |id| session.say(&Message::new(id).text("name", backdrop.name.as_str()));
        dragging::grip(ui, Dragged::Backdrop(backdrop.id), session.tr("app-backdrop-drag"));
        let (icon, label) = if backdrop.visible {
            (Icon::Eye, named("app-backdrop-hide"))
        } else {
            (Icon::EyeClosed, named("app-backdrop-show"))
        };
        if icons::button(ui, icon, &label).clicked() {
            let change = Command::SetBackdropVisible(backdrop.id, !backdrop.visible);
            out.push(Action::Run(change));
        }
        let (place, _) = ui.allocate_exact_size(egui::Vec2::splat(26.0), Sense::hover());
        icons::paint(ui.painter(), Icon::Image, place.center(), theme::accent(ui));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let more = icons::button(ui, Icon::More, &named("app-backdrop-more"));
            egui::Popup::menu(&more).show(|ui| backdrop_menu(ui, session, backdrop, out));
            badge(ui, session, backdrop, out);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let what = Renamed::Backdrop(backdrop.id);
                if self.name_field(ui, session, what, &backdrop.name, out) {
                    return;
                }
                let mut text = RichText::new(&backdrop.name);
                if !backdrop.visible {
                    text = text.weak();
                }
                let name = ui.add(Button::new(text).frame(false).truncate());
                let name = name.on_hover_text(&backdrop.path);
                if name.double_clicked() {
                    out.push(Action::StartRenameBackdrop(backdrop.id));
                } else if name.clicked() {
                    out.push(Action::ChooseBackdrop(backdrop.id));
                }
            });
        });
    }
}

/// The sign of problems, where there are some.
fn badge(ui: &mut Ui, session: &Session, backdrop: &Backdrop, out: &mut Actions) {
    let Some(raster) = session.backdrops.raster(backdrop) else { return };
    let count = raster.problems().len();
    if count > 0 {
        let label = Message::new("app-layer-problems")
            .count("count", count as u64)
            .text("name", backdrop.name.as_str());
        let color = ui.visuals().warn_fg_color;
        let label = session.say(&label);
        if icons::colored_button(ui, Icon::Warning, &label, color).clicked() {
            out.push(Action::ShowBackdropProblems(backdrop.id));
        }
    }
}

fn facts_line(ui: &mut Ui, session: &Session, backdrop: &Backdrop, out: &mut Actions) {
    match session.backdrops.entry(backdrop) {
        None => {
            ui.small(session.tr("app-layer-waiting"));
        }
        Some(Entry::Loading(job)) => {
            ui.horizontal(|ui| {
                progress(ui, job.fraction(), &session.tr("app-backdrop-loading"));
                if icons::button(ui, Icon::Close, &session.tr("app-cancel")).clicked() {
                    out.push(Action::CancelBackdrop(backdrop.id));
                }
            });
        }
        Some(Entry::Failed(error)) => {
            let text = RichText::new(error.text(session.language)).small();
            ui.label(text.color(ui.visuals().error_fg_color));
            if ui.small_button(session.tr("app-layer-reload")).clicked() {
                out.push(Action::ReloadBackdrop(backdrop.id));
            }
        }
        Some(Entry::Loaded(raster)) => {
            // A line of small words needs less height than one of buttons.
            ui.spacing_mut().interact_size.y = 16.0;
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = 6.0;
                ui.spacing_mut().button_padding.y = 0.0;
                let text = session.say(&image_size(raster.file.facts.size));
                ui.label(RichText::new(text).small().weak());
                crs_link(ui, session, backdrop, out);
            });
            if let Some(Err(error)) = session.backdrops.laid(backdrop) {
                let text = RichText::new(session.say(error)).small();
                ui.label(text.color(ui.visuals().error_fg_color));
            }
        }
    }
}

fn crs_link(ui: &mut Ui, session: &Session, backdrop: &Backdrop, out: &mut Actions) {
    let (text, color) = match session.backdrops.crs(backdrop) {
        None => (session.tr("app-crs-unknown"), ui.visuals().error_fg_color),
        Some(found) => {
            let name = crs_label(&found, session.language);
            if found.how == HowFound::Guess {
                let text = session.say(&Message::new("app-crs-guessed").text("name", name));
                (text, ui.visuals().warn_fg_color)
            } else {
                (name, theme::accent(ui))
            }
        }
    };
    let link = Button::new(RichText::new(text).small().color(color)).frame(false);
    if ui.add(link).on_hover_text(session.tr("app-backdrop-crs-hint")).clicked() {
        out.push(Action::ShowBackdropCrs(backdrop.id));
    }
}

fn opacity_line(ui: &mut Ui, session: &Session, backdrop: &Backdrop, out: &mut Actions) {
    ui.horizontal(|ui| {
        ui.label(RichText::new(session.tr("app-layer-opacity")).small().weak());
        let mut opacity = backdrop.opacity;
        ui.spacing_mut().slider_width = (ui.available_width() - 56.0).max(40.0);
        let label = Message::new("app-backdrop-opacity").text("name", backdrop.name.as_str());
        let slider = Slider::new(&mut opacity, 0.0..=1.0).show_value(false).step_by(0.05);
        let slider = ui.add(slider).accessible_name(session.say(&label));
        if slider.changed() {
            out.push(Action::Run(Command::SetBackdropOpacity(backdrop.id, opacity)));
        }
        if slider.lost_focus() {
            out.push(Action::CloseStep);
        }
        let percent = f64::from(opacity.clamp(0.0, 1.0) * 100.0);
        let percent = crate::i18n::format_number(session.language, percent, 0);
        ui.label(RichText::new(format!("{percent} %")).small());
    });
}
