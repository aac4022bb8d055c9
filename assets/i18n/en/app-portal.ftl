# The city’s portal in the window: shelf, catalogue, card, receipt.

app-portal = City portal
app-portal-show = City portal…
app-layers-from-portal = From the portal…
app-portal-which = Portal
app-portal-unverified = No answer of this portal was seen yet
app-portal-shelf = Shelf
app-portal-catalogue = All datasets
app-portal-add = Add another portal…
app-portal-correct = Correct the address…
app-portal-do = Add
app-portal-address = Address of the portal
app-portal-address-hint = data.example.org
app-portal-bad-address = This is no address of a portal

app-shelf-boundaries = Boundaries and streets
app-shelf-mobility = Getting around
app-shelf-green = Green and animals
app-shelf-living = Daily life
app-shelf-on-map = On the map already

app-portal-search = Search in the catalogue
app-portal-search-hint = Search: trees, bicycle, population …
app-portal-narrow-list = Narrow and sort
app-portal-theme = Theme
app-portal-publisher = Source
app-portal-keyword = Keyword
app-portal-since = Changed
app-portal-since-any = Any time
app-portal-since-day = Since yesterday
app-portal-since-week = In the last week
app-portal-since-month = In the last month
app-portal-since-year = In the last year
app-portal-sort = Order
app-portal-sort-best = Best match
app-portal-sort-title = Title
app-portal-sort-modified = Changed last
app-portal-sort-records = Most records
app-portal-with-place = Only with a place
app-portal-clear = Clear
app-portal-any = All
app-portal-fetching = Fetching the catalogue
app-portal-again = Try again
app-portal-found = { $found } of { $total } { $total ->
    [one] dataset
   *[other] datasets
}
app-portal-catalogue-of = of { $day }
app-portal-refresh = Fetch the catalogue again
app-portal-not-all = { $count } { $count ->
    [one] more dataset is
   *[other] more datasets are
} not in this list
app-portal-points = Points
app-portal-lines = Lines
app-portal-areas = Areas
app-portal-map = Map
app-portal-table = Table without place
app-portal-files = Files only
app-portal-records = { $count } { $count ->
    [one] record
   *[other] records
}
app-portal-records-of = { $count } of { $whole } records

app-portal-back = Back to the list
app-portal-to-map = Add to the map
app-portal-to-tables = Add as a table
app-portal-is-there = In the project already
app-portal-only-files = This dataset has no records: only files, on the portal’s own page
app-portal-part = Fetch only a part
app-portal-where = Where
app-portal-anywhere = Everywhere
app-portal-in-view = In the present view of the map
app-portal-in-selected = In the { $count ->
    [one] selected feature
   *[other] { $count } selected features
} of { $layer }
app-portal-condition = Which records
app-portal-here = { $here } { $here ->
    [one] rule
   *[other] rules
} the portal cannot be asked for: applied here, after fetching ({ $there } asked there)
app-portal-fields-chosen = { $kept } of { $all } fields
app-portal-fields = { $count } { $count ->
    [one] field
   *[other] fields
}
app-portal-preview = First rows
app-portal-no-rows = No rows
app-portal-zoom = Show where on the map
app-portal-fact-records = Records
app-portal-fact-geometry = Geometry
app-portal-fact-source = Source
app-portal-fact-licence = Licence
app-portal-fact-modified = Changed
app-portal-fact-processed = Taken in
app-portal-fact-frequency = Rhythm
app-portal-fact-themes = Themes
app-portal-fact-keywords = Keywords
app-portal-fact-page = On the portal

app-layer-fetched = fetched { $day }
app-receipt = Receipt of the download…
app-receipt-title = Receipt: { $name }
app-receipt-out-of-reach = The portal could not be asked for newer data: { $what }
app-receipt-dataset = Dataset
app-receipt-whole = Whole dataset
app-receipt-size = Size
app-receipt-address = Address in Belfort
app-receipt-url = Fetched from
problem-portal-fields-gone = The dataset has { $count ->
    [one] a field
   *[other] fields
} less than expected: { $names }

app-settings-portal = City portal
app-settings-copies = Downloads and copies
app-settings-download = Largest download
app-settings-download-note = A download that turns out larger is stopped and said.
app-settings-copies-most = Room for copies
app-settings-copies-note = Everything fetched is kept, to go on without a network. Copies used longest ago go first; those of this run stay.
app-settings-copies-count = { $count } { $count ->
    [one] copy
   *[other] copies
}, { $size }
app-settings-copies-all = Remove all copies
app-settings-copies-remove = Remove the copy of { $name }
app-portal-key = This portal asks for a key
app-portal-key-field = Key (API key)
app-portal-key-use = Use this key
app-portal-key-note = Kept until Belfort closes, and written nowhere
app-portal-every-year = { $count ->
    [one] every year
   *[other] every { $count } years
}
app-portal-every-month = { $count ->
    [one] every month
   *[other] every { $count } months
}
app-portal-every-week = { $count ->
    [one] every week
   *[other] every { $count } weeks
}
app-portal-every-day = { $count ->
    [one] every day
   *[other] every { $count } days
}
app-portal-every-hour = { $count ->
    [one] every hour
   *[other] every { $count } hours
}
app-portal-every-minute = { $count ->
    [one] every minute
   *[other] every { $count } minutes
}
app-portal-every-second = { $count ->
    [one] every second
   *[other] every { $count } seconds
}
