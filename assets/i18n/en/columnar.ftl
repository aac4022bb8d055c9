# FlatGeobuf and GeoParquet
flatgeobuf-error-magic = This is no FlatGeobuf file: it does not begin as such a file does
flatgeobuf-error-magic-remedy = Give the file the extension of its own format, or get it again
flatgeobuf-error-header = The header of the file is damaged
flatgeobuf-error-index = The file ends inside its spatial index
flatgeobuf-error-changed = The file changed while it was read
flatgeobuf-error-too-many-cells = The file claims more values than it has room for: it is damaged
flatgeobuf-error-too-many-fields = A FlatGeobuf file holds at most { $limit } fields
flatgeobuf-error-feature-too-big = This row is larger than 2 GB, which FlatGeobuf cannot hold
problem-columnar-binary = { $count ->
    [one] Field “{ $field }”: { $count } value of bytes was left out
   *[other] Field “{ $field }”: { $count } values of bytes were left out
}
problem-columnar-no-crs = The coordinate reference system is not known, and so the file does not say it
problem-flatgeobuf-cut-off = The file is damaged: what follows could not be read
problem-flatgeobuf-missing = { $count ->
    [one] { $count } row is missing: the file has fewer than it says
   *[other] { $count } rows are missing: the file has fewer than it says
}
problem-flatgeobuf-more-bytes = { $count ->
    [one] { $count } byte after the last row was not read
   *[other] { $count } bytes after the last row were not read
}
problem-flatgeobuf-bad-feature = { $count ->
    [one] { $count } row is damaged; it has no place and no values
   *[other] { $count } rows are damaged; they have no place and no values
}
problem-flatgeobuf-bad-index = { $count ->
    [one] The spatial index leads astray for { $count } row, which was not read
   *[other] The spatial index leads astray for { $count } rows, which were not read
}
problem-flatgeobuf-bad-properties = { $count ->
    [one] { $count } row has values that cannot be read; from the first of them on they are empty
   *[other] { $count } rows have values that cannot be read; from the first of them on they are empty
}
problem-flatgeobuf-times = { $count ->
    [one] { $count } row has a time with every position; the times were left out
   *[other] { $count } rows have a time with every position; the times were left out
}
problem-flatgeobuf-own-columns = { $count ->
    [one] { $count } row has fields of its own, which were not read
   *[other] { $count } rows have fields of their own, which were not read
}
problem-flatgeobuf-value-again = { $count ->
    [one] Field “{ $field }”: { $count } row has two values; the last one counts
   *[other] Field “{ $field }”: { $count } rows have several values; the last one counts
}
problem-flatgeobuf-order = The rows are written in another order, by where they lie: the spatial index needs them so
problem-flatgeobuf-empty = { $count ->
    [one] { $count } row with an empty geometry is written without geometry
   *[other] { $count } rows with an empty geometry are written without geometry
}
problem-flatgeobuf-no-place = { $count ->
    [one] { $count } row without place is kept, but programs that read FlatGeobuf through Arrow (GDAL up to 3.12) stumble over it
   *[other] { $count } rows without place are kept, but programs that read FlatGeobuf through Arrow (GDAL up to 3.12) stumble over them
}
geoparquet-error-magic = This is no Parquet file: it does not begin as such a file does
geoparquet-error-magic-remedy = Give the file the extension of its own format, or get it again
geoparquet-error-cut-off = The file ends before its contents do
geoparquet-error-encrypted = The file is encrypted
geoparquet-error-footer = The list of contents at the end of the file is damaged: { $detail }
geoparquet-error-rows = The file says it has { $rows } rows, more than can be in it
geoparquet-error-too-big = The column unpacks to far more than can be in the file
geoparquet-error-column = The column cannot be read: { $detail }
geoparquet-error-encoding = The column should hold places, but is of the type { $type }
geoparquet-error-place-too-big = A place is larger than 2 GB, which Parquet cannot hold
problem-columnar-bad-date = { $count ->
    [one] Field “{ $field }”: { $count } date is too long ago or too far off, and was left empty
   *[other] Field “{ $field }”: { $count } dates are too long ago or too far off, and were left empty
}
problem-geoparquet-finer = { $count ->
    [one] Field “{ $field }”: { $count } time is finer than a millisecond, which is left off
   *[other] Field “{ $field }”: { $count } times are finer than a millisecond, which is left off
}
problem-geoparquet-zone = Field “{ $field }”: the times are shown in UTC, not in { $zone }
problem-geoparquet-bad-metadata = What the file says about its places is not understood
problem-geoparquet-column-not-understood = The column “{ $field }” with places is not there, or of an unknown encoding
problem-geoparquet-other-place = The file has several places for a row; those of “{ $field }” are kept as text (WKT)
problem-geoparquet-covering = The column “{ $field }” was left out: it holds the boxes around the places
problem-geoparquet-spherical = The edges are meant as shortest ways on a sphere; they are drawn as straight lines
problem-geoparquet-epoch = The positions hold for the year { $epoch }; that is not reckoned with

# Files on a web server
remote-error-offline = This file is on a web server, and you work offline
remote-error-unreachable = The server cannot be reached: { $detail }
remote-error-status = The server does not give the file (status { $status })
remote-error-cut-off = The server's answer breaks off
remote-error-changed = The file on the server was replaced while it was read, or the server no longer gives parts of it
remote-error-too-big = The file is larger than { $gigabytes } GB, too large to fetch whole
remote-remedy-again = Try again
remote-remedy-bbox = Ask for a part of it with --bbox
