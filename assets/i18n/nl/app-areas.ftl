# Cijfers per gebied: wat anders ging dan gevraagd
problem-by-place-outside =
    { $count ->
        [one] 1 rij van ‘{ $layer }’ ligt in geen enkel gebied
       *[other] { $count } rijen van ‘{ $layer }’ liggen in geen enkel gebied
    }
problem-by-place-without-place =
    { $count ->
        [one] 1 rij van ‘{ $layer }’ heeft geen plaats en telt in geen enkel gebied mee
       *[other] { $count } rijen van ‘{ $layer }’ hebben geen plaats en tellen in geen enkel gebied mee
    }
problem-by-place-several-each =
    { $count ->
        [one] 1 rij van ‘{ $layer }’ ligt in meer dan één gebied, of op de grens, en telt in elk daarvan mee
       *[other] { $count } rijen van ‘{ $layer }’ liggen in meer dan één gebied, of op de grens, en tellen in elk daarvan mee
    }
problem-by-place-several-once =
    { $count ->
        [one] 1 rij van ‘{ $layer }’ ligt in meer dan één gebied, of op de grens: ze telt mee waar ze voor het grootste deel ligt
       *[other] { $count } rijen van ‘{ $layer }’ liggen in meer dan één gebied, of op de grens: ze tellen mee waar ze voor het grootste deel liggen
    }
problem-by-place-in-none =
    { $count ->
        [one] 1 rij ligt in geen enkel gebied van ‘{ $layer }’: haar kolommen daarvan blijven leeg
       *[other] { $count } rijen liggen in geen enkel gebied van ‘{ $layer }’: hun kolommen daarvan blijven leeg
    }
problem-by-place-in-several =
    { $count ->
        [one] 1 rij ligt in meer dan één gebied van ‘{ $layer }’, of op de grens: ze krijgt het gebied waar ze voor het grootste deel ligt
       *[other] { $count } rijen liggen in meer dan één gebied van ‘{ $layer }’, of op de grens: ze krijgen het gebied waar ze voor het grootste deel liggen
    }
problem-by-place-no-area =
    { $count ->
        [one] 1 gebied heeft geen vlak met een plaats: het telt niet mee
       *[other] { $count } gebieden hebben geen vlak met een plaats: ze tellen niet mee
    }
problem-by-place-no-corner =
    { $count ->
        [one] 1 hoekpunt van de gebieden bestaat niet in het coördinatenstelsel van de andere laag: dat gebied telt niet mee
       *[other] { $count } hoekpunten van de gebieden bestaan niet in het coördinatenstelsel van de andere laag: die gebieden tellen niet mee
    }
problem-by-place-gave-up =
    { $count ->
        [one] 1 rij heeft een ongeldige vorm: hoeveel ervan in de gebieden ligt, was niet te berekenen
       *[other] { $count } rijen hebben een ongeldige vorm: hoeveel ervan in de gebieden ligt, was niet te berekenen
    }
problem-by-place-no-field = ‘{ $layer }’ heeft geen veld ‘{ $field }’: die kolom is niet gemaakt
problem-by-place-not-numbers = ‘{ $field }’ van ‘{ $layer }’ bevat geen getallen om mee te rekenen: die kolom is niet gemaakt
problem-by-place-failed = De kolommen uit ‘{ $layer }’ zijn niet te maken: { $error }
problem-by-place-no-table = De kolommen uit ‘{ $layer }’ zijn niet te maken: die laag kon niet worden gelezen
problem-by-place-gone = Kolommen uit een andere laag zijn niet te maken: die laag staat niet meer op deze kaart
problem-by-place-renamed = De kolom ‘{ $from }’ heet ‘{ $to }’, omdat een andere kolom al zo heet

# Cijfers per gebied: het venster
app-layer-areas = Cijfers per gebied…
app-layer-area-of = Gebied van elke rij…
app-layer-by-place = cijfers of gebied uit { $names }
app-work-areas = De cijfers en gebieden van { $name } worden berekend
app-areas-title = Cijfers per gebied
app-areas-title-area = Gebied van elke rij
app-areas-new-numbers = Cijfers per gebied
app-areas-new-area = Gebied van elke rij
app-areas-areas = Gebieden
app-areas-things = Wat erin ligt
app-areas-gets = De laag ‘{ $name }’ krijgt nieuwe kolommen.
app-areas-numbers = Wat wil je weten?
app-areas-values = Wat wil je van het gebied weten?
app-areas-another-number = Nog een cijfer
app-areas-another-value = Nog een veld
app-areas-line-what = Cijfer { $number }
app-areas-line-field = Veld van cijfer { $number }
app-areas-line-name = Naam van kolom { $number }
app-areas-line-remove = { $name } weglaten
app-areas-only-shown = Alleen rijen die de filter van ‘{ $name }’ toont
app-areas-once = Elke rij maar één keer meetellen
app-areas-once-hint = Wat in meer dan één gebied ligt, telt dan alleen mee waar het voor het grootste deel ligt. Lengtes en oppervlaktes worden altijd aan de grens afgesneden.
app-areas-preview = Voorbeeld
app-areas-looking = Er wordt gerekend
app-areas-summary =
    { $inside } van { $all } { $inside ->
        [one] ligt
       *[other] liggen
    } in een gebied, { $outside } in geen enkel
app-areas-without-place =
    { $count ->
        [one] 1 heeft geen plaats
       *[other] { $count } hebben geen plaats
    }
app-areas-several =
    { $count ->
        [one] 1 ligt in meer dan één gebied en telt in elk daarvan mee
       *[other] { $count } liggen in meer dan één gebied en tellen in elk daarvan mee
    }
app-areas-several-once =
    { $count ->
        [one] 1 ligt in meer dan één gebied: het grootste deel telt
       *[other] { $count } liggen in meer dan één gebied: het grootste deel telt
    }
app-areas-empty =
    { $count ->
        [one] 1 gebied is leeg
       *[other] { $count } gebieden zijn leeg
    }
app-areas-no-area =
    { $count ->
        [one] 1 gebied heeft geen vlak
       *[other] { $count } gebieden hebben geen vlak
    }
app-areas-do = Kolom maken
app-areas-change = Wijzigen
app-areas-end = Kolommen weghalen
app-areas-made = ‘{ $column }’ is nu een kolom van ‘{ $name }’: je kunt ermee filteren, sorteren en exporteren
app-areas-from = { $what } van ‘{ $name }’ in het gebied
app-areas-from-field = { $what } van ‘{ $field }’ van ‘{ $name }’ in het gebied
app-areas-from-area = ‘{ $field }’ van het gebied in ‘{ $name }’ waarin de rij ligt

# Wat er berekend wordt
app-areas-count = aantal
app-areas-count-per-km2 = aantal per km²
app-areas-sum = som
app-areas-sum-per-km2 = som per km²
app-areas-mean = gemiddelde
app-areas-median = mediaan
app-areas-min = kleinste
app-areas-max = grootste
app-areas-length-km = lengte (km)
app-areas-length-m = lengte (m)
app-areas-length-per-km2 = lengte per km² (km)
app-areas-area-m2 = oppervlakte (m²)
app-areas-area-ha = oppervlakte (ha)
app-areas-area-km2 = oppervlakte (km²)
app-areas-share = deel van het gebied (%)

# Hoe nieuwe kolommen heten: kleine letters, spaties worden _
app-areas-name-count = aantal { $layer }
app-areas-name-count-per-km2 = { $layer } per km2
app-areas-name-sum = som { $field }
app-areas-name-sum-per-km2 = { $field } per km2
app-areas-name-mean = gemiddelde { $field }
app-areas-name-median = mediaan { $field }
app-areas-name-min = kleinste { $field }
app-areas-name-max = grootste { $field }
app-areas-name-length-km = { $layer } km
app-areas-name-length-m = { $layer } m
app-areas-name-length-per-km2 = { $layer } km per km2
app-areas-name-area-m2 = { $layer } m2
app-areas-name-area-ha = { $layer } ha
app-areas-name-area-km2 = { $layer } km2
app-areas-name-share = { $layer } procent
app-areas-colour = Kleuren op de kaart
