//! The address of linked data, as it stands in a project and on the command line:
//!
//! ```text
//! sparql:https://SERVER/sparql#query=SELECT…[&name=…]
//! ldes:https://SERVER/PATH[#since=2024-01-01][&versions=all][&search=…][&name=…]
//! ```
//!
//! What is behind the `#` is this program's own and goes to no server, so that an address keeps
//! whatever parameters it has.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};
use url::{Url, form_urlencoded};

use crate::i18n::Message;
use crate::portal::address::BadAddress;
use crate::portal::service::web;

/// What kind of linked data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkedKind {
    /// An endpoint, with a question.
    Sparql,
    /// A stream of events.
    Ldes,
}

impl LinkedKind {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            LinkedKind::Sparql => "SPARQL 1.1",
            LinkedKind::Ldes => "LDES",
        }
    }

    fn scheme(self) -> &'static str {
        match self {
            LinkedKind::Sparql => "sparql:",
            LinkedKind::Ldes => "ldes:",
        }
    }
}

/// Which versions of a thing are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Versions {
    /// The newest of each.
    #[default]
    Newest,
    /// All there are.
    All,
}

/// A question to an endpoint, or a stream.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkedAddress {
    /// What it is.
    pub kind: LinkedKind,
    /// Where.
    pub base: Url,
    /// The question, in SPARQL; empty for a stream.
    pub query: String,
    /// Only what was made at this moment or later. Of a stream alone.
    pub since: Option<DateTime<FixedOffset>>,
    /// Which versions of a thing. Of a stream alone.
    pub versions: Versions,
    /// Only things in whose texts this word stands; empty for all. Of a stream alone.
    pub search: String,
    /// What a person calls it; empty for what the server calls it.
    pub name: String,
}

impl LinkedAddress {
    /// A question to an endpoint.
    pub fn sparql(base: Url, query: impl Into<String>) -> LinkedAddress {
        LinkedAddress { query: query.into(), ..LinkedAddress::new(LinkedKind::Sparql, base) }
    }

    /// A stream.
    pub fn ldes(base: Url) -> LinkedAddress {
        LinkedAddress::new(LinkedKind::Ldes, base)
    }

    fn new(kind: LinkedKind, mut base: Url) -> LinkedAddress {
        base.set_fragment(None);
        LinkedAddress {
            kind,
            base,
            query: String::new(),
            since: None,
            versions: Versions::Newest,
            search: String::new(),
            name: String::new(),
        }
    }

    /// The address of a server as a person types it; none for what is none.
    pub fn base_of(text: &str) -> Option<Url> {
        let text = text.trim();
        web(text).or_else(|| web(&format!("https://{text}")).filter(|_| text.contains('.')))
    }

    /// A moment, or a day, as a person writes it: `2024-03-01`, which begins in UTC.
    pub fn moment(text: &str) -> Option<DateTime<FixedOffset>> {
        since(text)
    }

    /// Whether a text is meant as such an address, good or bad.
    pub fn is_meant(text: &str) -> bool {
        let lower = text.get(..7).unwrap_or(text).to_ascii_lowercase();
        lower.starts_with("sparql:") || lower.starts_with("ldes:")
    }

    /// The name of its server, with a port where it has one.
    pub fn host(&self) -> String {
        crate::portal::ask::host_of(&self.base)
    }

    /// What a person calls it, else the last part of its path, else its server.
    pub fn name(&self) -> String {
        if !self.name.is_empty() {
            return self.name.clone();
        }
        let last = self.base.path_segments().and_then(|mut parts| parts.rfind(|it| !it.is_empty()));
        match last {
            Some(last) if self.kind == LinkedKind::Ldes => last.to_owned(),
            _ => self.host(),
        }
    }
}

/// A moment, or a day, as a person writes it: the day begins in UTC.
fn since(text: &str) -> Option<DateTime<FixedOffset>> {
    let text = text.trim();
    let day = || text.parse::<NaiveDate>().ok();
    let day = || Some(day()?.and_time(NaiveTime::MIN).and_utc().fixed_offset());
    DateTime::parse_from_rfc3339(text).ok().or_else(day)
}

impl FromStr for LinkedAddress {
    type Err = BadAddress;

    fn from_str(text: &str) -> Result<LinkedAddress, BadAddress> {
        let bad = |id| BadAddress(Message::new(id).text("address", text));
        let (scheme, rest) = text.split_once(':').ok_or_else(|| bad("linked-bad-address"))?;
        let kind = match scheme.to_ascii_lowercase().as_str() {
            "sparql" => LinkedKind::Sparql,
            "ldes" => LinkedKind::Ldes,
            _ => return Err(bad("linked-bad-address")),
        };
        let url = web(rest).ok_or_else(|| bad("linked-bad-address"))?;
        let own = url.fragment().unwrap_or_default().to_owned();
        let mut address = LinkedAddress::new(kind, url);
        for (name, value) in form_urlencoded::parse(own.as_bytes()) {
            match (&*name, kind) {
                ("query", LinkedKind::Sparql) => address.query = value.into_owned(),
                ("since", LinkedKind::Ldes) => {
                    address.since = Some(since(&value).ok_or_else(|| bad("linked-bad-since"))?);
                }
                ("versions", LinkedKind::Ldes) if value == "all" => {
                    address.versions = Versions::All;
                }
                ("search", LinkedKind::Ldes) => value.trim().clone_into(&mut address.search),
                ("name", _) => address.name = value.into_owned(),
                _ => return Err(bad("linked-bad-address")),
            }
        }
        if kind == LinkedKind::Sparql {
            address.take_query();
            if address.query.trim().is_empty() {
                return Err(bad("linked-bad-address"));
            }
        }
        Ok(address)
    }
}

impl LinkedAddress {
    /// Takes the question out of an address as browsers show it, where there is no other.
    fn take_query(&mut self) {
        let is_query = |name: &str| name == "query";
        if !self.query.is_empty() || !self.base.query_pairs().any(|(name, _)| is_query(&name)) {
            return;
        }
        let pairs: Vec<(String, String)> = self
            .base
            .query_pairs()
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        self.base.set_query(None);
        for (name, value) in pairs {
            if is_query(&name) {
                self.query = value;
            } else {
                self.base.query_pairs_mut().append_pair(&name, &value);
            }
        }
    }
}

impl fmt::Display for LinkedAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut own = form_urlencoded::Serializer::new(String::new());
        if !self.query.is_empty() {
            own.append_pair("query", &self.query);
        }
        if let Some(since) = self.since {
            own.append_pair("since", &since.to_rfc3339());
        }
        if self.versions == Versions::All {
            own.append_pair("versions", "all");
        }
        if !self.search.is_empty() {
            own.append_pair("search", &self.search);
        }
        if !self.name.is_empty() {
            own.append_pair("name", &self.name);
        }
        let own = own.finish();
        let mark = if own.is_empty() { "" } else { "#" };
        write!(f, "{}{}{mark}{own}", self.kind.scheme(), self.base)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn an_address_is_read_and_written_alike() {
        for text in [
            "sparql:https://probe.example.be/sparql#query=SELECT+%3Fa+%7B+%3Fa+%3Fb+%22%C3%A9%23%22+%7D",
            "sparql:http://127.0.0.1:8080/sparql?graph=x#query=SELECT+*+%7B%7D&name=Besluiten",
            "ldes:https://apidg.example.be/v1/dmg/objecten?generatedAtTime=2023-01-01T00%3A00%3A00Z",
            "ldes:https://x.be/s#since=2024-01-01T00%3A00%3A00%2B00%3A00&versions=all&search=kaart&name=A",
        ] {
            let address: LinkedAddress = text.parse().unwrap();
            assert_eq!(address.to_string(), text);
            assert!(LinkedAddress::is_meant(text));
        }
        let pasted: LinkedAddress =
            "SPARQL:https://x.be/sparql?query=SELECT%20*%20%7B%7D&format=json".parse().unwrap();
        assert_eq!(
            (&*pasted.query, pasted.base.as_str()),
            ("SELECT * {}", "https://x.be/sparql?format=json")
        );
        let day: LinkedAddress =
            "ldes:https://x.be/bomen/objecten#since=2024-03-01".parse().unwrap();
        assert_eq!(day.since, since("2024-03-01T00:00:00Z"));
        assert_eq!((day.name(), day.host()), ("objecten".into(), "x.be".into()));
    }

    #[test]
    fn what_is_no_address_is_said_in_words() {
        for bad in [
            "sparql:",
            "sparql:https://x.be/sparql",
            "sparql:https://x.be/sparql#query=",
            "sparql:https://x.be/sparql#query=a&since=2024-01-01",
            "ldes:ftp://x.be/a",
            "ldes:https://an:geheim@x.be/a",
            "ldes:https://x.be/a#since=gisteren",
            "ldes:https://x.be/a#versions=oldest",
            "ldes:https://x.be/a#top",
        ] {
            let BadAddress(message) = bad.parse::<LinkedAddress>().unwrap_err();
            for language in Language::ALL {
                let text = message.in_language(language);
                assert!(text.len() > 20 && !text.contains("linked-"), "{bad}: {text}");
            }
        }
        for other in ["sparql.csv", "/tmp/ldes:x", "portal:gent/x", ""] {
            assert!(!LinkedAddress::is_meant(other), "{other}");
        }
        assert_eq!(
            LinkedAddress::base_of("stad.gent/sparql").unwrap().as_str(),
            "https://stad.gent/sparql"
        );
        assert!(LinkedAddress::base_of("sparql").is_none());
    }
}
