//! The functions of conditions: one list of them all.

mod call;
mod choice;
mod date;
mod number;
mod text;

pub(super) use call::Call;
pub(super) use text::join_texts;

use std::ops::RangeInclusive;

use super::QueryError;
use super::operand::Operand;
use super::suggest;

/// A function.
pub(super) struct Function {
    /// Its names, in lower case.
    pub names: &'static [&'static str],
    /// How many arguments it takes.
    pub arguments: RangeInclusive<usize>,
    /// How it is written, for messages.
    pub usage: &'static str,
    /// What it does.
    pub run: fn(&Call<'_>) -> Result<Operand, QueryError>,
}

impl std::fmt::Debug for Function {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.usage)
    }
}

const MANY: usize = 100;

type Run = fn(&Call<'_>) -> Result<Operand, QueryError>;

const fn function(
    names: &'static [&'static str],
    arguments: RangeInclusive<usize>,
    usage: &'static str,
    run: Run,
) -> Function {
    Function { names, arguments, usage, run }
}

/// All functions.
static FUNCTIONS: &[Function] = &[
    // Text
    function(&["lower", "lcase"], 1..=1, "lower(text)", text::lower),
    function(&["upper", "ucase"], 1..=1, "upper(text)", text::upper),
    function(
        &["length", "len", "char_length", "character_length"],
        1..=1,
        "length(text)",
        text::length,
    ),
    function(&["trim", "btrim"], 1..=2, "trim(text)", text::trim),
    function(&["ltrim"], 1..=2, "ltrim(text)", text::ltrim),
    function(&["rtrim"], 1..=2, "rtrim(text)", text::rtrim),
    function(&["substr", "substring"], 2..=3, "substr(text, from, length)", text::substr),
    function(&["left"], 2..=2, "left(text, length)", text::left),
    function(&["right"], 2..=2, "right(text, length)", text::right),
    function(&["replace"], 3..=3, "replace(text, part, other)", text::replace),
    function(&["concat"], 1..=MANY, "concat(text, text, …)", text::concat),
    function(&["position"], 2..=2, "position(part IN text)", text::position),
    function(&["strpos", "instr"], 2..=2, "strpos(text, part)", text::strpos),
    function(&["starts_with", "startswith"], 2..=2, "starts_with(text, part)", text::starts_with),
    function(&["ends_with", "endswith"], 2..=2, "ends_with(text, part)", text::ends_with),
    function(&["contains"], 2..=2, "contains(text, part)", text::contains),
    function(
        &["regexp_like", "regexp_matches"],
        2..=2,
        "regexp_like(text, pattern)",
        text::regexp_like,
    ),
    // Numbers
    function(&["abs"], 1..=1, "abs(number)", number::abs),
    function(&["round"], 1..=2, "round(number, decimals)", number::round),
    function(&["floor"], 1..=1, "floor(number)", number::floor),
    function(&["ceil", "ceiling"], 1..=1, "ceil(number)", number::ceil),
    function(&["trunc", "truncate"], 1..=1, "trunc(number)", number::trunc),
    function(&["sign"], 1..=1, "sign(number)", number::sign),
    function(&["sqrt"], 1..=1, "sqrt(number)", number::sqrt),
    function(&["exp"], 1..=1, "exp(number)", number::exp),
    function(&["ln"], 1..=1, "ln(number)", number::ln),
    function(&["log10", "log"], 1..=1, "log10(number)", number::log10),
    function(&["power", "pow"], 2..=2, "power(number, exponent)", number::power),
    function(&["mod"], 2..=2, "mod(number, number)", number::modulo),
    // Dates
    function(&["year"], 1..=1, "year(date)", date::year),
    function(&["quarter"], 1..=1, "quarter(date)", date::quarter),
    function(&["month"], 1..=1, "month(date)", date::month),
    function(&["week"], 1..=1, "week(date)", date::week),
    function(&["day", "dayofmonth"], 1..=1, "day(date)", date::day),
    function(&["weekday", "isodow"], 1..=1, "weekday(date)", date::weekday),
    function(&["dayofyear"], 1..=1, "dayofyear(date)", date::day_of_year),
    function(&["hour"], 1..=1, "hour(date)", date::hour),
    function(&["minute"], 1..=1, "minute(date)", date::minute),
    function(&["second"], 1..=1, "second(date)", date::second),
    function(&["date", "to_date"], 1..=1, "date(text)", date::date),
    function(&["date_trunc"], 2..=2, "date_trunc('month', date)", date::date_trunc),
    function(&["now", "current_timestamp"], 0..=0, "now()", date::now),
    function(&["current_date", "today"], 0..=0, "current_date", date::current_date),
    // Choice
    function(&["coalesce", "ifnull", "nvl"], 1..=MANY, "coalesce(value, other)", choice::coalesce),
    function(&["nullif"], 2..=2, "nullif(value, value)", choice::nullif),
    function(&["greatest"], 1..=MANY, "greatest(value, value, …)", choice::greatest),
    function(&["least"], 1..=MANY, "least(value, value, …)", choice::least),
];

/// Functions over many rows, which a condition on one row cannot have.
const AGGREGATES: &[&str] = &[
    "count",
    "sum",
    "avg",
    "min",
    "max",
    "median",
    "stddev",
    "variance",
    "first",
    "last",
    "array_agg",
    "string_agg",
    "group_concat",
    "row_number",
    "rank",
    "lag",
    "lead",
];

/// The first name of each function.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    FUNCTIONS.iter().filter_map(|function| function.names.first().copied())
}

/// A function by any of its names, whatever their case.
pub(super) fn find(name: &str) -> Option<&'static Function> {
    let wanted = name.to_lowercase();
    FUNCTIONS.iter().find(|function| function.names.contains(&wanted.as_str()))
}

/// Whether a name is that of a function over many rows.
pub(super) fn is_aggregate(name: &str) -> bool {
    AGGREGATES.contains(&name.to_lowercase().as_str())
}

/// The name of a function that was perhaps meant.
pub(super) fn closest(name: &str) -> Option<&'static str> {
    suggest::closest(name, FUNCTIONS.iter().flat_map(|function| function.names).copied())
}
