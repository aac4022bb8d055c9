//! Styles: shared ones, by which placemarks refer to them, and those of a placemark itself.

use std::collections::HashMap;

use crate::formats::xml::{Stop, Tag, Xml, number_of};
use crate::i18n::Arg;
use crate::problem::Problems;

use super::read::not_kept;

/// How many styles refer to one another at most.
const DEPTH: usize = 8;

/// Red, green, blue and opacity.
pub(super) type Rgba = [u8; 4];

/// A number that can be compared and used as a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Number(u64);

impl Number {
    pub fn of(value: f64) -> Number {
        Number(value.to_bits())
    }

    pub fn value(self) -> f64 {
        f64::from_bits(self.0)
    }
}

/// What a style says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Looks {
    pub line: Option<Rgba>,
    pub width: Option<Number>,
    pub inside: Option<Rgba>,
    /// Whether polygons are filled, and whether they have an outline.
    pub is_filled: Option<bool>,
    pub is_outlined: Option<bool>,
    pub icon: Option<String>,
    pub icon_color: Option<Rgba>,
    pub icon_scale: Option<Number>,
    pub label: Option<Rgba>,
    pub label_scale: Option<Number>,
}

impl Looks {
    /// What this says, and what `other` says of the rest.
    pub fn over(self, other: &Looks) -> Looks {
        Looks {
            line: self.line.or(other.line),
            width: self.width.or(other.width),
            inside: self.inside.or(other.inside),
            is_filled: self.is_filled.or(other.is_filled),
            is_outlined: self.is_outlined.or(other.is_outlined),
            icon: self.icon.or_else(|| other.icon.clone()),
            icon_color: self.icon_color.or(other.icon_color),
            icon_scale: self.icon_scale.or(other.icon_scale),
            label: self.label.or(other.label),
            label_scale: self.label_scale.or(other.label_scale),
        }
    }
}

/// What of a style a row shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Shown {
    pub points: bool,
    pub lines: bool,
    pub polygons: bool,
}

/// What gives a row its look: numbers of [`Styles`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct RowStyle {
    pub url: Option<u32>,
    pub inline: Option<u32>,
    pub shown: Shown,
}

/// A style that others refer to.
#[derive(Clone, Debug, Default)]
struct Shared {
    looks: Looks,
    /// The style that says what this does not.
    base: Option<String>,
}

/// The styles of a file.
#[derive(Default)]
pub(super) struct Styles {
    shared: HashMap<String, Shared>,
    urls: Vec<String>,
    by_url: HashMap<String, u32>,
    inline: Vec<Looks>,
    by_looks: HashMap<Looks, u32>,
}

impl Styles {
    /// Reads a shared style whose start is taken.
    pub fn define(
        &mut self,
        xml: &mut Xml<'_>,
        tag: Tag<'_>,
        problems: &mut Problems,
    ) -> Result<(), Stop> {
        let id = tag.attribute("id").unwrap_or_default().into_owned();
        let style = read(xml, tag, problems)?;
        self.shared.insert(id, style);
        Ok(())
    }

    /// Reads the style of a placemark, whose start is taken; its number.
    pub fn inline(
        &mut self,
        xml: &mut Xml<'_>,
        tag: Tag<'_>,
        problems: &mut Problems,
    ) -> Result<Option<u32>, Stop> {
        let mut style = read(xml, tag, problems)?;
        if let Some(base) = style.base.take() {
            // A map of styles at the placemark itself, which refers to one further up.
            style.looks = style.looks.over(&self.resolve(&base).unwrap_or_default());
        }
        if let Some(known) = self.by_looks.get(&style.looks) {
            return Ok(Some(*known));
        }
        let number = u32::try_from(self.inline.len()).unwrap_or(u32::MAX);
        self.by_looks.insert(style.looks.clone(), number);
        self.inline.push(style.looks);
        Ok(Some(number))
    }

    /// The number of a reference to a shared style.
    pub fn refer(&mut self, url: &str) -> Option<u32> {
        if url.is_empty() {
            return None;
        }
        if let Some(known) = self.by_url.get(url) {
            return Some(*known);
        }
        let number = u32::try_from(self.urls.len()).unwrap_or(u32::MAX);
        self.by_url.insert(url.to_owned(), number);
        self.urls.push(url.to_owned());
        Some(number)
    }

    /// What a row looks like; references that lead out of the file are counted.
    pub fn of(&self, row: RowStyle, rows: u64, problems: &mut Problems) -> Looks {
        let get = |number: Option<u32>| number.and_then(|number| usize::try_from(number).ok());
        let own = get(row.inline).and_then(|at| self.inline.get(at)).cloned().unwrap_or_default();
        let Some(url) = get(row.url).and_then(|at| self.urls.get(at)) else { return own };
        if let Some(shared) = self.resolve(url) {
            return own.over(&shared);
        }
        let url: String = url.chars().take(120).collect();
        problems.report("problem-kml-style-elsewhere", rows, vec![("url", Arg::Text(url))], None);
        own
    }

    /// The style that a reference means; none where it is not in the file.
    fn resolve(&self, url: &str) -> Option<Looks> {
        let mut looks = Looks::default();
        let mut next = Some(url);
        for step in 0..DEPTH {
            let Some(url) = next else { break };
            // `#id`, and `id` as some programs write it; `doc.kml#id` is this file in a KMZ.
            let id = match url.split_once('#') {
                Some(("" | "doc.kml", id)) => id,
                Some(_) => return (step > 0).then_some(looks),
                None => url,
            };
            let Some(style) = self.shared.get(id) else { return (step > 0).then_some(looks) };
            looks = looks.over(&style.looks);
            next = style.base.as_deref();
        }
        Some(looks)
    }
}

/// Reads a `Style`, `StyleMap` or `gx:CascadingStyle` whose start is taken.
fn read(xml: &mut Xml<'_>, tag: Tag<'_>, problems: &mut Problems) -> Result<Shared, Stop> {
    let mut made = Shared::default();
    // Styles inside maps and cascades are read as if they stood here.
    let mut depth = 1;
    let mut is_normal = true;
    let mut outer = tag.local();
    while depth > 0 {
        let Some(tag) = xml.child()? else {
            depth -= 1;
            is_normal = true;
            continue;
        };
        match tag.local() {
            "Pair" if outer == "StyleMap" => {
                depth += 1;
                is_normal = true;
            }
            "key" => is_normal = xml.text()?.trim() == "normal",
            "styleUrl" => {
                let url = xml.text()?;
                if is_normal && made.base.is_none() {
                    made.base = Some(url.trim().to_owned());
                }
            }
            "Style" if is_normal => {
                depth += 1;
                outer = if outer == "StyleMap" { outer } else { "Style" };
            }
            "Style" => xml.skip()?,
            part @ ("LineStyle" | "PolyStyle" | "IconStyle" | "LabelStyle") => {
                part_of(xml, part, &mut made.looks, problems)?;
            }
            name => {
                not_kept(problems, name);
                xml.skip()?;
            }
        }
    }
    Ok(made)
}

/// Reads a part of a style.
fn part_of(
    xml: &mut Xml<'_>,
    part: &str,
    looks: &mut Looks,
    problems: &mut Problems,
) -> Result<(), Stop> {
    while let Some(tag) = xml.child()? {
        let name = tag.local();
        match (part, name) {
            (_, "color") => {
                let color = color(&xml.text()?, problems);
                match part {
                    "LineStyle" => looks.line = color.or(looks.line),
                    "PolyStyle" => looks.inside = color.or(looks.inside),
                    "IconStyle" => looks.icon_color = color.or(looks.icon_color),
                    _ => looks.label = color.or(looks.label),
                }
            }
            ("LineStyle", "width") => looks.width = number(&xml.text()?).or(looks.width),
            ("IconStyle", "scale") => looks.icon_scale = number(&xml.text()?).or(looks.icon_scale),
            ("LabelStyle", "scale") => {
                looks.label_scale = number(&xml.text()?).or(looks.label_scale);
            }
            ("PolyStyle", "fill") => looks.is_filled = flag(&xml.text()?).or(looks.is_filled),
            ("PolyStyle", "outline") => {
                looks.is_outlined = flag(&xml.text()?).or(looks.is_outlined);
            }
            ("IconStyle", "Icon") => {
                while let Some(tag) = xml.child()? {
                    if tag.local() == "href" {
                        let href = xml.text()?.trim().to_owned();
                        looks.icon = Some(href).filter(|href| !href.is_empty());
                    } else {
                        xml.skip()?;
                    }
                }
            }
            (_, "colorMode") if xml.text()?.trim() == "normal" => {}
            (_, "colorMode") => not_kept(problems, name),
            _ => {
                not_kept(problems, name);
                xml.skip()?;
            }
        }
    }
    Ok(())
}

/// `aabbggrr` in hexadecimal digits.
fn color(text: &str, problems: &mut Problems) -> Option<Rgba> {
    let text = text.trim();
    let digits = text.strip_prefix('#').unwrap_or(text);
    let is_color = digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let number = u32::from_str_radix(digits, 16).ok().filter(|_| is_color);
    let Some(number) = number else {
        if !text.is_empty() {
            let args = vec![("text", Arg::Text(text.chars().take(40).collect()))];
            problems.report("problem-kml-color", 1, args, None);
        }
        return None;
    };
    let [a, b, g, r] = number.to_be_bytes();
    Some([r, g, b, a])
}

fn number(text: &str) -> Option<Number> {
    number_of(text.trim()).filter(|number| *number >= 0.0).map(Number::of)
}

fn flag(text: &str) -> Option<bool> {
    match text.trim() {
        "1" | "true" => Some(true),
        "0" | "false" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::Watch;

    fn styles(text: &str) -> (Styles, Problems) {
        let text = format!("<kml>{text}</kml>");
        let mut xml = Xml::new(&text, &Watch::unwatched());
        let (mut styles, mut problems) = (Styles::default(), Problems::new());
        assert!(xml.root().is_ok_and(|root| root.is_some()));
        while let Some(tag) = xml.child().ok().flatten() {
            styles.define(&mut xml, tag, &mut problems).ok().unwrap();
        }
        (styles, problems)
    }

    #[test]
    fn colours_are_opacity_blue_green_red() {
        let mut problems = Problems::new();
        assert_eq!(color(" 7dff0010 ", &mut problems), Some([0x10, 0, 0xFF, 0x7D]));
        assert_eq!(color("#FF00ff00", &mut problems), Some([0, 0xFF, 0, 0xFF]));
        assert!(problems.is_empty());
        for wrong in ["ff0", "ff0011", "redredre", "+7dff001", "é"] {
            assert_eq!(color(wrong, &mut problems), None, "{wrong}");
        }
        assert_eq!(problems.count("problem-kml-color"), 5);
    }

    #[test]
    fn references_are_followed_inside_the_file_and_not_round_in_it() {
        let (styles, problems) = styles(
            "<StyleMap id='m'><Pair><key>highlight</key><styleUrl>#b</styleUrl></Pair>
               <Pair><key>normal</key><styleUrl>#a</styleUrl></Pair></StyleMap>
             <Style id='a'><LineStyle><color>ff0000ff</color><width>2</width></LineStyle></Style>
             <Style id='b'><LineStyle><color>ffff0000</color></LineStyle></Style>
             <StyleMap id='i'><Pair><key>normal</key><Style><PolyStyle><fill>0</fill></PolyStyle></Style></Pair>
               <Pair><key>highlight</key><Style><PolyStyle><fill>1</fill></PolyStyle></Style></Pair></StyleMap>
             <gx:CascadingStyle kml:id='c'><styleUrl>http://elsewhere/x.kml#y</styleUrl>
               <Style><IconStyle><scale>1.5</scale><Icon><href>x.png</href></Icon></IconStyle></Style></gx:CascadingStyle>
             <StyleMap id='r'><Pair><key>normal</key><styleUrl>#r</styleUrl></Pair></StyleMap>",
        );
        assert!(problems.is_empty(), "{problems:?}");
        let of = |url: &str| styles.resolve(url);
        assert_eq!(of("#m").and_then(|looks| looks.line), Some([0xFF, 0, 0, 0xFF]));
        assert_eq!(of("m").and_then(|looks| looks.width), Some(Number::of(2.0)));
        assert_eq!(of("doc.kml#i").and_then(|looks| looks.is_filled), Some(false));
        assert_eq!(of("#c").and_then(|looks| looks.icon).as_deref(), Some("x.png"));
        assert_eq!(of("#r"), Some(Looks::default()));
        assert_eq!((of("#none"), of("other.kml#a")), (None, None));
    }
}
