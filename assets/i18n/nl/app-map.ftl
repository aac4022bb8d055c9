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
