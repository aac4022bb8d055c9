//! Why a figure cannot be made.

use crate::i18n::Message;
use crate::jobs::Cancelled;

/// Why a figure cannot be made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FigureError {
    /// The person cancelled.
    #[error("cancelled")]
    Cancelled,
    /// The picture would be too large.
    #[error("a picture of {width} × {height} pixels is too large")]
    TooLarge {
        /// Pixels from left to right.
        width: u64,
        /// Pixels from top to bottom.
        height: u64,
    },
    /// The map would be too small to read, or has no size.
    #[error("a map of {width} × {height} points is too small")]
    TooSmall {
        /// Points from left to right.
        width: u32,
        /// Points from top to bottom.
        height: u32,
    },
    /// The view is not a place on the map.
    #[error("the view is not a place on the map")]
    NoView,
    /// The picture cannot be written as PNG.
    #[error("the picture cannot be written: {detail}")]
    Encoding {
        /// What the encoder says.
        detail: String,
    },
}

impl From<Cancelled> for FigureError {
    fn from(_: Cancelled) -> Self {
        FigureError::Cancelled
    }
}

impl FigureError {
    /// In words.
    pub fn message(&self) -> Message {
        match self {
            FigureError::Cancelled => Message::new("error-cancelled"),
            FigureError::TooLarge { width, height } => Message::new("figure-error-too-large")
                .count("width", *width)
                .count("height", *height),
            FigureError::TooSmall { width, height } => Message::new("figure-error-too-small")
                .count("width", u64::from(*width))
                .count("height", u64::from(*height)),
            FigureError::NoView => Message::new("figure-error-no-view"),
            FigureError::Encoding { detail } => {
                Message::new("figure-error-encoding").text("detail", detail.as_str())
            }
        }
    }
}
