//! Well-known binary: the geometry of GeoPackage, GeoParquet and databases, into the geometry
//! column and out of it (OGC Simple Features, part 1, section 8; ISO/IEC 13249-3).
//!
//! Both ways of saying that there are heights and measures are read: ISO's (types from 1000, 2000
//! and 3000) and PostGIS's (bits, and an SRID, which is passed over). Written is ISO's.

mod arc;
pub(super) mod hex;
mod read;
mod tally;
mod write;

pub(super) use arc::{Position as ArcPosition, positions as arc_positions};
pub(super) use read::{Oddities, WkbError, read};
pub(super) use tally::Tally;
pub(super) use write::write;
