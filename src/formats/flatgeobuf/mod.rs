//! FlatGeobuf (.fgb): features as flatbuffers behind a spatial index (<https://flatgeobuf.org>,
//! version 3).
//!
//! The index makes it possible to read the features of a view alone, of a file of any size and
//! through a server that gives ranges of bytes.

mod crs;
mod flat;
mod geometry;
mod header;
#[cfg(test)]
mod pieces_test;
mod read;
mod rows;
mod runs;
mod tree;
mod values;
mod write;
mod write_feature;

use std::path::Path;

pub(super) use read::{list_source, read_source};

use super::{Confidence, Format};

/// FlatGeobuf.
pub static FORMAT: Format = Format {
    id: "flatgeobuf",
    name: "FlatGeobuf",
    extensions: &["fgb"],
    recognise,
    read: read::read,
    write: Some(write::write),
    write_several: None,
    changes: write::changes,
    list: Some(read::list),
    only_in: None,
};

fn recognise(path: &Path, head: &[u8]) -> Confidence {
    if header::is_magic(head) {
        return Confidence::Sure;
    }
    let named = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("fgb"));
    if named { Confidence::Maybe } else { Confidence::No }
}
