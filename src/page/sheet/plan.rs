//! Which paper, which way round, which scale, and where the map lies on it.

use super::SheetSpec;
use super::counts::counts;
use super::edges::{Footer, Header};
use super::error::SheetError;
use super::index::{Entry, IndexBlock, entries};
use super::on_map::NORTH;
use super::room::Room;
use super::scales::{BOUNDS, round_up};
use super::subject::SubjectShape;
use super::words::{fit_words, statement};
use crate::crs::{LocalPlane, Plane};
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::page::content::legend;
use crate::page::frame::{Frame, MILLIMETRES_PER_POINT};
use crate::page::legend_box::{LegendBox, panel_size};
use crate::page::plane::PagePlane;
use crate::page::sources::legend_heading;
use crate::page::tiles_behind;
use crate::project::{HouseStyle, Orientation, Paper, SheetPart, SheetPlane};
use crate::style::Legend;
use crate::table::Extent;
use crate::tiles::TileId;

/// The white edge of an A4 sheet, millimetres: what printers leave free. Larger paper has more.
const MARGIN: f64 = 10.0;
/// Between the subject and the map's edge, units.
const AIR: f32 = 10.0;
/// Between the map and a legend beside or below it.
pub(super) const GAP: f32 = 12.0;
/// The widest column of a legend, and the narrowest.
const LEGEND: [f32; 2] = [230.0, 110.0];
/// How much of the map's height and surface a legend on it may cover.
const MOST_HEIGHT: f32 = 0.7;
const MOST_SURFACE: f32 = 0.2;
/// How much of the page a legend below the map may take.
const MOST_BELOW: f32 = 0.35;
/// How much of the page an index below the map may take.
const MOST_INDEX: f32 = 0.2;
/// The smallest map worth printing, units.
const LEAST_MAP: f32 = 90.0;

/// Where the legend stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum LegendPlace {
    Nowhere,
    /// In a corner of the map.
    OnMap,
    /// Right of the map, in so many columns of at most a width.
    Beside(usize, f32),
    /// Below the map, likewise.
    Below(usize, f32),
}

/// How a sheet is laid out.
#[derive(Clone, Debug)]
pub struct SheetPlan {
    /// The width and height of the page, millimetres.
    pub paper: [f64; 2],
    /// The denominator of the scale.
    pub denominator: u32,
    /// Whether the subject is on the map as a whole.
    pub fits: bool,
    /// The largest error of the scale on the map, as a share.
    pub scale_error: f64,
    /// What the map shows, degrees, WGS 84; none where that cannot be told.
    pub extent: Option<Extent>,
    /// The smallest larger paper on which the subject fits at the scale asked for.
    pub larger: Option<Paper>,
    /// Whether it would be, were the map not moved: what decides which way round the paper lies.
    fits_unmoved: bool,
    pub(super) frame: Frame,
    pub(super) shape: SubjectShape,
    pub(super) legend: Legend,
    pub(super) legend_place: LegendPlace,
    /// The page's width and height, and its white edge, units.
    pub(super) page: [f32; 2],
    pub(super) margin: f32,
    /// The height of the index below the map, with the gap above it; 0 where it is not there.
    pub(super) index_height: f32,
    /// How many features lie in the subject, in words.
    pub(super) counts: String,
    pub(super) statement_lines: usize,
}

impl SheetPlan {
    /// What stands in its index; none without one.
    pub(super) fn entries(
        &self,
        spec: &SheetSpec<'_>,
        watch: &Watch,
    ) -> Result<Option<Vec<Entry>>, SheetError> {
        let Some(index) = &spec.sheet.index else { return Ok(None) };
        let layers = &spec.content.layers;
        let Some(layer) = layers.iter().find(|layer| layer.layer.id == index.layer) else {
            return Ok(None);
        };
        let room = Room::new(self.frame, &self.shape, true);
        let entries = entries(self.frame, layer, index, &room, watch)?;
        Ok(Some(entries).filter(|entries| !entries.is_empty()))
    }

    /// The size of a unit of its page, millimetres.
    pub fn millimetres_per_unit(&self) -> f64 {
        self.frame.millimetres_per_unit
    }

    /// Whether the page is wider than high.
    pub fn is_landscape(&self) -> bool {
        self.paper[0] > self.paper[1]
    }

    /// The level of the tiles whose letters are as large on paper as wanted: their pixels nearest
    /// to a size in millimetres, of twice the usual resolution where `is_fine`.
    pub fn tile_level(&self, millimetres_per_pixel: f64, max_zoom: u8) -> u8 {
        let mut middle = [self.frame.center];
        self.frame.plane.give_lon_lat(&mut middle);
        let units = millimetres_per_pixel / self.frame.millimetres_per_unit;
        let metres = units * self.frame.ground_metres_per_unit;
        let at_zero = crate::crs::ground_metres_per_point(middle[0][1], 0.0);
        let level = (at_zero / metres).log2().round().clamp(0.0, f64::from(max_zoom));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
        let level = level as u8;
        level
    }

    /// The tiles of a level that it needs.
    pub fn tiles(&self, level: u8) -> Vec<TileId> {
        tiles_behind(self.frame, level)
    }

    /// In words: how it fits.
    pub fn words(&self, spec: &SheetSpec<'_>) -> Message {
        let scale = (self.denominator, self.fits && spec.sheet.scale.is_none());
        let language = spec.content.language;
        if self.fits && spec.sheet.scale.is_some() {
            return Message::new("sheet-fits")
                .text("paper", super::words::paper_words(language, spec.sheet.paper))
                .text("scale", super::words::scale_words(language, self.denominator));
        }
        fit_words(language, &spec.subject, spec.sheet.paper, scale, self.larger)
    }
}

/// Lays a sheet out: quick enough for every frame of a preview but for large layers, so call it
/// from a job.
///
/// # Errors
/// When its subject has no place, the paper is too small, the scale is none, or the person
/// cancelled.
pub fn plan_sheet(spec: &SheetSpec<'_>, watch: &Watch) -> Result<SheetPlan, SheetError> {
    let degrees = spec.subject.degrees(watch)?.ok_or(SheetError::NoPlace)?;
    if let Some(scale) = spec.sheet.scale
        && !(BOUNDS.0..=BOUNDS.1).contains(&scale)
    {
        return Err(SheetError::NoScale(scale));
    }
    let (plane, center, own) = plane_and_middle(spec, degrees, watch)?;
    let shape = spec.subject.shape(plane, watch)?.ok_or(SheetError::NoPlace)?;
    let layers = spec.content.layers.iter().copied();
    let counts = if spec.sheet.has(SheetPart::Counts) {
        counts(plane, &shape, layers, spec.content.language, watch)?
    } else {
        String::new()
    };
    let mut planner =
        Planner { spec, plane, center, own, shape: &shape, counts, index_height: 0.0 };
    let mut plan = planner.best(spec.sheet.paper)?;
    if let Some(entries) = plan.entries(spec, watch)? {
        let width = plan.page[0] - 2.0 * plan.margin;
        let block = IndexBlock::new(entries, "", width);
        // A long index has pages of its own.
        if block.height <= MOST_INDEX * plan.page[1] {
            planner.index_height = block.height + GAP;
            match planner.best(spec.sheet.paper) {
                Ok(with_index) => plan = with_index,
                // No room below the map either.
                Err(_) => planner.index_height = 0.0,
            }
        }
    }
    if !plan.fits {
        let larger = std::iter::successors(spec.sheet.paper.larger(), |paper| paper.larger());
        plan.larger =
            larger.into_iter().find(|paper| planner.best(*paper).is_ok_and(|plan| plan.fits));
    }
    Ok(plan)
}

/// The plane of the sheet, true around the middle of the map, and that middle; and the width and
/// height of the subject in the plane around its own middle.
fn plane_and_middle(
    spec: &SheetSpec<'_>,
    degrees: Extent,
    watch: &Watch,
) -> Result<(PagePlane, [f64; 2], [f64; 2]), SheetError> {
    let sheet = spec.sheet;
    let plane_at = |place: [f64; 2]| {
        let turn = if sheet.turn.is_finite() { sheet.turn } else { 0.0 };
        match sheet.plane {
            SheetPlane::Local => Some(PagePlane::new(Plane::Local(LocalPlane::at(place[0])), turn)),
            SheetPlane::Lambert72 => Some(PagePlane::new(Plane::Lambert72, turn)),
            SheetPlane::Lambert2008 => Some(PagePlane::new(Plane::Lambert2008, turn)),
            SheetPlane::Screen => PagePlane::new(Plane::WebMercator, turn).true_at(place),
        }
    };
    let first = plane_at(degrees.center()).ok_or(SheetError::NoPlace)?;
    let shape = spec.subject.shape(first, watch)?.ok_or(SheetError::NoPlace)?;
    let [x, y] = shape.extent.center();
    let [right, up] = sheet.shift.map(|metres| if metres.is_finite() { metres } else { 0.0 });
    let mut place = [[x + right, y + up]];
    first.give_lon_lat(&mut place);
    let plane = plane_at(place[0]).ok_or(SheetError::NoPlace)?;
    let middle = plane.of_lon_lat(place[0]).ok_or(SheetError::NoPlace)?;
    Ok((plane, middle, [shape.extent.width(), shape.extent.height()]))
}

/// What is decided for all papers and ways round.
struct Planner<'a> {
    spec: &'a SheetSpec<'a>,
    plane: PagePlane,
    center: [f64; 2],
    /// The width and height of the subject where the map is not moved.
    own: [f64; 2],
    shape: &'a SubjectShape,
    /// How many features lie in the subject, in words.
    counts: String,
    /// The height of the index below the map, with the gap above it; 0 without one.
    index_height: f32,
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

impl Planner<'_> {
    /// The way round at which the map is larger.
    fn best(&self, paper: Paper) -> Result<SheetPlan, SheetError> {
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
        let plan = self.at(paper, &whole, LegendPlace::OnMap);
        if plan.legend.entries.is_empty() || !self.spec.sheet.has(SheetPart::Legend) {
            return Ok(SheetPlan {
                legend: Legend::default(),
                legend_place: LegendPlace::Nowhere,
                ..plan
            });
        }
        if self.has_room(&plan) {
            return Ok(plan);
        }
        let beside = self.beside(paper, &whole, &plan.legend);
        let below = self.below(paper, &whole, &plan.legend);
        match (beside, below) {
            (Ok(beside), Ok(below)) => Ok(if beside.is_better(&below) { beside } else { below }),
            (Ok(plan), Err(_)) | (Err(_), Ok(plan)) => Ok(plan),
            (Err(error), Err(_)) => Err(error),
        }
    }

    /// Whether the legend can stand on the map without covering the subject.
    fn has_room(&self, plan: &SheetPlan) -> bool {
        let [width, height] = plan.frame.size;
        let size = panel_size(plan.legend_box(self.spec).size);
        let is_small =
            size[1] <= MOST_HEIGHT * height && size[0] * size[1] <= MOST_SURFACE * width * height;
        is_small
            && Room::new(plan.frame, self.shape, self.spec.sheet.index.is_some())
                .best(size, 0.0)
                .is_some()
    }

    fn beside(
        &self,
        paper: [f64; 2],
        whole: &Division,
        legend: &Legend,
    ) -> Result<SheetPlan, SheetError> {
        let heading = legend_heading(&self.spec.content);
        let most = LEGEND[0].min(whole.map[2] * 0.4);
        let mut columns = 1;
        loop {
            let made = LegendBox::new(legend, &heading, most, 3, columns);
            if made.size[1] <= whole.map[3] || columns > 3 {
                let part = self.divide(paper, [made.size[0] + GAP, 0.0])?;
                return Ok(self.at(paper, &part, LegendPlace::Beside(columns, most)));
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
        let heading = legend_heading(&self.spec.content);
        let width = whole.map[2];
        let mut columns = columns_of(width, LEGEND[0]);
        loop {
            #[expect(clippy::cast_precision_loss, reason = "a few")]
            let column = ((width - 20.0 * (columns - 1) as f32) / columns as f32).min(LEGEND[0]);
            let made = LegendBox::new(legend, &heading, column, 3, columns);
            let fits = made.size[1] <= MOST_BELOW * whole.page[1];
            if fits || columns >= columns_of(width, LEGEND[1]) {
                let part = self.divide(paper, [0.0, made.size[1] + GAP])?;
                return Ok(self.at(paper, &part, LegendPlace::Below(columns, column)));
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
        let header = Header::new(self.spec, width - NORTH - GAP);
        let footer = Footer::new(
            (self.spec, None, &self.counts),
            width,
            unit,
            (100_000, &self.sample_statement()),
            3,
        );
        let map = [
            margin,
            margin + header.height(),
            width - spare[0],
            page[1]
                - 2.0 * margin
                - header.height()
                - footer.height()
                - spare[1]
                - self.index_height,
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

    /// The plan of a division at its scale.
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
        let content = &self.spec.content;
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
            legend: legend(content, frame, true),
            legend_place,
            page: division.page,
            margin: division.margin,
            index_height: self.index_height,
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
    /// Whether a map is larger than another: its scale, then its surface.
    fn is_better(&self, other: &SheetPlan) -> bool {
        let surface = |plan: &SheetPlan| plan.frame.size[0] * plan.frame.size[1];
        let key = |plan: &SheetPlan| (!plan.fits_unmoved, plan.denominator);
        key(self) < key(other) || (key(self) == key(other) && surface(self) > surface(other))
    }

    /// Its legend laid out for its place.
    pub(super) fn legend_box(&self, spec: &SheetSpec<'_>) -> LegendBox {
        let heading = legend_heading(&spec.content);
        let [width, _] = self.frame.size;
        let (columns, most, lines) = match self.legend_place {
            LegendPlace::Nowhere | LegendPlace::OnMap => (1, LEGEND[0].min(width * 0.4), 2),
            LegendPlace::Beside(columns, most) | LegendPlace::Below(columns, most) => {
                (columns, most, 3)
            }
        };
        LegendBox::new(&self.legend, &heading, most, lines, columns)
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small number")]
fn columns_of(width: f32, column: f32) -> usize {
    ((width + 20.0) / (column + 20.0)).floor().max(1.0) as usize
}

/// The largest error of the scale within a frame, as a share: how much longer or shorter than
/// the scale says a length anywhere on it is, in either direction.
fn scale_error(frame: Frame) -> f64 {
    const LOOKS: u8 = 5;
    let extent = frame.extent(0.0);
    let share = |step: u8| f64::from(step) / f64::from(LOOKS - 1);
    let places = (0..LOOKS).flat_map(|x| (0..LOOKS).map(move |y| [x, y]));
    let places = places.map(|[x, y]| {
        [extent.min_x + extent.width() * share(x), extent.min_y + extent.height() * share(y)]
    });
    let scales = places.filter_map(|place| frame.plane.scales(place)).flatten();
    scales.map(|scale| (scale - 1.0).abs()).fold(0.0, f64::max)
}
