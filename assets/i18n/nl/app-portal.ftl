# Het stadsportaal in het venster: plank, catalogus, kaartje, ontvangstbewijs.

app-portal = Stadsportaal
app-portal-show = Stadsportaal…
app-layers-from-portal = Van het portaal…
app-portal-which = Portaal
app-portal-unverified = Van dit portaal kwam nog geen antwoord
app-portal-shelf = In de kijker
app-portal-catalogue = Alle datasets
app-portal-add = Ander portaal toevoegen…
app-portal-correct = Adres verbeteren…
app-portal-do = Toevoegen
app-portal-address = Adres van het portaal
app-portal-address-hint = data.voorbeeld.be
app-portal-bad-address = Dit is geen adres van een portaal

app-shelf-boundaries = Grenzen en straten
app-shelf-mobility = Onderweg
app-shelf-green = Groen en dieren
app-shelf-living = Dagelijks leven
app-shelf-on-map = Staat al op de kaart

app-portal-search = Zoeken in de catalogus
app-portal-search-hint = Zoek: bomen, fiets, bevolking …
app-portal-narrow-list = Verfijnen en sorteren
app-portal-theme = Thema
app-portal-publisher = Bron
app-portal-keyword = Trefwoord
app-portal-since = Gewijzigd
app-portal-since-any = Maakt niet uit
app-portal-since-day = Sinds gisteren
app-portal-since-week = Deze week
app-portal-since-month = Deze maand
app-portal-since-year = Dit jaar
app-portal-sort = Volgorde
app-portal-sort-best = Beste resultaat
app-portal-sort-title = Titel
app-portal-sort-modified = Laatst gewijzigd
app-portal-sort-records = Meeste records
app-portal-with-place = Alleen met een plaats
app-portal-clear = Wissen
app-portal-any = Alle
app-portal-fetching = De catalogus wordt opgehaald
app-portal-again = Opnieuw proberen
app-portal-found = { $found } van { $total } { $total ->
    [one] dataset
   *[other] datasets
}
app-portal-catalogue-of = van { $day }
app-portal-refresh = Catalogus opnieuw ophalen
app-portal-not-all = Nog { $count } { $count ->
    [one] dataset staat
   *[other] datasets staan
} niet in deze lijst
app-portal-points = Punten
app-portal-lines = Lijnen
app-portal-areas = Vlakken
app-portal-map = Kaart
app-portal-table = Tabel zonder plaats
app-portal-files = Alleen bestanden
app-portal-records = { $count } { $count ->
    [one] record
   *[other] records
}
app-portal-records-of = { $count } van { $whole } records

app-portal-back = Terug naar de lijst
app-portal-to-map = Op de kaart zetten
app-portal-to-tables = Als tabel toevoegen
app-portal-is-there = Staat al in het project
app-portal-only-files = Deze dataset heeft geen records: alleen bestanden, op de pagina van het portaal zelf
app-portal-part = Alleen een deel ophalen
app-portal-where = Waar
app-portal-anywhere = Overal
app-portal-in-view = In wat je nu op de kaart ziet
app-portal-in-selected = { $count ->
    [one] In het geselecteerde object van { $layer }
   *[other] In de { $count } geselecteerde objecten van { $layer }
}
app-portal-condition = Welke records
app-portal-here = { $here ->
    [one] { $here } regel kun je niet aan het portaal vragen: die geldt hier
   *[other] { $here } regels kun je niet aan het portaal vragen: die gelden hier
}, na het ophalen ({ $there } daar gevraagd)
app-portal-fields-chosen = { $kept } van { $all } velden
app-portal-fields = { $count } { $count ->
    [one] veld
   *[other] velden
}
app-portal-preview = Eerste rijen
app-portal-no-rows = Geen rijen
app-portal-zoom = Toon waar op de kaart
app-portal-fact-records = Records
app-portal-fact-geometry = Geometrie
app-portal-fact-source = Bron
app-portal-fact-licence = Licentie
app-portal-fact-modified = Gewijzigd
app-portal-fact-processed = Ingelezen
app-portal-fact-frequency = Ritme
app-portal-fact-themes = Thema’s
app-portal-fact-keywords = Trefwoorden
app-portal-fact-page = Op het portaal

app-layer-fetched = opgehaald { $day }
app-receipt = Ontvangstbewijs van de download…
app-receipt-title = Ontvangstbewijs: { $name }
app-receipt-out-of-reach = Het portaal kon niet naar nieuwere gegevens gevraagd worden: { $what }
app-receipt-dataset = Dataset
app-receipt-whole = Hele dataset
app-receipt-size = Grootte
app-receipt-address = Adres in Belfort
app-receipt-url = Opgehaald van
problem-portal-fields-gone = De dataset mist { $count ->
    [one] een veld dat verwacht werd
   *[other] velden die verwacht werden
}: { $names }

app-settings-portal = Stadsportaal
app-settings-copies = Downloads en kopieën
app-settings-download = Grootste download
app-settings-download-note = Een download die groter blijkt, stopt, en dat zie je.
app-settings-copies-most = Plaats voor kopieën
app-settings-copies-note = Alles wat je ophaalt, wordt bewaard, zodat je ook zonder netwerk verder kunt. Wat het langst niet gebruikt is, gaat eerst weg; wat je nu gebruikt, blijft.
app-settings-copies-count = { $count } { $count ->
    [one] kopie
   *[other] kopieën
}, { $size }
app-settings-copies-all = Alle kopieën wissen
app-settings-copies-remove = Wis de kopie van { $name }
app-portal-key = Dit portaal vraagt een sleutel
app-portal-key-field = Sleutel (API-sleutel)
app-portal-key-use = Deze sleutel gebruiken
app-portal-key-note = Blijft tot je Belfort sluit, en wordt nergens opgeschreven
app-portal-every-year = { $count ->
    [one] elk jaar
   *[other] elke { $count } jaar
}
app-portal-every-month = { $count ->
    [one] elke maand
   *[other] elke { $count } maanden
}
app-portal-every-week = { $count ->
    [one] elke week
   *[other] elke { $count } weken
}
app-portal-every-day = { $count ->
    [one] elke dag
   *[other] elke { $count } dagen
}
app-portal-every-hour = { $count ->
    [one] elk uur
   *[other] elke { $count } uur
}
app-portal-every-minute = { $count ->
    [one] elke minuut
   *[other] elke { $count } minuten
}
app-portal-every-second = { $count ->
    [one] elke seconde
   *[other] elke { $count } seconden
}
