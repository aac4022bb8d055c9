# Rekenbladen
spreadsheet-error-damaged = Het rekenblad is beschadigd: { $detail }
spreadsheet-error-missing = Dit is geen volledig rekenblad: { $part } ontbreekt
spreadsheet-error-locked = Het rekenblad is met een wachtwoord vergrendeld
spreadsheet-error-spread = De waarden staan verspreid over { $rows } rijen en { $columns } kolommen, die bijna allemaal leeg zijn
spreadsheet-error-text = Een korte tekst wordt zo vaak herhaald dat hij het geheugen zou vullen
spreadsheet-error-old = Dit is geen werkmap van Excel 5 of later
spreadsheet-error-markup = Dit is een webpagina of XML met de naam van een Excelbestand
spreadsheet-error-empty = Er staat geen enkele waarde in dit rekenblad
spreadsheet-remedy-save-again = Open het in Excel of LibreOffice en sla het opnieuw op, of haal het opnieuw op
spreadsheet-remedy-unlock = Open het in Excel of LibreOffice en sla het op zonder wachtwoord
spreadsheet-remedy-new-sheet = Kopieer de tabel naar een nieuw blad en sla dat op
spreadsheet-remedy-save-xlsx = Open het in LibreOffice en sla het op als XLSX
problem-spreadsheet-no-header = Er is geen rij gevonden die de kolommen een naam geeft
problem-spreadsheet-above = { $count ->
    [one] { $count } rij boven de tabel (een titel of een nota) is niet gelezen
   *[other] { $count } rijen boven de tabel (titels en nota's) zijn niet gelezen
}
problem-spreadsheet-outside = { $count ->
    [one] { $count } cel ligt buiten het grootste blad dat bestaat en is niet gelezen
   *[other] { $count } cellen liggen buiten het grootste blad dat bestaat en zijn niet gelezen
}
problem-spreadsheet-empty-rows = { $count ->
    [one] { $count } lege rij in de tabel is weggelaten
   *[other] { $count } lege rijen in de tabel zijn weggelaten
}
problem-spreadsheet-merged = { $count ->
    [one] { $count } samengevoegde cel in de tabel heeft haar waarde alleen in haar eerste rij
   *[other] { $count } samengevoegde cellen in de tabel hebben hun waarde alleen in hun eerste rij
}
problem-spreadsheet-total = { $count ->
    [one] { $count } rij aan het einde lijkt een totaal; ze is als rij behouden
   *[other] { $count } rijen aan het einde lijken totalen; ze zijn als rijen behouden
}
problem-spreadsheet-footnote = { $count ->
    [one] { $count } rij aan het einde lijkt een voetnoot; ze is als rij behouden
   *[other] { $count } rijen aan het einde lijken voetnoten; ze zijn als rijen behouden
}
problem-spreadsheet-error-cell = { $count ->
    [one] Veld “{ $field }”: { $count } cel met een fout zoals #N/B is als leeg gelezen
   *[other] Veld “{ $field }”: { $count } cellen met een fout zoals #N/B zijn als leeg gelezen
}
problem-spreadsheet-uncached = { $count ->
    [one] Veld “{ $field }”: { $count } formule is nooit berekend en is leeg; open het bestand in Excel of LibreOffice en sla het op
   *[other] Veld “{ $field }”: { $count } formules zijn nooit berekend en zijn leeg; open het bestand in Excel of LibreOffice en sla het op
}
problem-spreadsheet-percent = { $count ->
    [one] Veld “{ $field }”: { $count } percentage is gelezen als deel van één: 25 % is 0,25
   *[other] Veld “{ $field }”: { $count } percentages zijn gelezen als deel van één: 25 % is 0,25
}
problem-spreadsheet-number-as-text = { $count ->
    [one] Veld “{ $field }”: { $count } getal dat als tekst was bewaard, is als getal gelezen
   *[other] Veld “{ $field }”: { $count } getallen die als tekst waren bewaard, zijn als getal gelezen
}
problem-spreadsheet-padded = { $count ->
    [one] Veld “{ $field }”: { $count } getal dat met voorloopnullen getoond wordt, is als tekst gelezen
   *[other] Veld “{ $field }”: { $count } getallen die met voorloopnullen getoond worden, zijn als tekst gelezen
}
problem-spreadsheet-hidden = Het blad is verborgen in het rekenblad
problem-spreadsheet-sheet = Een blad is niet gelezen: { $what }
