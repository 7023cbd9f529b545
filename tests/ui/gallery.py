"""The kit on invented data, without a database: what its tests and its pictures show."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QGridLayout, QWidget

from mobility_app.core.facts import MobilityRow
from mobility_app.fields import BY_KEY
from mobility_app.ui.buttons import button, icon_button, link, menu_button, primary
from mobility_app.ui.cards import Card, Facts, amount, column, line, rule
from mobility_app.ui.charts import Bar, BarRow, Month, MonthColumns, Part
from mobility_app.ui.chips import ChoiceChip, Flow, Segments, chip
from mobility_app.ui.columns import mobility_columns
from mobility_app.ui.editors import Editor
from mobility_app.ui.labels import ElidedLabel, label
from mobility_app.ui.map import DestinationMap
from mobility_app.ui.notices import Banner, EmptyState
from mobility_app.ui.page import Page
from mobility_app.ui.pills import pill, stage_pill
from mobility_app.ui.rows_model import RowsModel
from mobility_app.ui.shell import Shell
from mobility_app.ui.table import RowsTable

NAMES = ["Lefèvre Jade", "Dubois Zoé", "Martin Maëlys", "Bénard Hugo", "N’Guyen Linh", "Œuvrard Noé", "Çelik Inès"]
PLACES = [("Köln", "DE", "Berufskolleg Süd"), ("Bologna", "IT", "Officina Bellandi"), ("Espoo", "FI", "Omnia Keskus")]
STAGES = ["preparation", "ready", "abroad", "returned", "complete", "withdrawn"]


def mobility(i: int) -> MobilityRow:
    last, first = NAMES[i % len(NAMES)].split(" ")
    town, country, host = PLACES[i % len(PLACES)]
    start = dt.date(2027, 3, 1) + dt.timedelta(days=i % 200)
    return MobilityRow(
        id=f"m{i}",
        number=i + 1,
        last_name=last,
        first_name=first,
        status=["pupil", "apprentice", "staff"][i % 3],
        host=host,
        town=town,
        country=country,
        start=start,
        end=start + dt.timedelta(days=13 + i % 20),
        total=None if i % 11 == 5 else 90000 + 3550 * (i % 40),
        stage=STAGES[i % len(STAGES)],
        email="<img src='file:///etc/hostname'>" if i == 2 else f"eleve{i}@lycee.example",
    )


class TodoPage(Page):
    """The shapes of the first page."""

    key, icon = "todo", "list-checks"

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 0, 16, 16)
        grid.setSpacing(12)
        grid.addWidget(self._todo(), 0, 0, 2, 1)
        grid.addWidget(self._months(), 2, 0)
        grid.addWidget(self._done(), 0, 1)
        grid.addWidget(self._budget(), 1, 1, 2, 1)
        grid.addWidget(self._map(), 0, 2, 2, 1)
        grid.addWidget(self._targets(), 2, 2)
        for i, stretch in enumerate((16, 9, 10)):
            grid.setColumnStretch(i, stretch)
        grid.setRowStretch(1, 1)

    def title(self) -> str:
        return "À faire"

    def heading(self) -> str:
        return "Cette semaine"

    def page_buttons(self) -> list[QWidget]:
        return [primary("Ajouter une mobilité", icon="plus")]

    def _todo(self) -> Card:
        card = Card("À faire", "7 points, 24 personnes")
        for when, tone, what, more in (
            ("En retard", "danger", "3 rapports de participant", "retour il y a plus de 30 jours · Lefèvre, Dubois"),
            ("Demain", "danger", "Autorisation parentale de Zoé Martin", "mineure, départ le 23/11 vers Granada"),
            ("24/11", "warning", "Avance de 8 contrats signés", "LP Jeanne-Barret · 9 640 €"),
            ("01/12", "info", "Avenant : dernier jour", "convention 2025-1-FR01-KA121-VET-000198765"),
        ):
            date = pill(when, tone)
            holder = QWidget()
            holder.setLayout(line(date, None))
            holder.setFixedWidth(88)
            words = column(ElidedLabel(what, "strong"), ElidedLabel(more, "small"), spacing=1)
            row = line(holder, words, link("Ouvrir ›", name=f"Ouvrir : {what}"), margins=(8, 4, 0, 4))
            row.setStretch(1, 1)
            card.add(row)
            card.add(rule())
        card.body.addStretch(1)
        return card

    def _months(self) -> Card:
        card = Card("Départs par mois", "249 sur 320 prévus")
        self.months = MonthColumns("Départs par mois")
        values = (12, 18, 22, 6, 9, 25, 41, 16, 38, 27, 31, 4)
        self.months.show_months(
            [Month(str(i), "SONDJFMAMJJA"[i], f"mois {i}", v, marked=i == 2) for i, v in enumerate(values)]
        )
        card.add(self.months, 1)
        return card

    def _done(self) -> Card:
        card = Card()
        card.add(label("Mobilités réalisées", "muted"))
        card.add(line(label("214", "figure"), label("/ 320", "muted"), None))
        card.add(Bar("Mobilités réalisées", [Part(214, "success", "réalisées")], 320))
        card.add(label("67 % de l’objectif · 38 en cours · 80 à venir", "small", wrap=True))
        return card

    def _budget(self) -> Card:
        card = Card("Budget", corner=pill("2 taux à confirmer", "warning"))
        for title, figure, paid, engaged in (
            ("Soutien individuel", "214 300 €", 61, 22),
            ("Frais de voyage", "71 800 €", 58, 17),
            ("Soutien organisationnel", "86 450 €", 70, 0),
            ("Soutien à l’inclusion", "14 200 €", 35, 20),
        ):
            parts = [Part(paid, "chart", "payé"), Part(engaged, "chart_light", "engagé")]
            card.add(BarRow(title, figure, parts, 100, note="payé 61 %, engagé 22 %"))
        card.body.addStretch(1)
        return card

    def _map(self) -> Card:
        card = Card("Destinations", "14 pays")
        self.map = DestinationMap("Destinations")
        self.map.show_counts({"ES": 52, "DE": 44, "IT": 36, "PL": 30, "FI": 12, "MT": 3, "IE": 7, "CA": 2}, home="FR")
        card.add(self.map, 1)
        card.add(label("Espagne 52 · Allemagne 44 · Italie 36 · Pologne 30", "small", wrap=True))
        return card

    def _targets(self) -> Card:
        card = Card("Objectifs")
        for title, figure, share, tone in (
            ("Moins d’opportunités", "56 / 60", "93 %", "success"),
            ("Voyages verts", "90 / 110", "82 %", "info"),
            ("ErasmusPro", "21 / 40", "53 %", "warning"),
        ):
            card.add(line(label(title), None, amount(figure), pill(share, tone), spacing=12))
            card.add(rule())
        card.body.addStretch(1)
        return card


class ListPage(Page):
    """A long list with chips and a detail pane."""

    key, icon, searches = "list", "plane", True

    def __init__(self, rows: int = 332) -> None:
        super().__init__()
        self.rows = {row.id: row for row in map(mobility, range(rows))}
        self.model = RowsModel(mobility_columns(), lambda ids: [self.rows[i] for i in ids], (("last_name", False),))
        self.model.setParent(self)
        empty = EmptyState("plane", "Aucune mobilité", "Aucune ne correspond à ce filtre.", [button("Tout montrer")])
        self.table = RowsTable(self.model, "Mobilités", "gallery", empty)
        self.table.setProperty("role", "framed")
        chips = Flow()
        self.country = ChoiceChip("Pays", [("ES", "Espagne"), ("DE", "Allemagne"), ("IT", "Italie")])
        for each in (self.country, chip("Départ sous 30 jours"), chip("Mineurs"), chip("À corriger : 7")):
            chips.addWidget(each)
        left = column(chips, self.table)
        left.setStretch(1, 1)
        whole = line(left, self._pane(), margins=(16, 0, 16, 16), spacing=12)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.search("")

    def title(self) -> str:
        return "Mobilités"

    def page_buttons(self) -> list[QWidget]:
        return [
            menu_button("Imprimer", [("Les attestations…", print), None, ("Les contrats…", print)]),
            primary("Ajouter une mobilité", icon="plus"),
        ]

    def search(self, text: str) -> None:
        rows = self.rows

        def find(order):
            ids = [i for i, row in rows.items() if text.casefold() in row.full_name.casefold()]
            key, down = order[0]
            return sorted(ids, key=lambda i: str(getattr(rows[i], key) or ""), reverse=down)

        self.model.show(find)

    def _pane(self) -> QWidget:
        card = Card("N’Guyen Linh", corner=stage_pill("preparation"))
        card.setFixedWidth(330)
        card.add(label("Élève, Bac pro Cuisine · 17 ans au départ", "muted", wrap=True))
        card.add(Banner("Autorisation parentale manquante : départ dans 12 jours.", "danger", [link("Imprimer")]))
        facts = Facts()
        row = mobility(4)
        for key in ("last_name", "start", "country", "means", "green", "email", "notes"):
            editor = Editor(BY_KEY[key], in_place=True)
            editor.set_value(getattr(row, key))
            facts.add({"last_name": "Nom", "start": "Départ"}.get(key, key), editor)
        card.add(facts)
        card.add(line(icon_button("undo-2", "Annuler"), icon_button("trash-2", "Mettre à la corbeille"), None))
        card.body.addStretch(1)
        return card


class FormPage(Page):
    """Buttons, messages, an empty state, segments."""

    key, icon = "form", "settings"

    def __init__(self) -> None:
        super().__init__()
        card = Card("Messages")
        for tone in ("neutral", "info", "success", "warning", "danger"):
            card.add(
                Banner(f"Message {tone} : ce qui s’est passé et quoi faire.", tone, [button("Voir")], closable=True)
            )
        off = button("Indisponible")
        off.setEnabled(False)
        card.add(
            line(primary("Importer 298"), button("Fermer"), off, button("Supprimer", role="danger"), link("Voir"), None)
        )
        card.add(Segments("Thème", [("system", "Système"), ("light", "Clair"), ("dark", "Sombre")]))
        card.add(line(*(pill(tone, tone) for tone in ("neutral", "info", "success", "warning", "danger")), None))
        card.add(
            EmptyState("users", "Aucun participant", "Importez votre tableau.", [primary("Ouvrir mon tableau Excel")])
        )
        self.setLayout(column(card, None, margins=(16, 0, 16, 16)))

    def title(self) -> str:
        return "Réglages"


def window() -> Shell:
    shell = Shell()
    shell.set_brand("Consortium CMQ Loire", [("Ouvrir…", print)])
    for page in (TodoPage(), ListPage(), FormPage()):
        shell.add_page(page)
    shell.set_views(
        [("soon", "Départs sous 30 jours", 18), ("abroad", "À l’étranger", 38), ("late", "Rapport en retard", 3)]
    )
    shell.set_backup("Sauvegarde vérifiée", "il y a 12 min, 2 copies")
    shell.set_projects([("p", "2026 · KA121-VET"), ("", "Tous les projets")], "p")
    shell.set_file("Fichier de suivi : cmq-loire.mobility")
    shell.set_undo("Annuler : dates de Léa Moreau")
    shell.page("todo").count_changed.emit(7)
    shell.page("list").count_changed.emit(332)
    shell.go("todo")
    return shell
