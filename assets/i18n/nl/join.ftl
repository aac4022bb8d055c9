# Wat een koppeling anders deed dan gevraagd
problem-join-unmatched =
    { $count ->
        [one] 1 rij vond geen partner in ‘{ $layer }’: haar gekoppelde kolommen blijven leeg
       *[other] { $count } rijen vonden geen partner in ‘{ $layer }’: hun gekoppelde kolommen blijven leeg
    }
problem-join-several =
    { $count ->
        [one] ‘{ $layer }’ heeft voor 1 waarde meerdere rijen, en er is niet gekozen: daar blijven de gekoppelde kolommen leeg
       *[other] ‘{ $layer }’ heeft voor { $count } waarden meerdere rijen, en er is niet gekozen: daar blijven de gekoppelde kolommen leeg
    }
problem-join-no-table = De koppeling met ‘{ $layer }’ werkt niet: die tabel kon niet worden gelezen
problem-join-no-key = De koppeling met ‘{ $layer }’ werkt niet: deze laag heeft geen veld ‘{ $field }’ meer
problem-join-no-key-there = De koppeling met ‘{ $layer }’ werkt niet: die heeft geen veld ‘{ $field }’ meer
problem-join-condition = De koppeling met ‘{ $layer }’ werkt niet door haar voorwaarde: { $error }
problem-join-no-field = ‘{ $layer }’ heeft geen veld ‘{ $field }’: het is niet gekoppeld
problem-join-rule = ‘{ $field }’ van ‘{ $layer }’ bevat geen getallen om op te tellen: het is niet gekoppeld
problem-join-renamed = De gekoppelde kolom ‘{ $from }’ heet ‘{ $to }’, omdat een andere kolom al zo heet
problem-join-gone = De koppeling op ‘{ $field }’ werkt niet: haar tabel staat niet meer op deze kaart
problem-join-near =
    { $count ->
        [one] 1 waarde heeft geen gelijke, maar misschien wel dezelfde in een andere schrijfwijze; ze is niet gekoppeld: { $examples }
       *[other] { $count } waarden hebben geen gelijke, maar misschien wel dezelfde in een andere schrijfwijze; ze zijn niet gekoppeld: { $examples }
    }
problem-join-not-sought =
    { $count ->
        [one] Voor 1 waarde is geen gelijkende gezocht: het zijn er te veel
       *[other] Voor { $count } waarden zijn geen gelijkende gezocht: het zijn er te veel
    }
problem-join-choose =
    { $count ->
        [one] 1 waarde heeft meerdere rijen om te koppelen: kies er een met --join-where (op { $fields }), of voeg ze samen met --join-rule
       *[other] { $count } waarden hebben meerdere rijen om te koppelen: kies er een met --join-where (op { $fields }), of voeg ze samen met --join-rule
    }
