//! Where the map of a sheet lies on the earth, for readers of PDF.

use super::plan::SheetPlan;
use crate::crs::{Crs, Plane, Transformer};
use crate::page::Viewport;

/// The place of a plan's map; none where its corners have none.
pub(super) fn viewport(plan: &SheetPlan) -> Option<Viewport> {
    let frame = plan.frame;
    let rect = frame.rect(0.0);
    let [left, top, right, bottom] = rect.map(f64::from);
    let corners = [[left, top], [right, top], [right, bottom], [left, bottom]];
    let mut corners = corners.map(|corner| frame.to_plane(corner));
    frame.plane.give_lon_lat(&mut corners);
    let plane = frame.plane.plane();
    if plane == Plane::Lambert72 {
        // Its own longitudes and latitudes, those of the Belgian Datum 1972.
        let own = Crs::from_code("EPSG:4313").ok()?;
        Transformer::new(&Crs::wgs84(), &own).ok()?.transform(&mut corners);
    }
    let is_sound = corners.iter().flatten().all(|number| number.is_finite());
    let epsg = match plane {
        Plane::WebMercator => Some(3857),
        Plane::Lambert72 => Some(31370),
        Plane::Lambert2008 => Some(3812),
        Plane::Local(_) => None,
    };
    let wkt = match plane {
        Plane::Local(local) => Some(transverse_mercator(local.meridian())),
        _ => None,
    };
    is_sound.then_some(Viewport { rect, corners, epsg, wkt })
}

/// The transverse Mercator projection of WGS 84 around a meridian as well-known text (OGC 01-009,
/// section 7).
fn transverse_mercator(meridian: f64) -> String {
    format!(
        "PROJCS[\"WGS 84 / Transverse Mercator\",GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS \
         84\",6378137,298.257223563,AUTHORITY[\"EPSG\",\"7030\"]],AUTHORITY[\"EPSG\",\"6326\"]],PRIMEM[\"\
         Greenwich\",0],UNIT[\"degree\",0.0174532925199433],AUTHORITY[\"EPSG\",\"4326\"]],PROJECTION[\"\
         Transverse_Mercator\"],PARAMETER[\"latitude_of_origin\",0],PARAMETER[\"central_meridian\",\
         {meridian}],PARAMETER[\"scale_factor\",1],PARAMETER[\"false_easting\",0],PARAMETER[\"\
         false_northing\",0],UNIT[\"metre\",1]]"
    )
}
