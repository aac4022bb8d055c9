//! How servers are asked: the network as the person set it, and the connections made for it.
//!
//! Basemaps and portals have a [`Line`] each; nothing else of the program makes connections. A
//! server's certificate is always verified.

use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use reqwest::Proxy as Through;
use reqwest::blocking::Client;
use serde::{Deserialize, Serialize};

/// Through what servers are reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Proxy {
    /// What the system says, in variables such as `HTTPS_PROXY`.
    #[default]
    System,
    /// Straight.
    None,
    /// One address for everything: `http://proxy.example.org:8080`, `proxy:8080`.
    Address(String),
}

impl Proxy {
    /// Whether an address can be used at all.
    pub fn is_address(text: &str) -> bool {
        let text = text.trim();
        let host = match text.split_once("://") {
            Some(("http" | "https", host)) => host,
            Some(_) => return false,
            None => text,
        };
        !host.is_empty() && Through::all(text).is_ok()
    }
}

/// How the network may be used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// No server is asked.
    pub offline: bool,
    /// Through what servers are reached.
    pub proxy: Proxy,
}

/// Why there are no connections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoLine {
    /// The person works offline.
    Offline,
    /// They cannot be made: the proxy's address is none, the system's certificates are missing.
    Unusable(String),
}

/// The network and the connections made for it, when something is first asked for.
pub struct Line {
    /// How long a server may take to begin an answer, and for each part of one.
    patience: Duration,
    made: RwLock<Made>,
}

#[derive(Default)]
struct Made {
    network: Network,
    client: Option<Result<Client, String>>,
}

impl Line {
    /// Without a connection yet; offline it will never make one.
    pub fn new(network: Network, patience: Duration) -> Line {
        Line { patience, made: RwLock::new(Made { network, client: None }) }
    }

    /// Uses the network otherwise from now on; answers whether that is a change.
    pub fn set(&self, network: Network) -> bool {
        let mut made = self.made.write().unwrap_or_else(PoisonError::into_inner);
        if made.network == network {
            return false;
        }
        *made = Made { network, client: None };
        true
    }

    /// Whether no server is asked.
    pub fn is_offline(&self) -> bool {
        self.made.read().unwrap_or_else(PoisonError::into_inner).network.offline
    }

    /// The connections.
    ///
    /// # Errors
    /// When the person works offline, or no connection can be made at all.
    pub fn client(&self) -> Result<Client, NoLine> {
        let usable = |client: &Result<Client, String>| client.clone().map_err(NoLine::Unusable);
        {
            let made = self.made.read().unwrap_or_else(PoisonError::into_inner);
            if made.network.offline {
                return Err(NoLine::Offline);
            }
            if let Some(client) = &made.client {
                return usable(client);
            }
        }
        let mut made = self.made.write().unwrap_or_else(PoisonError::into_inner);
        if made.network.offline {
            return Err(NoLine::Offline);
        }
        let proxy = made.network.proxy.clone();
        usable(made.client.get_or_insert_with(|| client(&proxy, self.patience)))
    }
}

/// How the program names itself to servers, as OpenStreetMap's tile policy asks.
fn user_agent() -> String {
    let page = env!("CARGO_PKG_REPOSITORY");
    let about = if page.is_empty() { env!("CARGO_PKG_DESCRIPTION") } else { page };
    format!("Belfort/{} ({about})", env!("CARGO_PKG_VERSION"))
}

fn client(proxy: &Proxy, patience: Duration) -> Result<Client, String> {
    // Fails when some other part of the program installed one before: just as well.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = Client::builder();
    let builder = match proxy {
        Proxy::System => builder,
        Proxy::None => builder.no_proxy(),
        Proxy::Address(address) => {
            let through = Through::all(address.trim()).map_err(|error| in_full(&error))?;
            builder.proxy(through)
        }
    };
    let made = builder
        .user_agent(user_agent())
        .connect_timeout(Duration::from_secs(6))
        .timeout(patience)
        .pool_max_idle_per_host(6)
        .build();
    made.map_err(|error| in_full(&error))
}

/// An error with its causes: reqwest's own words leave them out.
pub fn in_full(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        text = format!("{text}: {deeper}");
        cause = deeper.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_proxies_are_told_from_nonsense() {
        for good in ["http://proxy.example.org:8080", "proxy:3128", " https://10.0.0.1:80 "] {
            assert!(Proxy::is_address(good), "{good}");
        }
        for bad in ["", "  ", "http://", "ftp://proxy:1"] {
            assert!(!Proxy::is_address(bad), "{bad}");
        }
    }
}
