# FlatGeobuf en GeoParquet
flatgeobuf-error-magic = Dit is geen FlatGeobuf-bestand: zo begint dat niet
flatgeobuf-error-magic-remedy = Geef het bestand de extensie van zijn eigen formaat, of haal het opnieuw op
flatgeobuf-error-header = De hoofding van het bestand is beschadigd
flatgeobuf-error-index = Het bestand houdt op midden in zijn ruimtelijke index
flatgeobuf-error-changed = Het bestand veranderde terwijl het gelezen werd
flatgeobuf-error-too-many-cells = Het bestand geeft meer waarden op dan erin passen: het is beschadigd
flatgeobuf-error-too-many-fields = Een FlatGeobuf-bestand heeft hoogstens { $limit } velden
flatgeobuf-error-feature-too-big = Deze rij is groter dan 2 GB; dat past niet in FlatGeobuf
problem-columnar-binary = { $count ->
    [one] Veld ‘{ $field }’: { $count } waarde van bytes is weggelaten
   *[other] Veld ‘{ $field }’: { $count } waarden van bytes zijn weggelaten
}
problem-columnar-no-crs = Het coördinatenstelsel is niet bekend, en dus zegt het bestand het niet
problem-flatgeobuf-cut-off = Het bestand is beschadigd: wat volgt kon niet gelezen worden
problem-flatgeobuf-missing = { $count ->
    [one] { $count } rij ontbreekt: het bestand heeft er minder dan het zegt
   *[other] { $count } rijen ontbreken: het bestand heeft er minder dan het zegt
}
problem-flatgeobuf-more-bytes = { $count ->
    [one] { $count } byte na de laatste rij is niet gelezen
   *[other] { $count } bytes na de laatste rij zijn niet gelezen
}
problem-flatgeobuf-bad-feature = { $count ->
    [one] { $count } rij is beschadigd; ze heeft geen plaats en geen waarden
   *[other] { $count } rijen zijn beschadigd; ze hebben geen plaats en geen waarden
}
problem-flatgeobuf-bad-index = { $count ->
    [one] De ruimtelijke index klopt niet voor { $count } rij; die is niet gelezen
   *[other] De ruimtelijke index klopt niet voor { $count } rijen; die zijn niet gelezen
}
problem-flatgeobuf-bad-properties = { $count ->
    [one] { $count } rij heeft waarden die niet te lezen zijn; vanaf de eerste daarvan zijn ze leeg
   *[other] { $count } rijen hebben waarden die niet te lezen zijn; vanaf de eerste daarvan zijn ze leeg
}
problem-flatgeobuf-times = { $count ->
    [one] { $count } rij heeft een tijdstip bij elke positie; die tijdstippen zijn weggelaten
   *[other] { $count } rijen hebben een tijdstip bij elke positie; die tijdstippen zijn weggelaten
}
problem-flatgeobuf-own-columns = { $count ->
    [one] { $count } rij heeft eigen velden; die zijn niet gelezen
   *[other] { $count } rijen hebben eigen velden; die zijn niet gelezen
}
problem-flatgeobuf-value-again = { $count ->
    [one] Veld ‘{ $field }’: { $count } rij heeft twee waarden; de laatste telt
   *[other] Veld ‘{ $field }’: { $count } rijen hebben meer dan één waarde; de laatste telt
}
problem-flatgeobuf-order = De rijen staan in een andere volgorde, naar waar ze liggen: de ruimtelijke index heeft dat nodig
problem-flatgeobuf-empty = { $count ->
    [one] { $count } rij met een lege geometrie is zonder geometrie geschreven
   *[other] { $count } rijen met een lege geometrie zijn zonder geometrie geschreven
}
problem-flatgeobuf-no-place = { $count ->
    [one] { $count } rij zonder plaats blijft staan, maar programma's die FlatGeobuf via Arrow lezen (GDAL tot 3.12) struikelen erover
   *[other] { $count } rijen zonder plaats blijven staan, maar programma's die FlatGeobuf via Arrow lezen (GDAL tot 3.12) struikelen erover
}
geoparquet-error-magic = Dit is geen Parquet-bestand: zo begint dat niet
geoparquet-error-magic-remedy = Geef het bestand de extensie van zijn eigen formaat, of haal het opnieuw op
geoparquet-error-cut-off = Het bestand houdt op voor zijn inhoud ten einde is
geoparquet-error-encrypted = Het bestand is versleuteld
geoparquet-error-footer = De inhoudsopgave achteraan in het bestand is beschadigd: { $detail }
geoparquet-error-rows = Het bestand zegt { $rows } rijen te hebben, meer dan erin kunnen zitten
geoparquet-error-too-big = De kolom is uitgepakt veel groter dan in het bestand kan zitten
geoparquet-error-column = De kolom is niet te lezen: { $detail }
geoparquet-error-encoding = De kolom zou plaatsen moeten bevatten, maar is van het type { $type }
geoparquet-error-place-too-big = Een plaats is groter dan 2 GB; dat past niet in Parquet
problem-columnar-bad-date = { $count ->
    [one] Veld ‘{ $field }’: { $count } datum ligt te lang geleden of te ver weg, en is leeg gelaten
   *[other] Veld ‘{ $field }’: { $count } datums liggen te lang geleden of te ver weg, en zijn leeg gelaten
}
problem-geoparquet-finer = { $count ->
    [one] Veld ‘{ $field }’: { $count } tijdstip is fijner dan een milliseconde; de rest is weggelaten
   *[other] Veld ‘{ $field }’: { $count } tijdstippen zijn fijner dan een milliseconde; de rest is weggelaten
}
problem-geoparquet-zone = Veld ‘{ $field }’: de tijdstippen staan in UTC, niet in { $zone }
problem-geoparquet-bad-metadata = Wat het bestand over zijn plaatsen zegt, is niet te begrijpen
problem-geoparquet-column-not-understood = De kolom ‘{ $field }’ met plaatsen is er niet, of heeft een onbekende codering
problem-geoparquet-other-place = Het bestand heeft meer dan één plaats per rij; die van ‘{ $field }’ zijn als tekst bewaard (WKT)
problem-geoparquet-covering = De kolom ‘{ $field }’ is weggelaten: ze bevat de rechthoeken rond de plaatsen
problem-geoparquet-spherical = De randen zijn bedoeld als kortste wegen op een bol; ze worden als rechte lijnen getekend
problem-geoparquet-epoch = De posities gelden voor het jaar { $epoch }; daar wordt niet mee gerekend

# Bestanden op een webserver
remote-error-offline = Dit bestand staat op een webserver, en je werkt offline
remote-error-unreachable = De server is niet te bereiken: { $detail }
remote-error-status = De server geeft het bestand niet (status { $status })
remote-error-cut-off = Het antwoord van de server breekt af
remote-error-changed = Het bestand op de server is vervangen terwijl het gelezen werd, of de server geeft er geen delen meer van
remote-error-too-big = Het bestand is groter dan { $gigabytes } GB, te groot om in zijn geheel op te halen
remote-remedy-again = Probeer het opnieuw
remote-remedy-bbox = Vraag een deel ervan met --bbox
