//! `belfort portal`: a city's portal without a window.

mod arguments;
mod get;
mod info;
mod search;

pub use arguments::Portal;

use std::path::Path;

use self::arguments::{Common, Task};
use super::Failure;
use crate::i18n::{Language, Message};
use crate::network::Network;
use crate::portal::{
    PortalAddress, PortalError, PortalInfo, PortalSettings, Portals, portal, portals,
};
use crate::problem::FileError;

/// The variable that holds the key of a portal that asks for one.
const KEY: &str = "BELFORT_PORTAL_KEY";

/// The text for stdout.
pub(super) fn run(arguments: &Portal, language: Language) -> Result<String, Failure> {
    match &arguments.task {
        Task::Search(search) => search::run(search, language),
        Task::Info(info) => info::run(info, language),
        Task::Get(get) => get::run(get, language),
    }
}

/// The portals as the command line uses them.
pub(super) fn all(language: Language, offline: bool) -> Portals {
    let folder = Portals::usual_folder();
    let folder = folder.unwrap_or_else(|| std::env::temp_dir().join("belfort-portals"));
    Portals::new(folder, Network { offline, ..Network::default() }, PortalSettings::usual(language))
}

/// The portal that was asked for, with its key.
fn asked(common: &Common, portals_of: &Portals, language: Language) -> Result<PortalInfo, Failure> {
    let info = portal(&common.portal).ok_or_else(|| {
        let known: Vec<&str> = portals().iter().map(|portal| portal.id.as_str()).collect();
        let message = Message::new("portal-unknown").text("portal", common.portal.as_str());
        Failure::usage(&message.text("known", known.join(", ")), language)
    })?;
    portals_of.set_key(&info, key().as_deref()).map_err(|error| failed(&error, language))?;
    Ok(info)
}

/// The key that was given for this run, if there is one.
fn key() -> Option<String> {
    std::env::var(KEY).ok().filter(|key| !key.trim().is_empty())
}

/// Sends the key of this run with what is asked for a layer of a portal; any other path needs none.
pub(super) fn give_key(portals: &Portals, path: &Path) -> Result<(), FileError> {
    let address = path.to_str().and_then(|text| text.parse::<PortalAddress>().ok());
    let Some(PortalAddress { portal, .. }) = address else { return Ok(()) };
    portals.set_key(&portal, key().as_deref()).map_err(|error| error.about(path.to_owned()))
}

fn failed(error: &PortalError, language: Language) -> Failure {
    let mut text = error.what().in_language(language);
    if let Some(remedy) = error.remedy() {
        text.push_str(". ");
        text.push_str(&remedy.in_language(language));
    }
    Failure::Failed(text)
}
