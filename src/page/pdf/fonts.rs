//! The fonts of a file: only the glyphs that are drawn, with what they mean, so that text can be
//! selected, copied and searched (ISO 32000-1, sections 9.7 to 9.10).

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;

use ring::digest::{SHA256, digest};
use rustybuzz::ttf_parser::{Face, GlyphId, name_id};
use subsetter::{GlyphRemapper, subset};

use super::deflate;
use super::error::PdfError;
use super::syntax::{Body, Dict, Ref, list, real, utf16};
use crate::text::{Font, Line};

/// The most mappings in a block of a character map (Adobe Technical Note 5014, section 1.4.1).
const MOST_IN_BLOCK: usize = 100;

/// The fonts used so far.
#[derive(Default)]
pub(super) struct Fonts {
    used: BTreeMap<Font, UsedFont>,
}

/// A font of which some glyphs are used. In the file they have new numbers, in the order in which
/// they came.
struct UsedFont {
    number: Ref,
    face: Face<'static>,
    glyphs: GlyphRemapper,
    /// By new number: how far it moves the next glyph, thousandths of the size.
    widths: Vec<i32>,
    /// By new number: what it stands for.
    meaning: BTreeMap<u16, String>,
}

impl UsedFont {
    fn new(font: Font, number: Ref) -> Option<UsedFont> {
        let face = Face::parse(font.data(), 0).ok()?;
        let glyphs = GlyphRemapper::new();
        let mut new =
            UsedFont { number, face, glyphs, widths: Vec::new(), meaning: BTreeMap::new() };
        let box_width = new.width(0);
        new.widths.push(box_width);
        Some(new)
    }

    #[expect(clippy::cast_possible_truncation, reason = "thousandths of an em")]
    fn width(&self, glyph: u16) -> i32 {
        let advance = self.face.glyph_hor_advance(GlyphId(glyph)).unwrap_or(0);
        self.thousandths(f64::from(advance)).round() as i32
    }

    fn thousandths(&self, units: f64) -> f64 {
        units * 1000.0 / f64::from(self.face.units_per_em().max(1))
    }
}

impl Fonts {
    /// Takes in the glyphs of a line, and what they mean.
    pub fn learn<W: Write>(&mut self, line: &Line, body: &mut Body<W>) {
        for (font, glyph, meaning) in meanings(line) {
            let used = match self.used.entry(font) {
                std::collections::btree_map::Entry::Occupied(entry) => entry.into_mut(),
                std::collections::btree_map::Entry::Vacant(entry) => {
                    let Some(new) = UsedFont::new(font, body.promise()) else { continue };
                    entry.insert(new)
                }
            };
            let number = used.glyphs.remap(glyph);
            if usize::from(number) == used.widths.len() {
                used.widths.push(used.width(glyph));
            }
            // The box in the place of a character that no font has means nothing by itself.
            if number > 0 && !meaning.is_empty() {
                used.meaning.entry(number).or_insert_with(|| meaning.to_owned());
            }
        }
    }

    /// The number of a glyph in the file, and how far it moves the next one, thousandths of the
    /// size.
    pub fn glyph(&self, font: Font, glyph: u16) -> Option<(u16, i32)> {
        let used = self.used.get(&font)?;
        let number = used.glyphs.get(glyph)?;
        Some((number, used.widths.get(usize::from(number)).copied()?))
    }

    /// Whether the glyphs of a line say by themselves what the line says.
    pub fn spells(&self, line: &Line) -> bool {
        let mut rest = line.text.as_str();
        line.glyphs.iter().all(|glyph| {
            let used = self.used.get(&glyph.font);
            let meaning = used.and_then(|used| used.meaning.get(&used.glyphs.get(glyph.id)?));
            let left = meaning.and_then(|meaning| rest.strip_prefix(meaning.as_str()));
            rest = left.unwrap_or(rest);
            left.is_some()
        }) && rest.is_empty()
    }

    /// The object of a font.
    pub fn number(&self, font: Font) -> Option<Ref> {
        self.used.get(&font).map(|used| used.number)
    }

    /// Writes the fonts.
    pub fn write<W: Write>(self, body: &mut Body<W>) -> Result<(), PdfError> {
        for (font, used) in self.used {
            write_font(font, &used, body)?;
        }
        Ok(())
    }
}

/// The name of a font among the resources of a page.
pub(super) fn resource_name(font: Font) -> &'static str {
    match font {
        Font::Ubuntu => "F0",
        Font::Hack => "F1",
        Font::Signs => "F2",
    }
}

/// The glyphs of a line and what each stands for: a ligature for several letters; of the glyphs of
/// a letter with marks, as many as there are characters for one each, else the first for all.
fn meanings(line: &Line) -> Vec<(Font, u16, &str)> {
    let mut starts: Vec<usize> = line.glyphs.iter().map(|glyph| glyph.cluster).collect();
    starts.push(line.text.len());
    starts.sort_unstable();
    starts.dedup();
    let text_of = |cluster: usize| {
        let end = starts.iter().find(|start| **start > cluster).copied();
        line.text.get(cluster..end.unwrap_or(line.text.len())).unwrap_or_default()
    };
    let mut found = Vec::with_capacity(line.glyphs.len());
    for glyphs in line.glyphs.chunk_by(|one, next| one.cluster == next.cluster) {
        let Some(first) = glyphs.first() else { continue };
        let text = text_of(first.cluster);
        let characters: Vec<&str> = text
            .char_indices()
            .filter_map(|(at, letter)| text.get(at..at + letter.len_utf8()))
            .collect();
        for (at, glyph) in glyphs.iter().enumerate() {
            let meaning = match (glyphs.len() == characters.len(), at) {
                (true, _) => characters.get(at).copied().unwrap_or_default(),
                (false, 0) => text,
                (false, _) => "",
            };
            found.push((glyph.font, glyph.id, meaning));
        }
    }
    found
}

fn write_font<W: Write>(font: Font, used: &UsedFont, body: &mut Body<W>) -> Result<(), PdfError> {
    let file = subset(font.data(), 0, &used.glyphs)
        .map_err(|error| PdfError::Font { detail: error.to_string() })?;
    let face = &used.face;
    let mut names = face.names().into_iter();
    let name = names.find(|name| name.name_id == name_id::POST_SCRIPT_NAME && name.is_unicode());
    let name: String = name.and_then(|name| name.to_string()).unwrap_or_else(|| "Font".to_owned());
    // A name holds no white space and no delimiters.
    let plain = name.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-');
    let name = format!("{}+{}", tag(&file), plain.collect::<String>());

    let about = Dict::new().name("Filter", "FlateDecode").raw("Length1", file.len());
    let file = body.stream(about, &deflate(&file))?;
    let units = |value: i16| real(used.thousandths(f64::from(value)), 0);
    let bounds = face.global_bounding_box();
    // Symbolic (its glyphs are not named by a standard's list of Latin letters).
    let flags = 4 | i32::from(face.is_monospaced());
    let descriptor = Dict::new()
        .name("Type", "FontDescriptor")
        .name("FontName", &name)
        .raw("Flags", flags)
        .list("FontBBox", [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(units))
        .raw("ItalicAngle", real(f64::from(face.italic_angle()), 2))
        .raw("Ascent", units(face.ascender()))
        .raw("Descent", units(face.descender()))
        .raw("CapHeight", units(face.capital_height().unwrap_or(face.ascender())))
        // How thick its stems are, which nobody measured; only readers without the font need it.
        .raw("StemV", 80)
        .raw("FontFile2", file);
    let descriptor = body.object(descriptor)?;
    let collection =
        Dict::new().raw("Registry", "(Adobe)").raw("Ordering", "(Identity)").raw("Supplement", 0);
    let descendant = Dict::new()
        .name("Type", "Font")
        .name("Subtype", "CIDFontType2")
        .name("BaseFont", &name)
        .dict("CIDSystemInfo", &collection)
        .raw("FontDescriptor", descriptor)
        .name("CIDToGIDMap", "Identity")
        .raw("DW", 0)
        .raw("W", format_args!("[0 {}]", list(&used.widths)));
    let descendant = body.object(descendant)?;
    let map = deflate(character_map(&used.meaning).as_bytes());
    let map = body.stream(Dict::new().name("Filter", "FlateDecode"), &map)?;
    let whole = Dict::new()
        .name("Type", "Font")
        .name("Subtype", "Type0")
        .name("BaseFont", &name)
        .name("Encoding", "Identity-H")
        .list("DescendantFonts", [descendant])
        .raw("ToUnicode", map);
    body.keep(used.number, whole)?;
    Ok(())
}

/// Six letters that tell one subset from another (section 9.6.4).
fn tag(file: &[u8]) -> String {
    let letters = digest(&SHA256, file);
    letters.as_ref().iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

/// What the glyphs stand for (section 9.10.3; Adobe Technical Note 5411).
fn character_map(meaning: &BTreeMap<u16, String>) -> String {
    let mut out = "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
        /CIDSystemInfo <</Registry (Adobe)/Ordering (UCS)/Supplement 0>> def\n\
        /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
        1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        .to_owned();
    let pairs: Vec<_> = meaning.iter().collect();
    for block in pairs.chunks(MOST_IN_BLOCK) {
        let _ = writeln!(out, "{} beginbfchar", block.len());
        for (glyph, meaning) in block {
            let _ = writeln!(out, "<{glyph:04X}> {}", utf16(meaning, false));
        }
        out.push_str("endbfchar\n");
    }
    out.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    out
}
