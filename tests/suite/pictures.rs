//! Pictures beside those in `tests/snapshots`. A little may differ (other graphics drivers), a moved
//! or missing thing may not.
//!
//! After a change that is meant: `BELFORT_UPDATE_SNAPSHOTS=1 ./test.sh NAME`, and look at what came
//! out.

use std::path::{Path, PathBuf};

/// The side of the squares whose mean colours are compared, pixels.
const BLOCK: usize = 8;

/// How much a mean may differ, of 255.
const DEPTH: u32 = 20;

/// How many squares of a thousand may differ more.
pub const FEW: usize = 6;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots")
}

/// The mean colours of the squares.
fn means(width: usize, rgba: &[u8]) -> Vec<[u32; 3]> {
    let rows = rgba.len() / 4 / width;
    let mut means = Vec::new();
    for top in (0..rows - rows % BLOCK).step_by(BLOCK) {
        for left in (0..width - width % BLOCK).step_by(BLOCK) {
            let mut sum = [0; 3];
            for y in top..top + BLOCK {
                for x in left..left + BLOCK {
                    let at = (y * width + x) * 4;
                    for (sum, channel) in sum.iter_mut().zip(&rgba[at..at + 3]) {
                        *sum += u32::from(*channel);
                    }
                }
            }
            means.push(sum.map(|sum| sum / u32::try_from(BLOCK * BLOCK).unwrap()));
        }
    }
    means
}

/// How many squares of two pictures of a width differ, of how many.
pub fn differing(width: usize, one: &[u8], other: &[u8]) -> (usize, usize) {
    let (one, other) = (means(width, one), means(width, other));
    let differs =
        |(a, b): (&[u32; 3], &[u32; 3])| a.iter().zip(b).any(|(a, b)| a.abs_diff(*b) > DEPTH);
    (one.iter().zip(&other).filter(|pair| differs(*pair)).count(), one.len())
}

/// Fails where a picture is not the one kept under a name.
pub fn compare(name: &str, [width, height]: [u32; 2], rgba: &[u8]) {
    let path = folder().join(format!("{name}.png"));
    if std::env::var_os("BELFORT_UPDATE_SNAPSHOTS").is_some() {
        std::fs::create_dir_all(folder()).unwrap();
        image::save_buffer(&path, rgba, width, height, image::ColorType::Rgba8).unwrap();
        return;
    }
    let wanted = image::open(&path).unwrap().into_rgba8();
    assert_eq!(wanted.dimensions(), (width, height), "{name}");
    let side = width as usize;
    let (count, all) = differing(side, rgba, wanted.as_raw());
    if count * 1000 > all * FEW {
        let seen = std::env::temp_dir().join(format!("belfort-{name}.png"));
        image::save_buffer(&seen, rgba, width, height, image::ColorType::Rgba8).unwrap();
        panic!("{name}: {count} of {all} squares differ; see {}", seen.display());
    }
}
