//! Why a spreadsheet, or a part of it, cannot be read.

use std::io;
use std::path::Path;

use super::sheet::{TooLarge, Unheld};
use crate::i18n::Message;
use crate::problem::{FileError, Place};

/// What went wrong, where the file is known to the caller.
#[derive(Debug)]
pub(super) enum Fault {
    /// It is not what it should be: the words of a library, or of the reader.
    Damaged(String),
    /// A part that every file of the kind has is not there.
    Missing(&'static str),
    Io(io::Error),
    /// It wants a password.
    Locked,
    /// What it unpacks to is more than so many megabytes.
    Bomb(u64),
    Sheet(Unheld),
    /// Excel 4 or older, or another program's file in the same container.
    Old,
    Cancelled,
}

impl Fault {
    /// The error about a file, and about a part of it where that is known.
    pub(super) fn about(self, path: &Path, part: Option<&str>) -> FileError {
        let new = |id| FileError::new(path, Message::new(id));
        let get_again = || Message::new("remedy-get-again");
        let error = match self {
            Fault::Damaged(detail) => {
                let what = Message::new("spreadsheet-error-damaged").text("detail", detail);
                FileError::new(path, what).remedy(Message::new("spreadsheet-remedy-save-again"))
            }
            Fault::Missing(part) => {
                let what = Message::new("spreadsheet-error-missing").text("part", part);
                FileError::new(path, what).remedy(get_again())
            }
            Fault::Io(error) => FileError::io(path, &error),
            Fault::Locked => {
                let remedy = Message::new("spreadsheet-remedy-unlock");
                return new("spreadsheet-error-locked").remedy(remedy);
            }
            Fault::Bomb(limit) => {
                let what = Message::new("error-archive-too-big").count("limit", limit);
                FileError::new(path, what).remedy(Message::new("spreadsheet-remedy-save-again"))
            }
            Fault::Sheet(Unheld::TooLarge(TooLarge::Spread { rows, columns })) => {
                let what = Message::new("spreadsheet-error-spread")
                    .count("rows", rows)
                    .count("columns", columns);
                FileError::new(path, what).remedy(Message::new("spreadsheet-remedy-new-sheet"))
            }
            Fault::Sheet(Unheld::TooLarge(TooLarge::Text)) => {
                let remedy = Message::new("spreadsheet-remedy-new-sheet");
                new("spreadsheet-error-text").remedy(remedy)
            }
            Fault::Sheet(Unheld::TooMuchText) => {
                new("error-too-much-text").remedy(Message::new("remedy-smaller-parts"))
            }
            Fault::Old => {
                new("spreadsheet-error-old").remedy(Message::new("spreadsheet-remedy-save-xlsx"))
            }
            Fault::Cancelled => return FileError::cancelled(path),
        };
        match part {
            Some(part) => error.at(Place::Member(part.to_owned())),
            None => error,
        }
    }
}

impl From<TooLarge> for Fault {
    fn from(error: TooLarge) -> Fault {
        Fault::Sheet(error.into())
    }
}

impl From<Unheld> for Fault {
    fn from(error: Unheld) -> Fault {
        Fault::Sheet(error)
    }
}

/// An error of reading a part; what ended it on purpose comes back as what it was.
impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Fault {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<Ended>()) {
            Some(Ended::Cancelled) => Fault::Cancelled,
            Some(Ended::Bomb(limit)) => Fault::Bomb(*limit),
            // What cannot be unpacked is no trouble of the disk.
            None => Fault::Damaged(error.to_string()),
        }
    }
}

impl From<quick_xml::Error> for Fault {
    fn from(error: quick_xml::Error) -> Fault {
        match error {
            quick_xml::Error::Io(error) => {
                match error.get_ref().and_then(|inner| inner.downcast_ref::<Ended>()) {
                    Some(Ended::Cancelled) => Fault::Cancelled,
                    Some(Ended::Bomb(limit)) => Fault::Bomb(*limit),
                    None => Fault::Damaged(error.to_string()),
                }
            }
            other => Fault::Damaged(other.to_string()),
        }
    }
}

/// Why the reading of a part was ended, hidden in an [`io::Error`] on its way through a library.
#[derive(Clone, Copy, Debug, thiserror::Error)]
pub(super) enum Ended {
    #[error("cancelled")]
    Cancelled,
    #[error("unpacks to more than {0} MB")]
    Bomb(u64),
}

impl From<Ended> for io::Error {
    fn from(ended: Ended) -> io::Error {
        io::Error::other(ended)
    }
}
