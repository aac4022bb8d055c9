//! Labels: that none covers another, that the same view has the same labels, that they stand where
//! names should.

mod inner_point;
mod paper;
mod places;
mod scenes;
