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
error-folder-without-data = There is no data file in this folder that Belfort can read
error-archive-without-data = There is no data file in this archive that Belfort can read
error-archive-members = The archive holds more than { $limit } files
error-archive-too-big = The archive unpacks to more than { $limit } MB
error-bad-archive = The .zip archive is damaged: { $detail }
error-no-layer = There is no layer “{ $layer }”
error-cannot-write = Belfort does not write { $format }
error-rows-do-not-fit = The selection does not fit the layer: { $detail }
error-export-without-crs = The layer's coordinate reference system is not known, so it cannot be written in another one
remedy-known-extensions = Belfort opens { $extensions }
remedy-layers = The layers are { $layers }
remedy-unpack = Unpack it and open the file you need
remedy-get-again = Get the file again from where it came from
remedy-choose-crs = Choose the layer's coordinate reference system first

# Problems
problem-no-geometry = { $count ->
    [one] { $count } row has no place and is not on the map
   *[other] { $count } rows have no place and are not on the map
}
problem-file-not-read = { $count ->
    [one] { $count } file could not be read: { $what }
   *[other] { $count } files could not be read: { $what }
}
problem-member-not-unpacked = { $count ->
    [one] { $count } file in the archive is damaged or locked and was left out
   *[other] { $count } files in the archive are damaged or locked and were left out
}
problem-export-order-kept = The file keeps latitude before longitude, as the source has it
problem-not-transformed = { $count ->
    [one] { $count } row lost its place: { $positions } positions cannot be transformed
   *[other] { $count } rows lost their place: { $positions } positions cannot be transformed
}
problem-rows-not-written = { $count ->
    [one] { $count } row was not written
   *[other] { $count } rows were not written
}
problem-text-replaced = { $count ->
    [one] { $count } character is not of the encoding { $encoding } and became �
   *[other] { $count } characters are not of the encoding { $encoding } and became �
}

# Values
value-true = yes
value-false = no
