use super::*;

fn xml(text: &str) -> Xml<'_> {
    Xml::new(text, &Watch::unwatched())
}

/// The elements of a text as an outline, with the texts of those that hold no others.
fn outline(text: &str) -> (String, Option<Fault>, Problems) {
    let mut xml = xml(text);
    let mut told = String::new();
    let stop = loop {
        match xml.next() {
            Ok(Node::Start(tag)) => told += &format!("({}", tag.name),
            Ok(Node::End) => told.push(')'),
            Ok(Node::Text(piece)) => told += piece.text.trim(),
            Ok(Node::EndOfText) => break None,
            Err(Stop::Fault(fault)) => break Some(fault),
            Err(Stop::Cancelled) => panic!("nobody cancels"),
        }
    };
    (told, stop, xml.problems)
}

fn text_of(text: &str) -> String {
    let mut xml = xml(text);
    assert!(xml.root().is_ok_and(|tag| tag.is_some()));
    xml.text().unwrap().into_owned()
}

#[test]
fn elements_come_with_names_and_attributes() {
    let mut xml = xml("<?xml version='1.0'?><a  x=\"1 &lt; 2\"\n n:y = 'é>' z=\"\"><b/></a>");
    let tag = xml.root().unwrap().unwrap();
    assert_eq!((tag.name, tag.local()), ("a", "a"));
    let of = |name| tag.attribute(name).map(Cow::into_owned);
    assert_eq!(of("x").as_deref(), Some("1 < 2"));
    assert_eq!(of("y").as_deref(), Some("é>"));
    assert_eq!(of("z").as_deref(), Some(""));
    assert_eq!(of("w"), None);
    let inner = xml.child().unwrap().unwrap();
    assert_eq!((inner.name, inner.attributes().count()), ("b", 0));
    assert!(xml.child().unwrap().is_none());
    assert!(xml.child().unwrap().is_none());
    assert!(Tag::of("a b = c").attribute("b").is_none());
    assert_eq!(Tag::of("gx:Track id='1'/").local(), "Track");
}

#[test]
fn texts_lose_only_the_layout_of_the_file() {
    for (text, expected) in [
        ("<a>\n  Ledeberg\n  </a>", "Ledeberg"),
        ("<a> Ledeberg </a>", " Ledeberg "),
        ("<a>\n<![CDATA[\n<b>vet</b>\n]]>\n</a>", "\n<b>vet</b>\n"),
        ("<a>\n&#10;x&#10;\n</a>", "\nx\n"),
        ("<a>a&amp;b &lt; c&#x20AC;&#233;</a>", "a&b < c€é"),
        ("<a>R & D, 5 &c</a>", "R & D, 5 &c"),
        ("<a>één\r\ntwee</a>", "één\ntwee"),
        ("<a/>", ""),
        ("<a>\n\n</a>", ""),
        ("<a>x<!-- y -->z</a>", "xz"),
        ("<a>\n <b>vet</b> en <i>schuin</i> </a>", "<b>vet</b> en <i>schuin</i> "),
    ] {
        assert_eq!(text_of(text), expected, "{text}");
    }
}

#[test]
fn tags_that_nobody_closed_or_opened_are_counted() {
    let (told, fault, problems) = outline("<a><d>x<br>y</d></i><c/></a>");
    assert_eq!((told.as_str(), fault.is_none()), ("(a(dx(bry))(c))", true));
    assert_eq!(problems.count("problem-xml-not-closed"), 1);
    assert_eq!(problems.count("problem-xml-not-opened"), 1);
}

#[test]
fn a_text_that_ends_early_is_a_fault_at_its_end() {
    for text in ["<a>\n<b>x", "<a>\n<b>x</b>", "<a>\n<b x='", "<a>\n<![CDATA[x", "<a>\n<!-- x"] {
        let (_, fault, _) = outline(text);
        let fault = fault.unwrap();
        assert_eq!(fault.what.id, "xml-ends-early", "{text}");
        assert!(matches!(fault.place, Place::Line { line: 2, .. }), "{text}: {:?}", fault.place);
    }
    let (_, fault, _) = outline("<a><!x></a>");
    assert_eq!(fault.unwrap().what.id, "xml-bad-markup");
}

/// "Billion laughs": entities defined by entities, ten of the one before each.
#[test]
fn entities_of_the_file_itself_are_not_expanded() {
    let mut text = "<!DOCTYPE a [<!ENTITY l0 \"lol\">".to_owned();
    for level in 1..10 {
        let inner = format!("&l{};", level - 1).repeat(10);
        text += &format!("<!ENTITY l{level} \"{inner}\">");
    }
    text += "]><a x='&l9;'>&l9; &nbsp;&#0;</a>";
    let mut xml = xml(&text);
    let tag = xml.root().unwrap().unwrap();
    assert_eq!(tag.attribute("x").as_deref(), Some("&l9;"));
    assert_eq!(xml.text().unwrap(), "&l9; &nbsp;&#0;");
    assert_eq!(xml.problems.count("problem-xml-entity"), 3);
}

#[test]
fn elements_nested_without_end_are_refused() {
    let (_, fault, _) = outline(&"<a>".repeat(100_000));
    assert_eq!(fault.unwrap().what.id, "xml-too-deep");
    let (told, fault, _) = outline(&format!("{}{}", "<a>".repeat(DEPTH), "</a>".repeat(DEPTH)));
    assert_eq!((told.len(), fault.is_none()), (3 * DEPTH, true));
}

#[test]
fn whatever_the_text_reading_comes_to_an_end() {
    let seed = "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a x=\"1\" y='2'><b>t&amp;é&x;<![CDATA[ ]]></b><!-- c --><d/></a>";
    for at in (0..seed.len()).filter(|at| seed.is_char_boundary(*at)) {
        outline(&seed[..at]);
        for mark in ["<", ">", "&", ";", "'", "\"", "!", "/", "]]>", "?", "-", "\0", "é", "="] {
            outline(&format!("{}{mark}{}", &seed[..at], &seed[at..]));
            let next = seed[at..].chars().next().map_or(0, char::len_utf8);
            outline(&format!("{}{mark}{}", &seed[..at], &seed[at + next..]));
        }
    }
}
