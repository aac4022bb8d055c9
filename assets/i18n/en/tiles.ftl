# Why a tile of the basemap is missing.
tiles-missing-none = The basemap has no image here
tiles-missing-unreachable = The basemap’s server cannot be reached: { $detail }
tiles-missing-refused = The basemap’s server answers with error { $status }
tiles-missing-forbidden = The basemap’s server does not give these tiles to everyone (error { $status }): perhaps a key is needed
tiles-missing-too-many = The basemap’s server asks to wait for a while (error { $status })
tiles-missing-told = The basemap’s server says: { $said }
tiles-missing-page = The basemap’s server sent a web page instead of an image
tiles-missing-not-a-picture = The basemap’s server sent something that is not an image: { $detail }
tiles-missing-offline = You work offline, and these tiles are not on your computer yet
tiles-missing-damaged = “{ $file }” is damaged here ({ $place }): { $what }
tiles-missing-no-picture = This tile is not an image: { $detail }

# Archives of tiles: what they are, and what can be wrong.
tiles-archive-about = { $form }, zoom { $least }–{ $most }, { $tiles }
tiles-error-empty = The file is empty
tiles-error-again = Get the file again, or ask who made it
tiles-error-not-sqlite = This is no MBTiles: the file is not a database of SQLite, or it is damaged
tiles-error-not-pmtiles = This is neither PMTiles nor MBTiles
tiles-error-version = This is PMTiles version { $version }; Belfort reads version 3
tiles-error-version-do = Convert it with the program “pmtiles” (pmtiles convert)
tiles-error-cut = The file is shorter than it says itself
tiles-error-zooms = The zoom levels cannot be right: from { $least } to { $most }
tiles-error-outside = A reference points outside of the file (to byte { $offset })
tiles-error-bomb = A part is far larger than such files have, and is not unpacked
tiles-error-unpack = A part cannot be unpacked: { $detail }
tiles-error-packing = The tiles are packed with { $name }, which Belfort cannot unpack
tiles-error-packing-do = Pack them with gzip, or ask for a file with gzip
tiles-error-directory = The directory is damaged
tiles-error-loop = The directories lead to each other in a circle
tiles-error-metadata = The metadata are not JSON: { $detail }
tiles-error-form = The tiles are of a kind that Belfort does not show { $name }
tiles-error-form-do = Belfort shows PNG, JPEG, WebP and vector tiles (MVT)
tiles-error-no-tiles = There are no tiles in it
tiles-error-no-table = The database has no table “{ $table }”, and so is no MBTiles
tiles-error-no-table-do = Is it a GeoPackage? Then give the file the name that goes with it (.gpkg)
tiles-error-sqlite = The database cannot be read: { $detail }
tiles-error-endless = The database gives no answer within a reasonable time
tiles-error-vector = The vector tile is damaged: { $detail }
tiles-missing-offline-now = You work offline

# Taking an area along.
take-error-forbidden = No tiles may be taken along from “{ $name }”: { $url }
take-error-no-area = No area is chosen
take-error-nothing-there = The source has no tiles there
take-error-too-many = Those are more than { $most } tiles. Choose a smaller area or less depth
take-error-room = There is too little room on the disk: { $needed } MB needed, { $free } MB free
take-error-room-do = Make room, or choose another disk
take-error-full = The disk is full; what is there already stays
take-error-no-tile = The server sent something that is not a tile
take-error-no-tile-do = Check the address in a browser
take-error-go-on = Try again later: what is there already is not fetched again
take-error-not-pmtiles = An area can be taken only out of a PMTiles archive or from a server
take-error-no-ranges = The server gives no parts of the file
take-error-no-ranges-do = Fetch the whole file and open it here
take-error-changed = The archive has changed in the meantime
take-error-changed-do = Start again
