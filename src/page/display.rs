//! What is on a page, in order from the bottom to the top.

use std::sync::Arc;

use crate::style::ramp::Vision;
use crate::style::{Color, Dash, Join, Symbol};
use crate::text::{Line, Outline};

/// A page: a list of things to draw, in units of the page from its top left corner, y pointing
/// down.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DisplayList {
    /// The page's width.
    pub width: f32,
    /// The page's height.
    pub height: f32,
    /// The size of a unit on paper: 25.4 / 96 for points of the screen, 1 for millimetres.
    pub millimetres_per_unit: f32,
    /// What is drawn, the lowest first.
    pub groups: Vec<Group>,
}

impl DisplayList {
    /// The size of a point of the screen (1/96 inch), page units.
    pub fn screen_point(&self) -> f32 {
        25.4 / 96.0 / self.millimetres_per_unit.max(f32::MIN_POSITIVE)
    }

    /// The texts on the page, in drawing order; wrapped texts line by line.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.groups.iter().flat_map(|group| &group.items).filter_map(|item| match item {
            Item::Text(text) => Some(text.line.text.as_str()),
            Item::Glyphs(run) => Some(run.line.text.as_str()),
            _ => None,
        })
    }

    /// Makes it look as people with another vision see it, or as a copier makes it.
    pub(super) fn see(&mut self, vision: Vision) {
        for item in self.groups.iter_mut().flat_map(|group| &mut group.items) {
            let colors: [Option<&mut Color>; 2] = match item {
                Item::Shape(shape) => {
                    [shape.fill.as_mut(), shape.stroke.as_mut().map(|stroke| &mut stroke.color)]
                }
                Item::Text(text) => [Some(&mut text.color), None],
                Item::Glyphs(run) => [Some(&mut run.color), None],
                Item::Image(image) => {
                    let mut rgba = image.rgba.to_vec();
                    vision.see(&mut rgba);
                    image.rgba = rgba.into();
                    [None, None]
                }
            };
            colors.into_iter().flatten().for_each(|color| *color = vision.of(*color));
        }
    }

    /// How many characters no font has.
    pub fn missing_glyphs(&self) -> u64 {
        let items = self.groups.iter().flat_map(|group| &group.items);
        let missing = items.map(|item| match item {
            Item::Text(text) => text.line.missing as u64,
            Item::Glyphs(run) => run.line.missing as u64,
            _ => 0,
        });
        missing.sum()
    }
}

/// What a group is on a page: which can be switched off where the writer has layers, and what is
/// read to those who do not see it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Role {
    /// Decoration around the map and on it.
    #[default]
    Furniture,
    /// A layer of the map, which has a name for people.
    Layer,
    /// The title.
    Title,
    /// Other text to read.
    Text,
}

/// Things that belong together, such as a layer of the map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// What a person calls it.
    pub name: String,
    /// What it is on the page.
    pub role: Role,
    /// Only what lies inside is drawn: left, top, right, bottom. None for the whole page.
    pub clip: Option<[f32; 4]>,
    /// What is drawn, the lowest first.
    pub items: Vec<Item>,
}

impl Group {
    /// The same within a rectangle of the page (left, top, right, bottom), moved; none where nothing
    /// of it is there.
    pub(super) fn piece(&self, rect: [f32; 4], by: [f32; 2]) -> Option<Group> {
        let own = self.clip.unwrap_or(rect);
        let clip =
            [own[0].max(rect[0]), own[1].max(rect[1]), own[2].min(rect[2]), own[3].min(rect[3])];
        if clip[0] >= clip[2] || clip[1] >= clip[3] {
            return None;
        }
        let meets = |item: &&Item| {
            item.bounds().is_none_or(|[left, top, right, bottom]| {
                left <= clip[2] && clip[0] <= right && top <= clip[3] && clip[1] <= bottom
            })
        };
        let items: Vec<Item> =
            self.items.iter().filter(meets).map(|item| item.clone().moved(by)).collect();
        let [left, top, right, bottom] = clip;
        let clip = Some([left + by[0], top + by[1], right + by[0], bottom + by[1]]);
        (!items.is_empty()).then(|| Group { clip, items, ..self.clone_without_items() })
    }

    fn clone_without_items(&self) -> Group {
        Group { name: self.name.clone(), role: self.role, clip: self.clip, items: Vec::new() }
    }
}

impl Item {
    /// What it covers at most: left, top, right, bottom; none where that is not told.
    fn bounds(&self) -> Option<[f32; 4]> {
        match self {
            Item::Shape(shape) => {
                let by = shape.stroke.map_or(0.0, |stroke| stroke.width * 2.0);
                let [left, top, right, bottom] = shape.outline.bounds()?;
                Some([left - by, top - by, right + by, bottom + by])
            }
            Item::Image(Image { at, size, .. }) => {
                Some([at[0], at[1], at[0] + size[0], at[1] + size[1]])
            }
            Item::Text(_) | Item::Glyphs(_) => None,
        }
    }

    /// The same, moved to the right and down.
    fn moved(self, [dx, dy]: [f32; 2]) -> Item {
        let to = |[x, y]: [f32; 2]| [x + dx, y + dy];
        match self {
            Item::Shape(shape) => {
                let mut outline = Outline::new();
                outline.push_placed(&shape.outline, 1.0, [dx, dy]);
                Item::Shape(Shape { outline, ..shape })
            }
            Item::Text(text) => Item::Text(TextItem { at: to(text.at), ..text }),
            Item::Glyphs(run) => {
                let places = run.places.iter().map(|(at, angle)| (to(*at), *angle)).collect();
                Item::Glyphs(GlyphRun { places, ..run })
            }
            Item::Image(image) => Item::Image(Image { at: to(image.at), ..image }),
        }
    }
}

/// One thing to draw.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A path.
    Shape(Shape),
    /// A line of text.
    Text(TextItem),
    /// A line of text along a curve.
    Glyphs(GlyphRun),
    /// A picture.
    Image(Image),
}

/// A path, filled (even-odd), then stroked.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// The path.
    pub outline: Outline,
    /// The colour inside.
    pub fill: Option<Color>,
    /// The line along it.
    pub stroke: Option<Stroke>,
}

/// A line along a path, with round ends where it is in one piece.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub color: Color,
    /// Its width.
    pub width: f32,
    /// In which pieces it is.
    pub dash: Dash,
    /// Its corners.
    pub join: Join,
}

impl Stroke {
    /// The outline of a symbol.
    pub fn of(symbol: Symbol) -> Stroke {
        let Symbol { stroke, stroke_width, dash, join, .. } = symbol;
        Stroke { color: stroke, width: stroke_width, dash, join }
    }

    /// How long its pieces and the gaps between them are; empty for one piece. Those of a line
    /// thinner than a width are as long as those of one of that width, so that they can be told
    /// apart.
    pub fn dashes(self, least_width: f32) -> impl ExactSizeIterator<Item = f32> {
        self.dash.pattern().iter().map(move |part| part * self.width.max(least_width))
    }

    /// In one piece, with round corners.
    pub fn plain(color: Color, width: f32) -> Stroke {
        Stroke { color, width, dash: Dash::Solid, join: Join::Round }
    }
}

/// A line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct TextItem {
    /// The shaped text.
    pub line: Line,
    /// The left end of its baseline.
    pub at: [f32; 2],
    /// Its colour.
    pub color: Color,
    /// How much bolder than the font, as a share of its size: the letters are stroked this wide.
    pub weight: f32,
}

/// A line of text of which each glyph has a place of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct GlyphRun {
    /// The shaped text.
    pub line: Line,
    /// Where the baseline of each glyph starts, and its angle clockwise, radians.
    pub places: Vec<([f32; 2], f32)>,
    /// Its colour.
    pub color: Color,
    /// How much bolder than the font, as a share of its size.
    pub weight: f32,
}

/// A picture stretched over a rectangle.
#[derive(Clone, PartialEq)]
pub struct Image {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
    /// Red, green, blue and straight alpha of each pixel, row by row from the top.
    pub rgba: Arc<[u8]>,
    /// Where its top left corner lies on the page.
    pub at: [f32; 2],
    /// How large it is on the page.
    pub size: [f32; 2],
}

impl std::fmt::Debug for Image {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Image({} × {} at {:?})", self.width, self.height, self.at)
    }
}
