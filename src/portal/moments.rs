//! Moments in files of the program: ISO 8601 text.

use chrono::{DateTime, FixedOffset, TimeZone, Utc};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serializer};

/// A moment in UTC.
pub(super) mod utc {
    use super::{DateTime, Deserialize, Deserializer, Serializer, Utc, parsed, written};

    pub fn serialize<S: Serializer>(at: &DateTime<Utc>, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&written(at))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<DateTime<Utc>, D::Error> {
        let text = String::deserialize(from)?;
        parsed::<D>(&text).map(|at| at.to_utc())
    }
}

/// A moment as somebody else wrote it, or none.
pub(super) mod maybe {
    use super::{DateTime, Deserialize, Deserializer, FixedOffset, Serializer, parsed, written};

    #[expect(clippy::ref_option, reason = "serde gives the field itself")]
    pub fn serialize<S: Serializer>(
        at: &Option<DateTime<FixedOffset>>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        match at {
            Some(at) => to.serialize_str(&written(at)),
            None => to.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<DateTime<FixedOffset>>, D::Error> {
        let text = Option::<String>::deserialize(from)?;
        text.map(|text| parsed::<D>(&text)).transpose()
    }
}

fn written<Z: TimeZone>(at: &DateTime<Z>) -> String {
    at.to_rfc3339()
}

fn parsed<'de, D: Deserializer<'de>>(text: &str) -> Result<DateTime<FixedOffset>, D::Error> {
    DateTime::parse_from_rfc3339(text).map_err(D::Error::custom)
}
