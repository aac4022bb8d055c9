//! Labels: found by jobs from tables, styles and the view, shown by the map; what a person sets of
//! them, and what became of each.

mod making;
mod pinning;
mod section;
mod truth;
mod usual;

pub(super) use making::Labels;
pub(super) use pinning::{drop_label, take_pinned, unpin};
pub(super) use section::labels_section;
pub(super) use truth::of_all;
pub(super) use usual::labels_on_paper;
