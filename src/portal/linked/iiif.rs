//! Pictures of museums: a manifest (IIIF Presentation API 2 and 3) leads to an image, of which the
//! size that is wanted is asked for (IIIF Image API).

use serde_json::Value;
use url::Url;

use crate::i18n::Message;
use crate::jobs::Watch;
use crate::portal::ask::host_of;
use crate::portal::error::{PortalError, Trouble};
use crate::portal::{Portals, plain_text};
use crate::problem::FileError;

/// The most bytes of a picture at the size of a panel.
const LARGEST: u64 = 8 << 20;

/// A picture in small, and where it is in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MuseumPicture {
    /// The picture in small: JPEG or PNG.
    pub bytes: Vec<u8>,
    /// Where the whole picture is.
    pub full: Url,
    /// The licence or the rights, as the manifest says; empty where it does not.
    pub rights: String,
    /// Whom to name, as the manifest says.
    pub attribution: String,
}

/// What a manifest says of its first picture.
#[derive(Clone, Debug, PartialEq, Eq)]
struct First {
    /// The image service; none where there is only the image itself.
    service: Option<String>,
    image: String,
    rights: String,
    attribution: String,
}

/// Whether a text is the address of a manifest.
pub fn is_manifest(text: &str) -> bool {
    let text = text.trim();
    let is_web = text.starts_with("https://") || text.starts_with("http://");
    is_web && text.contains("/iiif/") && text.contains("manifest") && !text.contains(' ')
}

fn first(manifest: &Value) -> Option<First> {
    let text = |value: Option<&Value>| -> String {
        let value = match value {
            Some(Value::Array(several)) => several.first(),
            other => other,
        };
        let text = match value {
            Some(Value::Object(map)) => map
                .get("@value")
                .or_else(|| map.values().next())
                .and_then(|value| value.as_str().or_else(|| value.get(0)?.as_str())),
            Some(value) => value.as_str(),
            None => None,
        };
        plain_text(text.unwrap_or_default()).trim().to_owned()
    };
    let id = |value: &Value| {
        let id = value.get("@id").or_else(|| value.get("id"))?;
        id.as_str().map(str::to_owned)
    };
    let service = |body: &Value| {
        let service = body.get("service")?;
        id(service.get(0).unwrap_or(service))
    };
    // Version 2, and version 3.
    let old = manifest.pointer("/sequences/0/canvases/0/images/0/resource");
    let body = old.or_else(|| manifest.pointer("/items/0/items/0/items/0/body"))?;
    let rights = manifest.get("rights").or_else(|| manifest.get("license"));
    let attribution =
        manifest.get("attribution").or_else(|| manifest.pointer("/requiredStatement/value"));
    Some(First {
        service: service(body),
        image: id(body)?,
        rights: text(rights),
        attribution: text(attribution),
    })
}

impl Portals {
    /// The first picture of a manifest, no wider or higher than so many pixels.
    ///
    /// # Errors
    /// When the manifest or the picture cannot be had, or is none.
    pub fn museum_picture(
        &self,
        manifest: &str,
        side: u32,
        watch: &Watch,
    ) -> Result<MuseumPicture, FileError> {
        let picture = self.picture_of(manifest, side, watch);
        picture.map_err(|error| error.about(manifest))
    }

    fn picture_of(
        &self,
        manifest: &str,
        side: u32,
        watch: &Watch,
    ) -> Result<MuseumPicture, PortalError> {
        let no_picture = |host: &str| {
            let what = Message::new("linked-error-no-picture");
            PortalError::told(host, what, "linked-remedy-picture")
        };
        let url = super::LinkedAddress::base_of(manifest).ok_or_else(|| no_picture(manifest))?;
        let host = host_of(&url);
        let document = self.asker.json(&url, watch)?;
        let first = first(&document).ok_or_else(|| no_picture(&host))?;
        let of = |size: &str| match &first.service {
            Some(service) => {
                let base = service.trim_end_matches('/');
                url.join(&format!("{base}/full/{size}/0/default.jpg"))
            }
            None => url.join(&first.image),
        };
        let bad = |_| no_picture(&host);
        let small = of(&format!("!{side},{side}")).map_err(bad)?;
        let full = of("full").map_err(bad)?;
        let bytes = self.asker.again(&small, watch, || {
            let mut body = self.asker.once_for(&small, "image/jpeg, image/png", LARGEST, watch)?;
            let bytes = body.all(watch)?;
            if bytes.starts_with(b"<") || bytes.is_empty() {
                let what = Message::new("portal-unexpected-page");
                return Err(body.error(Trouble::Unexpected(what)));
            }
            Ok(bytes)
        })?;
        let (rights, attribution) = (first.rights, first.attribution);
        Ok(MuseumPicture { bytes, full, rights, attribution })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_versions_of_a_manifest_lead_to_a_picture() {
        let old = r#"{"attribution": [{"@value": "<b>Archief</b> Gent", "@language": "nl"}], "license": "https://cc0",
            "sequences": [{"canvases": [{"images": [{"resource": {"@id": "https://x.be/a.jpg",
            "service": {"@id": "https://x.be/iiif/3/a"}}}]}]}]}"#;
        let new = r#"{"rights": "https://cc0", "requiredStatement": {"label": {"nl": ["Naam"]}, "value": {"nl": ["Archief Gent"]}},
            "items": [{"items": [{"items": [{"body": {"id": "https://x.be/a.jpg",
            "service": [{"id": "https://x.be/iiif/3/a", "type": "ImageService3"}]}}]}]}]}"#;
        for text in [old, new] {
            let first = first(&serde_json::from_str(text).unwrap()).unwrap();
            assert_eq!(first.service.as_deref(), Some("https://x.be/iiif/3/a"));
            assert_eq!((&*first.image, &*first.rights), ("https://x.be/a.jpg", "https://cc0"));
            assert_eq!(first.attribution, "Archief Gent");
        }
        assert_eq!(first(&serde_json::json!({"items": []})), None);
    }

    #[test]
    fn manifests_are_known_by_their_address() {
        assert!(is_manifest("https://api.collectie.gent/iiif/presentation/v2/manifest/stam:14266"));
        for other in ["https://x.be/a.jpg", "manifest", "https://x.be/iiif/info.json", ""] {
            assert!(!is_manifest(other), "{other}");
        }
    }
}
