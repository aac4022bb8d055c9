//! Basemaps by their address: tiles by number (XYZ, TMS), WMTS and WMS.
//!
//! - [`look_at`] finds out what lies at an address: a pattern with places for numbers, or a service
//!   that tells of its layers.
//! - [`FoundService::map`] makes a [`WebMap`] of the layers chosen: what a project keeps.
//! - [`WebMap::basemap`] makes the [`Basemap`] of it that the store is asked for.
//! - [`try_out`] asks for one tile and tells everything about the answer.
//!
//! Whatever the kind, it ends as one pattern of an address ([`WebMap::url`]): the store, the
//! cache and the paper know no kinds. A WMTS is taken only where its tiles are those of slippy maps,
//! which its own numbers must prove.

mod described;
mod keys;
mod look;
mod matrices;
mod template;
mod try_out;
mod wms;
mod wmts;

pub use described::{Chosen, FoundLayer, FoundService, Named};
pub use keys::{key_in, without_keys};
pub use look::{FoundMap, look_at};
pub use template::Pattern;
pub use try_out::{Tried, Worth, try_out};

pub(super) use look::{is_page, shortened};
pub(super) use template::{Filling, fill};

use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};

use super::Basemap;
use crate::i18n::{Localized, Message};

/// How a map on the web is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum WebForm {
    /// Tiles by their numbers.
    #[default]
    Xyz,
    /// A Web Map Tile Service.
    Wmts,
    /// A Web Map Service, which draws any rectangle.
    Wms,
}

impl WebForm {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            WebForm::Xyz => "XYZ",
            WebForm::Wmts => "WMTS",
            WebForm::Wms => "WMS",
        }
    }
}

/// What a fine screen (more than 1.25 pixels a point) is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Fine {
    /// Tiles of the next level at half their size: sharp, with smaller letters.
    #[default]
    Deeper,
    /// Tiles of twice the size, from an address of their own.
    Double,
    /// The tiles as they come, enlarged.
    AsIs,
}

/// A basemap at an address, as a person described it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WebMap {
    /// How it is asked.
    #[serde(default)]
    pub form: WebForm,
    /// The pattern of a tile's address; its places are `{z}`, `{x}`, `{y}`, `{-y}` (rows from the
    /// south), `{s}` (one of [`Self::servers`]), `{q}` (quadkey), `{level}` (a name of
    /// [`Self::levels`]) and `{bbox}` (west, south, east, north in EPSG:3857).
    pub url: String,
    /// The same for tiles of twice the size.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fine_url: Option<String>,
    /// What stands for `{s}`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub servers: Vec<String>,
    /// The names of the levels from `min_zoom` on, where they are no numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<String>,
    /// The first level there is.
    #[serde(default)]
    pub min_zoom: u8,
    /// The deepest.
    pub max_zoom: u8,
    /// Who made it.
    pub attribution: String,
    /// Where that leads; empty where nowhere.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub attribution_url: String,
    /// What a fine screen is shown.
    #[serde(default)]
    pub fine: Fine,
    /// Whether the person says that tiles may be taken along and printed large.
    #[serde(default)]
    pub offline: bool,
    /// Where or what the rule is, in the person's words; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub terms: String,
    /// The address it was found by: of a service that of its capabilities.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub found_at: String,
    /// The layers of the service.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub layers: Vec<String>,
}

/// The deepest level that a person may name.
pub const DEEPEST_LEVEL: u8 = 23;

impl WebMap {
    /// Its word in the cache: the same wherever the same tiles are used, whatever the project calls
    /// them and whatever key is in the address.
    pub fn key(&self) -> String {
        let mut text = without_keys(&self.url);
        for name in &self.levels {
            text.push('\n');
            text.push_str(name);
        }
        let hash = digest(&SHA256, text.as_bytes());
        let digits = hash.as_ref().iter().take(8).map(|byte| format!("{byte:02x}"));
        format!("web-{}", digits.collect::<String>())
    }

    /// The basemap to ask a store for.
    pub fn basemap(&self, name: &str) -> Basemap {
        let terms = match self.terms.trim() {
            "" if self.offline => Localized::of(&Message::new("webmap-terms-allowed")),
            "" => Localized::of(&Message::new("webmap-terms-unknown")),
            words => Localized::same(words),
        };
        let is_address = |text: &str| text.starts_with("https://") || text.starts_with("http://");
        let terms_url = Some(self.terms.trim()).filter(|terms| is_address(terms));
        // A project may come from anywhere.
        let min_zoom = self.min_zoom.min(DEEPEST_LEVEL);
        Basemap {
            id: self.key(),
            name: Localized::same(name),
            url: self.url.clone(),
            retina_url: self.fine_url.clone().filter(|_| self.fine == Fine::Double),
            min_zoom,
            max_zoom: self.max_zoom.clamp(min_zoom, DEEPEST_LEVEL),
            levels: self.levels.clone(),
            servers: self.servers.clone(),
            deepens: self.fine != Fine::AsIs,
            attribution: self.attribution.clone(),
            attribution_url: self.attribution_url.clone(),
            offline: self.offline,
            terms,
            terms_url: terms_url.unwrap_or_default().to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn the_same_tiles_have_the_same_word_whatever_the_key_and_the_name() {
        let map = |url: &str| WebMap { url: url.to_owned(), max_zoom: 19, ..WebMap::default() };
        let one = map("https://a.be/{z}/{x}/{y}.png?key=een");
        let other = map("https://a.be/{z}/{x}/{y}.png?key=twee");
        assert_eq!(one.basemap("a").id, other.basemap("b").id);
        assert!(one.key().starts_with("web-") && one.key().len() == 20, "{}", one.key());
        assert_ne!(one.key(), map("https://a.be/{z}/{x}/{y}.jpg").key());
        let basemap = one.basemap("a");
        assert!(!basemap.offline && basemap.deepens && basemap.retina_url.is_none());
        assert!(basemap.terms.get(Language::Dutch).contains("niet bekend"), "{basemap:?}");
        let said = WebMap { offline: true, terms: "https://a.be/regels".into(), ..one };
        assert_eq!(said.basemap("a").terms_url, "https://a.be/regels");
        let odd = WebMap { min_zoom: 200, max_zoom: 3, ..said }.basemap("a");
        assert_eq!((odd.min_zoom, odd.max_zoom), (DEEPEST_LEVEL, DEEPEST_LEVEL));
    }
}
