//! Pictures within a file (ISO 32000-1, section 8.9): once each, however often they are drawn.
//!
//! A picture of at most 256 colours is kept as numbers of colours; one of more as it is, lossless,
//! unless it is opaque and takes less than half as a JPEG (quality 90, every pixel with a colour of
//! its own), as aerial photographs do. What can be seen through has its opacity beside it.

use std::collections::HashMap;
use std::io::Write;

use image::ExtendedColorType;
use ring::digest::{Context, SHA256};

use super::super::display::Image;
use super::super::photo::{is_opaque, photograph, png, without_alpha};
use super::deflate;
use super::error::PdfError;
use super::syntax::{Body, Dict, Ref, list};
use crate::jobs::in_parallel;

/// The most colours of a picture that has a list of them.
const MOST_COLORS: usize = 256;

type Name = [u8; 32];

/// The pictures of a file.
#[derive(Default)]
pub(super) struct Pictures {
    numbers: HashMap<Name, usize>,
    refs: Vec<Ref>,
}

impl Pictures {
    /// The numbers of pictures; those that are new are written.
    pub fn learn<W: Write>(
        &mut self,
        images: &[&Image],
        body: &mut Body<W>,
    ) -> Result<Vec<usize>, PdfError> {
        let names = in_parallel(images.iter(), |image| name(image));
        let mut new = Vec::new();
        let mut numbers = Vec::with_capacity(images.len());
        for (image, name) in images.iter().zip(names) {
            let next = self.refs.len() + new.len();
            let number = *self.numbers.entry(name).or_insert(next);
            if number == next {
                new.push(*image);
            }
            numbers.push(number);
        }
        for encoded in in_parallel(new, encode) {
            let number = encoded?.write(body)?;
            self.refs.push(number);
        }
        Ok(numbers)
    }

    /// The object of a picture.
    pub fn number(&self, number: usize) -> Option<Ref> {
        self.refs.get(number).copied()
    }
}

/// A picture's name is what is in it.
fn name(image: &Image) -> Name {
    let mut context = Context::new(&SHA256);
    context.update(&image.width.to_be_bytes());
    context.update(&image.height.to_be_bytes());
    context.update(&image.rgba);
    context.finish().as_ref().try_into().unwrap_or_default()
}

/// A picture as it is written.
struct Encoded {
    about: Dict,
    bytes: Vec<u8>,
    /// Its opacity.
    mask: Option<(Dict, Vec<u8>)>,
}

impl Encoded {
    fn write<W: Write>(self, body: &mut Body<W>) -> Result<Ref, PdfError> {
        let mut about = self.about;
        if let Some((mask, bytes)) = self.mask {
            let mask = body.stream(mask, &bytes)?;
            about = about.raw("SMask", mask);
        }
        Ok(body.stream(about, &self.bytes)?)
    }
}

fn encode(image: &Image) -> Result<Encoded, PdfError> {
    let (width, height) = (image.width, image.height);
    let about = Dict::new()
        .name("Type", "XObject")
        .name("Subtype", "Image")
        .raw("Width", width)
        .raw("Height", height)
        .raw("BitsPerComponent", 8)
        .raw("Interpolate", true);
    let is_opaque = is_opaque(image);
    let mask = if is_opaque {
        None
    } else {
        let alpha: Vec<u8> = image.rgba.chunks_exact(4).filter_map(|p| p.last()).copied().collect();
        let bytes = predicted(&alpha, width, height, ExtendedColorType::L8)?;
        Some((filtered(about.clone().name("ColorSpace", "DeviceGray"), width, 1), bytes))
    };
    if let Some((colors, indices)) = palette(&image.rgba) {
        let table = colors.iter().flatten().fold(String::new(), |mut out, byte| {
            out.push_str(&format!("{byte:02X}"));
            out
        });
        let space = list([
            "/Indexed",
            "/DeviceRGB",
            &(colors.len() - 1).to_string(),
            &format!("<{table}>"),
        ]);
        let about = about.raw("ColorSpace", space).name("Filter", "FlateDecode");
        return Ok(Encoded { about, bytes: deflate(&indices), mask });
    }
    let rgb = without_alpha(&image.rgba);
    let about = about.name("ColorSpace", "DeviceRGB");
    let bytes = predicted(&rgb, width, height, ExtendedColorType::Rgb8)?;
    let photograph =
        if is_opaque { photograph(&rgb, [width, height], bytes.len()) } else { Ok(None) };
    if let Some(bytes) = photograph.map_err(refused)? {
        return Ok(Encoded { about: about.name("Filter", "DCTDecode"), bytes, mask });
    }
    Ok(Encoded { about: filtered(about, width, 3), bytes, mask })
}

fn refused(error: impl std::fmt::Display) -> PdfError {
    PdfError::Picture { detail: error.to_string() }
}

fn filtered(about: Dict, width: u32, channels: u8) -> Dict {
    let how = Dict::new().raw("Predictor", 15).raw("Colors", channels).raw("Columns", width);
    about.name("Filter", "FlateDecode").dict("DecodeParms", &how)
}

/// The colours of a picture of few, and the number of each pixel's.
fn palette(rgba: &[u8]) -> Option<(Vec<[u8; 3]>, Vec<u8>)> {
    let mut numbers: HashMap<[u8; 3], u8> = HashMap::new();
    let mut colors = Vec::new();
    let mut indices = Vec::with_capacity(rgba.len() / 4);
    let mut last = None;
    for pixel in rgba.chunks_exact(4) {
        let [r, g, b, _] = <[u8; 4]>::try_from(pixel).ok()?;
        let color = [r, g, b];
        if let Some((before, number)) = last
            && before == color
        {
            indices.push(number);
            continue;
        }
        let number = if let Some(number) = numbers.get(&color) {
            *number
        } else {
            if colors.len() == MOST_COLORS {
                return None;
            }
            let number = u8::try_from(colors.len()).ok()?;
            numbers.insert(color, number);
            colors.push(color);
            number
        };
        last = Some((color, number));
        indices.push(number);
    }
    (!colors.is_empty()).then_some((colors, indices))
}

/// The data of a PNG file, which are what a PDF reader of predicted data takes (ISO 32000-1,
/// section 7.4.4.4): rows that say how each was foretold from the one above, deflated.
fn predicted(
    samples: &[u8],
    width: u32,
    height: u32,
    kind: ExtendedColorType,
) -> Result<Vec<u8>, PdfError> {
    let file = png(samples, [width, height], kind).map_err(refused)?;
    let mut data = Vec::with_capacity(file.len());
    // The signature, then chunks: length, name, body, checksum (PNG, third edition, section 5).
    let mut rest = file.get(8..).unwrap_or_default();
    while let Some((head, tail)) = rest.split_first_chunk::<8>() {
        let [a, b, c, d, name @ ..] = *head;
        let length = usize::try_from(u32::from_be_bytes([a, b, c, d])).unwrap_or(usize::MAX);
        if name == *b"IDAT" {
            data.extend_from_slice(tail.get(..length).unwrap_or_default());
        }
        rest = tail.get(length.saturating_add(4)..).unwrap_or_default();
    }
    Ok(data)
}
