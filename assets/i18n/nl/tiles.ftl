# Waarom een tegel van de achtergrondkaart ontbreekt.
tiles-missing-none = De achtergrondkaart heeft hier geen beeld
tiles-missing-unreachable = De server van de achtergrondkaart is niet bereikbaar: { $detail }
tiles-missing-refused = De server van de achtergrondkaart antwoordt met fout { $status }
tiles-missing-not-a-picture = De server van de achtergrondkaart stuurde iets dat geen beeld is: { $detail }
tiles-missing-offline = Je werkt offline, en deze tegels staan nog niet op je computer
