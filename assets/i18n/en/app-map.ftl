# Tools on the map
app-tool-browse = Look around
app-tool-browse-how = Click a feature to see its attributes; drag to move the map
app-tool-rectangle = Select with a rectangle
app-tool-rectangle-how = Drag a rectangle. Shift adds, Ctrl takes away
app-tool-polygon = Select with a polygon
app-tool-polygon-how = Click the corners and double-click to finish. Backspace takes back a corner
app-tool-lasso = Select with a lasso
app-tool-lasso-how = Hold the mouse button down and draw around. Shift adds, Ctrl takes away
app-tool-length = Measure distance
app-tool-length-how = Click the points and double-click to finish. Backspace takes back a point
app-tool-area = Measure area
app-tool-area-how = Click the corners and double-click to finish. Backspace takes back a corner
app-tool-filter = Draw the filter’s area
app-tool-stop = Put the tool away
app-measure-copy = Copy the measure
app-measure-last = Last piece { $length }
app-measure-perimeter = Perimeter { $length }
app-view-back = Previous view
app-view-forward = Next view
app-full-screen = Full screen
app-status-scale-hint = The scale in the middle of the map, on a screen of 96 points per inch
app-status-tiles-missing = { $count ->
    [one] { $count } tile not fetched
   *[other] { $count } tiles not fetched
}
app-status-tiles-again = Try again
app-status-tiles-retried = Belfort tries again by itself, a little later each time; your layers work without them
app-status-tiles-kept = Belfort does not ask for them again by itself; your layers work without them
app-tiles-retry = Fetch the basemap again
app-basemap-grey = Basemap in grey
app-basemap-opacity = Opacity of the basemap
app-basemap-in-grey = In grey
app-basemap-offline = may be taken offline
app-basemap-online = online only
app-basemap-none-how = Only your layers, on a clean sheet
app-view-copy = Copy map view
app-view-copy-2 = Copy map view, twice as sharp
app-view-save = Save map view…
app-view-save-2 = Save map view, twice as sharp…
app-view-save-title = Save map view
app-overview = Overview map
app-overview-how = Click or drag to bring the map there
app-overview-fold = Fold the overview map
app-overview-unfold = Unfold the overview map
app-tool-filter-rectangle-how = Drag a rectangle around the area for the filter
app-tool-print = Draw the frame to print
app-tool-print-how = Drag a rectangle around what you want to print
