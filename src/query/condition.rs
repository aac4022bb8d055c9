//! Conditions in SQL.

use arrow_array::BooleanArray;
use arrow_buffer::BooleanBuffer;

use super::QueryError;
use super::evaluate::{Evaluation, written_name, written_text};
use super::parse::parse;
use super::syntax::{Expression, Node};
use crate::table::Table;

/// A condition: its text and its syntax tree.
#[derive(Clone, Debug)]
pub struct Condition {
    text: String,
    /// None when the text is empty: every row meets it.
    tree: Option<Node>,
}

impl Condition {
    /// Reads a condition such as `wijk = 'Ledeberg' AND totale_capaciteit > 50`. Empty text is
    /// the condition that every row meets.
    ///
    /// Field names and functions are found whatever their case; names with other signs than
    /// letters, digits and `_` stand between double quotes, text between single ones.
    ///
    /// # Errors
    /// When it is not one; the error points at the word.
    pub fn parse(sql: &str) -> Result<Condition, QueryError> {
        Ok(Condition { text: sql.to_owned(), tree: parse(sql)? })
    }

    /// The text it was read from.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the text is empty, so that every row meets it.
    pub fn is_empty(&self) -> bool {
        self.tree.is_none()
    }

    /// Which rows meet the condition: one value per row, never null. Inside, logic has three
    /// values as SQL has it; where the answer is null, the row does not meet the condition.
    ///
    /// Division by zero and whole numbers past 64 bits are null for their row.
    ///
    /// # Errors
    /// When it names a field the table does not have, or types do not fit.
    pub fn evaluate(&self, table: &Table) -> Result<BooleanArray, QueryError> {
        match &self.tree {
            None => Ok(BooleanArray::new(BooleanBuffer::new_set(table.rows()), None)),
            Some(tree) => Evaluation::new(table).mask(tree),
        }
    }

    /// Whether a table has all the fields it names.
    pub fn fits(&self, table: &Table) -> bool {
        self.tree.as_ref().is_none_or(|tree| Evaluation::new(table).has_fields_of(tree))
    }

    /// The names of the fields it uses, as it writes them, each once.
    pub fn fields(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        if let Some(tree) = &self.tree {
            tree.walk(&mut |node| {
                if let Expression::Field { name, .. } = &node.expression
                    && !names.contains(&name.as_str())
                {
                    names.push(name);
                }
            });
        }
        names
    }

    /// A field's name as a condition writes it, quoted where needed.
    pub fn written_name(name: &str) -> String {
        written_name(name)
    }

    /// A text as a condition writes it, between single quotes.
    pub fn written_text(text: &str) -> String {
        written_text(text)
    }
}
