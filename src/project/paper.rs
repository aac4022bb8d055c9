//! Paper: its sizes, which way round it lies.

use serde::{Deserialize, Serialize};

/// The size of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Paper {
    /// 148 × 210 mm.
    A5,
    /// 210 × 297 mm.
    A4,
    /// 297 × 420 mm.
    A3,
    /// 420 × 594 mm.
    A2,
    /// 594 × 841 mm.
    A1,
    /// 841 × 1189 mm.
    A0,
    /// 8½ × 11 inches.
    Letter,
    /// 11 × 17 inches.
    Tabloid,
    /// So many tenths of a millimetre wide and high.
    Own(u32, u32),
}

impl Paper {
    /// Those with a name, the smallest first.
    pub const NAMED: [Paper; 8] = [
        Paper::A5,
        Paper::A4,
        Paper::A3,
        Paper::A2,
        Paper::A1,
        Paper::A0,
        Paper::Letter,
        Paper::Tabloid,
    ];

    /// The smallest and the largest side of paper of one's own, millimetres.
    pub const OWN: (f32, f32) = (50.0, 3000.0);

    /// Width and height upright, millimetres (ISO 216; ANSI/ASME Y14.1). Paper of one's own as it
    /// was given, within what can be.
    pub fn millimetres(self) -> [f32; 2] {
        match self {
            Paper::A5 => [148.0, 210.0],
            Paper::A4 => [210.0, 297.0],
            Paper::A3 => [297.0, 420.0],
            Paper::A2 => [420.0, 594.0],
            Paper::A1 => [594.0, 841.0],
            Paper::A0 => [841.0, 1189.0],
            Paper::Letter => [215.9, 279.4],
            Paper::Tabloid => [279.4, 431.8],
            Paper::Own(width, height) => [width, height].map(|tenths| {
                let (least, most) = Paper::OWN;
                #[expect(clippy::cast_precision_loss, reason = "below 2^24 where it counts")]
                let millimetres = tenths.min(1 << 20) as f32 / 10.0;
                millimetres.clamp(least, most)
            }),
        }
    }

    /// Paper of one's own, millimetres; none beyond what can be.
    pub fn own(width: f32, height: f32) -> Option<Paper> {
        let (least, most) = Paper::OWN;
        let fits = |side: f32| (least..=most).contains(&side);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "looked at")]
        let tenths = |side: f32| (side * 10.0).round() as u32;
        (fits(width) && fits(height)).then(|| Paper::Own(tenths(width), tenths(height)))
    }

    /// Its name, the same in all languages; none for paper of one's own.
    pub fn name(self) -> Option<&'static str> {
        Some(match self {
            Paper::A5 => "A5",
            Paper::A4 => "A4",
            Paper::A3 => "A3",
            Paper::A2 => "A2",
            Paper::A1 => "A1",
            Paper::A0 => "A0",
            Paper::Letter => "Letter",
            Paper::Tabloid => "Tabloid",
            Paper::Own(..) => return None,
        })
    }

    /// The next larger one of the same kind.
    pub fn larger(self) -> Option<Paper> {
        Some(match self {
            Paper::A5 => Paper::A4,
            Paper::A4 => Paper::A3,
            Paper::A3 => Paper::A2,
            Paper::A2 => Paper::A1,
            Paper::A1 => Paper::A0,
            Paper::Letter => Paper::Tabloid,
            Paper::A0 | Paper::Tabloid | Paper::Own(..) => return None,
        })
    }
}

/// Which way round the paper lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Orientation {
    /// The one at which the map is larger.
    #[default]
    Best,
    /// Higher than wide.
    Portrait,
    /// Wider than high.
    Landscape,
}

/// Smaller paper that a sheet is printed over, to be glued together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SheetTiles {
    /// The smaller paper.
    pub paper: Paper,
    /// By how much neighbours overlap, tenths of a millimetre.
    #[serde(default = "usual_overlap")]
    pub overlap: u16,
}

fn usual_overlap() -> u16 {
    SheetTiles::OVERLAP
}

impl SheetTiles {
    /// The usual overlap, tenths of a millimetre.
    pub const OVERLAP: u16 = 100;

    /// The largest overlap, tenths of a millimetre.
    pub const MOST_OVERLAP: u16 = 500;

    /// Over paper with the usual overlap.
    pub fn over(paper: Paper) -> SheetTiles {
        SheetTiles { paper, overlap: SheetTiles::OVERLAP }
    }

    /// By how much neighbours overlap, millimetres.
    pub fn overlap_millimetres(self) -> f32 {
        f32::from(self.overlap.min(SheetTiles::MOST_OVERLAP)) / 10.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paper_has_the_sizes_of_the_standards() {
        for pair in [Paper::A5, Paper::A4, Paper::A3, Paper::A2, Paper::A1] {
            let ([_, height], [width, _]) =
                (pair.millimetres(), pair.larger().unwrap().millimetres());
            assert!((height - width).abs() <= 1.0, "{pair:?}: the long side is the next's short");
        }
        assert_eq!(Paper::own(10.0, 100.0), None);
        assert_eq!(Paper::own(f32::NAN, 100.0), None);
        assert_eq!(Paper::own(100.0, 250.4).map(Paper::millimetres), Some([100.0, 250.4]));
    }
}
