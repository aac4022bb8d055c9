# Diensten openen, in het venster
app-service-show = Dienst openen…
app-service-title = Een dienst openen
app-service-what = Plak het adres van een WFS, een OGC API of een bestand op het web: Belfort kijkt wat er is en toont de lagen.
app-service-address = Adres
app-service-address-hint = https://geo.voorbeeld.be/wfs
app-service-open = Kijken wat er is
app-service-looking = De server antwoordt nog niet
app-service-recent = Laatst gebruikt
app-service-recent-one = { $title } – { $place }
app-service-open-hint = Een adres op het web mag ook: van een WFS, een OGC API of een bestand
app-service-which = { $count ->
    [one] Deze dienst heeft { $count } laag.
   *[other] Deze dienst heeft { $count } lagen. Welke wil je op de kaart?
}
app-service-search = Zoeken in de lagen
app-service-no-match = Geen laag heet zo
app-service-fetch = { $count ->
    [0] Lagen ophalen
    [one] { $count } laag ophalen
   *[other] { $count } lagen ophalen
}
app-service-whole = Alles
app-service-in-view = Alleen wat je nu op de kaart ziet
app-service-features = { $count } { $count ->
    [one] object
   *[other] objecten
}
app-service-uncounted = aantal onbekend
app-service-elsewhere = niets in beeld: ligt elders
app-service-fetching = { $name }: { $done } van { $total }
app-service-layer = Laag
app-service-name = Naam bij de dienst
app-service-how = Gevraagd met
app-service-pages = { $count } { $count ->
    [one] pagina
   *[other] pagina’s
}
app-service-out-of-reach = De server kon niet naar nieuwere gegevens gevraagd worden: { $what }
app-service-more = { $count ->
    [one] Nog { $count } laag: zoek ze op naam
   *[other] Nog { $count } lagen: zoek ze op naam
}
