//! Charts and numbers of a field of the active layer: how its values are spread, a number per
//! value, two numbers beside each other, a number in the course of time. What is chosen in a chart is selected on the map and in
//! the table; what is selected there is a part of each bar.

mod bars;
mod choice;
mod copies;
mod course;
mod figures;
mod making;
mod picture;
mod scatter;
mod words;

use std::collections::HashMap;
use std::sync::Arc;

use egui::{Button, RichText, ScrollArea, Ui};

use self::choice::{Choice, choose};
use self::copies::Writing;
use self::making::{Brushed, Drawn, Key, Made, Part, PartKey};
use super::Wake;
use super::actions::{Action, Actions};
use super::derived::{MaskState, Same};
use super::icons;
use super::keyed::Keyed;
use super::layers_panel::progress;
use super::selection::Choose;
use super::session::Session;
use crate::i18n::Message;
use crate::jobs::{Cancelled, Job, Poll};
use crate::project::{Layer, LayerId};
use crate::table::Table;

pub(super) use self::copies::ChartForm;

/// Rows being found that are to be selected.
struct Brushing {
    layer: LayerId,
    table: Same<Table>,
    how: Choose,
    job: Job<Option<crate::table::RowSet>>,
}

/// The panel's own state.
#[derive(Default)]
pub(super) struct ChartPanel {
    choices: HashMap<LayerId, Choice>,
    made: Keyed<Key, Result<Arc<Made>, Cancelled>>,
    part: Keyed<PartKey, Result<Part, Cancelled>>,
    brushing: Option<Brushing>,
    /// The bars that the pointer is being drawn over.
    drag: Option<[usize; 2]>,
    /// Where a rectangle over points was begun.
    corner: Option<egui::Pos2>,
    /// The chart being handed over.
    writing: Option<Writing>,
}

impl ChartPanel {
    /// Whether something is being counted or found.
    pub fn is_busy(&self) -> bool {
        self.made.job().is_some()
            || self.part.job().is_some()
            || self.brushing.is_some()
            || self.writing.is_some()
    }

    /// Starts what is missing and takes what is done. Called before [`Self::show`], every frame.
    pub fn update(&mut self, session: &Session, is_shown: bool, wake: &Wake, out: &mut Actions) {
        self.take_brushed(session, out);
        self.choices.retain(|layer, _| session.document().layer(*layer).is_some());
        let key = session.active_layer().filter(|_| is_shown);
        let Some((layer, key)) = key.and_then(|layer| Some((layer, self.key(session, layer)?)))
        else {
            self.made.stop();
            self.part.stop();
            return;
        };
        // Bars of another field, or rows of another table, would be called what they are not.
        let is_other = |made: &Key| made.table != key.table || made.wanted != key.wanted;
        if self.made.key().is_some_and(is_other) {
            self.made.forget();
            self.part.forget();
            (self.drag, self.corner) = (None, None);
        }
        self.made.want(key, |key| key.start(wake));
        let selected = session.selection.of(layer.id);
        match self.made.latest().zip(selected) {
            Some((Ok(made), selected)) if selected.rows() == made.table().rows() => {
                let key = PartKey { made: Same(made.clone()), selected: selected.clone() };
                if self.part.key().is_some_and(|part| part.made != key.made) {
                    self.part.forget();
                }
                self.part.want(key, |key| key.start(wake));
            }
            _ => self.part.forget(),
        }
    }

    fn key(&mut self, session: &Session, layer: &Layer) -> Option<Key> {
        let loaded = session.loaded(layer)?;
        let choice = self.choice(layer, &loaded.table);
        let wanted = choice.wanted(&loaded.table)?;
        let mask = match session.derived.mask(layer) {
            MaskState::Some(mask) => Some(mask.rows.clone()),
            MaskState::All | MaskState::Failed(_) => None,
            MaskState::Pending => return None,
        };
        let scene = loaded.scene.as_ref().ok().cloned().map(Same);
        let in_view = session.in_view.zip(scene).filter(|_| choice.in_view);
        Some(Key { table: Same(loaded.table.clone()), mask, in_view, wanted })
    }

    fn choice(&mut self, layer: &Layer, table: &Table) -> &mut Choice {
        let choice = self.choices.entry(layer.id).or_insert_with(|| Choice::first(table));
        if table.field_index(choice.named()).is_none() {
            // The layer is read otherwise now.
            *choice = Choice::first(table).with(choice.kind);
        }
        choice
    }

    fn take_brushed(&mut self, session: &Session, out: &mut Actions) {
        let Some(Brushing { layer, table, how, job }) = self.brushing.take() else { return };
        match job.poll() {
            Poll::Running => self.brushing = Some(Brushing { layer, table, how, job }),
            Poll::Done(Some(rows)) => {
                let now = session.document().layer(layer).and_then(|of| session.loaded(of));
                // The rows of another table are others.
                if now.is_some_and(|now| Arc::ptr_eq(&now.table, &table.0)) {
                    out.push(Action::Choose { layer, rows, how });
                }
            }
            Poll::Done(None) | Poll::Lost => {}
        }
    }

    /// Shows the panel.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, out: &mut Actions) {
        let Some(layer) = session.active_layer() else {
            ui.weak(session.tr("app-chart-no-layer"));
            return;
        };
        let Some(loaded) = session.loaded(layer) else {
            ui.weak(session.tr("app-style-waits"));
            return;
        };
        ui.horizontal(|ui| self.head(ui, session, layer, out));
        let has_place = loaded.scene.is_ok() && session.main_kind(layer).is_some();
        let scroll = ScrollArea::vertical().id_salt(("chart", layer.id.0)).auto_shrink(false);
        scroll.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 6.0;
            // The bar for scrolling lies over what reaches the edge.
            ui.set_max_width(ui.available_width() - 8.0);
            let choice = self.choice(layer, &loaded.table);
            choose(ui, session, &loaded.table, choice, has_place);
            let choice = choice.clone();
            ui.separator();
            self.content(ui, session, layer, &choice);
        });
    }

    /// The layer's name, and how the chart is handed over.
    fn head(&self, ui: &mut Ui, session: &Session, layer: &Layer, out: &mut Actions) {
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let made = self.made.latest().and_then(|made| made.as_ref().ok());
            let more = icons::button(ui, icons::Icon::More, &session.tr("app-chart-more"));
            egui::Popup::menu(&more).show(|ui| {
                for (form, copy, save) in ChartForm::ALL {
                    let can = made.is_some_and(|made| {
                        let has_bars =
                            made.bars().is_some() || matches!(made.drawn, Drawn::Course(_));
                        let is_drawn = !matches!(made.drawn, Drawn::Nothing);
                        is_drawn && (has_bars || form != ChartForm::Bars)
                    });
                    let is_course = made.is_some_and(|m| matches!(m.drawn, Drawn::Course(_)));
                    let (copy, save) = match form {
                        ChartForm::Bars if is_course => course::HANDED_OVER,
                        _ => (copy, save),
                    };
                    let copy = Button::new(session.say(&Message::new(copy)));
                    if ui.add_enabled(can, copy).clicked() {
                        out.push(Action::CopyChart(form));
                    }
                    let save = Button::new(session.say(&Message::new(save)));
                    if ui.add_enabled(can, save).clicked() {
                        out.push(Action::ShowSaveChart(form));
                    }
                }
            });
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.add(egui::Label::new(RichText::new(&layer.name).strong()).truncate());
            });
        });
    }

    fn content(&mut self, ui: &mut Ui, session: &Session, layer: &Layer, choice: &Choice) {
        let Some(Ok(made)) = self.made.latest() else {
            if self.made.job().is_some() {
                let share = self.made.job().and_then(Job::fraction);
                progress(ui, share, &session.tr("app-filter-counting"));
            } else {
                ui.weak(session.tr("app-chart-nothing"));
            }
            return;
        };
        let made = made.clone();
        let part = self.part.latest().and_then(|part| part.as_ref().ok());
        let bars = picture::bars(session, layer, &made, part, choice);
        let asked = match &made.drawn {
            Drawn::Nothing => {
                ui.weak(session.tr("app-chart-nothing"));
                None
            }
            Drawn::Bars(of) => {
                let asked = if let Some(axis) = of.axis {
                    bars::beside(ui, session, of, axis, &bars, &mut self.drag)
                } else {
                    let measure = choice.measure_of(made.key.wanted);
                    let field = made.table().fields.get(made.key.wanted.field());
                    let title = field.map_or("", |field| field.title());
                    ui.scope(|ui| bars::under(ui, session, &bars, (measure, title))).inner
                };
                asked.map(|(bars, how)| (Brushed::Bars(bars), how))
            }
            Drawn::Scatter(of) => {
                let asked = scatter::show(ui, session, &made, of, part, &mut self.corner);
                asked.map(|(within, how)| (Brushed::Within(within), how))
            }
            Drawn::Course(of) => {
                let by = made.key.wanted.each();
                let lines = course::drawn(session, &made, of, by, part);
                course::show(ui, session, &made, of, &lines, &mut self.corner)
            }
        };
        if bars::is_given_up(ui) {
            (self.drag, self.corner) = (None, None);
        }
        if let Some((brushed, how)) = asked {
            let job = brushed.start(&made, &session.wake);
            let table = made.key.table.clone();
            self.brushing = Some(Brushing { layer: layer.id, table, how, job });
        }
        if !matches!(made.drawn, Drawn::Nothing) {
            let hint = match &made.drawn {
                Drawn::Scatter(_) => Message::new("app-chart-scatter-hint"),
                Drawn::Course(of) => course::hint(of),
                Drawn::Nothing | Drawn::Bars(_) => Message::new("app-chart-hint"),
            };
            ui.label(RichText::new(session.say(&hint)).small().weak());
        }
        ui.add_space(2.0);
        figures::show(ui, session, &made, part);
    }
}

/// How far a number lies between two, as a share of a picture.
#[expect(clippy::cast_possible_truncation, reason = "a place in a picture")]
fn share(at: f64, ends: [f64; 2]) -> f32 {
    crate::table::share(at, ends) as f32
}

/// How rows chosen in a chart join the selection, as on the map: with Shift too, with Ctrl the
/// other way round.
fn how(ui: &Ui) -> Choose {
    let modifiers = ui.input(|input| input.modifiers);
    match (modifiers.command, modifiers.shift) {
        (true, _) => Choose::Toggle,
        (false, true) => Choose::Also,
        (false, false) => Choose::Instead,
    }
}
