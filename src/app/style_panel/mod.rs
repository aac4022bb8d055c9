//! How the active layer looks: ready looks, what tells its rows apart, and all details. What is
//! changed is on the map at once.

mod classes;
mod color;
mod crossed;
mod crossed_ramps;
pub(super) mod fields;
mod gallery;
mod histogram;
mod numbers;
mod ramps;
mod rules;
mod sizes;
mod symbol;
mod together;
mod values;

use egui::{Button, RichText, ScrollArea, Ui};

use self::ramps::Ramps;
use self::symbol::Details;
use self::values::Look;
use super::actions::{Action, Actions};
use super::chosen;
use super::classes::ClassState;
use super::icons;
use super::labels;
use super::session::Session;
use super::store::RowKind;
use super::styles;
use crate::project::{Command, Layer};
use crate::style::{By, Change, Rule, Rules, Style, symbol_for_classes};
use crate::table::{PartKind, Table};

/// The panel's own state.
#[derive(Default)]
pub(super) struct StylePanel {
    ramps: Ramps,
    /// A style that was copied.
    copied: Option<Style>,
}

/// What tells rows apart, by its kind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    One,
    Value,
    Number,
    Crossed,
    Rules,
}

impl Kind {
    const ALL: [(Kind, &'static str); 5] = [
        (Kind::One, "app-by-nothing"),
        (Kind::Value, "app-by-value"),
        (Kind::Number, "app-by-number"),
        (Kind::Crossed, "app-by-crossed"),
        (Kind::Rules, "app-by-rules"),
    ];

    fn of(by: &By) -> Kind {
        match by {
            By::Nothing => Kind::One,
            By::Value(_) => Kind::Value,
            By::Number(_) => Kind::Number,
            By::Crossed(_) => Kind::Crossed,
            By::Rules(_) => Kind::Rules,
        }
    }
}

impl StylePanel {
    /// Shows the panel.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, out: &mut Actions) {
        let Some(layer) = session.active_layer() else {
            ui.weak(session.tr("app-style-no-layer"));
            return;
        };
        let Some(loaded) = session.loaded(layer) else {
            ui.weak(session.tr("app-style-waits"));
            return;
        };
        ui.horizontal(|ui| self.head(ui, session, layer, out));
        if loaded.kind == RowKind::Rows {
            ui.weak(session.tr("app-style-placeless"));
            return;
        }
        let before = session.style_of(layer);
        let mut style = before.clone().into_owned();
        let scroll = ScrollArea::vertical().id_salt(("style", layer.id.0)).auto_shrink(false);
        scroll.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 6.0;
            // The bar for scrolling lies over what reaches the edge.
            ui.set_max_width(ui.available_width() - 8.0);
            self.all(ui, session, layer, &loaded.table, &mut style);
            // Of points that are not drawn one by one there is none to write beside.
            if !style.together.hides_all() {
                ui.separator();
                labels::labels_section(ui, session, layer, &mut style.labels, out);
            }
        });
        if style != *before {
            out.push(Action::Run(Command::SetStyle(layer.id, style)));
        }
    }

    /// The layer's name, and what is done with its style as a whole.
    fn head(&mut self, ui: &mut Ui, session: &Session, layer: &Layer, out: &mut Actions) {
        ui.add(egui::Label::new(RichText::new(&layer.name).strong()).truncate());
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let more = icons::button(ui, icons::Icon::More, &session.tr("app-style-more"));
            egui::Popup::menu(&more).show(|ui| {
                if ui.add(Button::new(session.tr("app-style-copy"))).clicked() {
                    self.copied = Some(session.style_of(layer).into_owned());
                }
                let paste = Button::new(session.tr("app-style-paste"));
                if ui.add_enabled(self.copied.is_some(), paste).clicked()
                    && let Some(copied) = &self.copied
                {
                    let style = copied.clone().fit_for(session.main_kind(layer));
                    out.push(Action::Run(Command::SetStyle(layer.id, style)));
                }
                ui.separator();
                styles::entries(ui, session, layer, out);
                ui.separator();
                let plain = Button::new(session.tr("app-style-plain"));
                if ui.add_enabled(layer.style.is_some(), plain).clicked() {
                    let style = session.default_symbol(layer).into();
                    out.push(Action::Run(Command::SetStyle(layer.id, style)));
                }
            });
        });
    }

    fn all(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        layer: &Layer,
        table: &Table,
        style: &mut Style,
    ) {
        let kind = session.main_kind(layer);
        let state = session.derived.classes.of(layer.id);
        let partition = match state {
            ClassState::Known(partition) => Some(&**partition),
            _ => None,
        };
        let look = Look { session, layer, table, partition, kind };
        let is_together = !style.together.is_nothing();
        if (is_together || matches!(kind, Some(PartKind::Point) | None))
            && !together::show(ui, &look, &mut self.ramps, style)
        {
            return;
        }
        gallery::show(ui, session, &mut style.symbol, kind);
        ui.separator();
        choose_kind(ui, &look, style);
        match state {
            ClassState::Failed(error) => {
                let text = RichText::new(session.say(&error.message()));
                ui.label(text.color(ui.visuals().error_fg_color));
            }
            ClassState::Pending => {
                ui.horizontal(|ui| {
                    ui.spinner();
                    ui.weak(session.tr("app-style-classing"));
                });
            }
            ClassState::Plain | ClassState::Known(_) => {}
        }
        let shown = style.clone();
        match &mut style.by {
            By::Nothing => {}
            By::Value(by) => values::show(ui, &look, &mut self.ramps, by, &shown),
            By::Number(by) => numbers::show(ui, &look, &mut self.ramps, by, &shown),
            By::Crossed(by) => crossed::show(ui, &look, &mut self.ramps, by, &shown),
            By::Rules(by) => rules::show(ui, &look, by, &shown),
        }
        if matches!(kind, Some(PartKind::Point) | None) {
            ui.separator();
            sizes::show(ui, &look, style);
        }
        ui.separator();
        let is_classed = matches!(style.by, By::Value(_) | By::Number(_) | By::Crossed(_));
        let title = session.tr("app-style-details");
        icons::fold(title).default_open(!is_classed).show(ui, |ui| {
            let details = Details { kind, is_classed, is_sized: style.size.is_some() };
            symbol::show(ui, session, "layer", &mut style.symbol, details);
        });
    }
}

/// What tells the rows apart.
fn choose_kind(ui: &mut Ui, look: &Look<'_>, style: &mut Style) {
    let session = look.session;
    let mut kind = Kind::of(&style.by);
    ui.label(RichText::new(session.tr("app-style-by")).strong());
    ui.horizontal_wrapped(|ui| {
        for (this, id) in Kind::ALL {
            chosen::tab_value(ui, &mut kind, this, session.tr(id));
        }
    });
    if kind == Kind::of(&style.by) {
        return;
    }
    let plain = plain_again(session, look, style);
    let changed = match kind {
        Kind::One => Some(plain),
        Kind::Value => values::begin(look.table, &plain, look.kind),
        Kind::Number => numbers::begin(look.table, &plain, look.kind),
        Kind::Crossed => crossed::begin(look.table, &plain, look.kind),
        Kind::Rules => {
            let rule = Rule { symbol: plain.symbol, ..Rule::default() };
            let by = By::Rules(Rules { rules: vec![rule], other: Change::default() });
            Some(Style { by, ..plain })
        }
    };
    if let Some(changed) = changed {
        *style = changed;
    }
}

/// The style without classes. A symbol that was only made fit for classes is as it was before.
fn plain_again(session: &Session, look: &Look<'_>, style: &Style) -> Style {
    let plain = session.default_symbol(look.layer);
    let was_fitted = symbol_for_classes(plain, look.kind, &style.by) == style.symbol;
    let symbol = if was_fitted { plain } else { style.symbol };
    Style { symbol, by: By::Nothing, ..style.clone() }
}

/// The style of a layer by one of its fields, as the panel begins one: by the number where it is
/// one, else by the values.
pub(super) fn by_field(session: &Session, layer: &Layer, field: &str, is_number: bool) -> Style {
    let (style, kind) = (session.style_of(layer), session.main_kind(layer));
    if is_number {
        numbers::by_field(field, &style, kind)
    } else {
        values::by_field(field, &style, kind)
    }
}
