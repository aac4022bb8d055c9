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
        match self {
            PointShape::Circle => &[],
            PointShape::Square => {
                &[[-SQUARE, -SQUARE], [SQUARE, -SQUARE], [SQUARE, SQUARE], [-SQUARE, SQUARE]]
            }
            PointShape::Triangle => &[[0.0, -TOP], [HALF_SIDE, BASE], [-HALF_SIDE, BASE]],
            PointShape::Diamond => {
                &[[0.0, -DIAMOND], [DIAMOND, 0.0], [0.0, DIAMOND], [-DIAMOND, 0.0]]
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_shapes_cover_the_area_of_the_circle_around_its_centre() {
        for shape in [PointShape::Square, PointShape::Triangle, PointShape::Diamond] {
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
