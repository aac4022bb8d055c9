//! Keys in addresses: shown nowhere, and no part of what tells tiles apart.

/// Names of parameters that hold a key, without the marks between words.
const NAMES: &[&str] = &[
    "key",
    "apikey",
    "appkey",
    "appid",
    "appcode",
    "token",
    "accesstoken",
    "authtoken",
    "auth",
    "authkey",
    "subscriptionkey",
    "ocpapimsubscriptionkey",
    "license",
    "secret",
    "sig",
    "signature",
    "password",
    "passwd",
    "pwd",
];

/// What stands where a key was.
const HIDDEN: &str = "…";

fn is_key(name: &str) -> bool {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    let plain: String = letters.map(|letter| letter.to_ascii_lowercase()).collect();
    NAMES.contains(&plain.as_str())
}

/// An address, or the pattern of one, as it may be shown: without the values of keys and without
/// what stands before an `@` in the server's name.
pub fn without_keys(address: &str) -> String {
    let mut text = address.to_owned();
    if let Some((scheme, rest)) = address.split_once("://") {
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (server, path) = rest.split_at(end);
        if let Some((_, host)) = server.rsplit_once('@') {
            text = format!("{scheme}://{HIDDEN}@{host}{path}");
        }
    }
    let Some((before, query)) = text.split_once('?') else { return text };
    let hidden = |pair: &str| match pair.split_once('=') {
        Some((name, value)) if is_key(name) && !value.is_empty() => format!("{name}={HIDDEN}"),
        _ => pair.to_owned(),
    };
    let pairs: Vec<String> = query.split('&').map(hidden).collect();
    format!("{before}?{}", pairs.join("&"))
}

/// The name of the first parameter of an address that holds a key.
pub fn key_in(address: &str) -> Option<&str> {
    let (_, query) = address.split_once('?')?;
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(name, value)| is_key(name) && !value.is_empty()).map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_not_shown_and_nothing_else_is_lost() {
        for (address, shown) in [
            ("https://a.be/{z}/{x}/{y}.png", "https://a.be/{z}/{x}/{y}.png"),
            ("https://a.be/{z}.png?api_key=geheim&v=1", "https://a.be/{z}.png?api_key=…&v=1"),
            ("https://a.be/?Access-Token=geheim", "https://a.be/?Access-Token=…"),
            ("https://ik:geheim@a.be/x?key=", "https://…@a.be/x?key="),
            ("https://a.be/x@2x.png?LAYERS=key", "https://a.be/x@2x.png?LAYERS=key"),
        ] {
            assert_eq!(without_keys(address), shown);
            assert!(!shown.contains("geheim"));
        }
        assert_eq!(key_in("https://a.be/?v=1&apiKey=geheim"), Some("apiKey"));
        assert_eq!(key_in("https://a.be/?v=1&key="), None);
    }
}
