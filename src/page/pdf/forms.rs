//! A page that is drawn on several others (ISO 32000-1, section 8.10): it stands in the file once, each
//! of its parts as a form.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;

use super::super::display::DisplayList;
use super::error::PdfError;
use super::page::{self, POINTS, Prepared};
use super::parts::Written;
use super::pen::Needs;
use super::syntax::{Dict, Ref, real};
use super::{Fonts, PdfWriter};
use crate::jobs::{Watch, in_parallel};

/// A page of a file that is drawn on other pages.
#[derive(Clone, Debug)]
pub struct PdfForm {
    parts: Vec<Ref>,
    /// Its height, points.
    height: f64,
}

/// Where a form lies on a page.
#[derive(Clone, Copy, Debug)]
pub(super) struct FormPlace {
    /// What of it is seen on the page: left, top, right, bottom, millimetres of the page.
    pub seen: [f64; 4],
    /// Where its top left corner lies, millimetres of the page.
    pub at: [f64; 2],
    /// How large it is, as a share.
    pub scale: f64,
}

pub(super) fn add<W: Write>(
    file: &mut PdfWriter<W>,
    drawn: &DisplayList,
    watch: &Watch,
) -> Result<PdfForm, PdfError> {
    let Prepared { parts, images, layers, .. } = page::prepare(file, drawn, false)?;
    watch.check()?;
    let fonts: &Fonts = &file.fonts;
    let written =
        in_parallel(parts, |part| super::parts::write(drawn, &part, &images, fonts, watch));
    let millimetres = f64::from(drawn.millimetres_per_unit);
    let size = [drawn.width, drawn.height].map(|side| f64::from(side) * millimetres * POINTS);
    let bounds = [0.0, 0.0, size[0], size[1]].map(|edge| real(edge, 5));
    let mut forms = Vec::new();
    for part in written {
        let Written { bytes, needs } = part?;
        let resources = page::resources(file, &needs, layers.values().copied());
        let about = Dict::new()
            .name("Type", "XObject")
            .name("Subtype", "Form")
            .list("BBox", &bounds)
            .dict("Resources", &resources)
            .name("Filter", "FlateDecode");
        forms.push(file.body.stream(about, &bytes)?);
    }
    Ok(PdfForm { parts: forms, height: size[1] })
}

/// The operators that draw a form on a page of a height, points; and the names of what they draw.
pub(super) fn operators(
    form: &PdfForm,
    place: FormPlace,
    height: f64,
) -> (String, BTreeMap<String, Ref>) {
    let mut out = String::from("q\n");
    let [left, top, right, bottom] = place.seen.map(|length| length * POINTS);
    let seen = [left, height - bottom, right - left, bottom - top];
    let seen = seen.map(|length| real(length, 5)).join(" ");
    let _ = writeln!(out, "{seen} re W n");
    let scale = place.scale;
    let x = place.at[0] * POINTS;
    let y = height - place.at[1] * POINTS - form.height * scale;
    let (share, x, y) = (real(scale, 9), real(x, 6), real(y, 6));
    let _ = writeln!(out, "{share} 0 0 {share} {x} {y} cm");
    let mut names = BTreeMap::new();
    for (at, part) in form.parts.iter().enumerate() {
        let name = format!("P{at}");
        let _ = writeln!(out, "/{name} Do");
        names.insert(name, *part);
    }
    out.push_str("Q\n");
    (out, names)
}

/// What a page needs to draw a form beside its own.
pub(super) fn needs_of(names: &BTreeMap<String, Ref>, needs: &mut Needs) {
    needs.forms.extend(names.iter().map(|(name, number)| (name.clone(), *number)));
}
