# The style panel: symbols, categories, classes, ramps, legend
app-style-tab = Stijl
app-layer-style-show = Stijl aanpassen
app-style-no-layer = Kies een laag om te zien en te kiezen hoe ze eruitziet.
app-style-waits = De laag wordt nog gelezen.
app-style-placeless = Deze laag is een tabel zonder plaats: er is niets te tekenen. Koppel ze aan een laag met een plaats om haar getallen op de kaart te zien.
app-style-more = Stijl: meer
app-style-copy = Stijl kopiëren
app-style-paste = Stijl plakken
app-style-plain = Gewone stijl
app-style-classing = Klassen zoeken
app-style-by = Uitzicht volgens
app-by-nothing = Eén stijl
app-by-value = Waarde
app-by-number = Getal
app-by-crossed = Twee getallen
app-by-rules = Regels
app-style-details = Symbool
app-style-line = Lijn
app-style-dash = Streepjes
app-style-join = Hoeken
app-style-hatch = Arcering
app-style-shape = Vorm
app-style-rotation = Draaiing, in graden met de klok mee
app-style-opaque = dekkend
app-style-field = Veld
app-style-per = Per
app-style-per-nothing = Niets: het getal zelf
app-style-per-area = km² (oppervlakte van het vlak)
app-style-method = Klassen
app-style-count = Aantal klassen
app-style-most = Zoveel waarden apart
app-style-most-again = De vaakst voorkomende waarden opnieuw
app-style-more-values = { $count ->
    [one] Nog 1 waarde apart
   *[other] Nog { $count } waarden apart
}
app-style-hatched = Ook arcering
app-style-hatched-about = Elke klasse krijgt ook een patroon, zodat de kaart in een zwart-witkopie leesbaar blijft
app-style-reset = Namen en kleuren van de klassen terugzetten
app-style-breaks-fix = Grenzen vastzetten
app-style-breaks-fix-about = De grenzen blijven staan als de gegevens of de filter veranderen, en je kunt ze hier intypen
app-style-breaks-again = Opnieuw berekenen
app-style-histogram = Verdeling van { $rows } getallen
app-style-break = Grens { $number }: sleep om ze te verplaatsen
app-style-no-fields = Deze laag heeft geen velden.
app-style-no-number-fields = Deze laag heeft geen velden met getallen.
app-dash-solid = Doorlopend
app-dash-dashed = Streepjes
app-dash-long = Lange strepen
app-dash-dotted = Puntjes
app-dash-dash-dot = Streep-punt
app-corner-round = Rond
app-corner-miter = Spits
app-corner-bevel = Afgeschuind
app-hatch-none = Geen arcering
app-hatch-rising = Stijgende lijnen
app-hatch-falling = Dalende lijnen
app-hatch-level = Liggende lijnen
app-hatch-upright = Staande lijnen
app-hatch-crossed = Kruisende lijnen
app-hatch-grid = Raster
app-hatch-dots = Stippen
app-shape-star = Ster
app-shape-cross = Kruis
app-look-tinted = Getint met rand
app-look-filled = Gevuld met lichte rand
app-look-outline = Alleen een rand
app-look-boundary = Grenslijn
app-look-hatched = Gearceerd
app-look-ink = Inkt
app-look-line = Lijn
app-look-thin = Dunne lijn
app-look-bold = Dikke lijn
app-look-dashed = Streepjes
app-look-dotted = Puntjes
app-look-dot = Punt met lichte rand
app-look-small = Kleine punt
app-look-large = Grote punt
app-look-ring = Ring
app-look-glass = Doorschijnend
app-method-natural = Natuurlijke grenzen
app-method-quantile = Kwantielen
app-method-equal = Gelijke stappen
app-method-pretty = Ronde getallen
app-method-deviation = Standaardafwijking
app-method-head-tail = Kop en staart
app-method-by-hand = Met de hand
app-method-natural-about = Getallen die dicht bij elkaar liggen komen samen (Jenks, exact berekend)
app-method-quantile-about = In elke klasse evenveel objecten
app-method-equal-about = Elke klasse even breed
app-method-pretty-about = Ongeveer zoveel klassen, met ronde getallen als grens
app-method-deviation-about = Hoever van het gemiddelde, in standaardafwijkingen
app-method-head-tail-about = Voor veel kleine en weinig grote getallen: telkens wat boven het gemiddelde ligt
app-method-by-hand-about = Je zette de grenzen zelf
app-ramp = Kleurenreeks
app-ramp-turn = Kleuren omkeren
app-ramp-about = { $count ->
    [one] Berekend voor 1 klasse
   *[other] Berekend voor { $count } klassen
}: kleurverschillen (CIEDE2000) zoals mensen met deutan-, protan- en tritanblindheid ze zien, en stappen in lichtheid
app-ramp-safe = Veilig voor kleurenblinden
app-ramp-not-safe = Niet veilig voor kleurenblinden
app-ramp-grey = Leesbaar in zwart-wit
app-ramp-not-grey = Niet leesbaar in zwart-wit
app-ramp-only-safe = Alleen veilig voor kleurenblinden
app-ramp-only-grey = Alleen leesbaar in zwart-wit
app-ramp-none = Geen enkele met { $count } klassen
app-ramp-too-few = Deze reeks heeft { $count } kleuren: daarna beginnen ze opnieuw
app-ramp-sequential = Van weinig naar veel
app-ramp-diverging = Rond een midden
app-ramp-qualitative = Soorten
app-class-grip = ‘{ $name }’ verplaatsen: slepen, of Alt met een pijl
app-class-hide = ‘{ $name }’ verbergen
app-class-show = ‘{ $name }’ tonen
app-class-label = Naam van ‘{ $name }’ in de legende
app-class-color = Kleur van ‘{ $name }’
app-class-upper = Bovengrens van ‘{ $name }’
app-class-up-to = tot en met
app-rules-about = De eerste regel waaraan een object voldoet, bepaalt hoe het eruitziet.
app-rule-add = Regel toevoegen
app-rule-others = De rest ook tonen
app-rule-hide = Regel { $number } verbergen
app-rule-show = Regel { $number } tonen
app-rule-up = Regel { $number } omhoog
app-rule-down = Regel { $number } omlaag
app-rule-remove = Regel { $number } verwijderen
app-rule-label = Naam van regel { $number } in de legende
app-rule-label-hint = Naam in de legende
app-rule-condition = Voorwaarde van regel { $number }
app-rule-condition-hint = bv. capaciteit > 500
app-rule-look = Symbool van regel { $number }
app-size-by = Grootte volgens een getal
app-size-by-about = De oppervlakte van elk symbool is evenredig met het getal
app-size-largest = Grootste symbool
app-size-without = { $count ->
    [one] 1 object zonder getal boven 0 heeft geen symbool
   *[other] { $count } objecten zonder getal boven 0 hebben geen symbool
}
app-size-beyond = { $count ->
    [one] 1 getal is groter dan dat van het grootste symbool
   *[other] { $count } getallen zijn groter dan dat van het grootste symbool
}
app-work-classes = Klassen van ‘{ $name }’ zoeken
app-legend = Legende
app-legend-more = Legende: meer
app-legend-title = Titel van de legende
app-legend-usual = Legende
app-legend-only-in-view = Alleen klassen in beeld
app-legend-counts = Aantallen tonen
app-legend-hide = Legende verbergen
app-legend-fold = Legende inklappen
app-legend-unfold = Legende uitklappen
app-legend-layer = Stijl van ‘{ $name }’ aanpassen
app-style-fill-color = Kleur van de vulling
app-style-stroke-color = Kleur van de rand
app-style-line-color = Kleur van de lijn
app-vision = Bekijken als
app-vision-usual = Gewoon
app-vision-deutan = Deutan (groenblind)
app-vision-protan = Protan (roodblind)
app-vision-tritan = Tritan (blauwblind)
app-vision-grey = Zwart-witkopie
app-vision-usual-about = Zoals de meeste mensen de kaart zien
app-vision-deutan-about = Zonder groene kegeltjes: ongeveer één man op zestien ziet zo, of bijna zo
app-vision-protan-about = Zonder rode kegeltjes: ongeveer één man op vijftig ziet zo, of bijna zo
app-vision-tritan-about = Zonder blauwe kegeltjes: zeldzaam
app-vision-grey-about = Zoals een kopieermachine of een printer zonder kleur de kaart weergeeft
app-vision-now = Bekeken als: { $name }
app-vision-back = Gewoon bekijken
app-style-icon = Teken
app-icon-none = Geen teken
app-icon-parking = Parking
app-icon-bike = Fiets
app-icon-bus = Bus
app-icon-tram = Tram
app-icon-tree = Boom
app-icon-sheep = Schaap
app-icon-book = Boek (studeren)
app-icon-school = School
app-icon-playground = Speeltuin
app-icon-toilet = Toilet
app-icon-house = Huis
app-icon-building = Gebouw
app-icon-water = Water
app-icon-care = Ziekenhuis
app-icon-heart = Hart
app-icon-cup = Koffie
app-icon-bin = Afval
app-icon-charge = Laadpaal
app-icon-sports = Sport
app-icon-church = Kerk
app-icon-camera = Bezienswaardigheid
app-icon-flag = Vlag
app-icon-warning = Opgelet
app-points-as = Punten tonen als
app-points-each = Elk apart
app-points-heat = Warmtekaart
app-points-clusters = Clusters
app-points-hexagons = Zeshoeken
app-points-busy = De punten worden geteld…
app-points-placeless = { $count ->
    [one] 1 rij heeft geen punt en telt niet mee
   *[other] { $count } rijen hebben geen punt en tellen niet mee
}
app-points-weightless = { $count ->
    [one] 1 punt heeft geen bruikbaar getal en telt niet mee
   *[other] { $count } punten hebben geen bruikbaar getal en tellen niet mee
}
app-heat-radius = Straal
app-heat-radius-about = Tot hoe ver rond een plek punten meetellen, in meter op het terrein: groter toont het grote patroon, kleiner de details
app-heat-weight = Telt voor
app-heat-weight-one = Elk punt voor één
app-heat-fixed = Vaste schaal
app-heat-fixed-about = De laatste kleur blijft voor dezelfde dichtheid staan, ook als de filter of de gegevens veranderen: zo kun je kaarten vergelijken
app-heat-top = Dichtheid van de laatste kleur
app-heat-kernel = Dichtheid met de quartische kern (Silverman 1986), zoals in QGIS. De waarden zijn per vierkante kilometer op het terrein.
app-clusters-within = Samen binnen
app-clusters-within-about = Punten die op het scherm dichter bij elkaar liggen dan dit, worden één cirkel met hun aantal
app-clusters-largest = Grootste cirkel
app-clusters-about = De oppervlakte van een cirkel volgt het aantal. Klik op een cirkel om in te zoomen op de punten.
app-hexagons-size = Breedte
app-hexagons-size-about = Van de ene zijde van een zeshoek tot de zijde ertegenover, in meter op het terrein
app-hexagons-of = Toont
app-hexagons-count = Aantal punten
app-hexagons-sum = Som van een veld
app-hexagons-mean = Gemiddelde van een veld
app-work-crowds = Punten samen tonen
app-hexagon-sum = Som van { $field }: { $number }
app-hexagon-mean = Gemiddelde van { $field }: { $number }

# Styles as files, for QGIS
app-layer-style-read = Stijl uit QGIS lezen (.qml)…
app-layer-style-save = Stijl voor QGIS bewaren (.qml)…
app-qml-read-title = Stijl uit QGIS lezen
app-qml-read-what = Een stijl die in QGIS bewaard is (.qml): symbolen, klassen, regels en labels. Wat hier niet bestaat, wordt opgesomd.
app-qml-path = Stijl van QGIS
app-qml-read-do = Lezen
app-qml-save-title = Stijl voor QGIS bewaren
app-qml-read = De stijl ‘{ $name }’ is gelezen
app-qml-read-told = { $count ->
        [one] De stijl ‘{ $name }’ is gelezen, op één zaak na
       *[other] De stijl ‘{ $name }’ is gelezen, op { $count } zaken na
    }
app-qml-saved = De stijl ‘{ $name }’ is bewaard
app-qml-saved-told = { $count ->
        [one] De stijl ‘{ $name }’ is bewaard, op één zaak na
       *[other] De stijl ‘{ $name }’ is bewaard, op { $count } zaken na
    }
app-qml-told-show = Tonen
app-qml-told-title = Stijl ‘{ $name }’: wat anders is
app-work-style = Stijl lezen of bewaren
app-qml-beside = Naast ‘{ $name }’ ligt een stijl van QGIS
app-qml-beside-use = Die stijl gebruiken
app-style-name = Stijl onder een naam bewaren…
app-style-name-title = Stijl bewaren
app-style-name-label = Naam van de stijl
app-style-name-where = De stijl komt in het menu van elke laag, in elk project.
app-style-name-taken = Er is al een stijl met die naam: hij wordt vervangen.
app-style-named = Bewaarde stijlen
app-style-named-use = Stijl ‘{ $name }’ gebruiken
app-style-named-forget = Bewaarde stijl ‘{ $name }’ verwijderen
app-style-for-data = Voortaan voor deze gegevens gebruiken
app-style-for-data-about = Als je dit bestand of deze dataset later opent, krijgt de laag meteen deze stijl
app-style-for-data-used = ‘{ $name }’ heeft de stijl die je voor deze gegevens koos
app-style-heads = Pijlpunt
app-heads-none = Geen
app-heads-end = Einde
app-heads-start = Begin
app-heads-both = Beide
app-crossed-across = Van links naar rechts
app-crossed-up = Van onder naar boven
app-crossed-steps = Klassen van ‘{ $field }’
app-crossed-colors = Kleuren van de twee getallen
app-crossed-turn = Kleuren van de twee getallen wisselen
app-crossed-classes = Namen en kleuren van de klassen
app-crossed-about = Wat voor beide getallen hoog of laag is, springt eruit. Kies liefst getallen die je kunt vergelijken: per inwoner of per km².
