//! How much of the layers of a service is wanted: all of it, or what is in view; and how many
//! features that is, asked of the service while the person chooses.

use std::collections::HashMap;
use std::sync::Arc;

use egui::{RichText, Ui};

use crate::app::portal_panel::rounded_out;
use crate::app::session::Session;
use crate::i18n::Message;
use crate::jobs::{Job, Poll};
use crate::portal::Service;
use crate::table::Extent;

/// A layer, and whether only what of it is in view.
type Asked = (String, bool);

/// A service, and how much of it is wanted.
pub(in crate::app) struct ServicePart {
    pub service: Box<Service>,
    /// What was in view when the layers were shown.
    view: Option<Extent>,
    is_in_view: bool,
    /// What the service said; none where it could not say.
    counts: HashMap<Asked, Option<u64>>,
    counting: Option<(Asked, Job<Option<u64>>)>,
}

impl ServicePart {
    pub fn new(service: Box<Service>, view: Option<Extent>) -> ServicePart {
        let counts = service
            .layers
            .iter()
            .filter_map(|layer| Some(((layer.name.clone(), false), Some(layer.features?))));
        ServicePart {
            counts: counts.collect(),
            service,
            view: view.map(rounded_out),
            is_in_view: false,
            counting: None,
        }
    }

    /// Whether a server is being asked.
    pub fn is_busy(&self) -> bool {
        self.counting.is_some()
    }

    /// The part of the world that is wanted.
    fn bbox(&self, is_in_view: bool) -> Option<Extent> {
        self.view.filter(|_| is_in_view)
    }

    /// The addresses of layers, as far as they are wanted.
    pub fn addresses<'a>(
        &'a self,
        names: impl Iterator<Item = &'a str> + 'a,
    ) -> impl Iterator<Item = String> + 'a {
        let bbox = self.bbox(self.is_in_view);
        names.map(move |name| self.service.address(name, bbox).to_string())
    }

    /// Asks for the counts of the layers chosen, one after another: first of what is wanted now.
    pub fn count(&mut self, session: &Session, chosen: &[String]) {
        if let Some((asked, job)) = self.counting.take() {
            match job.poll() {
                Poll::Running => self.counting = Some((asked, job)),
                Poll::Done(count) => {
                    self.counts.insert(asked, count);
                }
                Poll::Lost => {
                    self.counts.insert(asked, None);
                }
            }
        }
        if self.counting.is_some() || session.portals.is_offline() {
            return;
        }
        let ways = [self.is_in_view, !self.is_in_view];
        let wanted = ways.into_iter().filter(|is_in_view| !is_in_view || self.view.is_some());
        let mut wanted = wanted.flat_map(|way| chosen.iter().map(move |name| (name.clone(), way)));
        let Some(next) = wanted.find(|asked| !self.counts.contains_key(asked)) else { return };
        let address = self.service.address(&next.0, self.bbox(next.1));
        let (portals, wake) = (Arc::clone(&session.portals), session.wake.clone());
        let job = Job::start(
            "count",
            move || wake(),
            move |watch| {
                portals.count(&address, watch).unwrap_or_else(|error| {
                    log::info!("{error}");
                    None
                })
            },
        );
        self.counting = Some((next, job));
    }

    /// How many features of a layer are wanted, in words; nothing while that is not known.
    pub fn note(&self, session: &Session, layer: &str) -> String {
        match self.counts.get(&(layer.to_owned(), self.is_in_view)) {
            Some(Some(count)) => {
                session.say(&Message::new("app-service-features").count("count", *count))
            }
            Some(None) => session.tr("app-service-uncounted"),
            None => String::new(),
        }
    }

    /// Whether nothing of a layer can be in view, because it lies elsewhere.
    pub fn lies_elsewhere(&self, layer: Option<Extent>) -> bool {
        let both = layer.zip(self.view).filter(|_| self.is_in_view);
        both.is_some_and(|(layer, view)| !layer.intersects(&view))
    }

    /// The choice between everything and what is in view, each with how many features that is.
    pub fn choice(&mut self, ui: &mut Ui, session: &Session, chosen: &[String]) {
        for (is_in_view, id) in [(false, "app-service-whole"), (true, "app-service-in-view")] {
            if is_in_view && self.view.is_none() {
                continue;
            }
            ui.horizontal(|ui| {
                let text = session.say(&Message::new(id));
                ui.radio_value(&mut self.is_in_view, is_in_view, text);
                let counts = chosen
                    .iter()
                    .map(|name| self.counts.get(&(name.clone(), is_in_view)).copied().flatten());
                let sum: Option<u64> = counts.sum();
                if let Some(sum) = sum.filter(|_| !chosen.is_empty()) {
                    let text = Message::new("app-service-features").count("count", sum);
                    ui.label(RichText::new(session.say(&text)).weak());
                } else if self.counting.as_ref().is_some_and(|((_, way), _)| *way == is_in_view) {
                    ui.spinner();
                }
            });
        }
    }
}
