//! The pattern of a tile's address: the places in it that are filled in for each tile, and what
//! other programs write for them.

use url::Url;

use super::{Fine, WebForm, WebMap};
use crate::i18n::Message;
use crate::tiles::TileId;

/// What stands for `{s}` where nobody says it: what Leaflet takes.
const SERVERS: [&str; 3] = ["a", "b", "c"];

/// What a pattern is filled with.
pub(in crate::tiles) struct Filling<'a> {
    pub tile: TileId,
    /// The names of the levels from the first on; none where they are numbers.
    pub levels: &'a [String],
    pub min_zoom: u8,
    pub servers: &'a [String],
}

/// The address of a tile. Places that are unknown stay as they are.
pub(in crate::tiles) fn fill(pattern: &str, with: &Filling<'_>) -> String {
    let mut filled = String::with_capacity(pattern.len() + 24);
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, then)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            break;
        };
        if let Some(value) = value(name, with) {
            filled.push_str(&value);
        } else {
            filled.extend(["{", name, "}"]);
        }
        rest = then;
    }
    filled.push_str(rest);
    filled
}

fn value(name: &str, with: &Filling<'_>) -> Option<String> {
    let TileId { z, x, y } = with.tile;
    Some(match name {
        "z" => z.to_string(),
        "x" => x.to_string(),
        "y" => y.to_string(),
        // Rows from the south, as in the Tile Map Service of OSGeo.
        "-y" => ((1_u64 << z.min(31)) - 1).saturating_sub(u64::from(y)).to_string(),
        "q" => quadkey(with.tile),
        "s" => {
            // The same server for the same tile, so that it is the same in every cache on the way.
            let count = u32::try_from(with.servers.len()).unwrap_or(0);
            let number = x.wrapping_add(y).checked_rem(count)?;
            with.servers.get(usize::try_from(number).ok()?)?.clone()
        }
        "level" => {
            let number = usize::from(z.checked_sub(with.min_zoom)?);
            with.levels.get(number)?.clone()
        }
        "bbox" => {
            let edges = with.tile.extent_mercator();
            format!("{},{},{},{}", edges.min_x, edges.min_y, edges.max_x, edges.max_y)
        }
        _ => return None,
    })
}

/// A digit a level, as Bing's maps number tiles.
fn quadkey(tile: TileId) -> String {
    let digit = |level: u8| {
        let bit = |of: u32| (of >> level) & 1;
        char::from_digit(bit(tile.x) + 2 * bit(tile.y), 10).unwrap_or('0')
    };
    (0..tile.z.min(31)).rev().map(digit).collect()
}

/// A pattern that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// The map, without a maker.
    pub map: WebMap,
    /// Whether the pattern was made of the address of a single tile.
    pub is_guessed: bool,
}

/// Whether a text has places to fill in.
pub(super) fn is_pattern(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["{", "%7b"].iter().any(|brace| lower.contains(brace))
}

/// Reads a pattern as people find it in documentation and in other programs.
///
/// # Errors
/// When it is no address, a place in it is unknown, or one that is needed is missing.
pub(super) fn read(text: &str) -> Result<Pattern, Message> {
    let mut servers: Vec<String> = Vec::new();
    let mut has_r = false;
    let mut places: Vec<&'static str> = Vec::new();
    let text = text.trim();
    let text = text.replace("%7B", "{").replace("%7b", "{").replace("%7D", "}");
    let text = text.replace("%7d", "}").replace("${", "{");
    let mut pattern = String::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        pattern.push_str(before);
        let unclosed = || Message::new("webmap-error-unclosed");
        let (name, then) = after.split_once('}').ok_or_else(unclosed)?;
        rest = then;
        let place = match name.to_ascii_lowercase().as_str() {
            "z" | "zoom" | "tilematrix" => "z",
            "x" | "tilecol" => "x",
            "y" | "tilerow" => "y",
            "-y" | "y_tms" => "-y",
            "q" | "quadkey" => "q",
            "bbox" | "bbox-epsg-3857" => "bbox",
            "s" => {
                if servers.is_empty() {
                    servers = SERVERS.map(str::to_owned).to_vec();
                }
                "s"
            }
            "r" => {
                has_r = true;
                "r"
            }
            "width" | "height" => "side",
            other => {
                if let Some(named) = servers_of(other) {
                    servers = named;
                    "s"
                } else {
                    let id = if super::key_in(&format!("?{name}=x")).is_some() {
                        "webmap-error-place-key"
                    } else {
                        "webmap-error-place"
                    };
                    return Err(Message::new(id).text("place", format!("{{{name}}}")));
                }
            }
        };
        places.push(place);
        pattern.extend(["{", place, "}"]);
    }
    pattern.push_str(rest);
    let has = |place: &str| places.contains(&place);
    let is_numbered = has("q") || (has("z") && has("x") && (has("y") || has("-y")));
    if !(is_numbered || has("bbox")) {
        let all = ["z", "x", "y"];
        let missing = all.iter().filter(|place| !has(place)).map(|place| format!("{{{place}}}"));
        let missing: Vec<String> = missing.collect();
        return Err(Message::new("webmap-error-places").text("places", missing.join(", ")));
    }
    let plain = pattern.replace("{side}", "256").replace("{r}", "");
    let twice = pattern.replace("{side}", "512").replace("{r}", "@2x");
    let fine_url = (has_r || has("side")).then_some(twice);
    let form = if has("bbox") { WebForm::Wms } else { WebForm::Xyz };
    let fine = if fine_url.is_some() { Fine::Double } else { Fine::Deeper };
    let map = WebMap {
        form,
        url: plain,
        fine_url,
        servers,
        max_zoom: 19,
        fine,
        found_at: text.clone(),
        ..WebMap::default()
    };
    check_address(&map)?;
    Ok(Pattern { map, is_guessed: false })
}

/// `switch:a,b,c` as JOSM writes it, and `a-c` as others do.
fn servers_of(place: &str) -> Option<Vec<String>> {
    if let Some(named) = place.strip_prefix("switch:") {
        let named: Vec<String> = named.split(',').map(|name| name.trim().to_owned()).collect();
        let is_name = |name: &String| {
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        };
        return named.iter().all(is_name).then_some(named);
    }
    let mut letters = place.chars();
    let (first, '-', last, None) =
        (letters.next()?, letters.next()?, letters.next()?, letters.next())
    else {
        return None;
    };
    let is_one_kind = (first.is_ascii_digit() && last.is_ascii_digit())
        || (first.is_ascii_lowercase() && last.is_ascii_lowercase());
    (is_one_kind && first <= last).then(|| (first..=last).map(String::from).collect())
}

/// Whether a pattern, filled in, is an address on the web that may stand in a project.
fn check_address(map: &WebMap) -> Result<(), Message> {
    let tile = TileId { z: 0, x: 0, y: 0 };
    let with = Filling { tile, levels: &map.levels, min_zoom: 0, servers: &map.servers };
    read_address(&fill(&map.url, &with)).map(|_| ())
}

/// An address on the web.
pub(super) fn read_address(text: &str) -> Result<Url, Message> {
    let text = text.trim();
    let bad = || Message::new("webmap-error-no-address").text("address", super::without_keys(text));
    let url = Url::parse(text).map_err(|_| bad())?;
    let is_web = matches!(url.scheme(), "http" | "https");
    if !is_web || url.host_str().is_none_or(str::is_empty) || text.contains(char::is_whitespace) {
        return Err(bad());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Message::new("webmap-error-password"));
    }
    Ok(url)
}

/// The pattern behind the address of one tile (`…/12/2090/1369.png`): the numbers are those of a
/// tile, so that hardly anything else is taken for one.
pub(super) fn of_one_tile(text: &str) -> Option<Pattern> {
    let url = read_address(text).ok()?;
    let mut parts: Vec<String> = url.path_segments()?.map(str::to_owned).collect();
    let at = parts.len().checked_sub(3)?;
    let z: u8 = parts.get(at)?.parse().ok()?;
    let x: u32 = parts.get(at + 1)?.parse().ok()?;
    let file = parts.get(at + 2)?;
    let end = file.find(|c: char| !c.is_ascii_digit()).unwrap_or(file.len());
    let (number, ending) = (file.get(..end)?, file.get(end..)?);
    let y: u32 = number.parse().ok()?;
    let kind = ending.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let is_picture = ending.is_empty() || matches!(&*kind, "png" | "jpg" | "jpeg" | "webp");
    if !is_picture || z < 2 || !(TileId { z, x, y }).exists() {
        return None;
    }
    let ending = ending.replacen("@2x", "{r}", 1);
    let last = format!("{{y}}{ending}");
    for (place, with) in [(at, "{z}"), (at + 1, "{x}"), (at + 2, last.as_str())] {
        with.clone_into(parts.get_mut(place)?);
    }
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    let pattern = format!("{}/{}{query}", url.origin().ascii_serialization(), parts.join("/"));
    read(&pattern).ok().map(|read| Pattern { is_guessed: true, ..read })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TILE: TileId = TileId { z: 12, x: 2090, y: 1369 };

    fn filled(text: &str) -> String {
        let map = read(text).unwrap().map;
        let servers = &map.servers;
        fill(&map.url, &Filling { tile: TILE, levels: &[], min_zoom: 0, servers })
    }

    /// The quadkey of tile 3, 5 at level 3 is 213 ("Bing Maps Tile System", the example of its text);
    /// the rows of TMS count from the south: 2^12 - 1 - 1369 = 2726.
    #[test]
    fn patterns_of_all_kinds_are_filled_in() {
        for (text, expected) in [
            ("https://a.be/{z}/{x}/{y}.png", "https://a.be/12/2090/1369.png"),
            (" https://a.be/${z}/${x}/${-y}.png ", "https://a.be/12/2090/2726.png"),
            ("https://a.be/%7Bz%7D/%7Bx%7D/%7By%7D", "https://a.be/12/2090/1369"),
            ("https://{s}.a.be/{z}/{x}/{y}", "https://a.a.be/12/2090/1369"),
            ("https://{switch:t1,t2}.a.be/{zoom}/{x}/{y}", "https://t2.a.be/12/2090/1369"),
            ("https://t{0-3}.a.be/{z}/{x}/{y}", "https://t3.a.be/12/2090/1369"),
            ("https://a.be/{z}/{x}/{y}{r}.png", "https://a.be/12/2090/1369.png"),
            ("https://a.be/{TileMatrix}/{TileRow}/{TileCol}", "https://a.be/12/1369/2090"),
        ] {
            assert_eq!(filled(text), expected, "{text}");
        }
        assert_eq!(quadkey(TileId { z: 3, x: 3, y: 5 }), "213");
        let wms = read("https://a.be/wms?BBOX={bbox-epsg-3857}&WIDTH={width}&HEIGHT={height}");
        let wms = wms.unwrap().map;
        assert!(wms.url.ends_with("WIDTH=256&HEIGHT=256") && wms.form == WebForm::Wms);
        assert!(wms.fine_url.as_ref().unwrap().ends_with("WIDTH=512&HEIGHT=512"));
        let fine = read("https://a.be/{z}/{x}/{y}{r}.png").unwrap().map;
        assert_eq!(fine.fine_url.as_deref(), Some("https://a.be/{z}/{x}/{y}@2x.png"));
        assert_eq!(fine.fine, Fine::Double);
    }

    /// The corner of the world in EPSG:3857, ± 20 037 508.342 789 244 m (EPSG registry, area of use).
    #[test]
    fn the_box_of_a_tile_and_the_names_of_levels() {
        let with = |tile, levels| Filling { tile, levels, min_zoom: 11, servers: &[] };
        let world = TileId { z: 0, x: 0, y: 0 };
        let edge = "20037508.342789244";
        assert_eq!(fill("{bbox}", &with(world, &[])), format!("-{edge},-{edge},{edge},{edge}"));
        let names = ["stad".to_owned(), "wijk".to_owned()];
        assert_eq!(fill("{level}/{x}", &with(TILE, &names)), "wijk/2090");
        let deep = TileId { z: 13, ..TILE };
        assert_eq!(fill("{level}/{s}{", &with(deep, &names)), "{level}/{s}{", "left as they are");
    }

    #[test]
    fn what_is_no_pattern_says_why() {
        for (text, id) in [
            ("https://a.be/{z}/{x}.png", "webmap-error-places"),
            ("https://a.be/{z}/{x}/{y", "webmap-error-unclosed"),
            ("https://a.be/{z}/{x}/{y}?v={versie}", "webmap-error-place"),
            ("https://a.be/{z}/{x}/{y}?v={apikey}", "webmap-error-place-key"),
            ("ftp://a.be/{z}/{x}/{y}", "webmap-error-no-address"),
            ("https://ik:geheim@a.be/{z}/{x}/{y}", "webmap-error-password"),
            ("/home/{z}/{x}/{y}.png", "webmap-error-no-address"),
        ] {
            let why = read(text).unwrap_err();
            assert_eq!(why.id, id, "{text}");
        }
    }

    #[test]
    fn the_address_of_one_tile_becomes_a_pattern() {
        let read = of_one_tile("https://a.be/kaart/12/2090/1369@2x.png?key=x").unwrap();
        assert!(read.is_guessed);
        assert_eq!(read.map.url, "https://a.be/kaart/{z}/{x}/{y}.png?key=x");
        assert!(read.map.fine_url.is_some());
        for other in [
            "https://a.be/2026/11/26.html",
            "https://a.be/12/99999/1369.png",
            "https://a.be/1/0/0.png",
            "https://a.be/1369.png",
            "https://a.be/wmts",
        ] {
            assert_eq!(of_one_tile(other), None, "{other}");
        }
    }
}
