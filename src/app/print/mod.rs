//! Printing: sheets of paper of what the map shows, in the window and without one.

mod atlas;
mod dialog;
mod form;
mod hands;
mod lines;
mod list_lines;
mod logo;
mod moment;
mod output;
mod own_lines;
mod parts;
mod point_lines;
mod preview;
mod selected;
mod sheets;
mod snapping;
mod things;
mod told;
mod viewed;
mod without_window;
mod writing;

pub(super) use dialog::PrintDialog;
pub use without_window::{
    FitTo, PrintFailure, PrintOrder, Printed, PrintedPage, SheetChange, SheetPiece, print_sheet,
};
