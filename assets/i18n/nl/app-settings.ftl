# Instellingen
app-settings = Instellingen…
app-settings-title = Instellingen
app-settings-look = Taal en weergave
app-settings-units = Eenheden en export
app-settings-map = Achtergrondkaart en geheugen
app-settings-language = Taal van het venster
app-settings-text-size = Tekstgrootte
app-settings-percent = { $percent } %
app-settings-text-size-note = Alles in het venster wordt mee groter of kleiner. Ook met Ctrl en +, Ctrl en −, Ctrl en 0.
app-settings-motion = Beweging
app-motion-system = Zoals het systeem
app-motion-full = Volledig
app-motion-reduced = Minder
app-settings-motion-note = Met minder beweging verspringen panelen en lijsten meteen, zonder te glijden of te vervagen.
app-settings-motion-untold = Het systeem laat niet weten wat het wil: alles beweegt.
app-settings-motion-told-full = Het systeem vraagt nu volledige beweging.
app-settings-motion-told-reduced = Het systeem vraagt nu minder beweging.
app-settings-lengths = Lengtes
app-settings-areas = Oppervlaktes
app-settings-unit-auto = Wat het best past
app-settings-unit-m = Meter (m)
app-settings-unit-km = Kilometer (km)
app-settings-unit-m2 = Vierkante meter (m²)
app-settings-unit-ha = Hectare (ha)
app-settings-unit-km2 = Vierkante kilometer (km²)
app-settings-example = Bijvoorbeeld { $length } en { $area }
app-settings-numbers = Getallen
app-settings-numbers-language = Zoals in de taal: 1.234,5
app-settings-numbers-point = Met een punt: 1 234.5
app-settings-numbers-note = Voor wat je leest en typt. Bestanden houden hun eigen vorm.
app-settings-crs = Coördinaten bij exporteren
app-settings-crs-source = Zoals de bron
app-settings-crs-note = Waarmee het venster Exporteren begint; je kunt daar altijd iets anders kiezen.
app-settings-network = Netwerk
app-work-offline = Offline werken
app-settings-offline-note = De achtergrondkaart komt dan alleen uit wat al op je computer staat.
app-settings-proxy = Proxyserver
app-settings-proxy-system = Zoals het systeem
app-settings-proxy-none = Geen
app-settings-proxy-address = Eigen adres
app-settings-proxy-at = Adres van de proxy
app-settings-proxy-wrong = Dit is geen adres: typ bijvoorbeeld http://proxy:8080
app-settings-cache = Bewaarde achtergrondkaart
app-settings-cache-folder = Eigen map voor de bewaarde achtergrondkaart
app-settings-cache-in = Nu in { $path }
app-settings-cache-enter = Druk op Enter om deze map te gebruiken
app-settings-cache-usual = Gewone map gebruiken
app-settings-cache-limit = Hoogstens bewaren
app-settings-cache-size = Nu bewaard
app-settings-cache-empty = Leegmaken
app-settings-cache-emptying = Leegmaken
app-settings-cache-note = Wat je het langst niet bekeek, gaat eerst weg.
app-settings-graphics = Grafische kaart
app-settings-gpu = Geheugen voor de kaart
app-settings-gpu-note = Meer geheugen laat grote lagen sneller terugkomen als je de kaart verschuift.

# Tekstgrootte
app-text-larger = Grotere tekst
app-text-smaller = Kleinere tekst
app-text-normal = Gewone tekstgrootte

# Toetsenbord
app-menu-file-letter = b
app-menu-edit-letter = w
app-menu-select-letter = s
app-menu-view-letter = e
app-menu-layer-letter = l
app-menu-help-letter = h
app-menu-open = Menu openen
app-next-part = Naar het volgende deel van het venster
app-previous-part = Naar het vorige deel van het venster

# Meldingen en werk
app-notice-more = Details
app-notice-less = Minder
app-notice-copy = Melding kopiëren
app-notice-file = Bestand
app-notice-place = Plaats
app-notice-what = Wat er misging
app-notice-remedy = Wat je kunt doen
app-work-saving = Project opslaan
app-work-table = Rijen op volgorde zetten
app-work-place = Plaats opzoeken
app-work-choosing = Objecten overnemen in de filter

# De eerste minuut
app-first-steps = Eerste stappen
app-first-title = Drie dingen om te proberen
app-first-what = Dit is een verzonnen Gent, om in te oefenen.
app-first-close = Deze suggesties sluiten
app-first-find = Zoek een straat
app-first-filter = Toon alleen bloklocaties met meer dan 50 plaatsen
app-first-select = Selecteer schapen met een rechthoek en exporteer ze
app-first-export = Exporteer de geselecteerde schapen

# Lege plaatsen
app-table-no-layers = Open eerst gegevens: de tabel toont de rijen van een laag
app-table-filtered-out = De filter laat geen enkele rij over
app-table-filter-clear = Weer alle rijen tonen
app-table-column-edge = Rand van een kolom: sleep om ze breder of smaller te maken
