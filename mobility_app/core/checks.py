"""The door to the checks: stage and papers of a mobility, findings on a mobility, a project, rates.

A finding is never a refusal: it says what deserves a look, what to do and who does it. Nothing but the stage depends on
the day, so a finding comes and goes with the facts alone; delays are in `deadlines`.
"""

from mobility_app.core.mobility_checks import Places, findings
from mobility_app.core.project_checks import across, organisation_findings, project_findings
from mobility_app.core.rate_checks import rate_findings
from mobility_app.core.stage import departure_papers, stage

__all__ = [
    "Places",
    "across",
    "departure_papers",
    "findings",
    "organisation_findings",
    "project_findings",
    "rate_findings",
    "stage",
]
