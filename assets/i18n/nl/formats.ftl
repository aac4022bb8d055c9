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

# Problemen
problem-no-geometry = { $count ->
    [one] { $count } rij heeft geen plaats en staat niet op de kaart
   *[other] { $count } rijen hebben geen plaats en staan niet op de kaart
}

# Waarden
value-true = ja
value-false = nee
