//! The shelf: the layers of a city that people come for, well dressed, from `assets/shelf.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::address::PortalAddress;
use super::known::portal;
use crate::i18n::Localized;
use crate::style::Style;

/// What a person takes from the shelf: one layer or several that belong together.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShelfItem {
    /// The portal's word.
    pub portal: String,
    /// Where it stands on the shelf.
    pub theme: ShelfTheme,
    /// What a person calls it.
    pub name: Localized,
    /// What it is, in a line.
    pub about: Localized,
    /// The layers, the topmost first.
    pub layer: Vec<ShelfLayer>,
}

/// A board of the shelf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ShelfTheme {
    /// Boundaries and streets.
    Boundaries,
    /// Going from one place to another.
    Mobility,
    /// Trees, parks, animals.
    Green,
    /// Everything else of daily life.
    Living,
}

impl ShelfTheme {
    /// All boards, from the top.
    pub const ALL: [ShelfTheme; 4] =
        [ShelfTheme::Boundaries, ShelfTheme::Mobility, ShelfTheme::Green, ShelfTheme::Living];
}

/// What a layer of the shelf mostly holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ShelfGeometry {
    /// Points.
    Point,
    /// Lines.
    Line,
    /// Areas.
    Polygon,
}

/// A layer of the shelf.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShelfLayer {
    /// The dataset's identifier.
    pub dataset: String,
    /// The layer's name, where it is not that of the item.
    pub name: Option<Localized>,
    /// Fields that it is of little use without.
    #[serde(default)]
    pub fields: Vec<String>,
    /// Fields that the attribute table does not show.
    #[serde(default)]
    pub hidden: Vec<String>,
    /// What it mostly holds.
    pub geometry: ShelfGeometry,
    /// How it looks.
    pub style: Option<Style>,
}

impl ShelfItem {
    /// The addresses of its layers, with them. None of them where its portal is unknown.
    pub fn layers(&self) -> Vec<(PortalAddress, &ShelfLayer)> {
        let Some(portal) = portal(&self.portal) else { return Vec::new() };
        let address = |layer: &ShelfLayer| PortalAddress::whole(portal.clone(), &*layer.dataset);
        self.layer.iter().map(|layer| (address(layer), layer)).collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shelf {
    item: Vec<ShelfItem>,
}

static SHELF: LazyLock<Vec<ShelfItem>> =
    LazyLock::new(|| match toml::from_str::<Shelf>(include_str!("../../assets/shelf.toml")) {
        Ok(shelf) => shelf.item,
        Err(error) => {
            log::error!("shelf.toml: {error}");
            Vec::new()
        }
    });

/// What stands on the shelf of a portal, in its order.
pub fn shelf(portal: &str) -> impl Iterator<Item = &'static ShelfItem> {
    SHELF.iter().filter(move |item| item.portal == portal)
}

#[cfg(test)]
mod tests {
    use super::super::address::is_dataset_id;
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn the_shelf_reads_and_every_item_is_complete() {
        assert!(SHELF.len() >= 12, "{}", SHELF.len());
        for item in SHELF.iter() {
            assert_eq!(item.layers().len(), item.layer.len(), "{}", item.portal);
            assert!(!item.layer.is_empty());
            for language in Language::ALL {
                assert!(!item.name.get(language).is_empty());
                assert!(!item.about.get(language).is_empty());
            }
            for layer in &item.layer {
                assert!(is_dataset_id(&layer.dataset), "{}", layer.dataset);
                assert!(item.layer.len() == 1 || layer.name.is_some(), "{}", layer.dataset);
                assert!(layer.style.is_some(), "{}", layer.dataset);
            }
        }
        let boards =
            ShelfTheme::ALL.map(|it| shelf("gent").filter(|item| item.theme == it).count());
        assert!(boards.into_iter().all(|count| count > 0), "{boards:?}");
    }
}
