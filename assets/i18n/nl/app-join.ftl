# Tabellen zonder plaats, en ze koppelen aan lagen
app-layer-join = Tabel koppelen…
app-layer-no-place = Een tabel zonder plaats op de kaart
app-layer-join-this = Aan een laag koppelen…
app-layer-joined = gekoppeld met { $names }
app-layer-join-hint = Haar kolommen komen naast die van een laag te staan, via een sleutel die ze allebei hebben
app-work-joining = De tabellen van { $name } worden gekoppeld
app-join-title = Een tabel koppelen aan ‘{ $name }’
app-join-layer = Laag die kolommen krijgt
app-join-table = Tabel waar ze uit komen
app-join-another = Nog een tabel
app-join-key = Sleutel in ‘{ $name }’
app-join-looking = Even zoeken welke kolommen bij elkaar horen…
app-join-no-keys = Geen twee kolommen hebben waarden gemeen: kies ze zelf
app-join-best = Liever { $ours } = { $theirs }: die hebben meer gemeen
app-join-unread = Een van de twee kon niet worden gelezen
app-join-condition = Alleen rijen van ‘{ $name }’ waarvoor geldt
app-join-condition-all = alle rijen
app-join-matching = De waarden worden vergeleken…
app-join-summary =
    { $exact } van { $values } waarden komen precies overeen{ $confirmed ->
        [0] {""}
       *[other] , { $confirmed } bevestigd
    }{ $proposed ->
        [0] {""}
        [one] , 1 voorstel
       *[other] , { $proposed } voorstellen
    }, { $unmatched } zonder partner
app-join-rows-unused =
    { $count ->
        [one] 1 rij van ‘{ $name }’ wordt niet gebruikt
       *[other] { $count } rijen van ‘{ $name }’ worden niet gebruikt
    }
app-join-rows-without =
    { $count ->
        [one] 1 rij van de laag heeft geen sleutel
       *[other] { $count } rijen van de laag hebben geen sleutel
    }
app-join-rows-without-there =
    { $count ->
        [one] 1 rij van ‘{ $name }’ heeft geen sleutel
       *[other] { $count } rijen van ‘{ $name }’ hebben geen sleutel
    }
app-join-not-sought =
    { $count ->
        [one] Voor 1 waarde is geen gelijkende gezocht: het zijn er te veel
       *[other] Voor { $count } waarden zijn geen gelijkende gezocht: het zijn er te veel
    }
app-join-list-proposed = Gelijkend ({ $count })
app-join-list-unmatched = Zonder partner ({ $count })
app-join-list-exact = Gekoppeld ({ $count })
app-join-list-unused = Niet gebruikt ({ $count })
app-join-confirm-all = Alles bevestigen
app-join-choose = Kiezen…
app-join-choose-for = Kies een partner voor { $name }
app-join-show = Tonen
app-join-show-of = Toon { $name } op de kaart
app-join-search = Zoek in de ongebruikte waarden
app-join-search-more = Typ meer om andere te zien
app-join-reason-case = hoofdletters, accenten of spaties verschillen
app-join-reason-signs = koppeltekens, spaties of andere tekens verschillen
app-join-reason-zeros = nullen voor een getal
app-join-reason-short = een woord is afgekort
app-join-reason-order = dezelfde woorden in een andere volgorde
app-join-reason-inside = de naam staat erin
app-join-reason-typing =
    { $count ->
        [one] één letter verschilt
       *[other] { $count } letters verschillen
    }
app-join-several =
    { $count ->
        [one] Voor 1 waarde heeft ‘{ $name }’ meerdere rijen ({ $examples }). Welke telt?
       *[other] Voor { $count } waarden heeft ‘{ $name }’ meerdere rijen ({ $examples }, …). Welke tellen?
    }
app-join-only-one = Eén { $name } kiezen…
app-join-only =
    { $count ->
        [one] { $name } = { $value } (1 keer gevonden)
       *[other] { $name } = { $value } ({ $count } keer gevonden)
    }
app-join-rules = Samenvoegen, kolom per kolom
app-join-columns = Kolommen om over te nemen
app-join-as = als
app-join-column-name = Naam van { $name } in de laag
app-join-column-rule = Wat meerdere rijen van { $name } worden
app-join-rule-first = de eerste
app-join-rule-sum = hun som
app-join-rule-mean = hun gemiddelde
app-join-rule-min = de kleinste
app-join-rule-max = de grootste
app-join-rule-count = hoeveel het er zijn
app-join-do = Koppelen
app-join-end = Koppeling opheffen
app-join-lacks-keys = Kies eerst twee sleutels die te vergelijken zijn
app-join-lacks-columns = Kies eerst een kolom om over te nemen
app-join-lacks-rule = Kies eerst welke van meerdere rijen telt
app-join-from = Uit ‘{ $name }’: { $field }
app-join-from-rule = Uit ‘{ $name }’: { $field }, { $rule }
