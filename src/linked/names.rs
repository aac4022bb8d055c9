//! Names of columns for properties: the last part of an address, as long as it is not taken.

use std::collections::HashMap;

/// Which column a property, or a way of several, has: the same on all pages of a stream.
#[derive(Clone, Debug, Default)]
pub struct Names {
    of_way: HashMap<String, String>,
    taken: HashMap<String, u32>,
}

impl Names {
    /// The column of a way: the addresses of its properties.
    pub fn of(&mut self, way: &[&str]) -> String {
        let key = way.join(" ");
        if let Some(name) = self.of_way.get(&key) {
            return name.clone();
        }
        let wanted = way.iter().map(|property| short(property)).collect::<Vec<_>>().join("_");
        let count = self.taken.entry(wanted.clone()).or_default();
        *count += 1;
        let name = if *count == 1 { wanted } else { format!("{wanted}_{count}") };
        self.of_way.insert(key, name.clone());
        name
    }
}

/// What stands behind the last sign that parts an address.
fn short(property: &str) -> &str {
    let rest = property.trim_end_matches(['/', '#']);
    let last = rest.rsplit(['#', '/', ':']).find(|part| !part.is_empty());
    last.unwrap_or(property)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_and_tell_ways_apart() {
        let mut names = Names::default();
        assert_eq!(names.of(&["http://schema.mobivoc.org/#rateOfOccupancy"]), "rateOfOccupancy");
        assert_eq!(
            names.of(&["http://schema.mobivoc.org/#capacity", "http://x.be/totalCapacity"]),
            "capacity_totalCapacity"
        );
        assert_eq!(names.of(&["http://x.be/label"]), "label");
        assert_eq!(names.of(&["http://y.be/label"]), "label_2");
        assert_eq!(names.of(&["http://x.be/label"]), "label");
        assert_eq!(names.of(&["urn:x:naam/"]), "naam");
    }
}
