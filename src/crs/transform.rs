//! Transformations, by PROJ.

use super::{Crs, CrsError};

/// The operation between two systems.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// PROJ's name for it.
    pub name: String,
    /// Metres; none when PROJ does not know.
    pub accuracy: Option<f64>,
}

/// Transforms coordinates from one system to another. Belongs to one thread.
pub struct Transformer {
    operation: Operation,
}

impl Transformer {
    /// Stub.
    ///
    /// # Errors
    /// When there is no operation.
    pub fn new(_from: &Crs, _to: &Crs) -> Result<Transformer, CrsError> {
        Ok(Transformer { operation: Operation { name: String::new(), accuracy: None } })
    }

    /// What is done.
    pub fn operation(&self) -> &Operation {
        &self.operation
    }

    /// Transforms in place; a position that cannot be transformed becomes NaN, NaN. Returns how
    /// many could not.
    pub fn transform(&self, _xy: &mut [[f64; 2]]) -> usize {
        0
    }
}

/// The operation that would be used, without keeping a transformer.
///
/// # Errors
/// When there is none.
pub fn describe(from: &Crs, to: &Crs) -> Result<Operation, CrsError> {
    Transformer::new(from, to).map(|made| made.operation)
}

pub(super) fn crs_from_code(code: &str) -> Result<Crs, CrsError> {
    Err(CrsError::UnknownCode { code: code.to_owned() })
}

pub(super) fn crs_from_wkt(_wkt: &str) -> Result<Crs, CrsError> {
    Err(CrsError::BadWkt { detail: String::new() })
}

pub(super) fn is_geographic(crs: &Crs) -> bool {
    crs.code.as_deref() == Some("EPSG:4326")
}
