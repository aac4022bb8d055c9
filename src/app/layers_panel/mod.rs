//! The left panel: the layers, topmost first, and the groups they are in.

mod backdrops;
mod dragging;
mod groups;
mod placeless;
mod several;

pub(super) use self::backdrops::image_size;
pub(super) use self::several::ChooseLayer;

use egui::{
    Align, Button, CornerRadius, Layout, ProgressBar, RichText, ScrollArea, Sense, Slider, Stroke,
    TextEdit, Ui, UiBuilder,
};

use self::dragging::{Dragged, INDENT, Row};
use super::actions::{Action, Actions};
use super::chosen::{self, Edge};
use super::commands::COMMANDS;
use super::crs_words::crs_label;
use super::derived::MaskState;
use super::icons::{self, Icon};
use super::menu::layer_menu;
use super::services;
use super::session::Session;
use super::store::{Entry, Loaded, RowKind};
use super::swatch;
use super::{live, reading, shortcuts, theme};
use crate::crs::HowFound;
use crate::i18n::{Message, format_date};
use crate::project::{BackdropId, Command, GroupId, Layer, LayerGroup, LayerId};

/// The panel's own state.
#[derive(Default)]
pub(super) struct LayersPanel {
    renaming: Option<Renaming>,
}

/// What gets another name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Renamed {
    Layer(LayerId),
    Group(GroupId),
    Backdrop(BackdropId),
}

struct Renaming {
    what: Renamed,
    name: String,
    has_focus: bool,
}

impl LayersPanel {
    /// Lets the person type another name.
    pub fn start_rename(&mut self, layer: &Layer) {
        let what = Renamed::Layer(layer.id);
        self.renaming = Some(Renaming { what, name: layer.name.clone(), has_focus: false });
    }

    /// Lets the person type another name for a group.
    pub fn start_rename_group(&mut self, group: &LayerGroup) {
        let what = Renamed::Group(group.id);
        self.renaming = Some(Renaming { what, name: group.name.clone(), has_focus: false });
    }

    pub fn show(&mut self, ui: &mut Ui, session: &Session, out: &mut Actions) {
        header(ui, session, out);
        for (at, opening) in session.opening.iter().enumerate() {
            theme::card(ui).show(ui, |ui| opening_row(ui, session, at, opening, out));
        }
        several::strip(ui, session, out);
        let document = session.document();
        if document.layers.is_empty() && document.backdrops.is_empty() {
            if session.opening.is_empty() {
                empty(ui, session, out);
            }
            return;
        }
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            for layers in document.layers.chunk_by(|one, next| one.group == next.group) {
                let group = layers.first().and_then(|layer| document.group_of(layer));
                if let Some(group) = group {
                    self.group_head(ui, session, group, out);
                }
                if group.is_some_and(|group| !group.is_open) {
                    continue;
                }
                for layer in layers {
                    self.indented_row(ui, session, layer, out);
                }
            }
            self.backdrops(ui, session, out);
        });
    }

    /// A layer's row, set in beside a line where it is in a group.
    fn indented_row(&mut self, ui: &mut Ui, session: &Session, layer: &Layer, out: &mut Actions) {
        if layer.group.is_none() {
            self.row(ui, session, layer, out);
            return;
        }
        let mut within = ui.available_rect_before_wrap();
        let line = within.left() + INDENT / 2.0;
        within.min.x += INDENT;
        let builder = UiBuilder::new().max_rect(within).id_salt(("in group", layer.id));
        let row = ui.scope_builder(builder, |ui| self.row(ui, session, layer, out)).response.rect;
        let stroke = ui.visuals().widgets.noninteractive.bg_stroke;
        ui.painter().vline(line, row.y_range().expand(2.0), stroke);
    }

    fn row(&mut self, ui: &mut Ui, session: &Session, layer: &Layer, out: &mut Actions) {
        let is_active = session.active == Some(layer.id);
        let is_chosen = is_active || session.chosen_layers().contains(&layer.id);
        let builder = UiBuilder::new().id_salt(layer.id).sense(Sense::CLICK);
        let shown = ui.scope_builder(builder, |ui| {
            let mut frame = theme::card(ui);
            if is_chosen {
                frame = frame.stroke(Stroke::new(1.5, theme::accent(ui)));
            }
            let frame = frame.show(ui, |ui| {
                ui.set_min_width(ui.available_width());
                ui.spacing_mut().item_spacing.y = 3.0;
                ui.horizontal(|ui| self.name_line(ui, session, layer, out));
                facts_line(ui, session, layer, out);
                let is_placeless = placeless::is_placeless(session, layer);
                if is_placeless {
                    placeless::show(ui, session, layer, out);
                }
                if is_active {
                    if !is_placeless {
                        opacity_line(ui, session, layer, out);
                    }
                    tools_line(ui, session, layer, out);
                }
            });
            if is_active {
                let mut bar = frame.response.rect;
                bar.max.x = bar.min.x + 4.0;
                let radius = CornerRadius { nw: 6, sw: 6, ne: 0, se: 0 };
                ui.painter().rect_filled(bar, radius, theme::GOLD);
            } else if is_chosen {
                chosen::mark(ui, frame.response.rect, Edge::Left, true);
            }
        });
        if shown.response.clicked() {
            let how = ChooseLayer::of(ui.input(|input| input.modifiers));
            out.push(Action::ChooseLayer(layer.id, how));
        }
        shown.response.context_menu(|ui| layer_menu(ui, session, layer, out));
        dragging::drop_target(ui, session, Row::Layer(layer.id), &shown.response, out);
    }

    fn name_line(&mut self, ui: &mut Ui, session: &Session, layer: &Layer, out: &mut Actions) {
        ui.spacing_mut().item_spacing.x = 3.0;
        dragging::grip(ui, Dragged::Layer(layer.id), session.tr("app-layer-drag"));
        let named = |id| session.say(&Message::new(id).text("name", layer.name.as_str()));
        // A table has nothing to show on the map.
        let is_placeless = placeless::is_placeless(session, layer);
        let (icon, label) = if layer.visible {
            (Icon::Eye, named("app-layer-hide"))
        } else {
            (Icon::EyeClosed, named("app-layer-show"))
        };
        if is_placeless {
            // The names stand in line.
            ui.allocate_exact_size(egui::Vec2::splat(26.0), Sense::hover());
        } else if icons::button(ui, icon, &label).clicked() {
            out.push(Action::Run(Command::SetVisible(vec![layer.id], !layer.visible)));
        }
        if is_placeless {
            let (place, _) = ui.allocate_exact_size(egui::Vec2::splat(26.0), Sense::hover());
            icons::paint(ui.painter(), Icon::Table, place.center(), theme::accent(ui));
        } else {
            let swatch = swatch::of_layer(ui, session, layer, &named("app-layer-style"));
            if swatch.clicked() {
                out.push(Action::ShowStyle(layer.id));
            }
        }
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
        if self.name_field(ui, session, Renamed::Layer(layer.id), &layer.name, out) {
            return;
        }
        let mut text = RichText::new(&layer.name);
        if session.active == Some(layer.id) {
            text = text.strong();
        }
        if !session.document().is_shown(layer) {
            text = text.weak();
        }
        let is_chosen = session.chosen_layers().contains(&layer.id);
        let name = Button::new(text).frame(false).truncate().selected(is_chosen);
        let name = ui.add(name).on_hover_text(if layer.description.is_empty() {
            layer.name.clone()
        } else {
            format!("{}\n{}", layer.name, layer.description)
        });
        if name.double_clicked() {
            out.push(Action::StartRename(layer.id));
        } else if name.clicked() {
            let how = ChooseLayer::of(ui.input(|input| input.modifiers));
            out.push(Action::ChooseLayer(layer.id, how));
        }
    }
}

impl LayersPanel {
    /// The field for another name, while one is typed; answers whether it is shown.
    fn name_field(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        what: Renamed,
        before: &str,
        out: &mut Actions,
    ) -> bool {
        let Some(renaming) = self.renaming.as_mut().filter(|renaming| renaming.what == what) else {
            return false;
        };
        let label = match what {
            Renamed::Layer(_) => "app-layer-name",
            Renamed::Group(_) => "app-group-name",
            Renamed::Backdrop(_) => "app-backdrop-name",
        };
        // Not the name's own: the focus would stay on what comes in its place.
        let id = egui::Id::unique(("another name", what));
        let field = TextEdit::singleline(&mut renaming.name).id(id).desired_width(f32::INFINITY);
        let mut field = field.show(ui);
        let response = field.response.response.clone().accessible_name(session.tr(label));
        if !renaming.has_focus {
            response.request_focus();
            // What is there is replaced by typing.
            let all = egui::text::CCursorRange::two(
                egui::text::CCursor::new(0),
                egui::text::CCursor::new(renaming.name.chars().count()),
            );
            field.state.cursor.set_char_range(Some(all));
            field.state.store(ui.ctx(), response.id);
            renaming.has_focus = true;
        } else if response.lost_focus() {
            let is_cancelled = ui.input(|input| input.key_pressed(egui::Key::Escape));
            let name = renaming.name.trim().to_owned();
            if !is_cancelled && !name.is_empty() && name != before {
                out.push(Action::Run(match what {
                    Renamed::Layer(layer) => Command::Rename(layer, name),
                    Renamed::Group(group) => Command::RenameGroup(group, name),
                    Renamed::Backdrop(backdrop) => Command::RenameBackdrop(backdrop, name),
                }));
                out.push(Action::CloseStep);
            }
            self.renaming = None;
        }
        true
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
            ui.horizontal(|ui| {
                if ui.small_button(session.tr("app-layer-reload")).clicked() {
                    out.push(Action::Reload(layer.id));
                }
                let is_missing = error.what.id == "error-not-found" && layer.source.is_file();
                if is_missing && ui.small_button(session.tr("app-missing-find")).clicked() {
                    out.push(Action::FindFiles);
                }
            });
        }
        Some(Entry::Loaded(loaded)) => {
            ui.scope(|ui| loaded_facts(ui, session, layer, loaded, out));
            ui.scope(|ui| live::layer_line(ui, session, layer, loaded, out));
            reading::show_card(ui, session, layer, out);
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
        let label = shortcuts::with_keys(ui.ctx(), session, "app-open");
        let add = ui.button(session.tr("app-layers-add")).on_hover_text(label);
        if add.clicked() {
            out.push(Action::ShowOpen);
        }
        let label = shortcuts::with_keys(ui.ctx(), session, "app-portal-show");
        let portal = ui.button(session.tr("app-layers-from-portal")).on_hover_text(label);
        if portal.clicked() {
            out.push(Action::ShowPortal(true));
        }
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
        if ui.button(session.tr("app-portal-show")).clicked() {
            out.push(Action::ShowPortal(true));
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
    let name = services::name_of(&opening.path);
    let (done, total) = opening.job.counts();
    ui.horizontal(|ui| {
        let text = if opening.counts_features() && total > 0 {
            let text = Message::new("app-service-fetching").text("name", name);
            text.count("done", done).count("total", total)
        } else {
            Message::new("app-opening").text("name", name)
        };
        let text = session.say(&text);
        progress(ui, opening.job.fraction(), &text);
        if icons::button(ui, Icon::Close, &session.tr("app-cancel")).clicked() {
            out.push(Action::CancelOpening(at));
        }
    });
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
        // Rows that are put where their names are lie at points.
        let shown = session.loaded(layer).unwrap_or(loaded);
        let all = shown.kind.count(shown.table.rows() as u64);
        let text = match session.derived.mask(layer) {
            MaskState::All | MaskState::Failed(_) => session.say(&all),
            MaskState::Some(mask) => session.say(&shown_of(mask.shown, shown)),
            MaskState::Pending => session.tr("app-filter-working"),
        };
        ui.label(RichText::new(text).small().weak());
        let is_shown = session.document().is_shown(layer);
        if is_shown && session.scale.is_some_and(|scale| !layer.scales.shows(scale)) {
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
        if loaded.kind != RowKind::Rows {
            crs_link(ui, session, layer, loaded, out);
        }
        reading::encoding_link(ui, session, layer, loaded, out);
        part_link(ui, session, layer, out);
        reading::kinds_link(ui, session, layer, loaded, out);
        placeless::joined(ui, session, layer, out);
        placeless::named(ui, session, layer, out);
        placeless::placed(ui, session, layer, out);
        receipt_link(ui, session, layer, loaded, out);
    });
}

/// When a layer of a portal was fetched; leads to its receipt.
fn receipt_link(ui: &mut Ui, session: &Session, layer: &Layer, loaded: &Loaded, out: &mut Actions) {
    let Some(from) = &loaded.from_portal else { return };
    let day = from.receipt.fetched_on();
    let text = Message::new("app-layer-fetched").text("day", format_date(session.language, day));
    let color =
        if from.receipt.is_complete() { theme::accent(ui) } else { ui.visuals().warn_fg_color };
    let link = Button::new(RichText::new(session.say(&text)).small().color(color)).frame(false);
    let hint = from.receipt.summary(session.language);
    if ui.add(link).on_hover_text(hint).clicked() {
        out.push(Action::ShowReceipt(layer.id));
    }
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

/// That only a part of a file was read; leads to the rest.
fn part_link(ui: &mut Ui, session: &Session, layer: &Layer, out: &mut Actions) {
    let Some(part) = layer.source.bbox else { return };
    let [west, south, east, north] = part.extent().as_array();
    let hint = Message::new("app-layer-part-hint")
        .number("west", west, 4)
        .number("south", south, 4)
        .number("east", east, 4)
        .number("north", north, 4);
    let text = RichText::new(session.tr("app-layer-part")).small();
    let link = Button::new(text.color(ui.visuals().warn_fg_color)).frame(false);
    if ui.add(link).on_hover_text(session.say(&hint)).clicked() {
        out.push(Action::read_part(layer, None));
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
            let now = entry.now_on(session, Some(layer));
            let mut label = shortcuts::with_keys(ui.ctx(), session, entry.label);
            if let Some(about) = &now.about {
                label = format!("{label}: {}", session.say(about));
            }
            let actions = entry.actions_on(session, Some(layer));
            let tool = ui.add_enabled_ui(actions.is_some(), |ui| icons::button(ui, icon, &label));
            if tool.inner.clicked() {
                out.extend(actions.unwrap_or_default());
            }
        }
    });
}
