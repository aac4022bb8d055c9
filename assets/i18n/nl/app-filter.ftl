# Het filter van een laag
app-filter = Filter
app-filter-no-layer = Kies een laag om te filteren
app-filter-working = Zoeken
app-filter-wrong = De voorwaarde klopt nog niet
app-filter-off = Filter werkt niet, alles getoond
app-filter-clear = Filter wissen
app-filter-no-place = De laag ‘{ $layer }’ heeft geen plaatsen
app-filter-areas-error = In de voorwaarde op de andere laag: { $error }

# Regels bouwen
app-filter-add = Voorwaarde toevoegen
app-filter-add-to = Voorwaarde toevoegen aan { $name }
app-filter-add-group = Groep toevoegen
app-filter-add-group-to = Groep toevoegen aan { $name }
app-filter-no-fields = Deze laag heeft geen velden
app-filter-only-text = Deze voorwaarde kan meer dan de rijen hier; wijzig ze als tekst
app-filter-not-yet = De tekst hieronder is nog geen voorwaarde
app-filter-join = Hoe de voorwaarden samengaan
app-filter-join-of = Hoe de voorwaarden van groep { $name } samengaan
app-filter-join-all = Alle voorwaarden
app-filter-join-any = Minstens één voorwaarde
app-filter-join-none = Geen enkele voorwaarde
app-filter-join-not-all = Niet alle voorwaarden
app-filter-remove = Voorwaarde { $name } wissen
app-filter-remove-group = Groep { $name } wissen
app-filter-field = Veld van voorwaarde { $name }
app-filter-operator = Vergelijking van voorwaarde { $name }
app-filter-value = Waarde van voorwaarde { $name }
app-filter-values = Waarden van voorwaarde { $name }
app-filter-from = Van, voorwaarde { $name }
app-filter-to = Tot en met, voorwaarde { $name }
app-filter-handle = Schuif: { $end }
app-filter-slider = Schuif van voorwaarde { $name }
app-filter-exact = Hoofdletters tellen mee

# Waarden kiezen
app-filter-choose = Waarden kiezen…
app-filter-search-values = Zoeken in de waarden
app-filter-counting = Waarden tellen
app-filter-add-value = ‘{ $value }’ toevoegen
app-filter-drop-value = ‘{ $value }’ weglaten
app-filter-no-values = Geen waarde gevonden
app-filter-blank = (lege tekst)
app-filter-yes = ja
app-filter-no = nee
app-filter-more-values = { $count ->
    [one] en nog 1
   *[other] en nog { $count }
}
app-filter-other-values = { $count ->
    [one] 1 zeldzame waarde staat niet in de lijst: zoek ernaar
   *[other] { $count } zeldzame waarden staan niet in de lijst: zoek ernaar
}
app-filter-searching-all = Zoeken in alle waarden
app-filter-more-found = { $count ->
    [one] Nog 1 waarde bevat deze tekst: typ er meer van
   *[other] Nog { $count } waarden bevatten deze tekst: typ er meer van
}
app-filter-nulls = { $count ->
    [one] 1 rij zonder waarde
   *[other] { $count } rijen zonder waarde
}
app-filter-empty-range = Het begin ligt na het einde: niets past daartussen
app-filter-no-number = Dit is geen getal
app-filter-no-date = Dit is geen datum zoals 31/12/2024

# Vergelijkingen
app-op-is = is
app-op-is-not = is niet
app-op-less = kleiner dan
app-op-at-most = hoogstens
app-op-greater = groter dan
app-op-at-least = minstens
app-op-before = vóór
app-op-until = tot en met
app-op-after = na
app-op-from = vanaf
app-op-between = tussen
app-op-not-between = niet tussen
app-op-contains = bevat
app-op-contains-not = bevat niet
app-op-starts = begint met
app-op-starts-not = begint niet met
app-op-ends = eindigt op
app-op-ends-not = eindigt niet op
app-op-empty = is leeg
app-op-not-empty = is niet leeg

# De voorwaarde als tekst
app-filter-as-text = Als tekst
app-filter-condition = Voorwaarde (SQL)
app-filter-example = Bijvoorbeeld { $condition }
app-filter-hint = Een voorwaarde op de velden
app-filter-did-you-mean = Bedoel je { $word }?
app-filter-suggestions = Wat kan volgen
app-filter-is-field = veld
app-filter-is-function = functie
app-filter-is-word = SQL
app-filter-is-value = waarde

# Op plaats
app-filter-place = Plaats
app-filter-place-none = Deze tabel heeft geen plaatsen
app-filter-place-no-layers = Open nog een laag om daarmee te vergelijken
app-filter-add-place = Ten opzichte van een laag
app-filter-by-layer = Laag ‘{ $layer }’
app-filter-by-view = Wat nu in beeld is
app-filter-by-view-hint = Alleen wat in het gebied ligt dat de kaart nu toont, ook als je de kaart daarna verschuift
app-filter-draw-rectangle = Rechthoek tekenen
app-filter-draw-polygon = Veelhoek tekenen
app-filter-by-selection = Selectie van ‘{ $layer }’ ({ $count })
app-filter-remove-place = Voorwaarde op plaats { $name } wissen
app-filter-relation = Hoe ze liggen, voorwaarde op plaats { $name }
app-filter-areas = Andere laag, voorwaarde op plaats { $name }
app-filter-distance = Afstand, voorwaarde op plaats { $name }
app-filter-metres = meter
app-filter-no-distance = geen afstand
app-filter-which = Welke van ‘{ $layer }’
app-filter-areas-which = Alleen die van ‘{ $layer }’ waarvoor (SQL)
app-filter-drawn-rectangle = Getekende rechthoek
app-filter-drawn-polygon = Getekende veelhoek
app-filter-chosen-features = { $count ->
    [one] 1 gekozen object van ‘{ $layer }’
   *[other] { $count } gekozen objecten van ‘{ $layer }’
}
app-relation-within = ligt binnen
app-relation-intersects = ligt in of overlapt met
app-relation-disjoint = ligt buiten
app-relation-touches = raakt aan de rand van
app-relation-crosses = kruist
app-relation-near = ligt dicht bij
app-filter-select = Selecteren in plaats van filteren
app-filter-select-how = Selecteert de getoonde rijen en wist de filter
