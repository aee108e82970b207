"""The whole check of a template, from its package to a trial with sample invoices."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from jinja2 import TemplateSyntaxError, nodes

from ...domain.model import Language
from ..cleaning import cleaned
from ..field_table import Field
from ..package import checked
from ..patching import PROPERTIES, has_tags
from ..sample import samples
from ..template import environment
from .finding import Finding
from .law import missing_by_law
from .names import Usage, usage_of
from .pictures import heavy_pictures
from .private_words import private_words
from .shown import Shown
from .stories import Story, stories_of
from .tags import spoilt_tags
from .trial import Trial, tried

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_LOOP = re.compile(r"\{%-?\s*for\b")
_QUESTION = re.compile(r"\{%-?\s*(?:el)?if\b(.*?)-?%\}", re.DOTALL)


def check_template(path: Path) -> tuple[Finding, ...]:
    """Everything that is wrong with the Word template at *path*; empty when all is well.

    Raises TemplateMissing when it is not there, and TemplateRefused when it is not a Word document or holds what a
    template may not hold (macros, embedded programs, references to elsewhere).
    """
    original = checked(path)
    content = cleaned(original)
    stories = stories_of(content)
    spoilt = _unique(finding for story in stories for finding in spoilt_tags(story))
    beside = _unique(
        (*private_words(original), *(finding for story in stories for finding in heavy_pictures(content, story)))
    )
    if not spoilt and not any(has_tags(story.source) for story in stories if story.name != PROPERTIES):
        return (Finding("no_tags"), *beside)
    usage = usage_of(parsed for story in stories for parsed in _parsed(story))
    trial = tried(path)
    faults = [finding for finding in trial.faults if not _already_told(finding, usage)]
    return (*spoilt, *_unknown(usage), *faults, *missing_by_law(_shows(trial, usage)), *beside)


def _shows(trial: Trial, usage: Usage) -> Callable[[Field], bool]:
    """Whether an invoice shows a field: by making some, or by reading the template when it makes none."""
    shown = Shown(trial.template, samples(Language.NL)) if trial.template else None
    return shown.shows if shown else usage.shows


def _parsed(story: Story) -> Iterator[nodes.Template]:
    """The syntax tree of *story*; of one that is not understood as a whole, those of the tags that are."""
    sandbox = environment()
    try:
        yield sandbox.parse(story.source)
        return
    except TemplateSyntaxError:
        tags = _TAG.findall(story.source)
    loops = "".join(tag for tag in tags if _LOOP.match(tag) and _can_be_read(f"{tag}{{% endfor %}}"))
    ends = "{% endfor %}" * len(_LOOP.findall(loops))
    for tag in tags:
        question = _QUESTION.match(tag)
        alone = f"{{% if {question[1]} %}}{{% endif %}}" if question else tag
        if not _LOOP.match(tag) and _can_be_read(alone):
            yield sandbox.parse(f"{loops}{alone}{ends}")


def _can_be_read(template: str) -> bool:
    try:
        environment().parse(template)
    except TemplateSyntaxError:
        return False
    return True


def _unknown(usage: Usage) -> Iterator[Finding]:
    for name, candidates in usage.unknown.items():
        words = {candidate: candidate for candidate in candidates}
        words |= {candidate.rpartition(".")[2]: candidate for candidate in reversed(candidates)} | words
        near = get_close_matches(name, words, 1) or get_close_matches(name.rpartition(".")[2], words, 1)
        if near:
            yield Finding("unknown_field_near", {"field": name, "near": words[near[0]]})
        else:
            yield Finding("unknown_field", {"field": name})


def _already_told(finding: Finding, usage: Usage) -> bool:
    """Whether a trial only stumbled over a name that is told as unknown."""
    names = {part for name in usage.unknown for part in (name, name.rpartition(".")[2], name.partition(".")[0])}
    unknown = finding.facts["reason"] == "template_fault.unknown_name"
    return unknown and any(name in finding.facts["detail"] for name in names)


def _unique(findings: Iterable[Finding]) -> list[Finding]:
    """*findings* without those that say the same, such as of a header on the first page and on the others."""
    seen: dict[tuple[str, tuple[tuple[str, str], ...]], Finding] = {}
    for finding in findings:
        seen.setdefault((finding.code, tuple(sorted(finding.facts.items()))), finding)
    return list(seen.values())
