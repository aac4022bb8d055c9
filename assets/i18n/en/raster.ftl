# Images with a place

# Errors
raster-error-not-raster = This is no image that Belfort knows
raster-error-not-tiff = This is not a valid TIFF
raster-error-cut = The file ends too early: a piece is missing
raster-error-changed = The file has changed since it was opened
raster-error-directory = The list of properties of the image is damaged: { $count } properties cannot be
raster-error-block-list = The list that says where the blocks of the image are is missing or too short
raster-error-size = The file does not say how large the image is
raster-error-samples = The file has too few or too many bands for this kind of image
raster-error-compression = Belfort cannot read the compression of this image: { $name }
raster-error-bits = Belfort does not show images with { $bits } bits per value of this kind
raster-error-mixed = The bands of this image do not have the same kind of values
raster-error-complex = The values of this image are complex numbers, which Belfort does not show
raster-error-colours = Belfort cannot show the colours of this image: { $what }
raster-error-palette = The palette of the image is missing or too short
raster-error-block-size = The blocks of this image are too large to unpack: { $megabytes } MB, and { $most } MB is the most
raster-error-block = A block of the image is damaged: { $detail }
raster-error-jpeg = A block of the image is damaged: the JPEG in it does not fit the image
raster-error-decoder = The image is so damaged that unpacking it fails
raster-error-picture = The image cannot be read: { $detail }
raster-error-too-large = The image is too large to be unpacked in one go: { $width } × { $height } pixels (the most is { $most } MB)
raster-error-large = The image is too large to be unpacked in one go (the most is { $most } MB)
raster-error-nowhere = Nothing says where this image is
raster-error-points = Only { $count } single points of this image are known, and it does not fit them straight
raster-error-world-file = This world file is wrong: it should hold six numbers, one a line, and pixels that have a size
raster-error-outside = In { $crs } this image lies outside the world
raster-remedy-convert = Convert it with GDAL (gdal_translate -of COG -co COMPRESS=DEFLATE) or QGIS (Raster > Conversion > Translate)
raster-remedy-tile = Cut it into tiles with GDAL (gdal_translate -co TILED=YES -co COMPRESS=DEFLATE)
raster-remedy-geotiff = Convert it to a GeoTIFF with tiles, for instance with GDAL (gdal_translate -of COG)
raster-remedy-warp = Put it in its place first with QGIS's Georeferencer or with gdalwarp
raster-remedy-place = Put the world file beside it ({ $names }), or use a GeoTIFF
raster-remedy-world-file = Fetch the world file again from its source, or mend it in a text editor

# Problems
problem-raster-directories = The list of smaller copies in the file is damaged; what comes after it is not used
problem-raster-cut = { $count ->
    [one] { $count } block of the image lies beyond the end of the file and stays empty
   *[other] { $count } blocks of the image lie beyond the end of the file and stay empty
}
problem-raster-pages = { $count ->
    [one] The file holds another image, which is not shown
   *[other] The file holds { $count } other images, which are not shown
}
problem-raster-companion = The file ‘{ $name }’ beside it cannot be read: { $what }
problem-raster-crs = The image calls its coordinate reference system ‘{ $name }’, which Belfort does not know: choose it yourself
problem-raster-crs-text = The coordinate reference system of the image cannot be read: { $what }
problem-figure-backdrops = { $count ->
    [one] { $count } backdrop is not on it: it is not read yet or cannot be shown
   *[other] { $count } backdrops are not on it: they are not read yet or cannot be shown
}
problem-raster-block = { $count ->
    [one] { $count } block of the image cannot be shown: { $what }
   *[other] { $count } blocks of the image cannot be shown: { $what }
}

# How an image is shown
raster-kind-grey = shades of grey
raster-kind-grey-alpha = shades of grey with transparency
raster-kind-palette = palette
raster-kind-inks = CMYK
raster-kind-colours = colours
raster-kind-colours-alpha = colours with transparency
raster-note-bands = The first three of { $count } bands are red, green and blue
raster-note-stretched = Values from { $low } to { $high } are stretched from black to white
raster-note-stretched-some = Values from { $low } to { $high } are stretched from black to white; the limits come from a sample
raster-bits = { $bits } bits
raster-bits-float = { $bits } bits, with decimals
raster-bands = { $count ->
    [one] { $count } band
   *[other] { $count } bands
}

raster-size = { $width } × { $height } pixels
raster-pixel = { $width } × { $height } m
raster-pixel-degrees = { $width } × { $height } degrees
raster-rotated = rotated
raster-overviews = { $count ->
    [one] { $count } smaller copy
   *[other] { $count } smaller copies
}
raster-size-label = Size
raster-samples-label = Values
raster-compression-label = Compression
raster-format-label = Format
raster-shown-label = Shown
raster-overviews-label = Overviews
raster-nodata-label = Nothing (nodata)
raster-pixel-label = Pixel
raster-place-label = Place from
raster-error-no-table = This is an image: there are no features in it
raster-remedy-window = Open it in the window: it becomes a backdrop under the layers

# What is done with a backdrop
command-add-backdrops = add backdrops
command-remove-backdrop = remove backdrop
command-move-backdrop = move backdrop
command-show-backdrop = show backdrop
command-hide-backdrop = hide backdrop
command-rename-backdrop = rename backdrop
command-set-backdrop-crs = choose a backdrop's coordinate reference system
