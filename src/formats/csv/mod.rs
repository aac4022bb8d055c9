//! Delimited text: CSV and TSV, with everything nobody writes down found by looking.

pub(super) mod dialect;
mod guard;
#[cfg(test)]
mod pieces_test;
mod read;
mod records;
mod source;
mod values;
mod write;

use std::path::Path;

pub use write::text;

pub(super) use dialect::names;
pub(super) use values::{infer, plain_number};

use super::{Confidence, Format};

/// Delimited text.
pub static FORMAT: Format = Format {
    id: "csv",
    name: "CSV",
    extensions: &["csv", "tsv", "tab", "txt"],
    recognise,
    read: read::read,
    write: Some(write::write),
    write_several: None,
    only_in: None,
    changes: write::changes,
    list: None,
};

/// Any text is CSV of a kind, so the extension has to speak for it, and a text file has to look
/// like a table.
fn recognise(path: &Path, head: &[u8]) -> Confidence {
    let extension = super::open::extension_of(path);
    let text = super::encoding::beginning(head);
    let binary = text.chars().any(|c| c == '\0' || (c < ' ' && !c.is_whitespace()));
    if binary || text.trim().is_empty() || text.trim_start().starts_with('<') {
        let named = matches!(extension.as_str(), "csv" | "tsv" | "tab");
        return if named { Confidence::Maybe } else { Confidence::No };
    }
    let looks = || dialect::find(&text, &extension).fields > 1;
    match extension.as_str() {
        "csv" | "tsv" | "tab" => Confidence::Sure,
        // Some programs call a text with tabs an Excel file, because Excel opens it.
        "txt" | "" | "xls" if looks() => Confidence::Maybe,
        _ => Confidence::No,
    }
}
