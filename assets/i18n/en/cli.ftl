# Help
cli-about = Belfort: a desktop viewer for a city's geodata
cli-about-info = Tell what is in files: layers, fields, coordinate reference system, extent, problems
cli-about-convert = Hand a layer, or part of it, over as another file
cli-usage = Usage:
cli-exit-status =
    Without a command, the window opens on a project or on data files.
    Exit status: 0 done, 1 failed, 2 wrong usage.
cli-convert-examples =
    Examples:
      belfort convert wijken.geojson wijken.shp --crs EPSG:31370
      belfort convert plaatsen.csv ledeberg.csv --where "wijk = 'Ledeberg'" --excel
      belfort convert schapen.csv gentbrugge.geojson --within "wijken.geojson:naam = 'Gentbrugge'"
      belfort convert https://geo.example.be/wfs bomen.geojson --layer stad:bomen --bbox 3.7,51,3.8,51.1
      belfort convert wijken.geojson mensen.geojson --join bevolking.csv --on wijk=naam --join-where "jaar = 2023"
      belfort convert wijken.geojson counted.geojson --per-area "bomen.csv:soort = 'linde'" --numbers count,mean:hoogte
cli-heading-commands = Commands
cli-heading-arguments = Arguments
cli-heading-options = Options
cli-value-command = COMMAND
cli-value-options = OPTIONS
cli-value-path = PATH
cli-value-name = NAME
cli-value-in = IN
cli-value-out = OUT
cli-value-areas = AREAS[:SQL]
cli-value-features = FEATURES[:SQL]
cli-value-metres = METRES
cli-value-bbox = W,S,E,N
cli-help-paths = A project (.belfort.json) or data files; none: the sample project
cli-help-info-paths = Data files, folders, .zip archives, projects (.belfort.json), or addresses of services and files on the web
cli-help-in = The file to read, or the address of a layer or file on the web
cli-help-out = The file to write; its extension names the format
cli-help-json = Print one JSON document
cli-help-layer = Only this layer of a file or service that has several
cli-help-source-crs = The coordinate reference system of the source, instead of the one found
cli-help-encoding = The text encoding of the source, instead of the one found
cli-help-bbox = Only what lies in or touches this box: west, south, east and north in degrees. Of FlatGeobuf, GeoParquet, portals and services, no more than that is read
cli-help-where = Only rows that meet this condition
cli-help-within = Only rows inside the areas of another file, all or those that meet a condition
cli-help-relation = With --within: how rows must lie to the areas (within if not given)
cli-help-near = Only rows near the features of another file, all or those that meet a condition
cli-help-distance = With --near: how far at most, in metres on the ground
cli-help-select = Only these fields, in this order
cli-help-crs = The coordinate reference system of the new file (the source's if not given)
cli-help-place = CSV and XLSX: the place as WKT, in two columns (points only) or not at all
cli-help-excel = CSV for Excel in the language: separator, decimal mark and byte order mark
cli-help-lang = The language (the system's if not given)
cli-help-help = Show this help
cli-help-version = Show the version

# Wrong usage
cli-see-help = See belfort --help
cli-wrong-unknown = { $argument } is no option or command here
cli-wrong-missing = { $argument } is missing
cli-wrong-conflict = { $argument } does not go together with the rest
cli-wrong-no-value = { $argument } needs a value
cli-wrong-value = “{ $value }” is no value for { $argument }
cli-wrong-other = { $detail }
cli-unknown-output = { $path }: the extension names no format that can be written. Use one of { $extensions }
cli-overwrites-source = { $path } is a file that is read: it would be overwritten. Give the new file another name
cli-several-layers = { $path } holds several layers: { $names }. Choose one with --layer
cli-no-layers = There is no layer in it
cli-no-field = Layer “{ $layer }” has no field “{ $field }”. It has { $known }
cli-no-place = Layer “{ $layer }” has no place, or its coordinate reference system is unknown
cli-did-you-mean = Did you mean { $meant }?
cli-no-display = There is no display to open a window on; this is what “belfort info” tells
cli-no-display-prints = There is no display to open a window on; the sheet of the sample project is printed instead
cli-no-sample = The sample project (sample-data/gent.belfort.json) was not found. Name a file: belfort info FILE

# Reports
cli-project = Project { $path }
cli-title = Title
cli-notice = Notice
cli-file = File
cli-files = Files
cli-features = Features
cli-without-place = { $count } without a place
cli-filter = Filter
cli-shown = { $filter } ({ $count } shown)
cli-geometry = Geometry
cli-geometry-none = none
cli-geometry-point = { $count ->
    [one] { $count } point
   *[other] { $count } points
}
cli-geometry-line = { $count ->
    [one] { $count } line
   *[other] { $count } lines
}
cli-geometry-polygon = { $count ->
    [one] { $count } polygon
   *[other] { $count } polygons
}
cli-geometry-multi-point = { $count } × several points
cli-geometry-multi-line = { $count } × several lines
cli-geometry-multi-polygon = { $count } × several polygons
cli-geometry-collection = { $count } × a mix
cli-crs = CRS
cli-crs-unknown = unknown
cli-crs-swapped = latitude before longitude
cli-to-wgs84 = To WGS 84
cli-transformation = Transformation
cli-extent = Extent
cli-extent-wgs84 = Extent in WGS 84
cli-bounds = west { $west }, south { $south }, east { $east }, north { $north }
cli-encoding = Encoding
cli-fields = Fields
cli-empty = { $count } empty
cli-kind-boolean = yes or no
cli-kind-integer = whole number
cli-kind-number = number
cli-kind-text = text
cli-kind-json = JSON
cli-kind-date = date
cli-kind-datetime = date and time
cli-problems = Problems
cli-none = none
cli-read = Read
cli-read-from = { $count } from “{ $layer }”
cli-chosen = Chosen
cli-written = Written
cli-dropped = Dropped

cli-about-portal = Ask a city’s portal: search, look at, fetch
cli-about-portal-search = Search a portal’s catalogue
cli-about-portal-info = Tell what a portal says about a dataset
cli-about-portal-get = Fetch a dataset completely, with a receipt
cli-portal-get-examples =
    Examples:
      belfort portal get stadswijken-gent --out wijken.geojson
      belfort portal get locaties-bomen-gent --out linden.csv --where "sortiment like 'Tilia%'"
cli-value-portal = PORTAL
cli-value-words = WORDS
cli-value-dataset = DATASET
cli-value-day = YYYY-MM-DD
cli-value-number = N
cli-help-portal = The portal: gent (where nothing is said), brugge, another name, or an address
cli-help-portal-words = Words to look for; none for the whole catalogue
cli-help-portal-geo = Only datasets with a place
cli-help-portal-since = Only datasets changed on this day or later
cli-help-portal-limit = How many at most (50)
cli-help-portal-dataset = The dataset’s identifier
cli-help-portal-where = Only records that meet a condition in the portal’s language
cli-help-portal-bbox = Only records in a rectangle: west, south, east, north in degrees
cli-help-portal-select = Only these fields; the place always comes along
cli-help-portal-offline = Ask no server: take the copy kept on this computer
cli-portal-found = { $shown } of { $total } { $total ->
    [one] dataset
   *[other] datasets
}
cli-portal-address = Address
cli-portal-page = Web page
cli-portal-records = Records
cli-portal-publisher = Source
cli-portal-licence = Licence
cli-portal-modified = Changed
cli-portal-processed = Taken in
cli-portal-frequency = Changes
cli-portal-themes = Themes
cli-portal-keywords = Keywords
cli-portal-receipt = Receipt
cli-portal-fetched-from = Fetched from
cli-portal-only-old = { $what }. There is a copy on this computer ({ $receipt }): use --offline for it
cli-portal-kept = { $what }. The copy on this computer is used ({ $receipt })
# Joining
cli-value-file = FILE
cli-value-on = KEY[=THEIR_KEY]
cli-help-join = Columns of another file beside those of the layer, by a key that both have
cli-help-on = With --join: the field of the layer and the field of the other file
cli-help-join-where = With --join: only rows of the other file that meet this condition
cli-help-join-rule = With --join: what several rows for one key become
cli-value-numbers = NUMBER[:FIELD][=NAME]
cli-help-per-area = For each row numbers of what of another file lies in it, as new columns
cli-help-numbers = With --per-area: which numbers, with commas between ({ $codes }); otherwise the count
cli-help-count-once = With --per-area: what lies in more than one area counts only where most of it lies
cli-help-area-of = For each row the fields of the area of another file in which it lies, as new columns
cli-help-area-fields = With --area-of: only these fields of the area
cli-wrong-number = “{ $value }” is no number per area. Write NUMBER, NUMBER:FIELD or NUMBER:FIELD=NAME, with NUMBER one of: { $codes }
cli-no-numbers = “{ $field }” holds no numbers to calculate with
cli-per-area = Per area
cli-area-of = In which area
cli-placed =
    { $inside } of { $things } { $inside ->
        [one] lies
       *[other] lie
    } in an area, { $outside } in none
cli-placed-without-place =
    { $count ->
        [one] 1 has no place
       *[other] { $count } have no place
    }
cli-placed-several =
    { $count ->
        [one] 1 lies in more than one area, or on a border
       *[other] { $count } lie in more than one area, or on a border
    }
cli-placed-empty =
    { $count ->
        [one] 1 area is empty
       *[other] { $count } areas are empty
    }
cli-joined = Joined
cli-joined-by = { $key } = { $their_key }: { $exact } of { $values } values match
cli-joined-alone =
    { $count ->
        [one] 1 value of the layer has no match: { $values }
       *[other] { $count } values of the layer have no match: { $values }
    }
cli-joined-unused =
    { $count ->
        [one] 1 value of the other file is not used: { $values }
       *[other] { $count } values of the other file are not used: { $values }
    }
cli-joined-several =
    { $count ->
        [one] For 1 value the other file has several rows
       *[other] For { $count } values the other file has several rows
    }
cli-encoding-doubt = Not everything says the same; choose with --encoding
cli-encoding-as = { $encoding }, { $by }: { $values }
cli-place = Place
cli-place-doubt = not in Belgium, but would lie in Belgium when read as { $crs }: { $where }
cli-place-swapped = { $crs }, latitude before longitude
cli-unknown-encoding = The encoding ‘{ $label }’ is unknown; some are: { $known }

# belfort print
cli-about-print = Prints a map true to scale, as PDF, SVG, PNG or JPEG
cli-print-examples = Examples:
  belfort print map.belfort.json -o map.pdf --paper a3
  belfort print map.belfort.json -o ledeberg.pdf --fit "Neighbourhoods:name = 'Ledeberg'"
cli-help-print-paths = A project or data files; without: the sample project
cli-help-print-out = The file; its extension names the kind: .pdf, .svg, .png, .jpg
cli-help-paper = a5, a4, a3, a2, a1, a0, letter, tabloid, or a size of your own in mm: 200x300
cli-help-landscape = Paper wider than high
cli-help-portrait = Paper higher than wide; without a choice: as the map is largest
cli-help-scale = The scale; without: the largest round scale at which all fits
cli-help-fit = What is to be on it: a layer of the project or a file, perhaps with a condition
cli-help-plane = The plane of the map: local (around the sheet), lambert72, lambert2008 or screen
cli-help-style = The make-up: report, poster, copy (black and white) or plain
cli-help-title = The title
cli-help-subtitle = The line below the title
cli-help-turn = How many degrees the map is turned clockwise
cli-help-dpi = Dots per inch of pictures
cli-help-basemap = The basemap instead of the project's, or a file (PMTiles, MBTiles); none: none
cli-help-offline = Fetch nothing: only what is here already
cli-value-text = TEXT
cli-value-degrees = DEGREES
cli-wrong-paper = “{ $value }” is no paper: choose for example a4, a3 or 200x300
cli-wrong-scale = “{ $value }” is no scale: write for example 1:5000
cli-print-written = { $output } written
cli-print-paper = Paper
cli-print-scale = Scale
cli-print-fit = Fit
cli-print-error = Largest scale error
cli-print-labels = Labels
cli-print-dropped = No room for
cli-print-problems = Problems
cli-help-atlas = A page for each feature of a layer or file, perhaps with a condition
cli-help-common-scale = All pages of the atlas at the same scale
cli-help-index = The layer whose names are listed in an index, with a grid over the map
cli-help-print-numbers = The index by numbers on the map instead of squares: by name, as in the table, or by a field
cli-help-over = The sheet over smaller paper, to be glued together: a4, a3, letter …
cli-help-overlap = By how many millimetres those sheets overlap; without: 10
cli-print-over = Sheets
cli-help-sum = Adds up a field over what lies in the area: LAYER:FIELD; several times for more fields
cli-value-sum = LAYER:FIELD
cli-wrong-sum = “{ $value }” is no layer and field: write LAYER:FIELD
cli-help-sheet = Which sheet of the project: its name, its title or its number
cli-about-tiles = Archives of tiles, and taking an area of a basemap along
cli-about-tiles-info = Show what an archive of tiles says of itself
cli-about-tiles-take = Take an area of a basemap along in one file
cli-tiles-take-examples =
    Examples:
      belfort tiles take grb --bbox 3.70,51.03,3.75,51.07 --depth 17 --out ghent.pmtiles
      belfort tiles take https://example.org/planet.pmtiles --bbox 3.6,51.0,3.8,51.1 --out ghent.pmtiles
cli-value-source = SOURCE
cli-help-tiles-archive = A PMTiles or MBTiles file, or the address of a PMTiles archive
cli-help-tiles-from = A basemap that allows it (grb, aerial …), or the address of a PMTiles archive
cli-help-tiles-bbox = The area: west, south, east and north, in degrees
cli-help-tiles-depth = The deepest zoom level
cli-help-tiles-out = The file to write, .pmtiles or .mbtiles; without it tiles are only counted
cli-tiles-unknown = There is no basemap “{ $from }”; taking along is possible from { $known }, or out of a PMTiles archive
cli-tiles-kind = Kind
cli-tiles-bounds = Area
cli-tiles-maker = Maker
cli-tiles-about = Description
cli-tiles-layers = Layers
cli-tiles-size = Size
cli-tiles-file = File
cli-tiles-rule = Rule
cli-tiles-levels = Zoom levels
cli-tiles-count = Tiles
cli-tiles-expected = Expected
cli-tiles-taken = Taken
cli-tiles-absent = Not at the source
cli-about-pack = Packs a project with all that it needs
cli-help-pack-path = The project; without one: the sample project
cli-help-pack-out = The .zip file
cli-pack-written = { $files ->
    [one] { $output } written: one file, { $size }
   *[other] { $output } written: { $files } files, { $size }
}
cli-help-basemap-text = Letters of the basemap: small, usual or large
cli-about-completions = Completions for a shell
cli-about-man = A page of the manual
cli-help-shell = The shell: bash, elvish, fish, powershell or zsh
cli-help-man-command = The command that the page is about
cli-wrong-command = there is no command “{ $name }”
cli-project-no-notes = A project has no data of its own but its notes: there is no layer of notes (of that name)
cli-project-no-notes-do = Name the layer’s own file; belfort info tells which that is

cli-about-sparql = Ask an endpoint of linked data a question in SPARQL, and keep the answer as a file
cli-about-ldes = Follow a stream of linked data (LDES) to its end, and keep what it holds as a file
cli-value-endpoint = ENDPOINT
cli-value-query = QUERY.rq
cli-value-stream = ADDRESS
cli-help-endpoint = The address of the endpoint, such as https://stad.gent/sparql
cli-help-query = A file with the question, which begins with SELECT
cli-help-stream = The address of the stream, or of one of its pages
cli-help-ldes-since = Only what was made on this day or later (2024-03-01)
cli-help-ldes-all = All versions of each object, not the newest alone
cli-help-ldes-search = Only objects in which this word stands
cli-query-too-long = The question is longer than a megabyte
cli-query-no-text = The question is no text in UTF-8
cli-sparql-examples =
    Example:
      belfort sparql https://stad.gent/sparql areas.rq --out areas.csv
cli-ldes-examples =
    A stream that was cut off goes on where it was.

    Example:
      belfort ldes https://apidg.gent.be/opendata/adlib2eventstream/v1/stam/objecten --out stam.csv
cli-help-list = Names of a layer as a list, without squares or numbers on the map; after a colon the field it is ordered by, which stands beside each name. The layer may be hidden
cli-value-list = LAYER[:FIELD]
