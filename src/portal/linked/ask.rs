//! Asking for a page of linked data: with what is known of it already, or by a form where a
//! question is long.

use url::Url;

use crate::i18n::Message;
use crate::jobs::Watch;
use crate::portal::ask::{Asker, Question};
use crate::portal::body::text as header;
use crate::portal::error::{PortalError, Trouble};

/// The most bytes of one page, which is held in memory.
pub(super) const HEAVIEST: u64 = 192 << 20;

/// A page as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Came {
    pub bytes: Vec<u8>,
    /// What the server calls it.
    pub kind: String,
    /// Where it came from in the end.
    pub url: Url,
    pub etag: String,
    /// The server says that it never changes.
    pub is_immutable: bool,
}

/// What a server says no with, in words about linked data.
pub(super) fn in_words(error: PortalError, base: &Url) -> PortalError {
    if matches!(error.trouble, Trouble::BadQuestion(_)) {
        let remedy = Message::new("linked-remedy-question");
        let trouble = Trouble::Service(error.what(), remedy);
        return PortalError::new(error.host, trouble);
    }
    crate::portal::service::in_words(error, base)
}

/// Asks for a page as often as it makes sense; none where it is the one that an ETag is for.
pub(super) fn page(
    asker: &Asker,
    question: &Question<'_>,
    watch: &Watch,
) -> Result<Option<Came>, PortalError> {
    asker.again(question.url, watch, || {
        let mut body = asker.asked(question, HEAVIEST, watch)?;
        if body.status == 304 {
            return Ok(None);
        }
        let bytes = body.all(watch).map_err(|error| match error.trouble {
            Trouble::TooLarge(_) => {
                let what = Message::new("portal-unexpected-size");
                PortalError::new(error.host, Trouble::Unexpected(what))
            }
            _ => error,
        })?;
        let cache = header(&body.headers, "cache-control").to_lowercase();
        Ok(Some(Came {
            bytes,
            kind: header(&body.headers, "content-type").to_owned(),
            url: body.url.clone().unwrap_or_else(|| question.url.clone()),
            etag: header(&body.headers, "etag").to_owned(),
            is_immutable: cache.contains("immutable"),
        }))
    })
}
