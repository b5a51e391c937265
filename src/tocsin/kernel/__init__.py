"""The words of the house: ids, instants, actors, areas, the three ladders, errors.

Standard library only, so that every floor above can speak them without standing on anything else.
"""
