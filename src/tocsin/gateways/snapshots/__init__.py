"""Archives of feeds: folders, tar balls and zip files of what was polled."""
