//! The shelf: the layers of a city that people come for, well dressed, from `assets/shelf.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::address::PortalAddress;
use super::known::portal;
use crate::i18n::{Language, Localized};
use crate::style::{By, Change, Color, PointShape, Rule, Rules, Style, Symbol};

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
    /// What is written beside its rows, an expression in each language, where the languages say it
    /// differently: in place of what the labels of the style say.
    pub label: Option<Localized>,
    /// What tells its rows apart: the first that holds.
    #[serde(default)]
    pub class: Vec<ShelfClass>,
    /// The rows of no class.
    pub other: Option<ShelfOther>,
}

/// The rows of a layer of the shelf that are of no class.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShelfOther {
    /// What the legend calls them.
    pub name: Localized,
    /// Their colour.
    pub color: Color,
}

/// A class of a layer of the shelf.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShelfClass {
    /// The condition.
    pub sql: String,
    /// What the legend calls it.
    pub name: Localized,
    /// The colour of its points and areas; the stroke of its lines.
    pub color: Color,
    /// The shape of its points, where it is another: colour is never the only sign.
    pub shape: Option<PointShape>,
}

impl ShelfLayer {
    /// How it looks to a person who reads a language.
    pub fn style_in(&self, language: Language) -> Option<Style> {
        let mut style = self.style.clone()?;
        if let (Some(label), Some(labels)) = (&self.label, &mut style.labels) {
            label.get(language).clone_into(&mut labels.what);
        }
        if !self.class.is_empty() {
            let symbol = style.symbol;
            let rules = self.class.iter().map(|class| class.rule(symbol, self.geometry, language));
            let other = self.other.as_ref().map_or_else(Change::default, |other| Change {
                label: Some(other.name.get(language).to_owned()),
                color: Some(other.color),
                ..Change::default()
            });
            style.by = By::Rules(Rules { rules: rules.collect(), other });
        }
        Some(style)
    }
}

impl ShelfClass {
    fn rule(&self, symbol: Symbol, geometry: ShelfGeometry, language: Language) -> Rule {
        let mut symbol = symbol;
        match geometry {
            ShelfGeometry::Line => symbol.stroke = self.color,
            ShelfGeometry::Point | ShelfGeometry::Polygon => symbol.fill = self.color,
        }
        symbol.shape = self.shape.unwrap_or(symbol.shape);
        let label = self.name.get(language).to_owned();
        Rule { sql: self.sql.clone(), label, symbol, ..Rule::default() }
    }
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
    use crate::query::{Condition, TextExpression};

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
                for language in Language::ALL {
                    let style = layer.style_in(language).unwrap_or_default();
                    let of = &layer.dataset;
                    // What a newer version would write is kept, so a wrong word would pass.
                    assert!(style.others.is_empty(), "{of}: {:?}", style.others);
                    if let Some(labels) = &style.labels {
                        assert!(!labels.what.is_empty(), "{of}");
                        assert!(TextExpression::parse(&labels.what).is_ok(), "{of}");
                    }
                    if let By::Rules(rules) = &style.by {
                        assert!(rules.other.label.is_some(), "{of}");
                        for rule in &rules.rules {
                            assert!(Condition::parse(&rule.sql).is_ok(), "{of}: {}", rule.sql);
                        }
                    }
                }
            }
        }
        let boards =
            ShelfTheme::ALL.map(|it| shelf("gent").filter(|item| item.theme == it).count());
        assert!(boards.into_iter().all(|count| count > 0), "{boards:?}");
    }
}
