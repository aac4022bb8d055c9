//! The layers of the sample, as tables.

use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, Float64Array, Int64Array, StringArray};
use belfort::crs::{Crs, HowFound, LayerCrs, Transformer};
use belfort::table::{Field, FieldKind, GeometryBuilder, GeometryKind, PartKind, Table};

use super::city::{CAR_PARKS, OUTLINE, PARKS, ROADS, SHEEP, STUDY_PLACES, WATERS, WIJKEN};
use super::plane::{Dice, Spot, cell, grown, inside, line_length, lon_lat, smooth, spot, weld};
use super::streets;

/// A table that did not come together: a mistake in this program.
pub type Made = Result<Table, Box<dyn std::error::Error>>;

enum Shapes {
    Points(Vec<Spot>),
    Lines(Vec<Vec<Spot>>),
    Areas(Vec<Vec<Spot>>),
}

/// A column: its name and its values.
type Column<'a> = (&'a str, FieldKind, ArrayRef);

fn text(name: &str, values: impl IntoIterator<Item = impl Into<String>>) -> Column<'_> {
    let values = values.into_iter().map(|value| Some(value.into()));
    (name, FieldKind::Text, Arc::new(values.collect::<StringArray>()))
}

fn whole(name: &str, values: impl IntoIterator<Item = i64>) -> Column<'_> {
    (name, FieldKind::Integer, Arc::new(Int64Array::from_iter_values(values)))
}

fn number(name: &str, values: impl IntoIterator<Item = f64>) -> Column<'_> {
    (name, FieldKind::Number, Arc::new(Float64Array::from_iter_values(values)))
}

fn table(name: &str, columns: Vec<Column<'_>>, shapes: Option<Shapes>) -> Made {
    let rows = columns.first().map_or(0, |(_, _, values)| arrow_array::Array::len(values));
    let fields = columns.iter().map(|(name, kind, _)| Field::new(*name, *kind)).collect();
    let values = columns.into_iter().map(|(_, _, values)| values).collect();
    let located = shapes.is_some();
    let geometry = shapes.map(|shapes| geometry(&shapes).finish()).transpose()?;
    let mut table = Table::new(name, rows, fields, values, geometry)?;
    table.crs = located.then(|| LayerCrs::new(Crs::wgs84(), HowFound::Format));
    Ok(table)
}

fn geometry(shapes: &Shapes) -> GeometryBuilder {
    let mut builder = GeometryBuilder::new();
    let mut runs = |lines: &[Vec<Spot>], kind, part, closed: bool| {
        for line in lines {
            builder.begin_row(kind);
            builder.begin_part(part);
            builder.begin_ring();
            let end = line.first().filter(|_| closed);
            for at in line.iter().chain(end) {
                builder.coord(lon_lat(*at), None, None);
            }
            builder.end_row();
        }
    };
    match shapes {
        Shapes::Lines(lines) => runs(lines, GeometryKind::LineString, PartKind::Line, false),
        Shapes::Areas(areas) => runs(areas, GeometryKind::Polygon, PartKind::Polygon, true),
        Shapes::Points(points) => points.iter().for_each(|at| builder.push_point(lon_lat(*at))),
    }
    builder
}

/// The middles of the neighbourhoods, and their borders.
pub fn cells() -> (Vec<Spot>, Vec<Vec<Spot>>) {
    let outline: Vec<Spot> = OUTLINE.iter().map(|at| spot(*at)).collect();
    let middles: Vec<Spot> = WIJKEN.iter().map(|(.., at)| spot(*at)).collect();
    let mut corners: Vec<Spot> = Vec::new();
    let cells = middles.iter().map(|middle| {
        let ring = cell(&outline, *middle, &middles);
        let ring: Vec<Spot> = ring.into_iter().map(|at| weld(at, &mut corners)).collect();
        let mut ring = grown(&ring);
        // Counter-clockwise, as RFC 7946 has outer rings; the outline is typed clockwise.
        ring.reverse();
        ring
    });
    let cells = cells.collect();
    (middles, cells)
}

pub fn wijken() -> Made {
    let (_, cells) = cells();
    let columns = vec![
        whole("wijknr", WIJKEN.iter().map(|wijk| wijk.0)),
        text("wijk", WIJKEN.iter().map(|wijk| wijk.1)),
        text("naam", WIJKEN.iter().map(|wijk| wijk.2)),
    ];
    table("wijken", columns, Some(Shapes::Areas(cells)))
}

/// In Belgian Lambert 72, to the centimetre.
pub fn straten() -> Made {
    let (middles, cells) = cells();
    let streets = streets::plan(&middles, &cells);
    let wijk = |at: usize| WIJKEN.get(at).map_or((0, ""), |wijk| (wijk.0, wijk.1));
    let columns = vec![
        text("naam", streets.iter().map(|street| street.name.clone())),
        text("wijk", streets.iter().map(|street| wijk(street.wijk).1)),
        whole("wijknr", streets.iter().map(|street| wijk(street.wijk).0)),
        number("lengte_m", streets.iter().map(|street| line_length(&street.line).round())),
    ];
    let lines = streets.into_iter().map(|street| street.line).collect();
    let mut made = table("straten", columns, Some(Shapes::Lines(lines)))?;
    let transformer = Transformer::new(&Crs::wgs84(), &Crs::lambert72())?;
    let lambert = made.geometry.as_ref().map(|geometry| {
        geometry.map_xy(|xy| {
            transformer.transform(xy);
            xy.iter_mut().flatten().for_each(|metres| *metres = (*metres * 100.0).round() / 100.0);
        })
    });
    made = made.with_geometry(lambert);
    made.crs = Some(LayerCrs::new(Crs::lambert72(), HowFound::Format));
    Ok(made)
}

pub fn water() -> Made {
    let columns = vec![
        text("naam", WATERS.iter().map(|water| water.0)),
        text("soort", WATERS.iter().map(|water| water.1)),
    ];
    let lines = WATERS.iter().map(|(_, _, line)| smooth(&spots(line))).collect();
    table("water", columns, Some(Shapes::Lines(lines)))
}

pub fn hoofdwegen() -> Made {
    let columns = vec![
        text("naam", ROADS.iter().map(|road| road.0)),
        text("soort", ROADS.iter().map(|road| road.1)),
    ];
    let lines = ROADS.iter().map(|(_, _, line)| smooth(&spots(line))).collect();
    table("hoofdwegen", columns, Some(Shapes::Lines(lines)))
}

fn spots(line: &[[f64; 2]]) -> Vec<Spot> {
    line.iter().map(|at| spot(*at)).collect()
}

/// Twelve directions, as unit vectors.
const AROUND: [[f64; 2]; 12] = [
    [1.0, 0.0],
    [0.866, 0.5],
    [0.5, 0.866],
    [0.0, 1.0],
    [-0.5, 0.866],
    [-0.866, 0.5],
    [-1.0, 0.0],
    [-0.866, -0.5],
    [-0.5, -0.866],
    [0.0, -1.0],
    [0.5, -0.866],
    [0.866, -0.5],
];

pub fn parken() -> Made {
    let mut dice = Dice::new(51);
    let areas: Vec<Vec<Spot>> = PARKS
        .iter()
        .map(|(_, middle, reach)| {
            let [x, y] = spot(*middle);
            let corner = |[dx, dy]: &[f64; 2]| {
                let reach = reach * (1.0 + 0.22 * dice.swing());
                [x + dx * reach, y + dy * reach * 0.8]
            };
            let mut ring: Vec<Spot> = AROUND.iter().map(corner).collect();
            ring.extend(ring.first().copied());
            let mut ring = smooth(&ring);
            ring.pop();
            ring
        })
        .collect();
    let columns = vec![
        text("naam", PARKS.iter().map(|park| park.0)),
        number("straal_m", PARKS.iter().map(|park| park.2)),
    ];
    table("parken", columns, Some(Shapes::Areas(areas)))
}

/// A place near another, inside a border where there is one.
fn near(middle: Spot, reach: f64, border: Option<&[Spot]>, dice: &mut Dice) -> Spot {
    let tries =
        (0..64).map(|_| [middle[0] + dice.swing() * reach, middle[1] + dice.swing() * reach]);
    let mut tries = tries.collect::<Vec<_>>().into_iter();
    tries.find(|at| border.is_none_or(|border| inside(border, *at))).unwrap_or(middle)
}

pub fn schapen() -> Made {
    let mut dice = Dice::new(14);
    let park_of = |name: &str| PARKS.iter().find(|park| park.0 == name);
    let places = SHEEP.iter().map(|(_, park, _)| {
        let (middle, reach) = park_of(park).map_or(([0.0; 2], 0.0), |p| (spot(p.1), p.2 * 0.4));
        near(middle, reach, None, &mut dice)
    });
    let places = places.collect();
    let columns = vec![
        text("naam", SHEEP.iter().map(|sheep| sheep.0)),
        text("status", SHEEP.iter().map(|sheep| sheep.2)),
        text("lastaddress", SHEEP.iter().map(|sheep| sheep.1)),
    ];
    table("schapen", columns, Some(Shapes::Points(places)))
}

/// As the portal writes it: the place as one text, "lat, lon", missing where there is none.
pub fn bloklocaties() -> Made {
    let mut dice = Dice::new(1817);
    let (middles, cells) = cells();
    let places = STUDY_PLACES.iter().map(|(_, _, wijk, ..)| {
        let at = WIJKEN.iter().position(|known| known.1 == *wijk)?;
        let [lon, lat] =
            lon_lat(near(*middles.get(at)?, 380.0, cells.get(at).map(|c| &c[..]), &mut dice));
        Some(format!("{lat}, {lon}"))
    });
    let places: StringArray = places.collect();
    let columns = vec![
        text("titel", STUDY_PLACES.iter().map(|place| place.0)),
        text("adres", STUDY_PLACES.iter().map(|place| place.1)),
        text("wijk", STUDY_PLACES.iter().map(|place| place.2)),
        whole("totale_capaciteit", STUDY_PLACES.iter().map(|place| place.3)),
        whole("gereserveerde_plaatsen", STUDY_PLACES.iter().map(|place| place.4)),
        text("openingsuren", STUDY_PLACES.iter().map(|_| "ma-zo 8:00-22:00")),
        ("geo_punt", FieldKind::Text, Arc::new(places)),
    ];
    table("bloklocaties", columns, None)
}

pub fn parkings() -> Made {
    let share = |part: i64, of: i64| i32::try_from(100 * part / of).unwrap_or(0);
    let columns = vec![
        text("naam", CAR_PARKS.iter().map(|park| park.0)),
        text("type", CAR_PARKS.iter().map(|park| park.1)),
        whole("capaciteit", CAR_PARKS.iter().map(|park| park.3)),
        whole("bezet", CAR_PARKS.iter().map(|park| park.4)),
        whole("bezetting_pct", CAR_PARKS.iter().map(|park| share(park.4, park.3).into())),
        (
            "vol",
            FieldKind::Boolean,
            Arc::new(CAR_PARKS.iter().map(|park| Some(park.4 >= park.3)).collect::<BooleanArray>()),
        ),
    ];
    let places = CAR_PARKS.iter().map(|park| spot(park.2)).collect();
    table("parkings", columns, Some(Shapes::Points(places)))
}

/// Three stations in every neighbourhood but the harbour's.
pub fn deelfietsen() -> Made {
    let mut dice = Dice::new(2016);
    let (middles, cells) = cells();
    let mut rows: Vec<(String, &str, i64, i64, Spot)> = Vec::new();
    for ((nr, wijk, ..), (middle, cell)) in WIJKEN.iter().zip(middles.iter().zip(&cells)) {
        for station in ["A", "B", "C"].iter().filter(|_| *nr != 11) {
            let at = near(*middle, 600.0, Some(cell), &mut dice);
            let places = 8 + i64::try_from(dice.below(13)).unwrap_or(0);
            let bikes = i64::try_from(dice.below(14)).unwrap_or(0).min(places);
            rows.push((format!("Station {nr}{station}"), wijk, bikes, places - bikes, at));
        }
    }
    let columns = vec![
        text("name", rows.iter().map(|row| row.0.clone())),
        text("wijk", rows.iter().map(|row| row.1)),
        whole("num_bikes_available", rows.iter().map(|row| row.2)),
        whole("num_docks_available", rows.iter().map(|row| row.3)),
    ];
    let places = rows.iter().map(|row| row.4).collect();
    table("deelfietsen", columns, Some(Shapes::Points(places)))
}

/// A table without geometry: every neighbourhood in eight years.
pub fn bevolking() -> Made {
    let mut dice = Dice::new(9000);
    let mut rows: Vec<(i64, &str, i64, i64)> = Vec::new();
    for (nr, wijk, ..) in WIJKEN {
        let mut people = 6_000 + i64::try_from(dice.below(10_000)).unwrap_or(0);
        let growth = i64::try_from(dice.below(18)).unwrap_or(0) - 3;
        for year in 2018..=2025 {
            rows.push((nr, wijk, year, people));
            people += people * growth / 1000;
        }
    }
    let columns = vec![
        whole("wijknr", rows.iter().map(|row| row.0)),
        text("wijk", rows.iter().map(|row| row.1)),
        whole("jaar", rows.iter().map(|row| row.2)),
        whole("aantal_inwoners", rows.iter().map(|row| row.3)),
    ];
    table("bevolking", columns, None)
}
