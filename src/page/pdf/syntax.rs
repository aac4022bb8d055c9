//! How values are written in a PDF file (ISO 32000-1, section 7.3), and the frame of a file:
//! header, numbered objects, table of where they are, trailer (section 7.5).

use std::fmt::Write as _;
use std::io::{self, Write};

use ring::digest::{Context, SHA256};

/// The number of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Ref(u32);

impl std::fmt::Display for Ref {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} 0 R", self.0)
    }
}

/// A dictionary, written as it is filled. Keys are names of the standard, without a sign that
/// would need an escape.
#[derive(Clone, Debug, Default)]
pub(super) struct Dict {
    body: String,
}

impl Dict {
    pub fn new() -> Dict {
        Dict::default()
    }

    /// A value that is written already.
    pub fn raw(mut self, key: &str, value: impl std::fmt::Display) -> Dict {
        let _ = write!(self.body, "/{key} {value}");
        self
    }

    /// A name of the standard.
    pub fn name(self, key: &str, value: &str) -> Dict {
        self.raw(key, format_args!("/{value}"))
    }

    /// A text for people.
    pub fn text(self, key: &str, value: &str) -> Dict {
        self.raw(key, text(value))
    }

    /// A dictionary within.
    pub fn dict(self, key: &str, value: &Dict) -> Dict {
        self.raw(key, value)
    }

    /// A list of values that are written already.
    pub fn list<T: std::fmt::Display>(
        self,
        key: &str,
        values: impl IntoIterator<Item = T>,
    ) -> Dict {
        self.raw(key, list(values))
    }

    pub fn is_empty(&self) -> bool {
        self.body.is_empty()
    }
}

impl std::fmt::Display for Dict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<<{}>>", self.body)
    }
}

/// A list of values that are written already.
pub(super) fn list<T: std::fmt::Display>(values: impl IntoIterator<Item = T>) -> String {
    let mut out = "[".to_owned();
    for (at, value) in values.into_iter().enumerate() {
        let _ = write!(out, "{}{value}", if at > 0 { " " } else { "" });
    }
    out.push(']');
    out
}

/// A text for people (section 7.9.2.2): as it is where it is plain, else in UTF-16.
pub(super) fn text(value: &str) -> String {
    let is_plain = value.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if !is_plain {
        return utf16(value, true);
    }
    let mut out = "(".to_owned();
    for letter in value.chars() {
        if matches!(letter, '(' | ')' | '\\') {
            out.push('\\');
        }
        out.push(letter);
    }
    out.push(')');
    out
}

/// A text in UTF-16, most significant byte first, as hexadecimal digits.
pub(super) fn utf16(value: &str, has_mark: bool) -> String {
    let mut out = if has_mark { "<FEFF" } else { "<" }.to_owned();
    for unit in value.encode_utf16() {
        let _ = write!(out, "{unit:04X}");
    }
    out.push('>');
    out
}

/// A number with a number of decimals at most; never an exponent, never −0.
pub(super) fn real(value: f64, decimals: usize) -> String {
    let value = if value.is_finite() { value } else { 0.0 };
    let written = format!("{value:.decimals$}");
    if !written.contains('.') {
        return if written == "-0" { "0".to_owned() } else { written };
    }
    let short = written.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

/// A file that grows object by object. Nothing but the places of the objects is kept in memory.
pub(super) struct Body<W> {
    out: W,
    at: u64,
    /// Where each object starts; none for one that was promised and is not there yet.
    places: Vec<Option<u64>>,
    /// Of all that was written: the file's name for itself.
    digest: Context,
}

impl<W: Write> Body<W> {
    pub fn new(out: W) -> io::Result<Body<W>> {
        let mut body = Body { out, at: 0, places: Vec::new(), digest: Context::new(&SHA256) };
        // The second line tells programs that move files that this one is not plain text.
        body.put(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")?;
        Ok(body)
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)?;
        self.digest.update(bytes);
        self.at += bytes.len() as u64;
        Ok(())
    }

    /// A number for an object to come.
    pub fn promise(&mut self) -> Ref {
        self.places.push(None);
        Ref(u32::try_from(self.places.len()).unwrap_or(u32::MAX))
    }

    fn begin(&mut self, number: Ref) -> io::Result<()> {
        let place = (number.0 as usize).checked_sub(1).and_then(|at| self.places.get_mut(at));
        if let Some(place) = place {
            *place = Some(self.at);
        }
        self.put(format!("{} 0 obj\n", number.0).as_bytes())
    }

    /// An object of a number that was promised.
    pub fn keep(&mut self, number: Ref, value: impl std::fmt::Display) -> io::Result<()> {
        self.begin(number)?;
        self.put(value.to_string().as_bytes())?;
        self.put(b"\nendobj\n")
    }

    /// An object with a number of its own.
    pub fn object(&mut self, value: impl std::fmt::Display) -> io::Result<Ref> {
        let number = self.promise();
        self.keep(number, value)?;
        Ok(number)
    }

    /// Bytes with what is said about them; their length is added.
    pub fn stream(&mut self, about: Dict, bytes: &[u8]) -> io::Result<Ref> {
        let number = self.promise();
        self.begin(number)?;
        self.put(about.raw("Length", bytes.len()).to_string().as_bytes())?;
        self.put(b"\nstream\n")?;
        self.put(bytes)?;
        self.put(b"\nendstream\nendobj\n")?;
        Ok(number)
    }

    /// Ends the file: the table of places and the trailer.
    pub fn finish(mut self, root: Ref, info: Ref) -> io::Result<W> {
        let table = self.at;
        let mut end = format!("xref\n0 {}\n0000000000 65535 f \n", self.places.len() + 1);
        for place in &self.places {
            // An object that was promised and never came is a free one, which reads as null.
            let _ = match place {
                Some(place) => writeln!(end, "{place:010} 00000 n "),
                None => writeln!(end, "0000000000 65535 f "),
            };
        }
        self.put(end.as_bytes())?;
        let digest = self.digest.clone().finish();
        let name: String = digest.as_ref().iter().take(16).fold(String::new(), |mut name, byte| {
            let _ = write!(name, "{byte:02X}");
            name
        });
        let trailer = Dict::new()
            .raw("Size", self.places.len() + 1)
            .raw("Root", root)
            .raw("Info", info)
            .raw("ID", format_args!("[<{name}><{name}>]"));
        self.put(format!("trailer\n{trailer}\nstartxref\n{table}\n%%EOF\n").as_bytes())?;
        self.out.flush()?;
        Ok(self.out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ISO 32000-1, sections 7.3.3, 7.3.4 and 7.9.2.2.
    #[test]
    fn values_are_written_as_the_standard_has_them() {
        assert_eq!(text(r"a (b) \ c"), r"(a \(b\) \\ c)");
        assert_eq!(text("Één"), "<FEFF00C900E9006E>");
        assert_eq!(text("🗺"), "<FEFFD83DDDFA>");
        assert_eq!(real(51.000_000_12, 9), "51.00000012");
        assert_eq!(real(-0.000_01, 3), "0");
        assert_eq!(real(1200.0, 0), "1200");
        assert_eq!(real(f64::NAN, 3), "0");
        let dict = Dict::new().name("Type", "Page").list("Box", [0, 1]).dict("R", &Dict::new());
        assert_eq!(dict.to_string(), "<</Type /Page/Box [0 1]/R <<>>>>");
    }
}
