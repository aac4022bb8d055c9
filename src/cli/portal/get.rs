//! `belfort portal get`: a dataset, whole or narrowed, as a file, with its receipt.

use super::arguments::Get as Arguments;
use super::{all, asked};
use crate::cli::Failure;
use crate::cli::convert::{output_format, rectangle};
use crate::cli::fetched::{HandOver, hand_over};
use crate::i18n::Language;
use crate::portal::{Narrowing, PortalAddress};

pub(super) fn run(arguments: &Arguments, language: Language) -> Result<String, Failure> {
    let format = output_format(&arguments.out, language)?;
    let portals = all(language, arguments.offline);
    let info = asked(&arguments.common, &portals, language)?;
    let bbox = arguments.bbox.as_deref().map(|text| rectangle(text, language));
    let fields = arguments.select.iter().map(|name| name.trim().to_owned());
    let address = PortalAddress {
        narrowing: Narrowing {
            condition: arguments.condition.clone().unwrap_or_default(),
            bbox: bbox.transpose()?,
            fields: fields.filter(|name| !name.is_empty()).collect(),
        },
        ..PortalAddress::whole(info, &*arguments.dataset)
    };
    let job = HandOver {
        portals: &portals,
        address: address.to_string(),
        offline: arguments.offline,
        out: &arguments.out,
        format,
        json: arguments.common.json,
    };
    hand_over(&job, language)
}
