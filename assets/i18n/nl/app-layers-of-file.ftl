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
