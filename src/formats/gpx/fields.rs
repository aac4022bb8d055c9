//! The values of points, routes and tracks: GPX's own elements, and what stands in extensions.

use std::collections::HashMap;

use super::PREFIX;
use crate::formats::xml::{GIVES_WAY, Repeats, Rows, Stop, Tag, Xml};
use crate::table::FieldKind;

/// GPX's own elements with text, and what that is; none where it shows.
const ELEMENTS: [(&str, Option<FieldKind>); 22] = [
    ("ele", Some(FieldKind::Number)),
    ("time", None),
    ("magvar", Some(FieldKind::Number)),
    ("geoidheight", Some(FieldKind::Number)),
    ("name", Some(FieldKind::Text)),
    ("cmt", Some(FieldKind::Text)),
    ("desc", Some(FieldKind::Text)),
    ("src", Some(FieldKind::Text)),
    ("url", Some(FieldKind::Text)),
    ("urlname", Some(FieldKind::Text)),
    ("number", Some(FieldKind::Integer)),
    ("sym", Some(FieldKind::Text)),
    ("type", Some(FieldKind::Text)),
    ("fix", Some(FieldKind::Text)),
    ("sat", Some(FieldKind::Integer)),
    ("hdop", Some(FieldKind::Number)),
    ("vdop", Some(FieldKind::Number)),
    ("pdop", Some(FieldKind::Number)),
    ("ageofdgpsdata", Some(FieldKind::Number)),
    ("dgpsid", Some(FieldKind::Integer)),
    // Of GPX 1.0.
    ("course", Some(FieldKind::Number)),
    ("speed", Some(FieldKind::Number)),
];

/// Columns that reading makes itself.
const OTHERS: [&str; 7] = [
    "begin",
    "end",
    "track_fid",
    "track_seg_id",
    "track_seg_point_id",
    "route_fid",
    "route_point_id",
];

/// What the file says about the kinds of its own fields.
pub(super) type Kinds = HashMap<String, FieldKind>;

/// Reads an element of a point, a route or a track into the row being read; its text where it is
/// one of GPX's own.
pub(super) fn read<'t>(
    xml: &mut Xml<'t>,
    tag: Tag<'t>,
    rows: &mut Rows,
    links: &mut u32,
    kinds: &Kinds,
) -> Result<Option<String>, Stop> {
    let own = ELEMENTS.iter().find(|(name, _)| *name == tag.name);
    if let Some((name, told)) = own {
        let text = xml.text()?;
        if !text.is_empty() {
            rows.set(name, *told, &text, Repeats::Joined);
        }
        return Ok(Some(text.into_owned()));
    }
    match tag.name {
        "link" => link(xml, tag, rows, links)?,
        "extensions" => extensions(xml, None, rows, kinds)?,
        // GPX 1.0 has no element around them.
        _ => extensions(xml, Some(tag), rows, kinds)?,
    }
    Ok(None)
}

/// `<link href="…"><text>…</text><type>…</type></link>`.
fn link(xml: &mut Xml<'_>, tag: Tag<'_>, rows: &mut Rows, links: &mut u32) -> Result<(), Stop> {
    *links = links.saturating_add(1);
    let mut set = |part: &str, value: &str| {
        if !value.is_empty() {
            let name = format!("link{links}_{part}");
            rows.set(&name, Some(FieldKind::Text), value, Repeats::Joined);
        }
    };
    set("href", &tag.attribute("href").unwrap_or_default());
    while let Some(tag) = xml.child()? {
        let text = xml.text()?;
        set(tag.local(), &text);
    }
    Ok(())
}

/// What stands in the element begun last, which may be an extension itself.
fn extensions<'t>(
    xml: &mut Xml<'t>,
    itself: Option<Tag<'t>>,
    rows: &mut Rows,
    kinds: &Kinds,
) -> Result<(), Stop> {
    let depth = xml.depth();
    let mut itself = itself;
    while let Some((tag, text)) = xml.leaf(depth, itself.take())? {
        set(rows, tag, &text, kinds);
    }
    Ok(())
}

fn set(rows: &mut Rows, tag: Tag<'_>, text: &str, kinds: &Kinds) {
    if tag.name.strip_prefix(PREFIX).is_some_and(|rest| rest.starts_with(':')) {
        // A field that Belfort wrote: by its own name and kind.
        let name = tag.attribute("name");
        let name = name.as_deref().unwrap_or(tag.local());
        let told = kinds.get(name).copied();
        if !text.is_empty() || told == Some(FieldKind::Text) {
            rows.set(&column_name(name), told, text, Repeats::Joined);
        }
        return;
    }
    let name = column_name(tag.local());
    if !text.is_empty() {
        rows.set(&name, None, text, Repeats::Joined);
    }
    for (attribute, value) in tag.attributes() {
        if !attribute.starts_with("xmlns") && !value.is_empty() {
            let name = format!("{}_{attribute}", tag.local());
            rows.set(&column_name(&name), None, value, Repeats::Joined);
        }
    }
}

/// The column of an extension: GPX's own elements go before.
fn column_name(name: &str) -> String {
    let is_own = ELEMENTS.iter().any(|(own, _)| *own == name) || OTHERS.contains(&name);
    if is_own { format!("{name}{GIVES_WAY}") } else { name.to_owned() }
}
