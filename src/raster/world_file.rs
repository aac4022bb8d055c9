//! World files: six lines that say where an image is.
//!
//! The lines are A, D, B, E, C and F of x = A·column + B·row + C and y = D·column + E·row + F,
//! where column 0, row 0 is the middle of the left top pixel (Esri, "World files for raster
//! datasets").

use std::path::{Path, PathBuf};

use super::affine::Affine;
use super::beside::beside;
use crate::i18n::Message;
use crate::problem::{FileError, Place};

/// A world file is hardly longer than this.
const MOST: u64 = 4096;

/// The world file of an image, if it has one, and what it says.
///
/// # Errors
/// When it is there and does not hold six numbers, or pixels would have no size.
pub(super) fn read_beside(image: &Path) -> Result<Option<(PathBuf, Affine)>, FileError> {
    let Some(path) = find(image) else { return Ok(None) };
    let text = super::beside::text_of(&path, MOST)?;
    let affine = parse(&text).map_err(|line| {
        let error = FileError::new(&path, Message::new("raster-error-world-file"));
        error.at(Place::Line { line, column: 0 }).remedy(Message::new("raster-remedy-world-file"))
    })?;
    Ok(Some((path, affine)))
}

/// The names a world file may have: the first and the last letter of the image's extension and a
/// `w` (`.tfw`), all of it and a `w` (`.tifw`), or `.wld`.
pub(super) fn extensions(image: &str) -> Vec<String> {
    let letters: Vec<char> = image.chars().collect();
    let mut names = Vec::new();
    if let (Some(first), Some(last)) = (letters.first(), letters.last()) {
        names.push(format!("{first}{last}w"));
        names.push(format!("{image}w"));
    }
    names.push("wld".to_owned());
    names
}

fn find(image: &Path) -> Option<PathBuf> {
    let extension = image.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    extensions(&extension.unwrap_or_default()).iter().find_map(|name| beside(image, name))
}

/// The numbers of a world file; the line, from 1, that is wrong.
fn parse(text: &str) -> Result<Affine, u64> {
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    let mut numbers = Vec::new();
    for (at, line) in lines.enumerate().filter(|(_, line)| !line.is_empty()).take(6) {
        // Some programs write the decimal comma of their language.
        let number: f64 = line.replace(',', ".").parse().map_err(|_| at as u64 + 1)?;
        numbers.push(number);
    }
    let last = numbers.len() as u64 + 1;
    let [x_column, y_column, x_row, y_row, x, y] =
        <[f64; 6]>::try_from(numbers).map_err(|_| last)?;
    let affine = Affine { origin: [x, y], column: [x_column, y_column], row: [x_row, y_row] };
    affine.from_middle().checked().ok_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of Esri's page: pixels of 20.17541308822119 m, turned a little.
    #[test]
    #[expect(clippy::float_cmp, reason = "the very same numbers")]
    fn six_lines_say_where_the_first_pixel_is() {
        let text = "20.17541308822119\n0.00000000000000\n0.00000000000000\n-20.17541308822119\n\
                    424178.11472601280548\n4313415.90726399607956\n";
        let affine = parse(text).unwrap();
        let [x, y] = affine.apply([0.5, 0.5]);
        assert!(
            (x - 424_178.114_726_012_8).abs() < 1e-9 && (y - 4_313_415.907_263_996).abs() < 1e-9
        );
        let comma = parse("0,5\r\n0\r\n0\r\n-0,5\r\n104000,25\r\n194000\r\n").unwrap();
        assert_eq!(comma.apply([0.5, 0.5]), [104_000.25, 194_000.0]);
        assert_eq!(parse("0.5\n0\nx\n"), Err(3));
        assert_eq!(parse("0.5\n0\n0\n-0.5\n1"), Err(6));
        assert_eq!(parse("0\n0\n0\n0\n1\n2"), Err(1));
        assert_eq!(parse(""), Err(1));
        assert_eq!(extensions("tif"), ["tfw", "tifw", "wld"]);
        assert_eq!(extensions("jpeg"), ["jgw", "jpegw", "wld"]);
    }
}
