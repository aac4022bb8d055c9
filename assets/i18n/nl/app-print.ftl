# Afdrukken

app-print = Afdrukken…
app-print-draw = Kader tekenen om af te drukken…
app-print-title = Afdrukken
app-print-page = Blad
app-print-page-hint = Sleep om de kaart te verschuiven; met het wiel kies je een andere ronde schaal
app-print-drawing = Het blad wordt getekend…
app-print-what = Wat
app-print-what-view = Wat nu te zien is
app-print-what-frame = Een kader op de kaart
app-print-what-draw = Kader tekenen op de kaart…
app-print-what-selection = De selectie
app-print-what-all = Alle lagen
app-print-what-area = Eén uit ‘{ $layer }’
app-print-which = Welke
app-print-paper = Papier
app-print-paper-own = Eigen maat
app-print-paper-width = Breedte in mm
app-print-paper-height = Hoogte in mm
app-print-orientation = Ligging
app-print-orientation-best = Beste
app-print-orientation-portrait = Staand
app-print-orientation-landscape = Liggend
app-print-scale = Schaal
app-print-scale-smaller = Volgende kleinere schaal
app-print-scale-larger = Volgende grotere schaal
app-print-scale-best = Grootste
app-print-scale-best-hint = De grootste ronde schaal waarop alles past
app-print-turn = Draaien
app-print-turn-north = Noorden boven
app-print-house = Opmaak
app-print-house-report = Verslag
app-print-house-poster = Affiche
app-print-house-copy = Zwart-wit, voor de kopieermachine
app-print-house-plain = Sober
app-print-sheet-title = Titel
app-print-subtitle = Ondertitel
app-print-auto = Vanzelf
app-print-text = Eigen tekst
app-print-text-hint = Komt onder de kaart
app-print-parts = Wat er op het blad staat
app-print-part-title = Titel
app-print-part-subtitle = Ondertitel
app-print-part-legend = Legende
app-print-part-labels = Namen op de kaart
app-print-part-veil = Omgeving vervaagd
app-print-part-scale = Schaal en schaalbalk
app-print-part-north = Noordpijl
app-print-part-locator = Kaartje van de ligging
app-print-part-statement = Waarvoor de schaal geldt
app-print-part-about = Teksten en bronnen
app-print-part-check = Controlelijn van 100 mm
app-print-part-date = Datum
app-print-more = Meer
app-print-plane = Kaartvlak
app-print-plane-local = Rond het blad (overal juist)
app-print-plane-lambert72 = Belgisch Lambert 72
app-print-plane-lambert2008 = Belgisch Lambert 2008
app-print-plane-screen = Zoals op het scherm
app-print-size = Letters en symbolen
app-print-language = Taal
app-print-language-window = Zoals het venster
app-print-kind-pdf = Scherp op elke grootte, met lagen en doorzoekbare tekst
app-print-kind-svg = Om verder te bewerken in een tekenprogramma
app-print-kind-png = Een beeld, voor een verslag of een website
app-print-dots = { $dots } dpi
app-print-dots-name = Punten per duim
app-print-problems = { $count ->
    [one] 1 opmerking
   *[other] { $count } opmerkingen
}
app-print-do = Opslaan
app-print-copy = Kopiëren
app-print-writing = Het blad wordt opgeslagen…
app-print-copying = Het blad wordt gekopieerd…
app-print-done = { $files ->
    [one] Blad opgeslagen: { $path }
   *[other] { $files } bladen opgeslagen, het eerste als { $path }
}
app-print-copied = Het blad staat op het klembord
app-print-lost = Het blad kon niet gemaakt worden door een fout in het programma
app-feature-print = Dit afdrukken…
app-print-part-counts = Hoeveel er in het gebied ligt
app-print-index = Register
app-print-index-none = Geen
app-print-atlas = Atlas
app-print-atlas-none = Eén blad
app-print-atlas-scale = Alle bladen op dezelfde schaal
app-print-atlas-overview = Met een overzicht vooraan
app-print-sheet = Blad
app-print-sheet-add = Nieuw blad
app-print-sheet-copy = Blad kopiëren
app-print-sheet-name = Blad een naam geven
app-print-sheet-remove = Blad verwijderen
app-print-sheet-of = { $count ->
    [one] Eén uit ‘{ $layer }’
   *[other] { $count } uit ‘{ $layer }’
}
app-print-sheet-copy-of = Kopie van { $name }
app-print-by = Gezocht met
app-print-by-squares = Vakken op de kaart
app-print-by-numbers = Nummers op de kaart
app-print-by-list = Enkel een lijst
app-print-more-list = Nog een lijst
app-print-order = Volgorde
app-print-order-name = Op naam
app-print-order-table = Zoals in de tabel
app-print-order-field = Volgens ‘{ $field }’
app-print-lists = Lijst
app-print-lists-best = Vanzelf
app-print-lists-beside = Naast de kaart
app-print-lists-below = Onder de kaart
app-print-lists-pages = Op een apart blad
app-print-points = { $count ->
    [0] Eigen punten
   *[other] Eigen punten ({ $count })
}
app-print-points-none = Een verzamelplaats, een ingang, een infostand: met een nummer op de kaart
app-print-point = Punt { $number }
app-print-point-hint = Wat is hier?
app-print-point-place = Punt plaatsen
app-print-point-place-hint = Klik daarna op de kaart waar het punt komt
app-print-point-middle = Midden op de kaart
app-print-point-middle-hint = Het punt komt midden op de kaart; verplaats het met de pijltjestoetsen
app-print-point-up = Punt { $number } naar voren
app-print-point-remove = Punt { $number } verwijderen
app-print-point-on-map = Punt { $number } op de kaart: { $text }
app-print-point-drag = Sleep om te verplaatsen; met de pijltjestoetsen 1 mm, met Shift 10 mm, met Delete weg
app-print-over = Op kleiner papier
app-print-over-none = Nee
app-print-over-needless = Het blad past op dat papier, of vraagt er te veel van: het blijft heel
app-print-overlap = Overlap
app-print-kept = { $count ->
    [one] 1 blad van de atlas staat klaar: sla opnieuw op om daar verder te gaan
   *[other] { $count } bladen van de atlas staan klaar: sla opnieuw op om daar verder te gaan
}
app-print-sums = Optellen in het gebied
app-print-sums-hint = De som komt onder de kaart, bij hoeveel er in het gebied ligt
app-print-blocks = { $count ->
    [0] Tekstblokken
   *[other] Tekstblokken ({ $count })
}
app-print-block = Tekstblok { $number }
app-print-block-hint = Je tekst
app-print-block-first = Je tekst
app-print-block-size = Lettergrootte van tekstblok { $number }
app-print-block-add = Tekstblok toevoegen
app-print-block-add-hint = Sleep het daarna op het blad naar zijn plaats
app-print-block-remove = Tekstblok { $number } verwijderen
app-print-logo = Logo
app-print-logo-path = Bestand van het logo (PNG, JPEG of SVG)
app-print-logo-remove = Logo verwijderen
app-print-moved = { $count ->
    [one] 1 onderdeel verplaatst
   *[other] { $count } onderdelen verplaatst
}
app-print-put-back = { $name } terugzetten
app-print-put-all-back = Alles terugzetten
app-print-thing = { $name } op het blad
app-print-thing-hint = Sleep om te verplaatsen; met de pijltjestoetsen 1 mm, met Shift 10 mm
app-print-thing-moved = Sleep om te verplaatsen; met Delete komt het terug waar het vanzelf plaats vindt
app-print-thing-own = Sleep om te verplaatsen; met de pijltjestoetsen 1 mm, met Shift 10 mm, met Delete weg
app-print-index-around = Ook wat buiten het gebied ligt
app-print-index-field = Namen uit
app-print-point-click = Klik nu op de kaart…
app-print-point-unnamed = Punt { $number } op de kaart
app-print-view = Openen als pdf
app-print-view-hint = Opent het blad in je pdf-lezer. Druk het daar af op ware grootte (100 %), dan klopt de schaal.
app-print-opening = Het blad wordt geopend…
app-print-opened = Blad geopend in je pdf-lezer. Druk het daar af op ware grootte (100 %).
app-print-no-viewer = geen programma opent dit bestand: { $detail }
app-print-no-viewer-remedy = Sla het blad op en open het zelf in een pdf-lezer.
app-print-basemap-text = Letters van de achtergrondkaart
app-print-basemap-text-small = Klein
app-print-basemap-text-usual = Zoals op een stratenplan
app-print-basemap-text-large = Groot
