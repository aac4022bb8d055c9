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
error-no-permission = Je hebt geen toegang tot dit bestand
error-io = Het systeem meldt: { $detail }
error-in-use = Een ander programma heeft dit bestand open
error-in-use-remedy = Sluit het daar en probeer opnieuw, of bewaar onder een andere naam
error-folder-gone = De map is er niet (meer)
error-folder-gone-remedy = Sluit de schijf weer aan, of bewaar in een andere map
error-may-not-write = Je mag in deze map niet schrijven
error-read-only = Van deze schijf kun je alleen lezen
error-save-elsewhere = Bewaar in een andere map
error-disk-full = De schijf is vol
error-disk-full-remedy = Maak plaats, of bewaar op een andere schijf
error-drive-gone = De netwerkschijf antwoordt niet
error-drive-gone-remedy = Probeer zo meteen opnieuw, of bewaar op je eigen schijf
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
remedy-unpack = Pak het uit en open het bestand dat je nodig hebt
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
error-binary = Dit is geen tekstbestand
error-csv = De tabel kan niet gelezen of geschreven worden: { $detail }

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
problem-layer-renamed = De laag ‘{ $from }’ heet in het bestand ‘{ $to }’: de naam was er al
error-one-layer-a-file = { $format } bewaart één laag per bestand
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
problem-geometry-not-read = { $count ->
    [one] { $count } rij heeft een onleesbare geometrie, en dus geen plaats
   *[other] { $count } rijen hebben een onleesbare geometrie, en dus geen plaats
}
problem-curve-as-lines = { $count ->
    [one] { $count } rij heeft cirkelbogen; die zijn nu korte rechte lijntjes (elke 4°)
   *[other] { $count } rijen hebben cirkelbogen; die zijn nu korte rechte lijntjes (elke 4°)
}
problem-faces-as-polygons = { $count ->
    [one] { $count } rij is een oppervlak uit vlakjes; die zijn nu gewone vlakken
   *[other] { $count } rijen zijn oppervlakken uit vlakjes; die zijn nu gewone vlakken
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
problem-repeated-field = De kolomnaam ‘{ $field }’ komt meer dan één keer voor; er is een nummer toegevoegd
problem-no-header = De eerste regel bevat getallen en is dus als gegevens gelezen, niet als kolomnamen
problem-record-length = { $count ->
    [one] { $count } regel heeft meer of minder velden dan de eerste
   *[other] { $count } regels hebben meer of minder velden dan de eerste
}
problem-unclosed-quote = Een aanhalingsteken is niet gesloten: de rest van het bestand kwam in één waarde terecht
problem-no-value-words = { $count ->
    [one] Veld ‘{ $field }’ bevat getallen: { $count } woord zoals ‘NA’ is als leeg gelezen
   *[other] Veld ‘{ $field }’ bevat getallen: { $count } woorden zoals ‘NA’ zijn als leeg gelezen
}
problem-zero-position = { $count ->
    [one] { $count } rij ligt op 0, 0, wat meestal betekent dat de plaats niet bekend is
   *[other] { $count } rijen liggen op 0, 0, wat meestal betekent dat de plaats niet bekend is
}
problem-csv-empty-text = { $count ->
    [one] Veld ‘{ $field }’: { $count } lege tekst zal als geen waarde gelezen worden
   *[other] Veld ‘{ $field }’: { $count } lege teksten zullen als geen waarde gelezen worden
}
problem-ids-dropped = { $count ->
    [one] De identificatie van { $count } rij heeft geen plaats in dit formaat
   *[other] De identificaties van { $count } rijen hebben geen plaats in dit formaat
}
problem-csv-places-dropped = { $count ->
    [one] De plaats van { $count } rij wordt niet geschreven
   *[other] De plaatsen van { $count } rijen worden niet geschreven
}
problem-csv-only-points = { $count ->
    [one] { $count } rij is geen punt en wordt zonder plaats geschreven; kies WKT om ze te behouden
   *[other] { $count } rijen zijn geen punten en worden zonder plaats geschreven; kies WKT om ze te behouden
}
problem-csv-heights-dropped = Hoogtes en M-waarden worden niet geschreven in twee kolommen; kies WKT om ze te behouden
problem-csv-crs = Het bestand kan niet zeggen dat de coördinaten in { $crs } staan: vertel het aan wie het bestand krijgt

# Waarden
value-true = ja
value-false = nee

# Shapefiles en dBASE-tabellen
shapefile-error-magic = Dit is geen shapefile: het begint niet zoals een .shp-bestand
shapefile-error-magic-remedy = Is het een tabel, geef het dan de extensie .dbf; haal het bestand anders opnieuw op
shapefile-error-truncated-header = Het .shp-bestand stopt al in zijn eerste 100 bytes
shapefile-error-too-many-coordinates = Het bestand bevat meer coördinaten dan Belfort kan tellen
shapefile-error-too-big = Het { $file }-bestand zou { $size } GB groot worden; een shapefile kan niet groter zijn dan 2 GB
shapefile-error-too-big-remedy = Exporteer minder rijen, of kies GeoJSON
shapefile-error-too-many-fields = { $count } velden zijn er meer dan een .dbf-bestand kan bevatten
shapefile-error-record-too-long = Eén rij zou { $count } bytes lang worden; in een .dbf-bestand passen er 65 535
shapefile-error-fields-remedy = Exporteer minder velden
shapefile-error-table-beside-shapes = Er is al een shapefile met deze naam: een tabel zonder geometrie zou de plaats van zijn attributen innemen
shapefile-error-table-beside-shapes-remedy = Kies een andere naam
dbf-error-truncated-header = De tabel stopt al in haar kop
dbf-error-version = Deze vorm van dBASE-tabel wordt niet gelezen (alleen dBASE III, IV en Visual FoxPro)
dbf-error-magic = Dit is geen dBASE-tabel: de kop klopt niet
dbf-error-remedy = Open het bestand in het programma waaruit het komt en bewaar het als CSV of dBASE III
dbf-error-too-much-text = Een veld bevat meer dan 2 GB tekst
problem-shapefile-index-differs = { $count ->
    [one] Het .shx-bestand geeft { $count } record anders op dan het .shp-bestand; het .shx-bestand is gevolgd
   *[other] Het .shx-bestand geeft { $count } records anders op dan het .shp-bestand; het .shx-bestand is gevolgd
}
problem-shapefile-index-broken = Het .shx-bestand is beschadigd en niet gebruikt
problem-shapefile-cut-off = Het .shp-bestand is beschadigd: wat volgt, kon niet gelezen worden
problem-shapefile-unknown-type = { $count ->
    [one] { $count } rij heeft het onbekende vormtype { $type }, en geen plaats
   *[other] { $count } rijen hebben het onbekende vormtype { $type }, en geen plaats
}
problem-shapefile-bad-record = { $count ->
    [one] { $count } vorm spreekt zichzelf tegen en is niet leesbaar; de rij heeft geen plaats
   *[other] { $count } vormen spreken zichzelf tegen en zijn niet leesbaar; de rijen hebben geen plaats
}
problem-shapefile-bad-coordinates = { $count ->
    [one] { $count } rij heeft coördinaten die geen getallen zijn, en geen plaats
   *[other] { $count } rijen hebben coördinaten die geen getallen zijn, en geen plaats
}
problem-shapefile-winding = { $count ->
    [one] { $count } veelhoek heeft ringen in de verkeerde richting; de gaten zijn gevonden door hun ligging
   *[other] { $count } veelhoeken hebben ringen in de verkeerde richting; de gaten zijn gevonden door hun ligging
}
problem-shapefile-no-shape = { $count ->
    [one] { $count } rij van het .dbf-bestand heeft geen vorm in het .shp-bestand
   *[other] { $count } rijen van het .dbf-bestand hebben geen vorm in het .shp-bestand
}
problem-shapefile-no-attributes = { $count ->
    [one] { $count } vorm heeft geen rij in het .dbf-bestand
   *[other] { $count } vormen hebben geen rij in het .dbf-bestand
}
problem-shapefile-no-dbf = Er is geen .dbf-bestand: de vormen hebben geen attributen
problem-shapefile-bad-dbf = Het .dbf-bestand is niet leesbaar, dus hebben de vormen geen attributen: { $detail }
problem-shapefile-bad-prj = Het .prj-bestand is onbegrijpelijk: { $detail }
problem-dbf-deleted = { $count ->
    [one] { $count } rij is als gewist gemerkt en weggelaten
   *[other] { $count } rijen zijn als gewist gemerkt en weggelaten
}
problem-dbf-cut-off = { $count ->
    [one] Het .dbf-bestand stopt te vroeg: er ontbreekt { $count } rij
   *[other] Het .dbf-bestand stopt te vroeg: er ontbreken { $count } rijen
}
problem-dbf-bad-value = { $count ->
    [one] Veld ‘{ $field }’: { $count } waarde past niet bij het type van het veld en is leeg gelaten
   *[other] Veld ‘{ $field }’: { $count } waarden passen niet bij het type van het veld en zijn leeg gelaten
}
problem-dbf-decimal-comma = { $count ->
    [one] Veld ‘{ $field }’: { $count } getal heeft een decimale komma en is zo gelezen
   *[other] Veld ‘{ $field }’: { $count } getallen hebben een decimale komma en zijn zo gelezen
}
problem-dbf-rounded = { $count ->
    [one] Veld ‘{ $field }’: { $count } lang geheel getal is afgerond
   *[other] Veld ‘{ $field }’: { $count } lange gehele getallen zijn afgerond
}
problem-dbf-memo = { $count ->
    [one] Veld ‘{ $field }’: { $count } memotekst staat in een ander bestand en is niet gelezen
   *[other] Veld ‘{ $field }’: { $count } memoteksten staan in een ander bestand en zijn niet gelezen
}
problem-dbf-cut-character = { $count ->
    [one] Veld ‘{ $field }’: { $count } tekst eindigde op een half teken, dat is weggelaten
   *[other] Veld ‘{ $field }’: { $count } teksten eindigden op een half teken, dat is weggelaten
}
problem-dbf-replaced = { $count ->
    [one] Veld ‘{ $field }’: { $count } tekst heeft bytes die niet bij de tekencodering horen
   *[other] Veld ‘{ $field }’: { $count } teksten hebben bytes die niet bij de tekencodering horen
}
problem-dbf-unknown-type = Het veld heeft het onbekende type { $type } en is als tekst gelezen
problem-dbf-unknown-encoding = Het .cpg-bestand noemt een onbekende tekencodering: { $label }
problem-dbf-encoding-differs = De teksten heten { $declared } te zijn, maar zijn als { $used } gelezen
problem-dbf-field-renamed = Het veld ‘{ $from }’ heet ‘{ $to }’, omdat de naam ontbreekt of niet de enige is
problem-shapefile-split = Punten, lijnen en veelhoeken komen elk in een eigen bestand: { $names }
problem-shapefile-collection-split = { $count ->
    [one] { $count } rij met een verzameling van verschillende geometrietypes komt in verschillende bestanden
   *[other] { $count } rijen met verzamelingen van verschillende geometrietypes komen in verschillende bestanden
}
problem-shapefile-collection-flattened = { $count ->
    [one] { $count } verzameling van één geometrietype wordt als één geometrie geschreven
   *[other] { $count } verzamelingen van één geometrietype worden als één geometrie geschreven
}
problem-shapefile-points-as-multipoint = { $count ->
    [one] { $count } punt wordt als MultiPoint geschreven, omdat het bestand ook MultiPoints bevat
   *[other] { $count } punten worden als MultiPoint geschreven, omdat het bestand ook MultiPoints bevat
}
problem-shapefile-field-name = Veld ‘{ $from }’ heet in het bestand ‘{ $to }’: namen hebben hoogstens 10 bytes
problem-shapefile-text-cut = { $count ->
    [one] Veld ‘{ $field }’: { $count } tekst is langer dan 254 bytes en wordt afgekapt
   *[other] Veld ‘{ $field }’: { $count } teksten zijn langer dan 254 bytes en worden afgekapt
}
problem-shapefile-empty-text = { $count ->
    [one] Veld ‘{ $field }’: { $count } lege tekst wordt een ontbrekende waarde
   *[other] Veld ‘{ $field }’: { $count } lege teksten worden ontbrekende waarden
}
problem-shapefile-text-trimmed = { $count ->
    [one] Veld ‘{ $field }’: { $count } tekst verliest de spaties aan het einde
   *[other] Veld ‘{ $field }’: { $count } teksten verliezen de spaties aan het einde
}
problem-shapefile-as-text = Veld ‘{ $field }’ wordt tekst: het formaat heeft zo’n type niet
problem-shapefile-long-integer = { $count ->
    [one] Veld ‘{ $field }’: { $count } lang geheel getal wordt door andere programma’s misschien afgerond
   *[other] Veld ‘{ $field }’: { $count } lange gehele getallen worden door andere programma’s misschien afgerond
}
problem-shapefile-bad-date = { $count ->
    [one] Veld ‘{ $field }’: { $count } datum buiten de jaren 1 tot 9999 wordt leeg geschreven
   *[other] Veld ‘{ $field }’: { $count } datums buiten de jaren 1 tot 9999 worden leeg geschreven
}
problem-shapefile-no-fields = Een shapefile heeft een veld nodig: het veld ‘{ $field }’ met het nummer van de rij wordt toegevoegd
problem-shapefile-no-crs = Het coördinatenstelsel is niet bekend: er komt geen .prj-bestand
problem-shapefile-no-height = { $count ->
    [one] { $count } positie zonder hoogte krijgt hoogte 0
   *[other] { $count } posities zonder hoogte krijgen hoogte 0
}
problem-shapefile-ids = De identificaties van de objecten worden niet geschreven: het formaat heeft er geen plaats voor
problem-shapefile-table-only = De laag heeft geen geometrie: er wordt alleen een .dbf-bestand geschreven
problem-shapefile-short-ring = { $count ->
    [one] { $count } ring van een veelhoek met minder dan vier posities wordt geschreven zoals hij is
   *[other] { $count } ringen van veelhoeken met minder dan vier posities worden geschreven zoals ze zijn
}
problem-csv-note = In het bestand staat niet ‘{ $note }’: CSV heeft daar geen plaats voor
encoding-by-mark = volgens het merkteken aan het begin
encoding-by-format = volgens de standaard van het formaat
encoding-by-head = volgens de kop van het bestand
encoding-by-cpg = volgens het .cpg-bestand
encoding-by-language-byte = volgens de kop van het .dbf-bestand
encoding-by-validity = volgens de bytes, die geldige UTF-8 zijn
encoding-by-letters = volgens de letters die de bytes vormen
encoding-by-twice = volgens de bytes: twee keer gecodeerd
encoding-by-choice = door jou gekozen
encoding-plain = { $name }
encoding-twice = UTF-8, twee keer gecodeerd
encoding-western = { $name } (West-Europa)
encoding-western-euro = { $name } (West-Europa, met €)
encoding-dos-western = { $name } (DOS, West-Europa)
encoding-dos = { $name } (DOS)
encoding-mac = { $name } (oude Mac)
encoding-central = { $name } (Midden-Europa)
encoding-cyrillic = { $name } (Cyrillisch)
encoding-greek = { $name } (Grieks)
encoding-turkish = { $name } (Turks)
encoding-arabic = { $name } (Arabisch)
encoding-baltic = { $name } (Baltisch)
encoding-chinese = { $name } (Chinees)
encoding-chinese-old = { $name } (Chinees, traditioneel)
encoding-japanese = { $name } (Japans)
encoding-korean = { $name } (Koreaans)
error-rectangle-without-crs = De laag zegt niet in welk CRS ze staat, dus een rechthoek in graden is er niet in te vinden
remedy-rectangle-without-crs = Geef het op met --source-crs
