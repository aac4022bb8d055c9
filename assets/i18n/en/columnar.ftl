# FlatGeobuf and GeoParquet
