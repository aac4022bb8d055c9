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
    [one] Veld ‘{ $field }’: { $count } cel met een fout zoals #N/B is als leeg gelezen
   *[other] Veld ‘{ $field }’: { $count } cellen met een fout zoals #N/B zijn als leeg gelezen
}
problem-spreadsheet-uncached = { $count ->
    [one] Veld ‘{ $field }’: { $count } formule is nooit berekend en is leeg; open het bestand in Excel of LibreOffice en sla het op
   *[other] Veld ‘{ $field }’: { $count } formules zijn nooit berekend en zijn leeg; open het bestand in Excel of LibreOffice en sla het op
}
problem-spreadsheet-percent = { $count ->
    [one] Veld ‘{ $field }’: { $count } percentage is gelezen als deel van één: 25 % is 0,25
   *[other] Veld ‘{ $field }’: { $count } percentages zijn gelezen als deel van één: 25 % is 0,25
}
problem-spreadsheet-number-as-text = { $count ->
    [one] Veld ‘{ $field }’: { $count } getal dat als tekst was bewaard, is als getal gelezen
   *[other] Veld ‘{ $field }’: { $count } getallen die als tekst waren bewaard, zijn als getal gelezen
}
problem-spreadsheet-padded = { $count ->
    [one] Veld ‘{ $field }’: { $count } getal dat met voorloopnullen getoond wordt, is als tekst gelezen
   *[other] Veld ‘{ $field }’: { $count } getallen die met voorloopnullen getoond worden, zijn als tekst gelezen
}
problem-spreadsheet-hidden = Het blad is verborgen in het rekenblad
problem-spreadsheet-sheet = Een blad is niet gelezen: { $what }
spreadsheet-error-write = De werkmap kan niet geschreven worden: { $detail }
spreadsheet-error-columns = Een blad bevat hoogstens 16 384 kolommen
problem-xlsx-sheets = Een blad bevat 1 048 576 rijen: de laag gaat verder op andere bladen, { $count } in totaal
problem-xlsx-too-many-columns = { $count ->
    [one] { $count } kolom is meer dan een blad kan bevatten: kies er minder
   *[other] { $count } kolommen zijn meer dan een blad kan bevatten: kies er minder
}
problem-xlsx-long-integer = { $count ->
    [one] Veld ‘{ $field }’: { $count } geheel getal is te lang voor een cel en is als tekst geschreven
   *[other] Veld ‘{ $field }’: { $count } gehele getallen zijn te lang voor een cel en zijn als tekst geschreven
}
problem-xlsx-text-cut = { $count ->
    [one] Veld ‘{ $field }’: { $count } tekst is langer dan de 32 767 tekens van een cel en wordt afgekapt
   *[other] Veld ‘{ $field }’: { $count } teksten zijn langer dan de 32 767 tekens van een cel en worden afgekapt
}
problem-xlsx-day-as-text = { $count ->
    [one] Veld ‘{ $field }’: { $count } datum voor 1900 of na 9999 is als tekst geschreven
   *[other] Veld ‘{ $field }’: { $count } datums voor 1900 of na 9999 zijn als tekst geschreven
}
problem-xlsx-zone = { $count ->
    [one] Veld ‘{ $field }’: { $count } tijdstip is geschreven zoals de klok het aangeeft, zonder tijdzone, want die kan een blad niet bewaren
   *[other] Veld ‘{ $field }’: { $count } tijdstippen zijn geschreven zoals de klok ze aangeeft, zonder tijdzone, want die kan een blad niet bewaren
}
problem-xlsx-long-place = { $count ->
    [one] De plaats van { $count } rij is langer dan de 32 767 tekens van een cel en is niet geschreven
   *[other] De plaats van { $count } rijen is langer dan de 32 767 tekens van een cel en is niet geschreven
}
problem-xlsx-empty-row = { $count ->
    [one] { $count } rij heeft geen enkele waarde en wordt een lege rij van het blad
   *[other] { $count } rijen hebben geen enkele waarde en worden lege rijen van het blad
}
problem-csv-guarded = { $count ->
    [one] Veld ‘{ $field }’: { $count } tekst begint zoals een formule en krijgt een apostrof vooraan, zodat geen rekenblad ze uitvoert
   *[other] Veld ‘{ $field }’: { $count } teksten beginnen zoals een formule en krijgen een apostrof vooraan, zodat geen rekenblad ze uitvoert
}
problem-csv-guarded-name = De naam van veld ‘{ $field }’ begint zoals een formule en krijgt een apostrof vooraan
problem-csv-unguarded = { $count ->
    [one] Veld ‘{ $field }’: { $count } tekst had een apostrof vooraan zodat geen rekenblad ze uitvoert; die is weggehaald
   *[other] Veld ‘{ $field }’: { $count } teksten hadden een apostrof vooraan zodat geen rekenblad ze uitvoert; die is weggehaald
}

# Velden die als een andere soort gelezen worden
problem-read-as-number = { $count ->
    [one] Veld ‘{ $field }’: { $count } waarde is geen getal en is nu leeg: { $values }
   *[other] Veld ‘{ $field }’: { $count } waarden zijn geen getal en zijn nu leeg: { $values }
}
problem-read-as-integer = { $count ->
    [one] Veld ‘{ $field }’: { $count } waarde is geen geheel getal en is nu leeg: { $values }
   *[other] Veld ‘{ $field }’: { $count } waarden zijn geen geheel getal en zijn nu leeg: { $values }
}
problem-read-as-date = { $count ->
    [one] Veld ‘{ $field }’: { $count } waarde is geen datum en is nu leeg: { $values }
   *[other] Veld ‘{ $field }’: { $count } waarden zijn geen datum en zijn nu leeg: { $values }
}
problem-read-as-datetime = { $count ->
    [one] Veld ‘{ $field }’: { $count } waarde is geen tijdstip en is nu leeg: { $values }
   *[other] Veld ‘{ $field }’: { $count } waarden zijn geen tijdstip en zijn nu leeg: { $values }
}
problem-read-as-boolean = { $count ->
    [one] Veld ‘{ $field }’: { $count } waarde is geen ja of nee en is nu leeg: { $values }
   *[other] Veld ‘{ $field }’: { $count } waarden zijn geen ja of nee en zijn nu leeg: { $values }
}
problem-read-as-no-value = { $count ->
    [one] Veld ‘{ $field }’: { $count } waarde die ‘niets’ zegt, zoals ‘-’ of ‘?’, is als leeg gelezen
   *[other] Veld ‘{ $field }’: { $count } waarden die ‘niets’ zeggen, zoals ‘-’ of ‘?’, zijn als leeg gelezen
}
problem-read-as-zeros = { $count ->
    [one] Veld ‘{ $field }’: { $count } getal had nullen vooraan, die zijn weg
   *[other] Veld ‘{ $field }’: { $count } getallen hadden nullen vooraan, die zijn weg
}
problem-read-as-rounded = { $count ->
    [one] Veld ‘{ $field }’: { $count } tijdstip is afgekapt op milliseconden
   *[other] Veld ‘{ $field }’: { $count } tijdstippen zijn afgekapt op milliseconden
}
problem-read-as-utc = { $count ->
    [one] Veld ‘{ $field }’: { $count } tijdstip staat in UTC, omdat het veld verschillende tijdzones heeft
   *[other] Veld ‘{ $field }’: { $count } tijdstippen staan in UTC, omdat het veld verschillende tijdzones heeft
}
problem-read-as-too-much = Veld ‘{ $field }’ is te lang om als een andere soort gelezen te worden; het bleef zoals het was
problem-read-as-no-field = Er is geen veld ‘{ $field }’, dat als een andere soort gelezen moest worden
read-as-text = tekst
read-as-number = { $kind ->
    [integer] gehele getallen
   *[other] getallen
}
read-as-number-point = { $kind ->
    [integer] gehele getallen
   *[other] getallen met een decimale punt (1,234.5)
}
read-as-number-comma = { $kind ->
    [integer] gehele getallen, met punten tussen duizendtallen (1.234)
   *[other] getallen met een decimale komma (1.234,5)
}
read-as-integer = gehele getallen
read-as-date = { $kind ->
    [datetime] datums met een uur
   *[other] datums
}
read-as-date-dmy = { $kind ->
    [datetime] datums met een uur, dag eerst (31/12/2024 8:30)
   *[other] datums, dag eerst (31/12/2024)
}
read-as-date-mdy = { $kind ->
    [datetime] datums met een uur, maand eerst (12/31/2024 8:30)
   *[other] datums, maand eerst (12/31/2024)
}
read-as-date-ymd = { $kind ->
    [datetime] datums met een uur, jaar eerst (2024-12-31 8:30)
   *[other] datums, jaar eerst (2024-12-31)
}
read-as-datetime = datums met een uur
read-as-boolean = ja of nee
read-as-fits-all = { $count ->
    [one] de enige waarde past
   *[other] alle { $count } waarden passen
}
read-as-fits = { $fits } van { $count } waarden passen
read-as-no-value = { $count ->
    [one] { $count } zegt ‘niets’
   *[other] { $count } zeggen ‘niets’
}
cli-could-be = Kan ook
cli-could-be-as = { $what }: { $fit }. Zo gelezen met { $option }
cli-value-kind = VELD=SOORT
cli-help-kind = Wat een veld is, hoe het er ook uitziet: number, integer, date, datetime, boolean of text, of in één vorm: { $forms }. Mag herhaald worden voor andere velden
cli-bad-kind = { $text } is geen VELD=SOORT. De soorten zijn { $known }
