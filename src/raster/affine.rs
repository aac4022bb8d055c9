//! Where the pixels of an image are: a plane laid over another one.

/// From columns and rows (0, 0 being the left top corner of the first pixel) to coordinates.
///
/// x = `origin[0]` + column · `column[0]` + row · `row[0]`, and y likewise: what GDAL calls a
/// geotransform.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Affine {
    /// Where the left top corner is.
    pub origin: [f64; 2],
    /// How far the next column is.
    pub column: [f64; 2],
    /// How far the next row is.
    pub row: [f64; 2],
}

impl Affine {
    /// One that can be turned around: with numbers that are finite and pixels that have a size.
    pub fn checked(self) -> Option<Affine> {
        let numbers = [self.origin, self.column, self.row];
        let is_finite = numbers.iter().flatten().all(|number| number.is_finite());
        (is_finite && self.inverse().is_some()).then_some(self)
    }

    /// The coordinates of a place in the image.
    pub fn apply(&self, [column, row]: [f64; 2]) -> [f64; 2] {
        let axis = |origin: f64, per_column: f64, per_row: f64| {
            row.mul_add(per_row, column.mul_add(per_column, origin))
        };
        [
            axis(self.origin[0], self.column[0], self.row[0]),
            axis(self.origin[1], self.column[1], self.row[1]),
        ]
    }

    /// The way back; none where pixels have no size.
    pub fn inverse(&self) -> Option<Affine> {
        let ([a, d], [b, e]) = (self.column, self.row);
        let determinant = a * e - b * d;
        if !(determinant.is_normal() && determinant.recip().is_finite()) {
            return None;
        }
        let column = [e / determinant, -d / determinant];
        let row = [-b / determinant, a / determinant];
        let turned = Affine { origin: [0.0; 2], column, row };
        let origin = turned.apply(self.origin).map(|number| -number);
        Some(Affine { origin, ..turned })
    }

    /// The width and height of a pixel in the units of the coordinates.
    pub fn pixel(&self) -> [f64; 2] {
        [self.column, self.row].map(|[x, y]| x.hypot(y))
    }

    /// Whether columns and rows do not run along the axes.
    pub fn is_rotated(&self) -> bool {
        let [width, height] = self.pixel();
        self.column[1].abs() > 1e-9 * width || self.row[0].abs() > 1e-9 * height
    }

    /// The same where the coordinates are those of the middle of the first pixel.
    #[must_use]
    pub fn from_middle(self) -> Affine {
        Affine { origin: self.apply([-0.5, -0.5]), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let affine =
            Affine { origin: [104_000.0, 194_000.0], column: [0.3, 0.1], row: [0.1, -0.4] };
        let back = affine.inverse().unwrap();
        for place in [[0.0, 0.0], [1234.5, 6789.1], [-3.0, 4.0]] {
            let [x, y] = back.apply(affine.apply(place));
            assert!((x - place[0]).abs() < 1e-6 && (y - place[1]).abs() < 1e-6, "{x} {y}");
        }
        assert!(affine.is_rotated());
        let flat = Affine { row: [0.2, 0.1], column: [0.4, 0.2], ..affine };
        assert_eq!((flat.inverse(), flat.checked()), (None, None));
        let nan = Affine { origin: [f64::NAN, 0.0], ..affine };
        assert_eq!(nan.checked(), None);
    }
}
