"""What a print job's states mean for an invoice (RFC 8011 § 5.3.7, § 5.4.11-12)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from ..domain.states import State
from ..ports import Receipt
from .ipp_query import Attributes, listed


class JobState(IntEnum):
    """The values of `job-state` that end a job or hold it."""

    HELD = 4
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


_PRINTER_STOPPED = 5
# The first that fits says why a job waits. The keywords may end in -error, -warning or -report.
_CAUSES = (
    ("print_paper", ("media-empty", "media-needed")),
    ("print_jam", ("media-jam",)),
    ("print_toner", ("toner-empty", "marker-supply-empty")),
    ("print_cover", ("cover-open", "door-open", "interlock-open")),
    ("print_offline", ("offline", "shutdown", "timed-out", "connecting-to-device")),
)


@dataclass(frozen=True, slots=True)
class JobReport:
    """What the server says of a job and its printer; `job_state` is None when it no longer knows the job."""

    job_state: int | None
    printer_state: int | None
    reasons: tuple[str, ...]
    message: str

    @classmethod
    def of(cls, job: Attributes, printer: Attributes) -> JobReport:
        """The report in the attributes of an answer."""
        return cls(
            job.get("job-state"),
            printer.get("printer-state"),
            tuple(
                reason
                for reason in listed(printer.get("printer-state-reasons")) + listed(job.get("job-state-reasons"))
                if reason != "none"
            ),
            str(job.get("job-printer-state-message") or printer.get("printer-state-message") or ""),
        )


def judge(report: JobReport) -> Receipt:
    """PRINTED or FAILED for a job that has ended; ATTENTION, with what it waits for, for any other."""
    words = f"{report.message} ({', '.join(report.reasons)})".removesuffix("()").strip()
    if report.job_state == JobState.COMPLETED:
        return Receipt(State.PRINTED, "print_printed")  # the last message may still be about paper that ran out
    if report.job_state == JobState.ABORTED:
        return Receipt(State.FAILED, "print_failed", words)
    if report.job_state == JobState.CANCELED:
        return Receipt(State.FAILED, "print_cancelled", words)
    return Receipt(State.ATTENTION, _waiting_for(report), words)


def _waiting_for(report: JobReport) -> str:
    if report.job_state is None:
        return "print_job_unknown"
    if report.job_state == JobState.HELD:
        return "print_held"
    for code, keywords in _CAUSES:
        if any(reason.startswith(keywords) for reason in report.reasons):
            return code
    return "print_stopped" if report.printer_state == _PRINTER_STOPPED else "print_queued"
