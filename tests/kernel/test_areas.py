from tocsin.kernel.areas import Area


def test_an_area_that_nobody_has_drawn_is_not_an_empty_one():
    assert Area("the old town").geometry is None
    assert Area("the old town") != Area("the old town", geometry={"type": "Polygon", "coordinates": []})
