//! What the pointer does on the map.

use super::notes;
use crate::map::SketchKind;
use crate::project::{LayerId, NoteKind};

/// A tool for the map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tool {
    /// Looks around, and clicks features.
    #[default]
    Browse,
    /// Selects what a shape touches.
    Select(SketchKind),
    /// Measures along a line.
    MeasureLength,
    /// Measures inside a polygon.
    MeasureArea,
    /// Draws the area that a layer's filter is about.
    FilterArea(LayerId, SketchKind),
    /// Draws the frame that is printed.
    PrintArea,
    /// Draws the area of a basemap that is taken along.
    TakeArea,
    /// Draws notes.
    Note(NoteKind),
    /// Changes the shape of notes.
    EditNotes,
}

impl Tool {
    /// What is drawn with it.
    pub fn sketch(self) -> Option<SketchKind> {
        match self {
            Tool::Browse | Tool::EditNotes => None,
            Tool::Note(kind) => Some(notes::sketch_of(kind)),
            Tool::Select(kind) | Tool::FilterArea(_, kind) => Some(kind),
            Tool::PrintArea | Tool::TakeArea => Some(SketchKind::Rectangle),
            Tool::MeasureLength => Some(SketchKind::Line),
            Tool::MeasureArea => Some(SketchKind::Polygon),
        }
    }

    /// Whether it draws or changes notes.
    pub fn is_for_notes(self) -> bool {
        matches!(self, Tool::Note(_) | Tool::EditNotes)
    }

    /// The message with its name.
    pub fn name(self) -> &'static str {
        match self {
            Tool::Browse => "app-tool-browse",
            Tool::Select(SketchKind::Rectangle) => "app-tool-rectangle",
            Tool::Select(SketchKind::Polygon | SketchKind::Line | SketchKind::Point) => {
                "app-tool-polygon"
            }
            Tool::Select(SketchKind::Lasso) => "app-tool-lasso",
            Tool::MeasureLength => "app-tool-length",
            Tool::MeasureArea => "app-tool-area",
            Tool::FilterArea(..) => "app-tool-filter",
            Tool::PrintArea => "app-tool-print",
            Tool::TakeArea => "app-tool-take",
            Tool::Note(NoteKind::Point) => "app-tool-note-point",
            Tool::Note(NoteKind::Line) => "app-tool-note-line",
            Tool::Note(NoteKind::Polygon) => "app-tool-note-polygon",
            Tool::Note(NoteKind::Arrow) => "app-tool-note-arrow",
            Tool::Note(NoteKind::Text) => "app-tool-note-text",
            Tool::EditNotes => "app-tool-note-edit",
        }
    }

    /// The message that says what to do with it.
    pub fn hint(self) -> &'static str {
        match self {
            Tool::Browse => "app-tool-browse-how",
            Tool::Select(SketchKind::Rectangle) => "app-tool-rectangle-how",
            Tool::Select(SketchKind::Lasso) => "app-tool-lasso-how",
            Tool::FilterArea(_, SketchKind::Rectangle) => "app-tool-filter-rectangle-how",
            Tool::Select(_) | Tool::FilterArea(..) => "app-tool-polygon-how",
            Tool::PrintArea => "app-tool-print-how",
            Tool::TakeArea => "app-tool-take-how",
            Tool::MeasureLength => "app-tool-length-how",
            Tool::MeasureArea => "app-tool-area-how",
            Tool::Note(NoteKind::Point) => "app-tool-note-point-how",
            Tool::Note(NoteKind::Line) => "app-tool-note-line-how",
            Tool::Note(NoteKind::Polygon) => "app-tool-note-polygon-how",
            Tool::Note(NoteKind::Arrow) => "app-tool-note-arrow-how",
            Tool::Note(NoteKind::Text) => "app-tool-note-text-how",
            Tool::EditNotes => "app-tool-note-edit-how",
        }
    }
}
