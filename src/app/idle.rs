//! Whether anything is under way.

use super::store::Entry;
use super::{BelfortApp, Dialog};

impl BelfortApp {
    /// Whether nothing is being read, computed or written.
    pub fn is_idle(&self) -> bool {
        let is_loading = self.document().layers.iter().any(|layer| {
            !matches!(
                self.session.store.entry(&layer.source),
                Some(Entry::Loaded(_) | Entry::Failed(_))
            )
        });
        let is_filtering = self
            .document()
            .layers
            .iter()
            .any(|layer| self.session.derived.mask_job(layer.id).is_some());
        let is_browsing = match &self.dialog {
            Some(Dialog::Open(dialog)) => dialog.is_browsing(),
            Some(Dialog::Service(dialog)) => dialog.is_busy(),
            Some(Dialog::Linked(dialog)) => dialog.is_busy(),
            Some(Dialog::WebMap(dialog)) => dialog.is_busy(),
            Some(Dialog::Cache(dialog)) => dialog.is_busy(),
            Some(Dialog::LayersOfFile(dialog)) => dialog.is_busy(),
            Some(Dialog::Save(dialog)) => dialog.is_browsing(),
            Some(Dialog::ReadStyle(dialog)) => dialog.is_browsing(),
            Some(Dialog::Missing(dialog)) => dialog.is_browsing(),
            Some(Dialog::About(about)) => about.is_busy(),
            _ => false,
        };
        let is_exporting =
            matches!(&self.dialog, Some(Dialog::Export(dialog)) if dialog.is_working());
        let is_counting =
            matches!(&self.dialog, Some(Dialog::Settings(dialog)) if dialog.is_busy());
        let is_printing = matches!(&self.dialog, Some(Dialog::Print(dialog)) if dialog.is_busy());
        let is_taking = matches!(&self.dialog, Some(Dialog::Take(dialog)) if dialog.is_busy());
        let is_repairing = matches!(&self.dialog, Some(Dialog::Repair(dialog)) if dialog.is_busy());
        let is_looking = matches!(&self.dialog, Some(Dialog::Crs(dialog)) if dialog.is_busy());
        let is_reading = matches!(&self.dialog, Some(Dialog::Kinds(dialog)) if dialog.is_busy());
        let is_joining = matches!(&self.dialog, Some(Dialog::Join(dialog)) if dialog.is_busy());
        let is_placing = match &self.dialog {
            Some(Dialog::Areas(dialog)) => dialog.is_busy(),
            Some(Dialog::Names(dialog)) => dialog.is_busy(),
            _ => false,
        };
        let is_searching = matches!(&self.guard, Some(guard) if guard.is_searching());
        self.session.opening.is_empty()
            && !is_counting
            && !is_taking
            && !is_joining
            && !is_placing
            && !is_looking
            && !is_reading
            && !self.session.derived.kinds.is_busy()
            && !is_loading
            && !is_filtering
            && !self.filter_panel.is_busy()
            && !self.feature_panel.is_busy()
            && !self.check_panel.is_busy()
            && !self.chart_panel.is_busy()
            && !is_repairing
            && !is_exporting
            && !is_printing
            && !is_browsing
            && self.saving.is_none()
            && self.thumbnail.is_none()
            && self.reading_again.is_none()
            && self.packing.is_none()
            && !is_searching
            && !self.files.is_busy()
            && !self.style_files.is_busy()
            && self.figure.is_none()
            && !self.overview.is_busy()
            && !self.session.derived.classes.is_busy()
            && !self.legend.is_busy()
            && !self.session.derived.is_sorting()
            && !self.document().layers.iter().any(|l| self.session.derived.added.is_busy(l.id))
            && self.row_aim.is_none()
            && !self.find_window.is_busy()
            && !self.portal_panel.is_busy()
            && self.session.selecting.is_none()
            && self.session.copying.is_none()
            && !self.session.notes.is_busy()
            && !self.session.live.is_busy()
            && !self.session.backdrops.is_busy()
            && !self.session.grounds.is_underway(self.document())
            && !self.session.labels.is_busy()
            && !self.session.crowds.is_busy()
    }
}
