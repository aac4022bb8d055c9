//! The card of a dataset: what it is, what it holds, and the button that brings it onto the map.

use std::sync::Arc;

use egui::{Align, Grid, Layout, RichText, ScrollArea, Ui};

use super::key::KeyField;
use super::narrow::Narrow;
use super::{Wish, description, job, preview, rhythm, shelf_wish};
use crate::app::actions::{Action, Actions};
use crate::app::dialog::main_button;
use crate::app::icons::{self, Icon};
use crate::app::keyed::Keyed;
use crate::app::opening::Dressing;
use crate::app::session::Session;
use crate::i18n::{Message, format_date};
use crate::portal::{
    Block, Dataset, Narrowing, PortalAddress, PortalError, PortalInfo, Records, blocks, is_web,
};

/// A dataset being looked at.
pub(super) struct Card {
    dataset: Dataset,
    info: PortalInfo,
    description: Vec<Block>,
    preview: Keyed<(), Result<Records, PortalError>>,
    wants_preview: bool,
    key: KeyField,
    narrow: Narrow,
}

impl Card {
    pub fn new(dataset: Dataset, info: PortalInfo) -> Card {
        Card {
            description: blocks(&dataset.description),
            narrow: Narrow::of(&dataset),
            dataset,
            info,
            preview: Keyed::default(),
            wants_preview: false,
            key: KeyField::default(),
        }
    }

    pub fn dataset(&self) -> &Dataset {
        &self.dataset
    }

    pub fn is_busy(&self) -> bool {
        self.preview.job().is_some() || self.narrow.is_busy()
    }

    pub fn update(&mut self, session: &Session) {
        if self.wants_preview {
            self.preview.want((), |()| {
                let portals = Arc::clone(&session.portals);
                let (info, dataset) = (self.info.clone(), self.dataset.clone());
                job(&session.wake, move |watch| {
                    let portal = portals.ask(&info);
                    portal.records(&dataset, &Narrowing::default(), preview::ROWS, watch)
                })
            });
        }
        self.narrow.update(session, &self.info, &self.dataset);
    }

    /// Shows the card; answers whether the person goes back to the list.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        info: &PortalInfo,
        out: &mut Actions,
    ) -> bool {
        let mut goes_back = false;
        ui.horizontal(|ui| {
            goes_back = icons::button(ui, Icon::Left, &session.tr("app-portal-back")).clicked();
            let title = RichText::new(&self.dataset.title).heading();
            ui.add(egui::Label::new(title).wrap());
        });
        goes_back |=
            ui.input(|input| input.key_pressed(egui::Key::Escape)) && !ui.ctx().text_edit_focused();
        ui.add_space(2.0);
        self.add_line(ui, session, info, out);
        ui.separator();
        ScrollArea::vertical().id_salt(("card", &self.dataset.id)).auto_shrink(false).show(
            ui,
            |ui| {
                if self.dataset.has_records {
                    let title = session.tr("app-portal-part");
                    icons::fold(title)
                        .id_salt("part")
                        .show(ui, |ui| self.narrow.show(ui, session, &self.dataset));
                }
                description::show(ui, &self.description);
                facts(ui, session, &self.dataset, info, out);
                fields(ui, session, &self.dataset);
                self.preview(ui, session);
            },
        );
        goes_back
    }

    /// How many records would come, and the button.
    fn add_line(&mut self, ui: &mut Ui, session: &Session, info: &PortalInfo, out: &mut Actions) {
        if !self.dataset.has_records {
            ui.label(session.tr("app-portal-only-files"));
            return;
        }
        let narrowing = self.narrow.narrowing(session, &self.dataset);
        let is_part = narrowing.bbox.is_some() || !narrowing.condition.is_empty();
        let is_counting = is_part && self.narrow.is_busy();
        let count = if is_part {
            match self.narrow.count() {
                Some(Ok(count)) => Some(*count),
                Some(Err(error)) => {
                    let color = ui.visuals().error_fg_color;
                    let text = RichText::new(session.say(&error.what())).small().color(color);
                    ui.add(egui::Label::new(text).wrap());
                    None
                }
                None => None,
            }
        } else {
            self.dataset.records
        };
        let address =
            PortalAddress { narrowing, ..PortalAddress::whole(info.clone(), &*self.dataset.id) };
        let is_there = {
            let text = address.to_string();
            session.document().layers.iter().any(|layer| layer.source.path == text)
        };
        ui.horizontal(|ui| {
            let text = session.tr(if self.dataset.has_place() {
                "app-portal-to-map"
            } else {
                "app-portal-to-tables"
            });
            if main_button(ui, self.narrow.is_right(), &text) {
                // Dressed as it stands on the shelf, where it does.
                let Dressing { style, hidden, .. } =
                    shelf_wish(session, &info.id, address.clone()).dressing;
                let dressing = Dressing { style, hidden, ..self.narrow.dressing() };
                out.push(Action::AddFromPortal(vec![Wish { address, dressing }]));
            }
            if is_counting {
                ui.spinner();
            } else if let Some(count) = count {
                let mut message = Message::new("app-portal-records").count("count", count);
                if let (true, Some(whole)) = (is_part, self.dataset.records) {
                    message = Message::new("app-portal-records-of")
                        .count("count", count)
                        .count("whole", whole);
                }
                ui.label(session.say(&message));
            }
        });
        if is_there {
            ui.label(RichText::new(session.tr("app-portal-is-there")).small().weak());
        }
    }

    fn preview(&mut self, ui: &mut Ui, session: &Session) {
        if !self.dataset.has_records {
            return;
        }
        let title = session.tr("app-portal-preview");
        let shown =
            icons::fold(title).id_salt("preview").show(ui, |ui| match self.preview.latest() {
                Some(Ok(records)) => preview::show(ui, session, &self.dataset, records),
                Some(Err(error)) => {
                    let color = ui.visuals().error_fg_color;
                    ui.label(RichText::new(session.say(&error.what())).color(color));
                    let has_key = self.key.show(ui, session, &self.info, error);
                    if has_key || ui.button(session.tr("app-portal-again")).clicked() {
                        self.preview.forget();
                    }
                }
                None => {
                    ui.spinner();
                }
            });
        self.wants_preview = shown.body_returned.is_some();
    }
}

/// Who, when, how many, where, under which licence.
fn facts(ui: &mut Ui, session: &Session, dataset: &Dataset, info: &PortalInfo, out: &mut Actions) {
    ui.add_space(4.0);
    let day = |at: Option<chrono::DateTime<chrono::FixedOffset>>| {
        let at = at?.with_timezone(&chrono::Local).date_naive();
        Some(format_date(session.language, at))
    };
    let records = dataset
        .records
        .map(|count| session.say(&Message::new("app-portal-records").count("count", count)));
    let rows = [
        ("app-portal-fact-records", records),
        ("app-portal-fact-geometry", Some(dataset.geometry_types.join(", "))),
        ("app-portal-fact-source", Some(dataset.credits())),
        ("app-portal-fact-modified", day(dataset.modified)),
        ("app-portal-fact-processed", day(dataset.data_processed)),
        ("app-portal-fact-frequency", Some(rhythm::said(session, &dataset.update_frequency))),
        ("app-portal-fact-themes", Some(dataset.themes.join(", "))),
        ("app-portal-fact-keywords", Some(dataset.keywords.join(", "))),
    ];
    Grid::new("facts").num_columns(2).spacing([10.0, 5.0]).show(ui, |ui| {
        ui.spacing_mut().interact_size.y = 16.0;
        for (id, value) in rows {
            let Some(value) = value.filter(|value| !value.is_empty()) else { continue };
            row(ui, session, id, |ui| {
                ui.add(egui::Label::new(value).wrap());
            });
        }
        if !dataset.licence.is_empty() {
            row(ui, session, "app-portal-fact-licence", |ui| {
                if is_web(&dataset.licence_url) {
                    let link =
                        egui::Hyperlink::from_label_and_url(&dataset.licence, &dataset.licence_url);
                    ui.add(link.open_in_new_tab(true));
                } else {
                    ui.add(egui::Label::new(&dataset.licence).wrap());
                }
            });
        }
        row(ui, session, "app-portal-fact-page", |ui| {
            let link = egui::Hyperlink::from_label_and_url(&dataset.id, info.page_of(&dataset.id));
            ui.add(link.open_in_new_tab(true));
        });
    });
    if let Some(bbox) = dataset.bbox
        && ui.button(session.tr("app-portal-zoom")).clicked()
    {
        out.push(Action::ZoomToExtent(bbox));
    }
}

fn row(ui: &mut Ui, session: &Session, id: &'static str, value: impl FnOnce(&mut Ui)) {
    ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
        ui.label(RichText::new(session.say(&Message::new(id))).weak());
    });
    ui.with_layout(Layout::top_down(Align::Min), value);
    ui.end_row();
}

fn fields(ui: &mut Ui, session: &Session, dataset: &Dataset) {
    if dataset.fields.is_empty() {
        return;
    }
    let count = u64::try_from(dataset.fields.len()).unwrap_or(u64::MAX);
    let title = session.say(&Message::new("app-portal-fields").count("count", count));
    icons::fold(title).id_salt("fields of").show(ui, |ui| {
        for field in &dataset.fields {
            ui.horizontal_wrapped(|ui| {
                ui.label(&field.label);
                if field.label != field.name {
                    ui.label(RichText::new(&field.name).small().weak());
                }
            });
            if !field.description.is_empty() {
                let text = RichText::new(&field.description).small().weak();
                ui.add(egui::Label::new(text).wrap());
            }
        }
    });
}
