//! A page cut into parts, each a stream of its own that begins and ends with the pen as it was.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::display::{DisplayList, Group, Item, Role};
use super::deflate;
use super::error::PdfError;
use super::fonts::Fonts;
use super::pen::{Needs, Pen, STEP};
use super::syntax::real;
use crate::jobs::Watch;

/// About how many steps of paths a part holds: a megabyte of operators.
const STEPS_PER_PART: usize = 60_000;

/// What an item that is no path counts for.
const STEPS_PER_ITEM: usize = 50;

/// How many things are written between two looks at a cancel.
const ITEMS_PER_CHECK: usize = 4096;

/// A part of a group.
#[derive(Clone, Debug)]
pub(super) struct Part<'a> {
    pub group: &'a Group,
    /// The number of the group on the page.
    pub number: usize,
    pub items: Range<usize>,
    /// The layer of the file it belongs to.
    pub layer: Option<usize>,
    /// Its number among what is tagged on the page.
    pub tag: Option<usize>,
}

/// A part, written.
pub(super) struct Written {
    /// Deflated operators.
    pub bytes: Vec<u8>,
    pub needs: Needs,
}

/// Cuts a page; groups without anything are left out.
pub(super) fn cut(page: &DisplayList) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    for (number, group) in page.groups.iter().enumerate() {
        let (mut begin, mut steps) = (0, 0);
        for (at, item) in group.items.iter().enumerate() {
            steps += match item {
                Item::Shape(shape) => shape.outline.commands.len() + 1,
                _ => STEPS_PER_ITEM,
            };
            if steps >= STEPS_PER_PART || at + 1 == group.items.len() {
                let items = begin..at + 1;
                parts.push(Part { group, number, items, layer: None, tag: None });
                (begin, steps) = (at + 1, 0);
            }
        }
    }
    parts
}

/// Writes a part. Images have the numbers they have by group and item.
pub(super) fn write(
    page: &DisplayList,
    part: &Part<'_>,
    images: &BTreeMap<(usize, usize), usize>,
    fonts: &Fonts,
    watch: &Watch,
) -> Result<Written, PdfError> {
    #[expect(clippy::cast_possible_truncation, reason = "some 200 at most")]
    let steps = (f64::from(page.millimetres_per_unit) / STEP) as f32;
    let mut pen = Pen::new(steps, page.screen_point(), fonts);
    match part.tag {
        Some(tag) => pen.op(&format!("/{} <</MCID {tag}>> BDC", name(part.group.role))),
        None => pen.op("/Artifact BMC"),
    }
    if let Some(layer) = part.layer {
        pen.op(&format!("/OC /L{layer} BDC"));
    }
    pen.op("q");
    // Steps from the top left corner, y pointing down.
    let point = real(STEP * 72.0 / 25.4, 12);
    let height = f64::from(page.height) * f64::from(page.millimetres_per_unit) * 72.0 / 25.4;
    pen.op(&format!("{point} 0 0 -{point} 0 {} cm", real(height, 6)));
    if let Some(clip) = part.group.clip {
        pen.clip(clip);
    }
    let items = part.group.items.get(part.items.clone()).unwrap_or_default();
    for (at, item) in part.items.clone().zip(items) {
        if at % ITEMS_PER_CHECK == 0 {
            watch.check()?;
        }
        if let (Item::Image(image), Some(number)) = (item, images.get(&(part.number, at))) {
            pen.image(*number, image.at, image.size);
        } else {
            pen.item(item);
        }
    }
    pen.flush();
    pen.op("Q");
    if part.layer.is_some() {
        pen.op("EMC");
    }
    pen.op("EMC");
    Ok(Written { bytes: deflate(&pen.out), needs: pen.needs })
}

/// What a group is for readers that see no page (ISO 32000-1, section 14.8.4).
pub(super) fn name(role: Role) -> &'static str {
    match role {
        Role::Furniture => "Artifact",
        Role::Layer => "Figure",
        Role::Title => "H1",
        Role::Text => "P",
    }
}
