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
error-in-use = Another program has this file open
error-in-use-remedy = Close it there and try again, or save under another name
error-folder-gone = The folder is not there (any more)
error-folder-gone-remedy = Connect the drive again, or save in another folder
error-may-not-write = You may not write in this folder
error-read-only = This drive can only be read
error-save-elsewhere = Save it in another folder
error-disk-full = The disk is full
error-disk-full-remedy = Make room, or save on another disk
error-drive-gone = The network drive does not answer
error-drive-gone-remedy = Try again in a moment, or save on your own disk
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
error-binary = This is not a text file
error-csv = The table cannot be read or written: { $detail }

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
problem-layer-renamed = The layer ‘{ $from }’ is called ‘{ $to }’ in the file: the name was there already
error-one-layer-a-file = { $format } holds one layer a file
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
problem-geometry-not-read = { $count ->
    [one] { $count } row has a geometry that cannot be read, and so no place
   *[other] { $count } rows have a geometry that cannot be read, and so no place
}
problem-curve-as-lines = { $count ->
    [one] { $count } row has circular arcs; they are now short straight lines (every 4°)
   *[other] { $count } rows have circular arcs; they are now short straight lines (every 4°)
}
problem-faces-as-polygons = { $count ->
    [one] { $count } row is a surface of faces; they are now ordinary polygons
   *[other] { $count } rows are surfaces of faces; they are now ordinary polygons
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
problem-repeated-field = The column name “{ $field }” occurs more than once; a number was added
problem-no-header = The first line holds numbers, so it was taken for data, not for column names
problem-record-length = { $count ->
    [one] { $count } line has more or fewer fields than the first
   *[other] { $count } lines have more or fewer fields than the first
}
problem-unclosed-quote = A quote is not closed: the rest of the file ended up in one value
problem-no-value-words = { $count ->
    [one] Field “{ $field }” holds numbers: { $count } word such as “NA” was read as empty
   *[other] Field “{ $field }” holds numbers: { $count } words such as “NA” were read as empty
}
problem-zero-position = { $count ->
    [one] { $count } row lies at 0, 0, which mostly means that the place is not known
   *[other] { $count } rows lie at 0, 0, which mostly means that the place is not known
}
problem-csv-empty-text = { $count ->
    [one] Field “{ $field }”: { $count } empty text will read as no value
   *[other] Field “{ $field }”: { $count } empty texts will read as no value
}
problem-ids-dropped = { $count ->
    [one] The identifier of { $count } row has no place in this format
   *[other] The identifiers of { $count } rows have no place in this format
}
problem-csv-places-dropped = { $count ->
    [one] The place of { $count } row is not written
   *[other] The places of { $count } rows are not written
}
problem-csv-only-points = { $count ->
    [one] { $count } row is no point and is written without place; choose WKT to keep it
   *[other] { $count } rows are no points and are written without place; choose WKT to keep them
}
problem-csv-heights-dropped = Heights and measures are not written in two columns; choose WKT to keep them
problem-csv-crs = The file cannot say that the coordinates are in { $crs }: tell whoever gets the file

# Values
value-true = yes
value-false = no

# Shapefiles and dBASE tables
shapefile-error-magic = This is no shapefile: it does not begin as a .shp file does
shapefile-error-magic-remedy = If it is a table, give it the extension .dbf; otherwise get the file again
shapefile-error-truncated-header = The .shp file ends inside its first 100 bytes
shapefile-error-too-many-coordinates = The file holds more coordinates than Belfort can count
shapefile-error-too-big = The { $file } file would be { $size } GB; a shapefile cannot be larger than 2 GB
shapefile-error-too-big-remedy = Export fewer rows, or choose GeoJSON
shapefile-error-too-many-fields = { $count } fields are more than a .dbf file can hold
shapefile-error-record-too-long = One row would be { $count } bytes long; a .dbf file holds 65 535
shapefile-error-fields-remedy = Export fewer fields
shapefile-error-table-beside-shapes = There is a shapefile of this name: a table without geometry would take the place of its attributes
shapefile-error-table-beside-shapes-remedy = Choose another name
dbf-error-truncated-header = The table ends inside its header
dbf-error-version = This form of dBASE table is not read (only dBASE III, IV and Visual FoxPro)
dbf-error-magic = This is no dBASE table: its header makes no sense
dbf-error-remedy = Open it in the program it comes from and save it as CSV or dBASE III
dbf-error-too-much-text = A field holds more than 2 GB of text
problem-shapefile-index-differs = { $count ->
    [one] The .shx file lists { $count } record otherwise than the .shp file; the .shx was followed
   *[other] The .shx file lists { $count } records otherwise than the .shp file; the .shx was followed
}
problem-shapefile-index-broken = The .shx file is damaged and was not used
problem-shapefile-cut-off = The .shp file is damaged: what follows could not be read
problem-shapefile-unknown-type = { $count ->
    [one] { $count } row has the unknown shape type { $type }, and no place
   *[other] { $count } rows have the unknown shape type { $type }, and no place
}
problem-shapefile-bad-record = { $count ->
    [one] { $count } shape contradicts itself and could not be read; its row has no place
   *[other] { $count } shapes contradict themselves and could not be read; their rows have no place
}
problem-shapefile-bad-coordinates = { $count ->
    [one] { $count } row has coordinates that are no numbers, and no place
   *[other] { $count } rows have coordinates that are no numbers, and no place
}
problem-shapefile-winding = { $count ->
    [one] { $count } polygon has rings in the wrong direction; holes were found by where they lie
   *[other] { $count } polygons have rings in the wrong direction; holes were found by where they lie
}
problem-shapefile-no-shape = { $count ->
    [one] { $count } row of the .dbf file has no shape in the .shp file
   *[other] { $count } rows of the .dbf file have no shape in the .shp file
}
problem-shapefile-no-attributes = { $count ->
    [one] { $count } shape has no row in the .dbf file
   *[other] { $count } shapes have no row in the .dbf file
}
problem-shapefile-no-dbf = There is no .dbf file: the shapes have no attributes
problem-shapefile-bad-dbf = The .dbf file could not be read, so the shapes have no attributes: { $detail }
problem-shapefile-bad-prj = The .prj file is not understood: { $detail }
problem-dbf-deleted = { $count ->
    [one] { $count } row is marked as deleted and was left out
   *[other] { $count } rows are marked as deleted and were left out
}
problem-dbf-cut-off = { $count ->
    [one] The .dbf file ends early: { $count } row is missing
   *[other] The .dbf file ends early: { $count } rows are missing
}
problem-dbf-bad-value = { $count ->
    [one] Field “{ $field }”: { $count } value is not of the field's type and was left empty
   *[other] Field “{ $field }”: { $count } values are not of the field's type and were left empty
}
problem-dbf-decimal-comma = { $count ->
    [one] Field “{ $field }”: { $count } number has a decimal comma and was read as such
   *[other] Field “{ $field }”: { $count } numbers have a decimal comma and were read as such
}
problem-dbf-rounded = { $count ->
    [one] Field “{ $field }”: { $count } long whole number was rounded
   *[other] Field “{ $field }”: { $count } long whole numbers were rounded
}
problem-dbf-memo = { $count ->
    [one] Field “{ $field }”: { $count } memo text is kept in another file and was not read
   *[other] Field “{ $field }”: { $count } memo texts are kept in another file and were not read
}
problem-dbf-cut-character = { $count ->
    [one] Field “{ $field }”: { $count } text ended in half a character, which was left out
   *[other] Field “{ $field }”: { $count } texts ended in half a character, which was left out
}
problem-dbf-replaced = { $count ->
    [one] Field “{ $field }”: { $count } text has bytes that are not of the encoding
   *[other] Field “{ $field }”: { $count } texts have bytes that are not of the encoding
}
problem-dbf-unknown-type = The field has the unknown type { $type } and was read as text
problem-dbf-unknown-encoding = The .cpg file names an unknown encoding: { $label }
problem-dbf-encoding-differs = The texts are said to be { $declared }, but read as { $used }
problem-dbf-field-renamed = The field “{ $from }” is called “{ $to }”, because the name is missing or not the only one
problem-shapefile-split = Points, lines and polygons go to files of their own: { $names }
problem-shapefile-collection-split = { $count ->
    [one] { $count } row with a collection of different geometry types is written to several files
   *[other] { $count } rows with collections of different geometry types are written to several files
}
problem-shapefile-collection-flattened = { $count ->
    [one] { $count } collection of one geometry type is written as one geometry
   *[other] { $count } collections of one geometry type are written as one geometry
}
problem-shapefile-points-as-multipoint = { $count ->
    [one] { $count } point is written as a MultiPoint, because the file also holds MultiPoints
   *[other] { $count } points are written as MultiPoints, because the file also holds MultiPoints
}
problem-shapefile-field-name = Field “{ $from }” is called “{ $to }” in the file: names have at most 10 bytes
problem-shapefile-text-cut = { $count ->
    [one] Field “{ $field }”: { $count } text is longer than 254 bytes and is cut
   *[other] Field “{ $field }”: { $count } texts are longer than 254 bytes and are cut
}
problem-shapefile-empty-text = { $count ->
    [one] Field “{ $field }”: { $count } empty text becomes a missing value
   *[other] Field “{ $field }”: { $count } empty texts become missing values
}
problem-shapefile-text-trimmed = { $count ->
    [one] Field “{ $field }”: { $count } text loses the spaces at its end
   *[other] Field “{ $field }”: { $count } texts lose the spaces at their end
}
problem-shapefile-as-text = Field “{ $field }” becomes text: the format has no such type
problem-shapefile-long-integer = { $count ->
    [one] Field “{ $field }”: { $count } long whole number may be rounded by other programs
   *[other] Field “{ $field }”: { $count } long whole numbers may be rounded by other programs
}
problem-shapefile-bad-date = { $count ->
    [one] Field “{ $field }”: { $count } date outside the years 1 to 9999 is written as empty
   *[other] Field “{ $field }”: { $count } dates outside the years 1 to 9999 are written as empty
}
problem-shapefile-no-fields = A shapefile needs a field: the field “{ $field }” with the row's number is added
problem-shapefile-no-crs = The coordinate reference system is not known: there will be no .prj file
problem-shapefile-no-height = { $count ->
    [one] { $count } position without a height gets the height 0
   *[other] { $count } positions without a height get the height 0
}
problem-shapefile-ids = The features' identifiers are not written: the format has no place for them
problem-shapefile-table-only = The layer has no geometry: only a .dbf file is written
problem-shapefile-short-ring = { $count ->
    [one] { $count } polygon ring with fewer than four positions is written as it is
   *[other] { $count } polygon rings with fewer than four positions are written as they are
}
problem-csv-note = The file does not say “{ $note }”: CSV has no place for it
encoding-by-mark = by the mark at the start
encoding-by-format = by the standard of the format
encoding-by-head = according to the head of the file
encoding-by-cpg = by the .cpg file
encoding-by-language-byte = by the header of the .dbf file
encoding-by-validity = by the bytes, which are valid UTF-8
encoding-by-letters = by the letters that the bytes make
encoding-by-twice = by the bytes: encoded twice
encoding-by-choice = chosen by you
encoding-plain = { $name }
encoding-twice = UTF-8, encoded twice
encoding-western = { $name } (Western Europe)
encoding-western-euro = { $name } (Western Europe, with €)
encoding-dos-western = { $name } (DOS, Western Europe)
encoding-dos = { $name } (DOS)
encoding-mac = { $name } (old Mac)
encoding-central = { $name } (Central Europe)
encoding-cyrillic = { $name } (Cyrillic)
encoding-greek = { $name } (Greek)
encoding-turkish = { $name } (Turkish)
encoding-arabic = { $name } (Arabic)
encoding-baltic = { $name } (Baltic)
encoding-chinese = { $name } (Chinese)
encoding-chinese-old = { $name } (Chinese, traditional)
encoding-japanese = { $name } (Japanese)
encoding-korean = { $name } (Korean)
error-rectangle-without-crs = The layer does not say in which CRS it is, so a rectangle in degrees cannot be found in it
remedy-rectangle-without-crs = Say it with --source-crs
