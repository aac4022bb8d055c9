# Settings
app-settings = Settings…
app-settings-title = Settings
app-settings-look = Language and appearance
app-settings-units = Units and export
app-settings-map = Basemap and memory
app-settings-language = Language of the window
app-settings-text-size = Text size
app-settings-percent = { $percent } %
app-settings-text-size-note = Everything in the window grows or shrinks with it. Also with Ctrl and +, Ctrl and −, Ctrl and 0.
app-settings-motion = Motion
app-motion-system = As the system has it
app-motion-full = Full
app-motion-reduced = Reduced
app-settings-motion-note = With reduced motion, panels and lists jump into place instead of sliding or fading.
app-settings-motion-untold = The system does not tell what it wishes: things move.
app-settings-motion-told-full = The system now asks for full motion.
app-settings-motion-told-reduced = The system now asks for reduced motion.
app-settings-lengths = Lengths
app-settings-areas = Areas
app-settings-unit-auto = Whatever fits best
app-settings-unit-m = Metres (m)
app-settings-unit-km = Kilometres (km)
app-settings-unit-m2 = Square metres (m²)
app-settings-unit-ha = Hectares (ha)
app-settings-unit-km2 = Square kilometres (km²)
app-settings-example = For example { $length } and { $area }
app-settings-numbers = Numbers
app-settings-numbers-language = As in the language: 1,234.5
app-settings-numbers-point = With a point: 1 234.5
app-settings-numbers-note = For what you read and type. Files keep their own form.
app-settings-crs = Coordinates of exports
app-settings-crs-source = As the source
app-settings-crs-note = What the export dialog begins with; you can always choose another there.
app-settings-network = Network
app-work-offline = Work offline
app-settings-offline-note = The basemap then comes only from what is on your computer already.
app-settings-proxy = Proxy server
app-settings-proxy-system = As the system
app-settings-proxy-none = None
app-settings-proxy-address = An address of your own
app-settings-proxy-at = Address of the proxy
app-settings-proxy-wrong = This is no address: type for example http://proxy:8080
app-settings-cache = Basemap kept on disk
app-settings-cache-folder = A folder of your own for the basemap kept
app-settings-cache-in = Now in { $path }
app-settings-cache-enter = Press Enter to use this folder
app-settings-cache-usual = Use the usual folder
app-settings-cache-limit = Keep at most
app-settings-cache-size = Kept now
app-settings-cache-empty = Empty
app-settings-cache-emptying = Emptying
app-settings-cache-note = What you have not looked at for longest goes first.
app-settings-graphics = Graphics card
app-settings-gpu = Memory for the map
app-settings-gpu-note = More memory brings large layers back faster when you move the map.

# Text size
app-text-larger = Larger text
app-text-smaller = Smaller text
app-text-normal = Normal text size

# Keyboard
app-menu-file-letter = f
app-menu-edit-letter = e
app-menu-select-letter = s
app-menu-view-letter = v
app-menu-layer-letter = l
app-menu-help-letter = h
app-menu-open = Open the menu
app-next-part = To the next part of the window
app-previous-part = To the previous part of the window

# Notices and work
app-notice-more = Details
app-notice-less = Less
app-notice-copy = Copy notice
app-notice-file = File
app-notice-place = Place
app-notice-what = What went wrong
app-notice-remedy = What you can do
app-work-saving = Saving the project
app-work-table = Putting rows in order
app-work-place = Looking up the place
app-work-choosing = Taking features into the filter

# The first minute
app-first-steps = First steps
app-first-title = Three things to try
app-first-what = This is a made-up Ghent, to practise in.
app-first-close = Close these suggestions
app-first-find = Find a street
app-first-filter = Show only study places with more than 50 seats
app-first-select = Select sheep with a rectangle and export them
app-first-export = Export the sheep selected

# Empty places
app-table-no-layers = Open data first: the table shows the rows of a layer
app-table-filtered-out = The filter leaves no row
app-table-filter-clear = Show all rows again
app-table-column-edge = Edge of a column: drag to widen or narrow it
