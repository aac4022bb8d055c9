//! A style of QGIS as ours.

mod classes;
mod labels;
mod rules;
mod sizes;
mod symbol;

use std::collections::HashMap;

use super::tree::{Element, number};
use crate::i18n::{Arg, Message};
use crate::problem::Problems;
use crate::style::{By, Change, SizeBy, Style, Symbol};
use crate::table::{Field, PartKind};

/// What a file of QGIS says of a layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// How it looks.
    pub style: Style,
    /// What its symbols are for.
    pub kind: Option<PartKind>,
    /// 0 (invisible) to 1, where it is said.
    pub opacity: Option<f32>,
    /// Zoomed out farther than this denominator of the scale it is not drawn.
    pub farthest: Option<u32>,
    /// Zoomed in nearer than this denominator it is not drawn.
    pub nearest: Option<u32>,
    /// What has no counterpart.
    pub problems: Problems,
}

/// Reads a style for a layer with fields: they say which values categories are of. Numbers
/// below the first class and above the last, which QGIS leaves out, are in those classes here.
///
/// # Errors
/// When the text is no style of a layer with features.
pub fn read(text: &str, fields: &[Field]) -> Result<Opened, Message> {
    let text = text.trim_start_matches('\u{feff}');
    let root = Element::root(text)?;
    if root.name() != "qgis" {
        return Err(Message::new("qml-not-a-style"));
    }
    let renderer = root.child("renderer-v2");
    if renderer.is_none() && root.child("labeling").is_none() {
        let is_raster = root.child("pipe").is_some();
        let id = if is_raster { "qml-of-a-raster" } else { "qml-not-a-style" };
        return Err(Message::new(id));
    }
    let mut reading = Reading {
        fields,
        kind: None,
        symbols: HashMap::new(),
        size: None,
        problems: Problems::new(),
    };
    let mut style = renderer.map_or_else(Style::default, |renderer| reading.renderer(renderer));
    style.size = reading.size.take();
    style.labels = reading.labeling(&root);
    reading.around(&root);
    let scale = |name: &str| {
        let is_ranged = root.is("hasScaleBasedVisibilityFlag", false);
        root.number(name).filter(|_| is_ranged).and_then(denominator)
    };
    let opacity = root.child("layerOpacity").and_then(|opacity| number(opacity.text()));
    #[expect(clippy::cast_possible_truncation, reason = "0 to 1")]
    let opacity = opacity.map(|opacity| opacity.clamp(0.0, 1.0) as f32);
    Ok(Opened {
        style,
        kind: reading.kind,
        opacity,
        farthest: scale("minScale"),
        nearest: scale("maxScale"),
        problems: reading.problems,
    })
}

/// A denominator of the scale that means something.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 1e8")]
fn denominator(number: f64) -> Option<u32> {
    (1.0..1e8).contains(&number).then(|| number.round() as u32)
}

/// A style being read.
struct Reading<'a> {
    fields: &'a [Field],
    kind: Option<PartKind>,
    /// Symbols that were read, by their name.
    symbols: HashMap<String, Symbol>,
    /// How symbols follow a number.
    size: Option<SizeBy>,
    problems: Problems,
}

impl Reading<'_> {
    fn tell(&mut self, id: &'static str, args: Vec<(&'static str, Arg)>) {
        self.problems.report(id, 1, args, None);
    }

    /// Something that has no counterpart, by the name that QGIS' files have for it.
    fn left_out(&mut self, what: &str) {
        self.tell("problem-qml-left-out", vec![("what", Arg::Text(what.to_owned()))]);
    }

    fn renderer(&mut self, renderer: &Element<'_>) -> Style {
        let kind = renderer.text_of("type").into_owned();
        // Some draw as another one does, in a way of their own.
        if let Some(inner) = renderer.child("renderer-v2") {
            self.left_out(&kind);
            return self.renderer(inner);
        }
        let symbols = renderer.child("symbols").into_iter().flat_map(|all| all.all("symbol"));
        for element in symbols {
            let symbol = self.symbol(element);
            self.symbols.insert(element.text_of("name").into_owned(), symbol);
        }
        if renderer.child("rotation").and_then(|it| it.get("field")).is_some() {
            self.left_out("rotation");
        }
        if renderer.child("sizescale").and_then(|it| it.get("field")).is_some() {
            self.left_out("sizescale");
        }
        match kind.as_str() {
            "singleSymbol" => self.first().into(),
            "categorizedSymbol" => self.categories(renderer),
            "graduatedSymbol" => self.ranges(renderer),
            "RuleRenderer" => self.rules(renderer),
            "nullSymbol" => self.first().in_opacity(0.0).into(),
            _ => {
                self.left_out(&kind);
                self.first().into()
            }
        }
    }

    /// The first symbol; the default where there is none.
    fn first(&self) -> Symbol {
        self.symbols.get("0").copied().unwrap_or_default()
    }

    /// A symbol by its name in the file.
    fn named(&self, element: &Element<'_>) -> Symbol {
        let found = self.symbols.get(&*element.text_of("symbol")).copied();
        found.unwrap_or_else(|| self.first())
    }

    /// What classes have in common, and what is changed about each.
    fn changes(&mut self, symbols: &[Symbol]) -> (Symbol, Vec<Change>) {
        let filled = symbols.iter().find(|symbol| symbol.fill.a > 0);
        let base = filled.or(symbols.first()).copied().unwrap_or_default();
        let kind = self.kind;
        let is_outline =
            kind == Some(PartKind::Line) || (kind == Some(PartKind::Polygon) && base.fill.a == 0);
        let mut different = 0;
        let change = |symbol: &Symbol| {
            let color = if is_outline { symbol.stroke } else { symbol.fill };
            let change = Change {
                color: Some(color.with_alpha(255)),
                shape: (symbol.shape != base.shape).then_some(symbol.shape),
                hatch: (symbol.hatch != base.hatch).then_some(symbol.hatch),
                ..Change::default()
            };
            let made =
                Symbol { shape: symbol.shape, hatch: symbol.hatch, ..base.colored(color, kind) };
            different += u64::from(made != *symbol);
            change
        };
        let changes = symbols.iter().map(change).collect();
        self.problems.add("problem-qml-class-details", different);
        (base, changes)
    }

    /// One symbol for all, because what tells rows apart cannot be read.
    fn without_classes(&mut self, expression: &str) -> Style {
        let args = vec![("expression", Arg::Text(expression.to_owned()))];
        self.tell("problem-qml-expression", args);
        Style { symbol: self.first(), by: By::Nothing, ..Style::default() }
    }

    /// What stands beside the renderer.
    fn around(&mut self, root: &Element<'_>) {
        for name in ["blendMode", "featureBlendMode"] {
            if root.child(name).is_some_and(|mode| !matches!(mode.text(), "" | "0")) {
                self.left_out(name);
            }
        }
        let diagrams = |name: &str| name.ends_with("DiagramRenderer");
        if root.children.iter().any(|child| diagrams(child.name())) {
            self.left_out("DiagramRenderer");
        }
    }
}
