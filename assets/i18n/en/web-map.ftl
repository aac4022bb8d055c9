# Basemaps at an address: what can be wrong, and what to do.

webmap-terms-unknown = The rules of this source are not known: for viewing only
webmap-terms-allowed = As the person who added the map says, tiles may be taken offline and printed large

webmap-error-no-address = “{ $address }” is no address on the web
webmap-error-password = The address holds a name or password, which would end up in the project
webmap-error-unclosed = A brace in the address is not closed
webmap-error-place = Belfort does not know what belongs in the place of { $place }
webmap-error-place-key = Fill in your own key in the place of { $place }
webmap-error-places = The address lacks { $places }
webmap-error-no-layer = Choose a layer first
webmap-error-no-layers = The service names no layer at all
webmap-error-formats = The service gives no PNG, JPEG or WebP
webmap-error-projection = Not in the projection of web maps (EPSG:3857), but in { $crs }
webmap-error-no-sets = There is no set of tiles in the projection of web maps (EPSG:3857)
webmap-error-no-way = The service does not say how a tile is asked for
webmap-error-matrix = The tiles of “{ $set }” are not those of web maps: level “{ $level }” { $why }
webmap-error-version = The WMS speaks version { $version }, and Belfort 1.1.1 and 1.3.0
webmap-why-unread = has no measures that can be read
webmap-why-square = has tiles of { $width } × { $height } instead of square ones
webmap-why-scale = has scale 1:{ $scale } where 1:{ $expected } belongs
webmap-why-corner = begins at { $x }, { $y } instead of the corner of the world

webmap-error-offline = You work offline, so no server is asked
webmap-error-unreachable = The server cannot be reached: { $detail }
webmap-error-slow = The server does not answer in time
webmap-error-not-there = There is nothing at that address (answer { $status }){ $said }
webmap-error-key = The server does not let everyone in (error { $status }): perhaps a key is needed{ $said }
webmap-error-too-many = The server asks to wait for a while (error { $status }){ $said }
webmap-error-broken = The server has a problem of its own (error { $status }){ $said }
webmap-error-status = The server answers with error { $status }{ $said }
webmap-said = . It says: { $said }
webmap-said-nothing = { "" }
webmap-error-page = There is a web page at that address, no map service
webmap-error-picture = There is a single image at that address, and no map in tiles
webmap-error-json = There is JSON at that address, no WMTS or WMS
webmap-error-exception = The server says: { $said }
webmap-error-not-xml = The answer is no readable XML: { $detail }
webmap-error-wfs = That is a WFS: it gives features, not an image of a map
webmap-error-other = The answer is no description of a WMTS or WMS, but “{ $name }”
webmap-error-large = The answer is larger than { $size } MB
webmap-error-tile-page = A web page came instead of a tile
webmap-error-no-picture = What came is no image that Belfort knows ({ $kind }): { $detail }
webmap-error-empty = The server sent an empty answer

webmap-remedy-address = Check the address; perhaps it has moved
webmap-remedy-pattern = Give an address with {"{"}z{"}"}, {"{"}x{"}"} and {"{"}y{"}"}, such as https://example.org/{"{"}z{"}"}/{"{"}x{"}"}/{"{"}y{"}"}.png, or that of a WMTS or WMS
webmap-remedy-offline = Switch off “Work offline” in the View menu
webmap-remedy-unreachable = Check your connection and the address
webmap-remedy-later = Try again later
webmap-remedy-key = Ask its owner for access, or put your key in the address
webmap-remedy-page = Look on that page for the address of the WMTS or WMS, or of the tiles themselves
webmap-remedy-wfs = Open it with File › Open a service…
webmap-remedy-layers = Check whether this is the address of the whole service
webmap-remedy-large = Look for an address with fewer layers: many servers have one for each theme
webmap-remedy-tile-page = Check the address: a place too many or a key too few often gives a page
webmap-remedy-exception = Choose another layer or style, or check the address
