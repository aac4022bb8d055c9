//! What a read, filter, transform or write dropped or changed: counted, with its first places.
//!
//! Work goes on after a problem; an error ends it. Every reader and writer carries a [`Problems`]
//! and reports into it; the window shows the list, `--json` prints it.

use std::fmt;

use crate::i18n::{Arg, Language, Message};

/// How many places are kept per problem; the count goes on.
const PLACES_KEPT: usize = 5;

/// Where in a file something is.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// A line of a text file, from 1, and the column in characters, from 1 (0: the whole line).
    Line {
        /// From 1.
        line: u64,
        /// From 1; 0 for the whole line.
        column: u64,
    },
    /// A byte offset from the start of the file.
    Byte(u64),
    /// A row (feature, record), from 1, as a person counts them.
    Row(u64),
    /// A field of a row, from 1.
    RowField {
        /// From 1.
        row: u64,
        /// The field's name.
        field: String,
    },
    /// A field as a whole.
    Field(String),
    /// A member of an archive or a companion file.
    Member(String),
}

impl Place {
    /// The place in words, as a message.
    pub fn message(&self) -> Message {
        match self {
            Place::Line { line, column: 0 } => Message::new("place-line").count("line", *line),
            Place::Line { line, column } => {
                Message::new("place-line-column").count("line", *line).count("column", *column)
            }
            Place::Byte(byte) => Message::new("place-byte").count("byte", *byte),
            Place::Row(row) => Message::new("place-row").count("row", *row),
            Place::RowField { row, field } => {
                Message::new("place-row-field").count("row", *row).text("field", field.as_str())
            }
            Place::Field(field) => Message::new("place-field").text("field", field.as_str()),
            Place::Member(name) => Message::new("place-member").text("name", name.as_str()),
        }
    }
}

/// One kind of loss or change, with how often and where it happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// The Fluent message that describes it, always `problem-…`. It receives `count` and [`Self::args`].
    pub id: &'static str,
    /// How many rows, values or texts it concerns.
    pub count: u64,
    /// Further arguments; problems with different arguments are counted apart.
    pub args: Vec<(&'static str, Arg)>,
    /// The first places where it happened.
    pub places: Vec<Place>,
}

impl Problem {
    /// The stable name used in `--json`: the message's name without `problem-`.
    pub fn kind(&self) -> &'static str {
        self.id.strip_prefix("problem-").unwrap_or(self.id)
    }

    /// The description with its count and first places.
    pub fn text(&self, language: Language) -> String {
        let mut message = Message::new(self.id).count("count", self.count);
        message.args.extend(self.args.iter().cloned());
        let text = message.in_language(language);
        if self.places.is_empty() {
            return text;
        }
        let mut places: Vec<String> =
            self.places.iter().map(|place| place.message().in_language(language)).collect();
        if u64::try_from(places.len()).is_ok_and(|shown| shown < self.count) {
            places.push("…".to_owned());
        }
        format!("{text} ({})", places.join("; "))
    }
}

/// A growing list of problems. Reporting the same problem again raises its count.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// No problems yet.
    pub fn new() -> Problems {
        Problems::default()
    }

    /// Reports one occurrence at a place.
    pub fn at(&mut self, id: &'static str, place: Place) {
        self.report(id, 1, Vec::new(), Some(place));
    }

    /// Reports `count` occurrences without a place. Does nothing when `count` is 0.
    pub fn add(&mut self, id: &'static str, count: u64) {
        self.report(id, count, Vec::new(), None);
    }

    /// Reports occurrences with arguments and perhaps a place. Does nothing when `count` is 0.
    pub fn report(
        &mut self,
        id: &'static str,
        count: u64,
        args: Vec<(&'static str, Arg)>,
        place: Option<Place>,
    ) {
        if count == 0 {
            return;
        }
        let known = self.0.iter_mut().find(|problem| problem.id == id && problem.args == args);
        if let Some(problem) = known {
            problem.count = problem.count.saturating_add(count);
            if problem.places.len() < PLACES_KEPT {
                problem.places.extend(place);
            }
        } else {
            self.0.push(Problem { id, count, args, places: place.into_iter().collect() });
        }
    }

    /// Takes over another list.
    pub fn extend(&mut self, other: Problems) {
        for problem in other.0 {
            let known =
                self.0.iter_mut().find(|mine| mine.id == problem.id && mine.args == problem.args);
            if let Some(mine) = known {
                mine.count = mine.count.saturating_add(problem.count);
                let room = PLACES_KEPT.saturating_sub(mine.places.len());
                mine.places.extend(problem.places.into_iter().take(room));
            } else {
                self.0.push(problem);
            }
        }
    }

    /// Moves places in rows down by so many rows, for a list made from a piece of a file.
    pub fn shift_rows(&mut self, by: u64) {
        self.map_rows(|row| row.saturating_add(by));
    }

    /// Changes the rows of places, for a list made of rows that have other numbers in the file.
    pub fn map_rows(&mut self, of: impl Fn(u64) -> u64) {
        for place in self.0.iter_mut().flat_map(|problem| &mut problem.places) {
            if let Place::Row(row) | Place::RowField { row, .. } = place {
                *row = of(*row);
            }
        }
    }

    /// Whether nothing was reported.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds to the line of every place that has one: for problems of a part that was read by itself.
    pub fn shift_lines(&mut self, by: u64) {
        for place in self.0.iter_mut().flat_map(|problem| &mut problem.places) {
            if let Place::Line { line, .. } = place {
                *line = line.saturating_add(by);
            }
        }
    }

    /// The number of different problems.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The problems in the order they first appeared.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.0.iter()
    }

    /// How often a problem with this message was reported, over all arguments.
    pub fn count(&self, id: &str) -> u64 {
        self.0.iter().filter(|problem| problem.id == id).map(|problem| problem.count).sum()
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Problems {
        Problems(vec![problem])
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// A failure about a file: which file, where in it, what is wrong and what to do about it.
#[derive(Clone, Debug, PartialEq)]
pub struct FileError {
    /// The file.
    pub path: std::path::PathBuf,
    /// Where in the file, if it is about one place.
    pub place: Option<Place>,
    /// What is wrong.
    pub what: Message,
    /// What the person can do, if the program knows.
    pub remedy: Option<Message>,
}

impl FileError {
    /// An error about a whole file.
    pub fn new(path: impl Into<std::path::PathBuf>, what: Message) -> FileError {
        FileError { path: path.into(), place: None, what, remedy: None }
    }

    /// An operating system error while reading or writing.
    pub fn io(path: impl Into<std::path::PathBuf>, error: &std::io::Error) -> FileError {
        let what = match error.kind() {
            std::io::ErrorKind::NotFound => Message::new("error-not-found"),
            std::io::ErrorKind::PermissionDenied => Message::new("error-no-permission"),
            _ => Message::new("error-io").text("detail", error.to_string()),
        };
        FileError::new(path, what)
    }

    /// An operating system error while writing: what it means for who wants to save something.
    pub fn writing(path: impl Into<std::path::PathBuf>, error: &std::io::Error) -> FileError {
        use std::io::ErrorKind;
        // Windows: another program has the file open (ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION).
        let is_in_use = cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33));
        let (what, remedy) = match error.kind() {
            _ if is_in_use => ("error-in-use", "error-in-use-remedy"),
            ErrorKind::NotFound | ErrorKind::NotADirectory => {
                ("error-folder-gone", "error-folder-gone-remedy")
            }
            ErrorKind::PermissionDenied => ("error-may-not-write", "error-save-elsewhere"),
            ErrorKind::ReadOnlyFilesystem => ("error-read-only", "error-save-elsewhere"),
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
                ("error-disk-full", "error-disk-full-remedy")
            }
            ErrorKind::NetworkDown
            | ErrorKind::NetworkUnreachable
            | ErrorKind::HostUnreachable
            | ErrorKind::StaleNetworkFileHandle
            | ErrorKind::TimedOut => ("error-drive-gone", "error-drive-gone-remedy"),
            _ => return FileError::io(path, error),
        };
        FileError::new(path, Message::new(what)).remedy(Message::new(remedy))
    }

    /// The work was cancelled by the person.
    pub fn cancelled(path: impl Into<std::path::PathBuf>) -> FileError {
        FileError::new(path, Message::new("error-cancelled"))
    }

    /// Whether the person cancelled, so that nothing needs to be shown.
    pub fn is_cancelled(&self) -> bool {
        self.what.id == "error-cancelled"
    }

    /// Adds where in the file.
    #[must_use]
    pub fn at(mut self, place: Place) -> FileError {
        self.place = Some(place);
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn remedy(mut self, remedy: Message) -> FileError {
        self.remedy = Some(remedy);
        self
    }

    /// `file (place): what. Remedy.`
    pub fn text(&self, language: Language) -> String {
        let path = self.path.display();
        let what = self.what.in_language(language);
        let mut text = match &self.place {
            Some(place) => format!("{path} ({}): {what}", place.message().in_language(language)),
            None => format!("{path}: {what}"),
        };
        if let Some(remedy) = &self.remedy {
            text.push_str(". ");
            text.push_str(&remedy.in_language(language));
        }
        text
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Language::English))
    }
}

impl std::error::Error for FileError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_problem_is_counted_once_with_its_first_places() {
        let mut problems = Problems::new();
        for row in 1..=9 {
            problems.at("problem-no-geometry", Place::Row(row));
        }
        problems.report("problem-no-geometry", 0, Vec::new(), None);
        assert_eq!(problems.len(), 1);
        let problem = problems.iter().next().cloned();
        let Some(problem) = problem else { panic!("one problem") };
        assert_eq!((problem.count, problem.places.len()), (9, PLACES_KEPT));
        assert_eq!(problem.kind(), "no-geometry");
        assert!(problem.text(Language::English).ends_with("row 5; …)"));
    }
}
