//! Tests of `crs`.
