//! XML, laid out as QGIS does.

use crate::formats::xml::{push_attribute, push_escaped};

/// What was written until now.
#[derive(Default)]
pub(super) struct Out {
    bytes: Vec<u8>,
    depth: usize,
}

impl Out {
    pub fn begin(&mut self) {
        let head = b"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n";
        self.bytes.extend_from_slice(head);
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.bytes.extend(std::iter::repeat_n(b' ', self.depth * 2));
        self.bytes.push(b'<');
        self.bytes.extend_from_slice(name.as_bytes());
        for (name, value) in attributes {
            push_attribute(&mut self.bytes, name, value);
        }
    }

    /// Begins an element.
    pub fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.bytes.extend_from_slice(b">\n");
        self.depth += 1;
    }

    /// Ends an element.
    pub fn close(&mut self, name: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.bytes.extend(std::iter::repeat_n(b' ', self.depth * 2));
        self.bytes.extend_from_slice(format!("</{name}>\n").as_bytes());
    }

    /// An element without anything inside.
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.start(name, attributes);
        self.bytes.extend_from_slice(b"/>\n");
    }

    /// An element with a text.
    pub fn text(&mut self, name: &str, text: &str) {
        self.start(name, &[]);
        self.bytes.push(b'>');
        push_escaped(&mut self.bytes, text);
        self.bytes.extend_from_slice(format!("</{name}>\n").as_bytes());
    }

    /// A member of a map of options.
    pub fn option(&mut self, name: &str, value: &str) {
        self.empty("Option", &[("type", "QString"), ("name", name), ("value", value)]);
    }

    /// A map of options.
    pub fn map(&mut self, options: &[(&str, &str)]) {
        self.open("Option", &[("type", "Map")]);
        for (name, value) in options {
            self.option(name, value);
        }
        self.close("Option");
    }

    /// The whole.
    pub fn finish(self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}
