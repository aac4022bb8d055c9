//! Figures and paper.
