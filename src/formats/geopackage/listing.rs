//! The small tables in which a GeoPackage says what it holds.

use rusqlite::Connection;
use rusqlite::types::Value;

/// More rows than any list of layers has.
const MOST: usize = 100_000;

/// The wanted columns of all rows of a table; a column that the table lacks is null. Empty where
/// there is no such table.
///
/// # Errors
/// When SQLite cannot read it.
pub(super) fn rows<const N: usize>(
    connection: &Connection,
    table: &str,
    columns: [&str; N],
) -> Result<Vec<[Value; N]>, rusqlite::Error> {
    if !exists(connection, table)? {
        return Ok(Vec::new());
    }
    let mut query = connection.prepare(&format!("SELECT * FROM {}", quoted(table)))?;
    let names: Vec<String> = query.column_names().iter().map(ToString::to_string).collect();
    let places = columns.map(|wanted| names.iter().position(|name| is_same(name, wanted)));
    let mut found = Vec::new();
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let value = |place: Option<usize>| match place {
            Some(place) => row.get_ref(place).map_or(Value::Null, owned),
            None => Value::Null,
        };
        found.push(places.map(value));
        if found.len() >= MOST {
            break;
        }
    }
    Ok(found)
}

/// Whether there is a table or view of that name.
pub(super) fn exists(connection: &Connection, table: &str) -> Result<bool, rusqlite::Error> {
    let query = "SELECT count(*) FROM sqlite_schema \
                 WHERE type IN ('table', 'view') AND lower(name) = lower(?1)";
    connection.query_row(query, [table], |row| row.get::<_, i64>(0)).map(|count| count > 0)
}

/// Texts that are not in UTF-8 are read as well as they can be.
fn owned(value: rusqlite::types::ValueRef<'_>) -> Value {
    match value {
        rusqlite::types::ValueRef::Text(text) => {
            Value::Text(String::from_utf8_lossy(text).into_owned())
        }
        other => other.into(),
    }
}

/// A text that says something.
pub(super) fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Text(text) if !text.trim().is_empty() => Some(text),
        _ => None,
    }
}

/// A whole number.
pub(super) fn number(value: &Value) -> Option<i64> {
    match value {
        Value::Integer(number) => Some(*number),
        _ => None,
    }
}

/// Names of tables and columns are the same whatever the case of their ASCII letters.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

/// A name as it stands in SQL.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A text as it stands in SQL.
pub(super) fn quoted_text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
