//! What is answered, before it goes over the wire.

use std::io::{self, Write};

use serde_json::Value as Json;

type Stream = Box<dyn FnOnce(&mut dyn Write) -> io::Result<()> + Send>;

pub enum Body {
    Whole(Vec<u8>),
    /// Written while it is made: its length is not known before.
    Stream(Stream),
}

pub struct Answer {
    pub status: u16,
    pub content_type: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Body,
}

pub const JSON: &str = "application/json; charset=utf-8";

impl Answer {
    pub fn new(status: u16, content_type: &str, body: Vec<u8>) -> Answer {
        Answer {
            status,
            content_type: content_type.to_owned(),
            headers: Vec::new(),
            body: Body::Whole(body),
        }
    }

    pub fn json(status: u16, body: &Json) -> Answer {
        Answer::new(status, JSON, body.to_string().into_bytes())
    }

    pub fn stream(
        content_type: &str,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()> + Send + 'static,
    ) -> Answer {
        Answer { body: Body::Stream(Box::new(write)), ..Answer::new(200, content_type, Vec::new()) }
    }

    pub fn header(mut self, name: &'static str, value: &str) -> Answer {
        self.headers.push((name, value.to_owned()));
        self
    }
}
