//! The basemaps offered, from `assets/basemaps.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::i18n::Localized;

/// The document's word for no basemap.
pub const BASEMAP_NONE: &str = "none";

/// The basemap of a new document.
pub const BASEMAP_DEFAULT: &str = "osm";

/// A raster basemap in the tiling of slippy maps (EPSG:3857, tiles of 256 pixels).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basemap {
    /// Its word in documents and in the cache.
    pub id: String,
    /// What a person calls it.
    pub name: Localized,
    /// The pattern of a tile's address, with `{z}`, `{x}` and `{y}`, or other places of
    /// [`super::WebMap::url`].
    pub url: String,
    /// The address of the same tile at twice the size (512 pixels), where the server has such ones
    /// for fine screens.
    #[serde(default)]
    pub retina_url: Option<String>,
    /// The first zoom level the server has.
    #[serde(default)]
    pub min_zoom: u8,
    /// The deepest zoom level the server has.
    pub max_zoom: u8,
    /// The names of the levels from the first on, for `{level}`.
    #[serde(default)]
    pub levels: Vec<String>,
    /// What stands for `{s}`.
    #[serde(default)]
    pub servers: Vec<String>,
    /// Whether fine screens are shown tiles of the next level at half their size.
    #[serde(default = "yes")]
    pub deepens: bool,
    /// Who made it, to be shown on every map.
    pub attribution: String,
    /// Where the attribution leads.
    pub attribution_url: String,
    /// Whether tiles may be taken along: downloaded ahead, in bulk, or for large prints.
    pub offline: bool,
    /// The rule in a sentence.
    pub terms: Localized,
    /// Where the rule is written.
    pub terms_url: String,
}

fn yes() -> bool {
    true
}

impl Basemap {
    /// The same basemap in tiles of twice the size; none where its server has none. It has a word
    /// of its own, so that both stand beside each other in memory and in the cache.
    pub fn retina(&self) -> Option<Basemap> {
        let url = self.retina_url.clone()?;
        Some(Basemap { id: format!("{}@2x", self.id), url, retina_url: None, ..self.clone() })
    }

    /// The name of its server; of several that take turns what they have in common.
    pub fn server(&self) -> &str {
        server_of(&self.url)
    }
}

/// The name of the server of an address or the pattern of one; of several that take turns what
/// they have in common.
pub fn server_of(pattern: &str) -> &str {
    let host = host_of(pattern);
    host.rsplit_once('}').map_or(host, |(_, rest)| rest.trim_start_matches('.'))
}

/// The part of an address that names the server.
pub(super) fn host_of(url: &str) -> &str {
    let after = url.split_once("://").map_or(url, |(_, after)| after);
    let host = after.split(['/', '?']).next().unwrap_or(after);
    host.rsplit_once('@').map_or(host, |(_, host)| host)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Catalogue {
    basemap: Vec<Basemap>,
}

static BASEMAPS: LazyLock<Vec<Basemap>> = LazyLock::new(|| {
    match toml::from_str::<Catalogue>(include_str!("../../assets/basemaps.toml")) {
        Ok(catalogue) => catalogue.basemap,
        Err(error) => {
            log::error!("basemaps.toml: {error}");
            Vec::new()
        }
    }
});

/// All basemaps, in the order they are offered. "No basemap" ([`BASEMAP_NONE`]) is not among them.
pub fn basemaps() -> &'static [Basemap] {
    &BASEMAPS
}

/// A basemap by its word; none for [`BASEMAP_NONE`] and for words unknown.
pub fn basemap(id: &str) -> Option<&'static Basemap> {
    basemaps().iter().find(|basemap| basemap.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn the_catalogue_reads_and_every_entry_is_complete() {
        let ids: Vec<_> = basemaps().iter().map(|basemap| basemap.id.as_str()).collect();
        assert_eq!(ids, ["osm", "grb", "grb-grey", "aerial"]);
        assert!(basemap(BASEMAP_DEFAULT).is_some());
        assert!(basemap(BASEMAP_NONE).is_none());
        for basemap in basemaps() {
            for url in std::iter::once(&basemap.url).chain(&basemap.retina_url) {
                for part in ["{z}", "{x}", "{y}"] {
                    assert_eq!(url.matches(part).count(), 1, "{}: {part}", basemap.id);
                }
                assert!(url.starts_with("https://"), "{}: {url}", basemap.id);
            }
            for url in [&basemap.attribution_url, &basemap.terms_url] {
                assert!(url.starts_with("https://"), "{}: {url}", basemap.id);
            }
            assert!((1..=22).contains(&basemap.max_zoom));
            assert!(!basemap.attribution.is_empty());
            for language in Language::ALL {
                assert!(!basemap.name.get(language).is_empty());
                assert!(!basemap.terms.get(language).is_empty());
            }
        }
        let text = r#"
            [[basemap]]
            id = "x"
            name = { nl = "x", en = "x" }
            url = "https://example.org/{z}/{x}/{y}.png"
            retina_url = "https://example.org/{z}/{x}/{y}@2x.png"
            max_zoom = 19
            attribution = "©"
            attribution_url = "https://example.org"
            offline = false
            terms = { nl = "x", en = "x" }
            terms_url = "https://example.org"
        "#;
        let read: Catalogue = toml::from_str(text).unwrap_or(Catalogue { basemap: Vec::new() });
        let fine = read.basemap.first().and_then(Basemap::retina);
        let found = fine.as_ref().map(|fine| (fine.id.as_str(), fine.url.as_str()));
        assert_eq!(found, Some(("x@2x", "https://example.org/{z}/{x}/{y}@2x.png")));
        assert!(fine.is_some_and(|fine| fine.retina().is_none()));
        assert!(basemap("osm").is_some_and(|osm| osm.retina().is_none()), "it has none");
        assert!(basemap("osm").is_some_and(|osm| !osm.offline), "OpenStreetMap's tile policy");
    }
}
