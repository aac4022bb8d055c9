//! Why a PDF file cannot be made.

use crate::i18n::Message;
use crate::jobs::Cancelled;

/// Why a PDF file cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// The person cancelled.
    #[error("cancelled")]
    Cancelled,
    /// It cannot be written where it should go.
    #[error("the file cannot be written: {0}")]
    Write(#[from] std::io::Error),
    /// A part of a font cannot be taken out.
    #[error("a font cannot be embedded: {detail}")]
    Font {
        /// What is wrong with it.
        detail: String,
    },
    /// A picture on the page cannot be encoded.
    #[error("a picture cannot be embedded: {detail}")]
    Picture {
        /// What the encoder says.
        detail: String,
    },
}

impl From<Cancelled> for PdfError {
    fn from(_: Cancelled) -> Self {
        PdfError::Cancelled
    }
}

impl PdfError {
    /// In words.
    pub fn message(&self) -> Message {
        match self {
            PdfError::Cancelled => Message::new("error-cancelled"),
            PdfError::Write(error) => {
                Message::new("pdf-error-write").text("detail", error.to_string())
            }
            PdfError::Font { detail } => {
                Message::new("pdf-error-font").text("detail", detail.as_str())
            }
            PdfError::Picture { detail } => {
                Message::new("pdf-error-picture").text("detail", detail.as_str())
            }
        }
    }
}
