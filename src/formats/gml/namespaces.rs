//! Which elements are GML's own: programs name attributes `Surface` and `Point`, too.

use std::collections::HashMap;

use crate::formats::xml::Tag;

/// What prefixes stand for, as far as it matters: whether for GML.
#[derive(Debug, Default)]
pub(super) struct Namespaces {
    of: HashMap<String, bool>,
}

impl Namespaces {
    /// Takes what a tag declares for what stands inside it. That it ends there is not kept account
    /// of: nobody means different things by one prefix.
    pub fn declare(&mut self, tag: Tag<'_>) {
        for (prefix, is_gml) in declared(tag) {
            self.of.insert(prefix.to_owned(), is_gml);
        }
    }

    /// Whether an element is GML's own.
    pub fn is_gml(&self, tag: Tag<'_>) -> bool {
        let prefix = tag.name.split_once(':').map_or("", |(prefix, _)| prefix);
        let own = declared(tag).find(|(declared, _)| *declared == prefix);
        let known = own.map(|(_, is_gml)| is_gml).or_else(|| self.of.get(prefix).copied());
        known.unwrap_or(prefix == "gml")
    }
}

/// The prefixes that a tag declares, and whether for GML; the empty one for names without.
fn declared(tag: Tag<'_>) -> impl Iterator<Item = (&str, bool)> {
    tag.attributes().filter_map(|(name, value)| {
        let prefix = match name.strip_prefix("xmlns")? {
            "" => "",
            prefix => prefix.strip_prefix(':')?,
        };
        let value = value.trim();
        Some((prefix, value.starts_with("http://www.opengis.net/gml")))
    })
}
