# Selecteren
app-menu-select = Selectie
app-select-all = Alles selecteren
app-select-invert = Selectie omkeren
app-select-no-layer = Er is geen zichtbare laag om in te selecteren
app-zoom-selection = Zoom naar de selectie
app-export-selection = Selectie exporteren…
app-selection-of = { $count } geselecteerd in { $layer }
app-selection-hidden =
    { $count ->
        [one] Nog { $count } geselecteerde rij is door een filter verborgen
       *[other] Nog { $count } geselecteerde rijen zijn door een filter verborgen
    }
app-selection-more =
    { $count ->
        [one] en nog { $count } andere
       *[other] en nog { $count } andere
    }
app-selection-step = { $at } van { $count }
app-selection-zoom = Zoom ernaartoe
app-selection-export = Exporteren…
app-selection-clear = Wissen
app-status-selected = { $count } geselecteerd
app-status-selecting = Selecteren
app-status-copying = Kopiëren
app-export-selected = Alleen de selectie: { $selected }

# Kopiëren
app-copied = Gekopieerd
app-copied-rows =
    { $count ->
        [one] { $count } rij gekopieerd
       *[other] { $count } rijen gekopieerd
    }
app-copy-no-geometry = Deze rij heeft geen geometrie om te kopiëren
app-copy-value = Waarde kopiëren
app-copy-row = Rij kopiëren voor een rekenblad
app-copy-row-csv = Rij kopiëren als CSV
app-copy-rows = Rijen kopiëren voor een rekenblad
app-copy-rows-csv = Rijen kopiëren als CSV
app-copy-wkt = Geometrie kopiëren als WKT
app-copy-geojson = Geometrie kopiëren als GeoJSON

# Kenmerken
app-feature-more = Dit object kopiëren
app-fact-length = Lengte
app-fact-area = Oppervlakte
app-fact-perimeter = Omtrek
app-fact-ellipsoid = Gemeten op de ellipsoïde van WGS 84
app-fact-wgs84 = WGS 84
app-fact-lambert = Lambert 72
app-fact-centroid = Het zwaartepunt
app-fact-corners = Hoekpunten
