//! The writer of SVG for paper: what another reader of XML, of fonts and of pictures finds in it.

use std::collections::BTreeMap;

use belfort::page::{Letters, svg};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::pdf::sample::{MAP, TEXTS, page};

/// The bytes of letters (base64, RFC 4648).
fn bytes(letters: &str) -> Vec<u8> {
    let value = |letter: u8| match letter {
        b'A'..=b'Z' => letter - b'A',
        b'a'..=b'z' => letter - b'a' + 26,
        b'0'..=b'9' => letter - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let mut out = Vec::new();
    for four in letters.as_bytes().chunks(4) {
        let count = four.iter().filter(|letter| **letter != b'=').count();
        let bits = four.iter().fold(0_u32, |bits, letter| {
            bits << 6 | if *letter == b'=' { 0 } else { u32::from(value(*letter)) }
        });
        out.extend_from_slice(&bits.to_be_bytes()[1..count]);
    }
    out
}

fn attributes(element: &BytesStart<'_>) -> BTreeMap<String, String> {
    let pairs = element.attributes().map(|attribute| {
        let attribute = attribute.unwrap();
        let name = attribute.key.as_ref().to_owned();
        let value = attribute.value.to_string();
        (name, value.replace("&amp;", "&").replace("&apos;", "'"))
    });
    pairs.collect()
}

#[test]
fn a_sheet_is_layers_pictures_and_text_in_fonts_of_its_own() {
    let page = page(1.0);
    let (made, left_out) = svg(&page, "Kaart", Letters::Text);
    assert_eq!(left_out, 0);
    if let Some(folder) = std::env::var_os("BELFORT_KEEP_PICTURES") {
        std::fs::write(std::path::Path::new(&folder).join("sheet.svg"), &made).unwrap();
    }
    let (mut layers, mut kinds, mut texts) = (Vec::new(), Vec::new(), Vec::new());
    let (mut fonts, mut style, mut is_text) = (Vec::new(), String::new(), false);
    let mut reader = Reader::from_str(&made);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) | Event::Empty(element) => {
                let of = attributes(&element);
                let name = element.name().as_ref().to_owned();
                match name.as_str() {
                    "g" => layers.extend(of.get("inkscape:label").cloned()),
                    "image" => {
                        let data = of["xlink:href"].split_once(";base64,").unwrap();
                        let picture = image::load_from_memory(&bytes(data.1)).unwrap();
                        kinds.push((data.0.to_owned(), picture.width()));
                    }
                    "text" => {
                        texts.push(String::new());
                        is_text = true;
                        let families = of["font-family"].clone();
                        fonts.push((families, of["x"].split(' ').count()));
                    }
                    _ => is_text = false,
                }
            }
            Event::Text(text) => {
                let text: &str = text.as_ref();
                if is_text && !text.trim().is_empty() {
                    texts.last_mut().unwrap().push_str(text);
                } else if text.contains("@font-face") {
                    text.clone_into(&mut style);
                }
            }
            Event::GeneralRef(name) if is_text => {
                let letter = match name.as_ref() {
                    "amp" => '&',
                    other => panic!("{other:?}"),
                };
                texts.last_mut().unwrap().push(letter);
            }
            Event::End(_) => is_text = false,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(layers, ["Luchtfoto", "Gebouwen", "Straten en pleinen (é)", "Labels"]);
    assert_eq!(kinds.iter().map(|(_, width)| *width).collect::<Vec<_>>(), [48, 64]);
    assert!(kinds.iter().all(|(kind, _)| kind.starts_with("data:image/")), "{kinds:?}");
    // Texts are what was said, in one element for each font; letters and marks are composed.
    let all = texts.concat();
    for said in [TEXTS[0], TEXTS[1], TEXTS[4], "Brusselsesteenweg", "café à l'œuvre → Łódź"]
    {
        assert!(all.contains(said), "{said} in {texts:?}");
    }
    for ((_, places), text) in fonts.iter().zip(&texts) {
        assert_eq!(*places, text.chars().count(), "a place for every letter of {text}");
    }
    // The letters are in the fonts.
    let mut files = BTreeMap::new();
    for rule in style.split("@font-face").skip(1) {
        let family = rule.split('"').nth(1).unwrap().to_owned();
        let data = rule.split_once(";base64,").unwrap().1.split('"').next().unwrap();
        files.insert(family, bytes(data));
    }
    assert_eq!(files.len(), 2, "Ubuntu, and Hack for the arrow");
    for ((families, _), text) in fonts.iter().zip(&texts) {
        let name = families.split(',').next().unwrap().trim_matches('\'');
        let face = rustybuzz::ttf_parser::Face::parse(&files[name], 0).unwrap();
        let missing: Vec<char> =
            text.chars().filter(|letter| face.glyph_index(*letter).is_none()).collect();
        assert!(missing.is_empty() || missing == ['漢'], "{missing:?} of {text} in {name}");
    }
    let clip = format!("width=\"{}\" height=\"{}\"", MAP[2] - MAP[0], MAP[3] - MAP[1]);
    assert!(made.contains(&clip));
}
