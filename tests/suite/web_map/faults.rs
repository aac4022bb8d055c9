//! What goes wrong at an address, and what the person is told.

use belfort::i18n::Language;
use belfort::jobs::Watch;
use belfort::network::{Network, Proxy};
use belfort::tiles::{Missing, TileState, WebMap, Worth, look_at, try_out};

use super::{TILE, look, network, tile};
use crate::tile_server::{Reply, Server, png};

/// What is said of an answer to somebody who asks what is there.
fn told(reply: Reply) -> String {
    let server = Server::start(move |_, _| reply.clone());
    let error = look(&format!("{}/wmts?token=geheim", server.address)).unwrap_err();
    let text = error.text(Language::Dutch);
    assert!(!text.contains("geheim"), "{text}");
    assert!(error.remedy.is_some(), "{text}");
    error.what.in_language(Language::Dutch)
}

fn xml(text: &str) -> Reply {
    Reply::new(200, text.as_bytes().to_vec()).header("Content-Type", "text/xml")
}

#[test]
fn answers_that_are_no_capabilities_are_told_for_what_they_are() {
    let exception = "<ServiceExceptionReport><ServiceException>Kapot</ServiceException>\
                     </ServiceExceptionReport>";
    let page = "<!doctype html><html><body>Aanmelden</body></html>";
    for (reply, expected) in [
        (xml(page), "een webpagina"),
        (Reply::new(200, b"Hallo".to_vec()).header("Content-Type", "text/html"), "een webpagina"),
        (xml(exception), "De server zegt: Kapot"),
        (xml("<WFS_Capabilities version='2.0.0'/>"), "Dat is een WFS"),
        (xml("<Capabilities><Contents>"), "geen leesbare XML"),
        (xml("<Capabilities><Contents/></Capabilities>"), "geen enkele laag"),
        (xml("<rss/>"), "maar ‘rss’"),
        (xml("{\"type\": \"FeatureCollection\"}"), "JSON"),
        (Reply::new(200, png([0, 0, 0])), "één beeld"),
        (Reply::new(404, b"niets".to_vec()), "is niets (antwoord 404)"),
        (Reply::new(401, Vec::new()), "niet iedereen toe (fout 401)"),
        (
            Reply::new(403, exception.as_bytes().to_vec()),
            "(fout 403): er is misschien een sleutel nodig. Hij zegt: Kapot",
        ),
        (Reply::new(429, Vec::new()), "even te wachten (fout 429)"),
        (Reply::new(500, Vec::new()), "zelf een probleem (fout 500)"),
        (xml("<WMT_MS_Capabilities version='1.0.0'/>"), "spreekt versie 1.0.0"),
    ] {
        let said = told(reply);
        assert!(said.contains(expected), "{expected}: {said}");
    }
}

#[test]
fn an_answer_without_end_is_not_read_to_its_end() {
    // A document that would be well-formed, were it not 40 MB long.
    let mut body = b"<Capabilities><Contents>".to_vec();
    body.resize(40 << 20, b' ');
    let said = told(xml(std::str::from_utf8(&body).unwrap()));
    assert!(said.contains("groter dan 32 MB"), "{said}");
}

#[test]
fn entities_do_not_grow() {
    let bomb = "<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>\
                <Capabilities><Contents><Layer><Identifier>&b;</Identifier></Layer></Contents>\
                </Capabilities>";
    let server = Server::start(move |_, _| xml(bomb));
    let found = super::service(&format!("{}/wmts", server.address));
    assert_eq!(found.layers[0].name, "");
}

#[test]
fn offline_nobody_is_asked() {
    let server = Server::start(|_, _| Reply::new(200, png([1, 1, 1])));
    let offline = Network { offline: true, proxy: Proxy::None };
    let watch = Watch::unwatched();
    let error = look_at(&format!("{}/wms", server.address), &offline, &watch).unwrap_err();
    assert_eq!(error.what.id, "webmap-error-offline");
    let map = pattern(&server);
    let error = try_out(&map.basemap("x"), TILE, &offline, &watch).unwrap_err();
    assert_eq!(error.what.id, "webmap-error-offline");
    assert!(server.requests().is_empty());
    watch.cancel();
    let cancelled = try_out(&map.basemap("x"), TILE, &network(), &watch).unwrap_err();
    assert!(cancelled.is_cancelled() && server.requests().is_empty());
    let gone = look("http://127.0.0.1:1/wms").unwrap_err();
    assert_eq!(gone.what.id, "webmap-error-unreachable");
}

fn pattern(server: &Server) -> WebMap {
    let url = format!("{}/{{z}}/{{x}}/{{y}}.png?api_key=geheim", server.address);
    WebMap { url, max_zoom: 19, ..WebMap::default() }
}

#[test]
fn a_try_tells_all_about_the_answer() {
    let server = Server::start(|_, _| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        let picture =
            image::RgbImage::from_fn(256, 256, |x, _| image::Rgb([x.to_le_bytes()[0], 0, 0]));
        picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        Reply::new(200, bytes.into_inner())
            .header("Content-Type", "image/png")
            .header("Cache-Control", "max-age=60")
            .header("Set-Cookie", "a=b")
    });
    let basemap = pattern(&server).basemap("x");
    let tried = try_out(&basemap, TILE, &network(), &Watch::unwatched()).unwrap();
    assert_eq!((tried.image.width, tried.image.height, tried.worth), (256, 256, Worth::Picture));
    assert_eq!(tried.headers, [("cache-control", "max-age=60".to_owned())]);
    assert_eq!(tried.content_type, "image/png");
    assert!(tried.bytes > 100 && tried.address.ends_with("/12/2090/1369.png?api_key=…"));
    assert_eq!(server.paths(), ["/12/2090/1369.png?api_key=geheim"]);
}

#[test]
fn a_try_tells_what_came_instead_of_a_picture() {
    let exception = "<?xml version='1.0'?><ServiceExceptionReport version='1.1.1'>\
                     <ServiceException code='InvalidSRS'>EPSG:3857 not supported</ServiceException>\
                     </ServiceExceptionReport>";
    let clear = {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::RgbaImage::new(8, 8).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        bytes.into_inner()
    };
    for (reply, expected) in [
        (xml(exception), Err("webmap-error-exception")),
        (xml("<html>log in</html>"), Err("webmap-error-tile-page")),
        (Reply::new(200, Vec::new()), Err("webmap-error-empty")),
        (Reply::new(200, b"GIF89a".to_vec()), Err("webmap-error-no-picture")),
        (Reply::new(404, Vec::new()), Err("webmap-error-not-there")),
        (Reply::new(403, Vec::new()), Err("webmap-error-key")),
        (Reply::new(503, Vec::new()), Err("webmap-error-broken")),
        (Reply::new(200, vec![0; 9 << 20]), Err("webmap-error-large")),
        (Reply::new(200, png([5, 5, 5])), Ok(Worth::OneColour)),
        (Reply::new(200, clear), Ok(Worth::Clear)),
    ] {
        let server = Server::start(move |_, _| reply.clone());
        let basemap = pattern(&server).basemap("x");
        let tried = try_out(&basemap, TILE, &network(), &Watch::unwatched());
        if let Err(error) = &tried {
            assert!(!error.text(Language::English).contains("geheim"), "{error:?}");
        }
        let found = tried.map(|tried| tried.worth).map_err(|error| error.what.id);
        assert_eq!(found, expected);
    }
    // The map says the same of it.
    let server = Server::start(move |_, _| xml(exception));
    let state = tile(&pattern(&server).basemap("x"), TILE);
    let TileState::Missing(why @ Missing::Told(_)) = state else { panic!("{state:?}") };
    let said = why.message().in_language(Language::Dutch);
    assert!(said.ends_with("zegt: EPSG:3857 not supported"), "{said}");
}
