### Gelinkte data: SPARQL-eindpunten en streams (LDES)

linked-bad-address = ‘{ $address }’ is geen adres van gelinkte data
linked-bad-address-remedy = Schrijf sparql:https://SERVER/sparql#query=SELECT… of ldes:https://SERVER/PAD
linked-bad-since = ‘{ $address }’: een dag ziet eruit als 2024-03-01
linked-error-no-question = Er staat geen vraag voor { $host }
linked-error-no-rows = Het antwoord op die vraag aan { $host } is geen tabel
linked-remedy-select = Stel een vraag die met SELECT begint
linked-remedy-question = Kijk de vraag na: wat de server ervan zegt, staat hierboven
linked-unexpected-answer = geen antwoord op een vraag in SPARQL ({ $detail })
linked-unexpected-rdf = geen geldig { $kind } ({ $detail })
linked-error-no-stream = Op dat adres van { $host } staat gelinkte data, maar geen stream
linked-remedy-stream = Zoek het adres van de eerste pagina: die noemt ‘tree:relation’ of ‘tree:member’
linked-error-context = De woorden van { $host } worden uitgelegd op { $context }, en dat is er niet: { $detail }
linked-remedy-context = Probeer het later opnieuw: wat al kwam, blijft bewaard

problem-linked-capped = De server gaf maar { $count } { $count ->
    [one] antwoord
   *[other] antwoorden
}: er zijn er meer
problem-linked-unordered = De server kan zoveel antwoorden niet ordenen: sommige staan er misschien twee keer in, en andere niet
problem-linked-superseded = { $count } oudere { $count ->
    [one] versie is
   *[other] versies zijn
} weggelaten: van elk object staat de nieuwste er
problem-linked-undated = { $count } { $count ->
    [one] object zegt
   *[other] objecten zeggen
} niet wanneer het gemaakt is
problem-linked-empty = Van { $count } { $count ->
    [one] object
   *[other] objecten
} zegt de stream niets
problem-linked-members = De stream telt { $said } { $said ->
    [one] object
   *[other] objecten
}, en er kwamen er { $came }

app-linked-show = Gelinkte data…
app-linked-title = Gelinkte data
app-linked-question = Vraag (SPARQL)
app-linked-stream = Stream (LDES)
app-linked-question-what = Een eindpunt antwoordt met een tabel. Staat er een plaats in, dan komt ze op de kaart; anders plaats je de rijen daarna op naam
app-linked-questions = Vraag
app-linked-endpoint = Eindpunt
app-linked-not-verified = (nog niet nagekeken)
app-linked-not-verified-hint = Van dit eindpunt is nog geen echt antwoord gezien: misschien heten de dingen er anders. Je kan de vraag zelf aanpassen
app-linked-from = Van
app-linked-to = Tot en met
app-linked-word = Woord in de titel
app-linked-word-hint = leeg voor alles
app-linked-theme = Thema
app-linked-all-themes = alle thema’s
app-linked-themes-coming = { $host } wordt gevraagd welke thema’s er zijn…
app-linked-no-themes = Dit eindpunt noemt geen thema’s
app-linked-theme-search = Zoek een thema
app-linked-bad-days = Een dag ziet eruit als 2024-03-01, en de eerste komt voor de laatste
app-linked-text = De vraag zelf
app-linked-editor = Tekst van de vraag
app-linked-name = Naam
app-linked-own = { $name }, eigen versie
app-linked-doubt = Dit lijkt geen gewone SPARQL: { $detail }. Het eindpunt kent misschien meer
app-linked-in-areas = Per wijk tellen en op de kaart kleuren
app-linked-in-areas-hint = Haalt de wijken van het stadsportaal op, plaatst elke rij bij de wijk die ze noemt en kleurt de wijken naar het aantal. Rijen zonder wijk blijven in de tabel staan
app-linked-ask = Vragen
app-linked-keep = Bewaren
app-linked-keep-hint = Bewaart de vraag onder haar naam, voor een volgende keer
app-linked-forget = Bewaarde vraag weggooien
app-linked-stream-what = Een stream geeft alle objecten van een verzameling, pagina na pagina, met elke versie ervan
app-linked-streams = Bekende streams
app-linked-stream-address = Of het adres van een andere
app-linked-search = Alleen met dit woord
app-linked-search-hint = leeg voor alles
app-linked-since = Vanaf
app-linked-bad-day = Een dag ziet eruit als 2024-03-01
app-linked-all-versions = Alle versies, niet alleen de nieuwste
app-linked-all-versions-hint = Handig om te zien hoe iets veranderde
app-linked-stream-long = Een grote verzameling kan lang duren. Je kan stoppen: wat al kwam, blijft bewaard, en de volgende keer gaat het verder waar het was
app-linked-follow = Ophalen

linked-error-no-picture = Het manifest van { $host } leidt naar geen beeld
linked-remedy-picture = Open de pagina van het object in je browser
app-picture = Beeld van het object
app-picture-coming = Beeld wordt opgehaald
app-picture-failed = Geen beeld
app-picture-full = Heel beeld
app-here = { $count } van { $name }
app-here-all = In de tabel

app-shelf-decisions = Besluiten per wijk
app-shelf-decisions-about = Wat de stad besliste, per wijk geteld en op de kaart gekleurd
app-shelf-museums = Objecten van musea en archief
app-shelf-museums-about = De Collectie van de Gentenaar, om op naam te plaatsen
