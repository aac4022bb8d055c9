//! Sheets of paper that are true to scale.
//!
//! [`plan_sheet`] decides paper, scale and what stands where; [`draw_sheet`] makes the page, which
//! the writers of files turn into PDF, SVG or pixels. A page is laid out in units of 1/96 inch times
//! what the paper allows: text and symbols grow with the paper, and map, legend and labels are
//! drawn by the same code as on the screen.

mod blocks;
mod counts;
mod covered;
mod edges;
mod error;
mod index;
mod on_map;
mod parts;
mod plan;
mod planner;
mod room;
mod scales;
mod subject;
mod surroundings;
mod viewport;
mod words;

pub use error::SheetError;
pub use parts::{LogoPixels, SheetThing, ThingPlace};
pub use plan::{SheetPlan, plan_sheet};
pub use scales::{next_scale, round_scales};
pub use subject::Subject;
pub use words::{paper_words, read_scale, scale_words};

use self::edges::{Footer, Header};
use self::index::{Discs, Grid, ListBlocks, place};
use self::parts::Parts;
use self::plan::LegendPlace;
use self::planner::ListRoom;
use super::content::{FigureLayer, MapContent, ground_groups, layer_groups};
use super::display::{DisplayList, Group, Item, Role, Shape, Stroke};
use super::frame::Frame;
use super::furniture::{GREY_INK, INK, PAPER, PLAIN, text};
use super::glance::Glance;
use super::labels::{Dropped, Surroundings, Written, labels};
use super::pdf::Viewport;
use crate::jobs::Watch;
use crate::problem::Problems;
use crate::project::{HouseStyle, IndexBy, LayerId, MovablePart, Sheet, SheetPart};
use crate::style::Style;
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
    /// The pixels of its logo; none without, and where they cannot be read.
    pub logo: Option<&'a LogoPixels>,
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
    /// Where the things stand that can be taken hold of.
    pub places: Vec<ThingPlace>,
    /// Where the map lies on the earth; none where that cannot be told.
    pub viewport: Option<Viewport>,
    /// What is missing or was changed.
    pub problems: Problems,
}

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
    let veil = surroundings::veil(frame, &plan.shape).filter(|_| spec.sheet.has(SheetPart::Veil));

    let mut parts = Parts::new(plan, spec);
    parts.draw_own(&mut problems);
    let mut items = vec![Item::Shape(Shape {
        outline: Outline::rectangle(frame.at, frame.size),
        fill: None,
        stroke: Some(Stroke::plain(INK, 0.9)),
    })];
    let mut locator = None;
    // What the person put somewhere comes first, and the others find room beside it.
    for is_moved in [true, false] {
        let is_now = |part| parts.moved(part).is_some() == is_moved;
        let [has_legend, has_north, has_locator] =
            [MovablePart::Legend, MovablePart::North, MovablePart::Locator].map(is_now);
        if has_legend {
            let ink = match plan.legend_place {
                LegendPlace::OnMap => {
                    let layers: Vec<&Group> = layers.iter().collect();
                    Some(Glance::of(&layers, plan.page, watch)?)
                }
                _ => None,
            };
            on_map::draw_legend(&mut parts, ink.as_ref(), &mut items);
        }
        if has_north && spec.sheet.has(SheetPart::North) {
            let header = Header::new(spec, header_width(plan), false);
            let has_room = header.height() > on_map::NORTH;
            let corner = has_room.then_some([plan.page[0] - plan.margin, plan.margin]);
            on_map::draw_north(&mut parts, corner);
        }
        if has_locator && spec.sheet.has(SheetPart::Locator) {
            locator = on_map::draw_locator(&mut parts, watch)?;
        }
    }
    let Parts { room, panels, above, title: moved_title, mut places, mut cut, .. } = parts;
    let discs = place(&plan.lists.points, frame, room.taken());
    tell_lists(plan, &discs, &mut problems);
    covered::tell_covered(&content, frame, room.taken(), &watch.unseen(), &mut problems)?;
    let written = if spec.sheet.has(SheetPart::Labels) {
        let is_inside = |at: [f64; 2]| room.is_in_subject(at);
        let mut taken = room.taken().to_vec();
        taken.extend(discs.taken());
        if plan.lists.has_grid {
            taken.extend(Grid::of(frame).taken());
        }
        let around = Surroundings { is_inside: &is_inside, taken: &taken };
        labels_of(spec, &content, (frame, &around), watch, &mut problems)?
    } else {
        Written::default()
    };
    watch.advance(1);
    let mut texts = [Vec::new(), Vec::new()];
    let index_entries = plan.lists.count();
    let (index, more) = lists_of(plan, spec, &mut cut);
    cut += edges(plan, spec, &mut texts, &mut places);
    let [mut title, footer] = texts;
    title.extend(moved_title);
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
    groups.extend(veil);
    groups.extend(surroundings::edge(frame, &plan.shape));
    if plan.lists.has_grid {
        groups.push(Grid::of(frame).draw(frame));
    }
    groups.extend(written.group);
    if !plan.lists.points.is_empty() {
        groups.push(discs.draw(frame));
    }
    groups.push(named("panels", panels));
    groups.extend(locator.into_iter().flatten());
    groups.push(named("frame", items));
    if !index.is_empty() {
        groups.push(Group { role: Role::Text, ..named("index", index) });
    }
    groups.push(Group { role: Role::Title, ..named("title", title) });
    groups.push(Group { role: Role::Text, ..named("about", footer) });
    groups.extend(Parts::group(above));
    #[expect(clippy::cast_possible_truncation, reason = "below one")]
    let millimetres_per_unit = frame.millimetres_per_unit as f32;
    let [width, height] = plan.page;
    let mut page = DisplayList { width, height, millimetres_per_unit, groups };
    if spec.sheet.house == HouseStyle::Copy {
        page.see(Vision::Grey);
    }
    problems.add("problem-figure-glyphs", page.missing_glyphs());
    watch.advance(1);
    let legend_items = plan.legend_items;
    let dropped = written.dropped;
    let mut more = more;
    if spec.sheet.house == HouseStyle::Copy {
        more.iter_mut().for_each(|page| page.see(Vision::Grey));
    }
    let viewport = viewport::viewport(plan);
    let labels = written.shown;
    Ok(SheetPage {
        page,
        more,
        labels,
        dropped,
        legend_items,
        index_entries,
        places,
        viewport,
        problems,
    })
}

/// Tells what was left out of the lists, and which numbers stand close.
fn tell_lists(plan: &SheetPlan, discs: &Discs, problems: &mut Problems) {
    problems.extend(plan.counts.problems.clone());
    problems.extend(plan.lists.problems.clone());
    problems.add("problem-sheet-numbers-together", discs.together);
    problems.add("problem-sheet-numbers-crowded", discs.crowded);
}

/// The labels of the map; a layer whose features have numbers needs no names beside them.
fn labels_of(
    spec: &SheetSpec<'_>,
    content: &MapContent<'_>,
    (frame, around): (Frame, &Surroundings<'_>),
    watch: &Watch,
    problems: &mut Problems,
) -> Result<Written, SheetError> {
    let lists = spec.sheet.layer_lists();
    let numbered = lists.filter(|list| matches!(list.by, IndexBy::Numbers(_)));
    let numbered: Vec<LayerId> = numbered.map(|list| list.layer).collect();
    let is_numbered = |layer: &&FigureLayer<'_>| numbered.contains(&layer.layer.id);
    let bare = |layer: &FigureLayer<'_>| Style { labels: None, ..layer.style.clone() };
    let styles: Vec<Style> = content.layers.iter().filter(is_numbered).map(bare).collect();
    let mut styles = styles.iter();
    let layers = content.layers.iter().map(|layer| {
        let style = if is_numbered(&layer) { styles.next() } else { None };
        FigureLayer { style: style.unwrap_or(layer.style), ..*layer }
    });
    let layers: Vec<_> = layers.collect();
    let content = MapContent { layers: &layers, ..*content };
    Ok(labels(frame, &content, around, watch, problems)?)
}

/// The lists below the map or beside it, or as pages of their own.
fn lists_of(
    plan: &SheetPlan,
    spec: &SheetSpec<'_>,
    cut: &mut u64,
) -> (Vec<Item>, Vec<DisplayList>) {
    let lists = &plan.lists.all;
    let mut items = Vec::new();
    let [_, top, _, bottom] = plan.frame.rect(0.0);
    match plan.list_room {
        ListRoom::Below(_) => {
            let blocks = ListBlocks::new(lists, plan.width(), None);
            let top = bottom + below_map(plan) + plan::GAP;
            *cut += blocks.draw([plan.margin, top], &mut items);
        }
        ListRoom::Beside(columns, width) => {
            let blocks = ListBlocks::new(lists, width - plan::GAP, Some(columns));
            let left = plan.page[0] - plan.margin - width + plan::GAP;
            *cut += blocks.draw([left, top], &mut items);
        }
        ListRoom::None => {
            #[expect(clippy::cast_possible_truncation, reason = "below one")]
            let unit = plan.frame.millimetres_per_unit as f32;
            let mut more = Vec::new();
            for list in lists {
                let heading = match spec.subject.name() {
                    Some(name) => format!("{name}: {}", list.heading),
                    None => list.heading.clone(),
                };
                let (pages, cut_there) = index::pages(list, &heading, plan.page, plan.margin, unit);
                *cut += cut_there;
                more.extend(pages);
            }
            return (items, more);
        }
    }
    (items, Vec::new())
}

/// The height of a legend below the map, with the gap above it.
fn below_map(plan: &SheetPlan) -> f32 {
    match plan.legend_place {
        LegendPlace::Below => plan.legend.size[1] + plan::GAP,
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
fn edges(
    plan: &SheetPlan,
    spec: &SheetSpec<'_>,
    [above, under]: &mut [Vec<Item>; 2],
    places: &mut Vec<ThingPlace>,
) -> u64 {
    let frame = plan.frame;
    let width = plan.page[0] - 2.0 * plan.margin;
    let unit = frame.millimetres_per_unit;
    let mut note = |part, [left, top]: [f32; 2], [wide, high]: [f32; 2]| {
        let rect = [left, top, left + wide, top + high].map(|length| f64::from(length) * unit);
        places.push(ThingPlace { thing: SheetThing::Part(part), rect });
    };
    let header = Header::new(spec, header_width(plan), false);
    let mut cut = header.cut;
    if let Some(size) = header.size() {
        note(MovablePart::Title, [plan.margin; 2], size);
    }
    header.draw([plan.margin; 2], above);
    let language = spec.content.language;
    let (plane, error) = (spec.sheet.plane, plan.scale_error);
    let words = words::statement(language, plane, frame, plan.denominator, error);
    let words = words.in_language(language);
    let lines = plan.statement_lines.max(1);
    let footer = Footer::new(
        (spec, Some(frame), &plan.counts.words),
        width,
        unit,
        (plan.denominator, &words),
        lines,
    );
    cut += footer.cut;
    let [.., bottom] = frame.rect(0.0);
    let top = bottom + below_map(plan) + plan.list_room.height();
    for (part, at, size) in footer.places([plan.margin, top]) {
        note(part, at, size);
    }
    footer.draw([plan.margin, top], frame, spec, under);
    if let Some((number, of)) = spec.number {
        let line = shape(&format!("{number} / {of}"), PAGE_NUMBER);
        let right = plan.page[0] - plan.margin - line.width;
        let baseline = plan.page[1] - plan.margin * 0.5;
        under.push(text(line, [right, baseline], GREY_INK, PLAIN));
    }
    cut
}
