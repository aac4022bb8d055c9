//! Names for columns that are added.

use crate::i18n::fold;

/// A name that no other column has, whatever its case: the one wished, with the name of the other
/// table where that is taken (`naam_bevolking`), and a number if need be.
pub fn free_name<'a>(wished: &str, table: &str, taken: impl Iterator<Item = &'a str>) -> String {
    let taken: std::collections::HashSet<String> = taken.map(str::to_lowercase).collect();
    let is_free = |name: &str| !taken.contains(&name.to_lowercase());
    if is_free(wished) {
        return wished.to_owned();
    }
    let table: String =
        fold(table).chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    let table = table.trim_matches('_');
    let named = if table.is_empty() { wished.to_owned() } else { format!("{wished}_{table}") };
    if is_free(&named) {
        return named;
    }
    let numbered = (2_u64..).map(|number| format!("{named}_{number}"));
    numbered.into_iter().find(|name| is_free(name)).unwrap_or(named)
}
