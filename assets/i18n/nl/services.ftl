# WFS en OGC API Features, en bestanden op het web

service-bad-address = ‘{ $address }’ is geen adres van een dienst of bestand op het web
service-bad-address-remedy = Geef een adres dat met https:// begint, of wfs:https://SERVER/PAD?typeNames=LAAG of ogcapi:https://SERVER/PAD/collections/LAAG. Een naam of wachtwoord hoort niet in een adres

service-receipt-records = { $written } { $written ->
    [one] record
   *[other] records
} (de server zegt niet hoeveel er zijn)

service-unexpected-shape = een antwoord zonder objecten
service-bad-xml = kapotte XML ({ $detail })

service-error-not-there = Op dat adres heeft { $host } niets
service-error-key = { $host } laat niemand toe zonder aanmelden
service-error-page = Op dat adres staat een webpagina, geen dienst en geen gegevens
service-error-no-service = Op dat adres is geen dienst
service-error-no-wfs = Wat daar antwoordt, is geen WFS
service-error-no-api = Wat daar antwoordt, is geen OGC API Features
service-error-version = De WFS spreekt alleen versie { $version }, en Belfort 1.1 en 2.0
service-error-version-none = De WFS zegt niet welke versie hij spreekt
service-error-pictures = Daar antwoordt een { $kind }: die tekent kaartbeelden en geeft geen objecten
service-error-arcgis = Dit is een dienst van ArcGIS met een eigen protocol
service-error-no-layers = ‘{ $service }’ heeft geen lagen met objecten
service-error-no-layer = De dienst heeft geen laag ‘{ $layer }’
service-error-not-data = Wat daar staat, is niet te lezen: { $what }

service-remedy-address = Kijk het adres na; misschien is het verhuisd
service-remedy-key = Vraag de beheerder een openbaar adres, of haal de gegevens met je browser op en open het bestand
service-remedy-page = Zoek op die pagina het adres van de WFS, de OGC API of het bestand zelf
service-remedy-no-service = Kijk het adres na: dat van een WFS eindigt vaak op /wfs, dat van een OGC API op /collections
service-remedy-version = Vraag de beheerder om een nieuwere WFS of een OGC API
service-remedy-pictures = Veel servers hebben de objecten zelf op een adres dat op /wfs eindigt
service-remedy-arcgis = Veel van die diensten hebben ook een WFS: zoek een adres dat op /WFSServer eindigt
service-remedy-layers = Er is wel { $layers }
service-remedy-no-layers = Vraag de lijst van de dienst opnieuw op: open het adres zonder de naam van de laag
service-remedy-unreachable = Kijk je verbinding en het adres na
service-remedy-bad-question = Probeer de hele laag, of kijk na wat er in het adres staat
service-remedy-unexpected = Probeer het later opnieuw; blijft het zo, kijk dan het adres na
service-remedy-too-large = Neem alleen wat je nu op de kaart ziet, of verhoog de grens in de instellingen

problem-service-count = De dienst telt { $portal } { $portal ->
    [one] object
   *[other] objecten
}, { $written ->
    [one] er kwam er { $written }
   *[other] er kwamen er { $written }
}
problem-service-doubles = { $count } { $count ->
    [one] object kwam op twee pagina’s en is
   *[other] objecten kwamen op twee pagina’s en zijn
} één keer bewaard; misschien ontbreken er dan andere
problem-service-same-ids = { $count } { $count ->
    [one] object heeft
   *[other] objecten hebben
} hetzelfde kenteken als een ander
problem-service-changed = De gegevens veranderden terwijl ze opgehaald werden: ze zijn van twee ogenblikken
problem-service-next-elsewhere = De dienst verwijst voor de volgende pagina naar { $host }; die is gevraagd op het adres zelf
problem-service-next-missing = De dienst zegt niet waar de volgende pagina is; die is op nummer gevraagd
problem-service-loop = De volgende pagina van de dienst is er een die al kwam: daar is gestopt, en misschien is er meer
problem-service-no-pages = De dienst geeft altijd dezelfde pagina: misschien is er meer
problem-service-returned = { $count } { $count ->
    [one] pagina telde
   *[other] pagina’s telden
} andere aantallen dan erop stonden
problem-service-other-crs = De coördinaten staan in { $crs }, anders dan de dienst zegt
problem-service-swapped = De dienst zet y vóór x; ze zijn omgewisseld
problem-service-rectangle = De dienst leest een rechthoek met lengte en breedte omgekeerd; zo is hij ook gevraagd
problem-service-replaced = { $count } { $count ->
    [one] stuk tekst klopte
   *[other] stukken tekst klopten
} niet met de tekstcodering en is vervangen door �
problem-service-not-as-offered = De dienst biedt GeoJSON aan maar geeft het niet; het kwam als GML

crs-how-service = zoals de dienst zegt

# Op de opdrachtregel
service-error-which-layer = De dienst heeft { $count } lagen
service-remedy-which-layer = Kies er een met --layer: { $layers }
cli-layers = Lagen
cli-service-hint = Eén laag bekijk je met --layer NAAM, en je haalt ze op met belfort convert ADRES UIT --layer NAAM.
