//! What a WFS tells about itself: its capabilities, versions 1.1 and 2.0.

use std::collections::BTreeMap;

use super::xml::Element;
use crate::table::Extent;

/// The version of the protocol that is spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    /// 1.1.0.
    V1,
    /// 2.0.0, and 2.0.2 which differs only in words.
    V2,
}

impl Version {
    /// As it stands in a question.
    pub fn number(self) -> &'static str {
        match self {
            Version::V1 => "1.1.0",
            Version::V2 => "2.0.0",
        }
    }
}

/// What a WFS tells about itself.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Capabilities {
    pub version: Version,
    pub title: String,
    pub about: String,
    pub fees: String,
    pub constraints: String,
    pub provider: String,
    /// The address for features, as the server has it.
    pub get_feature: Option<String>,
    /// Forms in which features can be had.
    pub formats: Vec<String>,
    /// Whether features can be had page by page; none where it does not say.
    pub pages: Option<bool>,
    /// How many features an answer has at most, where it says.
    pub most: Option<u64>,
    pub types: Vec<FeatureType>,
}

/// A layer.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct FeatureType {
    /// With its prefix: `stad:bomen`.
    pub name: String,
    pub title: String,
    pub about: String,
    /// The system it is in, as the server writes it.
    pub crs: Option<String>,
    /// The other systems it can be had in.
    pub other_crs: Vec<String>,
    /// Where it lies, WGS 84 degrees.
    pub bbox: Option<Extent>,
    /// Forms in which it can be had, besides those for all.
    pub formats: Vec<String>,
}

/// Why a document is no capabilities of a WFS that is understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NotThese {
    /// A WFS of another version.
    Version(String),
    /// The capabilities of a service that draws pictures: its kind.
    Pictures(&'static str),
    /// Something else.
    Other,
}

impl Capabilities {
    /// Reads the root of a document.
    pub fn of(root: &Element) -> Result<Capabilities, NotThese> {
        match root.name.as_str() {
            "WFS_Capabilities" => {}
            "WMS_Capabilities" | "WMT_MS_Capabilities" => return Err(NotThese::Pictures("WMS")),
            "Capabilities" if is_of_tiles(root) => return Err(NotThese::Pictures("WMTS")),
            _ => return Err(NotThese::Other),
        }
        let said = root.attribute("version");
        let version = match said.split('.').next() {
            Some("2") => Version::V2,
            Some("1") if said.starts_with("1.1") => Version::V1,
            _ => return Err(NotThese::Version(said.to_owned())),
        };
        let none = Element::default();
        let service = root.child("ServiceIdentification").unwrap_or(&none);
        let operations = root.child("OperationsMetadata").unwrap_or(&none);
        let get = operations.all("Operation").find(|it| it.attribute("name") == "GetFeature");
        let get = get.unwrap_or(&none);
        let limits: BTreeMap<String, String> = operations
            .all("Constraint")
            .chain(get.all("Constraint"))
            .map(|it| (it.attribute("name").to_lowercase(), value_of(it)))
            .collect();
        let limit = |name: &str| limits.get(name).map(|value| value.trim().to_lowercase());
        let types = root.child("FeatureTypeList").unwrap_or(&none);
        let types: Vec<FeatureType> = types.all("FeatureType").filter_map(feature_type).collect();
        Ok(Capabilities {
            version,
            title: service.text_of("Title").to_owned(),
            about: service.text_of("Abstract").to_owned(),
            fees: meaningful(service.text_of("Fees")),
            constraints: meaningful(service.text_of("AccessConstraints")),
            provider: provider(root),
            get_feature: get
                .descendants("Get")
                .first()
                .map(|it| it.attribute("href").trim().to_owned())
                .filter(|href| !href.is_empty()),
            formats: formats(operations).chain(formats(get)).collect(),
            pages: limit("implementsresultpaging").map(|value| value == "true"),
            most: ["countdefault", "defaultmaxfeatures"]
                .iter()
                .find_map(|name| limit(name)?.parse().ok())
                .filter(|most| *most > 0),
            types,
        })
    }

    /// A layer by its name: the very name, or without regard to prefix and case where only one
    /// fits.
    pub fn find(&self, name: &str) -> Option<&FeatureType> {
        let exact = self.types.iter().find(|it| it.name == name);
        exact.or_else(|| {
            let bare = |name: &str| name.rsplit(':').next().unwrap_or(name).to_lowercase();
            let mut like = self.types.iter().filter(|it| bare(&it.name) == bare(name));
            let first = like.next();
            first.filter(|_| like.next().is_none())
        })
    }
}

fn is_of_tiles(root: &Element) -> bool {
    let kind = root.child("ServiceIdentification").map(|it| it.text_of("ServiceType"));
    kind.is_some_and(|kind| kind.to_uppercase().contains("WMTS"))
        || !root.descendants("TileMatrixSet").is_empty()
}

/// The value of a constraint: the default of 2.0, or the first allowed one.
fn value_of(constraint: &Element) -> String {
    let default = constraint.text_of("DefaultValue");
    if !default.is_empty() {
        return default.to_owned();
    }
    let values = constraint.descendants("Value");
    values.first().map(|value| value.text.clone()).unwrap_or_default()
}

/// The forms that a list of parameters allows.
fn formats(of: &Element) -> impl Iterator<Item = String> + '_ {
    of.all("Parameter")
        .filter(|it| it.attribute("name").eq_ignore_ascii_case("outputFormat"))
        .flat_map(|it| it.descendants("Value"))
        .map(|value| value.text.clone())
        .filter(|value| !value.is_empty())
}

fn provider(root: &Element) -> String {
    let provider = root.child("ServiceProvider");
    provider.map(|it| it.text_of("ProviderName").to_owned()).unwrap_or_default()
}

/// What says nothing ("NONE", "no conditions apply") is nothing.
fn meaningful(text: &str) -> String {
    let says_nothing = ["", "none", "-", "geen", "unknown", "conditions unknown"];
    let bare = text.trim().trim_end_matches('.').to_lowercase();
    if says_nothing.contains(&bare.as_str()) { String::new() } else { text.trim().to_owned() }
}

fn feature_type(of: &Element) -> Option<FeatureType> {
    let name = of.text_of("Name").to_owned();
    if name.is_empty() {
        return None;
    }
    let crs = ["DefaultCRS", "DefaultSRS"].into_iter().map(|it| of.text_of(it));
    let crs = crs.into_iter().find(|text| !text.is_empty());
    let others = ["OtherCRS", "OtherSRS"].into_iter().flat_map(|it| of.all(it));
    let title = of.text_of("Title");
    Some(FeatureType {
        title: if title.is_empty() { name.clone() } else { title.to_owned() },
        about: of.text_of("Abstract").to_owned(),
        crs: crs.map(str::to_owned),
        other_crs: others.map(|it| it.text.clone()).filter(|it| !it.is_empty()).collect(),
        bbox: of.child("WGS84BoundingBox").and_then(bbox),
        formats: of
            .child("OutputFormats")
            .map(|it| it.all("Format").map(|format| format.text.clone()).collect())
            .unwrap_or_default(),
        name,
    })
}

/// Corners in longitude and latitude. A box without any size stands for "not known" with servers
/// that have to write one.
fn bbox(of: &Element) -> Option<Extent> {
    let corner = |name| {
        let mut numbers = of.text_of(name).split_whitespace().map(str::parse::<f64>);
        Some([numbers.next()?.ok()?, numbers.next()?.ok()?])
    };
    let ([min_x, min_y], [max_x, max_y]) = (corner("LowerCorner")?, corner("UpperCorner")?);
    let extent = Extent { min_x, min_y, max_x, max_y };
    is_place(extent).then_some(extent)
}

/// Whether an extent is one on the earth, in degrees.
pub(super) fn is_place(extent: Extent) -> bool {
    let Extent { min_x, min_y, max_x, max_y } = extent;
    let all = [min_x, min_y, max_x, max_y];
    let is_origin = all.iter().all(|number| *number == 0.0);
    let is_good = all.iter().all(|number| number.is_finite()) && min_x <= max_x && min_y <= max_y;
    is_good && !is_origin && min_x >= -360.0 && max_x <= 360.0 && min_y >= -91.0 && max_y <= 91.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Capabilities, NotThese> {
        Capabilities::of(&Element::parse(text.as_bytes()).unwrap())
    }

    /// In the form that QGIS Server writes 1.1.0: an address that is relative, no limits.
    #[test]
    fn version_1_1_is_read() {
        let found = read(
            r#"<WFS_Capabilities xmlns:ows="http://www.opengis.net/ows" xmlns="http://www.opengis.net/wfs"
             version="1.1.0" xmlns:xlink="http://www.w3.org/1999/xlink"><ows:ServiceIdentification>
             <ows:Title>Stad</ows:Title><ows:Fees>conditions unknown</ows:Fees>
             <ows:AccessConstraints>None</ows:AccessConstraints></ows:ServiceIdentification>
             <ows:ServiceProvider/><ows:OperationsMetadata><ows:Operation name="GetFeature"><ows:DCP>
             <ows:HTTP><ows:Get xlink:href="?"/><ows:Post xlink:href="?"/></ows:HTTP></ows:DCP>
             <ows:Parameter name="outputFormat"><ows:Value>text/xml; subtype=gml/3.1.1</ows:Value>
             <ows:Value>application/vnd.geo+json</ows:Value></ows:Parameter></ows:Operation>
             </ows:OperationsMetadata><FeatureTypeList><FeatureType><Name>bomen</Name>
             <Title>Bomen</Title><Abstract>Alle.</Abstract><DefaultSRS>EPSG:4326</DefaultSRS>
             <OtherSRS>EPSG:3857</OtherSRS><ows:WGS84BoundingBox dimensions="2">
             <ows:LowerCorner>3.5 50.9</ows:LowerCorner><ows:UpperCorner>3.9 51.2</ows:UpperCorner>
             </ows:WGS84BoundingBox></FeatureType><FeatureType><Name>leeg</Name>
             <ows:WGS84BoundingBox><ows:LowerCorner>0 0</ows:LowerCorner>
             <ows:UpperCorner>0 0</ows:UpperCorner></ows:WGS84BoundingBox></FeatureType>
             <FeatureType/></FeatureTypeList></WFS_Capabilities>"#,
        )
        .unwrap();
        assert_eq!((found.version, found.get_feature.as_deref()), (Version::V1, Some("?")));
        assert_eq!((&*found.title, &*found.fees, &*found.constraints), ("Stad", "", ""));
        assert_eq!(found.formats, ["text/xml; subtype=gml/3.1.1", "application/vnd.geo+json"]);
        assert_eq!((found.pages, found.most, found.types.len()), (None, None, 2));
        let trees = found.find("Bomen").unwrap();
        assert_eq!((trees.crs.as_deref(), &*trees.about), (Some("EPSG:4326"), "Alle."));
        assert_eq!(trees.other_crs, ["EPSG:3857"]);
        let bbox = Extent { min_x: 3.5, min_y: 50.9, max_x: 3.9, max_y: 51.2 };
        assert_eq!(trees.bbox, Some(bbox));
        let empty = found.find("leeg").unwrap();
        assert_eq!((empty.bbox, &*empty.title), (None, "leeg"));
    }

    /// In the form that GeoServer writes 2.0.0, and with the formats beside the operations.
    #[test]
    fn version_2_0_is_read() {
        let found = read(
            r#"<wfs:WFS_Capabilities version="2.0.0" xmlns:wfs="http://www.opengis.net/wfs/2.0"
             xmlns:ows="http://www.opengis.net/ows/1.1" xmlns:xlink="http://www.w3.org/1999/xlink">
             <ows:ServiceIdentification><ows:Title>Stad</ows:Title><ows:Fees>gratis</ows:Fees>
             </ows:ServiceIdentification><ows:ServiceProvider><ows:ProviderName>Stad Gent
             </ows:ProviderName></ows:ServiceProvider><ows:OperationsMetadata>
             <ows:Operation name="GetFeature"><ows:DCP><ows:HTTP>
             <ows:Get xlink:href="https://geo.example.be/geoserver/wfs"/></ows:HTTP></ows:DCP>
             <ows:Parameter name="outputFormat"><ows:AllowedValues><ows:Value>application/json
             </ows:Value></ows:AllowedValues></ows:Parameter></ows:Operation>
             <ows:Parameter name="outputFormat"><ows:AllowedValues><ows:Value>csv</ows:Value>
             </ows:AllowedValues></ows:Parameter>
             <ows:Constraint name="ImplementsResultPaging"><ows:NoValues/>
             <ows:DefaultValue>TRUE</ows:DefaultValue></ows:Constraint>
             <ows:Constraint name="CountDefault"><ows:NoValues/>
             <ows:DefaultValue>1000</ows:DefaultValue></ows:Constraint></ows:OperationsMetadata>
             <FeatureTypeList><FeatureType xmlns:stad="http://stad.be"><Name>stad:bomen</Name>
             <DefaultCRS>urn:ogc:def:crs:EPSG::31370</DefaultCRS></FeatureType>
             <FeatureType><Name>wijk:bomen</Name></FeatureType></FeatureTypeList>
             </wfs:WFS_Capabilities>"#,
        )
        .unwrap();
        assert_eq!((found.version, found.pages, found.most), (Version::V2, Some(true), Some(1000)));
        assert_eq!((&*found.provider, &*found.fees), ("Stad Gent", "gratis"));
        assert_eq!(found.formats, ["csv", "application/json"]);
        assert_eq!(found.find("stad:bomen").unwrap().title, "stad:bomen");
        // Two that are alike but for the prefix: neither is meant for certain.
        assert_eq!(found.find("bomen"), None);
    }

    #[test]
    fn what_is_none_is_told_apart() {
        for (text, expected) in [
            ("<WMS_Capabilities version='1.3.0'/>", NotThese::Pictures("WMS")),
            ("<WMT_MS_Capabilities version='1.1.1'/>", NotThese::Pictures("WMS")),
            (
                "<Capabilities><ServiceIdentification><ServiceType>OGC WMTS</ServiceType>\
                 </ServiceIdentification></Capabilities>",
                NotThese::Pictures("WMTS"),
            ),
            ("<WFS_Capabilities version='1.0.0'/>", NotThese::Version("1.0.0".into())),
            ("<WFS_Capabilities/>", NotThese::Version(String::new())),
            ("<html/>", NotThese::Other),
        ] {
            assert_eq!(read(text).unwrap_err(), expected, "{text}");
        }
    }
}
