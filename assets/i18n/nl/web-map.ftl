# Achtergrondkaarten op een adres: wat er mis kan zijn, en wat te doen.

webmap-terms-unknown = De regels van deze bron zijn niet bekend: alleen om te bekijken
webmap-terms-allowed = Volgens wie de kaart toevoegde, mogen de tegels mee offline en groot geprint worden

webmap-error-no-address = ‘{ $address }’ is geen adres op het web
webmap-error-password = In het adres staat een naam of wachtwoord, en dat zou in het project komen
webmap-error-unclosed = Een accolade in het adres wordt niet gesloten
webmap-error-place = Belfort weet niet wat op de plaats van { $place } hoort
webmap-error-place-key = Vul je eigen sleutel in op de plaats van { $place }
webmap-error-places = In het adres ontbreekt { $places }
webmap-error-no-layer = Kies eerst een laag
webmap-error-no-layers = De dienst noemt geen enkele laag
webmap-error-formats = De dienst geeft geen PNG, JPEG of WebP
webmap-error-projection = Niet in de projectie van webkaarten (EPSG:3857), wel in { $crs }
webmap-error-no-sets = Er is geen reeks tegels in de projectie van webkaarten (EPSG:3857)
webmap-error-no-way = De dienst zegt niet hoe je een tegel vraagt
webmap-error-matrix = De tegels van ‘{ $set }’ zijn niet die van webkaarten: niveau ‘{ $level }’ { $why }
webmap-error-version = De WMS spreekt versie { $version }, en Belfort 1.1.1 en 1.3.0
webmap-why-unread = heeft geen maten die te lezen zijn
webmap-why-square = heeft tegels van { $width } × { $height } in plaats van vierkante
webmap-why-scale = heeft schaal 1:{ $scale } waar 1:{ $expected } hoort
webmap-why-corner = begint bij { $x }, { $y } in plaats van in de hoek van de wereld

webmap-error-offline = Je werkt offline, dus er wordt geen server gevraagd
webmap-error-unreachable = De server is niet bereikbaar: { $detail }
webmap-error-slow = De server antwoordt niet op tijd
webmap-error-not-there = Op dat adres is niets (antwoord { $status }){ $said }
webmap-error-key = De server laat niet iedereen toe (fout { $status }): er is misschien een sleutel nodig{ $said }
webmap-error-too-many = De server vraagt om even te wachten (fout { $status }){ $said }
webmap-error-broken = De server heeft zelf een probleem (fout { $status }){ $said }
webmap-error-status = De server antwoordt met fout { $status }{ $said }
webmap-said = . Hij zegt: { $said }
webmap-said-nothing = { "" }
webmap-error-page = Op dat adres staat een webpagina, geen kaartdienst
webmap-error-picture = Op dat adres staat één beeld, en geen kaart in tegels
webmap-error-json = Op dat adres staat JSON, geen WMTS of WMS
webmap-error-exception = De server zegt: { $said }
webmap-error-not-xml = Het antwoord is geen leesbare XML: { $detail }
webmap-error-wfs = Dat is een WFS: die geeft objecten, geen kaartbeeld
webmap-error-other = Het antwoord is geen beschrijving van een WMTS of WMS, maar ‘{ $name }’
webmap-error-large = Het antwoord is groter dan { $size } MB
webmap-error-tile-page = In plaats van een tegel kwam een webpagina
webmap-error-no-picture = Wat kwam, is geen beeld dat Belfort kent ({ $kind }): { $detail }
webmap-error-empty = De server stuurde een leeg antwoord

webmap-remedy-address = Kijk het adres na; misschien is het verhuisd
webmap-remedy-pattern = Geef een adres met {"{"}z{"}"}, {"{"}x{"}"} en {"{"}y{"}"}, zoals https://example.org/{"{"}z{"}"}/{"{"}x{"}"}/{"{"}y{"}"}.png, of dat van een WMTS of WMS
webmap-remedy-offline = Zet ‘Offline werken’ uit in het menu Beeld
webmap-remedy-unreachable = Kijk je verbinding en het adres na
webmap-remedy-later = Probeer het later opnieuw
webmap-remedy-key = Vraag de beheerder om toegang, of zet je sleutel in het adres
webmap-remedy-page = Zoek op die pagina het adres van de WMTS of WMS, of van de tegels zelf
webmap-remedy-wfs = Open hem met Bestand › Dienst openen…
webmap-remedy-layers = Kijk na of dit het adres van de hele dienst is
webmap-remedy-large = Zoek een adres met minder lagen: veel servers hebben er een per thema
webmap-remedy-tile-page = Kijk het adres na: een plaats te veel of een sleutel te weinig geeft vaak een pagina
webmap-remedy-exception = Kies een andere laag of stijl, of kijk het adres na
