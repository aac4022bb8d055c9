//! Tests of `shapefile`.
