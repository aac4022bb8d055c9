//! The portals offered, from `assets/portals.toml`, and those a person adds.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::i18n::Localized;

/// How a portal is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PortalKind {
    /// Opendatasoft (now Huwise), Explore API v2.1.
    Opendatasoft,
}

/// A portal of a city.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PortalInfo {
    /// Its word in addresses (`portal:gent/…`); for a portal that a person added, its address.
    pub id: String,
    /// What a person calls it.
    pub name: Localized,
    /// Its address, without a slash at the end: `https://data.stad.gent`.
    pub base: String,
    /// How it is asked.
    pub kind: PortalKind,
    /// Whether a real answer was ever seen.
    pub verified: bool,
}

impl PortalInfo {
    /// A portal by its address alone, in the form that [`base_of`] gives.
    pub fn of_base(base: &str) -> PortalInfo {
        let known = portals().iter().find(|portal| portal.base == base);
        known.cloned().unwrap_or_else(|| PortalInfo {
            id: base.to_owned(),
            name: Localized::same(host_of(base)),
            base: base.to_owned(),
            kind: PortalKind::Opendatasoft,
            verified: false,
        })
    }

    /// The name of its server.
    pub fn host(&self) -> &str {
        host_of(&self.base)
    }

    /// The page of a dataset on the portal's own site.
    pub fn page_of(&self, dataset: &str) -> String {
        format!("{}/explore/dataset/{dataset}/", self.base)
    }
}

/// A portal by its word, or by an address as a person types it; none for what is neither.
pub fn portal(text: &str) -> Option<PortalInfo> {
    let text = text.trim();
    let by_name = |portal: &&PortalInfo| {
        let named = |language| portal.name.get(language).to_lowercase() == text.to_lowercase();
        portal.id == text.to_lowercase() || crate::i18n::Language::ALL.into_iter().any(named)
    };
    let known = portals().iter().find(by_name).cloned();
    known.or_else(|| Some(PortalInfo::of_base(&base_of(text)?)))
}

/// The address of a portal from what a person typed or pasted: a server's name, or the address of
/// any of its pages. Without `http` it is `https`; plain `http` is for this machine alone.
pub fn base_of(text: &str) -> Option<String> {
    let text = text.trim();
    let with_scheme =
        if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let url = url::Url::parse(&with_scheme).ok()?;
    let host = url.host_str()?;
    let is_here = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
    let is_good = match url.scheme() {
        "https" => is_here || host.contains('.'),
        "http" => is_here,
        _ => false,
    };
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    (is_good && url.username().is_empty()).then(|| format!("{}://{host}{port}", url.scheme()))
}

/// The part of an address that names the server.
fn host_of(base: &str) -> &str {
    base.split_once("://").map_or(base, |(_, host)| host)
}

/// What the file says of portals; it says more of other things.
#[derive(Deserialize)]
struct Known {
    portal: Vec<PortalInfo>,
}

static PORTALS: LazyLock<Vec<PortalInfo>> =
    LazyLock::new(|| match toml::from_str::<Known>(include_str!("../../assets/portals.toml")) {
        Ok(known) => known.portal,
        Err(error) => {
            log::error!("portals.toml: {error}");
            Vec::new()
        }
    });

/// The portals offered, in their order.
pub fn portals() -> &'static [PortalInfo] {
    &PORTALS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn the_list_reads_and_every_entry_is_complete() {
        let ids: Vec<_> = portals().iter().map(|portal| portal.id.as_str()).collect();
        assert_eq!(ids, ["gent", "brugge", "brussel", "namen", "luik"]);
        for portal in portals() {
            assert_eq!(base_of(&portal.base).as_deref(), Some(portal.base.as_str()));
            assert!(Language::ALL.into_iter().all(|it| !portal.name.get(it).is_empty()));
        }
        let verified = portals().iter().filter(|portal| portal.verified);
        assert_eq!(verified.map(|portal| portal.id.as_str()).collect::<Vec<_>>(), ["gent"]);
    }

    #[test]
    fn portals_are_found_by_name_and_by_any_of_their_addresses() {
        for text in ["gent", "Ghent", " GENT ", "data.stad.gent", "https://data.stad.gent/explore/"]
        {
            assert_eq!(portal(text).map(|portal| portal.id).as_deref(), Some("gent"), "{text}");
        }
        let other = portal("https://opendata.example.org/pages/home/?flg=nl").unwrap();
        assert_eq!(other.base, "https://opendata.example.org");
        assert_eq!((other.host(), other.verified), ("opendata.example.org", false));
        assert_eq!(portal("http://127.0.0.1:8123").unwrap().base, "http://127.0.0.1:8123");
        for bad in
            ["", "nowhere", "http://data.example.org", "ftp://x.be", "https://an@x.be", "a b"]
        {
            assert_eq!(portal(bad), None, "{bad}");
        }
    }
}
