use crate::fake_portal::{BASE, Request, conforms};
use crate::support::shared_data;

#[test]
fn requests_are_held_to_the_vendors_document() {
    let Some(path) = shared_data("real/ods-api/openapi-explore-v2.1.json") else { return };
    let openapi = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let check = |method: &str, target: &str| {
        conforms(&Request::of(method, &format!("{BASE}{target}")), &openapi)
    };
    for good in [
        "/catalog/datasets?limit=100&offset=9899&lang=nl&timezone=Europe%2FBrussels",
        "/catalog/datasets?refine=theme%3AMobiliteit&refine=publisher%3AStad&exclude=keyword%3Abus",
        "/catalog/datasets/straten-gent",
        "/catalog/datasets/straten-gent/records?where=naam%3D%22a%22&select=naam&limit=0",
        "/catalog/datasets/straten-gent/records?group_by=naam&limit=9000",
        "/catalog/datasets/straten-gent/exports/geojson?where=in_bbox(geo_point_2d%2C1%2C2%2C3%2C4)",
        "/catalog/datasets/straten-gent/exports/csv?delimiter=%3B&with_bom=true&select=naam&limit=-1",
        "/catalog/datasets/straten-gent/exports/fgb?epsg=31370",
        "/catalog/datasets/straten-gent/facets?facet=type&facet=naam",
        "/catalog/facets?facet=theme",
    ] {
        assert_eq!(check("GET", good), Ok(()), "{good}");
    }
    for (bad, word) in [
        ("/catalog/datasets?limit=101", "maximum"),
        ("/catalog/datasets?offset=-1", "minimum"),
        ("/catalog/datasets?limit=100&offset=9900", "offset + limit"),
        ("/catalog/datasets?limit=many", "integer"),
        ("/catalog/datasets?lang=tlh", "values listed"),
        ("/catalog/datasets?refine=Mobiliteit", "FACETNAME"),
        ("/catalog/datasets?where=a&where=b", "more than once"),
        ("/catalog/datasets?rows=10", "no parameter rows"),
        ("/catalog/datasets/straten-gent/exports/dwg", "no such path"),
        ("/catalog/datasets/straten-gent/exports/geojson?offset=10", "no parameter offset"),
        ("/catalog/datasets/straten-gent/exports/geojson?delimiter=,", "no parameter delimiter"),
        ("/catalog/datasets/straten-gent/exports/csv?with_bom=yes", "true or false"),
        ("/catalog/data", "no such path"),
        ("/catalog/datasets//records", "no such path"),
    ] {
        let said = check("GET", bad).unwrap_err();
        assert!(said.contains(word), "{bad}: {said}");
    }
    assert!(check("POST", "/catalog/datasets").is_err());
    let elsewhere = Request::of("GET", "/api/records/1.0/search");
    assert!(conforms(&elsewhere, &openapi).unwrap_err().contains("outside the API"));
}
