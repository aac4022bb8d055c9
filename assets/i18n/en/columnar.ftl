# FlatGeobuf and GeoParquet
flatgeobuf-error-magic = This is no FlatGeobuf file: it does not begin as such a file does
flatgeobuf-error-magic-remedy = Give the file the extension of its own format, or get it again
flatgeobuf-error-header = The header of the file is damaged
flatgeobuf-error-index = The file ends inside its spatial index
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
