//! How a portal says no. Opendatasoft has three shapes for it, and servers before it have more.

use chrono::{DateTime, NaiveDateTime, Utc};
use serde_json::Value;

use super::error::Trouble;
use super::html::plain_text;
use super::service;

/// A refusal: its status and what it says.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Refusal {
    pub status: u16,
    pub said: String,
    pub reset: Option<DateTime<Utc>>,
}

impl Refusal {
    /// Reads the body of a refusal: `{"error_code", "message"}`, `{"error"}`, or
    /// `{"errorcode", "error", "reset_time", …}`; of a service `{"code", "description"}`, RFC 7807
    /// or an exception report in XML; a web page says nothing of use.
    pub fn read(status: u16, body: &str) -> Refusal {
        let value: Value = serde_json::from_str(body).unwrap_or_default();
        let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::trim);
        let names = ["message", "error", "detail", "description", "title"];
        let said = names.into_iter().find_map(text).map(str::to_owned);
        let said = said.or_else(|| service::exception(body.as_bytes()));
        // Endpoints of linked data say it in plain words, or on a page.
        let said = said.or_else(|| in_text(body).filter(|_| matches!(status, 400 | 422 | 500)));
        let reset = text("reset_time").and_then(reset_time);
        Refusal { status, said: said.unwrap_or_default(), reset }
    }

    /// What it means.
    pub fn trouble(self) -> Trouble {
        match self.status {
            400 | 422 => Trouble::BadQuestion(self.said),
            401 | 403 => Trouble::Key(self.said),
            404 | 410 => Trouble::NoDataset(String::new()),
            429 => Trouble::TooMany(self.reset, self.said),
            status => Trouble::Broken(status, self.said),
        }
    }
}

/// What a plain text, or a page that shows one, says first; none for a page of another kind.
pub(super) fn in_text(body: &str) -> Option<String> {
    const LONGEST: usize = 400;
    let start = body.trim_start();
    let text = if start.starts_with('<') {
        let shown = start.split_once("<pre").and_then(|(_, rest)| rest.split_once('>'))?.1;
        plain_text(shown.split("</pre").next().unwrap_or(shown))
    } else if start.starts_with(['{', '[']) {
        return None;
    } else {
        start.to_owned()
    };
    // What follows after an empty line is the question once more.
    let first = text.trim().split("\n\n").next().unwrap_or_default();
    let first = first.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = first.chars().take(LONGEST).collect();
    (!short.is_empty()).then_some(short)
}

/// A time as the portal writes it: `2026-07-28T00:00:00Z`, or with a space and `+00:00`.
pub(super) fn reset_time(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    let with_offset = DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f%:z"));
    let without = || NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok();
    with_offset.map(|at| at.to_utc()).ok().or_else(|| without().map(|at| at.and_utc()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_shapes_are_read() {
        let query = r#"{"error_code":"ODSQLError","message":"Unknown field: naamm"}"#;
        let refused = Refusal::read(400, query).trouble();
        assert_eq!(refused, Trouble::BadQuestion("Unknown field: naamm".into()));
        let key = Refusal::read(401, r#"{"error":"API key is not valid"}"#).trouble();
        assert_eq!(key, Trouble::Key("API key is not valid".into()));
        let many = r#"{"errorcode":10002,"reset_time":"2026-07-28T00:00:00Z","limit_time_unit":"day",
            "call_limit":10000,"error":"Too many requests on the domain."}"#;
        let until = "2026-07-28T00:00:00Z".parse().ok();
        let refused = Refusal::read(429, many).trouble();
        assert_eq!(refused, Trouble::TooMany(until, "Too many requests on the domain.".into()));
        let report = "<ows:ExceptionReport><ows:Exception><ows:ExceptionText>Geen laag x\
            </ows:ExceptionText></ows:Exception></ows:ExceptionReport>";
        let refused = Refusal::read(400, report).trouble();
        assert_eq!(refused, Trouble::BadQuestion("Geen laag x".into()));
        let described = r#"{"code":"InvalidParameterValue","description":"limit is te groot"}"#;
        let refused = Refusal::read(400, described).trouble();
        assert_eq!(refused, Trouble::BadQuestion("limit is te groot".into()));
        let virtuoso = "Virtuoso 37000 Error SP030: SPARQL compiler, line 1: syntax error\n\n\
            SPARQL query:\nSELECT";
        let refused = Refusal::read(400, virtuoso).trouble();
        let said = "Virtuoso 37000 Error SP030: SPARQL compiler, line 1: syntax error";
        assert_eq!(refused, Trouble::BadQuestion(said.into()));
        let shown = "<html><body><h1>Bad</h1><pre class=x>Parse error: &lt;EOF&gt;</pre></body>";
        let refused = Refusal::read(400, shown).trouble();
        assert_eq!(refused, Trouble::BadQuestion("Parse error: <EOF>".into()));
        let page = Refusal::read(502, "<html>Bad gateway</html>").trouble();
        assert_eq!(page, Trouble::Broken(502, String::new()));
    }

    #[test]
    fn the_time_of_a_reset_is_read_with_a_space_too() {
        let at: Option<DateTime<Utc>> = "2026-07-28T00:00:00Z".parse().ok();
        for text in
            ["2026-07-28 00:00:00+00:00", "2026-07-28T02:00:00+02:00", "2026-07-28T00:00:00"]
        {
            assert_eq!(reset_time(text), at, "{text}");
        }
        assert_eq!(reset_time("soon"), None);
    }
}
