//! Reading KML: a table for each layer.

use std::collections::BTreeMap;
use std::path::Path;

use super::extended::Schemas;
use super::folders::{Outline, TRACK_POINTS, is_folder};
use super::kmz::load_file;
use super::style::{RowStyle, Styles};
use super::style_columns;
use crate::crs::{Crs, HowFound, LayerCrs};
use crate::formats::ReadOptions;
use crate::formats::open::stem_of;
use crate::formats::xml::{
    Encoding, Loaded, Repeats, Rows, Source, Stop, Tag, Xml, as_file_error, cut_off, finish,
    no_rows,
};
use crate::jobs::Watch;
use crate::problem::{FileError, Problems};
use crate::table::{FieldKind, Table};

/// Reads the layers of a file, or the one asked for.
pub(super) fn read(
    path: &Path,
    options: &ReadOptions,
    watch: &Watch,
) -> Result<Vec<Table>, FileError> {
    let Loaded { text, encoding, problems } = load_file(path, options.encoding.as_deref(), watch)?;
    watch.set_total(u64::try_from(text.len()).unwrap_or(u64::MAX));
    let as_error = |stop| as_file_error(path, stop);
    let outline = Outline::of(&text, &stem_of(path), watch).map_err(as_error)?;
    let mut reader = Reader {
        xml: Xml::new(&text, watch),
        outline: &outline,
        wanted: options.layer.as_deref(),
        layers: BTreeMap::new(),
        styles: Styles::default(),
        schemas: Schemas::default(),
        problems,
    };
    match reader.file() {
        Ok(true) => {}
        Ok(false) => return Err(no_rows(path, "error-not-kml")),
        Err(Stop::Fault(fault)) if reader.layers.values().any(Layer::has_rows) => {
            reader.problems.extend(cut_off(fault));
        }
        Err(stop) => return Err(as_error(stop)),
    }
    reader.finish(path, options, &encoding)
}

/// A layer being read.
pub(super) struct Layer {
    /// The number of the folder.
    pub number: usize,
    pub rows: Rows,
    /// What gives each row its look.
    pub styles: Vec<RowStyle>,
    /// The positions of its tracks.
    pub points: Rows,
    /// Placemarks so far, whether or not they are asked for.
    pub placemarks: u64,
    /// Whether the placemarks are asked for, and the positions of tracks.
    pub is_wanted: [bool; 2],
}

impl Layer {
    fn has_rows(&self) -> bool {
        self.rows.count + self.points.count > 0
    }
}

/// Reads the elements of a file.
pub(super) struct Reader<'t, 'o> {
    pub xml: Xml<'t>,
    pub outline: &'o Outline,
    wanted: Option<&'o str>,
    pub layers: BTreeMap<usize, Layer>,
    pub styles: Styles,
    pub schemas: Schemas,
    pub problems: Problems,
}

impl Reader<'_, '_> {
    /// Reads the whole file; false where it is no KML.
    fn file(&mut self) -> Result<bool, Stop> {
        let Some(root) = self.xml.root()? else { return Ok(false) };
        let mut inside = vec![0];
        let mut folders = 0;
        if is_folder(root) {
            folders = 1;
            inside.push(folders);
        } else if root.local() == "Placemark" {
            self.placemark(root, 0)?;
            return Ok(true);
        } else if root.local() != "kml" {
            return Ok(false);
        }
        while let Some(at) = inside.last().copied() {
            let Some(tag) = self.xml.child()? else {
                inside.pop();
                continue;
            };
            if is_folder(tag) {
                folders += 1;
                inside.push(folders);
            } else {
                self.member(tag, at)?;
            }
        }
        Ok(true)
    }

    /// An element of a document or a folder.
    fn member(&mut self, tag: Tag<'_>, folder: usize) -> Result<(), Stop> {
        match tag.local() {
            "Placemark" => return self.placemark(tag, folder),
            "Style" | "StyleMap" | "CascadingStyle" => {
                return self.styles.define(&mut self.xml, tag, &mut self.problems);
            }
            "Schema" => return self.schemas.define(&mut self.xml, tag),
            "NetworkLink" => self.problems.add("problem-kml-links", 1),
            "GroundOverlay" | "ScreenOverlay" | "PhotoOverlay" => {
                self.problems.add("problem-kml-overlays", 1);
            }
            // These say nothing about the rows, or are read already.
            "name" | "description" | "open" | "visibility" | "Snippet" | "snippet" | "styleUrl" => {
            }
            other => not_kept(&mut self.problems, other),
        }
        self.xml.skip()
    }

    fn placemark(&mut self, tag: Tag<'_>, folder: usize) -> Result<(), Stop> {
        self.xml.check()?;
        let at = self.outline.layer_of(folder);
        let name = self.outline.layers.get(at).map(String::as_str).unwrap_or_default();
        let is_wanted = |suffix: &str| match self.wanted {
            None => true,
            Some(wanted) => wanted.strip_suffix(suffix).is_some_and(|wanted| wanted == name),
        };
        let mut layer = self.layers.remove(&at).unwrap_or_else(|| Layer {
            number: at,
            rows: Rows::default(),
            styles: Vec::new(),
            points: Rows::default(),
            placemarks: 0,
            is_wanted: [is_wanted(""), is_wanted(TRACK_POINTS)],
        });
        layer.placemarks += 1;
        let read = if layer.is_wanted == [false, false] {
            self.xml.skip()
        } else {
            if self.outline.is_merged {
                let folder = self.outline.layers.get(folder).map(String::as_str);
                let value = folder.unwrap_or_default();
                layer.rows.set("folder", Some(FieldKind::Text), value, Repeats::Dropped);
            }
            self.row(tag, &mut layer)
        };
        if read.is_err() {
            layer.rows.cancel_row();
        }
        self.layers.insert(at, layer);
        read
    }

    fn finish(
        mut self,
        path: &Path,
        options: &ReadOptions,
        encoding: &Encoding,
    ) -> Result<Vec<Table>, FileError> {
        self.problems.extend(std::mem::take(&mut self.xml.problems));
        let filled = |folder: &&super::folders::Folder| folder.placemarks > 0;
        let tracks = self.outline.folders.iter().any(|folder| folder.track_points > 0);
        let folders = self.outline.folders.iter().filter(filled).count();
        let is_several = tracks || folders > 1 && !self.outline.is_merged;
        let note = |at: usize| {
            let folders = &self.outline.folders;
            [at, 0, 1].into_iter().find_map(|at| folders.get(at)?.note.clone())
        };
        let source = |name: String, at: usize| Source {
            path,
            options,
            format: super::FORMAT.id,
            layer: is_several.then(|| name.clone()),
            name,
            encoding,
            note: note(at),
            crs: Some(LayerCrs::new(Crs::wgs84(), HowFound::Format)),
        };
        let mut tables = Vec::new();
        if self.layers.is_empty() {
            // A document without placemarks is a layer without rows.
            let name = self.outline.layers.get(1).or(self.outline.layers.first());
            let mut rows = Rows::default();
            self.schemas.fields_of_all(&mut rows);
            tables.push(finish(rows, source(name.cloned().unwrap_or_default(), 0))?);
        }
        for (at, layer) in std::mem::take(&mut self.layers) {
            let name = self.outline.layers.get(at).cloned().unwrap_or_default();
            let Layer { mut rows, styles, points, is_wanted, .. } = layer;
            let (look, columns) = style_columns::settle(&self.styles, &styles, &mut rows.problems);
            rows.settle_names();
            let points_name = format!("{name}{TRACK_POINTS}");
            let [has_rows, has_points] = is_wanted;
            if has_rows {
                let table = finish(rows, source(name, at))?;
                tables.push(style_columns::add(table, look, columns));
            }
            if has_points && points.count > 0 {
                tables.push(finish(points, source(points_name, at))?);
            }
        }
        if let Some(first) = tables.first_mut() {
            let own = std::mem::replace(&mut first.origin.problems, self.problems);
            first.origin.problems.extend(own);
        }
        Ok(tables)
    }
}

/// Counts an element that nothing is made of.
pub(super) fn not_kept(problems: &mut Problems, name: &str) {
    use crate::i18n::Arg;
    let name: String = name.chars().take(60).collect();
    problems.report("problem-xml-not-kept", 1, vec![("name", Arg::Text(name))], None);
}
