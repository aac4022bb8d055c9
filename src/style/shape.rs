//! The forms of point symbols.

use super::PointShape;

impl PointShape {
    /// The corners of the shape around 0, 0 for a diameter of 1, y pointing down; empty for the
    /// circle. All shapes cover the same area as the circle, so that none looks larger than
    /// another of the same size, and the centre of that area is the place meant.
    pub fn corners(self) -> &'static [[f32; 2]] {
        /// Half the side of a square of area π/4: √π / 4.
        const SQUARE: f32 = 0.443_113_46;
        /// Half the diagonal of the same square: √(π/8).
        const DIAMOND: f32 = 0.626_657_1;
        /// The equilateral triangle of area π/4 has the circumradius √(π / (3 √3)), half of which
        /// the base lies below the centre, and the half side √3/2 of it.
        const TOP: f32 = 0.777_563_4;
        const BASE: f32 = TOP / 2.0;
        const HALF_SIDE: f32 = 0.673_389_7;
        /// A five-pointed star whose inner corners lie at 0.45 of the outer radius has the area
        /// 5 r R sin 36°: for π/4 the outer radius is √(π / (4 · 5 · 0.45 · sin 36°)).
        const STAR: [[f32; 2]; 10] = star();
        /// A cross whose bars are 0.4 as wide as long: of half length a the area is 4 a² (0.8 − 0.16).
        const ARM: f32 = 0.553_891_8;
        const BAR: f32 = 0.4 * ARM;
        match self {
            PointShape::Circle => &[],
            PointShape::Square => {
                &[[-SQUARE, -SQUARE], [SQUARE, -SQUARE], [SQUARE, SQUARE], [-SQUARE, SQUARE]]
            }
            PointShape::Triangle => &[[0.0, -TOP], [HALF_SIDE, BASE], [-HALF_SIDE, BASE]],
            PointShape::Diamond => {
                &[[0.0, -DIAMOND], [DIAMOND, 0.0], [0.0, DIAMOND], [-DIAMOND, 0.0]]
            }
            PointShape::Star => &STAR,
            PointShape::Cross => {
                const A: f32 = ARM;
                const B: f32 = BAR;
                &[
                    [-B, -A],
                    [B, -A],
                    [B, -B],
                    [A, -B],
                    [A, B],
                    [B, B],
                    [B, A],
                    [-B, A],
                    [-B, B],
                    [-A, B],
                    [-A, -B],
                    [-B, -B],
                ]
            }
        }
    }
}

/// The corners of the star: unit directions every 36°, by turns far and near.
const fn star() -> [[f32; 2]; 10] {
    /// The outer and the inner radius.
    const FAR: f32 = 0.770_627_2;
    const NEAR: f32 = 0.45 * FAR;
    /// Sines of 36° and 72°, cosines of the same.
    const S36: f32 = 0.587_785_25;
    const S72: f32 = 0.951_056_5;
    const C36: f32 = 0.809_017;
    const C72: f32 = 0.309_017;
    [
        [0.0, -FAR],
        [NEAR * S36, -NEAR * C36],
        [FAR * S72, -FAR * C72],
        [NEAR * S72, NEAR * C72],
        [FAR * S36, FAR * C36],
        [0.0, NEAR],
        [-FAR * S36, FAR * C36],
        [-NEAR * S72, NEAR * C72],
        [-FAR * S72, -FAR * C72],
        [-NEAR * S36, -NEAR * C36],
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_shapes_cover_the_area_of_the_circle_around_its_centre() {
        for shape in PointShape::ALL.into_iter().skip(1) {
            let corners = shape.corners();
            let next = corners.iter().cycle().skip(1);
            let (mut area, mut x, mut y) = (0.0, 0.0, 0.0);
            for ([x1, y1], [x2, y2]) in corners.iter().zip(next) {
                let cross = x1 * y2 - x2 * y1;
                area += cross / 2.0;
                x += (x1 + x2) * cross / 6.0;
                y += (y1 + y2) * cross / 6.0;
            }
            let circle = std::f32::consts::FRAC_PI_4;
            assert!((area - circle).abs() < 1e-4, "{shape:?}: {area}");
            assert!(x.abs() < 1e-5 && y.abs() < 1e-5, "{shape:?}: {x}, {y}");
        }
    }
}
