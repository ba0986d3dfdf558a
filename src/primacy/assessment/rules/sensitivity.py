"""Which number of a rule, asked otherwise, would change the status; and how far it lies from the one in force."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from primacy.assessment.rules.belief import LIKELY, MET, UNLIKELY
from primacy.assessment.rules.movable import Movable

OPEN = "insufficient evidence"
FAR = 1 << 12  # steps beyond which no number is asked
ONE_BY_ONE = 64  # steps that are tried one by one where none can be passed over
ORDER = ("not met", "no clear change", "progressing", "met")


@dataclass(frozen=True)
class Worth:
    """What a rule would be worth: the status, and P (NaN where unknown)."""

    status: str
    probability: float

    def differs(self, now: "Worth") -> bool:
        """Whether another number made it another status, by making the rule likelier or less likely to hold.

        Who sets P may change hands without P changing, and bring another direction along: that is no flip.
        """
        if self.status == now.status or self.status == OPEN:
            return self.status != now.status
        if self.status in ORDER and now.status in ORDER:
            better = ORDER.index(self.status) > ORDER.index(now.status)
            return self.probability > now.probability if better else self.probability < now.probability
        return self.probability != now.probability


WorthOf = Callable[[Mapping[str, float]], Worth]


@dataclass(frozen=True)
class Flip:
    """Were `at` asked instead of what is, and nothing else changed, the status would be `status`."""

    number: Movable
    at: float
    status: str
    also: tuple[Movable, ...] = ()  # the same number where it is asked of other indicators, on which it turns as well

    @property
    def distance(self) -> float:
        """How far the number would move, as a share of itself."""
        return abs(self.at - self.number.value) / max(abs(self.number.value), self.number.step)


def bucket(p: float) -> int:
    """Which of the four words a probability earns."""
    return 3 if p >= MET else 2 if p >= LIKELY else 0 if p <= UNLIKELY else 1


def flips(numbers: Sequence[Movable], worth: WorthOf) -> list[Flip]:
    """For each number by itself where the status flips first, the nearest number first.

    The easier a rule, the likelier it holds: where the number furthest away changes nothing, none on its way does. Of a
    number that is asked for and against the rule this is not so: its whole range is walked (`_first`).
    """
    now = worth({})
    found = [
        Flip(number, at, worth({number.name: at}).status)
        for number in numbers
        for at in (_first(number, way, lambda moved: worth(moved).differs(now)) for way in (1, -1))
        if at is not None
    ]
    nearest: dict[str, Flip] = {}
    for each in sorted(found, key=lambda flip: (flip.status == OPEN, flip.distance)):
        nearest.setdefault(each.number.name, each)
    decided = [each for each in nearest.values() if each.status != OPEN]
    return decided or list(nearest.values())


def together(numbers: Sequence[Movable], turned: Callable[[Movable, float], bool], worth: WorthOf) -> list[Flip]:
    """Where no number alone flips the status: each moved until what asks for it is no longer in the way, if then it
    flips; else nothing. `turned` says of a number whether that is so."""
    moves: dict[str, tuple[Movable, float]] = {}
    for number in numbers:
        ways = (_first(number, way, partial(_turned, turned, number)) for way in (1, -1))
        reachable = [at for at in ways if at is not None]
        if reachable:
            moves[number.name] = number, min(reachable, key=lambda at: abs(at - number.value))
    reached = worth({name: at for name, (_number, at) in moves.items()})
    if len(moves) < 2 or not reached.differs(worth({})):
        return []
    return [Flip(number, at, reached.status) for number, at in moves.values()]


def _turned(turned: Callable[[Movable, float], bool], number: Movable, moved: Mapping[str, float]) -> bool:
    return turned(number, moved[number.name])


def _first(number: Movable, way: int, differs: Callable[[Mapping[str, float]], bool]) -> float | None:
    """The number nearest to the one in force, going one way, at which something differs; None where none does."""

    def there(steps: int) -> bool:
        at = number.moved(way * steps)
        return at is not None and differs({number.name: at})

    furthest = _furthest(number, way)
    if furthest < 1 or (not number.torn and not there(furthest)):
        return None
    below = 0
    for above in _looked_at(number, furthest):
        if there(above):
            break
        below = above
    else:
        return None
    while above - below > 1:
        middle = (above + below) // 2
        below, above = (below, middle) if there(middle) else (middle, above)
    return number.moved(way * above)


def _looked_at(number: Movable, furthest: int) -> Iterator[int]:
    """The steps that are tried on the way out: twice as far each time; where that could pass over the few numbers at
    which something differs, one after the other, and from `ONE_BY_ONE` on a sixty-fourth further each."""
    steps = 1
    while steps < furthest:
        yield steps
        steps += max(1, steps // ONE_BY_ONE) if number.torn else steps
    if furthest > 0:
        yield furthest


def _furthest(number: Movable, way: int) -> int:
    """How many steps lead to the end of the range."""
    room = number.most - number.value if way > 0 else number.value - number.least
    steps = min(FAR, max(0, int(room / number.step + 1e-6)))
    return steps if number.moved(way * steps) is not None else steps - 1
