# De kaart op het scherm.
map-name = Kaart
map-zoom-in = Inzoomen
map-zoom-out = Uitzoomen
map-scale-hint = Klopt op het terrein, in het midden van de kaart
map-basemap-unreachable = Achtergrondkaart niet bereikbaar
map-basemap-unreachable-hint = Tegels die al eens gezien werden, worden getoond; de andere worden af en toe opnieuw geprobeerd
map-gpu-lost = De grafische kaart antwoordt niet meer
map-gpu-lost-hint = Het venster wordt opnieuw geopend; niets van het project gaat verloren
map-no-room = Niet alles in beeld past in het grafische geheugen
map-no-room-hint = Zoom in of verberg lagen; in de instellingen kun je meer geheugen toestaan (gpuMemoryMb)
map-not-filled = Van sommige vlakken is alleen de omtrek getekend
map-not-filled-hint = Hun omtrek is op deze schaal te grillig om in te kleuren; inzoomen helpt
map-cluster = { $count ->
    [one] Cluster van 1 punt
   *[other] Cluster van { $count } punten
}
map-cluster-selected = { $count ->
    [one] 1 ervan geselecteerd
   *[other] { $count } ervan geselecteerd
}
map-cluster-hint = Klik om erop in te zoomen; met Ctrl selecteer je de punten
map-cluster-hint-one-place = Ze liggen op dezelfde plek: klik om ze te selecteren
map-corner-remove = Hoekpunt verwijderen
map-shape-remove = Notitie verwijderen
