//! Printing: sheets of paper of what the map shows, in the window and without one.

mod atlas;
mod dialog;
mod form;
mod lines;
mod moment;
mod output;
mod parts;
mod preview;
mod viewed;
mod without_window;

pub(super) use dialog::PrintDialog;
pub use without_window::{
    FitTo, PrintFailure, PrintOrder, Printed, PrintedPage, SheetChange, SheetPiece, print_sheet,
};
