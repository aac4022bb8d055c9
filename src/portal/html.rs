//! The HTML of descriptions, made safe and plain: paragraphs, headings, items of lists, and links
//! to web pages. Everything else of HTML (scripts, styles, pictures, forms) is left out.

/// A part of a description.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A heading.
    Heading(Vec<Span>),
    /// An item of a list.
    Item(Vec<Span>),
}

/// A piece of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    /// The text.
    pub text: String,
    /// Whether it stands out.
    pub strong: bool,
    /// Where it leads: an address with `http` or `https`, never another one.
    pub link: Option<String>,
}

impl Block {
    /// Its pieces of text.
    pub fn spans(&self) -> &[Span] {
        match self {
            Block::Paragraph(spans) | Block::Heading(spans) | Block::Item(spans) => spans,
        }
    }

    fn text(&self) -> String {
        self.spans().iter().map(|span| span.text.as_str()).collect()
    }
}

/// A description as plain text, with a line for each part.
pub fn plain_text(html: &str) -> String {
    let line = |block: &Block| match block {
        Block::Item(_) => format!("- {}", block.text()),
        _ => block.text(),
    };
    blocks(html).iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The longest description that is read, bytes.
const LONGEST: usize = 200_000;

/// The parts of a description.
pub fn blocks(html: &str) -> Vec<Block> {
    let mut end = html.len().min(LONGEST);
    while !html.is_char_boundary(end) {
        end -= 1;
    }
    let mut reader = Reader::default();
    let mut rest = html.get(..end).unwrap_or_default();
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        reader.text(before);
        if let Some(after) = from.strip_prefix("<!--") {
            rest = after.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let is_tag = from
            .get(1..)
            .and_then(|inside| inside.chars().next())
            .is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'));
        if !is_tag {
            reader.text("<");
            rest = from.get(1..).unwrap_or_default();
            continue;
        }
        let Some(close) = end_of_tag(from) else { break };
        let tag = from.get(1..close).unwrap_or_default();
        rest = from.get(close + 1..).unwrap_or_default();
        let name = name_of(tag);
        if matches!(&*name, "script" | "style" | "template" | "noscript" | "iframe" | "svg") {
            rest = behind(rest, &name);
            continue;
        }
        reader.tag(&name, tag);
    }
    if rest.find('<').is_none() {
        reader.text(rest);
    }
    reader.finish()
}

/// Where a tag ends: a `>` that is not inside quotes.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (None, '"' | '\'') => quote = Some(letter),
            (None, '>') => return Some(at),
            (Some(open), letter) if open == letter => quote = None,
            _ => {}
        }
    }
    // Quotes that are never closed are none.
    text.find('>')
}

fn name_of(tag: &str) -> String {
    let name = tag.trim_start_matches('/');
    let name: String = name.chars().take_while(char::is_ascii_alphanumeric).collect();
    name.to_ascii_lowercase()
}

/// What follows the end of an element.
fn behind<'a>(text: &'a str, name: &str) -> &'a str {
    let lower = text.to_ascii_lowercase();
    let Some(at) = lower.find(&format!("</{name}")) else { return "" };
    let rest = text.get(at..).unwrap_or_default();
    rest.find('>').and_then(|end| rest.get(end + 1..)).unwrap_or_default()
}

#[derive(Default)]
struct Reader {
    done: Vec<Block>,
    spans: Vec<Span>,
    kind: Kind,
    strong: u32,
    link: Option<String>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Paragraph,
    Heading,
    Item,
}

impl Reader {
    fn text(&mut self, raw: &str) {
        let text = entities(raw);
        let mut words = String::new();
        for letter in text.chars().filter(|letter| !letter.is_control() || letter.is_whitespace()) {
            if letter.is_whitespace() {
                let is_first = self.spans.is_empty() && words.is_empty();
                let ends_so = words.ends_with(' ')
                    || (words.is_empty()
                        && self.spans.last().is_some_and(|span| span.text.ends_with(' ')));
                if !is_first && !ends_so {
                    words.push(' ');
                }
            } else {
                words.push(letter);
            }
        }
        if words.is_empty() {
            return;
        }
        let (strong, link) = (self.strong > 0, self.link.clone());
        match self.spans.last_mut() {
            Some(last) if last.strong == strong && last.link == link => last.text.push_str(&words),
            _ => self.spans.push(Span { text: words, strong, link }),
        }
    }

    fn tag(&mut self, name: &str, tag: &str) {
        let closes = tag.starts_with('/');
        match name {
            "b" | "strong" if closes => self.strong = self.strong.saturating_sub(1),
            "b" | "strong" => self.strong += 1,
            "a" if closes => self.link = None,
            "a" => self.link = attribute(tag, "href").filter(|link| is_web(link)),
            "li" => self.begin(if closes { Kind::Paragraph } else { Kind::Item }),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.begin(if closes { Kind::Paragraph } else { Kind::Heading });
            }
            "br" | "p" | "div" | "ul" | "ol" | "table" | "tr" | "section" | "article" | "hr"
            | "blockquote" | "pre" => {
                let kind = if name == "br" { self.kind } else { Kind::Paragraph };
                self.begin(kind);
            }
            "td" | "th" => self.text(" "),
            _ => {}
        }
    }

    fn begin(&mut self, kind: Kind) {
        let mut spans = std::mem::take(&mut self.spans);
        if let Some(last) = spans.last_mut() {
            let trimmed = last.text.trim_end().len();
            last.text.truncate(trimmed);
        }
        spans.retain(|span| !span.text.is_empty());
        if !spans.is_empty() {
            self.done.push(match self.kind {
                Kind::Paragraph => Block::Paragraph(spans),
                Kind::Heading => Block::Heading(spans),
                Kind::Item => Block::Item(spans),
            });
        }
        self.kind = kind;
    }

    fn finish(mut self) -> Vec<Block> {
        self.begin(Kind::Paragraph);
        self.done
    }
}

/// Whether an address leads to a web page: no other kind becomes a link.
pub fn is_web(link: &str) -> bool {
    url::Url::parse(link.trim())
        .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.host_str().is_some())
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let mut from = 0;
    loop {
        let at = from + lower.get(from..)?.find(name)?;
        let is_whole = lower.get(..at)?.ends_with(|letter: char| letter.is_whitespace());
        let after = tag.get(at + name.len()..)?.trim_start();
        if let Some(value) = after.strip_prefix('=').filter(|_| is_whole) {
            let value = value.trim_start();
            let quote = value.chars().next().filter(|first| matches!(first, '"' | '\''));
            let value = match quote {
                Some(quote) => value.get(1..)?.split(quote).next()?,
                None => value.split(|letter: char| letter.is_whitespace()).next()?,
            };
            return Some(entities(value.trim()));
        }
        from = at + name.len();
    }
}

/// Replaces `&amp;` and the like by what they stand for; what is unknown stays.
fn entities(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        plain.push_str(before);
        let name = from.get(1..).and_then(|inside| {
            let end = inside.find(';').filter(|end| *end <= 10)?;
            inside.get(..end)
        });
        if let Some((name, letter)) = name.and_then(|name| Some((name, entity(name)?))) {
            plain.push(letter);
            rest = from.get(name.len() + 2..).unwrap_or_default();
        } else {
            plain.push('&');
            rest = from.get(1..).unwrap_or_default();
        }
    }
    plain.push_str(rest);
    plain
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let number = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(number).filter(|letter| *letter != '\0');
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{A0}',
        "euro" => '€',
        "copy" => '©',
        "deg" => '°',
        "hellip" => '…',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "bull" => '•',
        "middot" => '·',
        "agrave" => 'à',
        "aacute" => 'á',
        "acirc" => 'â',
        "ccedil" => 'ç',
        "eacute" => 'é',
        "egrave" => 'è',
        "ecirc" => 'ê',
        "euml" => 'ë',
        "iacute" => 'í',
        "icirc" => 'î',
        "iuml" => 'ï',
        "oacute" => 'ó',
        "ocirc" => 'ô',
        "ouml" => 'ö',
        "ugrave" => 'ù',
        "ucirc" => 'û',
        "uuml" => 'ü',
        "Eacute" => 'É',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_becomes_paragraphs_headings_and_items() {
        let html = "<h3 class=\"\">Wat?</h3><p>Alle <b>bomen</b> van\n de stad &amp; meer,\u{A0}zie \
            <a href=\"https://stad.gent/x?a=1&amp;b=2\" target=_blank>de site</a>.</p>\
            <ul><li>één</li><li>twee &#39;drie&#39;</li></ul>Slot";
        let found = blocks(html);
        let texts: Vec<String> = found.iter().map(Block::text).collect();
        let expected =
            ["Wat?", "Alle bomen van de stad & meer, zie de site.", "één", "twee 'drie'", "Slot"];
        assert_eq!(texts, expected);
        assert!(matches!(found[0], Block::Heading(_)));
        assert!(matches!(found[2], Block::Item(_)));
        let strong: Vec<_> = found[1].spans().iter().filter(|span| span.strong).collect();
        assert_eq!(strong.iter().map(|span| &*span.text).collect::<Vec<_>>(), ["bomen"]);
        let link = found[1].spans().iter().find_map(|span| span.link.as_deref());
        assert_eq!(link, Some("https://stad.gent/x?a=1&b=2"));
        assert_eq!(plain_text("a<br>b"), "a\nb");
    }

    #[test]
    fn nothing_of_html_reaches_the_text_but_words() {
        for (html, text) in [
            ("<script>alert('<p>x</p>')</script>ok", "ok"),
            ("<style>p{}</style><p onclick=\"x('>')\">ok</p>", "ok"),
            ("<img src=x onerror=alert(1)>ok", "ok"),
            ("<!-- <p>no</p> -->ok", "ok"),
            ("3 < 4 & 5 > 2 &unknown; &#0;", "3 < 4 & 5 > 2 &unknown; &#0;"),
            ("<p", ""),
            ("ok<p title=\"never closed", "ok"),
            ("\u{1b}[31mok\u{7}", "[31mok"),
        ] {
            assert_eq!(plain_text(html), text, "{html}");
        }
        for bad in
            ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "/relative", ""]
        {
            let found = blocks(&format!("<a href=\"{bad}\">x</a>"));
            assert_eq!(found[0].spans()[0].link, None, "{bad}");
        }
    }
}
