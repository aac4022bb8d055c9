//! WMTS and WMS: capabilities as servers write them, and the questions for tiles.

use belfort::i18n::Language;
use belfort::tiles::{Chosen, Fine, FoundMap, TileId, WebForm};

use super::{TILE, is_there, look, service, tile};
use crate::tile_server::{Reply, Server, png};

/// The levels of GoogleMapsCompatible (OGC 07-057r7, annex E.4): 559 082 264.028 717 8 halved again
/// and again.
fn matrices(prefix: &str, levels: u32, off: f64) -> String {
    let matrix = |level: u32| {
        let count = 1_u64 << level;
        format!(
            "<TileMatrix><ows:Identifier>{prefix}{level}</ows:Identifier>\
             <ScaleDenominator>{}</ScaleDenominator>\
             <TopLeftCorner>-20037508.3427892 20037508.3427892</TopLeftCorner>\
             <TileWidth>256</TileWidth><TileHeight>256</TileHeight>\
             <MatrixWidth>{count}</MatrixWidth><MatrixHeight>{count}</MatrixHeight></TileMatrix>",
            559_082_264.028_717_8 * off / 2_f64.powi(level.try_into().unwrap())
        )
    };
    (0..levels).map(matrix).collect()
}

fn set(name: &str, crs: &str, matrices: &str) -> String {
    format!(
        "<TileMatrixSet><ows:Identifier>{name}</ows:Identifier>\
         <ows:SupportedCRS>{crs}</ows:SupportedCRS>{matrices}</TileMatrixSet>"
    )
}

fn layer(name: &str, formats: &[&str], sets: &[&str], more: &str) -> String {
    let formats: String = formats.iter().map(|it| format!("<Format>{it}</Format>")).collect();
    let sets: String = sets
        .iter()
        .map(|it| {
            format!("<TileMatrixSetLink><TileMatrixSet>{it}</TileMatrixSet></TileMatrixSetLink>")
        })
        .collect();
    format!(
        "<Layer><ows:Title>Kaart {name}</ows:Title><ows:Identifier>{name}</ows:Identifier>\
         <ows:WGS84BoundingBox><ows:LowerCorner>2.5 50.6</ows:LowerCorner>\
         <ows:UpperCorner>6 51.6</ows:UpperCorner></ows:WGS84BoundingBox>\
         <Style><ows:Identifier>grijs</ows:Identifier></Style>\
         <Style isDefault=\"true\"><ows:Identifier>gewoon &amp; helder</ows:Identifier></Style>\
         {formats}{sets}{more}</Layer>"
    )
}

/// Capabilities of a WMTS: five layers, three of which cannot be shown.
pub fn wmts(address: &str, operations: bool) -> Vec<u8> {
    let google = "urn:ogc:def:crs:EPSG::3857";
    let rest = |kind: &str, ending: &str| {
        format!(
            "<ResourceURL format=\"{kind}\" resourceType=\"tile\" template=\"{address}/rest/\
             {{Style}}/{{Time}}/{{TileMatrixSet}}/{{TileMatrix}}/{{TileRow}}/{{TileCol}}.{ending}\"/>"
        )
    };
    let time = "<Dimension><ows:Identifier>Time</ows:Identifier><Default>2026-01</Default>\
                <Value>2025-01</Value><Value>2026-01</Value></Dimension>";
    let operations = if operations {
        format!(
            "<ows:OperationsMetadata><ows:Operation name=\"GetTile\"><ows:DCP><ows:HTTP>\
             <ows:Get xlink:href=\"{address}/kvp?map=stad\"><ows:Constraint name=\"GetEncoding\">\
             <ows:AllowedValues><ows:Value>KVP</ows:Value></ows:AllowedValues></ows:Constraint>\
             </ows:Get></ows:HTTP></ows:DCP></ows:Operation></ows:OperationsMetadata>"
        )
    } else {
        String::new()
    };
    format!(
        "<?xml version=\"1.0\"?><Capabilities xmlns=\"http://www.opengis.net/wmts/1.0\" \
         xmlns:ows=\"http://www.opengis.net/ows/1.1\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
         version=\"1.0.0\"><ows:ServiceIdentification><ows:Title>Kaarten van de stad</ows:Title>\
         <ows:ServiceType>OGC WMTS</ows:ServiceType><ows:Fees>none</ows:Fees>\
         <ows:AccessConstraints>Alleen bekijken</ows:AccessConstraints>\
         </ows:ServiceIdentification><ows:ServiceProvider><ows:ProviderName>Stad Voorbeeld\
         </ows:ProviderName></ows:ServiceProvider>{operations}<Contents>{}{}{}{}{}{}{}{}{}</Contents>\
         </Capabilities>",
        layer("stad", &["image/jpeg", "image/png"], &["lambert", "google"], ""),
        layer("tijd", &["image/png"], &["google"], &format!("{}{time}", rest("image/png", "png"))),
        layer("lambert", &["image/png"], &["lambert"], ""),
        layer("gelogen", &["image/png"], &["lambert", "liar"], ""),
        layer("gif", &["image/gif"], &["google"], ""),
        set("lambert", "urn:ogc:def:crs:EPSG::31370", &matrices("", 3, 1.0)),
        set("google", google, &matrices("EPSG:3857:", 20, 1.0)),
        // Half a percent off: a street at Ghent would lie kilometres away.
        set("liar", google, &matrices("", 20, 1.005)),
        set("word", google, ""),
    )
    .into_bytes()
}

fn picture() -> Reply {
    Reply::new(200, png([1, 2, 3]))
}

#[test]
fn a_wmts_is_asked_with_parameters_in_the_tiles_of_slippy_maps() {
    let server = Server::start(|request, _| {
        if request.path.contains("GetCapabilities") {
            // The server's own address stands in its answer.
            let host = &request.headers["host"];
            Reply::new(200, wmts(&format!("http://{host}"), true))
        } else {
            picture()
        }
    });
    let found = service(&format!("{}/wmts?layer=stad&key=geheim", server.address));
    assert_eq!((found.form, found.version.as_str()), (WebForm::Wmts, "1.0.0"));
    assert_eq!(found.title, "Kaarten van de stad");
    assert_eq!(
        (found.provider.as_str(), found.conditions.as_str()),
        ("Stad Voorbeeld", "Alleen bekijken")
    );
    assert_eq!(found.wanted, ["stad"]);
    let told: Vec<(&str, Option<String>)> = found
        .layers
        .iter()
        .map(|layer| {
            let why = layer.why_not.as_ref().map(|why| why.in_language(Language::Dutch));
            (layer.name.as_str(), why)
        })
        .collect();
    let why = |name: &str| told.iter().find(|(known, _)| *known == name).unwrap().1.clone();
    assert_eq!((why("stad"), why("tijd")), (None, None));
    assert!(why("lambert").unwrap().contains("EPSG:31370"), "{told:?}");
    let lie = why("gelogen").unwrap();
    assert!(lie.contains("‘liar’") && lie.contains("niveau ‘0’"), "{lie}");
    assert!(lie.contains("561.877.675,35") && lie.contains("559.082.264,03"), "{lie}");
    assert!(why("gif").unwrap().contains("PNG"), "{told:?}");

    let one = |name: &str| Chosen { layers: vec![name.to_owned()], ..Chosen::default() };
    for name in ["lambert", "gelogen", "gif"] {
        assert!(found.map(&one(name)).is_err(), "{name}");
    }
    let map = found.map(&one("stad")).unwrap();
    assert_eq!((map.min_zoom, map.max_zoom, map.fine), (0, 19, Fine::Deeper));
    assert_eq!(map.attribution, "Stad Voorbeeld");
    is_there(&tile(&map.basemap("Stad"), TILE));
    let asked = server.paths().pop().unwrap();
    // The address of the service itself, with what was in the one that was given; the usual style,
    // the picture without loss.
    assert_eq!(
        asked,
        "/kvp?map=stad&key=geheim&SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=stad\
         &STYLE=gewoon+%26+helder&FORMAT=image%2Fpng&TILEMATRIXSET=google\
         &TILEMATRIX=EPSG%3A3857%3A12&TILEROW=1369&TILECOL=2090"
    );
    let other =
        Chosen { style: "grijs".to_owned(), format: "image/jpeg".to_owned(), ..one("stad") };
    let map = found.map(&other).unwrap();
    assert!(map.url.contains("STYLE=grijs") && map.url.contains("FORMAT=image%2Fjpeg"));
    // Dimensions go along with their usual value.
    assert!(found.map(&one("tijd")).unwrap().url.contains("Time=2026-01"));
}

#[test]
fn a_wmts_with_patterns_alone_is_asked_by_those() {
    let server = Server::start(|request, _| {
        if request.path.contains("WMTSCapabilities") {
            let host = &request.headers["host"];
            Reply::new(200, wmts(&format!("http://{host}"), false))
        } else {
            picture()
        }
    });
    let found = service(&format!("{}/1.0.0/WMTSCapabilities.xml", server.address));
    let map = found.map(&Chosen { layers: vec!["tijd".to_owned()], ..Chosen::default() }).unwrap();
    is_there(&tile(&map.basemap("Stad"), TILE));
    assert_eq!(
        server.paths().pop().unwrap(),
        "/rest/gewoon%20%26%20helder/2026-01/google/EPSG%3A3857%3A12/1369/2090.png"
    );
    // A layer without such a pattern cannot be asked for at all.
    let none = Chosen { layers: vec!["stad".to_owned()], ..Chosen::default() };
    assert_eq!(found.map(&none).unwrap_err().id, "webmap-error-no-way");
}

/// Capabilities of a WMS.
pub fn wms(version: &str, address: &str) -> Vec<u8> {
    let (root, crs, bounds) = if version == "1.3.0" {
        (
            "WMS_Capabilities",
            "CRS",
            "<EX_GeographicBoundingBox><westBoundLongitude>3.6</westBoundLongitude>\
             <eastBoundLongitude>3.8</eastBoundLongitude><southBoundLatitude>51</southBoundLatitude>\
             <northBoundLatitude>51.1</northBoundLatitude></EX_GeographicBoundingBox>",
        )
    } else {
        (
            "WMT_MS_Capabilities",
            "SRS",
            "<LatLonBoundingBox minx=\"3.6\" miny=\"51\" maxx=\"3.8\" maxy=\"51.1\"/>",
        )
    };
    format!(
        "<?xml version=\"1.0\"?><!DOCTYPE {root} [<!ENTITY x 'y'>]><{root} version=\"{version}\" \
         xmlns:xlink=\"http://www.w3.org/1999/xlink\"><Service><Name>WMS</Name><Title>Stadskaarten\
         </Title><ContactInformation><ContactPersonPrimary><ContactOrganization>Stad Voorbeeld\
         </ContactOrganization></ContactPersonPrimary></ContactInformation></Service><Capability>\
         <Request><GetMap><Format>image/gif</Format><Format>image/png</Format>\
         <Format>image/jpeg</Format><DCPType><HTTP><Get><OnlineResource \
         xlink:href=\"{address}\"/></Get></HTTP></DCPType></GetMap></Request>\
         <Layer><Title>Alles</Title><{crs}>EPSG:4326</{crs}><{crs}>EPSG:900913</{crs}>{bounds}\
         <Attribution><Title>© Stad</Title><OnlineResource xlink:href=\"https://stad.example.org\"/>\
         </Attribution>\
         <Layer><Name>wegen</Name><Title>Wegen</Title><{crs}>EPSG:3857</{crs}>\
         <Style><Name>blauw</Name><Title>Blauw</Title></Style>\
         <Style><Name>rood</Name><Title>Rood</Title></Style></Layer>\
         <Layer><Title>Groen</Title><Layer><Name>bomen</Name><Title>Bomen</Title>\
         <MaxScaleDenominator>50000</MaxScaleDenominator></Layer></Layer></Layer>\
         <Layer><Name>los</Name><Title>Los</Title><{crs}>EPSG:31370</{crs}></Layer>\
         </Capability></{root}>"
    )
    .into_bytes()
}

#[test]
fn a_wms_of_either_version_is_asked_for_the_box_of_each_tile() {
    for (version, crs) in [("1.3.0", "CRS"), ("1.1.1", "SRS")] {
        let server = Server::start(move |request, _| {
            if request.path.contains("GetCapabilities") {
                // The address of a machine behind the server, as happens.
                Reply::new(200, wms(version, "http://localhost:8080/geoserver/wms?"))
            } else {
                picture()
            }
        });
        let found = service(&format!("{}/geo/wms?map=a%20b", server.address));
        assert_eq!((found.form, found.version.as_str()), (WebForm::Wms, version));
        let names: Vec<&str> = found.layers.iter().map(|layer| layer.name.as_str()).collect();
        assert_eq!(names, ["wegen", "bomen", "los"]);
        let trees = found.layer("bomen").unwrap();
        assert_eq!(trees.groups, ["Alles", "Groen"]);
        assert_eq!(trees.attribution, "© Stad");
        assert!(trees.bounds.unwrap().contains([3.72, 51.05]));
        let alone = found.layer("los").unwrap().why_not.as_ref().unwrap();
        assert!(alone.in_language(Language::English).contains("EPSG:31370"));

        let layers = vec!["wegen".to_owned(), "bomen".to_owned()];
        let map = found.map(&Chosen { layers, style: "rood".into(), ..Chosen::default() }).unwrap();
        assert_eq!(map.attribution_url, "https://stad.example.org");
        assert_eq!((map.min_zoom, map.fine), (0, Fine::Double), "roads are seen from everywhere");
        is_there(&tile(&map.basemap("Stad"), TILE));
        let asked = server.paths().pop().unwrap();
        let edges = TILE.extent_mercator();
        let expected = format!(
            "/geo/wms?map=a+b&SERVICE=WMS&VERSION={version}&REQUEST=GetMap&LAYERS=wegen,bomen\
             &STYLES=rood,&{crs}=EPSG%3A3857&BBOX={},{},{},{}&WIDTH=256&HEIGHT=256\
             &FORMAT=image%2Fpng&TRANSPARENT=TRUE",
            edges.min_x, edges.min_y, edges.max_x, edges.max_y
        );
        assert_eq!(asked, expected);
        // Trees alone are called by the name that their system had, and are seen from nearby only.
        let layers = vec!["bomen".to_owned()];
        let alone = found.map(&Chosen { layers, ..Chosen::default() }).unwrap();
        assert!(alone.url.contains("900913") && alone.min_zoom == 13, "{}", alone.url);
        let fine = map.basemap("Stad").retina().unwrap();
        is_there(&tile(&fine, TileId { x: 2091, ..TILE }));
        assert!(server.paths().pop().unwrap().contains("WIDTH=512&HEIGHT=512"));
    }
}

#[test]
fn a_service_is_found_where_the_address_does_not_say_what_it_is() {
    let server = Server::start(|request, _| match request.path.as_str() {
        "/kaart" => {
            Reply::new(200, b"<html>Welkom</html>".to_vec()).header("Content-Type", "text/html")
        }
        path if path.contains("SERVICE=WMS&") => {
            Reply::new(200, wms("1.3.0", "http://elsewhere.example.org/wms"))
        }
        _ => Reply::new(400, b"<ows:ExceptionReport xmlns:ows='u'/>".to_vec()),
    });
    let found = service(&format!("{}/kaart", server.address));
    assert_eq!(found.title, "Stadskaarten");
    // Without a scheme it is the usual one; a pattern is asked of nobody.
    assert!(look("127.0.0.1:1/wms").is_err());
    let before = server.requests().len();
    let pattern = look(&format!("{}/{{z}}/{{x}}/{{-y}}{{r}}.png", server.address)).unwrap();
    let FoundMap::Pattern(pattern) = pattern else { panic!("{pattern:?}") };
    assert_eq!((pattern.map.form, pattern.map.fine), (WebForm::Xyz, Fine::Double));
    assert_eq!(server.requests().len(), before);
}
