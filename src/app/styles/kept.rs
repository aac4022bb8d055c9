//! Styles that the person keeps: under a name, or for a dataset.

use serde::{Deserialize, Serialize};

use crate::app::settings::Settings;
use crate::project::LayerSource;
use crate::style::{Pins, Style};

/// How many of each are kept, the last ones.
const KEPT: usize = 100;

/// A style under a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NamedStyle {
    /// What the person calls it.
    pub name: String,
    /// The look.
    pub style: Style,
}

/// The style that a dataset has when it is opened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DatasetStyle {
    /// Where its data are, as a layer's source has it.
    path: String,
    /// The layer inside the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    layer: Option<String>,
    /// The look.
    style: Style,
}

/// A style as it goes to other layers: without labels put in their place by hand.
pub(in crate::app) fn travelling(style: &Style) -> Style {
    let mut style = style.clone();
    if let Some(labels) = &mut style.labels {
        labels.pins = Pins::default();
    }
    style
}

impl Settings {
    /// Keeps a style under a name, in place of one that has it.
    pub(in crate::app) fn name_style(&mut self, name: &str, style: &Style) {
        self.styles.retain(|kept| kept.name != name);
        self.styles.insert(0, NamedStyle { name: name.to_owned(), style: travelling(style) });
        self.styles.truncate(KEPT);
    }

    /// Forgets a style under a name.
    pub(in crate::app) fn forget_style(&mut self, name: &str) {
        self.styles.retain(|kept| kept.name != name);
    }

    /// The style that a dataset has when it is opened.
    pub(in crate::app) fn style_for(&self, source: &LayerSource) -> Option<&Style> {
        let is_it = |kept: &&DatasetStyle| kept.path == source.path && kept.layer == source.layer;
        self.dataset_styles.iter().find(is_it).map(|kept| &kept.style)
    }

    /// Keeps the style that a dataset is to have, or none.
    pub(in crate::app) fn use_style_for(&mut self, source: &LayerSource, style: Option<&Style>) {
        let is_it = |kept: &DatasetStyle| kept.path == source.path && kept.layer == source.layer;
        self.dataset_styles.retain(|kept| !is_it(kept));
        if let Some(style) = style {
            let (path, layer) = (source.path.clone(), source.layer.clone());
            self.dataset_styles.insert(0, DatasetStyle { path, layer, style: travelling(style) });
            self.dataset_styles.truncate(KEPT);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::{LabelStyle, default_symbol};
    use crate::table::RowKey;

    #[test]
    fn styles_are_kept_by_name_and_by_dataset() {
        let mut settings = Settings::default();
        let mut labels = LabelStyle { what: "naam".to_owned(), ..LabelStyle::default() };
        labels.pins.put(RowKey::Id("7".to_owned()), [1.0, 2.0]);
        let style = Style { labels: Some(labels), ..default_symbol(None, 1).into() };
        settings.name_style("Rood", &default_symbol(None, 2).into());
        settings.name_style("Blauw", &style);
        settings.name_style("Rood", &style);
        let names: Vec<&str> = settings.styles.iter().map(|kept| kept.name.as_str()).collect();
        assert_eq!(names, ["Rood", "Blauw"]);
        assert!(settings.styles[0].style.labels.as_ref().is_some_and(|it| it.pins.is_empty()));
        settings.forget_style("Blauw");
        assert_eq!(settings.styles.len(), 1);

        let source = |layer: Option<&str>| LayerSource {
            path: "/data/gent.gpkg".to_owned(),
            layer: layer.map(str::to_owned),
            ..LayerSource::default()
        };
        settings.use_style_for(&source(Some("bomen")), Some(&style));
        assert_eq!(settings.style_for(&source(None)), None);
        assert_eq!(settings.style_for(&source(Some("bomen"))), Some(&travelling(&style)));
        // They survive the file that settings are kept in.
        let text = serde_json::to_string(&settings).unwrap_or_default();
        assert_eq!(serde_json::from_str::<Settings>(&text).ok().as_ref(), Some(&settings));
        settings.use_style_for(&source(Some("bomen")), None);
        assert_eq!(settings.style_for(&source(Some("bomen"))), None);
        for number in 0..150 {
            settings.name_style(&number.to_string(), &style);
        }
        assert_eq!(settings.styles.len(), KEPT);
    }
}
