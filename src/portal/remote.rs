//! Where data are that are in no file of this machine: on a portal, at a service, on the web.

use std::fmt;
use std::path::Path;

use ring::digest::{SHA256, digest};

use super::address::{BadAddress, PortalAddress};
use super::copies::{file_name, hex};
use super::linked::LinkedAddress;
use super::service::ServiceAddress;
use crate::i18n::Message;
use crate::problem::FileError;

/// The address of a layer that is fetched. It stands wherever a file's path may stand.
#[derive(Clone, Debug, PartialEq)]
pub enum Address {
    /// A dataset of a city's portal.
    Portal(PortalAddress),
    /// A layer of a service, or a file on the web.
    Service(ServiceAddress),
    /// A question to an endpoint of linked data, or a stream of events.
    Linked(LinkedAddress),
}

/// How much of a layer's name goes into the name of a file.
const NAME: usize = 80;

impl Address {
    /// Whether a path is meant as an address, good or bad.
    pub fn is_meant(path: &Path) -> bool {
        let is_other = |text| ServiceAddress::is_meant(text) || LinkedAddress::is_meant(text);
        PortalAddress::is_meant(path) || path.to_str().is_some_and(is_other)
    }

    /// Reads an address.
    ///
    /// # Errors
    /// When the text is none: as an error about what was to be opened, with what to write instead.
    pub fn read(text: &str) -> Result<Address, FileError> {
        if ServiceAddress::is_meant(text) {
            let parsed = text.parse().map(Address::Service);
            return parsed.map_err(|BadAddress(what)| {
                FileError::new(text, what).remedy(Message::new("service-bad-address-remedy"))
            });
        }
        if LinkedAddress::is_meant(text) {
            let parsed = text.parse().map(Address::Linked);
            return parsed.map_err(|BadAddress(what)| {
                FileError::new(text, what).remedy(Message::new("linked-bad-address-remedy"))
            });
        }
        PortalAddress::read(text).map(Address::Portal)
    }

    /// The name of its server.
    pub fn host(&self) -> String {
        match self {
            Address::Portal(address) => address.portal.host().to_owned(),
            Address::Service(address) => address.host(),
            Address::Linked(address) => address.host(),
        }
    }

    /// What a person calls the layer, as far as its address says.
    pub fn name(&self) -> String {
        match self {
            Address::Portal(address) => address.dataset.clone(),
            Address::Service(address) => address.name(),
            Address::Linked(address) => address.name(),
        }
    }

    /// The folder and the name that the receipt of its copy has.
    pub(super) fn entry(&self) -> (String, String) {
        let hash = || hex(digest(&SHA256, self.to_string().as_bytes()).as_ref());
        let name = match self {
            Address::Portal(address) if address.narrowing.is_none() => address.dataset.clone(),
            Address::Portal(address) => format!("{}~{:.16}", address.dataset, hash()),
            // Layers of several services of a server have the same names.
            Address::Service(_) | Address::Linked(_) => {
                let name: String = file_name(&self.name()).chars().take(NAME).collect();
                format!("{name}~{:.16}", hash())
            }
        };
        (file_name(&self.host()), name)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Address::Portal(address) => address.fmt(f),
            Address::Service(address) => address.fmt(f),
            Address::Linked(address) => address.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_of_different_layers_have_different_names() {
        let entry = |text: &str| Address::read(text).unwrap().entry();
        let texts = [
            "portal:gent/bomen",
            "portal:gent/bomen?where=a%3D1",
            "wfs:https://x.be/a/wfs?typeNames=s%3Abomen",
            "wfs:https://x.be/b/wfs?typeNames=s%3Abomen",
            "wfs:https://x.be/b/wfs?typeNames=s%3Abomen&bbox=3%2C51%2C4%2C52",
            "ogcapi:https://x.be/collections/bomen",
            "https://x.be/data/bomen.csv",
            "sparql:https://x.be/sparql#query=SELECT+1",
            "sparql:https://x.be/sparql#query=SELECT+2",
            "ldes:https://x.be/bomen",
            "ldes:https://x.be/bomen#versions=all",
        ];
        let entries: std::collections::BTreeSet<_> = texts.iter().map(|it| entry(it)).collect();
        assert_eq!(entries.len(), texts.len());
        assert_eq!(entry(texts[0]), ("data.stad.gent".into(), "bomen".into()));
        let (folder, name) = entry(texts[2]);
        assert_eq!((&*folder, name.split('~').next()), ("x.be", Some("s_bomen")));
        let long = format!("https://x.be/{}.csv", "ë".repeat(500));
        assert!(entry(&long).1.len() < 250);
        for text in texts {
            assert!(Address::is_meant(Path::new(text)), "{text}");
        }
        assert!(!Address::is_meant(Path::new("/data/a.csv")));
    }
}
