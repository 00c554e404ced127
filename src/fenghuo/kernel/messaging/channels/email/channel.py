"""E-mail by SMTP, through Django's mail API; a connection is kept for each thread."""

import smtplib
import threading
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, mailers

from ..channel import Accepted, NotSent, Outgoing

FOR_GOOD = 500  # SMTP answers from here on refuse for good, those from 400 on for the moment


class EmailChannel:
    name, outside, lanes, lease_s = "email", True, 2, 120.0  # each of its eight steps may take ten seconds

    def __init__(self) -> None:
        self._own = threading.local()

    def obstacle(self) -> str:
        return "" if settings.SMTP_URL else "not_set_up"

    def send(self, outgoing: Outgoing) -> Accepted:
        message = EmailMessage(
            subject=" ".join((outgoing.subject or outgoing.text[:60]).split()),
            body=outgoing.text,
            from_email=settings.MAIL_FROM,
            to=[outgoing.address],
            # The same for each attempt: mail servers and programs know a repeat by it.
            headers={"Message-ID": f"<{outgoing.reference}@{settings.MAIL_FROM.rpartition('@')[2].rstrip('>')}>"},
        )
        try:
            connection = self._connection()
        except (OSError, smtplib.SMTPException) as error:
            raise NotSent(_said(error), again=True) from error
        try:
            connection.send_messages([message])
        except ValueError as error:  # an address that is none
            raise NotSent(str(error), again=False) from error
        except (smtplib.SMTPServerDisconnected, TimeoutError) as error:
            self._drop()
            raise NotSent(_said(error), again=True, unknown=True) from error
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise NotSent(_said(error), again=not _for_good(error)) from error
        return Accepted()

    def find(self, reference: str) -> Accepted | None:
        return None  # mail servers cannot be asked

    def _connection(self) -> Any:
        """This thread's open connection; a new one when the server has closed it meanwhile."""
        kept: Any = getattr(self._own, "connection", None)
        if kept is not None and kept.connection is not None:
            try:
                if kept.connection.noop()[0] == 250:
                    return kept
            except (OSError, smtplib.SMTPException):
                pass
            self._drop()
        fresh = mailers["default"]
        fresh.open()
        self._own.connection = fresh
        return fresh

    def _drop(self) -> None:
        kept: Any = getattr(self._own, "connection", None)
        self._own.connection = None
        if kept is not None and kept.connection is not None:
            kept.connection.close()


def _for_good(error: Exception) -> bool:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= FOR_GOOD for code, _words in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= FOR_GOOD


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
