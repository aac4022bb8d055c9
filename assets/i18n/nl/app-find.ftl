app-title = Titel van de kaart…
app-title-of-map = Titel van de kaart
app-title-where = Staat boven het venster en boven afbeeldingen van de kaart
app-title-do = Titel geven
app-layer-visible = Laag tonen
app-find = Zoeken…
app-find-what = Zoek een naam, coördinaten, een laag of een opdracht
app-clear-marker = Markering wissen
app-find-filtered = Wat je zocht staat niet op de kaart: de filter van ‘{ $layer }’ verbergt het
app-marker-copy-degrees = Kopieer de coördinaten in WGS 84
app-marker-copy-lambert = Kopieer de coördinaten in Lambert 72
app-find-near = Lijkt op wat je typte
app-find-read-as = gelezen als { $how }
app-find-coordinates = Coördinaten
app-find-commands = Opdrachten
app-find-hidden = verborgen
app-find-on = aan
app-find-off = uit
app-find-nothing = Niets gevonden voor ‘{ $text }’
app-find-nothing-do = Kijk de spelling na, of probeer een deel van de naam
app-find-keys = Pijltjes: kiezen · Enter: ernaartoe · Esc: sluiten
app-find-collecting = Namen verzamelen
app-find-searching = Zoeken
app-find-hint-names = Namen in alle lagen: een straat, een wijk, een studieplek
app-find-hint-coordinates = Coördinaten: 51,0536 3,7253 of Lambert 72: 104.700 193.800, of een link
app-find-hint-commands = Lagen en opdrachten: zoom, exporteren, donker
app-find-more = { $count ->
    [one] Nog { $count } naam
   *[other] Nog { $count } namen
}
