//! Changes that break files in the ways files get broken, and some that only an enemy makes.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::seeds::{Members, Seed};
use crate::generated::Chance;

/// Numbers at which counting goes wrong.
const EDGES: [u64; 12] = [
    0,
    1,
    0x7f,
    0x80,
    0xff,
    0x7fff,
    0xffff,
    0x7fff_ffff,
    0x8000_0000,
    0xffff_ffff,
    0x7fff_ffff_ffff_ffff,
    0xffff_ffff_ffff_ffff,
];

/// Pieces that mean something to one reader or another.
const WORDS: [&[u8]; 22] = [
    b"{", b"}", b"[", b"]", b"\"", b",", b":", b"<", b"/>", b"&lt;", b"&#0;", b"\n", b"\0",
    b"\xff", b"1e999", b"-", b"null", b"NaN", b"\\u0000", b"EMPTY", b"=", b";",
];

/// A seed with one of its files changed in a few places.
pub fn damaged(seed: &Seed, chance: &mut Chance) -> Seed {
    let mut files = seed.files.clone();
    let at = chance.below(files.len());
    let (_, bytes) = &mut files[at];
    // What stands packed in an archive is changed before it is packed: else it fails its checksum.
    let members = seed.members().filter(|_| !chance.one_in(4));
    match members.and_then(|members| inside_archive(members, chance)) {
        Some(repacked) => *bytes = repacked,
        None => change(bytes, chance),
    }
    Seed::new(seed.format, files)
}

fn change(bytes: &mut Vec<u8>, chance: &mut Chance) {
    for _ in 0..=chance.below(4) {
        if bytes.is_empty() {
            bytes.push(b'{');
        }
        let at = chance.below(bytes.len());
        match chance.below(9) {
            0 if chance.one_in(3) => bytes.truncate(at),
            0 | 1 => bytes[at] ^= 1 << chance.below(8),
            2 => bytes[at] = u8::try_from(chance.below(256)).unwrap(),
            3 | 4 => {
                let value = *chance.of(&EDGES);
                let width = *chance.of(&[1, 2, 4, 8]);
                let little = value.to_le_bytes();
                let big = value.to_be_bytes();
                let number = if chance.one_in(2) { &little[..width] } else { &big[8 - width..] };
                for (place, byte) in bytes[at..].iter_mut().zip(number) {
                    *place = *byte;
                }
            }
            5 => {
                let word = *chance.of(&WORDS);
                bytes.splice(at..at, word.iter().copied());
            }
            6 => {
                let end = (at + 1 + chance.below(40)).min(bytes.len());
                bytes.drain(at..end);
            }
            7 => {
                let end = (at + 1 + chance.below(60)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                let to = chance.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            _ => {
                // A number in a text becomes another.
                let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                let number = chance.of(&EDGES).to_string();
                bytes.splice(at..at + digits, number.into_bytes());
            }
        }
    }
}

/// An archive of these members, one of them changed.
fn inside_archive(members: &Members, chance: &mut Chance) -> Option<Vec<u8>> {
    let at = chance.below(members.len());
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (number, (name, content)) in members.iter().enumerate() {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        writer.start_file(name.as_str(), options).ok()?;
        if number == at {
            let mut changed = content.clone();
            change(&mut changed, chance);
            writer.write_all(&changed).ok()?;
        } else {
            writer.write_all(content).ok()?;
        }
    }
    Some(writer.finish().ok()?.into_inner())
}
