//! XML as services tell about themselves, and what they say of why they give no data.

use crate::formats::service_exception;
pub(super) use crate::formats::xml::{Element, decoded, tree_root as root_of};

/// What a service says of why it gives no data: the texts of an exception report, of whichever
/// version; none where the document is none.
pub(in crate::portal) fn exception(bytes: &[u8]) -> Option<String> {
    service_exception(&decoded(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exceptions_of_every_version_are_read() {
        let two = "<ows:ExceptionReport xmlns:ows='http://www.opengis.net/ows/1.1' version='2.0.0'>
            <ows:Exception exceptionCode='InvalidParameterValue' locator='typeName'>
            <ows:ExceptionText>Feature type x:y\n unknown</ows:ExceptionText></ows:Exception>
            </ows:ExceptionReport>";
        assert_eq!(exception(two.as_bytes()).as_deref(), Some("Feature type x:y unknown"));
        let old = "<ServiceExceptionReport><ServiceException code='x'>Kapot</ServiceException>\
            </ServiceExceptionReport>";
        assert_eq!(exception(old.as_bytes()).as_deref(), Some("Kapot"));
        let code = "<ows:ExceptionReport xmlns:ows='u'><ows:Exception exceptionCode='NoApplicableCode'/>\
            </ows:ExceptionReport>";
        assert_eq!(exception(code.as_bytes()).as_deref(), Some("NoApplicableCode"));
        assert_eq!(exception(b"<html/>"), None);
    }
}
