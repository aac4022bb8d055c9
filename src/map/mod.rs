//! The screen: GPU drawing and picking.
