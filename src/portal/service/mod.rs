//! Services and files on the web: WFS 1.1 and 2.0, OGC API Features, and what is simply downloaded.
//!
//! A layer of a service is named by a [`ServiceAddress`]. Its features come page by page into one
//! file, which is kept with its receipt like the export of a portal, and read from there. Pages lie
//! in many ways: what was counted is compared with what the service says, each feature is kept
//! once, and whatever was odd stands in the receipt ([`ServiceNotes`]).
//!
//! Coordinates come in the system that the service keeps them in: the numbers are the source's
//! own, and some servers round degrees to four decimals, eleven metres, where metres with as many
//! are exact. Which number stands first is checked against where the service says that the layer
//! lies, because neither standard nor server settles it.

mod address;
mod axes;
mod capabilities;
mod collections;
mod described;
mod download;
mod fetch;
mod gather;
mod gml;
mod look;
mod notes;
mod ogcapi;
mod pages;
mod settle;
mod wfs;
mod xml;

pub use address::{ServiceAddress, ServiceKind};
pub use described::{Service, ServiceLayer};
pub use look::Found;
pub use notes::{Oddity, ServiceNotes, ToldCrs};

pub(super) use address::web;
pub(super) use described::{Known, in_words};
pub(super) use download::read_file;
pub(super) use pages::is_refusal;
pub(super) use xml::exception;
