//! What an archive of tiles says of itself.

use std::path::PathBuf;

use serde_json::Value;

use crate::i18n::Message;
use crate::table::Extent;
use crate::tiles::TileId;

/// Which kind of file an archive is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArchiveForm {
    /// PMTiles, version 3.
    Pmtiles,
    /// MBTiles, a database of SQLite.
    Mbtiles,
}

impl ArchiveForm {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            ArchiveForm::Pmtiles => "PMTiles",
            ArchiveForm::Mbtiles => "MBTiles",
        }
    }
}

/// What the tiles of an archive are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TileForm {
    /// Pictures: PNG.
    Png,
    /// Pictures: JPEG.
    Jpeg,
    /// Pictures: WebP.
    Webp,
    /// Lines and areas with attributes: Mapbox Vector Tiles.
    Vector,
    /// Something this program cannot show, with its name where there is one.
    Other(&'static str),
}

impl TileForm {
    /// By the number in the head of a PMTiles archive; none for "unknown".
    pub(super) fn of_code(code: u8) -> Option<TileForm> {
        Some(match code {
            1 => TileForm::Vector,
            2 => TileForm::Png,
            3 => TileForm::Jpeg,
            4 => TileForm::Webp,
            5 => TileForm::Other("AVIF"),
            0 => return None,
            _ => TileForm::Other(""),
        })
    }

    /// The number in the head of a PMTiles archive.
    pub(super) fn code(self) -> u8 {
        match self {
            TileForm::Vector => 1,
            TileForm::Png => 2,
            TileForm::Jpeg => 3,
            TileForm::Webp => 4,
            TileForm::Other("AVIF") => 5,
            TileForm::Other(_) => 0,
        }
    }

    /// By the word in the metadata of an MBTiles archive.
    pub(super) fn of_word(word: &str) -> Option<TileForm> {
        Some(match word.trim().to_ascii_lowercase().as_str() {
            "png" | "image/png" => TileForm::Png,
            "jpg" | "jpeg" | "image/jpeg" => TileForm::Jpeg,
            "webp" | "image/webp" => TileForm::Webp,
            "pbf" | "mvt" | "application/x-protobuf" => TileForm::Vector,
            _ => return None,
        })
    }

    /// The word in the metadata of an MBTiles archive.
    pub fn word(self) -> &'static str {
        match self {
            TileForm::Png => "png",
            TileForm::Jpeg => "jpg",
            TileForm::Webp => "webp",
            TileForm::Vector => "pbf",
            TileForm::Other(_) => "",
        }
    }

    /// By the first bytes of a tile; vector tiles have none of their own.
    pub fn of_bytes(bytes: &[u8]) -> Option<TileForm> {
        Some(match bytes {
            [0x89, b'P', b'N', b'G', ..] => TileForm::Png,
            [0xff, 0xd8, 0xff, ..] => TileForm::Jpeg,
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => TileForm::Webp,
            // A packed one, or the field "layer" (3) with its length.
            [0x1f, 0x8b, ..] | [0x1a, ..] => TileForm::Vector,
            _ => return None,
        })
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            TileForm::Png => "PNG",
            TileForm::Jpeg => "JPEG",
            TileForm::Webp => "WebP",
            TileForm::Vector => "MVT",
            TileForm::Other(name) => name,
        }
    }
}

/// What an archive says of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct ArchiveFacts {
    /// The file, or the address.
    pub path: PathBuf,
    /// Which kind of file it is.
    pub form: ArchiveForm,
    /// What its tiles are.
    pub tiles: TileForm,
    /// The first level that has tiles.
    pub min_zoom: u8,
    /// The deepest level that has tiles.
    pub max_zoom: u8,
    /// Where it has tiles, degrees, WGS 84.
    pub bounds: Extent,
    /// What it calls itself; empty where it does not.
    pub name: String,
    /// Who made it, as plain text; empty where it does not say.
    pub attribution: String,
    /// Where the attribution leads.
    pub attribution_url: Option<String>,
    /// What it says about itself in more words.
    pub description: String,
    /// The names of the layers of vector tiles, where it tells them.
    pub layers: Vec<String>,
    /// How large the file is, bytes.
    pub bytes: u64,
}

/// The whole world of slippy maps, degrees.
pub(super) const WORLD: Extent =
    Extent { min_x: -180.0, min_y: -85.051_129, max_x: 180.0, max_y: 85.051_129 };

/// Bounds as they can be used: inside the world; all of it where they are none.
pub(super) fn sound_bounds(bounds: Extent) -> Extent {
    let Extent { min_x, min_y, max_x, max_y } = bounds;
    let is_sound = [min_x, min_y, max_x, max_y].iter().all(|value| value.is_finite());
    if !is_sound || min_x >= max_x || min_y >= max_y {
        return WORLD;
    }
    let found = Extent {
        min_x: min_x.max(WORLD.min_x),
        min_y: min_y.max(WORLD.min_y),
        max_x: max_x.min(WORLD.max_x),
        max_y: max_y.min(WORLD.max_y),
    };
    if found.min_x < found.max_x && found.min_y < found.max_y { found } else { WORLD }
}

impl ArchiveFacts {
    /// Whether a tile lies in its levels and bounds.
    pub fn may_have(&self, tile: TileId) -> bool {
        let is_level = (self.min_zoom..=self.max_zoom).contains(&tile.z) && tile.exists();
        is_level && {
            let of = tile.extent_lon_lat();
            // A tile that only shares an edge with the bounds has nothing in them.
            of.min_x < self.bounds.max_x
                && of.max_x > self.bounds.min_x
                && of.min_y < self.bounds.max_y
                && of.max_y > self.bounds.min_y
        }
    }

    /// Levels, kind and place in words: "PMTiles, zoom 0–15, WebP".
    pub fn message(&self) -> Message {
        Message::new("tiles-archive-about")
            .text("form", self.form.name())
            .text("tiles", self.tiles.name())
            .text("least", self.min_zoom.to_string())
            .text("most", self.max_zoom.to_string())
    }

    /// Takes what metadata tells in words: name, attribution, description, layers.
    pub(super) fn take_metadata(&mut self, metadata: &Value) {
        let text = |name: &str| {
            let found = metadata.get(name).and_then(Value::as_str).unwrap_or_default();
            found.chars().take(2000).collect::<String>()
        };
        self.name = plain(&text("name"));
        self.description = plain(&text("description"));
        let attribution = text("attribution");
        self.attribution = plain(&attribution);
        self.attribution_url = first_link(&attribution);
        let layers = metadata.get("vector_layers").and_then(Value::as_array);
        let names =
            layers.into_iter().flatten().take(500).filter_map(|layer| layer.get("id")?.as_str());
        self.layers = names.map(str::to_owned).collect();
    }

    /// The name, or that of the file.
    pub fn title(&self) -> String {
        if self.name.is_empty() {
            let stem = self.path.file_stem().unwrap_or(self.path.as_os_str());
            stem.to_string_lossy().into_owned()
        } else {
            self.name.clone()
        }
    }
}

/// Text without the tags and entities of HTML, in which attributions are written.
fn plain(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        if after.starts_with('<') {
            // A lone "<" is itself.
            if let Some(end) = after.find('>') {
                rest = after.get(end + 1..).unwrap_or_default();
            } else {
                out.push('<');
                rest = after.get(1..).unwrap_or_default();
            }
            continue;
        }
        let end = after.char_indices().take(12).find(|(_, c)| *c == ';').map(|(at, _)| at);
        let known = end.and_then(|end| entity(after.get(1..end)?).map(|found| (found, end)));
        if let Some((found, end)) = known {
            out.push(found);
            rest = after.get(end + 1..).unwrap_or_default();
        } else {
            out.push('&');
            rest = after.get(1..).unwrap_or_default();
        }
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "copy" => '©',
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "reg" => '®',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|found| !found.is_control())?
        }
    })
}

/// The first address that a link in HTML leads to.
fn first_link(html: &str) -> Option<String> {
    let after = html.split_once("href")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
    let found = match quote {
        Some(quote) => after.get(1..)?.split(quote).next()?,
        None => after.split([' ', '>']).next()?,
    };
    let found = found.replace("&amp;", "&");
    (found.starts_with("https://") || found.starts_with("http://")).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributions_in_html_are_read() {
        let html = r#"<a href="https://www.openstreetmap.org/copyright" target="_blank">&copy; OpenStreetMap
            contributors</a> &amp; &#169; Wij & zij &onbekend; <3"#;
        assert_eq!(plain(html), "© OpenStreetMap contributors & © Wij & zij &onbekend; <3");
        assert_eq!(first_link(html).as_deref(), Some("https://www.openstreetmap.org/copyright"));
        assert_eq!(first_link("<a href=javascript:x>"), None);
        assert_eq!(first_link("© Stad Gent"), None);
        assert_eq!(plain("a <"), "a <");
        assert_eq!(plain("&#0; é&"), "&#0; é&");
    }

    #[test]
    fn bounds_that_are_none_are_the_world() {
        let none = Extent { min_x: 0.0, min_y: 0.0, max_x: 0.0, max_y: 0.0 };
        assert_eq!(sound_bounds(none), WORLD);
        let nan = Extent { min_x: f64::NAN, ..WORLD };
        assert_eq!(sound_bounds(nan), WORLD);
        let wide = Extent { min_x: -500.0, min_y: -90.0, max_x: 4.0, max_y: 52.0 };
        assert_eq!(sound_bounds(wide), Extent { max_x: 4.0, max_y: 52.0, ..WORLD });
    }
}
