//! Reading GML: a table for each type of feature.

use std::collections::HashMap;
use std::path::Path;

use super::members::{Members, Root, root_of};
use super::namespaces::Namespaces;
use super::schema::Schema;
use super::systems::{Context, Systems};
use crate::crs::{HowFound, LayerCrs};
use crate::formats::ReadOptions;
use crate::formats::guessed_crs::guessed;
use crate::formats::open::stem_of;
use crate::formats::whole::read_whole;
use crate::formats::xml::{
    Encoding, GIVES_WAY, Loaded, Rows, Source, Stop, Tag, Xml, as_file_error, cut_off, exception,
    finish, load, no_rows,
};
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::problem::{FileError, Problems};
use crate::table::{FieldKind, Table};

/// The most types of features; a file that uses changing data as names would make a table of each.
pub(super) const LAYERS: usize = 500;

/// Reads the layers of a file, or the one asked for.
pub(super) fn read(
    path: &Path,
    options: &ReadOptions,
    watch: &Watch,
) -> Result<Vec<Table>, FileError> {
    let bytes = read_whole(path, watch, |_| Ok(()))?;
    let Loaded { text, encoding, problems } = load(bytes, options.encoding.as_deref());
    watch.set_total(u64::try_from(text.len()).unwrap_or(u64::MAX));
    let root = root(path, &text, watch)?;
    let mut reader = Reader {
        xml: Xml::new(&text, watch),
        members: Members::default(),
        namespaces: Namespaces::default(),
        systems: Systems::default(),
        schema: Schema::beside(path),
        wanted: options.layer.as_deref(),
        layers: Vec::new(),
        by_name: HashMap::new(),
        problems,
    };
    match reader.file(root) {
        Ok(()) => {}
        Err(Stop::Fault(fault)) if reader.layers.iter().any(|layer| layer.rows.count > 0) => {
            reader.problems.extend(cut_off(fault));
        }
        Err(stop) => return Err(as_file_error(path, stop)),
    }
    reader.finish(path, options, &encoding)
}

/// What a text is.
///
/// # Errors
/// When it is no GML, or what a service says in place of it.
pub(super) fn root(path: &Path, text: &str, watch: &Watch) -> Result<Root, FileError> {
    match root_of(&mut Xml::new(text, watch)) {
        Ok(Root::Other) => {
            let Some(said) = exception(text) else { return Err(no_rows(path, "error-not-gml")) };
            let what = Message::new("error-gml-exception").text("said", said);
            Err(FileError::new(path, what).remedy(Message::new("remedy-gml-exception")))
        }
        Ok(root) => Ok(root),
        // Of a feature alone that breaks off there is nothing to keep.
        Err(stop) => Err(as_file_error(path, stop)),
    }
}

/// A type of feature.
#[derive(Default)]
pub(super) struct Layer {
    /// The name of the element, with its prefix.
    element: String,
    pub rows: Rows,
    /// The system that its coordinates are in.
    pub system: Option<usize>,
    /// The property that says where its rows are.
    pub place: Option<String>,
    /// What its schema says of its properties.
    told: HashMap<String, FieldKind>,
    is_wanted: bool,
}

impl Layer {
    /// What the schema says that a property is.
    pub fn told(&self, path: &str) -> Option<FieldKind> {
        self.told.get(path).copied()
    }
}

/// Reads the elements of a file.
pub(super) struct Reader<'t, 'o> {
    pub xml: Xml<'t>,
    members: Members,
    pub namespaces: Namespaces,
    pub systems: Systems,
    schema: Schema,
    wanted: Option<&'o str>,
    layers: Vec<Layer>,
    by_name: HashMap<&'t str, usize>,
    problems: Problems,
}

impl<'t> Reader<'t, '_> {
    fn file(&mut self, root: Root) -> Result<(), Stop> {
        let Some(tag) = self.xml.root()? else { return Ok(()) };
        self.namespaces.declare(tag);
        let mut features = 0_u64;
        let mut next = match self.members.begin(tag, root, &mut self.systems) {
            Some(tag) => Some(tag),
            None => self.members.next(&mut self.xml, &mut self.systems)?,
        };
        while let Some(tag) = next {
            features += 1;
            self.feature(tag)?;
            next = self.members.next(&mut self.xml, &mut self.systems)?;
        }
        self.members.finish(features);
        Ok(())
    }

    fn feature(&mut self, tag: Tag<'t>) -> Result<(), Stop> {
        self.xml.check()?;
        self.namespaces.declare(tag);
        let Some(at) = self.layer(tag) else {
            self.problems.add("problem-gml-layers", 1);
            return self.xml.skip();
        };
        let context: Context = self.members.context();
        let Some(slot) = self.layers.get_mut(at) else { return self.xml.skip() };
        if !slot.is_wanted {
            return self.xml.skip();
        }
        let mut layer = std::mem::take(slot);
        let read = self.row(tag, &mut layer, context);
        if read.is_err() {
            layer.rows.cancel_row();
        }
        if let Some(slot) = self.layers.get_mut(at) {
            *slot = layer;
        }
        read
    }

    /// The layer of a feature; none where there are too many.
    fn layer(&mut self, tag: Tag<'t>) -> Option<usize> {
        if let Some(at) = self.by_name.get(tag.name) {
            return Some(*at);
        }
        let at = self.layers.len();
        if at >= LAYERS {
            return None;
        }
        let mut layer = Layer { element: tag.name.to_owned(), ..Layer::default() };
        layer.is_wanted =
            self.wanted.is_none_or(|wanted| wanted == tag.local() || wanted == tag.name);
        for property in self.schema.properties(tag.local()) {
            let _ = layer.rows.column(&property.name, Some(property.kind));
            layer.told.insert(property.name.clone(), property.kind);
        }
        self.layers.push(layer);
        self.by_name.insert(tag.name, at);
        Some(at)
    }

    fn finish(
        mut self,
        path: &Path,
        options: &ReadOptions,
        encoding: &Encoding,
    ) -> Result<Vec<Table>, FileError> {
        self.problems.extend(std::mem::take(&mut self.xml.problems));
        self.problems.extend(std::mem::take(&mut self.members.problems));
        self.problems.extend(std::mem::take(&mut self.systems.problems));
        let names = names(self.layers.iter().map(|layer| layer.element.as_str()));
        let is_several = names.len() > 1;
        let source = |name: String, crs| Source {
            path,
            options,
            format: super::FORMAT.id,
            layer: is_several.then(|| name.clone()),
            name,
            encoding,
            note: self.members.note.clone(),
            crs,
        };
        let mut tables = Vec::new();
        for (layer, name) in std::mem::take(&mut self.layers).into_iter().zip(names) {
            if !layer.is_wanted {
                continue;
            }
            let Layer { mut rows, system, place, .. } = layer;
            if let Some(place) = place {
                rows.forget_unset(&format!("{place}{GIVES_WAY}"));
                rows.forget_unset(&place);
            }
            rows.settle_names();
            let system = system.and_then(|system| self.systems.get(system));
            let said = system.map(|system| LayerCrs::new(system.crs.clone(), HowFound::File));
            let crs = options.crs.clone().or(said);
            let mut table = finish(rows, source(name, crs))?;
            if let (Some(geometry), None) = (&table.geometry, &table.crs) {
                table.crs = guessed(geometry.xy(), &mut table.origin.problems);
            }
            tables.push(table);
        }
        if tables.is_empty() && !is_several {
            // A collection without features is a layer without rows.
            tables.push(finish(Rows::default(), source(stem_of(path), None))?);
        }
        if let Some(first) = tables.first_mut() {
            let own = std::mem::replace(&mut first.origin.problems, self.problems);
            first.origin.problems.extend(own);
        }
        Ok(tables)
    }
}

/// What layers are called: as their elements, with the prefix only where it tells two apart.
pub(super) fn names<'a>(elements: impl Iterator<Item = &'a str>) -> Vec<String> {
    let elements: Vec<&str> = elements.collect();
    let local = |name: &'a str| name.rsplit_once(':').map_or(name, |(_, local)| local);
    let alike = |name: &'a str| elements.iter().filter(|it| local(it) == local(name)).count();
    let name = |name: &'a str| if alike(name) > 1 { name } else { local(name) };
    elements.iter().map(|element| name(element).to_owned()).collect()
}
