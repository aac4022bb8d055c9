//! Charts and their numbers handed over: as a picture, as a drawing of lines, as a table.

use std::path::PathBuf;
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, Int64Array, StringArray};

use super::super::session::{Notice, Session};
use super::super::{BelfortApp, Wake};
use super::choice::{Choice, Measure};
use super::making::{Drawn, Made, Part, Wanted};
use super::picture::{self, Bar};
use super::{ChartPanel, course, figures, share, words};
use crate::formats::{AtomicFile, csv};
use crate::i18n::Message;
use crate::jobs::{Job, Poll, Watch};
use crate::page::{
    ChartBar, ChartDrawn, ChartPage, ChartPoints, Figure, FigureError, Letters, Sourced,
    chart_page, encode_png, render, source_line, svg,
};
use crate::problem::{FileError, Problems};
use crate::project::Layer;
use crate::table::{BarOf, Field, FieldKind, Scatter, Statistics, Table};

/// Pixels per point of the picture.
const SCALE: f32 = 2.0;

/// As what a chart is handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum ChartForm {
    /// A picture.
    Png,
    /// A drawing of lines and letters.
    Svg,
    /// The bars as rows of a table.
    Bars,
    /// The numbers of the field as rows of a table.
    Figures,
}

impl ChartForm {
    /// What is offered: copying, and saving.
    pub(super) const ALL: [(ChartForm, &'static str, &'static str); 4] = [
        (ChartForm::Png, "app-chart-copy-png", "app-chart-save-png"),
        (ChartForm::Svg, "app-chart-copy-svg", "app-chart-save-svg"),
        (ChartForm::Bars, "app-chart-copy-bars", "app-chart-save-bars"),
        (ChartForm::Figures, "app-chart-copy-figures", "app-chart-save-figures"),
    ];

    /// How its file's name ends, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            ChartForm::Png => "png",
            ChartForm::Svg => "svg",
            ChartForm::Bars | ChartForm::Figures => "csv",
        }
    }
}

/// What was made of a chart.
pub(in crate::app) enum Written {
    Image(egui::ColorImage),
    Text(String),
    File(PathBuf),
}

/// Why nothing was.
pub(in crate::app) enum Failure {
    Cancelled,
    Page(FigureError),
    File(FileError),
}

pub(super) type Writing = Job<Result<Written, Failure>>;

/// What is written.
enum Content {
    Page(Box<ChartPage>),
    Table(Box<Table>),
}

impl ChartPanel {
    /// Starts handing the chart over that is shown: to a file, or to the clipboard.
    pub fn write(&mut self, session: &Session, form: ChartForm, path: Option<PathBuf>) {
        let Some(layer) = session.active_layer() else { return };
        let Some(choice) = self.choices.get(&layer.id) else { return };
        let Some(Ok(made)) = self.made.latest() else { return };
        let part = self.part.latest().and_then(|part| part.as_ref().ok());
        let content = match form {
            ChartForm::Png | ChartForm::Svg => {
                Some(Content::Page(Box::new(page(session, layer, made, part, choice))))
            }
            ChartForm::Bars => {
                let table = if let Drawn::Course(of) = &made.drawn {
                    course::as_table(made, of)
                } else {
                    let bars = picture::bars(session, layer, made, part, choice);
                    bars_table(session, made, &bars, choice)
                };
                table.map(Box::new).map(Content::Table)
            }
            ChartForm::Figures => {
                figures_table(session, made, part).map(Box::new).map(Content::Table)
            }
        };
        if let Some(content) = content {
            let wake: Wake = session.wake.clone();
            self.writing = Some(Job::start(
                "chart as a file",
                move || wake(),
                move |watch| write(&content, form, path, watch),
            ));
        }
    }
}

impl BelfortApp {
    /// Puts a chart that is made where it was wanted, and says so.
    pub(in crate::app) fn take_chart(&mut self) {
        let Some(writing) = self.chart_panel.writing.take() else { return };
        match writing.poll() {
            Poll::Running => self.chart_panel.writing = Some(writing),
            Poll::Lost => {
                self.session.notice(Notice::Trouble(Message::new("app-error-lost")));
            }
            Poll::Done(Ok(Written::Image(image))) => {
                self.ctx.copy_image(image);
                self.session.notice(Notice::Done(Message::new("app-chart-copied")));
            }
            Poll::Done(Ok(Written::Text(text))) => {
                self.ctx.copy_text(text);
                self.session.notice(Notice::Done(Message::new("app-copied")));
            }
            Poll::Done(Ok(Written::File(path))) => {
                let path = path.to_string_lossy();
                let saved = Message::new("app-figure-saved").text("path", path);
                self.session.notice(Notice::Done(saved));
            }
            Poll::Done(Err(Failure::Cancelled)) => {}
            Poll::Done(Err(Failure::Page(error))) => {
                self.session.notice(Notice::Trouble(error.message()));
            }
            Poll::Done(Err(Failure::File(error))) => self.session.notice(Notice::Failed(error)),
        }
    }
}

fn write(
    content: &Content,
    form: ChartForm,
    path: Option<PathBuf>,
    watch: &Watch,
) -> Result<Written, Failure> {
    let bytes = match content {
        Content::Page(chart) => {
            let page = chart_page(chart);
            if form == ChartForm::Svg {
                svg(&page, &chart.title, Letters::Outlines).0
            } else {
                let pixels = render(&page, SCALE, watch).map_err(|error| match error {
                    FigureError::Cancelled => Failure::Cancelled,
                    other => Failure::Page(other),
                })?;
                let Some(path) = path else {
                    let side = |pixels: u32| usize::try_from(pixels).unwrap_or(0);
                    let size = [side(pixels.width), side(pixels.height)];
                    let image = egui::ColorImage::from_rgba_unmultiplied(size, &pixels.rgba);
                    return Ok(Written::Image(image));
                };
                let figure = Figure { pixels, scale: SCALE, problems: Problems::new() };
                return to_file(path, &encode_png(&figure).map_err(Failure::Page)?);
            }
        }
        Content::Table(table) => {
            csv::text(table, false, None, watch).map_err(|_| Failure::Cancelled)?
        }
    };
    match path {
        Some(path) => to_file(path, bytes.as_bytes()),
        None => Ok(Written::Text(bytes)),
    }
}

fn to_file(path: PathBuf, bytes: &[u8]) -> Result<Written, Failure> {
    let write = || {
        let mut file = AtomicFile::create(&path)?;
        file.write_all(bytes)?;
        file.commit()
    };
    write().map_err(Failure::File)?;
    Ok(Written::File(path))
}

/// What a chart is called.
fn title(session: &Session, layer: &Layer, made: &Made, choice: &Choice) -> String {
    let name = |field: usize| {
        made.table().fields.get(field).map(|field| field.title().to_owned()).unwrap_or_default()
    };
    let message = match made.key.wanted {
        Wanted::Spread(field) => Message::new("app-chart-title").text("field", name(field)),
        Wanted::PerValue { by, number } => {
            let measure = session.tr(choice.measure_of(made.key.wanted).id());
            Message::new("app-chart-title-per")
                .text("measure", measure)
                .text("field", number.map(name).unwrap_or_default())
                .text("by", name(by))
        }
        Wanted::Scatter([across, up]) => Message::new("app-chart-title-scatter")
            .text("across", name(across))
            .text("up", name(up)),
        Wanted::Course { fields: [_, number], .. } => {
            Message::new("app-chart-title-course").text("number", name(number))
        }
    };
    format!("{} – {}", session.say(&message).replace("  ", " "), layer.name)
}

fn page(
    session: &Session,
    layer: &Layer,
    made: &Made,
    part: Option<&Part>,
    choice: &Choice,
) -> ChartPage {
    let bars = picture::bars(session, layer, made, part, choice);
    let chart_bar = |bar: &Bar| ChartBar {
        name: bar.name.clone(),
        number: bar
            .value
            .map_or_else(|| "–".to_owned(), |value| words::figure(value, session.language)),
        value: bar.value.filter(|_| !bar.is_rest),
        chosen: bar.chosen.filter(|_| !bar.is_rest),
        color: bar.color,
    };
    let drawn = match &made.drawn {
        Drawn::Scatter(scatter) => ChartDrawn::Points(points(session, made, scatter, part)),
        Drawn::Course(of) => ChartDrawn::Lines(course::on_page(session, made, of, part)),
        Drawn::Bars(of) if of.axis.is_some() => {
            let mut edges = Vec::new();
            for bar in &of.bars {
                if let (BarOf::Range([from, to]), Some(axis)) = (*bar, of.axis) {
                    if edges.is_empty() {
                        edges.push(words::edge(axis, from, session.language));
                    }
                    edges.push(words::edge(axis, to, session.language));
                }
            }
            ChartDrawn::Beside(bars.iter().map(chart_bar).collect(), edges)
        }
        Drawn::Bars(_) | Drawn::Nothing => ChartDrawn::Under(bars.iter().map(chart_bar).collect()),
    };
    let figures = figures::of(session, made, part);
    let line = figures.iter().map(|figure| format!("{} {}", figure.name, figure.all));
    let mut notes = vec![line.collect::<Vec<_>>().join(" · ")];
    if let Some(part) = part {
        let rows = part.facts.rows;
        notes.push(session.say(&Message::new("app-chart-dark").count("rows", rows)));
    }
    if choice.in_view {
        notes.push(session.tr("app-chart-in-view"));
    }
    let today = chrono::Local::now().date_naive();
    let shown = [Sourced::from(layer)];
    let sources = source_line(session.document(), &shown, None, session.language, today);
    if !sources.is_empty() {
        notes.push(sources);
    }
    ChartPage { title: title(session, layer, made, choice), notes, drawn }
}

#[expect(clippy::cast_precision_loss, reason = "shares of a picture")]
fn points(session: &Session, made: &Made, scatter: &Scatter, part: Option<&Part>) -> ChartPoints {
    let name = |field: usize| {
        made.table().fields.get(field).map(|field| field.title().to_owned()).unwrap_or_default()
    };
    let [across, up] = scatter.ends;
    let is_chosen = |row: usize| part.is_some_and(|part| part.rows.contains(row));
    let of_points = scatter
        .points
        .iter()
        .map(|(row, [x, y])| ([share(*x, across), share(*y, up)], is_chosen(*row)));
    let most = scatter.cells.iter().copied().max().unwrap_or(0).max(1) as f32;
    let [columns, rows] = scatter.grid;
    let size = [1.0 / columns.max(1) as f32, 1.0 / rows.max(1) as f32];
    let is_many = scatter.points.is_empty();
    let cells = scatter.cells.iter().enumerate().filter(|(_, count)| is_many && **count > 0);
    let cells = cells.map(|(at, count)| {
        let (column, row) = (at % columns.max(1), at / columns.max(1));
        let place = [column as f32 * size[0], row as f32 * size[1], size[0], size[1]];
        let chosen = part.and_then(|part| part.cells.get(at)).is_some_and(|count| *count > 0);
        (place, 0.12 + 0.88 * (*count as f32 / most).sqrt(), chosen)
    });
    let ends = |axis: crate::table::Axis, [least, most]: [f64; 2]| {
        [words::edge(axis, least, session.language), words::edge(axis, most, session.language)]
    };
    ChartPoints {
        titles: scatter.fields.map(name),
        ends: [ends(scatter.axes[0], across), ends(scatter.axes[1], up)],
        points: of_points.collect(),
        cells: cells.collect(),
    }
}

/// A whole count as a number of a table.
fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn bars_table(session: &Session, made: &Made, bars: &[Bar], choice: &Choice) -> Option<Table> {
    let head = |id: &'static str| session.tr(id);
    let names = StringArray::from_iter_values(bars.iter().map(|bar| bar.name.as_str()));
    let rows = Int64Array::from_iter_values(bars.iter().map(|bar| whole(bar.rows)));
    let chosen = Int64Array::from_iter_values(bars.iter().map(|bar| whole(bar.chosen_rows)));
    let field = match made.key.wanted {
        Wanted::PerValue { by, .. } => by,
        other => other.field(),
    };
    let title = made.table().fields.get(field)?.title().to_owned();
    let mut fields = vec![
        Field::new(title, FieldKind::Text),
        Field::new(head("app-chart-count"), FieldKind::Integer),
        Field::new(head("app-chart-chosen"), FieldKind::Integer),
    ];
    let mut columns: Vec<ArrayRef> = vec![Arc::new(names), Arc::new(rows), Arc::new(chosen)];
    let measure = choice.measure_of(made.key.wanted);
    if measure != Measure::Count {
        let of = made.table().fields.get(made.key.wanted.field())?.title().to_owned();
        let name = format!("{} {of}", session.tr(measure.id()));
        fields.push(Field::new(name, FieldKind::Number));
        columns.push(Arc::new(bars.iter().map(|bar| bar.value).collect::<Float64Array>()));
    }
    Table::new("chart", bars.len(), fields, columns, None).ok()
}

fn figures_table(session: &Session, made: &Made, part: Option<&Part>) -> Option<Table> {
    let all = numbers(&made.facts);
    let chosen = part.map(|part| numbers(&part.facts)).unwrap_or_default();
    let of = |id: &str| chosen.iter().find(|(of, _)| *of == id).map(|(_, number)| *number);
    let names: Vec<String> = all.iter().map(|(id, _)| session.say(&Message::new(id))).collect();
    let title = made.table().fields.get(made.key.wanted.field())?.title().to_owned();
    let mut fields = vec![
        Field::new(title, FieldKind::Text),
        Field::new(session.tr("app-chart-all"), FieldKind::Number),
    ];
    let mut columns: Vec<ArrayRef> = vec![
        Arc::new(StringArray::from(names)),
        Arc::new(Float64Array::from_iter_values(all.iter().map(|(_, number)| *number))),
    ];
    if part.is_some() {
        fields.push(Field::new(session.tr("app-chart-chosen"), FieldKind::Number));
        let chosen = all.iter().map(|(id, _)| of(id));
        columns.push(Arc::new(chosen.collect::<Float64Array>()));
    }
    Table::new("figures", all.len(), fields, columns, None).ok()
}

/// The figures as they are, with every digit.
#[expect(clippy::cast_precision_loss, reason = "counts of rows fit")]
fn numbers(facts: &Statistics) -> Vec<(&'static str, f64)> {
    let mut all = vec![
        ("app-stat-rows", facts.rows as f64),
        ("app-stat-nulls", facts.nulls as f64),
        ("app-stat-distinct", facts.distinct as f64),
    ];
    if let Some(numbers) = &facts.numbers {
        all.extend([
            ("app-stat-sum", numbers.sum),
            ("app-stat-mean", numbers.mean),
            ("app-stat-deviation", numbers.deviation),
            ("app-stat-least", numbers.least),
            ("app-stat-quartile-1", numbers.quartiles[0]),
            ("app-stat-median", numbers.median),
            ("app-stat-quartile-3", numbers.quartiles[1]),
            ("app-stat-most", numbers.most),
        ]);
    }
    all
}
