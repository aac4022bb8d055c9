//! The answer to a question whose rows name areas, counted in those: both are fetched, and when they are
//! there the rows are put where their names are, the areas get the number, and its colours.

use std::path::PathBuf;

use crate::app::BelfortApp;
use crate::app::opening::Opening;
use crate::app::portal_panel::shelf_wish;
use crate::app::session::Notice;
use crate::app::style_panel::by_field;
use crate::i18n::Message;
use crate::portal::{PortalAddress, QuestionAreas, portal};
use crate::project::{Command, LayerId, NamedLayer, PlaceColumns, PlaceNames};
use crate::query::Condition;
use crate::query::per_area::{ByPlace, NumberColumn, Numbers, What};
use crate::table::free_name;

/// An answer on its way.
pub(in crate::app) struct CountedAnswer {
    answer: String,
    areas: String,
    by: QuestionAreas,
}

impl BelfortApp {
    /// Asks a question, and counts its rows in the areas of the city's portal that they name.
    pub(in crate::app) fn ask_per_area(&mut self, answer: String, city: &str, by: QuestionAreas) {
        let Some(portal) = portal(city) else {
            self.open(&[PathBuf::from(answer)]);
            return;
        };
        let address = PortalAddress::whole(portal, &*by.dataset);
        let areas = address.to_string();
        let is_there = self.session.document().layers.iter().any(|it| it.source.path == areas);
        if !is_there {
            let wish = shelf_wish(&self.session, city, address);
            self.add_from_portal(vec![wish]);
        }
        self.open(&[PathBuf::from(&answer)]);
        self.counted.push(CountedAnswer { answer, areas, by });
    }

    /// Counts what has come; forgets what will not come.
    pub(in crate::app) fn count_answers(&mut self) {
        for counted in std::mem::take(&mut self.counted) {
            let of = |path: &str| {
                let layers = &self.session.document().layers;
                let layer = layers.iter().find(|layer| layer.source.path == path)?;
                self.session.store.present(&layer.source).map(|_| layer.id)
            };
            let (answer, areas) = (of(&counted.answer), of(&counted.areas));
            if let Some((answer, areas)) = answer.zip(areas) {
                self.count_answer(answer, areas, &counted.by);
                continue;
            }
            let is_coming = |path: &str| {
                let is_it = |opening: &Opening| opening.path.as_os_str() == path;
                self.session.opening.iter().any(is_it)
            };
            if (answer.is_some() || is_coming(&counted.answer))
                && (areas.is_some() || is_coming(&counted.areas))
            {
                self.counted.push(counted);
            }
        }
    }

    fn count_answer(&mut self, answer: LayerId, areas: LayerId, by: &QuestionAreas) {
        let language = self.session.language;
        let names = PlaceNames {
            fields: vec![by.column.clone()],
            layers: vec![NamedLayer { layer: areas, field: by.field.clone() }],
            language: language.code().to_owned(),
            ..PlaceNames::default()
        };
        let Some(layer) = self.session.document().layer(areas).cloned() else { return };
        let taken = self.session.loaded(&layer).map(|areas| areas.table.fields.clone());
        let taken: Vec<String> = taken.iter().flatten().map(|field| field.name.clone()).collect();
        let added = layer.by_place.iter().flat_map(PlaceColumns::names);
        let taken = taken.iter().map(String::as_str).chain(added);
        let title = self.session.document().layer(answer).map_or("", |of| of.name.as_str());
        let column = free_name(by.count.get(language), title, taken);
        let number = NumberColumn { what: What::Count, field: String::new(), name: column.clone() };
        let numbers = Numbers { columns: vec![number], ..Numbers::default() };
        let counted =
            PlaceColumns { layer: answer, only_shown: true, by: ByPlace::Numbers(numbers) };
        let columns = layer.by_place.iter().cloned().chain([counted]).collect();
        self.session.history.close_step();
        self.run(Command::SetPlaceNames(answer, Some(Box::new(names))));
        self.run(Command::SetPlaceColumns(areas, columns));
        // The areas say it: hundreds of points in the middle of each do not.
        self.run(Command::SetVisible(vec![answer], false));
        let mut style = by_field(&self.session, &layer, &column, true);
        if let Some(labels) = &mut style.labels {
            let [name, count] = [&by.field, &column].map(|field| Condition::written_name(field));
            labels.what = format!("{name} || '\\n' || {count}");
        }
        self.run(Command::SetStyle(areas, style));
        self.session.history.close_step();
        self.session.active = Some(answer);
        let mut settings = self.session.settings.clone();
        settings.show_table = true;
        self.change_settings(settings);
        let told = Message::new("app-areas-made").text("column", column);
        self.session.notice(Notice::Done(told.text("name", layer.name)));
    }
}
