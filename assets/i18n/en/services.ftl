# WFS and OGC API Features
