app-title = Titel van de kaart…
app-title-of-map = Titel van de kaart
app-title-where = Staat boven het venster en boven afbeeldingen van de kaart
app-title-do = Titel geven
app-layer-visible = Laag tonen
