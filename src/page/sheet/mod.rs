//! Sheets of paper that are true to scale.
//!
//! [`plan_sheet`] decides paper, scale and what stands where; [`draw_sheet`] makes the page, which
//! the writers of files turn into PDF, SVG or pixels. A page is laid out in units of 1/96 inch times
//! what the paper allows: text and symbols grow with the paper, and map, legend and labels are
//! drawn by the same code as on the screen.

mod counts;
mod edges;
mod error;
mod index;
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
pub use words::{paper_words, read_scale, scale_words};

use self::edges::{Footer, Header};
use self::index::{Entry, Grid, IndexBlock};
use self::plan::LegendPlace;
use self::room::Room;
use super::content::{MapContent, ground_groups, layer_groups};
use super::display::{DisplayList, Group, Item, Role, Shape, Stroke};
use super::furniture::{GREY_INK, INK, PAPER, PLAIN, text};
use super::labels::{Dropped, Surroundings, Written, labels};
use super::pdf::Viewport;
use super::pixels::render;
use crate::jobs::Watch;
use crate::problem::Problems;
use crate::project::{HouseStyle, Sheet, SheetPart};
use crate::style::ramp::Vision;
use crate::text::{Outline, shape};

/// What a sheet is made of.
#[derive(Clone, Debug)]
pub struct SheetSpec<'a> {
    /// The person's design.
    pub sheet: &'a Sheet,
    /// What it shows.
    pub subject: Subject<'a>,
    /// Which page it is of how many; none for a sheet by itself.
    pub number: Option<(usize, usize)>,
    /// What the map shows. The basemap's tiles are those of [`SheetPlan::tiles`].
    pub content: MapContent<'a>,
}

impl SheetSpec<'_> {
    /// What the sheet is called, for those who look for its file: its title, or what would be it.
    pub fn title(&self) -> String {
        let titled = Sheet { house: HouseStyle::Report, without: [].into(), ..self.sheet.clone() };
        let spec = SheetSpec { sheet: &titled, subject: self.subject.clone(), ..*self };
        words::title(&spec).unwrap_or_default()
    }
}

/// A sheet, drawn.
#[derive(Clone, Debug)]
pub struct SheetPage {
    /// The page.
    pub page: DisplayList,
    /// The pages that belong to it: an index too long for the sheet.
    pub more: Vec<DisplayList>,
    /// How many labels stand on the map.
    pub labels: u64,
    /// The labels there was no room for.
    pub dropped: Vec<Dropped>,
    /// How many lines the legend has.
    pub legend_items: usize,
    /// How many names the index has.
    pub index_entries: usize,
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
    let mut room = Room::new(frame, &plan.shape, spec.sheet.index.is_some());
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
    let listed = plan.entries(spec, watch)?;
    let index_entries = listed.as_ref().map_or(0, Vec::len);
    let (index, more) = index_of(plan, spec, listed, &mut cut);
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
    groups.extend(surroundings::band(frame, &plan.shape));
    groups.extend(layers);
    let [outside, inside] = written.groups;
    groups.extend(veil);
    groups.extend(surroundings::edge(frame, &plan.shape));
    if index_entries > 0 {
        groups.push(Grid::of(frame).draw(frame));
    }
    groups.extend(outside);
    groups.extend(inside);
    groups.push(named("panels", panels));
    groups.extend(locator.into_iter().flatten());
    groups.push(named("frame", items));
    if !index.is_empty() {
        groups.push(Group { role: Role::Text, ..named("index", index) });
    }
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
    let mut more = more;
    if spec.sheet.house == HouseStyle::Copy {
        more.iter_mut().for_each(|page| page.see(Vision::Grey));
    }
    let viewport = viewport::viewport(plan);
    let labels = written.shown;
    Ok(SheetPage { page, more, labels, dropped, legend_items, index_entries, viewport, problems })
}

/// The index below the map, or as pages of its own.
fn index_of(
    plan: &SheetPlan,
    spec: &SheetSpec<'_>,
    listed: Option<Vec<Entry>>,
    cut: &mut u64,
) -> (Vec<Item>, Vec<DisplayList>) {
    let (Some(entries), Some(index)) = (listed, &spec.sheet.index) else {
        return (Vec::new(), Vec::new());
    };
    let layer = spec.content.document.layer(index.layer);
    let heading = layer.map(|layer| layer.name.as_str()).unwrap_or_default();
    let width = plan.page[0] - 2.0 * plan.margin;
    let block = IndexBlock::new(entries.clone(), heading, width);
    let mut items = Vec::new();
    if block.height + plan::GAP <= plan.index_height + 0.01 {
        let [.., bottom] = plan.frame.rect(0.0);
        let top = bottom + below_map(plan, spec) + plan::GAP;
        *cut += block.draw([plan.margin, top], &mut items);
        return (items, Vec::new());
    }
    let heading = match spec.subject.name() {
        Some(name) => format!("{name}: {heading}"),
        None => heading.to_owned(),
    };
    #[expect(clippy::cast_possible_truncation, reason = "below one")]
    let unit = plan.frame.millimetres_per_unit as f32;
    let (pages, cut_there) = index::pages(&entries, &heading, plan.page, plan.margin, unit);
    *cut += cut_there;
    (items, pages)
}

/// The height of a legend below the map, with the gap above it.
fn below_map(plan: &SheetPlan, spec: &SheetSpec<'_>) -> f32 {
    match plan.legend_place {
        LegendPlace::Below(..) => plan.legend_box(spec).size[1] + plan::GAP,
        _ => 0.0,
    }
}

/// How wide title and subtitle may be: beside them is room for the arrow to the north.
fn header_width(plan: &SheetPlan) -> f32 {
    plan.page[0] - 2.0 * plan.margin - on_map::NORTH - plan::GAP
}

/// The size of the number of a page.
const PAGE_NUMBER: f32 = 9.0;

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
    let footer = Footer::new(
        (spec, Some(frame), &plan.counts),
        width,
        unit,
        (plan.denominator, &words),
        lines,
    );
    cut += footer.cut;
    let [.., bottom] = frame.rect(0.0);
    let below = below_map(plan, spec);
    let top = bottom + below + plan.index_height;
    footer.draw([plan.margin, top], frame, spec, under);
    if let Some((number, of)) = spec.number {
        let line = shape(&format!("{number} / {of}"), PAGE_NUMBER);
        let right = plan.page[0] - plan.margin - line.width;
        let baseline = plan.page[1] - plan.margin * 0.5;
        under.push(text(line, [right, baseline], GREY_INK, PLAIN));
    }
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
