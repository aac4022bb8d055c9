# GeoPackage
