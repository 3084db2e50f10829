"""Counts of people: how many were killed, injured, abducted, arrested, displaced …, as the report words it.

The finder goes from the word that says what happened (the *cue*: "killed", "dead", "toll") to the people it is said of, by the
tree where the parse has it and by neighbourhood where it has not, and from there to number, hedge and side. Nothing is
counted for what could, would or should happen. A denied act counts zero only where it is said of anyone at all.

``Count.total`` is false for parts of a total ("including four children") and for figures that must not be added to the
toll or compared with it: earlier figures ("from 23", "earlier reports said 20").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast, get_args

from reportedly.errors import KnowledgeError
from reportedly.knowledge.layers import Layers, layered_yaml, per_layers
from reportedly.knowledge.tables import ROOT
from reportedly.reading.numbers import HOW_MANY, Number, find_numbers
from reportedly.reading.parse import Parse, Token
from reportedly.records import Count, CountGroup, CountWhat

LATE = frozenset({"counted", "adjective", "hit"})
"""Forms read last, where nothing else has told what happened to the people."""
FORMS = LATE | {"transitive", "picky", "intransitive", "state", "act"}
WORD_SETS = (
    "tolls",
    "holders",
    "vague",
    "things",
    "acts",
    "modals",
    "realis",
    "takers",
    "life_takers",
    "displaced_people",
    "finders",
    "earlier",
    "organisations",
    "surrender_verbs",
    "wanted",
    "movers",
    "hospitals",
    "weapons",
    "fatally",
    "conditions",
    "unharmed",
    "periods",
)
SECTIONS = frozenset({*WORD_SETS, "cues", "phrases", "particles", "toll_of", "people", "collectives", "modifiers"})
SINGLE = frozenset({"he", "she", "him", "her", "himself", "herself", "self", "someone", "somebody", "another"})
SEVERAL = frozenset({"they", "them", "themselves", "those", "us"})
LOSE = frozenset({"lose", "loses", "lost", "losing"})
"""Verbs that need the noun: what is lost is seldom people."""
BODIES = frozenset({"body", "bodies", "corpse", "corpses", "remains"})
LIVES = frozenset({"life", "lives"})
REFLEXIVES = frozenset({"himself", "herself", "themselves"})
SELVES = REFLEXIVES | {"self"}
FORCIBLY = frozenset({"take", "takes", "took", "taking"})
RECOVERING = frozenset({"recovering", "recovered", "recovers", "recover"})
PASS = frozenset({"pass", "passes", "passed", "passing"})
LIMBS = frozenset(
    "leg legs arm arms hand hands foot feet ankle knee shoulder thigh thighs calf wrist finger fingers toe elbow forearm "
    "buttocks buttock hip shin heel".split()
)
"""Where a shot hurts and seldom kills."""
THROATS = frozenset({"throat", "throats"})
BE = frozenset({"is", "are", "was", "were"})
LEAVE = frozenset({"leave", "leaves", "left", "leaving"})
TURN = frozenset({"turn", "turns", "turned", "turning"})
HURT_NOUNS = frozenset({"wound", "wounds", "injury", "injuries", "shooting", "surgery", "operation"})
MALE = frozenset(
    "he him himself man boy father dad son husband brother uncle nephew grandfather grandson boyfriend stepson policeman".split()
)
FEMALE = frozenset("she her herself woman girl mother mom mum daughter wife sister aunt niece grandmother girlfriend".split())
MINORS = frozenset({"boy", "girl", "child", "teen", "teenager", "toddler", "infant", "baby", "youth", "old"})
GENERIC = frozenset("people persons others victims dead".split())
"""Whom the next number of a list may be part of ("10 people, 4 children killed")."""
CALLED = MINORS | {"victim", "man", "woman"}
"""Nouns by which somebody named before is called again."""
PERIOD_OPENERS = frozenset({"this", "each", "every", "per"})
ANY = frozenset({"anyone", "anybody", "any"})
RELATIVES = frozenset({"who", "whom", "which", "that"})
INSIDE = frozenset(
    {"JJ", "JJR", "JJS", "NN", "NNP", "NNPS", "NNS", "HYPH", "POS", "``", "''", "VBN", "VBG", "AFX", "CD", "RB", '""'}
)
"""Tags of what may stand between a number and the noun it counts."""
NOT_PEOPLE = frozenset({"GPE", "LOC", "FAC", "DATE", "TIME", "EVENT", "MONEY", "PERCENT", "NORP"})
"""Entity labels of proper nouns that name no person; a person's name is often taken for an organisation or a work."""
TOLL_LINKS = frozenset(
    {
        "to",
        "at",
        "of",
        "past",
        "reached",
        "hit",
        "topped",
        "passed",
        "exceeded",
        "is",
        "was",
        "reaching",
        "stood",
        "stands",
        ":",
        "topping",
    }
)
REPORTING = frozenset(
    {"said", "say", "put", "reported", "reports", "report", "toll", "count", "figure", "figures", "estimate", "estimates", "told"}
)


@dataclass(frozen=True, slots=True)
class FoundCount:
    """One count and where it was read. All indexes are of tokens, but ``part_of``: that of the total in the returned list.

    ``number`` is the number, or the counted noun where there is none; ``cue`` the word that says what happened; ``people`` the
    counted noun phrase without its number, ``None`` where a bare number stands for them; ``sent`` the sentence.
    """

    count: Count
    number: int
    cue: int
    people: str | None
    part_of: int | None
    people_first: int
    people_last: int
    sent: int
    own: bool = False
    """Whether they did it to themselves ("killed himself"): other people than those they harmed."""


@dataclass(frozen=True)
class CountLexicon:
    """The words of ``lexicon/counts.yaml``, lower case, ready for look-up."""

    cues: dict[str, tuple[CountWhat, frozenset[str]]]
    phrases: dict[str, tuple[tuple[frozenset[str], CountWhat], ...]]
    particles: dict[str, tuple[frozenset[str], CountWhat]]
    toll_of: dict[str, CountWhat]
    people: dict[str, CountGroup | None]
    plural: frozenset[str]
    modifiers: dict[str, CountGroup]
    words: dict[str, frozenset[str]]


@per_layers("lexicon/counts.yaml")
def load_count_lexicon(layers: Layers) -> CountLexicon:
    """The lexicon of counts. Raises :class:`KnowledgeError` for unknown keys and for words with two meanings."""
    return layered_yaml(layers, "lexicon/counts.yaml", _lexicon, words=SECTIONS - {"phrases", "particles"})


def _lexicon(data: dict[str, Any], path: Path) -> CountLexicon:
    del path
    _expect(set(data) == SECTIONS, f"sections are {', '.join(sorted(set(data) ^ SECTIONS))} off.")
    people, plural = _people(data)
    return CountLexicon(
        cues=_cues(data["cues"]),
        phrases=_phrases(data["phrases"]),
        particles={
            word: (frozenset(row["verbs"].split()), _what(row["what"]))
            for row in data["particles"]
            for word in row["particles"].split()
        },
        toll_of={word: _what(what) for what, words in data["toll_of"].items() for word in words.split()},
        people=people,
        plural=plural,
        modifiers={word: group for name, words in data["modifiers"].items() if (group := _group(name)) for word in words.split()},
        words={name: frozenset(data[name].split()) for name in WORD_SETS},
    )


def _expect(holds: bool, fault: str) -> None:
    if not holds:
        raise KnowledgeError(fault, where=str(ROOT / "lexicon" / "counts.yaml"), remedy="Correct the file.")


def _what(name: str) -> CountWhat:
    _expect(name in get_args(CountWhat), f"unknown kind of count {name!r}.")
    return cast(CountWhat, name)


def _group(name: str) -> CountGroup | None:
    _expect(name == "none" or name in get_args(CountGroup), f"unknown group {name!r}.")
    return None if name == "none" else cast(CountGroup, name)


def _cues(data: dict[str, dict[str, str]]) -> dict[str, tuple[CountWhat, frozenset[str]]]:
    found: dict[str, tuple[CountWhat, frozenset[str]]] = {}
    for name, forms in data.items():
        what = _what(name)
        for form, words in forms.items():
            _expect(form in FORMS, f"unknown form {form!r} of {name}.")
            for word in words.split():
                known = found.get(word, (what, frozenset[str]()))
                _expect(known[0] == what, f"{word!r} stands for {known[0]} and for {what}.")
                found[word] = (what, known[1] | {form})
    return found


def _phrases(data: list[dict[str, str]]) -> dict[str, tuple[tuple[frozenset[str], CountWhat], ...]]:
    found: dict[str, tuple[tuple[frozenset[str], CountWhat], ...]] = {}
    for row in data:
        for noun in row["nouns"].split():
            found[noun] = (*found.get(noun, ()), (frozenset(row["verbs"].split()), _what(row["what"])))
    return found


def _people(data: dict[str, Any]) -> tuple[dict[str, CountGroup | None], frozenset[str]]:
    """Groups by noun, and the nouns that mean more than one."""
    people: dict[str, CountGroup | None] = {}
    plural: set[str] = set()
    for name, words in data["people"].items():
        for word in words.split():
            people.setdefault(word, _group(name))
            people.setdefault(_plural(word), _group(name))
            plural.add(_plural(word))
    for name, words in data["collectives"].items():
        for word in words.split():
            people[word] = _group(name) or people.get(word)
            plural.add(word)
    return people, frozenset(plural)


def _plural(word: str) -> str:
    if word.endswith("man"):
        return word[:-2] + "en"
    if word == "child":
        return "children"
    if word == "wife":
        return "wives"
    if word.endswith("y") and word[-2] not in "aeo":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")


@dataclass(slots=True, eq=False)
class _Draft:
    """A count in the making: ``first``/``last`` bound the evidence, ``people`` the noun phrase, all as token indexes."""

    what: CountWhat
    head: Token
    cue: Token
    number: Number | None
    low: int | None
    high: int | None
    hedge: str | None
    first: int
    last: int
    people: tuple[int, int] | None
    group: CountGroup | None = None
    total: bool = True
    whole: _Draft | None = None
    own: bool = False


def find_counts(parse: Parse, lexicon: CountLexicon | None = None) -> list[FoundCount]:
    """All counts of people in a text, in text order."""
    return _Finder(parse, lexicon or load_count_lexicon()).find()


def total(counts: Sequence[FoundCount], what: CountWhat) -> tuple[int | None, int | None]:
    """Lowest and highest number of people that one sentence gives for ``what``; ``(None, None)`` where it gives no figure.

    A stated total wins over its parts; parts only raise the lower end of a total that has none. Counts of one cue are
    disjoint and added up ("three soldiers and two civilians were killed": 5). Counts of different cues are added up only
    where they are said of other people (another group, or "others"); else they tell the same people again and the larger
    one stands. Earlier figures never count.

    Raises ``ValueError`` if the counts stand in different sentences: figures of two statements are never added up.
    """
    if len({found.sent for found in counts}) > 1:
        raise ValueError("counts of different sentences are never added up; pass those of one sentence")
    chosen = [(index, found) for index, found in enumerate(counts) if found.count.what == what and found.count.total]
    clusters: dict[int, list[tuple[int, FoundCount]]] = {}
    for index, found in chosen:
        clusters.setdefault(found.cue, []).append((index, found))
    sums: list[tuple[int | None, int | None, set[str | None], bool]] = []
    own = False
    for members in sorted(clusters.values(), key=lambda members: any(found.own for _, found in members)):
        if any(found.own for _, found in members):
            if own and len(members) == 1:
                continue  # one suicide told twice
            own = True
        low, high = _add((_with_parts(index, found, counts) for index, found in members))
        groups: set[str | None] = {found.count.group for _, found in members}
        more = any(_says_others(found) for _, found in members)
        sums.append((low, high, groups, more))
    return _join(sums)


def _with_parts(index: int, found: FoundCount, counts: Sequence[FoundCount]) -> tuple[int | None, int | None]:
    """Low and high of a total; its parts give a lower bound where it has none."""
    if found.count.low is not None or found.count.high is not None:
        return found.count.low, found.count.high
    parts = [part.count.low or 0 for part in counts if part.part_of == index]
    return (sum(parts) or None) if parts else None, None


def _add(pairs: Iterable[tuple[int | None, int | None]]) -> tuple[int | None, int | None]:
    """Sum of disjoint counts: an open end keeps the sum open at that end, but known people stay counted."""
    known = list(pairs)
    lows = [low for low, _ in known if low is not None]
    highs = [high for _, high in known if high is not None]
    return sum(lows) if lows else None, sum(highs) if highs and len(highs) == len(known) else None


def _join(sums: list[tuple[int | None, int | None, set[str | None], bool]]) -> tuple[int | None, int | None]:
    if not sums:
        return None, None
    low, high, groups, _ = sums[0]
    for other_low, other_high, other_groups, more in sums[1:]:
        if more or (None not in groups | other_groups and not groups & other_groups):
            low, high = _add([(low, high), (other_low, other_high)])
        elif (other_low or other_high or -1) > (low or high or -1):
            low, high = other_low, other_high
        groups = groups | other_groups
    return low, high


def _says_others(found: FoundCount) -> bool:
    words = f"{found.count.text} {found.people or ''}".lower().split()
    return found.own or (bool({"other", "others", "another", "more"} & set(words)) and "than" not in words)


def _hurt_before(reflexive: Token) -> Token | None:
    """Whom the clause above says to be hurt, where only he can be the one meant: "a girl died, days after she shot herself"."""
    verb = next((above for above in reflexive.ancestors() if above.is_verb), None)
    if verb is None or verb.dep == "conj" or ((subject := verb.child("nsubj")) is not None and subject.tag != "PRP"):
        return None
    told = [*verb.ancestors(), *(kid for kid in verb.kids("ccomp") if kid.i < verb.i)]  # "a girl died, after she shot"
    clause = next((one for one in told if one.is_verb and one.child("nsubj", "nsubjpass") is not None), None)
    return clause.child("nsubj", "nsubjpass") if clause is not None and clause.child("agent", "dobj") is None else None


def _differ(one: Token, other: Token) -> bool:
    """True for a man and a woman."""
    sexes = {_sex(token.lower) for token in (one, other)} - {None, ""}
    return len(sexes) > 1


def _or_else(tokens: Sequence[Token], one: Token, other: Token) -> bool:
    """True for the second of two that exclude each other: "some boy or girl"."""
    return other.dep == "conj" and other.head is one and any(token.lower == "or" for token in tokens[one.i : other.i])


def _was_called_about(victim: Token) -> bool:
    """True for whom a call or report to the police was about."""
    return victim.dep == "pobj" and victim.head.head.lower in {"report", "reports", "call", "calls"}


class _Finder:
    """Reads one text. Drafts are kept by counted head and kind, so that two cues never count the same people twice."""

    def __init__(self, parse: Parse, lexicon: CountLexicon) -> None:
        self.parse, self.lexicon, self.words, self.tokens = parse, lexicon, lexicon.words, parse.tokens
        self.at: dict[int, Number] = {}
        for number in find_numbers(parse):
            for index in range(number.core, number.end + 1):
                self.at[index] = number
        self.drafts: dict[tuple[int, str], _Draft] = {}
        self.surnames = frozenset(
            parse.tokens[past - 1].lower for first, past, label in parse.ents if label == "PERSON" and past - first > 1
        )
        """Last words of the full names of persons, by which the text may call them."""

    def find(self) -> list[FoundCount]:
        lexicon = self.lexicon
        late: list[Token] = []
        soft: list[Token] = []
        for token in self.tokens:
            word = token.lower
            entry = lexicon.cues.get(word)
            if entry is not None:
                what, forms = entry
                if forms & LATE:
                    late.append(token)
                if forms - LATE:
                    self._cue(token, what, forms)
            if word in self.words["tolls"]:
                self._toll(token)
            if word in lexicon.phrases:
                self._phrase(token)
            if word in lexicon.particles:
                self._particle(token)
            if word in self.words["surrender_verbs"]:
                self._reflexive(token)
            if word in self.words["weapons"]:
                self._turned(token)
            elif word in FORCIBLY and token.is_verb:
                self._forcibly(token)
            elif (word == "survive" or word in PASS) and token.is_verb:
                self._passing(token)
            elif word in self.words["hospitals"] or word == "condition" or word in RECOVERING:
                soft.append(token)
        for token in late:
            what, forms = lexicon.cues[token.lower]
            if "hit" in forms:
                self._hit(token, what)
            elif "counted" in forms:
                self._counted(token, what)
            else:
                self._adjective(token, what)
        for token in soft:
            if token.lower == "condition":
                self._condition(token)
            elif token.lower in RECOVERING:
                self._recovering(token)
            else:
                self._hospital(token)
        self._parts()
        self._merge()
        self._suicides()
        self._later_dead()
        self._once()
        self._cumulative()
        return self._finish()

    # --- from the cue to the people -----------------------------------------------------------------------------------

    def _cue(self, token: Token, what: CountWhat, forms: frozenset[str]) -> None:
        """Reads one cue by the grammar it stands in."""
        noun = token.is_noun or (token.tag in {"VBG", "VBN", "JJ"} and token.child("det") is not None)
        if noun and "act" in forms:
            self._act(token, what)
            return
        if (
            noun
            and not token.is_proper
            and (token.child("det") is not None or not ("state" in forms and token.tag in {"NN", "JJ", "VBN"}))
        ):
            return
        if token.is_noun and (token.dep in {"compound", "nmod"} or token.is_proper):
            before = self._neighbour(token) if "state" in forms else None  # headlines: "Three People Dead East of Town"
            self._add_all(self._members(before) if before is not None else [], token, what, True, False)
            return
        if forms & {"transitive", "picky"} and not (token.dep == "amod" or token.tag[:2] == "JJ" or noun):
            self._verb(token, what, "picky" in forms)
        elif "intransitive" in forms and token.is_verb:
            self._intransitive(token, what)
        elif "state" in forms or (token.dep == "amod" and self._number_of(token.head) is not None):
            self._state(token, what)

    def _verb(self, verb: Token, what: CountWhat, picky: bool) -> None:
        if (what == "killed" and verb.lower in self.words["life_takers"]) or self._unreal(verb):
            return
        if what == "injured" and self._is_fatal(verb):
            what = "killed"
        self._add_all(self._victims(verb), verb, what, picky, self._denied(verb))

    def _victims(self, verb: Token) -> list[Token]:
        """Whom a transitive cue was done to."""
        if (bare := self._bare_before(verb)) is not None:
            return [bare]
        if (left := self._left_behind(verb) or self._inverted(verb)) is not None:
            return self._members(left)
        passive = verb.kids("nsubjpass")
        if len(passive) > 1:
            return self._several_subjects(passive)
        victim = self._resolved(passive[0] if passive else None, verb) or self._object(verb)
        if victim is None and verb.child("auxpass") is not None and verb.dep == "ccomp" and verb.head.dep == "relcl":
            victim = self._antecedent(verb)
        if victim is None and verb.dep == "acl" and verb.tag in {"VBN", "VBD"}:
            victim = verb.head
        if victim is None and (done := verb.child("conj")) is not None and verb.child("nsubj") is not None:
            if done.lower in self.lexicon.cues and done.i - verb.i <= 3:  # "he shot and killed his friend"
                victim = self._object(done)
        if victim is None and verb.tag in {"VBN", "VBD"} and not self._is_active(verb):
            victim = self._resolved(verb.child("nsubj"), verb)
        if (
            victim is None
            and verb.dep in {"xcomp", "oprd", "ccomp", "acomp"}
            and verb.tag in {"VBN", "VBD"}
            and verb.head.is_verb
        ):
            victim = self._object(verb.head, but=verb) or self._subject(verb.head)
        if victim is None and verb.dep == "conj":
            victim = self._shared(verb)
        if victim is None and (after := verb.child("conj")) is not None and after.lower in self.lexicon.cues:
            victim = self._object(after)
        if victim is None:
            victim = self._neighbour(verb)
        if victim is None and verb.child("auxpass") is not None:
            victim = self._opening_noun(verb)
        selves = [child for child in verb.kids("conj", "dep") if child.lower in SELVES]  # "shot her son and then herself"
        return [*self._members(self._out_of_parts(victim, verb)), *selves, *self._along(verb)] if victim is not None else selves

    def _pair_of_heading(self, head: Token) -> list[Token]:
        """Both numbers that a heading joins by a comma alone ("2 adults, 1 child found dead"), if one of them is the head."""
        index, past = self.parse.sents[head.sent]
        pair: list[Token] = []
        while len(pair) < 2 and (number := self.at.get(index)) is not None and number.first == index:
            noun = next(
                (token for token in self.tokens[number.last + 1 : min(number.last + 4, past)] if self._is_known(token)), None
            )
            if noun is None or noun.lower in GENERIC:
                return []
            pair.append(noun)
            index = noun.i + 1
            if len(pair) == 1 and self.tokens[index].text == "," and index + 1 < past:
                index += 1
        after = self.tokens[index] if index < past else None
        told = after is not None and (after.is_verb or after.lower == "dead") and after.tag != "VBG"
        return pair if len(pair) == 2 and told and head in pair else []

    def _is_known(self, token: Token) -> bool:
        return token.is_noun and (token.lower in self.lexicon.people or token.lower in self.lexicon.plural)

    def _along(self, cue: Token) -> list[Token]:
        """Who shares the fate of the people: "were killed along with their father"."""
        found: list[Token] = []
        for prep in cue.kids("prep"):
            prep = prep.child("prep") or prep if prep.lower in {"along", "together"} else prep
            if prep.lower == "with" and prep.i and self.tokens[prep.i - 1].lower in {"along", "together"}:
                inner = prep.child("pobj")
                found.extend(self._members(inner) if inner is not None else ())
        return found

    def _is_active(self, verb: Token) -> bool:
        """Whether the perfect shows that the subject did it: "twenty fighters have beaten to death one man"."""
        auxiliaries = {child.lower for child in verb.children if child.dep in {"aux", "auxpass"}}
        return bool(auxiliaries & {"has", "have", "had", "'ve"}) and "been" not in auxiliaries

    def _is_fatal(self, verb: Token) -> bool:
        """Whether a shot or wound is called fatal: "fatally shot", "mortally wounded"; not "not fatally"."""
        for child in verb.children:
            if child.lower in self.words["fatally"] and child.i and self.tokens[child.i - 1].lower != "not":
                return True
        at = verb.i - 1
        return at >= 0 and self.tokens[at].lower in self.words["fatally"] and (at == 0 or self.tokens[at - 1].lower != "not")

    def _left_behind(self, cue: Token) -> Token | None:
        """The people just before a cue whom an attack left so: "left a 15-year-old boy wounded"."""
        before = self.tokens[cue.i - 1] if cue.i and cue.tag in {"VBN", "VBD", "JJ"} else None
        if before is None or before.sent != cue.sent:
            return None
        if before.lower == "old" and cue.dep != "amod" and self.tokens[before.i - 1].lower in {"-", "year"}:
            return before
        return before if before.is_noun and before.head.lower in LEAVE and before.dep == "dobj" else None

    def _inverted(self, verb: Token) -> Token | None:
        """Whom a cue in front is said of: "also wounded were four guests"."""
        after = self.tokens[verb.i + 1] if verb.i + 1 < len(self.tokens) else None
        if (
            verb.tag not in {"VBN", "VBD"}
            or after is None
            or after.lower not in BE
            or verb.child("nsubjpass", "nsubj") is not None
        ):
            return None
        for holder in (after, verb):
            for child in holder.kids("attr", "nsubj", "nsubjpass", "dobj"):
                if child.i > after.i and child is not verb:
                    return child
        return None

    def _bare_before(self, verb: Token) -> Token | None:
        """The bare number of a headline's participle: "14 hurt in blast"."""
        number = self.at.get(verb.i - 1)
        if number is None or number.end != verb.i - 1 or verb.tag not in {"VBN", "VBD"} or verb.child("dobj") is not None:
            return None
        return self.tokens[number.core] if number.low != 0 or verb.child("nsubjpass") is None else None

    def _several_subjects(self, subjects: Sequence[Token]) -> list[Token]:
        """All people of a verb to which the parse gave more than one subject, without names and "both" that tell them again."""
        owned = [subject for subject in subjects if any(child.tag == "WP$" for child in subject.children)]
        found = [member for subject in owned or subjects if subject.lower not in RELATIVES for member in self._members(subject)]
        if not found:
            return []
        kept, named = found[:1], self._is_name(found[0])
        for member in found[1:]:
            if self._is_name(member) and not named and self._tells_again(found[0], member):
                continue
            number = self._number_of(member)
            if number is None or self.tokens[number.core].lower not in {"both", "all"}:
                kept.append(member)
        return kept

    def _tells_again(self, head: Token, name: Token) -> bool:
        """Whether a name after a counted noun only says who was counted."""
        return self._after_comma(name) or (self._number_of(head) is not None and name.i - head.i < 30)

    def _out_of_parts(self, head: Token, cue: Token) -> Token:
        """The total where the parse took a part for the people: "ten rebels, including a commander, surrendered"."""
        for above in head.ancestors():
            if above.lower == "including" and above.i < head.i < cue.i:
                return self._before_including(above) or head
            if above is cue or above.is_verb:
                break
        return head

    def _opening_noun(self, verb: Token) -> Token | None:
        """The noun that opens the sentence of a passive whose subject the parse has lost."""
        for index in range(self.parse.sents[verb.sent][0], verb.i):
            token = self.tokens[index]
            if token.is_verb and token.dep not in {"amod", "acl"}:
                return None
            if token.is_noun and token.dep not in {"compound", "nmod", "amod", "poss", "pobj", "npadvmod", "appos"}:
                return token
        return None

    def _before_including(self, including: Token) -> Token | None:
        """The numbered noun phrase that "including" opens up."""
        if including.head.is_noun and including.head.i < including.i:
            return including.head
        at = including.i - 1
        while at >= 0 and self.tokens[at].tag in {",", "-RRB-", ":"}:
            at -= 1
        before = self.tokens[at] if at >= 0 and self.tokens[at].sent == including.sent else None
        return before if before is not None and before.is_noun and self._number_of(before) is not None else None

    def _object(self, verb: Token, but: Token | None = None) -> Token | None:
        found = self._last_object(verb) if verb.tag != "VBN" or verb.child("auxpass") is None else None
        if found is None or found is but:
            found = None
            for child in verb.kids("ccomp", "oprd", "attr", "npadvmod", "dep"):
                if child is not but and child.i == verb.i + 1 + self._np_length(verb.i + 1, child.i) and child.is_noun:
                    found = child
        if found is not None and found.lower in RELATIVES:
            return self._antecedent(verb)
        return found

    def _last_object(self, verb: Token) -> Token | None:
        """The object; the last of those into which the parse has split one ("sub", "-" and "inspector")."""
        objects = verb.kids("dobj", "dative")
        found = objects[0] if objects else None
        for after in objects[1:]:
            if found is not None and after.i == found.i + 1:
                found = after
        return found

    def _np_length(self, start: int, end: int) -> int:
        """Tokens of a noun phrase before its head, or -1 where something else lies between."""
        inside = self.tokens[start:end]
        return end - start if all(token.tag in INSIDE or token.tag == "DT" or token.i in self.at for token in inside) else -1

    def _resolved(self, subject: Token | None, verb: Token) -> Token | None:
        if subject is not None and subject.lower in RELATIVES:
            return self._antecedent(verb)
        return subject

    def _antecedent(self, verb: Token) -> Token | None:
        node = verb
        while (node.dep == "conj" and node.head.is_verb) or (node.dep == "ccomp" and node.head.dep == "relcl"):
            node = node.head
        return node.head if node.dep in {"relcl", "acl"} and not node.head.is_verb else None

    def _own_subject(self, verb: Token) -> Token | None:
        """The subject that hangs on a cue or, by a slip of the parse, on its auxiliary."""
        found = verb.child("nsubj", "nsubjpass")
        if found is not None:
            return found
        auxiliaries = (auxiliary.child("nsubj", "nsubjpass") for auxiliary in verb.kids("aux", "auxpass"))
        return next((subject for subject in auxiliaries if subject is not None), None)

    def _subject(self, verb: Token) -> Token | None:
        found = self._resolved(self._own_subject(verb), verb)
        if found is not None:
            return found
        if verb.dep == "acl":
            return verb.head
        if verb.dep in {"conj", "xcomp", "ccomp", "advcl"} and verb.head.is_verb and verb.head is not verb:
            head = verb.head
            while head.dep == "conj" and head.head.is_verb and head.head.i < head.i and head.child("nsubj", "nsubjpass") is None:
                head = head.head
            return self._resolved(head.child("nsubj", "nsubjpass"), head)
        if verb.dep == "pcomp" and verb.head.head.is_verb:  # "before taking his own life"
            return self._own_subject(verb.head.head)
        return None

    def _shared(self, verb: Token) -> Token | None:
        """The people of the verb it is joined to: "were abducted and killed"."""
        node, steps = verb, 0
        while node.dep == "conj" and steps < 5:
            node, steps = node.head, steps + 1
            passive = self._resolved(node.child("nsubjpass"), node)
            if verb.tag in {"VBN", "VBD"} and passive is not None:
                return passive
            if node.dep == "acl" and node.tag in {"VBN", "VBD"} and verb.tag in {"VBN", "VBD"}:
                return node.head
            if not node.is_verb and node.lower in self.lexicon.cues:
                return self._resolved(node.head.child("nsubj", "nsubjpass"), node.head)
            if (near := self._neighbour(verb)) is not None:
                return near
            if (
                verb.i > node.i
                and node.is_verb
                and (shared := self._object(node)) is not None
                and not self._number_between(node, verb)
            ):
                return shared
        return None

    def _number_between(self, first: Token, second: Token) -> bool:
        return any(index in self.at for index in range(first.i + 1, second.i))

    def _neighbour(self, cue: Token) -> Token | None:
        """A numbered noun phrase or a bare number that touches the cue, before it (participles) or after it (active forms)."""
        if cue.i and self.tokens[cue.i - 1].lower == "old" and cue.is_verb:
            return self.tokens[cue.i - 1]
        if cue.tag in {"VBN", "VBD", "JJ", "NN", "NNS", "NNP"}:
            at = cue.i - 1
            while at >= 0 and self.tokens[at].lower in {
                "were",
                "was",
                "are",
                "is",
                "have",
                "has",
                "been",
                "being",
                "also",
                "reportedly",
            }:
                at -= 1
            before = self.tokens[at] if at >= 0 and self.tokens[at].sent == cue.sent else None
            if before is not None and (before.i in self.at or (before.is_noun and self._number_of(before) is not None)):
                return before
        if (
            cue.tag in {"VBG", "VBD", "VBZ", "VBP", "VB"}
            and cue.i + 1 < len(self.tokens)
            and (number := self._number_from(cue.i + 1))
        ):
            at = number.last + 1
            while at < len(self.tokens) and self.tokens[at].tag in INSIDE and self.tokens[at].sent == cue.sent:
                if self.tokens[at].tag in {"NNS", "NN"} and self.tokens[at].dep not in {"compound", "nmod"}:
                    return self.tokens[at]
                at += 1
            return self.tokens[number.core]
        return None

    def _number_from(self, start: int) -> Number | None:
        for index in range(start, min(start + 4, len(self.tokens))):
            if index in self.at:
                number = self.at[index]
                return number if number.first == start else None
        return None

    def _intransitive(self, verb: Token, what: CountWhat) -> None:
        if self._unreal(verb):
            return
        given = verb.child("dobj")
        if what == "surrendered" and given is not None and given.lower in self.words["things"]:
            return
        subjects = verb.kids("nsubj", "nsubjpass")
        subject = self._subject(verb) or self._neighbour(verb) or self._around_including(verb)
        if subject is None:
            return
        members = self._members(self._out_of_parts(subject, verb))
        if len(subjects) > 1:
            members = self._several_subjects(subjects) or members
        if what == "displaced":
            members = [member for member in members if self._may_be_displaced(member)]
        if what == "participants":
            members = [member for member in members if self._number_of(member) is not None]
        self._add_all(members, verb, what, False, self._denied(verb))

    def _around_including(self, cue: Token) -> Token | None:
        """The total before an "including" that the parse has cut off from its verb."""
        for index in range(cue.i - 1, max(self.parse.sents[cue.sent][0], cue.i - 25) - 1, -1):
            if self.tokens[index].lower == "including":
                return self._before_including(self.tokens[index])
        return None

    def _may_be_displaced(self, head: Token) -> bool:
        """Whether someone who flees is driven from home, not a culprit who gets away."""
        noun = self._counted_noun(head)
        if noun.lower in self.words["displaced_people"] or self.lexicon.people.get(noun.lower) == "civilians":
            return noun.lower in self.lexicon.plural or self._number_of(head) is not None
        number = self._number_of(head)
        return noun is head and number is not None and (number.low or 0) >= 100

    def _state(self, token: Token, what: CountWhat) -> None:
        """ "Twelve dead", "left thirty wounded", "two missing soldiers", "were taken hostage"."""
        head, victim = token.head, self._resolved(self._own_subject(token), token)
        if what == "abducted" and (head.lower not in self.words["takers"] or token.dep in {"nsubj", "nsubjpass", "compound"}):
            return
        if self._unreal(token) or (head.is_verb and self._unreal(head)):
            return
        if (left := self._left_behind(token)) is not None:
            victim = left
        elif token.i - 1 in self.at and self.at[token.i - 1].end == token.i - 1 and token.dep != "amod":
            victim = self.tokens[token.i - 1]
        elif victim is None and token.dep == "amod" and not head.is_verb:
            made = token.i > 0 and self.tokens[token.i - 1].is_verb  # "shot dead Karim Dost"
            if not made and self._number_of(head) is None and self._article(head) not in {"a", "an", "another"}:
                return
            victim = head
        elif victim is None and head.is_verb and head is not token:
            victim = self._taken(token, head) or self._object(head, but=token) or self._subject(head) or self._shared(head)
        elif victim is None and token.dep == "conj":
            victim = self._shared(token)
        victim = victim or self._neighbour(token)
        if victim is None or victim is token:
            return
        denied = self._denied(token) or (head.is_verb and token.dep != "conj" and self._denied(head))
        members = self._members(victim)
        if what == "killed":
            members = [*members, *self._along(token), *(self._along(head) if head.is_verb else ())]
        picky = what == "missing" and token.dep != "amod" and head.lower not in self.lexicon.cues
        drafts = self._add_all(members, token, what, picky, denied)
        if head.lower in {"feared", "presumed", "believed"}:
            for draft in drafts:
                draft.hedge = f"{head.text} {draft.hedge}" if draft.hedge else head.text

    def _taken(self, token: Token, head: Token) -> Token | None:
        """The people whom the parse made part of the state's noun: "took two teachers hostage"."""
        if token.dep != "dobj" or head.child("nsubjpass") is not None:
            return None
        return next((child for child in token.children if child.dep in {"compound", "nmod", "dep"} and child.is_noun), None)

    def _act(self, noun: Token, what: CountWhat) -> None:
        """ "The killing of three soldiers"; what was only tried or planned counts nobody."""
        if any(child.lower in {"attempted", "planned", "possible", "alleged"} and child.dep == "amod" for child in noun.children):
            return
        called = noun.dep == "dobj" and noun.head.lower.startswith("call")  # "called the killing of two men a crime"
        if not called and (noun.head.lower in self.words["wanted"] or noun.head.head.lower in self.words["wanted"]):
            return
        owner = noun.child("poss")
        if what == "killed" and owner is not None and owner.is_noun and noun.tag == "NN" and noun.lower in {"death", "murder"}:
            if noun.child("prep") is None or all(child.lower != "of" for child in noun.kids("prep")):
                self._add_all([owner], noun, what, True, False)
        for prep in noun.children:
            if (prep.lower == "of" or (prep.lower == "to" and what == "injured")) and (victim := prep.child("pobj")) is not None:
                picky = what not in {"killed", "injured"} or self._number_of(victim) is None
                self._add_all(self._members(victim), noun, what, picky, False)

    def _phrase(self, noun: Token) -> None:
        """ "Lost their lives", "sustained injuries"."""
        verb = noun.head
        if noun.dep == "pobj" and noun.lower in HURT_NOUNS:
            self._with_wounds(noun)
            return
        for verbs, what in self.lexicon.phrases[noun.lower]:
            if noun.dep == "appos" and verb.is_noun and what == "injured":  # "a guard, named Dost, sustained injuries"
                told = next((child for child in noun.kids("amod") if child.lower in verbs), None)
                if told is not None:
                    self._add_all(self._members(verb), noun, what, True, False)
            if verb.lower in verbs and noun.dep in {"dobj", "ccomp", "npadvmod", "oprd"} and not self._unreal(verb):
                if (
                    noun.lower in LIVES
                    and verb.lower in self.words["life_takers"]
                    and all(child.lower != "own" for child in noun.children)
                ):
                    continue
                if noun.lower in THROATS:
                    self._add_all(self._of(noun), noun, what, False, self._denied(verb))
                    continue
                subject = self._subject(verb) or self._neighbour(verb)
                if subject is not None:
                    drafts = self._add_all(self._members(subject), noun, what, what == "injured", self._denied(verb))
                    for draft in drafts:
                        draft.own = noun.lower == "suicide" or verb.lower in self.words["life_takers"]

    def _with_wounds(self, noun: Token) -> None:
        """ "Four people suffering from gunshot wounds", "found three people with stab wounds"."""
        prep, holder = noun.head, noun.head.head
        if prep.lower == "from" and holder.lower in {"suffering", "suffer", "suffered", "suffers"} and not self._unreal(holder):
            subject = self._subject(holder)
        elif prep.lower == "with" and (verb := self._bringing(holder)) is not None:
            self._brought_with(verb)
            return
        else:
            subject = holder if prep.lower == "with" and holder.is_noun and self._number_of(holder) is not None else None
        if subject is not None:
            self._add_all(self._members(subject), noun, "injured", True, False)

    def _bringing(self, holder: Token) -> Token | None:
        """The verb of bringing or finding that "with" hangs on, directly or by the hospital it names."""
        if holder.lower in self.words["hospitals"] and holder.head.lower == "to":
            holder = holder.head.head
        return holder if holder.is_verb and holder.lower in self.words["movers"] | self.words["finders"] else None

    def _brought_with(self, verb: Token) -> None:
        """ "Was taken to a hospital with minor injuries", "was found with a gunshot wound": hurt, unless told as dead there."""
        victim = verb.child("nsubjpass")
        if victim is None or self._unreal(verb) or any(draft.what == "killed" for draft in self._of_sentence(verb)):
            return
        self._add_all(self._members(victim), verb, "injured", True, self._denied(verb))

    def _passing(self, verb: Token) -> None:
        """ "He later passed away", "the boy did not survive": dead."""
        survives = verb.lower == "survive" and verb.child("neg") is not None
        after = self.tokens[verb.i + 1].lower if verb.i + 1 < len(self.tokens) else ""
        unreal = self._unreal(verb) or verb.child("dobj") is not None or (survives and not self._told_of_past(verb))
        if unreal or not (survives or (verb.lower in PASS and after == "away")):
            return
        subject = self._subject(verb)
        if subject is not None:
            self._add_all(self._members(subject), verb, "killed", True, not survives and self._denied(verb))

    def _told_of_past(self, verb: Token) -> bool:
        return any(child.lower == "did" for child in verb.kids("aux"))

    def _particle(self, token: Token) -> None:
        """ "Gunned down", "stabbed to death": the verb is found in front of the particle."""
        verbs, what = self.lexicon.particles[token.lower]
        if token.lower == "death" and (token.i == 0 or self.tokens[token.i - 1].lower != "to"):
            return
        for index in range(token.i - 1, max(-1, token.i - 16), -1):
            verb = self.tokens[index]
            if verb.sent != token.sent:
                return
            if verb.lower in verbs:
                if not self._unreal(verb):
                    victims = [after] if self._is_active(verb) and (after := self._after(token)) else self._victims(verb)
                    self._add_all(victims, verb, what, False, self._denied(verb))
                return
            if verb.is_verb and index < token.i - 8 and verb.dep not in {"amod", "acl", "aux", "auxpass"}:
                return

    def _after(self, token: Token) -> Token | None:
        """The noun phrase that follows a token: "beaten to death one teacher"."""
        found: Token | None = None
        for index in range(token.i + 1, min(token.i + 10, self.parse.sents[token.sent][1])):
            inside = self.tokens[index]
            if inside.tag not in INSIDE and inside.tag not in {"DT", "PRP$"}:
                break
            found = inside if inside.is_noun else found
        return found

    def _of(self, noun: Token) -> list[Token]:
        """The people after "of", each."""
        of = next((prep.child("pobj") for prep in noun.children if prep.lower == "of"), None)
        return self._members(of) if of is not None else []

    def _turned(self, weapon: Token) -> None:
        """ "Turned the gun on himself": shot, whether or not it killed."""
        verb = weapon.head
        if weapon.dep != "dobj" or verb.lower not in TURN or self._unreal(verb):
            return
        for prep in (*verb.children, *weapon.children):
            aim = prep.child("pobj") if prep.lower == "on" else None
            if aim is not None and aim.lower in SELVES:
                self._add_all([aim], verb, "casualties", False, self._denied(verb))

    def _forcibly(self, verb: Token) -> None:
        """ "Rebels took 40 pupils from the school": abducted, where armed men take a number of people, not to a hospital."""
        victim, taker = self._object(verb), self._subject(verb)
        if victim is None or taker is None or self._number_of(victim) is None or self._unreal(verb):
            return
        if self._group_of(self._counted_noun(taker)) not in {"armed_group", "attackers"}:
            return
        near = {inside.lower for inside in self.tokens[verb.i : verb.i + 15] if inside.sent == verb.sent}
        if near & self.words["hospitals"] or near & {"hostage", "captive"}:
            return
        self._add_all(self._members(victim), verb, "abducted", True, self._denied(verb))

    def _hospital(self, token: Token) -> None:
        """ "Sent four people to the hospital": those brought there by number are hurt, if they are not told as dead."""
        prep = token.head
        while prep.is_noun and prep is not prep.head:
            prep = prep.head
        verb = prep.head
        if (
            prep.lower == "in"
            and verb.lower in {"remain", "remains", "remained"}
            and (subject := self._subject(verb)) is not None
        ):
            self._add_all(self._members(subject), verb, "injured", True, self._denied(verb))
            return
        if prep.lower not in {"to", "in", "into"} or verb.lower not in self.words["movers"] or self._unreal(verb):
            return
        for victim in self._victims(verb):
            number = self._number_of(victim)
            if number is None and verb.lower not in {"send", "sends", "sent", "sending", "put", "puts", "putting"}:
                continue
            if not any(draft.what == "killed" for draft in self._of_sentence(verb)):
                self._add_all([victim], verb, "injured", True, self._denied(verb))

    def _condition(self, token: Token) -> None:
        """ "One is in critical condition", "was listed in stable condition"."""
        prep = token.head
        near = {inside.lower for inside in self.tokens[max(0, token.i - 5) : token.i]}
        if prep.lower != "in" or not near & self.words["conditions"]:
            return
        head = prep.head
        subject = self._subject(head) if head.is_verb else head if head.is_noun or head.i in self.at else None
        if subject is None and prep.i and (self.tokens[prep.i - 1].i in self.at or self.tokens[prep.i - 1].is_noun):
            subject = self.tokens[prep.i - 1]
        if subject is not None and not (head.is_verb and self._unreal(head)):
            self._add_all(self._members(subject), token, "injured", True, False)

    def _recovering(self, verb: Token) -> None:
        """ "Four people are recovering from gunshot wounds"."""
        source = next((prep.child("pobj") for prep in verb.kids("prep") if prep.lower in {"from", "at", "in"}), None)
        if source is None or not (source.lower in HURT_NOUNS or source.lower in self.words["hospitals"]) or self._unreal(verb):
            return
        subject = self._subject(verb)
        if subject is not None and verb.child("auxpass") is None and verb.child("dobj") is None:
            self._add_all(self._members(subject), verb, "injured", True, self._denied(verb))

    def _reflexive(self, verb: Token) -> None:
        """ "Gave themselves up", "turned himself in"."""
        at = verb.i + 1
        if (
            at + 1 < len(self.tokens)
            and self.tokens[at].lower in REFLEXIVES
            and self.tokens[at + 1].lower in {"up", "in", "over"}
        ):
            self._intransitive(verb, "surrendered")

    def _counted(self, noun: Token, what: CountWhat) -> None:
        """Nouns that are counted themselves: "twelve fatalities", "no casualties"."""
        if noun.dep in {"amod", "compound", "nmod"} or any(
            draft.cue is noun or draft.head is noun for draft in self._of_sentence(noun)
        ):
            return
        if noun.lower in BODIES:
            self._bodies(noun, what)
            return
        if noun.lower in LIVES and not (noun.head.lower in self.words["life_takers"] or noun.head.head.lower == "loss"):
            return
        number = self._number_of(noun)
        of = [prep.child("pobj") for prep in noun.children if prep.lower == "of"]
        if number is None and noun.lower in LIVES and of and of[0] is not None:
            self._add_all(self._members(of[0]), noun, what, True, False)
            return
        governor = noun.head
        if governor.is_verb and self._unreal(governor):
            return
        if number is not None:
            if number.hedge != HOW_MANY:
                self._draft(noun, noun, what, number, number.low, number.high)
        elif noun.dep == "conj" and (before := self._number_of(noun.head)) is not None and before.low == 0:
            self._draft(noun, noun, what, None, 0, 0)
        elif self._article(noun) == "any":
            if governor.lower == "without" or (governor.is_verb and self._denied(governor)):
                self._draft(noun, noun, what, None, 0, 0)
        elif noun.tag == "NNS" and (governor.lower == "without" or self._of_no_report(noun) or self._denied(governor)):
            self._draft(noun, noun, what, None, 0, 0)
        elif what in {"killed", "injured", "casualties"} and noun.tag == "NNS" and noun.dep in {"dobj", "nsubjpass", "attr"}:
            if noun.child("det", "poss") is None and noun.lower not in self.lexicon.phrases and not self._denied(governor):
                self._draft(noun, noun, what, None, None, None)

    def _of_no_report(self, noun: Token) -> bool:
        """True for "no reports of casualties"; "no immediate reports" only says that nothing is known yet."""
        report = noun.head.head
        if noun.dep != "pobj" or noun.head.lower != "of" or report.lower not in ("report", "reports"):
            return False
        return report.child("amod") is None and any(child.lower == "no" for child in report.kids("det"))

    def _bodies(self, noun: Token, what: CountWhat) -> None:
        """Bodies that were found: of whom where the text says so, else the bodies themselves."""
        number = self._number_of(noun)
        found = noun.head.lower in self.words["finders"] or any(child.lower in self.words["finders"] for child in noun.children)
        of = next((prep.child("pobj") for prep in noun.children if prep.lower == "of"), None)
        if number is not None:
            self._draft(noun, noun, what, number, number.low, number.high)
        elif of is not None and found:
            self._add_all(self._members(of), noun, what, True, False)
        elif found and self._article(noun) in {"a", "another"}:
            self._draft(noun, noun, what, None, 1, 1)
        elif found and noun.tag == "NNS" and noun.child("det", "poss") is None and noun.lower != "remains":
            self._draft(noun, noun, what, None, None, None)

    def _hit(self, verb: Token, what: CountWhat) -> None:
        """ "Three people were shot": hurt or dead, unless the sentence says which of the two."""
        after = self.tokens[verb.i + 1].lower if verb.i + 1 < len(self.tokens) else ""
        if not verb.is_verb or after in {"at", "down", "up", "back", "off", "past"} or verb.dep == "amod" or self._unreal(verb):
            return
        told = {draft.head for draft in self._of_sentence(verb)}
        victims = [victim for victim in self._victims(verb) if victim not in told]
        if self._subject(verb) in told:
            victims = [victim for victim in victims if victim.lower not in SELVES]  # "he shot himself and died"
        fatal = self._is_fatal(verb)
        shared = verb.dep in {"xcomp", "oprd"} and (fatal or verb.head.lower in self.words["finders"])
        told_of = verb.child("nsubjpass", "dobj", "conj") is not None or verb.dep == "acl"
        if told_of or shared or self.parse.is_participle_of_heading(verb):
            limb = what == "casualties" and self._in_limb(verb)
            self._add_all(victims, verb, "killed" if fatal else "injured" if limb else what, True, self._denied(verb))

    def _in_limb(self, verb: Token) -> bool:
        """True for "shot in the leg", without a word of another wound."""
        aims = [prep.child("pobj") for prep in verb.kids("prep") if prep.lower == "in" and prep.i == verb.i + 1]
        hit = [part.lower for aim in aims if aim is not None for part in (aim, *aim.conjuncts())]
        return bool(hit) and all(word in LIMBS for word in hit)

    def _adjective(self, token: Token, what: CountWhat) -> None:
        """ "The fatal shooting of two men"; "a deadly attack" tells of deaths, a fatal one of at least one; figures go first."""
        act = token.head
        if token.dep != "amod" or act.lower not in self.words["acts"]:
            return
        if not act.lower.endswith("s") and self._add_all(self._of(act), act, what, True, False):
            return
        if not any(draft.what == what for draft in self._of_sentence(token)):
            self._draft(token, token, what, None, 1 if token.lower == "fatal" and act.tag in {"NN", "NNP"} else None, None)

    def _toll(self, noun: Token) -> None:
        """ "The death toll rose to 32 from 23": figures after the toll, each by the word before it."""
        kinds = [self.lexicon.toll_of[child.lower] for child in noun.children if child.lower in self.lexicon.toll_of]
        what: CountWhat = kinds[0] if kinds else "killed"
        index, past = noun.i + 1, min(noun.i + 18, self.parse.sents[noun.sent][1])
        current = False
        while index < past:
            number = self.at.get(index)
            if number is None or number.low == 0:
                if self.tokens[index].lower in self.lexicon.cues and index > noun.i + 1 and self.tokens[index].is_verb:
                    return
                index += 1
                continue
            link = self.tokens[number.first - 1].lower
            if link == "from":
                self._draft(self.tokens[number.core], noun, what, number, number.low, number.high).total = False
            elif link in TOLL_LINKS and not current and not self._counts_things(number):
                self._draft(self.tokens[number.core], noun, what, number, number.low, number.high)
                current = True
            index = number.last + 1

    def _counts_things(self, number: Number) -> bool:
        """Whether the noun after a number is a thing."""
        for index in range(number.last + 1, min(number.last + 4, len(self.tokens))):
            token = self.tokens[index]
            if token.lower in self.words["things"]:
                return True
            if token.tag not in INSIDE:
                return False
        return False

    # --- whether it happened ------------------------------------------------------------------------------------------

    def _unreal(self, verb: Token) -> bool:
        """Whether the cue is only possible, planned, feared or wanted."""
        node = verb
        for _ in range(5):
            auxiliaries = [child.lower for child in node.children if child.dep in {"aux", "auxpass"}]
            if any(word in self.words["modals"] for word in auxiliaries):
                return True
            if any(child.dep == "mark" and child.lower in {"if", "unless", "lest"} for child in node.children):
                return True
            if "to" in auxiliaries and "have" not in auxiliaries:
                return not (node.head.lower in self.words["realis"] and "be" not in auxiliaries)
            if node.head is node or not (
                node.head.is_verb and (node.dep == "conj" or (node.dep == "advcl" and node.tag == "VBG"))
            ):
                return False
            if node.dep == "conj" and (node.child("nsubj", "nsubjpass") is not None or _stands_apart(node)):
                return False
            node = node.head
        return False

    def _denied(self, verb: Token) -> bool:
        """Whether the cue is negated, or stands under "without"."""
        for child in verb.children:
            if (child.dep == "neg" or child.lower == "never") and self.tokens[child.i + 1].lower != "only":
                return True
        if verb.dep == "pcomp" and verb.head.lower == "without":
            return True
        shared = verb.dep == "conj" and verb.head.is_verb and verb.child("nsubj", "nsubjpass") is None
        return shared and not _stands_apart(verb) and self._denied(verb.head)

    # --- from the people to the count ---------------------------------------------------------------------------------

    def _members(self, head: Token) -> list[Token]:
        """The head and what is coordinated with it; names that only say who the counted people are, are left out."""
        found, names = [head], 0
        number = self._number_of(head)
        counted = number.low if number is not None else 1
        named = self._is_name(head)
        for member in head.conjuncts():
            if member.is_verb and member.i not in self.at:
                break
            if self._is_name(member) and not named and names < (counted or 0) and (names or self._after_comma(member)):
                names += 1
                continue
            found.append(member)
        for apposition in head.kids("appos"):
            if number is not None and self._opener(apposition) == ":":  # "four guests: Dost, a nurse, and his wife"
                continue
            if self._lists_on(head, apposition, named):
                found.extend((apposition, *apposition.conjuncts()))
            elif self._number_of(apposition) is None and (named or self._is_name(apposition)):
                found.extend(member for member in apposition.conjuncts() if self._is_another(member, named))
        return found

    def _lists_on(self, head: Token, apposition: Token, named: bool) -> bool:
        """Whether what looks like an apposition is the next of a list: "his wife, Dina; his son", "Dost, his son, and …"."""
        if self._opener(apposition) == ";" or head.lower in SELVES:
            return True
        owner = apposition.child("poss")
        more = apposition.child("conj")
        return (
            (named or head.child("poss") is not None)
            and more is not None
            and not self._is_name(more)
            and owner is not None
            and owner.lower in {"his", "her"}
        )

    def _opener(self, head: Token) -> str:
        """The token before a noun phrase, lower case."""
        first = self._left(head)
        return self.tokens[first - 1].lower if first else ""

    def _is_another(self, member: Token, named: bool) -> bool:
        """Whether the end of a list that hangs on an apposition is one more person: "a woman, Akli, and her son"."""
        if self._is_name(member) or member.is_verb:
            return False
        if not named:
            return True
        first = self._left(member)
        return (
            member.child("poss") is not None
            or self._number_of(member) is not None
            or (first > 1 and self.tokens[first - 2].lower == ",")
        )

    def _is_name(self, token: Token) -> bool:
        """Whether a noun is a name, not a proper noun that is counted ("two Maoists")."""
        return (
            token.is_proper and token.lower not in self.lexicon.people and token.ent != "NORP" and self._number_of(token) is None
        )

    def _after_comma(self, head: Token) -> bool:
        first = self._left(head)
        return first > 0 and self.tokens[first - 1].lower in {",", "as", "namely", "-", "–", "—"}

    def _left(self, head: Token) -> int:
        """The first token of the noun phrase that ends with a head, without relative clauses."""
        first = head.i
        for child in head.children:
            if child.i < first and child.dep in {
                "det",
                "amod",
                "compound",
                "nummod",
                "poss",
                "nmod",
                "quantmod",
                "predet",
                "npadvmod",
            }:
                first = min(first, self._left(child))
        return first

    def _counted_noun(self, head: Token) -> Token:
        """The noun that says who: after "dozens of", "a group of", "two of the"."""
        for _ in range(3):
            if head.i not in self.at and head.lower not in self.words["holders"]:
                return head
            of = next((child for child in head.children if child.lower in {"of", "among"} and child.dep == "prep"), None)
            inner = of.child("pobj") if of is not None else None
            if inner is None:
                return head
            head = inner
        return head

    def _number_of(self, head: Token) -> Number | None:
        """The number of a noun phrase: the head itself, one before it, or that of the noun behind a holder."""
        if head.i in self.at:
            return self.at[head.i]
        index, first = head.i - 1, self.parse.sents[head.sent][0]
        while index >= first and index > head.i - 12:
            number = self.at.get(index)
            if number is not None:
                return self._of_more(number) if number.last == index else None
            token = self.tokens[index]
            if token.lower == ")" and index - 2 >= first and self.tokens[index - 2].lower == "(":
                index -= 3
                continue
            if not self._inside(token, head):
                break
            index -= 1
        if head.lower in self.words["holders"] and (inner := self._counted_noun(head)) is not head:
            return self._number_of(inner)
        return None

    def _of_more(self, number: Number) -> Number:
        """The first number of "two of six captives"."""
        at = number.first - 1
        while at >= 0 and self.tokens[at].lower in {"the", "its", "their"}:
            at -= 1
        return self.at.get(at - 1, number) if at > 0 and self.tokens[at].lower == "of" else number

    def _inside(self, token: Token, head: Token) -> bool:
        """Whether a token lies inside the noun phrase, between number and head."""
        if token.tag == "," or token.dep == "cc":
            return token.head.dep in {"amod", "compound", "nmod"} or (
                token.tag == "," and token.head is head and token.i + 1 < head.i
            )
        if token.tag not in INSIDE or (token.dep in {"conj", "appos"} and token.head.dep not in {"amod", "compound", "nmod"}):
            return False
        return (
            not (token.tag in {"VBN", "VBG"} and token.dep not in {"amod", "compound", "punct"}) and token.tag != "NNS"
        ) or token.dep in {"compound", "nmod", "amod", "poss"}

    def _add_all(self, heads: Sequence[Token], cue: Token, what: CountWhat, picky: bool, denied: bool) -> list[_Draft]:
        """Drafts for all people a cue is said of; a shared number ("twelve soldiers and policemen") makes one."""
        drafts: list[_Draft] = []
        if len(heads) == 1 and heads[0].i <= self.parse.sents[heads[0].sent][0] + 8:
            heads = self._pair_of_heading(heads[0]) or heads
        for head in heads:
            if drafts and self._ages_before(head):
                continue
            if drafts and self._shares_number(drafts[-1], head):
                self._widen(drafts[-1], head)
                continue
            draft = self._measure(head, cue, what, picky, denied)
            if draft is not None:
                drafts.append(draft)
                self._appositions(draft, head)
        self._parts_that_add_up(drafts)
        return drafts

    def _parts_that_add_up(self, drafts: Sequence[_Draft]) -> None:
        """ "Ten people, six soldiers and four civilians": what adds up to the first, generic count is inside it."""
        if len(drafts) < 3 or drafts[0].group is not None or drafts[0].low is None:
            return
        if sum(draft.low or 0 for draft in drafts[1:]) == drafts[0].low:
            for part in drafts[1:]:
                part.whole, part.total = drafts[0], False

    def _shares_number(self, before: _Draft, head: Token) -> bool:
        if (
            before.number is None
            or (before.low or 0) < 2
            or self._number_of(head) is not None
            or head.child("det", "poss") is not None
        ):
            return False
        return before.head.tag == "NNS" and head.lower in self.lexicon.plural and head.tag == "NNS"

    def _widen(self, draft: _Draft, head: Token) -> None:
        draft.last = head.i
        if draft.people is not None:
            draft.people = (draft.people[0], head.i)
        group = self._group_of(head)
        draft.group = draft.group if group == draft.group else "mixed"

    def _measure(self, head: Token, cue: Token, what: CountWhat, picky: bool, denied: bool) -> _Draft | None:
        """The count of one noun phrase, or ``None`` where it counts nobody."""
        noun, number = self._counted_noun(head), self._number_of(head)
        word = noun.lower
        if word in self.words["things"] and noun.i not in self.at:
            return None
        if any(child.lower in self.words["unharmed"] for child in noun.kids("amod")):
            return None
        if denied:
            nobody = word in ANY or (self._article(noun) == "any" and word in self.lexicon.people)
            return self._draft(head, cue, what, None, 0, 0) if nobody else None
        first = self._left(noun)
        if first and self.tokens[first - 1].lower == "not" and what != "participants":
            return self._none_of(head, noun, cue, what, number)
        if number is not None and self._ages_before(noun):
            return self._draft(head, cue, what, None, 1, 1)
        if number is not None:
            if number.hedge == HOW_MANY or (noun.i in self.at and cue.lower in LOSE):
                return None
            if (noun.i not in self.at and not self._may_be_people(noun, picky)) or head is cue:
                return None
            return self._draft(head, cue, what, number, number.low, number.high)
        low_high = self._unnumbered(noun, picky)
        if word == "they" and what == "killed":
            low_high = self._said_before(noun) or low_high
        if low_high is None or (noun is not head and low_high == (1, 1) and head.lower not in BODIES):
            return None
        if what in {"displaced", "participants"} and (low_high[0] == 1 or word in SEVERAL):
            return None
        return self._draft(head, cue, what, None, *low_high)

    def _ages_before(self, noun: Token) -> bool:
        """True for "Lee, 24 was shot": a bare number behind a name and a comma is the age of one."""
        at, number = noun.i, self.at.get(noun.i)
        if number is None or number.low is None or not noun.text.isdecimal() or not 9 < number.low < 110 or at < 2:
            return False
        name = self.tokens[at - 2]
        return self.tokens[at - 1].text == "," and name.tag == "NNP" and (name.ent == "PERSON" or name.lower in self.surnames)

    def _said_before(self, pronoun: Token) -> tuple[int, int] | None:
        """How many "they" are, where the sentence said so: "the man and the girl were taken to hospital, where they died"."""
        for above in pronoun.head.ancestors():
            subject = self._own_subject(above) if above.is_verb else None
            if subject is None or subject.i >= pronoun.i:
                continue
            number = self._number_of(subject)
            if number is not None:
                return (number.low, number.high) if number.low is not None and number.high is not None else None
            members = [self._unnumbered(self._counted_noun(member), True) for member in self._members(subject)]
            return (len(members), len(members)) if len(members) > 1 and all(one == (1, 1) for one in members) else None
        return None

    def _none_of(self, head: Token, noun: Token, cue: Token, what: CountWhat, number: Number | None) -> _Draft | None:
        """ "Not one civilian", "not a single soldier": nobody."""
        if noun.lower not in self.lexicon.people:
            return None
        draft = self._draft(head, cue, what, number, 0, 0)
        draft.first = min(draft.first, self._left(noun) - 1)
        return draft

    def _may_be_people(self, noun: Token, picky: bool) -> bool:
        """Whether a numbered noun may be people: known ones always, unknown ones unless the cue also takes things."""
        if (
            noun.lower in self.lexicon.people
            or noun.ent in {"NORP", "PERSON"}
            or noun.lower in {"them", "whom", "us", "these", "those"}
        ):
            return True
        return not picky and (noun.is_noun or noun.tag == "JJ") and noun.lower not in self.words["holders"]

    def _unnumbered(self, noun: Token, picky: bool) -> tuple[int | None, int | None] | None:
        """Low and high of people without a number: one person, an untold number, or ``None`` where it is no person."""
        word, lexicon = noun.lower, self.lexicon
        if word in SINGLE:
            return 1, 1
        if word in SEVERAL:
            return None, None
        if word == "couple":
            return 2, 2
        if word == "old" and self.tokens[noun.i - 1].lower in {"-", "year"}:
            return 1, 1
        if word in ANY or noun.tag[:2] in {"PR", "WP", "WD", "DT", "EX"}:
            return None
        article = self._article(noun)
        if article in {"any", "each", "every", "either"}:
            return None
        if article in {"a", "an", "another"} and (word in lexicon.people or (noun.is_proper and not picky)):
            return 1, 1
        if word in lexicon.plural or (noun.tag in {"NNS", "NNPS"} and (word in lexicon.people or noun.ent == "NORP")):
            return None, None
        if noun.tag == "NNPS":
            return None
        if noun.is_proper:
            return (1, 1) if self._is_person(noun, picky) else None
        if noun.tag == "JJ" and word.isdigit():
            return None
        if word in lexicon.people:
            return 1, 1
        if article in {"a", "an", "another"} and not picky and noun.tag == "NN" and word not in self.words["acts"]:
            return (None, None) if word in self.words["holders"] else (1, 1)
        if article == "a" and word in {"second", "third", "fourth", "fifth", "sixth"}:
            return 1, 1
        return None

    def _article(self, noun: Token) -> str:
        """The article or other determiner of a noun, lower case; empty where it has none."""
        determiner = noun.child("det")
        return determiner.lower if determiner is not None else ""

    def _is_person(self, noun: Token, picky: bool) -> bool:
        """Whether a proper noun names a person: by entity, title, age or apposition, or as nothing else would be killed."""
        word = noun.lower
        if word in self.lexicon.people or self._titled(noun) or self._aged(noun):
            return True
        if any(child.lower in self.lexicon.people and child.is_noun and child.tag != "NNS" for child in noun.kids("appos")):
            return True
        if noun.text[1:] == noun.text[1:].upper() or any(
            child.lower in self.words["organisations"] for child in (noun, *noun.children)
        ):
            return False
        known = noun.lower in self.surnames and noun.child("compound", "nmod", "det") is None
        return noun.ent == "PERSON" or known or (not picky and noun.ent not in NOT_PEOPLE)

    def _aged(self, noun: Token) -> bool:
        """Whether an age in brackets follows: "Karim Dost (35)"."""
        after = self.tokens[noun.i + 1 : noun.i + 4]
        return (
            len(after) == 3
            and after[0].lower == "("
            and after[1].text.isdigit()
            and len(after[1].text) < 3
            and after[2].lower == ")"
        )

    def _titled(self, noun: Token) -> bool:
        return any(child.lower in self.lexicon.people for child in noun.children if child.dep in {"compound", "nmod", "amod"})

    def _draft(
        self, head: Token, cue: Token, what: CountWhat, number: Number | None, low: int | None, high: int | None
    ) -> _Draft:
        """Keeps a count of these people, once."""
        key = (number.core if number is not None else head.i, what)
        if key in self.drafts:
            return self.drafts[key]
        noun = self._counted_noun(head)
        first = self._left(noun)
        if first <= cue.i < noun.i:
            first = cue.i + 1
        people: tuple[int, int] | None = (first, noun.i)
        if number is not None:
            people = (max(first, number.last + 1), noun.i) if noun.i > number.last else None
            first = min(number.first, noun.i)
        elif noun is not head:
            first = min(self._left(head), first)
        last = max(noun.i, number.last) if number is not None else max(noun.i, head.i)
        if cue is head and number is None:
            people = None
        draft = _Draft(what, head, cue, number, low, high, number.hedge if number is not None else None, first, last, people)
        draft.group = self._group_of(noun) if noun is not cue else None
        draft.total = not self._is_earlier(draft)
        draft.own = head.lower in SELVES
        self.drafts[key] = draft
        return draft

    def _is_earlier(self, draft: _Draft) -> bool:
        """Whether the figure is one that was told before: "earlier reports said 20"."""
        start = max(self.parse.sents[draft.head.sent][0], draft.first - 10)
        before = [token.lower for token in self.tokens[start : draft.first]]
        for index, word in enumerate(before):
            if word in self.words["earlier"] and REPORTING & set(before[index:]) | REPORTING & set(
                before[max(0, index - 1) : index]
            ):
                return True
        return False

    def _group_of(self, noun: Token) -> CountGroup | None:
        """Whose people a noun tells: by itself, or by the words around it where it is vague."""
        word, lexicon = noun.lower, self.lexicon
        if word in {"himself", "herself", "themselves"}:
            return "attackers"
        if word in lexicon.people and word not in self.words["vague"]:
            return lexicon.people[word]
        if word not in self.words["vague"] and not noun.is_proper:
            return lexicon.people.get(word)
        near = [child for child in noun.children if child.dep in {"compound", "amod", "nmod", "poss", "appos", "punct"}]
        for child in reversed(near):
            for token in (*reversed(child.children), child):
                if token.dep == "amod" and token.lower in {"general", "major", "private"}:
                    continue  # "general secretary" is no soldier
                group = lexicon.modifiers.get(token.lower) or (lexicon.people.get(token.lower) if token.lower != word else None)
                if group is not None:
                    return group
        for child in noun.children:
            inner = child.child("pobj") if child.lower in {"of", "from"} else None
            if inner is not None:
                for token in (inner, *(inner.children if inner.lower in {"forces", "force", "services", "service"} else ())):
                    group = lexicon.modifiers.get(token.lower) or lexicon.people.get(token.lower)
                    if group is not None:
                        return group
        if word in {"officer", "officers"}:
            return "police"
        return lexicon.people.get(word)

    # --- parts and whole ----------------------------------------------------------------------------------------------

    def _appositions(self, draft: _Draft, head: Token) -> None:
        """ "Twelve people, nine soldiers and three civilians": parts where they add up; else members of the same list."""
        for apposition in head.kids("appos"):
            numbered = [member for member in (apposition, *apposition.conjuncts()) if self._says_how_many(member)]
            if not numbered or draft.number is self._number_of(apposition):
                continue
            sizes = [(number.low or 0) for member in numbered if (number := self._number_of(member)) is not None]
            for member in numbered:
                noun = self._counted_noun(member)
                if noun.lower in self.words["things"] or not (noun.i in self.at or self._may_be_people(noun, True)):
                    continue
                if self._ages_before(noun):
                    continue
                number = self._number_of(member)
                if number is None:
                    continue
                part = self._draft(member, draft.cue, draft.what, number, number.low, number.high)
                if sum(sizes) == draft.low or self._of_them(member):
                    part.whole, part.total = draft, False

    def _says_how_many(self, head: Token) -> bool:
        """Whether a phrase has a number that is no "both" or "all", which only refers back."""
        number = self._number_of(head)
        return number is not None and self.tokens[number.core].lower not in {"both", "all", "duo", "trio"}

    def _of_them(self, head: Token) -> bool:
        of = next((child for child in head.children if child.lower in {"of", "among"}), None)
        inner = of.child("pobj") if of is not None else None
        return inner is not None and inner.lower in {"them", "whom", "these", "those"}

    def _parts(self) -> None:
        """Marks what is inside a total: "including four children", "three of them officers", "all of them civilians"."""
        if not self.drafts:
            return
        for token in self.tokens:
            word = token.lower
            if word in {"including", "include", "included", "includes"}:
                self._including(token)
            elif word in {"them", "whom"} and token.i > 1 and self.tokens[token.i - 1].lower in {"of", "among"}:
                self._of_whole(token)

    def _including(self, token: Token) -> None:
        if token.i and self.tokens[token.i - 1].lower == "not":
            return
        whole = self._before(token)
        heads = [child for child in token.children if child.dep in {"pobj", "dobj"}]
        for head in heads:
            for member in self._members(head):
                known = [draft for draft in self.drafts.values() if draft.head is member and draft is not whole]
                if known:
                    for draft in known:
                        draft.total, draft.whole = False, draft.whole or whole
                elif whole is not None:
                    part = self._measure(member, whole.cue, whole.what, True, False)
                    if part is not None and part is not whole:
                        part.total, part.whole = False, whole
                        if self._counted_noun(member).lower in self.words["vague"]:
                            part.group = whole.group or part.group  # "soldiers, including two officers"

    def _of_whole(self, pronoun: Token) -> None:
        """ "five of them", "all of whom were civilians"."""
        opener = self.tokens[pronoun.i - 2]
        whole = self._before(opener)
        if whole is None:
            return
        number = self.at.get(opener.i)
        group = self._group_after(pronoun)
        if opener.lower in {"all", "most", "many"} or (number is not None and number.low == 2 and opener.lower == "both"):
            whole.group = group if group is not None and opener.lower != "most" else whole.group
        elif number is not None and not any(draft.number is number for draft in self.drafts.values()):
            part = self._draft(self.tokens[number.core], whole.cue, whole.what, number, number.low, number.high)
            part.total, part.whole, part.group = False, whole, group
        elif number is not None:
            for draft in self.drafts.values():
                if draft.number is number and draft.what == whole.what:
                    draft.total, draft.whole = False, whole

    def _group_after(self, pronoun: Token) -> CountGroup | None:
        for token in self.tokens[pronoun.i + 1 : pronoun.i + 5]:
            if token.sent != pronoun.sent or token.tag in {",", ".", "CC"}:
                return None
            if token.lower in self.lexicon.people:
                return self.lexicon.people[token.lower]
        return None

    def _before(self, token: Token) -> _Draft | None:
        """The nearest total before a token in its sentence."""
        found: _Draft | None = None
        for draft in self.drafts.values():
            if (
                draft.head.sent == token.sent
                and draft.last < token.i
                and draft.total
                and (found is None or draft.last > found.last)
            ):
                found = draft
        return found

    def _of_sentence(self, token: Token) -> list[_Draft]:
        return [draft for draft in self.drafts.values() if draft.head.sent == token.sent]

    # --- the whole list -----------------------------------------------------------------------------------------------

    def _merge(self) -> None:
        """One count where two cues share their people: "killed or injured" are casualties; who was wounded and died is dead."""
        for (index, what), injured in list(self.drafts.items()):
            if what != "injured":
                continue
            killed = self.drafts.get((index, "killed"))
            if killed is None:
                continue
            first, second = sorted((killed.cue.i, injured.cue.i))
            if killed.low == 0 or (killed.low is None and killed.number is None):
                continue
            either = any(token.lower in {"or", "/"} for token in self.tokens[first:second])
            if either or (killed.low or 0) > 1 or (killed.low is None and killed.number is not None):
                killed.what = "casualties"
            del self.drafts[(index, what)]
        self._either()

    def _suicides(self) -> None:
        """Who shot himself is dead where the text speaks of suicide, with the others whom the same words count."""
        if not self._tells_suicide():
            return
        for draft in self.drafts.values():
            if draft.what == "casualties" and (draft.head.lower in SELVES or self._is_murder_suicide(draft)):
                draft.what = "killed"

    def _is_murder_suicide(self, draft: _Draft) -> bool:
        """Whether a sentence says that the shots were a murder-suicide, and of nobody that he lives."""
        words = [token.lower for token in self.parse.sentence(draft.head.sent)]
        if "suicide" not in words or not {"murder", "homicide"} & set(words):
            return False
        alive = {"fighting", "condition", "survived", "survives", "wounded", "injured", "recovering", "hospital"}
        return not alive & set(words) and draft.head.tag != "PRP"

    def _tells_suicide(self) -> bool:
        """Whether the text tells of a suicide, not of a suicide attack or of an attempt."""
        for token in self.tokens:
            if token.lower != "suicide":
                continue
            after = self.tokens[token.i + 1] if token.i + 1 < len(self.tokens) else None
            before = {near.lower for near in self.tokens[max(0, token.i - 4) : token.i]}
            if before & {"attempted", "attempt", "attempting", "threatened", "contemplated"}:
                return False
            if after is None or not (after.is_noun or after.lower == "-"):
                return True
        return False

    def _later_dead(self) -> None:
        """Who is told as hurt here and as dead elsewhere is not one of the injured: "she was wounded … the girl died"."""
        people = sorted((draft for draft in self.drafts.values() if draft.low == draft.high == 1), key=lambda draft: draft.first)
        dead = [draft for draft in people if draft.what == "killed" and draft.head.lower not in SELVES]
        for draft in people if dead else ():
            if draft.what == "injured" and any(self._is_same(draft, other) for other in dead):
                draft.what = "casualties"
        told = any(draft.what == "killed" and draft.low for draft in self.drafts.values())
        for draft in self.drafts.values():
            if draft.what == "injured" and draft.cue.lower in self.words["finders"] - self.words["movers"] and told:
                draft.what = "casualties"  # who was found with wounds may be the one found dead
            elif draft.what == "injured" and draft.low == 1 and told and _was_called_about(draft.head):
                draft.what = "casualties"  # "called for a report of a child wounded", who then is told as dead
        self._all_dead()

    def _once(self) -> None:
        """One person told twice in a sentence: "a girl died after she shot herself", "a boy or a girl"."""
        singles = [(key, draft) for key, draft in self.drafts.items() if draft.low == draft.high == 1]
        for key, draft in singles:
            others = [other for _, other in singles if other is not draft and other.head.sent == draft.head.sent]
            if draft.head.lower in REFLEXIVES:
                victim = _hurt_before(draft.head)
                twice = any(other.head is victim and not _differ(other.head, draft.head) for other in others)
            else:
                twice = any(other.what == draft.what and _or_else(self.tokens, other.head, draft.head) for other in others)
            if twice:
                del self.drafts[key]

    def _all_dead(self) -> None:
        """ "All three had gunshot wounds", of three who were told as dead before, are no further people hurt."""
        several = sorted((draft for draft in self.drafts.values() if (draft.low or 0) > 1), key=lambda draft: draft.first)
        before: list[_Draft] = []
        for draft in several:
            same = [other for other in before if other.low == draft.low]
            dead = same[-1].what == "killed" if same else draft.low in self._sums_of_dead(draft.first)
            if draft.what == "injured" and self._opens_with_all(draft) and dead:
                draft.what = "casualties"
            before.append(draft)

    def _sums_of_dead(self, first: int) -> set[int]:
        """How many each cue before a token tells as dead one by one ("the bodies of Lee, Tom Fox and Ann Fox")."""
        sums: dict[int, int] = {}
        for draft in self.drafts.values():
            if draft.what == "killed" and draft.first < first:
                sums[draft.cue.i] = sums.get(draft.cue.i, 0) + (draft.low or 0)
        return set(sums.values())

    def _opens_with_all(self, draft: _Draft) -> bool:
        opening = {token.lower for token in self.tokens[max(0, draft.first - 1) : draft.first + 1]}
        others = {draft.head.lower, *(token.lower for token in draft.head.children)} & {"others", "other"}
        return bool(opening & {"all", "both"}) and not others

    def _is_same(self, one: _Draft, other: _Draft) -> bool:
        """Whether two mentions in different sentences are surely one person: the later one refers back, and nothing differs."""
        first, second = sorted((one, other), key=lambda draft: draft.first)
        if first.head.sent == second.head.sent or any(
            self._article(draft.head) in {"another", "other"} for draft in (first, second)
        ):
            return False
        names = [self._name(draft.head) for draft in (first, second)]
        if names[0] and names[1]:
            return bool(names[0] & names[1]) and (len(names[0]) == 1 or len(names[1]) == 1 or names[0] == names[1])
        ages = [self._age(draft.head) for draft in (first, second)]
        sexes = [_sex(draft.head.lower) for draft in (first, second)]
        if (ages[0] and ages[1] and ages[0] != ages[1]) or (sexes[0] and sexes[1] and sexes[0] != sexes[1]):
            return False
        if ages[0] and ages[0] == ages[1]:
            return True
        words = {first.head.lower, second.head.lower}
        called = bool(names[0]) and second.head.lower in CALLED and not self._was_told(second.head)
        again = second.head.tag == "PRP" or (
            self._article(second.head) == "the" and (len(words) == 1 or words <= MINORS or called)
        )
        between = [draft for draft in self.drafts.values() if first.first < draft.first < second.first and draft.low == 1]
        return again and not any(self._is_other(draft, first, second) for draft in between)

    def _was_told(self, head: Token) -> bool:
        """Whether another person of this noun was brought in before: "a man and a woman … Ann Lee was hurt … the man died"."""
        if any(token.lower == "also" for token in self.parse.sentence(head.sent)):
            return True
        return any(
            token.lower == head.lower and self._article(token) in {"a", "an", "another"} for token in self.tokens[: head.i]
        )

    def _is_other(self, draft: _Draft, first: _Draft, second: _Draft) -> bool:
        """Whether a mention between two brings in somebody else, of another age, or whom the later pronoun means."""
        if draft.head.tag == "PRP" or self._article(draft.head) == "the":
            return False
        if second.head.tag == "PRP" and draft.what == second.what != first.what and not self._name(first.head):
            return bool(self._name(draft.head))
        age = self._age(draft.head)
        return age is not None and age != self._age(first.head) and draft.what != first.what

    def _name(self, head: Token) -> frozenset[str]:
        """The words of a person's name; empty where the head is no name."""
        if head.dep == "attr" and not head.is_proper and (named := head.head.child("nsubj")) is not None:
            head = named  # "Marlow was the only person hurt"
        if not head.is_proper or head.lower in self.lexicon.people:
            return frozenset()
        words = [head, *(child for child in head.kids("compound", "nmod") if child.is_proper)]
        return frozenset(word.lower for word in words if word.lower not in self.lexicon.people)

    def _age(self, head: Token) -> str | None:
        """The age that stands with a person: "17-year-old", "Dost, 17,"."""
        around = self.tokens[self._left(head) : head.i + 4]
        for token in around:
            if token.text.isdecimal() and len(token.text) < 3 and token.sent == head.sent:
                return token.text
        return None

    def _cumulative(self) -> None:
        """Figures of a year or more are no toll of an act: "629 were shot this year", "killed at least 40 since 2011"."""
        if not any(draft.low is None or draft.low > 1 for draft in self.drafts.values()):
            return
        words = self.words["periods"]
        spans = {token.sent for token in self.tokens if token.lower in words and self._tells_period(token)}
        for draft in self.drafts.values():
            if draft.head.sent in spans and (draft.low is None or draft.low > 1 or (draft.high or 0) > 1):
                draft.total = False

    def _tells_period(self, token: Token) -> bool:
        """Whether a word tells of a span of a year or more up to now, or of every year."""
        word, before = token.lower, [near.lower for near in self.tokens[max(0, token.i - 3) : token.i]]
        after = self.tokens[token.i + 1] if token.i + 1 < len(self.tokens) else None
        if word == "annually":
            return True
        if word == "year" and before:
            return before[-1] in PERIOD_OPENERS and "earlier" not in before
        if word in {"years", "decade", "decades"}:
            return bool({"past", "last"} & set(before)) and bool({"in", "over", "during", "the"} & set(before))
        if word == "far":
            return bool(before) and before[-1] == "so" and after is not None and after.lower in {"this", "in"}
        if word == "date":
            return bool(before) and before[-1] == "to" and token.tag == "NN"
        return (
            word == "since"
            and after is not None
            and ((after.text.isdecimal() and len(after.text) == 4) or after.lower in {"january"})
        )

    def _either(self) -> None:
        """ "Twelve were killed or captured": neither figure is told, only how many at most."""
        by_head: dict[int, list[_Draft]] = {}
        for (index, _), draft in self.drafts.items():
            by_head.setdefault(index, []).append(draft)
        for drafts in by_head.values():
            if len(drafts) == 2 and drafts[0].cue is not drafts[1].cue and drafts[0].low not in {None, 0}:
                first, second = sorted((drafts[0].cue.i, drafts[1].cue.i))
                if second - first <= 3 and any(token.lower == "or" for token in self.tokens[first:second]):
                    for draft in drafts:
                        draft.low, draft.hedge = None, draft.hedge or "or"

    def _finish(self) -> list[FoundCount]:
        drafts = sorted(
            self.drafts.values(),
            key=lambda draft: (draft.number.core if draft.number else draft.head.i, draft.first, draft.cue.i, draft.what),
        )
        position = {id(draft): index for index, draft in enumerate(drafts)}
        return [self._found(draft, position) for draft in drafts]

    def _found(self, draft: _Draft, position: dict[int, int]) -> FoundCount:
        span = self.parse.span(draft.first, draft.last)
        people_text = self.parse.span(*draft.people).text if draft.people is not None else None
        number = draft.number.core if draft.number is not None else draft.head.i
        first, last = draft.people if draft.people is not None else (draft.first, draft.last)
        count = Count(
            text=span.text,
            start=span.start,
            end=span.end,
            what=draft.what,
            low=draft.low,
            high=draft.high,
            best=draft.low if draft.low is not None and draft.low == draft.high else None,
            hedge=draft.hedge,
            group=draft.group,
            group_text=people_text if draft.group is not None else None,
            total=draft.total,
        )
        part_of = position.get(id(draft.whole)) if draft.whole is not None else None
        return FoundCount(count, number, draft.cue.i, people_text, part_of, first, last, draft.head.sent, draft.own)


def _sex(word: str) -> str | None:
    """What a word tells of a person's sex: "m", "f" or ``None``."""
    return "m" if word in MALE else "f" if word in FEMALE else None


def _stands_apart(verb: Token) -> bool:
    """True for a finite past joined to a base form, which cannot share its auxiliary ("tried to storm it and killed two")."""
    return verb.tag in ("VBD", "VBZ") and verb.head.tag == "VB"
