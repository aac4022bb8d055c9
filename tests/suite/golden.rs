//! Three pages of the sample project beside those in `tests/snapshots`, through the whole program: as
//! text (SVG without the fonts), as the bytes of a PDF, and as a small picture.
//!
//! The very same bytes are wanted on the machine that made them; elsewhere numbers may be two of the
//! smallest steps away, for the functions of other processors round differently.
//!
//! After a change that is meant: `BELFORT_UPDATE_SNAPSHOTS=1 ./test.sh golden`, and look at what came
//! out.

use std::path::{Path, PathBuf};

use super::cli::{run_at, stderr};
use super::pdf::reader::Pdf;
use super::pictures;

/// The moment the pages say they were made, seconds since 1970: 26 November 2026.
const MOMENT: &str = "1795651200";

/// How far a number may be from the one that is kept: two steps of a PDF, two hundredths of a unit in
/// an SVG.
const NEAR: [f64; 2] = [2.0, 0.02];

fn kept(name: &str, ending: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/snapshots/{name}.{ending}"))
}

fn renews() -> bool {
    std::env::var_os("BELFORT_UPDATE_SNAPSHOTS").is_some()
}

/// Prints the sample project to a file.
fn print(out: &Path, arguments: &[&str]) {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/gent.belfort.json");
    let (sample, out_text) = (sample.to_str().unwrap(), out.to_str().unwrap());
    let always = ["print", sample, "-o", out_text, "--offline", "--basemap", "none", "--dpi", "50"];
    let all: Vec<&str> = always.iter().chain(arguments).copied().collect();
    let output = run_at(MOMENT, out.parent().unwrap(), &all);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", stderr(&output));
}

/// Words and numbers of a text, for comparing.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![String::new()];
    let is_number = |letter: char| letter.is_ascii_digit() || letter == '.' || letter == '-';
    for letter in text.chars() {
        let last = words.last().and_then(|word| word.chars().last());
        let joins = last.is_none_or(|last| {
            is_number(last) == is_number(letter) && !letter.is_whitespace() && letter != '-'
        });
        match words.last_mut() {
            Some(word) if joins => word.push(letter),
            _ => words.push(letter.to_string()),
        }
    }
    words.retain(|word| !word.trim().is_empty());
    words
}

/// Fails where two texts differ by more than a little in a number.
fn near(name: &str, made: &str, kept: &str, near: f64) {
    if made == kept {
        return;
    }
    let (made, kept) = (words(made), words(kept));
    for (at, (one, other)) in made.iter().zip(&kept).enumerate() {
        if one == other {
            continue;
        }
        let is_near = match (one.parse::<f64>(), other.parse::<f64>()) {
            (Ok(one), Ok(other)) => (one - other).abs() <= near * 1.001,
            _ => false,
        };
        let around =
            |words: &[String]| words[at.saturating_sub(8)..words.len().min(at + 8)].join(" ");
        assert!(is_near, "{name}: {}\n  in place of {}", around(&made), around(&kept));
    }
    assert_eq!(made.len(), kept.len(), "{name}: more or less than is kept");
}

/// What a PDF says, object by object, streams inflated where they are text.
fn told(bytes: &[u8]) -> String {
    let pdf = Pdf::read(bytes);
    let mut told = String::new();
    for (number, object) in &pdf.objects {
        // How long a stream is when deflated is not what is compared.
        let value = match object.get("Length") {
            Some(length) => object.value.replace(&format!("/Length {length}"), ""),
            None => object.value.clone(),
        };
        told.push_str(&format!("\n{number}: {value}\n"));
        if object.raw.is_some() {
            // What is said about a file stands in it as it is.
            let is_deflated = object.value.contains("/FlateDecode");
            let raw = || object.raw.clone().unwrap_or_default();
            let stream = if is_deflated { object.inflated() } else { raw() };
            match String::from_utf8(stream) {
                Ok(text) => told.push_str(&text),
                Err(binary) => {
                    let sum: u64 =
                        binary.as_bytes().iter().zip(1..).map(|(b, n)| u64::from(*b) * n).sum();
                    told.push_str(&format!("{} bytes, sum {sum}", binary.as_bytes().len()));
                }
            }
        }
    }
    told
}

/// An SVG without the letters of its fonts.
fn without_fonts(svg: &str) -> String {
    let mut text = String::new();
    for (at, piece) in svg.split("base64,").enumerate() {
        let rest = if at == 0 {
            piece
        } else {
            text.push_str("base64,…");
            piece.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || "+/=".contains(c))
        };
        text.push_str(rest);
    }
    // A line for each thing, so that a change can be read.
    text.replace("><", ">\n<")
}

fn page(name: &str, arguments: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let file = |ending: &str| folder.path().join(format!("{name}.{ending}"));
    for ending in ["pdf", "svg", "png"] {
        print(&file(ending), arguments);
    }
    let pdf = std::fs::read(file("pdf")).unwrap();
    let svg = without_fonts(&std::fs::read_to_string(file("svg")).unwrap());
    if renews() {
        std::fs::write(kept(name, "pdf"), &pdf).unwrap();
        std::fs::write(kept(name, "svg"), &svg).unwrap();
    }
    let kept_pdf = std::fs::read(kept(name, "pdf")).unwrap();
    if pdf != kept_pdf {
        near(&format!("{name}.pdf"), &told(&pdf), &told(&kept_pdf), NEAR[0]);
    }
    let kept_svg = std::fs::read_to_string(kept(name, "svg")).unwrap();
    near(&format!("{name}.svg"), &svg, &kept_svg, NEAR[1]);
    let seen = image::open(file("png")).unwrap().into_rgba8();
    pictures::compare(name, [seen.width(), seen.height()], seen.as_raw());
}

#[test]
fn golden_neighbourhood_with_an_index() {
    let fit = ["--lang=nl", "--fit", "Wijken:wijk = 'Ledeberg'", "--index", "Straten"];
    page("sheet-neighbourhood-nl", &fit);
}

#[test]
fn golden_poster_turned() {
    page("sheet-poster-en", &["--lang=en", "--paper", "a3", "--style", "poster", "--turn", "20"]);
}

#[test]
fn golden_copy_in_lambert_72() {
    let how = ["--lang=nl", "--paper", "a5", "--style", "copy", "--plane", "lambert72"];
    page("sheet-copy-nl", &how);
}

#[test]
fn what_differs_by_more_than_a_step_is_told() {
    near("same", "1 2 m 30.5 -4 l", "1 2 m 30.5 -4 l", 0.0);
    near("near", "10 20 m 30.5-4 l", "11 19 m 30.5-5 l", 1.0);
    for (made, kept) in [("10 m", "12 m"), ("10 m", "10 l"), ("10 m", "10 m 1"), ("a b", "a")] {
        let failed = std::panic::catch_unwind(|| near("far", made, kept, 1.0));
        assert!(failed.is_err(), "{made} beside {kept}");
    }
}
