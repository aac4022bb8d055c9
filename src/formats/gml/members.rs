//! The features of a file, wherever its collections keep them.

use super::systems::{Context, Systems};
use crate::formats::xml::{Stop, Tag, Xml};
use crate::i18n::Arg;
use crate::problem::Problems;

/// What elements may stand inside.
#[derive(Clone, Copy, Debug)]
enum Level {
    /// Those of a collection.
    Collection(Context),
    /// The features that an element of a collection holds.
    Holder(Context),
    /// Around a single feature.
    Single,
}

/// Walks over the features of a file.
#[derive(Debug, Default)]
pub(super) struct Members {
    inside: Vec<Level>,
    /// What the file says about itself.
    pub note: Option<String>,
    pub problems: Problems,
    /// How many features the server says there are in all.
    matched: Option<u64>,
    /// Whether it says that these are not all.
    is_truncated: bool,
}

/// What the root of a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Root {
    Collection,
    /// A feature alone.
    Feature,
    /// Nothing of GML.
    Other,
}

/// What a file is, as far as its beginning tells.
pub(super) fn root_of(xml: &mut Xml<'_>) -> Result<Root, Stop> {
    let Some(root) = xml.root()? else { return Ok(Root::Other) };
    if is_collection(root) {
        return Ok(Root::Collection);
    }
    let mut is_gml = tells(root);
    while let Some(tag) = xml.child()? {
        if is_holder(tag) && is_gml {
            return Ok(Root::Collection);
        }
        is_gml |= tells(tag);
        xml.skip()?;
    }
    Ok(if is_gml && root.local() != "schema" { Root::Feature } else { Root::Other })
}

fn tells(tag: Tag<'_>) -> bool {
    tag.attributes().any(|(_, value)| value.contains("opengis.net/gml"))
}

fn is_collection(tag: Tag<'_>) -> bool {
    let name = tag.local();
    name.ends_with("FeatureCollection") || name == "Tuple" || name == "SimpleFeatureCollection"
}

/// Whether an element of a collection holds features: `featureMember`, `member`, and those that
/// application schemas put in their place.
fn is_holder(tag: Tag<'_>) -> bool {
    let name = tag.local();
    let ends = ["member", "members", "Member", "Members"];
    ends.iter().any(|end| name.ends_with(end))
}

impl Members {
    /// Begins with the root, whose start is taken. The feature, where it is one.
    pub fn begin<'t>(
        &mut self,
        tag: Tag<'t>,
        root: Root,
        systems: &mut Systems,
    ) -> Option<Tag<'t>> {
        if root == Root::Feature {
            self.inside.push(Level::Single);
            return Some(tag);
        }
        let matched = tag.attribute("numberMatched");
        self.matched = matched.and_then(|text| text.trim().parse().ok());
        self.inside.push(Level::Collection(systems.within(tag, Context::default())));
        None
    }

    /// What is so of the feature that came last, as far as those around it say.
    pub fn context(&self) -> Context {
        match self.inside.last() {
            Some(Level::Collection(context) | Level::Holder(context)) => *context,
            Some(Level::Single) | None => Context::default(),
        }
    }

    /// The next feature, whose start is taken then; none at the end.
    pub fn next<'t>(
        &mut self,
        xml: &mut Xml<'t>,
        systems: &mut Systems,
    ) -> Result<Option<Tag<'t>>, Stop> {
        while let Some(level) = self.inside.last().copied() {
            // A single feature was read to its end.
            let (Level::Collection(context) | Level::Holder(context)) = level else {
                self.inside.pop();
                continue;
            };
            let Some(tag) = xml.child()? else {
                self.inside.pop();
                continue;
            };
            if is_collection(tag) {
                self.inside.push(Level::Collection(systems.within(tag, context)));
            } else if matches!(level, Level::Holder(_)) {
                return Ok(Some(tag));
            } else if is_holder(tag) {
                if tag.attribute("href").is_some() {
                    self.problems.add("problem-gml-references", 1);
                }
                self.inside.push(Level::Holder(context));
            } else {
                self.element(xml, tag, systems)?;
            }
        }
        Ok(None)
    }

    /// An element of a collection that is no feature.
    fn element<'t>(
        &mut self,
        xml: &mut Xml<'t>,
        tag: Tag<'t>,
        systems: &mut Systems,
    ) -> Result<(), Stop> {
        match tag.local() {
            "boundedBy" => {
                let found = bounds(xml, systems, self.context())?;
                if let Some(Level::Collection(context)) = self.inside.last_mut() {
                    *context = found;
                }
                return Ok(());
            }
            "description" if self.note.is_none() => {
                self.note = Some(xml.text()?.trim().to_owned()).filter(|note| !note.is_empty());
                return Ok(());
            }
            "truncatedResponse" => self.is_truncated = true,
            "name" | "identifier" | "description" => {}
            name => {
                let args = vec![("name", Arg::Text(name.chars().take(60).collect()))];
                self.problems.report("problem-xml-not-kept", 1, args, None);
            }
        }
        xml.skip()
    }

    /// Tells where the server had more features than these.
    pub fn finish(&mut self, features: u64) {
        match self.matched.filter(|matched| *matched > features) {
            Some(matched) => {
                let args = vec![("all", Arg::Count(matched)), ("here", Arg::Count(features))];
                self.problems.report("problem-gml-incomplete", 1, args, None);
            }
            None if self.is_truncated => self.problems.add("problem-gml-truncated", 1),
            None => {}
        }
    }
}

/// What a rectangle around features says of the coordinates in it.
pub(super) fn bounds(
    xml: &mut Xml<'_>,
    systems: &mut Systems,
    around: Context,
) -> Result<Context, Stop> {
    let mut context = around;
    while let Some(tag) = xml.child()? {
        if matches!(tag.local(), "Envelope" | "EnvelopeWithTimePeriod" | "Box") {
            context = systems.within(tag, context);
        }
        xml.skip()?;
    }
    Ok(context)
}
