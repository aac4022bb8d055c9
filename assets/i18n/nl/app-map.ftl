# Gereedschap op de kaart
app-tool-browse = Rondkijken
app-tool-browse-how = Klik op een object om de kenmerken te zien; sleep om de kaart te verschuiven
app-tool-rectangle = Selecteren met een rechthoek
app-tool-rectangle-how = Sleep een rechthoek. Met Shift voeg je toe, met Ctrl haal je weg
app-tool-polygon = Selecteren met een veelhoek
app-tool-polygon-how = Klik de hoeken aan en dubbelklik om te eindigen. Backspace neemt een hoek terug
app-tool-lasso = Selecteren met een lasso
app-tool-lasso-how = Houd de muisknop ingedrukt en teken eromheen. Met Shift voeg je toe, met Ctrl haal je weg
app-tool-length = Afstand meten
app-tool-length-how = Klik de punten aan en dubbelklik om te eindigen. Backspace neemt een punt terug
app-tool-area = Oppervlakte meten
app-tool-area-how = Klik de hoeken aan en dubbelklik om te eindigen. Backspace neemt een hoek terug
app-tool-filter = Gebied voor de filter tekenen
app-tool-stop = Gereedschap wegleggen
app-measure-copy = Maat kopiëren
app-measure-last = Laatste stuk { $length }
app-measure-perimeter = Omtrek { $length }
app-view-back = Vorig kaartbeeld
app-view-forward = Volgend kaartbeeld
app-full-screen = Volledig scherm
app-status-scale-hint = De schaal in het midden van de kaart, op een scherm van 96 punten per inch
app-status-tiles-missing = { $count ->
    [one] { $count } tegel niet opgehaald
   *[other] { $count } tegels niet opgehaald
}
app-status-tiles-again = Opnieuw proberen
app-status-tiles-retried = Belfort probeert het vanzelf opnieuw, steeds wat later; je lagen werken ook zonder
app-status-tiles-kept = Belfort vraagt ze niet vanzelf opnieuw; je lagen werken ook zonder
app-tiles-retry = Achtergrondkaart opnieuw ophalen
app-basemap-grey = Achtergrondkaart in grijs
app-basemap-opacity = Dekking van de achtergrondkaart
app-basemap-in-grey = In grijs
app-basemap-offline = mag mee offline
app-basemap-online = alleen online
app-basemap-none-how = Alleen je lagen, op een leeg blad
app-view-copy = Kaartbeeld kopiëren
app-view-copy-2 = Kaartbeeld kopiëren, dubbel zo scherp
app-view-save = Kaartbeeld opslaan…
app-view-save-2 = Kaartbeeld opslaan, dubbel zo scherp…
app-view-save-title = Kaartbeeld opslaan
app-overview = Overzichtskaart
app-overview-how = Klik of sleep om de kaart daarheen te brengen
app-overview-fold = Overzichtskaart dichtklappen
app-overview-unfold = Overzichtskaart openklappen
app-tool-filter-rectangle-how = Sleep een rechthoek om het gebied voor de filter
app-tool-print = Kader om af te drukken tekenen
app-tool-print-how = Sleep een rechthoek rond wat je wilt afdrukken
