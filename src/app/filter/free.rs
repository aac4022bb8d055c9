//! A condition on fields whose rows are not here: for what is still to be fetched.

use std::sync::Arc;

use egui::Ui;

use super::Look;
use super::condition::ConditionEdit;
use super::facts::Facts;
use crate::app::session::Session;
use crate::query::builder::Group;
use crate::query::{Condition, QueryError};
use crate::table::{Field, Table};

/// A condition being built, with the fields it is on.
pub(in crate::app) struct FreeCondition {
    edit: ConditionEdit,
    table: Arc<Table>,
    facts: Facts,
}

impl FreeCondition {
    /// An empty condition on fields; none where they make no table.
    pub fn on(fields: Vec<Field>) -> Option<FreeCondition> {
        let columns = fields.iter().map(|field| {
            let kind = field.kind.data_type();
            arrow_array::new_empty_array(&kind)
        });
        let columns = columns.collect();
        let table = Table::new("", 0, fields, columns, None).ok()?.shared();
        Some(FreeCondition { edit: ConditionEdit::of(""), table, facts: Facts::default() })
    }

    /// The rules, and the same as text.
    pub fn show(&mut self, ui: &mut Ui, session: &Session) {
        self.edit.sync(&self.table);
        let error = self.error();
        let (table, facts) = (&self.table, &self.facts);
        let look = Look { session, table, loaded: None, facts, prefix: "" };
        self.edit.show_rules(ui, &look);
        self.edit.show_text(ui, &look, error.as_ref());
    }

    /// The condition in SQL; empty for all rows.
    pub fn sql(&self) -> &str {
        self.edit.sql.trim()
    }

    /// What is wrong with it.
    pub fn error(&self) -> Option<QueryError> {
        if self.sql().is_empty() { None } else { Condition::parse(self.sql()).err() }
    }

    /// Its rules; none where rules cannot say it.
    pub fn group(&self) -> Option<Group> {
        Group::read(self.sql(), &self.table)
    }
}
