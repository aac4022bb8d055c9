//! Tries papers, ways round and places for the legend, and keeps the best.

use super::SheetSpec;
use super::counts::Counted;
use super::edges::{Footer, Header};
use super::error::SheetError;
use super::index::{ListBlocks, Lists, MOST_COLUMNS, column_width};
use super::on_map::NORTH;
use super::parts::{mm_to_units, units_to_mm};
use super::plan::{GAP, LegendPlace, SheetPlan, scale_error};
use super::room::Room;
use super::scales::round_up;
use super::subject::SubjectShape;
use super::words::statement;
use crate::page::content::legend;
use crate::page::frame::{Frame, MILLIMETRES_PER_POINT};
use crate::page::furniture::PADDING;
use crate::page::legend_box::{LegendBox, panel_size};
use crate::page::plane::PagePlane;
use crate::page::sources::legend_heading;
use crate::project::{
    FREE_EDGE, HouseStyle, ListPlace, MovablePart, Orientation, Paper, PartPlace, SheetPart,
};
use crate::style::Legend;

/// The white edge of an A4 sheet, millimetres: what printers leave free. Larger paper has more.
const MARGIN: f64 = 10.0;
/// Between the subject and the map's edge, units.
const AIR: f32 = 10.0;
/// The widest column of a legend, and the narrowest.
const LEGEND: [f32; 2] = [230.0, 110.0];
/// How much of the map's height and surface a legend on it may cover.
const MOST_HEIGHT: f32 = 0.7;
const MOST_SURFACE: f32 = 0.2;
/// How much of the page a legend below the map may take.
const MOST_BELOW: f32 = 0.35;
/// How much of the page's height lists below the map may take, and of its width those beside it;
/// and where the person asked for that.
const MOST_INDEX: f32 = 0.2;
const MOST_BESIDE: f32 = 0.3;
const MOST_ASKED: f32 = 0.5;
/// The smallest map worth printing, units.
const LEAST_MAP: f32 = 90.0;

/// What is decided for all papers and ways round.
pub(super) struct Planner<'a> {
    pub spec: &'a SheetSpec<'a>,
    plane: PagePlane,
    center: [f64; 2],
    /// The width and height of the subject where the map is not moved.
    own: [f64; 2],
    shape: &'a SubjectShape,
    /// How many features lie in the subject.
    counts: Counted,
    /// The room that lists have beside the map or below it.
    pub list_room: ListRoom,
}

/// The room for lists beside the map or below it, the gap included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum ListRoom {
    /// None: there are no lists, or they have pages of their own.
    None,
    /// So high.
    Below(f32),
    /// In so many columns, so wide.
    Beside(usize, f32),
}

impl ListRoom {
    /// How high it is below the map.
    pub fn height(self) -> f32 {
        if let ListRoom::Below(height) = self { height } else { 0.0 }
    }

    /// How wide it is beside the map.
    pub fn width(self) -> f32 {
        if let ListRoom::Beside(_, width) = self { width } else { 0.0 }
    }
}

/// How the page is divided, before there is a scale.
struct Division {
    page: [f32; 2],
    margin: f32,
    unit: f64,
    /// Left, top, width and height of the map.
    map: [f32; 4],
    statement_lines: usize,
}

impl<'a> Planner<'a> {
    pub fn new(
        spec: &'a SheetSpec<'a>,
        (plane, center): (PagePlane, [f64; 2]),
        own: [f64; 2],
        shape: &'a SubjectShape,
        counts: Counted,
    ) -> Planner<'a> {
        Planner { spec, plane, center, own, shape, counts, list_room: ListRoom::None }
    }

    /// The room that the lists of a plan need at a place; none where there is too little.
    pub fn room_for(&self, plan: &SheetPlan, place: ListPlace) -> Option<ListRoom> {
        let lists = &plan.lists.all;
        let is_asked = self.spec.sheet.lists == place;
        if place == ListPlace::Below {
            let most = if is_asked { MOST_ASKED } else { MOST_INDEX };
            let height = ListBlocks::new(lists, plan.width(), None).height;
            // What does not grow never ends.
            let height = height.max(plan.list_room.height() - GAP);
            return (height <= most * plan.page[1]).then_some(ListRoom::Below(height + GAP));
        }
        let most = if is_asked { MOST_ASKED } else { MOST_BESIDE };
        let fewest = if let ListRoom::Beside(columns, _) = plan.list_room { columns } else { 1 };
        let mut columns = fewest..=MOST_COLUMNS;
        let columns = columns.find(|columns| {
            let width = column_width(*columns);
            ListBlocks::new(lists, width, Some(*columns)).height <= plan.frame.size[1]
        })?;
        let width = column_width(columns) + GAP;
        (width <= most * plan.page[0]).then_some(ListRoom::Beside(columns, width))
    }

    /// The way round at which the map is larger.
    pub fn best(&self, paper: Paper) -> Result<SheetPlan, SheetError> {
        let [width, height] = paper.millimetres().map(f64::from);
        let (short, long) = (width.min(height), width.max(height));
        let ways: &[[f64; 2]] = match self.spec.sheet.orientation {
            Orientation::Portrait => &[[short, long]],
            Orientation::Landscape => &[[long, short]],
            Orientation::Best => &[[short, long], [long, short]],
        };
        let plans = ways.iter().map(|paper| self.plan(*paper));
        let mut best: Option<SheetPlan> = None;
        let mut failed = SheetError::PaperTooSmall;
        for plan in plans {
            match plan {
                Ok(plan) if best.as_ref().is_none_or(|best| plan.is_better(best)) => {
                    best = Some(plan);
                }
                Ok(_) => {}
                Err(error) => failed = error,
            }
        }
        best.ok_or(failed)
    }

    fn plan(&self, paper: [f64; 2]) -> Result<SheetPlan, SheetError> {
        let whole = self.divide(paper, [0.0, 0.0])?;
        let plan = self.at(paper, &whole, LegendPlace::Nowhere);
        let legend = legend(&self.spec.content, plan.frame, true);
        if legend.entries.is_empty() || !self.spec.sheet.has(SheetPart::Legend) {
            return Ok(plan);
        }
        if let Some(place) = self.spec.sheet.moved.get(&MovablePart::Legend)
            && let Some(made) = self.moved_legend(&plan, *place, &legend)
        {
            let legend_place = LegendPlace::Moved(*place);
            return Ok(SheetPlan { legend_place, ..plan.with_legend(made, &legend) });
        }
        let most = LEGEND[0].min(plan.frame.size[0] * 0.4);
        let on_map = SheetPlan {
            legend_place: LegendPlace::OnMap,
            ..plan.with_legend(LegendBox::new(&legend, &self.heading(), most, 2, 1), &legend)
        };
        if self.has_room(&on_map) {
            return Ok(on_map);
        }
        let beside = self.beside(paper, &whole, &legend);
        let below = self.below(paper, &whole, &legend);
        match (beside, below) {
            (Ok(beside), Ok(below)) => Ok(if beside.is_better(&below) { beside } else { below }),
            (Ok(plan), Err(_)) | (Err(_), Ok(plan)) => Ok(plan),
            (Err(error), Err(_)) => Err(error),
        }
    }

    /// The legend as wide as the person wants it, in as many columns as make it fit the page; none where
    /// it does not.
    fn moved_legend(
        &self,
        plan: &SheetPlan,
        place: PartPlace,
        legend: &Legend,
    ) -> Option<LegendBox> {
        let heading = self.heading();
        let free = 2.0 * (mm_to_units(plan.frame, FREE_EDGE) + PADDING);
        let [most_wide, most_high] = plan.page.map(|length| length - free);
        let paper = units_to_mm(plan.frame, plan.page[0]);
        let wanted = place
            .width
            .map(|width| mm_to_units(plan.frame, place.width(width, paper)) - 2.0 * PADDING);
        let fewest = wanted.map_or(1, |wide| columns_of(wide, LEGEND[0]));
        (fewest..=fewest + 5).find_map(|columns| {
            #[expect(clippy::cast_precision_loss, reason = "a few")]
            let (count, gaps) = (columns as f32, 20.0 * (columns - 1) as f32);
            let wide = wanted.unwrap_or(LEGEND[0] * count + gaps).min(most_wide);
            let column = (wide - gaps) / count;
            if column < 50.0 {
                return None;
            }
            let made = LegendBox::new(legend, &heading, column, 3, columns);
            let fits = made.size[0] <= most_wide && made.size[1] <= most_high;
            fits.then_some(made)
        })
    }

    /// What stands above the legend.
    fn heading(&self) -> String {
        legend_heading(&self.spec.content)
    }

    /// Whether the legend can stand on the map without covering the subject.
    fn has_room(&self, plan: &SheetPlan) -> bool {
        let [width, height] = plan.frame.size;
        let size = panel_size(plan.legend.size);
        let is_small =
            size[1] <= MOST_HEIGHT * height && size[0] * size[1] <= MOST_SURFACE * width * height;
        let has_grid = self.spec.sheet.has_grid();
        is_small && Room::new(plan.frame, self.shape, has_grid).best(size, 0.0).is_some()
    }

    fn beside(
        &self,
        paper: [f64; 2],
        whole: &Division,
        legend: &Legend,
    ) -> Result<SheetPlan, SheetError> {
        let heading = self.heading();
        let most = LEGEND[0].min(whole.map[2] * 0.4);
        let mut columns = 1;
        loop {
            let made = LegendBox::new(legend, &heading, most, 3, columns);
            if made.size[1] <= whole.map[3] || columns > 3 {
                let part = self.divide(paper, [made.size[0] + GAP, 0.0])?;
                return Ok(self.at(paper, &part, LegendPlace::Beside).with_legend(made, legend));
            }
            columns += 1;
        }
    }

    fn below(
        &self,
        paper: [f64; 2],
        whole: &Division,
        legend: &Legend,
    ) -> Result<SheetPlan, SheetError> {
        let heading = self.heading();
        let width = whole.map[2];
        let mut columns = columns_of(width, LEGEND[0]);
        loop {
            #[expect(clippy::cast_precision_loss, reason = "a few")]
            let column = ((width - 20.0 * (columns - 1) as f32) / columns as f32).min(LEGEND[0]);
            let made = LegendBox::new(legend, &heading, column, 3, columns);
            let fits = made.size[1] <= MOST_BELOW * whole.page[1];
            if fits || columns >= columns_of(width, LEGEND[1]) {
                let part = self.divide(paper, [0.0, made.size[1] + GAP])?;
                return Ok(self.at(paper, &part, LegendPlace::Below).with_legend(made, legend));
            }
            columns += 1;
        }
    }

    /// Divides the page, leaving room right of the map and below it.
    fn divide(&self, paper: [f64; 2], spare: [f32; 2]) -> Result<Division, SheetError> {
        let sheet = self.spec.sheet;
        let share = (paper[0].min(paper[1]) / 210.0).sqrt();
        let larger = if sheet.house == HouseStyle::Poster { 1.15 } else { 1.0 };
        let size = if sheet.size.is_finite() { sheet.size.clamp(0.4, 3.0) } else { 1.0 };
        let unit = MILLIMETRES_PER_POINT * share * larger * f64::from(size);
        #[expect(clippy::cast_possible_truncation, reason = "lengths on paper")]
        let units = |millimetres: f64| (millimetres / unit) as f32;
        let page = paper.map(units);
        let margin = units(MARGIN * share.max(0.8));
        let width = page[0] - 2.0 * margin;
        let header = Header::new(self.spec, width - NORTH - GAP, false);
        let footer = Footer::new(
            (self.spec, None, &self.counts.words),
            width,
            unit,
            (100_000, &self.sample_statement()),
            3,
        );
        let map = [
            margin,
            margin + header.height(),
            width - spare[0] - self.list_room.width(),
            page[1]
                - 2.0 * margin
                - header.height()
                - footer.height()
                - spare[1]
                - self.list_room.height(),
        ];
        if map[2] < LEAST_MAP || map[3] < LEAST_MAP {
            return Err(SheetError::PaperTooSmall);
        }
        Ok(Division { page, margin, unit, map, statement_lines: footer.statement_lines() })
    }

    /// A statement as long as the one that will stand there.
    fn sample_statement(&self) -> String {
        let frame = self.frame([0.0; 2], [LEAST_MAP; 2], MILLIMETRES_PER_POINT, 100_000);
        let language = self.spec.content.language;
        statement(language, self.spec.sheet.plane, frame, 100_000, 0.001).in_language(language)
    }

    fn frame(&self, at: [f32; 2], size: [f32; 2], unit: f64, denominator: u32) -> Frame {
        let metres_per_unit = f64::from(denominator) * unit / 1000.0;
        let scales = self.plane.scales(self.center);
        let ground = scales.map_or(1.0, |[across, _]| across);
        Frame {
            at,
            size,
            plane: self.plane,
            center: self.center,
            metres_per_unit,
            ground_metres_per_unit: metres_per_unit / ground,
            millimetres_per_unit: unit,
        }
    }

    /// The plan of a division at its scale, without a legend and lists.
    fn at(&self, paper: [f64; 2], division: &Division, legend_place: LegendPlace) -> SheetPlan {
        let [left, top, width, height] = division.map;
        let air = AIR.min(width * 0.05).min(height * 0.05);
        // Moving the map never changes its scale.
        let room = [width - 2.0 * air, height - 2.0 * air];
        let proposed = needed(self.own.map(|length| length / 2.0), room, division.unit);
        let denominator = self.spec.sheet.scale.unwrap_or_else(|| round_up(proposed));
        let frame = self.frame([left, top], [width, height], division.unit, denominator);
        // What touches the edge of the map fits, though it has no air.
        let tight = needed(self.reach(), [width, height], division.unit);
        let own = needed(self.own.map(|length| length / 2.0), [width, height], division.unit);
        let fits = |needed: f64| f64::from(denominator) >= needed * (1.0 - 1e-6);
        SheetPlan {
            paper,
            denominator,
            fits: fits(tight),
            fits_unmoved: fits(own),
            scale_error: scale_error(frame),
            extent: frame.plane.lon_lat_of(frame.extent(0.0)),
            larger: None,
            frame,
            shape: self.shape.clone(),
            legend: LegendBox::default(),
            legend_items: 0,
            legend_place,
            page: division.page,
            margin: division.margin,
            list_room: self.list_room,
            lists: Lists::default(),
            counts: self.counts.clone(),
            statement_lines: division.statement_lines,
        }
    }

    /// How far the subject reaches from the middle of the map, across and up.
    fn reach(&self) -> [f64; 2] {
        let (extent, [x, y]) = (self.shape.extent, self.center);
        let reach = |low: f64, high: f64, middle: f64| (middle - low).max(high - middle);
        [reach(extent.min_x, extent.max_x, x), reach(extent.min_y, extent.max_y, y)]
    }
}

/// The denominator at which so many metres to each side of the middle just fit a map of a size.
fn needed([across, up]: [f64; 2], size: [f32; 2], unit: f64) -> f64 {
    let [width, height] = size.map(|length| f64::from(length) * unit / 2000.0);
    (across / width).max(up / height)
}

impl SheetPlan {
    /// The same with a legend.
    fn with_legend(self, made: LegendBox, legend: &Legend) -> SheetPlan {
        let lines = legend.entries.iter().map(|e| 1 + e.classes.len() + e.sizes.len());
        SheetPlan { legend: made, legend_items: lines.sum(), ..self }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small number")]
fn columns_of(width: f32, column: f32) -> usize {
    ((width + 20.0) / (column + 20.0)).floor().max(1.0) as usize
}
