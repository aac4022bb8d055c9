command-add-layers = add layers
command-remove-layer = remove layer
command-move-layer = move layer
command-show-layer = show layer
command-hide-layer = hide layer
command-set-opacity = change opacity
command-rename-layer = rename layer
command-set-style = change style
command-set-filter = change filter
command-set-source = change how the file is read
command-set-joins = join tables
command-end-joins = end the join
command-set-place-columns = numbers per area
command-end-place-columns = take numbers per area away
command-set-columns = change the columns of the table
command-set-refresh = choose how often a layer is refreshed
command-set-basemap = change basemap
command-set-title = change title
command-set-sheet = change sheet
command-add-sheet = add sheet
command-remove-sheet = remove sheet
command-set-view = move the map
project-error-not-a-project = This is not a Belfort project: { $detail }
command-duplicate = duplicate layer
command-show-only = show only one layer
command-set-scales = change scale limits
command-group-layers = group layers
command-move-group = move group
command-rename-group = rename group
command-show-group = show group
command-hide-group = hide group
command-fold-group = fold group
command-dissolve-group = ungroup layers
command-set-basemap-look = change the look of the basemap
command-remove-layers = remove layers
command-show-layers = show layers
command-hide-layers = hide layers
command-set-legend = change the legend
command-add-basemap = add basemap
command-change-basemap = change basemap
command-remove-basemap = remove basemap
command-recover = recover unsaved work
command-read-again = read the project again
project-error-protected = The file is write-protected
project-error-protected-remedy = Save under another name, or take the protection away in your file manager
problem-project-newer = Made by a newer Belfort: what this one does not know is not shown, and kept as far as possible
problem-project-not-utf8 = The file is damaged: it has bytes that are no text
problem-project-cut = The file is damaged or cut off: everything up to here was read
problem-project-layer-lost = Layer “{ $name }” could not be read
problem-project-group-lost = Group “{ $name }” could not be read
problem-project-backdrop-lost = Image “{ $name }” could not be read
problem-project-sheet-lost = Sheet “{ $name }” could not be read
problem-project-fields-lost = Of “{ $name }” these parts could not be read: { $parts }
problem-project-part-lost = This part of the project could not be read: { $part }
problem-project-files-lost = What the project knew of its files could not be read
project-error-journal = Unsaved work of an earlier Belfort lies here, but is too damaged to be read
command-move-files = find files again
command-set-about = change the properties of the project
command-add-bookmark = add bookmark
command-rename-bookmark = rename bookmark
command-remove-bookmark = remove bookmark
pack-index-name = README.txt
pack-index-title = { $title } – a map of Belfort
pack-index-author = Made by: { $value }
pack-index-description = { $value }
pack-index-licence = Licence: { $value }
pack-index-notice = { $value }
pack-index-how = Open this pack with Belfort. Or unpack it and open the project file (.belfort.json).
pack-index-layers = Layers, from top to bottom:
pack-index-files = Files:
pack-index-fetched = Fetched on { $when } from { $address }
pack-error-no-pack = This is no pack of Belfort
pack-error-no-project = The pack has no project
pack-error-name = This pack cannot be trusted: a file in it wants to land outside of the pack, or has a name that hides it ({ $name })
pack-error-name-remedy = Do not open it, and ask its maker for another
pack-index-basemap = { $count ->
        [one] Basemap: { $name }, 1 tile that was kept here
       *[other] Basemap: { $name }, { $count } tiles that were kept here
    }
problem-pack-basemap-forbidden = Basemap “{ $name }” may not be taken along; without internet it is not there
problem-pack-basemap-none = Nothing of basemap “{ $name }” is kept here for this area; without internet it is not there
problem-pack-basemap-lost = Basemap “{ $name }” could not be taken along; without internet it is not there
problem-pack-key = Basemap “{ $name }” has a key in its address; it is in the pack now
problem-pack-missing = The file of “{ $name }” is not there, and so not in the pack
problem-project-basemap-lost = Basemap “{ $name }” could not be read
problem-project-note-lost = { $count ->
        [one] Note { $name } was not understood and left out
       *[other] { $count } notes were not understood and left out, among them { $name }
    }
problem-project-notes-lost = { $count ->
        [one] The notes { $name } were not understood and left out
       *[other] { $count } sets of notes were not understood and left out, among them { $name }
    }
problem-project-notes-loose = { $count ->
        [one] Notes had no layer left; they have a new one
       *[other] { $count } sets of notes had no layer left; they have new ones
    }
problem-project-note-values = { $count ->
        [one] 1 value of a note fits no attribute and was left out
       *[other] { $count } values of notes fit no attribute and were left out
    }
pack-index-notes = in the project itself
