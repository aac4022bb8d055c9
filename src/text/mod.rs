//! Text shaping and measuring for paper and figures.
