//! The schema beside a file (`.xsd`): which properties a type of feature has, and of what kind.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::formats::xml::{Stop, Tag, Xml, load};
use crate::jobs::Watch;
use crate::table::FieldKind;

/// The largest schema that is read, bytes.
const LARGEST: u64 = 8 << 20;

/// A property of a type.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Property {
    pub name: String,
    pub kind: FieldKind,
}

/// The types of features that a schema describes, by the names of their elements.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Schema {
    types: HashMap<String, Vec<Property>>,
}

impl Schema {
    /// The schema beside a file; an empty one where there is none that can be read.
    pub fn beside(path: &Path) -> Schema {
        let mut bytes = Vec::new();
        let schema = path.with_extension("xsd");
        let read = File::open(schema).and_then(|file| file.take(LARGEST).read_to_end(&mut bytes));
        if read.is_err() {
            return Schema::default();
        }
        Schema::read(&load(bytes, None).text)
    }

    fn read(text: &str) -> Schema {
        let mut reader = Reader::default();
        // Of one that breaks off, what is there.
        let _ = reader.schema(&mut Xml::new(text, &Watch::unwatched()));
        let Reader { types, elements } = reader;
        let mut of_elements: HashMap<String, Vec<Property>> = HashMap::new();
        for (element, name) in elements {
            if let Some(properties) = types.get(&name) {
                of_elements.insert(element, properties.clone());
            }
        }
        Schema { types: of_elements }
    }

    /// The properties of a type of feature, by the local name of its element.
    pub fn properties(&self, element: &str) -> &[Property] {
        self.types.get(element).map(Vec::as_slice).unwrap_or_default()
    }
}

#[derive(Default)]
struct Reader {
    types: HashMap<String, Vec<Property>>,
    /// The elements of the schema with the names of their types.
    elements: Vec<(String, String)>,
}

impl Reader {
    fn schema(&mut self, xml: &mut Xml<'_>) -> Result<(), Stop> {
        let Some(root) = xml.root()? else { return Ok(()) };
        if root.local() != "schema" {
            return Ok(());
        }
        while let Some(tag) = xml.child()? {
            let name = tag.attribute("name").unwrap_or_default().into_owned();
            match tag.local() {
                "complexType" => {
                    let properties = self.types.entry(name).or_default();
                    complex_type(xml, properties)?;
                }
                "element" => {
                    let named = tag.attribute("type");
                    // A type without a name is known by that of its element.
                    let own = format!("element {name}");
                    let type_name = named.map_or_else(|| own.clone(), |it| local(&it).to_owned());
                    self.elements.push((name, type_name));
                    while let Some(tag) = xml.child()? {
                        if tag.local() == "complexType" {
                            complex_type(xml, self.types.entry(own.clone()).or_default())?;
                        } else {
                            xml.skip()?;
                        }
                    }
                }
                _ => xml.skip()?,
            }
        }
        Ok(())
    }
}

/// The elements of a type, in whatever they are grouped.
fn complex_type(xml: &mut Xml<'_>, into: &mut Vec<Property>) -> Result<(), Stop> {
    let mut depth = 1_usize;
    while depth > 0 {
        let Some(tag) = xml.child()? else {
            depth -= 1;
            continue;
        };
        match tag.local() {
            "complexContent" | "extension" | "restriction" | "sequence" | "all" | "choice" => {
                depth += 1;
            }
            "element" => into.extend(property(xml, tag)?),
            _ => xml.skip()?,
        }
    }
    Ok(())
}

/// An element of a type; none where its values are not simple.
fn property(xml: &mut Xml<'_>, tag: Tag<'_>) -> Result<Option<Property>, Stop> {
    let name = tag.attribute("name").map(|name| name.trim().to_owned());
    let mut kind = tag.attribute("type").and_then(|name| kind_of(&name));
    let mut depth = 1_usize;
    while depth > 0 {
        let Some(tag) = xml.child()? else {
            depth -= 1;
            continue;
        };
        match tag.local() {
            "simpleType" => depth += 1,
            "restriction" => {
                let base = tag.attribute("base").and_then(|base| kind_of(&base));
                kind = kind.or(base);
                xml.skip()?;
            }
            _ => xml.skip()?,
        }
    }
    Ok(name.zip(kind).map(|(name, kind)| Property { name, kind }))
}

fn local(name: &str) -> &str {
    name.trim().rsplit_once(':').map_or(name.trim(), |(_, local)| local)
}

/// What values of a simple type of XML Schema are.
fn kind_of(name: &str) -> Option<FieldKind> {
    Some(match local(name) {
        "string" | "normalizedString" | "token" | "anyURI" | "ID" | "NMTOKEN" | "Name" => {
            FieldKind::Text
        }
        "boolean" => FieldKind::Boolean,
        "integer" | "int" | "long" | "short" | "byte" | "unsignedInt" | "unsignedShort"
        | "unsignedByte" | "unsignedLong" | "nonNegativeInteger" | "positiveInteger"
        | "negativeInteger" | "nonPositiveInteger" => FieldKind::Integer,
        "decimal" | "double" | "float" => FieldKind::Number,
        // In which form follows from the values.
        "date" | "dateTime" => FieldKind::Date,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As GeoServer and ogr2ogr write them.
    #[test]
    fn types_are_found_by_the_elements_of_their_features() {
        let schema = Schema::read(
            r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:import namespace="g"/>
            <xs:complexType name="boomType"><xs:complexContent><xs:extension base="gml:AbstractFeatureType">
            <xs:sequence><xs:element name="geom" type="gml:PointPropertyType"/>
            <xs:element name="nr" type="xs:int" minOccurs="0"/><xs:element name="hoogte"><xs:simpleType>
            <xs:restriction base="xs:decimal"><xs:totalDigits value="9"/></xs:restriction></xs:simpleType>
            </xs:element></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
            <xs:element name="boom" substitutionGroup="gml:AbstractFeature" type="s:boomType"/>
            <xs:element name="wijk"><xs:complexType><xs:sequence><xs:element name="code" type="xs:string"/>
            </xs:sequence></xs:complexType></xs:element></xs:schema>"#,
        );
        let found = |name: &str| {
            let properties = schema.properties(name).iter();
            properties.map(|it| (it.name.clone(), it.kind)).collect::<Vec<_>>()
        };
        let property = |name: &str, kind| (name.to_owned(), kind);
        let tree = [property("nr", FieldKind::Integer), property("hoogte", FieldKind::Number)];
        assert_eq!(found("boom"), tree);
        assert_eq!(found("wijk"), [property("code", FieldKind::Text)]);
        assert_eq!(found("geen"), []);
        assert_eq!(Schema::read("<kml/>"), Schema::default());
    }
}
