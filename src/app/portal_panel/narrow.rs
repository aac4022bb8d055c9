//! Which part of a dataset is to be fetched: in view, in chosen areas, by a condition, some fields.

use egui::{RichText, Ui};

use std::sync::Arc;

use super::job;
use crate::app::filter::FreeCondition;
use crate::app::icons;
use crate::app::keyed::Keyed;
use crate::app::opening::Dressing;
use crate::app::row_extent;
use crate::app::session::Session;
use crate::i18n::Message;
use crate::jobs::{Job, Poll};
use crate::portal::{Dataset, Narrowing, PortalError, PortalInfo, PushedDown, push_down};
use crate::project::{Filter, LayerId, PlaceFilter};
use crate::query::ChosenRows;
use crate::table::{Extent, Field, FieldKind};

/// Where records must lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Where {
    #[default]
    Anywhere,
    InView,
    /// In the selected areas of a layer.
    Selected(LayerId),
}

/// Areas of a layer that records must lie in.
struct Areas {
    layer: LayerId,
    rows: ChosenRows,
    /// The box around them, WGS 84 degrees.
    extent: Extent,
}

/// A part of a dataset being described.
pub(super) struct Narrow {
    place: Where,
    condition: Option<FreeCondition>,
    /// The fields that are left out, by name.
    left_out: Vec<String>,
    count: Keyed<Narrowing, Result<u64, PortalError>>,
    /// The areas chosen: which, and the box around them.
    areas: Option<Areas>,
    finding: Option<Job<Option<Areas>>>,
}

impl Narrow {
    pub fn of(dataset: &Dataset) -> Narrow {
        let fields = dataset.fields.iter().filter(|field| !field.kind.is_place()).map(|field| {
            // Lists and files are asked about as texts.
            let kind = field.attribute_kind().filter(|kind| *kind != FieldKind::Json);
            let mut made = Field::new(field.name.clone(), kind.unwrap_or(FieldKind::Text));
            made.label = Some(field.label.clone());
            made
        });
        Narrow {
            place: Where::default(),
            condition: FreeCondition::on(fields.collect()),
            left_out: Vec::new(),
            count: Keyed::default(),
            areas: None,
            finding: None,
        }
    }

    /// What of the condition the portal is asked.
    pub fn pushed(&self, dataset: &Dataset) -> PushedDown {
        let Some(condition) = &self.condition else { return PushedDown::default() };
        if condition.sql().is_empty() {
            return PushedDown::default();
        }
        match condition.group() {
            Some(group) => push_down(&group, dataset),
            None => PushedDown { here: 1, ..PushedDown::default() },
        }
    }

    /// What the portal is asked for.
    pub fn narrowing(&self, session: &Session, dataset: &Dataset) -> Narrowing {
        let bbox = match self.place {
            Where::Anywhere => None,
            Where::InView => session.in_view.map(rounded_out),
            Where::Selected(_) => self.areas.as_ref().map(|areas| rounded_out(areas.extent)),
        };
        let fields = if self.left_out.is_empty() {
            Vec::new()
        } else {
            let kept = dataset.fields.iter().filter(|it| !self.left_out.contains(&it.name));
            kept.map(|field| field.name.clone()).collect()
        };
        Narrowing { condition: self.pushed(dataset).asked, bbox, fields }
    }

    /// What is done with the rows once they are here: the whole condition again, and the areas.
    pub fn dressing(&self) -> Dressing {
        let sql = self.condition.as_ref().map(|it| it.sql().to_owned()).unwrap_or_default();
        let places = match (&self.place, &self.areas) {
            (Where::Selected(_), Some(areas)) => {
                vec![PlaceFilter::chosen(areas.layer, areas.rows.clone())]
            }
            _ => Vec::new(),
        };
        Dressing { filter: Filter { sql, places }, ..Dressing::default() }
    }

    /// Whether it can be asked for as it stands.
    pub fn is_right(&self) -> bool {
        let has_areas = !matches!(self.place, Where::Selected(_)) || self.areas.is_some();
        has_areas && self.condition.as_ref().is_none_or(|condition| condition.error().is_none())
    }

    /// Asks the portal how many records there are in the part, while there is one.
    pub fn update(&mut self, session: &Session, info: &PortalInfo, dataset: &Dataset) {
        if let Some(finding) = &self.finding {
            match finding.poll() {
                Poll::Running => {}
                Poll::Done(areas) => {
                    self.areas = areas;
                    self.finding = None;
                }
                Poll::Lost => self.finding = None,
            }
            if self.finding.is_none() && self.areas.is_none() {
                self.place = Where::Anywhere;
            }
        }
        let narrowing = self.narrowing(session, dataset);
        let counts = narrowing.bbox.is_some() || !narrowing.condition.is_empty();
        if !counts || !self.is_right() {
            self.count.forget();
            return;
        }
        let asked = Narrowing { fields: Vec::new(), ..narrowing };
        self.count.want(asked, |narrowing| {
            let portals = Arc::clone(&session.portals);
            let (info, dataset, narrowing) = (info.clone(), dataset.clone(), narrowing.clone());
            job(&session.wake, move |watch| {
                // Who drags the map asks only for where it comes to rest.
                std::thread::sleep(std::time::Duration::from_millis(250));
                let portal = portals.ask(&info);
                portal.records(&dataset, &narrowing, 1, watch).map(|records| records.total)
            })
        });
    }

    pub fn is_busy(&self) -> bool {
        self.count.job().is_some() || self.finding.is_some()
    }

    /// How many records the portal says the part has; none while unknown, or where all is asked.
    pub fn count(&self) -> Option<&Result<u64, PortalError>> {
        self.count.latest().filter(|_| self.count.job().is_none())
    }

    pub fn show(&mut self, ui: &mut Ui, session: &Session, dataset: &Dataset) {
        if dataset.has_place() {
            self.place(ui, session);
        }
        if let Some(condition) = &mut self.condition {
            ui.label(RichText::new(session.tr("app-portal-condition")).small().weak());
            condition.show(ui, session);
        }
        let pushed = self.pushed(dataset);
        if pushed.here > 0 {
            let text = Message::new("app-portal-here")
                .count("here", pushed.here as u64)
                .count("there", pushed.there as u64);
            let text = RichText::new(session.say(&text)).small().weak();
            ui.add(egui::Label::new(text).wrap());
        }
        self.fields(ui, session, dataset);
    }

    fn place(&mut self, ui: &mut Ui, session: &Session) {
        ui.label(RichText::new(session.tr("app-portal-where")).small().weak());
        let before = self.place;
        ui.radio_value(&mut self.place, Where::Anywhere, session.tr("app-portal-anywhere"));
        ui.radio_value(&mut self.place, Where::InView, session.tr("app-portal-in-view"));
        for layer in &session.document().layers {
            let Some(rows) = session.selection.of(layer.id).filter(|rows| !rows.is_empty()) else {
                continue;
            };
            let Some(loaded) = session.loaded(layer) else { continue };
            let count = rows.iter().count();
            // A few areas are looked at here; more is work for a filter on the map.
            if loaded.table.geometry.is_none() || count > 500 {
                continue;
            }
            let text = Message::new("app-portal-in-selected")
                .count("count", count as u64)
                .text("layer", layer.name.as_str());
            ui.radio_value(&mut self.place, Where::Selected(layer.id), session.say(&text));
        }
        if let (Where::Selected(id), true) = (self.place, self.place != before) {
            self.areas = None;
            self.finding = find_areas(session, id);
        }
        ui.add_space(4.0);
    }

    fn fields(&mut self, ui: &mut Ui, session: &Session, dataset: &Dataset) {
        let all = dataset.fields.iter().filter(|field| !field.kind.is_place());
        let kept = all.clone().filter(|field| !self.left_out.contains(&field.name)).count();
        let title = Message::new("app-portal-fields-chosen")
            .count("kept", kept as u64)
            .count("all", all.clone().count() as u64);
        let title = RichText::new(session.say(&title)).small();
        icons::fold(title).id_salt("fields").show(ui, |ui| {
            for field in all {
                let mut is_kept = !self.left_out.contains(&field.name);
                let name = ui.checkbox(&mut is_kept, &field.label).on_hover_text(&field.name);
                if name.changed() && is_kept {
                    self.left_out.retain(|name| *name != field.name);
                } else if name.changed() && kept > 1 {
                    self.left_out.push(field.name.clone());
                }
            }
        });
    }
}

/// Looks up the selected areas of a layer, and the box around them.
fn find_areas(session: &Session, id: LayerId) -> Option<Job<Option<Areas>>> {
    let layer = session.document().layer(id)?;
    let table = Arc::clone(&session.loaded(layer)?.table);
    let rows = session.selection.of(id)?.clone();
    Some(job(&session.wake, move |watch| {
        let extent = row_extent::extent(&table, &rows, watch)?;
        let rows = ChosenRows::of(&table, rows.iter().collect::<Vec<_>>());
        Some(Areas { layer: id, rows, extent })
    }))
}

/// A rectangle a little larger, in degrees with six decimals (0.1 m).
/// An extent in degrees to six decimals, no smaller than it was.
pub(in crate::app) fn rounded_out(extent: Extent) -> Extent {
    let down = |number: f64| (number * 1e6).floor() / 1e6;
    let up = |number: f64| (number * 1e6).ceil() / 1e6;
    Extent {
        min_x: down(extent.min_x).max(-180.0),
        min_y: down(extent.min_y).max(-90.0),
        max_x: up(extent.max_x).min(180.0),
        max_y: up(extent.max_y).min(90.0),
    }
}
