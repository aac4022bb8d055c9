app-table-selected = { $count } geselecteerd
app-table-which = Rijen
app-table-columns = Kolommen
app-table-more = Meer over de selectie
app-table-only-selected = Alleen geselecteerde
app-table-only-in-view = Alleen in beeld
app-table-narrowed = Geen enkele rij is geselecteerd of in beeld: kies boven de tabel welke rijen je wilt zien
app-table-columns-all = Alle tonen
app-table-columns-plain = Zoals in de bron
app-table-column-menu = Kolom ‘{ $field }’
app-table-sort-up = Oplopend sorteren
app-table-sort-down = Aflopend sorteren
app-table-sort-none = Niet sorteren
app-table-column-left = Naar links
app-table-column-right = Naar rechts
app-table-column-hide = Verbergen

# Statistieken van een kolom
app-table-statistics = Statistieken
app-table-statistics-copy = Statistieken kopiëren
app-stat-rows = Rijen
app-stat-nulls = Zonder waarde
app-stat-not-finite = Geen getal
app-stat-distinct = Verschillende waarden
app-stat-least = Kleinste
app-stat-most = Grootste
app-stat-mean = Gemiddelde
app-stat-median = Mediaan
app-stat-quartile-1 = Eerste kwartiel
app-stat-quartile-3 = Derde kwartiel
app-stat-deviation = Standaardafwijking
app-stat-sum = Som
app-stat-frequent = Meest voorkomend
app-stat-empty-text = (lege tekst)
app-stat-others =
    { $values ->
        [one] en nog { $values } andere waarde in { $rows } rijen
       *[other] en nog { $values } andere waarden in { $rows } rijen
    }
