//! Reading GPX.

use std::path::Path;

use super::fields::{self, Kinds};
use super::list::Kind;
use crate::crs::{Crs, HowFound, LayerCrs};
use crate::formats::ReadOptions;
use crate::formats::json::short_decimal;
use crate::formats::open::stem_of;
use crate::formats::whole::read_whole;
use crate::formats::xml::{
    Encoding, Loaded, Position, Repeats, Rows, Source, Stop, Tag, Xml, as_file_error, cut_off,
    finish, load, no_rows,
};
use crate::i18n::Arg;
use crate::jobs::Watch;
use crate::problem::{FileError, Problems};
use crate::table::{FieldKind, GeometryKind, Table};

/// Reads the layers of a file, or the one asked for.
pub(super) fn read(
    path: &Path,
    options: &ReadOptions,
    watch: &Watch,
) -> Result<Vec<Table>, FileError> {
    let bytes = read_whole(path, watch, |_| Ok(()))?;
    let Loaded { text, encoding, problems } = load(bytes, options.encoding.as_deref());
    watch.set_total(u64::try_from(text.len()).unwrap_or(u64::MAX));
    let mut reader = Reader {
        xml: Xml::new(&text, watch),
        layers: Default::default(),
        kinds: Kinds::new(),
        note: None,
        problems,
        positions: Vec::new(),
    };
    match reader.file() {
        Ok(true) => {}
        Ok(false) => return Err(no_rows(path, "error-not-gpx")),
        Err(Stop::Fault(fault)) if reader.layers.iter().any(|rows| rows.count > 0) => {
            reader.problems.extend(cut_off(fault));
        }
        Err(stop) => return Err(as_file_error(path, stop)),
    }
    reader.finish(path, options, &encoding)
}

struct Reader<'t> {
    xml: Xml<'t>,
    /// In the order of [`Kind::ALL`].
    layers: [Rows; 5],
    kinds: Kinds,
    note: Option<String>,
    problems: Problems,
    /// Those of the segment being read.
    positions: Vec<Position>,
}

/// The moments of a track's first and last position that has one.
#[derive(Default)]
struct Span {
    begin: Option<String>,
    end: Option<String>,
}

/// Where a position stands in a route or a track.
#[derive(Clone, Copy)]
struct Within {
    line: usize,
    segment: Option<u64>,
    point: u64,
}

impl<'t> Reader<'t> {
    /// Reads the whole file; false where it is no GPX.
    fn file(&mut self) -> Result<bool, Stop> {
        let Some(root) = self.xml.root()? else { return Ok(false) };
        if root.local() != "gpx" {
            return Ok(false);
        }
        while let Some(tag) = self.xml.child()? {
            match tag.local() {
                "wpt" => {
                    let _ = self.point(tag, Kind::Waypoints, None)?;
                }
                "rte" => self.line(Kind::Routes)?,
                "trk" => self.line(Kind::Tracks)?,
                "metadata" => {
                    while let Some(tag) = self.xml.child()? {
                        self.metadata(tag)?;
                    }
                }
                // GPX 1.0 has no element around them.
                _ => self.metadata(tag)?,
            }
        }
        Ok(true)
    }

    fn metadata(&mut self, tag: Tag<'t>) -> Result<(), Stop> {
        match tag.local() {
            "desc" => self.note = Some(self.xml.text()?.into_owned()).filter(|it| !it.is_empty()),
            // What the file is called, and what its positions tell as well.
            "name" | "bounds" => self.xml.skip()?,
            "extensions" => {
                let depth = self.xml.depth();
                while let Some((tag, text)) = self.xml.leaf(depth, None)? {
                    let is_own = tag.name.starts_with(super::PREFIX) && tag.local() == "field";
                    match (tag.attribute("name"), kind_of(&text)) {
                        (Some(name), Some(kind)) if is_own => {
                            self.kinds.insert(name.into_owned(), kind);
                        }
                        _ => self.not_kept(tag.name),
                    }
                }
            }
            _ => {
                self.not_kept(tag.name);
                self.xml.skip()?;
            }
        }
        Ok(())
    }

    fn not_kept(&mut self, name: &str) {
        let name: String = name.chars().take(60).collect();
        self.problems.report("problem-xml-not-kept", 1, vec![("name", Arg::Text(name))], None);
    }

    /// A point of any kind: a row of its layer. Its position, and its moment.
    fn point(
        &mut self,
        tag: Tag<'t>,
        kind: Kind,
        within: Option<Within>,
    ) -> Result<(Option<[f64; 2]>, Option<f64>, Option<String>), Stop> {
        self.xml.check()?;
        let Some(rows) = self.layers.get_mut(kind as usize) else {
            return self.xml.skip().map(|()| (None, None, None));
        };
        if let Some(within) = within {
            add_numbers(rows, kind, within);
        }
        let read = point_values(&mut self.xml, rows, &self.kinds);
        let (height, moment) = match read {
            Ok(found) => found,
            Err(stop) => {
                rows.cancel_row();
                return Err(stop);
            }
        };
        let xy = position(tag);
        if let Some(xy) = xy {
            let mut shape = rows.begin_shape();
            shape.point(&mut rows.geometry, Some((xy, height)));
            let _ = shape.settle(&mut rows.geometry);
        } else {
            let _ = rows.begin_shape();
            rows.drop_shape("problem-bad-coordinates");
        }
        rows.end_row();
        Ok((xy, height, moment))
    }

    /// A route or a track: a row. Where the file breaks off in it, what was read is kept.
    fn line(&mut self, kind: Kind) -> Result<(), Stop> {
        self.xml.check()?;
        let mut rows = self.layers.get_mut(kind as usize).map(std::mem::take).unwrap_or_default();
        let mut shape = rows.begin_shape();
        let mut span = Span::default();
        let mut bad = 0;
        self.positions.clear();
        let mut lines: Vec<Vec<Position>> = Vec::new();
        let read = self.line_values(kind, &mut rows, &mut lines, &mut span, &mut bad);
        if kind == Kind::Routes || !self.positions.is_empty() {
            lines.push(std::mem::take(&mut self.positions));
        }
        let is_empty = lines.iter().all(Vec::is_empty);
        if read.is_err() && is_empty {
            rows.cancel_row();
        } else {
            for line in &lines {
                shape.line(&mut rows.geometry, line);
            }
            if kind == Kind::Tracks {
                rows.geometry.set_kind(GeometryKind::MultiLineString);
                for (name, moment) in [("begin", span.begin), ("end", span.end)] {
                    if let Some(moment) = moment {
                        rows.set(name, None, &moment, Repeats::Dropped);
                    }
                }
            } else {
                let _ = shape.settle(&mut rows.geometry);
            }
            rows.problems.report("problem-gpx-bad-point", bad, Vec::new(), Some(rows.place()));
            rows.end_row();
        }
        if let Some(layer) = self.layers.get_mut(kind as usize) {
            *layer = rows;
        }
        read
    }

    fn line_values(
        &mut self,
        kind: Kind,
        rows: &mut Rows,
        lines: &mut Vec<Vec<Position>>,
        span: &mut Span,
        bad: &mut u64,
    ) -> Result<(), Stop> {
        let mut links = 0;
        let (mut segment, mut point) = (0, 0);
        while let Some(tag) = self.xml.child()? {
            match (tag.local(), kind) {
                ("rtept", Kind::Routes) => {
                    let within = Within { line: rows.count, segment: None, point };
                    self.position(tag, Kind::RoutePoints, within, span, bad)?;
                    point += 1;
                }
                ("trkseg", Kind::Tracks) => {
                    let mut point = 0;
                    while let Some(tag) = self.xml.child()? {
                        if tag.local() == "trkpt" {
                            let within = Within { line: rows.count, segment: Some(segment), point };
                            self.position(tag, Kind::TrackPoints, within, span, bad)?;
                            point += 1;
                        } else {
                            rows.not_kept(tag.name);
                            self.xml.skip()?;
                        }
                    }
                    segment += 1;
                    lines.push(std::mem::take(&mut self.positions));
                }
                _ => {
                    fields::read(&mut self.xml, tag, rows, &mut links, &self.kinds)?;
                }
            }
        }
        Ok(())
    }

    /// A position of a route or a track.
    fn position(
        &mut self,
        tag: Tag<'t>,
        kind: Kind,
        within: Within,
        span: &mut Span,
        bad: &mut u64,
    ) -> Result<(), Stop> {
        let (xy, height, moment) = self.point(tag, kind, Some(within))?;
        match xy {
            Some(xy) => self.positions.push((xy, height)),
            None => *bad += 1,
        }
        if let Some(moment) = moment {
            if span.begin.is_none() {
                span.begin = Some(moment.clone());
            }
            span.end = Some(moment);
        }
        Ok(())
    }

    fn finish(
        mut self,
        path: &Path,
        options: &ReadOptions,
        encoding: &Encoding,
    ) -> Result<Vec<Table>, FileError> {
        self.problems.extend(std::mem::take(&mut self.xml.problems));
        let mut filled: Vec<(Kind, Rows)> = Kind::ALL
            .into_iter()
            .zip(std::mem::take(&mut self.layers))
            .filter(|(kind, rows)| rows.count > 0 && tells(*kind, rows))
            .collect();
        if filled.is_empty() {
            // A file without points is a layer without rows.
            filled.push((Kind::Waypoints, Rows::default()));
        }
        let stem = stem_of(path);
        let is_one = filled.len() == 1;
        let is_wanted = |kind: Kind| options.layer.as_deref().is_none_or(|it| it == kind.name());
        let mut tables = Vec::new();
        for (kind, mut rows) in filled {
            if !is_wanted(kind) && !is_one {
                continue;
            }
            rows.settle_names();
            let name = if is_one { stem.clone() } else { format!("{stem} {}", kind.name()) };
            let source = Source {
                path,
                options,
                format: super::FORMAT.id,
                name,
                layer: Some(kind.name().to_owned()),
                encoding,
                note: self.note.clone(),
                crs: Some(LayerCrs::new(Crs::wgs84(), HowFound::Format)),
            };
            tables.push(finish(rows, source)?);
        }
        if let Some(first) = tables.first_mut() {
            let own = std::mem::replace(&mut first.origin.problems, self.problems);
            first.origin.problems.extend(own);
        }
        Ok(tables)
    }
}

/// Whether a layer is to be made of the positions of lines: they have more than a place.
fn tells(kind: Kind, rows: &Rows) -> bool {
    let plain = |name: &str| {
        matches!(
            name,
            "ele"
                | "track_fid"
                | "track_seg_id"
                | "track_seg_point_id"
                | "route_fid"
                | "route_point_id"
        )
    };
    match kind {
        Kind::RoutePoints | Kind::TrackPoints => !rows.names().all(plain),
        Kind::Waypoints | Kind::Routes | Kind::Tracks => true,
    }
}

/// The numbers by which a position is found in its route or track, from 0 as GDAL counts.
fn add_numbers(rows: &mut Rows, kind: Kind, within: Within) {
    let mut set = |name: &str, number: u64| {
        let told = Some(FieldKind::Integer);
        rows.set(name, told, &number.to_string(), Repeats::Dropped);
    };
    let line = u64::try_from(within.line).unwrap_or(u64::MAX);
    if kind == Kind::RoutePoints {
        set("route_fid", line);
        set("route_point_id", within.point);
    } else {
        set("track_fid", line);
        set("track_seg_id", within.segment.unwrap_or_default());
        set("track_seg_point_id", within.point);
    }
}

/// The values of a point; its height and its moment.
fn point_values(
    xml: &mut Xml<'_>,
    rows: &mut Rows,
    kinds: &Kinds,
) -> Result<(Option<f64>, Option<String>), Stop> {
    let (mut height, mut moment) = (None, None);
    let mut links = 0;
    while let Some(tag) = xml.child()? {
        let text = fields::read(xml, tag, rows, &mut links, kinds)?;
        match tag.name {
            "ele" => height = text.as_deref().and_then(number),
            "time" => moment = text.filter(|text| !text.is_empty()),
            _ => {}
        }
    }
    Ok((height, moment))
}

/// The longitude and latitude of a point.
fn position(tag: Tag<'_>) -> Option<[f64; 2]> {
    let of = |name| tag.attribute(name).as_deref().and_then(number);
    Some([of("lon")?, of("lat")?])
}

fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let number = short_decimal(text).or_else(|| text.parse().ok());
    number.filter(|number: &f64| number.is_finite())
}

fn kind_of(name: &str) -> Option<FieldKind> {
    Some(match name {
        "boolean" => FieldKind::Boolean,
        "integer" => FieldKind::Integer,
        "number" => FieldKind::Number,
        "text" => FieldKind::Text,
        _ => return None,
    })
}
