//! Text encodings.

/// Decoded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text.
    pub text: String,
    /// The WHATWG name of the encoding.
    pub encoding: &'static str,
    /// Bytes (sequences) that were not of the encoding and became U+FFFD.
    pub replaced: u64,
}

/// Stub.
pub fn decode(bytes: &[u8], _chosen: Option<&str>) -> Decoded {
    Decoded { text: String::from_utf8_lossy(bytes).into_owned(), encoding: "UTF-8", replaced: 0 }
}

/// Stub.
pub fn encoding_for_label(label: &str) -> Option<&'static encoding_rs::Encoding> {
    encoding_rs::Encoding::for_label(label.as_bytes())
}
