# Labels op de kaart

app-labels-on = Labels tonen
app-labels-field = Veld
app-labels-expression-chosen = Eigen uitdrukking
app-labels-expression = Veld of uitdrukking
app-labels-expression-hint = naam
app-labels-expression-how =
    De naam van een veld, of een uitdrukking zoals in een filter:
    naam || '\n' || aantal
    Met \n begint een nieuwe regel.
app-labels-size = Grootte
app-labels-points = pt
app-labels-color = Kleur van de letters
app-labels-halo = Rand
app-labels-halo-color = Kleur van de rand
app-labels-priority = Voorrang
app-labels-priority-low = Laag
app-labels-priority-normal = Gewoon
app-labels-priority-high = Hoog
app-labels-wrap = Afbreken na
app-labels-wrap-letters = letters
app-labels-wrap-never = nooit
app-labels-farthest = Uitgezoomd tot
app-labels-nearest = Ingezoomd tot
app-labels-scale-any = alle
app-labels-scale-now = Nu
app-labels-arrange = Labels verslepen op de kaart
app-labels-arrange-how = Geef een label een vaste plaats. Staat het ver van wat het benoemt, dan komt er een lijn bij.
app-labels-pinned =
    { $count ->
        [one] 1 label met een vaste plaats
       *[other] { $count } labels met een vaste plaats
    }
app-labels-unpin = Maak los (gekozen object)
app-labels-unpin-all = Maak alle los
app-labels-shown =
    { $all ->
        [0] Niets in beeld om te benoemen
       *[other] { $shown } van { $all } getoond
    }
app-labels-too-long = { $count } te lang
app-labels-collide =
    { $count ->
        [one] 1 botst
       *[other] { $count } botsen
    }
app-labels-beyond = { $count } met de naam buiten beeld
app-labels-no-text = { $count } zonder tekst
app-labels-list = Toon ze in de tabel en op de kaart
app-labels-not-now = Geen labels op deze schaal
app-labels-hidden = De laag is verborgen
app-labels-busy = Labels worden geplaatst…
app-labels-status = { $shown } van { $all } labels
app-work-labels = Labels plaatsen
