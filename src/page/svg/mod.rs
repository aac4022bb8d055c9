//! The writer of SVG (Scalable Vector Graphics 1.1, W3C, 2011): paths stay paths, pictures stand in
//! the file, and layers of the map are layers to Inkscape.
//!
//! Texts are written in one of two ways. For a picture in a document ([`Letters::Outlines`]) they
//! are the outlines of their letters, so that they look the same everywhere; what they say stands
//! beside them. For paper ([`Letters::Text`]) they are text, each letter where the shaper put it, in
//! fonts that the file holds as far as it uses them; a program that takes no fonts from files
//! (Inkscape) finds Ubuntu by its name or puts another font in its place.

mod letters;
mod picture;
mod webfont;

use std::fmt::Write as _;

use letters::FontFiles;

use super::display::{DisplayList, GlyphRun, Group, Item, Role, Shape, Stroke, TextItem};
use crate::jobs::in_parallel;
use crate::style::{Color, Dash, Join};
use crate::text::{Outline, PathCommand};

/// How text is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Letters {
    /// As the outlines of its letters.
    #[default]
    Outlines,
    /// As text, with the fonts.
    Text,
}

/// How many things are written by one of the threads at a time.
const ITEMS_AT_A_TIME: usize = 8192;

/// A page as an SVG file, and how many pictures on it were left out because they could not be
/// encoded.
pub fn svg(page: &DisplayList, title: &str, letters: Letters) -> (String, u64) {
    let mut out = String::new();
    let (width, height) = (page.width, page.height);
    let millimetres = page.millimetres_per_unit;
    let (wide, high) = (number(width * millimetres), number(height * millimetres));
    let _ = write!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" \
         xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
         xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\" version=\"1.1\" \
         width=\"{wide}mm\" height=\"{high}mm\" viewBox=\"0 0 {} {}\" role=\"img\">\n\
         <title>{}</title>\n",
        number(width),
        number(height),
        escaped(title)
    );
    let fonts = match letters {
        Letters::Outlines => None,
        Letters::Text => Some(FontFiles::of(page)),
    };
    if let Some(fonts) = &fonts {
        out.push_str(&fonts.style());
    }
    let mut names = Names::default();
    let mut left_out = 0;
    for (number, group) in page.groups.iter().enumerate() {
        names.begin(&mut out, number, group);
        let parts = in_parallel(group.items.chunks(ITEMS_AT_A_TIME), |items| {
            let mut writer = Writer {
                out: String::new(),
                left_out: 0,
                fonts: fonts.as_ref(),
                least_dash: page.screen_point(),
            };
            writer.items(items);
            (writer.out, writer.left_out)
        });
        for (part, lost) in parts {
            out.push_str(&part);
            left_out += lost;
        }
        out.push_str("</g>\n");
    }
    out.push_str("</svg>\n");
    (out, left_out)
}

/// The names of layers, of which a file has each once.
#[derive(Default)]
struct Names {
    known: Vec<String>,
}

impl Names {
    /// Begins a group.
    fn begin(&mut self, out: &mut String, at: usize, group: &Group) {
        let mut clip = String::new();
        if let Some([left, top, right, bottom]) = group.clip {
            let _ = writeln!(
                out,
                "<clipPath id=\"clip{at}\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>\
                 </clipPath>",
                number(left),
                number(top),
                number((right - left).max(0.0)),
                number((bottom - top).max(0.0))
            );
            clip = format!(" clip-path=\"url(#clip{at})\"");
        }
        let mut layer = String::new();
        if group.role == Role::Layer {
            let (id, label) = (self.unused(&group.name), escaped(&group.name));
            layer = format!(" id=\"{id}\" inkscape:groupmode=\"layer\" inkscape:label=\"{label}\"");
        }
        let _ = writeln!(out, "<g{layer}{clip}>");
        if !group.name.is_empty() {
            let _ = writeln!(out, "<title>{}</title>", escaped(&group.name));
        }
    }

    /// A name that XML takes for one and that no other layer has.
    fn unused(&mut self, name: &str) -> String {
        let plain = |letter: char| if letter.is_alphanumeric() { letter } else { '_' };
        let wanted = format!("layer_{}", name.chars().map(plain).collect::<String>());
        let mut id = wanted.clone();
        let mut count = 1;
        while self.known.contains(&id) {
            count += 1;
            id = format!("{wanted}_{count}");
        }
        self.known.push(id.clone());
        id
    }
}

struct Writer<'a> {
    out: String,
    left_out: u64,
    /// The fonts of the file; none where text is outlines.
    fonts: Option<&'a FontFiles>,
    /// The least width that dashes are measured in, page units.
    least_dash: f32,
}

impl Writer<'_> {
    fn items(&mut self, items: &[Item]) {
        for alike in items.chunk_by(look_alike) {
            let shapes = || {
                alike.iter().filter_map(|item| match item {
                    Item::Shape(shape) => Some(shape),
                    _ => None,
                })
            };
            if let (Some(first), true) = (shapes().next(), alike.len() > 1) {
                let _ = writeln!(self.out, "<g{}>", self.look(first));
                for shape in shapes() {
                    self.path(&shape.outline, "");
                }
                self.out.push_str("</g>\n");
                continue;
            }
            for item in alike {
                match item {
                    Item::Shape(shape) => {
                        let look = self.look(shape);
                        self.path(&shape.outline, &look);
                    }
                    Item::Text(text) => self.text(text),
                    Item::Glyphs(run) => self.glyphs(run),
                    Item::Image(image) => match picture::element(image) {
                        Some(element) => self.out.push_str(&element),
                        None => self.left_out += 1,
                    },
                }
            }
        }
    }

    fn look(&self, shape: &Shape) -> String {
        let fill = paint("fill", shape.fill);
        let stroke = shape.stroke.map(|stroke| self.stroke(stroke)).unwrap_or_default();
        format!(" fill-rule=\"evenodd\"{fill}{stroke}")
    }

    fn path(&mut self, outline: &Outline, look: &str) {
        self.out.push_str("<path d=\"");
        push_steps(&mut self.out, outline);
        self.out.push('"');
        self.out.push_str(look);
        self.out.push_str("/>\n");
    }

    fn text(&mut self, text: &TextItem) {
        if let Some(fonts) = self.fonts {
            let look = self.ink(text.color, text.weight * text.line.size);
            self.out.push_str(&fonts.text(&text.line, text.at, &look));
            return;
        }
        let mut placed = Outline::new();
        placed.push_placed(&text.line.outline(), 1.0, text.at);
        self.outlined(&placed, &text.line.text, text.color, text.weight * text.line.size);
    }

    fn glyphs(&mut self, run: &GlyphRun) {
        let size = run.line.size;
        if let Some(fonts) = self.fonts {
            let look = self.ink(run.color, run.weight * size);
            self.out.push_str(&fonts.along(&run.line, &run.places, &look));
            return;
        }
        let mut placed = Outline::new();
        for (glyph, (at, angle)) in run.line.glyphs.iter().zip(&run.places) {
            if let Some(outline) = glyph.font.glyph_outline(glyph.id) {
                placed.push_turned(&outline, size, *angle, *at);
            }
        }
        self.outlined(&placed, &run.line.text, run.color, run.weight * size);
    }

    /// How letters look that are bolder by a width.
    fn ink(&self, color: Color, width: f32) -> String {
        let bold =
            if width > 0.0 { self.stroke(Stroke::plain(color, width)) } else { String::new() };
        format!("{}{bold}", paint("fill", Some(color)))
    }

    /// Letters as outlines, and what they say.
    fn outlined(&mut self, outline: &Outline, text: &str, color: Color, width: f32) {
        if outline.is_empty() {
            return;
        }
        let look = self.ink(color, width);
        let _ = write!(self.out, "<path role=\"img\" aria-label=\"{}\" d=\"", escaped(text));
        push_steps(&mut self.out, outline);
        let _ = writeln!(self.out, "\"{look}/>");
    }

    fn stroke(&self, stroke: Stroke) -> String {
        if stroke.width <= 0.0 || stroke.color.a == 0 {
            return String::new();
        }
        let join = match stroke.join {
            Join::Round => "round",
            Join::Miter => "miter",
            Join::Bevel => "bevel",
        };
        let mut out = paint("stroke", Some(stroke.color));
        let width = number(stroke.width);
        let _ = write!(out, " stroke-width=\"{width}\" stroke-linejoin=\"{join}\"");
        if stroke.dash == Dash::Solid {
            out.push_str(" stroke-linecap=\"round\"");
        } else {
            let parts: Vec<String> = stroke.dashes(self.least_dash).map(number).collect();
            let _ = write!(out, " stroke-dasharray=\"{}\"", parts.join(" "));
        }
        out
    }
}

/// Whether two things are paths of the same look.
fn look_alike(one: &Item, other: &Item) -> bool {
    match (one, other) {
        (Item::Shape(one), Item::Shape(other)) => {
            one.fill == other.fill && one.stroke == other.stroke
        }
        _ => false,
    }
}

fn paint(what: &str, color: Option<Color>) -> String {
    let Some(Color { r, g, b, a }) = color.filter(|color| color.a > 0) else {
        return format!(" {what}=\"none\"");
    };
    let opacity = if a == 255 {
        String::new()
    } else {
        format!(" {what}-opacity=\"{}\"", number(f32::from(a) / 255.0))
    };
    format!(" {what}=\"#{r:02x}{g:02x}{b:02x}\"{opacity}")
}

/// Adds the steps of a path (SVG 1.1, section 8.3). Those of straight lines say how far they go
/// from where the one before ended, in whole thousandths, so that nothing adds up.
fn push_steps(out: &mut String, outline: &Outline) {
    let mut at = [0_i64; 2];
    let mut start = at;
    for command in &outline.commands {
        match *command {
            PathCommand::MoveTo(to) => {
                at = to.map(thousandths);
                start = at;
                push_places(out, 'M', &[at]);
            }
            PathCommand::LineTo(to) => {
                let to = to.map(thousandths);
                push_places(out, 'l', &[[to[0] - at[0], to[1] - at[1]]]);
                at = to;
            }
            PathCommand::QuadTo(via, to) => {
                at = to.map(thousandths);
                push_places(out, 'Q', &[via.map(thousandths), at]);
            }
            PathCommand::CubicTo(a, b, to) => {
                at = to.map(thousandths);
                push_places(out, 'C', &[a.map(thousandths), b.map(thousandths), at]);
            }
            PathCommand::Close => {
                out.push('Z');
                at = start;
            }
        }
    }
}

fn push_places(out: &mut String, letter: char, places: &[[i64; 2]]) {
    out.push(letter);
    for (number, value) in places.iter().flatten().enumerate() {
        // A minus keeps numbers apart as well as a space does.
        if number > 0 && *value >= 0 {
            out.push(' ');
        }
        push_thousandths(out, *value);
    }
}

#[expect(clippy::cast_possible_truncation, reason = "within the bounds; NaN is 0")]
fn thousandths(value: f32) -> i64 {
    (f64::from(value) * 1000.0).round().clamp(-1e12, 1e12) as i64
}

/// A number of thousandths as a number with three decimals at most.
fn push_thousandths(out: &mut String, value: i64) {
    if value < 0 {
        out.push('-');
    }
    let (whole, mut rest) = (value.unsigned_abs() / 1000, value.unsigned_abs() % 1000);
    if whole > 0 || rest == 0 {
        let mut digits = [b'0'; 20];
        let (mut left, mut count) = (whole, 0);
        for digit in digits.iter_mut().rev() {
            *digit = b'0' + u8::try_from(left % 10).unwrap_or_default();
            left /= 10;
            count += 1;
            if left == 0 {
                break;
            }
        }
        out.extend(digits.iter().skip(digits.len() - count).map(|digit| char::from(*digit)));
    }
    if rest > 0 {
        out.push('.');
        let mut place = 100;
        while rest > 0 {
            let digit = rest / place;
            out.push(char::from(b'0' + u8::try_from(digit).unwrap_or_default()));
            rest -= digit * place;
            place /= 10;
        }
    }
}

/// A number with three decimals at most; never an exponent, never −0.
fn number(value: f32) -> String {
    let mut out = String::new();
    push_thousandths(&mut out, thousandths(value));
    out
}

/// A text within XML: without the characters that XML 1.0 has no place for (section 2.2).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {}
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::shape;

    fn page() -> DisplayList {
        let square = Shape {
            outline: Outline::rectangle([1.0, 2.0], [10.0, 20.5]),
            fill: Some(Color::rgb(0x0a_0b_0c).with_alpha(51)),
            stroke: Some(Stroke {
                dash: Dash::Dashed,
                ..Stroke::plain(Color::rgb(0xff_00_00), 2.0)
            }),
        };
        let text = TextItem {
            line: shape("a < b & \"c\"  fiets", 12.0),
            at: [5.0, 15.0],
            color: Color::rgb(0),
            weight: 0.0,
        };
        let items = vec![Item::Shape(square.clone()), Item::Shape(square), Item::Text(text)];
        let clip = Some([0.0, 0.0, 50.0, 40.0]);
        let group = Group { name: "Laag 1".to_owned(), role: Role::Layer, clip, items };
        DisplayList {
            width: 100.0,
            height: 50.0,
            millimetres_per_unit: 1.0,
            groups: vec![group.clone(), group],
        }
    }

    /// Another reader takes it for XML.
    fn check_xml(made: &str) {
        let mut reader = quick_xml::Reader::from_str(made);
        let mut depth = 0;
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Start(_) => depth += 1,
                quick_xml::events::Event::End(_) => depth -= 1,
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(depth, 0);
    }

    #[test]
    fn an_svg_file_is_xml_that_says_what_is_drawn() {
        let (made, left_out) = svg(&page(), "Een \u{1} & ander", Letters::Outlines);
        assert_eq!(left_out, 0);
        assert!(made.contains("<title>Een  &amp; ander</title>"), "{made}");
        assert!(made.contains("aria-label=\"a &lt; b &amp; &quot;c&quot;  fiets\""), "{made}");
        assert!(made.contains("fill=\"#0a0b0c\" fill-opacity=\".2\""), "{made}");
        assert!(made.contains("stroke-dasharray=\"8 6\""), "{made}");
        assert!(made.contains("d=\"M1 2l10 0l0 20.5l-10 0Z\""), "{made}");
        assert!(made.contains("id=\"layer_Laag_1\"") && made.contains("id=\"layer_Laag_1_2\""));
        assert!(!made.contains("@font-face"));
        check_xml(&made);
    }

    #[test]
    fn text_stays_text_in_a_font_that_has_its_letters() {
        let (made, _) = svg(&page(), "Kaart", Letters::Text);
        check_xml(&made);
        assert!(made.contains(">a &lt; b &amp; &quot;c&quot;  fiets</text>"), "{made}");
        let line = shape("a < b & \"c\"  fiets", 12.0);
        let xs =
            made.split_once("<text x=\"").and_then(|(_, rest)| rest.split_once('"')).unwrap().0;
        let xs: Vec<f32> = xs.split(' ').map(|x| x.parse().unwrap()).collect();
        assert_eq!(xs.len(), line.text.chars().count());
        let last = line.glyphs.last().unwrap().at[0] + 5.0;
        assert!((xs.last().unwrap() - last).abs() < 0.01, "{xs:?} {last}");
    }

    #[test]
    fn numbers_are_short_and_true() {
        for (value, wanted) in
            [(0.0, "0"), (-0.0001, "0"), (0.5, ".5"), (-0.25, "-.25"), (12.034, "12.034")]
        {
            assert_eq!(number(value), wanted);
        }
        assert_eq!(number(f32::NAN), "0");
        assert_eq!(number(-1200.0), "-1200");
    }
}
