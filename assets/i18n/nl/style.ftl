

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
# Twee getallen, gekruist: hoe hoog elk ervan is
style-class-cell = { $across }, { $up }
style-level-low = { $field } laag
style-level-rather-low = { $field } vrij laag
style-level-middle = { $field } gemiddeld
style-level-rather-high = { $field } vrij hoog
style-level-high = { $field } hoog
style-level-only = { $field }
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

# Styles of QGIS
qml-not-a-style = Dit is geen stijl van QGIS (.qml) voor een laag met kaartobjecten
qml-of-a-raster = Dit is een stijl van QGIS voor beelden, niet voor een laag met kaartobjecten
qml-broken = De stijl is beschadigd: { $what } ({ $place })
qml-too-large = De stijl is te groot om er een te zijn
problem-qml-left-out = { $count ->
        [one] Niet overgenomen: { $what }
       *[other] Niet overgenomen: { $what } ({ $count } keer)
    }
problem-qml-map-units = { $count ->
        [one] Een maat in eenheden van de kaart is niet overgenomen: hier verandert ze niet met de schaal
       *[other] { $count } maten in eenheden van de kaart zijn niet overgenomen: hier veranderen ze niet met de schaal
    }
problem-qml-data-defined = { $count ->
        [one] ‘{ $property }’ volgt in QGIS uit de gegevens; dat is niet overgenomen
       *[other] ‘{ $property }’ volgt in QGIS uit de gegevens ({ $count } keer); dat is niet overgenomen
    }
problem-qml-expression = De klassen volgen uit een uitdrukking die Belfort niet kent; de laag heeft één stijl gekregen: { $expression }
problem-qml-class-details = { $count ->
        [one] Van één klasse zijn alleen kleur, vorm en arcering overgenomen: hier hebben alle klassen dezelfde lijn, grootte en dekking
       *[other] Van { $count } klassen zijn alleen kleur, vorm en arcering overgenomen: hier hebben alle klassen dezelfde lijn, grootte en dekking
    }
problem-qml-categories = { $count ->
        [one] Eén waarde heeft geen eigen klasse meer: het zijn er te veel
       *[other] { $count } waarden hebben geen eigen klasse meer: het zijn er te veel
    }
problem-qml-moments = { $count ->
        [one] Eén tijdstip is anders geschreven: kijk na of de klasse nog klopt
       *[other] { $count } tijdstippen zijn anders geschreven: kijk na of de klassen nog kloppen
    }
problem-qml-overlap = { $count ->
        [one] Eén klasse overlapt een andere; de eerste die een getal bevat, telt
       *[other] { $count } klassen overlappen een andere; de eerste die een getal bevat, telt
    }
problem-qml-rules-all = QGIS tekent alle regels die gelden over elkaar, Belfort alleen de eerste: die bovenop lagen staan nu vooraan
problem-qml-rule-lost = De regel ‘{ $sql }’ is niet overgenomen: ‘{ $part }’ heeft geen tegenhanger
problem-qml-rule-scales = { $count ->
        [one] De schalen van één regel zijn niet overgenomen
       *[other] De schalen van { $count } regels zijn niet overgenomen
    }
problem-qml-labels-lost = De labels ‘{ $what }’ zijn niet overgenomen: ‘{ $part }’ heeft geen tegenhanger
problem-qml-font = Het lettertype { $font } is niet overgenomen
problem-qml-shape = { $count ->
        [one] De vorm ‘{ $shape }’ is een cirkel geworden
       *[other] De vorm ‘{ $shape }’ is { $count } keer een cirkel geworden
    }
problem-qml-dash = { $count ->
        [one] Eén streepjeslijn lijkt alleen op het origineel
       *[other] { $count } streepjeslijnen lijken alleen op het origineel
    }
problem-qml-pattern = { $count ->
        [one] Eén arcering heeft een andere dichtheid of hoek dan het origineel
       *[other] { $count } arceringen hebben een andere dichtheid of hoek dan het origineel
    }
problem-qml-pattern-color = { $count ->
        [one] Eén arcering heeft de kleur van de rand gekregen
       *[other] { $count } arceringen hebben de kleur van de rand gekregen
    }
problem-qml-size-near = De grootte van de punten volgt hetzelfde getal, maar in een andere verhouding: hier is hun oppervlakte in verhouding tot het getal
problem-qml-size-lost = De grootte van de punten volgens een getal is niet geschreven: er is geen grootste getal
problem-qml-no-classes = De klassen zijn niet geschreven: ze zijn niet bekend
problem-qml-icon = { $count ->
        [one] Het teken in één symbool is niet geschreven
       *[other] De tekens in { $count } symbolen zijn niet geschreven
    }
problem-qml-area = ‘{ $field }’ per km² volgt in QGIS de eenheid van oppervlakte van het project: laat die op vierkante meter staan
problem-qml-pins = { $count ->
        [one] Eén label dat met de hand geplaatst is, staat in QGIS waar QGIS het zet
       *[other] { $count } labels die met de hand geplaatst zijn, staan in QGIS waar QGIS ze zet
    }
problem-qml-other-kind = De stijl is gemaakt voor een ander soort laag: kijk na of ze past
problem-qml-together = Dat de punten samen getoond worden (warmtekaart, clusters of zeshoeken) staat niet in het bestand: QGIS toont elk punt apart
problem-qml-heads = QGIS krijgt geen pijlpunten
problem-style-of-file = De stijl die het bestand voor deze laag bevat kan niet gelezen worden: { $what }
problem-qml-crossed = QGIS kent geen stijl van twee getallen: elke klasse is er een regel, met de grenzen zoals ze nu zijn
