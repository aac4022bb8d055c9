# Beelden met een plaats

# Fouten
raster-error-not-raster = Dit is geen beeld dat Belfort kent
raster-error-not-tiff = Dit is geen geldige TIFF
raster-error-cut = Het bestand houdt te vroeg op: er ontbreekt een stuk
raster-error-changed = Het bestand is veranderd sinds het geopend werd
raster-error-directory = De lijst met eigenschappen van het beeld is beschadigd: { $count } eigenschappen is geen mogelijk aantal
raster-error-block-list = De lijst die zegt waar de blokken van het beeld staan, ontbreekt of is te kort
raster-error-size = Het bestand zegt niet hoe groot het beeld is
raster-error-samples = Het bestand heeft te weinig of te veel banden voor dit soort beeld
raster-error-compression = Belfort kan de compressie van dit beeld niet lezen: { $name }
raster-error-bits = Belfort toont geen beelden met { $bits } bits per waarde van dit soort
raster-error-mixed = De banden van dit beeld hebben niet hetzelfde soort waarden
raster-error-complex = De waarden van dit beeld zijn complexe getallen, en die toont Belfort niet
raster-error-colours = Belfort kan de kleuren van dit beeld niet tonen: { $what }
raster-error-palette = Het kleurenpalet van het beeld ontbreekt of is te kort
raster-error-block-size = De blokken van dit beeld zijn te groot om uit te pakken: { $megabytes } MB, en { $most } MB is het meeste
raster-error-block = Een blok van het beeld is beschadigd: { $detail }
raster-error-jpeg = Een blok van het beeld is beschadigd: de JPEG erin past niet bij het beeld
raster-error-decoder = Het beeld is zo beschadigd dat het uitpakken mislukt
raster-error-picture = Het beeld kan niet gelezen worden: { $detail }
raster-error-too-large = Het beeld is te groot om in één keer uit te pakken: { $width } × { $height } pixels (het meeste is { $most } MB)
raster-error-large = Het beeld is te groot om in één keer uit te pakken (het meeste is { $most } MB)
raster-error-nowhere = Nergens staat waar dit beeld ligt
raster-error-points = Van dit beeld zijn alleen { $count } losse punten bekend, en het past er niet recht op
raster-error-world-file = Dit wereldbestand klopt niet: er horen zes getallen in, één per regel, en pixels met een afmeting
raster-error-outside = In { $crs } ligt dit beeld buiten de wereld
raster-remedy-convert = Zet het om met GDAL (gdal_translate -of COG -co COMPRESS=DEFLATE) of QGIS (Raster > Conversie > Vertalen)
raster-remedy-tile = Deel het op in tegels met GDAL (gdal_translate -co TILED=YES -co COMPRESS=DEFLATE)
raster-remedy-geotiff = Zet het om naar een GeoTIFF met tegels, bijvoorbeeld met GDAL (gdal_translate -of COG)
raster-remedy-warp = Leg het eerst op zijn plaats met de Georeferencer van QGIS of met gdalwarp
raster-remedy-place = Zet het wereldbestand ernaast ({ $names }), of gebruik een GeoTIFF
raster-remedy-world-file = Haal het wereldbestand opnieuw op bij de bron, of herstel het in een teksteditor

# Problemen
problem-raster-directories = De lijst met verkleinde kopieën in het bestand is beschadigd; wat erna komt, wordt niet gebruikt
problem-raster-cut = { $count ->
    [one] { $count } blok van het beeld ligt voorbij het einde van het bestand en blijft leeg
   *[other] { $count } blokken van het beeld liggen voorbij het einde van het bestand en blijven leeg
}
problem-raster-pages = { $count ->
    [one] Het bestand bevat nog een ander beeld, dat niet getoond wordt
   *[other] Het bestand bevat nog { $count } andere beelden, die niet getoond worden
}
problem-raster-companion = Het bestand ‘{ $name }’ ernaast kan niet gelezen worden: { $what }
problem-raster-crs = Het beeld noemt zijn coördinatenstelsel ‘{ $name }’, en dat kent Belfort niet: kies het zelf
problem-raster-crs-text = Het coördinatenstelsel bij het beeld is onleesbaar: { $what }
problem-figure-backdrops = { $count ->
    [one] { $count } achtergrondbeeld staat er niet op: het is nog niet gelezen of kan niet getoond worden
   *[other] { $count } achtergrondbeelden staan er niet op: ze zijn nog niet gelezen of kunnen niet getoond worden
}
problem-raster-block = { $count ->
    [one] { $count } blok van het beeld kan niet getoond worden: { $what }
   *[other] { $count } blokken van het beeld kunnen niet getoond worden: { $what }
}

# Hoe een beeld getoond wordt
raster-kind-grey = grijswaarden
raster-kind-grey-alpha = grijswaarden met doorzichtigheid
raster-kind-palette = kleurenpalet
raster-kind-inks = CMYK
raster-kind-colours = kleuren
raster-kind-colours-alpha = kleuren met doorzichtigheid
raster-note-bands = De eerste drie van { $count } banden zijn rood, groen en blauw
raster-note-stretched = De waarden van { $low } tot { $high } zijn uitgerekt van zwart tot wit
raster-note-stretched-some = De waarden van { $low } tot { $high } zijn uitgerekt van zwart tot wit; de grenzen komen uit een steekproef
raster-bits = { $bits } bits
raster-bits-float = { $bits } bits, met decimalen
raster-bands = { $count ->
    [one] { $count } band
   *[other] { $count } banden
}

raster-size = { $width } × { $height } pixels
raster-pixel = { $width } × { $height } m
raster-pixel-degrees = { $width } × { $height } graden
raster-rotated = gedraaid
raster-overviews = { $count ->
    [one] { $count } verkleinde kopie
   *[other] { $count } verkleinde kopieën
}
raster-size-label = Grootte
raster-samples-label = Waarden
raster-compression-label = Compressie
raster-format-label = Formaat
raster-shown-label = Getoond
raster-overviews-label = Overzichten
raster-nodata-label = Niets (nodata)
raster-pixel-label = Pixel
raster-place-label = Plaats uit
raster-error-no-table = Dit is een beeld: er zitten geen objecten in
raster-remedy-window = Open het in het venster: het wordt een achtergrondbeeld onder de lagen

# Wat je met een achtergrondbeeld doet
command-add-backdrops = achtergrondbeelden toevoegen
command-remove-backdrop = achtergrondbeeld verwijderen
command-move-backdrop = achtergrondbeeld verplaatsen
command-show-backdrop = achtergrondbeeld tonen
command-hide-backdrop = achtergrondbeeld verbergen
command-rename-backdrop = achtergrondbeeld hernoemen
command-set-backdrop-crs = coördinatenstelsel van een achtergrondbeeld kiezen
