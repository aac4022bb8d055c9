//! Labels.

use super::Writing;
use crate::i18n::Arg;
use crate::query::TextExpression;
use crate::query::qgis::text_to_qgis;
use crate::style::qml::measures::{theirs, written_color};
use crate::style::{LabelPriority, LabelStyle};
use crate::table::PartKind;

impl Writing<'_> {
    pub(super) fn labels(&mut self, labels: &LabelStyle) {
        let parsed = TextExpression::parse(&labels.what).ok();
        let field = parsed.as_ref().and_then(TextExpression::field).map(str::to_owned);
        let (what, is_expression) = match field {
            Some(field) => (field, "0"),
            None => match text_to_qgis(&labels.what) {
                Ok(text) => (text, "1"),
                Err(part) => {
                    let args =
                        vec![("what", Arg::Text(labels.what.clone())), ("part", Arg::Text(part.0))];
                    return self.tell("problem-qml-labels-lost", args);
                }
            },
        };
        let pins = u64::try_from(labels.pins.iter().len()).unwrap_or(u64::MAX);
        self.problems.add("problem-qml-pins", pins);
        let has_halo = if labels.sound_halo() > 0.0 { "1" } else { "0" };
        self.out.open("labeling", &[("type", "simple")]);
        self.out.open("settings", &[("calloutType", "simple")]);
        self.out.open(
            "text-style",
            &[
                ("fieldName", &what),
                ("isExpression", is_expression),
                ("fontSize", &theirs(labels.sound_size())),
                ("fontSizeUnit", "Point"),
                ("textColor", &written_color(labels.color)),
                ("textOpacity", "1"),
                ("multilineHeight", "1"),
            ],
        );
        self.out.empty(
            "text-buffer",
            &[
                ("bufferDraw", has_halo),
                ("bufferSize", &theirs(labels.halo_width)),
                ("bufferSizeUnits", "Point"),
                ("bufferColor", &written_color(labels.halo)),
                ("bufferOpacity", "1"),
                ("bufferJoinStyle", "128"),
                ("bufferNoFill", "1"),
            ],
        );
        self.out.close("text-style");
        self.out.empty(
            "text-format",
            &[
                ("autoWrapLength", &labels.wrap.to_string()),
                ("useMaxLineLengthForAutoWrap", "1"),
                ("multilineAlign", "1"),
                ("wrapChar", ""),
            ],
        );
        let priority = match labels.priority {
            LabelPriority::Low => "2",
            LabelPriority::Normal => "5",
            LabelPriority::High => "8",
        };
        let kind = self.dress.kind;
        // Around points; along lines, on them, curved; level in areas.
        let placement = match kind {
            Some(PartKind::Line) => "3",
            Some(PartKind::Polygon) => "4",
            Some(PartKind::Point) | None => "6",
        };
        self.out.empty(
            "placement",
            &[
                ("placement", placement),
                ("placementFlags", "9"),
                ("priority", priority),
                ("dist", "1"),
                ("distUnits", "Point"),
                ("offsetType", "1"),
                ("predefinedPositionOrder", "TR,TL,BR,BL,R,L,TSR,BSR"),
                ("centroidInside", "1"),
            ],
        );
        let is_ranged = labels.farthest.is_some() || labels.nearest.is_some();
        self.out.empty(
            "rendering",
            &[
                ("scaleVisibility", if is_ranged { "1" } else { "0" }),
                ("scaleMax", &labels.farthest.unwrap_or(100_000_000).to_string()),
                ("scaleMin", &labels.nearest.unwrap_or(0).to_string()),
                ("drawLabels", "1"),
                ("obstacle", "1"),
                ("mergeLines", "1"),
            ],
        );
        self.out.close("settings");
        self.out.close("labeling");
    }
}
