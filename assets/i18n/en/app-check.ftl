# Check of geometry, in the window
app-check = Check geometry…
app-check-tab = Check
app-check-close = Close the check
app-check-zoom = Zoom to the layer
app-check-loading = The layer is still being read
app-check-working = Checking
app-check-stopped = The check was stopped
app-check-again = Again
app-check-overlaps = Also look for overlaps in the layer
app-check-overlaps-about = For polygons that should not lie over each other: parcels, neighbourhoods, buildings. Not for buffers, for instance.
app-check-sliver = Small is under
app-check-clean = All is well: { $count }, nothing found
app-check-clean-notes = All valid: { $count }. Below is what is good to know
app-check-summary = { $count } looked at: { $invalid ->
    [0] all valid
    [one] 1 not valid
   *[other] { $invalid } not valid
}{ $doubtful ->
    [0] {""}
    [one] , 1 place to look at
   *[other] , { $doubtful } places to look at
}
app-check-list = What was found
app-check-row = Row { $row }
app-check-copy = Copy the list
app-check-repair = Repair a copy…
app-check-repair-nothing = There is nothing that Belfort can repair
app-check-repair-title = A repaired copy of ‘{ $name }’
app-check-repair-about = The copy goes into a new file and is added as a layer. The layer’s own file does not change.
app-check-repair-working = Finding out what changes
app-check-repair-changes = { $count ->
    [0] Nothing changes
    [one] 1 feature changes
   *[other] { $count } features change
}
app-check-repair-do = Repair
app-check-repair-done = { $count ->
    [0] There was nothing to repair. The copy was added as a layer
    [one] 1 feature repaired. The copy was added as a layer
   *[other] { $count } features repaired. The copy was added as a layer
}
app-check-keep-collapsed = Keep polygons without area as lines, and lines without length as points
app-check-drop-duplicates = Leave out features that are like an earlier one in everything
app-check-copy-name = { $name } repaired
app-check-own-file = This is the layer’s own file: Belfort does not change it. Choose another name
