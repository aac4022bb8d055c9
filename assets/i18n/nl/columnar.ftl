# FlatGeobuf en GeoParquet
