//! Labels on a figure.

use belfort::i18n::Language;
use belfort::jobs::Watch;
use belfort::page::{FigureLayer, FigureSpec, Furniture, Item, draw_figure, figure_page};
use belfort::problem::Problems;
use belfort::project::{Document, Layer, LayerSource, View};
use belfort::style::{LabelPriority, LabelStyle, Style, default_symbol};
use belfort::table::{PartKind, Table};
use chrono::NaiveDate;

use super::scenes::{named, names};
use crate::pictures::compare;

struct Sheet {
    document: Document,
    layers: Vec<Layer>,
    tables: Vec<Table>,
    styles: Vec<Style>,
}

fn sheet() -> Sheet {
    let tables = vec![
        names::stops(40, 2_600.0, 31),
        names::streets(70, 2_600.0, 32),
        names::areas(3, 2_600.0, 33),
    ];
    let kinds = [PartKind::Point, PartKind::Line, PartKind::Polygon];
    let looks = [
        LabelStyle { size: 11.0, ..named() },
        LabelStyle { size: 10.0, wrap: 0, ..named() },
        LabelStyle { size: 16.0, priority: LabelPriority::High, ..named() },
    ];
    let styles = kinds.into_iter().zip(looks).enumerate().map(|(number, (kind, labels))| Style {
        labels: Some(labels),
        ..Style::from(default_symbol(Some(kind), number))
    });
    let layers = tables.iter().map(|table| Layer::new(table.name.clone(), LayerSource::default()));
    let (layers, styles) = (layers.collect(), styles.collect());
    Sheet { document: Document::default(), layers, tables, styles }
}

impl Sheet {
    fn layers(&self) -> Vec<FigureLayer<'_>> {
        let all = self.layers.iter().zip(&self.tables).zip(&self.styles);
        all.map(|((layer, table), style)| FigureLayer {
            layer,
            table,
            style,
            partition: None,
            kind: None,
            mask: None,
        })
        .collect()
    }

    fn spec<'a>(&'a self, layers: &'a [FigureLayer<'a>]) -> FigureSpec<'a> {
        let [lon, lat] = belfort::crs::lon_lat_from_mercator(names::MIDDLE);
        FigureSpec {
            is_coarse: false,
            document: &self.document,
            view: View { lon, lat, zoom: 15.6 },
            size: (768, 512),
            scale: 1.0,
            layers,
            backdrops: &[],
            basemap: None,
            language: Language::Dutch,
            today: NaiveDate::from_ymd_opt(2026, 11, 26).unwrap(),
            furniture: Furniture::Nothing,
        }
    }
}

#[test]
fn a_figure_has_its_labels_over_all_layers_and_tells_which_have_no_room() {
    let sheet = sheet();
    let layers = sheet.layers();
    let mut problems = Problems::new();
    let page = figure_page(&sheet.spec(&layers), &Watch::unwatched(), &mut problems).unwrap();
    let names: Vec<&str> = page.groups.iter().map(|group| group.name.as_str()).collect();
    assert_eq!(names.iter().position(|name| *name == "Labels"), Some(4), "{names:?}");
    let labels = &page.groups[4];
    let [left, top, right, bottom] = labels.clip.unwrap();
    let mut curved = 0;
    for item in &labels.items {
        match item {
            Item::Text(text) => {
                assert!(text.at[0] >= left && text.at[0] + text.line.width <= right);
                assert!(text.at[1] >= top && text.at[1] <= bottom);
            }
            Item::Glyphs(run) => {
                curved += 1;
                assert_eq!(run.places.len(), run.line.glyphs.len());
            }
            Item::Shape(_) | Item::Image(_) => {}
        }
    }
    assert!(curved > 2, "{curved}");
    let told = problems.iter().filter(|problem| problem.id == "problem-figure-labels");
    assert!(told.map(|problem| problem.count).sum::<u64>() > 5);
    let none = Sheet {
        styles: sheet.styles.iter().map(|style| Style { labels: None, ..style.clone() }).collect(),
        ..super::paper::sheet()
    };
    let layers = none.layers();
    let page = figure_page(&none.spec(&layers), &Watch::unwatched(), &mut problems).unwrap();
    assert!(page.groups.iter().all(|group| group.name != "labels"));
}

#[test]
fn what_cannot_be_written_is_told() {
    let mut sheet = sheet();
    if let Some(labels) = &mut sheet.styles[0].labels {
        labels.what = "nam".to_owned();
    }
    let layers = sheet.layers();
    let mut problems = Problems::new();
    figure_page(&sheet.spec(&layers), &Watch::unwatched(), &mut problems).unwrap();
    let told = problems.iter().find(|problem| problem.id == "problem-figure-labels-failed");
    assert!(told.unwrap().text(Language::Dutch).contains("nam"));
}

#[test]
fn a_map_with_labels_looks_as_it_did() {
    let sheet = sheet();
    let layers = sheet.layers();
    let figure = draw_figure(&sheet.spec(&layers), &Watch::unwatched()).unwrap();
    compare("labels", [figure.pixels.width, figure.pixels.height], &figure.pixels.rgba);
}
