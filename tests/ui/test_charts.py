import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor

from mobility_app.ui import europe, theme
from mobility_app.ui.charts import Bar, BarRow, Month, MonthColumns, Part
from mobility_app.ui.map import DestinationMap


def _widths(bar: Bar) -> dict[str, int]:
    """How many pixels of each colour stand in the middle line of a bar."""
    picture = bar.grab().toImage()
    colours: dict[str, int] = {}
    for x in range(picture.width()):
        name = picture.pixelColor(x, picture.height() // 2).name()
        colours[name] = colours.get(name, 0) + 1
    return colours


@pytest.mark.parametrize("name", theme.THEMES)
def test_a_bar_is_as_long_as_its_figures(qapp, qtbot, name):
    theme.apply(qapp, name)
    bar = Bar("Budget", [Part(50, "chart", "payé"), Part(25, "chart_light", "engagé")], 100)
    qtbot.addWidget(bar)
    bar.resize(400, 8)
    widths = _widths(bar)
    colours = theme.THEMES[name]
    assert abs(widths[colours.chart] - 200) <= 4
    assert abs(widths[colours.chart_light] - 100) <= 2
    assert abs(widths[colours.track] - 100) <= 4


def test_a_bar_that_exceeds_or_has_no_whole(qtbot):
    bar = Bar("Budget", [Part(150, "chart", "payé"), Part(50, "chart_light", "engagé")], 100)
    qtbot.addWidget(bar)
    bar.resize(400, 8)
    assert theme.LIGHT.chart_light not in _widths(bar)
    bar.show_parts([Part(5, "chart", "payé")], 0)
    assert theme.LIGHT.chart not in _widths(bar)


def test_a_row_of_the_budget_is_a_named_button(qtbot):
    row = BarRow("Frais de voyage", "71 800 €", [Part(1, "chart", "payé")], 2, note="payé <b>50 %</b>")
    qtbot.addWidget(row)
    row.show()
    with qtbot.waitSignal(row.clicked):
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert row.accessibleName() == "Frais de voyage : 71 800 €"
    assert "<b>" not in row.toolTip()


@pytest.fixture
def months(qtbot):
    chart = MonthColumns("Départs par mois")
    qtbot.addWidget(chart)
    chart.resize(400, 140)
    chart.show_months([Month(f"2027-{i:02}", str(i), f"mois {i}", i % 4 * 10, marked=i == 3) for i in range(1, 13)])
    chart.show()
    return chart


def test_columns_tell_their_month(months, qtbot):
    told = []
    months.chosen.connect(told.append)
    for i in (2, 3):  # March has 30 departures, April none
        place = months.column_rect(i).center().toPoint()
        qtbot.mouseClick(months, Qt.MouseButton.LeftButton, pos=place)
    assert told == ["2027-03"]
    months.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Return):
        qtbot.keyClick(months, key)
    assert told == ["2027-03", "2027-01"]
    assert "mois 3 : 30" in months.accessibleDescription()


def test_columns_are_as_tall_as_their_figures(months):
    picture = months.grab().toImage()

    def height(i):
        x = int(months.column_rect(i).center().x())
        colour = theme.LIGHT.chart_mark if i == 2 else theme.LIGHT.chart
        return sum(picture.pixelColor(x, y) == QColor(colour) for y in range(picture.height()))

    assert height(3) == 0
    assert abs(height(2) - 3 * height(0)) <= 3


def test_the_map_knows_the_programme_countries():
    shapes = europe.countries()
    programme = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MK MT NL NO PL PT RO RS SE SI SK TR"
    assert set(programme.split()) <= set(shapes)
    assert set(shapes) == europe.SHOWN, "no code that the frame never shows"
    for code in programme.split():
        assert europe.FRAME.intersects(shapes[code].boundingRect()), code


@pytest.mark.parametrize(
    ("code", "longitude", "latitude"),
    [
        ("ES", -3.7, 40.4),
        ("DE", 10.0, 51.0),
        ("FI", 26.0, 62.5),
        ("FR", 2.3, 47.0),
        ("TR", 33.0, 39.0),
        ("IS", -18.5, 65.0),
    ],
)
def test_a_capital_region_lies_in_its_country(code, longitude, latitude):
    assert europe.countries()[code].contains(QPointF(*europe.project(longitude, latitude)))


def test_the_projection_keeps_areas():
    """One square degree shrinks with the cosine of its latitude, wherever it is."""
    from math import cos, radians

    def area(longitude, latitude, step=0.1):
        (ax, ay), (bx, by), (cx, cy) = (
            europe.project(longitude + i * step, latitude + j * step) for i, j in ((0, 0), (1, 0), (0, 1))
        )
        return abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / cos(radians(latitude + step / 2))

    assert area(-8, 38) == pytest.approx(area(25, 65), rel=0.01)


@pytest.fixture
def destinations(qtbot):
    made = DestinationMap("Destinations")
    qtbot.addWidget(made)
    made.resize(500, 430)
    made.show_counts({"ES": 52, "MT": 3, "CA": 2, "DE": 0}, home="FR")
    made.show()
    europe.countries()  # else the first picture waits for the worker
    return made


def _place(made, longitude, latitude) -> QPoint:
    return made._transform().map(QPointF(*europe.project(longitude, latitude))).toPoint()


def test_a_press_on_a_destination_tells_its_country(destinations, qtbot):
    told = []
    destinations.chosen.connect(told.append)
    for place in ((-3.7, 40.4), (10, 51), (14.4, 35.9), (-15, 50)):
        qtbot.mouseClick(destinations, Qt.MouseButton.LeftButton, pos=_place(destinations, *place))
    assert told == ["ES", "MT"]
    assert destinations.outside() == {"CA": 2}
    destinations.setFocus()
    qtbot.keyClick(destinations, Qt.Key.Key_Right)
    qtbot.keyClick(destinations, Qt.Key.Key_Return)
    assert told[-1] == "ES"
    assert "Espagne : 52" in destinations.accessibleDescription()


@pytest.mark.parametrize("name", theme.THEMES)
def test_the_darker_the_more(qapp, destinations, name):
    theme.apply(qapp, name)
    picture = destinations.grab().toImage()
    colours = theme.THEMES[name]
    assert picture.pixelColor(_place(destinations, -3.7, 40.4)).name() == QColor(colours.chart).name()
    assert picture.pixelColor(_place(destinations, 10, 51)).name() == colours.land
    assert picture.pixelColor(_place(destinations, 2.3, 47)).name() == colours.home
