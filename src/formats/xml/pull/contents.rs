//! The text of an element, put together from its pieces.

use std::borrow::Cow;

use super::Piece;

/// The pieces of a text put together.
#[derive(Default)]
pub(crate) struct Content<'t> {
    text: Cow<'t, str>,
    any: bool,
    /// Up to where the text is not to be shortened.
    kept: usize,
}

impl<'t> Content<'t> {
    pub(super) fn push(&mut self, piece: Piece<'t>) {
        let text = match piece.text {
            Cow::Borrowed(text) if piece.literal && !self.any => {
                Cow::Borrowed(without_layout(text, Ends::First))
            }
            Cow::Owned(text) if piece.literal && !self.any => {
                Cow::Owned(without_layout(&text, Ends::First).to_owned())
            }
            text => text,
        };
        self.any = true;
        if self.text.is_empty() {
            self.text = text;
        } else {
            self.text.to_mut().push_str(&text);
        }
        if !piece.literal {
            self.kept = self.text.len();
        }
    }

    pub fn finish(self) -> Cow<'t, str> {
        let tail = self.text.get(self.kept..).unwrap_or_default();
        let end = self.kept + without_layout(tail, Ends::Last).len();
        match self.text {
            Cow::Borrowed(text) => Cow::Borrowed(text.get(..end).unwrap_or(text)),
            Cow::Owned(mut text) => {
                text.truncate(end);
                Cow::Owned(text)
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Ends {
    First,
    Last,
    Both,
}

/// The text without white space at its ends that holds an end of line.
pub(super) fn without_layout(text: &str, ends: Ends) -> &str {
    let mut text = text;
    if ends != Ends::Last {
        let rest = text.trim_ascii_start();
        let space = text.get(..text.len() - rest.len()).unwrap_or_default();
        if space.contains('\n') {
            text = rest;
        }
    }
    if ends != Ends::First {
        let rest = text.trim_ascii_end();
        let space = text.get(rest.len()..).unwrap_or_default();
        if space.contains('\n') {
            text = rest;
        }
    }
    text
}
