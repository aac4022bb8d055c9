//! Choices about reading a file, remembered for when it is opened again in another project.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::app::crs_words::crs_label;
use crate::app::store::Loaded;
use crate::formats::encoding_words;
use crate::i18n::{Language, Message};
use crate::project::{Document, LayerSource};
use crate::table::{FieldKind, ReadAs};

/// How many choices are remembered, the last ones.
const KEPT: usize = 200;

/// How the person chose to read a layer of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Remembered {
    /// The file.
    path: PathBuf,
    /// Its size in bytes: a file of another size is another file.
    size: u64,
    /// The layer inside the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    layer: Option<String>,
    /// The text encoding.
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<String>,
    /// The CRS.
    #[serde(skip_serializing_if = "Option::is_none")]
    crs: Option<String>,
    /// With the CRS: whether x and y are exchanged.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    swapped: bool,
    /// What fields are.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    fields: BTreeMap<String, ReadAs>,
}

impl Remembered {
    /// The choice for a source, if there is one and the file has the size it had.
    pub(in crate::app) fn of<'a>(
        all: &'a [Remembered],
        path: &Path,
        layer: Option<&str>,
    ) -> Option<&'a Remembered> {
        let found = all.iter().find(|it| it.path == path && it.layer.as_deref() == layer)?;
        (size_of(path)? == found.size).then_some(found)
    }

    /// A source, read as was chosen.
    pub(in crate::app) fn applied_to(&self, source: &LayerSource) -> LayerSource {
        let Remembered { encoding, crs, swapped, fields, .. } = self.clone();
        LayerSource { encoding, crs, swapped, fields, ..source.clone() }
    }
}

/// Whether a source differs from another only in saying what reading it found anyway.
pub(in crate::app) fn is_confirmed(
    before: &LayerSource,
    now: &LayerSource,
    loaded: &Loaded,
) -> bool {
    let LayerSource { encoding, crs, swapped, fields, .. } = now.clone();
    let is_same_data =
        LayerSource { encoding, crs, swapped, fields, ..before.clone() } == *now && before != now;
    // Text that was found to be text, and nothing taken back.
    let is_text = |name: &String, read_as: &ReadAs| {
        let field = loaded.table.fields.iter().find(|field| field.name == *name);
        let is_found = field.is_some_and(|field| field.kind == FieldKind::Text);
        before.fields.get(name) == Some(read_as) || *read_as == ReadAs::Text && is_found
    };
    let is_same_fields = before.fields.keys().all(|name| now.fields.contains_key(name))
        && now.fields.iter().all(|(name, read_as)| is_text(name, read_as));
    let origin = &loaded.table.origin;
    let is_same_text = now.encoding == before.encoding
        || (now.encoding.is_some() && now.encoding == origin.encoding);
    let is_same_place = (&now.crs, now.swapped) == (&before.crs, before.swapped)
        || loaded.table.crs.as_ref().is_some_and(|found| {
            let code = found.crs.code.as_deref().unwrap_or(&found.crs.definition);
            now.crs.as_deref() == Some(code) && now.swapped == found.swapped
        });
    is_same_data && is_same_text && is_same_place && is_same_fields
}

/// What the person chose about reading a source, in words; none where nothing.
pub(in crate::app) fn chosen_words(source: &LayerSource, language: Language) -> Option<String> {
    let encoding =
        source.encoding.as_deref().map(|name| encoding_words(name).in_language(language));
    let options = source.read_options().ok();
    let crs = options.and_then(|options| options.crs).map(|crs| crs_label(&crs, language));
    let fields = source.fields.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
    let count = u64::try_from(source.fields.len()).unwrap_or(u64::MAX);
    let fields = Message::new("app-kinds-chosen").count("count", count).text("names", fields);
    let fields = (count > 0).then(|| fields.in_language(language));
    let words: Vec<String> = encoding.into_iter().chain(crs).chain(fields).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// The bytes of a file; none for what is none.
fn size_of(path: &Path) -> Option<u64> {
    let metadata = std::fs::metadata(path).ok()?;
    metadata.is_file().then_some(metadata.len())
}

/// Follows changes of a document: what was chosen of a layer is remembered for its file, what was
/// taken back is forgotten. Answers whether anything is remembered otherwise than before.
pub(in crate::app) fn follow(all: &mut Vec<Remembered>, before: &Document, now: &Document) -> bool {
    let reading = |source: &LayerSource| {
        let LayerSource { encoding, crs, swapped, fields, .. } = source.clone();
        (encoding, crs, swapped, fields)
    };
    let mut is_changed = false;
    for layer in &now.layers {
        let source = &layer.source;
        let was = before.layer(layer.id).map(|layer| &layer.source);
        let is_same_file =
            |was: &&LayerSource| was.path == source.path && was.layer == source.layer;
        let Some(was) = was.filter(is_same_file).filter(|_| source.is_file()) else {
            continue;
        };
        if reading(was) == reading(source) {
            continue;
        }
        let path = PathBuf::from(&source.path);
        all.retain(|it| it.path != path || it.layer != source.layer);
        let is_choice =
            source.encoding.is_some() || source.crs.is_some() || !source.fields.is_empty();
        if let Some(size) = size_of(&path).filter(|_| is_choice) {
            let (encoding, crs, swapped, fields) = reading(source);
            let layer = source.layer.clone();
            all.insert(0, Remembered { path, size, layer, encoding, crs, swapped, fields });
            all.truncate(KEPT);
        }
        is_changed = true;
    }
    is_changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Command, History, Layer, LayerId};

    #[test]
    fn what_is_chosen_is_remembered_and_what_is_taken_back_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        std::fs::write(&path, "naam\nLi\u{e8}ge\n").unwrap();
        let source =
            LayerSource { path: path.to_string_lossy().into_owned(), ..LayerSource::default() };
        let mut history = History::new(Document::default());
        let layers = vec![Layer::new("a", source.clone())];
        history.run(Command::AddLayers { layers, at: 0 }).unwrap();
        let mut all = Vec::new();
        let plain = history.document().clone();
        assert!(!follow(&mut all, &Document::default(), &plain));

        let chosen = LayerSource {
            encoding: Some("IBM850".to_owned()),
            crs: Some("EPSG:4326".to_owned()),
            swapped: true,
            fields: BTreeMap::from([("naam".to_owned(), ReadAs::Text)]),
            ..source.clone()
        };
        history.run(Command::SetSource(LayerId(1), chosen.clone())).unwrap();
        assert!(follow(&mut all, &plain, history.document()));
        let found = Remembered::of(&all, &path, None);
        assert_eq!(found.map(|it| it.applied_to(&source)), Some(chosen));
        assert_eq!(Remembered::of(&all, &path, Some("laag")), None);

        // Another file under the same name is not read so.
        std::fs::write(&path, "naam\nGent\n").unwrap();
        assert_eq!(Remembered::of(&all, &path, None), None);

        let before = history.document().clone();
        history.undo();
        assert!(follow(&mut all, &before, history.document()));
        assert!(all.is_empty());
    }

    #[test]
    fn only_the_last_choices_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let mut all = Vec::new();
        for at in 0..KEPT + 5 {
            let path = folder.path().join(format!("{at}.csv"));
            std::fs::write(&path, "a").unwrap();
            let path = path.to_string_lossy().into_owned();
            let plain = LayerSource { path, ..LayerSource::default() };
            let chosen = LayerSource { encoding: Some("GBK".to_owned()), ..plain.clone() };
            let with = |source: &LayerSource| Document {
                layers: vec![Layer::new("a", source.clone())],
                ..Document::default()
            };
            assert!(follow(&mut all, &with(&plain), &with(&chosen)));
        }
        assert_eq!(all.len(), KEPT);
        let last = folder.path().join(format!("{}.csv", KEPT + 4));
        assert_eq!(all.first().map(|it| it.path.clone()), Some(last));
    }
}
