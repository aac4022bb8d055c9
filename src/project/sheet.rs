//! A sheet of paper: what is printed, how large, and what stands on it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::command::{Command, CommandError};
use super::document::{Document, LayerId};
use super::paper::{Orientation, Paper, SheetTiles};
use super::rectangle::Rectangle;
use super::sheet_lists::{IndexBy, ListPlace, SheetIndex, SheetPoint, SheetSum};
use super::sheet_parts::{HouseStyle, SheetPart};
use super::sheet_places::{MovablePart, PartPlace, SheetLogo, TextBlock};
use crate::i18n::Language;
use crate::table::RowKey;

/// A sheet as the person designed it. What it does not say is proposed when it is drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Sheet {
    /// What it is called among others; empty for its title.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// What it shows.
    pub subject: SheetSubject,
    /// The paper.
    pub paper: Paper,
    /// Which way round the paper lies.
    pub orientation: Orientation,
    /// Smaller paper that it is printed over; none for its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub over: Option<SheetTiles>,
    /// The denominator of the scale; none for the largest round scale at which the subject fits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<u32>,
    /// How far the middle of the map lies from that of its subject, metres to the right and up on
    /// the page.
    #[serde(skip_serializing_if = "is_centred")]
    pub shift: [f64; 2],
    /// How far the map is turned clockwise, degrees.
    #[serde(skip_serializing_if = "is_zero")]
    pub turn: f64,
    /// The plane it is drawn in.
    pub plane: SheetPlane,
    /// How it is made up.
    pub house: HouseStyle,
    /// The title; none for the proposed one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The line below the title; none for the proposed one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<String>,
    /// A few words of the person's own below the map.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// What does not stand on it.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub without: BTreeSet<SheetPart>,
    /// The parts that the person put somewhere.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub moved: BTreeMap<MovablePart, PartPlace>,
    /// Blocks of the person's own words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<TextBlock>,
    /// A logo; none without.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo: Option<SheetLogo>,
    /// The index of names; none without.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<SheetIndex>,
    /// Lists beside the index.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub more_lists: Vec<SheetIndex>,
    /// The person's own places on the map, in the order of their numbers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<SheetPoint>,
    /// Where the lists of names and places stand.
    #[serde(skip_serializing_if = "ListPlace::is_best")]
    pub lists: ListPlace,
    /// Fields that are added up over what lies in the subject's area.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sums: Vec<SheetSum>,
    /// A page for each feature of a layer; none for the sheet alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub atlas: Option<SheetAtlas>,
    /// How large text and symbols are, as a share of what is usual for the paper.
    pub size: f32,
    /// How large the letters of a basemap of pictures are.
    #[serde(skip_serializing_if = "BasemapText::is_usual")]
    pub basemap_text: BasemapText,
    /// The language it speaks; none for that of the window.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// What a newer version wrote and this one does not know: kept.
    #[serde(flatten)]
    pub others: Map<String, Value>,
}

impl Default for Sheet {
    fn default() -> Sheet {
        Sheet {
            name: String::new(),
            subject: SheetSubject::default(),
            paper: Paper::A4,
            orientation: Orientation::Best,
            over: None,
            scale: None,
            shift: [0.0; 2],
            turn: 0.0,
            plane: SheetPlane::Local,
            house: HouseStyle::Report,
            title: None,
            subtitle: None,
            text: String::new(),
            without: BTreeSet::new(),
            moved: BTreeMap::new(),
            blocks: Vec::new(),
            logo: None,
            index: None,
            more_lists: Vec::new(),
            points: Vec::new(),
            lists: ListPlace::Best,
            sums: Vec::new(),
            atlas: None,
            size: 1.0,
            basemap_text: BasemapText::Usual,
            language: None,
            others: Map::new(),
        }
    }
}

impl Sheet {
    /// Whether a change to it goes on with the one that made it: a text being typed, a map being
    /// dragged or turned, a number being set.
    pub(super) fn continues(&self, next: &Sheet) -> bool {
        let but = |change: fn(&mut Sheet, &Sheet)| {
            let mut changed = self.clone();
            change(&mut changed, next);
            changed == *next && *self != *next
        };
        but(|sheet, next| sheet.name.clone_from(&next.name))
            || but(|sheet, next| sheet.title.clone_from(&next.title))
            || but(|sheet, next| sheet.subtitle.clone_from(&next.subtitle))
            || but(|sheet, next| sheet.text.clone_from(&next.text))
            || but(|sheet, next| sheet.shift = next.shift)
            || but(|sheet, next| sheet.turn = next.turn)
            || but(|sheet, next| sheet.size = next.size)
            || self.continues_points(next)
            || self.continues_blocks(next)
    }

    /// Whether nothing but one of its places changed: it is being moved, or what it is is being typed.
    fn continues_points(&self, next: &Sheet) -> bool {
        let others = Sheet { points: next.points.clone(), ..self.clone() };
        let changed = || self.points.iter().zip(&next.points).filter(|(own, other)| own != other);
        let is_typed = |(own, other): (&SheetPoint, &SheetPoint)| {
            SheetPoint { text: other.text.clone(), ..own.clone() } == *other
        };
        let is_moved = |(own, other): (&SheetPoint, &SheetPoint)| own.text == other.text;
        others == *next
            && self.points.len() == next.points.len()
            && changed().count() == 1
            && (changed().all(is_typed) || changed().all(is_moved))
    }

    /// Whether nothing but the words of one block changed: they are being typed.
    fn continues_blocks(&self, next: &Sheet) -> bool {
        let others = Sheet { blocks: next.blocks.clone(), ..self.clone() };
        let pairs = || self.blocks.iter().zip(&next.blocks);
        let is_typed = |(own, other): &(&TextBlock, &TextBlock)| {
            own.text != other.text
                && TextBlock { text: other.text.clone(), ..(*own).clone() } == **other
        };
        others == *next
            && self.blocks.len() == next.blocks.len()
            && pairs().filter(|(own, other)| own != other).count() == 1
            && pairs().filter(|(own, other)| own != other).all(|pair| is_typed(&pair))
    }

    /// Without what it took from layers that are gone.
    pub(super) fn forget_layers(&mut self, gone: &[LayerId]) {
        if self.subject.layer().is_some_and(|layer| gone.contains(&layer)) {
            self.subject = SheetSubject::All;
        }
        self.index.take_if(|index| gone.contains(&index.layer));
        self.more_lists.retain(|list| !gone.contains(&list.layer));
        self.atlas.take_if(|atlas| gone.contains(&atlas.layer));
        self.sums.retain(|sum| !gone.contains(&sum.layer));
    }

    /// The index and the lists beside it.
    pub fn layer_lists(&self) -> impl Iterator<Item = &SheetIndex> {
        self.index.iter().chain(&self.more_lists)
    }

    /// Whether a layer is listed without a place on the map, and so need not be on it.
    pub fn only_lists(&self, layer: LayerId) -> bool {
        self.layer_lists().any(|list| list.layer == layer && matches!(list.by, IndexBy::Plain(_)))
    }

    /// Whether its map has a grid, in whose squares names are found.
    pub fn has_grid(&self) -> bool {
        self.layer_lists().any(SheetIndex::has_grid)
    }

    /// Whether a part stands on it: where the house style has it and the person left it.
    pub fn has(&self, part: SheetPart) -> bool {
        !self.without.contains(&part) && self.house.has(part)
    }
}

fn is_centred(shift: &[f64; 2]) -> bool {
    shift.iter().all(|metres| metres.abs() <= 0.0)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
fn is_zero(degrees: &f64) -> bool {
    degrees.abs() <= 0.0
}

/// What a sheet shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SheetSubject {
    /// All layers.
    #[default]
    All,
    /// A rectangle.
    Area(Rectangle),
    /// Some features of a layer: a neighbourhood, or what was selected.
    Features {
        /// The layer.
        layer: LayerId,
        /// The features.
        rows: Vec<RowKey>,
    },
}

impl SheetSubject {
    /// The layer its features are of.
    pub fn layer(&self) -> Option<LayerId> {
        match self {
            SheetSubject::Features { layer, .. } => Some(*layer),
            SheetSubject::All | SheetSubject::Area(_) => None,
        }
    }
}

/// A page for each feature of a layer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SheetAtlas {
    /// The layer.
    pub layer: LayerId,
    /// Whether all pages have one scale: the largest at which every feature fits.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub common_scale: bool,
    /// Whether it begins without a page of all features.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub without_overview: bool,
}

/// The plane a sheet is drawn in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SheetPlane {
    /// Transverse Mercator around the middle of the sheet: true everywhere on it.
    #[default]
    Local,
    /// Belgian Lambert 72.
    Lambert72,
    /// Belgian Lambert 2008.
    Lambert2008,
    /// As on the screen (Web Mercator), true in the middle of the sheet.
    Screen,
}

impl SheetPlane {
    /// All of them, the usual one first.
    pub const ALL: [SheetPlane; 4] =
        [SheetPlane::Local, SheetPlane::Lambert72, SheetPlane::Lambert2008, SheetPlane::Screen];
}

/// How large the letters of a basemap are on paper. Tiles of pictures are finer or coarser for it, and
/// show more or less.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum BasemapText {
    /// Fine print, with the most detail.
    Small,
    /// As on a good street map.
    #[default]
    Usual,
    /// To be read from a step away.
    Large,
}

impl BasemapText {
    /// All of them, the smallest first.
    pub const ALL: [BasemapText; 3] = [BasemapText::Small, BasemapText::Usual, BasemapText::Large];

    /// How large a pixel of the basemap is about on paper, millimetres. Letters on tiles are some ten
    /// pixels high: 1.9 mm is what street maps have. Levels of tiles are a factor of two apart.
    pub fn pixel(self) -> f64 {
        match self {
            BasemapText::Small => 0.13,
            BasemapText::Usual => 0.19,
            BasemapText::Large => 0.27,
        }
    }

    /// How much larger the letters of a basemap of vectors are than usual; what it shows stays the same.
    pub fn letters(self) -> f64 {
        self.pixel() / BasemapText::Usual.pixel()
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
    fn is_usual(&self) -> bool {
        *self == BasemapText::Usual
    }
}

impl Document {
    /// A sheet by its position; a plain one where it is not there.
    pub fn sheet(&self, at: usize) -> Sheet {
        self.sheets.get(at).cloned().unwrap_or_default()
    }

    /// Adds, sets or removes a sheet.
    pub(super) fn change_sheets(&mut self, command: &Command) -> Result<(), CommandError> {
        let count = self.sheets.len();
        match command {
            Command::AddSheet(at, sheet) => {
                self.sheets.insert((*at).min(count), Sheet::clone(sheet));
            }
            Command::SetSheet(at, sheet) => match self.sheets.get_mut(*at) {
                Some(kept) => kept.clone_from(sheet),
                None if *at == count => self.sheets.push(Sheet::clone(sheet)),
                None => return Err(CommandError::NoSheet(*at)),
            },
            Command::RemoveSheet(at) if *at < count => {
                self.sheets.remove(*at);
            }
            Command::RemoveSheet(at) => return Err(CommandError::NoSheet(*at)),
            _ => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{FromEdge, NumberOrder};

    #[test]
    fn a_sheet_is_kept_as_plain_data() {
        let plain = Sheet::default();
        let text = serde_json::to_string(&plain).unwrap();
        assert_eq!(serde_json::from_str::<Sheet>(&text).unwrap(), plain);
        assert_eq!(serde_json::from_str::<Sheet>("{}").unwrap(), plain);
        let place = PartPlace {
            across: FromEdge::Middle(0.0),
            down: FromEdge::End(12.5),
            width: Some(40.0),
        };
        let full = Sheet {
            name: "Voor aan het raam".to_owned(),
            subject: SheetSubject::Features {
                layer: LayerId(3),
                rows: vec![RowKey::Id("7".to_owned())],
            },
            paper: Paper::own(210.5, 400.0).unwrap(),
            orientation: Orientation::Landscape,
            over: Some(SheetTiles { paper: Paper::A4, overlap: 125 }),
            scale: Some(5000),
            shift: [12.5, -3.0],
            turn: 15.0,
            plane: SheetPlane::Lambert72,
            house: HouseStyle::Poster,
            title: Some("Ledeberg".to_owned()),
            subtitle: Some(String::new()),
            text: "Kom langs!".to_owned(),
            without: [SheetPart::North].into(),
            moved: [(MovablePart::Legend, place)].into(),
            blocks: vec![TextBlock { text: "Ingang".to_owned(), size: 14.0, place }],
            logo: Some(SheetLogo { path: "logo.png".to_owned(), place }),
            index: Some(SheetIndex {
                layer: LayerId(4),
                field: Some("straatnaam".to_owned()),
                with_surroundings: true,
                by: IndexBy::Numbers(NumberOrder::Field("volgorde".to_owned())),
            }),
            more_lists: vec![SheetIndex {
                by: IndexBy::Plain(NumberOrder::Field("datum".to_owned())),
                ..SheetIndex::new(LayerId(5))
            }],
            points: vec![SheetPoint { place: [3.72, 51.05], text: "Verzamelplaats".to_owned() }],
            lists: ListPlace::Beside,
            sums: vec![SheetSum { layer: LayerId(4), field: "plaatsen".to_owned() }],
            atlas: Some(SheetAtlas {
                layer: LayerId(3),
                common_scale: true,
                without_overview: true,
            }),
            size: 1.2,
            basemap_text: BasemapText::Large,
            language: Some(Language::English),
            others: Map::from_iter([("fold".to_owned(), Value::from("z"))]),
        };
        let text = serde_json::to_string(&full).unwrap();
        assert_eq!(serde_json::from_str::<Sheet>(&text).unwrap(), full);
        assert!(!full.has(SheetPart::North) && full.has(SheetPart::Title));
    }
}
