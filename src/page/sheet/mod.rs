//! Sheets of paper that are true to scale.
//!
//! [`plan_sheet`] decides paper, scale and what stands where; [`draw_sheet`] makes the page, which
//! the writers of files turn into PDF, SVG or pixels. A page is laid out in units of 1/96 inch times
//! what the paper allows: text and symbols grow with the paper, and map, legend and labels are
//! drawn by the same code as on the screen.

mod edges;
mod error;
mod on_map;
mod plan;
mod room;
mod scales;
mod subject;
mod surroundings;
mod viewport;
mod words;

pub use error::SheetError;
pub use plan::{SheetPlan, plan_sheet};
pub use scales::{next_scale, round_scales};
pub use subject::Subject;
pub use words::{paper_words, scale_words};

use self::edges::{Footer, Header};
use self::plan::LegendPlace;
use self::room::Room;
use super::content::{MapContent, ground_groups, layer_groups};
use super::display::{DisplayList, Group, Item, Role, Shape, Stroke};
use super::furniture::{INK, PAPER};
use super::labels::{Dropped, Surroundings, Written, labels};
use super::pdf::Viewport;
use super::pixels::render;
use crate::jobs::Watch;
use crate::problem::Problems;
use crate::project::{HouseStyle, Sheet, SheetPart};
use crate::style::ramp::Vision;
use crate::text::Outline;

/// What a sheet is made of.
#[derive(Clone, Debug)]
pub struct SheetSpec<'a> {
    /// The person's design.
    pub sheet: &'a Sheet,
    /// What it shows.
    pub subject: Subject<'a>,
    /// What the map shows. The basemap's tiles are those of [`SheetPlan::tiles`].
    pub content: MapContent<'a>,
}

impl SheetSpec<'_> {
    /// What the sheet is called, for those who look for its file: its title, or what would be it.
    pub fn title(&self) -> String {
        let titled = Sheet { house: HouseStyle::Report, without: [].into(), ..self.sheet.clone() };
        let spec =
            SheetSpec { sheet: &titled, subject: self.subject.clone(), content: self.content };
        words::title(&spec).unwrap_or_default()
    }
}

/// A sheet, drawn.
#[derive(Clone, Debug)]
pub struct SheetPage {
    /// The page.
    pub page: DisplayList,
    /// How many labels stand on the map.
    pub labels: u64,
    /// The labels there was no room for.
    pub dropped: Vec<Dropped>,
    /// How many lines the legend has.
    pub legend_items: usize,
    /// Where the map lies on the earth; none where that cannot be told.
    pub viewport: Option<Viewport>,
    /// What is missing or was changed.
    pub problems: Problems,
}

/// How coarsely it is seen what a legend would cover.
const GLANCE: f32 = 0.1;

/// Draws a sheet for writers that have so many pixels per unit. Takes a moment: call it from a job.
///
/// # Errors
/// When the person cancelled.
pub fn draw_sheet(
    spec: &SheetSpec<'_>,
    plan: &SheetPlan,
    pixels_per_unit: f32,
    watch: &Watch,
) -> Result<SheetPage, SheetError> {
    let mut problems = Problems::new();
    let frame = plan.frame;
    let scale = frame.scale_denominator();
    let in_scale: Vec<_> =
        spec.content.layers.iter().filter(|l| l.layer.scales.shows(scale)).copied().collect();
    let content = MapContent { layers: &in_scale, ..spec.content };
    watch.set_total((content.layers.len() + content.backdrops.len()) as u64 + 3);

    let mut map = ground_groups(frame, &content, pixels_per_unit, watch, &mut problems)?;
    let layers = layer_groups(frame, &content, false, watch, &mut problems)?;
    let mut room = Room::new(frame, &plan.shape);
    let veil = surroundings::veil(frame, &plan.shape).filter(|_| spec.sheet.has(SheetPart::Veil));

    let mut items = vec![Item::Shape(Shape {
        outline: Outline::rectangle(frame.at, frame.size),
        fill: None,
        stroke: Some(Stroke::plain(INK, 0.9)),
    })];
    let mut cut = 0;
    let mut panels = Vec::new();
    match plan.legend_place {
        LegendPlace::Nowhere => {}
        LegendPlace::OnMap => {
            let ink = glance(&layers, plan, watch)?;
            cut += on_map::draw_legend(plan, spec, &mut room, ink, &mut panels);
        }
        LegendPlace::Beside(..) | LegendPlace::Below(..) => {
            let made = plan.legend_box(spec);
            let [left, top, right, bottom] = frame.rect(0.0);
            let at = match plan.legend_place {
                LegendPlace::Below(..) => [left, bottom + plan::GAP],
                _ => [right + plan::GAP, top],
            };
            cut += made.cut;
            made.draw(at, &mut items);
        }
    }
    if spec.sheet.has(SheetPart::North) {
        let header = Header::new(spec, header_width(plan));
        let has_room = header.height() > on_map::NORTH;
        let corner = has_room.then_some([plan.page[0] - plan.margin, plan.margin]);
        on_map::draw_north(frame, spec, (&mut room, corner), &mut panels);
    }
    let locator = if spec.sheet.has(SheetPart::Locator) {
        on_map::draw_locator(plan, spec, &mut room, watch)?
    } else {
        None
    };
    let is_inside = |at: [f64; 2]| room.is_in_subject(at);
    let around = Surroundings { is_inside: &is_inside, taken: room.taken() };
    let written = if spec.sheet.has(SheetPart::Labels) {
        labels(frame, &content, &around, watch, &mut problems)?
    } else {
        Written::default()
    };
    watch.advance(1);
    let mut texts = [Vec::new(), Vec::new()];
    cut += edges(plan, spec, &mut texts);
    let [title, footer] = texts;
    problems.add("problem-figure-text-cut", cut);

    let named = |name: &str, items| Group {
        name: name.to_owned(),
        role: Role::Furniture,
        clip: None,
        items,
    };
    let ground = Item::Shape(Shape {
        outline: Outline::rectangle([0.0, 0.0], plan.page),
        fill: Some(PAPER),
        stroke: None,
    });
    let mut groups = vec![named("page", vec![ground])];
    groups.append(&mut map);
    groups.extend(layers);
    let [outside, inside] = written.groups;
    groups.extend(veil);
    groups.extend(surroundings::edge(frame, &plan.shape));
    groups.extend(outside);
    groups.extend(inside);
    groups.push(named("panels", panels));
    groups.extend(locator.into_iter().flatten());
    groups.push(named("frame", items));
    groups.push(Group { role: Role::Title, ..named("title", title) });
    groups.push(Group { role: Role::Text, ..named("about", footer) });
    #[expect(clippy::cast_possible_truncation, reason = "below one")]
    let millimetres_per_unit = frame.millimetres_per_unit as f32;
    let [width, height] = plan.page;
    let mut page = DisplayList { width, height, millimetres_per_unit, groups };
    if spec.sheet.house == HouseStyle::Copy {
        page.see(Vision::Grey);
    }
    problems.add("problem-figure-glyphs", page.missing_glyphs());
    watch.advance(1);
    let legend_items = plan.legend.entries.iter();
    let legend_items = legend_items.map(|e| 1 + e.classes.len() + e.sizes.len()).sum();
    let dropped = written.dropped;
    let viewport = viewport::viewport(plan);
    Ok(SheetPage { page, labels: written.shown, dropped, legend_items, viewport, problems })
}

/// How wide title and subtitle may be: beside them is room for the arrow to the north.
fn header_width(plan: &SheetPlan) -> f32 {
    plan.page[0] - 2.0 * plan.margin - on_map::NORTH - plan::GAP
}

/// Draws what stands above and below the map; tells how many texts were cut.
fn edges(plan: &SheetPlan, spec: &SheetSpec<'_>, [above, under]: &mut [Vec<Item>; 2]) -> u64 {
    let frame = plan.frame;
    let width = plan.page[0] - 2.0 * plan.margin;
    let header = Header::new(spec, header_width(plan));
    let mut cut = header.cut;
    header.draw([plan.margin; 2], above);
    let language = spec.content.language;
    let (plane, error) = (spec.sheet.plane, plan.scale_error);
    let words = words::statement(language, plane, frame, plan.denominator, error);
    let words = words.in_language(language);
    let unit = frame.millimetres_per_unit;
    let lines = plan.statement_lines.max(1);
    let footer = Footer::new((spec, Some(frame)), width, unit, (plan.denominator, &words), lines);
    cut += footer.cut;
    let [.., bottom] = frame.rect(0.0);
    let below = match plan.legend_place {
        LegendPlace::Below(..) => plan.legend_box(spec).size[1] + plan::GAP,
        _ => 0.0,
    };
    let top = bottom + below;
    footer.draw([plan.margin, top], frame, spec, under);
    cut
}

/// Tells how much of what is drawn a panel would cover.
fn glance(
    layers: &[Group],
    plan: &SheetPlan,
    watch: &Watch,
) -> Result<impl Fn([f32; 2], [f32; 2]) -> u64, SheetError> {
    let [width, height] = plan.page;
    let page = DisplayList { width, height, groups: layers.to_vec(), ..DisplayList::default() };
    let seen = render(&page, GLANCE, watch)?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "on the page")]
    let pixel = |length: f32| (length * GLANCE).max(0.0) as u32;
    Ok(move |at: [f32; 2], size: [f32; 2]| {
        let rows = pixel(at[1])..=pixel(at[1] + size[1]);
        let columns = pixel(at[0])..=pixel(at[0] + size[0]);
        let places = rows.flat_map(|y| columns.clone().map(move |x| [x, y]));
        places.filter_map(|[x, y]| seen.at(x, y)).map(|[.., alpha]| u64::from(alpha)).sum()
    })
}
