use super::*;

/// Three towers, longitude and latitude in WGS 84.
const TOWERS: [[f64; 2]; 3] = [[3.724_76, 51.053_66], [3.224_81, 51.208_31], [4.351_68, 50.846_71]];

/// The same by PROJ itself: `Transformer` is checked against cs2cs in its own tests.
fn towers_in(crs: &Crs) -> Vec<[f64; 2]> {
    let mut xy = TOWERS.to_vec();
    let to = crate::crs::Transformer::new(&Crs::wgs84(), crs);
    assert_eq!(to.map(|to| to.transform(&mut xy)), Ok(0));
    xy
}

fn exchanged(xy: &[[f64; 2]]) -> Vec<[f64; 2]> {
    xy.iter().map(|[x, y]| [*y, *x]).collect()
}

fn told(crs: Crs) -> LayerCrs {
    LayerCrs::new(crs, HowFound::Prj)
}

fn name(town: &Town) -> &str {
    town.name(crate::i18n::Language::Dutch)
}

/// The readings offered: the code, and whether the axes are exchanged.
fn offered(xy: &[[f64; 2]], now: Option<&LayerCrs>) -> Vec<(String, bool)> {
    let doubt = place_doubt(xy, now);
    let offers = doubt.into_iter().flat_map(|doubt| doubt.offers);
    offers.map(|offer| (offer.crs.crs.code.unwrap_or_default(), offer.crs.swapped)).collect()
}

fn one(code: &str, swapped: bool) -> Vec<(String, bool)> {
    vec![(code.to_owned(), swapped)]
}

/// Belfry of Ghent by cs2cs of PROJ 9.1.1:
/// `echo "51.05366 3.72476" | cs2cs EPSG:4326 EPSG:31370` and to 3812 and 3857.
#[test]
fn the_reading_in_belgium_is_offered() {
    let cases: [([f64; 2], &str); 3] = [
        ([104_846.34, 193_918.05], "EPSG:31370"),
        ([604_843.54, 693_912.89], "EPSG:3812"),
        ([414_638.39, 6_630_791.05], "EPSG:3857"),
    ];
    let wgs84 = told(Crs::wgs84());
    for (at, code) in cases {
        assert_eq!(offered(&[at], Some(&wgs84)), one(code, false));
        let Some(doubt) = place_doubt(&[at], Some(&wgs84)) else { panic!("{code}") };
        let Some([lon, lat]) = doubt.offers.first().and_then(|it| it.positions.first()) else {
            panic!("{code}: a position")
        };
        assert!((lon - 3.724_76).abs() < 2e-5 && (lat - 51.053_66).abs() < 2e-5, "{lon} {lat}");
        let near = doubt.offers.first().map(Landing::whereabouts);
        assert!(matches!(near, Some(Whereabouts::Near(town)) if name(town) == "Gent"));
        assert!(matches!(doubt.now.map(|it| it.whereabouts()), Some(Whereabouts::Nowhere)));
    }
}

#[test]
fn every_system_taken_for_another_is_offered_back() {
    let systems = [Crs::wgs84(), Crs::lambert72(), Crs::lambert2008(), Crs::web_mercator()];
    for right in &systems {
        let xy = towers_in(right);
        let code = right.code.clone().unwrap_or_default();
        for wrong in systems.iter().filter(|wrong| !wrong.same_as(right)) {
            assert_eq!(offered(&xy, Some(&told(wrong.clone()))), one(&code, false), "{wrong:?}");
        }
        // Never where it lies in Belgium already.
        assert_eq!(place_doubt(&xy, Some(&told(right.clone()))), None);
    }
}

#[test]
fn exchanged_axes_are_offered() {
    let swapped = exchanged(&TOWERS);
    assert_eq!(offered(&swapped, Some(&told(Crs::wgs84()))), one("EPSG:4326", true));
    // The other way round: somebody chose "latitude first" for nothing.
    let wrong = LayerCrs { crs: Crs::wgs84(), how: HowFound::Chosen, swapped: true };
    assert_eq!(offered(&TOWERS, Some(&wrong)), one("EPSG:4326", false));
    let etrs = Crs::from_code("EPSG:4258");
    let Ok(etrs) = etrs else { panic!("in the register") };
    assert_eq!(offered(&swapped, Some(&told(etrs))), one("EPSG:4258", true));
    let mercator = exchanged(&towers_in(&Crs::web_mercator()));
    let told = told(Crs::web_mercator());
    assert_eq!(offered(&mercator, Some(&told)), one("EPSG:3857", true));
}

#[test]
fn what_lies_elsewhere_is_left_alone() {
    let new_york = [[-73.98, 40.75], [-73.95, 40.78]];
    let somewhere = [[18.07, 59.33], [151.2, -33.9], [-0.1, 51.5]];
    for xy in [&new_york[..], &somewhere] {
        assert_eq!(place_doubt(xy, Some(&told(Crs::wgs84()))), None);
    }
    assert_eq!(place_doubt(&[], Some(&told(Crs::wgs84()))), None);
    assert_eq!(place_doubt(&[[0.0, 0.0], [f64::NAN, 1.0]], None), None);
    // Limoges in Lambert-93 (pyproj of 1.2611 E, 45.8336 N): as Web Mercator it would lie at 5.08 E,
    // 50.46 N, near Namur.
    let limoges = [[565_025.37, 6_527_481.33]];
    let french = Crs::from_code("EPSG:2154");
    let Ok(french) = french else { panic!("in the register") };
    assert_eq!(place_doubt(&limoges, Some(&told(french))), None);
    assert_eq!(offered(&limoges, Some(&told(Crs::wgs84()))), one("EPSG:3857", false));
}

#[test]
fn a_few_strays_do_not_decide() {
    let mut xy = exchanged(&TOWERS).repeat(20);
    xy.extend([[0.0, 0.0]; 100]);
    xy.extend([[-73.98, 40.75]; 20]);
    let Some(doubt) = place_doubt(&xy, Some(&told(Crs::wgs84()))) else { panic!("offered") };
    let Some(offer) = doubt.offers.first() else { panic!("one") };
    assert_eq!((offer.inside, offer.looked), (60, 80));
    assert!((offer.share() - 0.75).abs() < 1e-12);
    let Whereabouts::Between(west, east) = offer.whereabouts() else { panic!("two towns") };
    assert_eq!((name(west), name(east)), ("Brugge", "Brussel"));
}

#[test]
fn all_readings_are_shown_for_looking() {
    let crs = |crs: Crs| LayerCrs::new(crs, HowFound::Chosen);
    let readings = [crs(Crs::lambert72()), crs(Crs::wgs84())];
    let made = landings(&TOWERS, &readings);
    assert!(
        matches!(made.as_slice(), [away, here] if !away.is_in_belgium() && here.is_in_belgium())
    );
}

/// Outlines and towns against the register's bounds: what was typed or simplified wrongly shows.
#[test]
fn outlines_and_towns_lie_in_belgium() {
    let outlines = outlines();
    let [west, south, east, north] = [2.54, 49.49, 6.41, 51.51];
    let all: Vec<[f64; 2]> = outlines.belgium.iter().flatten().copied().collect();
    let by = |axis: usize, pick: fn(f64, f64) -> f64| {
        all.iter().filter_map(|at| at.get(axis).copied()).reduce(pick).unwrap_or(f64::NAN)
    };
    let found = [by(0, f64::min), by(1, f64::min), by(0, f64::max), by(1, f64::max)];
    for (found, expected) in found.iter().zip([west, south, east, north]) {
        assert!((found - expected).abs() < 0.05, "{found} {expected}");
    }
    assert!(outlines.neighbours.len() >= 4 && outlines.world.len() > 20);
    let ring = outlines.belgium.first().cloned().unwrap_or_default();
    for town in towns() {
        assert!(contains(&ring, town.at), "{}", name(town));
    }
    assert!(towns().len() > 60 && towns().iter().filter(|town| town.is_landmark).count() >= 8);
}

/// Whether a position lies in a ring: by the crossings of a ray to the east.
fn contains(ring: &[[f64; 2]], [x, y]: [f64; 2]) -> bool {
    let edges = ring.iter().zip(ring.iter().cycle().skip(1));
    let crossings = edges.filter(|([ax, ay], [bx, by])| {
        (*ay > y) != (*by > y) && x < ax + (y - ay) / (by - ay) * (bx - ax)
    });
    crossings.count() % 2 == 1
}
