//! Images with a place: what their heads say and what is drawn of them.

mod damaged;
mod drawn;
mod gdal;
mod info;
mod kinds;
pub mod make;
mod places;
