# Places in a file
place-line = line { $line }
place-line-column = line { $line }, column { $column }
place-byte = byte { $byte }
place-row = row { $row }
place-row-field = row { $row }, field “{ $field }”
place-field = field “{ $field }”
place-member = in { $name }

# Errors about files
error-not-found = The file does not exist
error-no-permission = You have no permission for this file
error-io = The system reports: { $detail }
error-cancelled = Cancelled
error-unknown-format = This is no format Belfort knows
error-folder-without-data = There is no data file in this folder that Belfort can read
error-archive-without-data = There is no data file in this archive that Belfort can read
error-archive-members = The archive holds more than { $limit } files
error-archive-too-big = The archive unpacks to more than { $limit } MB
error-bad-archive = The .zip archive is damaged: { $detail }
error-no-layer = There is no layer “{ $layer }”
error-cannot-write = Belfort does not write { $format }
error-rows-do-not-fit = The selection does not fit the layer: { $detail }
error-export-without-crs = The layer's coordinate reference system is not known, so it cannot be written in another one
remedy-known-extensions = Belfort opens { $extensions }
remedy-layers = The layers are { $layers }
remedy-unpack = Unpack it and open the file you need
remedy-get-again = Get the file again from where it came from
remedy-choose-crs = Choose the layer's coordinate reference system first
error-file-empty = The file is empty
error-web-page = This is a web page or XML, not GeoJSON: the download may have given an error page
error-javascript = This is JavaScript, not JSON: it starts with “{ $start }”
error-bad-json = The JSON is faulty: { $what }
error-not-geojson = This is JSON, but not GeoJSON: there are no features in it
error-other-json = This is { $format }, which Belfort does not read
error-too-much-text = A field holds more than 2 GB of text
error-too-many-coordinates = The file holds more coordinates than Belfort can count
error-defect = A defect of Belfort: { $detail }
remedy-javascript = Remove everything before the first brace and after the last one, and save it as .geojson
remedy-mend-json = Mend the file at this place in a text editor, or get it again
remedy-not-geojson = Ask the source for its GeoJSON form
remedy-convert-to-geojson = Convert it to GeoJSON first, for example with mapshaper or QGIS
remedy-smaller-parts = Split the file into smaller parts
json-ends-early = the text ends in the middle
json-expects-comma = a comma or a closing bracket is expected here
json-expects-key = a name in double quotes is expected here
json-expects-colon = a colon is expected here
json-expects-value = a value is expected here
json-bad-escape = this is no valid escape in a text
json-bad-number = this is no valid number
json-leading-zero = a number may not start with a zero
json-goes-on = the file goes on after its end

# Problems
problem-no-geometry = { $count ->
    [one] { $count } row has no place and is not on the map
   *[other] { $count } rows have no place and are not on the map
}
problem-file-not-read = { $count ->
    [one] { $count } file could not be read: { $what }
   *[other] { $count } files could not be read: { $what }
}
problem-member-not-unpacked = { $count ->
    [one] { $count } file in the archive is damaged or locked and was left out
   *[other] { $count } files in the archive are damaged or locked and were left out
}
problem-export-order-kept = The file keeps latitude before longitude, as the source has it
problem-not-transformed = { $count ->
    [one] { $count } row lost its place: { $positions } positions cannot be transformed
   *[other] { $count } rows lost their place: { $positions } positions cannot be transformed
}
problem-rows-not-written = { $count ->
    [one] { $count } row was not written
   *[other] { $count } rows were not written
}
problem-text-replaced = { $count ->
    [one] { $count } character is not of the encoding { $encoding } and became �
   *[other] { $count } characters are not of the encoding { $encoding } and became �
}
problem-bad-coordinates = { $count ->
    [one] { $count } row has coordinates that cannot be read, and no place
   *[other] { $count } rows have coordinates that cannot be read, and no place
}
problem-geometry-type = { $count ->
    [one] { $count } row has the unknown geometry type “{ $name }”, and no place
   *[other] { $count } rows have the unknown geometry type “{ $name }”, and no place
}
problem-unclosed-ring = { $count ->
    [one] { $count } polygon ring does not end where it begins
   *[other] { $count } polygon rings do not end where they begin
}
problem-more-coordinates = { $count ->
    [one] { $count } position has more than four numbers; the others are left out
   *[other] { $count } positions have more than four numbers; the others are left out
}
problem-nested-collection = { $count ->
    [one] { $count } collection inside a collection was taken apart
   *[other] { $count } collections inside a collection were taken apart
}
problem-duplicate-key = { $count ->
    [one] { $count } name occurs twice in one object
   *[other] { $count } names occur twice in one object
}
problem-not-a-feature = { $count ->
    [one] { $count } item of the list is no feature and is an empty row
   *[other] { $count } items of the list are no features and are empty rows
}
problem-feature-type = { $count ->
    [one] { $count } row does not say that it is a “Feature”
   *[other] { $count } rows do not say that they are a “Feature”
}
problem-root-type = The file does not say that it is a “FeatureCollection” but “{ $found }”
problem-foreign-member = { $count ->
    [one] The member “{ $name }” beside the properties of { $count } row was not read
   *[other] The member “{ $name }” beside the properties of { $count } rows was not read
}
problem-bad-id = { $count ->
    [one] { $count } row has an identifier that is neither number nor text
   *[other] { $count } rows have an identifier that is neither number nor text
}
problem-bad-properties = { $count ->
    [one] { $count } row has properties that are no object
   *[other] { $count } rows have properties that are no object
}
problem-too-many-fields = { $count ->
    [one] { $count } value was left out because the layer has too many fields
   *[other] { $count } values were left out because the layer has too many fields
}
problem-not-a-number = { $count ->
    [one] { $count } value is “not a number” or infinite and was left empty
   *[other] { $count } values are “not a number” or infinite and were left empty
}
problem-mixed-kinds = { $count ->
    [one] Field “{ $field }” mixes kinds: { $count } value became text
   *[other] Field “{ $field }” mixes kinds: { $count } values became text
}
problem-long-integer = { $count ->
    [one] Field “{ $field }” is kept as text: { $count } whole number is too long for a number
   *[other] Field “{ $field }” is kept as text: { $count } whole numbers are too long for a number
}
problem-crs-not-understood = The coordinate reference system in the file is not understood: { $text }
problem-crs-link = The coordinate reference system is described elsewhere ({ $link }), and the link was not followed
problem-crs-swapped = Latitude seems to come before longitude: this is a guess from the numbers
problem-crs-guessed = The coordinate reference system is a guess from the numbers: { $crs }
problem-crs-unknown = The coordinate reference system is not known
problem-number-not-finite = { $count ->
    [one] Field “{ $field }”: { $count } value is “not a number” or infinite and is written as empty
   *[other] Field “{ $field }”: { $count } values are “not a number” or infinite and are written as empty
}
problem-geojson-no-crs = The coordinate reference system is not known: programs will take the numbers for longitude and latitude
problem-geojson-crs-member = The file is in { $crs } with a crs member: this is not the GeoJSON standard (RFC 7946), and some programs will not place it right
problem-position-not-finite = { $count ->
    [one] { $count } row with positions that are no numbers is written without place
   *[other] { $count } rows with positions that are no numbers are written without place
}
problem-ring-closed = { $count ->
    [one] { $count } polygon ring is closed: its first position is repeated at the end
   *[other] { $count } polygon rings are closed: their first position is repeated at the end
}
problem-measure-dropped = { $count ->
    [one] { $count } row loses its measures, which this format cannot hold without heights
   *[other] { $count } rows lose their measures, which this format cannot hold without heights
}

# Values
value-true = yes
value-false = no
