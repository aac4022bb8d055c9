//! Which system the coordinates of a layer are in, and which number stands first: from what the
//! data say, else from what the service says, checked against where the layer lies.

use super::axes::lies_in;
use super::notes::{Oddity, ToldCrs};
use crate::crs::{Crs, HowFound, LayerCrs};
use crate::table::{Extent, Table};

/// What was found about a layer's coordinates.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Settled {
    /// The system, where it is another than the table has.
    pub crs: Option<ToldCrs>,
    pub oddities: Vec<Oddity>,
}

/// Finds the system. `said` are the systems that the service named, the likeliest first, in its
/// notation; `place` is where the layer lies, WGS 84 degrees.
pub(super) fn settle(table: &Table, place: Option<Extent>, said: &[&str]) -> Settled {
    let Some(geometry) = table.geometry.as_ref().filter(|it| !it.xy().is_empty()) else {
        return Settled::default();
    };
    let named: Vec<(LayerCrs, &str)> = said
        .iter()
        .filter_map(|name| {
            let crs = Crs::from_code(name).ok()?;
            let swapped = crs.is_north_first_as(name);
            Some((LayerCrs { crs, how: HowFound::Service, swapped }, *name))
        })
        .collect();
    let own = table.crs.as_ref();
    let is_guess = own.is_none_or(|own| own.how == HowFound::Guess);
    let Some(place) = place else {
        // Nothing to check by: the service is believed where the data say nothing.
        let first = named.first().filter(|_| is_guess);
        return first.map_or_else(Settled::default, |(crs, _)| told(crs, Vec::new()));
    };
    let fits = |crs: &LayerCrs| lies_in(place, crs, geometry.xy());
    let is_like = |a: &LayerCrs, b: &LayerCrs| a.crs.same_as(&b.crs) && a.swapped == b.swapped;
    if let Some(own) = own
        && fits(own)
    {
        // What the service says is no guess.
        let same = named.iter().find(|(crs, _)| is_guess && is_like(crs, own));
        return same.map_or_else(Settled::default, |(crs, _)| told(crs, Vec::new()));
    }
    let wgs84 = LayerCrs::new(Crs::wgs84(), HowFound::Service);
    let expected = named.first().map(|(crs, _)| crs).or(own).cloned();
    let systems = named.into_iter().map(|(crs, _)| crs).chain(own.cloned()).chain([wgs84]);
    let either = systems.flat_map(|crs| {
        let other = LayerCrs { swapped: !crs.swapped, ..crs.clone() };
        [crs, other]
    });
    let Some(found) = either.into_iter().find(fits) else { return Settled::default() };
    let mut oddities = Vec::new();
    let is_other = expected.as_ref().is_some_and(|expected| !expected.crs.same_as(&found.crs));
    if is_other {
        oddities.push(Oddity::OtherCrs(found.crs.label()));
    }
    if found.swapped {
        oddities.push(Oddity::Swapped);
    }
    told(&found, oddities)
}

fn told(crs: &LayerCrs, oddities: Vec<Oddity>) -> Settled {
    let code = crs.crs.code.clone();
    let crs = code.map(|code| ToldCrs { code, swapped: crs.swapped });
    Settled { crs, oddities }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::GeometryBuilder;

    const PLACE: Extent = Extent { min_x: 3.6, min_y: 51.0, max_x: 3.8, max_y: 51.1 };
    const LAMBERT: &str = "urn:ogc:def:crs:EPSG::31370";
    const TURNED: &str = "urn:ogc:def:crs:EPSG::4326";

    fn table(at: [f64; 2], crs: Option<LayerCrs>) -> Table {
        let mut builder = GeometryBuilder::new();
        for _ in 0..3 {
            builder.push_point(at);
        }
        let mut table =
            Table::new("t", 3, vec![], vec![], Some(builder.finish().unwrap())).unwrap();
        table.crs = crs;
        table
    }

    #[expect(clippy::unnecessary_wraps, reason = "as tables have it")]
    fn layer(crs: Crs, how: HowFound) -> Option<LayerCrs> {
        Some(LayerCrs::new(crs, how))
    }

    #[test]
    fn what_the_data_say_is_kept_where_it_fits() {
        let member = layer(Crs::lambert72(), HowFound::CrsMember);
        let found = settle(&table([104_700.0, 193_800.0], member), Some(PLACE), &[LAMBERT]);
        assert_eq!(found, Settled::default());
        // A guess that the service confirms is none any more.
        let guess = layer(Crs::lambert72(), HowFound::Guess);
        let found = settle(&table([104_700.0, 193_800.0], guess), Some(PLACE), &[LAMBERT]);
        let told = ToldCrs { code: "EPSG:31370".into(), swapped: false };
        assert_eq!(found, Settled { crs: Some(told.clone()), oddities: vec![] });
        let found = settle(&table([104_700.0, 193_800.0], None), None, &[LAMBERT]);
        assert_eq!(found.crs, Some(told));
    }

    #[test]
    fn what_does_not_fit_is_looked_at_in_every_order() {
        let wgs84 = || layer(Crs::wgs84(), HowFound::Format);
        // Latitude first, whatever was said.
        for said in [&[TURNED][..], &["EPSG:4326"], &[]] {
            let found = settle(&table([51.05, 3.7], wgs84()), Some(PLACE), said);
            let told = ToldCrs { code: "EPSG:4326".into(), swapped: true };
            assert_eq!(
                found,
                Settled { crs: Some(told), oddities: vec![Oddity::Swapped] },
                "{said:?}"
            );
        }
        // Degrees, though Lambert was said.
        let found = settle(
            &table([3.7, 51.05], layer(Crs::lambert72(), HowFound::CrsMember)),
            Some(PLACE),
            &[LAMBERT],
        );
        assert_eq!(found.crs, Some(ToldCrs { code: "EPSG:4326".into(), swapped: false }));
        assert!(matches!(&found.oddities[..], [Oddity::OtherCrs(name)] if name.contains("WGS 84")));
        // Elsewhere altogether: nothing is known better.
        let found = settle(&table([80.0, 10.0], wgs84()), Some(PLACE), &[TURNED]);
        assert_eq!(found, Settled::default());
    }
}
