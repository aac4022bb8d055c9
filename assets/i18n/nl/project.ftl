command-add-layers = lagen toevoegen
command-remove-layer = laag verwijderen
command-move-layer = laag verplaatsen
command-show-layer = laag tonen
command-hide-layer = laag verbergen
command-set-opacity = dekking wijzigen
command-rename-layer = laag hernoemen
command-set-style = stijl wijzigen
command-set-filter = filter wijzigen
command-set-source = leeswijze van het bestand wijzigen
command-set-joins = tabellen koppelen
command-end-joins = koppeling opheffen
command-set-place-columns = cijfers per gebied
command-end-place-columns = cijfers per gebied weghalen
command-set-columns = kolommen van de tabel wijzigen
command-set-refresh = verversing van een laag kiezen
command-set-basemap = achtergrondkaart wijzigen
command-set-title = titel wijzigen
command-set-sheet = blad wijzigen
command-add-sheet = blad toevoegen
command-remove-sheet = blad verwijderen
command-set-view = kaart verschuiven
project-error-not-a-project = Dit is geen Belfort-project: { $detail }
command-duplicate = laag dupliceren
command-show-only = alleen één laag tonen
command-set-scales = schaalgrenzen wijzigen
command-group-layers = lagen groeperen
command-move-group = groep verplaatsen
command-rename-group = groep hernoemen
command-show-group = groep tonen
command-hide-group = groep verbergen
command-fold-group = groep open- of dichtklappen
command-dissolve-group = groep opheffen
command-set-basemap-look = uitzicht van de achtergrondkaart wijzigen
command-remove-layers = lagen verwijderen
command-show-layers = lagen tonen
command-hide-layers = lagen verbergen
command-set-legend = legende wijzigen
command-add-basemap = achtergrondkaart toevoegen
command-change-basemap = achtergrondkaart aanpassen
command-remove-basemap = achtergrondkaart verwijderen
command-recover = niet-opgeslagen werk hernemen
command-read-again = project opnieuw inlezen
project-error-protected = Het bestand is tegen schrijven beveiligd
project-error-protected-remedy = Bewaar onder een andere naam, of haal de beveiliging weg in je bestandsbeheer
problem-project-newer = Gemaakt met een nieuwere Belfort: wat deze versie niet kent, toont ze niet; het blijft zoveel mogelijk bewaard
problem-project-not-utf8 = Het bestand is beschadigd: er staan bytes in die geen tekst zijn
problem-project-cut = Het bestand is beschadigd of afgebroken: alles tot hier is gelezen
problem-project-layer-lost = Laag ‘{ $name }’ kon niet gelezen worden
problem-project-group-lost = Groep ‘{ $name }’ kon niet gelezen worden
problem-project-backdrop-lost = Beeld ‘{ $name }’ kon niet gelezen worden
problem-project-sheet-lost = Blad ‘{ $name }’ kon niet gelezen worden
problem-project-fields-lost = Van ‘{ $name }’ konden deze delen niet gelezen worden: { $parts }
problem-project-part-lost = Dit deel van het project kon niet gelezen worden: { $part }
problem-project-files-lost = Wat het project over zijn bestanden wist, kon niet gelezen worden
project-error-journal = Hier ligt niet-opgeslagen werk van een eerdere Belfort, maar het is te beschadigd om te lezen
command-move-files = bestanden terugvinden
command-set-about = eigenschappen van het project wijzigen
command-add-bookmark = bladwijzer toevoegen
command-rename-bookmark = bladwijzer hernoemen
command-remove-bookmark = bladwijzer verwijderen
pack-index-name = LEESMIJ.txt
pack-index-title = { $title } – een kaart van Belfort
pack-index-author = Gemaakt door: { $value }
pack-index-description = { $value }
pack-index-licence = Licentie: { $value }
pack-index-notice = { $value }
pack-index-how = Open dit pakket met Belfort. Of pak het uit en open het projectbestand (.belfort.json).
pack-index-layers = Lagen, van boven naar onder:
pack-index-files = Bestanden:
pack-index-fetched = Opgehaald op { $when } van { $address }
pack-error-no-pack = Dit is geen pakket van Belfort
pack-error-no-project = Het pakket heeft geen project
pack-error-name = Dit pakket is niet te vertrouwen: een bestand erin wil buiten het pakket terechtkomen, of heeft een naam die dat verbergt ({ $name })
pack-error-name-remedy = Open het niet, en vraag de maker om een nieuw
pack-index-basemap = { $count ->
        [one] Achtergrondkaart: { $name }, 1 tegel die hier bewaard was
       *[other] Achtergrondkaart: { $name }, { $count } tegels die hier bewaard waren
    }
problem-pack-basemap-forbidden = Achtergrondkaart ‘{ $name }’ mag niet meegenomen worden; zonder internet is ze er niet
problem-pack-basemap-none = Van achtergrondkaart ‘{ $name }’ is hier niets bewaard voor dit gebied; zonder internet is ze er niet
problem-pack-basemap-lost = Achtergrondkaart ‘{ $name }’ kon niet meegenomen worden; zonder internet is ze er niet
problem-pack-key = Achtergrondkaart ‘{ $name }’ heeft een sleutel in haar adres; die zit nu in het pakket
problem-pack-missing = Het bestand van ‘{ $name }’ is er niet, en zit dus niet in het pakket
problem-project-basemap-lost = Achtergrondkaart ‘{ $name }’ kon niet gelezen worden
problem-project-note-lost = { $count ->
        [one] Notitie { $name } is niet begrepen en weggelaten
       *[other] { $count } notities zijn niet begrepen en weggelaten, waaronder { $name }
    }
problem-project-notes-lost = { $count ->
        [one] De notities { $name } zijn niet begrepen en weggelaten
       *[other] { $count } reeksen notities zijn niet begrepen en weggelaten, waaronder { $name }
    }
problem-project-notes-loose = { $count ->
        [one] Notities hadden geen laag meer; ze hebben een nieuwe
       *[other] { $count } reeksen notities hadden geen laag meer; ze hebben een nieuwe
    }
problem-project-note-values = { $count ->
        [one] 1 waarde van een notitie past bij geen attribuut en is weggelaten
       *[other] { $count } waarden van notities passen bij geen attribuut en zijn weggelaten
    }
pack-index-notes = in het project zelf
