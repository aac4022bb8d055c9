//! Linked data: endpoints, streams and pictures on the loopback.

mod cli;
mod endpoint;
mod pictures;
mod real;
mod streams;
