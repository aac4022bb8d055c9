# Opening services, in the window
