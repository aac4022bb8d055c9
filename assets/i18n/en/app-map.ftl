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
