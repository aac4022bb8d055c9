# Niets gaat verloren: opslaan, herstellen, geschiedenis
app-backup-failed = Opgeslagen, maar de vorige versie kon niet bewaard worden: { $what }
app-read-again = Het project is opnieuw ingelezen; met Ongedaan maken heb je jouw versie terug

app-overwrite-changed-title = Dit project is intussen gewijzigd
app-overwrite-changed = Een ander programma, of een andere Belfort, heeft ‘{ $name }’ gewijzigd sinds je het opende of opsloeg.
app-overwrite-changed-at = Een ander programma, of een andere Belfort, heeft ‘{ $name }’ gewijzigd op { $when }, nadat je het opende of opsloeg.
app-overwrite-newer-title = Dit project is van een nieuwere Belfort
app-overwrite-newer = ‘{ $name }’ is gemaakt met een nieuwere versie van Belfort. Wat deze versie niet kent, kan verloren gaan als je het overschrijft.
app-overwrite-damaged-title = Dit project is beschadigd
app-overwrite-damaged = Niet alles van ‘{ $name }’ kon gelezen worden. Wat ontbreekt, gaat verloren als je het overschrijft.
app-overwrite-kept = Overschrijven: jouw versie komt in de plaats. De versie die er nu staat, blijft bewaard als ‘{ $backup }’.
app-overwrite-read-again-text = Opnieuw inlezen: de andere versie komt in de plaats. Met Ongedaan maken heb je jouw wijzigingen terug.
app-overwrite-do = Overschrijven
app-overwrite-read-again = Opnieuw inlezen

app-journal-failed = Belfort kan je niet-opgeslagen werk nu niet in veiligheid brengen ({ $what }). Je kunt gewoon verder werken; het probeert het opnieuw. Sla intussen zelf op
app-journal-again = Je niet-opgeslagen werk wordt weer in veiligheid gebracht

app-recovery = Niet-opgeslagen werk zoeken…
app-recovery-none = Er is geen niet-opgeslagen werk van vroeger
app-recovery-title = Niet-opgeslagen werk gevonden
app-recovery-text = Belfort is de vorige keer niet gewoon afgesloten. Dit werk was nog niet opgeslagen:
app-recovery-what = { $count ->
    [one] { $count } wijziging, op { $when }
   *[other] { $count } wijzigingen, de laatste op { $when }
}
app-recovery-never-saved = Nog nooit opgeslagen
app-recovery-restore = Hernemen
app-recovery-restore-hint = Verder werken aan ‘{ $name }’. Er wordt niets overschreven tot je opslaat
app-recovery-discard = Weggooien…
app-recovery-discard-hint = Het niet-opgeslagen werk aan ‘{ $name }’ weggooien. Het project zelf blijft zoals het opgeslagen is
app-recovery-sure = Voorgoed weggooien?
app-recovery-keep = Houden
app-recovery-discard-sure = Weggooien
app-recovery-later = Later beslissen
app-recovery-others = { $count ->
    [one] Er is nog ander niet-opgeslagen werk: zie Bestand, Niet-opgeslagen werk zoeken
   *[other] Er is nog ander niet-opgeslagen werk ({ $count }): zie Bestand, Niet-opgeslagen werk zoeken
}
app-recovered = ‘{ $name }’ is hernomen, met de wijzigingen die nog niet opgeslagen waren

app-missing = Ontbrekende bestanden zoeken…
app-missing-find = Bestand zoeken…
app-missing-show = Bekijken…
app-missing-title = Waar zijn deze bestanden?
app-missing-text = Deze bestanden staan niet meer waar ze stonden. Wat in de buurt gevonden is, wordt voorgesteld; er verandert niets tot je het bevestigt. De lagen houden hun plaats, stijl en filter.
app-missing-none = Alle bestanden van dit project staan waar ze horen.
app-missing-cut = Er staan te veel bestanden in de buurt om ze allemaal te bekijken.
app-missing-was = Was: { $path }
app-missing-path = Is nu
app-missing-same = Gevonden: dezelfde inhoud
app-missing-other = Zelfde naam, maar een andere inhoud dan toen
app-missing-nowhere = In de buurt van het project is niets gevonden dat erop lijkt
app-missing-take-same = Dezelfde inhoud: { $path }
app-missing-take = Zelfde naam: { $path }
app-missing-use = { $count ->
    [0] Gebruiken
    [one] Dit bestand gebruiken
   *[other] Deze { $count } bestanden gebruiken
}
app-missing-offer = { $count ->
    [one] Een bestand van dit project staat niet meer waar het stond
   *[other] { $count } bestanden van dit project staan niet meer waar ze stonden
}{ $found ->
    [0] {""}
    [one] {"; "}er is er één in de buurt gevonden
   *[other] {"; "}er zijn er { $found } in de buurt gevonden
}
app-file-changed = ‘{ $name }’ is gewijzigd sinds het project opgeslagen is: { $what }
app-file-changed-values = ‘{ $name }’ is gewijzigd sinds het project opgeslagen is: zelfde velden, evenveel rijen
app-file-fields-gone = { $count ->
    [one] een veld is weg ({ $names })
   *[other] { $count } velden zijn weg ({ $names })
}
app-file-fields-new = { $count ->
    [one] een veld is nieuw ({ $names })
   *[other] { $count } velden zijn nieuw ({ $names })
}
app-file-rows-more = { $count ->
    [one] een rij meer
   *[other] { $count } rijen meer
}
app-file-rows-fewer = { $count ->
    [one] een rij minder
   *[other] { $count } rijen minder
}

app-steps = Geschiedenis…
app-steps-title = Geschiedenis
app-steps-text = Klik op een stap om ernaar terug te gaan. Wat erna komt, blijft staan tot je iets anders doet.
app-steps-start = Zoals geopend
app-steps-step = { $number }. { $name }

app-properties = Eigenschappen van het project…
app-properties-title = Eigenschappen van het project
app-properties-text = Staat in het projectbestand, en in pdf-bestanden die je ervan maakt.
app-properties-author = Gemaakt door
app-properties-description = Beschrijving
app-properties-licence = Licentie
app-properties-do = Bewaren

app-new-from-this = Nieuwe kaart naar dit voorbeeld

app-bookmarks = Bladwijzers
app-bookmarks-show = Bladwijzers beheren…
app-bookmarks-title = Bladwijzers
app-bookmarks-none = Nog geen bladwijzers. Bewaar hierboven wat de kaart nu toont.
app-bookmark-new = Wat de kaart nu toont, onder de naam
app-bookmark-name = Plek { $number }
app-bookmark-add = Toevoegen
app-bookmark-go = Naar ‘{ $name }’ gaan
app-bookmark-rename = Naam van ‘{ $name }’
app-bookmark-rename-do = Hernoemen
app-bookmark-remove = Bladwijzer ‘{ $name }’ verwijderen
app-work-files = Bestanden van het project zoeken

app-pack = Inpakken…
app-pack-title = Project met alle bestanden inpakken
app-pack-done = { $files ->
    [one] Ingepakt in { $path }: een bestand, { $size }
   *[other] Ingepakt in { $path }: { $files } bestanden, { $size }
}
app-pack-opened = Dit is een pakket: sla het project op waar je het wilt hebben. De gegevens staan in { $folder }
app-work-packing = Project inpakken
