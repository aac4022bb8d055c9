//! Archives made for tests: pictures that tell which tile they are, and a few made-up streets as
//! vector tiles.

use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use belfort::jobs::Watch;
use belfort::table::Extent;
use belfort::tiles::TileId;
use belfort::tiles::archive::{ArchiveWriter, TileForm, WriterFacts, tile_id};

/// Around the middle of Ghent, degrees.
pub const GHENT: Extent = Extent { min_x: 3.70, min_y: 51.04, max_x: 3.75, max_y: 51.07 };

/// The colour of a tile: another for each.
pub fn colour(tile: TileId) -> [u8; 3] {
    let part = |value: u32| u8::try_from(value * 37 % 251).unwrap();
    [part(u32::from(tile.z)), part(tile.x), part(tile.y)]
}

/// A PNG of one colour.
pub fn png(rgb: [u8; 3], side: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let picture = image::RgbImage::from_pixel(side, side, image::Rgb(rgb));
    picture.write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Png).unwrap();
    bytes
}

/// The tiles of some levels that meet an extent, in the order of a file.
pub fn tiles_of(extent: &Extent, levels: std::ops::RangeInclusive<u8>) -> Vec<TileId> {
    let mut tiles: Vec<TileId> =
        levels.flat_map(|z| TileId::covering(extent, z, 100_000).unwrap()).collect();
    tiles.sort_by_key(|tile| tile_id(*tile));
    tiles
}

/// Writes an archive.
pub fn archive(
    path: &Path,
    form: TileForm,
    tiles: &[TileId],
    bytes: impl Fn(TileId) -> Vec<u8>,
) -> PathBuf {
    let mut writer = ArchiveWriter::create(path).unwrap();
    for tile in tiles {
        writer.push(*tile, &bytes(*tile)).unwrap();
    }
    let facts = WriterFacts {
        tiles: form,
        is_gzip: form == TileForm::Vector,
        bounds: GHENT,
        metadata: serde_json::json!({
            "name": "Proefkaart",
            "attribution": "<a href=\"https://example.org/wij\">&copy; Wij</a>",
            "vector_layers": [{"id": "transportation", "fields": {}}],
        }),
    };
    writer.finish(&facts, &Watch::unwatched()).unwrap();
    path.to_owned()
}

/// A raster archive of levels 10 to 14.
pub fn pictures(folder: &Path) -> PathBuf {
    let path = folder.join("beeld.pmtiles");
    archive(&path, TileForm::Png, &tiles_of(&GHENT, 10..=14), |tile| png(colour(tile), 256))
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut pack = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    pack.write_all(bytes).unwrap();
    pack.finish().unwrap()
}

fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(u8::try_from(value & 0x7f).unwrap() | 0x80);
        value >>= 7;
    }
    out.push(u8::try_from(value).unwrap());
}

fn field(out: &mut Vec<u8>, number: u64, bytes: &[u8]) {
    varint(out, number << 3 | 2);
    varint(out, bytes.len() as u64);
    out.extend(bytes);
}

fn number(out: &mut Vec<u8>, number: u64, value: u64) {
    varint(out, number << 3);
    varint(out, value);
}

/// A feature of a vector tile: 1 points, 2 lines, 3 areas; positions in 1/4096 of the tile.
pub struct Feature<'a> {
    pub kind: u64,
    pub tags: &'a [(&'a str, &'a str)],
    pub parts: Vec<Vec<[i64; 2]>>,
}

/// Writes a vector tile (Mapbox Vector Tile Specification 2.1).
pub fn vector_tile(layers: &[(&str, Vec<Feature<'_>>)]) -> Vec<u8> {
    let mut tile = Vec::new();
    for (name, features) in layers {
        let mut layer = Vec::new();
        number(&mut layer, 15, 2);
        field(&mut layer, 1, name.as_bytes());
        let (mut keys, mut values): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
        for feature in features {
            let mut tags = Vec::new();
            for (key, value) in feature.tags {
                for (list, word) in [(&mut keys, *key), (&mut values, *value)] {
                    let at = list.iter().position(|known| *known == word).unwrap_or_else(|| {
                        list.push(word);
                        list.len() - 1
                    });
                    varint(&mut tags, at as u64);
                }
            }
            let mut geometry = Vec::new();
            let mut at = [0_i64; 2];
            let mut put = |geometry: &mut Vec<u8>, to: [i64; 2]| {
                for axis in 0..2 {
                    let step = to[axis] - at[axis];
                    varint(geometry, ((step << 1) ^ (step >> 63)).cast_unsigned());
                    at[axis] = to[axis];
                }
            };
            for part in &feature.parts {
                varint(&mut geometry, 1 << 3 | 1);
                put(&mut geometry, part[0]);
                if part.len() > 1 {
                    varint(&mut geometry, ((part.len() - 1) as u64) << 3 | 2);
                    part[1..].iter().for_each(|to| put(&mut geometry, *to));
                }
                if feature.kind == 3 {
                    varint(&mut geometry, 1 << 3 | 7);
                }
            }
            let mut bytes = Vec::new();
            field(&mut bytes, 2, &tags);
            number(&mut bytes, 3, feature.kind);
            field(&mut bytes, 4, &geometry);
            field(&mut layer, 2, &bytes);
        }
        for key in keys {
            field(&mut layer, 3, key.as_bytes());
        }
        for value in values {
            let mut bytes = Vec::new();
            field(&mut bytes, 1, value.as_bytes());
            field(&mut layer, 4, &bytes);
        }
        field(&mut tile, 3, &layer);
    }
    tile
}

/// The schemas of vector tiles.
pub const SCHEMAS: [&str; 3] = ["openmaptiles", "protomaps", "shortbread"];

/// A tile with a river, a park, a building, two streets that cross the whole tile, a railway and the
/// name of a town, in a schema.
pub fn city_tile(schema: &str) -> Vec<u8> {
    let square = |at: i64, side: i64| {
        vec![vec![[at, at], [at + side, at], [at + side, at + side], [at, at + side]]]
    };
    let along = |y: i64| vec![vec![[-64, y], [2000, y + 100], [4160, y]]];
    let (class, areas): (_, [(&str, &str); 3]) = match schema {
        "openmaptiles" => {
            ("class", [("water", "river"), ("landcover", "grass"), ("building", "house")])
        }
        "protomaps" => {
            ("kind", [("water", "river"), ("landuse", "park"), ("buildings", "building")])
        }
        _ => ("kind", [("water_polygons", "river"), ("land", "park"), ("buildings", "yes")]),
    };
    let area = |at: usize, corner: i64, side: i64| {
        let tags = &[(class, areas[at].1)];
        let feature =
            Feature { kind: 3, tags: Vec::leak(tags.to_vec()), parts: square(corner, side) };
        (areas[at].0, vec![feature])
    };
    let line = |tags: &[(&'static str, &'static str)], y: i64| Feature {
        kind: 2,
        tags: Vec::leak(tags.to_vec()),
        parts: along(y),
    };
    let main = [("class", "primary"), ("name", "Coupure Rechts")];
    let mut layers = vec![area(0, 100, 700), area(1, 2600, 900), area(2, 1200, 300)];
    let place = |tags: &[(&'static str, &'static str)]| Feature {
        kind: 1,
        tags: Vec::leak(tags.to_vec()),
        parts: vec![vec![[2048, 2048]]],
    };
    match schema {
        "openmaptiles" => {
            let small = [("class", "minor"), ("name", "Sint-Pietersnieuwstraat")];
            layers.push((
                "transportation",
                vec![
                    line(&main[..1], 900),
                    line(&small[..1], 3000),
                    line(&[("class", "rail"), ("subclass", "rail")], 3600),
                ],
            ));
            layers.push(("transportation_name", vec![line(&main, 900), line(&small, 3000)]));
            layers.push((
                "place",
                vec![place(&[("class", "town"), ("name", "Gent"), ("name:en", "Ghent")])],
            ));
        }
        "protomaps" => {
            layers.push((
                "roads",
                vec![
                    line(&[("kind", "major_road"), ("kind_detail", "primary"), main[1]], 900),
                    line(
                        &[
                            ("kind", "minor_road"),
                            ("kind_detail", "residential"),
                            ("name", "Sint-Pietersnieuwstraat"),
                        ],
                        3000,
                    ),
                    line(&[("kind", "rail"), ("kind_detail", "rail")], 3600),
                ],
            ));
            layers.push((
                "places",
                vec![place(&[
                    ("kind", "locality"),
                    ("kind_detail", "town"),
                    ("name", "Gent"),
                    ("name:en", "Ghent"),
                ])],
            ));
        }
        _ => {
            layers.push((
                "streets",
                vec![
                    line(&[("kind", "primary")], 900),
                    line(&[("kind", "residential")], 3000),
                    line(&[("kind", "rail"), ("rail", "true")], 3600),
                ],
            ));
            layers.push((
                "street_labels",
                vec![
                    line(&[("kind", "primary"), main[1]], 900),
                    line(&[("kind", "residential"), ("name", "Sint-Pietersnieuwstraat")], 3000),
                ],
            ));
            layers.push((
                "place_labels",
                vec![place(&[("kind", "town"), ("name", "Gent"), ("name_en", "Ghent")])],
            ));
        }
    }
    vector_tile(&layers)
}

/// An archive of vector tiles of levels 10 to 14, all alike.
pub fn city(folder: &Path, schema: &str) -> PathBuf {
    let path = folder.join(format!("{schema}.pmtiles"));
    let tile = gzip(&city_tile(schema));
    archive(&path, TileForm::Vector, &tiles_of(&GHENT, 10..=14), |_| tile.clone())
}
