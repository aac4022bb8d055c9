//! City portals.

mod fake;
