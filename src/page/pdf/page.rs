//! A page of a file.

use std::collections::BTreeMap;
use std::io::Write;

use super::super::display::{DisplayList, Item, Role};
use super::error::PdfError;
use super::fonts::resource_name;
use super::forms::{self, FormPlace, PdfForm};
use super::parts::{Part, Written, cut, write};
use super::pen::Needs;
use super::syntax::{Dict, Ref, list, real};
use super::tags::Tagged;
use super::{Fonts, PdfWriter, deflate};
use crate::jobs::{Watch, in_parallel};

/// Points of PDF in a millimetre.
pub(super) const POINTS: f64 = 72.0 / 25.4;

/// A page to write.
#[derive(Clone, Debug, PartialEq)]
pub struct PdfPage<'a> {
    /// What is on it.
    pub page: &'a DisplayList,
    /// What readers call it in place of its number.
    pub label: Option<String>,
    /// Its line in the list of pages; none for a page that is not in it.
    pub bookmark: Option<String>,
    /// What the map on it shows, for those who cannot see it.
    pub alternative: Option<String>,
    /// Where the map on it lies on the earth.
    pub viewport: Option<Viewport>,
}

impl PdfPage<'_> {
    /// A page about which nothing more is said.
    pub fn new(page: &DisplayList) -> PdfPage<'_> {
        PdfPage { page, label: None, bookmark: None, alternative: None, viewport: None }
    }
}

/// Where a rectangle of a page lies on the earth.
#[derive(Clone, Debug, PartialEq)]
pub struct Viewport {
    /// The rectangle: left, top, right, bottom, page units.
    pub rect: [f32; 4],
    /// Longitude and latitude in degrees of its corners: top left, top right, bottom right, bottom
    /// left; in the datum of the coordinate system, not in WGS 84.
    pub corners: [[f64; 2]; 4],
    /// The code of the coordinate system in EPSG's list, where it has one.
    pub epsg: Option<u32>,
    /// The coordinate system in well-known text (version 1, which is what readers know).
    pub wkt: Option<String>,
}

/// What is to be remembered of a page that is written.
pub(super) struct KnownPage {
    pub number: Ref,
    pub label: Option<String>,
    pub bookmark: Option<String>,
}

/// A page ready to be written.
pub(super) struct Prepared<'a> {
    pub parts: Vec<Part<'a>>,
    /// The numbers of its pictures, by group and item.
    pub images: BTreeMap<(usize, usize), usize>,
    /// The layers of the file, by group.
    pub layers: BTreeMap<usize, usize>,
    pub tagged: Tagged,
}

/// Cuts what is drawn into parts, and has the file know its fonts, pictures and layers.
pub(super) fn prepare<'a, W: Write>(
    file: &mut PdfWriter<W>,
    drawn: &'a DisplayList,
    is_read: bool,
) -> Result<Prepared<'a>, PdfError> {
    let mut images = Vec::new();
    let mut places = Vec::new();
    for (group, items) in drawn.groups.iter().map(|group| &group.items).enumerate() {
        for (at, item) in items.iter().enumerate() {
            match item {
                Item::Text(text) => file.fonts.learn(&text.line, &mut file.body),
                Item::Glyphs(run) => file.fonts.learn(&run.line, &mut file.body),
                Item::Image(image) => {
                    images.push(image);
                    places.push((group, at));
                }
                Item::Shape(_) => {}
            }
        }
    }
    let numbers = file.pictures.learn(&images, &mut file.body)?;
    let images: BTreeMap<_, _> = places.into_iter().zip(numbers).collect();
    let mut parts = cut(drawn);
    let mut layers = BTreeMap::new();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (number, group) in drawn.groups.iter().enumerate() {
        if group.role == Role::Layer && !group.items.is_empty() {
            let nth = seen.entry(group.name.as_str()).or_default();
            layers.insert(number, file.layers.learn(&group.name, *nth, &mut file.body));
            *nth += 1;
        }
    }
    let mut tagged = Tagged::default();
    for part in &mut parts {
        part.layer = layers.get(&part.number).copied();
        part.tag = if is_read { tagged.add(part.group.role, part.number) } else { None };
    }
    Ok(Prepared { parts, images, layers, tagged })
}

pub(super) fn add<W: Write>(
    file: &mut PdfWriter<W>,
    page: &PdfPage<'_>,
    over: Option<(&PdfForm, FormPlace)>,
    watch: &Watch,
) -> Result<(), PdfError> {
    let drawn = page.page;
    let Prepared { parts, images, layers, mut tagged } = prepare(file, drawn, true)?;
    watch.check()?;
    let fonts: &Fonts = &file.fonts;
    let written = in_parallel(parts, |part| write(drawn, &part, &images, fonts, watch));
    let millimetres = f64::from(drawn.millimetres_per_unit);
    let size = [drawn.width, drawn.height].map(|side| f64::from(side) * millimetres * POINTS);

    let mut contents = Vec::new();
    let mut needs = Needs::default();
    if let Some((form, place)) = over {
        // What it shows is read as one picture.
        let (drawing, names) = forms::operators(form, place, size[1]);
        let tag = tagged.add(Role::Layer, usize::MAX).unwrap_or(0);
        let drawing = format!("/Figure <</MCID {tag}>> BDC\n{drawing}EMC\n");
        let about = Dict::new().name("Filter", "FlateDecode");
        contents.push(file.body.stream(about, &deflate(drawing.as_bytes()))?);
        forms::needs_of(&names, &mut needs);
    }
    for part in written {
        let Written { bytes, needs: theirs } = part?;
        let about = Dict::new().name("Filter", "FlateDecode");
        contents.push(file.body.stream(about, &bytes)?);
        needs.fonts.extend(theirs.fonts);
        needs.fill_alphas.extend(theirs.fill_alphas);
        needs.stroke_alphas.extend(theirs.stroke_alphas);
        needs.images.extend(theirs.images);
    }
    let number = file.body.promise();
    let blending = Dict::new().name("S", "Transparency").name("CS", "DeviceRGB");
    let mut entry = Dict::new()
        .name("Type", "Page")
        .raw("Parent", file.tree)
        .list("MediaBox", [0.0, 0.0, size[0], size[1]].map(|edge| real(edge, 5)))
        .list("Contents", contents)
        .dict("Resources", &resources(file, &needs, layers.values().copied()))
        .dict("Group", &blending)
        .raw("StructParents", file.pages.len())
        .name("Tabs", "S");
    if let Some(viewport) = &page.viewport {
        let to_points = |[x, y]: [f32; 2]| {
            [f64::from(x) * millimetres * POINTS, size[1] - f64::from(y) * millimetres * POINTS]
        };
        entry = entry.list("VP", [geographic(viewport, to_points)]);
    }
    file.body.keep(number, entry)?;
    let (label, bookmark) = (page.label.clone(), page.bookmark.clone());
    file.tags.add(number, tagged, page.alternative.clone(), &drawn.groups);
    file.pages.push(KnownPage { number, label, bookmark });
    Ok(())
}

pub(super) fn resources<W: Write>(
    file: &PdfWriter<W>,
    needs: &Needs,
    layers: impl Iterator<Item = usize>,
) -> Dict {
    let mut fonts = Dict::new();
    for (name, number) in needs
        .fonts
        .iter()
        .filter_map(|font| Some((resource_name(*font), file.fonts.number(*font)?)))
    {
        fonts = fonts.raw(name, number);
    }
    let mut states = Dict::new();
    let alpha = |alpha: u8| real(f64::from(alpha) / 255.0, 4);
    for fill in &needs.fill_alphas {
        states = states.dict(&format!("f{fill}"), &Dict::new().raw("ca", alpha(*fill)));
    }
    for line in &needs.stroke_alphas {
        states = states.dict(&format!("s{line}"), &Dict::new().raw("CA", alpha(*line)));
    }
    let mut images = Dict::new();
    for image in &needs.images {
        if let Some(number) = file.pictures.number(*image) {
            images = images.raw(&format!("I{image}"), number);
        }
    }
    for (name, number) in &needs.forms {
        images = images.raw(name, number);
    }
    let mut groups = Dict::new();
    for layer in layers {
        if let Some(number) = file.layers.number(layer) {
            groups = groups.raw(&format!("L{layer}"), number);
        }
    }
    let all = [("Font", fonts), ("ExtGState", states), ("XObject", images), ("Properties", groups)];
    all.iter()
        .filter(|(_, entries)| !entries.is_empty())
        .fold(Dict::new(), |dict, (key, entries)| dict.dict(key, entries))
}

/// The place of a map on the earth. Its corners are given as shares of the rectangle from the
/// bottom left, and as latitude and longitude.
fn geographic(viewport: &Viewport, to_points: impl Fn([f32; 2]) -> [f64; 2]) -> Dict {
    let [left, top, right, bottom] = viewport.rect;
    let [[x0, y1], [x1, y0]] = [[left, top], [right, bottom]].map(to_points);
    let degrees = viewport.corners.iter().flat_map(|[lon, lat]| [*lat, *lon]);
    let mut system = Dict::new().name("Type", "PROJCS");
    if let Some(code) = viewport.epsg {
        system = system.raw("EPSG", code);
    }
    if let Some(wkt) = &viewport.wkt {
        system = system.text("WKT", wkt);
    }
    // Lengths in kilometres or metres, areas in square metres, angles in degrees.
    let units = ["/KM", "/SQM", "/DEG"];
    let measure = Dict::new()
        .name("Type", "Measure")
        .name("Subtype", "GEO")
        .list("Bounds", [0, 1, 1, 1, 1, 0, 0, 0])
        .list("GPTS", degrees.map(|angle| real(angle, 10)))
        .list("LPTS", [0, 1, 1, 1, 1, 0, 0, 0])
        .list("PDU", units)
        .dict("GCS", &system);
    Dict::new()
        .name("Type", "Viewport")
        .raw("BBox", list([x0, y0, x1, y1].map(|edge| real(edge, 5))))
        .dict("Measure", &measure)
}
