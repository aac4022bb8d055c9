//! What a service says of why it gives no data.

use super::{Stop, Xml};
use crate::jobs::Watch;

/// The texts of an exception report, of whichever version (OWS 1.0 to 2.0, WMS and WFS 1.0); none
/// where the text is none. Of one that breaks off, what is there.
pub(in crate::formats) fn exception(text: &str) -> Option<String> {
    let mut xml = Xml::new(text, &Watch::unwatched());
    let root = xml.root().ok()??;
    if !matches!(root.local(), "ExceptionReport" | "ServiceExceptionReport") {
        return None;
    }
    let mut said = Vec::new();
    // Where it breaks off, what was said until then is told.
    let _ = read(&mut xml, &mut said);
    Some(said.join("; "))
}

fn read(xml: &mut Xml<'_>, said: &mut Vec<String>) -> Result<(), Stop> {
    while let Some(tag) = xml.child()? {
        let code = ["exceptionCode", "code"].into_iter().find_map(|name| tag.attribute(name));
        let mut texts = Vec::new();
        match tag.local() {
            "ServiceException" => texts.push(xml.text()?),
            "Exception" => {
                while let Some(tag) = xml.child()? {
                    if tag.local() == "ExceptionText" {
                        texts.push(xml.text()?);
                    } else {
                        xml.skip()?;
                    }
                }
            }
            _ => xml.skip()?,
        }
        if texts.iter().all(|text| text.trim().is_empty()) {
            texts.extend(code);
        }
        let words = texts.iter().flat_map(|text| text.split_whitespace());
        let text = words.collect::<Vec<_>>().join(" ");
        if !text.is_empty() && !said.contains(&text) {
            said.push(text);
        }
    }
    Ok(())
}
