//! Names of columns, each its own.

use std::collections::{HashMap, HashSet};

/// The names as given; `column_3` where there is none, and with a number behind those met before.
/// Also says which were met before.
pub(super) fn unique<'a>(given: impl IntoIterator<Item = &'a str>) -> (Vec<String>, Vec<String>) {
    let (mut names, mut repeated) = (Vec::new(), Vec::new());
    let mut taken: HashSet<String> = HashSet::new();
    // The number to try next: thousands of columns of one name are still named quickly.
    let mut next: HashMap<String, usize> = HashMap::new();
    for (at, name) in given.into_iter().enumerate() {
        let base = if name.is_empty() { format!("column_{}", at + 1) } else { name.to_owned() };
        let mut name = base.clone();
        if taken.contains(&name) {
            let number = next.entry(base.clone()).or_insert(2);
            while taken.contains(&name) {
                name = format!("{base}_{number}");
                *number += 1;
            }
            repeated.push(base);
        }
        taken.insert(name.clone());
        names.push(name);
    }
    (names, repeated)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_its_own() {
        let (names, repeated) = unique(["a", "", "a", "a_2", "b", "a", "column_2"]);
        assert_eq!(names, ["a", "column_2", "a_2", "a_2_2", "b", "a_3", "column_2_2"]);
        assert_eq!(repeated, ["a", "a_2", "a", "column_2"]);
        let many = vec!["x"; 20_000];
        assert_eq!(unique(many).0.last().map(String::as_str), Some("x_20000"));
    }
}
