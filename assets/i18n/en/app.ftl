# Menus
app-menu-file = File
app-menu-edit = Edit
app-menu-view = View
app-menu-layer = Layer
app-menu-help = Help
app-new = New map
app-new-project = New map
app-open = Open…
app-open-recent = Recent files
app-open-sample = Open the sample map
app-save = Save
app-save-as = Save as…
app-export = Export layer…
app-figure = Save map as picture…
app-figure-copy = Copy map as picture
app-sources-copy = Copy sources as text
app-figure-copied = The map is on the clipboard
app-figure-saved = Saved: { $path }
app-sources-copied = The sources are on the clipboard
app-quit = Quit
app-undo = Undo
app-redo = Redo
app-clear-selection = Clear selection
app-toggle-layers = Layers panel
app-toggle-details = Feature and filter
app-toggle-table = Attribute table
app-zoom-all = Zoom to all layers
app-zoom-in = Zoom in
app-zoom-out = Zoom out
app-theme = Appearance
app-theme-system = As the system
app-theme-light = Light
app-theme-dark = Dark
app-language = Language
app-basemap = Basemap
app-basemap-none = No basemap
app-help-shortcuts = Keyboard shortcuts
app-about = About Belfort
app-about-title = About Belfort
app-about-version = Belfort { $version }
app-about-text = The tower from which you see the whole city: open, filter and hand over a city’s open data
app-about-licence = Licence MIT or Apache 2.0
app-about-private = Belfort sends nothing about you or your data
app-about-register = Coordinate systems
app-about-unknown = unknown
app-about-kept = Where Belfort keeps things
app-about-open = Open
app-about-open-name = Open folder: { $what }
app-about-folder-settings = Settings
app-about-folder-data = Your data
app-about-folder-cache = What can be fetched again
app-about-licences = What is in it: { $count } libraries and their licences
app-about-licence-texts = Open the texts of the licences
app-cancel = Cancel
app-close = Close

# Opening and saving
app-open-title = Open data or a project
app-open-what = GeoJSON, shapefile, CSV or TSV, a .zip or a folder of these, or a Belfort project; basemaps in PMTiles or MBTiles. You can also drop files on the window.
app-open-path = Path of the file or folder
app-open-do = Open
app-opening = Reading { $name }
app-browse = Browse…
app-browse-folder = Folder…
app-browse-none = The system shows no window for browsing: type or paste the path here
app-save-title = Save project
app-figure-save-title = Save map as picture
app-save-path = Path of the file
app-save-exists = This file exists and will be replaced
app-save-do = Save
app-save-replace = Replace
app-unsaved-title = Save changes?
app-unsaved-text = “{ $name }” has changes that are not saved
app-unsaved-discard = Do not save
app-drop-here = Let go to open
app-error-lost = Something went wrong inside Belfort while reading
app-error-lost-do = Please report this with the file
app-error-no-layer = The file has no layer “{ $layer }”
app-error-no-gpu = The window cannot open: there is no graphics card or driver for Vulkan, OpenGL, Metal or DirectX 12 ({ $error }). Install the driver of the graphics card, or software that draws without one (on Debian and Ubuntu: mesa-vulkan-drivers). `belfort info` and `belfort convert` work without a window
app-error-no-window = The window cannot open: { $error }
app-error-no-sample = The sample map was not found beside the program
app-notice-dismiss = Dismiss this message
app-notices-dismiss = Dismiss all messages

# Layers
app-layers = Layers
app-layers-add = Add…
app-empty-title = No layers yet
app-empty-how = Open a file, or drop it on this window
app-layer-show = Show layer “{ $name }”
app-layer-hide = Hide layer “{ $name }”
app-layer-style = Style of “{ $name }”
app-layer-more = More for “{ $name }”
app-layer-name = Name of the layer
app-layer-rename = Rename layer
app-layer-drag = Drag to change the order
app-layer-opacity = Opacity
app-layer-zoom = Zoom to layer
app-layer-table = Attribute table
app-layer-filter = Filter layer
app-layer-up = Move layer up
app-layer-down = Move layer down
app-layer-remove = Remove layer
app-layer-crs = Coordinate system…
app-layer-reload = Read the file again
app-layer-problems-show = Problems…
app-layer-waiting = Waiting
app-layer-loading = Reading

# Styles
app-style-fill = Fill
app-style-stroke = Outline
app-style-color = Colour
app-style-hue = Hue
app-style-saturation = Saturation
app-style-brightness = Brightness
app-style-opacity = Opacity
app-style-width = Line width
app-style-size = Size
app-shape-circle = Circle
app-shape-square = Square
app-shape-triangle = Triangle
app-shape-diamond = Diamond

# Coordinate systems
app-crs-title = Coordinate system of “{ $name }”
app-crs-hint = What the coordinates mean; click to see how this was found or to change it
app-crs-guessed = { $name } (guess)
app-crs-unknown = Coordinate system unknown
app-crs-unknown-text = The file does not say what its coordinates mean, and the numbers fit no system Belfort knows: choose one to put the layer on the map
app-crs-swapped-name = { $name }, latitude first
app-crs-found = System
app-crs-how = Found
app-crs-operation = Operation
app-crs-accuracy = Accuracy
app-crs-exact = exact
app-crs-about = about { $metres } m
app-crs-accuracy-unknown = unknown
app-crs-choose = Read the coordinates as
app-crs-as-found = As Belfort found it
app-crs-other = Another code
app-crs-code = EPSG code
app-crs-use = Use
app-crs-note = The coordinates in the file stay as they are

# Problems
app-problems-title = Problems of “{ $name }”
app-problems-none = Everything was read and is on the map
app-problems-encoding = Text encoding { $encoding }

# Features
app-feature = Feature
app-feature-none = Click something on the map or a row of the table
app-feature-row = Row { $row }
app-feature-zoom = Zoom to this feature
app-feature-in-table = Show in the table
app-hit-of = { $at } of { $count } at this place
app-hit-before = Previous feature here
app-hit-after = Next feature here

# Table
app-table = Attribute table
app-table-close = Close the table
app-table-no-layer = Choose a layer first
app-table-no-rows = No rows to show
app-table-only-filtered = Only filtered rows
app-table-row-number = Row in the file
app-table-sort = Sort by { $field }
app-table-search = Search the table
app-table-search-clear = Clear the search
app-value-cut = … this is its beginning; the whole value is { $size } kB long
app-table-found = { $count ->
    [one] { $count } row found
   *[other] { $count } rows found
}
app-table-not-found = No row holds this text

# Kinds of fields
app-kind-boolean = True or false
app-kind-integer = Whole number
app-kind-number = Number
app-kind-text = Text
app-kind-json = List or object
app-kind-date = Date
app-kind-datetime = Date and time

# Export
app-export-title = Export “{ $name }”
app-export-format = Format
app-export-rows = Rows
app-export-all = All: { $all }
app-export-filtered = Filtered: { $shown }
app-export-filtered-unknown = Filtered
app-export-crs = Coordinate system
app-export-crs-source = As the source ({ $name })
app-export-columns = Columns ({ $chosen } of { $all })
app-export-columns-all = All
app-export-columns-none = None
app-csv-place = Place
app-csv-place-wkt = As WKT
app-csv-place-columns = Two columns
app-csv-place-none = Leave out
app-csv-for = For
app-csv-excel = Excel in this language
app-csv-programs = Other programs
app-export-changes = This will be different in the file
app-export-no-changes = The format keeps everything as it is
app-paste = Paste as a layer
app-paste-name = Pasted { $when }
app-paste-not-data = There is nothing in the pasted text that can be a layer
app-paste-do = Paste GeoJSON, WKT, KML, lines with coordinates, or a table with names of columns in its first row.
app-export-also = Other layers in this file too ({ $chosen } of { $all })
app-export-also-how = Each layer goes in with the rows that its filter shows.
app-export-better = This format keeps more:
app-export-take = Choose { $format }
app-export-do = Export
app-export-working = Writing
app-export-files = Files
app-export-changed = What is different

# The strip at the bottom
app-status-no-pointer = Move the pointer over the map for coordinates
app-status-lambert = Lambert 72: { $x }, { $y }
app-status-zoom = zoom { $zoom }
app-status-figure = Making the picture
app-status-filtering = Filtering { $name }

# Counts
app-count-points = { $count ->
    [one] { $count } point
   *[other] { $count } points
}
app-count-lines = { $count ->
    [one] { $count } line
   *[other] { $count } lines
}
app-count-polygons = { $count ->
    [one] { $count } area
   *[other] { $count } areas
}
app-count-mixed = { $count ->
    [one] { $count } feature
   *[other] { $count } features
}
app-count-rows = { $count ->
    [one] { $count } row
   *[other] { $count } rows
}
app-count-shown = { $shown } of { $all } shown
app-layer-problems = { $count ->
    [one] { $count } problem with “{ $name }”
   *[other] { $count } problems with “{ $name }”
}
app-problem-not-drawn = { $count ->
    [one] { $count } row cannot be drawn on the map
   *[other] { $count } rows cannot be drawn on the map
}
app-problem-far = { $count ->
    [one] { $count } feature lies far from all others; the map does not go there by itself
   *[other] { $count } features lie far from all others; the map does not go there by itself
}
app-export-done = { $written ->
    [one] { $written } of { $read } rows written
   *[other] { $written } of { $read } rows written
}
app-export-dropped = { $count ->
    [one] { $count } row could not be written
   *[other] { $count } rows could not be written
}
app-status-tiles = { $count ->
    [one] { $count } map tile on its way
   *[other] { $count } map tiles on their way
}
