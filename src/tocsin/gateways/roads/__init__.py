"""Road networks from outside: files of OpenStreetMap, read once into the arrays of `engine.allot.roads`."""
