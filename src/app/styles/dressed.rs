//! A layer as it looks, on its way into the form of QGIS.

use arrow_array::BooleanArray;

use crate::app::classes::ClassState;
use crate::app::derived::{MaskState, Same};
use crate::app::session::Session;
use crate::i18n::Language;
use crate::jobs::{Cancelled, Watch};
use crate::project::Layer;
use crate::style::qml::{Dress, Written, write};
use crate::style::{Partition, PartitionError, Style, partition};
use crate::table::{PartKind, Table};

/// All that the look of a layer follows from.
#[derive(Clone, PartialEq)]
pub(in crate::app) struct Dressed {
    layer: Layer,
    style: Style,
    table: Same<Table>,
    kind: Option<PartKind>,
    mask: Option<Same<BooleanArray>>,
    /// Its classes, where they are known.
    partition: Option<Same<Partition>>,
    language: Language,
}

impl Dressed {
    /// None while its table is not there.
    pub fn of(session: &Session, layer: &Layer) -> Option<Dressed> {
        let mask = match session.derived.mask(layer) {
            MaskState::Some(mask) => Some(mask.rows.clone()),
            MaskState::All | MaskState::Failed(_) | MaskState::Pending => None,
        };
        let partition = match session.derived.classes.of(layer.id) {
            ClassState::Known(partition) => Some(Same(partition.clone())),
            _ => None,
        };
        Some(Dressed {
            layer: layer.clone(),
            style: session.style_of(layer).into_owned(),
            table: Same(session.loaded(layer)?.table.clone()),
            kind: session.main_kind(layer),
            mask,
            partition,
            language: session.language,
        })
    }

    /// Its style as QGIS writes it. Work for a job: classes may have to be found.
    ///
    /// # Errors
    /// When cancelled.
    pub fn qml(&self, watch: &Watch) -> Result<Written, Cancelled> {
        let mut known = self.partition.as_ref().map(|known| known.0.clone());
        if let Some(grouping) = self.style.grouping().filter(|_| known.is_none()) {
            let mask = self.mask.as_ref().map(|mask| &*mask.0);
            known = match partition(&self.table.0, &grouping, mask, watch) {
                Ok(partition) => Some(partition.into()),
                Err(PartitionError::Cancelled(cancelled)) => return Err(cancelled),
                Err(_) => None,
            };
        }
        let fields = &self.table.0.fields;
        let field = self.style.by.field().and_then(|name| self.table.0.field_index(name));
        let dress = Dress {
            style: &self.style,
            partition: known.as_deref(),
            field: field.and_then(|at| fields.get(at)).map(|field| field.kind),
            kind: self.kind,
            opacity: self.layer.opacity,
            farthest: self.layer.scales.farthest,
            nearest: self.layer.scales.nearest,
        };
        Ok(write(&dress, self.language))
    }
}
