# A basemap by its address, and the tiles that are kept.

app-web-map = Basemap by address…
app-web-map-short = By address…
app-web-map-hint = Tiles (XYZ), a WMTS or a WMS on the web
app-web-map-title = Basemap by address
app-web-map-change-title = Change basemap
app-web-map-how = An address with {"{"}z{"}"}, {"{"}x{"}"} and {"{"}y{"}"} (or {"{"}-y{"}"} for TMS, {"{"}s{"}"} and {"{"}r{"}"}), or that of a WMTS or WMS.
app-web-map-known = Added before
app-web-map-known-one = { $name } ({ $form }, { $place })
app-web-map-forget = Forget: { $name }
app-web-map-guessed = This is the address of one tile; the pattern is then probably
app-web-map-pattern = The map is asked for at
app-web-map-layers-kept = Layers: { $layers }. Click “See what is there” to choose others.
app-web-map-key = The address holds a key (“{ $name }”). It is kept in the project and in your settings; whoever gets the project can use it.
app-web-map-one-layer = { $count ->
    [one] The service has one layer
   *[other] Choose one of the { $count } layers
}
app-web-map-some-layers = { $count ->
    [one] The service has one layer
   *[other] Choose one or more of the { $count } layers; those ticked later lie above
}
app-web-map-search = Find a layer
app-web-map-none-found = No layer found
app-web-map-style = Style
app-web-map-format = Image
app-web-map-set = Tiles
app-web-map-and-others = { $name } + { $count }
app-web-map-name = Name
app-web-map-maker = Attribution
app-web-map-link = Link of the source
app-web-map-zooms = Zoom levels
app-web-map-zoom-first = First zoom level
app-web-map-zoom-to = to
app-web-map-zoom-last = Deepest zoom level
app-web-map-fine = Fine screens
app-web-map-fine-double = Tiles of twice the size: sharp
app-web-map-fine-deeper = A level deeper at half the size: sharp, smaller letters
app-web-map-fine-as-is = Enlarged: less sharp, usual letters
app-web-map-offline = Tiles may be taken offline and printed large
app-web-map-online = Belfort does not know the rules of this source, and so fetches nothing ahead. Tick this only if the conditions allow it.
app-web-map-is-offline = That is what you say; it stands so with the map, also for whoever gets your project.
app-web-map-conditions = The service says: { $said }
app-web-map-terms = Conditions
app-web-map-no-name = Give the map a name
app-web-map-no-maker = Fill in who made the map: it stands on every map
app-web-map-bad-link = The link must begin with https://
app-web-map-bad-zooms = The first zoom level is deeper than the deepest
app-web-map-choose-layer = Choose a layer
app-web-map-look-first = First see what is at the address
app-web-map-add = Add
app-web-map-change = Change
app-web-map-change-this = Change…
app-web-map-change-hint = Name, layers, zoom levels and rules of this basemap
app-web-map-remove-hint = It stays under “Added before”
app-web-map-try = Test a tile
app-web-map-try-hint = Fetches one tile of what you see now
app-web-map-trying = Fetching a tile…
app-web-map-elsewhere = This map lies elsewhere: a tile of its middle is tested
app-web-map-tried = The tile that was fetched
app-web-map-good = It works
app-web-map-one-colour = An image came, but it has the same colour all over: perhaps there is nothing here
app-web-map-clear = An image came, but one sees through all of it: perhaps there is nothing here
app-web-map-size = { $width } × { $height } pixels, { $bytes }, { $kind }, in { $seconds } s
app-web-map-which = Tile { $tile }
app-web-map-no-headers = The server does not say how long tiles may be kept; Belfort asks for them again after a week

app-cache = Manage tiles kept…
app-cache-hint = How many tiles of each source are kept, and making room
app-cache-manage = Manage…
app-cache-title = Tiles kept
app-cache-how = Tiles of basemaps that you looked at stay on your computer: they are there at once, offline too. What you did not look at for longest goes first.
app-cache-counting = Counting tiles…
app-cache-empty = No tiles are kept yet.
app-cache-source = Source
app-cache-tiles = Tiles
app-cache-size = Size
app-cache-used = Last looked at
app-cache-clear = Clear: { $name }
app-cache-clear-all = Clear all…
app-cache-total = { $count } { $count ->
    [one] tile
   *[other] tiles
}, { $size } of at most { $limit }
app-cache-freed = { $size } freed
app-cache-ask = { $count ->
    [one] Clear the one tile
   *[other] Clear the { $count } tiles
} of “{ $name }”? You will not see them offline any more; what you look at again is fetched anew.
app-cache-ask-all = { $count ->
    [one] Clear the one tile
   *[other] Clear all { $count } tiles
}? You will not see a basemap offline any more; what you look at again is fetched anew.
app-cache-do = Clear
app-cache-keep = Keep
app-cache-clearing = Clearing
