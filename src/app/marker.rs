//! The place that was looked for, on the map: a pin, and a card with its coordinates to copy.

use egui::{Area, Frame, Id, Order, Rect, RichText, Ui, vec2};

use super::actions::{Action, Actions};
use super::copying::Copied;
use super::icons::{self, Icon};
use super::session::Session;
use crate::find::{Place, degrees, metres};
use crate::i18n::Message;
use crate::map::MapView;

/// The card's place beside the point of the pin.
const BESIDE: egui::Vec2 = vec2(16.0, -58.0);

/// Draws the marker over the map in `rect`, which has just been drawn.
pub(super) fn show(ui: &Ui, session: &Session, map: &MapView, rect: Rect, out: &mut Actions) {
    let Some(place) = &session.marker else { return };
    let Some(point) = map.pin(ui, rect, place.lon_lat) else { return };
    let area = Area::new(Id::unique("marker"))
        .order(Order::Middle)
        .fixed_pos(point + BESIDE)
        .constrain_to(rect.shrink(4.0));
    area.show(ui.ctx(), |ui| {
        let frame = Frame::popup(ui.style()).inner_margin(egui::Margin::symmetric(10, 6));
        frame.show(ui, |ui| card(ui, session, place, out));
    });
}

fn card(ui: &mut Ui, session: &Session, place: &Place, out: &mut Actions) {
    ui.spacing_mut().item_spacing = vec2(4.0, 0.0);
    let [lon, lat] = place.lon_lat;
    ui.horizontal(|ui| {
        line(
            ui,
            session,
            &degrees(place.lon_lat, session.language),
            "app-marker-copy-degrees",
            out,
            || format!("{lat:.7}, {lon:.7}"),
        );
        if icons::button(ui, Icon::Close, &session.tr("app-clear-marker")).clicked() {
            out.push(Action::ClearMarker);
        }
    });
    if let Some([x, y]) = place.lambert72 {
        let [east, north] = metres([x, y], session.language);
        let text = Message::new("app-status-lambert").text("x", east).text("y", north);
        ui.horizontal(|ui| {
            line(ui, session, &session.say(&text), "app-marker-copy-lambert", out, || {
                format!("{x:.2} {y:.2}")
            });
        });
    }
}

/// Coordinates with a button that copies them.
fn line(
    ui: &mut Ui,
    session: &Session,
    text: &str,
    copy: &'static str,
    out: &mut Actions,
    copied: impl FnOnce() -> String,
) {
    ui.label(RichText::new(text).small());
    let label = session.say(&Message::new(copy));
    if icons::button(ui, Icon::Copy, &label).clicked() {
        out.push(Action::Copy(Copied::Text(copied())));
    }
}
