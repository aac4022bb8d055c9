//! Paths as SQLite takes them where something must be said about the file (sqlite.org/uri.html).

use std::path::Path;

/// The address of a file. `is_still` says that nobody writes it: SQLite then takes no locks and
/// makes no files beside it.
pub(crate) fn of_file(path: &Path, is_still: bool) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut address = String::from("file:");
    let bytes = path.as_os_str().as_encoded_bytes();
    // C:\a is file:///C:/a, and \\server\a is file:////server/a.
    if cfg!(windows) {
        address.push_str(if bytes.starts_with(b"\\") { "//" } else { "///" });
    }
    for byte in bytes {
        match byte {
            b'\\' if cfg!(windows) => address.push('/'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b':' => {
                address.push(char::from(*byte));
            }
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    if is_still {
        address.push_str("?immutable=1");
    }
    address
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn signs_that_mean_something_in_an_address_do_not_in_a_path() {
        assert_eq!(
            of_file(Path::new("/a b/ç?x#1%.gpkg"), false),
            "file:/a%20b/%C3%A7%3Fx%231%25.gpkg"
        );
        assert!(of_file(Path::new("/a.gpkg"), true).ends_with("a.gpkg?immutable=1"));
    }
}
