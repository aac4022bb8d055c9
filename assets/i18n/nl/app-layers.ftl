app-layer-only = Alleen deze laag tonen
app-layer-duplicate = Laag dupliceren
app-layer-scales = Zichtbaar bij schaal…
app-layer-not-at-scale = niet bij deze schaal
app-scales-title = Bij welke schaal is ‘{ $name }’ zichtbaar?
app-scales-how = Zo blijft de kaart leesbaar: bomen alleen van dichtbij, wijken alleen van veraf. Laat een veld leeg voor geen grens.
app-scales-farthest = Uitgezoomd tot
app-scales-nearest = Ingezoomd tot
app-scales-any = geen grens
app-scales-now = Nu: 1:{ $scale }
app-scales-wrong = Typ een geheel getal, zoals 25 000
app-scales-none = Bij geen enkele schaal zichtbaar: de eerste grens moet de grootste zijn
app-scales-do = Instellen
app-problems-go = Naar { $place }
app-menu-group = Groep
app-layer-group = Lagen groeperen
app-group-new = Groep { $number }
app-group-visible = Groep tonen
app-group-open = Groep openklappen
app-group-rename = Groep hernoemen
app-group-up = Groep naar boven
app-group-down = Groep naar onder
app-group-dissolve = Groep opheffen
app-group-name = Naam van de groep
app-group-drag = Sleep om de groep te verplaatsen
app-group-fold = Groep ‘{ $name }’ dichtklappen
app-group-unfold = Groep ‘{ $name }’ openklappen
app-group-hide = Groep ‘{ $name }’ verbergen
app-group-show = Groep ‘{ $name }’ tonen
app-group-more = Meer voor groep ‘{ $name }’
app-group-count = { $count ->
    [one] 1 laag
   *[other] { $count } lagen
}
