# Welke lagen van een bestand
app-layers-of-file-title = Lagen in { $name }
app-layers-of-file-which = { $count ->
    [one] Dit bestand bevat { $count } laag.
   *[other] Dit bestand bevat { $count } lagen. Welke wil je op de kaart?
}
app-layers-of-file-add = { $count ->
    [one] { $count } laag toevoegen
   *[other] { $count } lagen toevoegen
}
app-layers-of-file-placeless = tabel zonder plaats
app-layers-of-file-large = Het bestand is { $size } groot. Wat op de kaart te zien is, kan Belfort eruit lezen zonder de rest.
app-layer-read-view = Alleen lezen wat in beeld is
app-layer-read-whole = Het hele bestand lezen
app-layer-part = deel van het bestand
app-layer-part-hint = Alleen wat ligt tussen { $west }° en { $east }° lengte en { $south }° en { $north }° breedte is gelezen. Klik om het hele bestand te lezen.
