//! `AREAS[:SQL]`: a file with areas and perhaps a condition on them.

use std::path::{Path, PathBuf};

use crate::portal::{PortalAddress, ServiceAddress};

/// Splits at the first `:` after the longest path that exists, so that drive letters (`C:\…`) and
/// file names with colons stay whole. Where no such path exists, at the first `:` that does not
/// follow a single letter. The address of a layer of a portal ends where it is one for the first
/// time: behind its server no `:` stands as it is. That of a service or of a file on the web may
/// hold one (`typeNames=stad:bomen`): see [`split_address`].
pub(super) fn split(text: &str) -> (PathBuf, &str) {
    split_by(text, Path::exists)
}

fn split_by(text: &str, exists: impl Fn(&Path) -> bool) -> (PathBuf, &str) {
    if exists(Path::new(text)) {
        return (PathBuf::from(text), "");
    }
    let cuts = || text.match_indices(':').map(|(at, _)| at);
    if ServiceAddress::is_meant(text) {
        let (address, sql) = split_address(text);
        return (PathBuf::from(address), sql);
    }
    if PortalAddress::is_meant(Path::new(text)) {
        let is_address =
            |at: &usize| text.get(..*at).is_some_and(|it| it.parse::<PortalAddress>().is_ok());
        let end = cuts().find(is_address).unwrap_or(text.len());
        let (address, rest) = text.split_at(end);
        return (PathBuf::from(address), rest.strip_prefix(':').unwrap_or(rest).trim());
    }
    let cut_at = |at: usize| {
        let (path, rest) = text.split_at(at);
        (PathBuf::from(path), rest.strip_prefix(':').unwrap_or(rest).trim())
    };
    let existing =
        cuts().rev().find(|at| text.get(..*at).is_some_and(|path| exists(path.as_ref())));
    let drive = |at: usize| at == 1 && text.starts_with(|c: char| c.is_ascii_alphabetic());
    match existing.or_else(|| cuts().find(|at| !drive(*at))) {
        Some(at) => cut_at(at),
        None => (PathBuf::from(text), ""),
    }
}

/// Splits what is meant as an address on the web at the last `:` before the condition's first
/// space; where there is no space, at the first one behind the server, unless a `?` came before.
fn split_address(text: &str) -> (&str, &str) {
    let server = text.find("://").map_or(0, |at| at + "://".len());
    let server =
        text.get(server..).and_then(|rest| rest.find('/')).map_or(text.len(), |at| server + at);
    let rest = text.get(server..).unwrap_or_default();
    let cut = match rest.find(char::is_whitespace) {
        Some(space) => rest.get(..space).and_then(|before| before.rfind(':')),
        None => rest.find(':').filter(|at| !rest.get(..*at).is_some_and(|it| it.contains('?'))),
    };
    match cut.and_then(|at| text.split_at_checked(server + at)) {
        Some((address, sql)) => (address, sql.strip_prefix(':').unwrap_or(sql).trim()),
        None => (text, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_condition_starts_after_the_path() {
        let known = ["C:\\data\\wijken.geojson", "wijken.geojson", "a:b.csv"];
        let cut = |text: &'static str| {
            let (path, sql) = split_by(text, |path| known.iter().any(|k| Path::new(k) == path));
            (path.to_string_lossy().into_owned(), sql)
        };
        for (text, path, sql) in [
            ("wijken.geojson", "wijken.geojson", ""),
            ("wijken.geojson:naam = 'Ledeberg'", "wijken.geojson", "naam = 'Ledeberg'"),
            ("wijken.geojson: tijd = '10:30'", "wijken.geojson", "tijd = '10:30'"),
            ("C:\\data\\wijken.geojson", "C:\\data\\wijken.geojson", ""),
            ("C:\\data\\wijken.geojson:naam = 'x:y'", "C:\\data\\wijken.geojson", "naam = 'x:y'"),
            ("a:b.csv:n = 1", "a:b.csv", "n = 1"),
            ("D:\\nowhere.csv:n = 1", "D:\\nowhere.csv", "n = 1"),
            ("nowhere.csv:n = 1", "nowhere.csv", "n = 1"),
            ("portal:gent/wijken", "portal:gent/wijken", ""),
            ("portal:gent/wijken:n = 1", "portal:gent/wijken", "n = 1"),
            (
                "portal:http://127.0.0.1:8123/a?where=n%3E1",
                "portal:http://127.0.0.1:8123/a?where=n%3E1",
                "",
            ),
            (
                "portal:http://127.0.0.1:8123/a:t = '10:30'",
                "portal:http://127.0.0.1:8123/a",
                "t = '10:30'",
            ),
            ("portal:gent", "portal:gent", ""),
            ("https://x.be:8080/a.csv", "https://x.be:8080/a.csv", ""),
            ("https://x.be:8080/a.csv:n=1", "https://x.be:8080/a.csv", "n=1"),
            ("https://x.be/a.csv: t = '10:30'", "https://x.be/a.csv", "t = '10:30'"),
            ("wfs:https://x.be/wfs?typeNames=s:a", "wfs:https://x.be/wfs?typeNames=s:a", ""),
            (
                "wfs:https://x.be/wfs?typeNames=s:a:naam = 'x:y'",
                "wfs:https://x.be/wfs?typeNames=s:a",
                "naam = 'x:y'",
            ),
            ("https://x.be", "https://x.be", ""),
            ("", "", ""),
        ] {
            assert_eq!(cut(text), (path.to_owned(), sql), "{text}");
        }
    }
}
