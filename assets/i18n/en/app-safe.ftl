# Nothing is lost: saving, recovering, history
app-backup-failed = Saved, but the version before could not be kept: { $what }
app-read-again = The project was read again; Undo brings your version back

app-overwrite-changed-title = This project was changed meanwhile
app-overwrite-changed = Another program, or another Belfort, changed “{ $name }” after you opened or saved it.
app-overwrite-changed-at = Another program, or another Belfort, changed “{ $name }” on { $when }, after you opened or saved it.
app-overwrite-newer-title = This project is of a newer Belfort
app-overwrite-newer = “{ $name }” was made with a newer version of Belfort. What this version does not know can be lost when you overwrite it.
app-overwrite-damaged-title = This project is damaged
app-overwrite-damaged = Not all of “{ $name }” could be read. What is missing is lost when you overwrite it.
app-overwrite-kept = Overwrite: your version takes its place. The version there now is kept as “{ $backup }”.
app-overwrite-read-again-text = Read again: the other version takes the place of yours. Undo brings your changes back.
app-overwrite-do = Overwrite
app-overwrite-read-again = Read again

app-journal-failed = Belfort cannot keep your unsaved work safe just now ({ $what }). You can simply go on; it keeps trying. Meanwhile, save yourself
app-journal-again = Your unsaved work is kept safe again

app-recovery = Look for unsaved work…
app-recovery-none = There is no unsaved work of before
app-recovery-title = Unsaved work found
app-recovery-text = Belfort was not closed properly the last time. This work was not saved yet:
app-recovery-what = { $count ->
    [one] { $count } change, on { $when }
   *[other] { $count } changes, the last on { $when }
}
app-recovery-never-saved = Never saved yet
app-recovery-restore = Recover
app-recovery-restore-hint = Go on with “{ $name }”. Nothing is overwritten until you save
app-recovery-discard = Throw away…
app-recovery-discard-hint = Throw away the unsaved work on “{ $name }”. The project itself stays as it was saved
app-recovery-sure = Throw away for good?
app-recovery-keep = Keep
app-recovery-discard-sure = Throw away
app-recovery-later = Decide later
app-recovery-others = { $count ->
    [one] There is other unsaved work: see File, Look for unsaved work
   *[other] There is other unsaved work ({ $count }): see File, Look for unsaved work
}
app-recovered = “{ $name }” is back, with the changes that were not saved

app-missing = Find missing files…
app-missing-find = Find the file…
app-missing-show = Show…
app-missing-title = Where are these files?
app-missing-text = These files are not where they were. What was found nearby is proposed; nothing changes until you confirm it. The layers keep their place, style and filter.
app-missing-none = All files of this project are where they should be.
app-missing-cut = There are too many files nearby to look at all of them.
app-missing-was = Was: { $path }
app-missing-path = Is now
app-missing-same = Found: the same content
app-missing-other = The same name, but other content than before
app-missing-nowhere = Nothing like it was found near the project
app-missing-take-same = The same content: { $path }
app-missing-take = The same name: { $path }
app-missing-use = { $count ->
    [0] Use
    [one] Use this file
   *[other] Use these { $count } files
}
app-missing-offer = { $count ->
    [one] A file of this project is not where it was
   *[other] { $count } files of this project are not where they were
}{ $found ->
    [0] {""}
    [one] {"; "}one was found nearby
   *[other] {"; "}{ $found } were found nearby
}
app-file-changed = “{ $name }” was changed since the project was saved: { $what }
app-file-changed-values = “{ $name }” was changed since the project was saved: the same fields, as many rows
app-file-fields-gone = { $count ->
    [one] a field is gone ({ $names })
   *[other] { $count } fields are gone ({ $names })
}
app-file-fields-new = { $count ->
    [one] a field is new ({ $names })
   *[other] { $count } fields are new ({ $names })
}
app-file-rows-more = { $count ->
    [one] one row more
   *[other] { $count } rows more
}
app-file-rows-fewer = { $count ->
    [one] one row fewer
   *[other] { $count } rows fewer
}

app-steps = History…
app-steps-title = History
app-steps-text = Click a step to go back to it. What comes after it stays until you do something else.
app-steps-start = As opened
app-steps-step = { $number }. { $name }

app-properties = Properties of the project…
app-properties-title = Properties of the project
app-properties-text = Kept in the project file, and in PDF files made of it.
app-properties-author = Made by
app-properties-description = Description
app-properties-licence = Licence
app-properties-do = Keep

app-new-from-this = New map after this one

app-bookmarks = Bookmarks
app-bookmarks-show = Manage bookmarks…
app-bookmarks-title = Bookmarks
app-bookmarks-none = No bookmarks yet. Keep what the map shows now, above.
app-bookmark-new = What the map shows now, by the name of
app-bookmark-name = Place { $number }
app-bookmark-add = Add
app-bookmark-go = Go to “{ $name }”
app-bookmark-rename = Name of “{ $name }”
app-bookmark-rename-do = Rename
app-bookmark-remove = Remove bookmark “{ $name }”
app-work-files = Looking for files of the project

app-pack = Pack…
app-pack-title = Pack the project with all its files
app-pack-done = { $files ->
    [one] Packed into { $path }: one file, { $size }
   *[other] Packed into { $path }: { $files } files, { $size }
}
app-pack-opened = This is a pack: save the project where you want it. Its data are in { $folder }
app-work-packing = Packing the project
