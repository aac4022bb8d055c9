### Plaatsen op naam

names-column-place = plaats_gevonden
names-column-layer = plaats_laag
names-column-how = plaats_hoe

names-how-exact = staat er zo
names-how-normalised = anders geschreven
names-how-near = lijkt erop
names-how-decided = zelf gekozen
names-how-nowhere = zelf leeg gelaten
names-how-ambiguous = meer dan één
names-how-proposed = lijkt ergens op
names-how-unmatched = niet gevonden
names-how-no-name = geen naam

problem-names-no-layer = Plaatsen op naam: de laag { $layer } is er niet
problem-names-no-field = Plaatsen op naam: het veld { $field } is er niet
problem-names-unmatched = { $count } { $count ->
    [one] rij noemt
   *[other] rijen noemen
} geen plaats die bekend is
problem-names-ambiguous = { $count } { $count ->
    [one] rij noemt
   *[other] rijen noemen
} een plaats die meer dan één keer bestaat
problem-names-near = { $count } { $count ->
    [one] rij noemt
   *[other] rijen noemen
} iets dat op een plaats lijkt: kies zelf
problem-names-none = { $count } { $count ->
    [one] rij noemt
   *[other] rijen noemen
} geen plaats

app-names-from = Plaatsen op naam
app-work-names = Plaatsen zoeken
command-set-place-names = plaatsen op naam
command-end-place-names = plaatsen op naam weghalen

app-names-title = Plaatsen op naam: { $name }
app-names-fields = Waar staan de namen? Het eerste veld waarin er een gevonden wordt, telt
app-names-layers = Lagen die de namen kennen, de fijnste eerst
app-names-layer = Laag met namen
app-names-field = Veld met de namen
app-names-finer = Eerder zoeken dan de laag erboven
app-names-layer-away = Laag niet gebruiken
app-names-layer-add = Laag toevoegen
app-names-with-near = Ook plaatsen wat op een naam lijkt
app-names-with-near-hint = Een tikfout, of een deel van een naam. Zonder dit vinkje kies je bij die teksten zelf
app-names-summary = { $placed } van { $rows } { $rows ->
    [one] rij
   *[other] rijen
} geplaatst
app-names-ambiguous = { $count } met meer dan één plaats
app-names-near = { $count } { $count ->
    [one] lijkt
   *[other] lijken
} op een naam
app-names-unmatched = { $count } niet gevonden
app-names-none = { $count } zonder naam
app-names-list-unsure = Om na te kijken
app-names-list-all = Alle teksten
app-names-list-decided = Zelf gekozen
app-names-list-find = Zoek een tekst
app-names-list-empty = Geen teksten om te tonen
app-names-perhaps = misschien { $name }
app-names-automatic = Wat gevonden wordt
app-names-nowhere = Geen plaats
app-names-candidate = { $name } ({ $layer }) · { $how } · { $score }
app-names-place-of = Plaats van ‘{ $text }’
app-names-do = Plaatsen
app-names-change = Wijzigen
app-names-end = Weghalen
app-layer-names = Plaatsen op naam…
app-layer-names-this = Plaatsen op naam…
app-layer-names-hint = Zoek straten, wijken of gemeenten in de tekst, en zet de rijen daar op de kaart
app-layer-named = Op naam geplaatst: { $names }
