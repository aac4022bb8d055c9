# Stadsportalen: adressen, downloads, ontvangstbewijzen, fouten.

portal-bad-address = “{ $address }” is geen adres van een kaartlaag op een portaal
portal-bad-address-remedy = Schrijf portal:gent/DATASET, of portal:SERVER/DATASET voor een ander portaal
portal-bad-bbox = De rechthoek in “{ $address }” klopt niet
portal-unknown = Er is geen portaal dat “{ $portal }” heet. Bekend zijn { $known }; elk ander portaal geef je aan met zijn adres

portal-error-offline = Je werkt offline, dus { $host } kreeg geen vraag
portal-error-unreachable = { $host } is niet bereikbaar ({ $detail })
portal-error-stalled = { $host } viel stil: { $seconds } { $seconds ->
    [one] seconde
   *[other] seconden
} geen antwoord
portal-error-too-slow = { $host } antwoordt te traag om op te wachten
portal-error-cut-off = Het antwoord van { $host } brak af na { $size } en is dus niet volledig
portal-error-no-dataset = { $host } heeft geen dataset “{ $dataset }” (meer)
portal-error-bad-question = { $host } begrijpt de vraag niet{ $said }
portal-error-key = { $host } vraagt een sleutel{ $said }
portal-error-too-many = { $host } kreeg te veel vragen{ $said }
portal-error-too-many-until = { $host } kreeg te veel vragen en antwoordt opnieuw om { $time }{ $said }
portal-error-broken = { $host } gaf fout { $status }{ $said }
portal-error-unexpected = { $host } gaf iets anders dan gegevens: { $what }
portal-error-redirects = { $host } stuurt telkens door naar een ander adres
portal-error-too-large = De download is groter dan { $size }, de grens in de instellingen
portal-error-bad-key = Dit kan geen sleutel zijn: er staan tekens in die geen sleutel heeft
portal-error-file = { $path }: { $what }
portal-error-damaged-copy = De kopie op deze computer is beschadigd, en opnieuw ophalen lukte niet: { $what }
portal-error-recordings = De opnames van live lagen zijn niet te lezen of te schrijven ({ $detail })
portal-remedy-recordings = Kijk na of er plaats is op de schijf, of wis alle opnames in de instellingen
portal-said-nothing = {""}
portal-said = {""}: “{ $text }”
portal-kilobytes = { $size } kB
portal-megabytes = { $size } MB
portal-time = { $time }
portal-unexpected-json = kapotte JSON ({ $detail })
portal-unexpected-page = een webpagina
portal-unexpected-size = een antwoord dat groter is dan zinvol kan zijn
portal-unexpected-kind = { $kind }
portal-unexpected-shape = JSON met een andere vorm; is dit wel een portaal van Opendatasoft?

portal-remedy-offline = Zet “Offline werken” uit in de instellingen
portal-remedy-unreachable = Kijk je verbinding en het adres van het portaal na
portal-remedy-later = Probeer het later opnieuw
portal-remedy-no-dataset = Zoek in de catalogus van het portaal of de dataset nu anders heet
portal-remedy-bad-question = Kijk de voorwaarde en de namen van de velden na
portal-remedy-key = Geef een geldige sleutel, of kies een andere dataset
portal-remedy-too-many = Wacht tot dan; wat je al ophaalde, blijft bruikbaar
portal-remedy-address = Probeer het later opnieuw; blijft het zo, kijk dan het adres van het portaal na
portal-remedy-too-large = Beperk de download, of verhoog de grens

problem-portal-count = Het portaal telt { $portal } { $portal ->
    [one] record
   *[other] records
}, in de download { $written ->
    [one] zit er { $written }
   *[other] zitten er { $written }
}
problem-portal-field = Het portaal noemt een veld “{ $field }”, maar geen enkel record van de download heeft het: het blijft leeg
portal-receipt-records = { $written } van { $portal } { $portal ->
    [one] record
   *[other] records
}
portal-receipt-without-place = { $count } zonder plaats
portal-receipt-fetched = opgehaald op { $time }
