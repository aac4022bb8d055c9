//! A sheet written to a file.

use std::ffi::OsStr;
use std::path::Path;

use super::parts::MadeSheet;
use crate::formats::AtomicFile;
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::page::{
    FigureError, Letters, PdfError, PdfInfo, PdfPage, SheetError, encode_jpeg, encode_pixels,
    render, svg, write_pdf,
};
use crate::problem::FileError;

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

/// Writes a sheet. A failure leaves an older file whole.
pub(in crate::app) fn write(
    made: &MadeSheet,
    path: &Path,
    dots_per_inch: f64,
    watch: &Watch,
) -> Result<(), OutputError> {
    let page = &made.page.page;
    let bytes = match OutputKind::of(path) {
        Some(OutputKind::Pdf) => {
            let page = PdfPage {
                alternative: Some(made.title.clone()),
                viewport: made.page.viewport.clone(),
                ..PdfPage::new(page)
            };
            let info = PdfInfo {
                title: made.title.clone(),
                language: made.language.code().to_owned(),
                created: Some(chrono::Local::now().fixed_offset()),
                ..PdfInfo::default()
            };
            write_pdf(&[page], &info, watch)?
        }
        Some(OutputKind::Svg) => svg(page, &made.title, Letters::Text).0.into_bytes(),
        Some(kind @ (OutputKind::Png | OutputKind::Jpeg)) => {
            let per_unit = dots_per_inch / 25.4 * f64::from(page.millimetres_per_unit);
            #[expect(clippy::cast_possible_truncation, reason = "pixels per unit")]
            let pixels = render(page, per_unit as f32, watch)?;
            if kind == OutputKind::Jpeg {
                encode_jpeg(&pixels, dots_per_inch)?
            } else {
                encode_pixels(&pixels, dots_per_inch)?
            }
        }
        None => {
            let what = Message::new("sheet-error-kind");
            let remedy = Message::new("sheet-error-kind-remedy");
            return Err(OutputError::File(FileError::new(path, what).remedy(remedy)));
        }
    };
    let write = || {
        let mut file = AtomicFile::create(path)?;
        file.write_all(&bytes)?;
        file.commit()
    };
    write().map_err(OutputError::File)
}
