//! Fields of a table that is read already, read as another kind: the file need not be read again
//! where its texts are all there.

use crate::app::store::Loaded;
use crate::jobs::Watch;
use crate::problem::FileError;
use crate::project::LayerSource;
use crate::table::{FieldKind, read_fields};

/// Whether two sources are the same but for what fields are read as.
pub(in crate::app) fn differ_in_fields(a: &LayerSource, b: &LayerSource) -> bool {
    LayerSource { fields: b.fields.clone(), ..a.clone() } == *b && a.fields != b.fields
}

/// Whether a source can be made of another that is read already: only text fields of it are to be
/// another kind.
pub(in crate::app) fn is_made_of(
    wanted: &LayerSource,
    known: &LayerSource,
    loaded: &Loaded,
) -> bool {
    let table = &loaded.table;
    let is_text = |name: &String| {
        let field = table.fields.iter().find(|field| field.name == *name);
        field.is_some_and(|field| field.kind == FieldKind::Text)
    };
    let is_kept = |(name, read_as)| wanted.fields.get(name) == Some(read_as);
    let mut new = wanted.fields.keys().filter(|name| !known.fields.contains_key(*name));
    wanted.is_file()
        && differ_in_fields(known, wanted)
        && known.fields.iter().all(is_kept)
        && new.all(is_text)
}

/// Makes it.
///
/// # Errors
/// When the person cancelled.
pub(in crate::app) fn retyped(
    known: (&LayerSource, &Loaded),
    wanted: &LayerSource,
    watch: &Watch,
) -> Result<Loaded, FileError> {
    let (source, before) = known;
    let mut table = before.table.shallow_copy();
    let mut fields = wanted.fields.clone();
    fields.retain(|name, _| !source.fields.contains_key(name));
    let path = table.origin.path.clone();
    read_fields(&mut table, &fields, watch).map_err(|_| FileError::cancelled(path))?;
    Ok(Loaded { table: table.shared(), ..before.clone() })
}
