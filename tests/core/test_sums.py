from mobility_app.core.sums import known_sum, typed_sum, whole_sum


def test_a_sum_with_an_unknown_amount_is_unknown() -> None:
    assert whole_sum([]) == 0
    assert whole_sum([100, -40]) == 60
    assert whole_sum([100, None, 40]) is None


def test_what_was_not_typed_adds_nothing() -> None:
    assert typed_sum([None, 5, 0]) == 5
    assert typed_sum([0]) == 0
    assert typed_sum([None, None]) is None


def test_how_many_amounts_are_unknown_is_told() -> None:
    assert known_sum([1, None, 2, None]) == (3, 2)
