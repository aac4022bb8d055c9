//! Expressions that make a text of every row, for labels.

use std::sync::Arc;

use arrow_array::{Array, StringArray};
use arrow_select::take::take;

use super::QueryError;
use super::convert::{date_of, local, moment_of};
use super::evaluate::Evaluation;
use super::operand::{Kind, Operand, failed};
use super::parse::parse;
use super::syntax::{Expression, Literal, Node};
use crate::i18n::{Language, format_date_time};
use crate::table::{Table, Value};

/// A field's name or an expression, such as `wijk || '\n' || aantal`: its text and its syntax
/// tree. It is written as conditions are; within quotes `\n` is the end of a line.
#[derive(Clone, Debug)]
pub struct TextExpression {
    text: String,
    /// None when the text is empty: no row has a text.
    tree: Option<Node>,
}

impl TextExpression {
    /// Reads an expression. Empty text gives no row a text.
    ///
    /// # Errors
    /// When it is no expression; the error points at the word.
    pub fn parse(text: &str) -> Result<TextExpression, QueryError> {
        let mut tree = parse(text)?;
        if let Some(tree) = &mut tree {
            break_lines(tree);
        }
        Ok(TextExpression { text: text.to_owned(), tree })
    }

    /// The text it was read from.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its syntax tree.
    pub(super) fn tree(&self) -> Option<&Node> {
        self.tree.as_ref()
    }

    /// The one field it is, as written; none for anything more.
    pub fn field(&self) -> Option<&str> {
        match self.tree.as_ref().map(|tree| &tree.expression) {
            Some(Expression::Field { name, .. }) => Some(name),
            _ => None,
        }
    }

    /// Whether a table has all the fields it names.
    pub fn fits(&self, table: &Table) -> bool {
        self.tree.as_ref().is_none_or(|tree| Evaluation::new(table).has_fields_of(tree))
    }

    /// The text of each row, null where there is none: numbers and dates in a language's form,
    /// as tables show them. Where a part of what `||` joins is null, the whole is.
    ///
    /// # Errors
    /// When it names a field the table does not have, or types do not fit.
    pub fn texts(&self, table: &Table, language: Language) -> Result<StringArray, QueryError> {
        let Some(tree) = &self.tree else { return Ok(StringArray::new_null(table.rows())) };
        let operand = Evaluation::for_people(table, language).values(tree)?.written(language);
        let Some(texts) = operand.texts() else {
            return Ok(StringArray::new_null(table.rows()));
        };
        if !operand.scalar {
            return Ok(texts.clone());
        }
        let rows = arrow_array::UInt32Array::from_value(0, table.rows());
        let repeated = take(texts, &rows, None).map_err(|error| failed(&tree.span, &error))?;
        let repeated = Operand::new(repeated, false, Kind::Text);
        let texts = repeated.texts().cloned();
        Ok(texts.unwrap_or_else(|| StringArray::new_null(table.rows())))
    }
}

/// `\n` in written texts becomes the end of a line.
fn break_lines(node: &mut Node) {
    if let Expression::Literal(Literal::Text(text)) = &mut node.expression
        && text.contains("\\n")
    {
        *text = text.replace("\\n", "\n");
    }
    node.children_mut().into_iter().for_each(break_lines);
}

impl Operand {
    /// The values as a person reads them; nulls stay null.
    pub(super) fn written(&self, language: Language) -> Operand {
        let texts: StringArray = match self.kind {
            Kind::Text => return self.clone(),
            Kind::Null => StringArray::new_null(self.array.len()),
            Kind::Boolean => texts(self.booleans(), |value| Some(Value::Boolean(value)), language),
            Kind::Integer => texts(self.integers(), |value| Some(Value::Integer(value)), language),
            Kind::Number => texts(self.numbers(), |value| Some(Value::Number(value)), language),
            Kind::Date => texts(self.dates(), |days| date_of(days).map(Value::Date), language),
            Kind::DateTime(zone) => {
                let moments = self.date_times().into_iter().flatten();
                let text = |millis: Option<i64>| {
                    let moment = moment_of(local(millis?, zone)?)?;
                    Some(format_date_time(language, moment))
                };
                moments.map(text).collect()
            }
        };
        Operand::new(Arc::new(texts), self.scalar, Kind::Text)
    }
}

fn texts<T>(
    values: Option<impl IntoIterator<Item = Option<T>>>,
    value: impl Fn(T) -> Option<Value<'static>>,
    language: Language,
) -> StringArray {
    let values = values.into_iter().flatten();
    values.map(|given| Some(value(given?)?.in_language(language))).collect()
}

#[cfg(test)]
mod tests {
    use arrow_array::{ArrayRef, Float64Array, Int64Array};

    use super::*;
    use crate::table::{Field, FieldKind};

    fn table() -> Table {
        let columns: Vec<ArrayRef> = vec![
            Arc::new(StringArray::from(vec![Some("Ledeberg"), None, Some("Muide")])),
            Arc::new(Int64Array::from(vec![Some(8400), Some(12), None])),
            Arc::new(Float64Array::from(vec![1.25, 1234.5, 3.0])),
            Arc::new(StringArray::from(vec!["a", "b", "c"])),
        ];
        let fields = vec![
            Field::new("wijk", FieldKind::Text),
            Field::new("aantal", FieldKind::Integer),
            Field::new("km", FieldKind::Number),
            Field::new("naam (nl)", FieldKind::Text),
        ];
        Table::new("t", 3, fields, columns, None).unwrap_or_else(|error| panic!("{error}"))
    }

    fn written(text: &str, language: Language) -> Vec<Option<String>> {
        let expression = TextExpression::parse(text).unwrap_or_else(|error| panic!("{error}"));
        let texts = expression.texts(&table(), language).unwrap_or_else(|e| panic!("{e}"));
        texts.iter().map(|text| text.map(str::to_owned)).collect()
    }

    fn some<const N: usize>(texts: [&str; N]) -> Vec<Option<String>> {
        texts.iter().map(|text| (!text.is_empty()).then(|| (*text).to_owned())).collect()
    }

    #[test]
    fn fields_and_expressions_become_texts_in_the_language() {
        use Language::{Dutch, English};
        assert_eq!(written("wijk", Dutch), some(["Ledeberg", "", "Muide"]));
        assert_eq!(written("\"naam (nl)\"", Dutch), some(["a", "b", "c"]));
        assert_eq!(written("aantal", Dutch), some(["8400", "12", ""]));
        assert_eq!(written("km", Dutch), some(["1,25", "1234,5", "3"]));
        assert_eq!(written("km", English), some(["1.25", "1234.5", "3"]));
        assert_eq!(
            written(r"wijk || '\n' || aantal", Dutch),
            some(["Ledeberg\n8400", "", ""]),
            "null where a part is"
        );
        assert_eq!(written("km || ' km'", Dutch), some(["1,25 km", "1234,5 km", "3 km"]));
        assert_eq!(written("coalesce(wijk, '?')", Dutch), some(["Ledeberg", "?", "Muide"]));
        assert_eq!(written("'vast'", Dutch), some(["vast"; 3]));
        assert_eq!(written("aantal * 2", Dutch), some(["16800", "24", ""]));
        assert_eq!(written(" ", Dutch), some([""; 3]));
        assert_eq!(written("NULL", Dutch), some([""; 3]));
    }

    #[test]
    fn errors_name_the_place_and_what_was_meant() {
        let expression = TextExpression::parse("wjik || aantal").expect("it can be read");
        let error = expression.texts(&table(), Language::Dutch).expect_err("no such field");
        assert_eq!((error.span, error.suggestion.as_deref()), (0..4, Some("wijk")));
        let error = TextExpression::parse("wijk ||").expect_err("unfinished");
        assert_eq!(error.span.end, 7);
    }

    #[test]
    fn an_expression_fits_a_table_that_has_its_fields() {
        let fits = |text| TextExpression::parse(text).is_ok_and(|text| text.fits(&table()));
        for text in ["wijk", "WIJK || ' ' || t.aantal", "coalesce(km, 'x')", "'vast'", ""] {
            assert!(fits(text), "{text}");
        }
        for text in ["wjik", "wijk || ' ' || inwoners", "coalesce(km, \"vast\")"] {
            assert!(!fits(text), "{text}");
        }
    }

    #[test]
    fn the_one_field_of_an_expression_is_known() {
        let field = |text| TextExpression::parse(text).ok()?.field().map(str::to_owned);
        assert_eq!(field("wijk").as_deref(), Some("wijk"));
        assert_eq!(field("\"naam (nl)\"").as_deref(), Some("naam (nl)"));
        assert_eq!(field("wijk || ''"), None);
    }
}
