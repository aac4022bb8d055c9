# Een achtergrondkaart via een adres, en de bewaarde tegels.

app-web-map = Achtergrondkaart via een adres…
app-web-map-short = Via een adres…
app-web-map-hint = Tegels (XYZ), een WMTS of een WMS op het web
app-web-map-title = Achtergrondkaart via een adres
app-web-map-change-title = Achtergrondkaart aanpassen
app-web-map-how = Een adres met {"{"}z{"}"}, {"{"}x{"}"} en {"{"}y{"}"} (of {"{"}-y{"}"} voor TMS, {"{"}s{"}"} en {"{"}r{"}"}), of dat van een WMTS of WMS.
app-web-map-known = Eerder toegevoegd
app-web-map-known-one = { $name } ({ $form }, { $place })
app-web-map-forget = Vergeten: { $name }
app-web-map-guessed = Dit is het adres van één tegel; het patroon is dan waarschijnlijk
app-web-map-pattern = De kaart wordt gevraagd op
app-web-map-layers-kept = Lagen: { $layers }. Klik op ‘Kijken wat er is’ om andere te kiezen.
app-web-map-key = In het adres staat een sleutel (‘{ $name }’). Die wordt mee bewaard in het project en in je instellingen; wie het project krijgt, kan ze gebruiken.
app-web-map-one-layer = { $count ->
    [one] De dienst heeft één laag
   *[other] Kies een van de { $count } lagen
}
app-web-map-some-layers = { $count ->
    [one] De dienst heeft één laag
   *[other] Kies een of meer van de { $count } lagen; wat je later aanvinkt, ligt erboven
}
app-web-map-search = Laag zoeken
app-web-map-none-found = Geen laag gevonden
app-web-map-style = Stijl
app-web-map-format = Beeld
app-web-map-set = Tegels
app-web-map-and-others = { $name } + { $count }
app-web-map-name = Naam
app-web-map-maker = Bronvermelding
app-web-map-link = Link bij de bron
app-web-map-zooms = Zoomniveaus
app-web-map-zoom-first = Eerste zoomniveau
app-web-map-zoom-to = tot
app-web-map-zoom-last = Diepste zoomniveau
app-web-map-fine = Fijne schermen
app-web-map-fine-double = Dubbel zo grote tegels: scherp
app-web-map-fine-deeper = Een niveau dieper op halve grootte: scherp, kleinere letters
app-web-map-fine-as-is = Vergroot: minder scherp, gewone letters
app-web-map-offline = Tegels mogen mee offline en groot geprint worden
app-web-map-online = Belfort kent de regels van deze bron niet, en haalt daarom niets vooraf op. Vink dit alleen aan als de voorwaarden het toelaten.
app-web-map-is-offline = Dat zeg jij; het staat zo bij de kaart, ook voor wie je project krijgt.
app-web-map-conditions = De dienst zegt: { $said }
app-web-map-terms = Voorwaarden
app-web-map-no-name = Geef de kaart een naam
app-web-map-no-maker = Vul in wie de kaart maakte: dat staat op elke kaart
app-web-map-bad-link = De link moet met https:// beginnen
app-web-map-bad-zooms = Het eerste zoomniveau is dieper dan het diepste
app-web-map-choose-layer = Kies een laag
app-web-map-look-first = Kijk eerst wat er op het adres is
app-web-map-add = Toevoegen
app-web-map-change = Aanpassen
app-web-map-change-this = Aanpassen…
app-web-map-change-hint = Naam, lagen, zoomniveaus en regels van deze achtergrondkaart
app-web-map-remove-hint = Ze blijft staan bij ‘Eerder toegevoegd’
app-web-map-try = Tegel testen
app-web-map-try-hint = Haalt één tegel van wat je nu ziet
app-web-map-trying = Een tegel wordt gehaald…
app-web-map-elsewhere = Deze kaart ligt elders: er wordt een tegel uit haar midden getest
app-web-map-tried = De tegel die gehaald is
app-web-map-good = Het werkt
app-web-map-one-colour = Er kwam een beeld, maar het heeft overal dezelfde kleur: misschien is hier niets
app-web-map-clear = Er kwam een beeld, maar het is helemaal doorzichtig: misschien is hier niets
app-web-map-size = { $width } × { $height } pixels, { $bytes }, { $kind }, in { $seconds } s
app-web-map-which = Tegel { $tile }
app-web-map-no-headers = De server zegt niet hoelang tegels bewaard mogen worden; Belfort vraagt ze na een week opnieuw

app-cache = Bewaarde tegels beheren…
app-cache-hint = Hoeveel tegels van elke bron bewaard zijn, en plaats maken
app-cache-manage = Beheren…
app-cache-title = Bewaarde tegels
app-cache-how = Tegels van achtergrondkaarten die je bekeek, blijven op je computer: ze zijn er dan meteen, ook offline. Wat je het langst niet bekeek, gaat eerst weg.
app-cache-counting = Tegels worden geteld…
app-cache-empty = Er zijn nog geen tegels bewaard.
app-cache-source = Bron
app-cache-tiles = Tegels
app-cache-size = Grootte
app-cache-used = Laatst bekeken
app-cache-clear = Wissen: { $name }
app-cache-clear-all = Alles wissen…
app-cache-total = { $count } { $count ->
    [one] tegel
   *[other] tegels
}, { $size } van hoogstens { $limit }
app-cache-freed = { $size } vrijgemaakt
app-cache-ask = { $count ->
    [one] De ene tegel
   *[other] De { $count } tegels
} van ‘{ $name }’ wissen? Offline zie je ze dan niet meer; wat je weer bekijkt, wordt opnieuw opgehaald.
app-cache-ask-all = { $count ->
    [one] De ene tegel wissen
   *[other] Alle { $count } tegels wissen
}? Offline zie je dan geen achtergrondkaart meer; wat je weer bekijkt, wordt opnieuw opgehaald.
app-cache-do = Wissen
app-cache-keep = Behouden
app-cache-clearing = Wissen
