//! What speaks for which encoding of a source's texts, kept beside the table so that a person can
//! look before believing.

use crate::i18n::Message;

/// Who says which encoding a source's texts are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EncodingSource {
    /// The byte order mark at the start.
    Mark,
    /// The standard of the format (RFC 8259: JSON is UTF-8).
    Format,
    /// The head of the file itself (XML).
    Head,
    /// The .cpg file beside a shapefile.
    Cpg,
    /// The "language driver" byte in the header of a dBASE table.
    LanguageByte,
    /// The bytes: they are valid UTF-8, which other texts are next to never by accident.
    Validity,
    /// The bytes: the letters they make are those of a language.
    Letters,
    /// The bytes: what was UTF-8 was taken for windows-1252 and written as UTF-8 once more.
    TwiceEncoded,
    /// The person.
    Chosen,
}

impl EncodingSource {
    /// The stable name in `--json`.
    pub fn code(self) -> &'static str {
        match self {
            EncodingSource::Mark => "mark",
            EncodingSource::Format => "format",
            EncodingSource::Head => "head",
            EncodingSource::Cpg => "cpg",
            EncodingSource::LanguageByte => "language-byte",
            EncodingSource::Validity => "validity",
            EncodingSource::Letters => "letters",
            EncodingSource::TwiceEncoded => "twice-encoded",
            EncodingSource::Chosen => "chosen",
        }
    }

    /// In words.
    pub fn message(self) -> Message {
        Message::new(match self {
            EncodingSource::Mark => "encoding-by-mark",
            EncodingSource::Format => "encoding-by-format",
            EncodingSource::Head => "encoding-by-head",
            EncodingSource::Cpg => "encoding-by-cpg",
            EncodingSource::LanguageByte => "encoding-by-language-byte",
            EncodingSource::Validity => "encoding-by-validity",
            EncodingSource::Letters => "encoding-by-letters",
            EncodingSource::TwiceEncoded => "encoding-by-twice",
            EncodingSource::Chosen => "encoding-by-choice",
        })
    }
}

/// One way to read the texts.
#[derive(Clone, Debug, PartialEq)]
pub struct TextCandidate {
    /// The encoding's name, which is also what it is asked for by.
    pub encoding: &'static str,
    /// Who speaks for it; nobody for one that is only tried.
    pub said_by: Vec<EncodingSource>,
    /// [`TextEvidence::samples`] read so.
    pub values: Vec<String>,
    /// Whether values were met whose bytes are not of this encoding.
    pub is_damaged: bool,
}

/// What speaks for which encoding.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextEvidence {
    /// The ways to read the texts that anybody speaks for, the one used first. Ways that give the
    /// same texts are both there.
    pub candidates: Vec<TextCandidate>,
    /// At most three values as they stand in the source, those that tell most: with letters
    /// outside ASCII, where the candidates differ.
    pub samples: Vec<Vec<u8>>,
    /// How many values have letters outside ASCII, as far as was looked.
    pub texts: u64,
    /// Whether those who speak disagree about texts that are there, and nothing settles it.
    pub is_in_doubt: bool,
}

impl TextEvidence {
    /// Whether the candidates give different texts.
    pub fn differs(&self) -> bool {
        let mut values = self.candidates.iter().map(|candidate| &candidate.values);
        let first = values.next();
        values.any(|other| Some(other) != first)
    }
}
