//! What a sheet becomes as a file, and what is told of it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::parts::MadeSheet;
use crate::i18n::Message;
use crate::jobs::drop_elsewhere;
use crate::page::{Dropped, FigureError, PdfError, SheetError, SheetPlan, Tiling};
use crate::problem::{FileError, Problems};

/// What kind of file a sheet becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum OutputKind {
    Pdf,
    Svg,
    Png,
    Jpeg,
}

impl OutputKind {
    pub const ALL: [OutputKind; 4] =
        [OutputKind::Pdf, OutputKind::Svg, OutputKind::Png, OutputKind::Jpeg];

    pub fn extension(self) -> &'static str {
        match self {
            OutputKind::Pdf => "pdf",
            OutputKind::Svg => "svg",
            OutputKind::Png => "png",
            OutputKind::Jpeg => "jpg",
        }
    }

    /// Whether it is made of pixels.
    pub fn has_pixels(self) -> bool {
        matches!(self, OutputKind::Png | OutputKind::Jpeg)
    }

    /// By the ending of a file's name.
    pub fn of(path: &Path) -> Option<OutputKind> {
        let ending = path.extension().and_then(OsStr::to_str)?.to_lowercase();
        let ending = if ending == "jpeg" { "jpg" } else { &ending };
        OutputKind::ALL.into_iter().find(|kind| kind.extension() == ending)
    }
}

/// Why a sheet was not written.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::app) enum OutputError {
    Cancelled,
    Other(Message),
    File(FileError),
}

impl From<SheetError> for OutputError {
    fn from(error: SheetError) -> Self {
        match error {
            SheetError::Figure(FigureError::Cancelled) => OutputError::Cancelled,
            other => OutputError::Other(other.message()),
        }
    }
}

impl From<FigureError> for OutputError {
    fn from(error: FigureError) -> Self {
        SheetError::from(error).into()
    }
}

impl From<PdfError> for OutputError {
    fn from(error: PdfError) -> Self {
        match error {
            PdfError::Cancelled => OutputError::Cancelled,
            other => OutputError::Other(other.message()),
        }
    }
}

/// What is told of a sheet that was written.
#[derive(Debug, Default)]
pub(in crate::app) struct Written {
    /// The pages, one after another, without what was drawn.
    pub pages: Vec<WrittenPage>,
    /// The files, the one asked for first.
    pub files: Vec<PathBuf>,
}

/// A page that was written.
#[derive(Debug)]
pub(in crate::app) struct WrittenPage {
    pub title: String,
    pub plan: SheetPlan,
    pub words: Message,
    pub labels: u64,
    pub dropped: Vec<Dropped>,
    pub legend_items: usize,
    pub index_entries: usize,
    /// How it lies over smaller paper; none on its own.
    pub tiling: Option<Tiling>,
    pub problems: Problems,
}

impl WrittenPage {
    pub fn of(made: MadeSheet, tiling: Option<Tiling>) -> WrittenPage {
        let MadeSheet { page, plan, words, title, .. } = made;
        drop_elsewhere((page.page, page.more));
        WrittenPage {
            title,
            plan,
            words,
            labels: page.labels,
            dropped: page.dropped,
            legend_items: page.legend_items,
            index_entries: page.index_entries,
            tiling,
            problems: page.problems,
        }
    }
}

/// A file's name from which no kind follows.
pub(in crate::app) fn no_kind(path: &Path) -> FileError {
    let remedy = Message::new("sheet-error-kind-remedy");
    FileError::new(path, Message::new("sheet-error-kind")).remedy(remedy)
}
