//! What is remembered of how a service gave its features, beside the receipt: kept with it, so that
//! the copy says the same as the download did.

use serde::{Deserialize, Serialize};

use crate::crs::{Crs, HowFound, LayerCrs};
use crate::i18n::Arg;
use crate::problem::Problems;

/// How a service was asked, and what was odd.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ServiceNotes {
    /// The protocol and its version: `WFS 2.0.0`.
    pub protocol: String,
    /// What features came as: `GeoJSON`.
    pub output: String,
    /// How many pages came.
    pub pages: u64,
    /// The system of the coordinates, where the data do not say so themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crs: Option<ToldCrs>,
    /// What a server says of the state of a file, to tell whether it changed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub stamp: String,
    /// What was not as it should be.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub oddities: Vec<Oddity>,
}

/// A system that data are in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldCrs {
    /// Its code.
    pub code: String,
    /// Whether y stands before x.
    #[serde(default)]
    pub swapped: bool,
}

impl ToldCrs {
    /// The system; none for a code that PROJ does not know.
    pub(in crate::portal) fn layer_crs(&self) -> Option<LayerCrs> {
        let crs = Crs::from_code(&self.code).ok()?;
        Some(LayerCrs { crs, how: HowFound::Service, swapped: self.swapped })
    }
}

/// Something a service did that it should not have, and what was done about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Oddity {
    /// So many features came on two pages, and are kept once.
    Doubles(u64),
    /// So many features have the identifier of another.
    SameIds(u64),
    /// The data changed while the pages came.
    Changed,
    /// The next page was said to be at another server; it was asked at the one of the address.
    NextElsewhere(String),
    /// The server says there is more, but not where; it was asked for by number.
    NextMissing,
    /// The next page is one that came before.
    Loop,
    /// Whatever page is asked for, the first one comes.
    NoPages,
    /// So many pages said they held another number of features than they did.
    Returned(u64),
    /// The coordinates are in another system than the one that was asked for or said.
    OtherCrs(String),
    /// The coordinates have y before x.
    Swapped,
    /// The server takes the numbers of a rectangle in the other order.
    RectangleSwapped,
    /// So many bytes were no text in the encoding of their page.
    Replaced(u64),
    /// It offers GeoJSON but does not give it; it came as GML.
    NotAsOffered,
    /// An endpoint gave only so many of the answers it was asked for.
    Capped(u64),
    /// The pages of an answer came in no order: some may stand there twice, and others not.
    Unordered,
    /// So many older versions of things were left out, as was asked.
    Superseded(u64),
    /// So many members of a stream do not say when they were made.
    Undated(u64),
    /// Of so many members of a stream nothing is said.
    Empty(u64),
    /// A stream says that it has so many members, and so many came.
    Members(u64, u64),
}

impl Oddity {
    pub(in crate::portal) fn report(&self, problems: &mut Problems) {
        let (id, count, args) = match self {
            Oddity::Doubles(count) => ("problem-service-doubles", *count, Vec::new()),
            Oddity::SameIds(count) => ("problem-service-same-ids", *count, Vec::new()),
            Oddity::Changed => ("problem-service-changed", 1, Vec::new()),
            Oddity::NextElsewhere(host) => {
                ("problem-service-next-elsewhere", 1, vec![("host", Arg::Text(host.clone()))])
            }
            Oddity::NextMissing => ("problem-service-next-missing", 1, Vec::new()),
            Oddity::Loop => ("problem-service-loop", 1, Vec::new()),
            Oddity::NoPages => ("problem-service-no-pages", 1, Vec::new()),
            Oddity::Returned(count) => ("problem-service-returned", *count, Vec::new()),
            Oddity::OtherCrs(name) => {
                ("problem-service-other-crs", 1, vec![("crs", Arg::Text(name.clone()))])
            }
            Oddity::Swapped => ("problem-service-swapped", 1, Vec::new()),
            Oddity::RectangleSwapped => ("problem-service-rectangle", 1, Vec::new()),
            Oddity::Replaced(count) => ("problem-service-replaced", *count, Vec::new()),
            Oddity::NotAsOffered => ("problem-service-not-as-offered", 1, Vec::new()),
            Oddity::Capped(count) => ("problem-linked-capped", *count, Vec::new()),
            Oddity::Unordered => ("problem-linked-unordered", 1, Vec::new()),
            Oddity::Superseded(count) => ("problem-linked-superseded", *count, Vec::new()),
            Oddity::Undated(count) => ("problem-linked-undated", *count, Vec::new()),
            Oddity::Empty(count) => ("problem-linked-empty", *count, Vec::new()),
            Oddity::Members(said, came) => {
                let args = vec![("said", Arg::Count(*said)), ("came", Arg::Count(*came))];
                ("problem-linked-members", said.abs_diff(*came), args)
            }
        };
        problems.report(id, count, args, None);
    }
}
