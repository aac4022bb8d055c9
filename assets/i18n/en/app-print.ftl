# Printing

app-print = Print…
app-print-title = Print
app-print-page = Sheet
app-print-page-hint = Drag to move the map; the wheel takes the next round scale
app-print-drawing = The sheet is being drawn…
app-print-what = What
app-print-what-view = What is in view
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
