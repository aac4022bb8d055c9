# De kaart op het scherm.
map-name = Kaart
map-zoom-in = Inzoomen
map-zoom-out = Uitzoomen
map-scale-hint = Klopt op het terrein, in het midden van de kaart
map-basemap-unreachable = Achtergrondkaart niet bereikbaar
map-basemap-unreachable-hint = Tegels die al eens gezien werden, worden getoond; de andere worden af en toe opnieuw geprobeerd
