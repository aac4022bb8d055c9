# KML, GPX and GML
error-xml = The XML file cannot be read: { $what }
xml-ends-early = the file ends in the middle
xml-bad-markup = what stands here is no XML
xml-too-deep = the elements are nested too deep
remedy-xml = Mend the file at this place in a text editor, or get it again
problem-xml-cut-off = From here on the file could not be read: { $what }. What stood before it is kept
problem-xml-encoding-unknown = The file names an unknown text encoding: { $label }
problem-xml-encoding-differs = The file says that it is in { $declared }, but was read as { $used }
problem-xml-not-closed = { $count ->
    [one] { $count } element is not closed
   *[other] { $count } elements are not closed
}
problem-xml-not-opened = { $count ->
    [one] { $count } element is closed without having been opened
   *[other] { $count } elements are closed without having been opened
}
problem-xml-entity = { $count ->
    [one] { $count } reference that XML itself does not know (such as &nbsp;) stands in the text as it is written
   *[other] { $count } references that XML itself does not know (such as &nbsp;) stand in the text as they are written
}
problem-xml-joined = { $count ->
    [one] { $count } value belongs to a row that has one for that field already; they stand one behind the other with a semicolon between them
   *[other] { $count } values belong to rows that have one for that field already; they stand one behind the other with a semicolon between them
}
problem-xml-not-kept = { $count ->
    [one] Not kept: { $count } element “{ $name }”
   *[other] Not kept: { $count } elements “{ $name }”
}
problem-xml-other-kind = { $count ->
    [one] Field “{ $field }”: { $count } value is not of the type that the file promises; the type follows from the values
   *[other] Field “{ $field }”: { $count } values are not of the type that the file promises; the type follows from the values
}
problem-xml-characters = { $count ->
    [one] Field “{ $field }”: { $count } control character is left out, as XML cannot hold it
   *[other] Field “{ $field }”: { $count } control characters are left out, as XML cannot hold them
}
problem-xml-empty-text = { $count ->
    [one] Field “{ $field }”: { $count } empty text will be read as no value
   *[other] Field “{ $field }”: { $count } empty texts will be read as no value
}
problem-xml-as-text = Field “{ $field }” is written as text: the format has no dates
problem-xml-empty-geometry = { $count ->
    [one] { $count } row with an empty geometry is written without a place
   *[other] { $count } rows with an empty geometry are written without a place
}
problem-xml-measures-dropped = { $count ->
    [one] { $count } row loses its measures, which this format does not know
   *[other] { $count } rows lose their measures, which this format does not know
}
problem-export-crs-transformed = The coordinates are transformed to { $crs }: { $format } knows no other system
error-export-only-wgs84 = This format knows only longitude and latitude in WGS 84
remedy-choose-wgs84 = Choose WGS 84 (EPSG:4326)

# KML and KMZ
error-not-kml = This is not KML: it does not begin with an element “kml”
remedy-xml-empty = See whether it is the right file, or get it again
error-kmz-without-kml = There is no KML in this KMZ file
problem-kmz-other-kml = { $count ->
    [one] { $count } other KML file in the KMZ file was not read; unpack it to open that
   *[other] { $count } other KML files in the KMZ file were not read; unpack it to open them
}
problem-kmz-other-files = { $count ->
    [one] { $count } other file in the KMZ file (an icon or a picture) was not read
   *[other] { $count } other files in the KMZ file (icons, pictures) were not read
}
problem-kml-links = { $count ->
    [one] { $count } link to another file (NetworkLink) was not followed
   *[other] { $count } links to other files (NetworkLink) were not followed
}
problem-kml-overlays = { $count ->
    [one] { $count } picture over the map (overlay) was not read
   *[other] { $count } pictures over the map (overlays) were not read
}
problem-kml-models = { $count ->
    [one] { $count } 3D model was not read
   *[other] { $count } 3D models were not read
}
problem-kml-style-elsewhere = { $count ->
    [one] The style of { $count } row is not in the file: { $url }
   *[other] The style of { $count } rows is not in the file: { $url }
}
problem-kml-color = { $count ->
    [one] { $count } colour cannot be read: “{ $text }”
   *[other] { $count } colours cannot be read: “{ $text }”
}
problem-kml-icon = { $count ->
    [one] The icon of { $count } row is not shown: { $icon }
   *[other] The icon of { $count } rows is not shown: { $icon }
}
problem-kml-labels = { $count ->
    [one] What the label of { $count } row looks like is not kept
   *[other] What the labels of { $count } rows look like is not kept
}
problem-kml-long-integer = { $count ->
    [one] Field “{ $field }”: { $count } whole number is so long that other programs read the field as text
   *[other] Field “{ $field }”: { $count } whole numbers are so long that other programs read the field as text
}
problem-kml-collection = { $count ->
    [one] { $count } collection of geometries takes another form: KML has only one kind of group
   *[other] { $count } collections of geometries take another form: KML has only one kind of group
}

# GPX
error-not-gpx = This is not GPX: it does not begin with an element “gpx”
problem-gpx-bad-point = { $count ->
    [one] { $count } point of a route or a track has no readable place and is left out of the line
   *[other] { $count } points of a route or a track have no readable place and are left out of the line
}
problem-gpx-rings = { $count ->
    [one] { $count } row with areas is written as a track of its outline: GPX has no areas
   *[other] { $count } rows with areas are written as tracks of their outlines: GPX has no areas
}
problem-gpx-points = { $count ->
    [one] { $count } row with more than one point becomes a way point for each
   *[other] { $count } rows with more than one point become a way point for each
}
problem-gpx-collection-split = { $count ->
    [one] { $count } row with points and lines is split into way points and a track
   *[other] { $count } rows with points and lines are split into way points and tracks
}
problem-gpx-track-points = { $count ->
    [one] { $count } point with the number of a track is written as a part of that track
   *[other] { $count } points with the number of a track are written as parts of those tracks
}
problem-gpx-split = Points and lines go into layers of their own in the file: way points and tracks
problem-gpx-multi = { $count ->
    [one] { $count } line is written as a track, and will be read as a MultiLineString
   *[other] { $count } lines are written as tracks, and will be read as MultiLineStrings
}

# TopoJSON
error-not-topojson = This is not TopoJSON: there are no layers (objects) in it
error-topojson-transform = The scale and translation (transform) of this TopoJSON file cannot be read
error-topojson-arcs = The shapes in this TopoJSON file use the same arcs unlikely often
error-topojson-by-name = This is TopoJSON
remedy-topojson-by-name = Give the file the extension .topojson and open it again
problem-topojson-objects = { $count ->
    [one] { $count } layer was not read because the file has too many
   *[other] { $count } layers were not read because the file has too many
}

# GML
error-not-gml = This is not GML: there are no features in it
error-gml-exception = This is not GML but the answer of a service that gives no data: “{ $said }”
remedy-gml-exception = Ask the service again, or in another way, and save what it gives then
problem-gml-system-unknown = { $count ->
    [one] The coordinate system “{ $name }” is not known
   *[other] The coordinate system “{ $name }” is not known, { $count } times
}
problem-gml-many-systems = { $count ->
    [one] { $count } coordinate system was not looked up, because the file names too many
   *[other] { $count } coordinate systems were not looked up, because the file names too many
}
problem-gml-transformed = { $count ->
    [one] { $count } geometry in { $crs } was transformed to the system of the layer
   *[other] { $count } geometries in { $crs } were transformed to the system of the layer
}
problem-gml-not-transformed = { $count ->
    [one] { $count } geometry is in another coordinate system than the layer and could not be transformed; it is left out
   *[other] { $count } geometries are in another coordinate system than the layer and could not be transformed; they are left out
}
problem-gml-more-geometry = { $count ->
    [one] { $count } row has another geometry, “{ $field }”: it is kept as text (WKT)
   *[other] { $count } rows have another geometry, “{ $field }”: it is kept as text (WKT)
}
problem-gml-shape = { $count ->
    [one] { $count } geometry of a kind that Belfort cannot read (“{ $name }”) is left out
   *[other] { $count } geometries of a kind that Belfort cannot read (“{ $name }”) are left out
}
problem-gml-references = { $count ->
    [one] { $count } reference to something that stands elsewhere was not followed
   *[other] { $count } references to something that stands elsewhere were not followed
}
problem-gml-layers = { $count ->
    [one] { $count } feature was not read, because the file has too many types of features
   *[other] { $count } features were not read, because the file has too many types of features
}
problem-gml-incomplete = The file has { $here } features, and says that the service has { $all }
problem-gml-truncated = The service says that these are not all of its features

# GeoJSON lines
problem-geojsonl-crs = The coordinates stay in { $crs }, which these files cannot say: other programs will take them for longitude and latitude
