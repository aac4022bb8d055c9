//! Basemaps without a screen: sources and their rules, download, cache, decoding.
