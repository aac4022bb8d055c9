//! The writer of SVG (Scalable Vector Graphics 1.1, W3C, 2011): paths stay paths, texts are written
//! as the outlines of their letters, so that they look the same where the font is not there; what
//! they say stands beside them for readers of screens and for searching.

use std::fmt::Write as _;

use super::display::{DisplayList, GlyphRun, Group, Item, Shape, Stroke, TextItem};
use crate::style::{Color, Dash, Join};
use crate::text::{Outline, PathCommand};

/// A page as an SVG file, and how many pictures on it were left out: a file of lines and letters
/// holds none.
pub fn svg(page: &DisplayList, title: &str) -> (String, u64) {
    let mut writer = Writer { out: String::new(), clips: 0, left_out: 0 };
    let (width, height) = (page.width, page.height);
    let millimetres = page.millimetres_per_unit;
    let (wide, high) = (number(width * millimetres), number(height * millimetres));
    let _ = write!(
        writer.out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" \
         version=\"1.1\" width=\"{wide}mm\" height=\"{high}mm\" viewBox=\"0 0 {} {}\" \
         role=\"img\">\n<title>{}</title>\n",
        number(width),
        number(height),
        escaped(title)
    );
    for group in &page.groups {
        writer.group(group);
    }
    writer.out.push_str("</svg>\n");
    (writer.out, writer.left_out)
}

struct Writer {
    out: String,
    clips: usize,
    left_out: u64,
}

impl Writer {
    fn group(&mut self, group: &Group) {
        let mut clip = String::new();
        if let Some([left, top, right, bottom]) = group.clip {
            self.clips += 1;
            let _ = writeln!(
                self.out,
                "<clipPath id=\"clip{}\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>\
                 </clipPath>",
                self.clips,
                number(left),
                number(top),
                number((right - left).max(0.0)),
                number((bottom - top).max(0.0))
            );
            clip = format!(" clip-path=\"url(#clip{})\"", self.clips);
        }
        let _ = writeln!(self.out, "<g{clip}>");
        if !group.name.is_empty() {
            let _ = writeln!(self.out, "<title>{}</title>", escaped(&group.name));
        }
        for item in &group.items {
            match item {
                Item::Shape(shape) => self.shape(shape),
                Item::Text(text) => self.text(text),
                Item::Glyphs(run) => self.glyphs(run),
                Item::Image(_) => self.left_out += 1,
            }
        }
        self.out.push_str("</g>\n");
    }

    fn shape(&mut self, shape: &Shape) {
        let fill = paint("fill", shape.fill);
        let stroke = shape.stroke.map(stroke).unwrap_or_default();
        let _ = writeln!(
            self.out,
            "<path d=\"{}\" fill-rule=\"evenodd\"{fill}{stroke}/>",
            steps(&shape.outline)
        );
    }

    fn text(&mut self, text: &TextItem) {
        let mut placed = Outline::new();
        placed.push_placed(&text.line.outline(), 1.0, text.at);
        self.ink(&placed, &text.line.text, text.color, text.weight * text.line.size);
    }

    fn glyphs(&mut self, run: &GlyphRun) {
        let size = run.line.size;
        let mut placed = Outline::new();
        for (glyph, (at, angle)) in run.line.glyphs.iter().zip(&run.places) {
            if let Some(outline) = glyph.font.glyph_outline(glyph.id) {
                placed.push_turned(&outline, size, *angle, *at);
            }
        }
        self.ink(&placed, &run.line.text, run.color, run.weight * size);
    }

    /// Letters, bolder by a width, and what they say.
    fn ink(&mut self, outline: &Outline, text: &str, color: Color, width: f32) {
        if outline.is_empty() {
            return;
        }
        let fill = paint("fill", Some(color));
        let bold = if width > 0.0 { stroke(Stroke::plain(color, width)) } else { String::new() };
        let text = escaped(text);
        let _ = writeln!(
            self.out,
            "<path role=\"img\" aria-label=\"{text}\" d=\"{}\"{fill}{bold}/>",
            steps(outline)
        );
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

fn stroke(stroke: Stroke) -> String {
    if stroke.width <= 0.0 || stroke.color.a == 0 {
        return String::new();
    }
    let join = match stroke.join {
        Join::Round => "round",
        Join::Miter => "miter",
        Join::Bevel => "bevel",
    };
    let mut out = paint("stroke", Some(stroke.color));
    let _ = write!(out, " stroke-width=\"{}\" stroke-linejoin=\"{join}\"", number(stroke.width));
    if stroke.dash == Dash::Solid {
        out.push_str(" stroke-linecap=\"round\"");
    } else {
        // As the writer of pixels has them: in widths of the line.
        let parts = stroke.dash.pattern().iter();
        let parts: Vec<String> = parts.map(|part| number(part * stroke.width.max(1.0))).collect();
        let _ = write!(out, " stroke-dasharray=\"{}\"", parts.join(" "));
    }
    out
}

/// The steps of a path (SVG 1.1, section 8.3).
fn steps(outline: &Outline) -> String {
    let mut out = String::new();
    let mut put = |letter: char, places: &[[f32; 2]]| {
        out.push(letter);
        for (at, [x, y]) in places.iter().enumerate() {
            if at > 0 {
                out.push(' ');
            }
            let _ = write!(out, "{} {}", number(*x), number(*y));
        }
    };
    for command in &outline.commands {
        match *command {
            PathCommand::MoveTo(to) => put('M', &[to]),
            PathCommand::LineTo(to) => put('L', &[to]),
            PathCommand::QuadTo(via, to) => put('Q', &[via, to]),
            PathCommand::CubicTo(a, b, to) => put('C', &[a, b, to]),
            PathCommand::Close => put('Z', &[]),
        }
    }
    out
}

/// A number with three decimals at most; never an exponent, never −0.
fn number(value: f32) -> String {
    let written = format!("{value:.3}");
    let short = written.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
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

    #[test]
    fn an_svg_file_is_xml_that_says_what_is_drawn() {
        let square = Shape {
            outline: Outline::rectangle([1.0, 2.0], [10.0, 20.5]),
            fill: Some(Color::rgb(0x0a_0b_0c).with_alpha(51)),
            stroke: Some(Stroke {
                dash: Dash::Dashed,
                ..Stroke::plain(Color::rgb(0xff_00_00), 2.0)
            }),
        };
        let text = TextItem {
            line: shape("a < b & \"c\"", 12.0),
            at: [5.0, 15.0],
            color: Color::rgb(0),
            weight: 0.0,
        };
        let items = vec![Item::Shape(square), Item::Text(text)];
        let clip = Some([0.0, 0.0, 50.0, 40.0]);
        let page = DisplayList {
            width: 100.0,
            height: 50.0,
            millimetres_per_unit: 1.0,
            groups: vec![Group { name: "Laag".to_owned(), clip, items, ..Group::default() }],
        };
        let (made, left_out) = svg(&page, "Een \u{1} & ander");
        assert_eq!(left_out, 0);
        assert!(made.contains("<title>Een  &amp; ander</title>"), "{made}");
        assert!(made.contains("aria-label=\"a &lt; b &amp; &quot;c&quot;\""), "{made}");
        assert!(made.contains("fill=\"#0a0b0c\" fill-opacity=\"0.2\""), "{made}");
        assert!(made.contains("stroke-dasharray=\"8 6\""), "{made}");
        // Another reader takes it for XML.
        let mut reader = quick_xml::Reader::from_str(&made);
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
}
