//! A card over the map of the sample city with three things to try. It stays until it is closed,
//! and that is remembered.

use std::path::Path;

use egui::{
    Align, Align2, Area, Context, Frame, Id, Layout, Margin, Order, Rect, RichText, Ui, vec2,
};

use super::actions::{Action, Actions, DetailsTab};
use super::icons::{self, Icon};
use super::session::Session;
use super::tools::Tool;
use super::{shortcuts, theme};
use crate::i18n::Message;
use crate::map::SketchKind;
use crate::project::{Command, Filter, Layer};

/// What the second thing to try filters by: study places with room.
const MANY_SEATS: &str = "totale_capaciteit > 50";

/// Shows the card over the map, while the sample city is open and the card was not closed.
pub(super) fn show(ctx: &Context, map: Rect, session: &Session, out: &mut Actions) {
    if session.settings.first_minute_seen {
        return;
    }
    let (Some(places), Some(sheep)) =
        (sample_layer(session, "bloklocaties.csv"), sample_layer(session, "schapen.geojson"))
    else {
        return;
    };
    // Above the scale bar, where the map has room for it.
    let corner = map.left_bottom() + vec2(10.0, -52.0);
    if map.width() < 260.0 || map.height() < 320.0 {
        return;
    }
    let area = Area::new(Id::unique("first minute")).order(Order::Middle).constrain_to(map);
    area.pivot(Align2::LEFT_BOTTOM).fixed_pos(corner).show(ctx, |ui| {
        let frame = Frame::new()
            .fill(ui.visuals().window_fill)
            .stroke(ui.visuals().window_stroke)
            .corner_radius(8.0)
            .shadow(ui.visuals().popup_shadow)
            .inner_margin(Margin::symmetric(14, 10));
        frame.show(ui, |ui| {
            ui.set_width((map.width() - 80.0).clamp(180.0, 400.0));
            head(ui, session, out);
            ui.add_space(2.0);
            let find = shortcuts::keys_of(ui.ctx(), "app-find");
            if thing(ui, session, 1, "app-first-find", Some(find)) {
                out.push(Action::ShowFind);
            }
            if thing(ui, session, 2, "app-first-filter", None) {
                filter(places, out);
            }
            // The same button goes on where the rectangle ends.
            if session.selection.count(sheep.id) > 0 {
                if thing(ui, session, 3, "app-first-export", None) {
                    out.push(Action::Activate(sheep.id));
                    out.push(Action::ExportSelection);
                }
            } else if thing(ui, session, 3, "app-first-select", None) {
                out.push(Action::Activate(sheep.id));
                out.push(Action::SetTool(Tool::Select(SketchKind::Rectangle)));
            }
        });
    });
}

fn head(ui: &mut Ui, session: &Session, out: &mut Actions) {
    ui.horizontal(|ui| {
        ui.label(RichText::new(session.tr("app-first-title")).strong());
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icons::small_button(ui, Icon::Close, &session.tr("app-first-close")).clicked() {
                let mut settings = session.settings.clone();
                settings.first_minute_seen = true;
                out.push(Action::ChangeSettings(Box::new(settings)));
            }
        });
    });
    ui.label(RichText::new(session.tr("app-first-what")).small().weak());
}

/// A thing to try: a number and a button as wide as the card.
fn thing(
    ui: &mut Ui,
    session: &Session,
    number: u8,
    id: &'static str,
    keys: Option<String>,
) -> bool {
    ui.horizontal(|ui| {
        let accent = theme::accent(ui);
        ui.label(RichText::new(number.to_string()).strong().color(accent));
        let text = session.say(&Message::new(id));
        let button = egui::Button::new(text).wrap().min_size(vec2(ui.available_width(), 28.0));
        // Keys at the right, though there be none, put the words at the left.
        ui.add(button.shortcut_text(keys.unwrap_or_default())).clicked()
    })
    .inner
}

fn filter(places: &Layer, out: &mut Actions) {
    let filter = Filter { sql: MANY_SEATS.to_owned(), ..Filter::default() };
    out.push(Action::Activate(places.id));
    out.push(Action::ShowTab(DetailsTab::Filter));
    out.push(Action::CloseStep);
    out.push(Action::Run(Command::SetFilter(places.id, filter)));
    out.push(Action::CloseStep);
}

/// A layer of the sample city, by its file.
fn sample_layer<'a>(session: &'a Session, file: &str) -> Option<&'a Layer> {
    let layers = &session.document().layers;
    layers.iter().find(|layer| {
        let path = Path::new(&layer.source.path);
        let folder = path.parent();
        path.file_name().is_some_and(|name| name == file)
            && folder.is_some_and(|folder| folder.ends_with("sample-data"))
            && session.loaded(layer).is_some()
    })
}

/// Whether the sample city is open.
pub(super) fn is_sample(session: &Session) -> bool {
    sample_layer(session, "schapen.geojson").is_some()
}
