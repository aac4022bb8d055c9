//! A sheet of paper: what is printed, how large, and what stands on it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::document::{Document, LayerId};
use super::rectangle::Rectangle;
use crate::i18n::Language;
use crate::table::RowKey;

/// A sheet as the person designed it. What it does not say is proposed when it is drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Sheet {
    /// What it shows.
    pub subject: SheetSubject,
    /// The paper.
    pub paper: Paper,
    /// Which way round the paper lies.
    pub orientation: Orientation,
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
    /// The index of names; none without.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<SheetIndex>,
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
            subject: SheetSubject::default(),
            paper: Paper::A4,
            orientation: Orientation::Best,
            scale: None,
            shift: [0.0; 2],
            turn: 0.0,
            plane: SheetPlane::Local,
            house: HouseStyle::Report,
            title: None,
            subtitle: None,
            text: String::new(),
            without: BTreeSet::new(),
            index: None,
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
        but(|sheet, next| sheet.title.clone_from(&next.title))
            || but(|sheet, next| sheet.subtitle.clone_from(&next.subtitle))
            || but(|sheet, next| sheet.text.clone_from(&next.text))
            || but(|sheet, next| sheet.shift = next.shift)
            || but(|sheet, next| sheet.turn = next.turn)
            || but(|sheet, next| sheet.size = next.size)
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

/// An index of the names of a layer, with the squares of a grid over the map where they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SheetIndex {
    /// The layer.
    pub layer: LayerId,
    /// The field with the names; none for the one that most likely holds them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Whether what lies outside of the subject's area is listed as well.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub with_surroundings: bool,
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

/// The size of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Paper {
    /// 148 × 210 mm.
    A5,
    /// 210 × 297 mm.
    A4,
    /// 297 × 420 mm.
    A3,
    /// 420 × 594 mm.
    A2,
    /// 594 × 841 mm.
    A1,
    /// 841 × 1189 mm.
    A0,
    /// 8½ × 11 inches.
    Letter,
    /// 11 × 17 inches.
    Tabloid,
    /// So many tenths of a millimetre wide and high.
    Own(u32, u32),
}

impl Paper {
    /// Those with a name, the smallest first.
    pub const NAMED: [Paper; 8] = [
        Paper::A5,
        Paper::A4,
        Paper::A3,
        Paper::A2,
        Paper::A1,
        Paper::A0,
        Paper::Letter,
        Paper::Tabloid,
    ];

    /// The smallest and the largest side of paper of one's own, millimetres.
    pub const OWN: (f32, f32) = (50.0, 3000.0);

    /// Width and height upright, millimetres (ISO 216; ANSI/ASME Y14.1). Paper of one's own as it
    /// was given, within what can be.
    pub fn millimetres(self) -> [f32; 2] {
        match self {
            Paper::A5 => [148.0, 210.0],
            Paper::A4 => [210.0, 297.0],
            Paper::A3 => [297.0, 420.0],
            Paper::A2 => [420.0, 594.0],
            Paper::A1 => [594.0, 841.0],
            Paper::A0 => [841.0, 1189.0],
            Paper::Letter => [215.9, 279.4],
            Paper::Tabloid => [279.4, 431.8],
            Paper::Own(width, height) => [width, height].map(|tenths| {
                let (least, most) = Paper::OWN;
                #[expect(clippy::cast_precision_loss, reason = "below 2^24 where it counts")]
                let millimetres = tenths.min(1 << 20) as f32 / 10.0;
                millimetres.clamp(least, most)
            }),
        }
    }

    /// Paper of one's own, millimetres; none beyond what can be.
    pub fn own(width: f32, height: f32) -> Option<Paper> {
        let (least, most) = Paper::OWN;
        let fits = |side: f32| (least..=most).contains(&side);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "looked at")]
        let tenths = |side: f32| (side * 10.0).round() as u32;
        (fits(width) && fits(height)).then(|| Paper::Own(tenths(width), tenths(height)))
    }

    /// Its name, the same in all languages; none for paper of one's own.
    pub fn name(self) -> Option<&'static str> {
        Some(match self {
            Paper::A5 => "A5",
            Paper::A4 => "A4",
            Paper::A3 => "A3",
            Paper::A2 => "A2",
            Paper::A1 => "A1",
            Paper::A0 => "A0",
            Paper::Letter => "Letter",
            Paper::Tabloid => "Tabloid",
            Paper::Own(..) => return None,
        })
    }

    /// The next larger one of the same kind.
    pub fn larger(self) -> Option<Paper> {
        Some(match self {
            Paper::A5 => Paper::A4,
            Paper::A4 => Paper::A3,
            Paper::A3 => Paper::A2,
            Paper::A2 => Paper::A1,
            Paper::A1 => Paper::A0,
            Paper::Letter => Paper::Tabloid,
            Paper::A0 | Paper::Tabloid | Paper::Own(..) => return None,
        })
    }
}

/// Which way round the paper lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Orientation {
    /// The one at which the map is larger.
    #[default]
    Best,
    /// Higher than wide.
    Portrait,
    /// Wider than high.
    Landscape,
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

/// How large the letters of a basemap of pictures are on paper: its tiles are finer or coarser, and
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

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
    fn is_usual(&self) -> bool {
        *self == BasemapText::Usual
    }
}

/// How a sheet is made up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum HouseStyle {
    /// Title above, all that a reader needs below.
    #[default]
    Report,
    /// Large letters, to be read from afar.
    Poster,
    /// In black and white, for the photocopier.
    Copy,
    /// The map with its scale and sources.
    Plain,
}

impl HouseStyle {
    /// All of them.
    pub const ALL: [HouseStyle; 4] =
        [HouseStyle::Report, HouseStyle::Poster, HouseStyle::Copy, HouseStyle::Plain];

    fn has(self, part: SheetPart) -> bool {
        match self {
            HouseStyle::Report | HouseStyle::Copy => true,
            HouseStyle::Poster => part != SheetPart::Statement,
            HouseStyle::Plain => !matches!(
                part,
                SheetPart::Title
                    | SheetPart::Subtitle
                    | SheetPart::Legend
                    | SheetPart::Locator
                    | SheetPart::Counts
                    | SheetPart::North
            ),
        }
    }
}

/// What stands on a sheet beside the map and its sources, which are on every one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SheetPart {
    /// The title.
    Title,
    /// The line below it.
    Subtitle,
    /// The legend.
    Legend,
    /// The bar that distances are measured with.
    ScaleBar,
    /// Where north is.
    North,
    /// A small map of where it is.
    Locator,
    /// What the scale holds for.
    Statement,
    /// A line of 100 mm, to see whether the printer changed the size.
    CheckLine,
    /// How many features of each point layer lie in the subject's area.
    Counts,
    /// The day it was made.
    Date,
    /// A veil over what lies around the subject.
    Veil,
    /// Names on the map.
    Labels,
}

impl SheetPart {
    /// All of them, in the order in which they are listed.
    pub const ALL: [SheetPart; 12] = [
        SheetPart::Title,
        SheetPart::Subtitle,
        SheetPart::Legend,
        SheetPart::Labels,
        SheetPart::Veil,
        SheetPart::ScaleBar,
        SheetPart::North,
        SheetPart::Locator,
        SheetPart::Statement,
        SheetPart::CheckLine,
        SheetPart::Counts,
        SheetPart::Date,
    ];
}

impl Document {
    /// The sheet that is printed: the first of the document's, or a plain one.
    pub fn sheet(&self) -> Sheet {
        self.sheets.first().cloned().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_kept_as_plain_data() {
        let plain = Sheet::default();
        let text = serde_json::to_string(&plain).unwrap();
        assert_eq!(serde_json::from_str::<Sheet>(&text).unwrap(), plain);
        assert_eq!(serde_json::from_str::<Sheet>("{}").unwrap(), plain);
        let full = Sheet {
            subject: SheetSubject::Features {
                layer: LayerId(3),
                rows: vec![RowKey::Id("7".to_owned())],
            },
            paper: Paper::own(210.5, 400.0).unwrap(),
            orientation: Orientation::Landscape,
            scale: Some(5000),
            shift: [12.5, -3.0],
            turn: 15.0,
            plane: SheetPlane::Lambert72,
            house: HouseStyle::Poster,
            title: Some("Ledeberg".to_owned()),
            subtitle: Some(String::new()),
            text: "Kom langs!".to_owned(),
            without: [SheetPart::North].into(),
            index: Some(SheetIndex {
                layer: LayerId(4),
                field: Some("straatnaam".to_owned()),
                with_surroundings: true,
            }),
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

    #[test]
    fn paper_has_the_sizes_of_the_standards() {
        for pair in [Paper::A5, Paper::A4, Paper::A3, Paper::A2, Paper::A1] {
            let ([_, height], [width, _]) =
                (pair.millimetres(), pair.larger().unwrap().millimetres());
            assert!((height - width).abs() <= 1.0, "{pair:?}: the long side is the next's short");
        }
        assert_eq!(Paper::own(10.0, 100.0), None);
        assert_eq!(Paper::own(f32::NAN, 100.0), None);
        assert_eq!(Paper::own(100.0, 250.4).map(Paper::millimetres), Some([100.0, 250.4]));
    }
}
