//! The Web Feature Services.
#![allow(clippy::format_collect, reason = "small, and read more easily")]

use super::city::{Layer, city};
use super::lie::{Lie, Lies};
use super::query::{Asked, box_of, choose};
use super::server::Scene;
use super::write::{Numbers, escaped, feature, gml};
use crate::fake_portal::Request;
use crate::fake_portal::answer::Answer;
use serde_json::{Value, json};

/// How a service is.
pub struct Flavour {
    pub path: &'static str,
    /// The versions it speaks, the newest first.
    pub versions: &'static [&'static str],
    /// The names under which it gives GeoJSON.
    pub json: &'static [&'static str],
    /// The most features of an answer, as it says.
    pub most: Option<usize>,
    /// Whether it says that it gives pages; none where it does not say.
    pub pages: Option<bool>,
    /// The query that every request has to have.
    pub wants: Option<(&'static str, &'static str)>,
    /// Whether the layers' own system is written in the short notation.
    pub short: bool,
}

pub static FLAVOURS: &[Flavour] = &[
    Flavour {
        path: "/geo/wfs",
        versions: &["2.0.0", "1.1.0"],
        json: &["application/json"],
        most: Some(1000),
        pages: Some(true),
        wants: None,
        short: false,
    },
    Flavour {
        path: "/qgis",
        versions: &["1.1.0"],
        json: &["application/vnd.geo+json"],
        most: None,
        pages: None,
        wants: Some(("map", "/stad.qgs")),
        short: true,
    },
    Flavour {
        path: "/gml/wfs",
        versions: &["2.0.0"],
        json: &[],
        most: Some(500),
        pages: Some(true),
        wants: None,
        short: false,
    },
    Flavour {
        path: "/heel/wfs",
        versions: &["2.0.0"],
        json: &["application/json", "csv"],
        most: None,
        pages: Some(false),
        wants: None,
        short: false,
    },
    Flavour {
        path: "/oud/wfs",
        versions: &["1.0.0"],
        json: &[],
        most: None,
        pages: None,
        wants: None,
        short: true,
    },
];

const XML: &str = "text/xml; charset=utf-8";

/// A parameter, whatever the case of its name.
fn parameter<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    let found = request.query.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
}

/// A refusal, as ows has it.
pub fn refusal(status: u16, version: &str, code: &str, text: &str) -> Answer {
    let ows = if version == "2.0.0" {
        "http://www.opengis.net/ows/1.1"
    } else {
        "http://www.opengis.net/ows"
    };
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ows:ExceptionReport xmlns:ows=\"{ows}\" version=\"{version}\">\
         <ows:Exception exceptionCode=\"{code}\"><ows:ExceptionText>{}</ows:ExceptionText></ows:Exception></ows:ExceptionReport>",
        escaped(text)
    );
    Answer::new(status, XML, body.into_bytes())
}

pub fn answer(flavour: &Flavour, scene: &mut Scene<'_>) -> Answer {
    let request = scene.request;
    let newest = flavour.versions[0];
    if let Some((name, value)) = flavour.wants
        && request.parameter(name) != Some(value)
    {
        return Answer::new(500, "text/html", b"<html><body>No project.</body></html>".to_vec());
    }
    let service = parameter(request, "service").unwrap_or_default();
    let asked = parameter(request, "request").unwrap_or_default().to_lowercase();
    if service.is_empty() && asked.is_empty() {
        return refusal(400, newest, "MissingParameterValue", "No request was named.");
    }
    if !service.eq_ignore_ascii_case("WFS") {
        return refusal(400, newest, "InvalidParameterValue", "No such service.");
    }
    let version = parameter(request, "version").unwrap_or(newest);
    match asked.as_str() {
        "getcapabilities" => {
            let accepted = parameter(request, "acceptversions").unwrap_or(version);
            let agreed = accepted.split(',').find(|it| flavour.versions.contains(it));
            capabilities(flavour, agreed.unwrap_or(newest), &scene.base())
        }
        "describefeaturetype" => {
            schema(parameter(request, "typename").or(parameter(request, "typenames")))
        }
        "getfeature" => get_feature(flavour, version, scene),
        _ => refusal(400, version, "OperationNotSupported", "No such request."),
    }
}

fn srs(layer: &Layer, flavour: &Flavour) -> String {
    let code = if layer.degrees { 4326 } else { 31370 };
    if flavour.short { format!("EPSG:{code}") } else { format!("urn:ogc:def:crs:EPSG::{code}") }
}

fn capabilities(flavour: &Flavour, version: &str, base: &str) -> Answer {
    if version == "1.0.0" {
        let body = "<?xml version=\"1.0\"?><WFS_Capabilities version=\"1.0.0\" xmlns=\"http://www.opengis.net/wfs\"/>";
        return Answer::new(200, XML, body.as_bytes().to_vec());
    }
    let v2 = version == "2.0.0";
    let (wfs, ows) = if v2 {
        ("http://www.opengis.net/wfs/2.0", "http://www.opengis.net/ows/1.1")
    } else {
        ("http://www.opengis.net/wfs", "http://www.opengis.net/ows")
    };
    let gml_format =
        if v2 { "application/gml+xml; version=3.2" } else { "text/xml; subtype=gml/3.1.1" };
    let values = |values: &[&str]| {
        let values: String =
            values.iter().map(|it| format!("<ows:Value>{it}</ows:Value>")).collect();
        if v2 { format!("<ows:AllowedValues>{values}</ows:AllowedValues>") } else { values }
    };
    let href =
        if flavour.wants.is_some() { "?".to_owned() } else { format!("{base}{}", flavour.path) };
    let operation = |name: &str, more: &str| {
        format!(
            "<ows:Operation name=\"{name}\"><ows:DCP><ows:HTTP><ows:Get xlink:href=\"{href}\"/>\
             <ows:Post xlink:href=\"{href}\"/></ows:HTTP></ows:DCP>{more}</ows:Operation>"
        )
    };
    let formats = [&[gml_format], flavour.json].concat();
    let formats =
        format!("<ows:Parameter name=\"outputFormat\">{}</ows:Parameter>", values(&formats));
    let constraint = |name: &str, value: &str| {
        format!(
            "<ows:Constraint name=\"{name}\"><ows:NoValues/><ows:DefaultValue>{value}</ows:DefaultValue></ows:Constraint>"
        )
    };
    let mut limits = String::new();
    if v2 {
        limits += &constraint("ImplementsBasicWFS", "TRUE");
        limits += &constraint("KVPEncoding", "TRUE");
        if let Some(pages) = flavour.pages {
            limits += &constraint("ImplementsResultPaging", if pages { "TRUE" } else { "FALSE" });
        }
    }
    if let Some(most) = flavour.most {
        limits +=
            &constraint(if v2 { "CountDefault" } else { "DefaultMaxFeatures" }, &most.to_string());
    }
    let kind = if v2 { "CRS" } else { "SRS" };
    let types: String = city()
        .iter()
        .map(|layer| {
            let bounds = layer.bounds().map(|[w, s, e, n]| {
                format!("<ows:WGS84BoundingBox><ows:LowerCorner>{w} {s}</ows:LowerCorner><ows:UpperCorner>{e} {n}</ows:UpperCorner></ows:WGS84BoundingBox>")
            });
            format!(
                "<FeatureType xmlns:stad=\"http://stad.example.be\"><Name>stad:{}</Name><Title>{}</Title><Abstract>{}</Abstract>\
                 <Default{kind}>{}</Default{kind}><Other{kind}>urn:ogc:def:crs:EPSG::3812</Other{kind}>{}</FeatureType>",
                layer.name, layer.title, layer.about, srs(layer, flavour), bounds.unwrap_or_default()
            )
        })
        .collect();
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<wfs:WFS_Capabilities version=\"{version}\" xmlns:wfs=\"{wfs}\" xmlns=\"{wfs}\" \
         xmlns:ows=\"{ows}\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" xmlns:gml=\"http://www.opengis.net/gml\">\
         <ows:ServiceIdentification><ows:Title>Geodata van de stad</ows:Title><ows:Abstract>Verzonnen gegevens.</ows:Abstract>\
         <ows:ServiceType>WFS</ows:ServiceType><ows:ServiceTypeVersion>{version}</ows:ServiceTypeVersion>\
         <ows:Fees>NONE</ows:Fees><ows:AccessConstraints>Modellicentie Gratis Hergebruik</ows:AccessConstraints></ows:ServiceIdentification>\
         <ows:ServiceProvider><ows:ProviderName>Stad Voorbeeld</ows:ProviderName></ows:ServiceProvider>\
         <ows:OperationsMetadata>{}{}{}{limits}</ows:OperationsMetadata><FeatureTypeList>{types}</FeatureTypeList></wfs:WFS_Capabilities>",
        operation("GetCapabilities", ""),
        operation("DescribeFeatureType", ""),
        operation("GetFeature", &formats),
    );
    Answer::new(200, XML, body.into_bytes())
}

/// The schema of a layer, which GDAL wants to see first.
fn schema(name: Option<&str>) -> Answer {
    let name = name.unwrap_or_default().trim_start_matches("stad:");
    let area = name == "wijken";
    let geometry = if area { "gml:SurfacePropertyType" } else { "gml:PointPropertyType" };
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xsd:schema xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" \
         xmlns:gml=\"http://www.opengis.net/gml/3.2\" xmlns:stad=\"http://stad.example.be\" elementFormDefault=\"qualified\" \
         targetNamespace=\"http://stad.example.be\"><xsd:import namespace=\"http://www.opengis.net/gml/3.2\" \
         schemaLocation=\"http://schemas.opengis.net/gml/3.2.1/gml.xsd\"/><xsd:complexType name=\"{name}Type\"><xsd:complexContent>\
         <xsd:extension base=\"gml:AbstractFeatureType\"><xsd:sequence>\
         <xsd:element name=\"nr\" type=\"xsd:int\" minOccurs=\"0\"/><xsd:element name=\"soort\" type=\"xsd:string\" minOccurs=\"0\"/>\
         <xsd:element name=\"code\" type=\"xsd:string\" minOccurs=\"0\"/><xsd:element name=\"hoogte\" type=\"xsd:double\" minOccurs=\"0\"/>\
         <xsd:element name=\"geplant\" type=\"xsd:date\" minOccurs=\"0\"/><xsd:element name=\"geom\" type=\"{geometry}\" minOccurs=\"0\"/>\
         </xsd:sequence></xsd:extension></xsd:complexContent></xsd:complexType>\
         <xsd:element name=\"{name}\" substitutionGroup=\"gml:AbstractFeature\" type=\"stad:{name}Type\"/></xsd:schema>"
    );
    Answer::new(200, XML, body.into_bytes())
}

fn get_feature(flavour: &Flavour, version: &str, scene: &mut Scene<'_>) -> Answer {
    let (request, lies) = (scene.request, scene.lies.clone());
    if let Some(text) = lies.find(|lie| match lie {
        Lie::Refusal(text) => Some(*text),
        _ => None,
    }) {
        return refusal(200, version, "NoApplicableCode", text);
    }
    let name =
        parameter(request, "typenames").or(parameter(request, "typename")).unwrap_or_default();
    let Some(layer) = city().iter().find(|layer| name == format!("stad:{}", layer.name)) else {
        return refusal(
            400,
            version,
            "InvalidParameterValue",
            &format!("Feature type {name} unknown"),
        );
    };
    let number = |name: &str| parameter(request, name).map(str::parse::<usize>);
    let v2 = version == "2.0.0";
    let count = number(if v2 { "count" } else { "maxFeatures" });
    let start = number("startIndex");
    let (Ok(count), Ok(start)) = (count.transpose(), start.transpose()) else {
        return refusal(400, version, "InvalidParameterValue", "No number.");
    };
    if start.is_some_and(|start| start > 0)
        && (lies.has(&Lie::RefusesStart) || flavour.pages == Some(false))
    {
        return refusal(400, version, "OperationProcessingFailed", "Paging is not supported");
    }
    let most = flavour.most.unwrap_or(usize::MAX);
    let bbox = match parameter(request, "bbox") {
        None => None,
        Some(text) => match rectangle(text) {
            Some(found) => Some(found),
            None => return refusal(400, version, "InvalidParameterValue", "No bounding box."),
        },
    };
    let hits = parameter(request, "resultType").is_some_and(|it| it.eq_ignore_ascii_case("hits"));
    let asked = Asked { bbox, start: start.unwrap_or(0), count: count.unwrap_or(most).min(most) };
    let extra = if hits { scene.present() } else { scene.grown() };
    let chosen = choose(layer, extra.as_ref(), asked, &lies);
    let matched = chosen.matched.map_or_else(|| "unknown".to_owned(), |it| it.to_string());
    if hits {
        let body = if v2 {
            format!(
                "<wfs:FeatureCollection xmlns:wfs=\"http://www.opengis.net/wfs/2.0\" numberMatched=\"{matched}\" numberReturned=\"0\"/>"
            )
        } else {
            let count =
                chosen.matched.map(|it| format!(" numberOfFeatures=\"{it}\"")).unwrap_or_default();
            format!("<wfs:FeatureCollection xmlns:wfs=\"http://www.opengis.net/wfs\"{count}/>")
        };
        return Answer::new(200, XML, body.into_bytes());
    }
    let returned = chosen.rows.len() + usize::from(lies.has(&Lie::ReturnedOff));
    let srs_name = parameter(request, "srsName").map_or_else(|| srs(layer, flavour), str::to_owned);
    let degrees = srs_name.ends_with("4326") || srs_name.contains("CRS84");
    let output = parameter(request, "outputFormat").unwrap_or("gml");
    let is_json = flavour.json.contains(&output) && output != "csv";
    if is_json && !lies.has(&Lie::JsonIsGml) {
        // GeoJSON has x first, whatever the notation.
        let numbers = Numbers { degrees, turned: false }.lied(&lies);
        let features: Vec<Value> =
            chosen.rows.iter().map(|row| feature(row, numbers, &lies)).collect();
        let mut body =
            json!({"type": "FeatureCollection", "features": features, "numberReturned": returned});
        // QGIS Server counts nothing here.
        if flavour.wants.is_none() {
            body["numberMatched"] = chosen.matched.map_or(json!("unknown"), |it| json!(it));
            body["totalFeatures"] = body["numberMatched"].clone();
        }
        if !lies.has(&Lie::NoCrs) {
            let code = if degrees { 4326 } else { 31370 };
            body["crs"] = json!({"type": "name", "properties": {"name": format!("urn:ogc:def:crs:EPSG::{code}")}});
        }
        return Answer::new(200, output, body.to_string().into_bytes());
    }
    if !is_json && parameter(request, "outputFormat").is_some() && !output.contains("gml") {
        return refusal(400, version, "InvalidParameterValue", "Unknown output format.");
    }
    let turned = degrees && srs_name.starts_with("urn:");
    let numbers = Numbers { degrees, turned }.lied(&lies);
    let member = if v2 { "wfs:member" } else { "gml:featureMember" };
    let members: String = chosen
        .rows
        .iter()
        .map(|row| {
            format!("<{member}>{}</{member}>\n", gml(row, layer.name, &srs_name, numbers, &lies))
        })
        .collect();
    let (wfs, gml_name) = if v2 {
        ("http://www.opengis.net/wfs/2.0", "http://www.opengis.net/gml/3.2")
    } else {
        ("http://www.opengis.net/wfs", "http://www.opengis.net/gml")
    };
    let counts = if v2 {
        format!("numberMatched=\"{matched}\" numberReturned=\"{returned}\"")
    } else {
        format!("numberOfFeatures=\"{returned}\"")
    };
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<wfs:FeatureCollection xmlns:wfs=\"{wfs}\" xmlns:gml=\"{gml_name}\" \
         xmlns:stad=\"http://stad.example.be\" timeStamp=\"2026-10-06T08:00:00Z\" {counts}>\n{members}</wfs:FeatureCollection>"
    );
    let kind = if v2 { "application/gml+xml; version=3.2" } else { "text/xml; subtype=gml/3.1.1" };
    Answer::new(200, kind, body.into_bytes())
}

/// A rectangle as it is sent, in the order that its notation asks for.
fn rectangle(text: &str) -> Option<([f64; 4], bool)> {
    let [a, b, c, d] = box_of(text)?;
    let srs = text.splitn(5, ',').nth(4).unwrap_or("EPSG:31370");
    let degrees = srs.ends_with("4326") || srs.contains("CRS84");
    let turned = srs.starts_with("urn:") && srs.ends_with("4326");
    let known = degrees || srs.ends_with("31370");
    known.then_some((if turned { [b, a, d, c] } else { [a, b, c, d] }, degrees))
}
