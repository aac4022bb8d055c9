//! The city's portal beside the map: the shelf, the catalogue, and the card of a dataset.

mod adding;
mod card;
mod catalogue;
mod description;
mod key;
mod line;
mod list;
mod narrow;
mod preview;
pub(super) mod rhythm;
mod shelf;

pub(super) use self::adding::Wish;
pub(super) use self::narrow::rounded_out;
pub(super) use self::shelf::shelf_wish;

use egui::Ui;

use self::adding::AddPortal;
use self::card::Card;
use self::catalogue::Shop;
use self::list::List;
use super::Wake;
use super::actions::Actions;
use super::chosen;
use super::icons;
use super::session::Session;
use crate::i18n::Message;
use crate::portal::{PortalInfo, portals};
use crate::table::Extent;

/// What the panel shows of a portal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Side {
    /// What people come for.
    #[default]
    Shelf,
    /// Everything.
    Catalogue,
}

/// The panel's own state.
#[derive(Default)]
pub(super) struct PortalPanel {
    is_shown: bool,
    side: Side,
    shop: Option<Shop>,
    list: List,
    card: Option<Card>,
    adding: AddPortal,
}

impl PortalPanel {
    /// Takes what jobs have done and starts new ones, while the panel is in view.
    pub fn update(&mut self, session: &Session, is_shown: bool) {
        self.is_shown = is_shown;
        if !is_shown {
            return;
        }
        let info = portal_of(session);
        let at = session.portals.at_its_address(&info).base;
        let is_other = self.shop.as_ref().is_none_or(|shop| shop.info != info || shop.at != at);
        if is_other {
            self.shop = Some(Shop::new(info, at));
            self.card = None;
            self.list = List::default();
        }
        let Some(shop) = &mut self.shop else { return };
        // The shelf needs no catalogue: nothing is fetched that nobody looks at.
        shop.update(session, self.side == Side::Catalogue);
        self.list.update(shop, session);
        if let Some(card) = &mut self.card {
            card.update(session);
        }
    }

    /// Whether anything is being fetched or looked up.
    pub fn is_busy(&self) -> bool {
        self.is_shown
            && (self.shop.as_ref().is_some_and(Shop::is_busy)
                || self.list.is_busy()
                || self.card.as_ref().is_some_and(Card::is_busy))
    }

    /// Where the dataset looked at lies, to be shown on the map, with its title.
    pub fn outlined(&self) -> Option<(Extent, &str)> {
        let dataset = self.card.as_ref().filter(|_| self.is_shown)?.dataset();
        Some((dataset.bbox?, &dataset.title))
    }

    /// Looks at all datasets.
    pub fn search(&mut self) {
        self.side = Side::Catalogue;
        self.card = None;
        self.list.wants_focus = true;
    }

    pub fn show(&mut self, ui: &mut Ui, session: &Session, out: &mut Actions) {
        let Some(shop) = &mut self.shop else { return };
        if let Some(card) = &mut self.card {
            if card.show(ui, session, &shop.info, out) {
                self.card = None;
            }
            return;
        }
        ui.horizontal(|ui| {
            let label = ui.label(session.tr("app-portal-which"));
            choose(ui, session, &shop.info, &mut self.adding, out).labelled_by(label.id);
        });
        self.adding.show(ui, session, out);
        if !shop.is_verified() {
            ui.label(egui::RichText::new(session.tr("app-portal-unverified")).small().weak());
        }
        let has_shelf = crate::portal::shelf(&shop.info.id).next().is_some();
        if has_shelf {
            ui.horizontal(|ui| {
                for (side, id) in
                    [(Side::Shelf, "app-portal-shelf"), (Side::Catalogue, "app-portal-catalogue")]
                {
                    chosen::tab_value(ui, &mut self.side, side, session.say(&Message::new(id)));
                }
            });
            ui.add_space(2.0);
        } else {
            self.side = Side::Catalogue;
        }
        match self.side {
            Side::Shelf => shelf::show(ui, session, &shop.info, out),
            Side::Catalogue => {
                let taken = self.list.show(ui, session, shop);
                if let Some(dataset) = taken {
                    self.card = Some(Card::new(dataset, shop.info.clone()));
                }
            }
        }
    }
}

/// The portal chosen in the settings.
fn portal_of(session: &Session) -> PortalInfo {
    let known = crate::portal::portal(&session.settings.portal);
    let first = || portals().first().cloned();
    known.or_else(first).unwrap_or_else(|| PortalInfo::of_base("https://data.stad.gent"))
}

/// The list of portals.
fn choose(
    ui: &mut Ui,
    session: &Session,
    now: &PortalInfo,
    adding: &mut AddPortal,
    out: &mut Actions,
) -> egui::Response {
    let name = |portal: &PortalInfo| portal.name.get(session.language).to_owned();
    let combo = icons::combo_box("portal").selected_text(name(now)).truncate();
    let width = (ui.available_width() - 14.0).max(60.0);
    let shown = combo.width(width).show_ui(ui, |ui| {
        let own = session.settings.own_portals.iter().map(|base| PortalInfo::of_base(base));
        for portal in portals().iter().cloned().chain(own) {
            let is_now = portal.id == now.id;
            if chosen::item(ui, is_now, name(&portal)).clicked() && !is_now {
                let mut settings = session.settings.clone();
                settings.portal = portal.id;
                out.push(super::actions::Action::ChangeSettings(Box::new(settings)));
            }
        }
        ui.separator();
        if ui.button(session.tr("app-portal-add")).clicked() {
            adding.open();
        }
        if ui.button(session.tr("app-portal-correct")).clicked() {
            adding.correct(&session.portals.at_its_address(now));
        }
    });
    shown.response
}

/// Starts a job of the panel.
fn job<T: Send + 'static>(
    wake: &Wake,
    work: impl FnOnce(&crate::jobs::Watch) -> T + Send + 'static,
) -> crate::jobs::Job<T> {
    let wake = wake.clone();
    crate::jobs::Job::start("portal", move || wake(), work)
}
