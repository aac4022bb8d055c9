find-read-degrees = graden
find-read-latitude-first = graden, breedte eerst
find-read-longitude-first = graden, lengte eerst
find-read-lambert72 = Lambert 72
find-read-lambert2008 = Lambert 2008
find-read-link = plaats in de link
find-read-link-view = midden van de kaart in de link
