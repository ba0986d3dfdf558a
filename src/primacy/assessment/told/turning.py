"""On which numbers of its rule a finding turns, in words: what would have to be asked for another status."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from primacy.assessment.finding import Phrase
from primacy.assessment.rules import movable
from primacy.assessment.rules import statuses as deciding
from primacy.assessment.rules.belief import Belief
from primacy.assessment.rules.judging import Judging
from primacy.assessment.rules.movable import Movable
from primacy.assessment.rules.sensitivity import Flip, Worth, bucket, flips, together
from primacy.assessment.rules.walked import Walked, again, asked_only_in
from primacy.framework.entries import Measured

SHOWN = 3
MOST_TOGETHER = 4


@dataclass(frozen=True)
class Turning:
    """The numbers that flip the status, the nearest first; `several`: none does alone, all of them at once do."""

    found: tuple[Flip, ...]
    several: bool = False

    def phrases(self, entry: Measured) -> tuple[Phrase, ...]:
        if not self.found:
            return (Phrase("flip.none"),)
        told = [_told(entry, each) for each in self.found]
        status = self.found[0].status
        if self.several and len(told) > MOST_TOGETHER:
            return (Phrase("flip.many", {"count": len(told)}),)
        if self.several:
            return (Phrase("flip.together", {"status": status, "parts": told}),)
        pairs = zip(self.found[:SHOWN], told, strict=False)
        return tuple(Phrase("flip.if", {"status": each.status, "change": words}) for each, words in pairs)

    def threshold(self, setter: int) -> float | None:
        """The number of the leaf that sets P at which the status flips, as findings give thresholds; else the nearest
        of the others."""
        own = [each for each in self.found if each.number.leaf == setter]
        own.sort(key=lambda each: each.number.field == "each")  # the number of the verb before that of its elements
        chosen = next(iter(own or self.found), None)
        return None if chosen is None else float(f"{chosen.number.on_its_scale(chosen.at):.6g}")


def turns(judging: Judging, around: deciding.Circumstances) -> Turning:
    """On which numbers the status turns."""
    tree, prerequisites = judging.tree, judging.prerequisites

    known: dict[tuple[tuple[str, float], ...], Worth] = {}

    def worth(moved: Mapping[str, float]) -> Worth:
        asked = tuple(moved.items())
        if asked not in known:
            belief = again(tree, moved, prerequisites)
            known[asked] = Worth(deciding.status_now(belief, around), float(belief.probability[-1]))
        return known[asked]

    numbers = _by_name(judging)
    found = flips(list(numbers.values()), worth)
    if found or len(numbers) < 2:
        return Turning(tuple(_where(judging, around, each) for each in found))
    standing = dict(_in_the_way(judging.benchmark, tree))

    def turned(number: Movable, at: float) -> bool:
        node = standing[number.name]
        return _word(again(node, {number.name: at}, prerequisites)) > _word(node.belief)

    return Turning(tuple(together([numbers[name] for name in standing], turned, worth)), several=True)


def _where(judging: Judging, around: deciding.Circumstances, flip: Flip) -> Flip:
    """The flip told of the indicators on which it turns: of those that share the threshold the ones whose own number
    suffices; all of them where none does by itself."""
    shared = flip.number.shared
    if len(shared) < 2:
        return flip

    def suffices(number: Movable) -> bool:
        tree = asked_only_in(judging.tree, number.name, number.rule)
        moved = again(tree, {number.name: flip.at}, judging.prerequisites)
        return deciding.status_now(moved, around) == flip.status

    first, *others = [each for each in shared if suffices(each)] or shared
    return replace(flip, number=first, also=tuple(others))


def _by_name(judging: Judging) -> dict[str, Movable]:
    """The numbers asked for, each once: one threshold may be asked in several places, and for and against the rule."""
    numbers: dict[str, Movable] = {}
    ways: dict[str, int] = {}
    against = _against(judging.tree)
    for each in _numbers(judging.benchmark, judging.tree):
        first = numbers.setdefault(each.name, each)
        way = -each.easier if id(each.rule) in against else each.easier
        torn = first.torn or ways.setdefault(each.name, way) != way
        least, most = max(first.least, each.least), min(first.most, each.most)
        shared = (*first.shared, each)
        numbers[each.name] = replace(first, least=least, most=most, torn=torn, shared=shared)
    return numbers


def _against(tree: Walked, turned: bool = False) -> set[int]:
    """The conditions that make the whole less likely the likelier they are: vetoes, and what stands under `not`."""
    own = {id(tree.rule)} if turned else set()
    below = turned != (tree.rule.head == "not" and tree.join is None)  # the elements of an `each` say `not` themselves
    own |= {name for each in tree.parts for name in _against(each, below)}
    return own | {name for each in tree.vetoes for name in _against(each, not turned)}


def _numbers(entry: Measured, tree: Walked, leaf: int = -1) -> Iterator[Movable]:
    """The numbers asked for in a node and below, each with the leaf of the finding that it belongs to."""
    leaf = max(leaf, tree.leaf)
    found = movable.of_each(entry, tree.rule) if tree.join is not None else None
    if tree.verdict is not None:
        found = movable.of_leaf(entry, tree.rule)
    if found is not None and tree.number is not None:
        yield replace(found, leaf=leaf)
    for each in tree.below:
        yield from _numbers(entry, each, leaf)


def _in_the_way(entry: Measured, tree: Walked) -> Iterator[tuple[str, Walked]]:
    """Conditions that hold no surer than the whole, by the name of their number: one of each."""
    for node in tree.nodes():
        if node.leaf >= 0 and node.role == "part" and -1 < _word(node.belief) <= max(_word(tree.belief), 0):
            own = [each.name for each in _numbers(entry, node)]
            if own:
                yield own[-1], node


def _word(belief: Belief) -> int:
    p = float(belief.probability[-1])
    return -1 if p != p else bucket(p)


# ---- in words


def _told(entry: Measured, flip: Flip) -> Phrase:
    number = flip.number
    rule = number.rule if number.rule.is_leaf else number.rule.leaves()[0]
    # A rise of less than nothing is no rise: where the sign turns, both are told as levels.
    turned = number.field == "by" and rule.head in ("falls", "rises") and flip.at * number.value < 0
    asked = _level_phrase if turned else asked_phrase
    values = {
        "at": asked(entry, number, flip.at), "now": asked(entry, number, number.value),
        "label": f"{entry.id}/{rule.call.indicator}",
    }  # fmt: skip
    labels = list(dict.fromkeys(f"{entry.id}/{_indicator(each)}" for each in (number, *flip.also)))
    if len(labels) > 1:
        return Phrase("flip.change.shared", {**values, "labels": labels, "unit": f"{entry.id}/{number.name}"})
    if number.threshold:
        return Phrase("flip.change.unit", {**values, "unit": f"{entry.id}/{number.name}"})
    return Phrase("flip.change", values)


def _indicator(number: Movable) -> str:
    leaf = number.rule if number.rule.is_leaf else number.rule.leaves()[0]
    return str(leaf.call.indicator)


def asked_phrase(entry: Measured, number: Movable, value: float) -> Phrase:
    """A number as the rule asks it: at least 72 %, a fall of at least 9 %, the step “tabled”."""
    rule = number.rule
    if number.field == "each" and rule.each is not None:
        how = "people" if rule.each.weight == "population" else number.how
        return Phrase(f"asked.each.{how}", {"threshold": value})
    match rule.head:
        case "falls" | "rises":
            return Phrase(f"asked.{rule.head}", {"by": value}) if value >= 0 else _level_phrase(entry, number, value)
        case "shifts":
            return Phrase("asked.shifts", {"amount": Phrase(f"amount.{_shape(number)}", {"by": value})})
        case "gap":
            return Phrase("asked.gap", {"threshold": value})
        case "sequence":
            return Phrase("asked.step", {"step": rule.call.steps[round(value) - 1]})
        case "covers":
            whole = Phrase(f"covers.{'population' if rule.call.weight == 'population' else 'areas'}")
            return Phrase("asked.covers", {"threshold": value, "whole": whole})
        case "ceases":
            return Phrase("bound.number.at_most", {"threshold": value})
        case "exists" | "scored":
            return Phrase("bound.number.at_least", {"threshold": value})
    if number.field == "between":
        return Phrase(f"bound.{_shape(number)}.between", {"lower": value, "upper": number.most})
    bound = "at_least" if number.field == "band" else number.field
    return Phrase(f"bound.{_shape(number)}.{bound}", {"threshold": value})


def _level_phrase(_entry: Measured, number: Movable, value: float) -> Phrase:
    """A fall or a rise as what may be left of the earlier rate, or must be."""
    return Phrase(f"asked.{number.rule.head}.level", {"level": round(number.on_its_scale(value), 9)})


def _shape(number: Movable) -> str:
    return "share" if number.how in ("share", "points") else "number"
