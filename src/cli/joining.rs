//! `--join`: columns of another file beside those of the layer.

use std::sync::Arc;

use super::convert::only_one;
use super::convert_arguments::{Convert, JoinRule};
use super::report::query_error;
use super::{Failure, tables};
use crate::formats::ReadOptions;
use crate::i18n::{Arg, Language, Message};
use crate::jobs::Watch;
use crate::problem::Problems;
use crate::query::join::{
    How, JoinBy, JoinColumn, JoinError, Part, Preview, Reason, Rule, joined_table, preview,
};
use crate::table::{Table, free_name};

/// How many proposals are named among the problems.
const NAMED: usize = 5;

/// What was joined, and what not.
pub(super) struct Joining {
    pub table: Arc<Table>,
    pub by: JoinBy,
    /// What matched; its proposals were not used.
    pub seen: Preview,
    /// Those of reading the other file, and proposals.
    pub problems: Problems,
}

/// Joins what the command line asks for; none where it asks for nothing.
pub(super) fn join(
    table: &Arc<Table>,
    arguments: &Convert,
    watch: &Watch,
    language: Language,
) -> Result<Option<Joining>, Failure> {
    let (Some(path), Some(on)) = (&arguments.join, &arguments.on) else { return Ok(None) };
    let tables = tables(path, &ReadOptions::default(), language);
    let tables = tables.map_err(|error| Failure::file(&error, language))?;
    let other = only_one(tables, path, language)?;
    let (key, their_key) = keys(table, &other, on, language)?;
    let name = other.name.clone();
    let by = JoinBy {
        columns: columns(table, &other, &their_key, &name, arguments.join_rule),
        key,
        their_key,
        condition: arguments.join_where.clone().unwrap_or_default(),
        pairs: Vec::new(),
    };
    let seen = preview(table, &other, &by, watch).map_err(|error| match error {
        JoinError::Condition(error) => {
            Failure::Failed(query_error("--join-where", &by.condition, &error, language))
        }
        other => Failure::Failed(other.to_string()),
    })?;
    let part = Part { by: &by, other: Some(&other), name: &name };
    let cancelled = |_| Failure::Failed(Message::new("error-cancelled").in_language(language));
    let (table, _) = joined_table(table, &[part], watch).map_err(cancelled)?;
    let mut problems = other.origin.problems.clone();
    tell(&seen, arguments.join_rule.is_some(), &mut problems);
    let table = table.shared();
    Ok(Some(Joining { table, by, seen, problems }))
}

/// `KEY` or `KEY=THEIR_KEY`, as the tables write them.
fn keys(
    table: &Table,
    other: &Table,
    on: &str,
    language: Language,
) -> Result<(String, String), Failure> {
    let field = |table: &Table, name: &str| {
        let found = table.field_index(name.trim()).and_then(|at| table.fields.get(at));
        found.map(|field| field.name.clone())
    };
    if let (Some(ours), Some(theirs)) = (field(table, on), field(other, on)) {
        return Ok((ours, theirs));
    }
    let (ours, theirs) = on.split_once('=').unwrap_or((on, on));
    let found = |table: &Table, name: &str| {
        field(table, name).ok_or_else(|| {
            let known: Vec<&str> = table.fields.iter().map(|field| field.name.as_str()).collect();
            let message = Message::new("cli-no-field")
                .text("field", name.trim())
                .text("layer", table.name.as_str())
                .text("known", known.join(", "));
            Failure::Failed(message.in_language(language))
        })
    };
    Ok((found(table, ours)?, found(other, theirs)?))
}

/// All columns but the key.
fn columns(
    table: &Table,
    other: &Table,
    their_key: &str,
    name: &str,
    rule: Option<JoinRule>,
) -> Vec<JoinColumn> {
    let mut taken: Vec<String> = table.fields.iter().map(|field| field.name.clone()).collect();
    let rule = rule.map(Rule::from);
    let taking = other.fields.iter().filter(|field| field.name != their_key).map(|field| {
        let name = free_name(&field.name, name, taken.iter().map(String::as_str));
        taken.push(name.clone());
        // What cannot be added up is taken from the first row.
        let rule = rule.map(|rule| if rule.fits(field.kind) { rule } else { Rule::First });
        JoinColumn { field: field.name.clone(), name, rule }
    });
    taking.collect()
}

/// What was not joined though it may be meant, and what can be done about several rows.
fn tell(seen: &Preview, has_rule: bool, problems: &mut Problems) {
    let proposed = seen.pairs.iter().filter_map(|pair| {
        let theirs = pair.theirs.as_deref()?;
        matches!(pair.how, How::Proposed(_)).then(|| format!("{} = {theirs}", pair.ours))
    });
    let mut named: Vec<String> = proposed.take(NAMED).collect();
    if seen.counts.proposed > named.len() {
        named.push("…".to_owned());
    }
    let examples = vec![("examples", Arg::Text(named.join("; ")))];
    problems.report("problem-join-near", seen.counts.proposed as u64, examples, None);
    problems.add("problem-join-not-sought", seen.counts.not_sought as u64);
    if !has_rule {
        let fixes = seen.several.fixes.iter().map(|fix| fix.field.as_str()).take(3);
        let fixes: Vec<&str> = fixes.collect();
        if !fixes.is_empty() {
            let fields = vec![("fields", Arg::Text(fixes.join(", ")))];
            problems.report("problem-join-choose", seen.several.values as u64, fields, None);
        }
    }
}

/// The stable name of a reason in `--json`.
pub(super) fn reason_code(reason: Reason) -> &'static str {
    match reason {
        Reason::Case => "case",
        Reason::Signs => "signs",
        Reason::Zeros => "zeros",
        Reason::Short => "short",
        Reason::Order => "order",
        Reason::Inside => "inside",
        Reason::Typing(_) => "typing",
    }
}

/// What matched and what not, for a person.
pub(super) fn lines(joining: &Joining, language: Language) -> Vec<String> {
    let (counts, several) = (&joining.seen.counts, joining.seen.several.values);
    let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let matched = Message::new("cli-joined-by")
        .text("key", joining.by.key.as_str())
        .text("their_key", joining.by.their_key.as_str())
        .count("exact", count(counts.exact))
        .count("values", count(counts.values));
    let mut lines = vec![matched.in_language(language)];
    let alone = joining.seen.pairs.iter().filter(|pair| pair.how != How::Exact);
    let alone: Vec<&str> = alone.map(|pair| pair.ours.as_str()).collect();
    let unused: Vec<&str> = joining.seen.unused.iter().map(|one| one.text.as_str()).collect();
    for (id, values) in [("cli-joined-alone", alone), ("cli-joined-unused", unused)] {
        if !values.is_empty() {
            let mut named: Vec<&str> = values.iter().copied().take(NAMED).collect();
            if values.len() > NAMED {
                named.push("…");
            }
            let text = Message::new(id).count("count", count(values.len()));
            lines.push(text.text("values", named.join("; ")).in_language(language));
        }
    }
    if several > 0 {
        let text = Message::new("cli-joined-several").count("count", count(several));
        lines.push(text.in_language(language));
    }
    lines
}
