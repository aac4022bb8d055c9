//! Rings and segments in a plane, exactly: which side, where segments meet, which ring lies in which,
//! and what rings that may cross surround.

pub(crate) mod exact;
mod inside;
pub(crate) mod meetings;
pub(crate) mod nesting;
pub(crate) mod overlay;
pub(crate) mod pairs;
pub(crate) mod rings;
mod sweep;

pub use inside::{Area, InsideRule, inside, is_convex, is_crossing, uncrossed};
