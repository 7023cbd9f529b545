"""One Field per business attribute of a mobility: grids, filters, forms, sheets, history and import follow it.

`aliases` are the headers that people write, in any language; they are compared without accents, case or punctuation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from mobility_app.i18n import N_

Kind = Literal[
    "text",
    "long_text",
    "email",
    "date",
    "integer",
    "boolean",
    "choice",
    "country",
    "money",
    "kilometres",
    "paper",
    "iban",
    "bic",
]
Owner = Literal[
    "mobility",
    "participant",
    "sending",
    "host",
    "mentor",
    "flow",
    "project",
    "derived",
    "paper",
    "payment",
    "account",
    "organisation",
    "entry",
]
SheetKind = Literal["mobilities", "participants", "organisations", "payments"]  # what the rows of a sheet are


@dataclass(frozen=True)
class Choice:
    """One value of a closed list: what is stored, its English title, and the words that people write for it."""

    code: str
    title: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Field:
    """`owner` is the record that holds the value, `column` its column there (the key itself when empty).

    `derived` fields are computed and never written. `sensitive` fields stay out of default exports.
    `length` is the longest text accepted; `width` the width of a sheet's column in characters.
    """

    key: str
    title: str
    kind: Kind
    owner: Owner
    aliases: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    column: str = ""
    sensitive: bool = False
    length: int = 200
    width: int = 14

    @property
    def stored_as(self) -> str:
        return self.column or self.key


ACTIVITIES = (
    Choice(
        "VET_SHORT_TERM",
        N_("Short-term learning mobility of VET learners"),
        ("courte durée", "mobilité courte", "short-term", "short term learner", "LM-SHORT-VET", "stage court", "PFMP"),
    ),
    Choice(
        "VET_LONG_TERM_ERASMUSPRO",
        N_("Long-term learning mobility of VET learners (ErasmusPro)"),
        ("erasmuspro", "erasmus pro", "longue durée", "mobilité longue", "long-term", "LM-LONG-VET"),
    ),
    Choice(
        "VET_SKILLS_COMPETITION",
        N_("Participation in VET skills competitions"),
        ("concours de compétences", "concours de métiers", "concours", "skills competition", "LM-SKILL-VET"),
    ),
    Choice(
        "VET_GROUP_MOBILITY", N_("Group mobility of VET learners"), ("mobilité de groupe", "groupe", "group mobility")
    ),
    Choice(
        "JOB_SHADOWING",
        N_("Job shadowing"),
        ("observation en situation de travail", "stage d'observation", "observation", "job-shadowing", "SM-JOB-SHDW"),
    ),
    Choice(
        "TEACHING_TRAINING_ASSIGNMENT",
        N_("Teaching or training assignment"),
        (
            "mission d'enseignement",
            "mission d'enseignement ou de formation",
            "mission de formation",
            "enseignement",
            "teaching assignment",
            "training assignment",
            "SM-TTA",
        ),
    ),
    Choice(
        "COURSES_TRAINING",
        N_("Courses and training"),
        (
            "cours et formation",
            "cours et formations",
            "cours",
            "formation",
            "course",
            "training course",
            "SM-COUR-TRAIN",
        ),
    ),
    Choice("INVITED_EXPERT", N_("Invited expert"), ("expert invité", "experts invités", "expert", "OA-INV-EXP")),
    Choice(
        "HOSTING_TEACHERS",
        N_("Hosting teachers and educators in training"),
        (
            "accueil d'enseignants",
            "accueil d'enseignants et éducateurs en formation",
            "accueil d'enseignants en formation",
            "hosting teachers",
            "OA-HOS-TTT",
        ),
    ),
)
ROLES = (
    Choice("participant", N_("Participant"), ("participant", "participante")),
    Choice(
        "accompanying",
        N_("Accompanying person"),
        ("accompagnateur", "accompagnatrice", "accompagnement", "accompagnant", "accompanying person", "accompanying"),
    ),
)
STATUSES = (
    Choice("pupil", N_("Pupil"), ("élève", "lycéen", "lycéenne", "pupil", "student in school", "scolaire")),
    Choice("student", N_("Student"), ("étudiant", "étudiante", "student")),
    Choice("apprentice", N_("Apprentice"), ("apprenti", "apprentie", "alternant", "apprentice")),
    Choice("graduate", N_("Recent graduate"), ("jeune diplômé", "diplômé", "recent graduate", "graduate")),
    Choice(
        "staff",
        N_("Staff"),
        (
            "personnel",
            "enseignant",
            "enseignante",
            "formateur",
            "formatrice",
            "professeur",
            "staff",
            "teacher",
            "trainer",
        ),
    ),
)
LEARNER_STATUSES = frozenset({"pupil", "student", "apprentice", "graduate"})
GENDERS = (
    Choice("female", N_("Female"), ("f", "femme", "fille", "féminin", "female", "mme", "madame", "mlle")),
    Choice("male", N_("Male"), ("m", "h", "homme", "garçon", "masculin", "male", "monsieur")),
    Choice("other", N_("Undefined"), ("x", "autre", "other", "undefined", "non précisé")),
)
DECISIONS = (
    Choice("candidate", N_("Candidate"), ("candidat", "candidate", "candidature")),
    Choice("waiting", N_("Waiting list"), ("liste d'attente", "attente", "waiting list")),
    Choice("not_selected", N_("Not selected"), ("non retenu", "non retenue", "refusé", "not selected")),
    Choice("selected", N_("Selected"), ("retenu", "retenue", "sélectionné", "selected")),
    Choice("withdrawn", N_("Withdrawn"), ("désisté", "désistée", "désistement", "abandon", "withdrawn")),
    Choice("cancelled", N_("Cancelled"), ("annulé", "annulée", "cancelled", "canceled")),
    Choice("interrupted", N_("Interrupted"), ("interrompu", "interrompue", "retour anticipé", "interrupted")),
)
STAGES = (
    *DECISIONS,
    Choice("preparation", N_("In preparation")),
    Choice("ready", N_("Ready to leave")),
    Choice("abroad", N_("Abroad")),
    Choice("returned", N_("Returned")),
    Choice("complete", N_("Complete")),
    Choice("closed", N_("Closed")),
)
BM_STATES = (
    Choice("draft", N_("BM: draft"), ("draft", "brouillon")),
    Choice("complete", N_("BM: complete"), ("complete", "complet")),
)
MEANS = (
    Choice("plane", N_("Plane"), ("avion", "plane", "flight", "vol")),
    Choice("train", N_("Train"), ("train", "tgv")),
    Choice("bus", N_("Bus"), ("bus", "car", "autocar", "autobus", "coach")),
    Choice("car_pooling", N_("Car-pooling"), ("covoiturage", "car-pooling", "carpool")),
    Choice(
        "car",
        N_("Private car"),  # "car" alone is French for a coach
        ("voiture", "véhicule"),
    ),
    Choice("boat", N_("Boat"), ("bateau", "ferry", "boat")),
    Choice("bike", N_("Bicycle"), ("vélo", "bike", "bicycle")),
    Choice("other", N_("Other"), ("autre", "other")),
)
LINGUISTIC = (
    Choice("ols", N_("Online course (OLS)"), ("OLS", "cours en ligne")),
    Choice("grant", N_("Linguistic support"), ("soutien linguistique", "linguistic support")),
)

MOBILITY: tuple[Field, ...] = (
    Field("number", N_("No."), "integer", "derived", ("n°", "no", "num", "numéro", "n° d'ordre"), width=7),
    Field(
        "last_name",
        N_("Last name"),
        "text",
        "participant",
        (
            "nom",
            "nom de famille",
            "nom du participant",
            "last name",
            "surname",
            "family name",
            "participant last name",
            "nom de naissance",
        ),
        length=120,
        width=18,
    ),
    Field(
        "first_name",
        N_("First name"),
        "text",
        "participant",
        ("prénom", "prénoms", "prénom du participant", "first name", "given name", "participant first name"),
        length=120,
        width=16,
    ),
    Field(
        "birth_date",
        N_("Date of birth"),
        "date",
        "participant",
        (
            "né(e) le",
            "né le",
            "née le",
            "date de naissance",
            "naissance",
            "ddn",
            "date naiss",
            "date of birth",
            "birth date",
            "dob",
        ),
        width=12,
    ),
    Field(
        "gender",
        N_("Gender"),
        "choice",
        "participant",
        ("genre", "sexe", "civilité", "gender", "sex"),
        GENDERS,
        width=10,
    ),
    Field("nationality", N_("Nationality"), "country", "participant", ("nationalité", "nationality"), width=14),
    Field(
        "email",
        N_("E-mail"),
        "email",
        "participant",
        ("mail", "e-mail", "email", "courriel", "adresse mail", "adresse électronique", "participant email", "mél"),
        width=28,
    ),
    Field(
        "phone",
        N_("Telephone"),
        "text",
        "participant",
        ("téléphone", "tél", "tel", "portable", "mobile", "phone", "phone number"),
        length=60,
        width=16,
    ),
    Field(
        "status",
        N_("Status"),
        "choice",
        "participant",
        ("statut", "profil", "status", "public", "type de public"),
        STATUSES,
        width=13,
    ),
    Field(
        "class_name",
        N_("Class or function"),
        "text",
        "participant",
        (
            "classe",
            "classe / fonction",
            "classe/diplôme",
            "diplôme",
            "formation suivie",
            "filière",
            "fonction",
            "class",
            "programme",
            "niveau",
            "section",
        ),
        width=22,
    ),
    Field(
        "sending_organisation",
        N_("Sending organisation"),
        "text",
        "sending",
        (
            "établissement",
            "étab",
            "établissement d'envoi",
            "établissement d'origine",
            "lycée",
            "cfa",
            "école",
            "structure d'envoi",
            "organisme d'envoi",
            "sending organisation",
            "sending organization",
            "sending school",
            "school",
        ),
        column="name",
        width=30,
    ),
    Field(
        "sending_uai",
        N_("UAI"),
        "text",
        "sending",
        ("uai", "rne", "code uai", "n° uai", "uai établissement"),
        column="uai",
        length=20,
        width=11,
    ),
    Field(
        "activity",
        N_("Activity type"),
        "choice",
        "mobility",
        (
            "type d'activité",
            "activité",
            "type de mobilité",
            "activity",
            "activity type",
            "type activite",
            "nature de la mobilité",
        ),
        ACTIVITIES,
        width=34,
    ),
    Field("role", N_("Role"), "choice", "mobility", ("rôle", "role", "qualité"), ROLES, width=14),
    Field(
        "flow",
        N_("Flow"),
        "text",
        "flow",
        ("flux", "groupe de départ", "départ groupé", "flow", "batch"),
        column="name",
        width=16,
    ),
    Field(
        "country",
        N_("Country"),
        "country",
        "mobility",
        (
            "pays",
            "pays d'accueil",
            "pays de destination",
            "destination",
            "country",
            "receiving country",
            "host country",
            "destination country",
        ),
        width=15,
    ),
    Field(
        "town",
        N_("Town"),
        "text",
        "mobility",
        ("ville", "ville d'accueil", "ville de destination", "lieu", "city", "town", "receiving city", "host city"),
        width=16,
    ),
    Field(
        "host",
        N_("Host organisation"),
        "text",
        "host",
        (
            "structure d'accueil",
            "accueil",
            "entreprise d'accueil",
            "entreprise",
            "hôte",
            "organisme d'accueil",
            "organisation d'accueil",
            "établissement d'accueil",
            "partenaire",
            "lieu de stage",
            "host",
            "host organisation",
            "receiving organisation",
            "receiving organization",
            "host company",
        ),
        column="name",
        width=30,
    ),
    Field(
        "mentor",
        N_("Mentor"),
        "text",
        "mobility",
        ("tuteur", "tutrice", "maître de stage", "tuteur entreprise", "mentor", "tutor"),
        width=20,
    ),
    Field(
        "start",
        N_("Start"),
        "date",
        "mobility",
        (
            "départ",
            "date de départ",
            "début",
            "date de début",
            "du",
            "arrivée sur place",
            "start",
            "start date",
            "from",
            "début de l'activité",
            "activity start",
        ),
        width=12,
    ),
    Field(
        "end",
        N_("End"),
        "date",
        "mobility",
        (
            "retour",
            "date de retour",
            "fin",
            "date de fin",
            "au",
            "end",
            "end date",
            "to",
            "fin de l'activité",
            "activity end",
        ),
        width=12,
    ),
    Field(
        "actual_start", N_("Actual start"), "date", "mobility", ("début réel", "départ réel", "actual start"), width=12
    ),
    Field("actual_end", N_("Actual end"), "date", "mobility", ("fin réelle", "retour réel", "actual end"), width=12),
    Field(
        "days",
        N_("Days"),
        "integer",
        "derived",
        (
            "nb jours",
            "nombre de jours",
            "jours",
            "durée",
            "durée (jours)",
            "jours activité",
            "nb de jours",
            "days",
            "duration",
            "duration (days)",
        ),
        width=8,
    ),
    Field(
        "interruption_days",
        N_("Interruption days"),
        "integer",
        "mobility",
        ("jours d'interruption", "interruption", "interruption days"),
        width=12,
    ),
    Field(
        "travel_days",
        N_("Travel days"),
        "integer",
        "mobility",
        ("jours voyage", "jours de voyage", "nb jours voyage", "travel days", "funded travel days"),
        width=9,
    ),
    Field(
        "distance_km",
        N_("Distance"),
        "kilometres",
        "mobility",
        ("distance", "distance (km)", "km", "kilomètres", "distance km", "distance in km", "real distance"),
        width=10,
    ),
    Field(
        "distance_source",
        N_("Proof of the distance"),
        "text",
        "mobility",
        ("preuve de la distance", "source de la distance", "proof of the distance"),
        length=300,
        width=24,
    ),
    Field(
        "means",
        N_("Means of transport"),
        "choice",
        "mobility",
        ("moyen de transport", "transport", "mode de transport", "means of transport", "main means of transport"),
        MEANS,
        width=14,
    ),
    Field(
        "green",
        N_("Green travel"),
        "boolean",
        "mobility",
        (
            "éco-resp",
            "éco-resp (o/n)",
            "éco-responsable",
            "écoresponsable",
            "vert",
            "voyage vert",
            "voyage écoresponsable",
            "green",
            "green travel",
            "mobilité verte",
        ),
        width=9,
    ),
    Field(
        "fewer_opportunities",
        N_("Fewer opportunities"),
        "boolean",
        "mobility",
        (
            "inclusion",
            "inclusion o/n",
            "moins d'opportunités",
            "pamo",
            "fewer opportunities",
            "participant with fewer opportunities",
        ),
        width=10,
    ),
    Field(
        "virtual_hours",
        N_("Virtual hours"),
        "integer",
        "mobility",
        ("heures virtuelles", "heures à distance", "virtual hours"),
        width=9,
    ),
    Field(
        "course_title",
        N_("Course title"),
        "text",
        "mobility",
        ("intitulé du cours", "titre du cours", "course title"),
        width=22,
    ),
    Field("course_days", N_("Course days"), "integer", "mobility", ("jours de cours", "course days"), width=9),
    Field(
        "travel_elsewhere",
        N_("Travel paid from elsewhere"),
        "boolean",
        "mobility",
        ("voyage payé par ailleurs", "travel paid from elsewhere"),
        width=12,
    ),
    Field(
        "expensive_travel",
        N_("Expensive travel"),
        "boolean",
        "mobility",
        ("frais de voyage élevés", "expensive travel"),
        width=10,
    ),
    Field(
        "travel_cost_cents",
        N_("Real cost of travel"),
        "money",
        "mobility",
        ("coût réel du voyage", "real cost of travel"),
        width=12,
    ),
    Field("visa_cents", N_("Visa and similar costs"), "money", "mobility", ("frais de visa", "visa costs"), width=12),
    Field(
        "inclusion_cents",
        N_("Inclusion costs"),
        "money",
        "mobility",
        ("frais d'inclusion", "coûts réels d'inclusion", "inclusion costs"),
        sensitive=True,
        width=12,
    ),
    Field(
        "linguistic",
        N_("Language learning"),
        "choice",
        "mobility",
        ("apprentissage de la langue", "language learning"),
        LINGUISTIC,
        width=14,
    ),
    Field(
        "linguistic_reason",
        N_("Reason for linguistic support"),
        "text",
        "mobility",
        ("justification du soutien linguistique", "reason for linguistic support"),
        length=300,
        width=22,
    ),
    Field("zero_grant", N_("Zero grant"), "boolean", "mobility", ("bourse zéro", "subvention zéro", "zero grant")),
    Field("force_majeure", N_("Force majeure"), "boolean", "mobility", ("force majeure",)),
    Field(
        "purpose",
        N_("Purpose"),
        "long_text",
        "mobility",
        ("objet", "objet de la mobilité", "purpose"),
        length=500,
        width=30,
    ),
    Field(
        "lodging",
        N_("Lodging"),
        "text",
        "mobility",
        ("hébergement", "logement", "lodging", "accommodation"),
        length=300,
        width=22,
    ),
    Field(
        "insurance",
        N_("Insurance policy"),
        "text",
        "mobility",
        ("assureur", "n° d'assurance", "insurance policy"),
        width=18,
    ),
    Field(
        "decision",
        N_("Decision"),
        "choice",
        "mobility",
        ("décision", "sélection", "decision", "état", "situation"),
        DECISIONS,
        width=13,
    ),
    Field("decision_reason", N_("Reason"), "text", "mobility", ("motif", "raison", "reason"), length=300, width=22),
    Field("stage", N_("Stage"), "choice", "derived", ("étape", "stage"), STAGES, width=15),
    Field(
        "bm_id",
        N_("BM mobility ID"),
        "text",
        "mobility",
        (
            "id mobilité bm",
            "id mobilité",
            "identifiant mobilité",
            "id bm",
            "mobility id",
            "mobility activity id",
            "n° bm",
        ),
        length=60,
        width=18,
    ),
    Field(
        "bm_state",
        N_("BM state"),
        "choice",
        "mobility",
        ("statut bm", "état bm", "saisie bm", "bm status"),
        BM_STATES,
        width=12,
    ),
    Field(
        "individual_support",
        N_("Individual support"),
        "money",
        "derived",
        ("forfait séjour", "soutien individuel", "individual support"),
        width=13,
    ),
    Field(
        "travel_support",
        N_("Travel support"),
        "money",
        "derived",
        ("forfait voyage", "frais de voyage", "travel support"),
        width=12,
    ),
    Field(
        "total",
        N_("Grant"),
        "money",
        "derived",
        ("subvention", "bourse", "total subvention", "grant", "total grant"),
        width=12,
    ),
    Field("findings_count", N_("Findings"), "integer", "derived", width=9),
    Field(
        "notes",
        N_("Notes"),
        "long_text",
        "mobility",
        ("observations", "observation(s)", "remarques", "commentaires", "notes", "comments"),
        length=4000,
        width=30,
    ),
)


def _paper(code: str, title: str, *aliases: str) -> Field:
    return Field(f"paper:{code}", title, "paper", "paper", aliases, column=code, width=13)


# What a tracking sheet ticks off: papers of the register (`column` is their code) and payments (their kind).
TRACKING: tuple[Field, ...] = (
    _paper("CONTRAT", N_("Financial agreement"), "contrat", "contrat financier", "contrat signé", "contrat fin"),
    _paper("LA", N_("Learning agreement"), "contrat péda", "contrat pédagogique", "contrat d'études", "LA"),
    _paper("CONV", N_("Placement agreement"), "convention", "convention de stage", "convention PFMP", "conv"),
    _paper("AST", N_("Exit authorisation"), "AST", "autorisation de sortie du territoire", "autorisation de sortie"),
    _paper("AUTPAR", N_("Parental consent"), "autorisation parentale", "aut parentale"),
    _paper(
        "ID", N_("Identity document"), "pièce d'identité", "CNI", "CNI / passeport", "passeport", "carte d'identité"
    ),
    _paper("CEAM", N_("Health insurance card"), "CEAM", "carte européenne d'assurance maladie"),
    _paper("ASSUR", N_("Insurance certificate"), "assurance", "attestation d'assurance", "assurance RC"),
    _paper("OM", N_("Mission order"), "ordre de mission", "OM"),
    _paper("ATT", N_("Certificate of attendance"), "attestation", "attestation de présence", "attestation de séjour"),
    _paper("GREEN", N_("Green travel declaration"), "attestation sur l'honneur", "déclaration voyage vert"),
    _paper("EUROPASS", N_("Europass Mobility"), "europass", "europass mobilité"),
    _paper("RAPP", N_("Participant report"), "rapport", "rapport participant", "rapport du participant", "EU survey"),
    Field(
        "payment:advance",
        N_("Advance paid on"),
        "date",
        "payment",
        ("avance versée le", "date avance", "date de l'avance", "acompte versé le"),
        column="advance",
        width=12,
    ),
    Field(
        "payment:advance_cents",
        N_("Advance"),
        "money",
        "payment",
        ("avance", "montant avance", "montant de l'avance", "acompte"),
        column="advance",
        width=12,
    ),
    Field(
        "payment:balance",
        N_("Balance paid on"),
        "date",
        "payment",
        ("solde versé le", "date solde", "date du solde"),
        column="balance",
        width=12,
    ),
    Field(
        "payment:balance_cents",
        N_("Balance"),
        "money",
        "payment",
        ("solde", "montant solde", "montant du solde"),
        column="balance",
        width=12,
    ),
)
# Where a person's money goes: typed, brought in by a sheet, masked on the screen, and never in an export.
ACCOUNT: tuple[Field, ...] = (
    Field("iban", N_("IBAN"), "iban", "account", ("IBAN", "n° IBAN", "numéro IBAN", "code IBAN"), length=42, width=34),
    Field(
        "bic",
        N_("BIC"),
        "bic",
        "account",
        ("BIC", "code BIC", "SWIFT", "BIC SWIFT", "code SWIFT"),
        length=20,
        width=12,
    ),
    Field(
        "account_holder",
        N_("Account holder"),
        "text",
        "account",
        ("titulaire", "titulaire du compte", "nom du titulaire", "titulaire du compte bancaire", "account holder"),
        length=120,
        width=24,
    ),
)
ORGANISATION_ROLES = (
    Choice(
        "sender",
        N_("Sending organisation"),
        ("envoi", "établissement", "lycée", "cfa", "membre", "membre du consortium", "sending", "sender", "member"),
    ),
    Choice(
        "host",
        N_("Host organisation"),
        ("accueil", "hôte", "entreprise", "entreprise d'accueil", "partenaire", "host", "hosting", "partner"),
    ),
    Choice("intermediary", N_("Intermediary"), ("intermédiaire", "organisme intermédiaire", "intermediary")),
    Choice("employer", N_("Employer"), ("employeur", "employer")),
    Choice("payer", N_("Payer"), ("payeur", "financeur", "opco", "payer")),
)


def _organisation(column: str, title: str, *aliases: str, **other: Any) -> Field:
    return Field(f"organisation:{column}", title, other.pop("kind", "text"), "organisation", aliases, column=column,
                 **other)  # fmt: skip


# What a list of schools or hosts holds (`column` is the organisation's own).
ORGANISATION: tuple[Field, ...] = (
    _organisation(
        "name",
        N_("Name"),
        *("nom", "raison sociale", "dénomination", "intitulé", "organisme", "organisation", "structure", "name"),
        *("nom de l'organisme", "nom de l'entreprise", "nom de la structure", "nom légal", "legal name"),
        *("organisation name", "organization name"),
        *(alias for field in MOBILITY if field.key in ("sending_organisation", "host") for alias in field.aliases),
        width=30,
    ),
    _organisation("role", N_("Role"), "rôle", "role", kind="choice", choices=ORGANISATION_ROLES, width=18),
    _organisation("uai", N_("UAI"), "rne", "code uai", "n° uai", length=20, width=11),
    _organisation("oid", N_("OID"), "oid erasmus", "code oid", "n° oid", "organisation id", length=20, width=12),
    _organisation("pic", N_("PIC"), "code pic", "n° pic", length=20, width=12),
    _organisation("siret", N_("SIRET"), "n° siret", length=20, width=16),
    _organisation("address", N_("Address"), "adresse", "rue", "adresse postale", "street", length=300, width=30),
    _organisation("postcode", N_("Postcode"), "code postal", "cp", "postal code", "zip", length=20, width=9),
    _organisation("town", N_("Town"), "ville", "commune", "localité", "city", length=120, width=16),
    _organisation("country", N_("Country"), "pays", kind="country", width=15),
    _organisation(
        "email",
        N_("E-mail"),
        *("mail", "e-mail", "email", "courriel", "adresse mail", "adresse électronique", "mél"),
        kind="email",
        width=28,
    ),
    _organisation("phone", N_("Telephone"), "téléphone", "tél", "tel", "phone", length=60, width=16),
    _organisation(
        "notes",
        N_("Notes"),
        "observations",
        "remarques",
        "commentaires",
        "comments",
        kind="long_text",
        length=4000,
        width=30,
    ),
)
PAYMENT_KINDS = (
    Choice("advance", N_("Advance"), ("avance", "acompte", "1er versement", "premier versement", "advance")),
    Choice("balance", N_("Balance"), ("solde", "2e versement", "second versement", "balance")),
    Choice("repayment", N_("Repayment"), ("reversement", "trop-perçu", "remboursement", "retour", "repayment")),
    Choice("in_kind", N_("Paid in kind"), ("en nature", "payé en nature", "in kind")),
)


def _entry(column: str, title: str, kind: Kind, *aliases: str, **other: Any) -> Field:
    return Field(f"entry:{column}", title, kind, "entry", aliases, column=column, **other)


# What one line of a list of payments holds, beside the person whom it is for.
PAYMENT: tuple[Field, ...] = (
    _entry("number", N_("No."), "integer", "n°", "num", "numéro", "n° de mobilité", "n° mobilité", width=7),
    _entry(
        "kind",
        N_("Payment"),
        "choice",
        *("type", "nature", "type de paiement", "versement", "type de versement", "objet", "libellé", "kind"),
        choices=PAYMENT_KINDS,
        width=13,
    ),
    _entry(
        "cents", N_("Amount"), "money", "montant", "somme", "montant versé", "montant payé", "amount", "paid", width=12
    ),
    _entry(
        "date",
        N_("Paid on"),
        "date",
        *("date", "payé le", "versé le", "date de paiement", "date de versement", "date du virement", "viré le"),
        *("mandaté le", "date de mandatement", "payment date", "paid on"),
        width=12,
    ),
    _entry(
        "payee", N_("Payee"), "text", "bénéficiaire", "bénéficiaire du virement", "payé à", "versé à", "payee", width=22
    ),
    _entry(
        "reference",
        N_("Reference"),
        "text",
        *("référence", "réf", "n° de mandat", "mandat", "bordereau", "référence du virement", "reference"),
        length=120,
        width=16,
    ),
)
BY_KEY: dict[str, Field] = {
    field.key: field for field in (*MOBILITY, *TRACKING, *ACCOUNT, *ORGANISATION, *PAYMENT)
}  # fmt: skip
_PAID_TO = ("bm_id", "last_name", "first_name", "birth_date", "sending_organisation", "sending_uai")
# The fields that the columns of each kind of sheet may mean.
SHEETS: dict[SheetKind, tuple[Field, ...]] = {
    "mobilities": (*MOBILITY, *TRACKING, *ACCOUNT),
    "participants": tuple(
        field for field in (*MOBILITY, *ACCOUNT) if field.owner in ("participant", "sending", "account")
    ),
    "organisations": ORGANISATION,
    "payments": (*(BY_KEY[key] for key in _PAID_TO), *PAYMENT),
}


def writable(kind: SheetKind = "mobilities") -> tuple[Field, ...]:
    """The fields that a person or a sheet may fill."""
    return tuple(field for field in SHEETS[kind] if field.owner != "derived")


def choice_title(choices: tuple[Choice, ...], code: str | None) -> str:
    """The English title of a stored code (translate it with `_` or `i18n.Term`); the code itself when unknown."""
    return next((choice.title for choice in choices if choice.code == code), code or "")


def title_of(key: str, code: str | None) -> str:
    """The English title of the code stored in the field `key`."""
    return choice_title(BY_KEY[key].choices, code)
