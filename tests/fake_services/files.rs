//! Files that are simply there, and what is no data.

use super::city::city;
use super::lie::Lies;
use super::server::Scene;
use super::write::{Numbers, feature};
use crate::fake_portal::answer::Answer;
use serde_json::json;

pub fn answer(scene: &Scene<'_>) -> Answer {
    let csv = || {
        let rows =
            city()[1].rows.iter().map(|row| format!("{};{};{}\n", row.number, row.code, row.kind));
        format!("nr;code;soort\n{}", rows.collect::<String>()).into_bytes()
    };
    let dated = |answer: Answer| {
        answer
            .header("ETag", &format!("\"v{}\"", scene.version))
            .header("Last-Modified", "Tue, 06 Oct 2026 08:00:00 GMT")
    };
    match scene.request.path.as_str() {
        "/files/bomen.geojson" => {
            let numbers = Numbers { degrees: true, turned: false };
            let rows = city()[0].rows.iter().take(100 + scene.version);
            let features: Vec<_> =
                rows.map(|row| feature(row, numbers, &Lies::default())).collect();
            let body = json!({"type": "FeatureCollection", "features": features});
            dated(Answer::new(200, "application/geo+json", body.to_string().into_bytes()))
        }
        "/files/wijken.csv" => dated(Answer::new(200, "text/csv", csv())),
        "/files/export" => {
            let answer = Answer::new(200, "application/octet-stream", csv());
            answer.header("Content-Disposition", "attachment; filename=\"wijken.csv\"")
        }
        "/files/raar.csv" => Answer::new(200, "text/csv", b"\0\x01\x02PNG".to_vec()),
        "/geo/wms" => {
            let body = "<?xml version=\"1.0\"?><WMS_Capabilities version=\"1.3.0\" xmlns=\"http://www.opengis.net/wms\"/>";
            Answer::new(200, "text/xml", body.as_bytes().to_vec())
        }
        "/kaarten" => {
            let body = "<?xml version=\"1.0\"?><WMT_MS_Capabilities version=\"1.1.1\"><Service/></WMT_MS_Capabilities>";
            Answer::new(200, "application/vnd.ogc.wms_xml", body.as_bytes().to_vec())
        }
        "/pagina" | "/" => {
            let body =
                "<!DOCTYPE html><html><head><title>Welkom</title></head><body>Hallo.</body></html>";
            Answer::new(200, "text/html; charset=utf-8", body.as_bytes().to_vec())
        }
        "/geheim/wfs" => Answer::new(401, "text/html", b"<html>Aanmelden</html>".to_vec()),
        _ => Answer::new(404, "text/html", b"<html>Niets</html>".to_vec()),
    }
}
