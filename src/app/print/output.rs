//! A sheet written to a file.

use std::ffi::OsStr;
use std::path::Path;

use super::parts::MadeSheet;
use crate::formats::AtomicFile;
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::page::{SheetError, encode_pixels, render, svg};
use crate::problem::FileError;

/// What kind of file a sheet becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum OutputKind {
    Svg,
    Png,
}

impl OutputKind {
    pub const ALL: [OutputKind; 2] = [OutputKind::Svg, OutputKind::Png];

    pub fn extension(self) -> &'static str {
        match self {
            OutputKind::Svg => "svg",
            OutputKind::Png => "png",
        }
    }

    /// By the ending of a file's name.
    pub fn of(path: &Path) -> Option<OutputKind> {
        let ending = path.extension().and_then(OsStr::to_str)?.to_lowercase();
        OutputKind::ALL.into_iter().find(|kind| kind.extension() == ending)
    }
}

/// Why a sheet was not written.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::app) enum OutputError {
    Sheet(SheetError),
    File(FileError),
}

/// Writes a sheet. A failure leaves an older file whole.
pub(in crate::app) fn write(
    made: &MadeSheet,
    path: &Path,
    dots_per_inch: f64,
    watch: &Watch,
) -> Result<(), OutputError> {
    let figure = |error| OutputError::Sheet(SheetError::Figure(error));
    let page = &made.page.page;
    let bytes = match OutputKind::of(path) {
        Some(OutputKind::Svg) => svg(page, &made.title).0.into_bytes(),
        Some(OutputKind::Png) => {
            let per_unit = dots_per_inch / 25.4 * f64::from(page.millimetres_per_unit);
            #[expect(clippy::cast_possible_truncation, reason = "pixels per unit")]
            let pixels = render(page, per_unit as f32, watch).map_err(figure)?;
            encode_pixels(&pixels, dots_per_inch).map_err(figure)?
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
