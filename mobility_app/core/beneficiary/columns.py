"""The columns that a file of the Beneficiary Module may have: what each is about, who decides it, how it is titled.

No layout: order, spelling and presence are the file's own. Titles come from db/reference/bm-fields.json and
db/reference/mobility-tool-columns.json (a test compares) and from their French wording; she corrects the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mobility_app.fields import BY_KEY
from mobility_app.i18n import N_

Kind = Literal["text", "date", "integer", "boolean", "choice", "country", "band", "money"]
Use = Literal["key", "fact", "detail", "computed", "theirs", "unknown", "never"]


@dataclass(frozen=True)
class ModuleColumn:
    """`use` says who decides the value:

    key       it finds the mobility again; ours is written where they have none
    fact      ours is written and compared
    detail    the same, of an organisation without OID; with one, the module knows better
    computed  the module reckons it: compared, never written
    theirs    the module alone knows it: read, never written
    unknown   the dossier holds nothing for it: left to her, and said
    never     neither read nor written: it may hold sensitive data

    `adopts` is the field of a mobility that takes their value. The least that makes a draft is `minimum`.
    """

    key: str
    title: str
    kind: Kind
    use: Use
    aliases: tuple[str, ...]
    adopts: str = ""
    minimum: bool = False

    @property
    def written(self) -> bool:
        return self.use in ("key", "fact", "detail")

    @property
    def compared(self) -> bool:
        return self.use in ("fact", "detail", "computed", "theirs")


def _column(
    key: str, kind: Kind, use: Use, aliases: str, *, title: str = "", adopts: str = "", minimum: bool = False
) -> ModuleColumn:
    names = tuple(alias.strip() for alias in aliases.split("|"))
    return ModuleColumn(key, title or BY_KEY[key].title, kind, use, names, adopts, minimum)


def _organisation(end: str, key: str) -> tuple[ModuleColumn, ...]:
    """The columns of the sending or the receiving organisation: each attribute's titles behind each of its names."""
    found = []
    for suffix, kind, use, attributes, title in _ATTRIBUTES:
        aliases = " | ".join(f"{name} {attribute}" for name in _ENDS[end] for attribute in attributes.split("|"))
        if suffix == "name":
            found.append(_column(key, kind, use, " | ".join((*_ENDS[end], aliases)), adopts=key))
        else:
            adopts = f"{end}_oid" if suffix == "oid" else ""
            found.append(_column(f"{end}_{suffix}", kind, use, aliases, title=title, adopts=adopts))
    return tuple(found)


_ENDS = {
    "sending": (
        "Sending organisation",
        "Sending organization",
        "Sender",
        "Organisme d'envoi",
        "Organisation d'envoi",
        "Établissement d'envoi",
    ),
    "host": (
        "Receiving organisation",
        "Receiving organization",
        "Host organisation",
        "Hosting organisation",
        "Host organization",
        "Organisme d'accueil",
        "Organisation d'accueil",
        "Structure d'accueil",
    ),
}
_ATTRIBUTES: tuple[tuple[str, Kind, Use, str, str], ...] = (
    ("oid", "text", "fact", "OID|organisation OID|OID code|code OID|numéro OID", N_("OID of the organisation")),
    ("local_id", "text", "key", "ID|organisation ID|identifiant|numéro", N_("ID of the organisation")),
    ("pic", "text", "detail", "PIC|PIC code|code PIC", N_("PIC of the organisation")),
    ("name", "text", "detail", "legal name|legal name (Latin)|name|nom|nom légal|raison sociale|dénomination",
     ""),
    ("address", "text", "detail", "legal address|address|adresse|adresse légale", N_("Address of the organisation")),
    ("postcode", "text", "detail", "post code|postal code|postcode|code postal", N_("Postcode of the organisation")),
    ("town", "text", "detail", "city|town|ville|commune", N_("Town of the organisation")),
    ("country", "country", "detail", "country|pays", N_("Country of the organisation")),
    ("email", "text", "detail", "email|e-mail|courriel", N_("E-mail of the organisation")),
    ("phone", "text", "detail", "telephone|telephone 1|phone|téléphone|téléphone 1",
     N_("Telephone of the organisation")),
    ("other", "text", "unknown",
     "business name|full legal name (national language)|full legal name|national ID|national ID (if applicable)|"
     "organisation type|type|public body|non-profit|number of employees below 250|region|P.O. box|CEDEX|website|"
     "telephone 2|fax|acronym|VAT|department|nom commercial|identifiant national|type d'organisation|"
     "organisme public|sans but lucratif|région|boîte postale|site web|téléphone 2|télécopie|sigle|TVA|service",
     N_("Other fact about the organisation")),
)  # fmt: skip

_KEYS = (
    _column("grant_agreement", "text", "fact",
            "Grant Agreement No. | Grant agreement number | Project code | Project reference | "
            "N° de convention | Numéro de convention de subvention | Référence du projet | Code projet",
            title=N_("Grant agreement")),
    _column("bm_id", "text", "key",
            "Mobility activity ID | Mobility ID | Mobility activity identifier | Activity ID | "
            "ID de l'activité de mobilité | Identifiant de l'activité de mobilité | Identifiant de mobilité | "
            "ID mobilité | ID de mobilité | Identifiant mobilité", adopts="bm_id", minimum=True),
    _column("bm_unique_id", "text", "theirs",
            "Unique Erasmus+ Mobility ID | Unique Erasmus Mobility ID | Unique mobility ID | "
            "Identifiant unique de mobilité Erasmus+ | ID unique de mobilité Erasmus+ | "
            "Identifiant unique Erasmus+ de mobilité", title=N_("Unique Erasmus+ mobility ID"), adopts="bm_unique_id"),
    _column("data_type", "text", "unknown", "Data type | Type de données | Type de ligne", title=N_("Kind of row")),
    _column("activity_number", "text", "unknown", "Activity No.", title=N_("Activity number")),
)  # fmt: skip

_PERSON = (
    _column("last_name", "text", "fact",
            "Last name | Family name | Family name(s) | Surname | Participant last name | Nom | Nom de famille | "
            "Nom du participant", adopts="last_name", minimum=True),
    _column("first_name", "text", "fact",
            "First name | First name(s) | Given name | Given names | Given name(s) | Participant first name | "
            "Prénom | Prénom(s) | Prénom du participant", adopts="first_name", minimum=True),
    _column("email", "text", "fact",
            "Email | E-mail | Email address | E-mail address | Participant email | Participant email address | "
            "Courriel | Adresse électronique | Adresse e-mail | Courriel du participant", adopts="email"),
    _column("gender", "choice", "fact", "Gender | Participant gender | Sex | Genre | Sexe", adopts="gender"),
    _column("birth_date", "date", "fact",
            "Date of birth | Birth date | Participant date of birth | Date de naissance", adopts="birth_date"),
    _column("nationality", "country", "fact", "Nationality | Participant nationality | Nationalité",
            adopts="nationality"),
    _column("participant_id", "text", "unknown", "Participant ID | ID participant | Identifiant du participant",
            title=N_("Participant ID")),
    _column("recent_graduate", "boolean", "fact",
            "Recent graduate | Recent graduate (flag) | Jeune diplômé | Diplômé récent", title=N_("Recent graduate")),
    _column("fewer_opportunities", "boolean", "fact",
            "Participant with fewer opportunities | Fewer opportunities | Participant ayant moins d'opportunités | "
            "Moins d'opportunités", adopts="fewer_opportunities"),
    _column("participant", "boolean", "fact", "Participant | Is participant", title=N_("Participant")),
    _column("accompanying", "boolean", "fact",
            "Accompanying person | Accompanying persons | Is accompanying person | Accompagnateur | "
            "Personne accompagnatrice", title=N_("Accompanying person"), adopts="role"),
    _column("special_needs", "text", "never",
            "Participant With Special Needs | EU Special Needs Support | EU Special Needs Support Comments | "
            "Special needs | Besoins spécifiques | Description and justification", title=N_("Sensitive data")),
)  # fmt: skip

_ACTIVITY = (
    _column("activity", "choice", "fact",
            "Activity type | Activity type code | Mobility activity type | Type of activity | Type d'activité | "
            "Code du type d'activité | Type d'activité de mobilité", adopts="activity", minimum=True),
    _column("long_term", "boolean", "fact",
            "Long-term mobility activity | Long-term activity | Long-term mobility | Mobilité de longue durée | "
            "Activité de longue durée", title=N_("Long-term mobility")),
    _column("blended", "boolean", "fact",
            "Blended mobility activity | Blended mobility | Blended | Mobilité hybride | Activité de mobilité hybride",
            title=N_("Blended mobility")),
    _column("virtual", "text", "unknown",
            "Virtual component description | Virtual component duration | Virtual component timing | "
            "Description de la composante virtuelle | Durée de la composante virtuelle", title=N_("Virtual part")),
    _column("international", "boolean", "fact",
            "International mobility activity | International mobility | International | Mobilité internationale | "
            "Activité de mobilité internationale", title=N_("International mobility")),
    _column("force_majeure", "boolean", "fact", "Force majeure | Force majeure ? | Cas de force majeure",
            adopts="force_majeure"),
    _column("force_majeure_text", "text", "never",
            "Force majeure explanations | Force majeure explanation | Explications de force majeure | "
            "Explication de la force majeure", title=N_("Sensitive data")),
    _column("education", "text", "unknown",
            "Field of education | Education field | ISCED-F code | Level | Education level | EQF level | "
            "Domaine d'études | Domaine d'éducation | Niveau | Niveau d'études", title=N_("Field and level")),
    _column("languages", "text", "unknown",
            "Main Instruction/Work/Volunteering language | Main language | Other used languages | "
            "Other used language 1 | Other used language 2 | Other used language 3 | "
            "Native speaker or duly justified exception | Langue principale | Autres langues utilisées",
            title=N_("Languages")),
    _column("ols", "boolean", "fact",
            "Online language support (OLS) | Online language support | OLS | Soutien linguistique en ligne | "
            "Soutien linguistique en ligne (OLS)", title=N_("Online course (OLS)"), adopts="linguistic"),
    _column("linguistic_support", "boolean", "fact",
            "Linguistic support | Linguistic preparation | Soutien linguistique", title=N_("Linguistic support"),
            adopts="linguistic"),
    _column("linguistic_reason", "text", "fact",
            "Justification for linguistic support grant request | Justification de la demande de soutien linguistique",
            adopts="linguistic_reason"),
    _column("certification", "text", "unknown",
            "Certifying organisation | Certification type | Certifying Organisation ID 1 | Recognition System 1 | "
            "Certifying Organisation ID 2 | Certification Type 2 | Certifying Organisation ID 3 | "
            "Certification Type 3 | Organisme de certification | Type de certification", title=N_("Certification")),
    _column("group", "text", "unknown",
            "Participant group | Group Leader / Trainer / Facilitator | European Solidarity Corps volunteer | "
            "European Solidarity Corps ID Nr", title=N_("Group")),
)  # fmt: skip

_PLACE = (
    _column("departure_country", "country", "fact", "Sending country | Country of departure | Pays d'envoi | "
            "Pays d'origine | Pays de départ", title=N_("Country of departure")),
    _column("departure_town", "text", "fact", "Sending city | City of departure | Ville d'envoi | Ville d'origine | "
            "Ville de départ", title=N_("Town of departure")),
    _column("country", "country", "fact",
            "Receiving country | Destination country | Host country | Country of destination | Pays d'accueil | "
            "Pays de destination", adopts="country"),
    _column("town", "text", "fact",
            "Receiving city | Destination city | Host city | City of destination | Ville d'accueil | "
            "Ville de destination", adopts="town"),
    _column("location_comments", "text", "unknown",
            "Comments on different location | Comments on different location than sending/receiving organisations | "
            "Commentaires sur un lieu différent", title=N_("Comments on a different place")),
    _column("means", "choice", "fact",
            "Main means of transport | Means of transport | Main mean of transport | Moyen de transport principal | "
            "Principal moyen de transport | Moyen de transport", adopts="means"),
    _column("green", "boolean", "fact",
            "Sustainable means of transport (green travel) | Sustainable means of transport | Green travel | "
            "Moyens de transport durables | Voyage écoresponsable | Voyage vert", adopts="green"),
    _column("distance_band", "band", "fact", "Distance band | Travel distance | Tranche de distance | "
            "Bande de distance | Catégorie de distance", title=N_("Distance band")),
    _column("distance_km", "integer", "fact",
            "Real distance in kilometres | Real distance in km | Real distance | Distance in km | "
            "Distance réelle en kilomètres | Distance réelle (km) | Distance réelle", adopts="distance_km"),
    _column("outermost", "boolean", "unknown",
            "Outermost region / OCT | Outermost region | Région ultrapériphérique", title=N_("Outermost region")),
)  # fmt: skip

_DURATION = (
    _column("start", "date", "fact", "Start date | Activity start date | Mobility start date | Date de début | "
            "Date de début de l'activité", adopts="start"),
    _column("end", "date", "fact", "End date | Activity end date | Mobility end date | Date de fin | "
            "Date de fin de l'activité", adopts="end"),
    _column("duration_calculated", "integer", "computed",
            "Duration Calculated (days) | Duration calculated | Durée calculée (jours) | Durée calculée",
            title=N_("Days, reckoned")),
    _column("interruption_days", "integer", "fact",
            "Interruption Duration (days) | Interruption duration | Durée d'interruption (jours) | "
            "Durée de l'interruption | Jours d'interruption", adopts="interruption_days"),
    _column("period_days", "integer", "computed",
            "Duration of Mobility Activity Period (days) | Duration of Mobility Period (days) | "
            "Durée de la période de mobilité (jours) | Durée de la période d'activité de mobilité",
            title=N_("Days of activity")),
    _column("travel_days", "integer", "fact",
            "Funded travel days | Travel days | Travel Days (max. 2) | Jours de voyage financés | Jours de voyage",
            adopts="travel_days"),
    _column("non_funded_days", "integer", "unknown",
            "Non-Funded Duration (days) | Non-funded duration | Durée non financée (jours)",
            title=N_("Days not funded")),
    _column("funded_days", "integer", "computed",
            "Funded Duration (days) | Funded duration | Funded duration including travel days (in days) | "
            "Durée financée (jours) | Durée financée", title=N_("Days funded")),
)  # fmt: skip

_MONEY = (
    _column("travel_support", "money", "computed",
            "Travel support | Travel grant | EU travel grant | Travel support grant | Soutien aux frais de voyage | "
            "Frais de voyage | Forfait voyage"),
    _column("individual_support", "money", "computed",
            "Individual support | EU individual support | Individual support grant | Soutien individuel | "
            "Soutien aux frais individuels"),
    _column("course_fees", "money", "computed", "Course fees grant | Course fees | Course fee grant | "
            "Frais de cours | Frais d'inscription aux cours", title=N_("Course fees")),
    _column("course_days", "integer", "fact",
            "Course fees - number of days | Course fees number of days | Number of course days | "
            "Frais de cours - nombre de jours | Nombre de jours de cours", adopts="course_days"),
    _column("course_title", "text", "fact", "Course title | Title of the course | Intitulé du cours | Titre du cours",
            adopts="course_title"),
    _column("total", "money", "computed",
            "Mobility activity Grant (calculated) | Mobility activity grant | EU Mobility Total Grant Calculated | "
            "Total grant | Total EU grant | Subvention de l'activité de mobilité (calculée) | Subvention totale"),
    _column("linguistic_grant", "money", "computed",
            "Linguistic support grant | Linguistic preparation grant | Subvention pour le soutien linguistique",
            title=N_("Linguistic support grant")),
    _column("inclusion_participants", "money", "fact",
            "Inclusion support for participants | Inclusion support for participant | "
            "Soutien à l'inclusion pour les participants", title=BY_KEY["inclusion_cents"].title,
            adopts="inclusion_cents"),
    _column("inclusion_organisations", "money", "computed",
            "Inclusion support for organisations | Inclusion support for organisation | "
            "Soutien à l'inclusion pour les organisations", title=N_("Inclusion support, organisations")),
    _column("expensive_travel", "boolean", "fact",
            "Exceptional cost for expensive travel: request | Expensive travel | Voyage onéreux | "
            "Coûts exceptionnels pour voyage onéreux : demande", adopts="expensive_travel"),
    _column("travel_cost", "money", "fact",
            "Exceptional cost for expensive travel: real cost | Expensive travel: real cost | "
            "Coûts exceptionnels pour voyage onéreux : coût réel", title=BY_KEY["travel_cost_cents"].title,
            adopts="travel_cost_cents"),
    _column("expensive_travel_grant", "money", "computed",
            "Exceptional cost for expensive travel: 80 % | Exceptional cost for expensive travel grant | "
            "Coûts exceptionnels pour voyage onéreux : subvention", title=N_("Exceptional costs: expensive travel")),
    _column("exceptional_costs", "money", "fact", "Exceptional costs | Exceptional cost | Exceptional costs grant | "
            "Coûts exceptionnels | Frais exceptionnels", title=N_("Exceptional costs")),
    _column("zero_grant", "boolean", "fact", "Zero grant | Subvention zéro | Bourse zéro", adopts="zero_grant"),
    _column("other_money", "money", "unknown",
            "Exceptional cost for expensive travel | Exceptional cost for expensive travel: justification | "
            "Exceptional costs comments | Non-Erasmus+ grant from the EU budget | "
            "Additional non-EU grant | Organisational support | Organisational Support Grant/Day | "
            "No. of Expensive Domestic Travels | Top-up for \"Expensive Domestic Travel Cost\" | "
            "Total Top-up for \"Expensive Domestic Travel Cost\" | Expensive Domestic Travel Cost Description | "
            "Total EU Travel Grant | Total EU Travel Grant - Grant Not Required | "
            "Linguistic Preparation Grant - Grant Not Required | EU Individual Support - Grant Not Required | "
            "Organisational Support - Grant Not Required",
            title=N_("Other costs")),
)  # fmt: skip

_STATE = (
    _column("bm_state", "choice", "theirs",
            "Status | Mobility status | Mobility activity status | Statut | Statut de la mobilité | "
            "État de la mobilité", adopts="bm_state"),
    _column("draft", "boolean", "theirs", "Draft mobility | Draft | Mobilité à l'état de brouillon | Brouillon",
            title=N_("Draft"), adopts="bm_state"),
    _column("report_status", "text", "theirs",
            "Participant report status | Report status | Participant report | Statut du rapport du participant | "
            "Rapport du participant", title=N_("Participant report")),
    _column("report_requested", "date", "theirs",
            "Participant report requested on | Report requested on | Rapport du participant demandé le",
            title=N_("Report requested on")),
    _column("report_received", "date", "theirs",
            "Participant report received on | Report received on | Rapport du participant reçu le",
            title=N_("Report received on")),
    _column("comments", "text", "never", "Overall comments | Comments | Commentaires généraux | Commentaires",
            title=N_("Sensitive data")),
)  # fmt: skip

COLUMNS: tuple[ModuleColumn, ...] = (
    *_KEYS,
    *_PERSON,
    *_ACTIVITY,
    *_organisation("sending", "sending_organisation"),
    *_organisation("host", "host"),
    *_PLACE,
    *_DURATION,
    *_MONEY,
    *_STATE,
)
BY_MODULE_KEY: dict[str, ModuleColumn] = {column.key: column for column in COLUMNS}
# What she may give a column to mean; the others only name what is left alone.
CHOOSABLE = frozenset(column.key for column in COLUMNS if column.use not in ("unknown", "never"))
IDENTITY = ("bm_id", "bm_unique_id", "last_name", "first_name", "email")  # a row with one of these is a mobility
