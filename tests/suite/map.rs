//! Tests of `map`.
