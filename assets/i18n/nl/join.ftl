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
