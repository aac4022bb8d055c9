# Waarom een tegel van de achtergrondkaart ontbreekt.
tiles-missing-none = De achtergrondkaart heeft hier geen beeld
tiles-missing-unreachable = De server van de achtergrondkaart is niet bereikbaar: { $detail }
tiles-missing-refused = De server van de achtergrondkaart antwoordt met fout { $status }
tiles-missing-forbidden = De server van de achtergrondkaart geeft deze tegels niet aan iedereen (fout { $status }): er is misschien een sleutel nodig
tiles-missing-too-many = De server van de achtergrondkaart vraagt om even te wachten (fout { $status })
tiles-missing-told = De server van de achtergrondkaart zegt: { $said }
tiles-missing-page = De server van de achtergrondkaart stuurde een webpagina in plaats van een beeld
tiles-missing-not-a-picture = De server van de achtergrondkaart stuurde iets dat geen beeld is: { $detail }
tiles-missing-offline = Je werkt offline, en deze tegels staan nog niet op je computer
tiles-missing-damaged = ‘{ $file }’ is hier beschadigd ({ $place }): { $what }
tiles-missing-no-picture = Deze tegel is geen beeld: { $detail }

# Archieven van tegels: wat ze zijn, en wat er mis kan zijn.
tiles-archive-about = { $form }, zoom { $least }–{ $most }, { $tiles }
tiles-error-empty = Het bestand is leeg
tiles-error-again = Haal het bestand opnieuw op, of vraag het aan wie het maakte
tiles-error-not-sqlite = Dit is geen MBTiles: het bestand is geen databank van SQLite, of het is beschadigd
tiles-error-not-pmtiles = Dit is geen PMTiles en geen MBTiles
tiles-error-version = Dit is PMTiles versie { $version }; Belfort leest versie 3
tiles-error-version-do = Zet het om met het programma ‘pmtiles’ (pmtiles convert)
tiles-error-cut = Het bestand is korter dan het zelf zegt
tiles-error-zooms = De zoomniveaus kunnen niet kloppen: van { $least } tot { $most }
tiles-error-outside = Een verwijzing wijst buiten het bestand (naar byte { $offset })
tiles-error-bomb = Een deel is veel groter dan zulke bestanden hebben, en wordt niet uitgepakt
tiles-error-unpack = Een deel kan niet worden uitgepakt: { $detail }
tiles-error-packing = De tegels zijn ingepakt met { $name }, wat Belfort niet kan uitpakken
tiles-error-packing-do = Pak ze in met gzip, of vraag een bestand met gzip
tiles-error-directory = De inhoudstafel is beschadigd
tiles-error-loop = De inhoudstafels verwijzen in een kring naar elkaar
tiles-error-metadata = De metagegevens zijn geen JSON: { $detail }
tiles-error-form = De tegels zijn van een soort die Belfort niet toont { $name }
tiles-error-form-do = Belfort toont PNG, JPEG, WebP en vectortegels (MVT)
tiles-error-no-tiles = Er zitten geen tegels in
tiles-error-no-table = De databank heeft geen tabel ‘{ $table }’, en is dus geen MBTiles
tiles-error-no-table-do = Is het een GeoPackage? Geef het bestand dan de naam die daarbij hoort (.gpkg)
tiles-error-sqlite = De databank kan niet worden gelezen: { $detail }
tiles-error-endless = De databank geeft geen antwoord binnen een redelijke tijd
tiles-error-vector = De vectortegel is beschadigd: { $detail }
tiles-missing-offline-now = Je werkt offline

# Een gebied meenemen.
take-error-forbidden = Van ‘{ $name }’ mag je geen tegels meenemen: { $url }
take-error-no-area = Er is geen gebied gekozen
take-error-nothing-there = De bron heeft daar geen tegels
take-error-too-many = Dat zijn meer dan { $most } tegels. Kies een kleiner gebied of een kleinere diepte
take-error-room = Er is te weinig plaats op de schijf: { $needed } MB nodig, { $free } MB vrij
take-error-room-do = Maak plaats, of kies een andere schijf
take-error-full = De schijf is vol; wat er al is, blijft bewaard
take-error-no-tile = De server stuurde iets dat geen tegel is
take-error-no-tile-do = Kijk het adres na in een browser
take-error-go-on = Probeer het later opnieuw: wat er al is, wordt niet nog eens gehaald
take-error-not-pmtiles = Een gebied kan alleen uit een PMTiles-archief of van een server worden genomen
take-error-no-ranges = De server geeft geen delen van het bestand
take-error-no-ranges-do = Haal het bestand in zijn geheel op en open het hier
take-error-changed = Het archief is ondertussen veranderd
take-error-changed-do = Begin opnieuw
