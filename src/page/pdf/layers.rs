//! Layers of the map that a reader of the file can switch off (ISO 32000-1, section 8.11).

use std::collections::BTreeMap;
use std::io::Write;

use super::error::PdfError;
use super::syntax::{Body, Dict, Ref};

/// The layers so far. A layer that is on several pages is one; of two that have the same name on
/// one page, the second is another.
#[derive(Default)]
pub(super) struct Layers {
    numbers: BTreeMap<(String, usize), usize>,
    /// Each layer's name and object, the lowest first.
    known: Vec<(String, Ref)>,
}

impl Layers {
    /// The number of a layer: the how-manieth of its name on the page.
    pub fn learn<W: Write>(&mut self, name: &str, nth: usize, body: &mut Body<W>) -> usize {
        *self.numbers.entry((name.to_owned(), nth)).or_insert_with(|| {
            self.known.push((name.to_owned(), body.promise()));
            self.known.len() - 1
        })
    }

    /// The object of a layer.
    pub fn number(&self, layer: usize) -> Option<Ref> {
        self.known.get(layer).map(|(_, number)| *number)
    }

    /// Writes the layers; all of them are on, and readers list the topmost first.
    pub fn write<W: Write>(&self, body: &mut Body<W>) -> Result<Option<Dict>, PdfError> {
        if self.known.is_empty() {
            return Ok(None);
        }
        for (name, number) in &self.known {
            body.keep(*number, Dict::new().name("Type", "OCG").text("Name", name))?;
        }
        let from_the_top = || self.known.iter().rev().map(|(_, number)| *number);
        let shown = Dict::new()
            .name("BaseState", "ON")
            .list("ON", from_the_top())
            .list("Order", from_the_top());
        Ok(Some(Dict::new().list("OCGs", from_the_top()).dict("D", &shown)))
    }
}
