# Charts and numbers of a field
app-chart-tab = Grafiek
app-layer-chart-show = Grafiek en cijfers
app-chart-no-layer = Kies een laag om grafieken en cijfers van haar velden te zien.
app-chart-nothing = Er zijn geen waarden om te tonen.
app-chart-spread = Spreiding
app-chart-per-value = Per waarde
app-chart-by = Per
app-chart-measure = Toon
app-chart-number = Van
app-chart-count = Aantal rijen
app-chart-sum = Som
app-chart-mean = Gemiddelde
app-chart-in-view = Alleen wat in beeld is
app-chart-others =
    { $values ->
        [one] 1 andere waarde
       *[other] { $values } andere waarden
    }
app-chart-bar =
    { $name }: { $number }{ $rows ->
        [one] 1 rij
       *[other] { $rows } rijen
    }
app-chart-bar-chosen =
    { $name }: { $number }{ $rows ->
        [one] 1 rij
       *[other] { $rows } rijen
    }, { $chosen } geselecteerd
app-chart-hint = Klik op een balk of sleep over meer balken om hun rijen te selecteren. Met Shift erbij, met Ctrl omgekeerd. Het donkere deel is geselecteerd.
app-chart-numbers = Cijfers van { $field }
app-chart-all = Alle
app-chart-chosen = Geselecteerd
app-chart-both = Met beide getallen
app-chart-without = Zonder een van beide
app-chart-correlation = Correlatie (Pearson)
app-chart-scatter = Twee getallen
app-chart-across = Onder
app-chart-up = Opzij
app-chart-scatter-words =
    { $up } bij { $across }: { $rows ->
        [one] 1 rij
       *[other] { $rows } rijen
    }, { $chosen } geselecteerd
app-chart-scatter-hint = Sleep een rechthoek om de rijen erin te selecteren. Met Shift erbij, met Ctrl omgekeerd. Met het toetsenbord kan het met een filter.
app-chart-more = Grafiek: meer
app-chart-copy-png = Grafiek kopiëren als afbeelding
app-chart-save-png = Grafiek opslaan als PNG…
app-chart-copy-svg = Grafiek kopiëren als SVG
app-chart-save-svg = Grafiek opslaan als SVG…
app-chart-copy-bars = Balken kopiëren als CSV
app-chart-save-bars = Balken opslaan als CSV…
app-chart-copy-figures = Cijfers kopiëren als CSV
app-chart-save-figures = Cijfers opslaan als CSV…
app-chart-save-title = Grafiek opslaan
app-chart-copied = De grafiek staat op het klembord
app-chart-title = Spreiding van { $field }
app-chart-title-per = { $measure } { $field } per { $by }
app-chart-title-scatter = { $up } bij { $across }
app-chart-dark = { $rows ->
    [one] Donker: 1 geselecteerde rij
   *[other] Donker: { $rows } geselecteerde rijen
}
app-chart-course = In de tijd
app-chart-time = Wanneer
app-chart-each = Lijn per
app-chart-one-line = (één lijn)
app-chart-course-words =
    { $number } in de tijd: { $rows ->
        [one] 1 rij
       *[other] { $rows } rijen
    }, { $lines ->
        [one] 1 lijn
       *[other] { $lines } lijnen
    }
app-chart-line =
    { $name }: laatst { $number }, { $rows ->
        [one] 1 rij
       *[other] { $rows } rijen
    }
app-chart-line-chosen =
    { $name }: laatst { $number }, { $rows ->
        [one] 1 rij
       *[other] { $rows } rijen
    }, geselecteerd
app-chart-course-hint = Sleep over een tijdspanne of klik op een lijn in de lijst om haar rijen te selecteren. { $means ->
    [yes] Elk punt is het gemiddelde van meerdere rijen.
   *[no] { "" }
}
app-chart-course-hint-more = { $lines ->
    [one] 1 lijn is niet getekend: selecteer er een rij van en ze verschijnt.
   *[other] { $lines } lijnen zijn niet getekend: selecteer een rij van een ervan en ze verschijnt.
} Sleep over een tijdspanne of klik op een lijn in de lijst om haar rijen te selecteren. { $means ->
    [yes] Elk punt is het gemiddelde van meerdere rijen.
   *[no] { "" }
}
app-chart-title-course = { $number } in de tijd
app-chart-without-time = Zonder tijdstip of getal
app-chart-copy-readings = Metingen kopiëren als CSV
app-chart-save-readings = Metingen opslaan als CSV…
