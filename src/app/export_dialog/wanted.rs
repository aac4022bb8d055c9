//! What is to be handed over: the form filled in, and with the data it follows from.

use std::collections::BTreeSet;

use crate::app::derived::{MaskState, Same};
use crate::app::session::Session;
use crate::app::styles::Dressed;
use crate::crs::{Crs, CrsError};
use crate::formats::{CsvOptions, Export, FORMATS, Format, PlaceAs, QgisStyle, WriteOptions};
use crate::jobs::Watch;
use crate::project::{Layer, LayerId};
use crate::table::{Look, RowSet, Table};

/// Which CRS the file gets.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Target {
    Source,
    Known(Crs),
    /// The code typed.
    Code(String),
}

/// Which rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rows {
    All,
    /// Those that the filter shows.
    Shown,
    /// Those selected, of the rows shown.
    Selected,
}

/// The form.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Form {
    pub format: &'static str,
    pub rows: Rows,
    pub columns: Vec<bool>,
    pub target: Target,
    /// The code being typed for another CRS.
    pub code: String,
    pub place: PlaceAs,
    pub csv: CsvOptions,
    /// Other layers that go into the same file.
    pub also: BTreeSet<LayerId>,
}

impl Form {
    /// Whether other layers can go along.
    pub fn holds_several(&self) -> bool {
        format_of(self.format).write_several.is_some()
    }

    fn crs(&self) -> Result<Option<Crs>, CrsError> {
        Ok(match &self.target {
            Target::Source => None,
            Target::Known(crs) => Some(crs.clone()),
            Target::Code(code) => Some(Crs::from_code(code.trim())?),
        })
    }
}

/// A layer's table and which of its rows are written; none for all.
#[derive(Clone, PartialEq)]
struct Part {
    name: String,
    table: Same<Table>,
    rows: Option<RowSet>,
    look: Look,
    /// Its style, for a format that keeps one.
    dressed: Option<Dressed>,
}

/// What an export follows from: everything the job needs.
#[derive(Clone, PartialEq)]
pub(super) struct Key {
    form: Form,
    first: Part,
    others: Vec<Part>,
    note: Option<String>,
}

impl Key {
    /// None while rows are not known yet: wait rather than write everything.
    pub fn of(session: &Session, layer: LayerId, form: &Form) -> Option<Key> {
        let layer = session.document().layer(layer)?;
        let rows = match form.rows {
            Rows::All => None,
            Rows::Selected => match session.derived.mask(layer) {
                MaskState::Pending => return None,
                _ => Some(session.selection.of(layer.id)?.clone()),
            },
            Rows::Shown => match session.derived.mask(layer) {
                MaskState::Some(mask) => Some(RowSet::of_mask(&mask.rows.0)),
                _ => return None,
            },
        };
        let first = part(session, layer, rows, form)?;
        let wanted = |other: &&Layer| {
            form.holds_several() && other.id != layer.id && form.also.contains(&other.id)
        };
        let others = session.document().layers.iter().filter(wanted);
        let others = others.map(|layer| other(session, layer, form));
        let others = others.collect::<Option<Vec<Part>>>()?;
        let note = super::note_of(session, layer);
        Some(Key { form: form.clone(), first, others, note })
    }

    /// Runs something with the exports described, the dialog's own layer first.
    pub fn with<T>(
        &self,
        run: impl FnOnce(&[Export<'_>]) -> T,
        watch: &Watch,
    ) -> Result<T, CrsError> {
        let crs = self.form.crs()?;
        let all = self.form.columns.iter().all(|chosen| *chosen);
        let chosen = self.form.columns.iter().enumerate();
        let chosen: Vec<usize> = chosen.filter_map(|(at, chosen)| chosen.then_some(at)).collect();
        let parts: Vec<&Part> = std::iter::once(&self.first).chain(&self.others).collect();
        let masks: Vec<_> =
            parts.iter().map(|part| part.rows.as_ref().map(RowSet::to_mask)).collect();
        let exports = parts.iter().zip(&masks).enumerate();
        let exports = exports.map(|(at, (part, mask))| Export {
            table: &part.table.0,
            name: Some(part.name.clone()),
            rows: mask.as_ref(),
            columns: (at == 0 && !all).then(|| chosen.clone()),
            // A layer without a known CRS goes as it is, rather than stop the others.
            crs: crs.clone().filter(|_| at == 0 || part.table.0.crs.is_some()),
            format: format_of(self.form.format),
            options: WriteOptions {
                place: self.form.place,
                csv: self.form.csv,
                note: self.note.clone(),
                looks: vec![part.look],
                styles: vec![part.style(watch)],
            },
        });
        let exports: Vec<Export<'_>> = exports.collect();
        Ok(run(&exports))
    }
}

impl Part {
    /// None where the format keeps none, and where the person cancelled.
    fn style(&self, watch: &Watch) -> Option<QgisStyle> {
        let written = self.dressed.as_ref()?.qml(&watch.unseen()).ok()?;
        Some(QgisStyle { text: written.text.into(), problems: written.problems })
    }
}

fn part(session: &Session, layer: &Layer, rows: Option<RowSet>, form: &Form) -> Option<Part> {
    let table = Same(session.loaded(layer)?.table.clone());
    let look = session.symbol_of(layer).as_look();
    let keeps = format_of(form.format).keeps_styles();
    let dressed = if keeps { Dressed::of(session, layer) } else { None };
    Some(Part { name: layer.name.clone(), table, rows, look, dressed })
}

/// A layer that goes along, with the rows that the map shows; nothing while they are not known.
fn other(session: &Session, layer: &Layer, form: &Form) -> Option<Part> {
    let rows = match session.derived.mask(layer) {
        MaskState::All | MaskState::Failed(_) => None,
        MaskState::Some(mask) => Some(RowSet::of_mask(&mask.rows.0)),
        MaskState::Pending => return None,
    };
    part(session, layer, rows, form)
}

/// A format by its name; the first that writes where the name is unknown.
pub(super) fn format_of(id: &str) -> &'static Format {
    let known = FORMATS.iter().find(|format| format.id == id);
    known.copied().unwrap_or(&crate::formats::geojson::FORMAT)
}

/// The extension that a format's files get.
pub(super) fn extension(format: &Format) -> &'static str {
    format.extensions.first().copied().unwrap_or("dat")
}
