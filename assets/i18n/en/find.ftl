find-read-degrees = degrees
find-read-latitude-first = degrees, latitude first
find-read-longitude-first = degrees, longitude first
find-read-lambert72 = Lambert 72
find-read-lambert2008 = Lambert 2008
find-read-link = place in the link
find-read-link-view = middle of the map in the link
