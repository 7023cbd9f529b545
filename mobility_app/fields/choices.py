"""The closed lists: what is stored, its title, and the words that people write for it."""

from __future__ import annotations

from mobility_app.fields.field import Choice
from mobility_app.i18n import N_

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
ORGANISATION_ROLES = (
    Choice(
        "sender",
        N_("Sender"),
        (
            "organisme d'envoi",
            "établissement d'envoi",
            "envoi",
            "établissement",
            "lycée",
            "cfa",
            "membre",
            "membre du consortium",
            "sending",
            "sender",
            "member",
        ),
    ),
    Choice(
        "host",
        N_("Host"),
        (
            "organisme d'accueil",
            "accueil",
            "hôte",
            "entreprise",
            "entreprise d'accueil",
            "partenaire",
            "host",
            "hosting",
            "partner",
        ),
    ),
    Choice("intermediary", N_("Intermediary"), ("intermédiaire", "organisme intermédiaire", "intermediary")),
    Choice("employer", N_("Employer"), ("employeur", "employer")),
    Choice("payer", N_("Payer"), ("payeur", "financeur", "opco", "payer")),
)
PAYMENT_KINDS = (
    Choice("advance", N_("Advance"), ("avance", "acompte", "1er versement", "premier versement", "advance")),
    Choice("balance", N_("Balance"), ("solde", "2e versement", "second versement", "balance")),
    Choice("repayment", N_("Repayment"), ("reversement", "trop-perçu", "remboursement", "retour", "repayment")),
    Choice("in_kind", N_("Paid in kind"), ("en nature", "payé en nature", "in kind")),
)
