//! Tests of `crs`: against PROJ's own `cs2cs`, published points and real files.

use belfort::crs::{
    Crs, CrsError, HowFound, LayerCrs, TransformError, Transformer, describe, guess, identify_wkt,
    lon_lat_bounds, mercator_from_lon_lat, transform_for_map, transform_parallel,
};
use belfort::i18n::Language;
use belfort::jobs::Watch;

use super::support::shared_data;

fn crs(code: &str) -> Crs {
    Crs::from_code(code).unwrap()
}

fn one(from: &str, to: &str, at: [f64; 2]) -> [f64; 2] {
    let mut xy = [at];
    let failed = Transformer::new(&crs(from), &crs(to)).unwrap().transform(&mut xy);
    assert_eq!(failed, 0, "{from} to {to} at {at:?}");
    xy[0]
}

fn assert_near(found: [f64; 2], expected: [f64; 2], tolerance: f64, what: &str) {
    let away = (found[0] - expected[0]).abs().max((found[1] - expected[1]).abs());
    assert!(away <= tolerance, "{what}: {found:?}, not {expected:?}: {away} away");
}

/// PROJ 9.1.1: `echo "104700 193800" | cs2cs -f %.9f EPSG:31370 EPSG:…`, x before y.
#[test]
fn as_cs2cs_does() {
    let lambert72 = [104_700.0, 193_800.0];
    let lon_lat = one("EPSG:31370", "EPSG:4326", lambert72);
    assert_near(lon_lat, [3.722_687_541, 51.052_587_503], 1e-9, "lon, lat");
    for (to, expected) in [
        ("EPSG:3812", [604_697.214_055, 693_794.823_431]),
        ("EPSG:32631", [550_653.069_344, 5_655_921.293_825]),
        ("EPSG:25831", [550_653.069_344, 5_655_921.293_804]),
        ("EPSG:3857", [414_407.681_454, 6_630_601.120_116]),
    ] {
        assert_near(one("EPSG:31370", to, lambert72), expected, 1e-3, to);
        // And back: Belgium's systems are tied by the same parameters both ways, save that the
        // two shifts of BD72 (to WGS 84 and to ETRS89) are 0.2 m apart.
        assert_near(one(to, "EPSG:31370", expected), lambert72, 0.01, to);
    }
}

/// IOGP Guidance Note 7-2 (373-07-02), Lambert Conic Conformal (2SP Belgium), method 9803: BD72
/// 50°40'46.461"N, 5°48'26.533"E is E 251763.20, N 153034.13.
#[test]
fn the_published_belgian_control_point() {
    let bd72 = [5.0 + 48.0 / 60.0 + 26.533 / 3600.0, 50.0 + 40.0 / 60.0 + 46.461 / 3600.0];
    let found = one("EPSG:4313", "EPSG:31370", bd72);
    assert_near(found, [251_763.20, 153_034.13], 1.0, "IOGP 7-2");
}

#[test]
fn web_mercator_in_closed_form_is_projs() {
    // Without a code there is no closed form: PROJ computes.
    let by_proj = Crs { code: None, ..Crs::web_mercator() };
    for place in [[3.722_687_541, 51.052_587_503], [-179.9, -84.9], [0.0, 0.0], [12.5, 89.0]] {
        let mut expected = [place];
        assert_eq!(Transformer::new(&Crs::wgs84(), &by_proj).unwrap().transform(&mut expected), 0);
        let closed = one("EPSG:4326", "EPSG:3857", place);
        assert_near(closed, expected[0], 1e-6, "Web Mercator");
        assert_near(one("EPSG:3857", "EPSG:4326", closed), place, 1e-9, "back");
    }
}

#[test]
fn positions_that_fail_are_counted_and_spoil_no_other() {
    for (from, to, bad) in [
        ("EPSG:4326", "EPSG:31370", [3.7, 95.0]),
        ("EPSG:4326", "EPSG:3857", [104_700.0, 193_800.0]),
        ("EPSG:4326", "EPSG:3857", [3.7, 90.0]),
    ] {
        let good = [3.722_687_541, 51.052_587_503];
        let mut xy = [good, bad, [f64::NAN, 1.0], bad, good];
        let failed = Transformer::new(&crs(from), &crs(to)).unwrap().transform(&mut xy);
        assert_eq!(failed, 2, "{from} to {to}");
        assert!(xy[1..4].iter().all(|[x, y]| x.is_nan() && y.is_nan()), "{xy:?}");
        assert_near(xy[0], xy[4], 0.0, "the same place");
        assert!(xy[0][0] > 100_000.0);
    }
}

#[test]
fn the_operation_and_its_accuracy_are_told() {
    // `projinfo -s EPSG:31370 -t EPSG:4326 --spatial-test intersects --summary`: first candidate
    // "BD72 to WGS 84 (3)", 1 m; to EPSG:3812 "BD72 to ETRS89 (2)", 0.2 m.
    let shift = describe(&Crs::lambert72(), &Crs::wgs84()).unwrap();
    assert_eq!((shift.name.as_str(), shift.accuracy), ("BD72 to WGS 84 (3)", Some(1.0)));
    let message = shift.message();
    assert_eq!(message.in_language(Language::English), "BD72 to WGS 84 (3), about 1 m");
    let fine = describe(&Crs::lambert72(), &Crs::lambert2008()).unwrap();
    assert_eq!((fine.name.as_str(), fine.accuracy), ("BD72 to ETRS89 (2)", Some(0.2)));
    assert_eq!(fine.message().in_language(Language::Dutch), "BD72 to ETRS89 (2), ongeveer 0,2 m");
    let back = describe(&Crs::web_mercator(), &Crs::lambert72()).unwrap();
    assert_eq!(back.accuracy, Some(1.0), "{back:?}");
    assert!(back.name.contains("BD72 to WGS 84 (3)"), "{back:?}");
    let exact = describe(&crs("EPSG:4313"), &Crs::lambert72()).unwrap();
    assert_eq!((exact.name.as_str(), exact.accuracy), ("Belgian Lambert 72", Some(0.0)));
    let none = describe(&Crs::wgs84(), &Crs::wgs84()).unwrap();
    assert_eq!(none.message().in_language(Language::English), "no transformation");
    // A datum nobody knows: PROJ can only pretend that there is no shift, and says so.
    let strange = r#"GEOGCS["x",DATUM["nobody's",SPHEROID["s",6378388,297]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]"#;
    let strange = Crs::from_wkt(strange).unwrap();
    assert_eq!(strange.code, None);
    let pretended = describe(&strange, &Crs::wgs84()).unwrap();
    assert_eq!(pretended.accuracy, None, "{pretended:?}");
    assert!(pretended.name.contains("Ballpark"), "{pretended:?}");
}

#[test]
fn codes_are_read_in_every_notation() {
    for code in [
        "EPSG:31370",
        "epsg:31370",
        " 31370 ",
        "urn:ogc:def:crs:EPSG::31370",
        "urn:ogc:def:crs:EPSG:9.9.1:31370",
        "urn:x-ogc:def:crs:EPSG:31370",
        "urn:ogc:def:crs,crs:EPSG::31370,crs:EPSG::5710",
        "EPSG:31370+5710",
        "http://www.opengis.net/def/crs/EPSG/0/31370",
        "https://www.opengis.net/def/crs/EPSG/0/31370/",
        "http://www.opengis.net/gml/srs/epsg.xml#31370",
    ] {
        assert_eq!(Crs::from_code(code), Ok(Crs::lambert72()), "{code}");
    }
    for code in ["urn:ogc:def:crs:OGC:1.3:CRS84", "OGC:CRS84", "CRS:84", "CRS84", "EPSG:4326"] {
        assert_eq!(Crs::from_code(code), Ok(Crs::wgs84()), "{code}");
    }
    assert_eq!(Crs::from_code("EPSG:900913"), Ok(Crs::web_mercator()));
    assert_eq!(crs("EPSG:32631").name, "WGS 84 / UTM zone 31N");
    assert_eq!(crs("EPSG:4258").label(), "ETRS89 (EPSG:4258)");
    assert!(crs("EPSG:4258").is_geographic() && !crs("EPSG:25831").is_geographic());
    for wrong in ["", ":", "EPSG:", "EPSG:999999", "EPSG:x", "31370;DROP", "urn:ogc:def:crs", "é"]
    {
        let found = Crs::from_code(wrong);
        assert!(matches!(found, Err(CrsError::UnknownCode { .. })), "{wrong:?}: {found:?}");
    }
    assert_eq!(Crs::lambert72().to_urn().as_deref(), Some("urn:ogc:def:crs:EPSG::31370"));
    assert_eq!(Crs::wgs84().to_urn().as_deref(), Some("urn:ogc:def:crs:OGC:1.3:CRS84"));
    // The four names written in the code are the register's.
    for known in [Crs::wgs84(), Crs::lambert72(), Crs::lambert2008(), Crs::web_mercator()] {
        let read = Crs::from_wkt(&known.to_esri_wkt().unwrap()).unwrap();
        assert_eq!(read, known);
    }
}

/// The EPSG register, as `projinfo EPSG:N` prints it: the direction of the first axis.
#[test]
fn the_first_axis_is_that_of_the_register() {
    for code in [31370, 3812, 3857, 28992, 25831] {
        assert!(!crs(&format!("EPSG:{code}")).is_north_first(), "{code}");
    }
    for code in [4326, 4258, 4313, 3035, 2180] {
        assert!(crs(&format!("EPSG:{code}")).is_north_first(), "{code}");
    }
}

#[test]
fn prj_texts_are_recognised() {
    // Lambert 72 as ESRI's programs write it, and as GDAL did with the shift to WGS 84.
    let esri = r#"PROJCS["Belge_Lambert_1972",GEOGCS["GCS_Belge_1972",DATUM["D_Belge_1972",SPHEROID["International_1924",6378388.0,297.0]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Lambert_Conformal_Conic"],PARAMETER["False_Easting",150000.01256],PARAMETER["False_Northing",5400088.4378],PARAMETER["Central_Meridian",4.367486666666666],PARAMETER["Standard_Parallel_1",49.8333339],PARAMETER["Standard_Parallel_2",51.16666723333333],PARAMETER["Latitude_Of_Origin",90.0],UNIT["Meter",1.0]]"#;
    assert_eq!(Crs::from_wkt(esri), Ok(Crs::lambert72()));
    let ogc = r#"PROJCS["Belge 1972 / Belgian Lambert 72",GEOGCS["Belge 1972",DATUM["Reseau_National_Belge_1972",SPHEROID["International 1924",6378388,297,AUTHORITY["EPSG","7022"]],TOWGS84[-106.8686,52.2978,-103.7239,0.3366,-0.457,1.8422,-1.2747],AUTHORITY["EPSG","6313"]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4313"]],PROJECTION["Lambert_Conformal_Conic_2SP"],PARAMETER["standard_parallel_1",51.16666723333333],PARAMETER["standard_parallel_2",49.8333339],PARAMETER["latitude_of_origin",90],PARAMETER["central_meridian",4.367486666666666],PARAMETER["false_easting",150000.013],PARAMETER["false_northing",5400088.438],UNIT["metre",1],AUTHORITY["EPSG","31370"]]"#;
    assert_eq!(Crs::from_wkt(&format!("\u{feff}{ogc}\r\n\0")), Ok(Crs::lambert72()));
    // The same text with the false easting of another system is not what its code says.
    let liar = Crs::from_wkt(&ogc.replace("150000.013", "649328.0")).unwrap();
    assert_eq!(liar.code, None, "{liar:?}");
    assert_eq!(identify_wkt(&ogc.replace("150000.013", "649328.0")), None);
    let lambert2008 = crs("EPSG:3812").to_esri_wkt().unwrap();
    assert_eq!(identify_wkt(&lambert2008), Some(Crs::lambert2008()));
    for code in ["EPSG:25831", "EPSG:32631", "EPSG:4258", "EPSG:4313"] {
        let wkt = crs(code).to_esri_wkt().unwrap();
        assert_eq!(identify_wkt(&wkt), Some(crs(code)), "{wkt}");
    }
    let projjson_free = r#"GEOGCRS["WGS 84",DATUM["World Geodetic System 1984",ELLIPSOID["WGS 84",6378137,298.257223563]],CS[ellipsoidal,2],AXIS["latitude",north],AXIS["longitude",east],UNIT["degree",0.0174532925199433],ID["EPSG",4326]]"#;
    assert_eq!(Crs::from_wkt(projjson_free), Ok(Crs::wgs84()), "WKT 2");
    for wrong in ["", "PROJCS[", "hello", r#"UNIT["metre",1]"#, "GEOGCS[\"a\0b\"]"] {
        let found = Crs::from_wkt(wrong);
        assert!(matches!(found, Err(CrsError::BadWkt { .. })), "{wrong:?}: {found:?}");
    }
}

#[test]
fn a_system_of_ones_own_is_kept_as_its_text() {
    let own = r#"PROJCS["Paper of Ghent",GEOGCS["GCS_Belge_1972",DATUM["D_Belge_1972",SPHEROID["International_1924",6378388.0,297.0]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",1000.0],PARAMETER["False_Northing",2000.0],PARAMETER["Central_Meridian",3.72],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",51.05],UNIT["Meter",1.0]]"#;
    let own = Crs::from_wkt(own).unwrap();
    assert_eq!((own.code.as_deref(), own.name.as_str()), (None, "Paper of Ghent"));
    assert!(!own.is_geographic());
    // Its origin on BD72, and from there what PROJ makes of BD72.
    let mut xy = [[1000.0, 2000.0]];
    assert_eq!(Transformer::new(&own, &Crs::wgs84()).unwrap().transform(&mut xy), 0);
    assert_near(xy[0], one("EPSG:4313", "EPSG:4326", [3.72, 51.05]), 1e-9, "origin");
    let again = Crs::from_wkt(&own.to_esri_wkt().unwrap()).unwrap();
    let mut back = xy;
    Transformer::new(&Crs::wgs84(), &again).unwrap().transform(&mut back);
    assert_near(back[0], [1000.0, 2000.0], 1e-3, "written and read");
}

#[test]
fn the_real_prj_files_are_recognised() {
    for (file, expected) in [
        ("real/shapefiles-vlaanderen/Riparias_BV_region.prj", "EPSG:31370"),
        ("real/shapefiles-vlaanderen/oversteekplaatsen.prj", "EPSG:4326"),
        ("real/shapefiles-vlaanderen/points_in_zwalm.prj", "EPSG:4326"),
        ("odd/shp/e_merc.prj", "EPSG:3395"),
        ("odd/shp/data_corruption_error.prj", "EPSG:3006"),
    ] {
        let Some(path) = shared_data(file) else { return };
        let found = Crs::from_wkt(&std::fs::read_to_string(path).unwrap()).unwrap();
        assert_eq!(found.code.as_deref(), Some(expected), "{file}");
    }
}

#[test]
fn swapped_layers_come_out_right() {
    let swapped = LayerCrs { crs: Crs::wgs84(), how: HowFound::Guess, swapped: true };
    let plain = LayerCrs::new(Crs::lambert72(), HowFound::Prj);
    let mut xy = [[51.052_587_503, 3.722_687_541]];
    assert_eq!(swapped.to_lon_lat(&mut xy.clone()), Ok(0));
    assert_eq!(swapped.transformer_to_layer(&plain).unwrap().transform(&mut xy), 0);
    assert_near(xy[0], [104_700.0, 193_800.0], 0.01, "to Lambert 72");
    plain.transformer_to_layer(&swapped).unwrap().transform(&mut xy);
    assert_near(xy[0], [51.052_587_503, 3.722_687_541], 1e-8, "and back");
    // The same system the other way round is not the same numbers.
    let mut degrees = [[51.0, 3.7]];
    swapped.transformer_to(&Crs::wgs84()).unwrap().transform(&mut degrees);
    assert_eq!(degrees, [[3.7, 51.0]]);
}

#[test]
fn many_positions_on_several_threads_are_those_of_one() {
    let xy: Vec<[f64; 2]> = (0..250_000_u32)
        .map(|at| [100_000.0 + f64::from(at % 500), 190_000.0 + f64::from(at / 500)])
        .collect();
    let from = LayerCrs::new(Crs::lambert72(), HowFound::Chosen);
    let mut alone = xy.clone();
    assert_eq!(from.to_lon_lat(&mut alone), Ok(0));
    let mut together = xy.clone();
    let watch = Watch::unwatched();
    watch.set_total(xy.len() as u64);
    let failed = transform_parallel(&from, &Crs::wgs84(), &mut together, &watch);
    assert_eq!(failed, Ok(0));
    assert_eq!(alone, together);
    assert_eq!(watch.fraction(), Some(1.0));
    watch.cancel();
    let stopped = transform_parallel(&from, &Crs::wgs84(), &mut together, &watch);
    assert!(matches!(stopped, Err(TransformError::Cancelled(_))));
}

#[test]
fn a_guess_is_undone_by_no_transformation() {
    // What is guessed must also be usable as it is.
    let layer = guess(&[[51.052_6, 3.722_7]; 3]).unwrap();
    let mut xy = [[51.052_6, 3.722_7]];
    layer.to_lon_lat(&mut xy).unwrap();
    assert_eq!(xy, [[3.722_7, 51.052_6]]);
}

/// 50,000 positions spread over an area, with a few that are nowhere.
fn spread([west, south, east, north]: [f64; 4]) -> Vec<[f64; 2]> {
    let mut state = 5_u64;
    let mut share = || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        f64::from(u32::try_from(state >> 32).unwrap()) / f64::from(u32::MAX)
    };
    let mut xy: Vec<[f64; 2]> = (0..50_000)
        .map(|_| [west + share() * (east - west), south + share() * (north - south)])
        .collect();
    xy.extend([[west, south], [east, north], [f64::NAN, south], [west, f64::INFINITY]]);
    xy
}

/// PROJ itself is the oracle, position by position: a city, all of Belgium with what lies around
/// it (where PROJ changes from one operation to another), half of Europe, and a stray position.
#[test]
fn what_is_drawn_lies_within_a_millimetre_of_where_proj_has_it() {
    let ghent = [97_000.0, 185_000.0, 113_000.0, 205_000.0];
    let belgium = [-100_000.0, -100_000.0, 400_000.0, 400_000.0];
    for (code, area) in [
        ("EPSG:31370", ghent),
        ("EPSG:31370", belgium),
        ("EPSG:31370", [97_000.0, 185_000.0, 9e6, 9e6]),
        ("EPSG:3812", [590_000.0, 680_000.0, 620_000.0, 710_000.0]),
        ("EPSG:32631", [540_000.0, 5_640_000.0, 570_000.0, 5_670_000.0]),
        ("EPSG:3035", [2_500_000.0, 1_500_000.0, 5_500_000.0, 4_500_000.0]),
        ("EPSG:4326", [3.5, 50.9, 3.9, 51.2]),
        ("EPSG:4326", [-500.0, -95.0, 500.0, 95.0]),
    ] {
        for swapped in [false, true] {
            let mut xy = spread(area);
            let mut layer = LayerCrs::new(crs(code), HowFound::Chosen);
            layer.swapped = swapped;
            if swapped {
                xy.iter_mut().for_each(|position| position.reverse());
            }
            let mut exact = xy.clone();
            layer.to_lon_lat(&mut exact).unwrap();
            let bounds = lon_lat_bounds(&layer, &xy, &Watch::unwatched()).unwrap();
            transform_for_map(&layer, &mut xy, &Watch::unwatched()).unwrap();
            let (mut lost, mut seen) = (0, Vec::new());
            for (found, lon_lat) in xy.iter().zip(exact) {
                let on_earth = lon_lat[0].abs() <= 360.0 && lon_lat[1].abs() <= 90.0;
                if !on_earth {
                    assert!(found[0].is_nan() && found[1].is_nan(), "{code}: {found:?}");
                    lost += 1;
                    continue;
                }
                seen.push(lon_lat);
                assert_near(*found, mercator_from_lon_lat(lon_lat), 1e-3, code);
            }
            let edge = |axis: usize, of: fn(f64, f64) -> f64| {
                seen.iter().map(|at| at[axis]).reduce(of).unwrap()
            };
            let expected =
                [edge(0, f64::min), edge(1, f64::min), edge(0, f64::max), edge(1, f64::max)];
            let found = bounds.0.unwrap();
            assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-8), "{code}");
            // Two were no numbers before.
            assert_eq!(bounds.1, lost - 2, "{code}");
        }
    }
}
