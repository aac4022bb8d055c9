# Voorwaarden: wat er schort aan de tekst
query-unexpected = ‘{ $word }’ wordt hier niet verwacht
query-unfinished = De voorwaarde stopt te vroeg
query-open-text = Deze tekst heeft geen sluitend aanhalingsteken (')
query-open-name = Deze naam heeft geen sluitend aanhalingsteken
query-open-comment = Deze opmerking heeft geen einde
query-only-condition = Schrijf alleen de voorwaarde, wat na WHERE komt
query-write-instead = Schrijf { $meant } in plaats van { $written }
query-decimal-comma = Schrijf een decimale punt, geen komma
query-text-without-quotes = Tekst staat tussen enkele aanhalingstekens: ‘{ $text }’
query-reserved-word = ‘{ $word }’ is een woord van SQL; een veld met die naam staat tussen dubbele aanhalingstekens
query-too-long = De voorwaarde is te lang
query-too-deep = De voorwaarde heeft te veel haakjes binnen haakjes

# Voorwaarden: wat onbekend is
query-unknown-field = Er is geen veld ‘{ $name }’
query-unknown-field-quotes = Er is geen veld ‘{ $name }’; tekst staat tussen enkele aanhalingstekens
query-unknown-function = Er is geen functie ‘{ $name }’
query-unknown-type = Er is geen type ‘{ $type }’
query-unknown-construction = Belfort kent deze constructie niet
query-no-subquery = Een voorwaarde kan geen andere query bevatten
query-no-window = Een voorwaarde bekijkt één rij tegelijk; OVER kan niet
query-no-aggregate = Een voorwaarde bekijkt één rij tegelijk; ‘{ $name }’ heeft meerdere rijen nodig

# Voorwaarden: wat niet samengaat
query-kinds-differ = { $left } en { $right } zijn niet te vergelijken
query-sign-mismatch = { $sign } werkt niet met { $left } en { $right }
query-join-text = Teksten voeg je samen met ||
query-not-a-condition = Dit is { $kind }, geen voorwaarde die waar of onwaar is
query-not-a-number = ‘{ $text }’ is geen getal
query-not-a-boolean = ‘{ $text }’ is niet waar of onwaar
query-not-a-date = ‘{ $text }’ is geen datum zoals 2024-12-31
query-cannot-cast = { $from } is niet om te zetten naar dit type
query-cannot-convert = Dit is { $from }, hier wordt { $to } verwacht
query-wrong-arguments = Schrijf { $usage }
query-bad-escape = Het escape-teken is één teken tussen enkele aanhalingstekens
query-bad-pattern = Het patroon klopt niet: { $detail }
query-pattern-not-text = Het patroon is een tekst tussen enkele aanhalingstekens
query-bad-unit = Kies year, quarter, month, week, day of hour
query-too-much-text = Het resultaat bevat te veel tekst
query-failed = De voorwaarde is niet te berekenen: { $detail }

# Soorten waarden
query-kind-null = niets
query-kind-boolean = ja of nee
query-kind-integer = een geheel getal
query-kind-number = een getal
query-kind-text = tekst
query-kind-date = een datum
query-kind-date-time = een datum met uur

# Voorwaarden op plaats
query-areas-condition = In de voorwaarde op de gebieden: { $message }
query-layer-without-place = De laag ‘{ $layer }’ heeft geen plaats op de kaart

# Voorwaarden op plaats in woorden
query-place-intersects = heeft een punt gemeen met { $features }
query-place-within = ligt in { $features }
query-place-disjoint = ligt buiten { $features }
query-place-touches = raakt aan { $features }
query-place-crosses = kruist { $features }
query-place-near = ligt hoogstens { $metres } m van { $features }
query-features-all = ‘{ $layer }’
query-features-where = ‘{ $layer }’ ({ $condition })
query-features-chosen = { $count ->
    [one] 1 gekozen object van ‘{ $layer }’
   *[other] { $count } gekozen objecten van ‘{ $layer }’
}
query-features-rectangle = een getekende rechthoek
query-features-polygon = een getekende veelhoek

# Voorwaarden op plaats: wat niet te gebruiken was
problem-chosen-gone = { $count ->
    [one] 1 gekozen object is niet meer in de laag ‘{ $layer }’
   *[other] { $count } gekozen objecten zijn niet meer in de laag ‘{ $layer }’
}
problem-place-no-corner = { $count ->
    [one] 1 hoekpunt van de voorwaarde op plaats bestaat niet in het andere coördinatenstelsel
   *[other] { $count } hoekpunten van de voorwaarde op plaats bestaan niet in het andere coördinatenstelsel
}
problem-place-not-finite = { $count ->
    [one] 1 object telt niet mee in de voorwaarde op plaats: het heeft coördinaten die geen getallen zijn
   *[other] { $count } objecten tellen niet mee in de voorwaarde op plaats: ze hebben coördinaten die geen getallen zijn
}
problem-place-too-far = { $count ->
    [one] 1 object telt niet mee in de afstand: het ligt te ver van de andere
   *[other] { $count } objecten tellen niet mee in de afstand: ze liggen te ver van de andere
}
problem-place-gave-up = { $count ->
    [one] 1 rij heeft een ongeldige vorm en was niet volledig te vergelijken
   *[other] { $count } rijen hebben een ongeldige vorm en waren niet volledig te vergelijken
}
