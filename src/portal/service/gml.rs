//! A page of GML as a WFS gives it, taken apart without reading what the features hold, so that
//! the pages of a layer become one document.

use std::borrow::Cow;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Error, Reader, XmlVersion};

use super::xml;
use crate::formats::geojson::NotAPage;
use crate::i18n::Message;

/// A page of members.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct GmlPage<'a> {
    /// The root's name, with its prefix.
    pub root: String,
    /// What the root declares: `xmlns:gml` and its value as written.
    pub declared: Vec<(String, String)>,
    pub members: Vec<Member<'a>>,
    /// How many features the server says there are in all.
    pub matched: Option<u64>,
    /// How many it says are on this page.
    pub returned: Option<u64>,
}

/// A member: a feature in the element that holds it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Member<'a> {
    pub text: Cow<'a, str>,
    /// The feature's identifier.
    pub id: Option<String>,
}

fn broken(error: &Error) -> NotAPage {
    match error {
        // Whatever was open at the end.
        Error::Syntax(_) => NotAPage::Cut,
        _ => NotAPage::NotJson(Message::new("service-bad-xml").text("detail", error.to_string())),
    }
}

/// Takes a page apart.
///
/// # Errors
/// When the text is no page of features.
pub(super) fn page(text: &str) -> Result<GmlPage<'_>, NotAPage> {
    let mut reader = Reader::from_str(text);
    let position = |reader: &Reader<&[u8]>| usize::try_from(reader.buffer_position()).unwrap_or(0);
    let mut page = GmlPage::default();
    let mut depth = 0_usize;
    // Where the member began, and what it is called.
    let mut member: Option<(usize, String)> = None;
    let mut id = None;
    let mut holder: Option<String> = None;
    loop {
        let start = position(&reader);
        let event = reader.read_event().map_err(|error| broken(&error))?;
        let (is_start, is_empty) = match &event {
            Event::Start(_) => (true, false),
            Event::Empty(_) => (true, true),
            Event::End(_) => (false, false),
            Event::Eof => return Err(NotAPage::Cut),
            _ => continue,
        };
        if let Event::Start(tag) | Event::Empty(tag) = &event {
            match depth {
                0 => root(tag, text, &mut page)?,
                1 => match tag.local_name().into_inner() {
                    "member" | "featureMember" => {
                        (member, id) = (Some((start, String::new())), None);
                    }
                    "featureMembers" => {
                        let name = tag.name().into_inner();
                        let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
                        let name = if prefix.is_empty() { "" } else { ":" };
                        holder = Some(format!("{prefix}{name}featureMember"));
                    }
                    _ => {}
                },
                2 if member.is_some() => id = identifier(tag),
                2 => {
                    if let Some(name) = &holder {
                        (member, id) = (Some((start, name.clone())), identifier(tag));
                    }
                }
                _ => {}
            }
        }
        depth = if is_start { depth + 1 } else { depth.saturating_sub(1) };
        if is_start && !is_empty {
            continue;
        }
        // Here an element ends: the one at this depth.
        depth = if is_empty { depth - 1 } else { depth };
        let ends_at = if holder.is_some() { 2 } else { 1 };
        if depth == ends_at
            && let Some((from, wrapped)) = member.take()
        {
            let whole = text.get(from..position(&reader)).unwrap_or_default();
            let text = if wrapped.is_empty() {
                Cow::Borrowed(whole)
            } else {
                Cow::Owned(format!("<{wrapped}>{whole}</{wrapped}>"))
            };
            page.members.push(Member { text, id: id.take() });
        }
        match depth {
            0 => return Ok(page),
            1 => holder = None,
            _ => {}
        }
    }
}

fn root(tag: &BytesStart<'_>, text: &str, page: &mut GmlPage<'_>) -> Result<(), NotAPage> {
    if tag.local_name().into_inner() != "FeatureCollection" {
        return Err(NotAPage::Other(xml::exception(text.as_bytes()).unwrap_or_default()));
    }
    page.root = tag.name().into_inner().to_owned();
    let mut attributes = tag.attributes();
    attributes.with_checks(false);
    for attribute in attributes.flatten() {
        let name = attribute.key.into_inner();
        let count = || attribute.value.trim().parse().ok();
        match attribute.key.local_name().into_inner() {
            "numberMatched" | "numberOfFeatures" => page.matched = count(),
            "numberReturned" => page.returned = count(),
            _ if name == "xmlns" || name.starts_with("xmlns:") => {
                page.declared.push((name.to_owned(), attribute.value.replace('"', "&quot;")));
            }
            _ => {}
        }
    }
    // In version 1.1 the one number is that of this page, unless only numbers were asked for.
    if page.returned.is_none() && !tag.attributes_raw().contains("numberMatched") {
        page.returned = page.matched.take();
    }
    Ok(())
}

/// `gml:id`, or `fid` of older versions.
fn identifier(tag: &BytesStart<'_>) -> Option<String> {
    let mut attributes = tag.attributes();
    attributes.with_checks(false);
    let found = attributes.flatten().find(|attribute| {
        matches!(attribute.key.into_inner(), "gml:id" | "fid")
            || attribute.key.local_name().into_inner() == "id"
    })?;
    let value = found.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(value.into_owned()).filter(|value| !value.is_empty())
}

/// The beginning of a document with this root.
pub(super) fn head(root: &str, declared: &[(String, String)]) -> String {
    let declared = declared.iter().map(|(name, value)| format!(" {name}=\"{value}\""));
    let declared: String = declared.collect();
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root}{declared}>\n")
}

impl GmlPage<'_> {
    /// What the root's tag of another page does not declare, or declares otherwise, as attributes.
    pub fn missing_in(&self, head: &[(String, String)]) -> String {
        let missing = self.declared.iter().filter(|declared| !head.contains(declared));
        let each = missing.flat_map(|(name, value)| [" ", name, "=\"", value, "\""]);
        each.collect()
    }
}

impl Member<'_> {
    /// The member, with more attributes in its tag.
    pub fn with(&self, attributes: &str) -> Cow<'_, str> {
        let name_ends = self.text.find([' ', '>', '/', '\n', '\r', '\t']);
        match name_ends.and_then(|at| self.text.split_at_checked(at)) {
            Some((name, rest)) if !attributes.is_empty() => {
                Cow::Owned(format!("{name}{attributes}{rest}"))
            }
            _ => Cow::Borrowed(&*self.text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = "<?xml version='1.0'?><wfs:FeatureCollection xmlns:wfs='http://www.opengis.net/wfs/2.0' \
        xmlns:gml='http://www.opengis.net/gml/3.2' xmlns:s='u' numberMatched='12' numberReturned='2' \
        next='http://x'><wfs:boundedBy><gml:Envelope/></wfs:boundedBy>\
        <wfs:member><s:boom gml:id='b.1'><s:id>9</s:id></s:boom></wfs:member>\n\
        <wfs:member><s:boom gml:id='b.2'/></wfs:member></wfs:FeatureCollection>";

    #[test]
    fn pages_of_both_versions_are_taken_apart() {
        let found = page(TWO).unwrap();
        assert_eq!((found.matched, found.returned, found.members.len()), (Some(12), Some(2), 2));
        assert_eq!(found.members[0].id.as_deref(), Some("b.1"));
        assert_eq!(found.members[1].text, "<wfs:member><s:boom gml:id='b.2'/></wfs:member>");
        assert_eq!(found.declared.len(), 3);
        let head = head(&found.root, &found.declared);
        assert!(head.ends_with("xmlns:s=\"u\">\n") && !head.contains("next"), "{head}");
        let old = "<wfs:FeatureCollection xmlns:wfs='w' xmlns:gml='g' numberOfFeatures='2'>\
            <gml:featureMembers><s:a xmlns:s='u' fid='a.1'><s:b/></s:a><s:a xmlns:s='u' fid='a.2'/>\
            </gml:featureMembers><gml:featureMember><x/></gml:featureMember></wfs:FeatureCollection>";
        let found = page(old).unwrap();
        assert_eq!((found.matched, found.returned, found.members.len()), (None, Some(2), 3));
        assert_eq!(found.members[1].id.as_deref(), Some("a.2"));
        let wrapped = "<gml:featureMember><s:a xmlns:s='u' fid='a.2'/></gml:featureMember>";
        assert_eq!(found.members[1].text, wrapped);
        assert_eq!(found.members[2].text, "<gml:featureMember><x/></gml:featureMember>");
        let none = page("<FeatureCollection numberMatched='unknown' numberReturned='0'/>").unwrap();
        assert_eq!((none.matched, none.returned, none.members.len()), (None, Some(0), 0));
    }

    #[test]
    fn names_that_another_page_declares_otherwise_come_along_with_its_members() {
        let first = page(TWO).unwrap();
        let text = TWO.replace("xmlns:s='u'", "xmlns:s='other'");
        let second = page(&text).unwrap();
        assert_eq!(first.missing_in(&first.declared), "");
        let missing = second.missing_in(&first.declared);
        assert_eq!(missing, " xmlns:s=\"other\"");
        let member = second.members[1].with(&missing);
        assert_eq!(member, "<wfs:member xmlns:s=\"other\"><s:boom gml:id='b.2'/></wfs:member>");
    }

    #[test]
    fn what_is_none_says_why_and_no_damage_is_a_panic() {
        let report = "<ows:ExceptionReport xmlns:ows='o'><ows:Exception><ows:ExceptionText>Kapot\
            </ows:ExceptionText></ows:Exception></ows:ExceptionReport>";
        assert_eq!(page(report), Err(NotAPage::Other("Kapot".to_owned())));
        assert_eq!(page("<html></html>"), Err(NotAPage::Other(String::new())));
        assert!(matches!(page("<a></b>"), Err(NotAPage::Other(_))));
        for end in 0..TWO.len() {
            let cut = page(&TWO[..end]);
            assert!(matches!(cut, Err(NotAPage::Cut | NotAPage::NotJson(_))), "{end}: {cut:?}");
            for byte in ['<', '>', '/', '"', '\0', '&'] {
                let mut spoilt = TWO.to_owned();
                spoilt.replace_range(end..=end, &byte.to_string());
                let _ = page(&spoilt);
            }
        }
    }
}
