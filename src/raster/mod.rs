//! Images with a place: GeoTIFF, and PNG and JPEG with a world file, shown as backdrops.
//!
//! - [`RasterFile`] is what the heads of the files say: size, samples, place, CRS.
//! - [`Raster`] gives pixels in several sizes. Blocks are read when they are needed, and kept
//!   within a budget ([`Blocks`]).
//! - [`PlacedRaster`] lies on the map: it gives the picture of any rectangle in Web Mercator, and
//!   the tiles of slippy maps ([`crate::tiles::LocalTiles`]).
//!
//! What a header claims reserves no memory: pieces of a file are read only where the file has
//! them, and a block is unpacked only if its bytes can become that many.

mod affine;
mod beside;
mod blocks;
mod bytes;
mod file;
mod levels;
mod pam;
mod picture;
mod pixels;
mod placed;
mod pyramid;
mod render;
mod samples;
mod tiff;
mod world_file;

pub use affine::Affine;
pub use beside::belongs_to;
pub use blocks::Blocks;
pub use file::{RasterFacts, RasterFile};
pub use levels::Raster;
pub use placed::PlacedRaster;

use std::io::Read;
use std::path::Path;

use crate::i18n::Message;
use crate::problem::FileError;

/// What kind of image a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RasterKind {
    Tiff,
    /// PNG or JPEG.
    Picture,
}

/// Whether a file is an image, by its first bytes: TIFF, BigTIFF, PNG or JPEG.
pub fn is_raster(path: &Path) -> bool {
    path.is_file() && raster_kind(path).is_ok()
}

fn raster_kind(path: &Path) -> Result<RasterKind, FileError> {
    let failed = |error: std::io::Error| FileError::io(path, &error);
    let mut head = Vec::new();
    std::fs::File::open(path).map_err(failed)?.take(8).read_to_end(&mut head).map_err(failed)?;
    match head.as_slice() {
        [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => Ok(RasterKind::Tiff),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', ..] | [0xff, 0xd8, 0xff, ..] => {
            Ok(RasterKind::Picture)
        }
        _ => Err(FileError::new(path, Message::new("raster-error-not-raster"))),
    }
}
