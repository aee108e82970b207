"""The whole check of a template, from its package to a trial with sample invoices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from jinja2 import TemplateSyntaxError, nodes

from ..package import checked
from ..template import environment
from .finding import Finding
from .law import missing_by_law
from .names import Usage, usage_of
from .pictures import heavy_pictures
from .stories import Story, stories_of
from .tags import spoilt_tags
from .trial import trial_faults

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_LOOP = re.compile(r"\{%-?\s*for\b")
_QUESTION = re.compile(r"\{%-?\s*(?:el)?if\b(.*?)-?%\}", re.DOTALL)


def check_template(path: Path) -> tuple[Finding, ...]:
    """Everything that is wrong with the Word template at *path*; empty when all is well.

    Raises TemplateMissing when it is not there, and TemplateRefused when it is not a Word document or holds what a
    template may not hold (macros, embedded programs, references to elsewhere).
    """
    content = checked(path)
    stories = stories_of(content)
    usage = usage_of(parsed for story in stories for parsed in _parsed(story))
    unknown = tuple(_unknown(usage))
    trials = [finding for finding in trial_faults(path) if not _already_told(finding, usage)]
    spoilt = [finding for story in stories for finding in spoilt_tags(story)]
    pictures = [finding for story in stories for finding in heavy_pictures(content, story)]
    return (*_unique(spoilt), *unknown, *trials, *missing_by_law(usage), *_unique(pictures))


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
