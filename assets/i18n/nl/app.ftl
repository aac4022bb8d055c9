# Menu’s
app-menu-file = Bestand
app-menu-edit = Bewerken
app-menu-view = Beeld
app-menu-layer = Laag
app-menu-help = Help
app-new = Nieuwe kaart
app-new-project = Nieuwe kaart
app-open = Openen…
app-open-recent = Recente bestanden
app-open-sample = Voorbeeldkaart openen
app-save = Opslaan
app-save-as = Opslaan als…
app-export = Laag exporteren…
app-figure = Kaart opslaan als afbeelding…
app-figure-copy = Kaart kopiëren als afbeelding
app-sources-copy = Bronvermelding kopiëren
app-figure-copied = De kaart staat op het klembord
app-figure-saved = Opgeslagen: { $path }
app-sources-copied = De bronvermelding staat op het klembord
app-quit = Afsluiten
app-undo = Ongedaan maken
app-redo = Opnieuw doen
app-clear-selection = Selectie wissen
app-toggle-layers = Lagenpaneel
app-toggle-details = Kenmerken en filter
app-toggle-table = Attributentabel
app-zoom-all = Zoom naar alle lagen
app-zoom-in = Inzoomen
app-zoom-out = Uitzoomen
app-theme = Weergave
app-theme-system = Zoals het systeem
app-theme-light = Licht
app-theme-dark = Donker
app-language = Taal
app-basemap = Achtergrond
app-basemap-none = Geen achtergrondkaart
app-help-shortcuts = Sneltoetsen
app-about = Over Belfort
app-about-title = Over Belfort
app-about-version = Belfort { $version }
app-about-text = De toren vanwaar je de hele stad ziet: open data van de stad openen, filteren en doorgeven
app-about-licence = Licentie MIT of Apache 2.0
app-about-private = Belfort stuurt niets door over jou of je gegevens
app-about-register = Coördinatenstelsels
app-about-unknown = onbekend
app-about-kept = Waar Belfort dingen bewaart
app-about-open = Openen
app-about-open-name = Map openen: { $what }
app-about-folder-settings = Instellingen
app-about-folder-data = Je gegevens
app-about-folder-cache = Wat opnieuw te halen is
app-about-licences = Wat erin zit: { $count } bibliotheken en hun licenties
app-about-licence-texts = Teksten van de licenties openen
app-cancel = Annuleren
app-close = Sluiten

# Openen en opslaan
app-open-title = Gegevens of een project openen
app-open-what = GeoJSON, shapefile, CSV of TSV, een .zip of een map daarmee, of een Belfort-project; achtergrondkaarten in PMTiles of MBTiles. Je kunt bestanden ook op het venster slepen.
app-open-path = Pad van het bestand of de map
app-open-do = Openen
app-opening = { $name } wordt gelezen
app-browse = Bladeren…
app-browse-folder = Map…
app-browse-none = Het systeem toont geen venster om te bladeren: typ of plak het pad hier
app-save-title = Project opslaan
app-figure-save-title = Kaart opslaan als afbeelding
app-save-path = Pad van het bestand
app-save-exists = Dit bestand bestaat al en wordt vervangen
app-save-do = Opslaan
app-save-replace = Vervangen
app-unsaved-title = Wijzigingen opslaan?
app-unsaved-text = ‘{ $name }’ heeft wijzigingen die niet opgeslagen zijn
app-unsaved-discard = Niet opslaan
app-drop-here = Laat los om te openen
app-error-lost = Er ging iets mis in Belfort tijdens het lezen
app-error-lost-do = Meld dit a.u.b., met het bestand erbij
app-error-no-layer = Het bestand heeft geen laag ‘{ $layer }’
app-error-no-gpu = Het venster kan niet openen: er is geen grafische kaart of stuurprogramma dat Vulkan, OpenGL, Metal of DirectX 12 kan ({ $error }). Installeer het stuurprogramma van de grafische kaart, of software die tekent zonder (op Debian en Ubuntu: mesa-vulkan-drivers). `belfort info` en `belfort convert` werken ook zonder venster
app-error-no-window = Het venster kan niet openen: { $error }
app-error-no-sample = De voorbeeldkaart staat niet bij het programma
app-notice-dismiss = Deze melding sluiten
app-notices-dismiss = Alle meldingen sluiten

# Lagen
app-layers = Lagen
app-layers-add = Toevoegen…
app-empty-title = Nog geen lagen
app-empty-how = Open een bestand, of sleep het op dit venster
app-layer-show = Laag ‘{ $name }’ tonen
app-layer-hide = Laag ‘{ $name }’ verbergen
app-layer-style = Stijl van ‘{ $name }’
app-layer-more = Meer voor ‘{ $name }’
app-layer-name = Naam van de laag
app-layer-rename = Laag hernoemen
app-layer-drag = Sleep om de volgorde te wijzigen
app-layer-opacity = Dekking
app-layer-zoom = Zoom naar laag
app-layer-table = Attributentabel
app-layer-filter = Laag filteren
app-layer-up = Laag omhoog
app-layer-down = Laag omlaag
app-layer-remove = Laag verwijderen
app-layer-crs = Coördinatenstelsel…
app-layer-reload = Bestand opnieuw lezen
app-layer-problems-show = Problemen…
app-layer-waiting = Wacht
app-layer-loading = Lezen

# Stijl
app-style-fill = Vulling
app-style-stroke = Rand
app-style-color = Kleur
app-style-hue = Tint
app-style-saturation = Verzadiging
app-style-brightness = Helderheid
app-style-opacity = Dekking
app-style-width = Lijndikte
app-style-size = Grootte
app-shape-circle = Cirkel
app-shape-square = Vierkant
app-shape-triangle = Driehoek
app-shape-diamond = Ruit

# Coördinatenstelsels
app-crs-title = Coördinatenstelsel van ‘{ $name }’
app-crs-hint = Wat de coördinaten betekenen; klik om te zien hoe dit gevonden is of om het te wijzigen
app-crs-guessed = { $name } (geraden)
app-crs-unknown = Coördinatenstelsel onbekend
app-crs-unknown-text = Het bestand zegt niet wat de coördinaten betekenen, en de getallen passen bij geen stelsel dat Belfort kent: kies er een om de laag op de kaart te zetten
app-crs-swapped-name = { $name }, breedte eerst
app-crs-found = Stelsel
app-crs-how = Gevonden
app-crs-operation = Omrekening
app-crs-accuracy = Nauwkeurigheid
app-crs-exact = exact
app-crs-about = ongeveer { $metres } m
app-crs-accuracy-unknown = onbekend
app-crs-choose = Lees de coördinaten als
app-crs-as-found = Zoals Belfort het vond
app-crs-other = Andere code
app-crs-code = EPSG-code
app-crs-use = Gebruiken
app-crs-note = De coördinaten in het bestand blijven zoals ze zijn

# Problemen
app-problems-title = Problemen van ‘{ $name }’
app-problems-none = Alles is gelezen en staat op de kaart
app-problems-encoding = Tekstcodering { $encoding }

# Kenmerken
app-feature = Kenmerken
app-feature-none = Klik iets aan op de kaart of een rij in de tabel
app-feature-row = Rij { $row }
app-feature-zoom = Zoom naar dit object
app-feature-in-table = In de tabel tonen
app-hit-of = { $at } van { $count } op deze plaats
app-hit-before = Vorige op deze plaats
app-hit-after = Volgende op deze plaats

# Tabel
app-table = Attributentabel
app-table-close = Tabel sluiten
app-table-no-layer = Kies eerst een laag
app-table-no-rows = Geen rijen om te tonen
app-table-only-filtered = Alleen gefilterde rijen
app-table-row-number = Rij in het bestand
app-table-sort = Sorteren op { $field }
app-table-search = Zoeken in de tabel
app-table-search-clear = Zoekopdracht wissen
app-value-cut = … dit is het begin; de hele waarde is { $size } kB lang
app-table-found = { $count ->
    [one] { $count } rij gevonden
   *[other] { $count } rijen gevonden
}
app-table-not-found = Geen enkele rij bevat deze tekst

# Soorten velden
app-kind-boolean = Ja of nee
app-kind-integer = Geheel getal
app-kind-number = Getal
app-kind-text = Tekst
app-kind-json = Lijst of object
app-kind-date = Datum
app-kind-datetime = Datum en tijd

# Exporteren
app-export-title = ‘{ $name }’ exporteren
app-export-format = Formaat
app-export-rows = Rijen
app-export-all = Alle: { $all }
app-export-filtered = Gefilterde: { $shown }
app-export-filtered-unknown = Gefilterde
app-export-crs = Coördinatenstelsel
app-export-crs-source = Zoals de bron ({ $name })
app-export-columns = Kolommen ({ $chosen } van { $all })
app-export-columns-all = Alle
app-export-columns-none = Geen
app-csv-place = Plaats
app-csv-place-wkt = Als WKT
app-csv-place-columns = Twee kolommen
app-csv-place-none = Weglaten
app-csv-for = Voor
app-csv-excel = Excel in deze taal
app-csv-programs = Andere programma’s
app-export-changes = Dit zal anders zijn in het bestand
app-export-no-changes = Het formaat bewaart alles zoals het is
app-paste = Plakken als laag
app-paste-name = Geplakt { $when }
app-paste-not-data = In de geplakte tekst staat niets wat een laag kan zijn
app-paste-do = Plak GeoJSON, WKT, KML, regels met coördinaten of een tabel met kolomnamen op de eerste rij.
app-export-also = Ook andere lagen in dit bestand ({ $chosen } van { $all })
app-export-also-how = Elke laag komt erin met de rijen die haar filter toont.
app-export-better = Dit formaat bewaart meer:
app-export-take = { $format } kiezen
app-export-do = Exporteren
app-export-working = Schrijven
app-export-files = Bestanden
app-export-changed = Wat anders is

# De strook onderaan
app-status-no-pointer = Beweeg over de kaart voor coördinaten
app-status-lambert = Lambert 72: { $x }, { $y }
app-status-zoom = zoom { $zoom }
app-status-figure = Afbeelding maken
app-status-filtering = { $name } filteren

# Aantallen
app-count-points = { $count ->
    [one] { $count } punt
   *[other] { $count } punten
}
app-count-lines = { $count ->
    [one] { $count } lijn
   *[other] { $count } lijnen
}
app-count-polygons = { $count ->
    [one] { $count } vlak
   *[other] { $count } vlakken
}
app-count-mixed = { $count ->
    [one] { $count } object
   *[other] { $count } objecten
}
app-count-rows = { $count ->
    [one] { $count } rij
   *[other] { $count } rijen
}
app-count-shown = { $shown } van { $all } getoond
app-layer-problems = { $count ->
    [one] { $count } probleem met ‘{ $name }’
   *[other] { $count } problemen met ‘{ $name }’
}
app-problem-not-drawn = { $count ->
    [one] { $count } rij kan niet op de kaart getekend worden
   *[other] { $count } rijen kunnen niet op de kaart getekend worden
}
app-problem-far = { $count ->
    [one] { $count } object ligt ver van alle andere; de kaart gaat daar niet vanzelf heen
   *[other] { $count } objecten liggen ver van alle andere; de kaart gaat daar niet vanzelf heen
}
app-export-done = { $written ->
    [one] { $written } van { $read } rijen geschreven
   *[other] { $written } van { $read } rijen geschreven
}
app-export-dropped = { $count ->
    [one] { $count } rij kon niet geschreven worden
   *[other] { $count } rijen konden niet geschreven worden
}
app-status-tiles = { $count ->
    [one] { $count } kaarttegel onderweg
   *[other] { $count } kaarttegels onderweg
}
