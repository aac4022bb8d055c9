# Why a tile of the basemap is missing.
tiles-missing-none = The basemap has no image here
tiles-missing-unreachable = The basemap’s server cannot be reached: { $detail }
tiles-missing-refused = The basemap’s server answers with error { $status }
tiles-missing-not-a-picture = The basemap’s server sent something that is not an image: { $detail }
tiles-missing-offline = You work offline, and these tiles are not on your computer yet
