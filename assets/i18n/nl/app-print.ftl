# Afdrukken

app-print = Afdrukken…
app-print-title = Afdrukken
app-print-page = Blad
app-print-page-hint = Sleep om de kaart te verschuiven; met het wiel kies je een andere ronde schaal
app-print-drawing = Het blad wordt getekend…
app-print-what = Wat
app-print-what-view = Wat nu te zien is
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
