//! Which paper, which way round, which scale, and where the map lies on it.

use super::SheetSpec;
use super::counts::{Counted, counts};
use super::error::SheetError;
use super::index::{ListBlocks, Lists};
use super::planner::{ListRoom, Planner};
use super::room::Room;
use super::scales::BOUNDS;
use super::subject::SubjectShape;
use super::words::fit_words;
use crate::crs::{LocalPlane, Plane};
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::page::frame::Frame;
use crate::page::legend_box::LegendBox;
use crate::page::plane::PagePlane;
use crate::page::tiles_behind;
use crate::project::{ListPlace, Paper, PartPlace, SheetPart, SheetPlane};
use crate::table::Extent;
use crate::tiles::TileId;

/// Between the map and a legend or a list beside or below it.
pub(super) const GAP: f32 = 12.0;

/// Where the legend stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum LegendPlace {
    Nowhere,
    /// In a corner of the map.
    OnMap,
    /// Right of the map.
    Beside,
    /// Below the map.
    Below,
    /// Where the person put it.
    Moved(PartPlace),
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
    pub(super) fits_unmoved: bool,
    pub(super) frame: Frame,
    pub(super) shape: SubjectShape,
    /// The legend, laid out for its place.
    pub(super) legend: LegendBox,
    /// How many lines it has.
    pub(super) legend_items: usize,
    pub(super) legend_place: LegendPlace,
    /// The page's width and height, and its white edge, units.
    pub(super) page: [f32; 2],
    pub(super) margin: f32,
    /// The room that the lists have beside the map or below it.
    pub(super) list_room: ListRoom,
    /// What is listed, and what has a number on the map.
    pub(super) lists: Lists,
    /// How many features lie in the subject.
    pub(super) counts: Counted,
    pub(super) statement_lines: usize,
}

impl SheetPlan {
    /// What is listed of what its map shows.
    fn listed(&self, spec: &SheetSpec<'_>, watch: &Watch) -> Result<Lists, SheetError> {
        let has_grid = spec.sheet.has_grid();
        let room = Room::new(self.frame, &self.shape, has_grid);
        Ok(Lists::of(self.frame, spec, &room, watch)?)
    }

    /// The width of the page within its white edges.
    pub(super) fn width(&self) -> f32 {
        self.page[0] - 2.0 * self.margin
    }

    /// The size of a unit of its page, millimetres.
    pub fn millimetres_per_unit(&self) -> f64 {
        self.frame.millimetres_per_unit
    }

    /// The place on the ground, longitude and latitude in WGS 84, of one on the paper, millimetres
    /// from its top left corner; none beside the map.
    pub fn ground(&self, millimetres: [f64; 2]) -> Option<[f64; 2]> {
        let at = millimetres.map(|length| length / self.frame.millimetres_per_unit);
        let [left, top, right, bottom] = self.frame.rect(0.0).map(f64::from);
        // Also false for NaN.
        let is_on_map = (left..=right).contains(&at[0]) && (top..=bottom).contains(&at[1]);
        let mut place = [self.frame.to_plane(at)];
        self.frame.plane.give_lon_lat(&mut place);
        let [place] = place;
        (is_on_map && place.iter().all(|degrees| degrees.is_finite())).then_some(place)
    }

    /// Where a place, longitude and latitude in WGS 84, lies on the paper, millimetres from its top
    /// left corner; none beside the map.
    pub fn on_paper(&self, place: [f64; 2]) -> Option<[f64; 2]> {
        let at = self.frame.to_page(self.frame.plane.of_lon_lat(place)?);
        let millimetres = at.map(|length| length * self.frame.millimetres_per_unit);
        self.ground(millimetres).map(|_| millimetres)
    }

    /// Longitude and latitude of the middle of the map, WGS 84.
    pub fn middle(&self) -> Option<[f64; 2]> {
        let [left, top, right, bottom] = self.frame.rect(0.0).map(f64::from);
        let unit = self.frame.millimetres_per_unit;
        self.ground([f64::midpoint(left, right) * unit, f64::midpoint(top, bottom) * unit])
    }

    /// Where the map lies on the paper: left, top, right and bottom, millimetres.
    pub fn map(&self) -> [f64; 4] {
        self.frame.rect(0.0).map(|length| f64::from(length) * self.frame.millimetres_per_unit)
    }

    /// The white edge of the paper, millimetres.
    pub fn white_edge(&self) -> f64 {
        f64::from(self.margin) * self.frame.millimetres_per_unit
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
    let counted = if spec.sheet.has(SheetPart::Counts) {
        let subject = (&spec.subject, &shape);
        counts(subject, plane, &spec.content, &spec.sheet.sums, watch)?
    } else {
        Counted::default()
    };
    let mut planner = Planner::new(spec, (plane, center), own, &shape, counted);
    let mut plan = planner.best(spec.sheet.paper)?;
    plan.lists = plan.listed(spec, watch)?;
    if plan.lists.count() > 0 {
        let wanted: &[ListPlace] = match spec.sheet.lists {
            ListPlace::Best => &[ListPlace::Below, ListPlace::Beside],
            ListPlace::Beside => &[ListPlace::Beside],
            ListPlace::Below => &[ListPlace::Below],
            ListPlace::Pages => &[],
        };
        let mut best: Option<SheetPlan> = None;
        for place in wanted {
            if let Some(found) = with_lists(&mut planner, *place, &plan, watch)?
                && best.as_ref().is_none_or(|best| found.is_better(best))
            {
                best = Some(found);
            }
        }
        // Long lists have pages of their own.
        plan = best.unwrap_or(plan);
        planner.list_room = plan.list_room;
    }
    if !plan.fits {
        let larger = std::iter::successors(spec.sheet.paper.larger(), |paper| paper.larger());
        plan.larger =
            larger.into_iter().find(|paper| planner.best(*paper).is_ok_and(|plan| plan.fits));
    }
    Ok(plan)
}

/// How often it is looked whether lists have room: the room that they take changes what the map
/// shows, and with it what is listed.
const ROUNDS: u8 = 4;

/// A plan with its lists at a place; none where they have no room there.
fn with_lists(
    planner: &mut Planner<'_>,
    place: ListPlace,
    without: &SheetPlan,
    watch: &Watch,
) -> Result<Option<SheetPlan>, SheetError> {
    let mut seen = without.clone();
    for _ in 0..ROUNDS {
        let Some(room) = planner.room_for(&seen, place) else { return Ok(None) };
        planner.list_room = room;
        // No room for the map.
        let Ok(mut plan) = planner.best(planner.spec.sheet.paper) else { return Ok(None) };
        plan.lists = plan.listed(planner.spec, watch)?;
        if plan.have_lists_room() {
            return Ok(Some(plan));
        }
        seen = plan;
    }
    Ok(None)
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

impl SheetPlan {
    /// Whether a map is larger than another: its scale, then its surface.
    pub(super) fn is_better(&self, other: &SheetPlan) -> bool {
        let surface = |plan: &SheetPlan| plan.frame.size[0] * plan.frame.size[1];
        let key = |plan: &SheetPlan| (!plan.fits_unmoved, plan.denominator);
        key(self) < key(other) || (key(self) == key(other) && surface(self) > surface(other))
    }

    /// Whether its lists fit the room that was left for them.
    fn have_lists_room(&self) -> bool {
        const SLACK: f32 = 0.01;
        match self.list_room {
            ListRoom::None => self.lists.count() == 0,
            ListRoom::Below(height) => {
                ListBlocks::new(&self.lists.all, self.width(), None).height + GAP <= height + SLACK
            }
            ListRoom::Beside(columns, width) => {
                let blocks = ListBlocks::new(&self.lists.all, width - GAP, Some(columns));
                blocks.height <= self.frame.size[1] + SLACK
            }
        }
    }
}

/// The largest error of the scale within a frame, as a share: how much longer or shorter than
/// the scale says a length anywhere on it is, in either direction.
pub(super) fn scale_error(frame: Frame) -> f64 {
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
