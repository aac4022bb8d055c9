//! A small reader of PDF files, enough to see what the writer put into them (ISO 32000-1, section
//! 7): it knows tables of objects, not streams of them, and no encryption.

use std::collections::BTreeMap;
use std::io::Read;

/// A file.
pub struct Pdf {
    /// The objects by number.
    pub objects: BTreeMap<u32, Object>,
    pub trailer: String,
}

/// An object.
pub struct Object {
    /// What it is, for streams the dictionary.
    pub value: String,
    /// What a stream holds, as it stands in the file.
    pub raw: Option<Vec<u8>>,
}

impl Object {
    /// What a deflated stream holds.
    pub fn inflated(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let raw = self.raw.as_deref().expect("a stream");
        flate2::read::ZlibDecoder::new(raw).read_to_end(&mut out).expect("it is deflated");
        out
    }

    pub fn get(&self, key: &str) -> Option<&str> {
        get(&self.value, key)
    }
}

fn find(bytes: &[u8], what: &[u8], from: usize) -> Option<usize> {
    memchr::memmem::find(&bytes[from..], what).map(|at| at + from)
}

impl Pdf {
    pub fn read(bytes: &[u8]) -> Pdf {
        assert!(bytes.starts_with(b"%PDF-1.7\n") && bytes.ends_with(b"%%EOF\n"));
        let start = memchr::memmem::rfind(bytes, b"startxref\n").expect("the table's place");
        let digits = String::from_utf8_lossy(&bytes[start + 10..bytes.len() - 6]);
        let table: usize = digits.trim().parse().expect("a number");
        let end = find(bytes, b"trailer\n", table).expect("a trailer");
        let text = String::from_utf8_lossy(&bytes[table..end]);
        let mut lines = text.lines();
        assert_eq!(lines.next(), Some("xref"));
        let counts = lines.next().expect("how many").to_owned();
        let mut objects = BTreeMap::new();
        for (number, line) in lines.enumerate() {
            // Each entry has 20 bytes, the end of the line among them.
            assert_eq!(line.len(), 19, "{line:?}");
            if line.contains('f') {
                assert_eq!(number, 0, "every number promised is there");
                continue;
            }
            let place: usize = line[..10].parse().expect("a place");
            objects.insert(u32::try_from(number).unwrap(), object(bytes, place, number));
        }
        assert_eq!(counts, format!("0 {}", objects.len() + 1));
        let trailer = String::from_utf8_lossy(&bytes[end + 8..start]).into_owned();
        let pdf = Pdf { objects, trailer };
        pdf.check_references();
        pdf
    }

    /// Every object that is named is there.
    fn check_references(&self) {
        for object in self.objects.values() {
            let words: Vec<&str> = object.value.split([' ', '[', ']', '<', '>', '/']).collect();
            for window in words.windows(3) {
                if let ([number, "0", "R"], Ok(named)) = (window, window[0].parse()) {
                    assert!(self.objects.contains_key(&named), "{number} in {}", object.value);
                }
            }
        }
    }

    pub fn object(&self, reference: &str) -> &Object {
        let number = reference.trim_end_matches(" 0 R").parse().expect("a reference");
        &self.objects[&number]
    }

    /// The object that a key of another names.
    pub fn follow(&self, object: &Object, key: &str) -> &Object {
        self.object(object.get(key).unwrap_or_else(|| panic!("{key} in {}", object.value)))
    }

    pub fn catalog(&self) -> &Object {
        self.object(get(&self.trailer, "Root").expect("a root"))
    }

    pub fn pages(&self) -> Vec<&Object> {
        let tree = self.follow(self.catalog(), "Pages");
        references(tree.get("Kids").unwrap()).into_iter().map(|page| self.object(&page)).collect()
    }

    /// What a page draws.
    pub fn content(&self, page: &Object) -> String {
        let parts = references(page.get("Contents").unwrap());
        let streams = parts.iter().map(|part| self.object(part).inflated());
        String::from_utf8(streams.collect::<Vec<_>>().concat()).expect("plain text")
    }

    /// The texts that a page shows, by what its fonts say the glyphs mean, in drawing order.
    pub fn shown(&self, page: &Object) -> Vec<String> {
        let fonts = get(page.get("Resources").unwrap(), "Font").unwrap_or("<<>>").to_owned();
        let (mut map, mut shown) = (BTreeMap::new(), Vec::new());
        for line in self.content(page).lines() {
            let words: Vec<&str> = line.split(' ').collect();
            match words.last().copied().unwrap_or_default() {
                "BT" => shown.push(String::new()),
                "Tf" => map = self.meanings(get(&fonts, words[0].trim_start_matches('/')).unwrap()),
                "Tj" | "TJ" => {
                    let texts = line.split('<').skip(1).filter_map(|part| part.split('>').next());
                    let glyphs: String = texts.collect();
                    for at in (0..glyphs.len()).step_by(4) {
                        let meaning =
                            map.get(&glyphs[at..at + 4]).map_or("\u{fffd}", String::as_str);
                        shown.last_mut().unwrap().push_str(meaning);
                    }
                }
                _ => {}
            }
        }
        shown
    }

    fn meanings(&self, font: &str) -> BTreeMap<String, String> {
        let map =
            String::from_utf8(self.follow(self.object(font), "ToUnicode").inflated()).unwrap();
        let pairs = map.lines().filter(|line| line.starts_with('<') && !line.ends_with("<FFFF>"));
        let pair = |line: &str| {
            let (glyph, meaning) = line.split_once(' ').unwrap();
            (glyph[1..5].to_owned(), utf16(meaning))
        };
        pairs.map(pair).collect()
    }
}

fn object(bytes: &[u8], place: usize, number: usize) -> Object {
    let head = format!("{number} 0 obj\n");
    assert!(
        bytes[place..].starts_with(head.as_bytes()),
        "object {number} is not where it should be"
    );
    let body = place + head.len();
    let end = find(bytes, b"\nendobj\n", body).expect("an end");
    let stream = find(bytes, b"\nstream\n", body).filter(|stream| *stream < end);
    let text = |to: usize| String::from_utf8_lossy(&bytes[body..to]).into_owned();
    let Some(stream) = stream else { return Object { value: text(end), raw: None } };
    let value = text(stream);
    let length: usize = get(&value, "Length").expect("a length").parse().expect("a number");
    let data = &bytes[stream + 8..stream + 8 + length];
    assert!(bytes[stream + 8 + length..].starts_with(b"\nendstream\nendobj\n"));
    Object { value, raw: Some(data.to_vec()) }
}

/// The value of a key of a dictionary, at its outermost level.
pub fn get<'a>(dict: &'a str, key: &str) -> Option<&'a str> {
    let inside = dict.trim().strip_prefix("<<")?.strip_suffix(">>")?;
    let mut rest = inside;
    while let Some(after) = rest.strip_prefix('/') {
        let end = after.find([' ', '<', '[', '(', '/']).unwrap_or(after.len());
        let (name, value) = after.split_at(end);
        let length = value_length(value);
        if name == key {
            return Some(value[..length].trim());
        }
        rest = &value[length..];
    }
    None
}

/// How far a value reaches: to the slash of the next key.
fn value_length(text: &str) -> usize {
    let (mut depth, mut in_text, mut is_escaped, mut is_begun) = (0_i32, false, false, false);
    for (at, letter) in text.char_indices() {
        if is_escaped {
            is_escaped = false;
            continue;
        }
        match letter {
            '\\' if in_text => is_escaped = true,
            '(' => in_text = true,
            ')' => in_text = false,
            _ if in_text => {}
            '<' | '[' => depth += 1,
            '>' | ']' => depth -= 1,
            '/' if depth == 0 && is_begun => return at,
            _ => {}
        }
        is_begun |= letter != ' ';
    }
    text.len()
}

/// The references in a list.
pub fn references(list: &str) -> Vec<String> {
    let words: Vec<&str> = list.trim_matches(['[', ']']).split_whitespace().collect();
    words.chunks(3).map(|part| part.join(" ")).collect()
}

/// A text in UTF-16, written in hexadecimal digits.
pub fn utf16(hex: &str) -> String {
    let digits = hex.trim_matches(['<', '>']);
    let units = digits.as_bytes().chunks(4).map(|four| {
        u16::from_str_radix(std::str::from_utf8(four).unwrap(), 16).expect("hexadecimal digits")
    });
    String::from_utf16(&units.collect::<Vec<_>>()).expect("UTF-16").replace('\u{feff}', "")
}
