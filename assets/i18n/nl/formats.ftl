# Plaatsen in een bestand
place-line = regel { $line }
place-line-column = regel { $line }, kolom { $column }
place-byte = byte { $byte }
place-row = rij { $row }
place-row-field = rij { $row }, veld ‘{ $field }’
place-field = veld ‘{ $field }’
place-member = in { $name }

# Fouten met bestanden
error-not-found = Het bestand bestaat niet
error-no-permission = U hebt geen toegang tot dit bestand
error-io = Het systeem meldt: { $detail }
error-cancelled = Geannuleerd
error-unknown-format = Belfort kent dit bestandsformaat niet
error-folder-without-data = In deze map staat geen gegevensbestand dat Belfort kan lezen
error-archive-without-data = In dit archief zit geen gegevensbestand dat Belfort kan lezen
error-archive-members = Het archief bevat meer dan { $limit } bestanden
error-archive-too-big = Het archief is uitgepakt groter dan { $limit } MB
error-bad-archive = Het .zip-archief is beschadigd: { $detail }
error-no-layer = Er is geen laag ‘{ $layer }’
error-cannot-write = Belfort schrijft geen { $format }
error-rows-do-not-fit = De selectie past niet bij de laag: { $detail }
error-export-without-crs = Het coördinatenstelsel van de laag is niet bekend, dus kan ze niet in een ander stelsel geschreven worden
remedy-known-extensions = Belfort opent { $extensions }
remedy-layers = De lagen zijn { $layers }
remedy-unpack = Pak het uit en open het bestand dat u nodig hebt
remedy-get-again = Haal het bestand opnieuw op bij de bron
remedy-choose-crs = Kies eerst het coördinatenstelsel van de laag
error-file-empty = Het bestand is leeg
error-web-page = Dit is een webpagina of XML, geen GeoJSON: misschien gaf de download een foutpagina
error-javascript = Dit is JavaScript, geen JSON: het begint met ‘{ $start }’
error-bad-json = De JSON is fout: { $what }
error-not-geojson = Dit is JSON, maar geen GeoJSON: er zitten geen objecten (features) in
error-other-json = Dit is { $format }, en dat leest Belfort niet
error-too-much-text = Een veld bevat meer dan 2 GB tekst
error-too-many-coordinates = Het bestand bevat meer coördinaten dan Belfort kan tellen
error-defect = Een fout in Belfort zelf: { $detail }
remedy-javascript = Verwijder alles vóór de eerste accolade en na de laatste, en bewaar het als .geojson
remedy-mend-json = Herstel het bestand op deze plaats in een teksteditor, of haal het opnieuw op
remedy-not-geojson = Vraag de bron om de GeoJSON-vorm
remedy-convert-to-geojson = Zet het eerst om naar GeoJSON, bijvoorbeeld met mapshaper of QGIS
remedy-smaller-parts = Splits het bestand in kleinere delen
json-ends-early = de tekst houdt halverwege op
json-expects-comma = hier wordt een komma of een sluithaak verwacht
json-expects-key = hier wordt een naam tussen dubbele aanhalingstekens verwacht
json-expects-colon = hier wordt een dubbelpunt verwacht
json-expects-value = hier wordt een waarde verwacht
json-bad-escape = dit is geen geldig escapeteken in een tekst
json-bad-number = dit is geen geldig getal
json-leading-zero = een getal mag niet met een nul beginnen
json-goes-on = het bestand gaat verder na zijn einde

# Problemen
problem-no-geometry = { $count ->
    [one] { $count } rij heeft geen plaats en staat niet op de kaart
   *[other] { $count } rijen hebben geen plaats en staan niet op de kaart
}
problem-file-not-read = { $count ->
    [one] { $count } bestand kon niet gelezen worden: { $what }
   *[other] { $count } bestanden konden niet gelezen worden: { $what }
}
problem-member-not-unpacked = { $count ->
    [one] { $count } bestand in het archief is beschadigd of vergrendeld en is overgeslagen
   *[other] { $count } bestanden in het archief zijn beschadigd of vergrendeld en zijn overgeslagen
}
problem-export-order-kept = Het bestand behoudt breedte vóór lengte, zoals in de bron
problem-not-transformed = { $count ->
    [one] { $count } rij verloor haar plaats: { $positions } posities kunnen niet omgerekend worden
   *[other] { $count } rijen verloren hun plaats: { $positions } posities kunnen niet omgerekend worden
}
problem-rows-not-written = { $count ->
    [one] { $count } rij is niet geschreven
   *[other] { $count } rijen zijn niet geschreven
}
problem-text-replaced = { $count ->
    [one] { $count } teken hoort niet bij de codering { $encoding } en werd �
   *[other] { $count } tekens horen niet bij de codering { $encoding } en werden �
}
problem-bad-coordinates = { $count ->
    [one] { $count } rij heeft onleesbare coördinaten, en dus geen plaats
   *[other] { $count } rijen hebben onleesbare coördinaten, en dus geen plaats
}
problem-geometry-type = { $count ->
    [one] { $count } rij heeft het onbekende geometrietype ‘{ $name }’, en dus geen plaats
   *[other] { $count } rijen hebben het onbekende geometrietype ‘{ $name }’, en dus geen plaats
}
problem-unclosed-ring = { $count ->
    [one] { $count } rand van een vlak eindigt niet waar hij begint
   *[other] { $count } randen van vlakken eindigen niet waar ze beginnen
}
problem-more-coordinates = { $count ->
    [one] { $count } positie heeft meer dan vier getallen; de overige zijn weggelaten
   *[other] { $count } posities hebben meer dan vier getallen; de overige zijn weggelaten
}
problem-nested-collection = { $count ->
    [one] { $count } verzameling in een verzameling is uit elkaar gehaald
   *[other] { $count } verzamelingen in een verzameling zijn uit elkaar gehaald
}
problem-duplicate-key = { $count ->
    [one] { $count } naam komt twee keer voor in één object
   *[other] { $count } namen komen twee keer voor in één object
}
problem-not-a-feature = { $count ->
    [one] { $count } item in de lijst is geen object (feature) en wordt een lege rij
   *[other] { $count } items in de lijst zijn geen objecten (features) en worden lege rijen
}
problem-feature-type = { $count ->
    [one] { $count } rij zegt niet dat ze een ‘Feature’ is
   *[other] { $count } rijen zeggen niet dat ze een ‘Feature’ zijn
}
problem-root-type = Het bestand zegt niet dat het een ‘FeatureCollection’ is, maar ‘{ $found }’
problem-foreign-member = { $count ->
    [one] Het onderdeel ‘{ $name }’ naast de eigenschappen van { $count } rij is niet gelezen
   *[other] Het onderdeel ‘{ $name }’ naast de eigenschappen van { $count } rijen is niet gelezen
}
problem-bad-id = { $count ->
    [one] { $count } rij heeft een identificatie die getal noch tekst is
   *[other] { $count } rijen hebben een identificatie die getal noch tekst is
}
problem-bad-properties = { $count ->
    [one] { $count } rij heeft eigenschappen die geen object zijn
   *[other] { $count } rijen hebben eigenschappen die geen object zijn
}
problem-too-many-fields = { $count ->
    [one] { $count } waarde is weggelaten omdat de laag te veel velden heeft
   *[other] { $count } waarden zijn weggelaten omdat de laag te veel velden heeft
}
problem-not-a-number = { $count ->
    [one] { $count } waarde is ‘geen getal’ of oneindig en is leeg gelaten
   *[other] { $count } waarden zijn ‘geen getal’ of oneindig en zijn leeg gelaten
}
problem-mixed-kinds = { $count ->
    [one] Veld ‘{ $field }’ mengt soorten: { $count } waarde werd tekst
   *[other] Veld ‘{ $field }’ mengt soorten: { $count } waarden werden tekst
}
problem-long-integer = { $count ->
    [one] Veld ‘{ $field }’ blijft tekst: { $count } geheel getal is te lang voor een getal
   *[other] Veld ‘{ $field }’ blijft tekst: { $count } gehele getallen zijn te lang voor een getal
}
problem-crs-not-understood = Het coördinatenstelsel in het bestand wordt niet begrepen: { $text }
problem-crs-link = Het coördinatenstelsel is elders beschreven ({ $link }), en de link is niet gevolgd
problem-crs-swapped = De breedte lijkt vóór de lengte te staan: dat is een gok op basis van de getallen
problem-crs-guessed = Het coördinatenstelsel is een gok op basis van de getallen: { $crs }
problem-crs-unknown = Het coördinatenstelsel is niet bekend
problem-number-not-finite = { $count ->
    [one] Veld ‘{ $field }’: { $count } waarde is ‘geen getal’ of oneindig en wordt leeg geschreven
   *[other] Veld ‘{ $field }’: { $count } waarden zijn ‘geen getal’ of oneindig en worden leeg geschreven
}
problem-geojson-no-crs = Het coördinatenstelsel is niet bekend: programma's zullen de getallen voor lengte en breedte nemen
problem-geojson-crs-member = Het bestand staat in { $crs } met een crs-onderdeel: dat is niet volgens de GeoJSON-standaard (RFC 7946), en sommige programma's zullen het verkeerd plaatsen
problem-position-not-finite = { $count ->
    [one] { $count } rij met posities die geen getal zijn, wordt zonder plaats geschreven
   *[other] { $count } rijen met posities die geen getal zijn, worden zonder plaats geschreven
}
problem-ring-closed = { $count ->
    [one] { $count } rand van een vlak wordt gesloten: de eerste positie wordt aan het eind herhaald
   *[other] { $count } randen van vlakken worden gesloten: de eerste positie wordt aan het eind herhaald
}
problem-measure-dropped = { $count ->
    [one] { $count } rij verliest haar M-waarden, die dit formaat niet kent zonder hoogtes
   *[other] { $count } rijen verliezen hun M-waarden, die dit formaat niet kent zonder hoogtes
}

# Waarden
value-true = ja
value-false = nee
