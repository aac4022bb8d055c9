//! One feature: a row.

use super::figure::Figure;
use super::geometry::{Shapes, is_geometry};
use super::members::bounds;
use super::read::{Layer, Reader};
use super::systems::Context;
use crate::formats::wkb::Oddities;
use crate::formats::xml::{Content, GIVES_WAY, Repeats, Stop, Tag};
use crate::i18n::Arg;
use crate::problem::Problems;
use crate::table::FieldKind;

/// A geometry of the feature being read.
struct Found {
    /// The name of the property that it stands in.
    path: String,
    /// None where it cannot be read.
    figure: Option<Figure>,
    system: Option<usize>,
    oddities: Oddities,
}

/// The feature being read.
#[derive(Default)]
struct Row {
    found: Vec<Found>,
    context: Context,
}

impl<'t> Reader<'t, '_> {
    /// Reads a feature whose start is taken.
    pub fn row(&mut self, tag: Tag<'t>, layer: &mut Layer, around: Context) -> Result<(), Stop> {
        let id = tag.attribute("id").or_else(|| tag.attribute("fid"));
        if let Some(id) = id.filter(|id| !id.trim().is_empty()) {
            layer.rows.identify(id.trim());
        }
        for (name, _) in tag.attributes() {
            if !is_of_xml(name) && !matches!(local(name), "id" | "fid") {
                layer.rows.not_kept(&format!("@{}", local(name)));
            }
        }
        let mut row = Row { found: Vec::new(), context: around };
        while let Some(tag) = self.xml.child()? {
            let is_gml = self.namespaces.is_gml(tag);
            match tag.local() {
                "boundedBy" if is_gml => {
                    row.context = bounds(&mut self.xml, &mut self.systems, row.context)?;
                }
                "metaDataProperty" if is_gml => {
                    layer.rows.not_kept(tag.local());
                    self.xml.skip()?;
                }
                // Beside a property of the same name of the feature's own.
                name if is_gml => {
                    let path = format!("{name}{GIVES_WAY}");
                    self.property(tag, &path, layer, &mut row)?;
                }
                name => self.property(tag, name, layer, &mut row)?,
            }
        }
        self.settle(row, layer);
        layer.rows.end_row();
        Ok(())
    }

    /// Reads a property, and what it holds.
    fn property(
        &mut self,
        tag: Tag<'t>,
        path: &str,
        layer: &mut Layer,
        row: &mut Row,
    ) -> Result<(), Stop> {
        self.namespaces.declare(tag);
        let mut is_nil = false;
        for (written, _) in tag.attributes() {
            let name = local(written);
            if name == "nil" {
                is_nil = matches!(tag.attribute(name).as_deref(), Some("true" | "1"));
            } else if name != "id" && !is_of_link(name) && !is_of_xml(written) {
                let value = tag.attribute(name).unwrap_or_default();
                let column = format!("{}_{name}", path.trim_end_matches(GIVES_WAY));
                layer.rows.set(&column, None, &value, Repeats::Joined);
            }
        }
        let mut content = Content::default();
        let mut has_children = false;
        while let Some(tag) = self.xml.child_with_text(&mut content)? {
            has_children = true;
            if is_geometry(tag.local()) && self.namespaces.is_gml(tag) {
                self.geometry(tag, path, layer, row)?;
            } else {
                let inner = format!("{}.{}", path.trim_end_matches(GIVES_WAY), tag.local());
                self.property(tag, &inner, layer, row)?;
            }
        }
        let text = content.finish();
        let is_there = !is_nil && !text.is_empty() && (!has_children || !text.trim().is_empty());
        if is_there {
            let told = layer.told(path);
            layer.rows.set(path, told, &text, Repeats::Joined);
        } else if !has_children && tag.attribute("href").is_none() {
            // There is such a property, if without a value.
            let told = layer.told(path);
            let _ = layer.rows.column(path, told);
        }
        Ok(())
    }

    fn geometry(
        &mut self,
        tag: Tag<'t>,
        path: &str,
        layer: &mut Layer,
        row: &mut Row,
    ) -> Result<(), Stop> {
        let mut shapes = Shapes::new(&mut self.xml, &mut self.systems);
        let figure = shapes.read(tag, row.context)?;
        let Shapes { is_bad, more_numbers, references, unknown, system, oddities, .. } = shapes;
        let place = || Some(layer.rows.place());
        let mut problems = Problems::new();
        problems.report("problem-more-coordinates", more_numbers, Vec::new(), place());
        problems.report("problem-gml-references", references, Vec::new(), place());
        if let Some(name) = unknown {
            problems.report("problem-gml-shape", 1, vec![("name", Arg::Text(name))], place());
        }
        layer.rows.problems.extend(problems);
        let path = path.trim_end_matches(GIVES_WAY).to_owned();
        let figure = Some(figure).filter(|_| !is_bad);
        row.found.push(Found { path, figure, system, oddities });
        Ok(())
    }

    /// Puts the geometries of the row where they belong.
    fn settle(&mut self, row: Row, layer: &mut Layer) {
        let mut found = row.found;
        if found.is_empty() {
            return;
        }
        let wanted = layer.place.get_or_insert_with(|| {
            found.first().map(|found| found.path.clone()).unwrap_or_default()
        });
        let at = found.iter().position(|found| found.path == *wanted).unwrap_or_default();
        let own = found.remove(at);
        if let Some(figure) = self.fitted(own, layer) {
            figure.push(layer.rows.begin_geometry(figure.kind));
        } else {
            let _ = layer.rows.begin_shape();
            layer.rows.drop_shape("problem-bad-coordinates");
        }
        for other in found {
            let column = other.path.clone();
            let args = vec![("field", Arg::Text(column.clone()))];
            layer.rows.problems.report("problem-gml-more-geometry", 1, args, None);
            if let Some(figure) = self.fitted(other, layer) {
                let text = Some(FieldKind::Text);
                layer.rows.set(&column, text, &figure.text(), Repeats::Joined);
            } else {
                let place = layer.rows.place();
                layer.rows.problems.at("problem-bad-coordinates", place);
            }
        }
    }

    /// A geometry in the system of its layer; none where it cannot be read or brought there.
    fn fitted(&mut self, found: Found, layer: &mut Layer) -> Option<Figure> {
        let mut figure = found.figure?;
        let place = layer.rows.place();
        match (layer.system, found.system) {
            (None, system) => layer.system = system,
            (Some(layers), Some(own)) if !self.systems.is_same(layers, own) => {
                let systems = &mut self.systems;
                let name = systems.get(own).map(|system| system.crs.label()).unwrap_or_default();
                if !figure.runs().all(|run| systems.transform(run, own, layers)) {
                    layer.rows.problems.at("problem-gml-not-transformed", place);
                    return None;
                }
                let args = vec![("crs", Arg::Text(name))];
                layer.rows.problems.report("problem-gml-transformed", 1, args, Some(place.clone()));
            }
            _ => {}
        }
        let problems = &mut layer.rows.problems;
        let unclosed = figure.unclosed();
        problems.report("problem-unclosed-ring", unclosed, Vec::new(), Some(place.clone()));
        found.oddities.report(problems, || place.clone());
        Some(figure)
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Whether an attribute is of XML, or of XML Schema, and says nothing of the feature.
fn is_of_xml(name: &str) -> bool {
    name.starts_with("xmlns") || name.starts_with("xsi:") || name.starts_with("xml:")
}

/// Whether an attribute of a link says only how it is one.
fn is_of_link(name: &str) -> bool {
    matches!(name, "type" | "actuate" | "show" | "owns" | "remoteSchema")
}
