//! Names that a GeoPackage can have.

use std::collections::BTreeSet;

use crate::formats::geopackage::fields::KEY_NAMES;

/// What a table may not be called: programs would take it for one of their own.
const RESERVED_STARTS: &[&str] = &["gpkg_", "gpkgext_", "sqlite_", "rtree_"];
const RESERVED: &[&str] =
    &["layer_styles", "ogr_empty_table", "qgis_editor_widget_styles", "qgis_projects"];

/// Names given so far. To SQLite names are the same whatever the case of their ASCII letters.
#[derive(Default)]
pub(super) struct Names(BTreeSet<String>);

impl Names {
    /// The name, or where it is empty or taken one made from it.
    pub(super) fn unique(&mut self, wanted: &str, otherwise: &str) -> String {
        let plain = wanted.replace('\0', "");
        let base = if plain.trim().is_empty() { otherwise } else { &plain };
        let mut made = base.to_owned();
        let mut number = 2_u32;
        while !self.0.insert(made.to_ascii_lowercase()) {
            made = format!("{base}_{number}");
            number = number.saturating_add(1);
        }
        made
    }

    /// The name of a table.
    pub(super) fn of_table(&mut self, wanted: &str) -> String {
        let lower = wanted.to_ascii_lowercase();
        let is_reserved = RESERVED.contains(&lower.as_str())
            || RESERVED_STARTS.iter().any(|start| lower.starts_with(start));
        if is_reserved {
            self.unique(&format!("layer_{wanted}"), "layer")
        } else {
            self.unique(wanted, "layer")
        }
    }

    /// The name of the column with the number of the row: one by which it is known for that.
    pub(super) fn of_key(&mut self) -> String {
        let free = KEY_NAMES.iter().find(|name| !self.0.contains(**name));
        self.unique(free.copied().unwrap_or("fid"), "fid")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_not_those_of_programs() {
        let mut names = Names::default();
        assert_eq!(names.unique("Naam", "x"), "Naam");
        assert_eq!(names.unique("naam", "x"), "naam_2");
        assert_eq!(names.unique(" ", "x"), "x");
        assert_eq!(names.unique("", "x"), "x_2");
        assert_eq!(names.unique("FID", "x"), "FID");
        assert_eq!(names.of_key(), "ogc_fid");
        let mut names = Names::default();
        assert_eq!(names.of_table("GPKG_contents"), "layer_GPKG_contents");
        assert_eq!(names.of_table("layer_styles"), "layer_layer_styles");
        assert_eq!(names.of_table("Straten & \"pleinen\""), "Straten & \"pleinen\"");
    }
}
