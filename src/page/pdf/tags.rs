//! What a page is for readers that do not see it (ISO 32000-1, section 14.7): its title, the map as
//! a figure with a text in its place, and other texts, in the order in which they are drawn.

use std::io::Write;

use super::super::display::{Group, Role};
use super::error::PdfError;
use super::page::KnownPage;
use super::parts::name;
use super::syntax::{Body, Dict, Ref, list};

/// What is tagged on a page, part by part.
#[derive(Default)]
pub(super) struct Tagged {
    /// The number of the element that each part belongs to.
    parts: Vec<usize>,
    elements: Vec<Element>,
}

/// A title, a text or a figure.
struct Element {
    role: Role,
    /// The group it is; all layers are one map.
    group: usize,
}

impl Tagged {
    /// The number of a part that is to be read; none for decoration.
    pub fn add(&mut self, role: Role, group: usize) -> Option<usize> {
        if role == Role::Furniture {
            return None;
        }
        let is_same =
            |known: &Element| known.role == role && (role == Role::Layer || known.group == group);
        let element = self.elements.iter().position(is_same).unwrap_or_else(|| {
            self.elements.push(Element { role, group });
            self.elements.len() - 1
        });
        self.parts.push(element);
        Some(self.parts.len() - 1)
    }
}

/// The tags of a file.
#[derive(Default)]
pub(super) struct Tags {
    pages: Vec<(Ref, Tagged, Option<String>, Vec<String>)>,
}

impl Tags {
    pub fn add(
        &mut self,
        page: Ref,
        tagged: Tagged,
        alternative: Option<String>,
        groups: &[Group],
    ) {
        let names = tagged.elements.iter().map(|element| {
            groups.get(element.group).map(|group| group.name.clone()).unwrap_or_default()
        });
        let names = names.collect();
        self.pages.push((page, tagged, alternative, names));
    }

    /// Writes the tree of all that is to be read.
    pub fn write<W: Write>(
        &self,
        pages: &[KnownPage],
        language: &str,
        body: &mut Body<W>,
    ) -> Result<Ref, PdfError> {
        let root = body.promise();
        let document = body.promise();
        let has_sections = pages.len() > 1;
        let (mut kids, mut parents) = (Vec::new(), Vec::new());
        for (number, (page, tagged, alternative, names)) in self.pages.iter().enumerate() {
            let parent = if has_sections { body.promise() } else { document };
            let mut elements = Vec::with_capacity(tagged.elements.len());
            for (at, element) in tagged.elements.iter().enumerate() {
                let parts = tagged.parts.iter().enumerate().filter(|(_, of)| **of == at);
                let mut entry = Dict::new()
                    .name("Type", "StructElem")
                    .name("S", name(element.role))
                    .raw("P", parent)
                    .raw("Pg", page)
                    .list("K", parts.map(|(part, _)| part));
                if element.role == Role::Layer {
                    let said = alternative.as_ref().or(names.get(at));
                    entry = entry.text("Alt", said.map_or("", String::as_str));
                }
                elements.push(body.object(entry)?);
            }
            let of_parts = tagged.parts.iter().filter_map(|at| elements.get(*at));
            parents.push(format!("{number} {}", list(of_parts)));
            if has_sections {
                let section = Dict::new()
                    .name("Type", "StructElem")
                    .name("S", "Sect")
                    .raw("P", document)
                    .list("K", &elements);
                body.keep(parent, section)?;
                kids.push(parent);
            } else {
                kids = elements;
            }
        }
        let mut whole = Dict::new()
            .name("Type", "StructElem")
            .name("S", "Document")
            .raw("P", root)
            .list("K", kids);
        if !language.is_empty() {
            whole = whole.text("Lang", language);
        }
        body.keep(document, whole)?;
        let tree = Dict::new()
            .name("Type", "StructTreeRoot")
            .raw("K", document)
            .dict("ParentTree", &Dict::new().list("Nums", parents))
            .raw("ParentTreeNextKey", self.pages.len());
        body.keep(root, tree)?;
        Ok(root)
    }
}
