# Controle van de geometrie, in het venster
app-check = Geometrie controleren…
app-check-tab = Controle
app-check-close = De controle sluiten
app-check-zoom = Zoom naar de laag
app-check-loading = De laag wordt nog gelezen
app-check-working = Aan het controleren
app-check-stopped = De controle is afgebroken
app-check-again = Opnieuw
app-check-overlaps = Zoek ook overlappingen in de laag
app-check-overlaps-about = Voor vlakken die niet over elkaar horen te liggen: percelen, wijken, gebouwen. Niet voor bijvoorbeeld bufferzones.
app-check-sliver = Klein is onder
app-check-clean = Alles in orde: { $count }, niets gevonden
app-check-clean-notes = Alles geldig: { $count }. Hieronder staat wat goed is om te weten
app-check-summary = { $count } nagekeken: { $invalid ->
    [0] alles geldig
    [one] 1 ongeldig
   *[other] { $invalid } ongeldig
}{ $doubtful ->
    [0] {""}
    [one] , 1 plaats om na te kijken
   *[other] , { $doubtful } plaatsen om na te kijken
}
app-check-list = Wat gevonden is
app-check-row = Rij { $row }
app-check-copy = Lijst kopiëren
app-check-repair = Een kopie herstellen…
app-check-repair-nothing = Er is niets dat Belfort kan herstellen
app-check-repair-title = Een herstelde kopie van ‘{ $name }’
app-check-repair-about = De kopie komt in een nieuw bestand en wordt als laag toegevoegd. Het bestand van de laag zelf verandert niet.
app-check-repair-working = Aan het uitzoeken wat er verandert
app-check-repair-changes = { $count ->
    [0] Er verandert niets
    [one] Er verandert 1 object
   *[other] Er veranderen { $count } objecten
}
app-check-repair-do = Herstellen
app-check-repair-done = { $count ->
    [0] Er was niets te herstellen. De kopie is als laag toegevoegd
    [one] 1 object hersteld. De kopie is als laag toegevoegd
   *[other] { $count } objecten hersteld. De kopie is als laag toegevoegd
}
app-check-keep-collapsed = Bewaar vlakken zonder oppervlakte als lijn, en lijnen zonder lengte als punt
app-check-drop-duplicates = Laat objecten weg die in alles gelijk zijn aan een eerder object
app-check-copy-name = { $name } hersteld
app-check-own-file = Dit is het bestand van de laag zelf: dat verandert Belfort niet. Kies een andere naam
