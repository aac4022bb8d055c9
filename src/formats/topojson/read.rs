//! Reading TopoJSON: a table for each object.

use std::path::Path;

use super::arcs::{Arcs, Transform};
use super::geometry::{self, Head, Maker};
use crate::formats::encoding::{decode_file, evidence_of_utf8};
use crate::formats::geojson::{
    Fail, Found, GeometryOutcome, Oddities, Reader, Root, Rows, bad_json, failure, parse_crs,
    table_of,
};
use crate::formats::json::{JsonError, Scanner};
use crate::formats::whole::read_whole;
use crate::formats::{ListedLayer, ReadOptions};
use crate::i18n::{Arg, Message};
use crate::jobs::Watch;
use crate::problem::{FileError, Problems};
use crate::table::Table;

/// The most objects that become layers.
const MOST_LAYERS: usize = 1000;

/// Where the parts of a topology stand in the text.
#[derive(Debug, Default)]
struct Layout {
    is_topology: bool,
    has_transform: bool,
    /// None where there is none, or it is no good.
    transform: Option<Transform>,
    arcs: Option<usize>,
    /// The objects by their names.
    objects: Vec<(String, usize)>,
    crs: Option<String>,
}

impl Layout {
    fn of(text: &str) -> Result<Layout, JsonError> {
        let mut scanner = Scanner::new(text);
        let mut layout = Layout::default();
        if scanner.peek()? != b'{' {
            scanner.skip()?;
            scanner.end()?;
            return Ok(layout);
        }
        scanner.takes(b'{')?;
        let mut first = true;
        while let Some(key) = scanner.next_key(&mut first)? {
            let next = scanner.peek()?;
            let at = scanner.at();
            match &*key {
                "type" if next == b'"' => layout.is_topology = scanner.string()? == "Topology",
                "transform" if next == b'{' => {
                    layout.has_transform = true;
                    layout.transform = Transform::read(scanner.skip()?);
                }
                "arcs" => {
                    layout.arcs = Some(at);
                    scanner.skip()?;
                }
                "crs" => layout.crs = Some(scanner.skip()?.to_owned()),
                "objects" if next == b'{' => {
                    scanner.takes(b'{')?;
                    let mut first = true;
                    while let Some(name) = scanner.next_key(&mut first)? {
                        scanner.peek()?;
                        layout.objects.push((name.into_owned(), scanner.at()));
                        scanner.skip()?;
                    }
                }
                _ => {
                    scanner.skip()?;
                }
            }
        }
        scanner.end()?;
        Ok(layout)
    }
}

/// The objects, with how many geometries each holds.
pub(super) fn list(path: &Path, watch: &Watch) -> Result<Vec<ListedLayer>, FileError> {
    let bytes = read_whole(path, watch, |_| Ok(()))?;
    let (decoded, _) = decode_file(bytes, None, true);
    let text = &decoded.text;
    let layout = Layout::of(text).map_err(|error| bad_json(path, text, error))?;
    let rows = |at: usize| -> Result<u64, JsonError> {
        let mut scanner = Scanner::new(text);
        scanner.seek(at);
        if scanner.peek()? != b'{' {
            return Ok(0);
        }
        scanner.takes(b'{')?;
        let (mut first, mut count) = (true, None);
        while let Some(key) = scanner.next_key(&mut first)? {
            if key == "geometries" && scanner.peek()? == b'[' {
                scanner.takes(b'[')?;
                let (mut first, mut items) = (true, 0);
                while scanner.next_item(&mut first)? {
                    scanner.skip()?;
                    items += 1;
                }
                count = Some(items);
            } else {
                scanner.skip()?;
            }
        }
        Ok(count.unwrap_or(1))
    };
    let objects = layout.objects.iter().take(MOST_LAYERS);
    let listed = objects.map(|(name, at)| {
        let rows = rows(*at).map_err(|error| bad_json(path, text, error))?;
        Ok(ListedLayer { name: name.clone(), rows: Some(rows), ..ListedLayer::default() })
    });
    listed.collect()
}

/// Reads the objects of a topology, or the one asked for.
pub(super) fn read(
    path: &Path,
    options: &ReadOptions,
    watch: &Watch,
) -> Result<Vec<Table>, FileError> {
    let bytes = read_whole(path, watch, |_| Ok(()))?;
    let chosen = options.encoding.as_deref();
    let (decoded, evidence) = decode_file(bytes, chosen, true);
    let text = &decoded.text;
    let as_error = |fail: Fail| match fail {
        Fail::Json(error) => bad_json(path, text, error),
        other => failure(path, other),
    };
    let layout = Layout::of(text).map_err(|error| as_error(error.into()))?;
    if !layout.is_topology || layout.objects.is_empty() {
        let what = Message::new("error-not-topojson");
        return Err(FileError::new(path, what).remedy(Message::new("remedy-not-geojson")));
    }
    let mut problems = Problems::new();
    let replaced = vec![("encoding", Arg::Text(decoded.encoding.to_owned()))];
    problems.report("problem-text-replaced", decoded.replaced, replaced, None);
    if layout.has_transform && layout.transform.is_none() {
        let what = Message::new("error-topojson-transform");
        return Err(FileError::new(path, what).remedy(Message::new("remedy-mend-json")));
    }
    let transform = layout.transform;
    let mut arcs = Arcs::default();
    if let Some(at) = layout.arcs {
        let mut scanner = Scanner::new(text);
        scanner.seek(at);
        arcs = Arcs::read(&mut scanner, transform).map_err(|error| as_error(error.into()))?;
    }
    let beyond = layout.objects.len().saturating_sub(MOST_LAYERS);
    problems.add("problem-topojson-objects", u64::try_from(beyond).unwrap_or(u64::MAX));
    let is_several = layout.objects.len() > 1;
    let is_wanted = |name: &str| options.layer.as_deref().is_none_or(|wanted| wanted == name);
    let mut tables = Vec::new();
    for (name, at) in layout.objects.iter().take(MOST_LAYERS) {
        if is_several && !is_wanted(name) {
            continue;
        }
        let mut reader = Reader::new(text, Rows::default(), watch);
        reader.scanner.seek(*at);
        let mut maker = Maker { arcs: &mut arcs, transform, oddities: Oddities::default() };
        object(&mut reader, &mut maker).map_err(as_error)?;
        let mut root = Root::new();
        root.name = Some(name.clone());
        if let Some(crs) = &layout.crs {
            root.crs = parse_crs(crs);
        }
        let found = Found { rows: reader.rows, root };
        let mut table = table_of(found, path, decoded.encoding, options)?;
        table.origin.format = super::FORMAT.id;
        table.origin.layer = is_several.then(|| name.clone());
        let evidence = evidence.clone();
        let evidence = evidence.unwrap_or_else(|| evidence_of_utf8(&table, chosen, true));
        table.origin.texts = Some(evidence);
        tables.push(table);
    }
    if let Some(first) = tables.first_mut() {
        first.origin.problems.extend(problems);
    }
    Ok(tables)
}

/// An object: its geometries are rows, or it is one itself.
fn object(reader: &mut Reader<'_>, maker: &mut Maker<'_>) -> Result<(), Fail> {
    if reader.scanner.peek()? != b'{' {
        reader.scanner.skip()?;
        return Ok(());
    }
    let start = reader.scanner.at();
    reader.scanner.takes(b'{')?;
    let (mut head, mut first) = (Head::default(), true);
    while let Some(key) = reader.scanner.next_key(&mut first)? {
        if !head.member(&key, &mut reader.scanner)? {
            reader.scanner.skip()?;
        }
    }
    let is_collection = head.kind.as_deref() == Some("GeometryCollection");
    let Some(content) = head.content.filter(|_| is_collection) else {
        reader.scanner.seek(start);
        return row(reader, maker);
    };
    reader.scanner.seek(content);
    if reader.scanner.peek()? != b'[' {
        return Ok(());
    }
    reader.scanner.takes(b'[')?;
    let mut first = true;
    while reader.scanner.next_item(&mut first)? {
        row(reader, maker)?;
    }
    Ok(())
}

/// One geometry: a row.
fn row(reader: &mut Reader<'_>, maker: &mut Maker<'_>) -> Result<(), Fail> {
    reader.check()?;
    if reader.scanner.peek()? != b'{' {
        reader.scanner.skip()?;
        reader.rows.geometry.push_null();
        reader.rows.problems.at("problem-not-a-feature", reader.rows.place());
        reader.rows.count += 1;
        return Ok(());
    }
    reader.scanner.takes(b'{')?;
    let (mut head, mut first) = (Head::default(), true);
    while let Some(key) = reader.scanner.next_key(&mut first)? {
        if head.member(&key, &mut reader.scanner)? {
            continue;
        }
        match &*key {
            "properties" => reader.properties()?,
            "id" => reader.id()?,
            other => {
                reader.rows.note_foreign_member(other);
                reader.scanner.skip()?;
            }
        }
    }
    let end = reader.scanner.at();
    let made = maker.row(&mut reader.scanner, &head, &mut reader.rows.geometry);
    reader.scanner.seek(end);
    let oddities = std::mem::take(&mut maker.oddities);
    let (outcome, oddities) = match made {
        Ok(GeometryOutcome::Read) => {
            reader.rows.geometry.end_row();
            (GeometryOutcome::Read, oddities)
        }
        Ok(other) | Err(geometry::Fail::Bad(other)) => {
            reader.rows.geometry.cancel_row();
            reader.rows.geometry.push_null();
            (other, Oddities::default())
        }
        Err(geometry::Fail::Json(error)) => return Err(Fail::Json(error)),
        Err(geometry::Fail::TooMany) => {
            let what = Message::new("error-topojson-arcs");
            return Err(Fail::File(what, Message::new("remedy-smaller-parts")));
        }
    };
    reader.rows.note_outcome(&outcome, oddities);
    reader.rows.count += 1;
    Ok(())
}
