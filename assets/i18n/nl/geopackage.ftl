# GeoPackage
geopackage-error-no-database = Dit is geen GeoPackage: het begint niet zoals een SQLite-bestand
geopackage-error-damaged = Het bestand is beschadigd en kan op deze plaats niet gelezen worden
geopackage-error-sqlite-damaged = Het bestand is beschadigd; SQLite zegt: { $detail }
geopackage-error-sqlite = SQLite kan het bestand niet lezen: { $detail }
geopackage-error-changed = Een ander programma heeft het bestand gewijzigd terwijl het gelezen werd
geopackage-error-busy = Een ander programma is het bestand aan het schrijven
geopackage-error-no-contents = Dit GeoPackage zegt niet welke lagen het bevat: de lijst met de inhoud ontbreekt
geopackage-error-other-database = Dit is een SQLite-database, maar geen GeoPackage
geopackage-error-only-tiles = Dit GeoPackage bevat alleen tegels van een achtergrondkaart, en die leest Belfort niet
geopackage-error-no-layers = In dit GeoPackage zitten geen lagen
geopackage-error-too-many-fields = { $count } velden zijn er meer dan een tabel van een GeoPackage kan bevatten
geopackage-error-not-written = SQLite kan het bestand niet schrijven: { $detail }
geopackage-remedy-again = Open het bestand opnieuw
geopackage-remedy-busy = Wacht tot dat programma klaar is, of sluit het, en open het bestand dan opnieuw
geopackage-remedy-export = Vraag wie het maakte om een GeoPackage met lagen, of om een ander formaat
geopackage-remedy-fewer-fields = Exporteer minder velden
problem-geopackage-tiles = { $count ->
    [one] { $count } tabel met tegels van een achtergrondkaart is niet gelezen
   *[other] { $count } tabellen met tegels van achtergrondkaarten zijn niet gelezen
}
problem-geopackage-other-contents = { $count ->
    [one] { $count } tabel met een inhoud die Belfort niet kent is niet gelezen
   *[other] { $count } tabellen met een inhoud die Belfort niet kent zijn niet gelezen
}
problem-geopackage-missing-table = Het bestand noemt de laag ‘{ $table }’, maar zo’n tabel zit er niet in
problem-geopackage-unlisted = Het bestand noemt deze tabel niet (of niet volledig) in zijn lijst van lagen
problem-geopackage-no-geometry-column = Het bestand noemt deze tabel een laag met geometrie, maar ze heeft geen kolom daarvoor
problem-geopackage-styles = { $count ->
    [one] Het bestand bevat nog { $count } stijl van QGIS voor deze laag; Belfort leest er één
   *[other] Het bestand bevat nog { $count } stijlen van QGIS voor deze laag; Belfort leest er één
}
problem-geopackage-layer = Een laag van het bestand kon niet gelezen worden: { $what }
problem-geopackage-endless = Deze weergave (view) geeft veel meer rijen dan er in het bestand zitten: alleen de eerste { $rows } zijn gelezen
problem-geopackage-bare = { $count ->
    [one] { $count } geometrie mist de kop van GeoPackage, maar is toch gelezen
   *[other] { $count } geometrieën missen de kop van GeoPackage, maar zijn toch gelezen
}
problem-geopackage-extended = { $count ->
    [one] { $count } rij heeft een geometrie in een vorm die alleen een ander programma kent, en geen plaats
   *[other] { $count } rijen hebben een geometrie in een vorm die alleen een ander programma kent, en geen plaats
}
problem-geopackage-other-srs = { $count ->
    [one] { $count } geometrie noemt een ander coördinatenstelsel dan haar laag; dat van de laag is gevolgd
   *[other] { $count } geometrieën noemen een ander coördinatenstelsel dan hun laag; dat van de laag is gevolgd
}
problem-geopackage-srs-missing = Het bestand zegt niet wat zijn coördinatenstelsel nummer { $number } is
problem-geopackage-blank = { $count ->
    [one] Veld ‘{ $field }’: { $count } lege tekst is als ontbrekende waarde gelezen
   *[other] Veld ‘{ $field }’: { $count } lege teksten zijn als ontbrekende waarden gelezen
}
problem-geopackage-hex = { $count ->
    [one] Veld ‘{ $field }’: { $count } korte binaire waarde is als hexadecimale tekst gelezen
   *[other] Veld ‘{ $field }’: { $count } korte binaire waarden zijn als hexadecimale tekst gelezen
}
problem-geopackage-binary = { $count ->
    [one] Veld ‘{ $field }’: { $count } binaire waarde (een foto of bestand, { $kilobytes } kB) is niet gelezen
   *[other] Veld ‘{ $field }’: { $count } binaire waarden (foto’s of bestanden, samen { $kilobytes } kB) zijn niet gelezen
}
problem-geopackage-replaced = { $count ->
    [one] Veld ‘{ $field }’: { $count } tekst heeft bytes die niet bij de tekencodering horen
   *[other] Veld ‘{ $field }’: { $count } teksten hebben bytes die niet bij de tekencodering horen
}
problem-geopackage-other-type = { $count ->
    [one] Veld ‘{ $field }’: { $count } waarde is niet van het type { $type } dat het bestand belooft; ze is gebleven zoals ze is
   *[other] Veld ‘{ $field }’: { $count } waarden zijn niet van het type { $type } dat het bestand belooft; ze zijn gebleven zoals ze zijn
}
problem-geopackage-field-name = Veld ‘{ $from }’ heet in het bestand ‘{ $to }’, omdat de naam ontbreekt of niet de enige is
problem-geopackage-no-crs = Het coördinatenstelsel is niet bekend: programma’s zullen niet weten waar de laag ligt
problem-geopackage-as-utc = { $count ->
    [one] Veld ‘{ $field }’: { $count } tijdstip zonder tijdzone wordt geschreven alsof het UTC is, de enige zone die GeoPackage kent
   *[other] Veld ‘{ $field }’: { $count } tijdstippen zonder tijdzone worden geschreven alsof ze UTC zijn, de enige zone die GeoPackage kent
}
problem-geopackage-to-utc = { $count ->
    [one] Veld ‘{ $field }’: { $count } tijdstip wordt omgerekend naar UTC, de enige zone die GeoPackage kent
   *[other] Veld ‘{ $field }’: { $count } tijdstippen worden omgerekend naar UTC, de enige zone die GeoPackage kent
}
problem-geopackage-ids = { $count ->
    [one] De identificatie van { $count } rij komt in de kolom ‘{ $field }’
   *[other] De identificaties van { $count } rijen komen in de kolom ‘{ $field }’
}
problem-geopackage-nan = { $count ->
    [one] Veld ‘{ $field }’: { $count } waarde is ‘geen getal’ en wordt leeg geschreven
   *[other] Veld ‘{ $field }’: { $count } waarden zijn ‘geen getal’ en worden leeg geschreven
}
problem-geopackage-nul = { $count ->
    [one] Veld ‘{ $field }’: { $count } tekst bevat een nulteken, waar andere programma’s ze zullen afkappen
   *[other] Veld ‘{ $field }’: { $count } teksten bevatten een nulteken, waar andere programma’s ze zullen afkappen
}
problem-geopackage-bad-date = { $count ->
    [one] Veld ‘{ $field }’: { $count } datum buiten de jaren 0 tot 9999 wordt leeg geschreven
   *[other] Veld ‘{ $field }’: { $count } datums buiten de jaren 0 tot 9999 worden leeg geschreven
}
