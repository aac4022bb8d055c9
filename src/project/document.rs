//! What a project file holds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::about::{About, Bookmark};
use super::backdrop::Backdrop;
use super::by_place::PlaceColumns;
use super::filter::Filter;
use super::group::{GroupId, LayerGroup};
use super::naming::PlaceNames;
use super::notes::NoteSet;
use super::own_basemap::OwnBasemap;
use super::rectangle::Rectangle;
use super::sheet::Sheet;
use crate::query::join::JoinBy;
use crate::style::{LegendChoice, Style};
use crate::table::ReadAs;
use crate::tiles::BasemapLook;

/// The identity of a layer inside one document; never used again after the layer is removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LayerId(pub u64);

/// Everything the user made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Document {
    /// The map's title.
    pub title: String,
    /// A line shown with the map and put into everything made of it ("sample data, not official");
    /// empty for none.
    pub notice: String,
    /// Who made it, what it is, what may be done with it.
    #[serde(skip_serializing_if = "About::is_empty")]
    pub about: About,
    /// The layers, the topmost first.
    pub layers: Vec<Layer>,
    /// The groups that layers are in; where they stand follows from their layers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<LayerGroup>,
    /// What the person drew: what layers of notes show.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<NoteSet>,
    /// Images between the basemap and the layers, the topmost first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub backdrops: Vec<Backdrop>,
    /// The word of the basemap, one that the program offers or an own one; `none` for a clean sheet.
    pub basemap: String,
    /// Basemaps of the project's own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub basemaps: Vec<OwnBasemap>,
    /// How the basemap looks.
    #[serde(skip_serializing_if = "BasemapLook::is_plain")]
    pub basemap_look: BasemapLook,
    /// How the symbols are explained on the map.
    #[serde(skip_serializing_if = "LegendChoice::is_plain")]
    pub legend: LegendChoice,
    /// The sheets of paper that are printed of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sheets: Vec<Sheet>,
    /// Places with a name, in the order they were made.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bookmarks: Vec<Bookmark>,
    /// What is in view; none: all layers.
    pub view: Option<View>,
    /// The number the next new layer gets.
    pub next_layer: u64,
    /// The number the next new group gets.
    #[serde(skip_serializing_if = "is_first")]
    pub next_group: u64,
    /// The number the next new backdrop gets.
    #[serde(skip_serializing_if = "is_first")]
    pub next_backdrop: u64,
    /// The number the next new set of notes gets.
    #[serde(skip_serializing_if = "is_first")]
    pub next_notes: u64,
    /// What a newer version wrote and this one does not know: kept.
    #[serde(flatten)]
    pub others: Map<String, Value>,
}

impl Default for Document {
    fn default() -> Self {
        Document {
            title: String::new(),
            notice: String::new(),
            about: About::default(),
            layers: Vec::new(),
            groups: Vec::new(),
            notes: Vec::new(),
            backdrops: Vec::new(),
            basemap: "osm".to_owned(),
            basemaps: Vec::new(),
            basemap_look: BasemapLook::default(),
            legend: LegendChoice::default(),
            sheets: Vec::new(),
            bookmarks: Vec::new(),
            view: None,
            next_layer: 1,
            next_group: 1,
            next_backdrop: 1,
            next_notes: 1,
            others: Map::new(),
        }
    }
}

impl Document {
    /// The position nearest above another at which a layer comes into no group.
    pub(super) fn outside_groups(&self, at: usize) -> usize {
        let group = |at: usize| self.layers.get(at).and_then(|layer| layer.group);
        let mut at = at.min(self.layers.len());
        while at > 0 && group(at).is_some() && group(at - 1) == group(at) {
            at -= 1;
        }
        at
    }

    /// A layer by its identity.
    pub fn layer(&self, id: LayerId) -> Option<&Layer> {
        self.layers.iter().find(|layer| layer.id == id)
    }

    /// A layer by its identity, to change it; commands only.
    pub(super) fn layer_mut(&mut self, id: LayerId) -> Option<&mut Layer> {
        self.layers.iter_mut().find(|layer| layer.id == id)
    }
}

/// What is in view.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct View {
    /// Longitude of the centre, degrees, WGS 84.
    pub lon: f64,
    /// Latitude of the centre, degrees, WGS 84.
    pub lat: f64,
    /// The zoom level of slippy maps: at 0 the world is 256 points wide; fractions are allowed.
    pub zoom: f64,
}

/// One layer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Layer {
    /// Its identity in the document.
    pub id: LayerId,
    /// The name shown.
    pub name: String,
    /// Where its data are.
    pub source: LayerSource,
    /// The group it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<GroupId>,
    /// Whether it is drawn, if its group is visible too: see [`Document::is_shown`].
    #[serde(default = "yes")]
    pub visible: bool,
    /// 0 (invisible) to 1.
    #[serde(default = "one")]
    pub opacity: f32,
    /// How it looks; none for the default look of its kind and number.
    #[serde(default)]
    pub style: Option<Style>,
    /// Which rows are shown.
    #[serde(default)]
    pub filter: Filter,
    /// Who made the data and what may be done with them.
    #[serde(default)]
    pub attribution: Attribution,
    /// A few words about the data.
    #[serde(default)]
    pub description: String,
    /// At which scales it is drawn.
    #[serde(default, skip_serializing_if = "ScaleRange::is_any")]
    pub scales: ScaleRange,
    /// Which columns the attribute table shows, and in which order.
    #[serde(default, skip_serializing_if = "TableColumns::is_plain")]
    pub columns: TableColumns,
    /// Columns of other layers' tables beside its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub joins: Vec<Join>,
    /// Columns that follow from where its rows and those of other layers lie, beside those.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_place: Vec<PlaceColumns>,
    /// Its rows are put where other layers have their names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place_names: Option<PlaceNames>,
    /// How often newer data are asked for, where they come from a portal.
    #[serde(default, skip_serializing_if = "Refresh::is_automatic")]
    pub refresh: Refresh,
    /// What a newer version wrote and this one does not know: kept.
    #[serde(flatten)]
    pub others: Map<String, Value>,
}

/// Columns of another layer's table beside those of a layer. Its table is taken as its source has
/// it: without its own joins and whatever its filter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Join {
    /// The other layer.
    pub layer: LayerId,
    /// How the two go together.
    #[serde(flatten)]
    pub by: JoinBy,
}

/// How often newer data of a layer are asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Refresh {
    /// As often as the data change, as far as that is known: see [`crate::portal::Rhythm`].
    #[default]
    Automatic,
    /// Only when the person asks.
    Off,
    /// Every so many seconds.
    Every(u32),
}

impl Refresh {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
    fn is_automatic(&self) -> bool {
        *self == Refresh::Automatic
    }
}

/// At which scales a layer is drawn: at all of them by default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ScaleRange {
    /// The largest denominator: zoomed out farther the layer is not drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub farthest: Option<u32>,
    /// The smallest denominator: zoomed in nearer the layer is not drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nearest: Option<u32>,
}

impl ScaleRange {
    /// Whether the layer is drawn at all scales.
    pub fn is_any(&self) -> bool {
        *self == ScaleRange::default()
    }

    /// Whether the layer is drawn at a scale denominator. A denominator typed from the status bar
    /// is a rounded one: half a unit more or less is the same scale.
    pub fn shows(&self, denominator: f64) -> bool {
        self.farthest.is_none_or(|most| denominator <= f64::from(most) + 0.5)
            && self.nearest.is_none_or(|least| denominator >= f64::from(least) - 0.5)
    }
}

/// Which columns the attribute table shows, and in which order. The default: all, as in the source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct TableColumns {
    /// The fields that come first, by name; the others follow in the source's order.
    pub order: Vec<String>,
    /// The fields that are not shown, by name.
    pub hidden: Vec<String>,
}

impl TableColumns {
    /// Whether all columns are shown as in the source.
    pub fn is_plain(&self) -> bool {
        self.order.is_empty() && self.hidden.is_empty()
    }

    /// The positions of the fields of a table, hidden ones too, in the order of the table on the
    /// screen. Names that the table does not have are skipped.
    pub fn in_order<'a>(&self, fields: impl Iterator<Item = &'a str> + Clone) -> Vec<usize> {
        let mut order: Vec<usize> = Vec::new();
        for name in &self.order {
            let found =
                fields.clone().enumerate().find(|(at, field)| field == name && !order.contains(at));
            order.extend(found.map(|(at, _)| at));
        }
        let rest = (0..fields.count()).filter(|at| !order.contains(at));
        let rest: Vec<usize> = rest.collect();
        order.extend(rest);
        order
    }

    /// Whether a field is shown.
    pub fn shows(&self, field: &str) -> bool {
        !self.hidden.iter().any(|hidden| hidden == field)
    }
}

impl Layer {
    /// A layer that shows all of its source in its default look. It gets its identity when it
    /// comes into a document.
    pub fn new(name: impl Into<String>, source: LayerSource) -> Layer {
        Layer {
            id: LayerId(0),
            name: name.into(),
            source,
            group: None,
            visible: true,
            opacity: 1.0,
            style: None,
            filter: Filter::default(),
            attribution: Attribution::default(),
            description: String::new(),
            scales: ScaleRange::default(),
            columns: TableColumns::default(),
            joins: Vec::new(),
            by_place: Vec::new(),
            place_names: None,
            refresh: Refresh::default(),
            others: Map::new(),
        }
    }

    /// Whether columns are added to those of its source.
    pub fn has_added_columns(&self) -> bool {
        !self.joins.is_empty() || !self.by_place.is_empty() || self.place_names.is_some()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn is_first(number: &u64) -> bool {
    *number == 1
}

fn yes() -> bool {
    true
}

fn one() -> f32 {
    1.0
}

/// Where a layer's data are, and what the person decided about reading them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct LayerSource {
    /// The file, the address of a layer that is fetched ([`crate::portal::Address`]), or the
    /// project's own notes ([`LayerSource::notes`]). In a
    /// project file a path is relative to it, with `/`; in memory absolute.
    pub path: String,
    /// The layer inside the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer: Option<String>,
    /// The text encoding chosen instead of the one found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// The CRS chosen instead of the one found: a code (`EPSG:31370`) or WKT.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crs: Option<String>,
    /// With the chosen CRS: x and y are exchanged in the source.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub swapped: bool,
    /// Of a file only what lies in a rectangle.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bbox: Option<Rectangle>,
    /// What fields are, by name, instead of what was found.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, ReadAs>,
    /// What a newer version wrote and this one does not know: kept.
    #[serde(flatten)]
    pub others: Map<String, Value>,
}

/// Who made the data and what may be done with them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Attribution {
    /// The publisher.
    pub publisher: String,
    /// The licence's name.
    pub licence: String,
    /// Where the data were fetched.
    pub url: String,
    /// The day the data were fetched or the file was last changed, ISO 8601.
    pub accessed: String,
}
