//! A style as QGIS reads it.

mod classes;
mod crossed;
mod labels;
mod out;
mod rules;
mod symbol;

pub(super) use self::classes::METHODS;
use self::out::Out;
pub(super) use self::rules::{ALL, not_before};
use self::symbol::Sized;
use super::numbers::size_written;
use crate::i18n::{Arg, Language};
use crate::problem::Problems;
use crate::style::qml::measures::POINT;
use crate::style::{By, Change, Class, ClassWords, Partition, Style, Symbol};
use crate::table::{FieldKind, PartKind};

/// The version whose files these are.
const VERSION: &str = "3.22.0-Belfort";

/// What is written of a layer.
#[derive(Clone, Copy, Debug)]
pub struct Dress<'a> {
    /// How it looks.
    pub style: &'a Style,
    /// The classes of its rows; none where all look the same.
    pub partition: Option<&'a Partition>,
    /// The kind of the field that tells its rows apart.
    pub field: Option<FieldKind>,
    /// What it mostly holds: QGIS has other symbols for points, lines and areas.
    pub kind: Option<PartKind>,
    /// 0 (invisible) to 1.
    pub opacity: f32,
    /// Zoomed out farther than this denominator of the scale it is not drawn.
    pub farthest: Option<u32>,
    /// Zoomed in nearer than this denominator it is not drawn.
    pub nearest: Option<u32>,
}

/// A style as QGIS reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// The file.
    pub text: String,
    /// What is lost or different.
    pub problems: Problems,
}

/// Writes a style as QGIS reads it, so that it shows the same map: classes of numbers as the
/// partition has them; classes that QGIS has not by their own means: rows without a number as a
/// number below all others, rows without a value as a value of their own, two numbers crossed as
/// a rule for each class, and rules that leave out the rows of those before them. Labels of classes are in a language.
pub fn write(dress: &Dress<'_>, language: Language) -> Written {
    let mut writing = Writing {
        dress,
        visible: visible(dress.style),
        language,
        out: Out::default(),
        symbols: Vec::new(),
        problems: Problems::new(),
        sized: None,
    };
    writing.whole();
    if !dress.style.together.is_nothing() {
        writing.tell("problem-qml-together", Vec::new());
    }
    Written { text: writing.out.finish(), problems: writing.problems }
}

/// A style with all its classes shown: hidden ones have their symbols in the file, too.
fn visible(style: &Style) -> Style {
    let mut style = style.clone();
    let show = |change: &mut Change| change.hidden = false;
    match &mut style.by {
        By::Nothing => {}
        By::Value(by) => {
            by.listed.iter_mut().for_each(|category| show(&mut category.change));
            show(&mut by.other);
            show(&mut by.missing);
        }
        By::Number(by) => {
            by.changes.iter_mut().for_each(show);
            show(&mut by.missing);
        }
        By::Crossed(by) => {
            by.changes.iter_mut().for_each(show);
            show(&mut by.missing);
        }
        By::Rules(by) => {
            by.rules.iter_mut().for_each(|rule| rule.hidden = false);
            show(&mut by.other);
        }
    }
    style
}

/// A style being written.
struct Writing<'a> {
    dress: &'a Dress<'a>,
    /// The style with all its classes shown.
    visible: Style,
    language: Language,
    out: Out,
    /// The symbols of classes, by their place in the list.
    symbols: Vec<Symbol>,
    problems: Problems,
    /// How symbols follow a number.
    sized: Option<Sized>,
}

/// The symbol of a class if it were shown, and as it is.
type Looks = (Option<Symbol>, Option<Symbol>);

/// A class as it is written.
#[derive(Clone)]
struct Entry {
    label: String,
    symbol: Symbol,
    hidden: bool,
    /// How many rows it has.
    count: u64,
}

impl Writing<'_> {
    fn tell(&mut self, id: &'static str, args: Vec<(&'static str, Arg)>) {
        self.problems.report(id, 1, args, None);
    }

    fn whole(&mut self) {
        let Dress { farthest, nearest, opacity, kind, .. } = *self.dress;
        let is_ranged = farthest.is_some() || nearest.is_some();
        let labels =
            self.dress.style.labels.as_ref().filter(|labels| !labels.what.trim().is_empty());
        let yes = |is: bool| if is { "1" } else { "0" };
        let farthest = farthest.unwrap_or(100_000_000).to_string();
        let nearest = nearest.unwrap_or(0).to_string();
        self.out.begin();
        self.out.open(
            "qgis",
            &[
                ("version", VERSION),
                ("styleCategories", "Symbology|Labeling|Rendering"),
                ("labelsEnabled", yes(labels.is_some_and(|labels| labels.is_on))),
                ("hasScaleBasedVisibilityFlag", yes(is_ranged)),
                ("minScale", &farthest),
                ("maxScale", &nearest),
            ],
        );
        self.prepare_sizes();
        self.renderer();
        if let Some(labels) = labels {
            self.labels(labels);
        }
        self.out.text("blendMode", "0");
        self.out.text("featureBlendMode", "0");
        self.out.text("layerOpacity", &opacity.clamp(0.0, 1.0).to_string());
        let geometry = match kind {
            Some(PartKind::Line) => "1",
            Some(PartKind::Polygon) => "2",
            Some(PartKind::Point) | None => "0",
        };
        self.out.text("layerGeometryType", geometry);
        self.out.close("qgis");
    }

    fn prepare_sizes(&mut self) {
        let Some(size) = &self.dress.style.size else { return };
        if !matches!(self.dress.kind, Some(PartKind::Point) | None) {
            return;
        }
        let largest = self.dress.partition.and_then(|partition| partition.largest).or(size.at);
        match largest {
            Some(at) => {
                let of = size.of.clone();
                let length = f64::from(size.largest) / POINT;
                self.sized = Some(Box::new(move |factor| size_written(&of, length * factor, at)));
            }
            None => self.tell("problem-qml-size-lost", Vec::new()),
        }
    }

    fn renderer(&mut self) {
        let style = self.dress.style;
        match (&style.by, self.dress.partition) {
            (By::Nothing, _) => self.single(),
            (By::Value(by), Some(partition)) => self.categories(by, partition),
            (By::Number(by), Some(partition)) => self.ranges(by, partition),
            (By::Crossed(by), Some(partition)) => self.crossed(by, partition),
            (By::Rules(by), Some(partition)) => self.rules(by, partition),
            (_, None) => {
                self.tell("problem-qml-no-classes", Vec::new());
                self.single();
            }
        }
    }

    fn single(&mut self) {
        self.open_renderer("singleSymbol", &[]);
        self.symbols.push(self.dress.style.symbol);
        self.close_renderer();
    }

    fn open_renderer(&mut self, kind: &str, more: &[(&str, &str)]) {
        let mut attributes = vec![
            ("type", kind),
            ("forceraster", "0"),
            ("symbollevels", "0"),
            ("enableorderby", "0"),
            ("referencescale", "-1"),
        ];
        attributes.extend_from_slice(more);
        self.out.open("renderer-v2", &attributes);
    }

    /// Writes the symbols of all classes and ends the renderer.
    fn close_renderer(&mut self) {
        let symbols = std::mem::take(&mut self.symbols);
        self.out.open("symbols", &[]);
        for (place, symbol) in symbols.iter().enumerate() {
            self.symbol(&place.to_string(), symbol);
        }
        self.out.close("symbols");
        self.out.close("renderer-v2");
    }

    /// The classes of the partition as they are written.
    fn entries(&self, partition: &Partition) -> Vec<Entry> {
        let words = ClassWords::new(self.language, self.dress.field, partition);
        let symbols = self.visible.class_symbols(partition, self.dress.kind);
        let shown = self.dress.style.class_symbols(partition, self.dress.kind);
        let looks = symbols.into_iter().zip(shown);
        let classes = partition.classes.iter().zip(looks).enumerate();
        let entry =
            |(at, ((class, count), (symbol, shown))): (usize, (&(Class, u64), Looks))| Entry {
                label: words.of(self.dress.style, at, class),
                symbol: symbol.unwrap_or(self.dress.style.symbol),
                hidden: shown.is_none(),
                count: *count,
            };
        classes.map(entry).collect()
    }

    /// Keeps a symbol for the list; answers its name there.
    fn keep(&mut self, symbol: Symbol) -> String {
        self.symbols.push(symbol);
        (self.symbols.len() - 1).to_string()
    }
}
