"""What `fenghuo check` tells an operator: the settings in force, and those that are unsafe."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from fenghuo.config.demo import is_loaded
from fenghuo.kernel.clocks.rulebook import own_file, read_own
from fenghuo.kernel.maps.roads import flaw as road_flaw
from fenghuo.kernel.messaging.channels.sms.gateway import BadGateway, gateway
from fenghuo.kernel.registers.completeness.rules import flaws as completeness_flaws
from fenghuo.kernel.submissions.flaws import flaws as submission_flaws
from fenghuo.readiness.organisations.rules import own_flaws as post_flaws
from fenghuo.standards.needs import own_flaws
from fenghuo.standards.notice_steps import notice_rows
from fenghuo.standards.plan_checks import own_flaws as plan_check_flaws
from fenghuo.standards.plan_duties import own_flaws as plan_duty_flaws
from fenghuo.standards.thresholds import read_own_thresholds
from fenghuo.standards.wading import own_flaws as wading_flaws


def in_force() -> dict[str, str]:
    """Each setting by the name of its variable; secrets are never shown."""
    database = settings.DATABASES["default"]
    where = database["NAME"] if settings.SQLITE else f"{database['NAME']} on {database['HOST'] or 'the local socket'}"
    return {
        "FENGHUO_DATA": str(settings.DATA),
        "DATABASE_URL": f"{database['ENGINE'].rpartition('.')[2]}: {where}",
        "FENGHUO_BASE_URL": settings.BASE_URL,
        "FENGHUO_HOSTS": " ".join(settings.ALLOWED_HOSTS),
        "FENGHUO_NODE": settings.NODE or "(the only county there is)",
        "FENGHUO_SECRET_KEY": "from the environment" if os.environ.get("FENGHUO_SECRET_KEY") else "from a file",
        "FENGHUO_LOG": os.environ.get("FENGHUO_LOG", "text"),
        "FENGHUO_DEBUG": "on" if settings.DEBUG else "off",
        "FENGHUO_SMTP_URL": _mail_server(),
        "FENGHUO_MAIL_FROM": settings.MAIL_FROM if settings.SMTP_URL else "(no e-mail is sent)",
        "sms.toml": _sms_gateway(),
        "FENGHUO_BACKUP_AT": f"{settings.BACKUP_AT or '(no daily backup)'}, kept {settings.BACKUP_KEEP} days",
        "FENGHUO_SEAL_HASH": settings.SEAL_HASH,
        "FENGHUO_ROOTS_TO": " ".join(settings.ROOTS_TO) or "(nobody gets a root each day)",
        "FENGHUO_CLAMD": settings.CLAMD or "(files are not checked for viruses)",
        "FENGHUO_TIANDITU_KEY": "set: screens with that ground fetch its tiles"
        if settings.TIANDITU_KEY
        else "(not set)",
        "FENGHUO_TIANDITU_SERVERS": " ".join(settings.TIANDITU_SERVERS) or "(none is asked)",
        "FENGHUO_VIDEO_HOSTS": " ".join(settings.VIDEO_HOSTS) or "(videos open in a tab of their own)",
    }


def unsafe(data: Path) -> list[str]:
    """Sentences, each with the way out; empty when there is nothing to say."""
    found = []
    if settings.DEBUG:
        found.append("FENGHUO_DEBUG shows the inside of errors to everybody: unset it.")
    if not settings.HTTPS and "127.0.0.1" not in settings.BASE_URL and "localhost" not in settings.BASE_URL:
        found.append("people sign in over http: set FENGHUO_BASE_URL to an https address and put a proxy before it.")
    if len(settings.SECRET_KEY) < 50:
        found.append("the secret key is shorter than 50 characters: unset it, and one is made.")
    if data.stat().st_mode & 0o077:
        found.append(f"others on this machine can read {data}: chmod 700 it.")
    found += _sms_faults()
    found += own_files()
    if settings.SMTP_URL.startswith("smtp://") and "@" in settings.SMTP_URL:
        found.append("the mail password travels in clear: write FENGHUO_SMTP_URL as smtps:// or smtp+tls://.")
    if _demo():
        found.append("this is a demonstration: anybody may take any role. `fenghuo demo drop` ends it.")
    return found


def own_files() -> list[str]:
    """What is wrong with the county's own rows (deadlines, needs, completeness …): these are not in force."""
    found = [f"{settings.OWN_DEADLINES.name}: {flaw}; this row is not in force." for flaw in own_file()[1]]
    found += [f"{settings.OWN_NEEDS.name}: {flaw}; this row is not in force." for flaw in own_flaws(settings.OWN_NEEDS)]
    found += [f"{settings.OWN_COMPLETENESS.name}: {flaw}; this row is not in force." for flaw in completeness_flaws()]
    found += [f"{flaw}; this row is not in force." for flaw in post_flaws()]
    if said := road_flaw():
        found.append(f"the roads cannot be used ({said}): run `fenghuo map build FILE` again.")
    found += [f"{settings.OWN_SUBMISSION_KINDS.name}: {flaw}." for flaw in submission_flaws()]
    flaws = wading_flaws(settings.OWN_WADING)
    found += [f"{settings.OWN_WADING.name}: {flaw}; this row is not in force." for flaw in flaws]
    flaws = plan_check_flaws(settings.OWN_PLAN_CHECKS)
    found += [f"{settings.OWN_PLAN_CHECKS.name}: {flaw}; this row is not in force." for flaw in flaws]
    flaws = plan_duty_flaws(settings.OWN_PLAN_DUTIES)
    found += [f"{settings.OWN_PLAN_DUTIES.name}: {flaw}; this row is not in force." for flaw in flaws]
    try:
        read_own_thresholds(settings.OWN_THRESHOLDS)
    except ValueError as error:
        found.append(f"{settings.OWN_THRESHOLDS.name}: {error}; none of its rows is in force.")
    try:
        notice_rows(settings.OWN_NOTICE_STEPS)
    except (OSError, ValueError) as error:
        found.append(f"{settings.OWN_NOTICE_STEPS.name}: {error}; none of its rows is in force.")
    return found + _own_rules()


def _own_rules() -> list[str]:
    """Rows set on the page that this release reads otherwise, and deadlines that wait for a table of days off."""
    from django.db import DatabaseError

    from fenghuo.kernel.clocks.models import OwnRule
    from fenghuo.kernel.clocks.selectors import waiting_for_tables

    try:
        standing, waiting = list(OwnRule.objects.filter(withdrawn_at=None)), waiting_for_tables()
    except DatabaseError:  # not migrated yet
        return []
    wrong = [f"own rule {own.rule}: {flaw}; it is not in force." for own in standing for flaw in read_own(own)[1]]
    return wrong + [
        f"the days off of {year} are missing and {count} deadlines wait for them: enter the State Council's notice."
        for year, count in waiting.items()
    ]


def _demo() -> bool:
    from django.db import DatabaseError

    try:
        return is_loaded()
    except DatabaseError:  # not migrated yet
        return False


def _mail_server() -> str:
    parts = urlsplit(settings.SMTP_URL)
    return f"{parts.scheme}://{parts.hostname}" if settings.SMTP_URL else "(no e-mail is sent)"


def _sms_gateway() -> str:
    try:
        described = gateway()
    except BadGateway:
        return "(cannot be used: see below)"
    return urlsplit(described.url).netloc if described else "(no SMS is sent)"


def _sms_faults() -> list[str]:
    try:
        described = gateway()
    except BadGateway as error:
        return error.faults
    if described is None:
        return []
    found = []
    if described.url.startswith("http://"):
        found.append("sms.toml: url is not https: telephone numbers and texts travel in clear.")
    if not described.recognises:
        found.append("sms.toml: body has no {reference}: the gateway cannot know a repeat, and may send it twice.")
    return found
