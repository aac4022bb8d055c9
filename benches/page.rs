//! How fast a page is written: A3 with 250,000 buildings, filled and outlined, in groups as a town
//! has them, each as PDF, SVG and pixels. The sizes are told.

#![expect(clippy::expect_used, clippy::print_stderr, reason = "a benchmark")]
#![allow(clippy::cast_precision_loss, reason = "a benchmark")]

use std::hint::black_box;

use belfort::jobs::Watch;
use belfort::page::{
    DisplayList, Group, Item, Letters, PdfInfo, PdfPage, Role, Shape, Stroke, render, svg,
    write_pdf,
};
use belfort::style::Color;
use belfort::text::Outline;
use criterion::{Criterion, criterion_group, criterion_main};

/// How many buildings.
const COUNT: u32 = 250_000;

/// A3, millimetres.
const SIZE: [f32; 2] = [420.0, 297.0];

/// Numbers that look like chance, from 0 to 1 (Knuth's 64-bit linear congruential generator).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f32 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f32 / (1_u64 << 24) as f32
    }
}

/// The page: houses of five to nine corners, turned as their street is, street after street.
fn town() -> DisplayList {
    let mut chance = Chance(8);
    let mut items = Vec::new();
    let color = Color::rgb(0xd9_c8_b4);
    let stroke = Some(Stroke::plain(Color::rgb(0x80_70_60), 0.05));
    let (mut street, mut angle, mut left) = ([0.0, 0.0], 0.0_f32, 0);
    while items.len() < COUNT as usize {
        if left == 0 {
            street = [chance.next() * SIZE[0], chance.next() * SIZE[1]];
            angle = chance.next() * std::f32::consts::TAU;
            left = 20;
        }
        left -= 1;
        let (sin, cos) = angle.sin_cos();
        let (wide, deep) = (0.35 + chance.next() * 0.4, 0.4 + chance.next() * 0.6);
        let (back, side) = (deep * (0.3 + 0.4 * chance.next()), wide * (0.3 + 0.4 * chance.next()));
        let mut corners = vec![[0.0, 0.0], [wide, 0.0], [wide, back], [side, back], [side, deep]];
        while chance.next() < 0.5 && corners.len() < 9 {
            let last = corners.last().copied().expect("there are five");
            corners.push([last[0] * 0.7 * chance.next(), deep - 0.2 * chance.next()]);
        }
        corners.push([0.0, deep]);
        let placed: Vec<_> = corners
            .iter()
            .map(|[x, y]| [street[0] + x * cos - y * sin, street[1] + x * sin + y * cos])
            .collect();
        street = [street[0] + wide * cos, street[1] + wide * sin];
        let outline = Outline::polygon(&placed);
        items.push(Item::Shape(Shape { outline, fill: Some(color), stroke }));
    }
    let clip = Some([0.0, 0.0, SIZE[0], SIZE[1]]);
    let group = Group { name: "Gebouwen".to_owned(), role: Role::Layer, clip, items };
    let [width, height] = SIZE;
    DisplayList { width, height, millimetres_per_unit: 1.0, groups: vec![group] }
}

fn writers(criterion: &mut Criterion) {
    let page = town();
    let watch = Watch::unwatched();
    let corners: usize = page
        .groups
        .iter()
        .flat_map(|group| &group.items)
        .map(
            |item| if let Item::Shape(shape) = item { shape.outline.commands.len() - 1 } else { 0 },
        )
        .sum();
    let pdf = || {
        write_pdf(&[PdfPage::new(&page)], &PdfInfo::default(), &watch).expect("it can be written")
    };
    eprintln!(
        "{COUNT} buildings of {:.1} corners: PDF {:.2} MB, SVG {:.2} MB",
        corners as f64 / f64::from(COUNT),
        pdf().len() as f64 / 1e6,
        svg(&page, "Town", Letters::Text).0.len() as f64 / 1e6
    );
    let mut group = criterion.benchmark_group("a page of 250,000 buildings");
    group.sample_size(10);
    group.bench_function("as PDF", |bencher| bencher.iter(|| black_box(pdf())));
    group.bench_function("as SVG", |bencher| {
        bencher.iter(|| black_box(svg(&page, "Town", Letters::Text)));
    });
    group.bench_function("as pixels, 300 dpi", |bencher| {
        bencher.iter(|| render(black_box(&page), 300.0 / 25.4, &watch).expect("it fits"));
    });
    group.finish();
}

criterion_group!(benches, writers);
criterion_main!(benches);
