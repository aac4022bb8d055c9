//! The fake portal itself: that it is what the tests of its clients take it for.

mod catalogue;
mod conditions;
mod conforming;
mod faults;
mod quirks;
mod raw;
mod rows;
