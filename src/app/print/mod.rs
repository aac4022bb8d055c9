//! Printing: sheets of paper of what the map shows, in the window and without one.

mod output;
mod parts;
mod without_window;

pub use without_window::{
    FitTo, PrintFailure, PrintOrder, Printed, SheetChange, SheetPiece, print_sheet,
};
