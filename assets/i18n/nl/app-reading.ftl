# Hoe een bestand gelezen wordt: codering en plaats
app-layer-encoding = Tekens…
app-named = { $name }
app-place-take = Lezen zoals voorgesteld
app-place-take-as = Lezen als { $crs }
app-place-doubt = Deze laag ligt niet in België, maar gelezen als { $crs } wel: { $where }
app-place-picture = Gelezen als { $crs }: { $where }
app-reading-compare = Vergelijken…
app-reading-keep = Zo laten: het is goed gelezen
app-reading-as-before = ‘{ $name }’ is gelezen zoals je eerder koos: { $how }
app-encoding-doubt = De tekens van deze laag kunnen op { $count ->
    [2] twee
    [3] drie
    [4] vier
   *[other] { $count }
} manieren gelezen worden
app-encoding-guessed = { $name } (geraden)
app-encoding-hint = Hoe de tekens gelezen zijn; klik om het na te kijken of te wijzigen
app-encoding-title = Tekens van ‘{ $name }’
app-encoding-explain = Dezelfde bytes, telkens anders gelezen. Kies de lezing waarin de woorden kloppen.
app-encoding-explain-doubt = Niet alles zegt hetzelfde over de tekens van dit bestand. Kies de lezing waarin de woorden kloppen.
app-encoding-all-ascii = In dit bestand staan geen letters met accenten of andere bijzondere tekens: bijna elke codering geeft dezelfde tekst.
app-encoding-now = nu gebruikt
app-encoding-now-as = { $name }, nu gebruikt
app-encoding-damaged = sommige waarden passen hier niet bij
app-encoding-other = Andere codering
app-encoding-other-none = Kies…
app-encoding-note = Belfort onthoudt je keuze voor dit bestand, en je kunt ze ongedaan maken
app-encoding-do = Lezen als { $name }
app-settings-readings = Bestanden
app-settings-readings-count = Onthouden keuzes
app-settings-readings-none = geen
app-settings-readings-files = { $count ->
    [one] voor { $count } laag
   *[other] voor { $count } lagen
}
app-settings-readings-forget = Vergeten
app-settings-readings-note = Hoe je een bestand liet lezen (tekens, coördinatenstelsel, soorten van velden), voor als je het in een andere kaart opent. Kaarten die je bewaard hebt, houden hun eigen keuzes.
app-layer-kinds = Velden lezen als…
app-table-column-kind = Lezen als…
app-kinds-offered = { $count ->
    [one] ‘{ $field }’ kan meer zijn dan tekst
   *[other] { $count } velden kunnen meer zijn dan tekst
}
app-kinds-offered-hint = Nu tekst, maar bijna alle waarden zijn getallen, datums of ja en nee: { $names }. Klik om te kiezen
app-kinds-chosen = { $count ->
    [one] veld { $names } met een eigen soort
   *[other] velden { $names } met een eigen soort
}
app-kind-sign = ‘{ $field }’ is tekst, maar kan gelezen worden als { $what }: { $fit }
app-kind-title = Velden van ‘{ $name }’ lezen als
app-kind-field = Veld
app-kind-field-offered = { $name } · kan meer zijn dan tekst
app-kind-looking = De waarden worden bekeken…
app-kind-as-found = Zoals Belfort het vond: { $kind }
app-kind-as-text = Tekst
app-kind-as-text-note = zoals het geschreven staat, met nullen vooraan en al
app-kind-none = Geen enkele waarde van dit veld is een getal, een datum, of ja of nee.
app-kind-now = nu gebruikt; { $fit }
app-kind-example = { $text } wordt { $value }
app-kind-zeros = { $count ->
    [one] { $count } waarde verliest haar nullen vooraan
   *[other] { $count } waarden verliezen hun nullen vooraan
}
app-kind-misfit = “{ $text }” (rij { $row })
app-kind-misfits = { $count ->
    [one] { $count } wordt leeg: { $values }
   *[other] { $count } worden leeg: { $values }
}
app-kind-note = Belfort onthoudt je keuze voor dit bestand, en je kunt ze ongedaan maken. Het bestand zelf verandert niet.
app-kind-do = Zo lezen
app-kind-do-all = { $count ->
    [2] Beide voorstellen volgen
   *[other] Alle { $count } voorstellen volgen
}
