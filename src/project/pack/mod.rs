//! Packs: a project with all that it needs, in one .zip.
//!
//! A pack holds, in this order: `belfort-pack.json`, by which it is known; the project, with paths
//! inside the pack; an index for people (`LEESMIJ.txt` or `README.txt`); and the files of its layers and
//! images, as they are, with what lies beside them (`.dbf`, `.prj`, world files…). So it opens directly, and
//! unpacked by hand its project opens as well. What was fetched from a portal or a service is packed as
//! the copy that is kept of it: in the pack it is a file, with its source and licence, and its address in
//! the index and in the member `fetchedFrom` of its layer. A basemap that comes from a server and may be taken
//! along is packed as far as its tiles are kept here, as one archive. The letters of maps are the program's own. A pack never puts copies among those of the
//! person who opens it: a stranger's data must not pass for the city's.
//!
//! Opening one writes below one folder only, follows no links, and has limits in number, size and
//! growth ([`unpack`]). The same project packed twice gives the same bytes.

mod basemap;
mod open;
#[cfg(test)]
mod tests;
mod write;

pub use basemap::KeptBasemap;
pub use open::{is_pack, unpack};
pub use write::{Kept, PackedCopy, copies_of, pack, project_stem};

use std::path::PathBuf;

use crate::problem::Problems;

/// The member by which a pack is known.
const MARK: &str = "belfort-pack.json";

/// What was packed.
#[derive(Clone, Debug, PartialEq)]
pub struct Packed {
    /// The pack.
    pub path: PathBuf,
    /// How many files of data are in it.
    pub files: u64,
    /// Their size in all, bytes.
    pub bytes: u64,
    /// What is not in it.
    pub problems: Problems,
}
