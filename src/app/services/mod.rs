//! Services by address in the window: where one is asked for, which of its layers are wanted, and
//! how much of them.

mod address_dialog;
mod part;

use std::path::PathBuf;

pub(super) use self::address_dialog::ServiceDialog;
pub(super) use self::part::ServicePart;
use super::BelfortApp;
use super::session::ToChoose;
use crate::portal::{Address, Service};

/// What a person calls what lies at a path or an address: the file's name, the layer's, or where
/// a service is.
pub(super) fn name_of(path: &std::path::Path) -> String {
    let text = path.to_string_lossy();
    match Address::read(&text).ok().filter(|_| Address::is_meant(path)) {
        Some(Address::Service(address)) if !address.layer.is_empty() => address.name(),
        Some(Address::Service(address)) => {
            let text = address.base.to_string();
            let text = text.split_once("://").map_or(&*text, |(_, rest)| rest);
            text.trim_end_matches('/').to_owned()
        }
        Some(Address::Linked(address)) => address.name(),
        _ => path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
    }
}

impl BelfortApp {
    /// Lets the person choose layers of a service, which is remembered as one used lately.
    pub(super) fn service_found(&mut self, service: Box<Service>) {
        let name = service.url();
        self.session.settings.used_service(&name, &service.title);
        self.keep_settings();
        self.session.to_choose.push_back(ToChoose::Service(service));
    }
}

/// The addresses of layers of a service as what is opened.
pub(super) fn paths(addresses: impl Iterator<Item = String>) -> Vec<PathBuf> {
    addresses.map(PathBuf::from).collect()
}
