# Plaatsen in een bestand
place-line = regel { $line }
place-line-column = regel { $line }, kolom { $column }
place-byte = byte { $byte }
place-row = rij { $row }
place-row-field = rij { $row }, veld ‘{ $field }’
place-field = veld ‘{ $field }’
place-member = in { $name }

# Fouten met bestanden
error-not-found = Het bestand bestaat niet
error-no-permission = U hebt geen toegang tot dit bestand
error-io = Het systeem meldt: { $detail }
error-cancelled = Geannuleerd
error-unknown-format = Belfort kent dit bestandsformaat niet
error-folder-without-data = In deze map staat geen gegevensbestand dat Belfort kan lezen
error-archive-without-data = In dit archief zit geen gegevensbestand dat Belfort kan lezen
error-archive-members = Het archief bevat meer dan { $limit } bestanden
error-archive-too-big = Het archief is uitgepakt groter dan { $limit } MB
error-bad-archive = Het .zip-archief is beschadigd: { $detail }
error-no-layer = Er is geen laag ‘{ $layer }’
error-cannot-write = Belfort schrijft geen { $format }
error-rows-do-not-fit = De selectie past niet bij de laag: { $detail }
error-export-without-crs = Het coördinatenstelsel van de laag is niet bekend, dus kan ze niet in een ander stelsel geschreven worden
remedy-known-extensions = Belfort opent { $extensions }
remedy-layers = De lagen zijn { $layers }
remedy-unpack = Pak het uit en open het bestand dat u nodig hebt
remedy-get-again = Haal het bestand opnieuw op bij de bron
remedy-choose-crs = Kies eerst het coördinatenstelsel van de laag

# Problemen
problem-no-geometry = { $count ->
    [one] { $count } rij heeft geen plaats en staat niet op de kaart
   *[other] { $count } rijen hebben geen plaats en staan niet op de kaart
}
problem-file-not-read = { $count ->
    [one] { $count } bestand kon niet gelezen worden: { $what }
   *[other] { $count } bestanden konden niet gelezen worden: { $what }
}
problem-member-not-unpacked = { $count ->
    [one] { $count } bestand in het archief is beschadigd of vergrendeld en is overgeslagen
   *[other] { $count } bestanden in het archief zijn beschadigd of vergrendeld en zijn overgeslagen
}
problem-export-order-kept = Het bestand behoudt breedte vóór lengte, zoals in de bron
problem-not-transformed = { $count ->
    [one] { $count } rij verloor haar plaats: { $positions } posities kunnen niet omgerekend worden
   *[other] { $count } rijen verloren hun plaats: { $positions } posities kunnen niet omgerekend worden
}
problem-rows-not-written = { $count ->
    [one] { $count } rij is niet geschreven
   *[other] { $count } rijen zijn niet geschreven
}
problem-text-replaced = { $count ->
    [one] { $count } teken hoort niet bij de codering { $encoding } en werd �
   *[other] { $count } tekens horen niet bij de codering { $encoding } en werden �
}

# Waarden
value-true = ja
value-false = nee
