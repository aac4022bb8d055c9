

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
