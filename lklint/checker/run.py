"""Checking texts and files."""

import os
from collections.abc import Callable, Iterable
from typing import NamedTuple

from lklint.checker.judge import Judgement, judge
from lklint.checker.together import Together, shown_folder, without_replaced
from lklint.documents.document import Document
from lklint.documents.identity import Identity, identify
from lklint.documents.reading import LARGEST_BROKEN_FILE, Reading, read
from lklint.findings import Checked, Effect, Finding, Report, Source
from lklint.settings import Settings
from lklint.workspace.folders import environment_folder

PASSED_OVER = Identity("", "", "")


class Outcome(NamedTuple):
    """What came of one text: `identity` is None where it is no LiveKit telephony.

    `document` is what the rules looked at, and `clean` tells that LiveKit takes it. `silenced`
    counts the findings that are not told because somebody accepted them. `whole` is False
    where the text is too broken for the rules to look at it.
    """

    identity: Identity | None
    findings: tuple[Finding, ...] = ()
    source: Source | None = None
    silenced: int = 0
    whole: bool = True
    document: Document | None = None
    clean: bool = True


def check_data(data: bytes, file: str, settings: Settings) -> Outcome:
    """Check the bytes of one document. Never raises, whatever they are."""
    reading, identity, document = _opened(data, file, settings)
    if identity is None:
        return Outcome(None, whole=reading.whole)
    judgements = [] if document is None else list(judge(document, settings))
    if not judgements and not reading.problems:
        return Outcome(identity, document=document)
    outcome = _located(reading, identity, judgements, file, settings)
    clean = all(rule.effect is not Effect.REJECTED for rule, _ in judgements)
    return outcome._replace(document=document, clean=clean)


def open_data(data: bytes, file: str, settings: Settings) -> Outcome:
    """The same without a look at what is wrong, for those who only want to know what is there.

    Nothing is known to be clean.
    """
    reading, identity, document = _opened(data, file, settings)
    return Outcome(identity, whole=reading.whole, document=document, clean=False)


def _opened(
    data: bytes, file: str, settings: Settings
) -> tuple[Reading, Identity | None, Document | None]:
    """A text as it was read, what it is, and the document in it."""
    reading = read(data, lambda text: _identify_text(text, file, settings) is not None)
    identity = _identify(reading, file, settings)
    document = None
    if identity is not None and reading.whole and isinstance(reading.value, dict):
        document = Document(reading.value, identity, settings.form)
    return reading, identity, document


def check_all(
    documents: Iterable[tuple[str, bytes]],
    settings: Settings,
    complete: Callable[[str], bool] = lambda folder: False,
) -> Report:
    """Check documents given as (file name, bytes), and what they are together.

    `complete` tells of a folder whether all of its files are among them.
    """
    findings: list[Finding] = []
    sources: dict[str, Source] = {}
    checked: list[Checked] = []
    passed_over: list[str] = []
    together, texts = Together(os.environ), dict[str, bytes]()
    for file, data in documents:
        outcome = check_data(data, file, settings)
        identity = outcome.identity
        if identity is None:
            passed_over.append(file)
            continue
        texts[file] = data
        folder = environment_folder(os.path.abspath(file), "")
        together.add(file, outcome.document, folder, outcome.clean, identity.kind)
        environment = shown_folder(folder)
        checked.append(Checked(file, identity.kind, identity.form, identity.why, environment))
        findings.extend(outcome.findings)
        if outcome.source is not None:
            sources[file] = outcome.source
    told = list(together.findings(lambda file: settings, texts.__getitem__, complete))
    sources |= {source.file: source for _, spoken_of in told for source in spoken_of}
    environmental = [finding for finding, _ in told]
    findings = without_replaced([*findings, *environmental], environmental)
    findings = together.without_names(findings)
    return Report(tuple(findings), sources, tuple(checked), tuple(passed_over))


def _identify(reading: Reading, file: str, settings: Settings) -> Identity | None:
    if reading.whole and isinstance(reading.value, dict):
        return identify(reading.value, file, settings.kind)
    return _identify_text(reading.text, file, settings)


def _identify_text(text: str, file: str, settings: Settings) -> Identity | None:
    from lklint.documents.identity import identify_broken

    return identify_broken(text, file, settings.kind)


def _located(
    reading: Reading,
    identity: Identity,
    judgements: list[Judgement],
    file: str,
    settings: Settings,
) -> Outcome:
    from lklint.checker.locate import Locator
    from lklint.checker.own_words import in_own_words
    from lklint.documents.own_kinds import OWN_KINDS
    from lklint.documents.problems import Problem
    from lklint.documents.rough import read_roughly
    from lklint.documents.tolerant import parse
    from lklint.rules.all_rules import rules_by_word

    text = reading.text
    small = reading.whole or len(text) <= LARGEST_BROKEN_FILE
    root = parse(text).root if small else read_roughly(text)
    locator = Locator(text, root, file, settings.severities)
    findings = [locator.finding(rule, found) for rule, found in judgements]
    for problem in reading.problems:
        rule = rules_by_word(Problem)[problem.name]
        if not settings.wants(rule.code, rule.default):
            continue
        for found in rule.check(problem, settings):
            findings.append(locator.problem(rule, found, problem))
    if identity.kind in OWN_KINDS:
        findings = [in_own_words(finding) for finding in findings]
    source = locator.source()
    return Outcome(identity, _in_reading_order(findings), source, whole=reading.whole)


def _in_reading_order(findings: list[Finding]) -> tuple[Finding, ...]:
    unique: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        unique.setdefault((finding.code, finding.span, finding.pointer, finding.headline), finding)
    return tuple(sorted(unique.values(), key=lambda finding: (finding.span.start, finding.code)))
