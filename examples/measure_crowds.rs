//! How long it takes to show a million points together: heat map, clusters, hexagons.
//!
//! `cargo run --release --example measure_crowds [POINTS]`. The least of several runs counts.

#![expect(clippy::print_stdout, reason = "a program that measures tells what it found")]

use std::time::Instant;

use belfort::crowd::{Crowd, cluster, heat_picture, hexagons};
use belfort::crs::{mercator_from_lon_lat, mercator_metres_per_point};
use belfort::jobs::Watch;
use belfort::style::{Heat, Hexagons};
use belfort::table::Extent;

/// Points of a city: many in the middle, groups around it.
fn places(count: u32) -> Vec<[f64; 2]> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut chance = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        f64::from(u32::try_from(state >> 33).unwrap_or(0)) / f64::from(1_u32 << 31)
    };
    // The sum of three is nearly normal.
    let mut around = |middle: f64, spread: f64| {
        let sum: f64 = (0..3).map(|_| chance() - 0.5).sum();
        spread.mul_add(2.0 * sum, middle)
    };
    let groups: Vec<[f64; 3]> = (0..60)
        .map(|_| [around(3.725, 0.035), around(51.055, 0.02), around(0.006, 0.002)])
        .collect();
    (0..count)
        .map(|at| {
            let [lon, lat, spread] =
                groups.get((at % 60) as usize).copied().unwrap_or([3.725, 51.055, 0.006]);
            mercator_from_lon_lat([around(lon, spread), around(lat, spread * 0.63)])
        })
        .collect()
}

fn least<T>(what: &str, mut work: impl FnMut() -> T) {
    let times = (0..5).map(|_| {
        let begin = Instant::now();
        let _ = std::hint::black_box(work());
        begin.elapsed()
    });
    let least = times.min().unwrap_or_default();
    println!("{what}: {:.0} ms", least.as_secs_f64() * 1000.0);
}

fn main() {
    let count = std::env::args().nth(1).and_then(|count| count.parse().ok()).unwrap_or(1_000_000);
    let watch = Watch::unwatched();
    let places = places(count);
    println!("{count} points");
    for radius in [50.0, 300.0, 2000.0] {
        let crowd = Crowd::of_places(places.clone());
        least(&format!("greatest density, radius {radius} m"), || {
            belfort::crowd::greatest_density(&crowd, radius, &watch)
        });
        let heat = Heat { radius, top: Some(1000.0), ..Heat::default() };
        let shades = heat.shades();
        for zoom in [10.0, 12.0, 14.0, 17.0] {
            let per_point = mercator_metres_per_point(zoom);
            let [x, y] = mercator_from_lon_lat([3.725, 51.055]);
            let (wide, high) = (800.0 * per_point, 560.0 * per_point);
            let view =
                Extent { min_x: x - wide, min_y: y - high, max_x: x + wide, max_y: y + high };
            least(&format!("heat map, radius {radius} m, zoom {zoom}"), || {
                heat_picture(&crowd, &heat, &shades, &view, per_point, &watch)
            });
        }
    }
    let crowd = Crowd::of_places(places);
    for zoom in [10, 13, 15, 17, 19] {
        least(&format!("clusters, zoom {zoom}"), || cluster(&crowd, zoom * 2, 60.0, &watch));
    }
    for size in [50.0, 500.0] {
        let wanted = Hexagons { size, ..Hexagons::default() };
        least(&format!("hexagons of {size} m"), || hexagons(&crowd, &wanted, &watch));
    }
}
