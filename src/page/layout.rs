//! Where everything stands on a figure.

use super::display::{DisplayList, Group, Item, Shape, Stroke};
use super::error::FigureError;
use super::figure::{FigureSpec, Furniture};
use super::frame::Frame;
use super::furniture::{
    EDGE, GREY_INK, INK, PADDING, PAPER, PLAIN, Paragraph, STRONG, notice, panel, scale_panel,
};
use super::glance::Glance;
use super::legend_box::{LegendBox, panel_size};
use super::sources::{legend_heading, made_line, source_line, sources};
use crate::jobs::Watch;
use crate::problem::Problems;
use crate::style::Legend;
use crate::text::Outline;

/// Between the page's edge and what is on it.
const MARGIN: f32 = 16.0;
/// Between the map and what stands beside it.
const GAP: f32 = 10.0;
/// Between the map's edge and what stands on it.
const INSET: f32 = 10.0;
/// How much of the map's height and surface the legend may cover.
const MOST_HEIGHT: f32 = 0.6;
const MOST_SURFACE: f32 = 0.2;
/// The widest legend on the map and beside it.
const LEGEND_WIDTH: f32 = 230.0;

/// Puts the page together around the map's groups (basemap and layers, lowest first), which were
/// drawn for `frame`.
pub(super) fn lay_out(
    spec: &FigureSpec<'_>,
    frame: Frame,
    map: Vec<Group>,
    legend: &Legend,
    watch: &Watch,
    problems: &mut Problems,
) -> Result<DisplayList, FigureError> {
    if spec.furniture != Furniture::All {
        return Ok(only_map(spec, frame, map, problems));
    }
    let mut page = Page { frame, cut: 0, items: Vec::new(), bottom: 0.0, right: 0.0 };
    let [left, top, right, bottom] = frame.rect(0.0);
    page.bottom = bottom;
    page.right = right;
    page.items.push(Item::Shape(Shape {
        outline: Outline::rectangle(frame.at, frame.size),
        fill: None,
        stroke: Some(Stroke::plain(EDGE, 1.0)),
    }));

    let mut taken = Vec::new();
    let words = spec.document.notice.trim();
    if !words.is_empty() {
        let at = [left + INSET, top + INSET];
        let (size, cut) = notice(words, at, frame.size[0] - 2.0 * INSET, &mut page.items);
        page.cut += u64::from(cut);
        taken.push([at[0], at[1], at[0] + size[0], at[1] + size[1]]);
    }
    let at = [left + INSET, bottom - INSET];
    if let Some(size) = scale_panel(frame, at, spec.language, &mut page.items) {
        taken.push([at[0], at[1] - size[1], at[0] + size[0], at[1]]);
    }
    if !legend.entries.is_empty() {
        page.legend(legend, &legend_heading(&spec.content()), &map, &taken, watch)?;
    }
    let title = title(spec).map(|title| Paragraph::new(&title, TITLE, page.right - left, 2));
    if let Some(title) = title {
        page.cut += u64::from(title.cut);
        title.draw([left, MARGIN], INK, STRONG, &mut page.items);
    }
    page.footer(spec);

    problems.add("problem-figure-text-cut", page.cut);
    let ground = Item::Shape(Shape {
        outline: Outline::rectangle([0.0, 0.0], [page.right + MARGIN, page.bottom + MARGIN]),
        fill: Some(PAPER),
        stroke: None,
    });
    let named = |name: &str, items| Group { name: name.to_owned(), items, ..Group::default() };
    let mut groups = vec![named("page", vec![ground])];
    let (width, height) = (page.right + MARGIN, page.bottom + MARGIN);
    groups.extend(map);
    groups.push(named("furniture", page.items));
    Ok(DisplayList { width, height, millimetres_per_unit: 25.4 / 96.0, groups })
}

/// The map alone, with its sources and notice at the bottom right.
fn only_map(
    spec: &FigureSpec<'_>,
    frame: Frame,
    map: Vec<Group>,
    problems: &mut Problems,
) -> DisplayList {
    let [left, top, right, bottom] = frame.rect(0.0);
    let (width, height) = (right - left, bottom - top);
    let ground = Item::Shape(Shape {
        outline: Outline::rectangle([left, top], [width, height]),
        fill: Some(PAPER),
        stroke: None,
    });
    let line = source_line(
        spec.document,
        &spec.content().sourced(),
        spec.content().basemap_attribution(),
        spec.language,
        spec.today,
    );
    let mut items = Vec::new();
    if spec.furniture == Furniture::Sources && !line.is_empty() {
        let words = Paragraph::new(&line, 10.0, width - 2.0 * PADDING, 4);
        problems.add("problem-figure-text-cut", u64::from(words.cut));
        let size = [words.width() + PADDING, words.height() + PADDING / 2.0];
        let at = [right - size[0], bottom - size[1]];
        items.push(Item::Shape(Shape {
            outline: Outline::rectangle(at, size),
            fill: Some(PAPER.with_alpha(215)),
            stroke: None,
        }));
        words.draw([at[0] + PADDING / 2.0, at[1] + PADDING / 4.0], INK, PLAIN, &mut items);
    }
    let named = |name: &str, items| Group { name: name.to_owned(), items, ..Group::default() };
    let mut groups = vec![named("page", vec![ground])];
    groups.extend(map);
    groups.push(named("furniture", items));
    DisplayList { width, height, millimetres_per_unit: 25.4 / 96.0, groups }
}

const TITLE: f32 = 20.0;

fn title(spec: &FigureSpec<'_>) -> Option<String> {
    let title = spec.document.title.trim();
    (!title.is_empty()).then(|| title.to_owned())
}

/// Where the map's top left corner comes to lie, below the title.
pub(super) fn map_corner(spec: &FigureSpec<'_>, map_width: f32) -> [f32; 2] {
    if spec.furniture != Furniture::All {
        return [0.0, 0.0];
    }
    let height = title(spec)
        .map_or(0.0, |title| Paragraph::new(&title, TITLE, map_width, 2).height() + GAP * 0.8);
    [MARGIN, (MARGIN + height).ceil()]
}

struct Page {
    frame: Frame,
    cut: u64,
    items: Vec<Item>,
    /// The lower edge of what stands on the page so far.
    bottom: f32,
    /// The right edge of what stands on the page so far.
    right: f32,
}

impl Page {
    /// Puts the legend where it hides least: in a corner of the map, or beside or below the map
    /// when it would cover too much of it.
    fn legend(
        &mut self,
        legend: &Legend,
        heading: &str,
        map: &[Group],
        taken: &[[f32; 4]],
        watch: &Watch,
    ) -> Result<(), FigureError> {
        let [left, top, _, bottom] = self.frame.rect(0.0);
        let [width, height] = self.frame.size;
        let on_map = LegendBox::new(legend, heading, LEGEND_WIDTH.min(width * 0.4), 2, 1);
        let size = panel_size(on_map.size);
        let small =
            size[1] <= MOST_HEIGHT * height && size[0] * size[1] <= MOST_SURFACE * width * height;
        if small && let Some(at) = corner(self.frame, size, map, taken, watch)? {
            self.cut += on_map.cut;
            self.items.push(panel(at, size, PAPER.with_alpha(240), EDGE));
            on_map.draw(at.map(|edge| edge + PADDING), &mut self.items);
            return Ok(());
        }
        let beside = LegendBox::new(legend, heading, LEGEND_WIDTH, 3, 1);
        if beside.size[1] <= height && width >= LEGEND_WIDTH {
            self.cut += beside.cut;
            let x = self.right + GAP + 4.0;
            self.right = x + beside.size[0];
            beside.draw([x, top], &mut self.items);
            return Ok(());
        }
        let columns = columns_below(width);
        let below = LegendBox::new(legend, heading, width.min(LEGEND_WIDTH), 3, columns);
        self.cut += below.cut;
        let y = bottom + GAP;
        self.bottom = y + below.size[1];
        below.draw([left, y], &mut self.items);
        Ok(())
    }

    /// Sources and the day, under everything else.
    fn footer(&mut self, spec: &FigureSpec<'_>) {
        let content = spec.content();
        let lines = [
            sources(&content.sourced(), content.basemap_attribution(), spec.language, spec.today),
            made_line(spec.language, spec.today),
        ];
        let left = self.frame.at[0];
        self.bottom += GAP * 0.8;
        for line in lines {
            let line = Paragraph::new(&line, 11.0, self.right - left, usize::MAX);
            let height = line.height();
            line.draw([left, self.bottom], GREY_INK, PLAIN, &mut self.items);
            self.bottom += height;
        }
        self.bottom = (self.bottom - MARGIN * 0.25).ceil();
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small number")]
fn columns_below(width: f32) -> usize {
    (width / (LEGEND_WIDTH + 20.0)).floor().max(1.0) as usize
}

/// The corner of the map where a panel covers least of the layers; none when all are taken.
fn corner(
    frame: Frame,
    size: [f32; 2],
    map: &[Group],
    taken: &[[f32; 4]],
    watch: &Watch,
) -> Result<Option<[f32; 2]>, FigureError> {
    let [left, top, right, bottom] = frame.rect(-INSET);
    let (far_x, far_y) = (right - size[0], bottom - size[1]);
    // Where notice and scale bar stand, the panel goes below or above them.
    let below = taken.iter().filter(|taken| taken[1] <= top).map(|taken| taken[3] + INSET);
    let above = taken.iter().filter(|taken| taken[3] >= bottom).map(|taken| taken[1] - INSET);
    let near_top = below.fold(top, f32::max);
    let near_bottom = above.fold(bottom, f32::min) - size[1];
    let places = [[far_x, top], [far_x, far_y], [left, near_bottom], [left, near_top]];
    let free = |at: &[f32; 2]| {
        let (right, bottom) = (at[0] + size[0], at[1] + size[1]);
        let apart = |taken: &[f32; 4]| {
            taken[2] <= at[0] || right <= taken[0] || taken[3] <= at[1] || bottom <= taken[1]
        };
        at[0] >= left && at[1] >= top && taken.iter().all(apart)
    };
    // The layers without the basemap, seen from afar.
    let groups: Vec<&Group> = map
        .iter()
        .filter(|group| !group.items.iter().any(|item| matches!(item, Item::Image(_))))
        .collect();
    let page = [frame.at[0] + frame.size[0], frame.at[1] + frame.size[1]];
    let glance = Glance::of(&groups, page, watch)?;
    Ok(places.into_iter().filter(free).min_by_key(|at| glance.covered(*at, size)))
}
