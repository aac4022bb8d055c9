# De figuur
figure-legend = Legende
figure-made = Kaart gemaakt met Belfort op { $date }
figure-source = { $count ->
    [one] Bron
   *[other] Bronnen
}
figure-source-accessed = geraadpleegd op { $date }
figure-source-basemap = achtergrond: { $attribution }
figure-source-unknown = bron niet vermeld voor { $layers }

# Wat er mis kan gaan
figure-error-too-large = Een beeld van { $width } × { $height } pixels is te groot
figure-error-too-small = Een kaart van { $width } × { $height } punten is te klein
figure-error-no-view = Het kaartbeeld ligt niet op de kaart
figure-error-encoding = Het beeld kan niet als PNG bewaard worden: { $detail }

# Problemen
problem-figure-no-crs = Laag ‘{ $layer }’ staat niet op de figuur: het coördinatenstelsel is onbekend
problem-figure-not-placed = { $count ->
    [one] { $count } rij van laag ‘{ $layer }’ staat niet volledig op de figuur: de plaats is niet om te rekenen
   *[other] { $count } rijen van laag ‘{ $layer }’ staan niet volledig op de figuur: de plaats is niet om te rekenen
}
problem-figure-tiles-missing = { $count ->
    [one] { $count } tegel van de achtergrondkaart ontbreekt op de figuur
   *[other] { $count } tegels van de achtergrondkaart ontbreken op de figuur
}
problem-figure-tiles-coarse = { $count ->
    [one] { $count } tegel van de achtergrondkaart is vervangen door een grovere
   *[other] { $count } tegels van de achtergrondkaart zijn vervangen door grovere
}
problem-figure-glyphs = { $count ->
    [one] { $count } teken ontbreekt in de lettertypes en staat als een vakje op de figuur
   *[other] { $count } tekens ontbreken in de lettertypes en staan als vakjes op de figuur
}
problem-figure-text-cut = { $count ->
    [one] { $count } tekst is ingekort omdat hij niet op de figuur past
   *[other] { $count } teksten zijn ingekort omdat ze niet op de figuur passen
}
problem-figure-labels = { $count ->
    [one] Van laag ‘{ $layer }’ is er voor 1 label geen plaats op de figuur
   *[other] Van laag ‘{ $layer }’ is er voor { $count } labels geen plaats op de figuur
}
problem-figure-labels-failed = De labels van laag ‘{ $layer }’ staan niet op de figuur: { $detail }

# Het blad
sheet-untitled = Kaart
sheet-the-map = de kaart
sheet-north = N
sheet-south = Z
sheet-north-letter = N
sheet-check-line = Deze lijn is { $length } mm lang. Meet je iets anders, dan heeft de printer het blad geschaald.
sheet-statement-local = { $scale } op de grond bij { $latitude }, in alle richtingen. Transversale Mercator rond dit blad; grootste schaalfout { $error }.
sheet-statement-lambert72 = { $scale } in Belgisch Lambert 72 (EPSG:31370), bij { $latitude }; op de grond wijkt de schaal hoogstens { $error } af.
sheet-statement-lambert2008 = { $scale } in Belgisch Lambert 2008 (EPSG:3812), bij { $latitude }; op de grond wijkt de schaal hoogstens { $error } af.
sheet-statement-screen = { $scale } op de grond midden op de kaart, bij { $latitude }. Webmercator, zoals op het scherm; elders wijkt de schaal tot { $error } af.
sheet-fits = Past op { $paper } op schaal { $scale }
sheet-fits-largest = { $scale } is de grootste ronde schaal waarop { $name } op { $paper } past
sheet-does-not-fit = Op schaal { $scale } past { $name } niet helemaal op { $paper }
sheet-does-not-fit-but = Op schaal { $scale } past { $name } niet helemaal op { $paper }; op { $larger } wel
sheet-error-no-place = Wat je wilt afdrukken heeft geen plaats op de kaart
sheet-error-paper-too-small = Het papier is te klein voor alles wat op het blad moet: neem groter papier, of laat onderdelen weg
sheet-error-no-scale = 1:{ $scale } is geen schaal om af te drukken
sheet-error-kind = Van een blad kan geen bestand van dit soort gemaakt worden
sheet-error-kind-remedy = Kies een naam die eindigt op .pdf, .svg, .png of .jpg
sheet-error-nothing = Er is niets om af te drukken: geen enkele laag kon geopend worden
sheet-error-no-areas = In ‘{ $areas }’ voldoet geen enkel object aan { $sql }
problem-sheet-basemap-rules = De achtergrondkaart is grover dan het papier toelaat: ‘{ $basemap }’ staat geen grote afdrukken toe
page-layer-basemap = Achtergrondkaart
page-layer-labels = Labels
sheet-counts = In dit gebied: { $counts }
sheet-error-too-many-pages = Een atlas van { $pages } bladen is te groot: filter de laag tot hoogstens 1000 objecten
sheet-error-no-layer = Er is geen laag ‘{ $name }’
problem-figure-layers = { $count ->
    [one] 1 laag staat er nog niet op: ze wordt nog gelezen, of kon niet gelezen worden
   *[other] { $count } lagen staan er nog niet op: ze worden nog gelezen, of konden niet gelezen worden
}
sheet-own-points = Plaatsen
problem-sheet-unnamed = { $count ->
    [one] 1 object van laag ‘{ $layer }’ heeft geen naam, en dus geen nummer
   *[other] { $count } objecten van laag ‘{ $layer }’ hebben geen naam, en dus geen nummer
}
problem-sheet-too-many-numbers = { $count ->
    [one] 1 object van laag ‘{ $layer }’ heeft geen nummer: meer dan 2000 nummers zijn niet te lezen
   *[other] { $count } objecten van laag ‘{ $layer }’ hebben geen nummer: meer dan 2000 nummers zijn niet te lezen
}
problem-sheet-no-order-field = Laag ‘{ $layer }’ heeft geen veld ‘{ $field }’: de nummers volgen de namen
problem-sheet-numbers-together = { $count ->
    [one] 1 genummerd punt ligt op de plaats van een ander: de nummers staan naast elkaar
   *[other] { $count } genummerde punten liggen op dezelfde plaats als een ander: hun nummers staan naast elkaar
}
problem-sheet-covered = { $count ->
    [one] 1 object van laag ‘{ $layer }’ ligt onder een kader op het blad, zoals de legende: verplaats het kader of de kaart
   *[other] { $count } objecten van laag ‘{ $layer }’ liggen onder een kader op het blad, zoals de legende: verplaats het kader of de kaart
}
problem-sheet-numbers-crowded = { $count ->
    [one] Voor 1 nummer is er geen vrije plaats: het bedekt iets anders
   *[other] Voor { $count } nummers is er geen vrije plaats: ze bedekken iets anders
}
problem-sheet-points-outside = { $count ->
    [one] 1 eigen punt ligt buiten de kaart
   *[other] { $count } eigen punten liggen buiten de kaart
}
sheet-tiles = { $count } { $paper }-bladen ({ $columns } × { $rows })
sheet-tiles-overview = { $tiles }, met { $overlap } mm overlap. Knip en kleef van linksboven naar rechtsonder.
sheet-tile = Rij { $row }, kolom { $column } – van { $rows } rijen en { $columns } kolommen
sheet-tile-cut-both = Knip de linker- en de bovenrand weg langs de streepjes.
sheet-tile-cut-left = Knip de linkerrand weg langs de streepjes.
sheet-tile-cut-top = Knip de bovenrand weg langs de streepjes.
sheet-tile-glue = Kleef het volgende blad met zijn rand op de pijltjes.
sheet-tile-check = { $length } mm: meet na
problem-sheet-not-tiled = { $count ->
    [one] Het blad staat op zijn eigen papier: het is niet groter dan het kleinere papier, of het zou meer dan 400 bladen vragen
   *[other] { $count } bladen staan op hun eigen papier: ze zijn niet groter dan het kleinere papier, of ze zouden meer dan 400 bladen vragen
}
problem-sheet-no-sum-field = Veld ‘{ $field }’ van laag ‘{ $layer }’ is niet op te tellen: het is er niet, of het bevat geen getallen
problem-sheet-no-logo = Het logo staat niet op het blad: { $path } is er niet, of is geen PNG, JPEG of SVG
sheet-error-no-sheet = Er is geen blad ‘{ $name }’; wel: { $known }
problem-sheet-logo-letters = De letters van het logo staan er niet op: bewaar de SVG met tekst als paden
problem-sheet-index-empty = Van laag ‘{ $layer }’ ligt er niets met een naam op de kaart: er is geen register
problem-figure-no-basemap = De achtergrondkaart ontbreekt: haar bestand kan niet worden geopend
