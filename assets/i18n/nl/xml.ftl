# KML, GPX en GML
error-xml = Het XML-bestand is niet leesbaar: { $what }
xml-ends-early = het bestand houdt halverwege op
xml-bad-markup = hier staat iets dat geen XML is
xml-too-deep = de elementen zitten te diep in elkaar
remedy-xml = Herstel het bestand op deze plaats in een teksteditor, of haal het opnieuw op
problem-xml-cut-off = Vanaf hier kon het bestand niet gelezen worden: { $what }. Wat ervoor stond, is behouden
problem-xml-encoding-unknown = Het bestand noemt een onbekende tekencodering: { $label }
problem-xml-encoding-differs = Het bestand zegt dat het in { $declared } staat, maar is als { $used } gelezen
problem-xml-not-closed = { $count ->
    [one] { $count } element is niet gesloten
   *[other] { $count } elementen zijn niet gesloten
}
problem-xml-not-opened = { $count ->
    [one] { $count } element is gesloten zonder dat het geopend was
   *[other] { $count } elementen zijn gesloten zonder dat ze geopend waren
}
problem-xml-entity = { $count ->
    [one] { $count } verwijzing die XML niet zelf kent (zoals &nbsp;) staat in de tekst zoals ze geschreven is
   *[other] { $count } verwijzingen die XML niet zelf kent (zoals &nbsp;) staan in de tekst zoals ze geschreven zijn
}
problem-xml-joined = { $count ->
    [one] { $count } waarde komt bij een rij met al een waarde voor dat veld; ze staan achter elkaar, met een puntkomma ertussen
   *[other] { $count } waarden komen bij een rij met al een waarde voor dat veld; ze staan achter elkaar, met een puntkomma ertussen
}
problem-xml-not-kept = { $count ->
    [one] Niet overgenomen: { $count } element ‘{ $name }’
   *[other] Niet overgenomen: { $count } elementen ‘{ $name }’
}
problem-xml-other-kind = { $count ->
    [one] Veld ‘{ $field }’: { $count } waarde is niet van het type dat het bestand belooft; het type volgt uit de waarden
   *[other] Veld ‘{ $field }’: { $count } waarden zijn niet van het type dat het bestand belooft; het type volgt uit de waarden
}
problem-xml-characters = { $count ->
    [one] Veld ‘{ $field }’: { $count } stuurteken valt weg, want in XML kan het niet staan
   *[other] Veld ‘{ $field }’: { $count } stuurtekens vallen weg, want in XML kunnen ze niet staan
}
problem-xml-empty-text = { $count ->
    [one] Veld ‘{ $field }’: { $count } lege tekst zal als geen waarde gelezen worden
   *[other] Veld ‘{ $field }’: { $count } lege teksten zullen als geen waarde gelezen worden
}
problem-xml-as-text = Veld ‘{ $field }’ wordt als tekst geschreven: het formaat heeft geen datums
problem-xml-empty-geometry = { $count ->
    [one] { $count } rij met een lege geometrie wordt zonder plaats geschreven
   *[other] { $count } rijen met een lege geometrie worden zonder plaats geschreven
}
problem-xml-measures-dropped = { $count ->
    [one] { $count } rij verliest haar M-waarden, die dit formaat niet kent
   *[other] { $count } rijen verliezen hun M-waarden, die dit formaat niet kent
}
problem-export-crs-transformed = De coördinaten worden omgerekend naar { $crs }: { $format } kent geen ander stelsel
error-export-only-wgs84 = Dit formaat kent alleen lengte en breedte in WGS 84
remedy-choose-wgs84 = Kies WGS 84 (EPSG:4326)

# KML en KMZ
error-not-kml = Dit is geen KML: het begint niet met een element ‘kml’
remedy-xml-empty = Kijk of het het juiste bestand is, of haal het opnieuw op
error-kmz-without-kml = In dit KMZ-bestand zit geen KML
problem-kmz-other-kml = { $count ->
    [one] { $count } ander KML-bestand in het KMZ-bestand is niet gelezen; pak het uit om het te openen
   *[other] { $count } andere KML-bestanden in het KMZ-bestand zijn niet gelezen; pak het uit om ze te openen
}
problem-kmz-other-files = { $count ->
    [one] { $count } ander bestand in het KMZ-bestand (een pictogram of beeld) is niet gelezen
   *[other] { $count } andere bestanden in het KMZ-bestand (pictogrammen, beelden) zijn niet gelezen
}
problem-kml-links = { $count ->
    [one] { $count } verwijzing naar een ander bestand (NetworkLink) is niet gevolgd
   *[other] { $count } verwijzingen naar andere bestanden (NetworkLink) zijn niet gevolgd
}
problem-kml-overlays = { $count ->
    [one] { $count } beeld over de kaart (overlay) is niet gelezen
   *[other] { $count } beelden over de kaart (overlays) zijn niet gelezen
}
problem-kml-models = { $count ->
    [one] { $count } 3D-model is niet gelezen
   *[other] { $count } 3D-modellen zijn niet gelezen
}
problem-kml-style-elsewhere = { $count ->
    [one] De stijl van { $count } rij staat niet in het bestand: { $url }
   *[other] De stijl van { $count } rijen staat niet in het bestand: { $url }
}
problem-kml-color = { $count ->
    [one] { $count } kleur is niet leesbaar: ‘{ $text }’
   *[other] { $count } kleuren zijn niet leesbaar: ‘{ $text }’
}
problem-kml-icon = { $count ->
    [one] Het pictogram van { $count } rij wordt niet getoond: { $icon }
   *[other] Het pictogram van { $count } rijen wordt niet getoond: { $icon }
}
problem-kml-labels = { $count ->
    [one] Hoe het opschrift van { $count } rij eruitziet, is niet overgenomen
   *[other] Hoe de opschriften van { $count } rijen eruitzien, is niet overgenomen
}
problem-kml-long-integer = { $count ->
    [one] Veld ‘{ $field }’: { $count } geheel getal is zo lang dat andere programma’s het veld als tekst lezen
   *[other] Veld ‘{ $field }’: { $count } gehele getallen zijn zo lang dat andere programma’s het veld als tekst lezen
}
problem-kml-collection = { $count ->
    [one] { $count } verzameling van geometrieën krijgt een andere vorm: KML kent maar één soort groep
   *[other] { $count } verzamelingen van geometrieën krijgen een andere vorm: KML kent maar één soort groep
}

# GPX
error-not-gpx = Dit is geen GPX: het begint niet met een element ‘gpx’
problem-gpx-bad-point = { $count ->
    [one] { $count } punt van een route of spoor heeft geen leesbare plaats en is weggelaten uit de lijn
   *[other] { $count } punten van een route of spoor hebben geen leesbare plaats en zijn weggelaten uit de lijn
}
problem-gpx-rings = { $count ->
    [one] { $count } rij met vlakken wordt als spoor van de omtrek geschreven: GPX kent geen vlakken
   *[other] { $count } rijen met vlakken worden als sporen van de omtrek geschreven: GPX kent geen vlakken
}
problem-gpx-points = { $count ->
    [one] { $count } rij met meer dan één punt wordt een waypoint voor elk punt
   *[other] { $count } rijen met meer dan één punt worden een waypoint voor elk punt
}
problem-gpx-collection-split = { $count ->
    [one] { $count } rij met punten en lijnen wordt gesplitst in waypoints en een spoor
   *[other] { $count } rijen met punten en lijnen worden gesplitst in waypoints en sporen
}
problem-gpx-track-points = { $count ->
    [one] { $count } punt met het nummer van een spoor wordt als deel van dat spoor geschreven
   *[other] { $count } punten met het nummer van een spoor worden als delen van die sporen geschreven
}
problem-gpx-split = Punten en lijnen komen in aparte lagen van het bestand: waypoints en sporen
problem-gpx-multi = { $count ->
    [one] { $count } lijn wordt als spoor geschreven, en zal als MultiLineString gelezen worden
   *[other] { $count } lijnen worden als sporen geschreven, en zullen als MultiLineString gelezen worden
}

# TopoJSON
error-not-topojson = Dit is geen TopoJSON: er zitten geen lagen (objects) in
error-topojson-transform = De schaal en verschuiving (transform) van dit TopoJSON-bestand zijn niet leesbaar
error-topojson-arcs = De vormen in dit TopoJSON-bestand gebruiken dezelfde bogen onwaarschijnlijk vaak
error-topojson-by-name = Dit is TopoJSON
remedy-topojson-by-name = Geef het bestand de extensie .topojson en open het opnieuw
problem-topojson-objects = { $count ->
    [one] { $count } laag is niet gelezen omdat het bestand er te veel heeft
   *[other] { $count } lagen zijn niet gelezen omdat het bestand er te veel heeft
}

# GML
error-not-gml = Dit is geen GML: er zitten geen objecten in
error-gml-exception = Dit is geen GML, maar het antwoord van een dienst die geen data geeft: ‘{ $said }’
remedy-gml-exception = Vraag het de dienst opnieuw, of op een andere manier, en bewaar wat ze dan geeft
problem-gml-system-unknown = { $count ->
    [one] Het coördinatenstelsel ‘{ $name }’ is niet bekend
   *[other] Het coördinatenstelsel ‘{ $name }’ is niet bekend, { $count } keer
}
problem-gml-many-systems = { $count ->
    [one] { $count } coördinatenstelsel is niet opgezocht, omdat het bestand er te veel noemt
   *[other] { $count } coördinatenstelsels zijn niet opgezocht, omdat het bestand er te veel noemt
}
problem-gml-transformed = { $count ->
    [one] { $count } geometrie in { $crs } is omgerekend naar het stelsel van de laag
   *[other] { $count } geometrieën in { $crs } zijn omgerekend naar het stelsel van de laag
}
problem-gml-not-transformed = { $count ->
    [one] { $count } geometrie staat in een ander coördinatenstelsel dan de laag en kon niet omgerekend worden; ze is weggelaten
   *[other] { $count } geometrieën staan in een ander coördinatenstelsel dan de laag en konden niet omgerekend worden; ze zijn weggelaten
}
problem-gml-more-geometry = { $count ->
    [one] { $count } rij heeft nog een geometrie, ‘{ $field }’: die blijft bewaard als tekst (WKT)
   *[other] { $count } rijen hebben nog een geometrie, ‘{ $field }’: die blijft bewaard als tekst (WKT)
}
problem-gml-shape = { $count ->
    [one] { $count } geometrie van een soort die Belfort niet kan lezen (‘{ $name }’) is weggelaten
   *[other] { $count } geometrieën van een soort die Belfort niet kan lezen (‘{ $name }’) zijn weggelaten
}
problem-gml-references = { $count ->
    [one] { $count } verwijzing naar iets dat elders staat, is niet gevolgd
   *[other] { $count } verwijzingen naar iets dat elders staat, zijn niet gevolgd
}
problem-gml-layers = { $count ->
    [one] { $count } object is niet gelezen, omdat het bestand te veel soorten objecten heeft
   *[other] { $count } objecten zijn niet gelezen, omdat het bestand te veel soorten objecten heeft
}
problem-gml-incomplete = Het bestand heeft { $here } objecten, en zegt dat de dienst er { $all } heeft
problem-gml-truncated = De dienst zegt dat dit niet al haar objecten zijn

# GeoJSON-regels
problem-geojsonl-crs = De coördinaten blijven in { $crs }, maar dat kan in deze bestanden niet staan: andere programma’s zullen ze voor lengte en breedte houden
