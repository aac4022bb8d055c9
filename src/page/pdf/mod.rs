//! The writer of PDF (ISO 32000-1, PDF 1.7): what is drawn stays lines, areas and text, at the size
//! it has on paper.
//!
//! A file is written page by page and object by object, so that an atlas needs no more memory than
//! its largest page. What a page draws is cut into parts, which are written and deflated on all
//! cores. Layers of the map are optional content (section 8.11), which a reader can switch off;
//! fonts hold only the glyphs used; pictures are there once; the place of the map on the earth
//! stands in a viewport with a measure (Adobe Supplement to ISO 32000, ExtensionLevel 3, section
//! 8.8.1; ISO 32000-2, section 12.10). Same pages, same bytes.
//!
//! The values are written by a few functions of this house: of the crates for it, krilla has
//! neither optional content nor viewports, and pdf-writer keeps numbers with seven digits, which
//! puts the corner of a map metres off.

mod error;
mod fonts;
mod forms;
mod layers;
mod page;
mod parts;
mod pen;
mod pictures;
mod syntax;
mod tags;
mod texts;

use std::io::Write;

use chrono::{DateTime, FixedOffset};
use flate2::Compression;
use flate2::write::ZlibEncoder;

pub use error::PdfError;
use fonts::Fonts;
use forms::FormPlace;
pub use forms::PdfForm;
use layers::Layers;
use page::KnownPage;
pub use page::{PdfPage, Viewport};
use pictures::Pictures;
use syntax::{Body, Dict, Ref};
use tags::Tags;

use super::display::DisplayList;
use super::tiling::Tiling;
use crate::jobs::Watch;

/// How hard is deflated, 1 to 9: 6 takes three times as long for three parts in a hundred.
const EFFORT: u32 = 4;

/// What a file says about itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PdfInfo {
    /// Its title, which readers show as the window's.
    pub title: String,
    /// Who made it; may be empty.
    pub author: String,
    /// What it is about; may be empty.
    pub subject: String,
    /// The language of its texts, such as `nl-BE` (BCP 47).
    pub language: String,
    /// When it was made; none leaves it out. All else being the same, so are the bytes.
    pub created: Option<DateTime<FixedOffset>>,
}

/// A PDF file that is being written.
pub struct PdfWriter<W: Write> {
    body: Body<W>,
    info: PdfInfo,
    /// The node of the tree that holds all pages.
    tree: Ref,
    fonts: Fonts,
    pictures: Pictures,
    layers: Layers,
    tags: Tags,
    pages: Vec<KnownPage>,
}

impl<W: Write> PdfWriter<W> {
    /// Starts a file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(out: W, info: PdfInfo) -> Result<PdfWriter<W>, PdfError> {
        let mut body = Body::new(out)?;
        let tree = body.promise();
        Ok(PdfWriter {
            body,
            info,
            tree,
            fonts: Fonts::default(),
            pictures: Pictures::default(),
            layers: Layers::default(),
            tags: Tags::default(),
            pages: Vec::new(),
        })
    }

    /// Writes a page. Takes a moment: call it from a job.
    ///
    /// # Errors
    /// When it cannot be written, or the person cancelled; nothing more can be added then.
    pub fn add_page(&mut self, page: &PdfPage<'_>, watch: &Watch) -> Result<(), PdfError> {
        page::add(self, page, None, watch)
    }

    /// Puts a page into the file that is drawn on others; by itself it is on none.
    ///
    /// # Errors
    /// As [`Self::add_page`].
    pub fn add_form(&mut self, page: &DisplayList, watch: &Watch) -> Result<PdfForm, PdfError> {
        forms::add(self, page, watch)
    }

    /// Writes a sheet of smaller paper: a piece of a form, and what stands around it.
    ///
    /// # Errors
    /// As [`Self::add_page`].
    pub fn add_tile(
        &mut self,
        around: &PdfPage<'_>,
        form: &PdfForm,
        (tiling, tile): (&Tiling, [usize; 2]),
        watch: &Watch,
    ) -> Result<(), PdfError> {
        let ([left, top, right, bottom], [x, y]) = (tiling.piece(tile), tiling.shift(tile));
        let seen = [left + x, top + y, right + x, bottom + y];
        let place = FormPlace { seen, at: [x, y], scale: 1.0 };
        page::add(self, around, Some((form, place)), watch)
    }

    /// Writes a page with a form on it, smaller: its top left corner at a place, millimetres.
    ///
    /// # Errors
    /// As [`Self::add_page`].
    pub fn add_small(
        &mut self,
        around: &PdfPage<'_>,
        form: &PdfForm,
        (at, scale): ([f64; 2], f64),
        watch: &Watch,
    ) -> Result<(), PdfError> {
        let unit = f64::from(around.page.millimetres_per_unit);
        let [width, height] = [around.page.width, around.page.height].map(f64::from);
        let seen = [0.0, 0.0, width * unit, height * unit];
        page::add(self, around, Some((form, FormPlace { seen, at, scale })), watch)
    }

    /// Ends the file.
    ///
    /// # Errors
    /// When it cannot be written, or a part of a font cannot be taken out.
    pub fn finish(mut self) -> Result<W, PdfError> {
        let kids = self.pages.iter().map(|page| page.number);
        let tree =
            Dict::new().name("Type", "Pages").list("Kids", kids).raw("Count", self.pages.len());
        self.body.keep(self.tree, tree)?;
        self.fonts.write(&mut self.body)?;
        let info = self.info.clone();
        let mut catalog = Dict::new()
            .name("Type", "Catalog")
            .raw("Pages", self.tree)
            // At the size it has: what is measured on it is true.
            .dict(
                "ViewerPreferences",
                &Dict::new().raw("DisplayDocTitle", true).name("PrintScaling", "None"),
            );
        if !info.language.is_empty() {
            catalog = catalog.text("Lang", &info.language);
        }
        if let Some(layers) = self.layers.write(&mut self.body)? {
            catalog = catalog.dict("OCProperties", &layers);
        }
        if let Some(labels) = labels(&self.pages) {
            catalog = catalog.dict("PageLabels", &labels);
        }
        if let Some(outlines) = bookmarks(&self.pages, &mut self.body)? {
            catalog = catalog.raw("Outlines", outlines).name("PageMode", "UseOutlines");
        }
        let root = self.tags.write(&self.pages, &info.language, &mut self.body)?;
        catalog = catalog.raw("StructTreeRoot", root);
        catalog = catalog.dict("MarkInfo", &Dict::new().raw("Marked", true));
        let about = metadata(&info);
        let stream = Dict::new().name("Type", "Metadata").name("Subtype", "XML");
        catalog = catalog.raw("Metadata", self.body.stream(stream, about.as_bytes())?);
        let catalog = self.body.object(catalog)?;
        let info = self.body.object(description(&info))?;
        Ok(self.body.finish(catalog, info)?)
    }
}

/// Pages as a PDF file in memory.
///
/// # Errors
/// When a part of a font cannot be taken out, or the person cancelled.
pub fn write_pdf(
    pages: &[PdfPage<'_>],
    info: &PdfInfo,
    watch: &Watch,
) -> Result<Vec<u8>, PdfError> {
    let mut writer = PdfWriter::new(Vec::new(), info.clone())?;
    for page in pages {
        writer.add_page(page, watch)?;
    }
    writer.finish()
}

/// Bytes made small (zlib, RFC 1950).
fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(EFFORT));
    // Writing to memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// What readers call the pages, where some have names (section 12.4.2).
fn labels(pages: &[KnownPage]) -> Option<Dict> {
    pages.iter().any(|page| page.label.is_some()).then(|| {
        let entries = pages.iter().enumerate().map(|(at, page)| {
            let label = page.label.clone().unwrap_or_else(|| (at + 1).to_string());
            format!("{at} {}", Dict::new().text("P", &label))
        });
        Dict::new().list("Nums", entries)
    })
}

/// The list of pages beside them (section 12.3.3).
fn bookmarks<W: Write>(pages: &[KnownPage], body: &mut Body<W>) -> Result<Option<Ref>, PdfError> {
    let marked: Vec<_> = pages
        .iter()
        .filter_map(|page| page.bookmark.as_ref().map(|title| (page.number, title, body.promise())))
        .collect();
    let (Some((_, _, first)), Some((_, _, last))) = (marked.first(), marked.last()) else {
        return Ok(None);
    };
    let ends = Dict::new().raw("First", first).raw("Last", last).raw("Count", marked.len());
    let root = body.object(ends.name("Type", "Outlines"))?;
    for (at, (page, title, number)) in marked.iter().enumerate() {
        let mut item = Dict::new()
            .text("Title", title)
            .raw("Parent", root)
            .list("Dest", [page.to_string(), "/Fit".to_owned()]);
        if let Some((_, _, before)) = at.checked_sub(1).and_then(|at| marked.get(at)) {
            item = item.raw("Prev", before);
        }
        if let Some((_, _, after)) = marked.get(at + 1) {
            item = item.raw("Next", after);
        }
        body.keep(*number, item)?;
    }
    Ok(Some(root))
}

const PRODUCER: &str = concat!("Belfort ", env!("CARGO_PKG_VERSION"));

/// What the file says about itself (section 14.3.3).
fn description(info: &PdfInfo) -> Dict {
    let texts = [("Title", &info.title), ("Author", &info.author), ("Subject", &info.subject)];
    let mut said = Dict::new();
    for (key, value) in texts.into_iter().filter(|(_, value)| !value.is_empty()) {
        said = said.text(key, value);
    }
    if let Some(created) = info.created {
        let date = created.format("D:%Y%m%d%H%M%S").to_string();
        let offset = created.format("%:z").to_string().replace(':', "'");
        said = said.text("CreationDate", &format!("{date}{offset}'"));
    }
    said.text("Producer", PRODUCER)
}

/// The same as XMP (ISO 16684-1), for programs that read no PDF.
fn metadata(info: &PdfInfo) -> String {
    let escaped = |value: &str| quick_xml::escape::escape(value).into_owned();
    let one = |kind: &str, value: &str| {
        format!("<rdf:{kind}><rdf:li>{}</rdf:li></rdf:{kind}>", escaped(value))
    };
    let any_language = |value: &str| {
        format!("<rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt>", escaped(value))
    };
    let entries = [
        ("dc:title", &info.title, any_language(&info.title)),
        ("dc:creator", &info.author, one("Seq", &info.author)),
        ("dc:description", &info.subject, any_language(&info.subject)),
        ("dc:language", &info.language, one("Bag", &info.language)),
    ];
    let mut said = String::new();
    for (name, value, written) in entries {
        if !value.is_empty() {
            said.push_str(&format!("<{name}>{written}</{name}>\n"));
        }
    }
    if let Some(created) = info.created {
        let date = created.format("%Y-%m-%dT%H:%M:%S%:z");
        said.push_str(&format!("<xmp:CreateDate>{date}</xmp:CreateDate>\n"));
    }
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" \
         xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n{said}\
         <pdf:Producer>{PRODUCER}</pdf:Producer>\n\
         </rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>"
    )
}
