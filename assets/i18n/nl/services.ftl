# WFS en OGC API Features
