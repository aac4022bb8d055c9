//! Spreadsheets: what people put around their tables, what cells are, and what no file may do.

mod hostile;
mod odd;
mod oracle;
mod sheets;
mod written;

use std::path::{Path, PathBuf};

use belfort::table::{Table, Value};

/// A file of the tests' own.
fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

/// A table's fields with their kinds.
fn kinds(table: &Table) -> Vec<(&str, &'static str)> {
    table.fields.iter().map(|field| (field.name.as_str(), field.kind.code())).collect()
}

/// A column as texts.
fn texts(table: &Table, field: &str) -> Vec<String> {
    let at = table.field_index(field).unwrap_or_else(|| panic!("{field}"));
    (0..table.rows()).map(|row| table.value(row, at).to_data_text()).collect()
}

fn problems(table: &Table) -> Vec<(&'static str, u64)> {
    table.origin.problems.iter().map(|problem| (problem.kind(), problem.count)).collect()
}

fn is_null(table: &Table, row: usize, field: &str) -> bool {
    table.value(row, table.field_index(field).unwrap()) == Value::Null
}
