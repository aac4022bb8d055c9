//! The left panel: the layers, topmost first.

use egui::{
    Align, Button, CornerRadius, Layout, ProgressBar, RichText, ScrollArea, Sense, Slider, Stroke,
    TextEdit, Ui, UiBuilder,
};

use super::actions::{Action, Actions};
use super::commands::COMMANDS;
use super::crs_words::crs_label;
use super::derived::MaskState;
use super::icons::{self, Icon};
use super::menu::layer_menu;
use super::session::Session;
use super::store::{Entry, Loaded};
use super::style_editor::{self, StyleEditor};
use super::{shortcuts, theme};
use crate::crs::HowFound;
use crate::i18n::Message;
use crate::project::{Command, Layer, LayerId};

/// The panel's own state.
#[derive(Default)]
pub(super) struct LayersPanel {
    renaming: Option<Renaming>,
    style: StyleEditor,
}

struct Renaming {
    layer: LayerId,
    name: String,
    has_focus: bool,
}

impl LayersPanel {
    /// Lets the person type another name.
    pub fn start_rename(&mut self, layer: &Layer) {
        self.renaming =
            Some(Renaming { layer: layer.id, name: layer.name.clone(), has_focus: false });
    }

    pub fn show(&mut self, ui: &mut Ui, session: &Session, out: &mut Actions) {
        header(ui, session, out);
        for (at, opening) in session.opening.iter().enumerate() {
            theme::card(ui).show(ui, |ui| opening_row(ui, session, at, opening, out));
        }
        let document = session.document();
        if document.layers.is_empty() {
            if session.opening.is_empty() {
                empty(ui, session, out);
            }
            return;
        }
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            for (at, layer) in document.layers.iter().enumerate() {
                self.row(ui, session, at, layer, out);
            }
        });
    }

    fn row(&mut self, ui: &mut Ui, session: &Session, at: usize, layer: &Layer, out: &mut Actions) {
        let is_active = session.active == Some(layer.id);
        let builder = UiBuilder::new().id_salt(layer.id).sense(Sense::CLICK);
        let shown = ui.scope_builder(builder, |ui| {
            let mut frame = theme::card(ui);
            if is_active {
                frame = frame.stroke(Stroke::new(1.5, theme::accent(ui)));
            }
            let frame = frame.show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                ui.spacing_mut().item_spacing.y = 3.0;
                ui.horizontal(|ui| self.name_line(ui, session, layer, out));
                facts_line(ui, session, layer, out);
                if is_active {
                    opacity_line(ui, session, layer, out);
                    tools_line(ui, session, layer, out);
                }
            });
            if is_active {
                let mut bar = frame.response.rect;
                bar.max.x = bar.min.x + 4.0;
                let radius = CornerRadius { nw: 6, sw: 6, ne: 0, se: 0 };
                ui.painter().rect_filled(bar, radius, theme::GOLD);
            }
        });
        if shown.response.clicked() {
            out.push(Action::Activate(layer.id));
        }
        shown.response.context_menu(|ui| layer_menu(ui, session, layer, out));
        drop_target(ui, session, at, &shown.response, out);
    }

    fn name_line(&mut self, ui: &mut Ui, session: &Session, layer: &Layer, out: &mut Actions) {
        ui.spacing_mut().item_spacing.x = 3.0;
        grip(ui, session, layer);
        let named = |id| session.say(&Message::new(id).text("name", layer.name.as_str()));
        let (icon, label) = if layer.visible {
            (Icon::Eye, named("app-layer-hide"))
        } else {
            (Icon::EyeClosed, named("app-layer-show"))
        };
        if icons::button(ui, icon, &label).clicked() {
            out.push(Action::Run(Command::SetVisible(layer.id, !layer.visible)));
        }
        let style = session.style_of(layer);
        let kind = session.loaded(layer).map(|loaded| loaded.kind);
        let swatch = style_editor::swatch(ui, style, kind, &named("app-layer-style"));
        self.style.popup(&swatch, session, layer, out);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let more = icons::button(ui, Icon::More, &named("app-layer-more"));
            egui::Popup::menu(&more).show(|ui| layer_menu(ui, session, layer, out));
            problems_badge(ui, session, layer, out);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                self.name(ui, session, layer, out);
            });
        });
    }

    fn name(&mut self, ui: &mut Ui, session: &Session, layer: &Layer, out: &mut Actions) {
        if let Some(renaming) = self.renaming.as_mut().filter(|r| r.layer == layer.id) {
            let field = TextEdit::singleline(&mut renaming.name).desired_width(f32::INFINITY);
            let field = ui.add(field).accessible_name(session.tr("app-layer-name"));
            if !renaming.has_focus {
                field.request_focus();
                renaming.has_focus = true;
            } else if field.lost_focus() {
                let is_cancelled = ui.input(|input| input.key_pressed(egui::Key::Escape));
                let name = renaming.name.trim().to_owned();
                if !is_cancelled && !name.is_empty() && name != layer.name {
                    out.push(Action::Run(Command::Rename(layer.id, name)));
                    out.push(Action::CloseStep);
                }
                self.renaming = None;
            }
            return;
        }
        let mut text = RichText::new(&layer.name);
        if session.active == Some(layer.id) {
            text = text.strong();
        }
        if !layer.visible {
            text = text.weak();
        }
        let name = Button::new(text).frame(false).truncate();
        let name = ui.add(name).on_hover_text(if layer.description.is_empty() {
            layer.name.clone()
        } else {
            format!("{}\n{}", layer.name, layer.description)
        });
        if name.double_clicked() {
            out.push(Action::StartRename(layer.id));
        } else if name.clicked() {
            out.push(Action::Activate(layer.id));
        }
    }
}

fn facts_line(ui: &mut Ui, session: &Session, layer: &Layer, out: &mut Actions) {
    match session.store.entry(&layer.source) {
        None => {
            ui.small(session.tr("app-layer-waiting"));
        }
        Some(Entry::Loading(job)) => {
            ui.horizontal(|ui| {
                progress(ui, job.fraction(), &session.tr("app-layer-loading"));
                if icons::button(ui, Icon::Close, &session.tr("app-cancel")).clicked() {
                    out.push(Action::CancelLoading(layer.id));
                }
            });
        }
        Some(Entry::Failed(error)) => {
            let text = RichText::new(error.text(session.language)).small();
            ui.label(text.color(ui.visuals().error_fg_color));
            if ui.small_button(session.tr("app-layer-reload")).clicked() {
                out.push(Action::Reload(layer.id));
            }
        }
        Some(Entry::Loaded(loaded)) => {
            ui.scope(|ui| loaded_facts(ui, session, layer, loaded, out));
        }
    }
}

/// A bar for work under way.
pub(super) fn progress(ui: &mut Ui, fraction: Option<f32>, text: &str) {
    let width = (ui.available_width() - 40.0).max(60.0);
    if let Some(fraction) = fraction {
        let bar = ProgressBar::new(fraction).desired_width(width).desired_height(16.0);
        ui.add(bar.text(RichText::new(text).small()));
    } else {
        ui.spinner();
        ui.small(text);
    }
}

fn header(ui: &mut Ui, session: &Session, out: &mut Actions) {
    ui.horizontal(|ui| {
        ui.heading(session.tr("app-layers"));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let label = shortcuts::with_keys(ui.ctx(), session, "app-open");
            let add = ui.button(session.tr("app-layers-add")).on_hover_text(label);
            if add.clicked() {
                out.push(Action::ShowOpen);
            }
        });
    });
    ui.add_space(2.0);
}

fn empty(ui: &mut Ui, session: &Session, out: &mut Actions) {
    ui.add_space(24.0);
    ui.vertical_centered(|ui| {
        ui.label(RichText::new(session.tr("app-empty-title")).strong());
        ui.add_space(4.0);
        ui.label(RichText::new(session.tr("app-empty-how")).weak());
        ui.add_space(12.0);
        if ui.button(session.tr("app-open")).clicked() {
            out.push(Action::ShowOpen);
        }
        if ui.button(session.tr("app-open-sample")).clicked() {
            out.push(Action::OpenSample);
        }
    });
}

fn opening_row(
    ui: &mut Ui,
    session: &Session,
    at: usize,
    opening: &super::opening::Opening,
    out: &mut Actions,
) {
    let name = opening.path.file_name().unwrap_or(opening.path.as_os_str()).to_string_lossy();
    ui.horizontal(|ui| {
        let text = session.say(&Message::new("app-opening").text("name", name));
        progress(ui, opening.job.fraction(), &text);
        if icons::button(ui, Icon::Close, &session.tr("app-cancel")).clicked() {
            out.push(Action::CancelOpening(at));
        }
    });
}

fn grip(ui: &mut Ui, session: &Session, layer: &Layer) {
    let size = egui::vec2(12.0, 24.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::drag());
    icons::paint(ui.painter(), Icon::Grip, rect.center(), ui.visuals().weak_text_color());
    response.dnd_set_drag_payload(layer.id);
    response.on_hover_cursor(egui::CursorIcon::Grab).on_hover_text(session.tr("app-layer-drag"));
}

/// Shows where a dragged layer would go, and moves it there when it is let go.
fn drop_target(ui: &Ui, session: &Session, at: usize, row: &egui::Response, out: &mut Actions) {
    let Some(dragged) = egui::DragAndDrop::payload::<LayerId>(ui.ctx()) else { return };
    let Some(pointer) = ui.ctx().pointer_interact_pos() else { return };
    if !row.rect.expand(2.0).contains(pointer) {
        return;
    }
    let below = pointer.y > row.rect.center().y;
    let y = if below { row.rect.bottom() + 1.5 } else { row.rect.top() - 1.5 };
    ui.painter().hline(row.rect.x_range(), y, Stroke::new(3.0, theme::GOLD));
    if ui.input(|input| input.pointer.any_released()) {
        let layers = &session.document().layers;
        let from = layers.iter().position(|layer| layer.id == *dragged);
        let target = at + usize::from(below);
        // Taking the layer out moves those below it up.
        let to = if from.is_some_and(|from| from < target) { target - 1 } else { target };
        out.push(Action::Run(Command::MoveLayer { layer: *dragged, to }));
    }
}

fn problems_badge(ui: &mut Ui, session: &Session, layer: &Layer, out: &mut Actions) {
    let Some(loaded) = session.loaded(layer) else { return };
    let count = super::problems_window::count(loaded);
    if count > 0 {
        let label = session.say(
            &Message::new("app-layer-problems")
                .count("count", count as u64)
                .text("name", layer.name.as_str()),
        );
        let color = ui.visuals().warn_fg_color;
        if icons::colored_button(ui, Icon::Warning, &label, color).clicked() {
            out.push(Action::ShowProblems(layer.id));
        }
    }
}

fn loaded_facts(ui: &mut Ui, session: &Session, layer: &Layer, loaded: &Loaded, out: &mut Actions) {
    // A line of small words needs less height than one of buttons.
    ui.spacing_mut().interact_size.y = 16.0;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.spacing_mut().button_padding.y = 0.0;
        let all = loaded.kind.count(loaded.table.rows() as u64);
        let text = match session.derived.mask(layer) {
            MaskState::All | MaskState::Failed(_) => session.say(&all),
            MaskState::Some(mask) => session.say(&shown_of(mask.shown, loaded)),
            MaskState::Pending => session.tr("app-filter-working"),
        };
        ui.label(RichText::new(text).small().weak());
        if layer.visible && session.scale.is_some_and(|scale| !layer.scales.shows(scale)) {
            let text = RichText::new(session.tr("app-layer-not-at-scale")).small();
            let link = Button::new(text.color(theme::accent(ui))).frame(false);
            if ui.add(link).clicked() {
                out.push(Action::ShowScales(layer.id));
            }
        }
        if matches!(session.derived.mask(layer), MaskState::Failed(_)) {
            let text = RichText::new(session.tr("app-filter-off")).small();
            ui.label(text.color(ui.visuals().error_fg_color));
        }
        if loaded.table.geometry.is_some() {
            crs_link(ui, session, layer, loaded, out);
        }
    });
}

/// "12 of 48 points shown".
pub(super) fn shown_of(shown: u64, loaded: &Loaded) -> Message {
    let all = loaded.kind.count(loaded.table.rows() as u64);
    Message::new("app-count-shown").count("shown", shown).message("all", all)
}

fn crs_link(ui: &mut Ui, session: &Session, layer: &Layer, loaded: &Loaded, out: &mut Actions) {
    let (text, color) = match &loaded.table.crs {
        None => (session.tr("app-crs-unknown"), ui.visuals().error_fg_color),
        Some(found) => {
            let name = crs_label(found, session.language);
            if found.how == HowFound::Guess {
                let text = session.say(&Message::new("app-crs-guessed").text("name", name));
                (text, ui.visuals().warn_fg_color)
            } else {
                (name, theme::accent(ui))
            }
        }
    };
    let link = Button::new(RichText::new(text).small().color(color)).frame(false);
    let hint = session.tr("app-crs-hint");
    if ui.add(link).on_hover_text(hint).clicked() {
        out.push(Action::ShowCrs(layer.id));
    }
}

fn opacity_line(ui: &mut Ui, session: &Session, layer: &Layer, out: &mut Actions) {
    ui.horizontal(|ui| {
        ui.label(RichText::new(session.tr("app-layer-opacity")).small().weak());
        let mut opacity = layer.opacity;
        ui.spacing_mut().slider_width = (ui.available_width() - 56.0).max(40.0);
        let slider = Slider::new(&mut opacity, 0.0..=1.0).show_value(false).step_by(0.05);
        let slider = ui.add(slider).accessible_name(session.tr("app-layer-opacity"));
        if slider.changed() {
            out.push(Action::Run(Command::SetOpacity(layer.id, opacity)));
        }
        if slider.lost_focus() {
            out.push(Action::CloseStep);
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and 100"
        )]
        let percent = (opacity.clamp(0.0, 1.0) * 100.0).round() as u32;
        ui.label(RichText::new(format!("{percent} %")).small());
    });
}

/// The tools of the active layer.
fn tools_line(ui: &mut Ui, session: &Session, layer: &Layer, out: &mut Actions) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for entry in COMMANDS {
            let Some(icon) = entry.tool else { continue };
            let label = shortcuts::with_keys(ui.ctx(), session, entry.label);
            let actions = entry.actions_on(session, Some(layer));
            let tool = ui.add_enabled_ui(actions.is_some(), |ui| icons::button(ui, icon, &label));
            if tool.inner.clicked() {
                out.extend(actions.unwrap_or_default());
            }
        }
    });
}
