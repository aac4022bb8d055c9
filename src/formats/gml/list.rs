//! Which layers a file holds.

use std::collections::HashMap;
use std::path::Path;

use super::members::{Members, Root};
use super::read::{LAYERS, names, root};
use super::systems::Systems;
use crate::formats::ListedLayer;
use crate::formats::whole::read_whole;
use crate::formats::xml::{Stop, Xml, as_file_error, load};
use crate::jobs::Watch;
use crate::problem::FileError;

/// The types of features, with how many there are of each.
pub(super) fn list(path: &Path, watch: &Watch) -> Result<Vec<ListedLayer>, FileError> {
    let loaded = load(read_whole(path, watch, |_| Ok(()))?, None);
    let root = root(path, &loaded.text, watch)?;
    let mut xml = Xml::new(&loaded.text, watch);
    let mut found = Vec::new();
    match count(&mut xml, root, &mut found) {
        Err(Stop::Cancelled) => return Err(as_file_error(path, Stop::Cancelled)),
        // Reading will come to the same place and tell.
        Ok(()) | Err(Stop::Fault(_)) => {}
    }
    let names = names(found.iter().map(|(element, _)| *element));
    let layers = names.into_iter().zip(&found).map(|(name, (_, rows))| ListedLayer {
        name,
        title: None,
        rows: Some(*rows),
        has_place: None,
        has_index: false,
    });
    Ok(layers.collect())
}

fn count<'t>(xml: &mut Xml<'t>, root: Root, found: &mut Vec<(&'t str, u64)>) -> Result<(), Stop> {
    let (mut members, mut systems) = (Members::default(), Systems::default());
    let mut at = HashMap::new();
    let Some(tag) = xml.root()? else { return Ok(()) };
    let mut next = match members.begin(tag, root, &mut systems) {
        Some(tag) => Some(tag),
        None => members.next(xml, &mut systems)?,
    };
    while let Some(tag) = next {
        xml.check()?;
        if let Some((_, rows)) = at.get(tag.name).and_then(|at: &usize| found.get_mut(*at)) {
            *rows += 1;
        } else if found.len() < LAYERS {
            at.insert(tag.name, found.len());
            found.push((tag.name, 1));
        }
        xml.skip()?;
        next = members.next(xml, &mut systems)?;
    }
    Ok(())
}
