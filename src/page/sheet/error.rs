//! Why a sheet cannot be made.

use crate::i18n::Message;
use crate::jobs::Cancelled;
use crate::page::FigureError;

/// Why a sheet cannot be made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SheetError {
    /// What it is to show has no place on the map.
    #[error("the subject has no place on the map")]
    NoPlace,
    /// The paper is too small for what stands on the sheet.
    #[error("the paper is too small")]
    PaperTooSmall,
    /// The scale is no scale.
    #[error("1:{0} is no scale")]
    NoScale(u32),
    /// As of a figure.
    #[error(transparent)]
    Figure(#[from] FigureError),
}

impl From<Cancelled> for SheetError {
    fn from(cancelled: Cancelled) -> Self {
        SheetError::Figure(cancelled.into())
    }
}

impl SheetError {
    /// In words.
    pub fn message(&self) -> Message {
        match self {
            SheetError::NoPlace => Message::new("sheet-error-no-place"),
            SheetError::PaperTooSmall => Message::new("sheet-error-paper-too-small"),
            SheetError::NoScale(denominator) => {
                Message::new("sheet-error-no-scale").count("scale", u64::from(*denominator))
            }
            SheetError::Figure(error) => error.message(),
        }
    }
}
