//! `belfort print`: a sheet of paper true to scale.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::arguments::shown;
use super::json::{ProblemEntry, problems, text};
use super::print_arguments::Print;
use super::report::{Rows, problem_lines, query_error, select_error};
use super::{Failure, areas, tables};
use crate::app::{
    FitTo, PrintFailure, PrintOrder, Printed, PrintedPage, SheetChange, SheetPiece, print_sheet,
};
use crate::formats::ReadOptions;
use crate::i18n::{Language, Message, format_integer, format_number, tr};
use crate::page::{Dropped, Tiling, read_scale, scale_words};
use crate::project::{NumberOrder, Orientation, Paper, SheetTiles, sample_project};
use crate::query::SelectError;

/// `print --json`: what is told of the first page, and of all where there are several.
#[derive(Serialize)]
struct PrintDocument {
    #[serde(flatten)]
    first: Option<PageEntry>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pages: Vec<PageEntry>,
    output: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    outputs: Vec<String>,
}

/// A page.
#[derive(Clone, Serialize)]
struct PageEntry {
    title: String,
    scale: u32,
    paper_mm: [f64; 2],
    extent_wgs84: Option<[f64; 4]>,
    scale_error_max: f64,
    labels_placed: u64,
    labels_dropped: Vec<DroppedEntry>,
    legend_items: usize,
    index_entries: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    tiles: Option<TilesEntry>,
    problems: Vec<ProblemEntry>,
}

/// How a page lies over smaller paper.
#[derive(Clone, Serialize)]
struct TilesEntry {
    paper_mm: [f64; 2],
    columns: usize,
    rows: usize,
    overlap_mm: f64,
}

#[derive(Clone, Serialize)]
struct DroppedEntry {
    layer: String,
    count: u64,
    texts: Vec<String>,
}

pub(super) fn run(arguments: &Print, language: Language) -> Result<String, Failure> {
    let order = order(arguments, language)?;
    let read = |path: &Path| tables(path, &ReadOptions::default(), language);
    let printed = print_sheet(&order, &read).map_err(|failure| match failure {
        PrintFailure::File(error) => Failure::file(&error, language),
        PrintFailure::Other(message) => Failure::Failed(message.in_language(language)),
        PrintFailure::Condition(sql, error) => Failure::Failed(match &error {
            SelectError::Condition(error) => query_error("--fit", &sql, error, language),
            other => select_error(other, &sql, ("--fit", ""), language),
        }),
    })?;
    Ok(if arguments.json {
        text(&document(&order, printed, language))
    } else {
        report(&printed, language)
    })
}

fn order(arguments: &Print, language: Language) -> Result<PrintOrder, Failure> {
    let wrong = |id: &'static str, value: &str| {
        Failure::usage(&Message::new(id).text("value", value), language)
    };
    let mut pieces = Vec::new();
    if let Some(text) = &arguments.paper {
        let paper = paper(text).ok_or_else(|| wrong("cli-wrong-paper", text))?;
        pieces.push(SheetPiece::Paper(paper));
    }
    if arguments.landscape || arguments.portrait {
        let way = if arguments.landscape { Orientation::Landscape } else { Orientation::Portrait };
        pieces.push(SheetPiece::Orientation(way));
    }
    if let Some(text) = &arguments.over {
        let paper = paper(text).ok_or_else(|| wrong("cli-wrong-paper", text))?;
        let overlap = arguments.overlap.unwrap_or(SheetTiles::OVERLAP);
        pieces.push(SheetPiece::Over(SheetTiles { paper, overlap }));
    }
    if let Some(text) = &arguments.scale {
        let scale = read_scale(text).ok_or_else(|| wrong("cli-wrong-scale", text))?;
        pieces.push(SheetPiece::Scale(scale));
    }
    pieces.extend(arguments.plane.map(|plane| SheetPiece::Plane(plane.into())));
    pieces.extend(arguments.style.map(|style| SheetPiece::House(style.into())));
    pieces.extend(arguments.title.clone().map(SheetPiece::Title));
    pieces.extend(arguments.subtitle.clone().map(SheetPiece::Subtitle));
    pieces.extend(arguments.turn.map(SheetPiece::Turn));
    pieces.extend(arguments.basemap_text.map(|size| SheetPiece::BasemapText(size.into())));
    let mut sums = Vec::new();
    for text in &arguments.sums {
        let (layer, field) = text.rsplit_once(':').ok_or_else(|| wrong("cli-wrong-sum", text))?;
        sums.push((layer.trim().to_owned(), field.trim().to_owned()));
    }
    let areas_of = |text: &OsString| {
        let text = shown(text);
        let (areas, sql) = areas::split(&text);
        FitTo { areas, sql: sql.to_owned() }
    };
    let fit = arguments.fit.as_ref().map(areas_of);
    let atlas = arguments.atlas.as_ref().map(areas_of);
    let mut paths = arguments.paths.clone();
    if paths.is_empty() {
        paths.extend(sample_project());
    }
    Ok(PrintOrder {
        paths,
        name: arguments.sheet.clone(),
        sheet: SheetChange(pieces),
        fit,
        atlas,
        common_scale: arguments.common_scale,
        index: arguments.index.clone(),
        lists: arguments.lists.iter().map(|text| list(text)).collect(),
        sums,
        numbers: arguments.numbers.as_deref().map(number_order),
        output: arguments.out.clone(),
        dots_per_inch: arguments.dpi,
        basemap: arguments.basemap.clone(),
        offline: arguments.offline,
        language,
    })
}

/// `LAYER`, or `LAYER:FIELD` to order it by.
fn list(text: &str) -> (String, NumberOrder) {
    match text.rsplit_once(':') {
        Some((layer, order)) if !layer.is_empty() => (layer.to_owned(), number_order(order)),
        _ => (text.to_owned(), NumberOrder::Table),
    }
}

/// In which order numbers are given: by name, as in the table, or else by a field.
fn number_order(text: &str) -> NumberOrder {
    match text {
        "name" => NumberOrder::Name,
        "table" => NumberOrder::Table,
        field => NumberOrder::Field(field.to_owned()),
    }
}

/// `a4`, or `210x297` in millimetres.
fn paper(text: &str) -> Option<Paper> {
    let named = Paper::NAMED.into_iter();
    let named = named
        .into_iter()
        .find(|paper| paper.name().is_some_and(|name| name.eq_ignore_ascii_case(text.trim())));
    named.or_else(|| {
        let (width, height) = text.trim().split_once(['x', 'X', '×'])?;
        Paper::own(width.trim().parse().ok()?, height.trim().parse().ok()?)
    })
}

fn document(order: &PrintOrder, printed: Printed, language: Language) -> PrintDocument {
    let shown = |path: &PathBuf| path.display().to_string();
    let outputs: Vec<String> = printed.files.iter().map(shown).collect();
    let pages: Vec<PageEntry> =
        printed.pages.into_iter().map(|page| PageEntry::of(page, language)).collect();
    let is_one = pages.len() == 1;
    PrintDocument {
        first: pages.first().cloned(),
        pages: if is_one { Vec::new() } else { pages },
        output: shown(&order.output),
        outputs: if outputs.len() == 1 { Vec::new() } else { outputs },
    }
}

impl PageEntry {
    fn of(page: PrintedPage, language: Language) -> PageEntry {
        let entry = |Dropped { layer, texts, count }| DroppedEntry { layer, count, texts };
        PageEntry {
            title: page.title,
            scale: page.scale,
            paper_mm: page.paper,
            extent_wgs84: page.extent.map(|extent| extent.as_array()),
            scale_error_max: page.scale_error,
            labels_placed: page.labels,
            labels_dropped: page.dropped.into_iter().map(entry).collect(),
            legend_items: page.legend_items,
            index_entries: page.index_entries,
            tiles: page.tiling.map(|Tiling { paper, counts: [columns, rows], overlap, .. }| {
                TilesEntry { paper_mm: paper, columns, rows, overlap_mm: overlap }
            }),
            problems: problems(&page.problems, language),
        }
    }
}

fn report(printed: &Printed, language: Language) -> String {
    let mut text = String::new();
    for file in &printed.files {
        let written = Message::new("cli-print-written").text("output", file.display().to_string());
        let _ = writeln!(text, "{}", written.in_language(language));
    }
    let is_one = printed.pages.len() == 1;
    for page in &printed.pages {
        if !is_one {
            let _ = writeln!(text, "{}", page.title);
        }
        text.push_str(&page_report(page, language));
    }
    text
}

fn page_report(page: &PrintedPage, language: Language) -> String {
    let mut rows = Rows::default();
    let name = |id| tr(language, id);
    let [width, height] = page.paper.map(|side| format_number(language, side, 1));
    rows.add(name("cli-print-paper"), format!("{width} × {height} mm"));
    if let Some(tiling) = &page.tiling {
        let [columns, rows_of] = tiling.counts;
        rows.add(name("cli-print-over"), format!("{} ({columns} × {rows_of})", tiling.sheets()));
    }
    rows.add(name("cli-print-scale"), scale_words(language, page.scale));
    rows.add(name("cli-print-fit"), page.words.in_language(language));
    let error = format_number(language, page.scale_error * 100.0, 4);
    rows.add(name("cli-print-error"), format!("{error} %"));
    let labels = i64::try_from(page.labels).unwrap_or(i64::MAX);
    rows.add(name("cli-print-labels"), format_integer(language, labels));
    for dropped in &page.dropped {
        let listed = dropped.texts.join(", ");
        rows.add(name("cli-print-dropped"), format!("{}: {listed}", dropped.layer));
    }
    rows.add_lines(name("cli-print-problems"), problem_lines(&page.problems, language));
    rows.text(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paper_and_scales_are_read_as_people_write_them() {
        assert_eq!(paper("A3"), Some(Paper::A3));
        assert_eq!(paper(" tabloid"), Some(Paper::Tabloid));
        assert_eq!(paper("200x300.5"), Paper::own(200.0, 300.5));
        assert_eq!(paper("a9"), None);
        assert_eq!(paper("1x1"), None);
        for text in ["1:5000", "5000", "1:5.000", "1:5 000", "5,000"] {
            assert_eq!(read_scale(text), Some(5000), "{text}");
        }
        assert_eq!(read_scale("0"), None);
        assert_eq!(read_scale("large"), None);
    }
}
