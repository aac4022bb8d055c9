

style-no-field = De laag heeft geen veld ‘{ $field }’ meer.
style-no-numbers = Het veld ‘{ $field }’ bevat geen getallen.
style-no-areas = De laag heeft geen vlakken waarvan de oppervlakte bekend is.
style-rule-error = Regel { $rule }: { $message }
style-class-all = Alles
style-class-other = { $values ->
        [0] Andere
        [one] Andere (1 waarde)
       *[other] Andere ({ $values } waarden)
    }
style-class-missing = Geen gegevens
style-class-unmatched = Al het andere
style-class-empty-text = (leeg)
style-too-many-hexagons = Er zijn meer zeshoeken dan er plaats voor is: neem grotere.
style-heat-points = Punten per km²
style-heat-field = { $field } per km²
style-heat-radius = straal { $radius }
style-cluster-count = { $count ->
    [one] 1 punt
   *[other] { $count } punten
}
style-hexagons-count = Punten per zeshoek, { $size } breed
style-hexagons-sum = Som van { $field } per zeshoek, { $size } breed
style-hexagons-mean = Gemiddelde van { $field } per zeshoek, { $size } breed
problem-figure-not-counted = { $count ->
    [one] 1 rij van ‘{ $layer }’ heeft geen punt of geen getal en telt niet mee
   *[other] { $count } rijen van ‘{ $layer }’ hebben geen punt of geen getal en tellen niet mee
}
problem-figure-not-together = De punten van ‘{ $layer }’ konden niet samen getoond worden: { $detail }
