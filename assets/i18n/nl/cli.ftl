# Help
cli-about = Belfort: een kijker voor de geodata van een stad
cli-about-info = Vertelt wat er in bestanden zit: lagen, velden, coördinatenstelsel, omvang, problemen
cli-about-convert = Geeft een laag, of een deel ervan, door als een ander bestand
cli-usage = Gebruik:
cli-exit-status =
    Zonder opdracht opent het venster met een project of met gegevensbestanden.
    Eindcode: 0 gelukt, 1 mislukt, 2 verkeerd gebruik.
cli-convert-examples =
    Voorbeelden:
      belfort convert wijken.geojson wijken.shp --crs EPSG:31370
      belfort convert plaatsen.csv ledeberg.csv --where "wijk = 'Ledeberg'" --excel
      belfort convert schapen.csv gentbrugge.geojson --within "wijken.geojson:naam = 'Gentbrugge'"
      belfort convert https://geo.voorbeeld.be/wfs bomen.geojson --layer stad:bomen --bbox 3.7,51,3.8,51.1
      belfort convert wijken.geojson mensen.geojson --join bevolking.csv --on wijk=naam --join-where "jaar = 2023"
      belfort convert wijken.geojson geteld.geojson --per-area "bomen.csv:soort = 'linde'" --numbers count,mean:hoogte
cli-heading-commands = Opdrachten
cli-heading-arguments = Argumenten
cli-heading-options = Opties
cli-value-command = OPDRACHT
cli-value-options = OPTIES
cli-value-path = PAD
cli-value-name = NAAM
cli-value-in = IN
cli-value-out = UIT
cli-value-areas = GEBIEDEN[:SQL]
cli-value-features = OBJECTEN[:SQL]
cli-value-metres = METER
cli-value-bbox = W,Z,O,N
cli-help-paths = Een project (.belfort.json) of gegevensbestanden; niets: het voorbeeldproject
cli-help-info-paths = Gegevensbestanden, mappen, .zip-archieven, projecten (.belfort.json), of adressen van diensten en bestanden op het web
cli-help-in = Het bestand om te lezen, of het adres van een laag of bestand op het web
cli-help-out = Het bestand om te schrijven; de extensie bepaalt het formaat
cli-help-json = Schrijf één JSON-document
cli-help-layer = Alleen deze laag van een bestand of dienst met meer lagen
cli-help-source-crs = Het coördinatenstelsel van de bron, in plaats van het gevonden stelsel
cli-help-encoding = De tekstcodering van de bron, in plaats van de gevonden codering
cli-help-bbox = Alleen wat in deze rechthoek ligt of hem raakt: west, zuid, oost en noord in graden. Van FlatGeobuf, GeoParquet, portalen en diensten wordt niet meer gelezen dan dat
cli-help-where = Alleen rijen die aan deze voorwaarde voldoen
cli-help-within = Alleen rijen binnen de gebieden van een ander bestand, alle of die aan een voorwaarde voldoen
cli-help-relation = Met --within: hoe rijen tegenover de gebieden liggen (within als niets is opgegeven)
cli-help-near = Alleen rijen dicht bij de objecten van een ander bestand, alle of die aan een voorwaarde voldoen
cli-help-distance = Met --near: hoe ver hoogstens, in meter op de grond
cli-help-select = Alleen deze velden, in deze volgorde
cli-help-crs = Het coördinatenstelsel van het nieuwe bestand (dat van de bron als niets is opgegeven)
cli-help-place = CSV en XLSX: de plaats als WKT, in twee kolommen (alleen punten) of helemaal niet
cli-help-excel = CSV voor Excel in de taal: scheidingsteken, decimaalteken en byte order mark
cli-help-lang = De taal (die van het systeem als niets is opgegeven)
cli-help-help = Toon deze hulp
cli-help-version = Toon de versie

# Wrong usage
cli-see-help = Zie belfort --help
cli-wrong-unknown = { $argument } is hier geen optie of opdracht
cli-wrong-missing = { $argument } ontbreekt
cli-wrong-conflict = { $argument } gaat niet samen met de rest
cli-wrong-no-value = { $argument } heeft een waarde nodig
cli-wrong-value = ‘{ $value }’ is geen waarde voor { $argument }
cli-wrong-other = { $detail }
cli-unknown-output = { $path }: de extensie noemt geen formaat dat geschreven kan worden. Gebruik een van { $extensions }
cli-overwrites-source = { $path } is een bestand dat gelezen wordt: het zou overschreven worden. Geef het nieuwe bestand een andere naam
cli-several-layers = { $path } bevat meer lagen: { $names }. Kies er een met --layer
cli-no-layers = Er zit geen laag in
cli-no-field = Laag ‘{ $layer }’ heeft geen veld ‘{ $field }’. Wel { $known }
cli-no-place = Laag ‘{ $layer }’ heeft geen plaats, of het coördinatenstelsel is onbekend
cli-did-you-mean = Bedoel je { $meant }?
cli-no-display = Er is geen scherm om een venster op te openen; dit is wat ‘belfort info’ vertelt
cli-no-display-prints = Er is geen scherm om een venster op te openen; daarom is het blad van het voorbeeldproject afgedrukt
cli-no-sample = Het voorbeeldproject (sample-data/gent.belfort.json) is niet gevonden. Noem een bestand: belfort info BESTAND

# Reports
cli-project = Project { $path }
cli-title = Titel
cli-notice = Vermelding
cli-file = Bestand
cli-files = Bestanden
cli-features = Objecten
cli-without-place = { $count } zonder plaats
cli-filter = Filter
cli-shown = { $filter } ({ $count } getoond)
cli-geometry = Geometrie
cli-geometry-none = geen
cli-geometry-point = { $count ->
    [one] { $count } punt
   *[other] { $count } punten
}
cli-geometry-line = { $count ->
    [one] { $count } lijn
   *[other] { $count } lijnen
}
cli-geometry-polygon = { $count ->
    [one] { $count } vlak
   *[other] { $count } vlakken
}
cli-geometry-multi-point = { $count } × meer punten samen
cli-geometry-multi-line = { $count } × meer lijnen samen
cli-geometry-multi-polygon = { $count } × meer vlakken samen
cli-geometry-collection = { $count } × een mengeling
cli-crs = Stelsel
cli-crs-unknown = onbekend
cli-crs-swapped = breedte vóór lengte
cli-to-wgs84 = Naar WGS 84
cli-transformation = Omzetting
cli-extent = Omvang
cli-extent-wgs84 = Omvang in WGS 84
cli-bounds = west { $west }, zuid { $south }, oost { $east }, noord { $north }
cli-encoding = Codering
cli-fields = Velden
cli-empty = { $count } leeg
cli-kind-boolean = ja of nee
cli-kind-integer = geheel getal
cli-kind-number = getal
cli-kind-text = tekst
cli-kind-json = JSON
cli-kind-date = datum
cli-kind-datetime = datum en tijd
cli-problems = Problemen
cli-none = geen
cli-read = Gelezen
cli-read-from = { $count } uit ‘{ $layer }’
cli-chosen = Gekozen
cli-written = Geschreven
cli-dropped = Weggevallen

cli-about-portal = Bevraag het portaal van een stad: zoeken, bekijken, ophalen
cli-about-portal-search = Zoek in de catalogus van een portaal
cli-about-portal-info = Toon wat een portaal over een dataset zegt
cli-about-portal-get = Haal een dataset volledig op, met een ontvangstbewijs
cli-portal-get-examples =
    Voorbeelden:
      belfort portal get stadswijken-gent --out wijken.geojson
      belfort portal get locaties-bomen-gent --out linden.csv --where "sortiment like 'Tilia%'"
cli-value-portal = PORTAAL
cli-value-words = WOORDEN
cli-value-dataset = DATASET
cli-value-day = JJJJ-MM-DD
cli-value-number = N
cli-help-portal = Het portaal: gent (als je niets zegt), brugge, een andere naam, of een adres
cli-help-portal-words = Woorden om te zoeken; geen voor de hele catalogus
cli-help-portal-geo = Alleen datasets met een plaats
cli-help-portal-since = Alleen datasets die op deze dag of later zijn gewijzigd
cli-help-portal-limit = Hoogstens zoveel (50)
cli-help-portal-dataset = De naam van de dataset op het portaal
cli-help-portal-where = Alleen records die voldoen aan een voorwaarde in de taal van het portaal
cli-help-portal-bbox = Alleen records in een rechthoek: west, zuid, oost, noord in graden
cli-help-portal-select = Alleen deze velden; de plaats komt altijd mee
cli-help-portal-offline = Bevraag geen server: neem de kopie op deze computer
cli-portal-found = { $shown } van { $total } { $total ->
    [one] dataset
   *[other] datasets
}
cli-portal-address = Adres
cli-portal-page = Webpagina
cli-portal-records = Records
cli-portal-publisher = Bron
cli-portal-licence = Licentie
cli-portal-modified = Gewijzigd
cli-portal-processed = Ingelezen
cli-portal-frequency = Ritme
cli-portal-themes = Thema’s
cli-portal-keywords = Trefwoorden
cli-portal-receipt = Ontvangstbewijs
cli-portal-fetched-from = Opgehaald van
cli-portal-only-old = { $what }. Er staat een kopie op deze computer ({ $receipt }): met --offline gebruik je die
cli-portal-kept = { $what }. De kopie op deze computer wordt gebruikt ({ $receipt })
# Koppelen
cli-value-file = BESTAND
cli-value-on = SLEUTEL[=HUN_SLEUTEL]
cli-help-join = Kolommen van een ander bestand naast die van de laag, via een sleutel die ze allebei hebben
cli-help-on = Bij --join: het veld van de laag en het veld van het andere bestand
cli-help-join-where = Bij --join: alleen rijen van het andere bestand die aan deze voorwaarde voldoen
cli-help-join-rule = Bij --join: wat meerdere rijen voor één sleutel worden
cli-value-numbers = CIJFER[:VELD][=NAAM]
cli-help-per-area = Voor elke rij cijfers over wat uit een ander bestand erin ligt, als nieuwe kolommen
cli-help-numbers = Bij --per-area: welke cijfers, met komma's ertussen ({ $codes }); anders het aantal
cli-help-count-once = Bij --per-area: wat in meer dan één gebied ligt, telt alleen mee waar het voor het grootste deel ligt
cli-help-area-of = Voor elke rij de velden van het gebied uit een ander bestand waarin ze ligt, als nieuwe kolommen
cli-help-area-fields = Bij --area-of: alleen deze velden van het gebied
cli-wrong-number = ‘{ $value }’ is geen cijfer per gebied. Schrijf CIJFER, CIJFER:VELD of CIJFER:VELD=NAAM, met als CIJFER: { $codes }
cli-no-numbers = ‘{ $field }’ bevat geen getallen om mee te rekenen
cli-per-area = Per gebied
cli-area-of = In welk gebied
cli-placed =
    { $inside } van { $things } { $inside ->
        [one] ligt
       *[other] liggen
    } in een gebied, { $outside } in geen enkel
cli-placed-without-place =
    { $count ->
        [one] 1 heeft geen plaats
       *[other] { $count } hebben geen plaats
    }
cli-placed-several =
    { $count ->
        [one] 1 ligt in meer dan één gebied, of op de grens
       *[other] { $count } liggen in meer dan één gebied, of op de grens
    }
cli-placed-empty =
    { $count ->
        [one] 1 gebied is leeg
       *[other] { $count } gebieden zijn leeg
    }
cli-joined = Gekoppeld
cli-joined-by = { $key } = { $their_key }: { $exact } van { $values } waarden komen overeen
cli-joined-alone =
    { $count ->
        [one] 1 waarde van de laag heeft geen partner: { $values }
       *[other] { $count } waarden van de laag hebben geen partner: { $values }
    }
cli-joined-unused =
    { $count ->
        [one] 1 waarde van het andere bestand wordt niet gebruikt: { $values }
       *[other] { $count } waarden van het andere bestand worden niet gebruikt: { $values }
    }
cli-joined-several =
    { $count ->
        [one] Voor 1 waarde heeft het andere bestand meerdere rijen
       *[other] Voor { $count } waarden heeft het andere bestand meerdere rijen
    }
cli-encoding-doubt = Niet alles zegt hetzelfde; kies zelf met --encoding
cli-encoding-as = { $encoding }, { $by }: { $values }
cli-place = Plaats
cli-place-doubt = ligt niet in België, maar gelezen als { $crs } wel: { $where }
cli-place-swapped = { $crs }, breedte vóór lengte
cli-unknown-encoding = De codering ‘{ $label }’ is onbekend; dit zijn er enkele: { $known }

# belfort print
cli-about-print = Drukt een kaart op schaal af, als PDF, SVG, PNG of JPEG
cli-print-examples = Voorbeelden:
  belfort print kaart.belfort.json -o kaart.pdf --paper a3
  belfort print kaart.belfort.json -o ledeberg.pdf --fit "Wijken:naam = 'Ledeberg'"
cli-help-print-paths = Een project of databestanden; zonder: het voorbeeldproject
cli-help-print-out = Het bestand; de extensie bepaalt het soort: .pdf, .svg, .png, .jpg
cli-help-paper = a5, a4, a3, a2, a1, a0, letter, tabloid, of een eigen maat in mm: 200x300
cli-help-landscape = Liggend papier
cli-help-portrait = Staand papier; zonder keuze: zoals de kaart het grootst is
cli-help-scale = De schaal; zonder: de grootste ronde schaal waarop alles past
cli-help-fit = Wat erop moet: een laag van het project of een bestand, eventueel met een voorwaarde
cli-help-plane = Het kaartvlak: local (rond het blad), lambert72, lambert2008 of screen
cli-help-style = De opmaak: report, poster, copy (zwart-wit) of plain
cli-help-title = De titel
cli-help-subtitle = De regel onder de titel
cli-help-turn = Hoeveel graden de kaart met de klok mee gedraaid is
cli-help-dpi = Punten per duim van beelden
cli-help-basemap = De achtergrondkaart in plaats van die van het project, of een bestand (PMTiles, MBTiles); none: geen
cli-help-offline = Niets ophalen: alleen wat er al is
cli-value-text = TEKST
cli-value-degrees = GRADEN
cli-wrong-paper = ‘{ $value }’ is geen papier: kies bijvoorbeeld a4, a3 of 200x300
cli-wrong-scale = ‘{ $value }’ is geen schaal: schrijf bijvoorbeeld 1:5000
cli-print-written = { $output } geschreven
cli-print-paper = Papier
cli-print-scale = Schaal
cli-print-fit = Passing
cli-print-error = Grootste schaalfout
cli-print-labels = Labels
cli-print-dropped = Geen plaats voor
cli-print-problems = Problemen
cli-help-atlas = Een blad voor elk object van een laag of bestand, eventueel met een voorwaarde
cli-help-common-scale = Alle bladen van de atlas op dezelfde schaal
cli-help-index = De laag waarvan de namen in een register komen, met een raster over de kaart
cli-help-print-numbers = Het register met nummers op de kaart in plaats van vakken: op naam, zoals in de tabel, of volgens een veld
cli-help-over = Het blad verdeeld over kleiner papier, om aaneen te kleven: a4, a3, letter …
cli-help-overlap = Hoeveel millimeter die bladen overlappen; zonder: 10
cli-print-over = Bladen
cli-help-sum = Een veld optellen over wat in het gebied ligt: LAAG:VELD; meermaals voor meer velden
cli-value-sum = LAAG:VELD
cli-wrong-sum = ‘{ $value }’ is geen laag en veld: schrijf LAAG:VELD
cli-help-sheet = Welk blad van het project: zijn naam, zijn titel of zijn nummer
cli-about-tiles = Archieven van tegels, en een gebied van een achtergrondkaart meenemen
cli-about-tiles-info = Toon wat een archief van tegels over zichzelf zegt
cli-about-tiles-take = Neem een gebied van een achtergrondkaart mee in één bestand
cli-tiles-take-examples =
    Voorbeelden:
      belfort tiles take grb --bbox 3.70,51.03,3.75,51.07 --depth 17 --out gent.pmtiles
      belfort tiles take https://example.org/planeet.pmtiles --bbox 3.6,51.0,3.8,51.1 --out gent.pmtiles
cli-value-source = BRON
cli-help-tiles-archive = Een PMTiles- of MBTiles-bestand, of het adres van een PMTiles-archief
cli-help-tiles-from = Een achtergrondkaart die het toelaat (grb, aerial …), of het adres van een PMTiles-archief
cli-help-tiles-bbox = Het gebied: west, zuid, oost en noord, in graden
cli-help-tiles-depth = Het diepste zoomniveau
cli-help-tiles-out = Het bestand dat wordt geschreven, .pmtiles of .mbtiles; zonder wordt er alleen geteld
cli-tiles-unknown = Er is geen achtergrondkaart ‘{ $from }’; meenemen kan van { $known }, of uit een PMTiles-archief
cli-tiles-kind = Soort
cli-tiles-bounds = Gebied
cli-tiles-maker = Maker
cli-tiles-about = Omschrijving
cli-tiles-layers = Lagen
cli-tiles-size = Grootte
cli-tiles-file = Bestand
cli-tiles-rule = Regel
cli-tiles-levels = Zoomniveaus
cli-tiles-count = Tegels
cli-tiles-expected = Verwacht
cli-tiles-taken = Meegenomen
cli-tiles-absent = Niet bij de bron
cli-about-pack = Pakt een project in met alles wat het nodig heeft
cli-help-pack-path = Het project; zonder: het voorbeeldproject
cli-help-pack-out = Het .zip-bestand
cli-pack-written = { $files ->
    [one] { $output } geschreven: een bestand, { $size }
   *[other] { $output } geschreven: { $files } bestanden, { $size }
}
cli-help-basemap-text = Letters van de achtergrondkaart: small, usual of large
cli-about-completions = Aanvullingen voor een shell
cli-about-man = Een bladzijde van de handleiding
cli-help-shell = De shell: bash, elvish, fish, powershell of zsh
cli-help-man-command = De opdracht waarover de bladzijde gaat
cli-wrong-command = er is geen opdracht ‘{ $name }’
cli-project-no-notes = Een project heeft zelf geen gegevens, behalve zijn notities: een laag met notities (van die naam) is er niet
cli-project-no-notes-do = Geef het bestand van de laag zelf op; belfort info toont welk dat is

cli-about-sparql = Stel een vraag in SPARQL aan een eindpunt van gelinkte data, en bewaar het antwoord als bestand
cli-about-ldes = Volg een stream van gelinkte data (LDES) tot het einde, en bewaar wat erin staat als bestand
cli-value-endpoint = EINDPUNT
cli-value-query = VRAAG.rq
cli-value-stream = ADRES
cli-help-endpoint = Het adres van het eindpunt, bijvoorbeeld https://stad.gent/sparql
cli-help-query = Een bestand met de vraag, die met SELECT begint
cli-help-stream = Het adres van de stream, of van een van haar pagina’s
cli-help-ldes-since = Alleen wat vanaf die dag gemaakt is (2024-03-01)
cli-help-ldes-all = Alle versies van elk object, niet alleen de nieuwste
cli-help-ldes-search = Alleen objecten waarin dat woord staat
cli-query-too-long = De vraag is langer dan een megabyte
cli-query-no-text = De vraag is geen tekst in UTF-8
cli-sparql-examples =
    Voorbeeld:
      belfort sparql https://stad.gent/sparql wijken.rq --out wijken.csv
cli-ldes-examples =
    Een stream die afgebroken werd, gaat verder waar ze was.

    Voorbeeld:
      belfort ldes https://apidg.gent.be/opendata/adlib2eventstream/v1/stam/objecten --out stam.csv
cli-help-list = Namen van een laag als lijst, zonder vakken of nummers op de kaart; na een dubbelpunt het veld dat de volgorde bepaalt en naast elke naam staat. De laag mag verborgen zijn
cli-value-list = LAAG[:VELD]
