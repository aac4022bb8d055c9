# GeoPackage
geopackage-error-no-database = This is no GeoPackage: it does not begin like an SQLite file
geopackage-error-damaged = The file is damaged and cannot be read at this place
geopackage-error-sqlite-damaged = The file is damaged; SQLite says: { $detail }
geopackage-error-sqlite = SQLite cannot read the file: { $detail }
geopackage-error-changed = Another program changed the file while it was being read
geopackage-error-busy = Another program is writing the file
geopackage-error-no-contents = This GeoPackage does not say which layers it holds: its list of contents is missing
geopackage-error-other-database = This is an SQLite database, but no GeoPackage
geopackage-error-only-tiles = This GeoPackage holds only tiles of a basemap, which Belfort does not read
geopackage-error-no-layers = There are no layers in this GeoPackage
geopackage-error-too-many-fields = { $count } fields are more than a table of a GeoPackage can hold
geopackage-error-not-written = SQLite cannot write the file: { $detail }
geopackage-remedy-again = Open the file again
geopackage-remedy-busy = Wait until that program is done, or close it, and then open the file again
geopackage-remedy-export = Ask whoever made it for a GeoPackage with layers, or for another format
geopackage-remedy-fewer-fields = Export fewer fields
problem-geopackage-tiles = { $count ->
    [one] { $count } table with tiles of a basemap was not read
   *[other] { $count } tables with tiles of basemaps were not read
}
problem-geopackage-other-contents = { $count ->
    [one] { $count } table with contents that Belfort does not know was not read
   *[other] { $count } tables with contents that Belfort does not know were not read
}
problem-geopackage-missing-table = The file names the layer “{ $table }”, but has no such table
problem-geopackage-unlisted = The file does not name this table (or not in full) in its list of layers
problem-geopackage-no-geometry-column = The file calls this table a layer with geometry, but it has no column for that
problem-geopackage-styles = { $count ->
    [one] The file has { $count } more style of QGIS for this layer; Belfort reads one
   *[other] The file has { $count } more styles of QGIS for this layer; Belfort reads one
}
problem-geopackage-layer = A layer of the file could not be read: { $what }
problem-geopackage-endless = This view gives many more rows than there are in the file: only the first { $rows } were read
problem-geopackage-bare = { $count ->
    [one] { $count } geometry lacks the header of GeoPackage, but was read all the same
   *[other] { $count } geometries lack the header of GeoPackage, but were read all the same
}
problem-geopackage-extended = { $count ->
    [one] { $count } row has a geometry in a form that only another program knows, and no place
   *[other] { $count } rows have a geometry in a form that only another program knows, and no place
}
problem-geopackage-other-srs = { $count ->
    [one] { $count } geometry names another coordinate reference system than its layer, whose own was followed
   *[other] { $count } geometries name another coordinate reference system than their layer, whose own was followed
}
problem-geopackage-srs-missing = The file does not say what its coordinate reference system number { $number } is
problem-geopackage-blank = { $count ->
    [one] Field “{ $field }”: { $count } empty text was read as a missing value
   *[other] Field “{ $field }”: { $count } empty texts were read as missing values
}
problem-geopackage-hex = { $count ->
    [one] Field “{ $field }”: { $count } short binary value was read as hexadecimal text
   *[other] Field “{ $field }”: { $count } short binary values were read as hexadecimal text
}
problem-geopackage-binary = { $count ->
    [one] Field “{ $field }”: { $count } binary value (a photo or file, { $kilobytes } kB) was not read
   *[other] Field “{ $field }”: { $count } binary values (photos or files, { $kilobytes } kB in all) were not read
}
problem-geopackage-replaced = { $count ->
    [one] Field “{ $field }”: { $count } text has bytes that are not of its encoding
   *[other] Field “{ $field }”: { $count } texts have bytes that are not of their encoding
}
problem-geopackage-other-type = { $count ->
    [one] Field “{ $field }”: { $count } value is not of the type { $type } that the file promises; it stayed as it is
   *[other] Field “{ $field }”: { $count } values are not of the type { $type } that the file promises; they stayed as they are
}
problem-geopackage-field-name = Field “{ $from }” is called “{ $to }” in the file, because its name is missing or not the only one
problem-geopackage-no-crs = The coordinate reference system is not known: programs will not know where the layer lies
problem-geopackage-as-utc = { $count ->
    [one] Field “{ $field }”: { $count } time without a time zone is written as if it were UTC, the only zone GeoPackage knows
   *[other] Field “{ $field }”: { $count } times without a time zone are written as if they were UTC, the only zone GeoPackage knows
}
problem-geopackage-to-utc = { $count ->
    [one] Field “{ $field }”: { $count } time is converted to UTC, the only zone GeoPackage knows
   *[other] Field “{ $field }”: { $count } times are converted to UTC, the only zone GeoPackage knows
}
problem-geopackage-ids = { $count ->
    [one] The identifier of { $count } row goes into the column “{ $field }”
   *[other] The identifiers of { $count } rows go into the column “{ $field }”
}
problem-geopackage-nan = { $count ->
    [one] Field “{ $field }”: { $count } value is “not a number” and is written empty
   *[other] Field “{ $field }”: { $count } values are “not a number” and are written empty
}
problem-geopackage-nul = { $count ->
    [one] Field “{ $field }”: { $count } text has a null character, where other programs will cut it
   *[other] Field “{ $field }”: { $count } texts have a null character, where other programs will cut them
}
problem-geopackage-bad-date = { $count ->
    [one] Field “{ $field }”: { $count } date outside the years 0 to 9999 is written empty
   *[other] Field “{ $field }”: { $count } dates outside the years 0 to 9999 are written empty
}
