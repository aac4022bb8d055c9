# City portals: addresses, downloads, receipts, errors.

portal-bad-address = “{ $address }” is not an address of a layer on a portal
portal-bad-address-remedy = Write portal:gent/DATASET, or portal:SERVER/DATASET for another portal
portal-bad-bbox = The rectangle in “{ $address }” makes no sense
portal-unknown = No portal is called “{ $portal }”. Known are { $known }; any other goes by its address

portal-error-offline = You work offline, so { $host } was not asked
portal-error-unreachable = { $host } cannot be reached ({ $detail })
portal-error-stalled = { $host } went silent: no answer for { $seconds } { $seconds ->
    [one] second
   *[other] seconds
}
portal-error-too-slow = { $host } answers too slowly to wait for
portal-error-cut-off = The answer of { $host } broke off after { $size }, so it is not complete
portal-error-no-dataset = { $host } has no dataset “{ $dataset }” (any more)
portal-error-bad-question = { $host } does not understand the question{ $said }
portal-error-key = { $host } asks for a key{ $said }
portal-error-too-many = { $host } got too many questions{ $said }
portal-error-too-many-until = { $host } got too many questions and answers again at { $time }{ $said }
portal-error-broken = { $host } failed with error { $status }{ $said }
portal-error-unexpected = { $host } answered with something else than data: { $what }
portal-error-redirects = { $host } keeps sending on to other addresses
portal-error-too-large = The download is larger than { $size }, the limit in the settings
portal-error-bad-key = This cannot be a key: it holds characters that no key has
portal-error-file = { $path }: { $what }
portal-error-damaged-copy = The copy kept on this computer is damaged, and fetching it again failed: { $what }
portal-error-recordings = The recordings of live layers cannot be read or written ({ $detail })
portal-remedy-recordings = See whether the disk has room, or delete all recordings in the settings
portal-said-nothing = {""}
portal-said = {""}: “{ $text }”
portal-kilobytes = { $size } kB
portal-megabytes = { $size } MB
portal-time = { $time }
portal-unexpected-json = broken JSON ({ $detail })
portal-unexpected-page = a web page
portal-unexpected-size = an answer larger than any that makes sense
portal-unexpected-kind = { $kind }
portal-unexpected-shape = JSON of another form; is this an Opendatasoft portal?

portal-remedy-offline = Switch off “Work offline” in the settings
portal-remedy-unreachable = Check the connection and the portal’s address
portal-remedy-later = Try again later
portal-remedy-no-dataset = Look for it under another name in the portal’s catalogue
portal-remedy-bad-question = Check the condition and the names of the fields
portal-remedy-key = Give a valid key, or take another dataset
portal-remedy-too-many = Wait until then; what was fetched before stays usable
portal-remedy-address = Try again later; if it stays so, check the portal’s address
portal-remedy-too-large = Narrow the download, or raise the limit

problem-portal-count = The portal counts { $portal } { $portal ->
    [one] record
   *[other] records
}, the download holds { $written }
problem-portal-field = The portal tells of a field “{ $field }”, but no record of the download has it: it stays empty
portal-receipt-records = { $written } of { $portal } { $portal ->
    [one] record
   *[other] records
}
portal-receipt-without-place = { $count } without place
portal-receipt-fetched = fetched { $time }
