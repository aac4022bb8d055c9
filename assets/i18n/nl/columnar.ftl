# FlatGeobuf en GeoParquet
flatgeobuf-error-magic = Dit is geen FlatGeobuf-bestand: zo begint dat niet
flatgeobuf-error-magic-remedy = Geef het bestand de extensie van zijn eigen formaat, of haal het opnieuw op
flatgeobuf-error-header = De hoofding van het bestand is beschadigd
flatgeobuf-error-index = Het bestand houdt op midden in zijn ruimtelijke index
flatgeobuf-error-too-many-fields = Een FlatGeobuf-bestand heeft hoogstens { $limit } velden
flatgeobuf-error-feature-too-big = Deze rij is groter dan 2 GB; dat past niet in FlatGeobuf
problem-columnar-binary = { $count ->
    [one] Veld “{ $field }”: { $count } waarde van bytes is weggelaten
   *[other] Veld “{ $field }”: { $count } waarden van bytes zijn weggelaten
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
    [one] Veld “{ $field }”: { $count } rij heeft twee waarden; de laatste telt
   *[other] Veld “{ $field }”: { $count } rijen hebben meer dan één waarde; de laatste telt
}
problem-flatgeobuf-order = De rijen staan in een andere volgorde, naar waar ze liggen: de ruimtelijke index heeft dat nodig
problem-flatgeobuf-empty = { $count ->
    [one] { $count } rij met een lege geometrie is zonder geometrie geschreven
   *[other] { $count } rijen met een lege geometrie zijn zonder geometrie geschreven
}
