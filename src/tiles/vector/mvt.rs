//! Reading vector tiles (Mapbox Vector Tile Specification, version 2.1): Protocol Buffers, by hand,
//! as there are three messages of a dozen fields.
//!
//! Nothing that a tile claims reserves memory: every step reads at least a byte of it.

/// What is wrong with a tile, in a word for the log and for who rests on it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadTile(pub &'static str);

/// A tile has no more layers than this.
const MOST_LAYERS: usize = 1000;

/// Coordinates are inside of this, in parts of a tile's side.
const FARTHEST: i64 = 1 << 24;

/// A layer of a tile, of which the features are read one by one.
pub(super) struct Layer<'a> {
    pub name: &'a str,
    /// Parts of a tile's side.
    pub extent: u32,
    keys: Vec<&'a str>,
    values: Vec<Value<'a>>,
    features: Vec<&'a [u8]>,
}

/// A value of an attribute.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Value<'a> {
    Text(&'a str),
    Number(f64),
    Truth(bool),
}

/// What the geometry of a feature is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Points,
    Lines,
    Areas,
}

/// A feature.
pub(super) struct Feature<'a> {
    pub kind: Kind,
    geometry: &'a [u8],
    tags: &'a [u8],
}

/// The layers of a tile that is unpacked.
pub(super) fn layers(bytes: &[u8]) -> Result<Vec<Layer<'_>>, BadTile> {
    let mut found = Vec::new();
    for field in Fields(bytes) {
        if let Field::Bytes(3, layer) = field? {
            if found.len() == MOST_LAYERS {
                return Err(BadTile("too many layers"));
            }
            found.push(self::layer(layer)?);
        }
    }
    Ok(found)
}

fn layer(bytes: &[u8]) -> Result<Layer<'_>, BadTile> {
    let mut layer =
        Layer { name: "", extent: 4096, keys: vec![], values: vec![], features: vec![] };
    for field in Fields(bytes) {
        match field? {
            Field::Bytes(1, name) => layer.name = text(name)?,
            Field::Bytes(2, feature) => layer.features.push(feature),
            Field::Bytes(3, key) => layer.keys.push(text(key)?),
            Field::Bytes(4, one) => layer.values.push(value(one)?),
            Field::Number(5, extent) => {
                let extent = u32::try_from(extent).ok().filter(|it| (1..=1 << 20).contains(it));
                layer.extent = extent.ok_or(BadTile("extent"))?;
            }
            _ => {}
        }
    }
    Ok(layer)
}

fn value(bytes: &[u8]) -> Result<Value<'_>, BadTile> {
    let mut found = Value::Text("");
    for field in Fields(bytes) {
        #[expect(clippy::cast_precision_loss, clippy::cast_possible_wrap, reason = "as a number")]
        match field? {
            Field::Bytes(1, one) => found = Value::Text(text(one)?),
            Field::Four(2, four) => found = Value::Number(f64::from(f32::from_le_bytes(four))),
            Field::Eight(3, eight) => found = Value::Number(f64::from_le_bytes(eight)),
            Field::Number(4, number) => found = Value::Number(number as i64 as f64),
            Field::Number(5, number) => found = Value::Number(number as f64),
            Field::Number(6, number) => found = Value::Number(zigzag(number) as f64),
            Field::Number(7, number) => found = Value::Truth(number != 0),
            _ => {}
        }
    }
    Ok(found)
}

fn text(bytes: &[u8]) -> Result<&str, BadTile> {
    std::str::from_utf8(bytes).map_err(|_| BadTile("text that is not UTF-8"))
}

impl<'a> Layer<'a> {
    /// Its features; those of unknown kind are left out, as the specification says.
    pub fn features(&self) -> impl Iterator<Item = Result<Feature<'a>, BadTile>> {
        self.features.iter().filter_map(|bytes| feature(bytes).transpose())
    }

    /// The attributes of a feature.
    pub fn tags(
        &self,
        feature: &Feature<'a>,
    ) -> impl Iterator<Item = Result<(&'a str, Value<'a>), BadTile>> {
        let mut rest = feature.tags;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let mut next = || usize::try_from(varint(&mut rest)?).map_err(|_| BadTile("tag"));
            let pair = next().and_then(|key| Ok((key, next()?)));
            let found = pair.and_then(|(key, value)| {
                let key = self.keys.get(key).ok_or(BadTile("tag"))?;
                Ok((*key, *self.values.get(value).ok_or(BadTile("tag"))?))
            });
            if found.is_err() {
                rest = &[];
            }
            Some(found)
        })
    }
}

fn feature(bytes: &[u8]) -> Result<Option<Feature<'_>>, BadTile> {
    let (mut kind, mut geometry, mut tags): (_, &[u8], &[u8]) = (0, &[], &[]);
    for field in Fields(bytes) {
        match field? {
            Field::Bytes(2, found) => tags = found,
            Field::Number(3, found) => kind = found,
            Field::Bytes(4, found) => geometry = found,
            _ => {}
        }
    }
    let kind = match kind {
        1 => Kind::Points,
        2 => Kind::Lines,
        3 => Kind::Areas,
        _ => return Ok(None),
    };
    Ok(Some(Feature { kind, geometry, tags }))
}

impl Feature<'_> {
    /// Its points, lines or rings (not closed), in shares of the tile's side from its top left
    /// corner.
    pub fn parts(&self, extent: u32) -> Result<Vec<Vec<[f32; 2]>>, BadTile> {
        let mut parts: Vec<Vec<[f32; 2]>> = Vec::new();
        let mut rest = self.geometry;
        let mut at = [0_i64; 2];
        #[expect(clippy::cast_precision_loss, reason = "at most 2^24")]
        let share = |at: [i64; 2]| at.map(|value| value as f32 / extent as f32);
        while !rest.is_empty() {
            let command = varint(&mut rest)?;
            let count = command >> 3;
            match command & 7 {
                command @ (1 | 2) => {
                    // Two bytes a place at least.
                    if count > (rest.len() / 2) as u64 {
                        return Err(BadTile("geometry that is cut"));
                    }
                    for _ in 0..count {
                        for axis in &mut at {
                            let step = zigzag(varint(&mut rest)?);
                            *axis = axis
                                .checked_add(step)
                                .filter(|to| to.abs() <= FARTHEST)
                                .ok_or(BadTile("geometry far away"))?;
                        }
                        if command == 1 {
                            parts.push(vec![share(at)]);
                        } else {
                            let part = parts.last_mut().ok_or(BadTile("a line from nowhere"))?;
                            part.push(share(at));
                        }
                    }
                }
                7 => {}
                _ => return Err(BadTile("geometry")),
            }
        }
        Ok(parts)
    }
}

/// A field of a message.
enum Field<'a> {
    Number(u32, u64),
    Bytes(u32, &'a [u8]),
    Four(u32, [u8; 4]),
    Eight(u32, [u8; 8]),
}

/// The fields of a message.
struct Fields<'a>(&'a [u8]);

impl<'a> Iterator for Fields<'a> {
    type Item = Result<Field<'a>, BadTile>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let field = self.read();
        if field.is_err() {
            self.0 = &[];
        }
        Some(field)
    }
}

impl<'a> Fields<'a> {
    fn read(&mut self) -> Result<Field<'a>, BadTile> {
        let head = varint(&mut self.0)?;
        let number = u32::try_from(head >> 3).map_err(|_| BadTile("field"))?;
        match head & 7 {
            0 => Ok(Field::Number(number, varint(&mut self.0)?)),
            1 => Ok(Field::Eight(number, self.array()?)),
            2 => {
                let length = varint(&mut self.0)?;
                let length = usize::try_from(length).map_err(|_| BadTile("cut"))?;
                Ok(Field::Bytes(number, self.take(length)?))
            }
            5 => Ok(Field::Four(number, self.array()?)),
            _ => Err(BadTile("not a vector tile")),
        }
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], BadTile> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(BadTile("cut"))?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], BadTile> {
        self.take(N)?.try_into().map_err(|_| BadTile("cut"))
    }
}

fn varint(rest: &mut &[u8]) -> Result<u64, BadTile> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let (byte, after) = rest.split_first().ok_or(BadTile("cut"))?;
        *rest = after;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(value);
        }
    }
    Err(BadTile("a number that does not end"))
}

#[expect(clippy::cast_possible_wrap, reason = "that is how signs are written")]
fn zigzag(value: u64) -> i64 {
    (value >> 1) as i64 ^ -((value & 1) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the specification, section 4.3.5.3 (a multi-polygon), in a layer of one
    /// feature.
    fn example() -> Vec<u8> {
        let geometry: &[u64] = &[
            9, 0, 0, 26, 20, 0, 0, 20, 19, 0, 15, 9, 22, 2, 26, 18, 0, 0, 18, 17, 0, 15, 9, 4, 13,
            26, 0, 8, 8, 0, 0, 7, 15,
        ];
        let geometry: Vec<u8> =
            geometry.iter().map(|value| u8::try_from(*value).unwrap()).collect();
        let mut feature = vec![0x12, 2, 0, 0, 0x18, 3, 0x22, u8::try_from(geometry.len()).unwrap()];
        feature.extend(geometry);
        let mut layer = vec![0x0a, 1, b'w', 0x12, u8::try_from(feature.len()).unwrap()];
        layer.extend(feature);
        layer.extend([0x1a, 1, b'k', 0x22, 3, 0x0a, 1, b'v', 0x28, 20, 0x78, 2]);
        let mut tile = vec![0x1a, u8::try_from(layer.len()).unwrap()];
        tile.extend(layer);
        tile
    }

    #[test]
    fn the_published_example() {
        let tile = example();
        let layers = layers(&tile).unwrap();
        let [layer] = layers.as_slice() else { panic!("one layer") };
        assert_eq!((layer.name, layer.extent), ("w", 20));
        let feature = layer.features().next().unwrap().unwrap();
        assert_eq!(feature.kind, Kind::Areas);
        let tags: Vec<_> = layer.tags(&feature).map(Result::unwrap).collect();
        assert_eq!(tags, [("k", Value::Text("v"))]);
        let parts = feature.parts(20).unwrap();
        let whole = |part: &Vec<[f32; 2]>| {
            part.iter().map(|at| at.map(|value| value * 20.0)).collect::<Vec<_>>()
        };
        assert_eq!(
            parts.iter().map(whole).collect::<Vec<_>>(),
            [
                [[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0]],
                [[11.0, 11.0], [20.0, 11.0], [20.0, 20.0], [11.0, 20.0]],
                [[13.0, 13.0], [13.0, 17.0], [17.0, 17.0], [17.0, 13.0]],
            ]
        );
    }

    #[test]
    fn damaged_tiles_are_errors_and_never_more() {
        let tile = example();
        for at in 0..tile.len() {
            for bit in 0..8 {
                let mut damaged = tile.clone();
                damaged[at] ^= 1 << bit;
                let _ = read_all(&damaged);
                let _ = read_all(&damaged[..at]);
            }
        }
        assert!(read_all(&[0xff; 40]).is_err());
        // Four thousand million places in three bytes.
        let feature = Feature {
            kind: Kind::Lines,
            geometry: &[0xfa, 0xff, 0xff, 0xff, 0x7f, 0, 0],
            tags: &[],
        };
        assert!(feature.parts(4096).is_err());
    }

    fn read_all(bytes: &[u8]) -> Result<usize, BadTile> {
        let mut count = 0;
        for layer in layers(bytes)? {
            for feature in layer.features() {
                let feature = feature?;
                for tag in layer.tags(&feature) {
                    tag?;
                }
                count += feature.parts(layer.extent)?.len();
            }
        }
        Ok(count)
    }
}
