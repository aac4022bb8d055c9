# Controle van de geometrie
check-severity-invalid = Ongeldig
check-severity-doubtful = Na te kijken
check-severity-note = Goed om te weten

check-count = { $rows ->
    [one] 1 object
   *[other] { $rows } objecten
}
check-count-places = { $places ->
    [one] 1 plaats
   *[other] { $places } plaatsen
} in { $rows ->
    [one] 1 object
   *[other] { $rows } objecten
}
check-at = { $x }; { $y }
check-with-row = zoals rij { $row }
check-with-overlap = { $area } met rij { $row }
check-times = { $times ->
    [one] 1 plaats
   *[other] { $times } plaatsen
}
check-more = { $count ->
    [one] en nog 1
   *[other] en nog { $count }
}

check-bad-coordinate = Coördinaat die geen getal is
check-bad-coordinate-about = Een positie zonder bruikbaar getal (NaN, oneindig of onmogelijk groot) ligt nergens. De rest van het object is niet nagekeken.
check-not-closed = Ring die niet gesloten is
check-not-closed-about = De laatste positie van een ring hoort de eerste te zijn. Sommige programma’s weigeren zo’n vlak.
check-too-few-positions = Te weinig posities
check-too-few-positions-about = Een ring heeft minstens drie verschillende posities nodig en de eerste nog eens; een lijn minstens twee.
check-zero-length = Lijn zonder lengte
check-zero-length-about = Alle posities van de lijn zijn dezelfde.
check-zero-area = Vlak zonder oppervlakte
check-zero-area-about = Alle posities van de ring liggen op één lijn.
check-self-intersection = Rand die zichzelf snijdt
check-self-intersection-about = De rand kruist zichzelf of loopt over zichzelf terug. Wat binnen en wat buiten ligt is dan niet duidelijk. Belfort tekent, meet en selecteert wat een oneven aantal keer omsloten is; andere programma’s doen het soms anders.
check-self-touch = Rand die zichzelf raakt
check-self-touch-about = De rand komt twee keer in hetzelfde punt. Een gat dat de rand raakt hoort een eigen ring te zijn.
check-rings-cross = Ringen van een vlak die elkaar snijden
check-rings-cross-about = De buitenrand en de gaten van een vlak mogen elkaar alleen in losse punten raken.
check-parts-cross = Delen die over elkaar liggen
check-parts-cross-about = De delen van één object snijden elkaar of delen een stuk rand. Ze mogen elkaar alleen in losse punten raken.
check-hole-outside = Gat buiten het vlak
check-hole-outside-about = Een gat hoort binnen de buitenrand van zijn vlak te liggen.
check-hole-in-hole = Gat in een gat
check-hole-in-hole-about = Een gat ligt in een ander gat van hetzelfde vlak.
check-part-in-part = Deel in een ander deel
check-part-in-part-about = Een deel van het object ligt helemaal in een ander deel.
check-inside-cut = Binnenkant die in stukken ligt
check-inside-cut-about = Ringen raken elkaar zo dat de binnenkant van het vlak geen geheel is. Het hoort uit meer delen te bestaan.
check-out-of-range = Lengte of breedte die niet bestaat
check-out-of-range-about = Een lengte gaat van −180° tot 180°, een breedte van −90° tot 90°. Misschien zijn x en y verwisseld, of is het coördinatenstelsel een ander.
check-outside-area = Buiten het gebied van het coördinatenstelsel
check-outside-area-about = Het coördinatenstelsel is niet gemaakt voor deze plek: afstanden en omzettingen kloppen er niet. Misschien is een coördinaat fout, of het stelsel een ander.
check-duplicate-feature = Dubbel object
check-duplicate-feature-about = De geometrie en alle kenmerken zijn dezelfde als die van een eerder object.
check-duplicate-geometry = Dubbele geometrie
check-duplicate-geometry-about = Het object ligt precies waar een ander ligt, maar met andere kenmerken. Dat kan juist zijn: twee zaken in één gebouw.
check-overlap = Objecten die over elkaar liggen
check-overlap-about = De vlakken van deze laag horen niet over elkaar te liggen.
check-spike = Scherpe punt in een rand
check-spike-about = De rand keert bijna op zichzelf terug, in een hoek van minder dan 1°. Meestal is dat een tekenfout.
check-duplicate-position = Positie die zich herhaalt
check-duplicate-position-about = Een positie is dezelfde als die ervoor. Dat schaadt niet, maar is overbodig.
check-duplicate-point = Punt dat twee keer in een object zit
check-duplicate-point-about = Een object van meer punten heeft er twee op dezelfde plek.
check-winding = Ring die andersom draait
check-winding-about = In GeoJSON draaien buitenranden tegen de klok in en gaten met de klok mee (RFC 7946), in een shapefile net andersom. De meeste programma’s, ook Belfort, kijken er niet naar; sommige webkaarten tekenen zo’n vlak binnenstebuiten.
check-sliver = Kleine overlapping
check-sliver-about = De vlakken liggen voor een heel klein stuk over elkaar: meestal is een grens twee keer getekend.
check-empty = Lege geometrie
check-empty-about = Het object heeft een soort geometrie, maar geen posities.
check-null = Geen geometrie
check-null-about = Het object heeft geen plaats op de kaart.

check-nothing = Niets gevonden
check-no-place = De laag heeft geen geometrie
check-pairs-left-out = { $count ->
    [one] Van 1 paar objecten kon de overlapping niet berekend worden
   *[other] Van { $count } paren objecten kon de overlapping niet berekend worden
}

# Herstel
problem-repair-bad = { $places ->
    [one] 1 positie die geen getal is weggelaten
   *[other] { $places } posities die geen getal zijn weggelaten
}, in { $count ->
    [one] 1 object
   *[other] { $count } objecten
}
problem-repair-range = { $places ->
    [one] 1 positie weggelaten waarvan de lengte of breedte niet bestaat
   *[other] { $places } posities weggelaten waarvan de lengte of breedte niet bestaat
}, in { $count ->
    [one] 1 object
   *[other] { $count } objecten
}
problem-repair-repeats = { $places ->
    [one] 1 positie weggelaten die zich herhaalde
   *[other] { $places } posities weggelaten die zich herhaalden
}, in { $count ->
    [one] 1 object
   *[other] { $count } objecten
}
problem-repair-twins = { $places ->
    [one] 1 dubbel punt weggelaten
   *[other] { $places } dubbele punten weggelaten
}, in { $count ->
    [one] 1 object
   *[other] { $count } objecten
}
problem-repair-closed = { $places ->
    [one] 1 ring gesloten
   *[other] { $places } ringen gesloten
}, in { $count ->
    [one] 1 object
   *[other] { $count } objecten
}
problem-repair-valid = { $count ->
    [one] 1 object geldig gemaakt: de rand loopt nu om wat de ringen omsluiten
   *[other] { $count } objecten geldig gemaakt: de rand loopt nu om wat de ringen omsluiten
}
problem-repair-turned = { $places ->
    [one] 1 ring omgekeerd
   *[other] { $places } ringen omgekeerd
}, in { $count ->
    [one] 1 object
   *[other] { $count } objecten
}
problem-repair-collapsed = { $places ->
    [one] 1 deel zonder oppervlakte of lengte weggelaten
   *[other] { $places } delen zonder oppervlakte of lengte weggelaten
}, in { $count ->
    [one] 1 object
   *[other] { $count } objecten
}
problem-repair-kept = { $places ->
    [one] 1 deel zonder oppervlakte of lengte bewaard als lijn of punt
   *[other] { $places } delen zonder oppervlakte of lengte bewaard als lijn of punt
}, in { $count ->
    [one] 1 object
   *[other] { $count } objecten
}
problem-repair-lost = { $count ->
    [one] 1 object heeft geen geometrie meer: er bleef niets van over
   *[other] { $count } objecten hebben geen geometrie meer: er bleef niets van over
}
problem-repair-duplicate = { $count ->
    [one] 1 dubbel object weggelaten
   *[other] { $count } dubbele objecten weggelaten
}
problem-repair-not = { $count ->
    [one] 1 object kon niet hersteld worden en is gebleven zoals het was
   *[other] { $count } objecten konden niet hersteld worden en zijn gebleven zoals ze waren
}

# Opdrachtregel
cli-about-check = Kijkt of de geometrie in bestanden geldig is, en wat er verdacht aan is
cli-check-exit-status = Eindcode: 0 gelukt, 1 mislukt (met --strict ook als er iets ongeldig of verdacht is), 2 verkeerd gebruik.
cli-value-count = AANTAL
cli-help-check = Kijk ook of de geometrie geldig is
cli-help-overlaps = Zoek ook vlakken van een laag die over elkaar liggen
cli-help-sliver = Met --overlaps: kleinere overlappingen apart tellen, in vierkante meter (1 als niets is opgegeven)
cli-help-limit = Hoeveel objecten van elke soort genoemd worden (10, in JSON 1000, als niets is opgegeven)
cli-help-strict = Eindcode 1 als er iets ongeldig of verdacht is
cli-help-repair = Herstel de geometrie: geldige vlakken, gesloten ringen, geen dubbele posities, buitenranden tegen de klok in
cli-help-keep-collapsed = Met --repair: bewaar vlakken zonder oppervlakte als lijn en lijnen zonder lengte als punt
cli-help-drop-duplicates = Met --repair: laat objecten weg die in alles gelijk zijn aan een eerder object
cli-invalid-features = { $count } ongeldig
cli-found = Gevonden
cli-check = Controle
