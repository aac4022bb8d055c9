//! The streams of linked data that are known, from `assets/portals.toml`: what they hold, whose it
//! is, and which columns are made of it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use url::Url;

use crate::i18n::Localized;
use crate::linked::{Shape, WrittenShape};

/// A stream that is known.
#[derive(Clone, Debug)]
pub struct KnownStream {
    /// Its word.
    pub id: String,
    /// What a person calls it.
    pub name: Localized,
    /// Where it begins.
    pub url: Url,
    /// Who publishes it.
    pub publisher: String,
    /// The licence's name.
    pub licence: String,
    /// Where the licence can be read.
    pub licence_url: String,
    /// Which columns are made of its things; none for all that is said of them.
    pub shape: Option<Shape>,
}

#[derive(Deserialize)]
struct Written {
    #[serde(default)]
    stream: Vec<WrittenStream>,
    #[serde(default)]
    shape: BTreeMap<String, WrittenShape>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenStream {
    id: String,
    name: Localized,
    url: String,
    publisher: String,
    licence: String,
    licence_url: String,
    #[serde(default)]
    shape: String,
}

fn read(text: &str) -> Result<Vec<KnownStream>, String> {
    let written: Written = toml::from_str(text).map_err(|error| error.to_string())?;
    let known = |stream: WrittenStream| {
        let shape = match &*stream.shape {
            "" => None,
            name => {
                let shape = written.shape.get(name).ok_or_else(|| format!("no shape {name}"))?;
                Some(Shape::read(shape).map_err(|bad| format!("{name}: {}", bad.0))?)
            }
        };
        Ok(KnownStream {
            id: stream.id,
            name: stream.name,
            url: stream.url.parse().map_err(|error| format!("{}: {error}", stream.url))?,
            publisher: stream.publisher,
            licence: stream.licence,
            licence_url: stream.licence_url,
            shape,
        })
    };
    written.stream.into_iter().map(known).collect()
}

static STREAMS: LazyLock<Vec<KnownStream>> =
    LazyLock::new(|| match read(include_str!("../../../assets/portals.toml")) {
        Ok(known) => known,
        Err(error) => {
            log::error!("portals.toml: {error}");
            Vec::new()
        }
    });

/// The streams that are known.
pub fn known_streams() -> &'static [KnownStream] {
    &STREAMS
}

/// The stream at an address, if it is a known one: whatever page of it is meant. One elsewhere
/// with the same path has the same columns, so that a copy of it on another server reads as well.
pub fn known_stream(url: &Url) -> Option<&'static KnownStream> {
    let is_of = |stream: &&KnownStream| stream.url.path() == url.path() && stream.url.path() != "/";
    known_streams().iter().find(is_of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Language;

    #[test]
    fn the_streams_read_and_every_entry_is_complete() {
        let ids: Vec<&str> = known_streams().iter().map(|stream| stream.id.as_str()).collect();
        assert_eq!(ids, ["dmg", "hva", "stam", "industriemuseum", "archiefgent"]);
        for stream in known_streams() {
            assert!(Language::ALL.into_iter().all(|it| !stream.name.get(it).is_empty()));
            let shape = stream.shape.as_ref().unwrap();
            assert!(shape.names().any(|name| name == "titel"), "{}", stream.id);
            let page = stream.url.join("?generatedAtTime=2023-01-01").unwrap();
            assert_eq!(known_stream(&page).map(|it| &*it.id), Some(&*stream.id));
        }
        assert!(known_stream(&"https://x.be/".parse().unwrap()).is_none());
    }
}
