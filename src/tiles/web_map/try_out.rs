//! One tile asked for, and everything about the answer: what the person looks at before a basemap
//! is used.

use std::time::Duration;

use super::{look, without_keys};
use crate::formats::service_exception;
use crate::formats::xml::decoded;
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::network::{Line, Network};
use crate::problem::FileError;
use crate::tiles::decode::decode;
use crate::tiles::disk::LARGEST_TILE;
use crate::tiles::tile::address;
use crate::tiles::{Basemap, TileId, TileImage};

/// How long a server may take for a tile.
const PATIENCE: Duration = Duration::from_secs(25);

/// Headers that matter to who uses tiles: how long they may be kept, and what is left of a quota.
const HEADERS: &[&str] = &[
    "cache-control",
    "expires",
    "etag",
    "last-modified",
    "age",
    "retry-after",
    "x-ratelimit-limit",
    "x-ratelimit-remaining",
];

/// What a picture is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worth {
    /// Something is on it.
    Picture,
    /// It has one colour all over: perhaps there is nothing here.
    OneColour,
    /// One sees through it all over.
    Clear,
}

/// A tile that was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// Which one.
    pub tile: TileId,
    /// Its address, without keys.
    pub address: String,
    /// The picture.
    pub image: TileImage,
    /// What is on it.
    pub worth: Worth,
    /// What the server calls its kind.
    pub content_type: String,
    /// How many bytes came.
    pub bytes: u64,
    /// From the question to the last byte.
    pub took: Duration,
    /// The headers that matter: name and value.
    pub headers: Vec<(&'static str, String)>,
}

/// Asks for a tile, past memory and cache.
///
/// # Errors
/// When no picture comes: what came instead, and what to do.
pub fn try_out(
    basemap: &Basemap,
    tile: TileId,
    network: &Network,
    watch: &Watch,
) -> Result<Tried, FileError> {
    let url = address(basemap, tile);
    let line = Line::new(network.clone(), PATIENCE);
    let got = look::get(&line, &url, LARGEST_TILE, watch)?;
    got.refused(&url)?;
    let told = |what: Message, remedy: &'static str| {
        FileError::new(without_keys(&url), what).remedy(Message::new(remedy))
    };
    let image = match decode(&got.bytes) {
        Ok(image) => image,
        Err(_) if look::is_page(&got.content_type, &got.bytes) => {
            return Err(told(Message::new("webmap-error-tile-page"), "webmap-remedy-tile-page"));
        }
        Err(why) => {
            let said = service_exception(&decoded(&got.bytes));
            return Err(match said {
                Some(said) => {
                    let what = Message::new("webmap-error-exception");
                    told(what.text("said", look::shortened(&said)), "webmap-remedy-exception")
                }
                None if got.bytes.is_empty() => {
                    told(Message::new("webmap-error-empty"), "webmap-remedy-address")
                }
                None => {
                    let what = Message::new("webmap-error-no-picture").text("detail", why);
                    told(what.text("kind", got.content_type.as_str()), "webmap-remedy-address")
                }
            });
        }
    };
    let headers = HEADERS.iter().filter_map(|name| {
        let value = got.headers.get(*name)?.to_str().ok()?;
        Some((*name, value.to_owned()))
    });
    Ok(Tried {
        tile,
        address: without_keys(&url),
        worth: worth(&image),
        content_type: got.content_type,
        bytes: u64::try_from(got.bytes.len()).unwrap_or(u64::MAX),
        took: got.took,
        headers: headers.collect(),
        image,
    })
}

fn worth(image: &TileImage) -> Worth {
    let pixels = image.rgba.as_chunks::<4>().0;
    if pixels.iter().all(|[.., alpha]| *alpha == 0) {
        return Worth::Clear;
    }
    let first = pixels.first();
    if pixels.iter().all(|pixel| Some(pixel) == first) { Worth::OneColour } else { Worth::Picture }
}
