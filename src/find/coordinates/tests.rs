//! Coordinates in all notations.

use super::*;

/// PROJ 9.6, `cs2cs EPSG:31370 EPSG:4326`: x 104700, y 193800.
const GHENT: [f64; 2] = [3.722_687_541, 51.052_587_503];

fn near(found: [f64; 2], wanted: [f64; 2], tolerance: f64) -> bool {
    (found[0] - wanted[0]).abs() <= tolerance && (found[1] - wanted[1]).abs() <= tolerance
}

/// Reads a text that has one meaning.
fn one(text: &str) -> Place {
    let found = places(text);
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    found[0]
}

#[test]
fn degrees_are_read_in_either_order_and_with_any_marks() {
    let wanted = [3.7227, 51.0526];
    for text in [
        "51.0526, 3.7227",
        "51.0526,3.7227",
        "51.0526 3.7227",
        "51,0526 3,7227",
        "51,0526, 3,7227",
        "51,0526,3,7227",
        "51,0526;3,7227",
        "  51.0526 / 3.7227 ",
        "3.7227, 51.0526",
        "3,7227 51,0526",
        "(51.0526, 3.7227)",
        "[3.7227, 51.0526]",
        "51.0526° N, 3.7227° E",
        "51,0526° N 3,7227° O",
        "51.0526N 3.7227E",
        "51.0526N3.7227E",
        "N51.0526 E3.7227",
        "N51.0526E3.7227",
        "N 51,0526 O 3,7227",
        "3.7227 E 51.0526 N",
        "lat 51.0526 lon 3.7227",
        "lat: 51.0526, lng: 3.7227",
        "latitude=51.0526&longitude=3.7227",
        "lon=3.7227 lat=51.0526",
        "51,0526 NB 3,7227 OL",
        "WGS 84: 51.0526, 3.7227",
        "51.0526\u{a0}3.7227",
        "51.0526º N 3.7227º E",
    ] {
        let found = one(text);
        assert!(near(found.lon_lat, wanted, 1e-9), "{text}: {found:?}");
    }
    assert_eq!(one("51.0526, 3.7227").read, Read::LatitudeFirst);
    assert_eq!(one("3.7227, 51.0526").read, Read::LongitudeFirst);
    assert_eq!(one("3.7227 E 51.0526 N").read, Read::Degrees);
}

#[test]
fn minutes_and_seconds_are_read() {
    // 51° 3' 9.3" = 51 + 3/60 + 9.3/3600; 3° 43' 21.7" = 3 + 43/60 + 21.7/3600.
    let wanted = [3.722_694_444, 51.052_583_333];
    for text in [
        "51°03'09.3\"N 3°43'21.7\"E",
        "51° 3' 9.3\" N, 3° 43' 21.7\" E",
        "51° 3′ 9,3″ N 3° 43′ 21,7″ O",
        "51°3’9.3”N 3°43’21.7”E",
        "51°03'09.3''N 3°43'21.7''E",
        "51 3 9.3 N 3 43 21.7 E",
        "51 3 9.3 3 43 21.7",
        "51:03:09.3N 3:43:21.7E",
        "N 51° 3' 9.3\" E 3° 43' 21.7\"",
        "51° 3.155' N 3° 43.361666667' E",
        "N 51° 3,155' O 3° 43,361666667'",
        "51 3.155 3 43.361666667",
    ] {
        let found = one(text);
        assert!(near(found.lon_lat, wanted, 1e-8), "{text}: {found:?}");
    }
    assert_eq!(places("51°61'N 3°43'E"), []);
    assert_eq!(places("51°3'99\"N 3°43'E"), []);
}

#[test]
fn the_southern_and_western_halves_are_read() {
    for (text, wanted) in [
        ("33.8688 S, 151.2093 E", [151.2093, -33.8688]),
        ("33,8688 Z 151,2093 O", [151.2093, -33.8688]),
        ("40.7128° N, 74.0060° W", [-74.006, 40.7128]),
        ("22°54'30\"S 43°11'47\"W", [-43.196_388_889, -22.908_333_333]),
    ] {
        assert!(near(one(text).lon_lat, wanted, 1e-8), "{text}");
    }
    // Outside Belgium either order may be meant, unless only one is possible.
    let found = places("40.7128, -74.0060");
    assert_eq!(
        found.iter().map(|p| p.read).collect::<Vec<_>>(),
        [Read::LatitudeFirst, Read::LongitudeFirst]
    );
    assert!(near(found[0].lon_lat, [-74.006, 40.7128], 1e-9));
    assert!(near(one("-33.8688, 151.2093").lon_lat, [151.2093, -33.8688], 1e-9));
}

#[test]
fn lambert_is_read_with_any_marks_between_thousands() {
    for text in [
        "104700 193800",
        "104700, 193800",
        "104700,193800",
        "104 700 193 800",
        "104.700 193.800",
        "104.700, 193.800",
        "104,700 193,800",
        "104'700 193'800",
        "104700.0 193800.0",
        "104700,0 193800,0",
        "104.700,0 193.800,0",
        "104 700,00 193 800,00",
        "104 700 m, 193 800 m",
        "104700m 193800m",
        "x 104700 y 193800",
        "x=104700, y=193800",
        "X: 104 700; Y: 193 800",
        "y=193800 x=104700",
        "L72 104700 193800",
        "Lambert 72: 104.700, 193.800",
        "EPSG:31370 104700 193800",
        "104700 193800 (Lambert72)",
        "104\u{202f}700 193\u{202f}800",
    ] {
        let found = one(text);
        assert_eq!(found.read, Read::Lambert72, "{text}");
        assert!(near(found.lon_lat, GHENT, 1e-8), "{text}: {found:?}");
        assert_eq!(found.lambert72, Some([104_700.0, 193_800.0]), "{text}");
    }
    // In Lambert 2008 the same place is half a million metres on (EPSG:3812; PROJ 9.6).
    let lambert2008 = transformed(&Crs::wgs84(), &Crs::lambert2008(), GHENT).unwrap_or_default();
    let text = format!("{:.3} {:.3}", lambert2008[0], lambert2008[1]);
    let found = one(&text);
    assert_eq!(found.read, Read::Lambert2008);
    assert!(near(found.lon_lat, GHENT, 2e-8), "{text}: {found:?}");
    let back = found.lambert72.unwrap_or_default();
    assert!(near(back, [104_700.0, 193_800.0], 0.002), "{back:?}");
    // y before x, where x before y would be in the sea.
    assert_eq!(one("246000 20500").read, Read::Lambert72);
}

#[test]
fn what_may_mean_two_things_is_offered_as_both() {
    let reads = |text| places(text).into_iter().map(|place| place.read).collect::<Vec<_>>();
    // Degrees near Warsaw, in either order, or metres near Saint-Quentin with points for thousands.
    let found = reads("52.230 21.010");
    assert!(found.starts_with(&[Read::LatitudeFirst, Read::LongitudeFirst]), "{found:?}");
    assert_eq!(reads("L72 52.230 121.010"), [Read::Lambert72]);
    assert_eq!(reads("wgs84 52.230 121.010"), [Read::LatitudeFirst]);
    assert_eq!(reads("52.230 171.010"), [Read::LatitudeFirst, Read::Lambert72]);
}

#[test]
fn links_are_read() {
    for (text, wanted, read, zoom) in [
        ("geo:51.0526,3.7227", [3.7227, 51.0526], Read::Link, None),
        ("geo:51.0526,3.7227;u=35?z=17", [3.7227, 51.0526], Read::Link, Some(17.0)),
        (
            "https://www.openstreetmap.org/#map=15/51.0526/3.7227",
            [3.7227, 51.0526],
            Read::LinkView,
            Some(15.0),
        ),
        (
            "https://www.openstreetmap.org/#map=15.5/51.0526/-3.7227&layers=N",
            [-3.7227, 51.0526],
            Read::LinkView,
            Some(15.5),
        ),
        (
            "https://www.google.com/maps/@51.0526,3.7227,15z",
            [3.7227, 51.0526],
            Read::LinkView,
            Some(15.0),
        ),
        (
            "https://www.google.com/maps/@51.0526,3.7227,250m/data=!3m1!1e3",
            [3.7227, 51.0526],
            Read::LinkView,
            None,
        ),
        ("https://maps.google.com/?q=51.0526,3.7227", [3.7227, 51.0526], Read::Link, None),
        (
            "https://www.google.com/maps/search/?api=1&query=51.0526%2C3.7227",
            [3.7227, 51.0526],
            Read::Link,
            None,
        ),
        ("https://www.bing.com/maps?cp=51.0526~3.7227&lvl=15", [3.7227, 51.0526], Read::Link, None),
    ] {
        let found = one(text);
        assert!(near(found.lon_lat, wanted, 1e-9), "{text}: {found:?}");
        assert_eq!((found.read, found.zoom), (read, zoom), "{text}");
    }
    let marked =
        places("https://www.openstreetmap.org/?mlat=51.0537&mlon=3.7250#map=16/51.05/3.72");
    assert_eq!(marked.iter().map(|p| p.read).collect::<Vec<_>>(), [Read::Link, Read::LinkView]);
    let google = places(
        "https://www.google.com/maps/place/Belfort/@51.05,3.72,17z/data=!4m6!3m5!1s0x47c!8m2!3d51.0536!4d3.7248",
    );
    assert_eq!(google[0].read, Read::Link);
    assert!(near(google[0].lon_lat, [3.7248, 51.0536], 1e-9));
    assert_eq!(google[1].zoom, Some(17.0));
}

#[test]
fn what_is_no_coordinates_gives_none() {
    for text in [
        "",
        " ",
        "51.05",
        "Veldstraat 12",
        "Veldstraat 12, 9000 Gent",
        "9000",
        "12 4",
        "R40 51",
        "51.05 N 52.05 N",
        "3 E 4 E",
        "91.5 N 3.7 E",
        "1e5 2e5",
        "- -",
        "° '",
        "..., ,,,",
        "N E",
        "https://example.org/",
        "geo:",
        "104700",
        "L72",
        "999999999 999999999",
        "x y",
        "51..05 3..72",
        "é 51,05 ü 3,72",
        "−",
        "\u{301}\u{301}",
    ] {
        assert_eq!(places(text), [], "{text}");
    }
    let long = "5".repeat(5000);
    assert_eq!(places(&format!("{long} {long}")), []);
    assert_eq!(places(&"51.05, 3.72 ".repeat(400)), []);
}
