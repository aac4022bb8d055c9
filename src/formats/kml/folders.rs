//! Documents and folders, found before the placemarks are read: they are the layers.

use std::collections::HashSet;

use crate::formats::xml::{Stop, Tag, Xml};
use crate::jobs::Watch;

/// Folders with placemarks beyond this number become one layer with a column: some programs give
/// every placemark a folder.
const MOST_LAYERS: usize = 100;

/// The name of a folder that has none.
const UNNAMED: &str = "Folder";

/// What stands before the name of a folder inside another.
const INSIDE: &str = " / ";

/// What stands behind the name of a layer for the positions of its tracks.
pub(super) const TRACK_POINTS: &str = " track_points";

/// A document, a folder, or the file itself.
#[derive(Debug, Default)]
pub(super) struct Folder {
    parent: Option<usize>,
    name: Option<String>,
    /// What it says about itself.
    pub note: Option<String>,
    pub placemarks: u64,
    /// Positions of tracks that have more to tell than where they are.
    pub track_points: u64,
}

/// All of a file, in the order of their starts; the first is the file.
#[derive(Debug)]
pub(super) struct Outline {
    pub folders: Vec<Folder>,
    /// The name of each folder's layer.
    pub layers: Vec<String>,
    /// Whether all placemarks make one layer, because there are too many folders.
    pub is_merged: bool,
}

impl Outline {
    /// Finds the folders of a text; as far as it goes, where it breaks off.
    ///
    /// # Errors
    /// When the person cancelled.
    pub fn of(text: &str, stem: &str, watch: &Watch) -> Result<Outline, Stop> {
        let mut folders = vec![Folder::default()];
        let mut xml = Xml::new(text, watch);
        match walk(&mut xml, &mut folders) {
            Err(Stop::Cancelled) => return Err(Stop::Cancelled),
            // Reading will come to the same place and tell.
            Ok(()) | Err(Stop::Fault(_)) => {}
        }
        let filled = folders.iter().filter(|folder| folder.placemarks > 0).count();
        let is_merged = filled > MOST_LAYERS;
        let layers = names(&folders, stem, is_merged);
        Ok(Outline { folders, layers, is_merged })
    }

    /// Which layer the placemarks of a folder belong to, by the number of a folder.
    pub fn layer_of(&self, folder: usize) -> usize {
        if self.is_merged { 0 } else { folder }
    }
}

/// Whether an element holds placemarks.
pub(super) fn is_folder(tag: Tag<'_>) -> bool {
    matches!(tag.local(), "Document" | "Folder")
}

fn walk(xml: &mut Xml<'_>, folders: &mut Vec<Folder>) -> Result<(), Stop> {
    let Some(root) = xml.root()? else { return Ok(()) };
    // A file may consist of one folder, without `kml` around it.
    let mut inside = vec![0];
    if is_folder(root) {
        folders.push(Folder { parent: Some(0), ..Folder::default() });
        inside.push(1);
    } else if root.local() == "Placemark" {
        return placemark(xml, folders.first_mut());
    }
    while let Some(at) = inside.last().copied() {
        let Some(tag) = xml.child()? else {
            inside.pop();
            continue;
        };
        if is_folder(tag) {
            inside.push(folders.len());
            folders.push(Folder { parent: Some(at), ..Folder::default() });
            continue;
        }
        let folder = folders.get_mut(at);
        match (tag.local(), folder) {
            ("Placemark", folder) => placemark(xml, folder)?,
            ("name", Some(folder)) if folder.name.is_none() => {
                folder.name = Some(xml.text()?.trim().to_owned()).filter(|name| !name.is_empty());
            }
            ("description", Some(folder)) if folder.note.is_none() => {
                folder.note = Some(xml.text()?.into_owned()).filter(|note| !note.is_empty());
            }
            _ => xml.skip()?,
        }
    }
    Ok(())
}

fn placemark(xml: &mut Xml<'_>, folder: Option<&mut Folder>) -> Result<(), Stop> {
    xml.check()?;
    let (mut points, mut tells) = (0, false);
    let mut depth = 1_usize;
    while depth > 0 {
        match xml.child()? {
            None => depth -= 1,
            Some(tag) => match tag.local() {
                "coord" => {
                    points += 1;
                    xml.skip()?;
                }
                "when" | "SimpleArrayData" | "angles" => {
                    tells = true;
                    xml.skip()?;
                }
                "Track" | "MultiTrack" | "ExtendedData" | "SchemaData" | "MultiGeometry" => {
                    depth += 1;
                }
                _ => xml.skip()?,
            },
        }
    }
    if let Some(folder) = folder {
        folder.placemarks += 1;
        folder.track_points += if tells { points } else { 0 };
    }
    Ok(())
}

/// The names of the folders' layers: the folders they are in, without the document that holds all.
fn names(folders: &[Folder], stem: &str, is_merged: bool) -> Vec<String> {
    let outermost = folders.iter().filter(|folder| folder.parent == Some(0)).count();
    let holds_all = folders.first().is_some_and(|file| file.placemarks == 0) && outermost == 1;
    let document = folders.get(1).filter(|_| holds_all);
    let whole = document.and_then(|document| document.name.as_deref()).unwrap_or(stem);
    let mut taken = HashSet::new();
    let mut unique = |name: String| {
        let mut made = name.clone();
        let mut number = 2_u64;
        while !taken.insert(made.clone()) {
            made = format!("{name} ({number})");
            number += 1;
        }
        made
    };
    let mut names: Vec<String> = Vec::with_capacity(folders.len());
    for (at, folder) in folders.iter().enumerate() {
        let is_whole = at == 0 || at == 1 && holds_all;
        let path = if is_whole || is_merged && folder.placemarks == 0 {
            whole.to_owned()
        } else {
            path_of(folders, at, holds_all)
        };
        // What holds no placemarks makes no layer and takes no name.
        let is_layer = folder.placemarks > 0 && (!is_merged || at == 0);
        names.push(if is_layer { unique(path) } else { path });
    }
    if is_merged && let Some(first) = names.first_mut() {
        whole.clone_into(first);
    }
    names
}

/// `A / B`, at most so many folders of it.
fn path_of(folders: &[Folder], at: usize, holds_all: bool) -> String {
    const LONGEST: usize = 8;
    let mut parts = Vec::new();
    let mut next = Some(at);
    while let Some(folder) = next.filter(|at| *at > usize::from(holds_all)) {
        let Some(folder) = folders.get(folder) else { break };
        parts.push(folder.name.as_deref().unwrap_or(UNNAMED));
        next = folder.parent;
        if parts.len() >= LONGEST {
            break;
        }
    }
    parts.reverse();
    parts.join(INSIDE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layers(text: &str) -> Vec<(String, u64)> {
        let outline = Outline::of(text, "stem", &Watch::unwatched()).ok().unwrap();
        let filled = outline.folders.iter().zip(&outline.layers);
        filled
            .filter(|(folder, _)| folder.placemarks > 0)
            .map(|(folder, name)| (name.clone(), folder.placemarks))
            .collect()
    }

    #[test]
    fn folders_with_placemarks_are_layers() {
        let placed = |text: &str, expected: &[(&str, u64)]| {
            let expected: Vec<_> = expected.iter().map(|(n, c)| ((*n).to_owned(), *c)).collect();
            assert_eq!(layers(text), expected, "{text}");
        };
        let p = "<Placemark><name>x</name></Placemark>";
        placed(&format!("<kml>{p}{p}</kml>"), &[("stem", 2)]);
        placed(&format!("<kml><Document><name>D</name>{p}</Document></kml>"), &[("D", 1)]);
        placed(&format!("<Document>{p}</Document>"), &[("stem", 1)]);
        placed(
            &format!(
                "<kml><Document><name>D</name>{p}<Folder><name>A</name>{p}<Folder>{p}</Folder>{p}</Folder>\
                 <Folder><name>A</name>{p}</Folder></Document></kml>"
            ),
            &[("D", 1), ("A", 2), ("A / Folder", 1), ("A (2)", 1)],
        );
        placed(
            &format!(
                "<kml><Folder><name>A</name>{p}</Folder><Folder><name>B</name>{p}</Folder></kml>"
            ),
            &[("A", 1), ("B", 1)],
        );
        // Where the text breaks off, what was found before counts.
        placed(&format!("<kml><Folder>{p}<name>A</name>{p}<Placemark>"), &[("A", 2)]);
    }

    #[test]
    fn a_folder_for_each_placemark_makes_one_layer() {
        let folder = "<Folder><name>A</name><Placemark/></Folder>";
        let text = format!("<kml><Document><name>D</name>{}</Document></kml>", folder.repeat(101));
        let outline = Outline::of(&text, "stem", &Watch::unwatched()).ok().unwrap();
        assert!(outline.is_merged);
        assert_eq!(outline.layers.first().map(String::as_str), Some("D"));
        assert_eq!(outline.layers.last().map(String::as_str), Some("A"));
    }
}
