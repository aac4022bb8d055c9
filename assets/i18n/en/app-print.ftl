# Printing

app-print = Print…
app-print-draw = Draw a frame to print…
app-print-title = Print
app-print-page = Sheet
app-print-page-hint = Drag to move the map; the wheel takes the next round scale
app-print-drawing = The sheet is being drawn…
app-print-what = What
app-print-what-view = What is in view
app-print-what-frame = A frame on the map
app-print-what-draw = Draw a frame on the map…
app-print-what-selection = The selection
app-print-what-all = All layers
app-print-what-area = One of “{ $layer }”
app-print-which = Which
app-print-paper = Paper
app-print-paper-own = Own size
app-print-paper-width = Width in mm
app-print-paper-height = Height in mm
app-print-orientation = Way round
app-print-orientation-best = Best
app-print-orientation-portrait = Portrait
app-print-orientation-landscape = Landscape
app-print-scale = Scale
app-print-scale-smaller = Next smaller scale
app-print-scale-larger = Next larger scale
app-print-scale-best = Largest
app-print-scale-best-hint = The largest round scale at which all fits
app-print-turn = Turn
app-print-turn-north = North up
app-print-house = Make-up
app-print-house-report = Report
app-print-house-poster = Poster
app-print-house-copy = Black and white, for the copier
app-print-house-plain = Plain
app-print-sheet-title = Title
app-print-subtitle = Subtitle
app-print-auto = Automatic
app-print-text = Your own words
app-print-text-hint = Stands below the map
app-print-parts = What stands on the sheet
app-print-part-title = Title
app-print-part-subtitle = Subtitle
app-print-part-legend = Legend
app-print-part-labels = Names on the map
app-print-part-veil = Surroundings faded
app-print-part-scale = Scale and scale bar
app-print-part-north = North arrow
app-print-part-locator = Small map of where it is
app-print-part-statement = What the scale holds for
app-print-part-about = Words and sources
app-print-part-check = Check line of 100 mm
app-print-part-date = Date
app-print-more = More
app-print-plane = Plane of the map
app-print-plane-local = Around the sheet (true everywhere)
app-print-plane-lambert72 = Belgian Lambert 72
app-print-plane-lambert2008 = Belgian Lambert 2008
app-print-plane-screen = As on the screen
app-print-size = Text and symbols
app-print-language = Language
app-print-language-window = As the window
app-print-kind-pdf = Sharp at any size, with layers and text that can be searched
app-print-kind-svg = To be edited in a drawing program
app-print-kind-png = A picture, for a report or a website
app-print-dots = { $dots } dpi
app-print-dots-name = Dots per inch
app-print-problems = { $count ->
    [one] 1 remark
   *[other] { $count } remarks
}
app-print-do = Save
app-print-copy = Copy
app-print-writing = The sheet is being saved…
app-print-copying = The sheet is being copied…
app-print-done = { $files ->
    [one] Sheet saved: { $path }
   *[other] { $files } sheets saved, the first as { $path }
}
app-print-copied = The sheet is on the clipboard
app-print-lost = The sheet could not be made because of a fault in the program
app-feature-print = Print this…
app-print-part-counts = How much lies in the area
app-print-index = Index
app-print-index-none = None
app-print-atlas = Atlas
app-print-atlas-none = One sheet
app-print-atlas-scale = All pages at the same scale
app-print-atlas-overview = With an overview in front
app-print-sheet = Sheet
app-print-sheet-add = New sheet
app-print-sheet-copy = Copy sheet
app-print-sheet-name = Name sheet
app-print-sheet-remove = Remove sheet
app-print-sheet-of = { $count ->
    [one] One of “{ $layer }”
   *[other] { $count } of “{ $layer }”
}
app-print-sheet-copy-of = Copy of { $name }
app-print-by = Found by
app-print-by-squares = Squares on the map
app-print-by-numbers = Numbers on the map
app-print-by-list = Only a list
app-print-more-list = Another list
app-print-order = Order
app-print-order-name = By name
app-print-order-table = As in the table
app-print-order-field = By “{ $field }”
app-print-lists = List
app-print-lists-best = Automatic
app-print-lists-beside = Beside the map
app-print-lists-below = Below the map
app-print-lists-pages = On a page of its own
app-print-points = { $count ->
    [0] Places of your own
   *[other] Places of your own ({ $count })
}
app-print-points-none = A meeting point, an entrance, a stand: with a number on the map
app-print-point = Place { $number }
app-print-point-hint = What is here?
app-print-point-place = Put a place
app-print-point-place-hint = Then click on the map where it comes
app-print-point-middle = Middle of the map
app-print-point-middle-hint = It comes in the middle of the map; move it with the arrow keys
app-print-point-up = Place { $number } earlier
app-print-point-remove = Remove place { $number }
app-print-point-on-map = Place { $number } on the map: { $text }
app-print-point-drag = Drag to move; arrow keys 1 mm, with Shift 10 mm, Delete removes
app-print-over = Over smaller paper
app-print-over-none = No
app-print-over-needless = The sheet fits that paper, or takes too much of it: it stays whole
app-print-overlap = Overlap
app-print-kept = { $count ->
    [one] 1 page of the atlas is ready: save again to go on from there
   *[other] { $count } pages of the atlas are ready: save again to go on from there
}
app-print-sums = Add up in the area
app-print-sums-hint = The sum comes below the map, beside how many lie in the area
app-print-blocks = { $count ->
    [0] Blocks of text
   *[other] Blocks of text ({ $count })
}
app-print-block = Block of text { $number }
app-print-block-hint = Your text
app-print-block-first = Your text
app-print-block-size = Size of letters of block { $number }
app-print-block-add = Add a block of text
app-print-block-add-hint = Then drag it to its place on the sheet
app-print-block-remove = Remove block of text { $number }
app-print-logo = Logo
app-print-logo-path = File of the logo (PNG, JPEG or SVG)
app-print-logo-remove = Remove the logo
app-print-moved = { $count ->
    [one] 1 part moved
   *[other] { $count } parts moved
}
app-print-put-back = Put { $name } back
app-print-put-all-back = Put all back
app-print-thing = { $name } on the sheet
app-print-thing-hint = Drag to move; arrow keys 1 mm, with Shift 10 mm
app-print-thing-moved = Drag to move; with Delete it goes back to where it finds its place
app-print-thing-own = Drag to move; arrow keys 1 mm, with Shift 10 mm, Delete removes
app-print-index-around = What lies outside the area as well
app-print-index-field = Names from
app-print-point-click = Now click on the map…
app-print-point-unnamed = Place { $number } on the map
app-print-view = Open as PDF
app-print-view-hint = Opens the sheet in your PDF viewer. Print it there at actual size (100%), and the scale is right.
app-print-opening = The sheet is being opened…
app-print-opened = Sheet opened in your PDF viewer. Print it there at actual size (100%).
app-print-no-viewer = no program opens this file: { $detail }
app-print-no-viewer-remedy = Save the sheet and open it in a PDF viewer yourself.
app-print-basemap-text = Letters of the basemap
app-print-basemap-text-small = Small
app-print-basemap-text-usual = As on a street map
app-print-basemap-text-large = Large
