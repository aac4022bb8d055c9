# Places in a file
place-line = line { $line }
place-line-column = line { $line }, column { $column }
place-byte = byte { $byte }
place-row = row { $row }
place-row-field = row { $row }, field “{ $field }”
place-field = field “{ $field }”
place-member = in { $name }

# Errors about files
error-not-found = The file does not exist
error-no-permission = You have no permission for this file
error-io = The system reports: { $detail }
error-cancelled = Cancelled
error-unknown-format = This is no format Belfort knows

# Problems
problem-no-geometry = { $count ->
    [one] { $count } row has no place and is not on the map
   *[other] { $count } rows have no place and are not on the map
}

# Values
value-true = yes
value-false = no
